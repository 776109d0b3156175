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
//! PDFs again and holds them against the record. Around the rooms, [`job`] reads
//! what a run needs, [`output`] writes what it made, [`record`] is the file that tells
//! other programs about it, [`errata`] amends it after printing, [`ledger`] is the one that
//! remembers which items were used, [`lookup`] finds a sheet in a record, and [`cli`] is the
//! command line.

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
pub mod output;
pub mod record;

pub mod breaking;
pub mod diagnostic;
pub mod difficulty;
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

use std::iter;

use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::errata::Erratum;
use crate::exam::{Exam, Fit, Head, Section};
use crate::fonts::Fonts;
use crate::input::file_stem;
use crate::job::{Edition, Job};
use crate::layout::{Pages, Typesetter};
use crate::printing::{Imposition, Printing};
use crate::record::FileRole;
use crate::render::Details;
use crate::sheet::Sheet;
use crate::theme::Theme;
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
    /// The PDF or proof.
    pub bytes: Vec<u8>,
}

impl<'a> From<&'a Document> for Claim<'a> {
    fn from(document: &'a Document) -> Claim<'a> {
        let Document { name, role, variant, pages, .. } = document;
        Claim { file: name, role: *role, variant: variant.as_deref(), pages: *pages }
    }
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
    let mut take = |document| take(document).map_err(|finding| vec![finding]);
    let together = job.blueprint.printing.together;
    let mut presses = presses(job, exam);
    let mut keys = bundle(exam);
    for variant in &exam.variants {
        let label = variant.paper.label.as_str();
        let named = |name: &str| wording::fill(name, &[("variant", &file_stem(label))]);
        let paper = sheet::paper(&exam.head, &exam.sections, &variant.paper, words);
        for press in &mut presses {
            let pages = press.paper(&paper)?;
            if together {
                press.papers.append(pages);
            } else {
                take(press.print_paper(
                    &pages,
                    named(&words.files.paper),
                    Some(label),
                )?)?;
            }
        }
        let key = presses[0].sheet(&sheet::key(exam, &variant.key, words))?;
        if together {
            keys.append(key);
        } else {
            let name = named(&words.files.key);
            take(presses[0].print(&key, name, FileRole::Key, Some(label))?)?;
        }
    }
    if together {
        for press in &presses {
            let name = words.files.papers.clone();
            take(press.print_paper(&press.papers, name, None)?)?;
        }
        take(presses[0].print(&keys, words.files.keys.clone(), FileRole::Key, None)?)?;
    }
    let matrix = presses[0].sheet(&sheet::matrix(exam, words))?;
    let name = words.files.matrix.clone();
    take(presses[0].print(&matrix, name, FileRole::KeyMatrix, None)?)
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
    let walked = walk_erratum(job, exam, *number, together, take);
    walked.map_err(|findings| job.place(findings))
}

fn walk_erratum(
    job: &Job,
    exam: &Exam,
    number: u32,
    together: bool,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let words = &job.wording;
    let files = &words.files;
    let mut take = |document| take(document).map_err(|finding| vec![finding]);
    let shown = number.to_string();
    let amended =
        |name: &str| wording::fill(&files.amended, &[("name", name), ("number", &shown)]);
    let mut press = presses(job, exam).swap_remove(0);
    let mut keys = bundle(exam);
    for variant in &exam.variants {
        let label = variant.key.label.as_str();
        if !together && sheet::of_erratum(&variant.key, number).next().is_none() {
            continue;
        }
        let key = press.sheet(&sheet::key(exam, &variant.key, words))?;
        if together {
            keys.append(key);
        } else {
            let name = wording::fill(&files.key, &[("variant", &file_stem(label))]);
            take(press.print(&key, amended(&name), FileRole::Key, Some(label))?)?;
        }
    }
    if together {
        take(press.print(&keys, amended(&files.keys), FileRole::Key, None)?)?;
    }
    let matrix = press.sheet(&sheet::matrix(exam, words))?;
    take(press.print(&matrix, amended(&files.matrix), FileRole::KeyMatrix, None)?)?;
    let slip = press.sheet(&sheet::erratum(exam, number, words))?;
    let name = wording::fill(&files.erratum, &[("number", &shown)]);
    take(press.print(&slip, name, FileRole::Erratum, None)?)
}

/// A document that others are put into.
fn bundle(exam: &Exam) -> Pages {
    Pages {
        title: exam.head.title_line(),
        language: exam.head.language,
        pages: Vec::new(),
        bookmarks: Vec::new(),
    }
}

/// What prints the ordinary documents, and behind it what prints further editions of
/// papers.
fn presses<'a>(job: &'a Job, exam: &Exam) -> Vec<Press<'a>> {
    let printing = job.blueprint.printing;
    let press = |theme, fonts, printing, edition| Press {
        job,
        theme,
        fonts,
        printing,
        edition,
        typesetter: Typesetter::new(fonts, &job.breaking),
        papers: bundle(exam),
    };
    // Large print is not for half a page.
    let single = Printing { imposition: Imposition::Single, ..printing };
    let editions = job.editions.iter().map(|edition| {
        let Edition { name, theme, fonts } = edition;
        press(theme, fonts, single, Some(name.as_str()))
    });
    iter::once(press(&job.theme, &job.fonts, printing, None)).chain(editions).collect()
}

/// What lays sheets out in one theme and renders them, with the words that it has set
/// before.
struct Press<'a> {
    job: &'a Job,
    theme: &'a Theme,
    fonts: &'a Fonts,
    printing: Printing,
    /// The name of the theme, if it is that of a further edition.
    edition: Option<&'a str>,
    typesetter: Typesetter,
    /// The papers that go into one file.
    papers: Pages,
}

impl Press<'_> {
    /// Lays out what students get, as it comes out of the printer.
    fn paper(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let printing = &self.printing;
        let page = printing.page(&self.job.paper);
        let theme = gutter(self.theme, printing);
        let pages = layout::lay_out(sheet, &theme, &page, &mut self.typesetter)?;
        Ok(layout::impose(pages, printing, &self.job.paper))
    }

    /// Lays out what teachers get.
    fn sheet(&mut self, sheet: &Sheet) -> Checked<Pages> {
        layout::lay_out(sheet, self.theme, &self.job.paper, &mut self.typesetter)
    }

    /// Renders papers; the names of further editions end in that of their theme.
    fn print_paper(
        &self,
        pages: &Pages,
        name: String,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let name = match self.edition {
            Some(edition) => format!("{name}-{}", file_stem(edition)),
            None => name,
        };
        self.print(pages, name, FileRole::Paper, variant)
    }

    /// Renders a document.
    fn print(
        &self,
        pages: &Pages,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let (bytes, ending) = match self.job.format {
            Format::Pdf => {
                let bytes = render::pdf(pages, self.fonts, &Details::default());
                (bytes.map_err(|finding| vec![finding])?, "pdf")
            }
            Format::Proof => (render::proof(pages).into_bytes(), "txt"),
        };
        let name = format!("{name}.{ending}");
        let [variant, edition] = [variant, self.edition].map(|n| n.map(str::to_string));
        Ok(Document { name, role, variant, edition, pages: pages.pages.len(), bytes })
    }
}

/// A theme whose inner margin has room for holes.
fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
