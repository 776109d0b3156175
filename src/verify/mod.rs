//! Proof after printing: what the finished PDFs say is held against the record.
//!
//! Nothing here knows how documents are made. The PDFs are opened by a library that the
//! writer does not use, and read as one reads paper: glyphs with their places, in order.
//! Each paper has to ask what the record says, each letter of a key has to stand beside
//! the right text on that very paper, the keys have to agree, and no paper may hold a
//! trace of a key, seen or unseen.

mod cmap;
mod hidden;
mod key;
mod matrix;
mod pages;
mod paper;
mod practice;
mod reader;
mod record;
mod responses;
mod secrets;
mod sides;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use hayro_syntax::Pdf;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::input::sha256;
use crate::record::{FileRecord, FileRole, GeometryRecord, Record, VariantRecord};

use self::pages::Page;
use self::reader::Truths;
use self::responses::Sheet;
use self::secrets::Secrets;
use self::sides::Parts;
use self::words::Words;

/// How many findings are told; the others would only say the same.
const MOST_FINDINGS: usize = 50;

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
    /// What is wrong.
    pub findings: Vec<Finding>,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |count: usize, noun: &str| match count {
            1 => format!("1 {noun}"),
            _ => format!("{count} {noun}s"),
        };
        let (papers, keys) = (count(self.papers, "paper"), count(self.keys, "key"));
        write!(f, "{papers}, {}, {keys}", count(self.questions, "question"))?;
        match self.answer_sheets {
            0 => Ok(()),
            sheets => write!(f, ", {}", count(sheets, "answer sheet")),
        }
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
    /// The variants by their codes.
    codes: BTreeMap<&'a str, &'a VariantRecord>,
    secrets: Secrets,
    /// The words for true and false, once a key has said them.
    truths: Truths,
    /// The codes of the papers, and the variants of the keys that were read.
    papers: BTreeSet<String>,
    keys: BTreeSet<&'a str>,
    /// Whether the key matrix was read.
    matrix: bool,
    report: Report,
}

