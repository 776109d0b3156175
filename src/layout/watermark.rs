//! The watermark: outlined words across a page, from corner to corner.

use std::sync::Arc;

use crate::layout::breaks::{Ends, Measure};
use crate::layout::stack::{Compositor, bold};
use crate::layout::typesetter::TextStyle;
use crate::layout::{Mark, Role, Shape};
use crate::length::{Length, Point};
use crate::text::Text;

impl Compositor<'_> {
    /// Sets words across an area, rising from its lower left to its upper right corner.
    /// They fill two thirds of that way, unless the theme has them smaller.
    pub fn watermark(&mut self, text: &Text, width: Length, height: Length) -> Vec<Mark> {
        let (theme, text) = (&self.theme.watermark, bold(text));
        let way = Length(hypotenuse(width, height));
        let mut style = TextStyle {
            heading: true,
            size: theme.size,
            underline: theme.rule,
            italics: self.theme.sizes.italics,
            language: self.language,
        };
        let natural = self.typesetter.widths(&text, style).natural;
        if natural > way * 2 / 3 {
            style.size = style.size.scale(i64::from(way.0) * 2 / 3, natural.0.into());
        }
        let (short, ends) = (Length::ZERO, Ends::Ragged);
        let measure = Measure { width: way, short, ends, hyphens: false };
        let lines = self.typesetter.set(&text, style, measure);
        let Some(line) = lines.first() else { return Vec::new() };
        let towards = Point { x: width, y: -height };
        let along = |by: Length| Point {
            x: by.scale(towards.x.0.into(), way.0.into()),
            y: by.scale(towards.y.0.into(), way.0.into()),
        };
        // The middle of the words stands in the middle of the area.
        let drop = along(self.typesetter.cap_height(style.size) / 2);
        let mark = |(x, run): &(Length, Arc<_>)| {
            let start = along(*x - line.width / 2);
            let at = Point {
                x: width / 2 + start.x - drop.y,
                y: height / 2 + start.y + drop.x,
            };
            let run = Arc::clone(run);
            let shape = Shape::Watermark { at, towards, rule: theme.rule, run };
            Mark { block: None, role: Role::Artifact, shape }
        };
        line.runs.iter().map(mark).collect()
    }
}

/// The longest side of a triangle with a right angle, in thousandths of a point.
fn hypotenuse(width: Length, height: Length) -> i32 {
    let (width, height) = (i64::from(width.0), i64::from(height.0));
    (width * width + height * height).isqrt() as i32
}
