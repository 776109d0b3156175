//! Errata: what is asked to be changed after printing, held against the record.
//!
//! The exam that is drawn again must be the one that the record tells of. Only then do
//! amended keys belong to the papers that students had.

mod name;
mod right;
mod same;

use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::{
    Amendment, Answer, Change, Exam, Refusal, Solution, Variant, Void, counting,
};
use crate::record::{AmendmentRecord, PlaceRecord, Record};
use crate::text::plain;
use crate::wording::Wording;

/// What is to be changed. Questions are named as in `A7`, rows of them as in `A7.2`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests {
    /// The questions that are void.
    pub void: Vec<String>,
    /// How void questions count.
    pub mode: Void,
    /// The questions of which something else is right (`A7=C`).
    pub rekey: Vec<String>,
    /// The questions of which something else is right as well (`A7=C`).
    pub accept: Vec<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What an erratum makes of an exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Erratum {
    /// Its number, from 1.
    pub number: u32,
    /// The exam with this erratum and all before it.
    pub exam: Exam,
    /// What it changes, and where.
    pub amendments: Vec<AmendmentRecord>,
}

/// Amends an exam that has been drawn again, on top of the errata in its record.
///
/// Fails if the exam is not the recorded one, or with all requests that cannot be met.
pub fn amend(
    drawn: &Exam,
    record: &Record,
    requests: &Requests,
    wording: &Wording,
) -> Checked<Erratum> {
    if let Some(difference) = same::difference(drawn, record) {
        return Err(vec![difference]);
    }
    let mut exam = drawn.clone();
    for earlier in &record.amendments {
        let done = exam.amend(&earlier.amendment);
        done.map_err(|_| {
            let message = "the amendments in the record do not fit its exam";
            vec![Diagnostic::error(message).hint("restore the record from a copy")]
        })?;
    }
    let last = record.amendments.iter().map(|one| one.amendment.erratum).max();
    let number = last.unwrap_or(0) + 1;
    let (mut amendments, mut findings) = (Vec::new(), Vec::new());
    for (said, kind) in requests.all() {
        match one(&mut exam, said, kind, requests, number, wording) {
            Ok(again) if amendments.iter().any(|first| rekeys_same(first, &again)) => {
                let message =
                    format!("`{} {said}` re-keys the same twice", kind.option());
                let hint = "give each question one new key; `--accept` adds answers";
                findings.push(Diagnostic::error(message).hint(hint));
            }
            Ok(amended) => amendments.push(amended),
            Err(finding) => findings.push(finding),
        }
    }
    findings.extend(nothing_left(&exam));
    match findings.is_empty() {
        true => Ok(Erratum { number, exam, amendments }),
        false => Err(findings),
    }
}

/// Whether both make something else right of the same question or part.
fn rekeys_same(one: &AmendmentRecord, other: &AmendmentRecord) -> bool {
    let (one, other) = (&one.amendment, &other.amendment);
    match (&one.change, &other.change) {
        (Change::Rekey { row: first, .. }, Change::Rekey { row: second, .. }) => {
            (&one.item, first) == (&other.item, second)
        }
        _ => false,
    }
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Void,
    Rekey,
    Accept,
}

impl Kind {
    /// The option of the command line.
    fn option(self) -> &'static str {
        match self {
            Kind::Void => "--void",
            Kind::Rekey => "--rekey",
            Kind::Accept => "--accept",
        }
    }
}

impl Requests {
    /// All of them, in the order in which they are met.
    fn all(&self) -> impl Iterator<Item = (&str, Kind)> {
        let void = self.void.iter().map(|said| (said.as_str(), Kind::Void));
        let rekey = self.rekey.iter().map(|said| (said.as_str(), Kind::Rekey));
        let accept = self.accept.iter().map(|said| (said.as_str(), Kind::Accept));
        void.chain(rekey).chain(accept)
    }
}

