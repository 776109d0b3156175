//! Prints exam variants, worksheets and their answer keys as PDFs, from a bank of facts.
//!
//! # The rooms
//!
//! A job walks through five rooms, always in this order. Each room takes the finished
//! data of the one before and knows nothing about the one after.
//!
//! 1. [`bank`]: *what is known.* TOML files become facts; the oracle tells true from
//!    false from unknown. No dice.
//! 2. [`exam`]: *what is asked.* A blueprint and a bank become questions and keys in
//!    variants. The only dice of the program are here, in `exam/seed.rs`.
//! 3. [`sheet`]: *what is printed.* Questions become blocks of words. No millimetres.
//! 4. [`layout`]: *where it goes.* Blocks become pages of placed marks. No questions.
//! 5. [`render`]: *pages to bytes.* Marks become a PDF, or a proof in plain text.
//!    No decisions.
//!
//! Three places that are looked for most: what is right is decided in `bank/oracle.rs`, a
//! line is broken in `layout/breaks.rs`, and the bytes of a PDF are written in
//! `render/finish.rs`.
//!
//! A room imports only the room directly before it and the leaves: small modules that
//! everyone may use. `tests/testsuite/architecture.rs` enforces it.
//!
//! [`make`] walks them. Beside them stand two that change nothing: [`lint`](mod@lint), the
//! rules of item writing, looks at banks and at exams, and [`verify`] opens the finished
//! PDFs again and holds them against the record. Around the rooms, [`job`] reads what a run
//! needs, `press` prints what was drawn, [`output`] writes it, [`record`] is the file that
//! tells other programs about it, [`merge`] joins what was printed in parts, [`errata`]
//! amends it after printing, [`ledger`] remembers which items were used, [`lookup`] finds a
//! sheet in a record, and [`cli`] is the command line.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod bank;
pub mod exam;
pub mod layout;
pub mod lint;
pub mod render;
pub mod sheet;
pub mod verify;

pub mod cli;
pub mod errata;
pub mod job;
pub mod ledger;
pub mod lookup;
pub mod merge;
pub mod output;
mod press;
pub mod record;

pub mod breaking;
pub mod diagnostic;
pub mod difficulty;
pub mod fonts;
pub mod hyphenation;
pub mod input;
pub mod item_type;
pub mod json;
pub mod language;
pub mod length;
pub mod paper;
pub mod parallel;
pub mod picture;
pub mod printing;
pub mod progress;
pub mod role;
pub mod roster;
pub mod shard;
pub mod space;
pub mod sum;
pub mod templates;
pub mod text;
pub mod theme;
pub mod wording;

use std::sync::OnceLock;

use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::errata::Erratum;
use crate::exam::{Exam, Head, PersonalCopy, Section};
use crate::job::Job;
pub use crate::press::Hands;
use crate::record::{FileRole, GeometryRecord};
use crate::roster::Student;
use crate::verify::Claim;

/// What documents are rendered to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// PDF.
    #[default]
    Pdf,
    /// Plain text with a line for every mark, to compare and to test.
    Proof,
}

/// A finished document, as it is handed to whoever writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its file name.
    pub name: String,
    /// What it is.
    pub role: FileRole,
    /// The variant that it belongs to, if to one.
    pub variant: Option<String>,
    /// The theme, if it is a further edition of a paper.
    pub edition: Option<String>,
    /// How many pages it has.
    pub pages: usize,
    /// The personal copies in it.
    pub copies: Vec<CopyPlace>,
    /// Where everything stands on its pages, if they are marked.
    pub geometry: Vec<GeometryRecord>,
    /// The PDF or proof.
    pub bytes: Vec<u8>,
}

impl<'a> From<&'a Document> for Claim<'a> {
    fn from(document: &'a Document) -> Claim<'a> {
        let Document { name, role, variant, pages, geometry, .. } = document;
        let (role, variant, pages) = (*role, variant.as_deref(), *pages);
        Claim { file: name, role, variant, pages, geometry }
    }
}

/// Where a personal copy is in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyPlace {
    /// The index of the copy in [`Exam::copies`].
    pub copy: usize,
    /// The number of its first page.
    pub page: usize,
}

