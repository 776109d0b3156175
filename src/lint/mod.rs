//! What makes a bad exam: the rules of item writing, as checks.
//!
//! A finding of severity error keeps an exam from being printed, unless the blueprint sets
//! the rule aside by its code (`allow = ["PG07"]`), which the key then says. The words
//! that rules look for are data (`templates/lint/`). Rules that cannot be broken, because
//! something else is built so that they hold, are listed with the place that keeps them.

mod facts;
mod groups;
mod numbers;
mod options;
mod others;
mod paper;
mod rules;
mod scope;
mod spelling;
mod stem;
mod subject;
mod tokens;
mod words;

pub use self::rules::{RULES, Rule, named};
pub use self::words::{Lexicon, Words};

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{AuthoredItem, Bank, DataTable, Figure, Id, Phrase};
use crate::diagnostic::{Diagnostic, Place};
use crate::exam::{Answer, Blueprint, Exam, Variant};
use crate::input::nearest;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::lint::rules::finding;
use crate::lint::subject::Subject;

/// Checks what people wrote into a bank: items, patterns, statements, names and values.
pub fn bank(bank: &Bank, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let own = bank.language;
    for (id, item) in &bank.items {
        for (language, subject) in subject::written(id, item, own) {
            let known = lexicon.of(language);
            written(&subject, item, bank, known, &mut found);
        }
    }
    groups::groups(bank, lexicon, &mut found);
    for (id, pattern) in &bank.patterns {
        for (language, subject) in subject::stems(id, pattern, own) {
            let known = lexicon.of(language);
            by_itself(&subject, known, &mut found);
            facts::nowadays(&subject, known, &mut found);
            scope::asked(&subject, pattern, bank, known, &mut found);
        }
    }
    for (what, id, phrase, place) in texts(bank) {
        for language in subject::languages(phrase, own) {
            let name = subject::named(what, id, language, own);
            let text = phrase.in_language(language);
            let known = lexicon.of(language);
            let say = |code: &str, message: &str| {
                finding(code, format!("{name}: {message}")).at(place.clone())
            };
            spelling::spelling(text, known, &say, &mut found);
            let words = tokens::words(text);
            if let Some(word) = tokens::first(&words, &known.sensitive) {
                let word = tokens::quote(word);
                let message = format!("`{word}` does not belong into an exam");
                found.push(say("PG30", &message).about(word));
            }
        }
    }
    in_order(found)
}

/// Checks what a blueprint asks for, and the rules that it sets aside.
pub fn blueprint(blueprint: &Blueprint) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for allowed in &blueprint.allow {
        if named(&allowed.name).is_none() {
            let message = format!("there is no rule `{}`", allowed.name);
            let known = RULES.iter().map(|rule| rule.code);
            let hint = match nearest(&allowed.name, known) {
                Some(code) => format!("did you mean `{code}`?"),
                None => "`lembar list rules` lists them".to_string(),
            };
            let unknown = Diagnostic::error(message).hint(hint);
            found.extend(
                allowed.place.iter().map(|place| unknown.clone().at(place.clone())),
            );
        }
    }
    let wanted = match blueprint.grade {
        Some(4..=9) => Some(4),
        Some(10..=12) => Some(5),
        _ => None,
    };
    for plan in &blueprint.sections {
        if let Some(wanted) = wanted
            && plan.item_type == ItemType::MultipleChoice
            && plan.options != wanted
        {
            let grade = blueprint.grade.unwrap_or(0);
            let message = format!(
                "items of grade {grade} have {wanted} options, not {}",
                plan.options
            );
            let finding = finding("PG02", message).at(plan.place.clone());
            found.push(finding.hint(format!("write `options = {wanted}`")));
        }
    }
    permitted(in_order(found), blueprint)
}

