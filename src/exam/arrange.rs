//! Arranging: in which order each variant prints its items and their options.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::bank::{Bank, Id};
use crate::exam::blueprint::{Blueprint, Mode, SectionPlan, labels};
use crate::exam::draw::Drawn;
use crate::exam::item::{Item, Task};
use crate::exam::letters::spread;
use crate::exam::part::{Arrangement, part, points, stimulus};
use crate::exam::seed::{Seed, Stream};
use crate::exam::{
    Exam, Fairness, Fit, Key, Measure, Numbering, Paper, Section, Stimulus, Variant,
};

/// How many equal key letters may follow each other.
const LONGEST_RUN: usize = 3;

/// How often a random arrangement is thrown away for a better one.
const TRIES: usize = 200;

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
/// first few find an order each.
pub fn arrange(
    bank: &Bank,
    blueprint: &Blueprint,
    seed: Seed,
    drawn: &[Drawn],
    measure: &mut Measure,
) -> Exam {
    let sections = sections(blueprint, &drawn[0]);
    let dealer = Dealer {
        bank,
        blueprint,
        seed,
        drawn,
        orders: vec![Vec::new(); drawn[0].len()],
        variants: Vec::new(),
        missed: 0,
    };
    let mut measure = |paper: &Paper| measure(&blueprint.head, &sections, paper);
    let variants = dealer.variants(&blueprint.variants, &mut measure);
    Exam {
        head: blueprint.head.clone(),
        seed: blueprint.seed,
        banks: bank.files.clone(),
        blueprint_sha256: blueprint.sha256.clone(),
        allowed: blueprint.allow.iter().map(|rule| rule.name.clone()).collect(),
        sections,
        fairness: (blueprint.mode == Mode::Parallel).then(|| Fairness::of(&variants)),
        variants,
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
    /// The orders of the variants, by section.
    orders: Vec<Vec<Vec<usize>>>,
    /// The variants that have been dealt.
    variants: Vec<Variant>,
    /// By how many pages they miss what they were to take.
    missed: usize,
}

/// A variant, and the order of its items by section.
type Dealt = (Variant, Vec<Vec<usize>>);

impl<'a> Dealer<'a> {
    /// Deals all variants.
    fn variants(
        self,
        all: &[String],
        measure: &mut dyn FnMut(&Paper) -> Fit,
    ) -> Vec<Variant> {
        let others = labels(all.len() + TRIAL);
        let others = others.into_iter().filter(|label| !all.contains(label));
        let trial: Vec<String> = all.iter().cloned().chain(others).take(TRIAL).collect();
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
        dealer.variants
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
        let (missed, (variant, orders)) = best.expect("some order is tried");
        self.missed += missed;
        self.variants.push(variant);
        for (earlier, order) in self.orders.iter_mut().zip(orders) {
            earlier.push(order);
        }
    }

    fn deal(&self, label: &str, attempt: u32) -> Dealt {
        let (mut questions, mut answers) = (Vec::new(), Vec::new());
        let mut shown: Vec<(&Id, Stimulus)> = Vec::new();
        let mut orders = Vec::new();
        for section in 0..self.drawn[0].len() {
            let first = match self.blueprint.head.numbering {
                Numbering::Continuous => questions.len() as u32 + 1,
                Numbering::Sections => 1,
            };
            let (order, items) = self.section(section, label, attempt);
            orders.push(order);
            let dealt = (first..).zip(items);
            for (number, (item, arrangement)) in dealt {
                let (mut question, answer) =
                    part(self.bank, self.blueprint, item, section, number, &arrangement);
                question.stimulus = self.show(item, &mut shown);
                questions.push(question);
                answers.push(answer);
            }
        }
        let (label, code) = (label.to_string(), code(self.bank, self.blueprint, label));
        let variant = Variant {
            paper: Paper {
                label: label.clone(),
                code: code.clone(),
                stimuli: shown.into_iter().map(|(_, stimulus)| stimulus).collect(),
                questions,
            },
            key: Key { label, code, answers },
        };
        (variant, orders)
    }

    /// The index of an item's stimulus among those that a paper shows, once it does.
    fn show(&self, item: &'a Item, shown: &mut Vec<(&'a Id, Stimulus)>) -> Option<usize> {
        let id = item.stimulus.as_ref()?;
        if shown.last().is_none_or(|(last, _)| *last != id) {
            shown.push((id, stimulus(self.bank, self.blueprint.head.language, id)?));
        }
        Some(shown.len() - 1)
    }

    /// The items of a section in the order of a variant, each with its arrangement.
    fn section(
        &self,
        section: usize,
        label: &str,
        attempt: u32,
    ) -> (Vec<usize>, Vec<(&'a Item, Arrangement)>) {
        let paper = self.variants.len().min(self.drawn.len() - 1);
        let items: &'a [Item] = &self.drawn[paper][section];
        let place = match attempt {
            0 => format!("{label}/{section}"),
            _ => format!("{label}/{section}/{attempt}"),
        };
        let stream = |purpose| self.seed.stream(purpose, &place);
        let order =
            order_apart(&blocks(items), &self.orders[section], &mut stream("order"));
        let arranged: Vec<&'a Item> = order.iter().map(|&index| &items[index]).collect();
        let random = arranged.iter().map(|item| arrangement(item, self.seed, label));
        let mut letters = stream("letters");
        let mut balanced = balance(&arranged, random.collect(), &mut letters);
        spread(&arranged, &mut balanced, &mut letters);
        (order, arranged.into_iter().zip(balanced).collect())
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
        rows: plan.table.iter().map(|plan| plan.row.clone()).collect(),
    }
}

/// The items that stand together, by their indices: groups, and every other item alone.
fn blocks(items: &[Item]) -> Vec<Vec<usize>> {
    let indices: Vec<usize> = (0..items.len()).collect();
    let grouped = |&a: &usize, &b: &usize| {
        items[a].stimulus.is_some() && items[a].stimulus == items[b].stimulus
    };
    indices.chunk_by(grouped).map(<[usize]>::to_vec).collect()
}

/// A random order that puts as few items as possible where an earlier variant has them.
/// Blocks of items move as a whole, and are shuffled inside.
fn order_apart(
    blocks: &[Vec<usize>],
    earlier: &[Vec<usize>],
    stream: &mut Stream,
) -> Vec<usize> {
    let count = blocks.iter().map(Vec::len).sum::<usize>();
    // Among more variants than items, coincidences cannot be avoided.
    let earlier = &earlier[earlier.len().saturating_sub(count.saturating_sub(1))..];
    let taken =
        |place: usize, item: usize| earlier.iter().any(|order| order[place] == item);
    let clashes = |order: &[Vec<usize>]| {
        let placed = order.iter().flatten().enumerate();
        let bad = placed.filter(|&(place, &item)| taken(place, item));
        bad.map(|(place, _)| place).collect::<Vec<usize>>()
    };
    let shuffled = stream.order(blocks.len()).into_iter().map(|block| {
        let inner = stream.order(blocks[block].len()).into_iter();
        inner.map(|index| blocks[block][index]).collect()
    });
    let mut best: Vec<Vec<usize>> = shuffled.collect();
    for _ in 0..TRIES {
        let bad = clashes(&best);
        let Some(&place) = bad.get(stream.below(bad.len())) else { break };
        let other = stream.below(count);
        let swapped = swapped(&best, place, other);
        if clashes(&swapped).len() <= bad.len() {
            best = swapped;
        }
    }
    best.concat()
}

/// The blocks with the items of two places swapped if they are of one block, and else with
/// their blocks swapped.
fn swapped(blocks: &[Vec<usize>], one: usize, other: usize) -> Vec<Vec<usize>> {
    let sizes = blocks.iter().enumerate();
    let places: Vec<(usize, usize)> = sizes
        .flat_map(|(block, items)| (0..items.len()).map(move |inner| (block, inner)))
        .collect();
    let ((one, first), (other, second)) = (places[one], places[other]);
    let mut swapped = blocks.to_vec();
    if one == other {
        swapped[one].swap(first, second);
    } else {
        swapped.swap(one, other);
    }
    swapped
}

/// A random arrangement of what stands inside an item.
fn arrangement(item: &Item, seed: Seed, label: &str) -> Arrangement {
    let mut stream = seed.stream("options", &format!("{label}/{}", item.id));
    match &item.task {
        Task::Choice { options, ordered: true }
        | Task::Several { options, ordered: true } => {
            Arrangement { premises: Vec::new(), options: (0..options.len()).collect() }
        }
        Task::Choice { options, ordered: false }
        | Task::Several { options, ordered: false } => {
            Arrangement { premises: Vec::new(), options: stream.order(options.len()) }
        }
        Task::Categories { rows, .. } => {
            Arrangement { premises: stream.order(rows.len()), options: Vec::new() }
        }
        Task::Cloze { blanks, words: Some(words), .. } => Arrangement {
            premises: Vec::new(),
            options: stream.order(blanks.len() + words.len()),
        },
        Task::Matching { pairs, extra } => Arrangement {
            premises: stream.order(pairs.len()),
            options: stream.order(pairs.len() + extra.len()),
        },
        _ => Arrangement::default(),
    }
}

/// Moves each key to a letter such that all letters are used about equally often and no
/// letter stands more than three times in a row.
fn balance(
    items: &[&Item],
    mut arrangements: Vec<Arrangement>,
    stream: &mut Stream,
) -> Vec<Arrangement> {
    let places: Vec<(usize, usize, bool)> = (items.iter().enumerate())
        .filter_map(|(index, item)| match &item.task {
            Task::Choice { options, ordered } => Some((index, options.len(), *ordered)),
            _ => None,
        })
        .collect();
    let key = |item: &Item, arrangement: &Arrangement| match &item.task {
        Task::Choice { options, .. } => arrangement
            .options
            .iter()
            .position(|&option| options[option].correct)
            .unwrap_or(0),
        _ => 0,
    };
    let fixed: Vec<Option<usize>> = (places.iter())
        .map(|&(index, _, ordered)| {
            ordered.then(|| key(items[index], &arrangements[index]))
        })
        .collect();
    let Some(&(_, letters, _)) = places.first() else { return arrangements };
    for (&(index, ..), letter) in places.iter().zip(deal_letters(letters, &fixed, stream))
    {
        let now = key(items[index], &arrangements[index]);
        arrangements[index].options.swap(now, letter);
    }
    arrangements
}

/// Deals a letter to every place that has none yet, all letters about equally often.
fn deal_letters(
    letters: usize,
    fixed: &[Option<usize>],
    stream: &mut Stream,
) -> Vec<usize> {
    let free = fixed.iter().filter(|letter| letter.is_none()).count();
    let mut best: Option<(usize, Vec<usize>)> = None;
    for _ in 0..TRIES {
        let mut counts = vec![0; letters];
        fixed.iter().flatten().for_each(|&letter| counts[letter] += 1);
        // Ties are broken at random, so that no letter is always the one in excess.
        let preference = stream.order(letters);
        let mut deck: Vec<usize> = (0..free)
            .map(|_| {
                let rarest =
                    (0..letters).min_by_key(|&l| (counts[l], preference[l])).unwrap_or(0);
                counts[rarest] += 1;
                rarest
            })
            .collect();
        stream.shuffle(&mut deck);
        let mut deck = deck.into_iter();
        let dealt: Vec<usize> = fixed
            .iter()
            .map(|letter| letter.or_else(|| deck.next()).unwrap_or(0))
            .collect();
        let run = longest_run(&dealt);
        if run <= LONGEST_RUN {
            return dealt;
        }
        if best.as_ref().is_none_or(|(shortest, _)| run < *shortest) {
            best = Some((run, dealt));
        }
    }
    best.map_or(Vec::new(), |(_, dealt)| dealt)
}

fn longest_run(letters: &[usize]) -> usize {
    letters.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
}

/// The code that is printed on every page: eight characters of Crockford's base 32, which
/// has no letters that are taken for others, from a hash of what the sheet was made of.
fn code(bank: &Bank, blueprint: &Blueprint, label: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut hash = Sha256::new();
    hash.update(b"lembar code 1\0");
    for file in &bank.files {
        hash.update(file.sha256.as_bytes());
    }
    hash.update(blueprint.sha256.as_bytes());
    hash.update(blueprint.seed.to_le_bytes());
    hash.update(blueprint.head.language.code().as_bytes());
    hash.update(label.as_bytes());
    if blueprint.mode != Mode::Shuffled || blueprint.makeup {
        hash.update(format!("\0{:?} {}", blueprint.mode, blueprint.makeup).as_bytes());
    }
    let digest = hash.finalize();
    let characters: String = digest[..8]
        .iter()
        .map(|&byte| ALPHABET[usize::from(byte % 32)] as char)
        .collect();
    format!("{}-{}", &characters[..4], &characters[4..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_balanced_and_runs_are_short() {
        for seed in 0..500 {
            let mut stream = Seed(seed).stream("letters", "A");
            let mut fixed = vec![None; 23];
            fixed[4] = Some(3);
            fixed[5] = Some(3);
            let dealt = deal_letters(4, &fixed, &mut stream);
            let count = |letter| dealt.iter().filter(|&&l| l == letter).count();
            assert!((0..4).all(|letter| (5..=6).contains(&count(letter))), "{dealt:?}");
            assert!(longest_run(&dealt) <= LONGEST_RUN, "{dealt:?}");
            assert_eq!((dealt[4], dealt[5]), (3, 3));
        }
    }

    /// So many items that stand in no group.
    fn alone(count: usize) -> Vec<Vec<usize>> {
        (0..count).map(|index| vec![index]).collect()
    }

    #[test]
    fn groups_stay_whole_and_change_their_places() {
        let blocks = [alone(12), vec![vec![12, 13, 14], vec![15, 16], vec![17, 18, 19]]];
        let blocks = blocks.concat();
        for seed in 0..200 {
            let mut orders: Vec<Vec<usize>> = Vec::new();
            for label in 0..4 {
                let mut stream = Seed(seed).stream("order", &label.to_string());
                let order = order_apart(&blocks, &orders, &mut stream);
                for earlier in &orders {
                    assert!((0..20).all(|place| earlier[place] != order[place]));
                }
                for block in &blocks {
                    let place = |item| order.iter().position(|other| other == item);
                    let mut places: Vec<_> = block.iter().map(place).collect();
                    places.sort();
                    assert!(places.is_sorted_by(|a, b| a.unwrap() + 1 == b.unwrap()));
                }
                orders.push(order);
            }
        }
    }

    #[test]
    fn items_change_their_places_between_variants() {
        for seed in 0..200 {
            let mut orders: Vec<Vec<usize>> = Vec::new();
            for label in 0..5 {
                let mut stream = Seed(seed).stream("order", &label.to_string());
                let order = order_apart(&alone(10), &orders, &mut stream);
                for earlier in &orders {
                    assert!((0..10).all(|place| earlier[place] != order[place]));
                }
                orders.push(order);
            }
        }
    }

    #[test]
    fn few_items_in_many_variants_do_not_hang() {
        let mut orders: Vec<Vec<usize>> = Vec::new();
        for label in 0..50 {
            let mut stream = Seed(1).stream("order", &label.to_string());
            let order = order_apart(&alone(3), &orders, &mut stream);
            orders.push(order);
        }
        assert_eq!(
            order_apart(&[], &[], &mut Seed(1).stream("order", "A")),
            Vec::<usize>::new()
        );
    }
}
