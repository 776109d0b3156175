//! Frames around blocks.

use crate::layout::stack::{Compositor, Strip};
use crate::length::Length;
use crate::sheet::Block;

impl Compositor<'_> {
    /// Draws a frame around blocks. On several pages it is open where it is cut.
    pub fn frame(&mut self, blocks: &[Block], width: Length) -> Vec<Strip> {
        let rule = self.theme.frame.rule;
        let inset = self.theme.frame.padding + rule;
        let mut strips = self.inner_blocks(blocks, width - inset * 2);
        // The gaps become part of the strips, so that the sides run through them.
        for strip in &mut strips {
            strip.raise(strip.gap);
            strip.gap = Length::ZERO;
            strip.shift(inset, Length::ZERO);
        }
        if let Some(first) = strips.first_mut() {
            first.raise(inset);
        }
        if let Some(last) = strips.last_mut() {
            last.height += inset;
        }
        let mut strips = self.whole(strips);
        // What it starts with is not cut off alone.
        if let [first, _, ..] = &mut strips[..] {
            first.keep = true;
        }
        for strip in &mut strips {
            strip.fill(Length::ZERO, Length::ZERO, rule, strip.height);
            strip.fill(width - rule, Length::ZERO, rule, strip.height);
        }
        if let Some(first) = strips.first_mut() {
            first.fill(Length::ZERO, Length::ZERO, width, rule);
        }
        if let Some(last) = strips.last_mut() {
            last.fill(Length::ZERO, last.height - rule, width, rule);
        }
        strips
    }
}
