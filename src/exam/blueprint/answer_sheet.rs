//! How answer sheets are made.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// The most digits that a student's number may have.
const MOST_DIGITS: usize = 12;

/// How answer sheets are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AnswerSheet {
    /// How answers are marked.
    pub form: Form,
    /// How much of the paper a sheet takes.
    pub size: Size,
    /// How many digits the student's number has: ten for the national number (NISN), or 0
    /// for none. Crossing sheets have a line for it.
    #[serde(deserialize_with = "digits")]
    pub digits: Option<usize>,
}

impl Default for AnswerSheet {
    fn default() -> AnswerSheet {
        AnswerSheet { form: Form::Crossing, size: Size::Full, digits: None }
    }
}

impl AnswerSheet {
    /// How many digits there are: those of the national number, or of a school's own on half
    /// a page.
    pub fn digits(&self) -> usize {
        let usual = if self.size == Size::Full { 10 } else { 4 };
        self.digits.unwrap_or(usual)
    }
}

/// How answers are marked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A letter is crossed (silang).
    #[default]
    Crossing,
    /// A bubble is filled in (LJK).
    Bubble,
}

/// How much of the paper an answer sheet takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// All of it.
    #[default]
    Full,
    /// Half of it: two come out on each side, to be cut apart.
    Half,
}

fn digits<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let count = usize::deserialize(deserializer)?;
    if count > MOST_DIGITS {
        let message =
            format!("`digits` cannot be {count}: it goes from 0 to {MOST_DIGITS}");
        return Err(D::Error::custom(message));
    }
    Ok(Some(count))
}
