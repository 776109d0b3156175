//! Items: questions with their answers, before they are parted.

use std::collections::BTreeSet;

use crate::bank::{DataTable, Figure, Id, Phrase};
use crate::difficulty::Difficulty;
use crate::exam::blueprint::Asked;
use crate::item_type::ItemType;
use crate::space::Space;

/// A question with its answer and the reasons, in all languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Names the pattern and the fact, or the item written by hand; stable across seeds. One
    /// candidate can make several that ask different things (see [`crate::bank::id_of_form`]).
    pub id: Id,
    /// The kind of task.
    pub item_type: ItemType,
    /// The topic that it counts for.
    pub topic: Id,
    /// The level and the cognitive level.
    pub level: (String, String),
    /// How difficult it is.
    pub difficulty: Difficulty,
    /// The index of the row of its section that it fills.
    pub row: Option<usize>,
    /// The stimulus that it is about, which it shares with its group.
    pub stimulus: Option<Id>,
    /// The question.
    pub stem: Phrase,
    /// The picture below the stem.
    pub picture: Option<Figure>,
    /// The table below the stem and the picture.
    pub table: Option<DataTable>,
    /// What is asked of the student, with the answer.
    pub task: Task,
    /// Where its facts come from.
    pub sources: Vec<Id>,
    /// The facts that it asks; no other item of a paper may ask one of them.
    pub facts: BTreeSet<Id>,
    /// Facts that it shows without asking them.
    pub shown: BTreeSet<Id>,
    /// Facts that would give its answer away if another item asked or showed them.
    pub enemies: BTreeSet<Id>,
    /// Whether it asks for the exception.
    pub negative: bool,
}

/// What is asked of the student, with the answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Task {
    /// Several options, one of them right.
    Choice {
        /// The key and the distractors; in printed order if they are ordered.
        options: Vec<Choice>,
        /// Whether the options keep their order.
        ordered: bool,
    },
    /// Several options, some of them right.
    Several {
        /// The options; in printed order if they are ordered.
        options: Vec<Choice>,
        /// Whether they keep their order.
        ordered: bool,
    },
    /// A statement.
    Judgement {
        /// Whether it is true.
        truth: bool,
        /// Why.
        reason: Option<Phrase>,
    },
    /// Statements and the categories that they belong to.
    Categories {
        /// The statements.
        rows: Vec<Sorted>,
        /// The categories, in printed order.
        categories: Vec<Phrase>,
    },
    /// Premises and their options.
    Matching {
        /// The pairs.
        pairs: Vec<Match>,
        /// Options that belong to no premise.
        extra: Vec<Phrase>,
    },
    /// Things to be put in order.
    Ordering {
        /// The things, in the right order.
        steps: Vec<Step>,
        /// Why it is the right one.
        reason: Option<Phrase>,
    },
    /// A blank.
    Blank {
        /// The answers that count, the usual one first.
        accepted: Vec<Phrase>,
        /// Why.
        reason: Option<Phrase>,
    },
    /// A text with blanks.
    Cloze {
        /// The text, with `{1}`, `{2}` … for the blanks.
        text: Phrase,
        /// The answers that count in each blank, the usual one first.
        blanks: Vec<Vec<Phrase>>,
        /// The words that fit no blank, if a list of words is printed.
        words: Option<Vec<Phrase>>,
        /// Why the answers are right.
        reason: Option<Phrase>,
    },
    /// An essay.
    Essay {
        /// How it is scored.
        scoring: Scoring,
        /// Where the answer is written.
        space: Space,
    },
}

/// An option and what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The option.
    pub text: Phrase,
    /// Whether it is right.
    pub correct: bool,
    /// Why it is right or wrong.
    pub reason: Option<Phrase>,
}

/// A statement and its category.
#[derive(Debug, Clone, PartialEq)]
pub struct Sorted {
    /// The statement.
    pub text: Phrase,
    /// The index of its category.
    pub category: usize,
    /// Why it belongs there.
    pub reason: Option<Phrase>,
}

