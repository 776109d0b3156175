//! Random exams on random paper, in random themes: what holds of all their pages.
//!
//! Nothing here knows how pages are made. It reads the marks as one who looks at the paper.

mod marks;
mod packing;
pub mod random;
mod words;

use std::collections::BTreeSet;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use lembar::diagnostic::Diagnostic;
use lembar::exam::{Body, Exam, Question};
use lembar::item_type::ItemType;
use lembar::job::{Job, Overrides};
use lembar::layout::{Mark, Pages, Role, Typesetter, impose, lay_out};
use lembar::length::Length;
use lembar::paper::Paper;
use lembar::printing::Imposition;
use lembar::sheet::{self, Block, Orientation, Sheet};
use lembar::space::{Extent, Ruling, Space};
use lembar::text::{Markup, Text};
use lembar::theme::Theme;

use crate::layout::marks::Area;
use crate::layout::packing::{Asked, Document};
use crate::layout::words::bare;
use crate::made::built_in;

/// What came of laying out an exam.
#[derive(Default)]
struct Laid {
    /// Everything that is wrong with its documents.
    wrong: Vec<String>,
    /// Whether its variants have different numbers of pages though they need not.
    uneven: bool,
}

/// Lays out the exams with these seeds. They are dealt out to as many threads as there are
/// cores.
fn sweep(seeds: Range<u64>) -> Vec<Laid> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let worker = |first| {
            let seeds = seeds.clone().skip(first).step_by(threads);
            scope.spawn(move || seeds.map(of_seed).collect::<Vec<Laid>>())
        };
        let workers: Vec<_> = (0..threads).map(worker).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn of_seed(seed: u64) -> Laid {
    of_job(seed, random::job(seed))
}

fn of_job(seed: u64, job: Job) -> Laid {
    let mut laid = match lembar::draw(&job) {
        Ok((exam, _)) => of_exam(&job, &exam),
        Err(findings) => Laid { wrong: messages(&findings), uneven: false },
    };
    let (paper, theme) = (&job.paper.name, &job.blueprint.theme.name);
    let (columns, printing) = (job.theme.columns.count, &job.blueprint.printing);
    let kind = format!("seed {seed}, {paper}, {theme}, {columns} columns, {printing:?}");
    laid.wrong.iter_mut().for_each(|wrong| *wrong = format!("{kind}: {wrong}"));
    laid
}

fn messages(findings: &[Diagnostic]) -> Vec<String> {
    findings.iter().map(|finding| format!("refused: {}", finding.message)).collect()
}

fn of_exam(job: &Job, exam: &Exam) -> Laid {
    let mut laid = Laid::default();
    let mut typesetter = Typesetter::new(&job.fonts, &job.breaking);
    let mut theme = job.theme.clone();
    theme.margins.left += job.blueprint.printing.gutter;
    let page = job.blueprint.printing.page(&job.paper);
    let mut counts = BTreeSet::new();
    for variant in exam.variants.held() {
        let paper = &variant.paper;
        let sheet = sheet::paper(&exam.head, &exam.sections, paper, None, &job.wording);
        let (mut found, pages) = of_sheet(&sheet, &theme, &page, &mut typesetter);
        if let Some(pages) = pages {
            counts.insert(pages.pages.len());
            let asked = &paper.questions;
            found.extend(of_questions(&sheet, &theme, &page, &pages, exam, asked));
            found.extend(imposed(&pages, job));
        }
        let label = &paper.label;
        laid.wrong.extend(found.iter().map(|wrong| format!("{label}: {wrong}")));
    }
    // Two or three items have so few orders in which none keeps its number that none of them
    // may take as many pages as the others.
    let free = exam.sections.iter().all(|section| !(2..4).contains(&section.count));
    laid.uneven = free && counts.len() > 1;
    for sheet in [
        sheet::key(
            exam,
            &exam.variants.held()[0].key,
            &job.blueprint.documents.key,
            &job.wording,
        ),
        sheet::matrix(exam, 0..exam.variants.len(), &|_| 12, &job.wording),
    ] {
        let (found, _) = of_sheet(&sheet, &job.theme, &job.paper, &mut typesetter);
        laid.wrong.extend(found.iter().map(|wrong| format!("{}: {wrong}", sheet.title)));
    }
    laid
}

/// Lays a sheet out, and says what holds of no document.
fn of_sheet(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    typesetter: &mut Typesetter,
) -> (Vec<String>, Option<Pages>) {
    match lay_out(sheet, theme, paper, typesetter) {
        Ok(pages) => (of_document(sheet, theme, paper, &pages), Some(pages)),
        Err(findings) => (messages(&findings), None),
    }
}