/// Checks every variant of an exam as it is printed. A finding about the same item in
/// several variants is reported once.
pub fn exam(
    exam: &Exam,
    blueprint: &Blueprint,
    bank: &Bank,
    lexicon: &Lexicon,
) -> Vec<Diagnostic> {
    let known = lexicon.of(exam.head.language);
    let topic = topic(bank, exam.head.language, known);
    let mut found = Vec::new();
    let mut papers = BTreeSet::new();
    let mut questions = Questions { bank, known, topic: &topic, seen: BTreeSet::new() };
    for variant in &exam.variants {
        questions.check(&variant, &mut found);
        paper::variant(exam, &variant, blueprint, &mut found);
        let items: BTreeSet<String> =
            variant.key.answers.iter().map(|answer| answer.item.clone()).collect();
        if papers.insert(items) {
            paper::items(&variant, blueprint, bank, known, &topic, &mut found);
        }
    }
    paper::apart(exam, &mut found);
    permitted(found, blueprint)
}

/// The rules that each item of an exam breaks in any variant, by their codes; those that the
/// blueprint sets aside too.
pub fn items(exam: &Exam, bank: &Bank, lexicon: &Lexicon) -> BTreeMap<Id, Vec<String>> {
    let known = lexicon.of(exam.head.language);
    let topic = topic(bank, exam.head.language, known);
    let questions = Questions { bank, known, topic: &topic, seen: BTreeSet::new() };
    let mut broken: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
    let mut add = |item: &Id, found: Vec<Diagnostic>| {
        let codes = found.into_iter().filter_map(|finding| finding.code);
        broken.entry(item.clone()).or_default().extend(codes);
    };
    for variant in &exam.variants {
        for (question, answer) in variant.paper.questions.iter().zip(&variant.key.answers)
        {
            let subject = subject::printed(String::new(), None, question, answer);
            add(&answer.item, questions.found(&subject, answer));
            add(&answer.item, standing(&subject, &answer.item, bank, known));
        }
        for (item, finding) in paper::betrayed(&variant, bank, known, &topic) {
            add(item, vec![finding]);
        }
    }
    let broken = broken.into_iter().filter(|(_, codes)| !codes.is_empty());
    broken.map(|(item, codes)| (item, codes.into_iter().collect())).collect()
}

/// What the rules say of the facts that an item rests on.
fn standing(subject: &Subject, item: &Id, bank: &Bank, known: &Words) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(item) = bank.items.get(item) {
        facts::standing(subject, item, bank, known, &mut found);
        scope::rested_on(subject, item, bank, known, &mut found);
    } else if let Some(pattern) = bank.pattern_of(item) {
        scope::asked(subject, pattern, bank, known, &mut found);
    }
    found
}

/// The rules that need nothing but the item.
fn by_itself(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    stem::stem(subject, known, found);
    options::options(subject, known, found);
    others::others(subject, known, found);
    let say = |code: &str, message: &str| subject.finding(code, message);
    let options = subject.options.iter().map(|option| &option.text);
    for text in [&subject.stem].into_iter().chain(options).chain(&subject.right) {
        spelling::spelling(text, known, &say, found);
    }
}

fn written(
    subject: &Subject,
    item: &AuthoredItem,
    bank: &Bank,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    by_itself(subject, known, found);
    stem::clang(subject, known, &[], found);
    facts::nowadays(subject, known, found);
    facts::standing(subject, item, bank, known, found);
    scope::rested_on(subject, item, bank, known, found);
}

/// The questions of an exam, variant by variant.
struct Questions<'a> {
    bank: &'a Bank,
    known: &'a Words,
    topic: &'a [String],
    /// The questions that were checked, as they are printed.
    seen: BTreeSet<(String, Vec<String>)>,
}

