//! Prints answer sheets, and the overlays that are laid on them.

use std::sync::Arc;

use crate::Document;
use crate::diagnostic::Checked;
use crate::exam::blueprint::answer_sheet::{AnswerSheet, Size};
use crate::exam::code::exam_id;
use crate::exam::{Exam, Variant};
use crate::input::file_stem;
use crate::job::Job;
use crate::layout::{self, Geometry, Pages};
use crate::printing::{Imposition, Printing};
use crate::record;
use crate::role::FileRole;
use crate::sheet::{self, Occasion, ResponseSheet};
use crate::wording::fill;

use super::{Batch, Press, bundle, by_seat, files, numbered};

/// Sheets that are laid out, and where everything stands on them.
struct Laid {
    pages: Pages,
    geometry: Vec<Geometry>,
}

/// What is marked, or laid on it: the sheets of variants.
struct Kind<'a> {
    role: FileRole,
    /// The names of the file of a variant, and of one with all.
    names: [String; 2],
    /// Whether all go into one file.
    together: bool,
    compose: Box<Compose<'a>>,
}

/// Composes the sheet of a variant.
type Compose<'a> = dyn Fn(&Occasion, &Variant) -> ResponseSheet + Send + Sync + 'a;

/// Prints the answer sheets: of each variant, or of all students in one file.
pub fn answer_sheets<'a>(job: &'a Job, exam: &'a Exam, batches: &mut Vec<Batch<'a>>) {
    let (settings, words) = (&job.blueprint.documents.answer_sheet, &job.wording);
    if exam.copies.is_empty() {
        let kind = Kind {
            role: FileRole::AnswerSheet,
            names: [&words.files.answer_sheet, &words.files.answer_sheets]
                .map(String::clone),
            together: job.blueprint.printing.together,
            compose: Box::new(|occasion, variant| {
                sheet::answer_sheet(occasion, &variant.paper, None, settings, words)
            }),
        };
        let all = (0..exam.variants.len()).collect();
        return by_variant(job, exam, all, kind, batches);
    }
    let imposition = match settings.size {
        Size::Full => Imposition::Single,
        Size::Half => Imposition::TwoUp,
    };
    let id = Arc::new(exam_id(exam));
    for (number, copies) in files(job, by_seat(&exam.copies)) {
        let name = numbered(&words.files, &words.files.answer_sheets, number.as_deref());
        let id = Arc::clone(&id);
        batches.push(Batch::one(copies.len(), move |presses| {
            let press = &mut presses[0];
            let labels = labels(exam);
            let occasion = occasion(exam, &id, &labels);
            let mut all = Laid { pages: bundle(exam), geometry: Vec::new() };
            for &index in &copies {
                let copy = &exam.copies[index];
                let variant = exam.variants.get(copy.variant);
                let (paper, copy) = (&variant.paper, Some((index, copy)));
                let sheet = sheet::answer_sheet(&occasion, paper, copy, settings, words);
                let mut laid = press.responses(&sheet)?;
                laid.pages.title.clone_from(&exam.copies[index].student.name);
                all.append(laid);
            }
            let all = all.impose(imposition, press);
            let role = FileRole::AnswerSheet;
            Ok(vec![press.print_responses(all, name.clone(), role, None)?])
        }));
    }
}

/// Prints the overlays of all variants, or those that an erratum makes new: of the variants
/// that it changes, or of all in one file.
pub fn key_overlays<'a>(
    job: &'a Job,
    exam: &'a Exam,
    erratum: Option<(u32, bool)>,
    batches: &mut Vec<Batch<'a>>,
) {
    let (settings, words) = (&job.blueprint.documents.answer_sheet, &job.wording);
    let is_new = |variant: &usize| match erratum {
        Some((number, false)) => super::is_amended(exam, *variant, number),
        _ => true,
    };
    let named = |name: &String| match erratum.map(|(number, _)| number.to_string()) {
        Some(number) => {
            fill(&words.files.amended, &[("name", name), ("number", &number)])
        }
        None => name.clone(),
    };
    let together = job.blueprint.printing.together;
    let kind = Kind {
        role: FileRole::KeyOverlay,
        names: [&words.files.key_overlay, &words.files.key_overlays].map(named),
        together: erratum.map_or(together, |(_, together)| together),
        compose: Box::new(|occasion, variant| {
            sheet::key_overlay(occasion, variant, settings, words)
        }),
    };
    let new = (0..exam.variants.len()).filter(is_new).collect();
    by_variant(job, exam, new, kind, batches);
}

