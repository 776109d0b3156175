//! Questions: items that were written by hand, what they share, and patterns that make
//! them from facts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::bank::{Id, Phrase};
use crate::diagnostic::Place;
use crate::difficulty::Difficulty;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::length::Length;
use crate::picture::PictureFile;

/// What several items are about: a text, a picture, a table or several of these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stimulus {
    /// The title above the text.
    pub title: Option<Phrase>,
    /// The text; an empty line parts its paragraphs.
    pub text: Option<Phrase>,
    /// The picture, below the text if there is one; no bank with pictures is compiled.
    #[serde(skip)]
    pub picture: Option<Figure>,
    /// The table, below all else.
    pub table: Option<DataTable>,
    /// The facts that it shows, so that no item outside its group asks them.
    pub facts: BTreeSet<Id>,
    /// Where it comes from.
    pub sources: Vec<Id>,
    /// Where it is written.
    pub place: Place,
}

/// A picture that an item or a stimulus shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// The picture.
    pub picture: PictureFile,
    /// The picture in other languages, where it is another one.
    pub translations: BTreeMap<Language, PictureFile>,
    /// How wide it is printed at most, or `None` for its natural width.
    pub width: Option<Length>,
    /// What stands below it.
    pub caption: Option<Phrase>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<Phrase>,
}

impl Figure {
    /// The picture in a language, or the bank's own where there is no other one.
    pub fn in_language(&self, language: Language) -> &PictureFile {
        self.translations.get(&language).unwrap_or(&self.picture)
    }
}

/// A table that an item or a stimulus shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataTable {
    /// What it is called.
    pub caption: Option<Phrase>,
    /// The heads of its columns.
    pub head: Vec<Phrase>,
    /// Its rows; each has as many cells as there are heads.
    pub rows: Vec<Vec<Phrase>>,
}

/// An item written by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthoredItem {
    /// The kind of task.
    pub item_type: ItemType,
    /// The topic that it counts for.
    pub topic: Id,
    /// The level (`L1`–`L3`).
    pub level: String,
    /// The cognitive level (`C1`–`C6`).
    pub cognitive: String,
    /// How difficult it is, as its author says or as is usual.
    pub difficulty: Difficulty,
    /// The stimulus that it is about. Items of one type with one stimulus are a group,
    /// which is drawn as a whole.
    pub stimulus: Option<Id>,
    /// The question.
    pub stem: Phrase,
    /// The picture below the stem; no bank with pictures is compiled.
    #[serde(skip)]
    pub picture: Option<Figure>,
    /// The table below the stem and the picture.
    pub table: Option<DataTable>,
    /// The options of a multiple-choice item, of which exactly one is correct, or of a
    /// multiple-answer item, of which at least two are correct and one is wrong.
    pub options: Vec<AuthoredOption>,
    /// Whether the options keep their order.
    pub ordered: bool,
    /// The categories of a categorize item.
    pub categories: Vec<Phrase>,
    /// The statements of a categorize item; every category has at least one.
    pub rows: Vec<AuthoredRow>,
    /// The steps of an ordering item, in the right order.
    pub steps: Vec<Phrase>,
    /// The text of a cloze item, with `{1}`, `{2}` … for its blanks.
    pub text: Option<Phrase>,
    /// The accepted answers of each blank of a cloze item, the printed one first.
    pub blanks: Vec<Vec<Phrase>>,
    /// The words that fit no blank, if a list of words is printed.
    pub words: Option<Vec<Phrase>>,
    /// Whether the statement of a true-false item is true.
    pub truth: Option<bool>,
    /// The accepted answers of a short-answer item, the printed one first.
    pub answers: Vec<Phrase>,
    /// The scoring guide of an essay.
    pub guide: Vec<Criterion>,
    /// How many ruled lines an essay leaves for the answer.
    pub lines: Option<u32>,
    /// Why the answer is right, printed in the key.
    pub rationale: Option<Phrase>,
    /// The facts that it rests on, so that no other item of the paper asks them.
    pub facts: BTreeSet<Id>,
    /// Where it comes from.
    pub sources: Vec<Id>,
    /// Where it is written.
    pub place: Place,
}

