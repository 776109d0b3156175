//! Space to write in: lines, boxes and squares, some of which grow with the page.

use crate::layout::stack::{Compositor, Strip};
use crate::length::{Length, Point, Rect};
use crate::space::{Extent, Ruling, Space};
use crate::theme::SpaceTheme;

/// A space that grows with what the page leaves, not yet ruled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    /// What it takes at least.
    pub area: Rect,
    /// How it is ruled.
    pub ruling: Ruling,
}

impl Compositor<'_> {
    /// Rules space to write in.
    pub fn space(&mut self, space: Space, width: Length) -> Vec<Strip> {
        let theme = &self.theme.space;
        let mut strips = match (space.ruling, space.extent) {
            (Ruling::Lines, Extent::Lines(count)) => ruled_lines(theme, count, width),
            (Ruling::Lines, Extent::Height(height)) => {
                ruled_lines(theme, (height.0 / theme.pitch.0).max(1) as u32, width)
            }
            (ruling, Extent::Lines(count)) => {
                vec![self.area(ruling, theme.pitch * count as i32, width)]
            }
            (ruling, Extent::Height(height)) => vec![self.area(ruling, height, width)],
            (ruling, Extent::Rest) => {
                let height = theme.pitch;
                let at = Point::default();
                let area = Rect { at, width, height };
                let spaces = vec![Stretch { area, ruling }];
                vec![Strip { height, spaces, ..Strip::default() }]
            }
        };
        if let Some(last) = strips.last_mut() {
            last.height += theme.below;
        }
        strips
    }

    /// A space of one piece, no taller than a page.
    fn area(&self, ruling: Ruling, height: Length, width: Length) -> Strip {
        let height = height.min(self.page - self.kept - self.theme.space.below);
        let mut strip = Strip { height, ..Strip::default() };
        let area = Rect { at: Point::default(), width, height };
        rule(&mut strip, ruling, area, &self.theme.space);
        strip
    }
}

impl Strip {
    /// Makes each of the strip's spaces taller, with all that stands below it, and rules
    /// them.
    pub fn stretch(&mut self, by: Length, theme: &SpaceTheme) {
        for mut space in std::mem::take(&mut self.spaces).into_iter().rev() {
            let foot = space.area.at.y + space.area.height;
            for mark in self.marks.iter_mut().filter(|mark| mark.top() >= foot) {
                mark.shift(Length::ZERO, by);
            }
            space.area.height += by;
            rule(self, space.ruling, space.area, theme);
            self.height += by;
        }
    }
}

/// Lines to write on, each a strip.
fn ruled_lines(theme: &SpaceTheme, count: u32, width: Length) -> Vec<Strip> {
    let foot = theme.pitch - theme.rule;
    let mut line =
        Strip { height: theme.pitch, baseline: Some(foot), ..Strip::default() };
    line.fill(Length::ZERO, foot, width, theme.rule);
    vec![line; count as usize]
}

/// Rules an area of a strip.
fn rule(strip: &mut Strip, ruling: Ruling, area: Rect, theme: &SpaceTheme) {
    let Rect { at, width, height } = area;
    match ruling {
        Ruling::Blank => {}
        Ruling::Lines => {
            for line in 1..=height.0 / theme.pitch.0 {
                strip.fill(
                    at.x,
                    at.y + theme.pitch * line - theme.rule,
                    width,
                    theme.rule,
                );
            }
        }
        Ruling::Box => {
            strip.fill(at.x, at.y, width, theme.rule);
            strip.fill(at.x, at.y + height - theme.rule, width, theme.rule);
            strip.fill(at.x, at.y, theme.rule, height);
            strip.fill(at.x + width - theme.rule, at.y, theme.rule, height);
        }
        Ruling::Squares => {
            // Whole squares only.
            let (inner_width, inner_height) = (width - theme.rule, height - theme.rule);
            let (columns, rows) =
                (inner_width.0 / theme.square.0, inner_height.0 / theme.square.0);
            let (wide, tall) = (theme.square * columns, theme.square * rows);
            for row in 0..=rows {
                strip.fill(
                    at.x,
                    at.y + theme.square * row,
                    wide + theme.rule,
                    theme.rule,
                );
            }
            for column in 0..=columns {
                strip.fill(
                    at.x + theme.square * column,
                    at.y,
                    theme.rule,
                    tall + theme.rule,
                );
            }
        }
    }
}
