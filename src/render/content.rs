//! The operators that draw a page.

use std::io::Write;
use std::ops::Range;

use crate::fonts::FontId;
use crate::layout::{Glyph, Modules, Run, Shade, Shape};
use crate::length::{Length, Point, Rect};

use super::fonts::{Face, text};
use super::pictures::{Pictures, turn};

/// How far a glyph may stand from its place before the pen is moved, in billionths of a
/// point: 1/500 pt, a tenth of the finest printer's dot. Each move costs bytes.
const SLACK: i64 = 2_000_000;

/// Writes operators and remembers what they have set.
pub(super) struct Pen<'a> {
    out: Vec<u8>,
    /// The height of the page, or 0 in a form: here y counts from the bottom, so it is
    /// turned over once, by [`Pen::up`].
    height: Length,
    faces: &'a [Face<'a>],
    pictures: &'a Pictures<'a>,
    in_text: bool,
    /// Where the last form stands, if nothing else was drawn since.
    form: Option<Point>,
    font: Option<(FontId, Length)>,
    /// The pitch and diameter of dots.
    dash: Option<(Length, Length)>,
    part: Part,
}

/// What is unfinished in the operator that shows glyphs.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// Nothing: no such operator is begun.
    None,
    /// Its list of strings and moves.
    List,
    /// A string in that list.
    String,
}

