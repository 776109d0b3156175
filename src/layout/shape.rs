//! Words become glyphs: shaping with kerning and ligatures, each word once.

use std::collections::BTreeMap;
use std::sync::Arc;

use harfrust::{Buffer, BufferFlags, Direction, Script, ShapeOptions, ShapePlan};

use crate::fonts::Font;
use crate::length::Length;

/// A shaped word, in units of its font's em.
///
/// Units make the word good for every size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The glyphs, in visual order.
    pub glyphs: Vec<WordGlyph>,
    /// The characters that the font has no glyph for.
    pub missing: Vec<char>,
}

/// A glyph of a shaped word, in units of its font's em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordGlyph {
    /// The glyph's number in the font.
    pub id: u16,
    /// How far the pen moves.
    pub advance: i32,
    /// How far the glyph stands right of the pen.
    pub dx: i32,
    /// How far the glyph stands above the baseline.
    pub dy: i32,
    /// The bytes of the word that it stands for; empty after a cluster's first glyph.
    pub text: (u32, u32),
}

/// A font that is ready to shape, with the words that it has shaped.
pub(super) struct Face {
    font: harfrust::Font,
    plan: ShapePlan,
    buffer: Buffer,
    units_per_em: i64,
    words: BTreeMap<String, Arc<Word>>,
}

impl Face {
    /// Makes a font ready; `None` if its file is not a usable font.
    pub fn new(font: &Font) -> Option<Face> {
        let shapeable = font.shapeable()?;
        let script = Some(Script::LATIN);
        let direction = Direction::LeftToRight;
        let plan = ShapePlan::new(&shapeable, direction, script, None, &[]);
        Some(Face {
            font: shapeable,
            plan,
            buffer: Buffer::new(),
            units_per_em: i64::from(font.units_per_em),
            words: BTreeMap::new(),
        })
    }

    /// The glyphs of a word, from the cache if it was shaped before.
    pub fn shape(&mut self, word: &str) -> Arc<Word> {
        if let Some(shaped) = self.words.get(word) {
            return Arc::clone(shaped);
        }
        let shaped = Arc::new(self.shape_anew(word));
        // A word with missing glyphs is to be found missing every time.
        if shaped.missing.is_empty() {
            self.words.insert(word.to_string(), Arc::clone(&shaped));
        }
        shaped
    }

    /// A length in units of the em, at a size.
    pub fn scale(&self, units: i64, size: Length) -> Length {
        size.scale(units, self.units_per_em)
    }

    fn shape_anew(&mut self, word: &str) -> Word {
        self.buffer.clear();
        self.buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.buffer.push_str(word);
        self.buffer.set_direction(Direction::LeftToRight);
        self.buffer.set_script(Some(Script::LATIN));
        let font = harfrust::ShaperFont::new(&self.font);
        let options = ShapeOptions::new().plan(Some(&self.plan));
        harfrust::shape(&font, &mut self.buffer, options)
            .expect("the buffer has the direction and script of the plan");
        self.read_buffer(word)
    }

    fn read_buffer(&self, word: &str) -> Word {
        let infos = self.buffer.glyph_infos();
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut missing = Vec::new();
        let mut before = None;
        for (index, info) in infos.iter().enumerate() {
            let start = info.cluster;
            let later = infos[index..].iter().find(|later| later.cluster != start);
            let end = later.map_or(word.len() as u32, |later| later.cluster);
            let first = before.replace(start) != Some(start);
            let at = self.buffer.glyph_positions()[index];
            if info.glyph_id == 0 {
                missing.extend(word[start as usize..end as usize].chars());
            }
            glyphs.push(WordGlyph {
                id: info.glyph_id as u16,
                advance: at.x_advance,
                dx: at.x_offset,
                dy: at.y_offset,
                text: (if first { start } else { end }, end),
            });
        }
        Word { glyphs, missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Fonts;

    fn face() -> Face {
        Face::new(&Fonts::embedded("liberation-serif").unwrap().fonts[0]).unwrap()
    }

    fn ranges(word: &Word) -> Vec<(u32, u32)> {
        word.glyphs.iter().map(|glyph| glyph.text).collect()
    }

    #[test]
    fn glyphs_share_out_the_bytes_of_their_word() {
        assert_eq!(ranges(&face().shape("Aé…")), [(0, 1), (1, 3), (3, 6)]);
    }

    #[test]
    fn letters_are_kerned() {
        let mut face = face();
        let mut advance = |word| -> i32 {
            face.shape(word).glyphs.iter().map(|glyph| glyph.advance).sum()
        };
        assert!(advance("AV") < advance("A") + advance("V"));
    }

    #[test]
    fn accents_join_their_letter() {
        let word = face().shape("e\u{301}x");
        assert_eq!(ranges(&word), [(0, 3), (3, 4)]);
        assert!(word.missing.is_empty());
    }

    #[test]
    fn a_missing_glyph_is_found_missing_every_time() {
        let mut face = face();
        for _ in 0..2 {
            assert_eq!(face.shape("a✓b").missing, ['✓']);
        }
        assert!(face.words.is_empty());
    }
}
