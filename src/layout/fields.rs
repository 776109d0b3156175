//! Labelled values side by side, with their colons aligned.

use crate::layout::stack::{Compositor, Setting, Strip};
use crate::layout::{Mark, Role, Shape};
use crate::length::{Length, Point};
use crate::sheet::{Align, Field, Fields};
use crate::text::Text;

impl Compositor<'_> {
    /// Sets columns of labelled values row by row, or below each other where one of them
    /// is too narrow for its labels.
    pub fn fields(&mut self, fields: &Fields, width: Length) -> Vec<Strip> {
        let count = fields.columns.len() as i32;
        let pitch = (width + self.theme.fields.column) / count.max(1);
        let column = pitch - self.theme.fields.column;
        let most = column - self.theme.fields.value;
        if count > 1 && fields.columns.iter().any(|fields| self.labels(fields) > most) {
            return self
                .fields(&Fields { columns: vec![fields.columns.concat()] }, width);
        }
        let labels: Vec<Length> = (fields.columns.iter())
            .map(|fields| self.labels(fields).min(most.max(column / 2)))
            .collect();
        let rows = fields.columns.iter().map(Vec::len).max().unwrap_or(0);
        let mut strips = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut strip = Strip { gap: self.theme.fields.row, ..Strip::default() };
            for (index, fields) in fields.columns.iter().enumerate() {
                let Some(field) = fields.get(row) else { continue };
                let mut cell = self.field(field, labels[index], column);
                cell.shift(pitch * index as i32, Length::ZERO);
                strip.put_beside(cell);
            }
            strips.push(strip);
        }
        self.whole(strips)
    }

    /// How wide the widest label is.
    fn labels(&mut self, fields: &[Field]) -> Length {
        let size = self.theme.sizes.body;
        let widths = fields.iter().map(|field| self.widths(&field.label, size).natural);
        widths.max().unwrap_or_default()
    }

    /// Sets a label, its colon, and a value or dots.
    fn field(&mut self, field: &Field, label: Length, width: Length) -> Strip {
        let size = self.theme.sizes.body;
        let (align, role) = (Align::Left, Role::Label);
        let setting = Setting { size, width: label, align, role };
        let mut strip = Strip::join(self.text(&field.label, setting));

        let colon = Text::plain(":");
        let gap = self.theme.fields.colon;
        let colon_width = self.widths(&colon, size).natural;
        let mut mark =
            Strip::join(self.text(&colon, Setting { width: colon_width, ..setting }));
        mark.shift(label + gap, Length::ZERO);
        strip.put_beside(mark);

        let left = label + gap + colon_width + gap;
        match &field.value {
            Some(value) => {
                // What reads from right to left stays beside its label if it has but one line.
                let natural = self.widths(value, size).natural;
                let (width, role) = ((width - left).min(natural), Role::Body);
                let setting = Setting { size, width, align, role };
                let mut value = Strip::join(self.text(value, setting));
                value.shift(left, Length::ZERO);
                strip.put_beside(value);
            }
            None => {
                let y = self.baseline(size);
                strip.marks.extend(self.dots(left, width, y));
            }
        }
        strip
    }

    /// Dots to write on, flush at the right.
    pub fn dots(&self, left: Length, right: Length, y: Length) -> Option<Mark> {
        let (pitch, diameter) = (self.theme.dots.pitch, self.theme.dots.diameter);
        let steps = (right - left - diameter).0.div_euclid(pitch.0);
        let width = pitch * steps;
        let at = Point { x: right - diameter / 2 - width, y };
        let shape = Shape::Dots { at, width, pitch, diameter };
        (steps > 0).then_some(Mark { block: None, role: Role::Artifact, shape })
    }
}
