//! The fonts at work: every word shaped once, with glyphs lent where its font lacks them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::fonts::{Face, Font, FontId, Fonts};
use crate::layout::shape::{Shaper, Word};
use crate::length::Length;

/// A part of a word that one font has the glyphs of.
#[derive(Clone)]
pub(super) struct Part {
    /// The font.
    pub font: FontId,
    /// The bytes of the word.
    pub range: Range<usize>,
    /// The glyphs. Some are missing only if no font has them.
    pub glyphs: Word,
}

/// How many words of a face are remembered at most.
const MOST_WORDS: usize = 2048;

/// Words that are shaped, and their parts.
type Words = IndexMap<String, Arc<[Part]>, FixedState>;

/// The fonts with every word that they have shaped.
pub(super) struct Faces {
    fonts: Fonts,
    /// What shapes, made ready when a font is first needed.
    shapers: BTreeMap<FontId, Shaper>,
    /// The words by face and direction.
    words: IndexMap<(Face, bool), Words, FixedState>,
    /// Whether any word had a character without a glyph.
    pub lack_glyphs: bool,
}

impl Faces {
    /// Makes fonts ready.
    pub fn new(fonts: &Fonts) -> Faces {
        let (shapers, words) = (BTreeMap::new(), IndexMap::default());
        Faces { fonts: fonts.clone(), shapers, words, lack_glyphs: false }
    }

    /// A font.
    pub fn font(&self, id: FontId) -> &Font {
        &self.fonts[id]
    }

    /// The font of a face.
    pub fn own(&self, face: Face) -> FontId {
        self.fonts.face(face)
    }

    /// The parts of a word in logical order, from the cache if it was shaped before.
    pub fn word(&mut self, word: &str, face: Face, leftward: bool) -> Arc<[Part]> {
        let known = self.words.get(&(face, leftward)).and_then(|words| words.get(word));
        if let Some(parts) = known {
            return Arc::clone(parts);
        }
        let own = self.fonts.face(face);
        let fonts: Vec<FontId> =
            std::iter::once(own).chain(self.fonts.lenders(face)).collect();
        let mut parts = Vec::new();
        self.part(word, 0..word.len(), &fonts, leftward, &mut parts);
        let parts: Arc<[Part]> = parts.into();
        self.lack_glyphs |= parts.iter().any(|part| !part.glyphs.missing.is_empty());
        let words = self.words.entry((face, leftward)).or_default();
        if words.len() >= MOST_WORDS {
            words.clear();
        }
        words.insert(word.to_string(), Arc::clone(&parts));
        parts
    }

    /// The size of a font among letters of a size.
    pub fn size(&self, font: FontId, size: Length) -> Length {
        size.scale(self.fonts[font].percent.into(), 100)
    }

    /// What turns units of a font's em into lengths, among letters of a size.
    pub fn scale(&self, font: FontId, size: Length) -> impl Fn(i64) -> Length + use<> {
        let per_em = self.fonts[font].units_per_em.into();
        let size = self.size(font, size);
        move |units| size.scale(units, per_em)
    }

    /// Shapes a stretch of a word in the first of some fonts, and what it lacks in the
    /// others. What all of them lack stays with the first.
    fn part(
        &mut self,
        word: &str,
        range: Range<usize>,
        fonts: &[FontId],
        leftward: bool,
        parts: &mut Vec<Part>,
    ) {
        let (&font, lenders) = fonts.split_first().expect("there is a font to ask");
        let glyphs = self.shaper(font).shape(&word[range.clone()], leftward);
        if glyphs.missing.is_empty() || lenders.is_empty() {
            parts.push(Part { font, range, glyphs });
            return;
        }
        for (stretch, missing) in stretches(&glyphs.missing, range.len()) {
            let stretch = range.start + stretch.start..range.start + stretch.end;
            let fonts = if missing { lenders } else { &fonts[..1] };
            self.part(word, stretch, fonts, leftward, parts);
        }
    }

    fn shaper(&mut self, id: FontId) -> &mut Shaper {
        let font = &self.fonts[id];
        self.shapers
            .entry(id)
            .or_insert_with(|| Shaper::new(font).expect("a font that was read is usable"))
    }
}

/// Cuts a word where its missing characters begin and end; and which parts are missing.
fn stretches(missing: &[Range<usize>], len: usize) -> Vec<(Range<usize>, bool)> {
    let mut stretches: Vec<(Range<usize>, bool)> = Vec::new();
    let mut end = 0;
    for lack in missing {
        if lack.start > end {
            stretches.push((end..lack.start, false));
        }
        match stretches.last_mut() {
            Some((last, true)) if last.end == lack.start => last.end = lack.end,
            _ => stretches.push((lack.clone(), true)),
        }
        end = lack.end;
    }
    if end < len {
        stretches.push((end..len, false));
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(
        word: &str,
        family: &str,
        bold: bool,
        leftward: bool,
    ) -> Vec<(String, String)> {
        let mut faces = Faces::new(&Fonts::embedded(family).unwrap());
        let parts = faces.word(word, Face { bold, ..Face::default() }, leftward);
        let part = |part: &Part| {
            let name = faces.font(part.font).name.clone();
            (name, word[part.range.clone()].to_string())
        };
        parts.iter().map(part).collect()
    }

    fn lent(word: &str) -> Vec<(String, String)> {
        parts(word, "atkinson-hyperlegible", false, false)
    }

    fn own(name: &str, text: &str) -> (String, String) {
        (name.to_string(), text.to_string())
    }

    #[test]
    fn what_a_font_lacks_is_lent_by_the_first_that_has_it() {
        let atkinson = "AtkinsonHyperlegibleNext-Regular";
        let expected = [
            own("NotoSansSymbols2-Regular", "✓"),
            own(atkinson, "(a)"),
            own("NotoSansMath-Regular", "⇒"),
            own("SourceSans3-Regular", "β"),
            own("NotoSansSymbols-Regular", "②"),
        ];
        assert_eq!(lent("✓(a)⇒β②"), expected);
        let hebrew = own("LiberationSerif", "א");
        assert_eq!(parts("א", "lexend", false, true), [hebrew]);
    }

    #[test]
    fn accents_stay_with_their_letter() {
        // The font has the letter, but not with that accent.
        let expected = [
            own("AtkinsonHyperlegibleNext-Regular", "a"),
            own("SourceSans3-Regular", "x\u{323}"),
        ];
        assert_eq!(lent("ax\u{323}"), expected);
    }

    #[test]
    fn an_arabic_word_is_lent_whole_and_in_its_weight() {
        let word = "بِسْمِ";
        assert_eq!(parts(word, "lexend", false, true), [own("Amiri-Regular", word)]);
        assert_eq!(parts(word, "lexend", true, true), [own("Amiri-Bold", word)]);
    }

    #[test]
    fn what_no_font_has_is_missing_every_time() {
        let mut faces = Faces::new(&Fonts::embedded("source-serif").unwrap());
        for _ in 0..2 {
            let parts = faces.word("a漢b", Face::default(), false);
            let missing = |part: &Part| !part.glyphs.missing.is_empty();
            let missing: Vec<_> = parts.iter().map(missing).collect();
            assert_eq!(missing, [false, true, false]);
        }
    }
}
