//! Texts become lines: each text is shaped and broken once and then only placed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::fonts::{FontId, Fonts};
use crate::layout::breaks::{Measure, Piece, break_lines, opportunities};
use crate::layout::manuscript::{Manuscript, key};
use crate::layout::shape::{Face, Word};
use crate::layout::{Glyph, Run};
use crate::length::{Length, Point, Rect};
use crate::text::{Style, Text};

/// The fonts with everything that was ever set in them.
///
/// One typesetter serves all sheets of a job, because their words are the same.
pub struct Typesetter {
    fonts: Fonts,
    faces: Vec<Face>,
    widths: BTreeMap<(TextStyle, String), Widths>,
    lines: BTreeMap<(TextStyle, Measure, String), Arc<[Line]>>,
    missing: BTreeMap<char, Diagnostic>,
}

/// How the letters of a text are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextStyle {
    /// The size of the em.
    pub size: Length,
    /// The least thickness of an underline.
    pub underline: Length,
}

/// How wide a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Widths {
    /// Without any break but those that it asks for.
    pub natural: Length,
    /// With every break that it allows.
    pub narrowest: Length,
}

/// A line, set from the point zero of its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The width, without blanks at the end.
    pub width: Length,
    /// The runs, from left to right, and where they start.
    pub runs: Vec<(Length, Arc<Run>)>,
    /// The underlines.
    pub underlines: Vec<Rect>,
}

impl Typesetter {
    /// Makes fonts ready for setting.
    ///
    /// # Panics
    ///
    /// If a file of the fonts is not a usable font, which [`crate::fonts::Font::read`]
    /// refuses.
    pub fn new(fonts: &Fonts) -> Typesetter {
        let face = |font| Face::new(font).expect("a font that was read is usable");
        Typesetter {
            fonts: fonts.clone(),
            faces: fonts.fonts.iter().map(face).collect(),
            widths: BTreeMap::new(),
            lines: BTreeMap::new(),
            missing: BTreeMap::new(),
        }
    }

    /// The characters that had no glyph since this was last asked.
    pub(super) fn take_missing(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.missing).into_values().collect()
    }

    /// How far the baseline of a line of type stands below its top.
    pub(super) fn baseline(&self, size: Length, leading: Length) -> Length {
        let font = &self.fonts[self.fonts.face(false, false)];
        let scale = |units: i16| size.scale(units.into(), font.units_per_em.into());
        let (ascent, descent) = (scale(font.ascent), scale(font.descent));
        ascent + (leading - ascent - descent) / 2
    }

    /// The height of capitals in bold type.
    pub(super) fn cap_height(&self, size: Length) -> Length {
        let font = &self.fonts[self.fonts.face(true, false)];
        size.scale(font.cap_height.into(), font.units_per_em.into())
    }

    /// How wide a text is.
    pub(super) fn widths(&mut self, text: &Text, style: TextStyle) -> Widths {
        let key = (style, key(text));
        if let Some(widths) = self.widths.get(&key) {
            return *widths;
        }
        let manuscript = Manuscript::new(text);
        let (pieces, complete) = self.pieces(&manuscript, style);
        let (mut natural, mut line) = (Length::ZERO, Length::ZERO);
        for piece in &pieces {
            natural = natural.max(line + piece.width);
            let width = piece.width + piece.blank;
            line = if piece.forced { Length::ZERO } else { line + width };
        }
        let narrowest = pieces.iter().map(|piece| piece.width).max().unwrap_or_default();
        let widths = Widths { natural, narrowest };
        if complete {
            self.widths.insert(key, widths);
        }
        widths
    }

    /// Sets a text in lines; an empty text is one empty line.
    pub(super) fn set(
        &mut self,
        text: &Text,
        style: TextStyle,
        measure: Measure,
    ) -> Arc<[Line]> {
        let key = (style, measure, key(text));
        if let Some(lines) = self.lines.get(&key) {
            return Arc::clone(lines);
        }
        let manuscript = Manuscript::new(text);
        let (pieces, complete) = self.pieces(&manuscript, style);
        let pieces = self.part_wide(pieces, &manuscript, style, measure.width);
        let mut lines = Vec::new();
        for line in break_lines(&pieces, measure) {
            lines.push(self.line(&manuscript, &pieces[line], style));
        }
        if lines.is_empty() {
            lines.push(self.line(&manuscript, &[], style));
        }
        let lines: Arc<[Line]> = lines.into();
        if complete {
            self.lines.insert(key, Arc::clone(&lines));
        }
        lines
    }

    /// Cuts a text at its opportunities to break; and whether no glyph is missing.
    fn pieces(
        &mut self,
        manuscript: &Manuscript,
        style: TextStyle,
    ) -> (Vec<Piece>, bool) {
        let mut pieces = Vec::new();
        let mut complete = true;
        let mut start = 0;
        for (end, forced) in opportunities(&manuscript.plain) {
            let range = start..start + manuscript.plain[start..end].trim_end().len();
            let blank = self.width(manuscript, range.end..end, style);
            let width = self.width(manuscript, range.clone(), style);
            complete &= self.find_missing(manuscript, range.clone());
            pieces.push(Piece { range, end, width, blank, forced });
            start = end;
        }
        (pieces, complete)
    }

    /// Breaks pieces that are wider than a line by force.
    fn part_wide(
        &mut self,
        pieces: Vec<Piece>,
        manuscript: &Manuscript,
        style: TextStyle,
        width: Length,
    ) -> Vec<Piece> {
        let mut parted = Vec::with_capacity(pieces.len());
        for mut piece in pieces {
            while piece.width > width {
                let range =
                    self.longest_fit(manuscript, piece.range.clone(), style, width);
                let end = range.end;
                if end == piece.range.end {
                    break;
                }
                let part = self.width(manuscript, range.clone(), style);
                let blank = Length::ZERO;
                parted.push(Piece { range, end, width: part, blank, forced: false });
                piece.range.start = end;
                piece.width = self.width(manuscript, piece.range.clone(), style);
            }
            parted.push(piece);
        }
        parted
    }

    /// The longest start of a range that fits a width, but at least one character.
    fn longest_fit(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
        width: Length,
    ) -> Range<usize> {
        let chars = manuscript.plain[range.clone()].char_indices();
        let ends: Vec<usize> =
            chars.map(|(at, char)| range.start + at + char.len_utf8()).collect();
        let fits = ends.partition_point(|&end| {
            self.width(manuscript, range.start..end, style) <= width
        });
        range.start..ends[fits.max(1) - 1]
    }

    /// The width of a range of a text.
    fn width(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> Length {
        let mut width = Length::ZERO;
        for (chunk, letters) in manuscript.chunks(range) {
            let (_, face) = self.face(letters);
            for glyph in &face.shape(chunk).glyphs {
                width += face.scale(glyph.advance.into(), style.size);
            }
        }
        width
    }

    /// Notes the characters of a range that have no glyph; whether there are none.
    fn find_missing(&mut self, manuscript: &Manuscript, range: Range<usize>) -> bool {
        let mut complete = true;
        for (chunk, letters) in manuscript.chunks(range.clone()) {
            let (font, face) = self.face(letters);
            let word = face.shape(chunk);
            complete &= word.missing.is_empty();
            for &char in &word.missing {
                let name = &self.fonts[font].name;
                self.missing.entry(char).or_insert_with(|| {
                    missing(char, name, &manuscript.plain, range.start)
                });
            }
        }
        complete
    }

    /// The face that letters are set in.
    fn face(&mut self, letters: Style) -> (FontId, &mut Face) {
        let font = self.fonts.face(letters.bold, letters.italic);
        (font, &mut self.faces[usize::from(font.0)])
    }

    /// Sets the pieces of a line.
    fn line(
        &mut self,
        manuscript: &Manuscript,
        pieces: &[Piece],
        style: TextStyle,
    ) -> Line {
        let mut stick = Stick::new(style);
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let end = if last { piece.range.end } else { piece.end };
            for (chunk, letters) in manuscript.chunks(piece.range.start..end) {
                let (font, face) = self.face(letters);
                let word = face.shape(chunk);
                let start = stick.width;
                stick.push(font, face, chunk, &word);
                if letters.underline {
                    stick.underline(&self.fonts, font, start);
                }
            }
        }
        stick.finish()
    }
}

