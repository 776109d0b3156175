//! A census: how many distinct items a bank yields.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Id};
use crate::exam::blueprint::SectionPlan;
use crate::exam::build::{Site, build_all};
use crate::exam::candidates::candidates;
use crate::exam::seed::Seed;
use crate::item_type::ItemType;

/// What items are counted by: topic, type and level.
pub type Class = (Id, ItemType, String);

/// How many distinct items a bank yields in each class, built as sections usually ask for
/// them. Items of one fact and pattern count once, whatever options they are given.
pub fn census(bank: &Bank) -> BTreeMap<Class, usize> {
    let mut counts = BTreeMap::new();
    let Some(place) = bank.topics.values().next().map(|topic| &topic.place) else {
        return counts;
    };
    let used = BTreeSet::new();
    for item_type in ItemType::ALL {
        let plan = SectionPlan::usual(item_type, place.clone());
        for candidate in candidates(bank, item_type, false) {
            let mut stream = Seed(0).stream("census", &candidate.id());
            let mut built = |truth| {
                build_all(
                    &Site {
                        bank,
                        plan: &plan,
                        used: &used,
                        shown: &used,
                        truth,
                        negative: true,
                    },
                    &candidate,
                    &mut stream,
                )
            };
            for item in built(true).or_else(|| built(false)).into_iter().flatten() {
                *counts.entry((item.topic, item_type, item.level.0)).or_default() += 1;
            }
        }
    }
    counts
}
