//! The fonts that are committed to `fonts/`.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Family, Font};

/// The files of a family: regular, bold, italic and bold italic, or the first of them.
type Files = &'static [&'static [u8]];

macro_rules! files {
    ($($name:literal),+) => {
        &[$(include_bytes!(concat!("../../fonts/", $name, ".ttf"))),+]
    };
}

const LIBERATION_SERIF: Files = files![
    "LiberationSerif-Regular",
    "LiberationSerif-Bold",
    "LiberationSerif-Italic",
    "LiberationSerif-BoldItalic"
];

const SOURCE_SERIF: Files = files![
    "SourceSerif4-Regular",
    "SourceSerif4-Bold",
    "SourceSerif4-Italic",
    "SourceSerif4-BoldItalic"
];

const SOURCE_SANS: Files = files![
    "SourceSans3-Regular",
    "SourceSans3-Bold",
    "SourceSans3-Italic",
    "SourceSans3-BoldItalic"
];

const ATKINSON_HYPERLEGIBLE: Files = files![
    "AtkinsonHyperlegibleNext-Regular",
    "AtkinsonHyperlegibleNext-Bold",
    "AtkinsonHyperlegibleNext-Italic",
    "AtkinsonHyperlegibleNext-BoldItalic"
];

const LEXEND: Files = files!["Lexend-Regular", "Lexend-Bold"];

const AMIRI: Files = files!["Amiri-Regular", "Amiri-Bold"];

/// The families that a theme may name.
const FAMILIES: [(&str, Files); 5] = [
    ("liberation-serif", LIBERATION_SERIF),
    ("source-serif", SOURCE_SERIF),
    ("source-sans", SOURCE_SANS),
    ("atkinson-hyperlegible", ATKINSON_HYPERLEGIBLE),
    ("lexend", LEXEND),
];

/// The families that lend their glyphs to others, the first one first: Arabic, signs, and
/// letters that are rare in Latin; and the size that they are set in, in percent. Arabic is
/// set larger, or its vowel signs could not be read beside Latin letters.
const LENDERS: [(Files, u8); 6] = [
    (AMIRI, 125),
    (files!["NotoSansMath-Symbols"], 100),
    (files!["NotoSansSymbols2-Shapes"], 100),
    (files!["NotoSansSymbols-Enclosed"], 100),
    (SOURCE_SANS, 100),
    (LIBERATION_SERIF, 100),
];

/// The fonts that lend their glyphs, each read when it is first needed: most documents need
/// none.
static LENT: [[OnceLock<Option<Font>>; 4]; LENDERS.len()] =
    [const { [const { OnceLock::new() }; 4] }; LENDERS.len()];

/// The names of the families that a theme may name.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(name, _)| *name)
}

/// The family of that name.
pub(super) fn family(name: &str) -> Option<Family> {
    FAMILIES.iter().find(|(known, _)| *known == name).and_then(|(_, files)| read(files))
}

/// The numbers of the fonts that lend a face the glyphs that it lacks, the first one
/// first.
pub(super) fn lenders(face: usize) -> impl Iterator<Item = usize> {
    let number = move |(lender, (files, _)): (usize, &(Files, u8))| {
        let nearest = if files.len() > face { face } else { face % files.len() };
        lender * 4 + nearest
    };
    LENDERS.iter().enumerate().map(number)
}

/// The font that lends with a number.
pub(super) fn lent(number: usize) -> Option<&'static Font> {
    let (files, percent) = LENDERS.get(number / 4)?;
    let read = || {
        let font = Font::read(Cow::Borrowed(*files.get(number % 4)?))?;
        Some(Font { percent: *percent, ..font })
    };
    LENT[number / 4][number % 4].get_or_init(read).as_ref()
}

fn read(files: Files) -> Option<Family> {
    let face = |index: usize| Font::read(Cow::Borrowed(*files.get(index)?));
    Some(Family {
        regular: face(0)?,
        bold: face(1),
        italic: face(2),
        bold_italic: face(3),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lender_has_a_font_for_every_face() {
        for face in 0..4 {
            let names = lenders(face).map(|number| lent(number).unwrap().name.as_str());
            let names: Vec<&str> = names.collect();
            let amiri = if face % 2 == 0 { "Amiri-Regular" } else { "Amiri-Bold" };
            assert_eq!(names[..2], [amiri, "NotoSansMath-Regular"]);
            let sans = ["Regular", "Bold", "Italic", "BoldItalic"][face];
            assert_eq!(names[4], format!("SourceSans3-{sans}"));
        }
        assert_eq!(lent(LENDERS.len() * 4), None);
    }
}
