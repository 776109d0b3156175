//! Words become glyphs: shaping with kerning and ligatures.

use std::ops::Range;

use harfrust::{
    Buffer, BufferFlags, ClusterLevel, Direction, GlyphId, Script, ShapeOptions,
    ShapePlan,
};

use crate::fonts::Font;

/// A shaped word, in units of its font's em.
///
/// Units make the word good for every size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The glyphs, in visual order.
    pub glyphs: Vec<WordGlyph>,
    /// The bytes of the characters that the font has no glyph for, in order.
    pub missing: Vec<Range<usize>>,
    /// How far the glyphs reach above the baseline, and how far below it. Not measured
    /// where words read from left to right: those keep within their font's line.
    pub reach: (i32, i32),
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

/// A font that is ready to shape.
pub(super) struct Shaper {
    font: harfrust::Font,
    /// How to shape each direction and script that was met.
    plans: Vec<ShapePlan>,
    buffer: Buffer,
}

impl Shaper {
    /// Makes a font ready; `None` if its file is not a usable font.
    pub fn new(font: &Font) -> Option<Shaper> {
        Some(Shaper { font: font.shapeable()?, plans: Vec::new(), buffer: Buffer::new() })
    }

    /// Shapes a word, which reads from right to left or from left to right.
    pub fn shape(&mut self, word: &str, leftward: bool) -> Word {
        self.buffer.clear();
        self.buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        self.buffer.push_str(word);
        // Readers of PDFs put leftward letters in order one by one, so a vowel sign stands
        // for itself.
        let (direction, clusters) = match leftward {
            true => (Direction::RightToLeft, ClusterLevel::MonotoneCharacters),
            false => (Direction::LeftToRight, ClusterLevel::MonotoneGraphemes),
        };
        self.buffer.set_direction(direction);
        self.buffer.set_cluster_level(clusters);
        self.buffer.guess_segment_properties();
        if self.buffer.script().is_none() {
            self.buffer.set_script(Some(Script::LATIN));
        }
        let plan = self.plan(self.buffer.direction(), self.buffer.script());
        let font = harfrust::ShaperFont::new(&self.font);
        let options = ShapeOptions::new().plan(Some(&self.plans[plan]));
        harfrust::shape(&font, &mut self.buffer, options)
            .expect("the buffer has the direction and script of the plan");
        let mut shaped = self.read_buffer(word);
        if leftward {
            shaped.reach = self.reach(&shaped.glyphs);
        }
        shaped
    }

    /// The index of the plan for a direction and script.
    fn plan(&mut self, direction: Direction, script: Option<Script>) -> usize {
        let fits =
            |plan: &ShapePlan| plan.direction() == direction && plan.script() == script;
        self.plans.iter().position(fits).unwrap_or_else(|| {
            let plan = ShapePlan::new(&self.font, direction, script, None, &[]);
            self.plans.push(plan);
            self.plans.len() - 1
        })
    }

    fn read_buffer(&self, word: &str) -> Word {
        let infos = self.buffer.glyph_infos();
        let mut starts: Vec<u32> = infos.iter().map(|info| info.cluster).collect();
        starts.push(word.len() as u32);
        starts.sort_unstable();
        starts.dedup();
        let end = |start| starts[starts.partition_point(|&other| other <= start)];
        let mut glyphs = Vec::with_capacity(infos.len());
        let mut missing = Vec::new();
        let mut before = None;
        for (info, at) in infos.iter().zip(self.buffer.glyph_positions()) {
            let (start, end) = (info.cluster, end(info.cluster));
            let first = before.replace(start) != Some(start);
            if info.glyph_id == 0 {
                missing.push(start as usize..end as usize);
            }
            glyphs.push(WordGlyph {
                id: info.glyph_id as u16,
                advance: at.x_advance,
                dx: at.x_offset,
                dy: at.y_offset,
                text: (if first { start } else { end }, end),
            });
        }
        missing.sort_unstable_by_key(|range| range.start);
        missing.dedup();
        Word { glyphs, missing, reach: (0, 0) }
    }

    fn reach(&self, glyphs: &[WordGlyph]) -> (i32, i32) {
        let metrics = self.font.glyph_metrics();
        let (mut above, mut below) = (0, 0);
        for glyph in glyphs {
            let Some(ink) = metrics.extents(GlyphId::new(glyph.id.into())) else {
                continue;
            };
            let top = glyph.dy + ink.y_bearing.ceil() as i32;
            above = above.max(top);
            below = below.max(ink.height.ceil() as i32 - top);
        }
        (above, below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Face, Fonts};

    fn shape(family: &str, word: &str) -> Word {
        let fonts = Fonts::embedded(family).unwrap();
        Shaper::new(&fonts[fonts.face(Face::default())]).unwrap().shape(word, false)
    }

    fn ranges(word: &Word) -> Vec<(u32, u32)> {
        word.glyphs.iter().map(|glyph| glyph.text).collect()
    }

    /// The glyphs and byte ranges of an Arabic word.
    fn arabic(word: &str) -> Vec<(u16, (u32, u32))> {
        let bytes = include_bytes!("../../fonts/Amiri-Regular.ttf");
        let font = Font::read(bytes[..].into()).unwrap();
        let shaped = Shaper::new(&font).unwrap().shape(word, true);
        assert!(shaped.missing.is_empty());
        shaped.glyphs.iter().map(|glyph| (glyph.id, glyph.text)).collect()
    }

    #[test]
    fn glyphs_share_out_the_bytes_of_their_word() {
        let word = shape("liberation-serif", "Aé…");
        assert_eq!(ranges(&word), [(0, 1), (1, 3), (3, 6)]);
    }

    #[test]
    fn letters_are_kerned() {
        let advance = |word| -> i32 {
            let word = shape("liberation-serif", word);
            word.glyphs.iter().map(|glyph| glyph.advance).sum()
        };
        assert!(advance("AV") < advance("A") + advance("V"));
    }

    #[test]
    fn accents_join_their_letter() {
        let word = shape("liberation-serif", "e\u{301}x");
        assert_eq!(ranges(&word), [(0, 3), (3, 4)]);
        assert!(word.missing.is_empty());
    }

    #[test]
    fn ligatures_stand_for_their_letters() {
        for family in ["source-serif", "lexend"] {
            assert_eq!(ranges(&shape(family, "afi")), [(0, 1), (1, 3)], "{family}");
        }
    }

    #[test]
    fn a_missing_glyph_is_found_missing_with_its_bytes() {
        let missing = shape("liberation-serif", "é✓b").missing;
        assert_eq!((missing.len(), &missing[0]), (1, &(2..5)));
    }

    #[test]
    fn arabic_letters_join_and_stand_from_right_to_left() {
        // Three letters beh: a final, a medial and an initial form.
        let joined = arabic("ببب");
        assert_eq!(
            joined.iter().map(|glyph| glyph.1).collect::<Vec<_>>(),
            [(4, 6), (2, 4), (0, 2)]
        );
        assert!(joined[0].0 != joined[1].0 && joined[1].0 != joined[2].0);
        assert!(joined.iter().all(|glyph| glyph.0 != arabic("ب")[0].0));
    }
}
