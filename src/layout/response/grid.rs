//! What is marked or written: grids of choices, lines, and spaces.

use crate::layout::stack::Strip;
use crate::length::{Length, Point};
use crate::sheet::{Align, Form, Response, ResponseKind};
use crate::text::Text;

use super::{BODY, MARGIN, Plate, RULE, SMALL, State};

/// From one line to write on to the next.
pub const LINE: Length = Length::mm(8);

/// How wide a column of lines is at least.
const LEAST_LINE: Length = Length::mm(60);

/// How many rows are counted together.
const FIVE: usize = 5;

/// How far columns are apart at most.
const APART: Length = Length::mm(9);

/// From a label to what it numbers.
const AFTER_LABEL: Length = Length::mm(1);

/// The letters of a response, and the indices of those that are right.
fn choices(response: &Response) -> (&[String], &[usize]) {
    match &response.kind {
        ResponseKind::Choices { letters, right } => (letters, right),
        ResponseKind::Line | ResponseKind::Space(_) => (&[], &[]),
    }
}

impl Plate<'_> {
    /// Sets rows of choices in columns, which are filled one after the other.
    pub(super) fn grid(&mut self, responses: &[Response]) {
        let (across, down) = self.pitch();
        let before = match self.sheet.form {
            Form::Bubble => Length::ZERO,
            Form::Crossing => AFTER_LABEL,
        };
        let label = before + self.label(responses) + AFTER_LABEL;
        let most = responses.iter().map(|response| choices(response).0.len()).max();
        let block = label + across * most.unwrap_or(0) as i32;
        let columns = (self.width().0 / block.0) as usize;
        if columns == 0 {
            self.cramped = true;
            return;
        }
        let mut rest = responses;
        while !rest.is_empty() {
            self.need(down);
            let fit = (self.room().0 / down.0) as usize;
            let least = rest.len().div_ceil(columns);
            let fives = least.max(self.rows.min(rest.len())).next_multiple_of(FIVE);
            let rows = if self.rows > 1 && fives <= fit { fives } else { least };
            let rows = rows.min(fit).min(rest.len());
            let (now, later) = rest.split_at(rest.len().min(rows * columns));
            let pitch = self.width() / now.len().div_ceil(rows) as i32;
            let pitch = pitch.min(block + APART);
            for (column, responses) in now.chunks(rows).enumerate() {
                let x = MARGIN + pitch * column as i32;
                let at = Point { x, y: self.y };
                self.column(responses, at, label);
            }
            self.y += down * rows as i32;
            rest = later;
        }
    }

    /// Sets rows below each other.
    fn column(&mut self, responses: &[Response], at: Point, label: Length) {
        let (across, down) = self.pitch();
        for (row, response) in responses.iter().enumerate() {
            let (letters, right) = choices(response);
            let top = at.y + down * row as i32;
            let width = label - AFTER_LABEL;
            let strip =
                self.text(&Text::bold(&response.label), width, SMALL, Align::Right);
            let y = top + (down - strip.height) / 2;
            self.print(strip.marks, Point { x: at.x, y });
            let bubble = |(index, letter): (usize, &String)| {
                let x = at.x + label + across * index as i32 + across / 2;
                let state =
                    if right.contains(&index) { State::Right } else { State::Open };
                (letter.clone(), Point { x, y: top + down / 2 }, state)
            };
            let drawn = letters.iter().enumerate().map(bubble).collect();
            self.bubbles(response.target, drawn);
            if self.sheet.form == Form::Crossing {
                self.cells(Point { x: at.x, y: top }, label, letters.len());
            }
        }
    }

    /// Draws the cells of a row: one for its label, and one for each letter.
    fn cells(&mut self, at: Point, label: Length, count: usize) {
        let (across, down) = self.pitch();
        let width = label + across * count as i32;
        for y in [at.y, at.y + down] {
            self.rule(at.x, y, width + RULE, RULE);
        }
        self.rule(at.x, at.y, RULE, down);
        for index in 0..=count {
            self.rule(at.x + label + across * index as i32, at.y, RULE, down);
        }
    }

    /// How wide the widest label is.
    fn label(&mut self, responses: &[Response]) -> Length {
        let widths = responses.iter().map(|response| {
            self.compositor.widths(&Text::bold(&response.label), SMALL).natural
        });
        widths.max().unwrap_or_default().max(Length::mm(4))
    }

    /// Sets lines to write a few words on, in two columns where there is room.
    pub(super) fn lines(&mut self, responses: &[Response]) {
        let gap = Length::mm(5);
        let label = self.label(responses) + AFTER_LABEL * 2;
        let columns = if self.width() >= LEAST_LINE * 2 + gap { 2 } else { 1 };
        let width = (self.width() - gap * (columns - 1)) / columns;
        let mut rest = responses;
        while !rest.is_empty() {
            self.need(LINE);
            let fit = (self.room().0 / LINE.0) as usize;
            let rows = rest.len().div_ceil(columns as usize).min(fit);
            let (now, later) = rest.split_at(rest.len().min(rows * columns as usize));
            for (index, response) in now.iter().enumerate() {
                let (column, row) = ((index / rows) as i32, (index % rows) as i32);
                let x = MARGIN + (width + gap) * column;
                let y = self.y + LINE * row;
                self.dotted(&response.label, Point { x, y }, label, width);
            }
            self.y += LINE * rows as i32;
            rest = later;
        }
    }

    /// Sets a label and a line to write on.
    fn dotted(&mut self, label: &str, at: Point, left: Length, width: Length) {
        let width_of_label = left - AFTER_LABEL * 2;
        let strip = self.text(&Text::bold(label), width_of_label, SMALL, Align::Right);
        let foot = LINE - Length::mm(1);
        let baseline = strip.baseline.unwrap_or_default();
        self.print(strip.marks, Point { x: at.x, y: at.y + foot - baseline });
        let dots = self.compositor.dots(left, width, foot);
        self.print(dots.into_iter().collect(), at);
    }

    /// Sets spaces to write sentences in, each with its number at its left.
    pub(super) fn spaces(&mut self, responses: &[Response]) {
        let label = self.label(responses) + AFTER_LABEL * 2;
        for response in responses {
            let ResponseKind::Space(space) = response.kind else { continue };
            let strips = self.compositor.space(space, self.width() - label);
            for (index, strip) in strips.into_iter().enumerate() {
                self.need(strip.height);
                let strip = self.grown(strip);
                if index == 0 {
                    let text = Text::bold(&response.label);
                    let number = self.text(&text, self.width(), BODY, Align::Left);
                    self.print(number.marks, Point { x: MARGIN, y: self.y });
                }
                let at = Point { x: MARGIN + label, y: self.y };
                self.print(strip.marks, at);
                self.y += strip.height;
            }
        }
    }

    /// The same strip, as tall as what is left of the page if it grows.
    fn grown(&self, mut strip: Strip) -> Strip {
        if !strip.spaces.is_empty() {
            let more = self.room() - strip.height;
            strip.stretch(more, &self.compositor.theme.space);
        }
        strip
    }
}
