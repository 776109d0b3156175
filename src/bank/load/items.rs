//! What is wrong with authored items beyond their shape.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use crate::bank::index::normal;
use crate::bank::load::check::Check;
use crate::bank::load::cloze::cloze;
use crate::bank::load::figures;
use crate::bank::load::raw::{self, Name};
use crate::item_type::ItemType;

/// Checks all authored items of a file.
pub fn items(check: &mut Check) {
    check.each(&check.file.entries.item, item);
}

fn item(check: &mut Check, entry: &raw::Item) {
    check.known("topic", [&entry.topic], &check.bank.topics);
    check.known("source", &entry.sources, &check.bank.sources);
    check.known("stimulus", &entry.stimulus, &check.bank.stimuli);
    levels(check, &entry.level, &entry.cognitive);
    for fact in &entry.facts {
        known_fact(check, fact);
    }
    task(check, entry);
    blank(check, entry);
    shown(check, entry);
    parallel(check, entry, "answer", &entry.en.answers, entry.answers.len());
}

/// Looks for words that are left out.
fn blank(check: &mut Check, entry: &raw::Item) {
    let (id, at) = (entry.id.get_ref(), || entry.id.span());
    let lines =
        entry.options.iter().map(|one| ("option", &one.get_ref().text, one.span()));
    let rows = entry.rows.iter().map(|row| ("row", &row.get_ref().text, row.span()));
    let steps = entry.steps.iter().map(|step| ("step", step.get_ref(), step.span()));
    let names =
        entry.categories.iter().map(|name| ("category", name.get_ref(), name.span()));
    let answers = entry.answers.iter().map(|answer| ("answer", answer, at()));
    let stem = [("stem", &entry.stem, at())];
    let stem = stem.into_iter().filter(|_| entry.text.is_none());
    let all = stem.chain(lines).chain(rows).chain(steps).chain(names).chain(answers);
    for (what, _, place) in all.filter(|(_, text, _)| text.trim().is_empty()) {
        let article = if matches!(what, "option" | "answer") { "an" } else { "a" };
        let message = format!("item `{id}` has {article} {what} without words");
        check.problem(place, message, "write what it says, or leave it out");
    }
}

/// Checks what an item shows below its stem.
fn shown(check: &mut Check, entry: &raw::Item) {
    let whose = format!("item `{}`", entry.id.get_ref());
    figures::figure(check, &whose, &entry.picture);
    figures::table(check, &whose, &entry.table, &entry.en.table);
    let picture = entry.picture.as_ref().map(|picture| ("picture", picture.span()));
    let table = entry.table.as_ref().map(|table| ("table", table.span()));
    let judged = *entry.item_type.get_ref() == ItemType::TrueFalse;
    if let Some((what, at)) = picture.or(table).filter(|_| judged) {
        let message = format!("a true-false item cannot have a {what} of its own");
        check.problem(at, message, "put it into a `[[stimulus]]`");
    }
}

/// Checks the level and the cognitive level of an item or a pattern.
pub fn levels(check: &mut Check, level: &Name, cognitive: &Name) {
    check.one_of("level", level, &["L1", "L2", "L3"]);
    check.one_of("cognitive level", cognitive, &["C1", "C2", "C3", "C4", "C5", "C6"]);
}

/// A fact is a statement, a case, an entity's attribute, or all that is known of an entity.
pub fn known_fact(check: &mut Check, fact: &Name) {
    let name = fact.get_ref().as_str();
    let bank = check.bank;
    if let Some((entity, attribute)) = name.split_once('.') {
        let part = |id: &str, start: usize| {
            // The name starts after its quotation mark.
            let start = fact.span().start + 1 + start;
            Spanned::new(start..start + id.len(), id.to_string())
        };
        match bank.entities.get(entity) {
            None => check.known("entity", [&part(entity, 0)], &bank.entities),
            Some(found) if !found.attributes.contains_key(attribute) => {
                let held = found.attributes.keys().map(String::as_str);
                check.unknown("attribute", &part(attribute, entity.len() + 1), held);
            }
            Some(_) => {}
        }
        return;
    }
    let known =
        bank.statements.keys().chain(bank.cases.keys()).chain(bank.entities.keys());
    let declared = bank.statements.contains_key(name)
        || bank.cases.contains_key(name)
        || bank.entities.contains_key(name);
    if !declared {
        check.unknown("fact", fact, known.map(String::as_str));
    }
}

/// Checks that an item holds what its type needs.
fn task(check: &mut Check, entry: &raw::Item) {
    let id = entry.id.get_ref();
    let at = entry.id.span();
    match entry.item_type.get_ref() {
        ItemType::MultipleChoice => {
            options(check, entry, at.clone());
            one_correct(check, entry, at);
        }
        ItemType::MultipleAnswer => {
            options(check, entry, at.clone());
            several_correct(check, entry, at);
        }
        ItemType::Categorize => categories(check, entry, at),
        ItemType::Ordering => steps(check, entry, at),
        ItemType::Cloze => cloze(check, entry, at),
        ItemType::TrueFalse if entry.truth.is_none() => {
            let message = format!("true-false item `{id}` does not say which it is");
            check.problem(at, message, "add `truth = true` or `truth = false`");
        }
        ItemType::ShortAnswer if entry.answers.is_empty() => {
            let message = format!("short-answer item `{id}` has no answer");
            check.problem(at, message, "add `answers = [\"…\"]`, the printed one first");
        }
        ItemType::Essay if entry.guide.is_empty() => {
            let message = format!("essay `{id}` has no scoring guide");
            let hint = "add `guide = [{ text = \"…\", points = 1 }]`";
            check.problem(at, message, hint);
        }
        ItemType::Matching => {
            let hint = "matching items are made by a `[[pattern]]`";
            let message = "a matching item cannot be written by hand";
            check.problem(entry.item_type.span(), message, hint);
        }
        _ => {}
    }
}

