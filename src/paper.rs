//! Sizes of paper.

use serde::Serialize;

use crate::length::Length;

/// A size of paper, held upright.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Its name in lower case, or `custom`.
    pub name: String,
    /// The shorter side.
    pub width: Length,
    /// The longer side.
    pub height: Length,
}

/// Known papers: name, width and height in thousandths of a millimetre.
///
/// F4 is the folio of Indonesian schools, 215 × 330 mm; A and B sizes are ISO 216;
/// Letter and Legal are ANSI/ASME Y14.1.
const PAPERS: [(&str, i64, i64); 6] = [
    ("f4", 215_000, 330_000),
    ("a4", 210_000, 297_000),
    ("a5", 148_000, 210_000),
    ("b5", 176_000, 250_000),
    ("letter", 215_900, 279_400),
    ("legal", 215_900, 355_600),
];

impl Paper {
    /// The paper of that name in any case, or a custom one written like `200x300mm`.
    pub fn named(name: &str) -> Option<Paper> {
        let name = name.trim().to_lowercase();
        let known = PAPERS.iter().find(|(known, ..)| *known == name);
        let (name, width, height) = match known {
            Some(&(name, width, height)) => (name.to_string(), width, height),
            None => {
                let (width, height) = name.strip_suffix("mm")?.split_once(['x', '×'])?;
                let side = |side: &str| side.trim().parse::<u32>().ok().map(i64::from);
                let (width, height) = (side(width)?, side(height)?);
                if width.min(height) < 100 || width.max(height) > 1000 {
                    return None;
                }
                ("custom".to_string(), width.min(height) * 1000, width.max(height) * 1000)
            }
        };
        let (width, height) = (Length::micrometres(width), Length::micrometres(height));
        Some(Paper { name, width, height })
    }

    /// Half of the paper, held upright.
    pub fn half(&self) -> Paper {
        let name = format!("half of {}", self.name);
        Paper { name, width: self.height / 2, height: self.width }
    }

    /// The names of the known papers.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PAPERS.iter().map(|(name, ..)| *name)
    }
}
