//! What stands together, where pages and columns end, and whether they are full.

use std::collections::BTreeSet;
use std::ops::Range;

use lembar::layout::{Mark, Pages, Shape};
use lembar::length::Length;
use lembar::sheet::{Block, Sheet};
use lembar::theme::Theme;

use crate::layout::marks::{Area, extent};
use crate::layout::words;

/// What is known of a document besides its pages.
pub struct Document<'a> {
    pub sheet: &'a Sheet,
    pub pages: &'a Pages,
    pub theme: &'a Theme,
    /// Where the marks of its pages may stand.
    pub area: Area,
}

/// The marks of a question with their pages, and how much room it has that nothing marks.
pub struct Asked<'a> {
    pub marks: Vec<(usize, &'a Mark)>,
    pub blank: Length,
}

/// The marks of something in one column.
#[derive(Debug, Clone, Copy)]
struct Piece {
    page: usize,
    column: usize,
    /// The highest and the lowest ink.
    top: Length,
    bottom: Length,
    /// The first and the last baseline.
    first: Length,
    last: Length,
}

impl Piece {
    fn height(&self) -> Length {
        self.bottom - self.top
    }
}

/// A question or another block, in as many pieces as it is split into.
type Pieces = Vec<Piece>;

impl Document<'_> {
    /// Everything that is wrong with how it is parted into columns and pages.
    pub fn complaints(&self, asked: &[Asked]) -> Vec<String> {
        let questions: Vec<Pieces> =
            asked.iter().map(|q| self.pieces(&q.marks)).collect();
        let blocks: Vec<Pieces> = self.blocks(asked);
        let mut found = Vec::new();
        for (index, question) in questions.iter().enumerate() {
            let what = format!("question {}", index + 1);
            let besides =
                asked[index].blank + self.above(&asked[index], question, &blocks);
            found.extend(self.split(question, besides, &what));
        }
        for (index, block) in blocks.iter().enumerate() {
            if matches!(self.sheet.blocks[index], Block::Together(_)) {
                let blank = asked.iter().map(|question| question.blank).sum();
                found.extend(self.split(block, blank, &format!("the group {index}")));
            }
        }
        found.extend(self.order(&questions));
        found.extend(self.headings(&blocks));
        for region in &self.sheet.columns {
            found.extend(self.region(&blocks[region.clone()], region));
        }
        found.extend(self.empty(asked, &blocks));
        found
    }

    /// How tall a page is.
    fn room(&self) -> Length {
        self.area.bottom - self.area.top
    }

    fn line(&self) -> Length {
        self.theme.sizes.body.leading
    }

    /// The pieces of marks, in reading order.
    fn pieces(&self, marks: &[(usize, &Mark)]) -> Pieces {
        let mut pieces: Pieces = Vec::new();
        for &(page, mark) in marks {
            let Some(ink) = extent(mark) else { continue };
            let (top, bottom) = (ink.at.y, ink.at.y + ink.height);
            let (column, block) = (self.column(mark, ink.at.x), mark.block);
            let baseline = match &mark.shape {
                Shape::Glyphs { at, run } if run.size == self.theme.sizes.body.size => {
                    Some(at.y)
                }
                _ => None,
            };
            debug_assert!(block.is_some());
            let place = (page, column);
            match pieces.last_mut().filter(|piece| (piece.page, piece.column) == place) {
                Some(piece) => {
                    piece.top = piece.top.min(top);
                    piece.bottom = piece.bottom.max(bottom);
                    piece.last = baseline.map_or(piece.last, |last| piece.last.max(last));
                }
                None => {
                    let (first, last) =
                        (baseline.unwrap_or(top), baseline.unwrap_or(top));
                    pieces.push(Piece { page, column, top, bottom, first, last });
                }
            }
        }
        pieces
    }

    /// In which column of its region a mark stands.
    fn column(&self, mark: &Mark, x: Length) -> usize {
        let block = mark.block.unwrap() as usize;
        if !self.sheet.columns.iter().any(|region| region.contains(&block)) {
            return 0;
        }
        let columns = &self.theme.columns;
        let pitch =
            (self.area.right - self.area.left + columns.gap) / columns.count as i32;
        ((x - self.area.left).0.max(0) / pitch.0) as usize
    }

    /// The pieces of every block; what is repeated at the top of a page is none.
    fn blocks(&self, asked: &[Asked]) -> Vec<Pieces> {
        let ruled = asked.iter().flat_map(|question| &question.marks);
        let ruled: BTreeSet<Option<u32>> = ruled
            .filter(|(_, mark)| words::text(mark).is_none())
            .map(|(_, mark)| mark.block)
            .collect();
        let mut marks = vec![Vec::new(); self.sheet.blocks.len()];
        for (number, page) in self.pages.pages.iter().enumerate() {
            for mark in &page.marks {
                let inked = words::text(mark).is_some() || ruled.contains(&mark.block);
                if let Some(block) = mark.block.filter(|_| inked) {
                    marks[block as usize].push((number, mark));
                }
            }
        }
        marks.iter().map(|marks| self.pieces(marks)).collect()
    }

    /// How tall the heading is, and what else of its block, that keeps with a question.
    fn above(&self, asked: &Asked, question: &[Piece], blocks: &[Pieces]) -> Length {
        let block = asked.marks[0].1.block.unwrap() as usize;
        let before = match &self.sheet.blocks[block] {
            Block::Together(_) => &blocks[block],
            _ if matches!(self.sheet.blocks[block - 1], Block::Heading(_)) => {
                &blocks[block - 1]
            }
            _ => return Length::ZERO,
        };
        let on_page = before.iter().filter(|piece| piece.page == question[0].page);
        let top = on_page.map(|piece| piece.top).min().unwrap_or(question[0].top);
        question[0].top - top
    }

    /// Whether something is split that one column would hold.
    fn split(&self, pieces: &[Piece], blank: Length, what: &str) -> Option<String> {
        let height: Length = pieces.iter().map(Piece::height).sum();
        // Between the pieces there would be a gap, and below them what belongs to them.
        let whole = height + blank + self.line() * (pieces.len() as i32 + 2);
        let split = pieces.len() > 1 && whole <= self.room();
        split.then(|| format!("{what} is split though it fits: {pieces:?}"))
    }

    /// Whether a question stands above the one before it.
    fn order(&self, questions: &[Pieces]) -> Vec<String> {
        let mut found = Vec::new();
        let places = questions.iter().flat_map(|question| question.first());
        let places: Vec<_> = places.map(|p| (p.page, p.column, p.first)).collect();
        for (index, pair) in places.windows(2).enumerate() {
            // The columns of a section stand above those of the next one.
            let below = pair[0].2 < pair[1].2;
            if pair[0] >= pair[1] && !(pair[0].0 == pair[1].0 && below) {
                found.push(format!("question {} is above the one before", index + 2));
            }
        }
        found
    }

    /// Headings that stand at the foot of a page, with nothing of theirs below.
    fn headings(&self, blocks: &[Pieces]) -> Vec<String> {
        let mut found = Vec::new();
        for (index, pair) in blocks.windows(2).enumerate() {
            let heading = matches!(self.sheet.blocks[index], Block::Heading(_));
            if let (true, Some(own), Some(next)) =
                (heading, pair[0].last(), pair[1].first())
                && (own.page != next.page || own.bottom > next.bottom)
            {
                found.push(format!("heading {index} stands alone"));
            }
        }
        found
    }

    /// What is wrong with the columns of a stretch of blocks.
    fn region(&self, blocks: &[Pieces], range: &Range<usize>) -> Vec<String> {
        let mut found = Vec::new();
        if blocks.iter().any(|pieces| pieces.len() != 1) {
            return found;
        }
        let pieces: Vec<Piece> = blocks.iter().map(|pieces| pieces[0]).collect();
        let between = self.line() + self.theme.gaps.hanging;
        for pair in pieces.windows(2) {
            let same = (pair[0].page, pair[0].column) == (pair[1].page, pair[1].column);
            let gap = pair[1].first - pair[0].last;
            if same && (gap - between).0.abs() > 100 {
                found.push(format!("{range:?}: questions stand {gap:?} apart"));
            }
        }
        for page in pieces.chunk_by(|one, other| one.page == other.page) {
            let next = pieces.iter().position(|piece| piece.page > page[0].page);
            // What closes the paper keeps with the last question, which may leave a page.
            let last = range.end + 1 == self.sheet.blocks.len();
            if last && next.is_some_and(|next| next + 1 == pieces.len()) {
                continue;
            }
            let next = next.map(|next| height(&pieces[next]));
            found.extend(self.columns(page, next, between, range));
        }
        found
    }

    /// What is wrong with the columns of one page. If the stretch ends on it they are
    /// balanced, and else full.
    fn columns(
        &self,
        page: &[Piece],
        next: Option<Length>,
        between: Length,
        range: &Range<usize>,
    ) -> Option<String> {
        let count = self.theme.columns.count;
        let mut heights: Vec<Length> = page.iter().map(height).collect();
        let number = page[0].page + 1;
        if let Some(next) = next {
            heights.push(next);
            let room = self.area.bottom - page[0].first - self.line();
            let needed = columns_at(&heights, between, room);
            return (needed <= count)
                .then(|| format!("{range:?}: page {number} holds one more question"));
        }
        let tall = page.chunk_by(|one, other| one.column == other.column);
        let tallest = tall.map(|c| c[c.len() - 1].last - c[0].first).max()?;
        // The least height at which there are enough columns, to a point.
        let total = heights.iter().fold(Length::ZERO, |sum, &h| sum + h + between);
        let best = (0..).map(Length::pt).find(|&height| {
            height >= total || columns_at(&heights, between, height) <= count
        })?;
        (tallest > best + self.line()).then(|| {
            format!("{range:?}: columns of page {number} are {tallest:?}, not {best:?}")
        })
    }

    /// Pages with nothing on them.
    fn empty(&self, asked: &[Asked], blocks: &[Pieces]) -> Vec<String> {
        let pages = 0..self.pages.pages.len();
        // A space that is not ruled may fill a page.
        if asked.iter().any(|question| question.blank > Length::ZERO) {
            return Vec::new();
        }
        let bare = pages.filter(|&page| {
            !blocks.iter().flatten().any(|piece| piece.page == page)
                && !self.pages.pages[page].marks.iter().any(|mark| mark.block.is_some())
        });
        bare.map(|page| format!("page {} is empty", page + 1)).collect()
    }
}

/// How far the baselines of something reach.
fn height(piece: &Piece) -> Length {
    piece.last - piece.first
}

/// How many columns of a height things need.
fn columns_at(heights: &[Length], between: Length, room: Length) -> usize {
    let (mut columns, mut filled) = (0, None);
    for &height in heights {
        filled = match filled {
            Some(filled) if filled + between + height <= room => {
                Some(filled + between + height)
            }
            _ => {
                columns += 1;
                if height > room {
                    return usize::MAX;
                }
                Some(height)
            }
        };
    }
    columns
}