/// Prints the sheets of variants, into a file for each or many into one.
fn by_variant<'a>(
    job: &'a Job,
    exam: &'a Exam,
    variants: Vec<usize>,
    kind: Kind<'a>,
    batches: &mut Vec<Batch<'a>>,
) {
    let imposition = match job.blueprint.documents.answer_sheet.size {
        Size::Full => Imposition::Single,
        Size::Half => Imposition::Twice,
    };
    let sheets = Arc::new(Sheets { exam, id: exam_id(exam), kind, imposition });
    let [each, all] = &sheets.kind.names;
    if sheets.kind.together {
        for (number, variants) in files(job, variants) {
            let name = numbered(&job.wording.files, all, number.as_deref());
            let sheets = Arc::clone(&sheets);
            batches.push(Batch::one(variants.len(), move |presses| {
                sheets.print(&mut presses[0], &variants, name.clone(), None)
            }));
        }
        return;
    }
    let (range, each) = (job.range(variants.len()), each.clone());
    batches.push(Batch::new(range.len(), range.len(), move |presses, task| {
        let variant = variants[range.start + task];
        let label = exam.variants.label(variant);
        let name = fill(&each, &[("variant", &file_stem(label))]);
        sheets.print(&mut presses[0], &[variant], name, Some(label))
    }));
}

/// The sheets of variants, as they are printed.
struct Sheets<'a> {
    exam: &'a Exam,
    /// What stands for the exam in their codes.
    id: String,
    kind: Kind<'a>,
    imposition: Imposition,
}

impl Sheets<'_> {
    /// Prints the sheets of some variants into one file, which has a label if it is that of
    /// one variant.
    fn print(
        &self,
        press: &mut Press,
        variants: &[usize],
        name: String,
        label: Option<&str>,
    ) -> Checked<Vec<Document>> {
        let Sheets { exam, id, kind, imposition } = self;
        let labels = labels(exam);
        let occasion = occasion(exam, id, &labels);
        let mut all = Laid { pages: bundle(exam), geometry: Vec::new() };
        for &variant in variants {
            let sheet = (kind.compose)(&occasion, &exam.variants.get(variant));
            let laid = press.responses(&sheet)?.impose(*imposition, press);
            match label {
                Some(_) => all = laid,
                None => all.append(laid),
            }
        }
        Ok(vec![press.print_responses(all, name, kind.role, label)?])
    }
}

fn settings(press: &Press) -> AnswerSheet {
    press.job.blueprint.documents.answer_sheet
}

fn labels(exam: &Exam) -> Vec<&str> {
    exam.variants.labels().collect()
}

fn occasion<'a>(exam: &'a Exam, id: &'a str, labels: &'a [&'a str]) -> Occasion<'a> {
    Occasion { head: &exam.head, sections: &exam.sections, variants: labels, id }
}

impl Laid {
    /// Puts others behind these.
    fn append(&mut self, others: Laid) {
        let before = self.pages.pages.len();
        let moved = |one: Geometry| Geometry { page: one.page + before, ..one };
        self.geometry.extend(others.geometry.into_iter().map(moved));
        self.pages.append(others.pages);
    }

    /// Puts pages on sheets of paper.
    fn impose(self, imposition: Imposition, press: &Press) -> Laid {
        let paper = &press.job.paper;
        let printing = Printing { imposition, ..Printing::default() };
        let mut pages = layout::impose(self.pages, &printing, paper);
        if imposition == Imposition::TwoUp {
            pages.bookmarks.iter_mut().for_each(|(_, page)| *page /= 2);
        }
        Laid {
            pages,
            geometry: layout::impose_geometry(self.geometry, imposition, paper),
        }
    }
}

impl Press<'_> {
    /// Lays out a sheet that is marked.
    fn responses(&mut self, sheet: &ResponseSheet) -> Checked<Laid> {
        let paper = match settings(self).size {
            Size::Full => self.job.paper.clone(),
            Size::Half => self.job.paper.half(),
        };
        let typesetter = &mut self.typesetter;
        let (pages, geometry) =
            layout::lay_out_response(sheet, self.theme, &paper, typesetter)?;
        self.job.progress.laid_out(pages.pages.len())?;
        Ok(Laid { pages, geometry })
    }

    /// Renders sheets that are marked, and says where everything stands on them.
    fn print_responses(
        &mut self,
        laid: Laid,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let geometry = record::geometry(&laid.geometry);
        Ok(Document { geometry, ..self.print(laid.pages, name, role, variant)? })
    }
}
