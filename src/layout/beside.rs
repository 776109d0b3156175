//! Blocks side by side.

use crate::layout::stack::{Compositor, Strip};
use crate::length::Length;
use crate::sheet::Block;

impl Compositor<'_> {
    /// Sets blocks in columns of the same width, side by side. Where they are taller than a
    /// page, they stand below each other.
    pub fn beside(&mut self, columns: &[Vec<Block>], width: Length) -> Vec<Strip> {
        let gap = self.theme.columns.gap;
        let count = columns.len().max(1) as i32;
        let column = (width - gap * (count - 1)) / count;
        let mut joined: Option<Strip> = None;
        for (index, blocks) in columns.iter().enumerate() {
            let mut strip = Strip::join(self.blocks(blocks, column));
            strip.gap = Length::ZERO;
            strip.shift((column + gap) * index as i32, Length::ZERO);
            match &mut joined {
                Some(joined) => joined.put_beside(strip),
                None => joined = Some(strip),
            }
        }
        match joined {
            Some(joined) if joined.height <= self.page - self.kept => vec![joined],
            _ => self.blocks(&columns.concat(), width),
        }
    }
}
