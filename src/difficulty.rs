//! How difficult items are.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::item_type::ItemType;

/// How difficult an item is: what its author says, or an estimate until papers have been
/// marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difficulty {
    /// Most students solve it (mudah).
    #[serde(alias = "mudah")]
    Easy,
    /// Some solve it, some do not (sedang).
    #[serde(alias = "sedang")]
    Medium,
    /// Few solve it (sukar).
    #[serde(alias = "sukar")]
    Hard,
}

impl Difficulty {
    /// All of them, the easiest first.
    pub const ALL: [Difficulty; 3] =
        [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];

    /// The estimate for items whose author says nothing: C1 is easy, C2 and C3 are medium,
    /// C4 to C6 are hard. Where students find the answer themselves, or need all of several
    /// parts right, C1 is medium as well.
    pub fn usual(cognitive: &str, item_type: ItemType) -> Difficulty {
        let recognised = matches!(
            item_type,
            ItemType::MultipleChoice | ItemType::TrueFalse | ItemType::Matching
        );
        match cognitive {
            "C1" if recognised => Difficulty::Easy,
            "C1" | "C2" | "C3" => Difficulty::Medium,
            _ => Difficulty::Hard,
        }
    }

    /// The name that blueprints and banks use.
    pub fn name(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_produced_is_harder_than_what_is_recognised() {
        use Difficulty::{Easy, Hard, Medium};
        let usual = |cognitive| {
            [ItemType::TrueFalse, ItemType::ShortAnswer]
                .map(|t| Difficulty::usual(cognitive, t))
        };
        assert_eq!(usual("C1"), [Easy, Medium]);
        assert_eq!(usual("C3"), [Medium, Medium]);
        assert_eq!(usual("C6"), [Hard, Hard]);
    }
}
