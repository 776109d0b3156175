//! Prints what was drawn: composes sheets, lays them out, renders them, and hands each
//! finished document on.

mod answer_sheets;
mod practice;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::bank::Id;
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::{Exam, PersonalCopy, Variant};
use crate::fonts::Fonts;
use crate::input::file_stem;
use crate::job::{Edition, Job};
use crate::layout::{self, Pages, Typesetter};
use crate::lint;
use crate::printing::{Imposition, Printing};
use crate::record::FileRole;
use crate::render::{self, Details, Pdf};
use crate::roster::Student;
use crate::sheet::{self, Remark, Sheet};
use crate::theme::Theme;
use crate::wording::{Files, Wording, fill};
use crate::{CopyPlace, Document, Format};

/// A sheet of a document that all variants share, the name of its file, and what it is.
type Shared<'a> = (Sheet, &'a String, FileRole);

/// How many bytes of a file's name are a student's.
const LONGEST_STEM: usize = 120;

/// Prints papers, keys and lists.
pub fn exam(
    job: &Job,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let mut take = |document| take(document).map_err(|finding| vec![finding]);
    let mut presses = presses(job);
    let wants = |role| job.blueprint.documents.wants(role);
    if wants(FileRole::Paper) {
        match job.blueprint.printing.together {
            true => papers_together(&mut presses, exam, &mut take)?,
            false => papers_apart(&mut presses, exam, &mut take)?,
        }
    }
    if wants(FileRole::Key) {
        keys(&mut presses[0], exam, &mut take)?;
    }
    if wants(FileRole::AnswerSheet) {
        answer_sheets::answer_sheets(&mut presses[0], exam, &mut take)?;
    }
    if wants(FileRole::KeyOverlay) {
        answer_sheets::key_overlays(&mut presses[0], exam, None, &mut take)?;
    }
    // What there is only one of is made with the first part of a job.
    if !job.is_first() {
        return Ok(());
    }
    for role in FileRole::DOCUMENTS.into_iter().filter(|&role| wants(role)) {
        for (sheet, name, role) in shared(job, exam, role).into_iter().flatten() {
            let pages = match role {
                FileRole::FlashCards => presses[0].backed(&sheet)?,
                _ => presses[0].sheet(&sheet)?,
            };
            take(presses[0].print(&pages, name.clone(), role, None)?)?;
        }
    }
    Ok(())
}

/// Prints the papers, into a file for each.
fn papers_apart(
    presses: &mut [Press],
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let job = presses[0].job;
    let (words, stems, all) = (&job.wording, stems(&exam.copies), handed_out(exam));
    for &(variant, copy) in &all[job.range(all.len())] {
        let label = exam.variants[variant].paper.label.as_str();
        let sheet = paper(exam, variant, copy, words);
        for press in &mut *presses {
            let pages = press.paper(&sheet)?;
            let name = match copy {
                Some(copy) => fill(&words.files.copy, &[("student", &stems[copy])]),
                None => fill(&words.files.paper, &[("variant", &file_stem(label))]),
            };
            let copies = copy.map(|copy| CopyPlace { copy, page: 1 });
            let name = press.of_edition(name);
            let document = press.print(&pages, name, FileRole::Paper, Some(label))?;
            take(Document { copies: copies.into_iter().collect(), ..document })?;
        }
    }
    Ok(())
}

/// Prints the papers, many into one file.
fn papers_together(
    presses: &mut [Press],
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let job = presses[0].job;
    let (words, all) = (&job.wording, handed_out(exam));
    for (number, papers) in files(job, &all) {
        for press in &mut *presses {
            let (mut book, mut copies) = (press.book(exam), Vec::new());
            for &(variant, copy) in papers {
                let mut pages = press.paper(&paper(exam, variant, copy, words))?;
                if let Some(copy) = copy {
                    copies.push(CopyPlace { copy, page: book.len() + 1 });
                    pages.title.clone_from(&exam.copies[copy].student.name);
                }
                book.append(pages);
            }
            let name = numbered(&words.files, &words.files.papers, number.as_deref());
            let name = press.of_edition(name);
            let document = press.print_book(book, name, FileRole::Paper)?;
            take(Document { copies, ..document })?;
        }
    }
    Ok(())
}

/// Prints the keys, into a file for each or many into one.
fn keys(
    press: &mut Press,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let (job, all) = (press.job, &exam.variants);
    let names = &job.wording.files;
    if job.blueprint.printing.together {
        for (number, variants) in files(job, all) {
            let name = numbered(names, &names.keys, number.as_deref());
            take(press.print_keys(exam, variants, name)?)?;
        }
        return Ok(());
    }
    for variant in &all[job.range(all.len())] {
        let label = variant.paper.label.as_str();
        let key = press.sheet(&sheet::key(exam, &variant.key, &job.wording))?;
        let name = fill(&names.key, &[("variant", &file_stem(label))]);
        take(press.print(&key, name, FileRole::Key, Some(label))?)?;
    }
    Ok(())
}

