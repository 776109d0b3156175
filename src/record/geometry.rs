//! Where everything stands on the pages of answer sheets, in millimetres, for whatever reads
//! marked sheets.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::layout::{Bubbles, Geometry};
use crate::length::{Length, Point};
use crate::sheet::Target;

/// A length or a place in millimetres from the top left corner of the page, exact to a
/// thousandth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Millimetres(pub i64);

impl Millimetres {
    /// As a number.
    pub fn value(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl From<Length> for Millimetres {
    fn from(length: Length) -> Millimetres {
        // A thousandth of a point is 127/360 of a micrometre.
        let scaled = i64::from(length.0) * 127;
        Millimetres((scaled + 180 * scaled.signum()) / 360)
    }
}

impl Serialize for Millimetres {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Millimetres {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        Ok(Millimetres((value * 1000.0).round() as i64))
    }
}

/// A place: across and down.
pub type Place = [Millimetres; 2];

/// Where everything stands on a sheet. Pages on which all is in the same places have one
/// geometry; pages on which two sheets stand side by side have two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeometryRecord {
    /// The numbers of the pages, from 1.
    pub pages: Vec<usize>,
    /// The diameter of a bubble, or the height of a row of letters.
    pub diameter: Millimetres,
    /// The centres of the corner marks: top left and right, bottom left and right.
    pub fiducials: Vec<Place>,
    /// The centre of the square beside the top left one.
    pub orientation: Place,
    /// The centres of the marks halfway down the left and the right side.
    pub edges: Vec<Place>,
    /// The top left and the bottom right corner of the QR code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<[Place; 2]>,
    /// The discs of the calibration strip.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tones: Vec<ToneRecord>,
    /// The ends of the ruler.
    pub ruler: [Place; 2],
    /// What is marked, in reading order.
    pub fields: Vec<FieldRecord>,
}

/// A disc of known darkness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToneRecord {
    /// Its centre.
    pub centre: Place,
    /// How dark it is, from 0 to 100.
    pub black: u8,
}

/// Bubbles of which one is marked, or several are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRecord {
    /// What they are for.
    #[serde(flatten)]
    pub target: TargetRecord,
    /// What stands in each.
    pub choices: Vec<String>,
    /// Their centres.
    pub centres: Vec<Place>,
}

/// What bubbles are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "kebab-case")]
pub enum TargetRecord {
    /// A digit of the student's number.
    Digit {
        /// Which digit, from 1.
        place: usize,
    },
    /// The variant.
    Variant,
    /// The answer to a question.
    Question {
        /// The number of its section, from 1.
        section: usize,
        /// The number of the question.
        number: u32,
        /// The number of its row, premise, place or blank, from 1, if it has several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<usize>,
    },
}

/// The geometry of the pages of a file.
pub fn geometry(of: &[Geometry]) -> Vec<GeometryRecord> {
    let mut records: Vec<GeometryRecord> = Vec::new();
    for (page, record) in of.iter().map(|one| (one.page + 1, of_page(one))) {
        let same = records.iter_mut().find(|known| {
            let pages = known.pages.clone();
            **known == GeometryRecord { pages, ..record.clone() }
        });
        match same {
            Some(known) => known.pages.push(page),
            None => records.push(GeometryRecord { pages: vec![page], ..record }),
        }
    }
    for record in &mut records {
        let pages: BTreeSet<usize> = record.pages.iter().copied().collect();
        record.pages = pages.into_iter().collect();
    }
    records
}

fn of_page(geometry: &Geometry) -> GeometryRecord {
    let code = geometry.code.map(|area| {
        let end = Point { x: area.at.x + area.width, y: area.at.y + area.height };
        [place(area.at), place(end)]
    });
    let tone = |&(centre, shade): &(Point, crate::layout::Shade)| ToneRecord {
        centre: place(centre),
        black: shade.0,
    };
    GeometryRecord {
        pages: Vec::new(),
        diameter: geometry.diameter.into(),
        fiducials: geometry.fiducials.map(place).into(),
        orientation: place(geometry.orientation),
        edges: geometry.edges.map(place).into(),
        code,
        tones: geometry.tones.iter().map(tone).collect(),
        ruler: geometry.ruler.map(place),
        fields: geometry.bubbles.iter().map(field).collect(),
    }
}

fn field(bubbles: &Bubbles) -> FieldRecord {
    let target = match bubbles.target {
        Target::Digit(place) => TargetRecord::Digit { place },
        Target::Variant => TargetRecord::Variant,
        Target::Question { section, number, part } => {
            TargetRecord::Question { section, number, part }
        }
    };
    let choices = bubbles.choices.iter();
    FieldRecord {
        target,
        choices: choices.clone().map(|(letter, _)| letter.clone()).collect(),
        centres: choices.map(|&(_, centre)| place(centre)).collect(),
    }
}

fn place(point: Point) -> Place {
    [point.x.into(), point.y.into()]
}