impl<'a> Pen<'a> {
    /// Starts a page of a height, or a form, whose y counts from its own place.
    pub fn new(
        height: Length,
        faces: &'a [Face<'a>],
        pictures: &'a Pictures<'a>,
    ) -> Pen<'a> {
        Pen {
            out: Vec::new(),
            height,
            faces,
            pictures,
            in_text: false,
            form: None,
            font: None,
            dash: None,
            part: Part::None,
        }
    }

    /// The operators.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_text();
        self.end_forms();
        self.out
    }

    /// Shows a form at a place.
    ///
    /// Forms that follow each other are placed from one to the next: the numbers are short,
    /// and the same again and again, so a page is a fifth smaller.
    pub fn form(&mut self, at: Point, name: &str) {
        self.end_text();
        let moved = match self.form.replace(at) {
            Some(before) => [at.x - before.x, before.y - at.y],
            None => {
                self.out.extend(b"q ");
                [at.x, self.up(at.y)]
            }
        };
        self.out.extend(b"1 0 0 1 ");
        self.lengths(&moved);
        self.show(name);
        self.out.push(b'\n');
    }

    /// Goes back to where everything is placed from the corner of the page.
    fn end_forms(&mut self) {
        if self.form.take().is_some() {
            self.out.extend(b"Q\n");
        }
    }

    /// Ends a matrix and shows what is named.
    fn show(&mut self, name: &str) {
        self.out.extend(b"cm/");
        self.out.extend(name.as_bytes());
        self.out.extend(b" Do");
    }

    /// Draws a shape.
    pub fn shape(&mut self, shape: &Shape) {
        self.end_forms();
        match shape {
            Shape::Glyphs { at, run } => self.run(*at, run),
            Shape::Fill(area) => self.fill(*area),
            Shape::Dots { at, width, pitch, diameter } => {
                self.dots(*at, *width, *pitch, *diameter);
            }
            Shape::Circle { centre, radius, rule, shade } => {
                self.circle(*centre, *radius, *rule, *shade);
            }
            Shape::Shaded { at, run, shade } => {
                self.end_text();
                self.shaded(*shade, |pen| {
                    pen.run(*at, run);
                    pen.end_text();
                });
            }
            Shape::Modules { area, modules } => self.modules(*area, modules),
            Shape::Watermark { at, towards, rule, run } => {
                self.watermark(*at, *towards, *rule, run);
            }
            Shape::Outline { points, rule } => self.outline(points, *rule),
            Shape::Image { area, picture } => {
                if let Some(name) = self.pictures.name(picture) {
                    self.image(*area, turn(picture), &name);
                }
            }
        }
    }

    fn fill(&mut self, area: Rect) {
        self.end_text();
        let bottom = self.up(area.at.y + area.height);
        self.lengths(&[area.at.x, bottom, area.width, area.height]);
        self.out.extend(b"re f\n");
    }

    /// Draws in another shade than black.
    fn shaded(&mut self, shade: Shade, draw: impl FnOnce(&mut Self)) {
        if shade == Shade::BLACK {
            return draw(self);
        }
        self.number(i64::from(100 - shade.0) * 10);
        self.out.extend(b" g\n");
        draw(self);
        self.out.extend(b"0 g\n");
    }

    /// A disc, or what is left of it when a smaller one is cut out.
    fn circle(
        &mut self,
        centre: Point,
        radius: Length,
        rule: Option<Length>,
        shade: Shade,
    ) {
        self.end_text();
        self.shaded(shade, |pen| {
            pen.round(centre, radius);
            if let Some(rule) = rule {
                pen.round(centre, radius - rule);
            }
            pen.out.extend(if rule.is_some() { &b"f*\n"[..] } else { b"f\n" });
        });
    }

    /// The path of a circle: four curves, none of which is off by more than 0.03 % of the
    /// radius.
    fn round(&mut self, centre: Point, radius: Length) {
        let (x, y, r) = (centre.x, self.up(centre.y), radius);
        let k = r.scale(5523, 10_000);
        self.lengths(&[x + r, y]);
        self.out.extend(b"m\n");
        for curve in [
            [x + r, y + k, x + k, y + r, x, y + r],
            [x - k, y + r, x - r, y + k, x - r, y],
            [x - r, y - k, x - k, y - r, x, y - r],
            [x + k, y - r, x + r, y - k, x + r, y],
        ] {
            self.lengths(&curve);
            self.out.extend(b"c\n");
        }
        self.out.extend(b"h\n");
    }

    /// All dark modules as one path.
    fn modules(&mut self, area: Rect, modules: &Modules) {
        self.end_text();
        let side = modules.side as i64;
        let across = |count: usize| area.width.scale(count as i64, side);
        let down = |count: usize| area.height.scale(count as i64, side);
        for (row, start, count) in modules.stretches() {
            let (left, right) = (across(start), across(start + count));
            let (top, foot) = (down(row), down(row + 1));
            let bottom = self.up(area.at.y + foot);
            self.lengths(&[area.at.x + left, bottom, right - left, foot - top]);
            self.out.extend(b"re\n");
        }
        self.out.extend(b"f\n");
    }

    /// A stroke whose dashes have no length but round ends.
    fn dots(&mut self, at: Point, width: Length, pitch: Length, diameter: Length) {
        self.end_text();
        if self.dash != Some((pitch, diameter)) {
            self.dash = Some((pitch, diameter));
            self.lengths(&[diameter]);
            self.out.extend(b"w 1 J [0 ");
            self.number(pitch.0.into());
            self.out.extend(b"] 0 d\n");
        }
        let y = self.up(at.y);
        // Half a pitch more, or rounding in the reader might lose the last dot.
        let end = at.x + width + pitch / 2;
        self.lengths(&[at.x, y]);
        self.out.extend(b"m ");
        self.lengths(&[end, y]);
        self.out.extend(b"l S\n");
    }

    /// A line through points and back to the first.
    fn outline(&mut self, points: &[Point], rule: Length) {
        self.end_text();
        self.out.extend(b"q ");
        self.lengths(&[rule]);
        self.out.extend(b"w [] 0 d\n");
        for (index, point) in points.iter().chain(points.first()).enumerate() {
            let y = self.up(point.y);
            self.lengths(&[point.x, y]);
            self.out.extend(if index == 0 { b"m " } else { b"l " });
        }
        self.out.extend(b"S Q\n");
    }

    /// A picture, which as such fills the unit square, turned and in its place.
    fn image(&mut self, area: Rect, turn: [i32; 6], name: &str) {
        self.end_text();
        let bottom = self.up(area.at.y + area.height);
        let (width, height) = (area.width, area.height);
        self.out.extend(b"q ");
        for [across, up] in [[turn[0], turn[1]], [turn[2], turn[3]]] {
            self.lengths(&[width * across, height * up]);
        }
        self.lengths(&[area.at.x + width * turn[4], bottom + height * turn[5]]);
        self.show(name);
        self.out.extend(b" Q\n");
    }

    /// Outlines of glyphs along a slanted baseline.
    fn watermark(&mut self, at: Point, towards: Point, rule: Length, run: &Run) {
        let (x, y) = (i64::from(towards.x.0), i64::from(towards.y.0));
        let way = (x * x + y * y).isqrt().max(1);
        // The cosine and the sine, in thousandths; y counts from the bottom here.
        let (along, up) =
            (Length((x * 1000 / way) as i32), Length((-y * 1000 / way) as i32));
        self.end_text();
        let font = self.font;
        self.out.extend(b"q ");
        self.lengths(&[rule]);
        self.out.extend(b"w 1 Tr\n");
        self.glyphs([along, up, -up, along], at, run);
        self.end_text();
        self.out.extend(b"Q\n");
        self.font = font;
    }

    fn run(&mut self, at: Point, run: &Run) {
        self.glyphs([Length(1000), Length::ZERO, Length::ZERO, Length(1000)], at, run);
    }

    /// Glyphs along a baseline that is turned by a matrix.
    fn glyphs(&mut self, turn: [Length; 4], at: Point, run: &Run) {
        let faces = self.faces;
        let Some(face) = faces.iter().find(|face| face.id == run.font) else { return };
        if run.glyphs.is_empty() {
            return;
        }
        if !self.in_text {
            self.out.extend(b"BT\n");
            self.in_text = true;
        }
        if self.font != Some((run.font, run.size)) {
            self.font = Some((run.font, run.size));
            self.out.push(b'/');
            self.out.extend(face.resource.as_bytes());
            self.out.push(b' ');
            self.lengths(&[run.size]);
            self.out.extend(b"Tf\n");
        }
        self.lengths(&turn);
        let y = self.up(at.y);
        self.lengths(&[at.x, y]);
        self.out.extend(b"Tm\n");
        Line { pen: self, face, run, due: 0, reached: 0, rise: Length::ZERO }.write();
    }

    fn end_text(&mut self) {
        if self.in_text {
            self.out.extend(b"ET\n");
            self.in_text = false;
        }
    }

    fn up(&self, y: Length) -> Length {
        self.height - y
    }

    /// Lengths in points, each with a space after it.
    fn lengths(&mut self, lengths: &[Length]) {
        for length in lengths {
            self.number(length.0.into());
            self.out.push(b' ');
        }
    }

    fn number(&mut self, thousandths: i64) {
        number(&mut self.out, thousandths);
    }

    /// Gets as far into the operator that shows glyphs as asked, or back out of it.
    fn part(&mut self, part: Part) {
        if self.part == Part::String && part != Part::String {
            self.out.push(b')');
        }
        if self.part != Part::None && part == Part::None {
            self.out.extend(b"]TJ\n");
        }
        if self.part == Part::None && part != Part::None {
            self.out.push(b'[');
        }
        if self.part != Part::String && part == Part::String {
            self.out.push(b'(');
        }
        self.part = part;
    }
}