/// Meets one request, and tells what it changed where.
fn one(
    exam: &mut Exam,
    said: &str,
    kind: Kind,
    requests: &Requests,
    erratum: u32,
    wording: &Wording,
) -> Result<AmendmentRecord, Diagnostic> {
    let (item, change) = match kind {
        Kind::Void => {
            let named = name::find(exam, said)?;
            if named.row.is_some() {
                let message = format!("`--void {said}` names a part of a question");
                let hint = "void the whole question, or re-key the part with `--rekey`";
                return Err(Diagnostic::error(message).hint(hint));
            }
            (named.item, Change::Void { mode: requests.mode })
        }
        Kind::Rekey | Kind::Accept => {
            let Some((name, right)) = said.split_once('=') else {
                let option = kind.option();
                let message = format!("`{option} {said}` does not say what is right");
                let hint = format!("write it behind `=`, as in `{option} {said}=C`");
                return Err(Diagnostic::error(message).hint(hint));
            };
            let named = name::find(exam, name.trim())?;
            let request = right::Request { said, kind, right: right.trim() };
            (named.item.clone(), right::change(exam, &named, &request, wording)?)
        }
    };
    let amendment = Amendment { erratum, item, change, reason: requests.reason.clone() };
    let before = keys(exam, &amendment.item);
    exam.amend(&amendment).map_err(|refusal| refused(said, kind, refusal))?;
    let places = places(exam, &amendment.item, before);
    Ok(AmendmentRecord { amendment, places })
}

fn refused(said: &str, kind: Kind, refusal: Refusal) -> Diagnostic {
    let option = kind.option();
    let once = "look at the key; an item is amended in all variants at once";
    let (message, hint) = match (refusal, kind) {
        (Refusal::NothingNew, Kind::Void) => (format!("`{said}` is void already"), once),
        (Refusal::NothingNew, Kind::Rekey) => {
            (format!("`{option} {said}` changes nothing: that is the key already"), once)
        }
        (Refusal::NothingNew, Kind::Accept) => {
            (format!("`{option} {said}` changes nothing: that counts already"), once)
        }
        (Refusal::IsVoid, _) => (
            format!("`{option} {said}` is of a void question, which has no key"),
            "leave it out",
        ),
        (Refusal::Unknown | Refusal::DoesNotFit, _) => (
            format!("`{option} {said}` does not fit the item in every variant"),
            "void it with `--void`",
        ),
    };
    Diagnostic::error(message).hint(hint)
}

/// The answers that count for an item, by the places where it stands.
fn keys(exam: &Exam, item: &str) -> Vec<Vec<Vec<String>>> {
    let key = |(variant, index): (usize, usize)| {
        let variant = exam.variants.get(variant);
        let answer = &variant.key.answers[index];
        match answer.void() {
            Some(_) => Vec::new(),
            None => without_markup(&answer.solution),
        }
    };
    exam.places(item).into_iter().map(key).collect()
}

fn without_markup(solution: &Solution) -> Vec<Vec<String>> {
    let all = |texts: Vec<String>| texts.iter().map(|text| plain(text)).collect();
    counting(solution).into_iter().map(all).collect()
}

fn places(exam: &Exam, item: &str, before: Vec<Vec<Vec<String>>>) -> Vec<PlaceRecord> {
    let now = keys(exam, item);
    let places = exam.places(item).into_iter().zip(before.into_iter().zip(now));
    let record = |((variant, index), (before, key)): ((usize, usize), (_, _))| {
        let variant = exam.variants.get(variant);
        let answer: &Answer = &variant.key.answers[index];
        PlaceRecord {
            variant: variant.key.label.clone(),
            section: answer.section + 1,
            number: answer.number,
            before,
            key,
        }
    };
    places.map(record).collect()
}

/// Says so if all questions of a variant are void.
fn nothing_left(exam: &Exam) -> Option<Diagnostic> {
    let is_void = |variant: &&Variant| {
        variant.key.answers.iter().all(|answer| answer.void().is_some())
    };
    let variant = exam.variants.held().iter().find(is_void)?;
    let label = &variant.key.label;
    let message = format!("no question of variant {label} would be left that counts");
    Some(Diagnostic::error(message).hint("set another exam"))
}
