//! Prints what was drawn: composes sheets, lays them out, renders them, and hands each
//! finished document on.

mod answer_sheets;
mod practice;

use std::collections::{BTreeMap, BTreeSet};
use std::{iter, mem};

use crate::bank::Id;
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::{Exam, Fit, PersonalCopy};
use crate::fonts::Fonts;
use crate::input::file_stem;
use crate::job::Job;
use crate::layout::{self, Pages, Typesetter};
use crate::lint;
use crate::paper::Paper;
use crate::parallel::{in_order, workers};
use crate::printing::{Imposition, Printing};
use crate::record::{FileRole, MATRIX_VARIANTS};
use crate::render::{self, Details, Packer, Pdf};
use crate::roster::Student;
use crate::sheet::{self, Remark, Sheet};
use crate::theme::Theme;
use crate::wording::{Files, Wording, fill};
use crate::{CopyPlace, Document, Format};

/// A sheet of a document that all variants share, the name of its file, and what it is.
type Shared<'a> = (Sheet, &'a String, FileRole);

/// How many bytes of a file's name are a student's.
const LONGEST_STEM: usize = 120;

/// Those who print at the same time, and what they have set so far.
pub struct Hands<'a> {
    job: &'a Job,
    /// The presses of each. The first hand measures papers too.
    presses: Vec<Vec<Press<'a>>>,
    /// Whether a paper has been measured.
    has_measured: bool,
}

impl<'a> Hands<'a> {
    /// One hand; as many more as there is work for join it later.
    pub fn new(job: &'a Job) -> Hands<'a> {
        Hands { job, presses: vec![presses(job)], has_measured: false }
    }

    /// The job that they print.
    pub fn job(&self) -> &'a Job {
        self.job
    }

    /// How long a paper is. What has been set is not set again, neither to measure nor to
    /// print. What cannot be laid out is as long as any other paper; printing it tells what
    /// is wrong.
    pub fn measure(&mut self, sheet: &Sheet) -> Fit {
        if !mem::replace(&mut self.has_measured, true) {
            self.prepare(sheet);
        }
        let Press { papers, page, typesetter, .. } = &mut self.presses[0][0];
        let measured = layout::measure(sheet, papers, page, typesetter);
        measured.map_or(Fit::default(), |(pages, least)| Fit { pages, least })
    }

    /// Sets the blocks of a paper, each hand some of them, and lets the first hand know all:
    /// to set a first paper takes as long as to print it.
    fn prepare(&mut self, sheet: &Sheet) {
        let tasks = sheet.blocks.len();
        self.gather(tasks);
        let work = |hand: &mut Vec<Press>, block: usize| {
            let Press { papers, page, typesetter, .. } = &mut hand[0];
            layout::prepare(sheet, papers, page, typesetter, block);
        };
        let _ = in_order(&mut self.presses, tasks, work, &mut |()| Ok::<(), ()>(()));
        if let Some((first, others)) = self.presses.split_first_mut() {
            let others = others.iter_mut().map(|hand| &mut hand[0].typesetter);
            others.for_each(|other| first[0].typesetter.take_over(other));
        }
    }

    /// Lets as many hands join as there are workers for so many tasks.
    fn gather(&mut self, tasks: usize) {
        let more = self.presses.len()..workers(self.job.threads, tasks);
        self.presses.extend(more.map(|_| presses(self.job)));
    }
}

/// Prints papers, keys and lists, and does a `check` besides; nothing is handed on unless it
/// passes.
pub fn exam(
    hands: &mut Hands,
    exam: &Exam,
    check: &(dyn Fn() -> Checked<()> + Sync),
    take: &mut dyn FnMut(Document) -> Result<(), Diagnostic>,
) -> Checked<()> {
    let job = hands.job;
    // The results of tasks come in their order. The first hand, which has set a paper before,
    // begins with the second task.
    let mut batches = vec![Batch::one(0, |_| check().map(|()| Vec::new()))];
    add_documents(job, exam, &mut batches);
    job.progress.expect(batches.iter().map(|batch| batch.sheets).sum());
    let mut tasks = 0;
    let starts = batches.iter().map(|batch| {
        tasks += batch.tasks;
        tasks - batch.tasks
    });
    let starts: Vec<usize> = starts.collect();
    let work = |presses: &mut Vec<Press>, task: usize| {
        let batch = starts.partition_point(|&start| start <= task) - 1;
        (batches[batch].work)(presses, task - starts[batch])
    };
    let mut take = |documents: Checked<Vec<Document>>| {
        let taken = documents?.into_iter().try_for_each(&mut *take);
        taken.map_err(|finding| vec![finding])
    };
    hands.gather(tasks);
    in_order(&mut hands.presses, tasks, work, &mut take)
}

