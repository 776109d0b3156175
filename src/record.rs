//! The record of a job: `exam.json`, which lies beside the PDFs and tells other programs
//! what they ask and what is right.
//!
//! Others build on its shape: keys are added, never renamed.

mod geometry;
mod items;
mod variants;

pub use self::geometry::{
    FieldRecord, GeometryRecord, Millimetres, Place, TargetRecord, ToneRecord, geometry,
};
mod practice;

pub use self::items::{ItemRecord, ItemRecords};
pub use self::practice::{CardRecord, EntryRecord, PracticeRecord};
pub use self::variants::VariantRecords;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::bank::BankFile;
use crate::diagnostic::Diagnostic;
use crate::exam::blueprint::documents::{Documents, KeySettings};
use crate::exam::{
    Amendment, Answer, Body, DataTable, Exam, Fairness, Figure, Guide, PersonalCopy,
    Question, Row, Solution, Spread, Stimulus, Variant,
};
use crate::fonts::FontFile;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::picture::FileName;
pub use crate::role::FileRole;
use crate::sum::Sum;
use crate::text::{Markup, plain};

/// How many variants a key matrix has at most; of more variants there are several.
pub const MATRIX_VARIANTS: usize = 240;

/// The name of the file.
pub const FILE_NAME: &str = "exam.json";

/// What a job made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Record {
    /// The version of the program that made it.
    pub lembar: String,
    /// The seed that all chance came from.
    pub seed: u64,
    /// What stands for the exam in the codes of its answer sheets, if it has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The title, in one line.
    pub title: String,
    /// The language of the sheets.
    pub language: Language,
    /// The bank files that the items were drawn from.
    pub banks: Vec<BankFile>,
    /// The name of the blueprint file, or of the built-in blueprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blueprint: Option<String>,
    /// The sum of the blueprint file.
    pub blueprint_sha256: Sum,
    /// What part of the job this is, unless it is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardRecord>,
    /// The documents that were asked for; empty if they are the usual ones: papers, keys and
    /// the key matrix, and the lists of a class.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<FileRole>,
    /// What the keys hold besides answers and points, unless it is everything.
    #[serde(default, skip_serializing_if = "KeySettings::is_full")]
    pub key: KeySettings,
    /// The sections that are given by rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<TableOfRows>,
    /// The font files of the user's own that the sheets are set in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fonts: Vec<FontFile>,
    /// How far apart the variants are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// The items that the variants ask.
    #[serde(default)]
    pub items: Arc<ItemRecords>,
    /// The variants.
    pub variants: VariantRecords,
    /// How much alike the variants are, if they are parallel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fairness: Option<Fairness>,
    /// The personal copies, in the order of the roster.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopyRecord>,
    /// Practice and play that goes with the exam.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practice: Vec<PracticeRecord>,
    /// What errata changed after the papers were printed; the variants say what was right
    /// before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<AmendmentRecord>,
    /// The files, in the order in which they were made.
    pub files: Vec<FileRecord>,
}

/// What part of a job was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardRecord {
    /// The part and how many there are, as in `3/12`.
    pub part: String,
    /// How many students the roster has.
    pub students: usize,
    /// The places in the roster, from 0, of those whose copies are in this part.
    pub copies: Vec<usize>,
}

/// The rows of a section's table (kisi-kisi).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOfRows {
    /// The number of the section, from 1.
    pub section: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantRecord {
    /// The label ("A").
    pub label: String,
    /// The code that is printed on every page.
    pub code: String,
    /// What questions are about, in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stimuli: Vec<StimulusRecord>,
    /// The questions, in printed order.
    pub questions: Vec<QuestionRecord>,
}

/// A copy for one student. What is not known of the student is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyRecord {
    /// The number in the class.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The number in the school or the country.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The name.
    pub name: String,
    /// The class.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub class: String,
    /// The seat: row and column, as in `2-3`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seat: String,
    /// The label of the variant.
    pub variant: String,
    /// The code that is printed on every page.
    pub code: String,
    /// The path of the file that it is in.
    pub file: String,
    /// The number of its first page there.
    pub page: usize,
}

/// A text, a picture, a table or several of these that questions are about. Texts have no
/// markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StimulusRecord {
    /// The stimulus's id, the same in all variants.
    pub id: String,
    /// The title above the text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The paragraphs of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<String>,
    /// The picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureRecord>,
    /// What the table is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// The heads of the columns of the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<String>,
    /// The rows of the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<String>>,
}

