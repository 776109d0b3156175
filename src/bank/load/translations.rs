//! Texts that lack their translation, in files that promise one.

use toml::Spanned;

use crate::bank::load::BankText;
use crate::bank::load::check::Check;
use crate::bank::load::figures::{FigureWords, RawFigure};
use crate::bank::load::gather::phrasings;
use crate::bank::load::raw::{self, Name};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::text::Text;

/// Checks that everything is translated that an edition in the other language prints.
pub fn translations(check: &mut Check) {
    let entries = &check.file.entries;
    for topic in &entries.topic {
        need(check, &topic.id, "name", topic.en.is_some());
    }
    for kind in &entries.kind {
        need(check, &kind.id, "name", kind.en.is_some());
    }
    let reasoned = entries.label.iter().map(|label| (&label.id, &label.en));
    let attributes =
        entries.attribute.iter().map(|attribute| (&attribute.id, &attribute.en));
    for (id, en) in reasoned.chain(attributes) {
        need(check, id, "name", en.as_ref().is_some_and(|en| en.name.is_some()));
        need(check, id, "reason", en.as_ref().is_some_and(|en| en.reason.is_some()));
    }
    for term in &entries.term {
        need(check, &term.text, "text", term.en.is_some());
    }
    for entry in sound(check.file, &entries.statement) {
        for (phrasing, base, translated) in phrasings(entry) {
            need(check, &entry.id, phrasing, base.is_none() || translated.is_some());
        }
        for label in entry.why.keys() {
            let translated = entry.en.as_ref().and_then(|en| en.why.get(label));
            need(check, label, "why", translated.is_some());
        }
    }
    for entry in sound(check.file, &entries.entity) {
        entity(check, entry);
    }
    for entry in sound(check.file, &entries.case) {
        need(check, &entry.id, "text", entry.en.text.is_some());
        need(check, &entry.id, "why", entry.why.is_none() || entry.en.why.is_some());
        for refuted in entry.refutes.keys() {
            need(check, refuted, "refutes", entry.en.refutes.contains_key(refuted));
        }
    }
    for entry in sound(check.file, &entries.stimulus) {
        stimulus(check, entry);
    }
    for entry in sound(check.file, &entries.item) {
        item(check, entry);
    }
    for entry in sound(check.file, &entries.pattern) {
        need(check, &entry.id, "stems", entry.en.is_some());
        let clue = entry.en.as_ref().is_some_and(|en| en.clue.is_some());
        need(check, &entry.id, "clue", clue || entry.clue.is_none());
        let heads = entry.en.as_ref().is_some_and(|en| !en.heads.is_empty());
        need(check, &entry.id, "heads", heads || entry.ask.get_ref().heads.is_none());
    }
}

/// The entries that lack nothing.
fn sound<'a, T>(
    file: &BankText,
    entries: &'a [Spanned<T>],
) -> impl Iterator<Item = &'a T> {
    let sound = |entry: &&Spanned<T>| !file.damaged.contains(&entry.span().start);
    entries.iter().filter(sound).map(Spanned::get_ref)
}

/// Values are translated by their own table, their entity or their term.
fn entity(check: &mut Check, entry: &raw::Entity) {
    let Some(entity) = check.bank.entities.get(entry.id.get_ref()) else { return };
    let other = check.file.other();
    let named = same_in_all_languages(&entry.name);
    need(check, &entry.id, "name", named || entry.en.contains_key("name"));
    for attribute in entry.attributes.keys() {
        let values = entity.attributes.get(attribute.get_ref());
        for value in values.into_iter().flatten() {
            let base = &value.text.base;
            let translated = value.text.translations.contains_key(&other);
            let name = format!("{}: {base}", attribute.get_ref());
            need(check, attribute, &name, translated || same_in_all_languages(base));
        }
    }
}

fn stimulus(check: &mut Check, entry: &raw::Stimulus) {
    let (id, en) = (&entry.id, &entry.en);
    need(check, id, "title", entry.title.is_none() || en.title.is_some());
    need(check, id, "text", entry.text.is_none() || en.text.is_some());
    shown(check, id, (&entry.picture, &entry.table), (&en.picture, &en.table));
}