/// Things of a kind, each of which is printed by itself, whoever does it.
struct Batch<'a> {
    /// How many they are.
    tasks: usize,
    /// How many sheets are laid out for all of them.
    sheets: usize,
    work: Box<Work<'a>>,
}

/// Prints the documents of the task at an index.
type Work<'a> = dyn Fn(&mut [Press], usize) -> Checked<Vec<Document>> + Sync + 'a;

impl<'a> Batch<'a> {
    fn new(
        tasks: usize,
        sheets: usize,
        work: impl Fn(&mut [Press], usize) -> Checked<Vec<Document>> + Sync + 'a,
    ) -> Batch<'a> {
        Batch { tasks, sheets, work: Box::new(work) }
    }

    /// Prints one thing.
    fn one(
        sheets: usize,
        work: impl Fn(&mut [Press]) -> Checked<Vec<Document>> + Sync + 'a,
    ) -> Batch<'a> {
        Batch::new(1, sheets, move |presses, _| work(presses))
    }
}

/// Adds all that is to be printed, in the order in which it is handed on.
fn add_documents<'a>(job: &'a Job, exam: &'a Exam, batches: &mut Vec<Batch<'a>>) {
    let wants = |role| job.blueprint.documents.wants(role);
    if wants(FileRole::Paper) {
        match job.blueprint.printing.together {
            true => papers_together(job, exam, batches),
            false => papers_apart(job, exam, batches),
        }
    }
    if wants(FileRole::Key) {
        keys(job, exam, batches);
    }
    if wants(FileRole::AnswerSheet) {
        answer_sheets::answer_sheets(job, exam, batches);
    }
    if wants(FileRole::KeyOverlay) {
        answer_sheets::key_overlays(job, exam, None, batches);
    }
    // What there is only one of is made with the first part of a job.
    if job.is_first() {
        let roles = FileRole::DOCUMENTS.into_iter().filter(|&role| wants(role));
        for role in roles {
            if role == FileRole::KeyMatrix {
                matrices(job, exam, &|name| name, batches);
                continue;
            }
            // Composed here: it is not known before how many sheets there are, if any.
            let Some(shared) = shared(job, exam, role) else { continue };
            batches.push(Batch::one(shared.len(), move |presses| {
                shared.iter().map(|shared| presses[0].print_shared(shared)).collect()
            }));
        }
    }
}

/// Prints the papers, into a file for each.
fn papers_apart<'a>(job: &'a Job, exam: &'a Exam, batches: &mut Vec<Batch<'a>>) {
    let (words, stems, order) =
        (&job.wording, stems(&exam.copies), by_seat(&exam.copies));
    let papers = if order.is_empty() { exam.variants.len() } else { order.len() };
    let range = job.range(papers);
    let (tasks, sheets) = (range.len(), range.len() * (1 + job.editions.len()));
    batches.push(Batch::new(tasks, sheets, move |presses, task| {
        let copy = order.get(range.start + task).copied();
        let variant = copy.map_or(range.start + task, |copy| exam.copies[copy].variant);
        let label = exam.variants.label(variant);
        let name = match copy {
            Some(copy) => fill(&words.files.copy, &[("student", &stems[copy])]),
            None => fill(&words.files.paper, &[("variant", &file_stem(label))]),
        };
        let sheet = paper(exam, variant, copy, words);
        let copies: Vec<CopyPlace> =
            copy.into_iter().map(|copy| CopyPlace { copy, page: 1 }).collect();
        let print = |press: &mut Press| {
            let pages = press.paper(&sheet)?;
            let name = press.of_edition(name.clone());
            let document = press.print(pages, name, FileRole::Paper, Some(label))?;
            Ok(Document { copies: copies.clone(), ..document })
        };
        presses.iter_mut().map(print).collect()
    }));
}

/// Prints the papers, many into one file.
fn papers_together<'a>(job: &'a Job, exam: &'a Exam, batches: &mut Vec<Batch<'a>>) {
    let words = &job.wording;
    for (number, papers) in files(job, handed_out(exam)) {
        let name = numbered(&words.files, &words.files.papers, number.as_deref());
        for edition in 0..=job.editions.len() {
            let (name, papers) = (name.clone(), papers.clone());
            batches.push(Batch::one(papers.len(), move |presses| {
                let press = &mut presses[edition];
                let (mut book, mut copies) = (press.book(exam), Vec::new());
                for &(variant, copy) in &papers {
                    let mut pages = press.paper(&paper(exam, variant, copy, words))?;
                    if let Some(copy) = copy {
                        copies.push(CopyPlace { copy, page: book.len() + 1 });
                        pages.title.clone_from(&exam.copies[copy].student.name);
                    }
                    book.append(pages);
                }
                let name = press.of_edition(name.clone());
                let document = press.print_book(book, name, FileRole::Paper)?;
                Ok(vec![Document { copies, ..document }])
            }));
        }
    }
}

