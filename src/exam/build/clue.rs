//! Clues: what puzzles and cards ask, with one short answer.

use std::collections::BTreeSet;

use crate::bank::{Ask, Bank, Pattern, Phrase};
use crate::exam::blueprint::SectionPlan;
use crate::exam::build::{Builder, Site, build};
use crate::exam::candidates::{Candidate, Target};
use crate::exam::item::Item;
use crate::exam::seed::Stream;
use crate::item_type::ItemType;

/// Builds the short-answer item of a candidate, and says how a clue asks for it. There is
/// none if another answer is as right.
pub fn clue(
    bank: &Bank,
    candidate: &Candidate,
    stream: &mut Stream,
) -> Option<(Item, Phrase)> {
    let none = BTreeSet::new();
    let place = match bank.patterns.get(candidate.origin) {
        Some(pattern) => pattern.place.clone(),
        None => bank.items.get(candidate.subject)?.place.clone(),
    };
    let plan = &SectionPlan::usual(ItemType::ShortAnswer, place);
    let (used, shown) = (&none, &none);
    let site = &Site { bank, plan, used, shown, truth: false, negative: false };
    if candidate.target == Target::Authored {
        let item = build(site, candidate, stream)?;
        let bare = item.stimulus.is_none() && item.picture.is_none();
        let clue = item.stem.clone();
        return (bare && item.table.is_none()).then_some((item, clue));
    }
    let pattern = bank.patterns.get(candidate.origin)?;
    if has_others(bank, candidate, pattern) {
        return None;
    }
    let mut built =
        |pattern| Builder { site, candidate, pattern, bank, day: None }.blank(stream);
    let item = built(pattern)?;
    let Some(clue) = &pattern.clue else { return Some((item.clone(), item.stem)) };
    let asking = Pattern { stems: vec![clue.clone()], ..pattern.clone() };
    let clue = built(&asking)?.stem;
    Some((item, clue))
}

/// Whether the entity has other values that would answer as well.
fn has_others(bank: &Bank, candidate: &Candidate, pattern: &Pattern) -> bool {
    let (Target::Value(held), Ask::Value { attribute, .. }) =
        (&candidate.target, &pattern.ask)
    else {
        return false;
    };
    let entity = bank.entities.get(&held.entity);
    entity.and_then(|entity| entity.attributes.get(attribute)).is_none_or(|v| v.len() > 1)
}
