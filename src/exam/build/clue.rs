//! Clues: what puzzles and cards ask, with one short answer.

use std::collections::BTreeSet;

use crate::bank::{Ask, Bank, Id, Pattern, Phrase};
use crate::exam::blueprint::SectionPlan;
use crate::exam::build::{Builder, Site, fill};
use crate::exam::candidates::{Candidate, Target};
use crate::item_type::ItemType;

/// What a candidate asks with one short answer, and all ways to ask it.
pub struct Asking {
    /// The id of the item that asks it.
    pub item: Id,
    /// What counts as right, the usual answer first.
    pub accepted: Vec<Phrase>,
    /// Why it is right.
    pub reason: Option<Phrase>,
    /// The facts that are asked.
    pub facts: BTreeSet<Id>,
    /// How it may be asked.
    pub wordings: Vec<Wording>,
}

/// How something is asked.
pub struct Wording {
    /// As an item does.
    pub question: Phrase,
    /// In a few words.
    pub clue: Phrase,
}

/// What the short-answer item of a candidate asks. There is none if another answer is as
/// right.
pub fn asking(bank: &Bank, candidate: &Candidate) -> Option<Asking> {
    if candidate.target == Target::Authored {
        return written(bank, candidate.subject);
    }
    let pattern = bank.patterns.get(candidate.origin)?;
    if has_others(bank, candidate, pattern) {
        return None;
    }
    let none = BTreeSet::new();
    let (used, shown) = (&none, &none);
    let plan = &SectionPlan::usual(ItemType::ShortAnswer, pattern.place.clone());
    let site = &Site { bank, plan, used, shown, truth: false, negative: false };
    let builder = Builder { site, candidate, pattern, bank, day: None };
    let asked = builder.asked()?;
    let accepted = builder.accepted(&asked)?;
    let wording = |stem: &Phrase| Wording {
        question: fill(stem, &asked.fills),
        clue: fill(pattern.clue.as_ref().unwrap_or(stem), &asked.fills),
    };
    Some(Asking {
        item: candidate.id(),
        accepted,
        wordings: pattern.stems(false).into_iter().map(wording).collect(),
        reason: asked.reason,
        facts: [asked.fact].into(),
    })
}

/// What an item asks that was written by hand, unless there is more to it than its stem.
fn written(bank: &Bank, id: &Id) -> Option<Asking> {
    let item = bank.items.get(id)?;
    if item.stimulus.is_some() || item.picture.is_some() || item.table.is_some() {
        return None;
    }
    let mut facts = item.facts.clone();
    facts.insert(id.clone());
    Some(Asking {
        item: id.clone(),
        accepted: item.answers.clone(),
        reason: item.rationale.clone(),
        facts,
        wordings: vec![Wording { question: item.stem.clone(), clue: item.stem.clone() }],
    })
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