impl Questions<'_> {
    fn check(&mut self, variant: &Variant, found: &mut Vec<Diagnostic>) {
        let answers = variant.paper.questions.iter().zip(&variant.key.answers);
        for (question, answer) in answers {
            let (label, number) = (&variant.paper.label, question.number);
            let name = format!("variant {label}, number {number} (`{}`)", answer.item);
            let place = paper::origin(self.bank, &answer.item);
            let subject = subject::printed(name.clone(), place, question, answer);
            let texts = subject.options.iter().map(|option| option.text.clone());
            let texts: Vec<String> =
                [subject.stem.clone()].into_iter().chain(texts).collect();
            if !self.seen.insert((answer.item.clone(), texts)) {
                continue;
            }
            let mut own = self.found(&subject, answer);
            let item = &answer.item;
            own.retain(|one| !found.iter().any(|other| repeats(one, other, &name, item)));
            found.append(&mut own);
        }
    }

    /// What the rules say of a question.
    fn found(&self, subject: &Subject, answer: &Answer) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        by_itself(subject, self.known, &mut found);
        stem::clang(subject, self.known, self.topic, &mut found);
        facts::attribution(subject, &answer.item, self.bank, self.known, &mut found);
        found
    }
}

/// Whether a finding says of an item what another variant's has said already.
fn repeats(one: &Diagnostic, other: &Diagnostic, name: &str, item: &str) -> bool {
    let said = one.message.strip_prefix(name).unwrap_or_default();
    one.code == other.code && other.message.ends_with(&format!("(`{item}`){said}"))
}

/// The texts of a bank besides its items: what they are, of which entry, and where.
fn texts(bank: &Bank) -> Vec<(&'static str, &str, &Phrase, &Place)> {
    let mut texts = Vec::new();
    for (id, statement) in &bank.statements {
        let phrasings = statement.phrasings.values();
        let all = phrasings.chain(statement.why.values());
        texts.extend(all.map(|p| ("statement", id.as_str(), p, &statement.place)));
    }
    for (id, entity) in &bank.entities {
        texts.push(("entity", id.as_str(), &entity.name, &entity.place));
        let values = entity.attributes.values().flatten();
        texts.extend(values.map(|v| ("entity", id.as_str(), &v.text, &entity.place)));
    }
    for (id, case) in &bank.cases {
        let all = [&case.text].into_iter().chain(&case.why).chain(case.refutes.values());
        texts.extend(all.map(|p| ("case", id.as_str(), p, &case.place)));
    }
    for (id, stimulus) in &bank.stimuli {
        let shown = shown(&stimulus.picture, &stimulus.table);
        let all = stimulus.title.iter().chain(&stimulus.text).chain(shown);
        texts.extend(all.map(|text| ("stimulus", id.as_str(), text, &stimulus.place)));
    }
    for (id, item) in &bank.items {
        let shown = shown(&item.picture, &item.table);
        texts.extend(shown.map(|text| ("item", id.as_str(), text, &item.place)));
    }
    texts
}

/// What stands beside pictures and in tables.
fn shown<'a>(
    picture: &'a Option<Figure>,
    table: &'a Option<DataTable>,
) -> impl Iterator<Item = &'a Phrase> {
    let cells = table.iter().flat_map(|table| {
        let cells = table.head.iter().chain(table.rows.iter().flatten());
        table.caption.iter().chain(cells)
    });
    picture.iter().flat_map(|picture| &picture.caption).chain(cells)
}

/// The words that a subject matter cannot do without: those of the names of its topics,
/// labels, kinds and attributes.
fn topic(bank: &Bank, language: Language, known: &Words) -> Vec<String> {
    let topics = bank.topics.values().map(|topic| &topic.name);
    let labels = bank.labels.values().map(|label| &label.name);
    let kinds = bank.kinds.values().map(|kind| &kind.name);
    let attributes = bank.attributes.values().map(|attribute| &attribute.name);
    let names = topics.chain(labels).chain(kinds).chain(attributes);
    names.flat_map(|name| tokens::content(name.in_language(language), known)).collect()
}

/// The findings of rules that the blueprint does not set aside.
fn permitted(mut found: Vec<Diagnostic>, blueprint: &Blueprint) -> Vec<Diagnostic> {
    found.retain(|one| {
        !blueprint.allow.iter().any(|rule| one.code.as_ref() == Some(&rule.name))
    });
    found
}

/// The findings in the order of the files, each once.
fn in_order(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let position = |finding: &Diagnostic| {
        finding.place.as_ref().map(|place| (place.file.clone(), place.line))
    };
    found.sort_by_key(position);
    found.dedup();
    found
}
