//! Answer sheets and key overlays: bubbles for every question at the places that the record
//! gives, nothing marked on a sheet but who the student is, and on an overlay what is right.

use crate::item_type::ItemType;
use crate::record::{
    FieldRecord, GeometryRecord, Millimetres, Place, QuestionRecord, TargetRecord,
    VariantRecord,
};

use super::pages::{Page, Round};
use super::reader::Fault;

/// How far a mark may be from its place, in points: a tenth of a millimetre.
const NEAR: f32 = 0.283;

/// How many points a millimetre has.
const POINTS: f32 = 72.0 / 25.4;

/// A sheet: a page or half of one, its variant and where everything stands on it.
pub struct Sheet<'a> {
    /// The page.
    pub page: &'a Page,
    /// The variant whose code it bears.
    pub variant: &'a VariantRecord,
    /// Where everything stands.
    pub geometry: &'a GeometryRecord,
}

/// What is wrong with answer sheets: nothing is marked there but who the student is.
pub fn sheet_faults(sheet: &Sheet) -> Vec<Fault> {
    let diameter = points(&sheet.geometry.diameter);
    let usual =
        |round: &Round| round.ring && (round.radius * 2.0 - diameter).abs() < NEAR;
    let marked = |place: &Place| is_at(sheet.page, place, |round| !usual(round));
    let mut faults = Vec::new();
    for (field, number) in questions(sheet.geometry) {
        let message = match field.centres.iter().position(marked) {
            Some(index) => format!("“{}” is marked already", field.choices[index]),
            None if field.centres.len() != field.choices.len() => {
                "its bubbles have no places".to_string()
            }
            None => continue,
        };
        faults.push(Fault { page: sheet.page.number, number: Some(number), message });
    }
    faults
}

/// What is wrong with an overlay: it shows what is right, and no more.
pub fn overlay_faults(sheet: &Sheet) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, number) in questions(sheet.geometry) {
        let shown = field.centres.iter().zip(&field.choices);
        let shown =
            shown.filter(|(place, _)| is_at(sheet.page, place, |round| round.ring));
        let shown: Vec<&str> = shown.map(|(_, choice)| choice.as_str()).collect();
        let right = right(sheet.variant, field);
        if shown != right {
            let list = |letters: &[&str]| match letters {
                [] => "nothing".to_string(),
                letters => letters.join(", "),
            };
            let message =
                format!("it shows {}, and {} is right", list(&shown), list(&right));
            let page = sheet.page.number;
            faults.push(Fault { page, number: Some(number), message });
        }
    }
    faults
}

/// The questions of a variant that its sheets, if there are any, have no bubbles for.
pub fn without_bubbles(variant: &VariantRecord, sheets: &[&GeometryRecord]) -> Vec<u32> {
    if sheets.is_empty() {
        return Vec::new();
    }
    let has = |question: &&QuestionRecord| {
        let of = |field: &FieldRecord| {
            matches!(field.target, TargetRecord::Question { section, number, .. }
                if (section, number) == (question.section, question.number))
        };
        let fields = sheets.iter().flat_map(|geometry| &geometry.fields);
        let mut fields = fields.filter(|field| of(field));
        match question.item_type {
            ItemType::MultipleChoice | ItemType::MultipleAnswer => {
                fields.any(|field| field.choices.len() == question.options.len())
            }
            ItemType::TrueFalse => fields.any(|field| field.choices.len() == 2),
            _ => true,
        }
    };
    let questions = variant.questions.iter();
    questions.filter(|question| !has(question)).map(|question| question.number).collect()
}

/// The fields of questions, with their numbers.
fn questions(geometry: &GeometryRecord) -> impl Iterator<Item = (&FieldRecord, u32)> {
    geometry.fields.iter().filter_map(|field| match field.target {
        TargetRecord::Question { number, .. } => Some((field, number)),
        TargetRecord::Digit { .. } | TargetRecord::Variant => None,
    })
}

/// The choices of a field that are right, as the record says.
fn right<'a>(variant: &VariantRecord, field: &'a FieldRecord) -> Vec<&'a str> {
    let TargetRecord::Question { section, number, part } = field.target else {
        return Vec::new();
    };
    let mut asked = variant.questions.iter();
    let Some(question) = asked.find(|q| (q.section, q.number) == (section, number))
    else {
        return Vec::new();
    };
    let QuestionRecord { item_type, key, categories, .. } = question;
    let of_part = part.and_then(|part| key.get(part.checked_sub(1)?));
    let is_right = |(index, choice): (usize, &String)| match item_type {
        ItemType::MultipleChoice | ItemType::MultipleAnswer => {
            key.iter().any(|right| **right == **choice)
        }
        ItemType::TrueFalse => {
            key.first().is_some_and(|k| (**k == *"false") == (index == 1))
        }
        ItemType::Categorize => of_part.is_some() && categories.get(index) == of_part,
        _ => of_part.is_some_and(|right| **right == **choice),
    };
    let choices = field.choices.iter().enumerate();
    choices
        .filter(|&choice| is_right(choice))
        .map(|(_, choice)| choice.as_str())
        .collect()
}

fn points(length: &Millimetres) -> f32 {
    length.value() as f32 * POINTS
}

/// Whether something round is drawn at a place.
fn is_at(page: &Page, [x, y]: &Place, kind: impl Fn(&Round) -> bool) -> bool {
    let [x, y] = [x, y].map(points);
    let near = |round: &Round| (round.x - x).hypot(round.y - y) < NEAR;
    page.rounds.iter().any(|round| kind(round) && near(round))
}
