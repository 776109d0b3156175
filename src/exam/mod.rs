//! What is asked: a blueprint and a bank become questions and keys in variants.
//!
//! An item (a question with its answer and rationale) lives and dies inside this room:
//! it is parted into a [`Question`], which has no field for an answer, and an
//! [`Answer`]. Papers are composed from questions alone.

pub mod blueprint;
pub mod code;

mod amend;
mod arrange;
mod build;
mod candidates;
mod cells;
mod census;
mod copies;
mod draw;
mod drawing;
pub mod fairness;
mod item;
mod letters;
mod mend;
mod parallel;
mod part;
mod pool;
pub mod puzzles;
mod seed;
mod shortage;
mod supply;
mod variants;

pub use self::amend::{Amended, Amendment, Change, Refusal, Void, counting};
pub use self::blueprint::Blueprint;
pub use self::census::{Class, census};
pub use self::copies::{PersonalCopy, hand_out};
pub use self::fairness::Fairness;
pub use self::part::shares;
pub use self::puzzles::{Practice, practice, practice_from};
pub use self::seed::Seed;
pub use self::variants::Variants;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bank::{Bank, BankFile, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::difficulty::Difficulty;
use crate::exam::blueprint::answer_sheet::Form;
use crate::exam::blueprint::documents::Documents;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::length::Length;
use crate::picture::{FileName, Picture};
use crate::role::FileRole;
use crate::roster::Room;
use crate::space::Space;
use crate::sum::Sum;
use crate::text::{Markup, plain};

/// A finished exam: everything that its documents say, before any is composed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exam {
    /// What stands on every document.
    pub head: Head,
    /// The seed that all chance came from.
    pub seed: u64,
    /// The bank files that it was drawn from.
    pub banks: Vec<BankFile>,
    /// The sum of the blueprint file.
    pub blueprint_sha256: Sum,
    /// The rules of item writing that the teacher set aside, by their codes.
    pub allowed: Vec<String>,
    /// The sections, in printed order.
    pub sections: Vec<Section>,
    /// How far apart the variants are.
    pub spread: Spread,
    /// The variants, in the order of their labels.
    pub variants: Variants,
    /// How much alike they are, if they are parallel.
    pub fairness: Option<Fairness>,
    /// The copies for students, in the order of the roster; empty if there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<PersonalCopy>,
    /// The room in which students sit, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// Practice and play that goes with it.
    #[serde(skip_serializing_if = "Practice::is_empty")]
    pub practice: Practice,
}

/// What stands on every document of an exam. Texts may carry markup.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Head {
    /// The lines of the title; at least one.
    pub title: Vec<String>,
    /// The language of questions and printed words.
    pub language: Language,
    /// The letterhead, if there is one.
    pub letterhead: Option<Letterhead>,
    /// What the identity block says.
    pub identity: Identity,
    /// What teachers' documents say of the school.
    pub school: School,
    /// The general instructions, or `None` for the wording's own.
    pub instructions: Option<Vec<String>>,
    /// The line below the last question, or `None` for the wording's own.
    pub closing: Option<String>,
    /// What stands across every page ("RAHASIA"), if anything does.
    pub watermark: Option<String>,
    /// Whether numbers run through all sections or start again in each.
    pub numbering: Numbering,
}

impl Head {
    /// The title in one line, without markup.
    pub fn title_line(&self) -> String {
        let lines: Vec<String> = self.title.iter().map(|line| plain(line)).collect();
        lines.join(" ")
    }
}

/// The school's letterhead.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Letterhead {
    /// The authorities above the school.
    pub authority: Vec<String>,
    /// The school.
    pub school: Option<String>,
    /// Address, telephone and the like.
    pub address: Vec<String>,
    /// The picture at the left.
    pub left: Option<Arc<Picture>>,
    /// The picture at the right.
    pub right: Option<Arc<Picture>>,
}

/// What the identity block says; an empty value leaves a line to write on.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Identity {
    /// Whether students write on an answer sheet, and not on the paper: neither who they are
    /// nor what they answer.
    pub answer_sheet: bool,
    /// Whether that sheet has bubbles to be filled in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bubbles: bool,
    /// The school subject.
    pub subject: Option<String>,
    /// The class and semester.
    pub class: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// The time allowed.
    pub time: Option<String>,
    /// Further labels and values.
    pub more: Vec<(String, String)>,
}

