//! Proof after printing: what the finished PDFs say is held against the record.
//!
//! Nothing here knows how documents are made. The PDFs are opened by a reader that shares
//! nothing with the writer, and read as one reads paper: glyphs with their places, in order.
//! Each paper has to ask what the record says, each letter of a key has to stand beside
//! the right text on that very paper, the keys have to agree, and no paper may hold a
//! trace of a key, seen or unseen.

mod cmap;
mod file;
mod fonts;
mod hidden;
mod key;
mod letters;
mod matrix;
mod pages;
mod paper;
mod practice;
mod reader;
mod record;
mod responses;
mod secrets;
mod sides;
mod syntax;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, counted};
use crate::parallel::{in_order, workers};
use crate::record::{FileRecord, FileRole, GeometryRecord, MATRIX_VARIANTS, Record};
use crate::sum::Sum;

use self::file::File;
use self::hidden::Hidden;
use self::pages::{Page, Pages};
use self::reader::Truths;
use self::record::Contradictions;
use self::responses::Sheet;
use self::secrets::{Gathered, Secrets};
use self::sides::{Codes, Part, Parts, Side};
use self::words::Words;

/// How many findings are told; the others would only say the same.
const MOST_FINDINGS: usize = 50;

/// How many pages a document has at least that several threads read.
const LONG: usize = 64;

/// How many pages a thread reads before it hands them on.
const AT_ONCE: usize = 8;

/// What is wrong with the documents of a job, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file, from the folder of the record.
    pub file: String,
    /// The page of the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The variant, if the file does not say it already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The number of the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    fn of(file: &str, message: impl Into<String>) -> Finding {
        let (file, message) = (file.to_string(), message.into());
        Finding { file, message, ..Finding::default() }
    }

    fn at(mut self, page: usize) -> Finding {
        self.page = Some(page);
        self
    }

    fn number(mut self, number: u32) -> Finding {
        self.number = Some(number);
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.file)?;
        if let Some(page) = self.page {
            write!(f, ", page {page}")?;
        }
        if let Some(variant) = &self.variant {
            write!(f, ", variant {variant}")?;
        }
        if let Some(number) = self.number {
            write!(f, ", number {number}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl From<&Finding> for Diagnostic {
    fn from(finding: &Finding) -> Diagnostic {
        Diagnostic::error(finding.to_string())
    }
}

/// What was proved, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many papers were read.
    pub papers: usize,
    /// How many questions were read on them.
    pub questions: usize,
    /// How many keys were read.
    pub keys: usize,
    /// How many answer sheets were read.
    #[serde(skip_serializing_if = "is_zero")]
    pub answer_sheets: usize,
    /// How many other documents were read.
    #[serde(skip_serializing_if = "is_zero")]
    pub other_documents: usize,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let others = match self.papers + self.keys + self.answer_sheets {
            0 => "document",
            _ => "other document",
        };
        let counts = [
            (self.papers, "paper"),
            (self.questions, "question"),
            (self.keys, "key"),
            (self.answer_sheets, "answer sheet"),
            (self.other_documents, others),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, noun)| counted(count, noun));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}

/// What a document is said to be.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'a> {
    /// Its file name.
    pub file: &'a str,
    /// What it is.
    pub role: FileRole,
    /// The variant that it belongs to, if to one.
    pub variant: Option<&'a str>,
    /// How many pages it has.
    pub pages: usize,
    /// Where everything stands on pages that are marked.
    pub geometry: &'a [GeometryRecord],
}

impl<'a> From<&'a FileRecord> for Claim<'a> {
    fn from(file: &'a FileRecord) -> Claim<'a> {
        let FileRecord { path, role, variant, pages, geometry, .. } = file;
        let (role, variant, pages) = (*role, variant.as_deref(), *pages);
        Claim { file: path, role, variant, pages, geometry }
    }
}

/// Holds the documents of a job against its record, one after the other.
pub struct Verifier<'a> {
    record: &'a Record,
    /// How many threads read long documents.
    threads: NonZeroUsize,
    codes: Arc<Codes<'a>>,
    secrets: Secrets,
    /// The words for true and false, once a key has said them.
    truths: Truths,
    /// The indices of the codes of papers, and of the variants of keys, that were read.
    papers: BTreeSet<usize>,
    keys: BTreeSet<usize>,
    /// How many variants the key matrices have that were read.
    matrix: usize,
    report: Report,
}