/// Prints the keys, into a file for each or many into one.
fn keys<'a>(job: &'a Job, exam: &'a Exam, batches: &mut Vec<Batch<'a>>) {
    let (names, count) = (&job.wording.files, exam.variants.len());
    if job.blueprint.printing.together {
        for (number, variants) in files(job, (0..count).collect()) {
            let name = numbered(names, &names.keys, number.as_deref());
            batches.push(Batch::one(variants.len(), move |presses| {
                Ok(vec![presses[0].print_keys(exam, &variants, name.clone())?])
            }));
        }
        return;
    }
    let range = job.range(count);
    batches.push(Batch::new(range.len(), range.len(), move |presses, task| {
        let variant = range.start + task;
        let label = file_stem(exam.variants.label(variant));
        let name = fill(&names.key, &[("variant", &label)]);
        Ok(vec![presses[0].print_key(exam, variant, name)?])
    }));
}

/// Prints the key matrix, or several if there are very many variants.
fn matrices<'a>(
    job: &'a Job,
    exam: &'a Exam,
    named: &dyn Fn(String) -> String,
    batches: &mut Vec<Batch<'a>>,
) {
    let (words, count) = (&job.wording, exam.variants.len());
    let all = count.div_ceil(MATRIX_VARIANTS).max(1);
    for part in 0..all {
        let number = (all > 1).then(|| (part + 1).to_string());
        let name = numbered(&words.files, &words.files.matrix, number.as_deref());
        let name = named(name);
        let start = part * MATRIX_VARIANTS;
        let variants = start..count.min(start + MATRIX_VARIANTS);
        batches.push(Batch::one(1, move |presses| {
            let beside = |characters| {
                layout::columns_beside_text(presses[0].theme, &job.paper, characters)
            };
            let sheet = sheet::matrix(exam, variants.clone(), &beside, words);
            Ok(vec![presses[0].print_shared(&(sheet, &name, FileRole::KeyMatrix))?])
        }));
    }
}

/// What goes into each of the files that this part of a job makes of what goes together,
/// and the number of the file where there are several. Files are the same however many parts
/// there are.
fn files<T: Clone>(job: &Job, all: Vec<T>) -> Vec<(Option<String>, Vec<T>)> {
    let size = job.blueprint.printing.per_file.map_or(all.len().max(1), |n| n.get());
    let count = all.len().div_ceil(size);
    let width = count.to_string().len();
    let number = |index: usize| (count > 1).then(|| format!("{:0width$}", index + 1));
    let things = all.chunks(size).enumerate().skip(job.range(count).start);
    let things = things.take(job.range(count).len());
    things.map(|(index, things)| (number(index), things.to_vec())).collect()
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
    let variant = exam.variants.get(variant);
    let copy = copy.map(|copy| &exam.copies[copy]);
    sheet::paper(&exam.head, &exam.sections, &variant.paper, copy, words)
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
        FileRole::KeyMatrix => return None,
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
    let all: Vec<usize> = (0..exam.variants.len()).collect();
    if together {
        take(press.print_keys(exam, &all, amended(&files.keys))?)?;
    }
    let is_new = |variant: &usize| !together && is_amended(exam, *variant, number);
    for variant in all.into_iter().filter(is_new) {
        let label = file_stem(exam.variants.label(variant));
        let name = amended(&fill(&files.key, &[("variant", &label)]));
        take(press.print_key(exam, variant, name)?)?;
    }
    let mut batches = Vec::new();
    matrices(job, exam, &|name| amended(&name), &mut batches);
    if job.blueprint.documents.wants(FileRole::KeyOverlay) {
        let amended = Some((number, together));
        answer_sheets::key_overlays(job, exam, amended, &mut batches);
    }
    let mut presses = vec![press];
    for batch in batches {
        for task in 0..batch.tasks {
            (batch.work)(&mut presses, task)?.into_iter().try_for_each(&mut take)?;
        }
    }
    let press = &mut presses[0];
    let slip = press.sheet(&sheet::erratum(exam, number, words))?;
    let name = fill(&files.erratum, &[("number", &shown)]);
    take(press.print(slip, name, FileRole::Erratum, None)?)
}