/// What goes into each of the files that this part of a job makes of what goes together,
/// and the number of the file where there are several. Files are the same however many parts
/// there are.
fn files<'a, T>(
    job: &Job,
    all: &'a [T],
) -> impl Iterator<Item = (Option<String>, &'a [T])> + use<'a, T> {
    let size = job.blueprint.printing.per_file.map_or(all.len().max(1), |n| n.get());
    let count = all.len().div_ceil(size);
    let width = count.to_string().len();
    let number =
        move |index: usize| (count > 1).then(|| format!("{:0width$}", index + 1));
    let things = all.chunks(size).enumerate().skip(job.range(count).start);
    let things = things.take(job.range(count).len());
    things.map(move |(index, things)| (number(index), things))
}

/// The name of a file, with its number if it has one.
fn numbered(names: &Files, name: &str, number: Option<&str>) -> String {
    match number {
        Some(number) => fill(&names.numbered, &[("name", name), ("number", number)]),
        None => name.to_string(),
    }
}

/// The paper of a variant, or a copy of it for a student.
fn paper(exam: &Exam, variant: usize, copy: Option<usize>, words: &Wording) -> Sheet {
    let paper = &exam.variants[variant].paper;
    let copy = copy.map(|copy| &exam.copies[copy]);
    sheet::paper(&exam.head, &exam.sections, paper, copy, words)
}

/// The papers in the order in which they are handed out: the indices of their variants, and
/// of copies if there are any.
fn handed_out(exam: &Exam) -> Vec<(usize, Option<usize>)> {
    if exam.copies.is_empty() {
        return (0..exam.variants.len()).map(|variant| (variant, None)).collect();
    }
    let order = by_seat(&exam.copies).into_iter();
    order.map(|copy| (exam.copies[copy].variant, Some(copy))).collect()
}

/// The indices of the copies by seats, or as in the roster.
fn by_seat(copies: &[PersonalCopy]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..copies.len()).collect();
    order.sort_by_key(|&copy| copies[copy].student.seat);
    order
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

/// What all variants share: a sheet, the name of its file and what it is, and behind it the
/// key that goes with it. Papers and keys are of one variant; lists are of a class, and seats
/// of a room.
fn shared<'a>(job: &'a Job, exam: &Exam, role: FileRole) -> Option<Vec<Shared<'a>>> {
    let (words, names) = (&job.wording, &job.wording.files);
    let documents = &job.blueprint.documents;
    let curriculum = documents.blueprint_table.curriculum;
    let (sheet, name) = match role {
        FileRole::Paper | FileRole::Key | FileRole::Erratum => return None,
        FileRole::AnswerSheet | FileRole::KeyOverlay => return None,
        FileRole::KeyMatrix => (sheet::matrix(exam, words), &names.matrix),
        FileRole::Attendance if exam.copies.is_empty() => return None,
        FileRole::Attendance => (sheet::attendance(exam, words), &names.attendance),
        FileRole::SeatingPlan => {
            (sheet::seating_plan(exam, exam.room?, words), &names.seating)
        }
        FileRole::Distribution => {
            exam.room?;
            (sheet::distribution(exam, words), &names.distribution)
        }
        FileRole::BlueprintTable => {
            let settings = &documents.blueprint_table;
            let sheet = sheet::blueprint_table(exam, &job.bank, settings, words);
            (sheet, &names.blueprint_table)
        }
        FileRole::ItemCards => {
            let uses = |item: &Id| match &job.ledger {
                Some(ledger) => ledger.uses(&job.blueprint, item),
                None => Vec::new(),
            };
            let sheet = sheet::item_cards(exam, &job.bank, curriculum, &uses, words);
            (sheet, &names.item_cards)
        }
        FileRole::Reviews => {
            (sheet::reviews(exam, &remarks(job, exam), words), &names.reviews)
        }
        FileRole::Scoring => {
            let settings = &documents.scoring;
            (sheet::scoring_guide(exam, curriculum, settings, words), &names.scoring)
        }
        FileRole::Activity | FileRole::ActivityKey => {
            return practice::activity(exam, words);
        }
        FileRole::Crossword | FileRole::CrosswordKey => {
            return practice::crossword(exam, words);
        }
        FileRole::WordSearch | FileRole::WordSearchKey => {
            return practice::word_search(exam, words);
        }
        FileRole::FlashCards => return practice::flash_cards(exam, words),
        FileRole::ExitTicket | FileRole::ExitTicketKey => {
            return practice::exit_ticket(exam, words);
        }
        FileRole::Bingo | FileRole::BingoCalls => return practice::bingo(exam, words),
    };
    Some(vec![(sheet, name, role)])
}

/// What the rules of item writing say of the items of an exam.
fn remarks(job: &Job, exam: &Exam) -> BTreeMap<Id, Vec<Remark>> {
    let allow = &job.blueprint.allow;
    let remark = |rule: String| Remark {
        allowed: allow.iter().any(|allowed| allowed.name == rule),
        rule,
    };
    let broken = lint::items(exam, &job.bank, &job.lexicon).into_iter();
    broken.map(|(item, rules)| (item, rules.into_iter().map(remark).collect())).collect()
}

