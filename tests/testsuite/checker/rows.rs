//! Questions with an entry for each row: categories, orders and blanks.

use std::collections::BTreeSet;

use crate::checker::known::{Pattern, Words, Written, fold};
use crate::checker::options::{any, equal};
use crate::checker::truth::{Truth, held};
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

    /// An ordering question that a pattern made: along the key, numbers ascend.
    pub fn ordering(&self, question: &Question, pattern: &Pattern) -> Vec<String> {
        let mut found = permutation(question);
        if !filled(pattern, question.language, &[]).contains(&fold(question.text("stem")))
        {
            found.push("no stem of the pattern reads like this".into());
        }
        let mut last = None;
        for option in self.keyed(question) {
            let mut numbers = self
                .named(question.language, option)
                .iter()
                .filter_map(|id| self.number(id, &pattern.of));
            let (number, other) = (numbers.next(), numbers.next());
            if number.is_none() || other.is_some() {
                found.push(format!("`{option}` has no number, or more than one"));
            }
            if number <= last {
                found.push(format!("`{option}` does not come after the one before"));
            }
            last = number;
        }
        found
    }

    /// The only value of an entity, if it is a number that is certain.
    fn number(&self, id: &str, attribute: &str) -> Option<u64> {
        match held(&self.known.entities[id], attribute) {
            [value] if self.value(id, attribute, &value.text.base) == Truth::True => {
                value.text.base.parse().ok()
            }
            _ => None,
        }
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

/// An ordering question that was written by hand.
pub fn written_order(
    checker: &Checker,
    question: &Question,
    written: &Written,
) -> Vec<String> {
    let mut found = permutation(question);
    let order = checker.keyed(question).into_iter().map(fold);
    let steps = written.steps.iter().map(|words| fold(words.say(question.language)));
    if !order.eq(steps) {
        found.push("the order is not the one that was written".into());
    }
    found
}

/// A cloze question, which is always written by hand.
pub fn written_cloze(question: &Question, written: &Written) -> Vec<String> {
    let language = question.language;
    let mut found = Vec::new();
    if fold(question.text("text")) != fold(written.text.say(language)) {
        found.push("the text is not the one that was written".into());
    }
    let usual = |blank: &Vec<Words>| fold(blank[0].say(language));
    let usual: Vec<String> = written.blanks.iter().map(usual).collect();
    if !question.list("key").iter().map(|key| fold(key)).eq(usual.iter().cloned()) {
        found.push("the key is not what was written".into());
    }
    let accepted = question.record["blanks"].as_array().into_iter().flatten();
    let accepted: Vec<BTreeSet<String>> = accepted
        .map(|blank| {
            let spellings = blank.as_array().into_iter().flatten();
            spellings.map(|text| fold(text.as_str().unwrap())).collect()
        })
        .collect();
    let spellings = |blank: &Vec<Words>| -> BTreeSet<String> {
        blank.iter().flat_map(|a| [fold(&a.base), fold(a.say(language))]).collect()
    };
    if !accepted.into_iter().eq(written.blanks.iter().map(spellings)) {
        found.push("other answers are accepted than were written".into());
    }
    let mut printed: Vec<String> = question.list("words").into_iter().map(fold).collect();
    let mut listed = Vec::new();
    if !written.words.is_empty() {
        listed = usual;
        listed.extend(written.words.iter().map(|word| fold(word.say(language))));
    }
    printed.sort();
    listed.sort();
    if printed != listed {
        found.push(format!("the words are {printed:?}"));
    }
    found
}

/// Every option has one place, and they do not stand in the right order.
fn permutation(question: &Question) -> Vec<String> {
    let (options, keys) = (question.list("options"), question.list("key"));
    let mut found = equal(&options);
    let letters: BTreeSet<&str> = keys.iter().copied().collect();
    if letters.len() != keys.len() || keys.len() != options.len() {
        found.push(format!("{keys:?} does not order {} options", options.len()));
    }
    if keys.is_sorted() {
        found.push("the options stand in the right order".into());
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
