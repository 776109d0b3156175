//! The record by itself: every key names an option, and an item has the same right answer
//! in every variant.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::item_type::ItemType;
use crate::record::{FILE_NAME, QuestionRecord, VariantRecord};

use super::Finding;

/// What the record says against itself, variant after variant.
#[derive(Default)]
pub struct Contradictions {
    /// The label of the variant that an item was first seen in, and what is right there.
    known: BTreeMap<String, (String, Vec<Arc<str>>)>,
    /// What is wrong.
    pub found: Vec<Finding>,
}

impl Contradictions {
    /// Looks at the next variant.
    pub fn add(&mut self, variant: &VariantRecord) {
        for question in &variant.questions {
            let finding = |message: String| Finding {
                variant: Some(variant.label.clone()),
                ..Finding::of(FILE_NAME, message).number(question.number)
            };
            let right = match right(question) {
                Ok(right) => right,
                Err(key) => {
                    let message = format!("the key {key} is none of its options");
                    self.found.push(finding(message));
                    continue;
                }
            };
            let Some((first, due)) = self.known.get(&question.item) else {
                let first = (variant.label.clone(), right);
                self.known.insert(question.item.clone(), first);
                continue;
            };
            if *due != right {
                let (says, due) = (right.join("; "), due.join("; "));
                self.found.push(finding(format!(
                    "its answer is “{says}”, and that of the same item in variant {first} is \
                     “{due}”"
                )));
            }
        }
    }
}

/// What is right, in words and whatever its place; or the letter that there is not.
fn right(question: &QuestionRecord) -> Result<Vec<Arc<str>>, &str> {
    let QuestionRecord { key, options, premises, rows, .. } = question;
    let option = |letter: &str| {
        let place = ('A'..='Z').position(|known| letter.chars().eq([known]));
        place.and_then(|place| options.get(place)).cloned()
    };
    let named = || key.iter().map(|letter| option(letter).ok_or(&**letter));
    let pairs = |left: &[Arc<str>], right: Vec<Arc<str>>| {
        let pairs = left
            .iter()
            .zip(right)
            .map(|(left, right)| format!("{left} – {right}").into());
        pairs.collect::<Vec<Arc<str>>>()
    };
    let mut right = match question.item_type {
        ItemType::MultipleChoice | ItemType::MultipleAnswer => {
            named().collect::<Result<_, _>>()?
        }
        // Here the order is what is asked.
        ItemType::Ordering => return named().collect(),
        ItemType::Matching => pairs(premises, named().collect::<Result<_, _>>()?),
        ItemType::Categorize => pairs(rows, key.clone()),
        ItemType::TrueFalse
        | ItemType::ShortAnswer
        | ItemType::Cloze
        | ItemType::Essay => {
            return Ok(key.clone());
        }
    };
    right.sort();
    Ok(right)
}
