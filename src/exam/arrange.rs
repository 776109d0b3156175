//! Arranging: in which order each variant prints its items and their options.

mod assignment;
mod blocks;
mod colouring;
mod inside;
mod keys;
mod least;
mod order;
mod spread;
mod strands;

use std::collections::BTreeSet;

use crate::bank::{Bank, Id};
use crate::exam::arrange::blocks::Blocks;
use crate::exam::arrange::inside::{arrangement, move_key};
use crate::exam::arrange::keys::Letters;
use crate::exam::arrange::order::Orders;
use crate::exam::arrange::strands::Strands;
use crate::exam::blueprint::{Blueprint, Mode, SectionPlan, labels};
use crate::exam::code::Code;
use crate::exam::draw::Drawn;
use crate::exam::item::Item;
use crate::exam::letters;
use crate::exam::part::{Arrangement, part, points, stimulus};
use crate::exam::seed::{Seed, Stream};
use crate::exam::{
    Exam, Fairness, Fit, Head, Key, Measure, Numbering, Paper, Practice, Section,
    Stimulus, Variant,
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
    let orders = orders.collect();
    let dealer = Dealer {
        bank,
        blueprint,
        seed,
        drawn,
        orders,
        strands,
        variants: Vec::new(),
        missed: 0,
    };
    let mut dealt = match measure {
        Some(measure) => {
            let mut measure = |paper: &Paper| measure(&blueprint.head, &sections, paper);
            dealer.even_variants(&blueprint.variants, &mut measure)
        }
        None => dealer.variants(&blueprint.variants),
    };
    give_codes(&blueprint.head, &mut dealt.variants);
    let spread = spread::spread(drawn, &dealt.strands, &dealt.variants);
    Exam {
        head: blueprint.head.clone(),
        seed: blueprint.seed,
        banks: bank.files.clone(),
        blueprint_sha256: blueprint.sha256.clone(),
        allowed: blueprint.allow.iter().map(|rule| rule.name.clone()).collect(),
        sections,
        spread,
        fairness: (blueprint.mode == Mode::Parallel)
            .then(|| Fairness::of(&dealt.variants)),
        variants: dealt.variants,
        copies: Vec::new(),
        room: None,
        practice: Practice::default(),
    }
}

/// Who deals items out, and remembers in which orders they have been dealt.
#[derive(Clone)]
struct Dealer<'a> {
    bank: &'a Bank,
    blueprint: &'a Blueprint,
    seed: Seed,
    /// The items of each variant; the last ones are those of all others as well.
    drawn: &'a [Drawn],
    /// The orders of each section.
    orders: Vec<Orders>,
    /// The key letters.
    strands: Strands,
    /// The variants that have been dealt.
    variants: Vec<Variant>,
    /// By how many pages they miss what they were to take.
    missed: usize,
}

/// A variant, the order of its items by section, and its key letters by strand.
type Dealt = (Variant, Vec<Vec<usize>>, Vec<Letters>);

impl<'a> Dealer<'a> {
    /// Deals all variants, however long they are.
    fn variants(mut self, all: &[String]) -> Dealer<'a> {
        for label in all {
            self.variant(label, 0, 1, &mut |_| Fit::default());
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
        self.strands.plan(self.seed);
        let first = measure(&self.deal(&trial[0], 0).0.paper);
        let mut best: Option<(usize, Dealer)> = None;
        for pages in first.least..=first.pages + 1 {
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
        dealer.variants.truncate(all.len());
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
        self.strands.plan(self.seed);
        let mut best: Option<(usize, Dealt)> = None;
        for attempt in 0..orders {
            let dealt = self.deal(label, attempt);
            let missed = measure(&dealt.0.paper).pages.abs_diff(pages);
            if best.as_ref().is_none_or(|(least, _)| missed < *least) {
                best = Some((missed, dealt));
            }
            if missed == 0 {
                break;
            }
        }
        let (missed, (variant, orders, letters)) = best.expect("some order is tried");
        self.missed += missed;
        self.variants.push(variant);
        self.strands.take(&orders, letters);
        self.strands.turn_to(self.drawn());
        for (earlier, order) in self.orders.iter_mut().zip(orders) {
            earlier.take(&order);
        }
    }

    /// The items of the next variant.
    fn drawn(&self) -> &'a Drawn {
        &self.drawn[self.variants.len().min(self.drawn.len() - 1)]
    }

