//! Texts become lines: each text is shaped and broken once and then only placed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};

use crate::diagnostic::Diagnostic;
use crate::fonts::{Face, FontId, Fonts};
use crate::layout::breaks::{Measure, Piece, break_lines, opportunities};
use crate::layout::faces::{Faces, Part};
use crate::layout::manuscript::{Chunk, Manuscript, key};
use crate::layout::{Glyph, Run};
use crate::length::{Length, Point, Rect};
use crate::text::{Style, Text};

/// The fonts with everything that was ever set in them.
///
/// One typesetter serves all sheets of a job, because their words are the same.
pub struct Typesetter {
    faces: Faces,
    widths: BTreeMap<(TextStyle, String), Widths>,
    lines: BTreeMap<(TextStyle, Measure, String), Arc<[Line]>>,
    missing: BTreeMap<char, Diagnostic>,
}

/// How the letters of a text are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextStyle {
    /// In the fonts of headings, not in those of running text.
    pub heading: bool,
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
    /// Whether it reads from right to left as a whole.
    pub leftward: bool,
    /// How far Arabic words reach above the baseline, and how far below it.
    pub reach: (Length, Length),
    /// The runs, in reading order, and where they start.
    pub runs: Vec<(Length, Arc<Run>)>,
    /// The underlines.
    pub underlines: Vec<Rect>,
}

impl Typesetter {
    /// Makes fonts ready for setting.
    pub fn new(fonts: &Fonts) -> Typesetter {
        Typesetter {
            faces: Faces::new(fonts),
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
        let font = self.faces.font(self.faces.own(Face::default()));
        let scale = |units: i16| size.scale(units.into(), font.units_per_em.into());
        let (ascent, descent) = (scale(font.ascent), scale(font.descent));
        ascent + (leading - ascent - descent) / 2
    }

    /// The height of capitals in the bold type of headings.
    pub(super) fn cap_height(&self, size: Length) -> Length {
        let face = Face { heading: true, bold: true, italic: false };
        let font = self.faces.font(self.faces.own(face));
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
            complete &= self.find_missing(manuscript, range.clone(), style);
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
        for chunk in manuscript.chunks(range) {
            for part in self.parts(chunk, style).iter() {
                for glyph in &part.glyphs.glyphs {
                    let advance = glyph.advance.into();
                    width += self.faces.scale(part.font, advance, style.size);
                }
            }
        }
        width
    }

    /// Notes the characters of a range that have no glyph; whether there are none.
    fn find_missing(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> bool {
        let mut complete = true;
        for chunk in manuscript.chunks(range.clone()) {
            for part in self.parts(chunk, style).iter() {
                complete &= part.glyphs.missing.is_empty();
                let text = &chunk.text[part.range.clone()];
                let missing = part.glyphs.missing.iter();
                for char in missing.flat_map(|lack| text[lack.clone()].chars()) {
                    self.missing.entry(char).or_insert_with(|| {
                        missing_glyph(char, &manuscript.plain, range.start)
                    });
                }
            }
        }
        complete
    }

    /// The parts of a word or a blank, each in the font that has its glyphs.
    fn parts(&mut self, chunk: Chunk, style: TextStyle) -> Arc<[Part]> {
        let face = face(chunk, style);
        self.faces.word(chunk.text, face, chunk.level.is_rtl())
    }

    /// Sets the pieces of a line.
    fn line(
        &mut self,
        manuscript: &Manuscript,
        pieces: &[Piece],
        style: TextStyle,
    ) -> Line {
        let mut words = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let end = if last { piece.range.end } else { piece.end };
            for chunk in manuscript.chunks(piece.range.start..end) {
                words.push((chunk, self.parts(chunk, style)));
            }
        }
        let start = pieces.first().map_or(0, |piece| piece.range.start);
        let mut stick = Stick::new(&self.faces, style, manuscript.is_leftward(start));
        stick.set(&words);
        stick.finish()
    }
}

/// The face of a word or a blank.
fn face(chunk: Chunk, style: TextStyle) -> Face {
    let Style { bold, italic, .. } = chunk.style;
    Face { heading: style.heading, bold, italic }
}

/// The finding that no font has a glyph for a character.
fn missing_glyph(char: char, plain: &str, at: usize) -> Diagnostic {
    let before = plain[..at].char_indices().rev().take(20).last();
    let start = before.map_or(at, |(start, _)| start);
    let quote: String = plain[start..].chars().take(40).collect();
    let cut = |cut: bool| if cut { "…" } else { "" };
    let (before, after) = (cut(start > 0), cut(start + quote.len() < plain.len()));
    let code = u32::from(char);
    let message = format!(
        "no font has a glyph for `{char}` (U+{code:04X}) in \"{before}{quote}{after}\""
    );
    Diagnostic::error(message).hint("write it with other characters").about(char)
}

/// A line while it is being set.
struct Stick<'a> {
    faces: &'a Faces,
    style: TextStyle,
    width: Length,
    leftward: bool,
    reach: (Length, Length),
    /// The runs, each with its place among the parts of the line in logical order.
    runs: Vec<(usize, Length, Run)>,
    underlines: Vec<Rect>,
}

