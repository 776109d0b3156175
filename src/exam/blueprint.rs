//! The blueprint (kisi-kisi): the teacher's file that says what an exam is made of.

pub mod answer_sheet;
pub mod documents;
pub mod practice;
mod quotas;
mod raw;
mod read;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::Deserialize;

use crate::bank::Id;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::difficulty::Difficulty;
use crate::exam::blueprint::documents::Documents;
use crate::exam::blueprint::raw::RawBlueprint;
use crate::exam::blueprint::read::Reader;
use crate::exam::{Head, Row};
use crate::input::{self, Source};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::picture::Picture;
use crate::printing::Printing;
use crate::roster::Room;
use crate::space::Space;
use crate::sum::Sum;

/// How many lines an essay's answer is given when nobody says.
const DEFAULT_LINES: u32 = 6;

/// What an exam is made of. Read with [`Blueprint::read`].
#[derive(Debug, Clone, PartialEq)]
pub struct Blueprint {
    /// What stands on every document.
    pub head: Head,
    /// The banks that items are drawn from, by name or path.
    pub banks: Vec<Named>,
    /// The seed that all chance comes from.
    pub seed: u64,
    /// The labels of the variants.
    pub variants: Vec<String>,
    /// How variants differ.
    pub mode: Mode,
    /// Whether it is a makeup: with nothing that the main exam asks.
    pub makeup: bool,
    /// The records of exams that share nothing with this one, by path.
    pub avoid: Vec<Named>,
    /// What these ask.
    pub avoided: Asked,
    /// What else is not to be asked, though the main exam of a makeup may have asked it.
    pub also_avoided: Asked,
    /// The file that says which items have been used, by path.
    pub ledger: Option<Named>,
    /// How often items have been used before.
    pub usage: Usage,
    /// How often they had been used before the main exam of a makeup.
    pub main_usage: Usage,
    /// Whether all variants have the same key letter at each number.
    pub uniform_key: bool,
    /// How many students are to get a paper.
    pub class_size: u32,
    /// The school year of the students, from 1 to 12, if it is said.
    pub grade: Option<u32>,
    /// Whether values that change are asked too, with the day up to which they are known.
    pub dated: bool,
    /// The rules of item writing that the teacher sets aside, by their codes.
    pub allow: Vec<Named>,
    /// The paper that sheets are printed on.
    pub paper: Named,
    /// The theme that sheets are set in.
    pub theme: Named,
    /// The themes of further editions of every paper.
    pub editions: Vec<Named>,
    /// In how many columns questions stand, or `None` if the theme says.
    pub columns: Option<usize>,
    /// How papers come out of the printer.
    pub printing: Printing,
    /// The copies for the students of a roster, if they get copies of their own.
    pub copies: Option<Copies>,
    /// The documents that it is printed as.
    pub documents: Documents,
    /// What each section is made of, in printed order.
    pub sections: Vec<SectionPlan>,
    /// What documents say instead in other languages.
    pub translations: BTreeMap<Language, Translation>,
    /// The sum of the file.
    pub sha256: Sum,
}

/// How variants differ from each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// They ask the same items in other orders (acak).
    #[default]
    Shuffled,
    /// They ask other items of the same kinds (setara).
    Parallel,
}

/// What exams have asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The ids of their items.
    pub items: BTreeSet<Id>,
    /// The facts that these ask.
    pub facts: BTreeSet<Id>,
}

impl Asked {
    /// Adds what another one has.
    pub fn extend(&mut self, other: &Asked) {
        self.items.extend(other.items.iter().cloned());
        self.facts.extend(other.facts.iter().cloned());
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.facts.is_empty()
    }
}

/// How often items have been used: by the same class, and by all.
pub type Usage = BTreeMap<Id, (usize, usize)>;

/// What documents say instead in another language; `None` leaves what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Translation {
    /// The lines of the title.
    pub title: Option<Lines>,
    /// The school subject.
    pub subject: Option<String>,
    /// The class and semester.
    pub class: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// The time allowed.
    pub time: Option<String>,
    /// The general instructions.
    pub instructions: Option<Vec<String>>,
    /// The line below the last question.
    pub closing: Option<String>,
}

/// A name in a blueprint, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it stands; `None` if it is a default or comes from the command line.
    pub place: Option<Place>,
}

/// The copies for the students of a roster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Copies {
    /// The file of the roster, unless the command line names it.
    pub roster: Option<Named>,
    /// Which variants students get.
    pub papers: Handing,
    /// The room in which they sit, if there is one.
    pub seats: Option<Room>,
    /// Where the copies are asked for, unless the command line does.
    pub place: Option<Place>,
}

impl Copies {
    /// The same finding at the place where the copies are asked for.
    pub fn placed(&self, finding: Diagnostic) -> Diagnostic {
        self.place.iter().cloned().fold(finding, Diagnostic::at)
    }
}

/// Which variants students get.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handing {
    /// The variants of the blueprint in turn, or apart where students have seats.
    #[default]
    Dealt,
    /// Each a variant of their own.
    Own,
}

