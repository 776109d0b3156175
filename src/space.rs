//! Space to write in: what a paper leaves for a long answer.

use serde::Serialize;

use crate::length::Length;

/// Space that a student writes a long answer in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Space {
    /// What guides the pen.
    pub ruling: Ruling,
    /// How tall the space is.
    pub extent: Extent,
}

/// What guides the pen in a space.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// Ruled lines.
    #[default]
    Lines,
    /// A box with nothing in it.
    Box,
    /// Squares, for sums and drawings.
    Squares,
    /// Nothing at all.
    Blank,
}

/// How tall a space is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Extent {
    /// So many lines of handwriting.
    Lines(u32),
    /// So tall.
    Height(Length),
    /// What the page leaves, and one line of handwriting at least.
    Rest,
}

impl Space {
    /// So many ruled lines.
    pub fn lines(count: u32) -> Space {
        Space { ruling: Ruling::Lines, extent: Extent::Lines(count) }
    }
}
