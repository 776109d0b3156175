//! Questions with an entry for each row: categories.

use std::collections::BTreeSet;

use crate::checker::known::{Pattern, Words, Written, fold};
use crate::checker::options::{any, equal};
use crate::checker::truth::Truth;
use crate::checker::{Checker, Question, filled};

impl Checker {
    /// A categorize question that a pattern made.
    pub fn categories(&self, question: &Question, pattern: &Pattern) -> Vec<String> {
        let language = question.language;
        let (rows, keys) = (question.list("rows"), question.list("key"));
        let mut found = columns(question, &self.heads(pattern));
        if !filled(pattern, language, &[]).contains(&fold(question.text("stem"))) {
            found.push("no stem of the pattern reads like this".into());
        }
        let worded = |row: &&str| self.worded(language, &pattern.phrasing, row);
        found.extend(self.apart(&rows.iter().map(worded).collect::<Vec<_>>()));
        let heads = question.list("categories");
        for (row, key) in rows.iter().zip(&keys) {
            for (head, label) in heads.iter().zip(&pattern.categories) {
                let truth = any(worded(row).iter().map(|id| self.label(id, label)));
                let expected = if head == key { Truth::True } else { Truth::False };
                if truth != expected {
                    found.push(format!("`{row}` is {truth:?} of {label}"));
                }
            }
        }
        found
    }

    /// What the columns of a pattern are called.
    fn heads(&self, pattern: &Pattern) -> Vec<Words> {
        let name = |label: &String| self.known.labels[label].name.clone();
        match pattern.heads.is_empty() {
            true => pattern.categories.iter().map(name).collect(),
            false => pattern.heads.clone(),
        }
    }
}

/// A categorize question that was written by hand.
pub fn written_rows(question: &Question, written: &Written) -> Vec<String> {
    let language = question.language;
    let mut found = columns(question, &written.categories);
    let heads = question.list("categories");
    for (row, key) in question.list("rows").iter().zip(question.list("key")) {
        let mut all = written.rows.iter();
        let reads = |words: &Words| fold(words.say(language)) == fold(row);
        let category = all.find(|(words, _)| reads(words)).map(|(_, category)| category);
        let place = |category: &String| {
            written.categories.iter().position(|words| words.base == *category)
        };
        if category.and_then(place).and_then(|place| heads.get(place)) != Some(&key) {
            found.push(format!("`{row}` does not belong to `{key}`"));
        }
    }
    found
}

/// The heads are the right ones, every row has a key, and every head is a key.
fn columns(question: &Question, heads: &[Words]) -> Vec<String> {
    let (rows, keys) = (question.list("rows"), question.list("key"));
    let mut found = equal(&rows);
    let printed = question.list("categories");
    let expected = heads.iter().map(|words| fold(words.say(question.language)));
    if !printed.iter().map(|head| fold(head)).eq(expected) {
        found.push(format!("the heads are {printed:?}"));
    }
    if rows.len() != keys.len() {
        found.push(format!("{} keys for {} rows", keys.len(), rows.len()));
    }
    let used: BTreeSet<&str> = keys.into_iter().collect();
    if used != printed.into_iter().collect() {
        found.push("the keys are not the heads of all columns".into());
    }
    found
}
