//! How papers come out of the printer: how pages stand on sheets, and sheets in files.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::length::Length;
use crate::paper::Paper;

/// How papers come out of the printer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Printing {
    /// How pages stand on sheets.
    pub imposition: Imposition,
    /// Whether sheets are printed on both sides, so that every paper starts on a new one.
    pub duplex: bool,
    /// Whether the papers of all variants go into one file, and their keys into another.
    pub together: bool,
    /// How many papers, or keys, go into one file at most, if they go together.
    pub per_file: Option<NonZeroUsize>,
    /// What is added to the inner margin, for holes or a stapler.
    pub gutter: Length,
}

/// How pages stand on sheets of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Imposition {
    /// A page on each side.
    #[default]
    Single,
    /// Two pages of half the size on each side, one after the other.
    TwoUp,
    /// The same page of half the size twice on each side, to be cut apart.
    Twice,
    /// Pages of half the size in the order of a booklet, to be folded and stapled.
    Booklet,
}

impl Printing {
    /// What a page is laid out on, if this paper comes out of the printer.
    pub fn page(&self, paper: &Paper) -> Paper {
        match self.imposition {
            Imposition::Single => paper.clone(),
            _ => paper.half(),
        }
    }
}