/// A picture that is shown. Texts have no markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureRecord {
    /// The path of its file, as the bank gives it.
    pub path: String,
    /// The sum of the file.
    pub sha256: Sum,
    /// What stands below it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// What it shows, for those who cannot see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
}

/// A table that is shown. Texts have no markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRecord {
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// A question with its key. Texts have no markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRecord {
    /// The number that is printed before it.
    pub number: u32,
    /// The number of its section, from 1.
    pub section: usize,
    /// The kind of task.
    #[serde(rename = "type")]
    pub item_type: ItemType,
    /// The item's id, the same in all variants.
    pub item: String,
    /// What is the same of its item wherever that is asked; the file says it once.
    #[serde(skip)]
    pub about: Arc<ItemRecord>,
    /// The number of the row of its section's table that it fills, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The points for a full answer.
    pub points: u32,
    /// The number of the stimulus that it is about, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stimulus: Option<usize>,
    /// The question itself.
    pub stem: Arc<str>,
    /// The picture below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureRecord>,
    /// The table below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableRecord>,
    /// The premises of a matching question, in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub premises: Vec<Arc<str>>,
    /// The options, in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Arc<str>>,
    /// The statements of a categorize question, in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Arc<str>>,
    /// The heads of its columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Arc<str>>,
    /// The text of a cloze question, with `{1}`, `{2}` … for its blanks.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub text: Arc<str>,
    /// The words that are given to choose from, in printed order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Arc<str>>,
    /// The key: a letter, or several where several options are right; a category for every
    /// row; the letters of things in the right order; the answer of every blank; `true` or `false`; a letter for every premise; the answer of a
    /// blank; nothing for essays.
    pub key: Vec<Arc<str>>,
    /// Every spelling that counts in a blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepted: Vec<Arc<str>>,
    /// Every spelling that counts in each blank of a cloze question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blanks: Vec<Vec<Arc<str>>>,
    /// The scoring guide of an essay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guide: Vec<CriterionRecord>,
}

impl QuestionRecord {
    /// Why each option, premise, statement or step is right or wrong, in printed order, with
    /// nothing where no reason is known; or why the whole is answered so.
    pub fn rationales(&self) -> Vec<&str> {
        let ItemRecord { rationales, rationale, .. } = &*self.about;
        if rationales.is_empty() {
            return Some(&**rationale)
                .filter(|whole| !whole.is_empty())
                .into_iter()
                .collect();
        }
        let parts = match self.item_type {
            ItemType::Matching => &self.premises,
            ItemType::Categorize => &self.rows,
            _ => &self.options,
        };
        parts.iter().map(|part| rationales.get(part).map_or("", |it| it)).collect()
    }
}

/// A line of a scoring guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionRecord {
    /// What earns the points.
    pub text: Arc<str>,
    /// The points; where any of several answers counts, those of the first.
    pub points: u32,
}

/// A change of what counts as right in an item, and where the item stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentRecord {
    /// The change.
    #[serde(flatten)]
    pub amendment: Amendment,
    /// The questions of all variants that ask the item.
    pub places: Vec<PlaceRecord>,
}

/// A question whose key was amended. Texts have no markup.
///
/// A key has a list for each part of a question (a row, a premise, a blank; most have one
/// part), with every answer that counts. A void question has no key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRecord {
    /// The label of the variant.
    pub variant: String,
    /// The number of its section, from 1.
    pub section: usize,
    /// The number that is printed before it.
    pub number: u32,
    /// The key before.
    pub before: Vec<Vec<String>>,
    /// The key now.
    pub key: Vec<Vec<String>>,
}

/// A file of the job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// The path, from the folder of the record.
    pub path: String,
    /// What it is.
    pub role: FileRole,
    /// The variant that it belongs to, if to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The theme, if it is a further edition of a paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// How many pages it has.
    pub pages: usize,
    /// The number of the erratum that it belongs to, if to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erratum: Option<u32>,
    /// Whether it is a key or an overlay that an erratum has replaced.
    #[serde(default, skip_serializing_if = "is_false")]
    pub superseded: bool,
    /// Where everything stands on the pages of answer sheets and key overlays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub geometry: Vec<GeometryRecord>,
    /// The sum of its bytes.
    pub sha256: Sum,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

impl Record {
    /// Says which documents were asked for, and what they leave out.
    pub fn ask_for(&mut self, documents: &Documents) {
        self.documents = documents.listed();
        self.key = documents.key.clone();
    }

