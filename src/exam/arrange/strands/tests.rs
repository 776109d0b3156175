//! Letters that items keep, and keys that all variants share.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::bank::Phrase;
use crate::difficulty::Difficulty;
use crate::exam::arrange::blocks::Blocks;
use crate::exam::arrange::least::least;
use crate::exam::arrange::order::Orders;
use crate::exam::item::Choice;

/// A multiple-choice item; it keeps its options in order if a letter is given.
fn choice(id: usize, options: usize, kept: Option<usize>, group: Option<usize>) -> Item {
    let option = |index| Choice {
        text: Phrase::default(),
        correct: index == kept.unwrap_or(0),
        reason: None,
    };
    let options = (0..options).map(option).collect();
    Item {
        id: id.to_string(),
        item_type: ItemType::MultipleChoice,
        topic: String::new(),
        level: Default::default(),
        difficulty: Difficulty::Medium,
        row: None,
        stimulus: group.map(|group| group.to_string()),
        stem: Phrase::default(),
        picture: None,
        table: None,
        task: Task::Choice { options, ordered: kept.is_some() },
        sources: Vec::new(),
        facts: BTreeSet::new(),
        shown: BTreeSet::new(),
        enemies: BTreeSet::new(),
        negative: false,
    }
}

/// What a variant is dealt: its orders by section, and its letters by strand.
type Dealt = (Vec<Vec<usize>>, Vec<Letters>);

fn deal(drawn: &[Vec<Item>], uniform: bool, variants: usize, seed: u64) -> Vec<Dealt> {
    let seed = Seed(seed);
    let mut strands = Strands::new(drawn, uniform);
    let mut orders: Vec<Orders> = (drawn.iter().enumerate())
        .map(|(section, items)| {
            let everywhere = strands.lets_stand_everywhere(section);
            let mut stream = seed.stream("family", &section.to_string());
            Orders::new(Blocks::of(items), everywhere, &mut stream)
        })
        .collect();
    let deal = |variant: usize| {
        strands.plan(seed);
        let mut stream = seed.stream("order", &variant.to_string());
        let dealt = orders.iter().enumerate().map(|(section, orders)| {
            let cost = |item, place| strands.cost(section, item, place);
            orders.order(0, &cost, &mut stream)
        });
        let dealt: Vec<Vec<usize>> = dealt.collect();
        let letters = strands.settle(&dealt, &mut stream);
        strands.take(&dealt, letters.clone());
        orders.iter_mut().zip(&dealt).for_each(|(orders, order)| orders.take(order));
        (dealt, letters)
    };
    (0..variants).map(deal).collect()
}

/// Items keep the letters that they cannot change.
fn check_kept(drawn: &[Vec<Item>], (orders, letters): &Dealt, strands: &Strands) {
    for (section, order) in orders.iter().enumerate() {
        let keys = strands.of_section(section, letters);
        for (&item, letter) in order.iter().zip(keys) {
            let kept = kept_letter(&drawn[section][item]);
            assert!(kept.is_none_or(|kept| kept == *letter));
        }
    }
}

fn counts(letters: &[usize], all: usize) -> Vec<usize> {
    (0..all).map(|l| letters.iter().filter(|&&other| other == l).count()).collect()
}

/// A section with some items that keep their letters and some in groups.
fn section(stream: &mut Stream, letters: usize, ordered: usize) -> Vec<Item> {
    let count = 1 + stream.below(30);
    let grouped = stream.below(3) == 0;
    let item = |id: usize| {
        let kept = (stream.below(100) < ordered).then(|| stream.below(letters));
        let group = (grouped && id < 12).then_some(id / 3);
        choice(id, letters, kept, group)
    };
    (0..count).map(item).collect()
}

#[test]
fn kept_letters_leave_the_others_even() {
    for seed in 0..800 {
        let mut stream = Seed(seed).stream("shape", "");
        let letters = 2 + stream.below(4);
        let drawn =
            [section(&mut stream, letters, 20), section(&mut stream, letters, 20)];
        let strands = Strands::new(&drawn, false);
        let variants = 1 + stream.below(9);
        for dealt in deal(&drawn, false, variants, seed) {
            check_kept(&drawn, &dealt, &strands);
            for (section, items) in drawn.iter().enumerate() {
                let used = counts(strands.of_section(section, &dealt.1), letters);
                let mut kept = vec![0; letters];
                items.iter().filter_map(kept_letter).for_each(|letter| kept[letter] += 1);
                let rarest = *used.iter().min().unwrap();
                let even = |l: usize| used[l] <= kept[l].max(rarest + 1);
                assert!((0..letters).all(even), "seed {seed}: {used:?}, {kept:?}");
            }
        }
    }
}

/// Without groups and kept letters, an item has not the same letter in all variants.
#[test]
fn items_change_their_letters() {
    for seed in 0..500 {
        let mut stream = Seed(seed).stream("shape", "");
        let (letters, count) = (3 + stream.below(3), 6 + stream.below(30));
        let drawn = [(0..count).map(|id| choice(id, letters, None, None)).collect()];
        let dealt = deal(&drawn, false, 2 + stream.below(5), seed);
        let mut had: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (orders, keys) in &dealt {
            for (item, letter) in orders[0].iter().zip(&keys[0]) {
                had.entry(*item).or_default().insert(*letter);
            }
        }
        let same = had.values().filter(|letters| letters.len() == 1).count();
        assert_eq!(same, 0, "seed {seed}: {count} items, {letters} letters");
    }
}

#[test]
fn uniform_keys_are_the_same_in_every_variant() {
    for seed in 0..800 {
        let mut stream = Seed(seed).stream("shape", "");
        let letters = 2 + stream.below(4);
        let drawn =
            [section(&mut stream, letters, 30), section(&mut stream, letters, 30)];
        let strands = Strands::new(&drawn, true);
        let dealt = deal(&drawn, true, 1 + stream.below(12), seed);
        for variant in &dealt {
            check_kept(&drawn, variant, &strands);
            assert_eq!(variant.1, dealt[0].1, "seed {seed}");
        }
    }
}

/// Items that stand alone are as far apart as a uniform key lets them.
#[test]
fn uniform_keys_leave_items_apart() {
    let (mut above, mut all) = (0, 0);
    for seed in 0..400 {
        let mut stream = Seed(seed).stream("shape", "");
        let (letters, count) = (3 + stream.below(3), 8 + stream.below(24));
        let item = |id| {
            let kept = (stream.below(100) < 30).then(|| stream.below(letters));
            choice(id, letters, kept, None)
        };
        let drawn = [(0..count).map(item).collect::<Vec<Item>>()];
        let variants = 2 + stream.below(5);
        let dealt = deal(&drawn, true, variants, seed);
        let mut times: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for (orders, _) in &dealt {
            for (place, item) in orders[0].iter().enumerate() {
                *times.entry((place, *item)).or_default() += 1;
            }
        }
        let found: u64 = times.values().map(|times| times * (times - 1) / 2).sum();
        let key = &dealt[0].1[0];
        let may = |item: &Item| {
            let fits =
                |letter: &usize| kept_letter(item).is_none_or(|kept| kept == *letter);
            key.iter().map(fits).collect()
        };
        let reach: Vec<Vec<bool>> = drawn[0].iter().map(may).collect();
        let bound = least(&reach, variants);
        assert!(found >= bound);
        all += 1;
        above += usize::from(found > bound);
    }
    assert!(above * 50 <= all, "{above} of {all}");
}
