//! Texts become lines: each text is shaped and broken once and then only placed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};

use crate::breaking::LineBreaking;
use crate::diagnostic::Diagnostic;
use crate::fonts::{Face, FontId, Fonts};
use crate::hyphenation::points;
use crate::language::Language;
use crate::layout::breaks::{
    Ends, Measure, Piece, break_lines, most_shrunk, most_stretched, opportunities,
};
use crate::layout::faces::{Faces, Part};
use crate::layout::manuscript::{Chunk, Manuscript};
use crate::layout::memory::{Memory, Strips};
use crate::layout::{Glyph, Run};
use crate::length::{Length, Point, Rect};
use crate::picture::Picture;
use crate::text::{Script, Style, Text};

/// The fonts with everything that was ever set in them.
///
/// One typesetter serves all sheets of a job, because their words are the same.
pub struct Typesetter {
    breaking: LineBreaking,
    faces: Faces,
    widths: Memory<Text, TextStyle, Widths>,
    lines: Memory<Text, (TextStyle, Measure), Arc<[Line]>>,
    missing: BTreeMap<char, Diagnostic>,
    pictures: Vec<Scaled>,
    /// What was set before.
    pub(super) strips: Strips,
}

/// A picture that was scaled before.
struct Scaled {
    from: Arc<Picture>,
    /// How many pixels were wanted, across and down.
    pixels: (u32, u32),
    to: Arc<Picture>,
}

/// How many texts are remembered at most. Thousands of variants share theirs, which are some
/// hundreds, but each has its code.
const MOST_TEXTS: usize = 1024;

/// More pixels than these on an inch are lost on paper.
const DOTS_PER_INCH: u64 = 300;