    /// Reads the record in a folder.
    pub fn open(folder: &Path) -> Result<Record, Diagnostic> {
        let path = folder.join(FILE_NAME);
        let shown = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|_| {
            Diagnostic::error(format!("there is no `{shown}`"))
                .hint("name the folder that `lembar make` wrote")
        })?;
        serde_json::from_str(&text).map_err(|error| {
            Diagnostic::error(format!("`{shown}` is no record of an exam: {error}"))
                .hint("print the exam again with `lembar make`")
        })
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Record::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    /// Reads what stands there, and gives each question its item.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Record, D::Error> {
        let mut record = Record::deserialize(deserializer)?;
        let items = Arc::clone(&record.items);
        for question in record.variants.hold().iter_mut().flat_map(|v| &mut v.questions) {
            let unknown = || D::Error::custom(format!("no item `{}`", question.item));
            question.about = items.get(&question.item).cloned().ok_or_else(unknown)?;
        }
        Ok(record)
    }
}

/// The record of an exam and the files that it was printed to.
pub fn record(exam: &Exam, files: Vec<FileRecord>) -> Record {
    let variants = VariantRecords::from(exam.variants.clone());
    Record {
        lembar: env!("CARGO_PKG_VERSION").to_string(),
        seed: exam.seed,
        id: None,
        title: exam.head.title_line(),
        language: exam.head.language,
        banks: exam.banks.clone(),
        blueprint: None,
        blueprint_sha256: exam.blueprint_sha256,
        shard: None,
        documents: Vec::new(),
        key: KeySettings::default(),
        tables: tables(exam),
        fonts: Vec::new(),
        spread: Some(exam.spread.clone()),
        items: Arc::clone(variants.items()),
        variants,
        fairness: exam.fairness.clone(),
        copies: exam.copies.iter().map(|one| copy(exam, one)).collect(),
        practice: practice::practice(exam),
        amendments: Vec::new(),
        files,
    }
}

/// The tables of the sections that have one.
fn tables(exam: &Exam) -> Vec<TableOfRows> {
    let sections = exam.sections.iter().zip(1..);
    let by_rows = sections.filter(|(section, _)| !section.rows.is_empty());
    by_rows
        .map(|(plan, section)| TableOfRows { section, rows: plan.rows.clone() })
        .collect()
}

/// The record of a personal copy that is in no file yet.
fn copy(exam: &Exam, copy: &PersonalCopy) -> CopyRecord {
    let PersonalCopy { student, variant, code } = copy;
    CopyRecord {
        number: student.number.clone(),
        id: student.id.clone(),
        name: student.name.clone(),
        class: student.class.clone(),
        seat: student.seat.map(|seat| seat.to_string()).unwrap_or_default(),
        variant: exam.variants.label(*variant).to_string(),
        code: code.clone(),
        file: String::new(),
        page: 0,
    }
}

/// The record of a variant.
fn variant(variant: &Variant, items: &ItemRecords) -> VariantRecord {
    let questions = variant.paper.questions.iter().zip(&variant.key.answers);
    let questions = questions.map(|(question, answer)| join(question, answer, items));
    VariantRecord {
        label: variant.paper.label.clone(),
        code: variant.paper.code.clone(),
        stimuli: stimuli(variant),
        questions: questions.collect(),
    }
}

/// The stimuli of a variant, each with the id that the answers know.
fn stimuli(variant: &Variant) -> Vec<StimulusRecord> {
    let (questions, answers) = (&variant.paper.questions, &variant.key.answers);
    let about = |index: usize| {
        let of = questions.iter().zip(answers).find(|(q, _)| q.stimulus == Some(index));
        of.map(|(_, answer)| answer)
    };
    let record = |(index, stimulus): (usize, &Stimulus)| {
        let about = about(index);
        let table = stimulus.table.as_ref().map(self::table);
        let TableRecord { caption, head, rows } = table.unwrap_or_default();
        StimulusRecord {
            id: about.and_then(|a| a.about.stimulus.clone()).unwrap_or_default(),
            title: said(&stimulus.title),
            paragraphs: plain_all(&stimulus.paragraphs),
            picture: picture(
                stimulus.picture.as_ref(),
                about.and_then(|a| a.about.stimulus_picture.as_ref()),
            ),
            caption,
            head,
            rows,
        }
    };
    variant.paper.stimuli.iter().enumerate().map(record).collect()
}

