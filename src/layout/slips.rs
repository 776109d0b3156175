//! Slips: pages that are cut into parts of one size.

use crate::layout::stack::{Compositor, Misfit, Strip, height};
use crate::length::Length;
use crate::sheet::{Slip, Slips};

impl Compositor<'_> {
    /// Fills pages with slips of one size, each page followed by the backs of its slips if
    /// they have any: mirrored, so that they lie behind their fronts when the paper is
    /// turned over its long side.
    ///
    /// As many as are wanted stand on a page, or fewer if these do not fit. Slips that are
    /// all the same fill one page, which is copied.
    pub fn slips(&mut self, slips: &Slips, width: Length) -> Vec<Strip> {
        let mut across = slips.across.max(1);
        // What touches the lower line can be cut all the same.
        let room = self.page + self.theme.frame.padding;
        let before = self.misfit.take();
        let (mut fronts, mut backs, mut tallest) = self.set_slips(slips, across, width);
        while across > 1 && (tallest > room || self.misfit.is_some()) {
            across -= 1;
            self.misfit = None;
            (fronts, backs, tallest) = self.set_slips(slips, across, width);
        }
        if tallest > room {
            self.misfit = Some(Misfit::Slip);
        }
        self.misfit = self.misfit.or(before);
        let fitting = (self.page.0 / tallest.0.max(1)).max(1) as usize;
        let down = slips.down.clamp(1, fitting);
        if slips.slips.windows(2).all(|pair| pair[0] == pair[1]) {
            fronts.truncate(across * down);
            backs.truncate(across * down);
        }
        let size = (width / across as i32, self.page / down as i32);
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

    /// Sets the fronts and the backs of slips of which so many stand side by side, and says
    /// how high the highest is.
    fn set_slips(
        &mut self,
        slips: &Slips,
        across: usize,
        width: Length,
    ) -> (Vec<Strip>, Vec<Strip>, Length) {
        let padding = self.theme.frame.padding * 2;
        let inner = width / across as i32 - padding;
        let mut set = |blocks: &[_]| Strip::join(self.inner_blocks(blocks, inner));
        let fronts: Vec<Strip> = slips.slips.iter().map(|s| set(&s.front)).collect();
        let backs: Vec<Strip> = slips.slips.iter().map(|s| set(&s.back)).collect();
        let tallest = fronts.iter().chain(&backs).map(|strip| strip.height).max();
        (fronts, backs, tallest.unwrap_or_default() + padding)
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
