//! From the shapes of stimuli, items and patterns to the bank's own.

use toml::Spanned;

use crate::bank::load::BankText;
use crate::bank::load::figures::Pictures;
use crate::bank::load::gather::{Names, ids};
use crate::bank::load::raw::{self, Name};
use crate::bank::{
    Ask, AuthoredItem, AuthoredOption, AuthoredRow, Bank, Criterion, DataTable, Figure,
    Pattern, Phrase, Stimulus,
};
use crate::diagnostic::Place;
use crate::difficulty::Difficulty;
use crate::item_type::ItemType;

/// Gathers the stimuli, items and patterns of a file.
pub fn questions(
    file: &BankText,
    bank: &mut Bank,
    names: &mut Names,
    pictures: &mut Pictures,
) {
    for entry in file.entries.stimulus.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "stimulus", &entry.id) {
            let shown = pictures.figure(file, bank, &entry.picture, &entry.en.picture);
            bank.stimuli.insert(id, stimulus(file, entry, shown, place));
        }
    }
    for entry in file.entries.item.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "item", &entry.id) {
            let shown = pictures.figure(file, bank, &entry.picture, &entry.en.picture);
            bank.items.insert(id, item(file, entry, shown, place));
        }
    }
    for entry in file.entries.pattern.iter().map(Spanned::get_ref) {
        let claimed = names.claim(file, "pattern", &entry.id);
        if let (Some((id, place)), Some(ask)) = (claimed, ask(file, entry)) {
            let item_type = entry.item_type;
            let translations = entry.en.as_ref().map(|en| en.stems.get_ref());
            let stem = |(index, stem): (usize, &Name)| {
                let translated = translations.and_then(|stems| stems.get(index));
                file.phrase(stem.get_ref(), translated.map(Spanned::get_ref))
            };
            let clue = |clue: &Name| {
                let translated = entry.en.as_ref().and_then(|en| en.clue.as_ref());
                file.phrase(clue.get_ref(), translated.map(Spanned::get_ref))
            };
            let pattern = Pattern {
                item_type,
                topic: entry.topic.get_ref().clone(),
                level: entry.level.get_ref().clone(),
                cognitive: entry.cognitive.get_ref().clone(),
                difficulty: difficulty(entry.difficulty, &entry.cognitive, item_type),
                ask,
                stems: entry.stems.get_ref().iter().enumerate().map(stem).collect(),
                clue: entry.clue.as_ref().map(clue),
                negative: entry.negative.as_ref().is_some_and(|n| *n.get_ref()),
                lines: entry.lines,
                place,
            };
            bank.patterns.insert(id, pattern);
        }
    }
}

fn stimulus(
    file: &BankText,
    entry: &raw::Stimulus,
    picture: Option<Figure>,
    place: Place,
) -> Stimulus {
    Stimulus {
        title: optional(file, &entry.title, &entry.en.title),
        text: optional(file, &entry.text, &entry.en.text),
        picture,
        table: table(file, &entry.table, &entry.en.table),
        facts: ids(&entry.facts).collect(),
        sources: ids(&entry.sources).collect(),
        place,
    }
}

fn table(
    file: &BankText,
    own: &Option<Spanned<raw::Table>>,
    translated: &Option<Spanned<raw::Table>>,
) -> Option<DataTable> {
    let own = own.as_ref()?.get_ref();
    let translated = translated.as_ref().map(Spanned::get_ref);
    let none = &[][..];
    let rows = own.rows.iter().enumerate().map(|(index, row)| {
        let translated = translated.and_then(|table| table.rows.get(index));
        phrases(file, row.get_ref(), translated.map_or(none, |row| row.get_ref()))
    });
    let caption = translated.and_then(|table| table.caption.as_ref());
    Some(DataTable {
        caption: own.caption.as_ref().map(|text| file.phrase(text, caption)),
        head: phrases(file, &own.head, translated.map_or(none, |table| &table.head)),
        rows: rows.collect(),
    })
}

