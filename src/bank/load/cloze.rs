//! What is wrong with cloze items beyond their shape.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::bank::index::normal;
use crate::bank::load::check::Check;
use crate::bank::load::items::parallel;
use crate::bank::load::patterns::found;
use crate::bank::load::raw::{self, Name};
use crate::diagnostic::counted;

/// Checks that every blank has its answers, and that no other word fits one.
pub fn cloze(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    let Some(text) = &entry.text else {
        let message = format!("cloze item `{id}` has no text");
        return check.problem(at, message, "add `text = \"… {1} … {2} …\"`");
    };
    if entry.blanks.is_empty() {
        let message = format!("cloze item `{id}` has no answers");
        check.problem(at, message, "add `blanks = [[\"…\"], [\"…\"]]`");
    }
    for text in [Some(text), entry.en.text.as_ref()].into_iter().flatten() {
        blanks(check, text, entry.blanks.len());
    }
    for blank in entry.blanks.iter().filter(|blank| blank.get_ref().is_empty()) {
        let message = format!("a blank of item `{id}` has no answer");
        check.problem(blank.span(), message, "write what is right in it");
    }
    words(check, entry);
    translations(check, entry);
}

/// Checks that a text has so many blanks, numbered as a reader meets them.
fn blanks(check: &mut Check, text: &Name, count: usize) {
    let names = found(text.get_ref());
    if names.len() != count {
        let blanks = counted(names.len(), "blank");
        let message = format!("the text has {blanks}, and {count} are answered");
        let hint = "write `{1}`, `{2}` … in the text, and an answer for each in `blanks`";
        check.problem(text.span(), message, hint);
    } else if names.iter().zip(1..).any(|(name, number)| *name != number.to_string()) {
        let message = "the blanks are not numbered in order";
        check.problem(
            text.span(),
            message,
            "write `{1}` for the first, `{2}` for the next",
        );
    }
}

/// Checks that a list of words is longer than the blanks, and that each is right only
/// where it belongs.
fn words(check: &mut Check, entry: &raw::Item) {
    let Some(words) = &entry.words else { return };
    let id = entry.id.get_ref();
    if words.get_ref().is_empty() {
        let message =
            format!("the word list of item `{id}` is no longer than its blanks");
        let hint = "add words that fit no blank, or drop `words` to print no list";
        check.problem(words.span(), message, hint);
    }
    let mut printed = BTreeSet::new();
    for blank in &entry.blanks {
        for (index, answer) in blank.get_ref().iter().enumerate() {
            if !printed.insert(normal(answer)) && index == 0 {
                let message =
                    format!("two blanks of item `{id}` have the answer `{answer}`");
                check.problem(blank.span(), message, "leave only one of them blank");
            }
        }
    }
    for word in words.get_ref() {
        if !printed.insert(normal(word)) {
            let message = format!("the word `{word}` stands twice, or is an answer");
            check.problem(words.span(), message, "list only words that fit no blank");
        }
    }
}

fn translations(check: &mut Check, entry: &raw::Item) {
    let count = entry.words.as_ref().map_or(0, |words| words.get_ref().len());
    parallel(check, entry, "word", &entry.en.words, count);
    let Some(translated) = &entry.en.blanks else { return };
    let lengths = entry.blanks.iter().map(|blank| blank.get_ref().len());
    if !translated.get_ref().iter().map(Vec::len).eq(lengths) {
        let id = entry.id.get_ref();
        let message = format!("not every answer of item `{id}` has one translation");
        let hint = "give as many answers for each blank, in the same order";
        check.problem(translated.span(), message, hint);
    }
}