impl<'a> Verifier<'a> {
    /// Starts with the record, whose own contradictions are found at once. Long documents
    /// are read by so many threads; what is found does not depend on it.
    pub fn new(record: &'a Record, threads: NonZeroUsize) -> Verifier<'a> {
        let (mut secrets, mut contradictions) =
            (Gathered::default(), Contradictions::default());
        for variant in record.variants.iter() {
            secrets.add(&variant);
            contradictions.add(&variant);
        }
        let mut verifier = Verifier {
            record,
            threads,
            codes: Arc::new(Codes::of(record)),
            secrets: secrets.into(),
            truths: Truths::default(),
            papers: BTreeSet::new(),
            keys: BTreeSet::new(),
            matrix: 0,
            report: Report::default(),
        };
        verifier.find(contradictions.found);
        verifier
    }

    /// Holds a document against the record. Its pages are judged one after the other, and
    /// those of a variant are dropped then.
    pub fn document(&mut self, claim: Claim<'_>, bytes: &[u8]) {
        let of_file = |message: String| Finding::of(claim.file, message);
        let mut hidden_ones = hidden::of_bytes(bytes, &self.secrets);
        let file = File::open(bytes);
        let pages = file.as_ref().and_then(|file| Some((file, Pages::of(file)?)));
        let Some((file, pages)) = pages else {
            self.find([of_file("the file is no whole PDF".to_string())]);
            return self.find(hidden_ones.into_iter().map(of_file));
        };
        if pages.len() != claim.pages {
            let (is, due) = (pages.len(), claim.pages);
            let message = format!("the file has {is} pages, and the record says {due}");
            self.find([of_file(message)]);
        }
        let mut hidden = Hidden::of(file, self.record);
        let mut desk = Desk::of(self, claim);
        let mut wrong = Vec::new();
        let threads = self.threads;
        let mut judge = |page: Page| {
            let of_page = page.wrong.iter();
            let of_page = of_page.map(|w| Finding::of(claim.file, w).at(page.number));
            add(&mut wrong, of_page);
            hidden.page(&page, &self.secrets);
            self.page(claim, &mut desk, page);
        };
        let mut readers = read(pages, threads, &mut judge);
        hidden_ones.extend(hidden.end(&mut readers));
        self.find(wrong);
        self.find(hidden_ones.into_iter().map(of_file));
        self.close(claim, desk);
    }

    /// Judges a page, or puts it with others that are judged together.
    fn page(&mut self, claim: Claim<'_>, desk: &mut Desk<'a>, page: Page) {
        match claim.role {
            FileRole::Paper | FileRole::Key => {
                if let Some(part) = desk.parts.add(page) {
                    self.part(claim, &part, &mut desk.found);
                }
            }
            FileRole::AnswerSheet | FileRole::KeyOverlay => {
                self.responses(claim, &page, desk);
            }
            FileRole::Attendance | FileRole::SeatingPlan | FileRole::Distribution => {}
            FileRole::BlueprintTable | FileRole::ItemCards => {}
            FileRole::Reviews | FileRole::Scoring => {}
            // It speaks of amendments, and the record's questions are as they were printed.
            FileRole::Erratum => {}
            FileRole::KeyMatrix
            | FileRole::Activity
            | FileRole::ActivityKey
            | FileRole::Crossword
            | FileRole::CrosswordKey
            | FileRole::WordSearch
            | FileRole::WordSearchKey
            | FileRole::FlashCards
            | FileRole::ExitTicket
            | FileRole::ExitTicketKey
            | FileRole::Bingo
            | FileRole::BingoCalls => desk.sides.push(Side::from(page)),
        }
    }

    /// Judges what is left once all pages have been read.
    fn close(&mut self, claim: Claim<'_>, mut desk: Desk<'a>) {
        let is_counted =
            matches!(claim.role, FileRole::Paper | FileRole::Key | FileRole::AnswerSheet);
        self.report.other_documents += usize::from(!is_counted);
        match claim.role {
            FileRole::Paper | FileRole::Key => {
                if let Some(part) = desk.parts.end() {
                    self.part(claim, &part, &mut desk.found);
                }
                let apart = desk.parts.wrong.into_iter();
                let apart = apart.map(|(page, m)| Finding::of(claim.file, m).at(page));
                self.find(apart);
                self.find(desk.found);
            }
            FileRole::KeyMatrix => {
                let count = self.record.variants.len();
                let end = count.min(self.matrix + MATRIX_VARIANTS);
                let variants = self.matrix..end;
                let truths = &mut self.truths;
                let found = matrix::faults(self.record, variants, &desk.sides, truths);
                self.find(found.into_iter().map(|f| f.of(claim.file, None)));
                self.matrix = end;
            }
            FileRole::AnswerSheet | FileRole::KeyOverlay => {
                self.find(desk.found);
                for (variant, sheets) in desk.sheets {
                    let sheets: Vec<&GeometryRecord> =
                        sheets.into_iter().map(|index| &claim.geometry[index]).collect();
                    let variant = &*self.record.variants.get(variant);
                    let missing = responses::without_bubbles(variant, &sheets);
                    self.find(missing.into_iter().map(|number| {
                        let message = "the question has no bubbles";
                        Finding::of(claim.file, message).number(number)
                    }));
                }
            }
            role if !desk.sides.is_empty() => {
                let found = practice::faults(self.record, role, &desk.sides);
                self.find(found.into_iter().map(|m| Finding::of(claim.file, m)));
            }
            _ => {}
        }
    }

    /// What was proved, once all documents have been read.
    pub fn finish(mut self) -> Report {
        // What a part lacks is in another one; whoever joins them looks for it.
        if self.record.shard.is_some() {
            return self.report;
        }
        let documents = &self.record.documents;
        let is_due = |role| documents.is_empty() || documents.contains(&role);
        if self.matrix < self.record.variants.len() && is_due(FileRole::KeyMatrix) {
            let message = match self.matrix {
                0 => "there is no key matrix",
                _ => "there is a key matrix too few",
            };
            self.report.findings.push(Finding::of(crate::record::FILE_NAME, message));
        }
        let mut missing = Vec::new();
        let has_paper = |code: &str| {
            self.codes.find_text(code).is_some_and(|code| self.papers.contains(&code))
        };
        for index in 0..self.record.variants.len() {
            let variants = &self.record.variants;
            let (label, code) = (variants.label(index), variants.code(index));
            let handed_out = !self.record.copies.is_empty() || !is_due(FileRole::Paper);
            if !handed_out && !has_paper(code) {
                missing.push(format!("variant {label} has no paper"));
            }
            if !self.keys.contains(&index) && is_due(FileRole::Key) {
                missing.push(format!("variant {label} has no key"));
            }
        }
        for copy in &self.record.copies {
            if !has_paper(&copy.code) && is_due(FileRole::Paper) {
                missing.push(format!("`{}` has no paper", copy.name));
            }
        }
        let missing = missing.into_iter();
        let missing = missing.map(|m| Finding::of(crate::record::FILE_NAME, m));
        self.report.findings.extend(missing);
        self.report
    }

    /// Holds the pages of one variant against the record.
    fn part(&mut self, claim: Claim<'_>, part: &Part, found: &mut Vec<Finding>) {
        let variant = &*self.record.variants.get(part.variant);
        let of_variant = claim.variant.is_none().then_some(variant.label.as_str());
        let of_file = |fault: reader::Fault| fault.of(claim.file, of_variant);
        if claim.role == FileRole::Key {
            let words = Words::of(part.orders().swap_remove(0));
            let with_reasons = self.record.key.reasons;
            let faults = key::faults(variant, &words, with_reasons, &mut self.truths);
            add(found, faults.into_iter().map(of_file));
            self.keys.insert(part.variant);
            self.report.keys += 1;
            return;
        }
        let orders = part.orders().into_iter().map(Words::of);
        let read = orders.map(|words| (paper::faults(variant, &words), words));
        // A booklet is right in one of its orders.
        let Some((faults, words)) = read.min_by_key(|(faults, _)| faults.len()) else {
            return;
        };
        add(found, faults.into_iter().map(of_file));
        let mut seen = words.into_chars();
        seen.extend(part.feet());
        let leak = |secret: &str| {
            Finding::of(claim.file, format!("the paper tells of the key: “{secret}”"))
        };
        add(found, self.secrets.on_paper(&seen, variant).into_iter().map(leak));
        self.papers.insert(part.code);
        self.report.papers += 1;
        self.report.questions += variant.questions.len();
    }

    /// Holds the answer sheets or key overlays on a page against the record: one, or two
    /// side by side.
    fn responses(&mut self, claim: Claim<'_>, page: &Page, desk: &mut Desk<'a>) {
        let codes = self.codes.at_foot(page);
        let here = desk.geometry.get(&page.number).map_or(&[][..], Vec::as_slice);
        let label = |variant: usize| self.record.variants.label(variant);
        let other =
            |code: &sides::Code| claim.variant.is_some_and(|l| l != label(code.variant));
        if codes.len() != here.len() || codes.iter().any(other) {
            let message = "a sheet does not bear the code of its variant";
            add(&mut desk.found, [Finding::of(claim.file, message).at(page.number)]);
        }
        for (code, &index) in codes.iter().zip(here) {
            let variant = &*self.record.variants.get(code.variant);
            let sheet = Sheet { page, variant, geometry: &claim.geometry[index] };
            let faults = match claim.role {
                FileRole::KeyOverlay => responses::overlay_faults(&sheet),
                _ => responses::sheet_faults(&sheet),
            };
            let of_variant = claim.variant.is_none().then_some(variant.label.as_str());
            add(
                &mut desk.found,
                faults.into_iter().map(|f| f.of(claim.file, of_variant)),
            );
            desk.sheets.entry(code.variant).or_default().insert(index);
            self.report.answer_sheets += usize::from(claim.role == FileRole::AnswerSheet);
        }
        if claim.role == FileRole::AnswerSheet {
            let leaks =
                self.secrets.find(&page.letters.chars).into_iter().map(|secret| {
                    let message = format!("the sheet tells of the key: “{secret}”");
                    Finding::of(claim.file, message).at(page.number)
                });
            add(&mut desk.found, leaks);
        }
    }

    fn find(&mut self, found: impl IntoIterator<Item = Finding>) {
        add(&mut self.report.findings, found);
    }
}

/// Reads the pages of a document in their order, and returns those who read them: several if
/// it is long.
fn read<'f>(
    pages: Pages<'f>,
    threads: NonZeroUsize,
    judge: &mut dyn FnMut(Page),
) -> Vec<Pages<'f>> {
    let count = pages.len();
    let (threads, at_once) = match count < LONG {
        true => (NonZeroUsize::MIN, 1),
        false => (threads, AT_ONCE),
    };
    let tasks = count.div_ceil(at_once);
    let others = (1..workers(threads, tasks)).map(|_| pages.for_another());
    let mut readers: Vec<Pages> = others.collect();
    readers.push(pages);
    let work = |reader: &mut Pages, task: usize| -> Vec<Page> {
        let first = task * at_once;
        (first..count.min(first + at_once)).map(|index| reader.read(index)).collect()
    };
    let mut take = |pages: Vec<Page>| {
        pages.into_iter().for_each(&mut *judge);
        Ok::<(), ()>(())
    };
    // Nothing stops it.
    let _ = in_order(&mut readers, tasks, work, &mut take);
    readers
}

