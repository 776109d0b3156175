//! Where it goes: sheets become pages of placed marks.

mod beside;
mod breaks;
mod columns;
mod faces;
mod fields;
mod figure;
mod footer;
mod frame;
mod hanging;
mod imposition;
mod letterhead;
mod manuscript;
mod memory;
mod options;
mod pages;
mod response;
mod shape;
mod slips;
mod space;
mod squares;
mod stack;
mod table;
#[cfg(test)]
mod tests;
mod typesetter;
mod watermark;

pub use self::imposition::{impose, impose_geometry};
pub use self::pages::{lay_out, measure, prepare};
pub use self::response::{Bubbles, Geometry, lay_out_response};
pub use self::table::columns_beside_text;
pub use self::typesetter::Typesetter;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::Serialize;

use crate::fonts::FontId;
use crate::language::Language;
use crate::length::{Length, Point, Rect};
use crate::picture::Picture;

/// A finished document: pages with marks at fixed places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pages {
    /// The document's title.
    pub title: String,
    /// The language of its words.
    pub language: Language,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// Names of places in the document, and the index of the page that each leads to.
    pub bookmarks: Vec<(String, usize)>,
}

impl Pages {
    /// Puts another document behind this one, with a bookmark that has its title.
    pub fn append(&mut self, mut other: Pages) {
        self.bookmarks.push((other.title, self.pages.len()));
        self.pages.append(&mut other.pages);
    }
}

/// A finished page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// The width of the paper.
    pub width: Length,
    /// The height of the paper.
    pub height: Length,
    /// The marks, in reading order.
    pub marks: Vec<Mark>,
}

/// Something printed at a fixed place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// The index in [`crate::sheet::Sheet::blocks`] of the block that it belongs to;
    /// `None` for what belongs to the page, like its footer.
    pub block: Option<u32>,
    /// What it is to a reader.
    pub role: Role,
    /// What is printed.
    pub shape: Shape,
}

/// What a mark is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Role {
    /// Rules, frames, footers: nothing that is read aloud.
    Artifact,
    /// A line of the letterhead or title.
    Title,
    /// A heading.
    Heading,
    /// A label: a number, an option's letter.
    Label,
    /// Running text.
    Body,
    /// Text in a table's cell.
    Cell,
    /// A picture.
    Figure,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Shape {
    /// A run of glyphs that starts at a point on its baseline.
    Glyphs {
        /// The start of the baseline.
        at: Point,
        /// The glyphs.
        run: Arc<Run>,
    },
    /// A filled black rectangle; rules are thin ones.
    Fill(Rect),
    /// A disc, or a ring.
    Circle {
        /// The centre.
        centre: Point,
        /// The distance from the centre to the outer edge.
        radius: Length,
        /// How thick the ring is, inwards from the outer edge; `None` for a disc.
        rule: Option<Length>,
        /// How dark it is.
        shade: Shade,
    },
    /// A run of glyphs that is not black.
    Shaded {
        /// The start of the baseline.
        at: Point,
        /// The glyphs.
        run: Arc<Run>,
        /// How dark they are.
        shade: Shade,
    },
    /// A square of dark and light modules that machines read.
    Modules {
        /// Where it stands, without the light margin around it.
        area: Rect,
        /// The modules.
        modules: Arc<Modules>,
    },
    /// A row of round dots on a baseline, to write on.
    Dots {
        /// The centre of the first dot.
        at: Point,
        /// The distance from the first centre to the last.
        width: Length,
        /// The distance from centre to centre.
        pitch: Length,
        /// A dot's diameter.
        diameter: Length,
    },
    /// Outlined glyphs across a page, behind everything else.
    Watermark {
        /// The start of the baseline.
        at: Point,
        /// Where the baseline leads: its rise and run, y down.
        towards: Point,
        /// The thickness of the outlines.
        rule: Length,
        /// The glyphs.
        run: Arc<Run>,
    },
    /// The outline of a polygon.
    Outline {
        /// Its corners.
        points: Vec<Point>,
        /// The thickness of the line.
        rule: Length,
    },
    /// A picture, scaled to a rectangle.
    Image {
        /// Where it stands.
        area: Rect,
        /// The picture.
        picture: Arc<Picture>,
    },
}

impl Shape {
    /// Where it stands: where glyphs and dots start, the middle of a circle, a polygon's
    /// first corner, and the top left corner of anything else.
    pub fn at(&self) -> Point {
        match self {
            Shape::Glyphs { at, .. }
            | Shape::Dots { at, .. }
            | Shape::Watermark { at, .. }
            | Shape::Shaded { at, .. }
            | Shape::Circle { centre: at, .. } => *at,
            Shape::Fill(area)
            | Shape::Image { area, .. }
            | Shape::Modules { area, .. } => area.at,
            Shape::Outline { points, .. } => points.first().copied().unwrap_or_default(),
        }
    }

    /// Moves it.
    pub fn shift(&mut self, dx: Length, dy: Length) {
        let at = match self {
            Shape::Outline { points, .. } => {
                for point in points {
                    point.x += dx;
                    point.y += dy;
                }
                return;
            }
            Shape::Glyphs { at, .. }
            | Shape::Dots { at, .. }
            | Shape::Watermark { at, .. }
            | Shape::Shaded { at, .. }
            | Shape::Circle { centre: at, .. } => at,
            Shape::Fill(area)
            | Shape::Image { area, .. }
            | Shape::Modules { area, .. } => &mut area.at,
        };
        at.x += dx;
        at.y += dy;
    }
}

/// How dark something is, in hundredths of black.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Shade(pub u8);

impl Shade {
    /// As dark as words are.
    pub const BLACK: Shade = Shade(100);
}

/// Dark and light modules in rows, as many in a row as there are rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Modules {
    /// How many stand in a row.
    pub side: usize,
    /// Whether each is dark, row by row from the top.
    pub dark: Vec<bool>,
}

impl Modules {
    /// The dark stretches of all rows: row, first module, and how many.
    pub fn stretches(&self) -> Vec<(usize, usize, usize)> {
        let mut stretches = Vec::new();
        for (row, modules) in self.dark.chunks(self.side.max(1)).enumerate() {
            let mut start = 0;
            for same in modules.chunk_by(|one, other| one == other) {
                if same[0] {
                    stretches.push((row, start, same.len()));
                }
                start += same.len();
            }
        }
        stretches
    }
}

/// A line or a part of a line in one font and size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The font.
    pub font: FontId,
    /// The size of the em.
    pub size: Length,
    /// The characters, in logical order.
    pub text: String,
    /// The glyphs, in visual order.
    pub glyphs: Vec<Glyph>,
    /// The sum of the advances.
    pub width: Length,
}

impl Hash for Run {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What is alike in these mostly is alike in its glyphs.
        (self.font, self.size, &self.text).hash(state);
    }
}

/// A glyph of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Glyph {
    /// The glyph's number in the font.
    pub id: u16,
    /// How far the pen moves.
    pub advance: Length,
    /// How far the glyph stands right of the pen.
    pub dx: Length,
    /// How far the glyph stands above the baseline.
    pub dy: Length,
    /// The bytes of the run's text that it stands for; empty for the second and later
    /// glyphs of a cluster.
    pub text: (u32, u32),
}
