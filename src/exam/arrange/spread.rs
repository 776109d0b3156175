//! How far apart the variants have come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::bank::Id;
use crate::exam::arrange::blocks::Blocks;
use crate::exam::arrange::least::{least, proven};
use crate::exam::arrange::strands::Strands;
use crate::exam::draw::Drawn;
use crate::exam::item::Item;
use crate::exam::{Solution, Spread, Variant, Variants};

/// Among how many variants any two are compared.
const MANY: usize = 200;

/// How far apart the variants of an exam are.
pub fn spread(drawn: &[Drawn], strands: &Strands, variants: &Variants) -> Spread {
    let mut times: BTreeMap<(usize, u32, Id), u64> = BTreeMap::new();
    let mut keys: Vec<Vec<Option<char>>> = Vec::new();
    for variant in variants {
        for answer in &variant.key.answers {
            let place = (answer.section, answer.number, answer.about.item.clone());
            *times.entry(place).or_default() += 1;
        }
        keys.push(self::keys(&variant));
    }
    let (mut coincidences, mut least_coincidences) = (0, 0);
    for (section, items) in drawn[0].iter().enumerate() {
        let own = times.iter().filter(|((of, ..), _)| *of == section);
        let found = own.map(|(_, times)| times * (times - 1) / 2).sum();
        coincidences += found;
        // Parallel variants need not share any item.
        if drawn.len() == 1 {
            least_coincidences += fewest(items, section, strands, variants.len(), found);
        }
    }
    let next = keys.windows(2).map(|two| equal(&two[0], &two[1]));
    let others = |(index, one): (usize, &Vec<Option<char>>)| {
        keys[..index].iter().map(|other| equal(one, other)).max()
    };
    let any = || keys.iter().enumerate().filter_map(others).max().unwrap_or(0);
    Spread {
        coincidences,
        least_coincidences,
        letters: shared(keys.iter().map(|keys| counts(keys))),
        longest_run: keys.iter().map(|keys| longest_run(keys)).max().unwrap_or(0),
        equal_next: next.max().unwrap_or(0),
        equal_any: (keys.len() <= MANY).then(any),
    }
}

/// How few coincidences a section has at least, of which so many were found.
fn fewest(
    items: &[Item],
    section: usize,
    strands: &Strands,
    variants: usize,
    found: u64,
) -> u64 {
    if found == 0 {
        return 0;
    }
    let blocks = Blocks::of(items);
    let mut reach = vec![Vec::new(); items.len()];
    for class in blocks.classes() {
        let places = blocks.reach(class);
        for &item in blocks.items(class) {
            let may = |(place, &reached)| reached && strands.lets(section, item, place);
            reach[item] = places.iter().enumerate().map(may).collect();
        }
    }
    let bound = least(&reach, variants);
    match bound < found && strands.lets_stand_everywhere(section) {
        true => proven(&blocks, variants, found).max(bound),
        false => bound,
    }
}

/// The keys of the multiple-choice questions of a variant, by question.
fn keys(variant: &Variant) -> Vec<Option<char>> {
    let key = |solution: &Solution| match solution {
        Solution::Option { letter, .. } => Some(*letter),
        _ => None,
    };
    variant.key.answers.iter().map(|answer| key(&answer.solution)).collect()
}

/// At how many numbers two variants have the same letter.
fn equal(one: &[Option<char>], other: &[Option<char>]) -> usize {
    one.iter().zip(other).filter(|(a, b)| a.is_some() && a == b).count()
}

/// How often each letter is the key.
fn counts(keys: &[Option<char>]) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    keys.iter().flatten().for_each(|&letter| *counts.entry(letter).or_default() += 1);
    counts
}

/// Things of which those that are the same are held once.
fn shared<T: Ord>(all: impl Iterator<Item = T>) -> Vec<Arc<T>> {
    let mut known: BTreeSet<Arc<T>> = BTreeSet::new();
    let share = |one: T| {
        let same = known.get(&one).map(Arc::clone);
        same.unwrap_or_else(|| {
            let one = Arc::new(one);
            known.insert(Arc::clone(&one));
            one
        })
    };
    all.map(share).collect()
}

/// How often at most a letter follows itself, counted from one.
fn longest_run(keys: &[Option<char>]) -> usize {
    let runs = keys.chunk_by(|a, b| a == b).filter(|run| run[0].is_some());
    runs.map(<[_]>::len).max().unwrap_or(0)
}