impl Identity {
    /// Lets students write on answer sheets if these are asked for by name.
    pub fn turn_to_sheets(&mut self, documents: &Documents) {
        if documents.names(FileRole::AnswerSheet) {
            self.answer_sheet = true;
            self.bubbles = documents.answer_sheet.form == Form::Bubble;
        }
    }
}

/// What teachers' documents say of the school; what is not known leaves a line to write on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct School {
    /// The school year ("2026/2027").
    pub year: Option<String>,
    /// The place where documents are signed.
    pub place: Option<String>,
    /// The date on which they are signed.
    pub date: Option<String>,
    /// Who wrote the exam.
    pub teacher: Person,
    /// Who approves of it.
    pub headmaster: Person,
}

/// Somebody who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    default,
    deny_unknown_fields,
    expecting = "a table like { name = \"…\", number = \"…\" }"
)]
pub struct Person {
    /// The name, with titles.
    pub name: Option<String>,
    /// The number in the service (NIP, NUPTK).
    pub number: Option<String>,
}

/// How questions are numbered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// Through all sections.
    #[default]
    Continuous,
    /// From 1 in every section.
    Sections,
}

/// A section of an exam.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// The kind of task that all its items set.
    pub item_type: ItemType,
    /// The heading, or `None` for the wording's own.
    pub heading: Option<String>,
    /// What students are to do, or `None` for the wording's own.
    pub note: Option<String>,
    /// How many items it has.
    pub count: usize,
    /// The points for one answer: an item, or a pair, row or blank where it has several.
    pub points: u32,
    /// The points that one answer earns in any of its rows, ascending.
    pub scores: Vec<u32>,
    /// How many answers it asks for.
    pub answers: u32,
    /// How many options a multiple-choice or multiple-answer item offers.
    pub options: usize,
    /// The points of the whole section.
    pub total: u32,
    /// How many of the hundred marks it makes up; `None` if every point counts the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<u32>,
    /// The rows of its table, if the blueprint gives it by rows.
    pub rows: Vec<Row>,
}

/// A row of the blueprint's table (kisi-kisi). Texts may carry markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What students are to achieve in the phase (capaian pembelajaran).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// What they are to learn (tujuan pembelajaran).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<String>,
    /// The subject matter (materi).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
    /// What an item asks students to show (indikator soal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
    /// The topic of its items, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Id>,
    /// The level or cognitive level of its items, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// How difficult its items are, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Difficulty>,
    /// How many items it has.
    pub count: usize,
    /// The points for one answer, if they are not those of the section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

/// An exam as one group of students gets it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    /// What the students see.
    pub paper: Paper,
    /// What the teacher sees.
    pub key: Key,
}

/// The questions of a variant. There is no answer in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Paper {
    /// The variant's label ("A").
    pub label: String,
    /// The code that is printed on every page.
    pub code: String,
    /// What questions are about, in printed order.
    pub stimuli: Vec<Stimulus>,
    /// The questions, in printed order. Those of one stimulus follow each other.
    pub questions: Vec<Question>,
}

/// A text, a picture, a table or several of these that questions are about. Texts may
/// carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stimulus {
    /// The title above the text.
    pub title: Option<String>,
    /// The paragraphs of the text.
    pub paragraphs: Vec<String>,
    /// The picture below the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Figure>,
    /// The table below all else.
    pub table: Option<DataTable>,
}

/// A picture as a paper prints it. Texts may carry markup.
///
/// It does not say in which file it is: names of files may say too much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The picture.
    pub picture: Arc<Picture>,
    /// How wide it is printed at most, or `None` for its natural width.
    pub width: Option<Length>,
    /// What stands below it.
    pub caption: Option<String>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<String>,
}

/// A table as a paper prints it. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DataTable {
    /// What it is called.
    pub caption: Option<String>,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows; each has as many cells as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// A question as it is printed. Texts may carry markup.
///
/// It does not say from which item it was parted: the ids of items name their answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The number that is printed before it.
    pub number: u32,
    /// The index of its section.
    pub section: usize,
    /// The points for a full answer.
    pub points: u32,
    /// The index of the stimulus that it is about.
    pub stimulus: Option<usize>,
    /// The question itself.
    pub stem: Markup,
    /// The picture below the stem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Arc<Figure>>,
    /// The table below the stem and the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Arc<DataTable>>,
    /// What the student works on.
    pub body: Body,
}

