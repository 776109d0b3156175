//! The fonts that documents are set in, and their measures.

mod embedded;

use std::borrow::Cow;
use std::ops::Index;

use harfrust::font::name::NameId;
use serde::{Deserialize, Serialize};

use crate::sum::Sum;

/// A font of the set that a document is laid out with: its number in [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FontId(pub u16);

/// The fonts that a document may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fonts {
    /// The fonts, in the order of their ids: those of running text, and those of headings
    /// if they have their own. The ids after these are of embedded fonts that lend their
    /// glyphs.
    pub fonts: Vec<Font>,
    /// The faces of the families: running text and headings.
    families: Vec<Faces>,
}

/// The faces of a family, by [`Face::index`].
type Faces = [FontId; 4];

/// What letters are set in: a family and one of its faces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Face {
    /// In the family of headings, not in that of running text.
    pub heading: bool,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
}

/// A family of fonts. For a face that it lacks, another one stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The upright face.
    pub regular: Font,
    /// The bold face.
    pub bold: Option<Font>,
    /// The italic face.
    pub italic: Option<Font>,
    /// The face that is both.
    pub bold_italic: Option<Font>,
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
    /// How large it is set, in percent of the size of the letters around it.
    pub percent: u8,
    /// How raised text is set.
    pub superscript: ScriptMetrics,
    /// How lowered text is set.
    pub subscript: ScriptMetrics,
}

/// How raised or lowered text is set, in units of the em of the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptMetrics {
    /// The size of its em.
    pub size: i16,
    /// How far it stands above the baseline.
    pub rise: i16,
}

/// A font file of the user's own that a job is printed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FontFile {
    /// The path, as the theme gives it.
    pub path: String,
    /// The sum of the file.
    pub sha256: Sum,
}

impl Family {
    /// The embedded family of that name.
    pub fn embedded(name: &str) -> Option<Family> {
        embedded::family(name)
    }

    /// The names of the embedded families.
    pub fn names() -> impl Iterator<Item = &'static str> {
        embedded::names()
    }
}

impl Face {
    /// The place of the face in its family: regular, bold, italic, bold italic.
    fn index(self) -> usize {
        usize::from(self.bold) + 2 * usize::from(self.italic)
    }
}

impl Fonts {
    /// The fonts of a document with a family for running text, perhaps another one for
    /// headings, and the embedded families that lend them the glyphs that they lack.
    pub fn new(text: Family, headings: Option<Family>) -> Fonts {
        let mut fonts = Fonts { fonts: Vec::new(), families: Vec::new() };
        fonts.add(text);
        match headings {
            Some(headings) => fonts.add(headings),
            None => fonts.families.push(fonts.families[0]),
        }
        fonts
    }

    /// The embedded family of that name, for everything.
    pub fn embedded(family: &str) -> Option<Fonts> {
        Some(Fonts::new(Family::embedded(family)?, None))
    }

    fn add(&mut self, family: Family) {
        let regular = self.push(family.regular);
        let bold = family.bold.map_or(regular, |font| self.push(font));
        let italic = family.italic.map_or(regular, |font| self.push(font));
        let either = if bold == regular { italic } else { bold };
        let both = family.bold_italic.map_or(either, |font| self.push(font));
        self.families.push([regular, bold, italic, both]);
    }

    fn push(&mut self, font: Font) -> FontId {
        self.fonts.push(font);
        FontId(self.fonts.len() as u16 - 1)
    }

    /// The font of a face.
    pub fn face(&self, face: Face) -> FontId {
        self.families[usize::from(face.heading)][face.index()]
    }

    /// The fonts that lend a face the glyphs that it lacks, the first one first.
    pub fn lenders(&self, face: Face) -> impl Iterator<Item = FontId> {
        let first = self.fonts.len();
        let id = move |number| FontId((first + number) as u16);
        embedded::lenders(face.index()).map(id)
    }