    fn deal(&self, label: &str, attempt: u32) -> Dealt {
        let stream = |purpose: &str, section: usize| {
            let place = match attempt {
                0 => format!("{label}/{section}"),
                _ => format!("{label}/{section}/{attempt}"),
            };
            self.seed.stream(purpose, &place)
        };
        let orders = self.orders.iter().enumerate().map(|(section, orders)| {
            let cost = |item, place| self.strands.cost(section, item, place);
            orders.order(attempt as usize, &cost, &mut stream("order", section))
        });
        let orders: Vec<Vec<usize>> = orders.collect();
        let letters = self.strands.settle(&orders, &mut stream("keys", 0));
        let (mut questions, mut answers) = (Vec::new(), Vec::new());
        let mut shown: Vec<(&Id, Stimulus)> = Vec::new();
        for (section, order) in orders.iter().enumerate() {
            let first = match self.blueprint.head.numbering {
                Numbering::Continuous => questions.len() as u32 + 1,
                Numbering::Sections => 1,
            };
            let keys = self.strands.of_section(section, &letters);
            let items: Vec<&Item> =
                order.iter().map(|&index| &self.drawn()[section][index]).collect();
            let inside =
                self.inside(&items, keys, label, &mut stream("letters", section));
            for ((number, item), arrangement) in (first..).zip(items).zip(inside) {
                let (mut question, answer) =
                    part(self.bank, self.blueprint, item, section, number, &arrangement);
                question.stimulus = self.show(item, &mut shown);
                questions.push(question);
                answers.push(answer);
            }
        }
        // A code of no meaning, which takes as much room as any other.
        let (label, code) = (label.to_string(), "00000-00000".to_string());
        let variant = Variant {
            paper: Paper {
                label: label.clone(),
                code: code.clone(),
                stimuli: shown.into_iter().map(|(_, stimulus)| stimulus).collect(),
                questions,
            },
            key: Key { label, code, answers },
        };
        (variant, orders, letters)
    }

    /// The index of an item's stimulus among those that a paper shows, once it does.
    fn show<'b>(
        &self,
        item: &'b Item,
        shown: &mut Vec<(&'b Id, Stimulus)>,
    ) -> Option<usize> {
        let id = item.stimulus.as_ref()?;
        if shown.last().is_none_or(|(last, _)| *last != id) {
            shown.push((id, stimulus(self.bank, self.blueprint.head.language, id)?));
        }
        Some(shown.len() - 1)
    }

    /// The arrangements of what stands inside the items of a section, in printed order, with
    /// their keys at these letters.
    fn inside(
        &self,
        items: &[&Item],
        keys: &[usize],
        label: &str,
        stream: &mut Stream,
    ) -> Vec<Arrangement> {
        let random = items.iter().map(|item| arrangement(item, self.seed, label));
        let mut inside: Vec<Arrangement> = random.collect();
        for ((item, arrangement), &letter) in items.iter().zip(&mut inside).zip(keys) {
            move_key(item, arrangement, letter);
        }
        letters::spread(items, &mut inside, stream);
        inside
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

/// Gives each paper its code. Those that happen to be the same are told apart, the later
/// ones by another attempt, so that those before stay as they are.
fn give_codes(head: &Head, variants: &mut [Variant]) {
    let mut given = BTreeSet::new();
    for Variant { paper, key } in variants {
        let mut codes = (0..).map(|attempt| Code::of(head, paper, attempt));
        let fresh = codes.find(|code| given.insert(*code));
        paper.code = fresh.map_or(String::new(), |code| code.to_string());
        key.code.clone_from(&paper.code);
    }
}
