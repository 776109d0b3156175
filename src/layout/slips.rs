//! Slips: pages that are cut into parts of one size.

use crate::layout::stack::{Compositor, Strip, height};
use crate::length::Length;
use crate::sheet::{Slip, Slips};

impl Compositor<'_> {
    /// Fills pages with slips of one size, each page followed by the backs of its slips if
    /// they have any: mirrored, so that they lie behind their fronts when the paper is
    /// turned over its long side.
    pub fn slips(&mut self, slips: &Slips, width: Length) -> Vec<Strip> {
        let across = slips.across.max(1);
        let padding = self.theme.frame.padding;
        let part = width / across as i32;
        let inner = part - padding * 2;
        let mut set = |blocks: &[_]| Strip::join(self.inner_blocks(blocks, inner));
        let fronts: Vec<Strip> = slips.slips.iter().map(|s| set(&s.front)).collect();
        let backs: Vec<Strip> = slips.slips.iter().map(|s| set(&s.back)).collect();
        let tallest = fronts.iter().chain(&backs).map(|strip| strip.height).max();
        let tallest = tallest.unwrap_or_default() + padding * 2;
        // As many as are wanted, if that many fit.
        let fitting = (self.page.0 / tallest.0.max(1)).max(1) as usize;
        let down = slips.down.clamp(1, fitting);
        let size = (part, self.page / down as i32);
        let double = slips.slips.iter().any(|slip: &Slip| !slip.back.is_empty());
        let mut pages = Vec::new();
        for (front, back) in fronts.chunks(across * down).zip(backs.chunks(across * down))
        {
            pages.push(self.page_of(front, across, size, slips.centred, false));
            if double {
                pages.push(self.page_of(back, across, size, slips.centred, true));
            }
        }
        pages
    }

    /// A page of slips with the lines along which they are cut.
    fn page_of(
        &self,
        slips: &[Strip],
        across: usize,
        (part, tall): (Length, Length),
        centred: bool,
        mirrored: bool,
    ) -> Strip {
        let padding = self.theme.frame.padding;
        let mut page = Strip { height: self.page, ..Strip::default() };
        for (index, slip) in slips.iter().enumerate() {
            let (row, column) = (index / across, index % across);
            let column = if mirrored { across - 1 - column } else { column };
            let mut slip = slip.clone();
            let free = tall - padding * 2 - height(std::slice::from_ref(&slip));
            let drop = if centred { free / 2 } else { Length::ZERO };
            let (x, y) = (part * column as i32, tall * row as i32);
            slip.shift(x + padding, y + padding + drop);
            page.marks.append(&mut slip.marks);
        }
        let rows = slips.len().div_ceil(across);
        let (wide, high) = (part * across as i32, tall * rows as i32);
        let rule = self.theme.table.rule;
        for row in 0..=rows {
            page.fill(Length::ZERO, (tall * row as i32).min(high - rule), wide, rule);
        }
        for column in 0..=across {
            page.fill((part * column as i32).min(wide - rule), Length::ZERO, rule, high);
        }
        page
    }
}
