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
//! other programs about it, [`ledger`] the one that remembers which items were used,
//! [`lookup`] finds a sheet in a record, and [`cli`] is the command line.

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
pub mod roster;
pub mod space;
pub mod templates;
pub mod text;
pub mod theme;
pub mod wording;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::exam::{Exam, Fit, Head, PersonalCopy, Section};
use crate::fonts::Fonts;
use crate::input::file_stem;
use crate::job::{Edition, Job};
use crate::layout::{Pages, Typesetter};
use crate::printing::{Imposition, Printing};
use crate::record::FileRole;
use crate::render::Details;
use crate::roster::Student;
use crate::sheet::Sheet;
use crate::theme::Theme;
use crate::verify::Claim;
use crate::wording::{Wording, fill};

/// How many bytes of a file's name are a student's.
const LONGEST_STEM: usize = 120;

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
    /// The PDF or proof.
    pub bytes: Vec<u8>,
}

impl<'a> From<&'a Document> for Claim<'a> {
    fn from(document: &'a Document) -> Claim<'a> {
        let Document { name, role, variant, pages, .. } = document;
        Claim { file: name, role: *role, variant: variant.as_deref(), pages: *pages }
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
    let longest = longest_copy(job);
    // What cannot be laid out is as long as any other paper; printing it tells what is wrong.
    let mut measure = |head: &Head, sections: &[Section], paper: &exam::Paper| {
        let sheet = sheet::paper(head, sections, paper, longest.as_ref(), &job.wording);
        layout::measure(&sheet, &theme, &page, &mut typesetter)
            .map_or(Fit::default(), |(pages, least)| Fit { pages, least })
    };
    let made = exam::make_even(bank, blueprint, &mut measure).and_then(|mut exam| {
        exam::hand_out(&mut exam, blueprint, &job.roster.students)?;
        Ok(exam)
    });
    let exam = match made {
        Ok(exam) => exam,
        Err(shortages) => return Err([found, shortages].concat()),
    };
    found.extend(lint::exam(&exam, blueprint, bank, lexicon));
    Ok((exam, found))
}

/// A copy for the student whose name and class take the most room.
fn longest_copy(job: &Job) -> Option<PersonalCopy> {
    let length =
        |student: &&Student| student.name.chars().count() + student.class.chars().count();
    let student = job.roster.students.iter().max_by_key(length)?.clone();
    Some(PersonalCopy { student, ..PersonalCopy::default() })
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
    let mut presses = presses(job);
    let mut keys = bundle(exam);
    let places = places(&exam.copies);
    let stems = stems(&exam.copies);
    for (index, variant) in exam.variants.iter().enumerate() {
        let label = variant.paper.label.as_str();
        for copy in copies_of(exam, index) {
            let personal = copy.map(|copy| &exam.copies[copy]);
            let paper = &variant.paper;
            let sheet = sheet::paper(&exam.head, &exam.sections, paper, personal, words);
            for press in &mut presses {
                let pages = press.paper(&sheet)?;
                if together {
                    let place = copy.map_or(index, |copy| places[copy]);
                    press.papers.insert(place, (pages, copy));
                    continue;
                }
                let name = match copy {
                    Some(copy) => fill(&words.files.copy, &[("student", &stems[copy])]),
                    None => fill(&words.files.paper, &[("variant", &file_stem(label))]),
                };
                let copies = copy.map(|copy| CopyPlace { copy, page: 1 });
                let document = press.print_paper(&pages, name, Some(label))?;
                take(Document { copies: copies.into_iter().collect(), ..document })?;
            }
        }
        let key = presses[0].sheet(&sheet::key(exam, &variant.key, words))?;
        if together {
            keys.append(key);
        } else {
            let name = fill(&words.files.key, &[("variant", &file_stem(label))]);
            take(presses[0].print(&key, name, FileRole::Key, Some(label))?)?;
        }
    }
    if together {
        for press in &mut presses {
            take(press.print_papers(exam)?)?;
        }
        take(presses[0].print(&keys, words.files.keys.clone(), FileRole::Key, None)?)?;
    }
    for (sheet, name, role) in lists(exam, words) {
        let pages = presses[0].sheet(&sheet)?;
        take(presses[0].print(&pages, name.clone(), role, None)?)?;
    }
    Ok(())
}

/// The indices of the copies of a variant, or the paper that is nobody's if there are none.
fn copies_of(exam: &Exam, variant: usize) -> Vec<Option<usize>> {
    if exam.copies.is_empty() {
        return vec![None];
    }
    let copies = exam.copies.iter().enumerate();
    copies
        .filter(|(_, copy)| copy.variant == variant)
        .map(|(index, _)| Some(index))
        .collect()
}

/// The place of each copy in the order in which they are handed out: by seats, or as in the
/// roster.
fn places(copies: &[PersonalCopy]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..copies.len()).collect();
    order.sort_by_key(|&copy| copies[copy].student.seat);
    let mut places = vec![0; copies.len()];
    order.into_iter().enumerate().for_each(|(place, copy)| places[copy] = place);
    places
}