/// Where the marks of a document's pages may stand.
fn area(sheet: &Sheet, theme: &Theme, paper: &Paper) -> Area {
    let (width, height) = match sheet.orientation {
        Orientation::Portrait => (paper.width, paper.height),
        Orientation::Landscape => (paper.height, paper.width),
    };
    let margins = &theme.margins;
    Area {
        left: margins.left,
        right: width - margins.right,
        top: margins.top,
        bottom: height - margins.bottom,
    }
}

/// What holds of all documents.
fn of_document(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    pages: &Pages,
) -> Vec<String> {
    let area = area(sheet, theme, paper);
    let mut found = words::complaints(sheet, pages);
    for (number, page) in pages.pages.iter().enumerate() {
        let marks = marks::outside(page, &area).into_iter().chain(marks::overlaps(page));
        found.extend(marks.map(|what| format!("page {}, {what}", number + 1)));
    }
    found
}

/// Every question stands on its paper once, in order, and whole.
fn of_questions(
    sheet: &Sheet,
    theme: &Theme,
    paper: &Paper,
    pages: &Pages,
    exam: &Exam,
    questions: &[Question],
) -> Vec<String> {
    let marks = marks_of_questions(sheet, pages, questions);
    let mut found = Vec::new();
    if marks.len() != questions.len() {
        found.push(format!("{} of {} questions", marks.len(), questions.len()));
    }
    for (question, marks) in questions.iter().zip(&marks) {
        let texts = marks.iter().filter_map(|(_, mark)| words::text(mark));
        if rows_are_parted(question, marks) {
            continue;
        }
        let printed: String = texts.map(bare).collect();
        let mut rest = printed.as_str();
        for text in texts_of(question) {
            let text = bare(&words::plain(&Text::parse(&text)));
            match rest.find(&text) {
                Some(at) => rest = &rest[at + text.len()..],
                None => {
                    let number = question.number;
                    found.push(format!("question {number} has no `{text}`: {printed}"));
                }
            }
        }
    }
    // The rules of a table belong to no row, but those of a space to its question.
    let essay = |question: &Question| {
        exam.sections[question.section].item_type == ItemType::Essay
    };
    let asked = questions.iter().zip(&marks).map(|(question, marks)| {
        let inked =
            |(_, mark): &&(usize, &Mark)| words::text(mark).is_some() || essay(question);
        let marks = marks.iter().filter(inked).copied().collect();
        Asked { marks, blank: blank(question, theme) }
    });
    let asked: Vec<Asked> = asked.collect();
    let area = area(sheet, theme, paper);
    found.extend(Document { sheet, pages, theme, area }.complaints(&asked));
    found
}

/// Whether a question has a table that stands on several pages: a row that is taller than
/// a page is set line by line.
fn rows_are_parted(question: &Question, marks: &[(usize, &Mark)]) -> bool {
    let pages = marks.iter().map(|(page, _)| page);
    let table = matches!(question.body, Body::Categories { .. } | Body::Matching { .. });
    table && pages.clone().min() != pages.max()
}

/// The height of the space of a question that is not ruled.
fn blank(question: &Question, theme: &Theme) -> Length {
    match question.body {
        Body::Space(Space { ruling: Ruling::Blank, extent }) => match extent {
            Extent::Lines(count) => theme.space.pitch * count as i32,
            Extent::Height(height) => height,
            Extent::Rest => theme.space.pitch,
        },
        _ => Length::ZERO,
    }
}

/// The texts of a question, in order.
fn texts_of(question: &Question) -> Vec<String> {
    let own = |text: &Markup| text.to_string();
    let mut texts = vec![format!("{}.", question.number)];
    // A blank in the stem is printed as a line to write on.
    texts.extend(question.stem.split("....").map(str::to_string));
    match &question.body {
        Body::Options(options) | Body::Boxes(options) | Body::Steps(options) => {
            texts.extend(options.iter().map(own));
        }
        Body::Categories { rows, categories } => {
            texts.extend(categories.iter().chain(rows).map(own));
        }
        Body::Matching { premises, options } => {
            let rows = premises.len().max(options.len());
            let row = |row: usize| premises.get(row).into_iter().chain(options.get(row));
            texts.extend((0..rows).flat_map(row).map(own));
        }
        Body::Cloze { text, words } => {
            texts.extend(words.iter().map(own));
            let parts = text.split(['{', '}']).step_by(2);
            texts.extend(parts.map(|part| part.trim().to_string()));
        }
        Body::Judgement | Body::Blank | Body::Space(_) => {}
    }
    texts
}