fn options(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    if entry.options.len() < 3 {
        let message = format!("item `{id}` has fewer than 3 options");
        check.problem(at.clone(), message, "add `{ text = \"…\" }` to `options`");
    }
    let mut seen = BTreeMap::new();
    for option in &entry.options {
        let choice = option.get_ref();
        let texts = [Some(&choice.text), choice.en.text.as_ref()];
        for (language, text) in texts.into_iter().enumerate() {
            let Some(text) = text else { continue };
            if seen.insert((language, normal(text)), ()).is_some() {
                let message = format!("two options of item `{id}` read `{text}`");
                check.problem(option.span(), message, "change one of them");
            }
        }
    }
}

fn one_correct(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    let correct: Vec<_> = entry.options.iter().filter(|o| o.get_ref().correct).collect();
    match &correct[..] {
        [_] => {}
        [] => {
            let message = format!("no option of item `{id}` is correct");
            check.problem(at, message, "mark one with `correct = true`");
        }
        [_, second, ..] => {
            let message = format!("{} options of item `{id}` are correct", correct.len());
            check.problem(second.span(), message, "mark only one with `correct = true`");
        }
    }
}

/// At least two options are correct, or one could as well ask for the one; and at least
/// one is wrong, or there would be nothing to decide.
fn several_correct(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    let correct = entry.options.iter().filter(|option| option.get_ref().correct).count();
    if correct < 2 {
        let message = format!("fewer than 2 options of item `{id}` are correct");
        let hint = "mark more with `correct = true`, or make it `multiple-choice`";
        check.problem(at, message, hint);
    } else if correct == entry.options.len() {
        let message = format!("all options of item `{id}` are correct");
        check.problem(at, message, "add one that is wrong");
    }
}

/// Checks that every row has one of the categories, and every category a row.
fn categories(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    let names: BTreeSet<&str> =
        entry.categories.iter().map(|name| name.get_ref().as_str()).collect();
    if !(2..=3).contains(&names.len()) || names.len() != entry.categories.len() {
        let message = format!("item `{id}` does not have 2 or 3 different categories");
        let hint = "add `categories = [\"Benar\", \"Salah\"]`";
        return check.problem(at, message, hint);
    }
    let mut unused = names.clone();
    let mut seen = BTreeSet::new();
    for row in &entry.rows {
        let (span, row) = (row.span(), row.get_ref());
        unused.remove(row.category.get_ref().as_str());
        if !names.contains(row.category.get_ref().as_str()) {
            let message = format!("unknown category `{}`", row.category.get_ref());
            let names: Vec<_> = entry
                .categories
                .iter()
                .map(|name| format!("`{}`", name.get_ref()))
                .collect();
            let hint = format!("it is one of {}", names.join(", "));
            check.problem(row.category.span(), message, hint);
        }
        if !seen.insert(normal(&row.text)) {
            let message = format!("two rows of item `{id}` read `{}`", row.text);
            check.problem(span, message, "change one of them");
        }
    }
    for name in unused {
        let message = format!("no row of item `{id}` has the category `{name}`");
        let hint = format!("add `{{ text = \"…\", category = \"{name}\" }}` to `rows`");
        check.problem(at.clone(), message, hint);
    }
    parallel(check, entry, "category", &entry.en.categories, entry.categories.len());
}

/// Checks that there is something to put in order, and no two steps could change places.
fn steps(check: &mut Check, entry: &raw::Item, at: Range<usize>) {
    let id = entry.id.get_ref();
    if !(3..=26).contains(&entry.steps.len()) {
        let message = format!("item `{id}` has {} steps", entry.steps.len());
        check.problem(at, message, "give 3 to 26 in `steps`, in the right order");
    }
    let mut seen = BTreeSet::new();
    for step in &entry.steps {
        if !seen.insert(normal(step.get_ref())) {
            let message = format!("two steps of item `{id}` read `{}`", step.get_ref());
            check.problem(step.span(), message, "change one of them");
        }
    }
    parallel(check, entry, "step", &entry.en.steps, entry.steps.len());
}

/// Checks that a list of translations is as long as what it translates.
pub fn parallel(
    check: &mut Check,
    entry: &raw::Item,
    what: &str,
    translated: &Option<Spanned<Vec<String>>>,
    count: usize,
) {
    let id = entry.id.get_ref();
    if let Some(translated) = translated
        && translated.get_ref().len() != count
    {
        let message = format!("not every {what} of item `{id}` has one translation");
        let hint = format!("give {count}, in the same order");
        check.problem(translated.span(), message, hint);
    }
}
