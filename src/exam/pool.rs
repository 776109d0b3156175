//! Pools: what could be asked in one type of task, sorted by what a blueprint counts.

use crate::bank::{Bank, Id};
use crate::difficulty::Difficulty;
use crate::exam::candidates::{Candidate, Target, candidates};
use crate::item_type::ItemType;

/// Everything of one type that the bank could ask.
pub struct Pool<'a> {
    /// What could be asked.
    pub candidates: Vec<Candidate<'a>>,
    /// What is counted of the items of each candidate; nothing where only topics are.
    traits: Vec<Vec<Traits<'a>>>,
}

/// What a blueprint counts of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Traits<'a> {
    /// The topic.
    pub topic: &'a str,
    /// The level.
    pub level: &'a str,
    /// The cognitive level.
    pub cognitive: &'a str,
    /// How difficult it is.
    pub difficulty: Difficulty,
}

impl<'a> Pool<'a> {
    /// Gathers a pool, `sorted` if more than topics is counted.
    pub fn new(
        bank: &'a Bank,
        item_type: ItemType,
        dated: bool,
        sorted: bool,
    ) -> Pool<'a> {
        let candidates = candidates(bank, item_type, dated);
        let traits = match sorted {
            true => candidates.iter().map(|candidate| traits(bank, candidate)).collect(),
            false => Vec::new(),
        };
        Pool { candidates, traits }
    }

    /// What is counted of the items of a candidate. Where only topics are, that is all
    /// that is known.
    pub fn traits(&self, candidate: usize) -> impl Iterator<Item = Traits<'a>> + '_ {
        let plain = |candidate: &Candidate<'a>| Traits {
            topic: candidate.topic,
            level: "",
            cognitive: "",
            difficulty: Difficulty::Medium,
        };
        let known = self.traits.get(candidate).map_or(&[][..], Vec::as_slice);
        let unknown = known.is_empty().then(|| plain(&self.candidates[candidate]));
        known.iter().copied().chain(unknown)
    }
}

fn traits<'a>(bank: &'a Bank, candidate: &Candidate<'a>) -> Vec<Traits<'a>> {
    let authored = |id: &str| {
        let item = &bank.items[id];
        Traits {
            topic: item.topic.as_str(),
            level: item.level.as_str(),
            cognitive: item.cognitive.as_str(),
            difficulty: item.difficulty,
        }
    };
    match &candidate.target {
        Target::Group(items) => items.iter().map(|id: &&'a Id| authored(id)).collect(),
        Target::Authored => vec![authored(candidate.subject)],
        _ => {
            let pattern = &bank.patterns[candidate.origin];
            vec![Traits {
                topic: pattern.topic.as_str(),
                level: pattern.level.as_str(),
                cognitive: pattern.cognitive.as_str(),
                difficulty: pattern.difficulty,
            }]
        }
    }
}
