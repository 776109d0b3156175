//! Stacks become pages.

use std::ops::Range;

use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::stack::{Compositor, Misfit, Strip, height};
use crate::layout::typesetter::Typesetter;
use crate::layout::{Mark, Page, Pages, Role, Shape};
use crate::length::{Length, Point, Rect};
use crate::paper::Paper;
use crate::sheet::{Block, Orientation, Sheet};
use crate::theme::Theme;

/// How many ems of type a column of questions holds at least.
const LEAST_COLUMN: i32 = 10;

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
    let Rect { at, width, height } = type_area(sheet, theme, paper)?;
    let mut compositor = Compositor::new(theme, typesetter, height, sheet.language);
    let mut packer = Packer::new(sheet, &mut compositor, width);
    if let Some(misfit) = compositor.misfit {
        return Err(vec![too_small(misfit, paper)]);
    }
    let packed = packer.pages();
    let mut pages = Vec::with_capacity(packed.len());
    for (index, range) in packed.iter().enumerate() {
        let mut marks = match &sheet.watermark {
            Some(text) => compositor.watermark(text, width, height),
            None => Vec::new(),
        };
        marks.extend(packer.place(range.clone()));
        let footer = compositor.footer(&sheet.footer, index + 1, packed.len(), width);
        marks.extend(footer.into_iter().map(|mark| moved(mark, Length::ZERO, height)));
        let marks = marks.into_iter().map(|mark| moved(mark, at.x, at.y)).collect();
        let (width, height) = held(sheet, paper);
        pages.push(Page { width, height, marks });
    }
    let missing = typesetter.take_missing();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (title, language) = (sheet.title.clone(), sheet.language);
    Ok(Pages { title, language, pages, bookmarks: Vec::new() })
}

/// How many pages a sheet takes, and how many it would take if blocks could be parted
/// anywhere.
pub fn measure(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    typesetter: &mut Typesetter,
) -> Checked<(usize, usize)> {
    let area = type_area(sheet, theme, paper)?;
    let mut compositor = Compositor::new(theme, typesetter, area.height, sheet.language);
    compositor.bare = true;
    let packer = Packer::new(sheet, &mut compositor, area.width);
    // Whoever lays the sheet out is told what is missing.
    compositor.typesetter.take_missing();
    let parts = packer.parts(0..packer.strips.len());
    let heights = parts.map(|(region, part)| packer.height(part) / region.columns as i32);
    let least =
        heights.sum::<Length>().0.unsigned_abs().div_ceil(packer.room.0.unsigned_abs());
    Ok((packer.pages().len(), least.max(1) as usize))
}

/// Sets a block of a sheet, so that the typesetter remembers it. What cannot be set is found
/// again by whoever lays the sheet out.
pub fn prepare(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    typesetter: &mut Typesetter,
    block: usize,
) {
    let Ok(area) = type_area(sheet, theme, paper) else { return };
    let mut compositor = Compositor::new(theme, typesetter, area.height, sheet.language);
    let (_, _, width) = column(sheet, theme, area.width, block);
    compositor.block(&sheet.blocks[block], width);
    typesetter.take_missing();
}

/// In which stretch of columns a block stands, if in any; in how many columns, and how wide
/// each is.
fn column(
    sheet: &Sheet,
    theme: &Theme,
    width: Length,
    block: usize,
) -> (Option<usize>, usize, Length) {
    let stretch = sheet.columns.iter().position(|range| range.contains(&block));
    let columns = stretch.map_or(1, |_| theme.columns.count);
    let gaps = theme.columns.gap * (columns as i32 - 1);
    (stretch, columns, (width - gaps) / columns as i32)
}

/// The width and height of a sheet's pages.
fn held(sheet: &Sheet, paper: &Paper) -> (Length, Length) {
    match sheet.orientation {
        Orientation::Portrait => (paper.width, paper.height),
        Orientation::Landscape => (paper.height, paper.width),
    }
}

/// What the margins leave of a page.
fn type_area(sheet: &Sheet, theme: &Theme, paper: &Paper) -> Checked<Rect> {
    let (width, height) = held(sheet, paper);
    let margins = &theme.margins;
    let width = width - margins.left - margins.right;
    let height = height - margins.top - margins.bottom;
    if width <= Length::ZERO || height <= Length::ZERO {
        return Err(vec![no_room(paper)]);
    }
    let count = theme.columns.count as i32;
    let least = theme.sizes.body.size * LEAST_COLUMN;
    let column = (width - theme.columns.gap * (count - 1)) / count;
    if !sheet.columns.is_empty() && column < least {
        let alone = count == 1;
        return Err(vec![if alone { no_room(paper) } else { no_columns(count, paper) }]);
    }
    Ok(Rect { at: Point { x: margins.left, y: margins.top }, width, height })
}