/// What the file of each copy is called after: class if there are several, number and name.
/// No two are the same, and none is too long for a file system.
fn stems(copies: &[PersonalCopy]) -> Vec<String> {
    let classes: BTreeSet<&str> =
        copies.iter().map(|c| c.student.class.as_str()).collect();
    let mut taken = BTreeSet::new();
    let stem = |copy: &PersonalCopy| {
        let Student { number, id, name, class, .. } = &copy.student;
        let class = if classes.len() > 1 { class } else { "" };
        let number = if number.is_empty() { id } else { number };
        let stem = file_stem(&format!("{class} {number} {name}"));
        let stem = stem[..stem.floor_char_boundary(LONGEST_STEM)].trim_end_matches('-');
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let mut names = iter::once(stem.to_string()).chain(numbered);
        names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    copies.iter().map(stem).collect()
}

/// What the teacher gets besides papers and keys.
fn lists<'a>(exam: &Exam, words: &'a Wording) -> Vec<(Sheet, &'a String, FileRole)> {
    let names = &words.files;
    let mut lists =
        vec![(sheet::matrix(exam, words), &names.matrix, FileRole::KeyMatrix)];
    if !exam.copies.is_empty() {
        let attendance = sheet::attendance(exam, words);
        lists.push((attendance, &names.attendance, FileRole::Attendance));
    }
    if let Some(room) = exam.room {
        let plan = sheet::seating_plan(exam, room, words);
        lists.push((plan, &names.seating, FileRole::SeatingPlan));
        let order = sheet::distribution(exam, words);
        lists.push((order, &names.distribution, FileRole::Distribution));
    }
    lists
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
fn presses(job: &Job) -> Vec<Press<'_>> {
    let printing = job.blueprint.printing;
    let press = |theme, fonts, printing, edition| Press {
        job,
        theme,
        fonts,
        printing,
        edition,
        typesetter: Typesetter::new(fonts, &job.breaking),
        papers: BTreeMap::new(),
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
    /// The papers that go into one file, by their places in it, and whose copies they are.
    papers: BTreeMap<usize, (Pages, Option<usize>)>,
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

    /// Renders all papers into one file, with a bookmark for each.
    fn print_papers(&mut self, exam: &Exam) -> Checked<Document> {
        let (mut all, mut places) = (bundle(exam), Vec::new());
        for (mut pages, copy) in std::mem::take(&mut self.papers).into_values() {
            if let Some(copy) = copy {
                places.push(CopyPlace { copy, page: all.pages.len() + 1 });
                pages.title.clone_from(&exam.copies[copy].student.name);
            }
            all.append(pages);
        }
        let name = self.job.wording.files.papers.clone();
        Ok(Document { copies: places, ..self.print_paper(&all, name, None)? })
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
        let (pages, copies) = (pages.pages.len(), Vec::new());
        Ok(Document { name, role, variant, edition, pages, copies, bytes })
    }
}

/// A theme whose inner margin has room for holes.
fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
