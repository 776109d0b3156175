//! Errata: what counts as right after papers were printed.
//!
//! An amendment is of an item, not of a question: it holds in every variant, wherever the
//! item stands and whatever letters its options have there. So it names options, rows and
//! premises by their texts.

use std::iter;

use serde::{Deserialize, Serialize};

use crate::bank::Id;
use crate::exam::part::letter;
use crate::exam::{Answer, Body, Exam, Question, Solution, Variant};
use crate::text::Markup;

/// A change of what counts as right in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// The number of the erratum that it belongs to, from 1.
    pub erratum: u32,
    /// The id of the item.
    pub item: Id,
    /// What changes.
    #[serde(flatten)]
    pub change: Change,
    /// Why, in the teacher's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What changes in an item. Texts carry the bank's markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// The item is void.
    Void {
        /// How it counts now.
        mode: Void,
    },
    /// Something else is right.
    Rekey {
        /// The statement, the premise or the number of the blank that is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<String>,
        /// What is right: options, a category, a spelling, or `true` or `false`.
        answer: Vec<String>,
    },
    /// Something else is right as well.
    Accept {
        /// The number of the blank that is meant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<String>,
        /// An option or a spelling.
        answer: String,
    },
}

/// How a void item counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Void {
    /// Every student gets its points.
    #[default]
    Full,
    /// Nobody gets points for it, and it is taken out of the points that can be had.
    Drop,
}

/// What an erratum made of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amended {
    /// The number of the last erratum that changed it.
    pub erratum: u32,
    /// How it counts, if it is void.
    pub void: Option<Void>,
    /// What was right before that erratum.
    pub before: Solution,
    /// What was right when papers were printed.
    pub first: Solution,
    /// Why it was changed.
    pub reason: Option<String>,
}

/// Why an amendment does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The exam does not ask the item.
    Unknown,
    /// The item is void, and so has no key.
    IsVoid,
    /// It is so already.
    NothingNew,
    /// Items of its type cannot be changed like that, or do not have what is named.
    DoesNotFit,
}

impl Answer {
    /// How the answer counts, if its item is void.
    pub fn void(&self) -> Option<Void> {
        self.amended.as_ref().and_then(|amended| amended.void)
    }
}

impl Exam {
    /// Where an item stands: indices of variants and of questions in them.
    pub fn places(&self, item: &str) -> Vec<(usize, usize)> {
        let variants = self.variants.iter().enumerate();
        let places = variants.flat_map(|(variant, one)| {
            let answers = one.key.answers.iter().enumerate();
            let meant = answers.filter(|(_, answer)| answer.about.item == item);
            meant.map(|(index, _)| (variant, index)).collect::<Vec<(usize, usize)>>()
        });
        places.collect()
    }

    /// Amends an item in all variants, or in none.
    pub fn amend(&mut self, amendment: &Amendment) -> Result<(), Refusal> {
        let places = self.places(&amendment.item);
        if places.is_empty() {
            return Err(Refusal::Unknown);
        }
        let variants = self.variants.hold();
        let mut changed = Vec::new();
        for &(variant, index) in &places {
            let Variant { paper, key } = &variants[variant];
            let (question, answer) = (&paper.questions[index], &key.answers[index]);
            changed.push(amend(question, answer, amendment)?);
        }
        for ((variant, index), answer) in places.into_iter().zip(changed) {
            variants[variant].key.answers[index] = answer;
        }
        Ok(())
    }
}

/// An answer as an amendment makes it.
fn amend(
    question: &Question,
    answer: &Answer,
    amendment: &Amendment,
) -> Result<Answer, Refusal> {
    let mut new = answer.clone();
    let void = match (&amendment.change, answer.void()) {
        (Change::Void { mode }, void) if void != Some(*mode) => Some(*mode),
        (Change::Void { .. }, _) => return Err(Refusal::NothingNew),
        (_, Some(_)) => return Err(Refusal::IsVoid),
        (Change::Rekey { row, answer }, None) => {
            rekey(&mut new.solution, &question.body, row.as_deref(), answer)
                .ok_or(Refusal::DoesNotFit)?;
            None
        }
        (Change::Accept { row, answer }, None) => {
            accept(&mut new.solution, row.as_deref(), answer)
                .ok_or(Refusal::DoesNotFit)?;
            None
        }
    };
    if void.is_none() && new.solution == answer.solution {
        return Err(Refusal::NothingNew);
    }
    let Amendment { erratum, reason, .. } = amendment;
    let earlier = answer.amended.as_ref();
    // Two amendments of one erratum are one change.
    let same = earlier.filter(|earlier| earlier.erratum == *erratum);
    new.amended = Some(Amended {
        erratum: *erratum,
        void,
        before: same.map_or(&answer.solution, |same| &same.before).clone(),
        first: earlier.map_or(&answer.solution, |earlier| &earlier.first).clone(),
        reason: reason.clone(),
    });
    Ok(new)
}