/// A text without markup, if there is one.
fn said(text: &Option<String>) -> String {
    text.as_deref().map(plain).unwrap_or_default()
}

/// Texts of a stimulus without markup.
fn plain_all(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| plain(text)).collect()
}

/// A picture and its file, joined again.
fn picture(shown: Option<&Figure>, file: Option<&FileName>) -> Option<PictureRecord> {
    let (shown, FileName { path, sha256 }) = (shown?, file?.clone());
    let (caption, alt) = (said(&shown.caption), said(&shown.alt));
    Some(PictureRecord { path, sha256, caption, alt })
}

fn table(table: &DataTable) -> TableRecord {
    TableRecord {
        caption: said(&table.caption),
        head: plain_all(&table.head),
        rows: table.rows.iter().map(|row| plain_all(row)).collect(),
    }
}

/// A question and its answer, joined again for the teacher's record.
fn join(question: &Question, answer: &Answer, items: &ItemRecords) -> QuestionRecord {
    let mut record = QuestionRecord {
        number: question.number,
        section: question.section + 1,
        item_type: answer.about.item_type,
        item: answer.about.item.clone(),
        about: items.get(&answer.about.item).cloned().unwrap_or_default(),
        row: answer.about.row.map(|index| index + 1),
        points: question.points,
        stimulus: question.stimulus.map(|index| index + 1),
        stem: question.stem.plain(),
        picture: picture(question.picture.as_deref(), answer.about.picture.as_ref()),
        table: question.table.as_deref().map(table),
        premises: Vec::new(),
        options: Vec::new(),
        rows: Vec::new(),
        categories: Vec::new(),
        text: "".into(),
        words: Vec::new(),
        key: Vec::new(),
        accepted: Vec::new(),
        blanks: Vec::new(),
        guide: Vec::new(),
    };
    show(&mut record, &question.body);
    solve(&mut record, &answer.solution);
    record
}

/// Texts without markup.
fn all(texts: &[Markup]) -> Vec<Arc<str>> {
    texts.iter().map(Markup::plain).collect()
}

/// Records what the student works on.
fn show(record: &mut QuestionRecord, body: &Body) {
    match body {
        Body::Options(options) | Body::Boxes(options) | Body::Steps(options) => {
            record.options = all(options);
        }
        Body::Matching { premises, options } => {
            (record.premises, record.options) = (all(premises), all(options));
        }
        Body::Categories { rows, categories } => {
            (record.rows, record.categories) = (all(rows), all(categories));
        }
        Body::Cloze { text, words } => {
            (record.text, record.words) = (text.plain(), all(words));
        }
        Body::Judgement | Body::Blank | Body::Space(_) => {}
    }
}

/// Records what is right.
fn solve(record: &mut QuestionRecord, solution: &Solution) {
    let letters = |letter: &char| Arc::from(&*letter.encode_utf8(&mut [0; 4]));
    record.key = match solution {
        Solution::Option { letter, .. } => vec![letters(letter)],
        Solution::Options { letters: all, .. } => all.iter().map(letters).collect(),
        Solution::Judgement { truth, .. } => vec![truth.to_string().into()],
        Solution::Categories(rows) => {
            rows.iter().map(|row| row.category.plain()).collect()
        }
        Solution::Order { steps, .. } => {
            steps.iter().map(|step| letters(&step.letter)).collect()
        }
        Solution::Matching(pairs) => {
            pairs.iter().map(|pair| letters(&pair.letter)).collect()
        }
        Solution::Blank { accepted: spellings, .. } => {
            record.accepted = all(spellings);
            record.accepted.first().cloned().into_iter().collect()
        }
        Solution::Cloze { blanks: accepted, .. } => {
            record.blanks = accepted.iter().map(|spellings| all(spellings)).collect();
            record.blanks.iter().filter_map(|blank| blank.first().cloned()).collect()
        }
        Solution::Guide(scoring) => {
            record.guide = criteria(scoring);
            Vec::new()
        }
    };
}

fn criteria(guide: &Guide) -> Vec<CriterionRecord> {
    let criterion =
        |text: &Markup, points: u32| CriterionRecord { text: text.plain(), points };
    match guide {
        Guide::Criteria(criteria) => {
            criteria.iter().map(|(text, points)| criterion(text, *points)).collect()
        }
        Guide::AnyOf { shares, answers } => {
            let points = shares.first().copied().unwrap_or(0);
            answers.iter().map(|answer| criterion(answer, points)).collect()
        }
    }
}
