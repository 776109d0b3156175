//! What is printed: blocks from top to bottom, without a single length.
//!
//! A sheet says which words stand in which order and what keeps together. Where they go
//! and how large they are is the business of [`crate::layout`].

mod activity;
mod answer_sheet;
mod attendance;
mod blueprint_table;
mod cards;
mod crossword;
mod erratum;
mod figure;
mod heading;
mod indicator;
mod item_cards;
mod key;
mod key_overlay;
mod matrix;
mod paper;
mod reasons;
mod response;
mod reviews;
mod school;
mod scoring;
mod scoring_guide;
mod seating;
mod stimulus;
mod word_search;
mod worksheet;

pub use self::activity::{activity, activity_key};
pub use self::answer_sheet::{Occasion, answer_sheet};
pub use self::attendance::attendance;
pub use self::blueprint_table::blueprint_table;
pub use self::cards::{bingo, bingo_calls, exit_ticket, exit_ticket_key, flash_cards};
pub use self::crossword::{crossword, crossword_key};
pub use self::erratum::{erratum, of_erratum};
pub use self::heading::roman;
pub use self::item_cards::{Use, item_cards};
pub use self::key::key;
pub use self::key_overlay::key_overlay;
pub use self::matrix::matrix;
pub use self::paper::paper;
pub use self::response::{
    Choice, Digits, Part, Response, ResponseKind, ResponseSheet, Target,
};
pub use self::reviews::{Remark, reviews};
pub use self::scoring_guide::scoring_guide;
pub use self::seating::{distribution, seating_plan};
pub use self::word_search::{word_search, word_search_key};
pub use crate::exam::blueprint::answer_sheet::Form;

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::language::Language;
use crate::length::Length;
use crate::picture::Picture;
use crate::space::Space;
use crate::text::Text;

/// A finished document, ready to be laid out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// The document's title, for the reader's window.
    pub title: String,
    /// The language of its words.
    pub language: Language,
    /// Which way the paper is held.
    pub orientation: Orientation,
    /// What stands at the foot of every page.
    pub footer: Footer,
    /// What stands across every page, behind everything else.
    pub watermark: Option<Text>,
    /// The blocks, from top to bottom.
    pub blocks: Vec<Block>,
    /// The stretches of blocks that stand in as many columns as the theme wants; the
    /// columns of each end at about the same height.
    pub columns: Vec<Range<usize>>,
}

/// Which way the paper is held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Orientation {
    /// Taller than wide.
    #[default]
    Portrait,
    /// Wider than tall.
    Landscape,
}

/// What stands at the foot of every page. `{page}` and `{pages}` are filled in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Footer {
    /// At the left margin.
    pub left: Text,
    /// In the middle.
    pub middle: Text,
    /// At the right margin.
    pub right: Text,
}

/// A part of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub enum Block {
    /// The school's letterhead, closed by a thick and a thin rule.
    Letterhead(Letterhead),
    /// Centred lines that name the document, all in the title style.
    Title(Vec<Text>),
    /// Labelled values side by side, some of them blank for a pen.
    Fields(Fields),
    /// A heading with the instruction that belongs to it; keeps with the next block.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A label in the margin of what it numbers.
    Hanging(Hanging),
    /// Labelled texts, set in as many columns as their widths allow.
    Options(Vec<Labelled>),
    /// A picture with its caption.
    Figure(Figure),
    /// Rows and columns.
    Table(Table),
    /// Space to write in.
    Space(Space),
    /// Squares of a puzzle.
    Squares(Squares),
    /// Pages that are cut into slips.
    Slips(Slips),
    /// Blocks in columns of the same width, side by side.
    Beside(Vec<Vec<Block>>),
    /// Blocks that stand on one page if they fit on one.
    Together(Vec<Block>),
    /// Blocks that keep with the next one.
    Lead(Vec<Block>),
    /// A frame around blocks that stand on one page.
    Frame(Vec<Block>),
}