/// What a student works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Body {
    /// Options, of which one is to be crossed.
    Options(Vec<Markup>),
    /// Options, of which several are to be ticked.
    Boxes(Vec<Markup>),
    /// A statement to be judged: the stem.
    Judgement,
    /// Statements, each to be ticked in the column of a category.
    Categories {
        /// The statements.
        rows: Vec<Markup>,
        /// The heads of the columns.
        categories: Vec<Markup>,
    },
    /// Premises to be paired with options.
    Matching {
        /// The left column.
        premises: Vec<Markup>,
        /// The right column, longer than the left.
        options: Vec<Markup>,
    },
    /// Things to be put in order.
    Steps(Vec<Markup>),
    /// A blank in the stem.
    Blank,
    /// A text with blanks.
    Cloze {
        /// The text, with `{1}`, `{2}` … for the blanks.
        text: Markup,
        /// The words to choose from, or nothing if none are given.
        words: Vec<Markup>,
    },
    /// Space to write in.
    Space(Space),
}

/// The key of a variant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Key {
    /// The variant's label ("A").
    pub label: String,
    /// The code that is printed on every page of the paper.
    pub code: String,
    /// The answers, in the order of the questions.
    pub answers: Vec<Answer>,
}

/// The answer to a question, and why it is right. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The number of the question.
    pub number: u32,
    /// The index of its section.
    pub section: usize,
    /// What is known of its item, wherever that stands.
    pub about: Arc<About>,
    /// What is right, and why.
    pub solution: Solution,
    /// What an erratum made of it, if it was amended after papers were printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amended: Option<Amended>,
}

/// What teachers know of a question in whatever variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// The id of the item that it was parted from.
    pub item: Id,
    /// The kind of task.
    pub item_type: ItemType,
    /// Whether it asks for the exception.
    pub negative: bool,
    /// The topic that it counts for.
    pub topic: Id,
    /// The level and the cognitive level ("L1", "C2").
    pub level: (String, String),
    /// How difficult it is.
    pub difficulty: Difficulty,
    /// The index of the row of its section that it fills, if there are rows.
    pub row: Option<usize>,
    /// The facts that it asks.
    pub facts: BTreeSet<Id>,
    /// The id of the stimulus that it is about.
    pub stimulus: Option<Id>,
    /// The file of the picture that it shows.
    pub picture: Option<FileName>,
    /// The file of the picture that its stimulus shows.
    pub stimulus_picture: Option<FileName>,
    /// The points for a full answer.
    pub points: u32,
    /// What it asks, so that a key can be read by itself.
    pub stem: Markup,
    /// Where its facts come from.
    pub sources: Vec<String>,
}

/// What is right, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Solution {
    /// The right option's letter, and what is to be said of each.
    Option {
        /// The letter, from `A`.
        letter: char,
        /// The options in printed order.
        options: Vec<Reasoned>,
    },
    /// The letters of all right options, and what is to be said of each option.
    Options {
        /// The letters, ascending.
        letters: Vec<char>,
        /// The options in printed order.
        options: Vec<Reasoned>,
    },
    /// Whether the statement is true.
    Judgement {
        /// Whether it is.
        truth: bool,
        /// Why.
        reason: Option<Markup>,
    },
    /// The category of every statement.
    Categories(Vec<Placed>),
    /// The right option's letter for every premise.
    Matching(Vec<Pair>),
    /// The things in the right order.
    Order {
        /// Which thing is the first, which the second …
        steps: Vec<Ordered>,
        /// Why.
        reason: Option<Markup>,
    },
    /// The answers that count as right, the usual one first.
    Blank {
        /// The spellings that count.
        accepted: Vec<Markup>,
        /// Why.
        reason: Option<Markup>,
    },
    /// The answers that count as right in each blank, the usual one first.
    Cloze {
        /// The spellings that count, by blank.
        blanks: Vec<Vec<Markup>>,
        /// Why.
        reason: Option<Markup>,
    },
    /// How an essay is scored.
    Guide(Guide),
}