/// The finding that a font has no glyph for a character.
fn missing(char: char, font: &str, plain: &str, at: usize) -> Diagnostic {
    let before = plain[..at].char_indices().rev().take(20).last();
    let start = before.map_or(at, |(start, _)| start);
    let quote: String = plain[start..].chars().take(40).collect();
    let cut = |cut: bool| if cut { "…" } else { "" };
    let (before, after) = (cut(start > 0), cut(start + quote.len() < plain.len()));
    let code = u32::from(char);
    let message = format!(
        "the font `{font}` has no glyph for `{char}` (U+{code:04X}) in \
         \"{before}{quote}{after}\""
    );
    Diagnostic::error(message).hint("write it with other characters").about(char)
}

/// A line while it is being set.
struct Stick {
    style: TextStyle,
    width: Length,
    runs: Vec<(Length, Run)>,
    underlines: Vec<Rect>,
}

impl Stick {
    fn new(style: TextStyle) -> Stick {
        let (runs, underlines) = (Vec::new(), Vec::new());
        Stick { style, width: Length::ZERO, runs, underlines }
    }

    /// Adds a word or a blank.
    fn push(&mut self, font: FontId, face: &Face, chunk: &str, word: &Word) {
        if self.runs.last().is_none_or(|(_, run)| run.font != font) {
            let (text, glyphs) = (String::new(), Vec::new());
            let size = self.style.size;
            let run = Run { font, size, text, glyphs, width: Length::ZERO };
            self.runs.push((self.width, run));
        }
        let Some((_, run)) = self.runs.last_mut() else { return };
        let base = run.text.len() as u32;
        run.text.push_str(chunk);
        for glyph in &word.glyphs {
            let scale = |units: i32| face.scale(units.into(), run.size);
            let advance = scale(glyph.advance);
            run.glyphs.push(Glyph {
                id: glyph.id,
                advance,
                dx: scale(glyph.dx),
                dy: scale(glyph.dy),
                text: (base + glyph.text.0, base + glyph.text.1),
            });
            run.width += advance;
            self.width += advance;
        }
    }

    /// Underlines what was added from a place on.
    fn underline(&mut self, fonts: &Fonts, font: FontId, start: Length) {
        let font = &fonts[font];
        let scale =
            |units: i16| self.style.size.scale(units.into(), font.units_per_em.into());
        let width = self.width - start;
        if let Some(last) = self.underlines.last_mut()
            && last.at.x + last.width == start
        {
            last.width += width;
            return;
        }
        let at = Point { x: start, y: scale(font.underline_offset) };
        let height = scale(font.underline_thickness).max(self.style.underline);
        self.underlines.push(Rect { at, width, height });
    }

    fn finish(self) -> Line {
        let runs = self.runs.into_iter().map(|(x, run)| (x, Arc::new(run))).collect();
        Line { width: self.width, runs, underlines: self.underlines }
    }
}