/// Prints what an erratum makes new.
pub fn erratum(
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
        |name: &str| fill(&files.amended, &[("name", name), ("number", &shown)]);
    let mut press = presses(job).swap_remove(0);
    press.printing.together = together;
    if together {
        take(press.print_keys(exam, &exam.variants, amended(&files.keys))?)?;
    }
    let is_new = |variant: &&Variant| {
        !together && sheet::of_erratum(&variant.key, number).next().is_some()
    };
    for variant in exam.variants.iter().filter(is_new) {
        let label = variant.key.label.as_str();
        let key = press.sheet(&sheet::key(exam, &variant.key, words))?;
        let name = fill(&files.key, &[("variant", &file_stem(label))]);
        take(press.print(&key, amended(&name), FileRole::Key, Some(label))?)?;
    }
    let matrix = press.sheet(&sheet::matrix(exam, words))?;
    take(press.print(&matrix, amended(&files.matrix), FileRole::KeyMatrix, None)?)?;
    if job.blueprint.documents.wants(FileRole::KeyOverlay) {
        answer_sheets::key_overlays(&mut press, exam, Some(number), &mut take)?;
    }
    let slip = press.sheet(&sheet::erratum(exam, number, words))?;
    let name = fill(&files.erratum, &[("number", &shown)]);
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
fn presses(job: &Job) -> Vec<Press<'_>> {
    let printing = job.blueprint.printing;
    let press = |theme, fonts, printing, edition| Press {
        job,
        theme,
        fonts,
        printing,
        edition,
        typesetter: Typesetter::new(fonts, &job.breaking),
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
}

/// A document that others are put into.
struct Book<'a> {
    /// Its title and language; and its pages, if they are to become a proof.
    all: Pages,
    /// The PDF that it becomes.
    pdf: Option<Pdf<'a>>,
}

impl Book<'_> {
    /// Puts a document behind those that are in it, with a bookmark that has its title.
    fn append(&mut self, pages: Pages) {
        match &mut self.pdf {
            Some(pdf) => {
                pdf.bookmark(pages.title);
                pages.pages.iter().for_each(|page| pdf.page(page));
            }
            None => self.all.append(pages),
        }
    }

    /// How many pages it has.
    fn len(&self) -> usize {
        self.pdf.as_ref().map_or(self.all.pages.len(), Pdf::len)
    }
}

impl<'a> Press<'a> {
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

    /// Lays out what is cut, between margins of the same width: what is on the backs of
    /// pages is to lie behind what is on their fronts.
    fn backed(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let mut theme = self.theme.clone();
        let margins = &mut theme.margins;
        margins.left = margins.left.max(margins.right);
        margins.right = margins.left;
        layout::lay_out(sheet, &theme, &self.job.paper, &mut self.typesetter)
    }

    /// A name of a paper, which for further editions ends in that of their theme.
    fn of_edition(&self, name: String) -> String {
        match self.edition {
            Some(edition) => format!("{name}-{}", file_stem(edition)),
            None => name,
        }
    }

    /// An empty document.
    fn book(&self, exam: &Exam) -> Book<'a> {
        let pdf = (self.job.format == Format::Pdf).then(|| Pdf::new(self.fonts));
        Book { all: bundle(exam), pdf }
    }

    /// Renders the keys of variants into one file, with a bookmark for each.
    fn print_keys(
        &mut self,
        exam: &Exam,
        variants: &[Variant],
        name: String,
    ) -> Checked<Document> {
        let (mut book, words) = (self.book(exam), &self.job.wording);
        for variant in variants {
            book.append(self.sheet(&sheet::key(exam, &variant.key, words))?);
        }
        self.print_book(book, name, FileRole::Key)
    }

    /// Renders a document that others were put into.
    fn print_book(&self, book: Book, name: String, role: FileRole) -> Checked<Document> {
        let (pages, Pages { title, language, .. }) = (book.len(), &book.all);
        let Some(pdf) = book.pdf else { return self.print(&book.all, name, role, None) };
        let bytes = pdf.finish(title, *language, &Details::default());
        let bytes = bytes.map_err(|finding| vec![finding])?;
        Ok(self.document(bytes, pages, name, role, None))
    }

    /// Renders a document.
    fn print(
        &self,
        pages: &Pages,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let bytes = match self.job.format {
            Format::Pdf => {
                let bytes = render::pdf(pages, self.fonts, &Details::default());
                bytes.map_err(|finding| vec![finding])?
            }
            Format::Proof => render::proof(pages).into_bytes(),
        };
        Ok(self.document(bytes, pages.pages.len(), name, role, variant))
    }

    /// A document that is rendered, with nothing of its own said about its pages.
    fn document(
        &self,
        bytes: Vec<u8>,
        pages: usize,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Document {
        let ending = match self.job.format {
            Format::Pdf => "pdf",
            Format::Proof => "txt",
        };
        let name = format!("{name}.{ending}");
        let [variant, edition] = [variant, self.edition].map(|n| n.map(str::to_string));
        let (copies, geometry) = (Vec::new(), Vec::new());
        Document { name, role, variant, edition, pages, copies, geometry, bytes }
    }
}

/// A theme whose inner margin has room for holes.
pub fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