/// Writes a number, given in thousandths, without zeros that say nothing.
pub(super) fn number(out: &mut Vec<u8>, thousandths: i64) {
    let size = thousandths.unsigned_abs();
    if thousandths < 0 {
        out.push(b'-');
    }
    let mut digits = [b'0'; 20];
    let (mut rest, mut first) = (size / 1000, digits.len() - 1);
    while rest > 9 {
        digits[first] = b'0' + (rest % 10) as u8;
        (rest, first) = (rest / 10, first - 1);
    }
    digits[first] = b'0' + rest as u8;
    out.extend(&digits[first..]);
    let fraction = size % 1000;
    if fraction != 0 {
        let digit = |unit: u64| b'0' + (fraction / unit % 10) as u8;
        let digits = [b'.', digit(100), digit(10), digit(1)];
        let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
        out.extend(&digits[..digits.len() - zeros]);
    }
}

/// Writes a byte of a string in brackets.
fn byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        // A reader would take it for the end of a line, and turn it into another.
        b'\r' => out.extend(b"\\r"),
        _ => out.push(byte),
    }
}

/// A run that is being written.
struct Line<'p, 'a> {
    pen: &'p mut Pen<'a>,
    face: &'a Face<'a>,
    run: &'p Run,
    /// Where the next glyph is due, right of the run's start.
    due: i64,
    /// Where the reader's pen is after what was written. Both are in billionths of a
    /// point, in which all widths and moves are whole numbers: nothing can drift.
    reached: i64,
    rise: Length,
}

