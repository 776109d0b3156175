//! The fonts that a document uses, cut down to the glyphs that it uses.

use std::cmp::Reverse;

use printpdf::{ParsedFont, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::diagnostic::Diagnostic;
use crate::fonts::{Font, FontId, Fonts};
use crate::layout::{Glyph, Run, Shape};

use super::pieces::Pieces;

/// A font, cut down to the glyphs that a document uses.
///
/// The glyphs are numbered anew in the order of their first use; these numbers are the
/// *codes* of the PDF's text.
pub(super) struct Face<'a> {
    /// Which font it is to the layout.
    pub id: FontId,
    /// The font's name in operators.
    pub resource: String,
    /// The font as it goes into the document.
    pub embedded: PdfFont,
    /// The height of capitals, in thousandths of the em.
    pub cap_height: i64,
    /// The widths of the glyphs by code, in millionths of the em.
    pub widths: Vec<i64>,
    uses: Uses<'a>,
}

/// The glyphs of a font that a document uses, and what they stand for.
struct Uses<'a> {
    font: FontId,
    /// The codes by number in the whole font; 0 for those not used.
    codes: Vec<u16>,
    /// The glyphs by code.
    glyphs: Vec<Used<'a>>,
}

/// A glyph that a document uses.
struct Used<'a> {
    /// Its number in the whole font.
    id: u16,
    /// The texts that it stands for and how often, the most frequent one in front once
    /// everything is counted.
    texts: Vec<(&'a str, u32)>,
}

/// The fonts that the pieces use, in the order of their first use.
pub(super) fn collect<'a>(
    pieces: &'a Pieces,
    fonts: &Fonts,
) -> Result<Vec<Face<'a>>, Diagnostic> {
    let mut all: Vec<Uses> = Vec::new();
    for (shape, count) in pieces.iter() {
        let (Shape::Glyphs { run, .. }
        | Shape::Watermark { run, .. }
        | Shape::Shaded { run, .. }) = shape
        else {
            continue;
        };
        if run.glyphs.is_empty() {
            continue;
        }
        let known = all.iter().position(|uses| uses.font == run.font);
        let index = known.unwrap_or_else(|| {
            all.push(Uses::new(run.font));
            all.len() - 1
        });
        for glyph in &run.glyphs {
            all[index].count(glyph.id, text(run, glyph), count);
        }
    }
    all.into_iter().enumerate().map(|(index, uses)| cut(uses, index, fonts)).collect()
}

/// The characters that a glyph of a run stands for.
pub(super) fn text<'a>(run: &'a Run, glyph: &Glyph) -> &'a str {
    let (start, end) = glyph.text;
    run.text.get(start as usize..end as usize).unwrap_or_default()
}

/// Cuts a font down to the glyphs that are used.
fn cut<'a>(
    mut uses: Uses<'a>,
    index: usize,
    fonts: &Fonts,
) -> Result<Face<'a>, Diagnostic> {
    let font = fonts.get(uses.font).ok_or_else(|| {
        Diagnostic::error(format!("there is no font number {}", uses.font.0))
    })?;
    let broken = |reason: &str| {
        let message = format!("the font `{}` cannot be embedded: {reason}", font.name);
        Diagnostic::error(message).hint("use another OpenType or TrueType file")
    };
    uses.settle();
    let ids: Vec<u16> = uses.glyphs.iter().map(|glyph| glyph.id).collect();
    let remapper = GlyphRemapper::new_from_glyphs(&ids);
    let subset = subsetter::subset(&font.bytes, 0, &remapper)
        .map_err(|error| broken(&error.to_string()))?;
    // Its warnings are about the character map, which is not embedded.
    let mut parsed = ParsedFont::from_bytes(&subset, 0, &mut Vec::new())
        .ok_or_else(|| broken("its tables are damaged"))?;
    parsed.font_name = Some(format!("{}+{}", tag(font, &ids), font.name));

    let per_em = i64::from(parsed.units_per_em.max(1));
    let width = |code: usize| {
        let units = parsed.glyph_widths.get(&(code as u16)).copied().unwrap_or(0);
        (i64::from(units) * 1_000_000 + per_em / 2) / per_em
    };
    Ok(Face {
        id: uses.font,
        // "F1" to "F14" would be taken for the fonts that every reader has.
        resource: format!("T{index}"),
        widths: (0..ids.len()).map(width).collect(),
        cap_height: i64::from(font.cap_height) * 1000 / per_em,
        embedded: PdfFont::new(parsed),
        uses,
    })
}

/// The tag that marks a font as cut down: six letters that differ where the glyphs do, so
/// that programs that join PDFs keep their fonts apart.
fn tag(font: &Font, ids: &[u16]) -> String {
    let mut hash = Sha256::new();
    hash.update(font.name.as_bytes());
    for id in ids {
        hash.update(id.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

impl<'a> Face<'a> {
    /// The code of a glyph.
    pub fn code(&self, id: u16) -> u16 {
        self.uses.codes.get(usize::from(id)).copied().unwrap_or(0)
    }

    /// The text that a code stands for wherever nothing else is said.
    pub fn text(&self, code: u16) -> &'a str {
        let texts = &self.uses.glyphs[usize::from(code)].texts;
        texts.first().map_or("", |(text, _)| text)
    }

    /// The codes that are used, and their texts.
    pub fn texts(&self) -> impl Iterator<Item = (u16, &'a str)> {
        let codes = 0..self.uses.glyphs.len() as u16;
        let used = |code: &u16| !self.uses.glyphs[usize::from(*code)].texts.is_empty();
        codes.filter(used).map(|code| (code, self.text(code)))
    }
}

impl<'a> Uses<'a> {
    fn new(font: FontId) -> Uses<'a> {
        // The glyph for what is missing is part of every font and keeps its number.
        let missing = Used { id: 0, texts: Vec::new() };
        Uses { font, codes: Vec::new(), glyphs: vec![missing] }
    }

    fn count(&mut self, id: u16, text: &'a str, more: u32) {
        let code = self.learn(id);
        let texts = &mut self.glyphs[usize::from(code)].texts;
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += more,
            None => texts.push((text, more)),
        }
    }

    /// The code of a glyph, which is given one if it has none yet.
    fn learn(&mut self, id: u16) -> u16 {
        if usize::from(id) >= self.codes.len() {
            self.codes.resize(usize::from(id) + 1, 0);
        }
        let code = &mut self.codes[usize::from(id)];
        if *code == 0 && id != 0 {
            *code = self.glyphs.len() as u16;
            self.glyphs.push(Used { id, texts: Vec::new() });
        }
        *code
    }

    /// Puts the most frequent text of every glyph in front, and of equally frequent ones
    /// the first.
    fn settle(&mut self) {
        for glyph in &mut self.glyphs {
            glyph.texts.sort_by_key(|&(_, count)| Reverse(count));
        }
    }
}
