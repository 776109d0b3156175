//! Drawings: outlines that are printed sharply at any size.

use serde::Serialize;

use crate::length::{Length, Point};

/// A drawing. It is 1000 points wide or tall, whichever is more, until a layout scales it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// How wide its file says that it is.
    pub natural_width: Length,
    /// What is drawn, from the bottom to the top.
    pub parts: Vec<Part>,
}

/// A part of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Part {
    /// An outline.
    Outline(Outline),
    /// Parts that are drawn as one.
    Group(Group),
}

/// Parts that are drawn as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The opacity, in thousandths.
    pub opacity: u16,
    /// What all of it lies within.
    pub clips: Vec<Clip>,
    /// What is drawn, from the bottom to the top.
    pub parts: Vec<Part>,
}

/// An outline that hides what lies outside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clip {
    /// The outline.
    pub segments: Vec<Segment>,
    /// Whether what it surrounds twice lies outside.
    pub even_odd: bool,
}

/// An outline that is filled, stroked or both; the stroke lies above the fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outline {
    /// Its segments.
    pub segments: Vec<Segment>,
    /// How it is filled.
    pub fill: Option<Fill>,
    /// How it is stroked.
    pub stroke: Option<Stroke>,
}

/// A segment of an outline. Points are measured from the top left corner, y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Segment {
    /// Starts a new line.
    Move(Point),
    /// A straight line to a point.
    Line(Point),
    /// A curve to the last of three points, bent towards the other two.
    Curve(Point, Point, Point),
    /// A straight line back to where the line started.
    Close,
}

/// What something is painted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ink {
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// The opacity, in thousandths.
    pub opacity: u16,
}

/// How an outline is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fill {
    /// What it is filled with.
    pub ink: Ink,
    /// Whether what it surrounds twice stays empty.
    pub even_odd: bool,
}

/// How an outline is stroked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stroke {
    /// What it is stroked with.
    pub ink: Ink,
    /// The thickness.
    pub width: Length,
    /// How lines end: 0 at their end, 1 round, 2 square.
    pub cap: u8,
    /// How lines meet: 0 in a point, 1 round, 2 cut off.
    pub join: u8,
    /// How far a point may reach, in thousandths of the thickness.
    pub miter: u32,
    /// The lengths of dashes and gaps in turn; empty for a line without gaps.
    pub dashes: Vec<Length>,
    /// How far into the dashes a line starts.
    pub offset: Length,
}

impl Drawing {
    /// How many outlines it has.
    pub fn outlines(&self) -> usize {
        count(&self.parts)
    }
}

fn count(parts: &[Part]) -> usize {
    let one = |part: &Part| match part {
        Part::Outline(_) => 1,
        Part::Group(group) => count(&group.parts),
    };
    parts.iter().map(one).sum()
}