/// Walks the rooms: draws an exam, and composes, lays out and renders its documents.
///
/// Documents are handed to `take` as they are finished, so that memory stays flat.
pub fn make(
    job: &Job,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<Exam> {
    let mut hands = Hands::new(job);
    let exam = draw_with(&mut hands)?;
    check_and_print(&mut hands, &exam, take)?;
    Ok(exam)
}

/// Draws an exam and checks it by the rules of item writing, the first part of [`make`].
///
/// Fails if any finding is an error; the others come along with the exam.
pub fn draw(job: &Job) -> Checked<(Exam, Vec<Diagnostic>)> {
    let exam = draw_with(&mut Hands::new(job))?;
    let found = check(job, &exam)?;
    Ok((exam, found))
}

/// Draws an exam with the hands that are to print it: papers are measured as they are drawn,
/// and what has been set is not set again. It has not been checked yet.
pub fn draw_with(hands: &mut Hands) -> Checked<Exam> {
    let job = hands.job();
    let Job { bank, blueprint, lexicon, .. } = job;
    let longest = longest_copy(job);
    let mut measure = |head: &Head, sections: &[Section], paper: &exam::Paper| {
        let sheet = sheet::paper(head, sections, paper, longest.as_ref(), &job.wording);
        hands.measure(&sheet)
    };
    let made = exam::make_even(bank, blueprint, &mut measure).and_then(|mut exam| {
        exam::hand_out(&mut exam, blueprint, &job.roster.students)?;
        Ok(exam)
    });
    let mut exam = made.map_err(|shortages| {
        job.place([lint::blueprint(blueprint), shortages].concat())
    })?;
    let practice = exam::practice(bank, blueprint, &lexicon.unwanted());
    exam.practice = practice.map_err(|findings| job.place(findings))?;
    Ok(exam)
}

/// Checks a drawn exam by the rules of item writing.
///
/// Fails if any finding is an error.
pub fn check(job: &Job, exam: &Exam) -> Checked<Vec<Diagnostic>> {
    let found = findings(job, exam);
    found.map(|found| job.place(found)).map_err(|found| job.place(found))
}

/// What the rules of item writing say of a drawn exam, before it is known where that stands.
///
/// Fails if any finding is an error.
fn findings(job: &Job, exam: &Exam) -> Checked<Vec<Diagnostic>> {
    let Job { bank, blueprint, lexicon, .. } = job;
    let mut found = lint::blueprint(blueprint);
    found.extend(lint::exam(exam, blueprint, bank, lexicon));
    match found.iter().any(|finding| finding.severity == Severity::Error) {
        true => Err(found),
        false => Ok(found),
    }
}

/// A copy for the student whose name and class take the most room.
fn longest_copy(job: &Job) -> Option<PersonalCopy> {
    let length =
        |student: &&Student| student.name.chars().count() + student.class.chars().count();
    let student = job.roster.students.iter().max_by_key(length)?.clone();
    Some(PersonalCopy { student, ..PersonalCopy::default() })
}

/// Composes, lays out and renders the documents of an exam, the second part of [`make`],
/// after [`draw`].
pub fn print(
    job: &Job,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let printed = press::exam(&mut Hands::new(job), exam, &|| Ok(()), take);
    printed.map_err(|findings| job.place(findings))
}

/// Checks a drawn exam like [`check`] and prints it like [`print()`] at the same time, with
/// the hands that measured it. Nothing is handed on before it has passed; if it does not pass,
/// the job is stopped ([`Progress::stop`](progress::Progress::stop)).
pub fn check_and_print(
    hands: &mut Hands,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<Vec<Diagnostic>> {
    let job = hands.job();
    let found = OnceLock::new();
    let check = || {
        let passed = findings(job, exam);
        // Nobody needs what is being printed meanwhile.
        let passed = passed.inspect_err(|_| job.progress.stop())?;
        found.get_or_init(|| passed);
        Ok(())
    };
    let printed = press::exam(hands, exam, &check, take);
    printed.map_err(|findings| job.place(findings))?;
    Ok(job.place(found.into_inner().unwrap_or_default()))
}

/// Composes, lays out and renders what an erratum makes new: the keys that it changes, or
/// all keys together, the key matrix, and the slip that is read out.
pub fn print_erratum(
    job: &Job,
    erratum: &Erratum,
    together: bool,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let Erratum { exam, number, .. } = erratum;
    let walked = press::erratum(job, exam, *number, together, take);
    walked.map_err(|findings| job.place(findings))
}
