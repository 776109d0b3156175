//! Drawings as forms: operators that a document holds once and shows many times.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use printpdf::{DictItem, ExternalStream};

use crate::length::{Length, Point};
use crate::picture::{Clip, Drawing, Fill, Group, Ink, Outline, Part, Segment, Stroke};

use super::content::number;

/// A drawing as a form that fills the unit square, like an image.
pub(super) fn form(drawing: &Drawing, width: u32, height: u32) -> ExternalStream {
    let size = Point { x: Length(width as i32), y: Length(height as i32) };
    let mut form = Pen::new(size).form(&drawing.parts);
    let share = |length: Length| DictItem::Real(1.0 / length.to_pt());
    let (zero, across, down) = (DictItem::Int(0), share(size.x), share(size.y));
    let matrix = [across, zero.clone(), zero.clone(), down, zero.clone(), zero];
    form.dict.insert("Matrix".to_string(), DictItem::Array(matrix.to_vec()));
    form
}

/// Writes the operators of a form.
struct Pen {
    out: Vec<u8>,
    /// The size of the drawing; its y counts down, and that of forms up.
    size: Point,
    /// The opacities that are needed, of fills and strokes, in thousandths.
    opacities: BTreeSet<(u16, u16)>,
    /// The forms of groups that are seen through as a whole.
    groups: Vec<ExternalStream>,
}

impl Pen {
    fn new(size: Point) -> Pen {
        Pen { out: Vec::new(), size, opacities: BTreeSet::new(), groups: Vec::new() }
    }

    /// The form of some parts.
    fn form(mut self, parts: &[Part]) -> ExternalStream {
        self.parts(parts);
        let length = |length: Length| DictItem::Real(length.to_pt());
        let (width, height) = (length(self.size.x), length(self.size.y));
        let area = [DictItem::Int(0), DictItem::Int(0), width, height];
        let opacity = |share: u16| DictItem::Real(f32::from(share) / 1000.0);
        let state = |&(fill, stroke): &(u16, u16)| {
            let entries = [("ca", opacity(fill)), ("CA", opacity(stroke))];
            (state_name(fill, stroke), DictItem::Dict { map: map(entries) })
        };
        let states = self.opacities.iter().map(state).collect();
        let groups = self.groups.into_iter().enumerate();
        let groups = groups
            .map(|(index, stream)| (group_name(index), DictItem::Stream { stream }));
        let resources = [
            ("ExtGState", DictItem::Dict { map: states }),
            ("XObject", DictItem::Dict { map: groups.collect() }),
        ];
        let transparent = [("S", name("Transparency")), ("I", DictItem::Bool(true))];
        let dict = map([
            ("Type", name("XObject")),
            ("Subtype", name("Form")),
            ("BBox", DictItem::Array(area.to_vec())),
            ("Resources", DictItem::Dict { map: map(resources) }),
            ("Group", DictItem::Dict { map: map(transparent) }),
        ]);
        ExternalStream { dict, content: self.out, compress: true }
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Outline(outline) => self.outline(outline),
                Part::Group(group) => self.group(group),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.out.extend(b"q\n");
        for Clip { segments, even_odd } in &group.clips {
            self.segments(segments);
            self.out.extend(if *even_odd { &b"W* n\n"[..] } else { b"W n\n" });
        }
        if group.opacity == 1000 {
            self.parts(&group.parts);
        } else {
            self.opacity(group.opacity, group.opacity);
            let form = Pen::new(self.size).form(&group.parts);
            let _ = writeln!(self.out, "/{} Do", group_name(self.groups.len()));
            self.groups.push(form);
        }
        self.out.extend(b"Q\n");
    }

    fn outline(&mut self, outline: &Outline) {
        let (fill, stroke) = (outline.fill.as_ref(), outline.stroke.as_ref());
        let share = |ink: Option<Ink>| ink.map_or(1000, |ink| ink.opacity);
        let shares = (share(fill.map(|f| f.ink)), share(stroke.map(|s| s.ink)));
        let segments = &outline.segments;
        if shares == (1000, 1000) {
            return self.paint(fill, stroke, segments);
        }
        // Where a stroke lies above its fill, both are seen.
        self.out.extend(b"q\n");
        self.opacity(shares.0, shares.1);
        if fill.is_some() {
            self.paint(fill, None, segments);
        }
        if stroke.is_some() {
            self.paint(None, stroke, segments);
        }
        self.out.extend(b"Q\n");
    }

    fn paint(
        &mut self,
        fill: Option<&Fill>,
        stroke: Option<&Stroke>,
        segments: &[Segment],
    ) {
        if let Some(fill) = fill {
            self.colour(fill.ink.colour, ["g", "rg"]);
        }
        if let Some(stroke) = stroke {
            self.colour(stroke.ink.colour, ["G", "RG"]);
            self.stroke(stroke);
        }
        self.segments(segments);
        let even_odd = fill.is_some_and(|fill| fill.even_odd);
        let operator = match (fill.is_some(), stroke.is_some(), even_odd) {
            (true, true, false) => "B\n",
            (true, true, true) => "B*\n",
            (true, false, false) => "f\n",
            (true, false, true) => "f*\n",
            (false, true, _) => "S\n",
            (false, false, _) => "n\n",
        };
        self.out.extend(operator.as_bytes());
    }

    /// Sets a colour; black, white and what is between them is printed with black alone.
    fn colour(&mut self, colour: [u8; 3], operators: [&str; 2]) {
        let [red, green, blue] = colour;
        let grey = red == green && green == blue;
        for &part in if grey { &colour[..1] } else { &colour[..] } {
            self.number((i64::from(part) * 1000 + 127) / 255);
        }
        self.out.extend(operators[usize::from(!grey)].as_bytes());
        self.out.push(b'\n');
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.number(stroke.width.0.into());
        let _ = write!(self.out, "w {} J {} j ", stroke.cap, stroke.join);
        self.number(stroke.miter.into());
        self.out.extend(b"M\n");
        self.out.push(b'[');
        stroke.dashes.iter().for_each(|dash| self.number(dash.0.into()));
        self.out.extend(b"] ");
        self.number(stroke.offset.0.into());
        self.out.extend(b"d\n");
    }

    fn opacity(&mut self, fill: u16, stroke: u16) {
        self.opacities.insert((fill, stroke));
        let _ = writeln!(self.out, "/{} gs", state_name(fill, stroke));
    }

    fn segments(&mut self, segments: &[Segment]) {
        for segment in segments {
            let (points, operator) = match *segment {
                Segment::Move(to) => (vec![to], "m\n"),
                Segment::Line(to) => (vec![to], "l\n"),
                Segment::Curve(first, second, to) => (vec![first, second, to], "c\n"),
                Segment::Close => (Vec::new(), "h\n"),
            };
            for point in points {
                self.number(point.x.0.into());
                self.number((self.size.y - point.y).0.into());
            }
            self.out.extend(operator.as_bytes());
        }
        if segments.is_empty() {
            // An empty path is no path to clip with; one without an area hides everything.
            self.out.extend(b"0 0 0 0 re\n");
        }
    }

    fn number(&mut self, thousandths: i64) {
        number(&mut self.out, thousandths);
        self.out.push(b' ');
    }
}

fn state_name(fill: u16, stroke: u16) -> String {
    format!("S{fill}-{stroke}")
}

fn group_name(index: usize) -> String {
    format!("G{index}")
}

fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

fn map<const N: usize>(entries: [(&str, DictItem); N]) -> BTreeMap<String, DictItem> {
    entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}
