//! Arranging: in which order each variant prints its items and their options.

mod assignment;
mod blocks;
mod colouring;
mod compose;
mod inside;
mod keys;
mod least;
mod order;
mod spread;
mod strands;

use std::collections::BTreeSet;
use std::iter::zip;

pub use self::compose::Composed;

use crate::bank::Bank;
use crate::exam::arrange::blocks::Blocks;
use crate::exam::arrange::compose::{Choice, Composer, place};
use crate::exam::arrange::keys::Letters;
use crate::exam::arrange::order::Orders;
use crate::exam::arrange::strands::Strands;
use crate::exam::blueprint::{Blueprint, Mode, SectionPlan, labels};
use crate::exam::draw::Drawn;
use crate::exam::item::Item;
use crate::exam::part::points;
use crate::exam::seed::Seed;
use crate::exam::{
    Exam, Fairness, Fit, Measure, Paper, Practice, Section, Variant, Variants,
};

/// How many orders of a variant are tried until it takes as many pages as wanted.
const ORDERS: u32 = 40;

/// How many orders of the first variant are tried for fewer pages than the first one takes.
const FIRST_ORDERS: u32 = 8;

/// How many variants have a say in the number of pages. It is the same for exams with fewer
/// and with more, so that another variant changes none of those before it.
pub const TRIAL: usize = 4;

/// Deals the items into variants. A variant depends on those before it, never on those
/// after it.
///
/// All variants are to take equally many pages, as `measure` says: the fewest for which the
/// first few find an order each. Without it, their first orders will do.
pub fn arrange(
    bank: &Bank,
    blueprint: &Blueprint,
    seed: Seed,
    drawn: &[Drawn],
    measure: Option<&mut Measure>,
) -> Exam {
    // Parallel papers have groups at the same places.
    let first = &drawn[0];
    let sections = sections(blueprint, first);
    let strands = Strands::new(first, blueprint.uniform_key);
    let orders = (0..first.len()).map(|section| {
        let mut stream = seed.stream("family", &section.to_string());
        let everywhere = strands.lets_stand_everywhere(section);
        Orders::new(Blocks::of(&first[section]), everywhere, &mut stream)
    });
    let composer = Composer::new(bank, blueprint, seed, drawn);
    let dealer = Dealer {
        composer: &composer,
        drawn,
        orders: orders.collect(),
        strands,
        choices: Vec::new(),
        missed: 0,
    };
    let Dealer { choices, strands, .. } = match measure {
        Some(measure) => {
            let mut measure = |paper: &Paper| measure(&blueprint.head, &sections, paper);
            dealer.even_variants(&blueprint.variants, &mut measure)
        }
        None => dealer.variants(&blueprint.variants),
    };
    let variants = Variants::from(Composed::new(composer, choices, &blueprint.head));
    Exam {
        head: blueprint.head.clone(),
        seed: blueprint.seed,
        banks: bank.files.clone(),
        blueprint_sha256: blueprint.sha256,
        allowed: blueprint.allow.iter().map(|rule| rule.name.clone()).collect(),
        sections,
        spread: spread::spread(drawn, &strands, &variants),
        fairness: (blueprint.mode == Mode::Parallel).then(|| Fairness::of(&variants)),
        variants,
        copies: Vec::new(),
        room: None,
        practice: Practice::default(),
    }
}

/// Who deals items out, and remembers in which orders they have been dealt.
#[derive(Clone)]
struct Dealer<'a> {
    composer: &'a Composer,
    /// The items of each variant; the last ones are those of all others as well.
    drawn: &'a [Drawn],
    /// The orders of each section.
    orders: Vec<Orders>,
    /// The key letters.
    strands: Strands,
    /// What has been decided of each variant that has been dealt.
    choices: Vec<Choice>,
    /// By how many pages they miss what they were to take.
    missed: usize,
}

/// What is decided of a variant, the order of its items by section, and its key letters by
/// strand.
type Dealt = (Choice, Vec<Vec<usize>>, Vec<Letters>);