/// The school's letterhead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Letterhead {
    /// The picture at the left.
    pub left: Option<Arc<Picture>>,
    /// The picture at the right.
    pub right: Option<Arc<Picture>>,
    /// The centred lines.
    pub lines: Vec<LetterheadLine>,
}

/// A line of the letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct LetterheadLine {
    /// The words.
    pub text: Text,
    /// How the line is set.
    pub rank: LetterheadRank,
}

/// How a line of the letterhead is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum LetterheadRank {
    /// The authority above the school.
    Authority,
    /// The school's own name: larger and bold.
    School,
    /// Address and numbers: smaller.
    Address,
}

/// Columns of labelled values, with the colons of a column aligned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Fields {
    /// The columns, side by side.
    pub columns: Vec<Vec<Field>>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Field {
    /// The label before the colon.
    pub label: Text,
    /// The value, or `None` for a dotted line to write on.
    pub value: Option<Text>,
}

/// A heading with its instruction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Heading {
    /// The number or letter before the heading, hanging in its own column.
    pub label: Option<Text>,
    /// The heading.
    pub text: Text,
    /// What the reader is to do, below the heading.
    pub note: Option<Text>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Paragraph {
    /// The words.
    pub text: Text,
    /// How it is set.
    pub rank: ParagraphRank,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub enum ParagraphRank {
    /// At the size of running text.
    #[default]
    Body,
    /// A size smaller.
    Small,
    /// Centred.
    Centred,
}

/// A label in the margin of what it numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Hanging {
    /// The label ("12.").
    pub label: Text,
    /// What it numbers.
    pub blocks: Vec<Block>,
}

/// A text with a label.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Labelled {
    /// The label ("A.").
    pub label: Text,
    /// The text.
    pub text: Text,
}

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Figure {
    /// The picture.
    pub picture: Arc<Picture>,
    /// How wide it is at most, or `None` for its natural width.
    pub width: Option<Length>,
    /// What stands below it.
    pub caption: Option<Text>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
}

/// Rows and columns. Rows never split; the head is repeated on every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Table {
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The heads of the columns, or empty for a table without a head.
    pub head: Vec<Text>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Whether cells have rules around them.
    pub ruled: bool,
    /// Whether the table is set a size smaller.
    pub small: bool,
    /// Whether rows stand on one page if they fit on one.
    pub together: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Row {
    /// The cells, from left to right.
    pub cells: Vec<Text>,
    /// Whether the row is not to be parted from the next one by a page break.
    pub keep: bool,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Column {
    /// How its width is found.
    pub width: Width,
    /// How its cells are aligned.
    pub align: Align,
}

/// How the width of a column is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Width {
    /// As wide as its widest cell.
    Fit,
    /// A share of what is left over, in proportion to the number.
    Share(u32),
}

/// How text is aligned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// In the middle as a whole, but the ends of all below each other: for numbers.
    Units,
}

/// Squares of a puzzle, in rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Squares {
    /// The rows from top to bottom; `None` where there is no square.
    pub rows: Vec<Vec<Option<Square>>>,
    /// Whether squares have rules around them.
    pub ruled: bool,
    /// The rings around squares.
    pub rings: Vec<Ring>,
}

/// A square of a puzzle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Square {
    /// What stands in its upper left corner.
    pub number: Text,
    /// What stands in its middle.
    pub letter: Text,
}

/// A ring around squares in a row, in any of eight directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Ring {
    /// The row and the column of the first square.
    pub first: (usize, usize),
    /// The row and the column of the last one.
    pub last: (usize, usize),
}

/// Pages that are cut into slips of one size.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Slips {
    /// How many stand side by side.
    pub across: usize,
    /// How many stand below each other, if so many fit.
    pub down: usize,
    /// Whether their blocks stand in the middle of their height, and not at their top.
    pub centred: bool,
    /// The slips, row by row.
    pub slips: Vec<Slip>,
}

/// A slip: what stands on it and what on its back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Slip {
    /// The front.
    pub front: Vec<Block>,
    /// The back; empty if there is none.
    pub back: Vec<Block>,
}
