//! The blueprint file as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::bank::Id;
use crate::difficulty::Difficulty;
use crate::exam::blueprint::documents::RawDocuments;
use crate::exam::blueprint::{Handing, Lines, Translation};
use crate::exam::{Numbering, School};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::length::Length;
use crate::printing::Printing;
use crate::roster::Room;
use crate::space::Ruling;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawBlueprint {
    pub title: Spanned<Lines>,
    #[serde(default)]
    pub language: Language,
    pub banks: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub seed: u64,
    pub variants: Option<Spanned<Variants>>,
    #[serde(default)]
    pub mode: RawMode,
    #[serde(default)]
    pub avoid: Vec<Spanned<String>>,
    pub ledger: Option<Spanned<String>>,
    pub uniform_key: Option<Spanned<bool>>,
    pub class_size: Option<Spanned<u32>>,
    pub grade: Option<Spanned<u32>>,
    #[serde(default)]
    pub dated: bool,
    #[serde(default)]
    pub allow: Vec<Spanned<String>>,
    pub paper: Option<Spanned<String>>,
    pub theme: Option<Spanned<String>>,
    #[serde(default)]
    pub editions: Vec<Spanned<String>>,
    #[serde(default)]
    pub numbering: Numbering,
    pub letterhead: Option<RawLetterhead>,
    #[serde(default)]
    pub identity: RawIdentity,
    #[serde(default)]
    pub school: School,
    #[serde(default)]
    pub printing: Printing,
    pub copies: Option<Spanned<RawCopies>>,
    pub documents: Option<Spanned<RawDocuments>>,
    pub instructions: Option<Vec<String>>,
    pub closing: Option<String>,
    pub watermark: Option<String>,
    pub columns: Option<Spanned<usize>>,
    #[serde(default)]
    pub section: Vec<Spanned<RawSection>>,
    pub id: Option<Translation>,
    pub en: Option<Translation>,
}

/// How many variants there are, or their labels.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number of variants or a list of their labels")]
pub enum Variants {
    Count(usize),
    Labels(Vec<String>),
}

/// How variants differ, or that it is a makeup.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RawMode {
    #[default]
    Shuffled,
    Parallel,
    Makeup,
}

/// How many options are right: always so many, or from the first to the second number.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number, or a list of the least and the most")]
pub enum Right {
    Always(usize),
    Between([usize; 2]),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLetterhead {
    pub authority: Option<Lines>,
    pub school: Option<String>,
    pub address: Option<Lines>,
    pub left: Option<Spanned<String>>,
    pub right: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawIdentity {
    pub answer_sheet: bool,
    pub subject: Option<String>,
    pub class: Option<String>,
    pub date: Option<String>,
    pub time: Option<String>,
    pub more: Vec<RawField>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawCopies {
    pub roster: Option<Spanned<String>>,
    pub papers: Handing,
    pub seats: Option<Spanned<Room>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table like { label = \"…\", value = \"…\" }")]
pub struct RawField {
    pub label: String,
    pub value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSection {
    #[serde(rename = "type")]
    pub item_type: ItemType,
    pub heading: Option<String>,
    pub note: Option<String>,
    pub count: Option<Spanned<usize>>,
    pub points: Option<Spanned<u32>>,
    pub weight: Option<Spanned<u32>>,
    pub options: Option<Spanned<usize>>,
    pub right: Option<Spanned<Right>>,
    pub pairs: Option<Spanned<usize>>,
    pub extra: Option<Spanned<usize>>,
    pub rows: Option<Spanned<usize>>,
    pub steps: Option<Spanned<usize>>,
    pub stimuli: Option<Spanned<usize>>,
    pub lines: Option<Spanned<u32>>,
    pub space: Option<Spanned<RawSpace>>,
    #[serde(default)]
    pub topics: BTreeMap<Id, Spanned<usize>>,
    #[serde(default)]
    pub levels: BTreeMap<Spanned<String>, Spanned<usize>>,
    pub difficulty: Option<Spanned<Mix>>,
    #[serde(default)]
    pub row: Vec<Spanned<RawRow>>,
}

/// How many items are how difficult: counts, or shares like "30:50:20".
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected counts like { easy = 3, medium = 5, hard = 2 }, shares like \
                 \"30:50:20\", or \"usual\""
)]
pub enum Mix {
    Shares(String),
    Counts(BTreeMap<Difficulty, usize>),
}

/// A row of the blueprint's table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRow {
    pub outcome: Option<String>,
    pub objective: Option<String>,
    pub material: Option<String>,
    pub indicator: Option<String>,
    pub topic: Option<Spanned<String>>,
    pub level: Option<Spanned<String>>,
    pub difficulty: Option<Difficulty>,
    pub count: Option<Spanned<usize>>,
    pub points: Option<Spanned<u32>>,
}

/// Space to write in: a ruling, and one of its extents.
#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a table like { ruling = \"lines\", lines = 5 }"
)]
pub struct RawSpace {
    #[serde(default)]
    pub ruling: Ruling,
    pub lines: Option<Spanned<u32>>,
    pub height: Option<Length>,
    #[serde(default)]
    pub rest: bool,
}
