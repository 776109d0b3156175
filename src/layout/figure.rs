//! Pictures with their captions, scaled to their column.

use std::sync::Arc;

use crate::layout::stack::{Compositor, Setting, Strip, height};
use crate::layout::{Mark, Role, Shape};
use crate::length::{Length, Point, Rect};
use crate::picture::Picture;
use crate::sheet::{Align, Block, Figure};

/// How much of its height a picture keeps at least when it makes room.
const LEAST_SHARE: i32 = 3;

impl Compositor<'_> {
    /// Sets a picture above its caption. It is no wider than the column.
    pub fn figure(&mut self, figure: &Figure, width: Length) -> Vec<Strip> {
        let theme = &self.theme.picture;
        let (wish, height) = match figure.width {
            Some(width) => (width, self.tallest),
            None => (figure.picture.natural_width(), self.tallest.min(theme.height)),
        };
        let (across, down) = fit(&figure.picture, (wish.min(width), height));
        let x = if theme.centred { (width - across) / 2 } else { Length::ZERO };
        let area = Rect { at: Point { x, y: Length::ZERO }, width: across, height: down };
        let mark = self.image(&figure.picture, area);
        let mut strips = vec![Strip { height: down, ..Strip::default() }];
        strips[0].marks.push(mark);
        if let Some(caption) = &figure.caption {
            let align = if theme.centred { Align::Centre } else { Align::Left };
            let size = self.theme.sizes.small;
            let setting = Setting { size, width, align, role: Role::Body };
            let mut lines = self.text(caption, setting);
            lines[0].gap = theme.caption;
            strips.append(&mut lines);
        }
        let mut strip = Strip::join(strips);
        // Whatever stands beside it does so by its first line.
        strip.baseline = None;
        vec![strip]
    }

    /// Draws a picture, with as many pixels as can be printed.
    pub fn image(&mut self, picture: &Arc<Picture>, area: Rect) -> Mark {
        let picture = self.typesetter.scaled(picture, area.width, area.height);
        let shape = Shape::Image { area, picture };
        Mark { block: None, role: Role::Figure, shape }
    }

    /// Sets blocks that another block holds. If they are taller than a page, their pictures
    /// make room as far as they can.
    pub fn page_high(&mut self, blocks: &[Block], width: Length) -> Vec<Strip> {
        let strips = self.inner_blocks(blocks, width);
        let over = height(&strips) - self.page;
        if over <= Length::ZERO {
            return strips;
        }
        let shown = strips.iter().flat_map(|strip| &strip.marks);
        let tallest = shown.filter_map(image_height).max().unwrap_or_default();
        let left = tallest - over;
        if left < tallest / LEAST_SHARE {
            return strips;
        }
        let before = std::mem::replace(&mut self.tallest, left);
        let strips = self.inner_blocks(blocks, width);
        self.tallest = before;
        strips
    }
}

fn image_height(mark: &Mark) -> Option<Length> {
    match mark.shape {
        Shape::Image { area, .. } => Some(area.height),
        _ => None,
    }
}

/// The size of a picture within a width and a height.
pub(super) fn fit(
    picture: &Picture,
    (width, height): (Length, Length),
) -> (Length, Length) {
    let (across, down) = (i64::from(picture.width), i64::from(picture.height));
    let part = |length: Length, of: i64, whole: i64| {
        (i64::from(length.0) * of + whole / 2) / whole.max(1)
    };
    let tall = part(width, down, across);
    match tall <= i64::from(height.0) {
        true => (width, Length(tall.max(1) as i32)),
        false => (Length(part(height, across, down).max(1) as i32), height),
    }
}