/// What an item or a stimulus shows besides its text.
fn shown(
    check: &mut Check,
    id: &Name,
    (own_picture, own_table): (&Option<Spanned<RawFigure>>, &Option<Spanned<raw::Table>>),
    (picture, table): (&FigureWords, &Option<Spanned<raw::Table>>),
) {
    if let Some(own) = own_picture.as_ref().map(Spanned::get_ref) {
        need(check, id, "caption", own.caption.is_none() || picture.caption.is_some());
        need(check, id, "alt", own.alt.is_none() || picture.alt.is_some());
    }
    need(check, id, "table", own_table.is_none() || table.is_some());
    let caption = |table: &Option<Spanned<raw::Table>>| {
        table.as_ref().is_some_and(|table| table.get_ref().caption.is_some())
    };
    let translated = table.is_none() || caption(table);
    need(check, id, "caption", translated || !caption(own_table));
}

fn item(check: &mut Check, entry: &raw::Item) {
    let (id, en) = (&entry.id, &entry.en);
    need(check, id, "stem", en.stem.is_some());
    shown(check, id, (&entry.picture, &entry.table), (&en.picture, &en.table));
    need(check, id, "rationale", entry.rationale.is_none() || en.rationale.is_some());
    let answers = entry.answers.iter().all(|answer| same_in_all_languages(answer));
    need(check, id, "answers", answers || en.answers.is_some());
    for option in &entry.options {
        let (span, option) = (option.span(), option.get_ref());
        let at = Spanned::new(span, id.get_ref().clone());
        let text = same_in_all_languages(&option.text) || option.en.text.is_some();
        need(check, &at, "text", text);
        let rationale = option.rationale.is_none() || option.en.rationale.is_some();
        need(check, &at, "rationale", rationale);
    }
    let categories = entry.categories.is_empty() || en.categories.is_some();
    need(check, id, "categories", categories);
    let steps = entry.steps.iter().all(|step| same_in_all_languages(step.get_ref()));
    need(check, id, "steps", steps || en.steps.is_some());
    need(check, id, "text", entry.text.is_none() || en.text.is_some());
    let answers = entry.blanks.iter().flat_map(Spanned::get_ref);
    let blanks = en.blanks.is_some() || answers.clone().all(|a| same_in_all_languages(a));
    need(check, id, "blanks", blanks);
    let mut words = entry.words.iter().flat_map(Spanned::get_ref);
    let words = en.words.is_some() || words.all(|word| same_in_all_languages(word));
    need(check, id, "words", words);
    for row in &entry.rows {
        let (span, row) = (row.span(), row.get_ref());
        let at = Spanned::new(span, id.get_ref().clone());
        need(check, &at, "text", row.en.text.is_some());
        let rationale = row.rationale.is_none() || row.en.rationale.is_some();
        need(check, &at, "rationale", rationale);
    }
    for line in &entry.guide {
        let at = Spanned::new(line.span(), id.get_ref().clone());
        need(check, &at, "text", line.get_ref().en.is_some());
    }
}

/// Records a text that is not translated.
fn need(check: &mut Check, name: &Name, key: &str, translated: bool) {
    if translated {
        return;
    }
    let (language, table) = match check.file.other() {
        Language::En => ("English", "en"),
        Language::Id => ("Indonesian", "indonesian"),
    };
    let message =
        format!("`{key}` of `{}` is not translated into {language}", name.get_ref());
    let hint = format!("add it to `{table}`, or take the language out of `languages`");
    let place = check.file.places.at(name.span());
    check.problems.push(Diagnostic::error(message).at(place).hint(hint));
}

/// Names, numbers, and what is foreign (and therefore italic) need no translation, though
/// they may have one.
fn same_in_all_languages(text: &str) -> bool {
    let text = Text::parse(text);
    let mut spans = text.spans().iter();
    let start = text.to_plain().chars().next();
    start.is_none_or(|c| !c.is_lowercase()) || spans.all(|span| span.style.italic)
}