impl Line<'_, '_> {
    fn write(mut self) {
        let glyphs = &self.run.glyphs;
        let mut clusters = Vec::with_capacity(glyphs.len());
        let (mut start, mut due) = (0, 0);
        while start < glyphs.len() {
            let rest = glyphs[start + 1..].iter();
            let more = rest.take_while(|glyph| glyph.text.0 == glyph.text.1).count();
            let end = start + 1 + more;
            clusters.push((start..end, due));
            due += glyphs[start..end].iter().map(|g| billionths(g.advance)).sum::<i64>();
            start = end;
        }
        // What stands from right to left is written in the order in which it is read.
        clusters.sort_by_key(|(range, _)| glyphs[range.start].text.0);
        for (range, due) in clusters {
            self.due = due;
            self.cluster(range);
        }
        self.pen.part(Part::None);
        self.raise(Length::ZERO);
    }

    /// Shows the glyphs that stand together for a text.
    fn cluster(&mut self, glyphs: Range<usize>) {
        let run = self.run;
        let glyphs = &run.glyphs[glyphs];
        let words = text(run, &glyphs[0]);
        let usual = self.face.text(self.face.code(glyphs[0].id));
        // A reader knows one text for each glyph. Where a glyph stands for another one
        // (a soft hyphen, a space that does not break) or several make up one text, it
        // is told the text.
        let told = glyphs.len() > 1 || words.is_empty() || words != usual;
        if told {
            self.pen.part(Part::None);
            self.pen.out.extend(b"/Span<</ActualText<FEFF");
            for unit in words.encode_utf16() {
                let _ = write!(self.pen.out, "{unit:04X}");
            }
            self.pen.out.extend(b">>>BDC\n");
        }
        for glyph in glyphs {
            self.glyph(glyph);
        }
        if told {
            self.pen.part(Part::None);
            self.pen.out.extend(b"EMC\n");
        }
    }

    fn glyph(&mut self, glyph: &Glyph) {
        self.raise(glyph.dy);
        self.move_to(self.due + billionths(glyph.dx));
        let code = self.face.code(glyph.id);
        self.pen.part(Part::String);
        code.to_be_bytes().into_iter().for_each(|half| byte(&mut self.pen.out, half));
        let width = self.face.widths[usize::from(code)];
        self.reached += width * i64::from(self.run.size.0);
        self.due += billionths(glyph.advance);
    }

    /// Moves the pen unless it is near enough.
    fn move_to(&mut self, place: i64) {
        let back = self.reached - place;
        let em = i64::from(self.run.size.0);
        if back.abs() <= SLACK || em <= 0 {
            return;
        }
        // Moves are in thousandths of the em, to the left. As few decimals are written
        // as bring the pen to the layout's own precision.
        let rounded = |step: i64| {
            let half = em * step / 2 * back.signum();
            (back + half) / (em * step) * step
        };
        let moves = [1000, 100, 10, 1].map(rounded);
        let exact = moves.into_iter().find(|by| (back - by * em).abs() <= SLACK / 4);
        let by = exact.unwrap_or(moves[3]);
        if by != 0 {
            self.pen.part(Part::List);
            self.pen.number(by);
            self.reached -= by * em;
        }
    }

    fn raise(&mut self, rise: Length) {
        if self.rise != rise {
            self.rise = rise;
            self.pen.part(Part::None);
            self.pen.lengths(&[rise]);
            self.pen.out.extend(b"Ts\n");
        }
    }
}

