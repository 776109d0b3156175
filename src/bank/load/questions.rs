//! From the shapes of items and patterns to the bank's own.

use toml::Spanned;

use crate::bank::load::BankText;
use crate::bank::load::gather::{Names, ids};
use crate::bank::load::raw::{self, Name};
use crate::bank::{
    Ask, AuthoredItem, AuthoredOption, AuthoredRow, Bank, Criterion, Pattern, Phrase,
};
use crate::diagnostic::Place;

/// Gathers the items and patterns of a file.
pub fn questions(file: &BankText, bank: &mut Bank, names: &mut Names) {
    for entry in file.entries.item.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "item", &entry.id) {
            bank.items.insert(id, item(file, entry, place));
        }
    }
    for entry in file.entries.pattern.iter().map(Spanned::get_ref) {
        let claimed = names.claim(file, "pattern", &entry.id);
        if let (Some((id, place)), Some(ask)) = (claimed, ask(file, entry)) {
            let translations = entry.en.as_ref().map(|en| en.stems.get_ref());
            let stem = |(index, stem): (usize, &Name)| {
                let translated = translations.and_then(|stems| stems.get(index));
                file.phrase(stem.get_ref(), translated.map(Spanned::get_ref))
            };
            let pattern = Pattern {
                item_type: entry.item_type,
                topic: entry.topic.get_ref().clone(),
                level: entry.level.get_ref().clone(),
                cognitive: entry.cognitive.get_ref().clone(),
                ask,
                stems: entry.stems.get_ref().iter().enumerate().map(stem).collect(),
                lines: entry.lines,
                place,
            };
            bank.patterns.insert(id, pattern);
        }
    }
}

fn item(file: &BankText, entry: &raw::Item, place: Place) -> AuthoredItem {
    let optional = |text: &Option<String>, translation: &Option<String>| {
        text.as_ref().map(|text| file.phrase(text, translation.as_ref()))
    };
    let option = |choice: &Spanned<raw::Choice>| {
        let choice = choice.get_ref();
        AuthoredOption {
            text: file.phrase(&choice.text, choice.en.text.as_ref()),
            correct: choice.correct,
            rationale: optional(&choice.rationale, &choice.en.rationale),
        }
    };
    let criterion = |line: &Spanned<raw::Criterion>| {
        let line = line.get_ref();
        let translated = line.en.as_ref().map(|en| &en.text);
        Criterion { text: file.phrase(&line.text, translated), points: line.points }
    };
    let answer = |(index, answer): (usize, &String)| {
        let answers = entry.en.answers.as_ref();
        file.phrase(answer, answers.and_then(|answers| answers.get_ref().get(index)))
    };
    let category = |(index, category): (usize, &Name)| {
        let translated = entry.en.categories.as_ref();
        let translated = translated.and_then(|names| names.get_ref().get(index));
        file.phrase(category.get_ref(), translated)
    };
    let step = |(index, step): (usize, &Name)| {
        let translated = entry.en.steps.as_ref();
        file.phrase(step.get_ref(), translated.and_then(|all| all.get_ref().get(index)))
    };
    let text = |text: &Name| {
        file.phrase(text.get_ref(), entry.en.text.as_ref().map(Spanned::get_ref))
    };
    let list = |all: &[String], translated: Option<&Vec<String>>| {
        let translated = |index| translated.and_then(|all| all.get(index));
        let all = all.iter().enumerate();
        all.map(|(index, text)| file.phrase(text, translated(index))).collect()
    };
    let blank = |(index, answers): (usize, &Spanned<Vec<String>>)| {
        let translated = entry.en.blanks.as_ref();
        let translated = translated.and_then(|all| all.get_ref().get(index));
        list(answers.get_ref(), translated)
    };
    let words = |words: &Spanned<Vec<String>>| {
        list(words.get_ref(), entry.en.words.as_ref().map(Spanned::get_ref))
    };
    let row = |row: &Spanned<raw::ItemRow>| {
        let row = row.get_ref();
        let mut names = entry.categories.iter();
        let category = names.position(|name| name.get_ref() == row.category.get_ref());
        AuthoredRow {
            text: file.phrase(&row.text, row.en.text.as_ref()),
            // An unknown category is reported by the check.
            category: category.unwrap_or(0),
            rationale: optional(&row.rationale, &row.en.rationale),
        }
    };
    AuthoredItem {
        item_type: *entry.item_type.get_ref(),
        topic: entry.topic.get_ref().clone(),
        level: entry.level.get_ref().clone(),
        cognitive: entry.cognitive.get_ref().clone(),
        stem: file.phrase(&entry.stem, entry.en.stem.as_ref()),
        options: entry.options.iter().map(option).collect(),
        ordered: entry.ordered,
        categories: entry.categories.iter().enumerate().map(category).collect(),
        rows: entry.rows.iter().map(row).collect(),
        steps: entry.steps.iter().enumerate().map(step).collect(),
        text: entry.text.as_ref().map(text),
        blanks: entry.blanks.iter().enumerate().map(blank).collect(),
        words: entry.words.as_ref().map(words),
        truth: entry.truth,
        answers: entry.answers.iter().enumerate().map(answer).collect(),
        guide: entry.guide.iter().map(criterion).collect(),
        lines: entry.lines,
        rationale: optional(&entry.rationale, &entry.en.rationale),
        facts: ids(&entry.facts).collect(),
        sources: ids(&entry.sources).collect(),
        place,
    }
}

/// What a pattern asks, if it asks exactly one thing.
fn ask(file: &BankText, pattern: &raw::Pattern) -> Option<Ask> {
    let entry = pattern.ask.get_ref();
    let names = |list: &Option<Spanned<Vec<Name>>>| {
        list.iter().flat_map(|list| ids(list.get_ref())).collect()
    };
    let phrasing =
        || entry.phrasing.as_ref().map_or("noun", |name| name.get_ref()).to_string();
    let id = |name: &Name| name.get_ref().clone();
    if let Some(categories) = &entry.categories {
        let alone = entry.value.is_none() && entry.subject.is_none();
        let alone = alone && entry.label.is_none() && entry.case.is_none();
        return alone.then(|| Ask::Categories {
            categories: ids(categories.get_ref()).collect(),
            heads: heads(file, pattern),
            phrasing: phrasing(),
        });
    }
    match (&entry.value, &entry.subject, &entry.label, &entry.case) {
        (Some(attribute), None, None, None) => {
            Some(Ask::Value { attribute: id(attribute), kinds: names(&entry.kinds) })
        }
        (None, Some(attribute), None, None) => {
            Some(Ask::Subject { attribute: id(attribute), kinds: names(&entry.kinds) })
        }
        (None, None, Some(label), None) => Some(Ask::Label {
            label: id(label),
            pool: names(&entry.pool),
            phrasing: phrasing(),
            count: entry.count.as_ref().map_or(1, |count| *count.get_ref()),
        }),
        (None, None, None, Some(label)) => {
            Some(Ask::Case { label: id(label), phrasing: phrasing() })
        }
        _ => None,
    }
}

/// What the columns of a categorize item are called.
fn heads(file: &BankText, pattern: &raw::Pattern) -> Vec<Phrase> {
    let translated = pattern.en.as_ref().map_or(&[][..], |en| &en.heads);
    let heads = pattern.ask.get_ref().heads.iter().flat_map(Spanned::get_ref).enumerate();
    heads.map(|(index, head)| file.phrase(head, translated.get(index))).collect()
}