/// The marks of each question, from its number to the next one's, with their pages.
fn marks_of_questions<'a>(
    sheet: &Sheet,
    pages: &'a Pages,
    questions: &[Question],
) -> Vec<Vec<(usize, &'a Mark)>> {
    let is_heading = |block: &Block| match block {
        Block::Heading(_) => true,
        Block::Together(blocks) => matches!(blocks.first(), Some(Block::Heading(_))),
        _ => false,
    };
    let first = sheet.blocks.iter().position(is_heading).unwrap_or(0) as u32;
    let mut found: Vec<Vec<(usize, &Mark)>> = Vec::new();
    let mut open = None;
    for (number, page) in pages.pages.iter().enumerate() {
        for mark in &page.marks {
            let Some(block) = mark.block.filter(|&block| block >= first) else {
                continue;
            };
            let next = questions.get(found.len()).map(|q| format!("{}.", q.number));
            let label = matches!(mark.role, Role::Label | Role::Cell);
            if label && words::text(mark) == next.as_deref() && next.is_some() {
                found.push(Vec::new());
                open = Some(block);
            }
            if open == Some(block)
                && let Some(question) = found.last_mut()
            {
                question.push((number, mark));
            }
        }
    }
    found
}

/// Imposing pages moves them and nothing else, and no half reaches into the other.
fn imposed(pages: &Pages, job: &Job) -> Vec<String> {
    let printing = &job.blueprint.printing;
    let sides = impose(pages.clone(), printing, &job.paper);
    let count = |pages: &Pages| pages.pages.iter().map(|p| p.marks.len()).sum::<usize>();
    let times = if printing.imposition == Imposition::Twice { 2 } else { 1 };
    let mut found = Vec::new();
    if count(&sides) != count(pages) * times {
        found.push("imposing adds marks or loses some".to_string());
    }
    let margin = job.theme.margins.left.min(job.theme.margins.right);
    for (number, side) in sides.pages.iter().enumerate() {
        let halves = if printing.imposition == Imposition::Single { 1 } else { 2 };
        let half = side.width / halves;
        for mark in &side.marks {
            let Some(extent) = marks::extent(mark) else { continue };
            let (left, right) = (extent.at.x, extent.at.x + extent.width);
            let start = if left >= half { half } else { Length::ZERO };
            if left < start + margin - Length(20)
                || right > start + half - margin + Length(20)
            {
                found.push(format!("side {}: a mark leaves its half", number + 1));
                break;
            }
        }
    }
    found
}

#[track_caller]
fn assert_sound(laid: &[Laid]) {
    // One complaint of each exam tells enough.
    let wrong: Vec<&str> =
        laid.iter().filter_map(|laid| laid.wrong.first()).map(String::as_str).collect();
    let shown = wrong.iter().take(40).copied().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} exams are wrong:\n{shown}", wrong.len());
    // Groups move as a whole, so that a few more have hardly any choice of order.
    let uneven = laid.iter().filter(|laid| laid.uneven).count();
    assert!(uneven * 100 <= laid.len(), "{uneven} of {} are uneven", laid.len());
}

#[test]
fn a_hundred_random_exams() {
    assert_sound(&sweep(0..100));
}

#[test]
fn three_hundred_questions() {
    assert_sound(&[of_job(0, random::long_job(300))]);
}

/// `cargo test -- --ignored` runs this one too; `.ci/run` does.
#[test]
#[ignore = "it takes a minute"]
fn a_thousand_random_exams() {
    assert_sound(&sweep(100..1_100));
}

/// As many variants stand side by side as leave stems room, and no last row stands alone.
#[test]
fn key_matrices_have_as_many_columns_as_there_is_room_for() {
    let job = built_in(&Overrides { variants: Some(5), ..Overrides::default() });
    let exam = lembar::draw(&job).unwrap().0;
    let head = Text::bold(job.wording.matrix.item.as_str());
    let columns = |room: usize| -> Vec<usize> {
        let sheet = sheet::matrix(&exam, 0..5, &|_| room, &job.wording);
        let by_item = sheet.blocks.iter().rev().filter_map(|block| match block {
            Block::Table(table) if table.head[0] == head => {
                let [.., kept, _] = &table.rows[..] else { panic!("too few rows") };
                assert!(kept.keep);
                Some(table.columns.len() - 1)
            }
            _ => None,
        });
        by_item.collect()
    };
    assert_eq!(columns(2), [1, 2, 2]);
    assert_eq!(columns(40), [5]);
}
