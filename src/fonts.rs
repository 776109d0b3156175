//! The fonts that are committed to `fonts/`, and their measures.

use std::borrow::Cow;

use serde::Serialize;

/// A font of the set that a document is laid out with: its index in [`Fonts::fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FontId(pub u16);

/// The fonts that a document may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fonts {
    /// The fonts, in the order of their ids.
    pub fonts: Vec<Font>,
}

/// A font and its measures, in units of its em.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// The PostScript name ("LiberationSerif-Bold").
    pub name: String,
    /// The whole TrueType or OpenType file.
    pub bytes: Cow<'static, [u8]>,
    /// The units in an em.
    pub units_per_em: u16,
    /// How far letters reach above the baseline.
    pub ascent: i16,
    /// How far letters reach below the baseline, as a positive number.
    pub descent: i16,
    /// The height of capitals.
    pub cap_height: i16,
    /// How far below the baseline the top of an underline stands, as a positive number.
    pub underline_offset: i16,
    /// How thick an underline is.
    pub underline_thickness: i16,
}