/// A part of a word on a line.
type Set<'w> = (Chunk<'w>, &'w Part);

impl<'a> Stick<'a> {
    fn new(faces: &'a Faces, style: TextStyle, leftward: bool) -> Stick<'a> {
        Stick {
            faces,
            style,
            width: Length::ZERO,
            leftward,
            reach: (Length::ZERO, Length::ZERO),
            runs: Vec::new(),
            underlines: Vec::new(),
        }
    }

    /// Sets words and blanks, given in logical order, from left to right.
    fn set(&mut self, words: &[(Chunk, Arc<[Part]>)]) {
        let parts: Vec<Set> = words
            .iter()
            .flat_map(|(chunk, parts)| parts.iter().map(|part| (*chunk, part)))
            .collect();
        let levels: Vec<Level> = parts.iter().map(|(chunk, _)| chunk.level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        for run in order.chunk_by(|&a, &b| parts[a].1.font == parts[b].1.font) {
            self.run(&parts, run);
        }
    }

    /// Adds a run: parts of words that stand side by side and share a font.
    fn run(&mut self, parts: &[Set], order: &[usize]) {
        let Some((&first, font)) = order.iter().min().zip(order.first()) else { return };
        let font = parts[*font].1.font;
        let (mut text, mut bases) = (String::new(), BTreeMap::new());
        let mut logical = order.to_vec();
        logical.sort_unstable();
        for index in logical {
            let (chunk, part) = &parts[index];
            bases.insert(index, text.len() as u32);
            text.push_str(&chunk.text[part.range.clone()]);
        }
        let (start, size) = (self.width, self.style.size);
        let scale = |units: i32| self.faces.scale(font, units.into(), size);
        let mut glyphs = Vec::new();
        for index in order {
            let (chunk, part) = &parts[*index];
            let before = self.width;
            for glyph in &part.glyphs.glyphs {
                let (advance, base) = (scale(glyph.advance), bases[index]);
                glyphs.push(Glyph {
                    id: glyph.id,
                    advance,
                    dx: scale(glyph.dx),
                    dy: scale(glyph.dy),
                    text: (base + glyph.text.0, base + glyph.text.1),
                });
                self.width += advance;
            }
            let (above, below) = part.glyphs.reach;
            self.reach.0 = self.reach.0.max(scale(above));
            self.reach.1 = self.reach.1.max(scale(below));
            if chunk.style.underline {
                self.underline(self.faces.own(face(*chunk, self.style)), before);
            }
        }
        let width = self.width - start;
        let size = self.faces.size(font, size);
        self.runs.push((first, start, Run { font, size, text, glyphs, width }));
    }

    /// Underlines what was added from a place on, as a font has it.
    fn underline(&mut self, font: FontId, start: Length) {
        let scale = |units: i16| self.faces.scale(font, units.into(), self.style.size);
        let font = self.faces.font(font);
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

    fn finish(mut self) -> Line {
        self.runs.sort_by_key(|&(first, ..)| first);
        let run = |(_, x, run)| (x, Arc::new(run));
        let runs = std::mem::take(&mut self.runs).into_iter().map(run).collect();
        let Stick { width, leftward, reach, underlines, .. } = self;
        Line { width, leftward, reach, runs, underlines }
    }
}