/// An option and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasoned {
    /// The option.
    pub text: Markup,
    /// Whether it is right.
    pub correct: bool,
    /// Why it is right or wrong.
    pub reason: Option<Markup>,
}

/// A statement and its category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// The statement.
    pub text: Markup,
    /// The category, as the head of its column says.
    pub category: Markup,
    /// Why it belongs there.
    pub reason: Option<Markup>,
}

/// A thing that has its place in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ordered {
    /// The letter that is printed before it.
    pub letter: char,
    /// The thing.
    pub text: Markup,
    /// Why it has this place.
    pub reason: Option<Markup>,
}

/// A premise and its option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The premise.
    pub premise: Markup,
    /// The option's letter.
    pub letter: char,
    /// The option.
    pub option: Markup,
    /// Why they belong together.
    pub reason: Option<Markup>,
}

/// How an essay is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Guide {
    /// Each criterion earns its own points.
    Criteria(Vec<(Markup, u32)>),
    /// Any so many of the answers.
    AnyOf {
        /// The points for the first, the second … right answer.
        shares: Vec<u32>,
        /// The answers that count.
        answers: Vec<Markup>,
    },
}

/// How far apart the variants are, and how their key letters are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How often an item has the same number in two variants, over all pairs of variants.
    pub coincidences: u64,
    /// No arrangement of these items has fewer, in so many variants (and with this key, if
    /// it is uniform).
    pub least_coincidences: u64,
    /// How often each letter is the key of a multiple-choice question, by variant. Thousands
    /// of variants share a few of these.
    pub letters: Vec<Arc<BTreeMap<char, usize>>>,
    /// How often at most a letter is the key of questions that follow each other.
    pub longest_run: usize,
    /// At how many numbers at most a variant and the next one have the same letter.
    pub equal_next: usize,
    /// At how many numbers at most any two variants have the same letter, unless there are
    /// more than 200 variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal_any: Option<usize>,
}

/// How long a paper is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fit {
    /// How many pages it takes.
    pub pages: usize,
    /// How many pages it would take if questions could be parted anywhere.
    pub least: usize,
}

/// Says how long a paper is. The dice do not know paper; whoever does tells them.
pub type Measure<'a> = dyn FnMut(&Head, &[Section], &Paper) -> Fit + 'a;

/// Draws the items that a blueprint asks for and deals them into variants, whatever the
/// length of their papers.
///
/// Fails when the bank is too small for the blueprint, with one finding per cell.
pub fn make(bank: &Bank, blueprint: &Blueprint) -> Checked<Exam> {
    make_of(bank, blueprint, None)
}

/// Like [`make`], but the papers of all variants are equally long, as `measure` says.
pub fn make_even(
    bank: &Bank,
    blueprint: &Blueprint,
    measure: &mut Measure,
) -> Checked<Exam> {
    make_of(bank, blueprint, Some(measure))
}

fn make_of(
    bank: &Bank,
    blueprint: &Blueprint,
    measure: Option<&mut Measure>,
) -> Checked<Exam> {
    let seed = Seed(blueprint.seed);
    // Some that nobody gets have a say in the number of pages.
    let trial = if measure.is_some() { arrange::TRIAL } else { 1 };
    let count = blueprint.variants.len().max(trial);
    let drawn = draw::draw(bank, blueprint, seed, count)?;
    in_language(bank, blueprint, &drawn)?;
    Ok(arrange::arrange(bank, blueprint, seed, &drawn, measure))
}

/// Fails if items are to be printed in a language that they are not written in.
fn in_language(bank: &Bank, blueprint: &Blueprint, drawn: &[draw::Drawn]) -> Checked<()> {
    let language = blueprint.head.language;
    let foreign = |item: &&item::Item| !item.stem.translations.contains_key(&language);
    let foreign = drawn.iter().flatten().flatten().filter(foreign).count();
    if language == bank.language || foreign == 0 {
        return Ok(());
    }
    let (name, table) = (language.name(), language.code());
    let message = format!("{foreign} of the drawn items are not written in {name}");
    let finding = Diagnostic::error(message).hint(format!(
        "give them `{table} = {{ … }}` in the bank, or print in its own language"
    ));
    let place = blueprint.banks.first().and_then(|named| named.place.clone());
    Err(vec![place.into_iter().fold(finding, Diagnostic::at)])
}