/// Makes something else right. The reasons that spoke for the old key go.
fn rekey(
    solution: &mut Solution,
    body: &Body,
    row: Option<&str>,
    right: &[String],
) -> Option<()> {
    match (solution, row) {
        (Solution::Option { letter: key, options }, None) => {
            let [right] = right else { return None };
            let index = options.iter().position(|option| *option.text == **right)?;
            for (at, option) in options.iter_mut().enumerate() {
                set(&mut option.correct, at == index, &mut option.reason);
            }
            *key = letter(index);
        }
        (Solution::Options { letters, options }, None) => {
            let known = |text: &String| options.iter().any(|o| *o.text == **text);
            if right.is_empty() || !right.iter().all(known) {
                return None;
            }
            for option in options.iter_mut() {
                let is_right = right.iter().any(|right| **right == *option.text);
                set(&mut option.correct, is_right, &mut option.reason);
            }
            let right = options.iter().enumerate().filter(|(_, option)| option.correct);
            *letters = right.map(|(index, _)| letter(index)).collect();
        }
        (Solution::Judgement { truth, reason }, None) => {
            let [right] = right else { return None };
            set(truth, right.parse().ok()?, reason);
        }
        (Solution::Categories(rows), Some(row)) => {
            let ([right], Body::Categories { categories, .. }) = (right, body) else {
                return None;
            };
            let row = rows.iter_mut().find(|placed| *placed.text == *row)?;
            let right =
                categories.iter().find(|category| ***category == **right)?.clone();
            set(&mut row.category, right, &mut row.reason);
        }
        (Solution::Matching(pairs), Some(row)) => {
            let ([right], Body::Matching { options, .. }) = (right, body) else {
                return None;
            };
            let pair = pairs.iter_mut().find(|pair| *pair.premise == *row)?;
            let index = options.iter().position(|option| **option == **right)?;
            pair.letter = letter(index);
            set(&mut pair.option, right.as_str().into(), &mut pair.reason);
        }
        (Solution::Blank { accepted, reason }, None) => {
            set(accepted, shared(right), reason);
        }
        (Solution::Cloze { blanks, .. }, Some(row)) => {
            *blank(blanks, row)? = shared(right);
        }
        _ => return None,
    }
    Some(())
}

/// Makes something right as well.
fn accept(solution: &mut Solution, row: Option<&str>, right: &str) -> Option<()> {
    let spelling = |accepted: &mut Vec<Markup>| {
        if !accepted.iter().any(|known| **known == *right) {
            accepted.push(right.into());
        }
    };
    match (solution, row) {
        (Solution::Option { options, .. }, None) => {
            let option = options.iter_mut().find(|option| *option.text == *right)?;
            set(&mut option.correct, true, &mut option.reason);
        }
        (Solution::Blank { accepted, .. }, None) => spelling(accepted),
        (Solution::Cloze { blanks, .. }, Some(row)) => spelling(blank(blanks, row)?),
        _ => return None,
    }
    Some(())
}

/// Sets what is right; a reason for something else goes.
fn set<T: PartialEq>(old: &mut T, new: T, reason: &mut Option<Markup>) {
    if *old != new {
        *old = new;
        *reason = None;
    }
}

fn blank<'a>(blanks: &'a mut [Vec<Markup>], row: &str) -> Option<&'a mut Vec<Markup>> {
    blanks.get_mut(row.parse::<usize>().ok()?.checked_sub(1)?)
}

/// Texts that are held once.
fn shared(texts: &[String]) -> Vec<Markup> {
    texts.iter().map(|text| text.as_str().into()).collect()
}

/// The answers that count for each part of a question, the usual one first: a part is a
/// row, a premise or a blank, and most questions have one. An essay has none.
pub fn counting(solution: &Solution) -> Vec<Vec<String>> {
    let all = |texts: &[Markup]| texts.iter().map(|text| text.to_string()).collect();
    match solution {
        Solution::Option { letter: key, options } => {
            let right = options.iter().enumerate().filter(|(_, option)| option.correct);
            let others =
                right.map(|(index, _)| letter(index)).filter(|other| other != key);
            vec![iter::once(*key).chain(others).map(String::from).collect()]
        }
        Solution::Options { letters, .. } => {
            let letters: Vec<String> = letters.iter().map(char::to_string).collect();
            vec![vec![letters.join(", ")]]
        }
        Solution::Judgement { truth, .. } => vec![vec![truth.to_string()]],
        Solution::Categories(rows) => {
            rows.iter().map(|row| vec![row.category.to_string()]).collect()
        }
        Solution::Matching(pairs) => {
            pairs.iter().map(|pair| vec![pair.letter.to_string()]).collect()
        }
        Solution::Order { steps, .. } => {
            steps.iter().map(|step| vec![step.letter.to_string()]).collect()
        }
        Solution::Blank { accepted, .. } => vec![all(accepted)],
        Solution::Cloze { blanks, .. } => blanks.iter().map(|blank| all(blank)).collect(),
        Solution::Guide(_) => Vec::new(),
    }
}
