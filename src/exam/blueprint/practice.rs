//! The settings of practice and play.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::bank::Id;

/// How a crossword is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CrosswordPlan {
    /// How many words it has.
    pub count: usize,
    /// The topics that it asks; empty for all.
    pub topics: BTreeSet<Id>,
}

impl Default for CrosswordPlan {
    fn default() -> CrosswordPlan {
        CrosswordPlan { count: 12, topics: BTreeSet::new() }
    }
}

/// How a word search is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordSearchPlan {
    /// How many words it hides.
    pub count: usize,
    /// The topics that they are of; empty for all.
    pub topics: BTreeSet<Id>,
    /// In how many directions words run.
    pub directions: Directions,
    /// Whether students get clues, and not the words themselves.
    pub clues: bool,
}

impl Default for WordSearchPlan {
    fn default() -> WordSearchPlan {
        let (topics, directions) = (BTreeSet::new(), Directions::Four);
        WordSearchPlan { count: 12, topics, directions, clues: false }
    }
}

/// In how many directions words run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "usize")]
pub enum Directions {
    /// To the right and down.
    Two,
    /// Aslant too.
    Four,
    /// Backwards too.
    Eight,
}

impl Directions {
    /// How many they are.
    pub fn count(self) -> usize {
        match self {
            Directions::Two => 2,
            Directions::Four => 4,
            Directions::Eight => 8,
        }
    }
}

impl TryFrom<usize> for Directions {
    type Error = &'static str;

    fn try_from(count: usize) -> Result<Directions, &'static str> {
        match count {
            2 => Ok(Directions::Two),
            4 => Ok(Directions::Four),
            8 => Ok(Directions::Eight),
            _ => Err("words run in 2, 4 or 8 directions"),
        }
    }
}

/// How flash cards are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FlashCardsPlan {
    /// How many cards there are.
    pub count: usize,
    /// The topics that they ask; empty for all.
    pub topics: BTreeSet<Id>,
}

impl Default for FlashCardsPlan {
    fn default() -> FlashCardsPlan {
        FlashCardsPlan { count: 24, topics: BTreeSet::new() }
    }
}

/// How exit tickets are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExitTicketPlan {
    /// How many questions a ticket has.
    pub count: usize,
    /// The topics that they ask; empty for all.
    pub topics: BTreeSet<Id>,
    /// How many tickets stand on a page.
    pub per_page: usize,
}

impl Default for ExitTicketPlan {
    fn default() -> ExitTicketPlan {
        ExitTicketPlan { count: 3, topics: BTreeSet::new(), per_page: 3 }
    }
}

/// How bingo is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BingoPlan {
    /// How many cards there are; `None` for one for each student.
    pub count: Option<usize>,
    /// The topics that are asked; empty for all.
    pub topics: BTreeSet<Id>,
    /// How many rows and columns a card has.
    pub side: usize,
}

impl Default for BingoPlan {
    fn default() -> BingoPlan {
        BingoPlan { count: None, topics: BTreeSet::new(), side: 4 }
    }
}

/// How an activity sheet is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ActivityPlan {
    /// How many rows its table has.
    pub count: usize,
    /// The topics that it is about; empty for all.
    pub topics: BTreeSet<Id>,
    /// The kind of entities in its table; `None` for the one of which most is known.
    pub kind: Option<Id>,
    /// The attributes that its table asks; empty for those of which most is known.
    pub columns: Vec<Id>,
    /// How many cases it has.
    pub cases: usize,
    /// What students are to learn; empty for what the rows of the blueprint say, or for the
    /// topics.
    pub objectives: Vec<String>,
}

impl Default for ActivityPlan {
    fn default() -> ActivityPlan {
        ActivityPlan {
            count: 5,
            topics: BTreeSet::new(),
            kind: None,
            columns: Vec::new(),
            cases: 2,
            objectives: Vec::new(),
        }
    }
}