impl<'a> Dealer<'a> {
    /// Deals all variants, however long they are.
    fn variants(mut self, all: &[String]) -> Dealer<'a> {
        for label in all {
            self.strands.plan(self.composer.seed);
            let dealt = self.deal(label, 0);
            self.take(dealt);
        }
        self
    }

    /// Deals all variants so that they take equally many pages.
    fn even_variants(
        mut self,
        all: &[String],
        measure: &mut dyn FnMut(&Paper) -> Fit,
    ) -> Dealer<'a> {
        let others = labels(all.len() + TRIAL);
        let others = others.into_iter().filter(|label| !all.contains(label));
        let trial: Vec<String> = all.iter().cloned().chain(others).take(TRIAL).collect();
        self.strands.plan(self.composer.seed);
        let first = measure(&self.compose(&self.deal(&trial[0], 0).0).paper);
        let mut best: Option<(usize, Dealer)> = None;
        // What fits on no page takes one all the same, and so fewer than it is high.
        for pages in first.least.min(first.pages)..=first.pages + 1 {
            let most = best.as_ref().map_or(usize::MAX, |(_, best)| best.missed);
            let mut dealer = self.clone();
            dealer.variant(&trial[0], pages, FIRST_ORDERS, measure);
            // Its very first order takes as many as `first`, so one of these is kept.
            if dealer.missed > 0 {
                continue;
            }
            for label in &trial[1..] {
                if dealer.missed < most {
                    dealer.variant(label, pages, ORDERS, measure);
                }
            }
            if dealer.missed < most {
                best = Some((pages, dealer));
            }
            if best.as_ref().is_some_and(|(_, best)| best.missed == 0) {
                break;
            }
        }
        let (pages, mut dealer) = best.expect("the first order takes some number");
        dealer.choices.truncate(all.len());
        for label in all.iter().skip(TRIAL) {
            dealer.variant(label, pages, ORDERS, measure);
        }
        dealer
    }

    /// Deals a variant in the first order that takes so many pages, or in the one that comes
    /// nearest to it.
    fn variant(
        &mut self,
        label: &str,
        pages: usize,
        orders: u32,
        measure: &mut dyn FnMut(&Paper) -> Fit,
    ) {
        self.strands.plan(self.composer.seed);
        let mut best: Option<(usize, Dealt)> = None;
        for attempt in 0..orders {
            let dealt = self.deal(label, attempt);
            let missed = measure(&self.compose(&dealt.0).paper).pages.abs_diff(pages);
            if best.as_ref().is_none_or(|(least, _)| missed < *least) {
                best = Some((missed, dealt));
            }
            if missed == 0 {
                break;
            }
        }
        let (missed, dealt) = best.expect("some order is tried");
        self.missed += missed;
        self.take(dealt);
    }

    /// Remembers what has been dealt.
    fn take(&mut self, (choice, orders, letters): Dealt) {
        self.choices.push(choice);
        self.strands.take(&orders, letters);
        self.strands.turn_to(&self.drawn[self.choices.len().min(self.drawn.len() - 1)]);
        for (earlier, order) in self.orders.iter_mut().zip(orders) {
            earlier.take(&order);
        }
    }

    fn compose(&self, choice: &Choice) -> Variant {
        self.composer.variant(self.choices.len(), choice)
    }

    fn deal(&self, label: &str, attempt: u32) -> Dealt {
        let (seed, index) = (self.composer.seed, self.choices.len());
        let stream = |purpose: &str, section: usize| {
            seed.stream(purpose, &place(label, section, attempt))
        };
        let orders = self.orders.iter().enumerate().map(|(section, orders)| {
            let cost = |item, place| self.strands.cost(section, item, place);
            orders.order(attempt as usize, &cost, &mut stream("order", section))
        });
        let orders: Vec<Vec<usize>> = orders.collect();
        let letters = self.strands.settle(&orders, &mut stream("keys", 0));
        let items = orders.iter().enumerate().flat_map(|(section, order)| {
            let keys = self.strands.of_section(section, &letters);
            let inside =
                self.composer.inside(index, section, label, attempt, order, keys);
            zip(order.iter().copied(), inside)
        });
        (Choice::new(label, items), orders, letters)
    }
}

fn sections(blueprint: &Blueprint, drawn: &[Vec<Item>]) -> Vec<Section> {
    blueprint
        .sections
        .iter()
        .zip(drawn)
        .map(|(plan, items)| section(plan, items))
        .collect()
}

fn section(plan: &SectionPlan, items: &[Item]) -> Section {
    let each = |item: &Item| plan.points_in(item.row);
    let scores: BTreeSet<u32> = items.iter().map(each).collect();
    Section {
        item_type: plan.item_type,
        heading: plan.heading.clone(),
        note: plan.note.clone(),
        count: items.len(),
        points: plan.points,
        scores: scores.into_iter().collect(),
        answers: items.iter().map(|item| points(item, 1)).sum(),
        options: plan.options,
        total: items.iter().map(|item| points(item, each(item))).sum(),
        weight: plan.weight,
        rows: plan.table.iter().map(|plan| plan.row.clone()).collect(),
    }
}