impl<'a> Verifier<'a> {
    /// Starts with the record, whose own contradictions are found at once.
    pub fn new(record: &'a Record) -> Verifier<'a> {
        let codes = codes(record);
        let mut verifier = Verifier {
            record,
            codes,
            secrets: Secrets::of(record),
            truths: Truths::default(),
            papers: BTreeSet::new(),
            keys: BTreeSet::new(),
            matrix: false,
            report: Report::default(),
        };
        verifier.find(record::contradictions(record));
        verifier
    }

    /// Holds a document against the record.
    pub fn document(&mut self, claim: Claim<'_>, bytes: &[u8]) {
        let pdf = match Pdf::new(bytes.to_vec()) {
            Ok(pdf) => pdf,
            Err(_) => {
                let message = "the file is no whole PDF";
                return self.find([Finding::of(claim.file, message)]);
            }
        };
        let (pages, forms) = pages::pages(&pdf);
        if pages.len() != claim.pages {
            let (is, due) = (pages.len(), claim.pages);
            let message = format!("the file has {is} pages, and the record says {due}");
            self.find([Finding::of(claim.file, message)]);
        }
        for page in &pages {
            let found = page.wrong.iter();
            let found = found.map(|w| Finding::of(claim.file, w).at(page.number));
            self.find(found.collect::<Vec<_>>());
        }
        let seen = (&pages[..], &forms);
        let hidden = hidden::complaints(&pdf, bytes, seen, self.record, &self.secrets);
        self.find(hidden.into_iter().map(|message| Finding::of(claim.file, message)));
        match claim.role {
            FileRole::Paper => self.papers(claim, &pages),
            FileRole::Key => self.keys(claim, &pages),
            FileRole::KeyMatrix => {
                let found = matrix::faults(self.record, &pages, &mut self.truths);
                self.find(found.into_iter().map(|f| f.of(claim.file, None)));
                self.matrix = true;
            }
            FileRole::Attendance | FileRole::SeatingPlan | FileRole::Distribution => {}
            FileRole::BlueprintTable | FileRole::ItemCards => {}
            FileRole::Reviews | FileRole::Scoring => {}
            FileRole::AnswerSheet | FileRole::KeyOverlay => self.responses(claim, &pages),
            // It speaks of amendments, and the record's questions are as they were printed.
            FileRole::Erratum => {}
            role @ (FileRole::Activity
            | FileRole::ActivityKey
            | FileRole::Crossword
            | FileRole::CrosswordKey
            | FileRole::WordSearch
            | FileRole::WordSearchKey
            | FileRole::FlashCards
            | FileRole::ExitTicket
            | FileRole::ExitTicketKey
            | FileRole::Bingo
            | FileRole::BingoCalls) => {
                let found = practice::faults(self.record, role, &pages);
                self.find(found.into_iter().map(|m| Finding::of(claim.file, m)));
            }
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
        if !self.matrix && is_due(FileRole::KeyMatrix) {
            let message = "there is no key matrix";
            self.report.findings.push(Finding::of(crate::record::FILE_NAME, message));
        }
        let mut missing = Vec::new();
        for variant in self.record.variants.held() {
            let label = variant.label.as_str();
            let handed_out = !self.record.copies.is_empty() || !is_due(FileRole::Paper);
            if !handed_out && !self.papers.contains(&variant.code) {
                missing.push(format!("variant {label} has no paper"));
            }
            if !self.keys.contains(label) && is_due(FileRole::Key) {
                missing.push(format!("variant {label} has no key"));
            }
        }
        for copy in &self.record.copies {
            if !self.papers.contains(&copy.code) && is_due(FileRole::Paper) {
                missing.push(format!("`{}` has no paper", copy.name));
            }
        }
        let missing = missing.into_iter();
        let missing = missing.map(|m| Finding::of(crate::record::FILE_NAME, m));
        self.report.findings.extend(missing);
        self.report
    }

    fn papers(&mut self, claim: Claim<'_>, pages: &[Page]) {
        for (variant, part) in self.parts(claim, pages) {
            let orders = part.orders().into_iter().map(Words::of);
            let read = orders.map(|words| (paper::faults(variant, &words), words));
            // A booklet is right in one of its orders.
            let Some((faults, words)) = read.min_by_key(|(faults, _)| faults.len())
            else {
                continue;
            };
            self.tell(claim, variant, faults);
            let seen: Vec<char> = words.chars.into_iter().chain(part.feet()).collect();
            let leak = |secret: &str| {
                Finding::of(claim.file, format!("the paper tells of the key: “{secret}”"))
            };
            let leaks = self.secrets.on_paper(&seen, variant).into_iter().map(leak);
            let leaks: Vec<Finding> = leaks.collect();
            self.find(leaks);
            self.papers.insert(part.code().to_string());
            self.report.papers += 1;
            self.report.questions += variant.questions.len();
        }
    }

    fn keys(&mut self, claim: Claim<'_>, pages: &[Page]) {
        for (variant, part) in self.parts(claim, pages) {
            let words = Words::of(part.orders().remove(0));
            let faults = key::faults(variant, &words, &mut self.truths);
            self.tell(claim, variant, faults);
            self.keys.insert(&variant.label);
            self.report.keys += 1;
        }
    }

    /// Holds answer sheets or key overlays against the record.
    fn responses(&mut self, claim: Claim<'_>, pages: &[Page]) {
        let sheets = self.sheets(claim, pages);
        for sheet in &sheets {
            let faults = match claim.role {
                FileRole::KeyOverlay => responses::overlay_faults(sheet),
                _ => responses::sheet_faults(sheet),
            };
            self.tell(claim, sheet.variant, faults);
        }
        for variant in self.record.variants.held() {
            let missing = responses::without_bubbles(variant, &sheets).into_iter();
            let missing = missing.map(|number| {
                Finding::of(claim.file, "the question has no bubbles").number(number)
            });
            self.find(missing.collect::<Vec<_>>());
        }
        if claim.role == FileRole::AnswerSheet {
            self.leaks(claim, pages);
            self.report.answer_sheets += sheets.len();
        }
    }

    /// The sheets on pages, one or two on each, by the codes at their feet.
    fn sheets<'p>(&mut self, claim: Claim<'p>, pages: &'p [Page]) -> Vec<Sheet<'p>>
    where
        'a: 'p,
    {
        let mut sheets = Vec::new();
        for page in pages {
            let mut codes = sides::codes_of(page, &self.codes);
            codes.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
            let here = claim.geometry.iter().filter(|g| g.pages.contains(&page.number));
            let here: Vec<&GeometryRecord> = here.collect();
            let others = |code: &sides::Code| {
                claim.variant.is_some_and(|label| label != code.variant.label)
            };
            if codes.len() != here.len() || codes.iter().any(others) {
                let message = "a sheet does not bear the code of its variant";
                self.find([Finding::of(claim.file, message).at(page.number)]);
            }
            let both = codes.iter().zip(here);
            let sheet = |(code, geometry): (&sides::Code<'a>, &'p GeometryRecord)| {
                Sheet { page, variant: code.variant, geometry }
            };
            sheets.extend(both.map(sheet));
        }
        sheets
    }

    /// Finds the sentences of keys that pages say.
    fn leaks(&mut self, claim: Claim<'_>, pages: &[Page]) {
        for page in pages {
            let seen: Vec<char> = page.chars.iter().map(|(char, _)| *char).collect();
            let leaks = self.secrets.find(&seen).into_iter().map(|secret| {
                let message = format!("the sheet tells of the key: “{secret}”");
                Finding::of(claim.file, message).at(page.number)
            });
            let leaks: Vec<Finding> = leaks.collect();
            self.find(leaks);
        }
    }

    /// The variants that a file has, each with its sides.
    fn parts(&mut self, claim: Claim<'_>, pages: &[Page]) -> Parts<'a> {
        let (parts, wrong) = sides::parts(pages, &self.codes, claim.variant);
        self.find(
            wrong
                .into_iter()
                .map(|(page, message)| Finding::of(claim.file, message).at(page)),
        );
        parts
    }

    fn tell(
        &mut self,
        claim: Claim<'_>,
        variant: &VariantRecord,
        faults: Vec<reader::Fault>,
    ) {
        let label = claim.variant.is_none().then_some(variant.label.as_str());
        self.find(faults.into_iter().map(|fault| fault.of(claim.file, label)));
    }

    fn find(&mut self, found: impl IntoIterator<Item = Finding>) {
        let findings = &mut self.report.findings;
        let room = MOST_FINDINGS.saturating_sub(findings.len());
        findings.extend(found.into_iter().take(room));
    }
}

/// The variants by the codes of their papers, those of personal copies included.
fn codes(record: &Record) -> BTreeMap<&str, &VariantRecord> {
    let of_label = |label: &str| record.variants.held().iter().find(|v| v.label == label);
    let copies = record.copies.iter();
    let copies = copies.filter_map(|c| Some((c.code.as_str(), of_label(&c.variant)?)));
    record.variants.held().iter().map(|v| (v.code.as_str(), v)).chain(copies).collect()
}

/// Holds all files of a folder against the record in it.
pub fn folder(folder: &Path) -> Result<Report, Diagnostic> {
    let record = Record::open(folder)?;
    let mut verifier = Verifier::new(&record);
    for file in &record.files {
        let Ok(bytes) = fs::read(folder.join(&file.path)) else {
            verifier.find([Finding::of(&file.path, "the file is missing")]);
            continue;
        };
        if sha256(&bytes) != file.sha256 {
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