/// A stretch of strips that stand in the same number of columns.
#[derive(Clone)]
struct Region {
    strips: Range<usize>,
    columns: usize,
    /// The width of a column.
    width: Length,
}

/// Packs strips into pages.
struct Packer<'a> {
    theme: &'a Theme,
    strips: Vec<Strip>,
    /// The regions of all strips, in order.
    regions: Vec<Region>,
    /// The height that a page has.
    room: Length,
}

impl<'a> Packer<'a> {
    /// Sets the blocks of a sheet.
    fn new(sheet: &Sheet, compositor: &mut Compositor<'a>, width: Length) -> Packer<'a> {
        let (theme, room) = (compositor.theme, compositor.page);
        let (mut strips, mut regions) = (Vec::new(), Vec::<Region>::new());
        let mut before = None;
        for (index, block) in sheet.blocks.iter().enumerate() {
            let (stretch, columns, width) = column(sheet, theme, width, index);
            let start = strips.len();
            for strip in compositor.block_below(&strips, block, width) {
                strips.push(Strip { block: Some(index as u32), ..strip });
            }
            match regions.last_mut() {
                Some(last) if before == Some(stretch) => last.strips.end = strips.len(),
                _ => regions.push(Region { strips: start..strips.len(), columns, width }),
            }
            before = Some(stretch);
        }
        // A line that closes a document has no page of its own.
        if let Some(Block::Paragraph(_)) = sheet.blocks.last() {
            let last = Some(sheet.blocks.len() as u32 - 1);
            let start = strips.partition_point(|strip| strip.block != last);
            strips[..start].iter_mut().rev().take(1).for_each(|strip| strip.keep = true);
        }
        Packer { theme, strips, regions, room }
    }

    /// The strips of each page; there is at least one page.
    fn pages(&self) -> Vec<Range<usize>> {
        let mut pages = Vec::new();
        let mut start = 0;
        while start < self.strips.len() || pages.is_empty() {
            let reached = self.reach(start);
            let end = match reached == self.strips.len() {
                true => reached,
                false => self.legal(start, reached),
            };
            pages.push(start..end);
            start = end;
        }
        pages
    }

    /// The last place up to `end` where a page or column may break that starts at a strip,
    /// or `end` if there is none.
    fn legal(&self, start: usize, end: usize) -> usize {
        (start + 1..=end).rev().find(|&end| !self.strips[end - 1].keep).unwrap_or(end)
    }

    /// The parts of regions that a range of strips covers.
    fn parts(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (&Region, Range<usize>)> {
        self.regions.iter().filter_map(move |region| {
            let strips = &region.strips;
            let part = strips.start.max(range.start)..strips.end.min(range.end);
            (!part.is_empty()).then_some((region, part))
        })
    }

    /// How far a page reaches that starts at a strip, wherever it may break. It holds at
    /// least one strip, even one that fits on no page.
    fn reach(&self, start: usize) -> usize {
        let mut bottom = Length::ZERO;
        for (region, part) in self.parts(start..self.strips.len()) {
            let first = part.start == start;
            let gap = if first { Length::ZERO } else { self.strips[part.start].gap };
            let room = self.room - bottom - gap;
            let mut end = part.start;
            for column in 1..=region.columns {
                let fits = self.column(end..part.end, room, first);
                let last = column == region.columns || fits == part.end;
                end = if last { fits } else { self.legal(end, fits) };
            }
            if end < part.end {
                return end;
            }
            bottom += gap + self.balanced(region, part, room).1;
        }
        self.strips.len()
    }

    /// How far a column of a height reaches, wherever it may break.
    fn column(&self, range: Range<usize>, height: Length, one_at_least: bool) -> usize {
        let mut bottom = Length::ZERO;
        for index in range.clone() {
            let strip = &self.strips[index];
            let first = index == range.start;
            bottom += if first { head_height(strip) } else { strip.gap };
            bottom += strip.height;
            if bottom > height && !(first && one_at_least) {
                return index;
            }
        }
        range.end
    }

    /// The columns of a part of a region, at the least height at which it does not need
    /// more of them than there are, and the height of the tallest.
    fn balanced(
        &self,
        region: &Region,
        part: Range<usize>,
        room: Length,
    ) -> (Vec<Range<usize>>, Length) {
        let columns_at = |height: Length| {
            let (mut columns, mut start) = (Vec::new(), part.start);
            while start < part.end {
                let reached = self.column(start..part.end, height, true);
                let end = match reached == part.end {
                    true => reached,
                    false => self.legal(start, reached),
                };
                columns.push(start..end);
                start = end;
            }
            columns
        };
        let (mut least, mut most) = (0, room.0.max(1));
        if region.columns == 1 || columns_at(room).len() > region.columns {
            most = i32::MAX;
            least = most - 1;
        }
        while most - least > 1 {
            let middle = least + (most - least) / 2;
            match columns_at(Length(middle)).len() <= region.columns {
                true => most = middle,
                false => least = middle,
            }
        }
        let columns = columns_at(Length(most));
        let heights = columns.iter().map(|column| self.height(column.clone()));
        let height = heights.max().unwrap_or_default();
        (columns, height)
    }

    /// The height of strips in one column.
    fn height(&self, column: Range<usize>) -> Length {
        let strips = &self.strips[column];
        strips.first().map_or(Length::ZERO, head_height) + height(strips)
    }

    /// Places the strips of a page, which give their marks away.
    fn place(&mut self, page: Range<usize>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut y = Length::ZERO;
        let stretch = self.stretch(page.clone());
        let parts = self.parts(page.clone()).map(|(region, part)| (region.clone(), part));
        for (region, part) in parts.collect::<Vec<_>>() {
            if part.start > page.start {
                y += self.strips[part.start].gap;
            }
            let (columns, height) = self.balanced(&region, part, self.room - y);
            let height = height + stretch * self.most_spaces(&columns);
            let pitch = region.width + self.theme.columns.gap;
            for (index, column) in columns.into_iter().enumerate() {
                let x = pitch * index as i32;
                if index > 0
                    && let Some(rule) = self.theme.columns.rule
                {
                    let at = Point { x: x - (self.theme.columns.gap + rule) / 2, y };
                    let shape = Shape::Fill(Rect { at, width: rule, height });
                    marks.push(Mark { block: None, role: Role::Artifact, shape });
                }
                // The spaces of each column take what it leaves.
                let left = height - self.height(column.clone());
                let each = left / self.spaces(&column).max(1);
                self.place_column(column, Point { x, y }, each, &mut marks);
            }
            y += height;
        }
        marks
    }

    /// How many spaces strips have that take what a page leaves.
    fn spaces(&self, strips: &Range<usize>) -> i32 {
        let strips = &self.strips[strips.clone()];
        strips.iter().map(|strip| strip.spaces.len() as i32).sum()
    }

    /// How many of them the column has that has the most.
    fn most_spaces(&self, columns: &[Range<usize>]) -> i32 {
        columns.iter().map(|column| self.spaces(column)).max().unwrap_or(0)
    }

    /// How much each space of a page grows at least that takes what the page leaves.
    fn stretch(&self, page: Range<usize>) -> Length {
        if self.spaces(&page) == 0 {
            return Length::ZERO;
        }
        let (mut bottom, mut spaces) = (Length::ZERO, 0);
        for (region, part) in self.parts(page.clone()) {
            if part.start > page.start {
                bottom += self.strips[part.start].gap;
            }
            let (columns, height) = self.balanced(region, part, self.room - bottom);
            bottom += height;
            spaces += self.most_spaces(&columns);
        }
        (self.room - bottom).max(Length::ZERO) / spaces.max(1)
    }

    /// Places strips below each other, with their spaces grown.
    fn place_column(
        &mut self,
        column: Range<usize>,
        at: Point,
        stretch: Length,
        marks: &mut Vec<Mark>,
    ) {
        let mut y = at.y;
        for (index, strip) in self.strips[column].iter_mut().enumerate() {
            let block = strip.block;
            let mut put = |part: Vec<Mark>, y| {
                let mine = part.into_iter().map(|mark| Mark { block, ..mark });
                marks.extend(mine.map(|mark| moved(mark, at.x, y)));
            };
            if index > 0 {
                y += strip.gap;
            } else if let Some(head) = &strip.head {
                put(head.marks.clone(), y);
                y += head.height;
            }
            strip.stretch(stretch, &self.theme.space);
            put(std::mem::take(&mut strip.marks), y);
            y += strip.height;
        }
    }
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

fn too_small(misfit: Misfit, paper: &Paper) -> Diagnostic {
    let what = match misfit {
        Misfit::Table => "a table has too many columns",
        Misfit::Slip => "a card or a ticket is too high",
    };
    Diagnostic::error(format!("{what} for paper `{}`", paper.name))
        .hint("choose larger paper, or a theme with narrower margins or smaller type")
}

fn no_columns(count: i32, paper: &Paper) -> Diagnostic {
    let name = &paper.name;
    Diagnostic::error(format!("{count} columns are too narrow on paper `{name}`"))
        .hint("choose fewer columns, larger paper, or a theme with narrower margins")
}