fn item(
    file: &BankText,
    entry: &raw::Item,
    picture: Option<Figure>,
    place: Place,
) -> AuthoredItem {
    let en = &entry.en;
    let list = |all: &Option<Spanned<Vec<String>>>| -> Vec<String> {
        all.iter().flat_map(Spanned::get_ref).cloned().collect()
    };
    let texts = |names: &[Name]| ids(names).collect::<Vec<String>>();
    let text =
        |text: &Name| file.phrase(text.get_ref(), en.text.as_ref().map(Spanned::get_ref));
    let words =
        |words: &Spanned<Vec<String>>| phrases(file, words.get_ref(), &list(&en.words));
    AuthoredItem {
        item_type: *entry.item_type.get_ref(),
        topic: entry.topic.get_ref().clone(),
        level: entry.level.get_ref().clone(),
        cognitive: entry.cognitive.get_ref().clone(),
        difficulty: difficulty(
            entry.difficulty,
            &entry.cognitive,
            *entry.item_type.get_ref(),
        ),
        stimulus: entry.stimulus.as_ref().map(|name| name.get_ref().clone()),
        stem: file.phrase(&entry.stem, en.stem.as_ref()),
        picture,
        table: table(file, &entry.table, &en.table),
        options: entry.options.iter().map(|choice| option(file, choice)).collect(),
        ordered: entry.ordered,
        categories: phrases(file, &texts(&entry.categories), &list(&en.categories)),
        rows: entry.rows.iter().map(|row| self::row(file, entry, row)).collect(),
        steps: phrases(file, &texts(&entry.steps), &list(&en.steps)),
        text: entry.text.as_ref().map(text),
        blanks: blanks(file, entry),
        words: entry.words.as_ref().map(words),
        truth: entry.truth,
        answers: phrases(file, &entry.answers, &list(&en.answers)),
        guide: entry.guide.iter().map(|line| criterion(file, line)).collect(),
        lines: entry.lines,
        rationale: optional(file, &entry.rationale, &en.rationale),
        facts: ids(&entry.facts).collect(),
        sources: ids(&entry.sources).collect(),
        place,
    }
}

/// How difficult an item is, as its author says or as is usual.
fn difficulty(
    said: Option<Difficulty>,
    cognitive: &Name,
    item_type: ItemType,
) -> Difficulty {
    said.unwrap_or_else(|| Difficulty::usual(cognitive.get_ref(), item_type))
}

/// Texts with their translations, which stand in the same order.
fn phrases(file: &BankText, texts: &[String], translated: &[String]) -> Vec<Phrase> {
    let texts = texts.iter().enumerate();
    texts.map(|(index, text)| file.phrase(text, translated.get(index))).collect()
}

/// A text that may be missing, with its translation.
pub fn optional(
    file: &BankText,
    text: &Option<String>,
    translation: &Option<String>,
) -> Option<Phrase> {
    text.as_ref().map(|text| file.phrase(text, translation.as_ref()))
}

fn option(file: &BankText, choice: &Spanned<raw::Choice>) -> AuthoredOption {
    let choice = choice.get_ref();
    AuthoredOption {
        text: file.phrase(&choice.text, choice.en.text.as_ref()),
        correct: choice.correct,
        rationale: optional(file, &choice.rationale, &choice.en.rationale),
    }
}

fn row(file: &BankText, entry: &raw::Item, row: &Spanned<raw::ItemRow>) -> AuthoredRow {
    let row = row.get_ref();
    let mut names = entry.categories.iter();
    let category = names.position(|name| name.get_ref() == row.category.get_ref());
    AuthoredRow {
        text: file.phrase(&row.text, row.en.text.as_ref()),
        // An unknown category is reported by the check.
        category: category.unwrap_or(0),
        rationale: optional(file, &row.rationale, &row.en.rationale),
    }
}

fn blanks(file: &BankText, entry: &raw::Item) -> Vec<Vec<Phrase>> {
    let translated = entry.en.blanks.as_ref().map_or(&[][..], |all| all.get_ref());
    let blanks = entry.blanks.iter().enumerate();
    blanks
        .map(|(index, blank)| {
            let translated = translated.get(index).map_or(&[][..], Vec::as_slice);
            phrases(file, blank.get_ref(), translated)
        })
        .collect()
}

fn criterion(file: &BankText, line: &Spanned<raw::Criterion>) -> Criterion {
    let line = line.get_ref();
    let translated = line.en.as_ref().map(|en| &en.text);
    Criterion { text: file.phrase(&line.text, translated), points: line.points }
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
    let heads: Vec<String> =
        pattern.ask.get_ref().heads.iter().flat_map(Spanned::get_ref).cloned().collect();
    phrases(file, &heads, translated)
}