/// How the letters of a text are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TextStyle {
    /// In the fonts of headings, not in those of running text.
    pub heading: bool,
    /// The size of the em.
    pub size: Length,
    /// The least thickness of an underline.
    pub underline: Length,
    /// Whether words in italics are set in them, and not in bold.
    pub italics: bool,
    /// The language of the words.
    pub language: Language,
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
    pub fn new(fonts: &Fonts, breaking: &LineBreaking) -> Typesetter {
        Typesetter {
            breaking: breaking.clone(),
            faces: Faces::new(fonts),
            widths: Memory::new(MOST_TEXTS),
            lines: Memory::new(MOST_TEXTS),
            missing: BTreeMap::new(),
            pictures: Vec::new(),
            strips: Strips::default(),
        }
    }

    /// Takes over what another one has set in the same fonts, and its theme.
    pub fn take_over(&mut self, other: &mut Typesetter) {
        self.widths.take_over(&mut other.widths);
        self.lines.take_over(&mut other.lines);
        self.strips.take_over(&mut other.strips);
    }

    /// A picture with as many pixels as are printed on an area of that size.
    pub(super) fn scaled(
        &mut self,
        picture: &Arc<Picture>,
        width: Length,
        height: Length,
    ) -> Arc<Picture> {
        let pixels = |length: Length| {
            let dots = u64::from(length.0.unsigned_abs()) * DOTS_PER_INCH;
            dots.div_ceil(72_000) as u32
        };
        let pixels = (pixels(width), pixels(height));
        let mut known = self.pictures.iter();
        let same = |it: &&Scaled| Arc::ptr_eq(&it.from, picture) && it.pixels == pixels;
        if let Some(scaled) = known.find(same) {
            return Arc::clone(&scaled.to);
        }
        let from = Arc::clone(picture);
        let to = picture.scaled_down(pixels.0, pixels.1);
        let to = to.map_or(Arc::clone(picture), Arc::new);
        self.pictures.push(Scaled { from, pixels, to: Arc::clone(&to) });
        to
    }

    /// Whether every character had a glyph since that was last asked.
    pub(super) fn is_complete(&self) -> bool {
        self.missing.is_empty()
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
        if let Some(widths) = self.widths.get(text, style) {
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
        let width = |piece: &Piece| piece.width + piece.hyphen.unwrap_or_default();
        let narrowest = pieces.iter().map(width).max().unwrap_or_default();
        let widths = Widths { natural, narrowest };
        if complete {
            self.widths.keep(text, style, || widths, 1);
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
        if let Some(lines) = self.lines.get(text, (style, measure)) {
            return Arc::clone(lines);
        }
        let manuscript = Manuscript::new(text);
        let (pieces, complete) = self.pieces(&manuscript, style);
        let (pieces, broken) = self.broken(pieces, &manuscript, style, measure);
        let mut lines = Vec::new();
        for line in broken {
            let last = line.end == pieces.len() || pieces[line.end - 1].forced;
            let fill = Fill { measure, last };
            lines.push(self.line(&manuscript, &pieces[line], style, fill));
        }
        if lines.is_empty() {
            lines.push(Stick::new(&self.faces, style, false).finish());
        }
        let lines: Arc<[Line]> = lines.into();
        if complete {
            self.lines.keep(text, (style, measure), || Arc::clone(&lines), 1);
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
        let ties = &self.breaking.of(style.language).ties;
        for (end, forced) in opportunities(&manuscript.plain, ties) {
            let range = start..start + manuscript.plain[start..end].trim_end().len();
            let blank = self.width(manuscript, range.end..end, style);
            let soft = manuscript.plain[range.clone()].ends_with(SOFT_HYPHEN);
            let hyphen = soft.then(|| self.hyphen(manuscript, range.end, style).width);
            let piece = self.piece(manuscript, range.clone(), style);
            complete &= self.find_missing(manuscript, range, style);
            pieces.push(Piece { end, blank, hyphen, forced, ..piece });
            start = end;
        }
        (pieces, complete)
    }

    /// A piece without anything after it.
    fn piece(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> Piece {
        let width = self.width(manuscript, range.clone(), style);
        let inner = self.blanks(manuscript, range.clone(), style);
        let (end, blank) = (range.end, Length::ZERO);
        Piece { range, end, width, inner, blank, hyphen: None, forced: false }
    }

    /// Breaks pieces into lines: first between words, and if a line does not fit, within
    /// words too. Most paragraphs fit, so most words are never parted.
    fn broken(
        &mut self,
        pieces: Vec<Piece>,
        manuscript: &Manuscript,
        style: TextStyle,
        measure: Measure,
    ) -> (Vec<Piece>, Vec<Range<usize>>) {
        let broken = break_lines(&pieces, measure);
        let wide = |piece: &Piece| {
            piece.width + piece.hyphen.unwrap_or_default() > measure.width
        };
        if broken.fits || !measure.hyphens && !pieces.iter().any(wide) {
            return (pieces, broken.lines);
        }
        let pieces = self.hyphenated(pieces, manuscript, style, measure);
        let pieces = self.part_wide(pieces, manuscript, style, measure.width);
        let lines = break_lines(&pieces, measure).lines;
        (pieces, lines)
    }

    /// Parts words where they may be hyphenated.
    fn hyphenated(
        &mut self,
        pieces: Vec<Piece>,
        manuscript: &Manuscript,
        style: TextStyle,
        measure: Measure,
    ) -> Vec<Piece> {
        let mut parted = Vec::with_capacity(pieces.len() * 3);
        for mut rest in pieces {
            let rules = &self.breaking.of(style.language).hyphenation;
            let points = match measure.hyphens || rest.width > measure.width {
                true => manuscript.hyphens(rest.range.clone(), |word| {
                    points(word, style.language, rules)
                }),
                false => Vec::new(),
            };
            for at in points {
                let hyphen = Some(self.hyphen(manuscript, at, style).width);
                let part = self.piece(manuscript, rest.range.start..at, style);
                let after = self.piece(manuscript, at..rest.range.end, style);
                let blank = rest.width - part.width - after.width;
                parted.push(Piece { blank, hyphen, ..part });
                rest = Piece { range: after.range, width: after.width, ..rest };
            }
            parted.push(rest);
        }
        parted
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
            let room = width - piece.hyphen.unwrap_or_default();
            while piece.width > room {
                let whole = piece.range.clone();
                let range = self.longest_fit(manuscript, whole.clone(), style, room);
                if range.end == whole.end {
                    break;
                }
                // Between words, if it holds several.
                let held = &manuscript.plain[range.clone()];
                let blank = held.rfind(char::is_whitespace).filter(|&at| at > 0);
                let end = range.start + blank.unwrap_or(held.len());
                let start = end + manuscript.plain[end..].len()
                    - manuscript.plain[end..].trim_start().len();
                let part = self.piece(manuscript, whole.start..end, style);
                let blank = self.width(manuscript, end..start, style);
                parted.push(Piece { end: start, blank, ..part });
                let rest = self.piece(manuscript, start..whole.end, style);
                piece = Piece {
                    range: rest.range,
                    width: rest.width,
                    inner: rest.inner,
                    ..piece
                };
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

    /// The width of the blanks in a range of a text.
    fn blanks(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> Length {
        let mut width = Length::ZERO;
        for (at, blank) in
            manuscript.plain[range.clone()].match_indices(char::is_whitespace)
        {
            let start = range.start + at;
            width += self.width(manuscript, start..start + blank.len(), style);
        }
        width
    }

    /// The width of a range of a text.
    fn width(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> Length {
        manuscript.chunks(range).map(|chunk| self.word(chunk, style).width).sum()
    }

    /// Notes the characters of a range that have no glyph; whether there are none.
    fn find_missing(
        &mut self,
        manuscript: &Manuscript,
        range: Range<usize>,
        style: TextStyle,
    ) -> bool {
        // All words have been shaped by now.
        if !self.faces.lack_glyphs {
            return true;
        }
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

    /// The size of letters and how high they stand, as their own font has it: letters that
    /// are lent to a word stand as high as the others.
    fn size(&self, letters: Style, face: Face, style: TextStyle) -> Size {
        let font = self.faces.font(self.faces.own(face));
        let script = match letters.script {
            Script::Line => return Size { size: style.size, rise: Length::ZERO },
            Script::Super => font.superscript,
            Script::Sub => font.subscript,
        };
        let scale = |units: i16| style.size.scale(units.into(), font.units_per_em.into());
        Size { size: scale(script.size), rise: scale(script.rise) }
    }

    /// Sets the pieces of a line.
    fn line(
        &mut self,
        manuscript: &Manuscript,
        pieces: &[Piece],
        style: TextStyle,
        fill: Fill,
    ) -> Line {
        let mut words = self.words(manuscript, pieces, style);
        fill.spread(&mut words);
        let start = pieces.first().map_or(0, |piece| piece.range.start);
        let mut stick = Stick::new(&self.faces, style, manuscript.is_leftward(start));
        stick.set(&words);
        stick.finish()
    }

    /// The words and blanks of a line, and the hyphen at its end.
    fn words<'m>(
        &mut self,
        manuscript: &'m Manuscript,
        pieces: &[Piece],
        style: TextStyle,
    ) -> Vec<SetWord<'m>> {
        let mut words = Vec::new();
        let mut start = pieces[0].range.start;
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            if piece.hyphen.is_some() && !last {
                continue;
            }
            let end = if last { piece.range.end } else { piece.end };
            let chunks = manuscript.chunks(start..end);
            words.extend(chunks.map(|chunk| self.word(chunk, style)));
            start = piece.end;
        }
        if let Some(last) = pieces.last().filter(|piece| piece.hyphen.is_some()) {
            words.push(self.hyphen(manuscript, last.range.end, style));
        }
        words
    }

    /// A word or a blank, ready to be set.
    fn word<'m>(&mut self, chunk: Chunk<'m>, style: TextStyle) -> SetWord<'m> {
        let parts = self.parts(chunk, style);
        let size = self.size(chunk.style, face(chunk, style), style);
        let mut width = Length::ZERO;
        for part in parts.iter() {
            let scale = self.faces.scale(part.font, size.size);
            let advances = part.glyphs.glyphs.iter().map(|glyph| glyph.advance);
            width += advances.map(|units| scale(units.into())).sum();
        }
        SetWord { chunk, parts, size, width, extra: Length::ZERO }
    }

    /// The hyphen of a word that is parted before a place. It reads as a soft one, so that
    /// a reader that copies the words puts them together again.
    fn hyphen(
        &mut self,
        manuscript: &Manuscript,
        at: usize,
        style: TextStyle,
    ) -> SetWord<'static> {
        let mut hyphen = self.word(manuscript.hyphen(at - 1), style);
        hyphen.chunk.text = SOFT_HYPHEN;
        let soft = |part: &Part| {
            let mut soft = Part { range: 0..SOFT_HYPHEN.len(), ..part.clone() };
            for glyph in &mut soft.glyphs.glyphs {
                glyph.text = (0, SOFT_HYPHEN.len() as u32);
            }
            soft
        };
        hyphen.parts = hyphen.parts.iter().map(soft).collect();
        hyphen
    }
}

/// The character for a place where a word may be hyphenated.
const SOFT_HYPHEN: &str = "\u{ad}";

/// How large letters are, and how high they stand.
#[derive(Debug, Clone, Copy)]
struct Size {
    size: Length,
    rise: Length,
}

/// A word or a blank of a line.
struct SetWord<'m> {
    chunk: Chunk<'m>,
    parts: Arc<[Part]>,
    size: Size,
    width: Length,
    /// By how much a blank is stretched.
    extra: Length,
}

/// What a line is to fill.
struct Fill {
    measure: Measure,
    /// Whether the paragraph ends with the line, or goes on where the text says so.
    last: bool,
}

impl Fill {
    /// Stretches or shrinks the blanks of a flush line, to the last thousandth of a point.
    fn spread(&self, words: &mut [SetWord]) {
        let width: Length = words.iter().map(|word| word.width).sum();
        let empty = self.measure.width - width;
        if self.measure.ends != Ends::Flush || self.last && empty >= Length::ZERO {
            return;
        }
        let blanks = words.iter_mut().filter(|word| word.chunk.text == " ");
        let mut blanks: Vec<&mut SetWord> = blanks.collect();
        let wide = blanks.iter().map(|blank| blank.width).sum();
        if empty > most_stretched(wide) || empty < -most_shrunk(wide) {
            return;
        }
        let count = blanks.len() as i64;
        for (index, blank) in (0..).zip(&mut blanks) {
            let upto = |index: i64| empty.scale(index, count);
            blank.extra = upto(index + 1) - upto(index);
        }
    }
}

/// The face of a word or a blank.
fn face(chunk: Chunk, style: TextStyle) -> Face {
    let Style { bold, italic, .. } = chunk.style;
    Face {
        heading: style.heading,
        bold: bold || italic && !style.italics,
        italic: italic && style.italics,
    }
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
type Set<'w> = (&'w SetWord<'w>, &'w Part);

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
    fn set(&mut self, words: &[SetWord]) {
        let parts: Vec<Set> = words
            .iter()
            .flat_map(|word| word.parts.iter().map(move |part| (word, part)))
            .collect();
        let levels: Vec<Level> = parts.iter().map(|(word, _)| word.chunk.level).collect();
        let order = BidiInfo::reorder_visual(&levels);
        let letters = |index: usize| (parts[index].1.font, parts[index].0.size.size);
        // A number behind Arabic words stands before them: what is between is no part of it.
        let go_on =
            |&a: &usize, &b: &usize| a.abs_diff(b) == 1 && letters(a) == letters(b);
        for run in order.chunk_by(go_on) {
            self.run(&parts, run);
        }
    }

    /// Adds a run: parts of words that stand side by side and share a font and a size.
    fn run(&mut self, parts: &[Set], order: &[usize]) {
        let Some((&first, shown)) = order.iter().min().zip(order.first()) else { return };
        let (font, size) = (parts[*shown].1.font, parts[*shown].0.size.size);
        let (mut text, mut bases) = (String::new(), Vec::with_capacity(order.len()));
        // Side by side they stand in the text, too.
        for (word, part) in &parts[first..first + order.len()] {
            bases.push(text.len() as u32);
            text.push_str(&word.chunk.text[part.range.clone()]);
        }
        let start = self.width;
        let scaled = self.faces.scale(font, size);
        let scale = |units: i32| scaled(units.into());
        let mut glyphs = Vec::new();
        for index in order {
            let (word, part) = &parts[*index];
            let (before, rise) = (self.width, word.size.rise);
            let base = bases[index - first];
            for glyph in &part.glyphs.glyphs {
                let advance = scale(glyph.advance) + word.extra;
                glyphs.push(Glyph {
                    id: glyph.id,
                    advance,
                    dx: scale(glyph.dx),
                    dy: scale(glyph.dy) + rise,
                    text: (base + glyph.text.0, base + glyph.text.1),
                });
                self.width += advance;
            }
            let (above, below) = part.glyphs.reach;
            self.reach.0 = self.reach.0.max(scale(above) + rise);
            self.reach.1 = self.reach.1.max(scale(below) - rise);
            if word.chunk.style.underline {
                self.underline(self.faces.own(face(word.chunk, self.style)), before);
            }
        }
        let width = self.width - start;
        let size = self.faces.size(font, size);
        self.runs.push((first, start, Run { font, size, text, glyphs, width }));
    }

    /// Underlines what was added from a place on, as a font has it.
    fn underline(&mut self, font: FontId, start: Length) {
        let scaled = self.faces.scale(font, self.style.size);
        let scale = |units: i16| scaled(units.into());
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