fn billionths(length: Length) -> i64 {
    i64::from(length.0) * 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Role;
    use crate::render::fonts::collect;
    use crate::render::pieces::Pieces;
    use crate::render::tests::{area, at, fonts, mark, pages, run};

    fn drawn(shapes: Vec<Shape>) -> String {
        let mut pieces = Pieces::default();
        let marks = shapes.iter().map(|shape| mark(Role::Body, 0, shape.clone()));
        let pages = pages(vec![marks.collect()]);
        pieces.page(pages.pages[0].clone());
        let faces = collect(&pieces, &fonts()).unwrap();
        let pictures = Pictures::collect(&pieces);
        let mut pen = Pen::new(pages.pages[0].height, &faces, &pictures);
        shapes.iter().for_each(|shape| pen.shape(shape));
        String::from_utf8(pen.finish()).unwrap()
    }

    #[test]
    fn numbers_are_exact_and_short() {
        let fill = |x, y, width, height| Shape::Fill(area(x, y, width, height));
        assert_eq!(drawn(vec![fill(0, 0, 1, 841_890)]), "0 0 0.001 841.89 re f\n");
        let outside = fill(-1, 841_895, 100_000, 500);
        assert_eq!(drawn(vec![outside]), "-0.001 -0.505 100 0.5 re f\n");
    }

    #[test]
    fn bytes_that_mean_something_in_strings_are_marked() {
        let mut out = Vec::new();
        b"a(b)c\\d\r\n\0\xff".iter().for_each(|&one| byte(&mut out, one));
        assert_eq!(out, b"a\\(b\\)c\\\\d\\r\n\0\xff");
    }

    #[test]
    fn dots_are_dashes_without_length() {
        let dots = |y| Shape::Dots {
            at: at(10_000, y),
            width: Length(30_000),
            pitch: Length(3000),
            diameter: Length(800),
        };
        let expected = "0.8 w 1 J [0 3] 0 d\n\
                        10 741.89 m 41.5 741.89 l S\n\
                        10 641.89 m 41.5 641.89 l S\n";
        assert_eq!(drawn(vec![dots(100_000), dots(200_000)]), expected);
    }

    #[test]
    fn glyphs_share_a_font_and_a_list() {
        let line = |y, text| Shape::Glyphs {
            at: at(10_000, y),
            run: run(0, Length(10_000), text),
        };
        // "AV" is kerned by 264 of 2048 units, which is 128.906 thousandths.
        let expected = "BT\n/T0 10 Tf\n\
                        1 0 0 1 10 741.89 Tm\n[(\0\x01)128.9(\0\x02)]TJ\n\
                        1 0 0 1 10 641.89 Tm\n[(\0\x03\0\x03)]TJ\nET\n";
        assert_eq!(drawn(vec![line(100_000, "AV"), line(200_000, "bb")]), expected);
    }

    #[test]
    fn forms_are_placed_from_one_to_the_next() {
        let pieces = Pieces::default();
        let pictures = Pictures::collect(&pieces);
        let mut pen = Pen::new(Length(800_000), &[], &pictures);
        pen.form(at(50_000, 100_000), "X0");
        pen.form(at(65_500, 100_000), "X1");
        pen.form(at(50_000, 120_000), "X0");
        pen.shape(&Shape::Fill(area(0, 0, 1000, 1000)));
        pen.form(at(50_000, 100_000), "X0");
        let expected = "q 1 0 0 1 50 700 cm/X0 Do\n\
                        1 0 0 1 15.5 0 cm/X1 Do\n\
                        1 0 0 1 -15.5 -20 cm/X0 Do\n\
                        Q\n0 799 1 1 re f\n\
                        q 1 0 0 1 50 700 cm/X0 Do\nQ\n";
        assert_eq!(String::from_utf8(pen.finish()).unwrap(), expected);
    }

    #[test]
    fn nothing_is_written_for_an_empty_page() {
        assert_eq!(drawn(Vec::new()), "");
        let empty = Shape::Glyphs { at: at(0, 0), run: run(0, Length(9000), "") };
        assert_eq!(drawn(vec![empty]), "");
    }
}
