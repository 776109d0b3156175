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

    /// The articles that a name may begin with, each with its blank.
    pub const fn articles(self) -> &'static [&'static str] {
        match self {
            Language::Id => &[],
            Language::En => &["the ", "The ", "a ", "an "],
        }
    }

    /// A day (`YYYY-MM-DD`) as it is said in a sentence: "26 Oktober 2025".
    pub fn day(self, day: &str) -> String {
        let months: [&str; 12] = match self {
            Language::Id => [
                "Januari",
                "Februari",
                "Maret",
                "April",
                "Mei",
                "Juni",
                "Juli",
                "Agustus",
                "September",
                "Oktober",
                "November",
                "Desember",
            ],
            Language::En => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        };
        let mut parts = day.splitn(3, '-');
        let (year, month, date) = (parts.next(), parts.next(), parts.next());
        let month = month.and_then(|month| month.parse::<usize>().ok());
        let month = month.and_then(|month| months.get(month.checked_sub(1)?));
        match (year, month, date) {
            (Some(year), Some(month), Some(date)) => {
                format!("{} {month} {year}", date.trim_start_matches('0'))
            }
            _ => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_each_language() {
        assert_eq!(Language::Id.day("2025-08-07"), "7 Agustus 2025");
        assert_eq!(Language::En.day("2024-12-31"), "31 December 2024");
    }
}
