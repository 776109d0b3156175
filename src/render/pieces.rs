//! What pages show: each distinct piece once, and the places where pieces stand.
//!
//! Variants repeat the same lines at other places. A page that has been taken down is but a
//! list of places, so thousands of pages are held in little memory; and pieces that always
//! stand together can be written once, as forms.

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use crate::layout::{Page, Shape};
use crate::length::{Length, Point};

/// The pieces of a document, in the order of their first use, and its pages.
#[derive(Default)]
pub(super) struct Pieces {
    /// What is drawn, as if it stood at the corner of a page.
    pieces: IndexMap<Shape, Uses, FixedState>,
    /// The pages, in order.
    pub pages: Vec<Places>,
}

/// A page as pieces and their places.
pub(super) struct Places {
    /// The width of the paper.
    pub width: Length,
    /// The height of the paper.
    pub height: Length,
    /// The indices of pieces, in reading order.
    pub places: Vec<(u32, Point)>,
}

/// Where a piece is used.
#[derive(Default)]
struct Uses {
    count: u32,
    before: Neighbour,
    after: Neighbour,
}

/// What stands beside a piece in reading order.
#[derive(Clone, Copy, Default, PartialEq)]
enum Neighbour {
    /// The piece has not been used yet.
    #[default]
    Unknown,
    /// Always the same piece, at the same distance.
    Always(u32, Point),
    /// Now this and now that, or nothing.
    Any,
}

/// Pieces that always stand together, at the same distances.
pub(super) struct Group {
    /// The indices of the pieces, and their places from that of the first.
    pub places: Vec<(u32, Point)>,
    /// How often they are used.
    pub count: u32,
}

impl Pieces {
    /// Takes down a page.
    pub fn page(&mut self, page: Page) {
        let Page { width, height, marks } = page;
        let places = marks.into_iter().map(|mark| self.place(mark.shape));
        let places: Vec<(u32, Point)> = places.collect();
        for (index, &(piece, at)) in places.iter().enumerate() {
            let beside = |index: usize| match places.get(index) {
                Some(&(piece, other)) => Neighbour::Always(piece, between(at, other)),
                None => Neighbour::Any,
            };
            let uses = &mut self.pieces[piece as usize];
            uses.count += 1;
            uses.before.meet(beside(index.wrapping_sub(1)));
            uses.after.meet(beside(index + 1));
        }
        self.pages.push(Places { width, height, places });
    }

    /// The index of a piece, and its place.
    fn place(&mut self, mut shape: Shape) -> (u32, Point) {
        let at = shape.at();
        shape.shift(-at.x, -at.y);
        let entry = self.pieces.entry(shape);
        let index = entry.index() as u32;
        entry.or_default();
        (index, at)
    }

    /// The pieces, and how often each is used.
    pub fn iter(&self) -> impl Iterator<Item = (&Shape, u32)> {
        self.pieces.iter().map(|(shape, uses)| (shape, uses.count))
    }

    /// What a piece draws at a place.
    pub fn shape(&self, (piece, at): (u32, Point)) -> Option<Shape> {
        let (shape, _) = self.pieces.get_index(piece as usize)?;
        let mut shape = shape.clone();
        shape.shift(at.x, at.y);
        Some(shape)
    }

    /// The groups of pieces, each at the index of its first; `None` for the other pieces.
    pub fn groups(&self) -> Vec<Option<Group>> {
        let pieces = 0..self.pieces.len() as u32;
        pieces.map(|piece| self.group(piece)).collect()
    }

    /// The group that starts with a piece.
    fn group(&self, first: u32) -> Option<Group> {
        let uses = &self.pieces[first as usize];
        if let Neighbour::Always(before, _) = uses.before
            && self.next(before).is_some()
        {
            return None;
        }
        let mut places = vec![(first, Point::default())];
        let (mut piece, mut at) = (first, Point::default());
        while let Some((next, distance)) = self.next(piece) {
            (piece, at) = (next, Point { x: at.x + distance.x, y: at.y + distance.y });
            places.push((piece, at));
        }
        Some(Group { places, count: uses.count })
    }

    /// The piece that always follows another one and nothing else.
    fn next(&self, piece: u32) -> Option<(u32, Point)> {
        let Neighbour::Always(next, distance) = self.pieces[piece as usize].after else {
            return None;
        };
        match self.pieces[next as usize].before {
            Neighbour::Always(..) => Some((next, distance)),
            _ => None,
        }
    }
}

impl Neighbour {
    /// Remembers what stands beside another use of the piece.
    fn meet(&mut self, other: Neighbour) {
        *self = match *self {
            Neighbour::Unknown => other,
            known if known == other => known,
            _ => Neighbour::Any,
        };
    }
}

/// The way from one place to another.
fn between(from: Point, to: Point) -> Point {
    Point { x: to.x - from.x, y: to.y - from.y }
}