/// Whether an erratum changes the key of a variant.
fn is_amended(exam: &Exam, variant: usize, erratum: u32) -> bool {
    sheet::of_erratum(&exam.variants.get(variant).key, erratum).next().is_some()
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

/// What prints the ordinary documents, and behind it what prints further editions of papers.
fn presses(job: &Job) -> Vec<Press<'_>> {
    let printing = job.blueprint.printing;
    let press = |theme, fonts, printing, edition| {
        let typesetter = Typesetter::new(fonts, &job.breaking);
        let (papers, page) = (gutter(theme, &printing), printing.page(&job.paper));
        let packer = Packer::default();
        Press { job, theme, papers, page, fonts, printing, edition, typesetter, packer }
    };
    // Large print is not for half a page.
    let single = Printing { imposition: Imposition::Single, ..printing };
    let editions = job.editions.iter().map(|edition| {
        press(&edition.theme, &edition.fonts, single, Some(edition.name.as_str()))
    });
    iter::once(press(&job.theme, &job.fonts, printing, None)).chain(editions).collect()
}

/// What lays sheets out in one theme and renders them, with the words that it has set
/// before.
struct Press<'a> {
    job: &'a Job,
    theme: &'a Theme,
    /// How papers look: with room for holes.
    papers: Theme,
    /// The page that papers have.
    page: Paper,
    fonts: &'a Fonts,
    printing: Printing,
    /// The name of the theme, if it is that of a further edition.
    edition: Option<&'a str>,
    typesetter: Typesetter,
    packer: Packer,
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
                pages.pages.into_iter().for_each(|page| pdf.page(page));
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
        let Press { papers, page, typesetter, .. } = self;
        let pages = layout::lay_out(sheet, papers, page, typesetter)?;
        let pages = layout::impose(pages, &self.printing, &self.job.paper);
        self.job.progress.laid_out(pages.pages.len())?;
        Ok(pages)
    }

    /// Lays out what teachers get.
    fn sheet(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let typesetter = &mut self.typesetter;
        let pages = layout::lay_out(sheet, self.theme, &self.job.paper, typesetter)?;
        self.job.progress.laid_out(pages.pages.len())?;
        Ok(pages)
    }

    /// Lays out what is cut, between margins of the same width: what is on the backs of
    /// pages is to lie behind what is on their fronts.
    fn backed(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let mut theme = self.theme.clone();
        let margins = &mut theme.margins;
        margins.left = margins.left.max(margins.right);
        margins.right = margins.left;
        let typesetter = &mut self.typesetter;
        let pages = layout::lay_out(sheet, &theme, &self.job.paper, typesetter)?;
        self.job.progress.laid_out(pages.pages.len())?;
        Ok(pages)
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

    /// Lays out the key of a variant.
    fn key(&mut self, exam: &Exam, variant: usize) -> Checked<Pages> {
        let settings = &self.job.blueprint.documents.key;
        let key = &exam.variants.get(variant).key;
        self.sheet(&sheet::key(exam, key, settings, &self.job.wording))
    }

    /// Renders the key of a variant.
    fn print_key(
        &mut self,
        exam: &Exam,
        variant: usize,
        name: String,
    ) -> Checked<Document> {
        let label = exam.variants.label(variant);
        let key = self.key(exam, variant)?;
        self.print(key, name, FileRole::Key, Some(label))
    }

    /// Renders what all variants share.
    fn print_shared(&mut self, shared: &Shared) -> Checked<Document> {
        let (sheet, name, role) = shared;
        let pages = match role {
            FileRole::FlashCards => self.backed(sheet)?,
            _ => self.sheet(sheet)?,
        };
        self.print(pages, name.to_string(), *role, None)
    }

    /// Renders the keys of variants into one file, with a bookmark for each.
    fn print_keys(
        &mut self,
        exam: &Exam,
        variants: &[usize],
        name: String,
    ) -> Checked<Document> {
        let mut book = self.book(exam);
        for &variant in variants {
            book.append(self.key(exam, variant)?);
        }
        self.print_book(book, name, FileRole::Key)
    }

    /// Renders a document that others were put into.
    fn print_book(
        &mut self,
        book: Book,
        name: String,
        role: FileRole,
    ) -> Checked<Document> {
        let (pages, Pages { title, language, .. }) = (book.len(), &book.all);
        let Some(pdf) = book.pdf else { return self.print(book.all, name, role, None) };
        let bytes = pdf.finish(title, *language, &Details::default(), &mut self.packer);
        let bytes = bytes.map_err(|finding| vec![finding])?;
        Ok(self.document(bytes, pages, name, role, None))
    }

    /// Renders a document.
    fn print(
        &mut self,
        pages: Pages,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let count = pages.pages.len();
        let bytes = match self.job.format {
            Format::Pdf => {
                let (details, packer) = (Details::default(), &mut self.packer);
                let bytes = render::pdf(pages, self.fonts, &details, packer);
                bytes.map_err(|finding| vec![finding])?
            }
            Format::Proof => render::proof(&pages).into_bytes(),
        };
        Ok(self.document(bytes, count, name, role, variant))
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
fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
