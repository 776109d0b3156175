//! The languages that sheets are printed in.

use serde::{Deserialize, Serialize};

/// A language that sheets are printed in.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// All languages, in the order in which they are listed.
    pub const ALL: [Language; 2] = [Language::Id, Language::En];

    /// The English name.
    pub const fn name(self) -> &'static str {
        match self {
            Language::Id => "Indonesian",
            Language::En => "English",
        }
    }

    /// The two-letter code of BCP 47.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Id => "id",
            Language::En => "en",
        }
    }
}