/// What a section is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionPlan {
    /// The kind of task.
    pub item_type: ItemType,
    /// The heading, or `None` for the wording's own.
    pub heading: Option<String>,
    /// What students are to do, or `None` for the wording's own.
    pub note: Option<String>,
    /// How many items it has.
    pub count: usize,
    /// The points for one answer.
    pub points: u32,
    /// How many of the hundred marks the section makes up, if sections are weighted.
    pub weight: Option<u32>,
    /// How many options a multiple-choice or multiple-answer item offers.
    pub options: usize,
    /// How many options of a multiple-answer item are right.
    pub right: RangeInclusive<usize>,
    /// How many premises a matching item has.
    pub pairs: usize,
    /// How many options of a matching item belong to no premise.
    pub extra: usize,
    /// How many statements a categorize item has.
    pub rows: usize,
    /// How many things an ordering item that a pattern makes has.
    pub steps: usize,
    /// How many stimuli it has at least, each with all its items.
    pub stimuli: usize,
    /// Where an essay's answer is written, or `None` for the bank's own number of lines.
    pub space: Option<Space>,
    /// How many items each topic has; what is left over comes from other topics.
    pub topics: BTreeMap<Id, Quota>,
    /// How many items each level (`L1`–`L3`) or cognitive level (`C1`–`C6`) has; what is
    /// left over comes from others.
    pub levels: BTreeMap<String, Quota>,
    /// How many items are how difficult; what is left over is not as difficult as any of
    /// these.
    pub difficulty: BTreeMap<Difficulty, Quota>,
    /// The rows of its table, if it is given by rows. Their counts add up to its own.
    pub table: Vec<RowPlan>,
    /// Where the section stands.
    pub place: Place,
}

impl SectionPlan {
    /// A section of one item that leaves everything else as it usually is.
    pub fn usual(item_type: ItemType, place: Place) -> SectionPlan {
        let several = item_type == ItemType::MultipleAnswer;
        SectionPlan {
            item_type,
            heading: None,
            note: None,
            count: 1,
            points: if item_type == ItemType::Essay { 5 } else { 1 },
            weight: None,
            options: if several { 5 } else { 4 },
            right: 2..=3,
            pairs: 5,
            extra: 2,
            rows: 4,
            steps: 4,
            stimuli: 0,
            space: None,
            topics: BTreeMap::new(),
            levels: BTreeMap::new(),
            difficulty: BTreeMap::new(),
            table: Vec::new(),
            place,
        }
    }

    /// Whether more than topics is counted.
    pub fn is_sorted(&self) -> bool {
        !self.levels.is_empty() || !self.difficulty.is_empty() || !self.table.is_empty()
    }

    /// The points for one answer to an item, which the row that it fills may say.
    pub fn points_in(&self, row: Option<usize>) -> u32 {
        let row = row.and_then(|index| self.table.get(index));
        row.and_then(|plan| plan.row.points).unwrap_or(self.points)
    }

    /// The section as it is for the items of a row.
    pub fn in_row(&self, row: Option<usize>) -> Cow<'_, SectionPlan> {
        match self.points_in(row) {
            points if points == self.points => Cow::Borrowed(self),
            points => Cow::Owned(SectionPlan { points, ..self.clone() }),
        }
    }

    /// Where an answer is written that the bank gives so many lines, if it says.
    pub fn space_for(&self, lines: Option<u32>) -> Space {
        self.space.unwrap_or(Space::lines(lines.unwrap_or(DEFAULT_LINES)))
    }
}

/// A row of a section's table, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPlan {
    /// The row.
    pub row: Row,
    /// Where it stands.
    pub place: Place,
}

/// How many items of a kind there are, and where that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// How many.
    pub count: usize,
    /// Where it is said.
    pub place: Place,
}

impl Blueprint {
    /// Reads a blueprint; `picture` opens the logos that it names.
    pub fn read(
        source: &Source,
        picture: &dyn Fn(&str) -> Result<Picture, Diagnostic>,
    ) -> Checked<Blueprint> {
        let raw: RawBlueprint = input::read(source)?;
        let mut reader = Reader { source, findings: Vec::new() };
        let blueprint = reader.blueprint(raw, picture);
        if reader.findings.is_empty() { Ok(blueprint) } else { Err(reader.findings) }
    }

    /// Turns to another language, with what the blueprint says in it.
    pub fn turn_to(&mut self, language: Language) {
        let head = &mut self.head;
        head.language = language;
        let Some(other) = self.translations.get(&language) else { return };
        let identity = &mut head.identity;
        for (own, said) in [
            (&mut identity.subject, &other.subject),
            (&mut identity.class, &other.class),
            (&mut identity.date, &other.date),
            (&mut identity.time, &other.time),
            (&mut head.closing, &other.closing),
        ] {
            if said.is_some() {
                own.clone_from(said);
            }
        }
        if let Some(title) = &other.title {
            head.title = title.clone().into_vec();
        }
        if other.instructions.is_some() {
            head.instructions.clone_from(&other.instructions);
        }
    }
}

/// The labels `A` to `Z`, then `AA`, `AB` and so on.
pub fn labels(count: usize) -> Vec<String> {
    let label = |index: usize| {
        let letter = |index: usize| char::from(b'A' + (index % 26) as u8);
        let mut letters = vec![letter(index)];
        let mut rest = index / 26;
        while rest > 0 {
            letters.push(letter(rest - 1));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    };
    (0..count).map(label).collect()
}

/// One line or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
pub enum Lines {
    /// One line.
    One(String),
    /// Several lines.
    Several(Vec<String>),
}

impl Lines {
    fn into_vec(self) -> Vec<String> {
        match self {
            Lines::One(line) => vec![line],
            Lines::Several(lines) => lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_count_like_spreadsheet_columns() {
        let all = labels(26 + 26 * 26 + 1);
        assert_eq!(all[0], "A");
        assert_eq!(all[25], "Z");
        assert_eq!(all[26], "AA");
        assert_eq!(all[27], "AB");
        assert_eq!(all[52], "BA");
        assert_eq!(all[26 + 26 * 26], "AAA");
    }
}
