//! The kinds of task that items set.

use serde::{Deserialize, Serialize};

/// The kind of task that an item sets.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ItemType {
    /// One right option among several.
    MultipleChoice,
    /// Several right options among others.
    MultipleAnswer,
    /// A statement to be judged.
    TrueFalse,
    /// Statements to be sorted into categories.
    Categorize,
    /// Premises to be paired with options.
    Matching,
    /// Things to be put in order.
    Ordering,
    /// A blank for a word or a few.
    ShortAnswer,
    /// A text with several blanks.
    Cloze,
    /// A question to be answered in sentences.
    Essay,
}

impl ItemType {
    /// All types, in their order.
    pub const ALL: [ItemType; 9] = [
        ItemType::MultipleChoice,
        ItemType::MultipleAnswer,
        ItemType::TrueFalse,
        ItemType::Categorize,
        ItemType::Matching,
        ItemType::Ordering,
        ItemType::ShortAnswer,
        ItemType::Cloze,
        ItemType::Essay,
    ];

    /// The name that blueprints and banks use.
    pub fn name(self) -> &'static str {
        match self {
            ItemType::MultipleChoice => "multiple-choice",
            ItemType::MultipleAnswer => "multiple-answer",
            ItemType::TrueFalse => "true-false",
            ItemType::Categorize => "categorize",
            ItemType::Matching => "matching",
            ItemType::Ordering => "ordering",
            ItemType::ShortAnswer => "short-answer",
            ItemType::Cloze => "cloze",
            ItemType::Essay => "essay",
        }
    }
}
