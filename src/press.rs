//! Prints what was drawn: composes sheets, lays them out, renders them, and hands each
//! finished document on.

mod answer_sheets;
mod practice;

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::bank::Id;
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::{Exam, PersonalCopy};
use crate::fonts::Fonts;
use crate::input::file_stem;
use crate::job::{Edition, Job};
use crate::layout::{self, Pages, Typesetter};
use crate::lint;
use crate::printing::{Imposition, Printing};
use crate::record::FileRole;
use crate::render::{self, Details};
use crate::roster::Student;
use crate::sheet::{self, Remark, Sheet};
use crate::theme::Theme;
use crate::wording::fill;
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
    let words = &job.wording;
    let mut take = |document| take(document).map_err(|finding| vec![finding]);
    let together = job.blueprint.printing.together;
    let mut presses = presses(job);
    let mut keys = bundle(exam);
    let places = places(&exam.copies);
    let stems = stems(&exam.copies);
    let wants = |role| job.blueprint.documents.wants(role);
    for (index, variant) in exam.variants.iter().enumerate() {
        let label = variant.paper.label.as_str();
        let copies = if wants(FileRole::Paper) { copies_of(exam, index) } else { vec![] };
        for copy in copies {
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
        if !wants(FileRole::Key) {
            continue;
        }
        let key = presses[0].sheet(&sheet::key(exam, &variant.key, words))?;
        if together {
            keys.append(key);
        } else {
            let name = fill(&words.files.key, &[("variant", &file_stem(label))]);
            take(presses[0].print(&key, name, FileRole::Key, Some(label))?)?;
        }
    }
    if together && wants(FileRole::Paper) {
        for press in &mut presses {
            take(press.print_papers(exam)?)?;
        }
    }
    if together && wants(FileRole::Key) {
        take(presses[0].print(&keys, words.files.keys.clone(), FileRole::Key, None)?)?;
    }
    if wants(FileRole::AnswerSheet) {
        answer_sheets::answer_sheets(&mut presses[0], exam, &mut take)?;
    }
    if wants(FileRole::KeyOverlay) {
        answer_sheets::key_overlays(&mut presses[0], exam, None, &mut take)?;
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
            let name = fill(&files.key, &[("variant", &file_stem(label))]);
            take(press.print(&key, amended(&name), FileRole::Key, Some(label))?)?;
        }
    }
    if together {
        take(press.print(&keys, amended(&files.keys), FileRole::Key, None)?)?;
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

    /// Lays out what is cut, between margins of the same width: what is on the backs of
    /// pages is to lie behind what is on their fronts.
    fn backed(&mut self, sheet: &Sheet) -> Checked<Pages> {
        let mut theme = self.theme.clone();
        let margins = &mut theme.margins;
        margins.left = margins.left.max(margins.right);
        margins.right = margins.left;
        layout::lay_out(sheet, &theme, &self.job.paper, &mut self.typesetter)
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
        let geometry = Vec::new();
        Ok(Document { name, role, variant, edition, pages, copies, geometry, bytes })
    }
}

/// A theme whose inner margin has room for holes.
pub fn gutter(theme: &Theme, printing: &Printing) -> Theme {
    let mut theme = theme.clone();
    theme.margins.left += printing.gutter;
    theme
}
