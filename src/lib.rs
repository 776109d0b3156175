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
//! [`make`] walks them. Beside them stands [`lint`](mod@lint): the rules of item writing,
//! which look at banks and at exams and change nothing. Around the rooms, [`job`] reads
//! what a run needs, [`output`] writes what it made, [`record`] is the file that tells
//! other programs about it, and [`cli`] is the command line.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod bank;
pub mod exam;
pub mod layout;
pub mod lint;
pub mod render;
pub mod sheet;

pub mod cli;
pub mod job;
pub mod output;
pub mod record;

pub mod breaking;
pub mod diagnostic;
pub mod fonts;
pub mod hyphenation;
pub mod input;
pub mod item_type;
pub mod language;
pub mod length;
pub mod paper;
pub mod picture;
pub mod printing;
pub mod space;
pub mod templates;
pub mod text;
pub mod theme;
pub mod wording;

use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::exam::{Exam, Fit, Head, Section};
use crate::input::file_stem;
use crate::job::Job;
use crate::layout::{Pages, Typesetter};
use crate::printing::Printing;
use crate::record::FileRole;
use crate::render::Details;
use crate::sheet::Sheet;
use crate::theme::Theme;

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
    /// How many pages it has.
    pub pages: usize,
    /// The PDF or proof.
    pub bytes: Vec<u8>,
}

/// Walks the rooms: draws an exam, and composes, lays out and renders its documents.
///
/// Documents are handed to `take` as they are finished, so that memory stays flat.
pub fn make(
    job: &Job,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<Exam> {
    let (exam, _) = draw(job)?;
    print(job, &exam, take)?;
    Ok(exam)
}

/// Draws an exam and checks it by the rules of item writing, the first part of [`make`].
///
/// Fails if any finding is an error; the others come along with the exam.
pub fn draw(job: &Job) -> Checked<(Exam, Vec<Diagnostic>)> {
    let (exam, found) = lint(job).map_err(|findings| job.place(findings))?;
    let found = job.place(found);
    match found.iter().any(|finding| finding.severity == Severity::Error) {
        true => Err(found),
        false => Ok((exam, found)),
    }
}

fn lint(job: &Job) -> Checked<(Exam, Vec<Diagnostic>)> {
    let Job { bank, blueprint, lexicon, .. } = job;
    let mut found = lint::blueprint(blueprint);
    let printing = &blueprint.printing;
    let (theme, page) = (gutter(&job.theme, printing), printing.page(&job.paper));
    let mut typesetter = Typesetter::new(&job.fonts, &job.breaking);
    // What cannot be laid out is as long as any other paper; printing it tells what is wrong.
    let mut measure = |head: &Head, sections: &[Section], paper: &exam::Paper| {
        let sheet = sheet::paper(head, sections, paper, &job.wording);
        layout::measure(&sheet, &theme, &page, &mut typesetter)
            .map_or(Fit::default(), |(pages, least)| Fit { pages, least })
    };
    let exam = match exam::make_even(bank, blueprint, &mut measure) {
        Ok(exam) => exam,
        Err(shortages) => return Err([found, shortages].concat()),
    };
    found.extend(lint::exam(&exam, blueprint, bank, lexicon));
    Ok((exam, found))
}

/// Composes, lays out and renders the documents of an exam, the second part of [`make`].
pub fn print(
    job: &Job,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    walk(job, exam, take).map_err(|findings| job.place(findings))
}

fn walk(
    job: &Job,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let words = &job.wording;
    let typesetter = Typesetter::new(&job.fonts, &job.breaking);
    let mut press = Press { job, typesetter, take };
    let together = job.blueprint.printing.together;
    let bundle = || Pages {
        title: exam.head.title_line(),
        language: exam.head.language,
        pages: Vec::new(),
        bookmarks: Vec::new(),
    };
    let (mut papers, mut keys) = (bundle(), bundle());
    for variant in &exam.variants {
        let label = variant.paper.label.as_str();
        let paper = sheet::paper(&exam.head, &exam.sections, &variant.paper, words);
        let paper = press.paper(&paper)?;
        let key = press.sheet(&sheet::key(exam, &variant.key, words))?;
        if together {
            papers.append(paper);
            keys.append(key);
            continue;
        }
        let named = |name: &str| wording::fill(name, &[("variant", &file_stem(label))]);
        press.print(paper, named(&words.files.paper), FileRole::Paper, Some(label))?;
        press.print(key, named(&words.files.key), FileRole::Key, Some(label))?;
    }
    if together {
        press.print(papers, words.files.papers.clone(), FileRole::Paper, None)?;
        press.print(keys, words.files.keys.clone(), FileRole::Key, None)?;
    }
    let matrix = press.sheet(&sheet::matrix(exam, words))?;
    press.print(matrix, words.files.matrix.clone(), FileRole::KeyMatrix, None)
}

/// What lays sheets out and renders them, with the words that it has set before.
struct Press<'a> {
    job: &'a Job,
    typesetter: Typesetter,
    take: &'a mut dyn FnMut(Document) -> Result<(), Diagnostic>,
}

impl Press<'_> {
    /// Lays out what students get, as it comes out of the printer.
    fn paper(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let Job { theme, paper, blueprint, .. } = self.job;
        let printing = &blueprint.printing;
        let page = printing.page(paper);
        let pages = layout::lay_out(
            sheet,
            &gutter(theme, printing),
            &page,
            &mut self.typesetter,
        )?;
        Ok(layout::impose(pages, printing, paper))
    }

    /// Lays out what teachers get.
    fn sheet(&mut self, sheet: &Sheet) -> Checked<Pages> {
        layout::lay_out(sheet, &self.job.theme, &self.job.paper, &mut self.typesetter)
    }

    /// Renders a document and hands it over.
    fn print(
        &mut self,
        pages: Pages,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<()> {
        let (bytes, ending) = match self.job.format {
            Format::Pdf => {
                let bytes = render::pdf(&pages, &self.job.fonts, &Details::default());
                (bytes.map_err(|finding| vec![finding])?, "pdf")
            }
            Format::Proof => (render::proof(&pages).into_bytes(), "txt"),
        };
        let (name, variant) = (format!("{name}.{ending}"), variant.map(str::to_string));
        let document = Document { name, role, variant, pages: pages.pages.len(), bytes };
        (self.take)(document).map_err(|finding| vec![finding])
    }
}

/// A theme whose inner margin has room for holes.
fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
