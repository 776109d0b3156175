//! Stacks become pages.

use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::stack::{Compositor, Strip};
use crate::layout::typesetter::Typesetter;
use crate::layout::{Mark, Page, Pages};
use crate::length::Length;
use crate::paper::Paper;
use crate::sheet::{Orientation, Sheet};
use crate::theme::Theme;

/// Lays a sheet out on pages of a paper.
///
/// Every block is set as a stack of strips, the strips are packed into pages, and when
/// the number of pages is known, the footers are set.
pub fn lay_out(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    typesetter: &mut Typesetter,
) -> Checked<Pages> {
    let (width, height) = match sheet.orientation {
        Orientation::Portrait => (paper.width, paper.height),
        Orientation::Landscape => (paper.height, paper.width),
    };
    let margins = &theme.margins;
    let column = width - margins.left - margins.right;
    let room = height - margins.top - margins.bottom;
    if column <= Length::ZERO || room <= Length::ZERO {
        return Err(vec![no_room(paper)]);
    }
    let mut compositor = Compositor { theme, typesetter, page: room, depth: 0 };
    let mut strips = Vec::new();
    for (index, block) in sheet.blocks.iter().enumerate() {
        for strip in compositor.block(block, column) {
            strips.push(Strip { block: Some(index as u32), ..strip });
        }
    }
    let packed = pack(&strips, room);
    let mut pages = Vec::with_capacity(packed.len());
    for (index, range) in packed.iter().enumerate() {
        let mut marks = place(&strips[range.clone()]);
        let footer = compositor.footer(&sheet.footer, index + 1, packed.len(), column);
        marks.extend(footer.into_iter().map(|mark| moved(mark, Length::ZERO, room)));
        let place = |mark| moved(mark, margins.left, margins.top);
        let marks = marks.into_iter().map(place).collect();
        pages.push(Page { width, height, marks });
    }
    let missing = typesetter.take_missing();
    if !missing.is_empty() {
        return Err(missing);
    }
    Ok(Pages { title: sheet.title.clone(), language: sheet.language, pages })
}

/// Packs strips into pages; there is at least one page.
fn pack(strips: &[Strip], room: Length) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    while start < strips.len() || pages.is_empty() {
        let end = start + fill(&strips[start..], room);
        pages.push(start..end);
        start = end;
    }
    pages
}

/// How many strips a page takes: as many as fit, up to the last place where it may
/// break. Where it may not break at all it breaks at the last place, and a strip that
/// does not fit on any page gets its own.
fn fill(strips: &[Strip], room: Length) -> usize {
    let mut bottom = Length::ZERO;
    let fits = |(index, strip): &(usize, &Strip)| {
        bottom += if *index == 0 { head_height(strip) } else { strip.gap };
        bottom += strip.height;
        *index == 0 || bottom <= room
    };
    let count = strips.iter().enumerate().take_while(fits).count();
    if count == strips.len() {
        return count;
    }
    (1..=count).rev().find(|&count| !strips[count - 1].keep).unwrap_or(count)
}

/// Places the strips of a page below each other.
fn place(strips: &[Strip]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut y = Length::ZERO;
    for (index, strip) in strips.iter().enumerate() {
        let put = |marks: &mut Vec<Mark>, part: &Strip, y| {
            let mine = part.marks.iter().cloned();
            let mine = mine.map(|mark| Mark { block: strip.block, ..mark });
            marks.extend(mine.map(|mark| moved(mark, Length::ZERO, y)));
        };
        if index > 0 {
            y += strip.gap;
        } else if let Some(head) = &strip.head {
            put(&mut marks, head, y);
            y += head.height;
        }
        put(&mut marks, strip, y);
        y += strip.height;
    }
    marks
}

fn head_height(strip: &Strip) -> Length {
    strip.head.as_ref().map_or(Length::ZERO, |head| head.height)
}

fn moved(mut mark: Mark, dx: Length, dy: Length) -> Mark {
    mark.shift(dx, dy);
    mark
}

fn no_room(paper: &Paper) -> Diagnostic {
    let name = &paper.name;
    Diagnostic::error(format!("the margins leave no room on paper `{name}`"))
        .hint("choose larger paper, or a theme with narrower margins")
}