impl AuthoredItem {
    /// Whether the two are of one group: of one type, with one stimulus.
    pub fn shares(&self, other: &AuthoredItem) -> bool {
        let grouped = self.stimulus.is_some() && self.stimulus == other.stimulus;
        grouped && self.item_type == other.item_type
    }
}

/// An option written by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthoredOption {
    /// The option.
    pub text: Phrase,
    /// Whether it is the key.
    pub correct: bool,
    /// Why it is right or wrong.
    pub rationale: Option<Phrase>,
}

/// A statement that belongs to a category, written by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthoredRow {
    /// The statement.
    pub text: Phrase,
    /// The index of its category.
    pub category: usize,
    /// Why it belongs there.
    pub rationale: Option<Phrase>,
}

/// A line of a scoring guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    /// What earns the points.
    pub text: Phrase,
    /// The points that it earns.
    pub points: u32,
}

/// How facts become questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The kind of task.
    pub item_type: ItemType,
    /// The topic that its items count for.
    pub topic: Id,
    /// The level (`L1`–`L3`).
    pub level: String,
    /// The cognitive level (`C1`–`C6`).
    pub cognitive: String,
    /// How difficult its items are, as its author says or as is usual.
    pub difficulty: Difficulty,
    /// What is asked.
    pub ask: Ask,
    /// Wordings of the question; one is drawn. Placeholders: `{subject}`, `{value}`,
    /// `{statement}`, `{label}`, `{case}`, `{count}`. Those with `{as_of}` ask values that
    /// are known to hold up to a day, and no others.
    pub stems: Vec<Phrase>,
    /// How puzzles and cards ask for the blank of a short-answer item, with the same
    /// placeholders as its stems.
    pub clue: Option<Phrase>,
    /// Whether a multiple-choice item asks for the exception: the only option that lacks
    /// the label or the value.
    pub negative: bool,
    /// How many ruled lines an essay leaves for the answer.
    pub lines: Option<u32>,
    /// Where it is declared.
    pub place: Place,
}

impl Pattern {
    /// The stems that state the day up to which a value is known to hold, or those that
    /// ask what holds for good.
    pub fn stems(&self, dated: bool) -> Vec<&Phrase> {
        let states = |stem: &&Phrase| stem.base.contains("{as_of}") == dated;
        self.stems.iter().filter(states).collect()
    }
}

/// What a pattern asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// Given an entity, its value; other entities' values are offered. For
    /// multiple-answer: all values that it has are right. For ordering: which entity has
    /// the least value, which the next.
    Value {
        /// The attribute that is asked.
        attribute: Id,
        /// The kinds of entities that are asked about and whose values are offered.
        kinds: BTreeSet<Id>,
    },
    /// Given a value, the entity that has it; other entities are offered. For
    /// multiple-answer: all that share it are right.
    Subject {
        /// The attribute that is given.
        attribute: Id,
        /// The kinds of entities that are asked for and offered.
        kinds: BTreeSet<Id>,
    },
    /// Given a label, a statement that carries it; statements of the pool are offered.
    /// For true-false: whether a statement carries a label. For multiple-answer: several
    /// that carry it.
    Label {
        /// The label that is asked.
        label: Id,
        /// The labels whose statements are offered as distractors, or of which a true-false
        /// item falsely says that they carry the label.
        pool: BTreeSet<Id>,
        /// The phrasing in which statements are printed.
        phrasing: Id,
        /// For essays: how many statements are to be named.
        count: usize,
    },
    /// Given several labels, which of them a statement carries.
    Categories {
        /// The labels, pairwise disjoint, in printed order.
        categories: Vec<Id>,
        /// What the columns are called, or nothing for the names of the labels.
        heads: Vec<Phrase>,
        /// The phrasing in which statements are printed.
        phrasing: Id,
    },
    /// Given a case, the statement that it shows; statements that it refutes are offered.
    Case {
        /// The label of the statements that are asked for.
        label: Id,
        /// The phrasing in which statements are printed.
        phrasing: Id,
    },
}
