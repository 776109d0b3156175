//! The fonts that are committed to `fonts/`, and their measures.

use std::borrow::Cow;
use std::ops::Index;

use harfrust::font::name::NameId;
use serde::Serialize;

/// A font of the set that a document is laid out with: its index in [`Fonts::fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FontId(pub u16);

/// The fonts that a document may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fonts {
    /// The fonts, in the order of their ids: regular, bold, italic, bold italic.
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

/// The embedded families: the name, and the faces in the order of [`Fonts::face`].
const FAMILIES: [(&str, [&[u8]; 4]); 1] = [(
    "liberation-serif",
    [
        include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
        include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
    ],
)];

impl Fonts {
    /// The embedded family of that name.
    pub fn embedded(family: &str) -> Option<Fonts> {
        let (_, faces) = FAMILIES.iter().find(|(name, _)| *name == family)?;
        let fonts = faces.iter().map(|&face| Font::read(Cow::Borrowed(face)));
        Some(Fonts { fonts: fonts.collect::<Option<_>>()? })
    }

    /// The names of the embedded families.
    pub fn families() -> impl Iterator<Item = &'static str> {
        FAMILIES.iter().map(|(name, _)| *name)
    }

    /// The face that is bold, italic, both or neither.
    pub fn face(&self, bold: bool, italic: bool) -> FontId {
        FontId(u16::from(bold) + 2 * u16::from(italic))
    }
}

impl Index<FontId> for Fonts {
    type Output = Font;
    fn index(&self, id: FontId) -> &Font {
        &self.fonts[usize::from(id.0)]
    }
}

impl Font {
    /// Reads the measures of a font file; `None` if it is not a usable font.
    pub fn read(bytes: Cow<'static, [u8]>) -> Option<Font> {
        let font = shapeable(bytes.clone())?;
        let metrics = font.metrics();
        let line = metrics.hhea_line?;
        let underline = font.style_metrics().underline.unwrap_or_default();
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
            bytes,
        })
    }

    /// The font as the shaper wants it; `None` if the file is not a usable font.
    pub fn shapeable(&self) -> Option<harfrust::Font> {
        shapeable(self.bytes.clone())
    }
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
        for family in Fonts::families() {
            let fonts = Fonts::embedded(family).expect(family);
            assert_eq!(fonts.fonts.len(), 4);
        }
        assert_eq!(Fonts::embedded("comic"), None);
    }

    #[test]
    fn measures_are_those_of_the_files() {
        let fonts = Fonts::embedded("liberation-serif").unwrap();
        let bold = &fonts[fonts.face(true, false)];
        assert_eq!(bold.name, "LiberationSerif-Bold");
        assert_eq!(bold.units_per_em, 2048);
        // The line of Times New Roman, with which the font is compatible.
        assert_eq!((bold.ascent, bold.descent), (1825, 443));
        assert!(bold.cap_height > 1300 && bold.cap_height < 1400, "{bold:?}");
        assert!(bold.underline_offset > 0 && bold.underline_thickness > 0, "{bold:?}");
        assert_eq!(fonts[fonts.face(true, true)].name, "LiberationSerif-BoldItalic");
        assert_eq!(fonts[fonts.face(false, false)].name, "LiberationSerif");
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert_eq!(Font::read(Cow::Borrowed(b"no font")), None);
    }
}