    /// The font of that id, if there is one.
    pub fn get(&self, id: FontId) -> Option<&Font> {
        let index = usize::from(id.0);
        match self.fonts.get(index) {
            Some(font) => Some(font),
            None => embedded::lent(index - self.fonts.len()),
        }
    }
}

impl Index<FontId> for Fonts {
    type Output = Font;
    fn index(&self, id: FontId) -> &Font {
        self.get(id).expect("ids come from these fonts")
    }
}

impl Font {
    /// Reads the measures of a font file; `None` if it is not a usable font.
    pub fn read(bytes: Cow<'static, [u8]>) -> Option<Font> {
        let font = shapeable(bytes.clone())?;
        let metrics = font.metrics();
        let line = metrics.hhea_line?;
        let style = font.style_metrics();
        let underline = style.underline.unwrap_or_default();
        let name = font.names().get(NameId::POSTSCRIPT_NAME)?.english_or_first()?;
        let ascent = line.ascender.to_i32() as i16;
        Some(Font {
            name: name.name().to_string(),
            units_per_em: metrics.units_per_em,
            ascent,
            descent: -line.descender.to_i32() as i16,
            cap_height: metrics
                .cap_height
                .map_or(ascent, |height| height.to_i32() as i16),
            underline_offset: -underline.position.to_i32() as i16,
            underline_thickness: underline.thickness.to_i32() as i16,
            percent: 100,
            superscript: script(style.superscript, metrics.units_per_em, 1),
            subscript: script(style.subscript, metrics.units_per_em, -1),
            bytes,
        })
    }

    /// The font as the shaper wants it; `None` if the file is not a usable font.
    pub fn shapeable(&self) -> Option<harfrust::Font> {
        shapeable(self.bytes.clone())
    }
}

/// How raised or lowered text is set. A font that does not say it gets two thirds of the
/// em, a third of the em up or down.
fn script(
    said: Option<harfrust::font::metrics::ScriptMetrics>,
    em: u16,
    up: i16,
) -> ScriptMetrics {
    let said = said.filter(|said| said.y_size.to_i32() > 0);
    let third = (em / 3) as i16;
    said.map_or(ScriptMetrics { size: 2 * third, rise: up * third }, |said| {
        let (size, rise) = (said.y_size.to_i32() as i16, said.y_offset.to_i32() as i16);
        ScriptMetrics { size, rise: up * rise }
    })
}

fn shapeable(bytes: Cow<'static, [u8]>) -> Option<harfrust::Font> {
    match bytes {
        Cow::Borrowed(bytes) => harfrust::Font::new(bytes, 0),
        Cow::Owned(bytes) => harfrust::Font::new(bytes, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_family_is_complete() {
        for name in Family::names() {
            let family = Family::embedded(name).expect(name);
            let upright = family.bold.is_some();
            let slanted = family.italic.is_some() && family.bold_italic.is_some();
            assert!(upright && (slanted || name == "lexend"), "{name}");
        }
        assert_eq!(Family::embedded("comic"), None);
    }

    #[test]
    fn measures_are_those_of_the_files() {
        let fonts = Fonts::embedded("liberation-serif").unwrap();
        let font =
            |bold, italic| &fonts[fonts.face(Face { bold, italic, heading: false })];
        let bold = font(true, false);
        assert_eq!(bold.name, "LiberationSerif-Bold");
        assert_eq!(bold.units_per_em, 2048);
        // The line of Times New Roman, with which the font is compatible.
        assert_eq!((bold.ascent, bold.descent), (1825, 443));
        assert!(bold.cap_height > 1300 && bold.cap_height < 1400, "{bold:?}");
        assert!(bold.underline_offset > 0 && bold.underline_thickness > 0, "{bold:?}");
        assert_eq!(font(true, true).name, "LiberationSerif-BoldItalic");
        assert_eq!(font(false, false).name, "LiberationSerif");
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(Font::read(Cow::Borrowed(b"no font")), None);
    }
}