/// Adds findings, as many as are told.
fn add(findings: &mut Vec<Finding>, found: impl IntoIterator<Item = Finding>) {
    let room = MOST_FINDINGS.saturating_sub(findings.len());
    findings.extend(found.into_iter().take(room));
}

/// What is kept of a document while its pages are read.
struct Desk<'a> {
    /// The pages that belong to one variant.
    parts: Parts<'a>,
    /// The pages of a document that is read as a whole.
    sides: Vec<Side>,
    /// The indices of the geometries of each page.
    geometry: BTreeMap<usize, Vec<usize>>,
    /// The indices of the geometries of the sheets of each variant.
    sheets: BTreeMap<usize, BTreeSet<usize>>,
    /// What is wrong with variants that were read.
    found: Vec<Finding>,
}

impl<'a> Desk<'a> {
    fn of(verifier: &Verifier<'a>, claim: Claim<'_>) -> Desk<'a> {
        let mut geometry: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, of) in claim.geometry.iter().enumerate() {
            for &page in &of.pages {
                geometry.entry(page).or_default().push(index);
            }
        }
        Desk {
            parts: Parts::of(verifier.record, &verifier.codes, claim.variant),
            sides: Vec::new(),
            geometry,
            sheets: BTreeMap::new(),
            found: Vec::new(),
        }
    }
}

/// Holds all files of a folder against the record in it.
pub fn folder(folder: &Path, threads: NonZeroUsize) -> Result<Report, Diagnostic> {
    let record = Record::open(folder)?;
    let mut verifier = Verifier::new(&record, threads);
    for file in &record.files {
        let Ok(bytes) = fs::read(folder.join(&file.path)) else {
            verifier.find([Finding::of(&file.path, "the file is missing")]);
            continue;
        };
        if Sum::of(&bytes) != file.sha256 {
            let message = "the file was changed after it was printed";
            verifier.find([Finding::of(&file.path, message)]);
        }
        // Amended keys are not those of the record's questions.
        if file.erratum.is_none() {
            verifier.document(file.into(), &bytes);
        }
    }
    Ok(verifier.finish())
}
