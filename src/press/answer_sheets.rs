//! Prints answer sheets, and the overlays that are laid on them.

use crate::Document;
use crate::diagnostic::Checked;
use crate::exam::blueprint::answer_sheet::{AnswerSheet, Size};
use crate::exam::code::exam_id;
use crate::exam::{Exam, Variant};
use crate::input::file_stem;
use crate::layout::{self, Geometry, Pages};
use crate::printing::{Imposition, Printing};
use crate::record;
use crate::role::FileRole;
use crate::sheet::{self, Occasion, ResponseSheet};
use crate::wording::fill;

use super::{Press, bundle, by_seat, files, numbered};

/// Sheets that are laid out, and where everything stands on them.
struct Laid {
    pages: Pages,
    geometry: Vec<Geometry>,
}

/// Prints the answer sheets: of each variant, or of all students in one file.
pub fn answer_sheets(
    press: &mut Press,
    exam: &Exam,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let (id, labels) = (exam_id(exam), labels(exam));
    let occasion = occasion(exam, &id, &labels);
    let (settings, words) = (settings(press), &press.job.wording);
    if exam.copies.is_empty() {
        let sheet = |variant: &Variant| {
            sheet::answer_sheet(&occasion, &variant.paper, None, &settings, words)
        };
        let names = [&words.files.answer_sheet, &words.files.answer_sheets];
        let (names, all) = (names.map(String::clone), exam.variants.iter().collect());
        return by_variant(press, exam, all, &sheet, names, FileRole::AnswerSheet, take);
    }
    let imposition = match settings.size {
        Size::Full => Imposition::Single,
        Size::Half => Imposition::TwoUp,
    };
    let order = by_seat(&exam.copies);
    for (number, copies) in files(press.job, &order) {
        let mut all = Laid { pages: bundle(exam), geometry: Vec::new() };
        for &index in copies {
            let copy = &exam.copies[index];
            let paper = &exam.variants[copy.variant].paper;
            let copy = Some((index, copy));
            let sheet = sheet::answer_sheet(&occasion, paper, copy, &settings, words);
            let mut laid = press.responses(&sheet)?;
            laid.pages.title.clone_from(&exam.copies[index].student.name);
            all.append(laid);
        }
        let name = numbered(&words.files, &words.files.answer_sheets, number.as_deref());
        let all = all.impose(imposition, press);
        take(press.print_responses(&all, name, FileRole::AnswerSheet, None)?)?;
    }
    Ok(())
}

/// Prints the overlays of all variants, or those that an erratum makes new: of the variants
/// that it changes, or of all in one file.
pub fn key_overlays(
    press: &mut Press,
    exam: &Exam,
    erratum: Option<u32>,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let (id, labels) = (exam_id(exam), labels(exam));
    let occasion = occasion(exam, &id, &labels);
    let (settings, words) = (settings(press), &press.job.wording);
    let together = press.printing.together;
    let is_new = |variant: &&Variant| match erratum {
        Some(number) if !together => {
            sheet::of_erratum(&variant.key, number).next().is_some()
        }
        _ => true,
    };
    let overlay =
        |variant: &Variant| sheet::key_overlay(&occasion, variant, &settings, words);
    let named = |name: &String| match erratum.map(|number| number.to_string()) {
        Some(number) => {
            fill(&words.files.amended, &[("name", name), ("number", &number)])
        }
        None => name.clone(),
    };
    let names = [&words.files.key_overlay, &words.files.key_overlays].map(named);
    let new = exam.variants.iter().filter(is_new).collect();
    by_variant(press, exam, new, &overlay, names, FileRole::KeyOverlay, take)
}

/// Prints the sheets of variants, into a file for each or many into one.
fn by_variant(
    press: &mut Press,
    exam: &Exam,
    variants: Vec<&Variant>,
    sheet: &dyn Fn(&Variant) -> ResponseSheet,
    [each, together]: [String; 2],
    role: FileRole,
    take: &mut dyn FnMut(Document) -> Checked<()>,
) -> Checked<()> {
    let imposition = match settings(press).size {
        Size::Full => Imposition::Single,
        Size::Half => Imposition::Twice,
    };
    let job = press.job;
    if press.printing.together {
        for (number, variants) in files(job, &variants) {
            let mut all = Laid { pages: bundle(exam), geometry: Vec::new() };
            for variant in variants {
                let laid = press.responses(&sheet(variant))?;
                all.append(laid.impose(imposition, press));
            }
            let name = numbered(&job.wording.files, &together, number.as_deref());
            take(press.print_responses(&all, name, role, None)?)?;
        }
        return Ok(());
    }
    for variant in &variants[job.range(variants.len())] {
        let label = variant.paper.label.as_str();
        let laid = press.responses(&sheet(variant))?.impose(imposition, press);
        let name = fill(&each, &[("variant", &file_stem(label))]);
        take(press.print_responses(&laid, name, role, Some(label))?)?;
    }
    Ok(())
}

fn settings(press: &Press) -> AnswerSheet {
    press.job.blueprint.documents.answer_sheet
}

fn labels(exam: &Exam) -> Vec<&str> {
    exam.variants.iter().map(|variant| variant.paper.label.as_str()).collect()
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
        Ok(Laid { pages, geometry })
    }

    /// Renders sheets that are marked, and says where everything stands on them.
    fn print_responses(
        &self,
        laid: &Laid,
        name: String,
        role: FileRole,
        variant: Option<&str>,
    ) -> Checked<Document> {
        let geometry = record::geometry(&laid.geometry);
        Ok(Document { geometry, ..self.print(&laid.pages, name, role, variant)? })
    }
}