/// A thing that has its place in an order.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The thing.
    pub text: Phrase,
    /// Why it has this place.
    pub reason: Option<Phrase>,
}

/// A premise, its option and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The premise.
    pub premise: Phrase,
    /// The option.
    pub option: Phrase,
    /// Why they belong together.
    pub reason: Option<Phrase>,
}

/// How an essay is scored, before the section's points are dealt out.
#[derive(Debug, Clone, PartialEq)]
pub enum Scoring {
    /// Criteria with their weights.
    Criteria(Vec<(Phrase, u32)>),
    /// Any so many of the answers.
    AnyOf {
        /// How many are asked for.
        count: u32,
        /// The answers that count.
        answers: Vec<Phrase>,
    },
}

impl Item {
    /// Whether the two may not stand in one paper: they ask the same fact, or one of them
    /// gives the other's answer away.
    pub fn is_enemy_of(&self, other: &Item) -> bool {
        let betrays = |item: &Item, enemies: &BTreeSet<Id>| {
            !enemies.is_disjoint(&item.facts) || !enemies.is_disjoint(&item.shown)
        };
        !self.facts.is_disjoint(&other.facts)
            || betrays(self, &other.enemies)
            || betrays(other, &self.enemies)
    }

    /// The question, and what is right wherever it stands: each part of the answer, with what
    /// belongs to it.
    pub fn asked(&self) -> (&Phrase, Vec<(&Phrase, Option<&Phrase>)>) {
        fn alone(phrase: &Phrase) -> (&Phrase, Option<&Phrase>) {
            (phrase, None)
        }
        let mut right: Vec<(&Phrase, Option<&Phrase>)> = match &self.task {
            Task::Choice { options, .. } | Task::Several { options, .. } => {
                let right = options.iter().filter(|option| option.correct);
                right.map(|option| alone(&option.text)).collect()
            }
            Task::Categories { rows, categories } => {
                let category = |row: &Sorted| categories.get(row.category);
                rows.iter().map(|row| (&row.text, category(row))).collect()
            }
            Task::Matching { pairs, .. } => {
                pairs.iter().map(|pair| (&pair.premise, Some(&pair.option))).collect()
            }
            Task::Ordering { steps, .. } => {
                steps.iter().map(|step| alone(&step.text)).collect()
            }
            Task::Blank { accepted, .. } => accepted.iter().map(alone).collect(),
            Task::Cloze { text, blanks, .. } => {
                [text].into_iter().chain(blanks.iter().flatten()).map(alone).collect()
            }
            // The stem says it all.
            Task::Judgement { .. } | Task::Essay { .. } => Vec::new(),
        };
        // Of steps and blanks the order is what is asked.
        if !matches!(self.task, Task::Ordering { .. } | Task::Cloze { .. }) {
            right.sort();
        }
        (&self.stem, right)
    }

    /// How many words a student reads, in the bank's own language.
    pub fn words(&self) -> usize {
        let texts: Vec<&Phrase> = match &self.task {
            Task::Choice { options, .. } | Task::Several { options, .. } => {
                options.iter().map(|option| &option.text).collect()
            }
            Task::Categories { rows, .. } => rows.iter().map(|row| &row.text).collect(),
            Task::Matching { pairs, extra } => {
                let pairs = pairs.iter().flat_map(|pair| [&pair.premise, &pair.option]);
                pairs.chain(extra).collect()
            }
            Task::Ordering { steps, .. } => steps.iter().map(|step| &step.text).collect(),
            Task::Cloze { text, .. } => vec![text],
            Task::Judgement { .. } | Task::Blank { .. } | Task::Essay { .. } => {
                Vec::new()
            }
        };
        let texts = texts.into_iter().chain([&self.stem]);
        texts.map(|text| text.base.split_whitespace().count()).sum()
    }
}

impl Asked {
    /// Whether an item is among what is asked, or one of its facts.
    pub fn bars(&self, item: &Item) -> bool {
        self.items.contains(&item.id) || !self.facts.is_disjoint(&item.facts)
    }
}
