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
use std::rc::Rc;

use crate::bank::{AuthoredItem, Bank, DataTable, Figure, Id, Phrase};
use crate::diagnostic::{Diagnostic, Place};
use crate::exam::{Answer, Blueprint, Exam, Reasoned, Variant};
use crate::input::nearest;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::lint::paper::Neighbours;
use crate::lint::rules::finding;
use crate::lint::subject::{Choice, Subject};
use crate::lint::tokens::{Texts, Tokens};

/// Checks what people wrote into a bank: items, patterns, statements, names and values.
pub fn bank(bank: &Bank, lexicon: &Lexicon) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let own = bank.language;
    for (id, item) in &bank.items {
        for (language, subject) in subject::written(id, item, own, lexicon) {
            let known = lexicon.of(language);
            written(&subject, item, bank, known, &mut found);
        }
    }
    groups::groups(bank, lexicon, &mut found);
    for (id, pattern) in &bank.patterns {
        for (language, subject) in subject::stems(id, pattern, own, lexicon) {
            let known = lexicon.of(language);
            by_itself(&subject, known, &mut found);
            facts::nowadays(&subject, known, &mut found);
            scope::asked(&subject, pattern, bank, known, &mut found);
        }
    }
    for (what, id, phrase, place) in texts(bank) {
        for language in subject::languages(phrase, own) {
            let name = subject::named(what, id, language, own);
            let known = lexicon.of(language);
            let text = Tokens::read(phrase.in_language(language), known);
            let say = |code: &str, message: &str| {
                finding(code, format!("{name}: {message}")).at(place.clone())
            };
            spelling::spelling(&text, known, &say, &mut found);
            if let Some(word) = known.sensitive.first(&text.words) {
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
    let (mut found, mut together) = (Vec::new(), Vec::new());
    let mut papers = BTreeSet::new();
    let mut neighbours = Neighbours::default();
    let mut questions = Questions::new(bank, known, &topic);
    for variant in &exam.variants {
        let mut items = questions.items(&variant);
        questions.check(&variant, &items, &mut found);
        paper::variant(exam, &variant, blueprint, &mut found);
        neighbours.check(&variant, &items, &mut together);
        items.sort_unstable();
        items.dedup();
        if papers.insert(items) {
            let texts = &mut questions.texts;
            paper::items(&variant, blueprint, bank, texts, &topic, &mut found);
        }
    }
    found.append(&mut together);
    permitted(found, blueprint)
}

/// The rules that each item of an exam breaks in any variant, by their codes; those that the
/// blueprint sets aside too.
pub fn items(exam: &Exam, bank: &Bank, lexicon: &Lexicon) -> BTreeMap<Id, Vec<String>> {
    let known = lexicon.of(exam.head.language);
    let topic = topic(bank, exam.head.language, known);
    let mut questions = Questions::new(bank, known, &topic);
    let mut broken: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
    let mut add = |item: &Id, found: Vec<Diagnostic>| {
        let codes = found.into_iter().filter_map(|finding| finding.code);
        broken.entry(item.clone()).or_default().extend(codes);
    };
    for variant in &exam.variants {
        for (question, answer) in variant.paper.questions.iter().zip(&variant.key.answers)
        {
            let texts = &mut questions.texts;
            let subject = subject::printed(String::new(), None, question, answer, texts);
            add(&answer.about.item, questions.found(&subject, answer));
            add(&answer.about.item, standing(&subject, &answer.about.item, bank, known));
        }
        for (item, finding) in
            paper::betrayed(&variant, bank, &mut questions.texts, &topic)
        {
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
    stem::clang(subject, &BTreeSet::new(), found);
    facts::nowadays(subject, known, found);
    facts::standing(subject, item, bank, known, found);
    scope::rested_on(subject, item, bank, known, found);
}

/// The questions of an exam, variant by variant.
struct Questions<'a> {
    bank: &'a Bank,
    known: &'a Words,
    topic: &'a BTreeSet<String>,
    texts: Texts<'a>,
    /// The items that were met, each with a number by which it is told from others.
    numbers: BTreeMap<Id, usize>,
    /// The questions that were judged, by the numbers of their items.
    judged: Vec<Vec<Judged>>,
    /// What was said: of which item, by which rule, and in which words.
    said: BTreeSet<(usize, Option<String>, String)>,
}

/// A question that was judged.
struct Judged {
    stem: Rc<Tokens>,
    options: Vec<Choice>,
    /// Whether there may be more to say of the same options in another order.
    minds_order: bool,
}

impl Judged {
    /// Whether there is no more to say of a question with this stem and these options.
    fn settles(&self, stem: &str, options: &[Reasoned]) -> bool {
        let same = |own: &Choice, other: &Reasoned| {
            own.text.markup == *other.text && own.correct == other.correct
        };
        let mut own = self.options.iter();
        let alike = self.stem.markup == stem && own.len() == options.len();
        alike
            && match self.minds_order {
                true => own.zip(options).all(|(a, b)| same(a, b)),
                false => own.all(|a| options.iter().any(|b| same(a, b))),
            }
    }
}

impl<'a> Questions<'a> {
    fn new(
        bank: &'a Bank,
        known: &'a Words,
        topic: &'a BTreeSet<String>,
    ) -> Questions<'a> {
        let (texts, numbers) = (Texts::new(known), BTreeMap::new());
        let (judged, said) = (Vec::new(), BTreeSet::new());
        Questions { bank, known, topic, texts, numbers, judged, said }
    }

    /// The numbers of a variant's items, in printed order.
    fn items(&mut self, variant: &Variant) -> Vec<usize> {
        let mut number = |item: &Id| {
            if let Some(&number) = self.numbers.get(item) {
                return number;
            }
            self.judged.push(Vec::new());
            self.numbers.insert(item.clone(), self.judged.len() - 1);
            self.judged.len() - 1
        };
        variant.key.answers.iter().map(|answer| number(&answer.about.item)).collect()
    }

    /// Checks the questions of a variant, of which these are the items.
    fn check(&mut self, variant: &Variant, items: &[usize], found: &mut Vec<Diagnostic>) {
        let answers = variant.paper.questions.iter().zip(&variant.key.answers);
        for ((question, answer), &item) in answers.zip(items) {
            let options = subject::options(&answer.solution);
            if self.judged[item].iter().any(|one| one.settles(&question.stem, options)) {
                continue;
            }
            let (label, number) = (&variant.paper.label, question.number);
            let name =
                format!("variant {label}, number {number} (`{}`)", answer.about.item);
            let place = paper::origin(self.bank, &answer.about.item);
            let texts = &mut self.texts;
            let subject = subject::printed(name, place, question, answer, texts);
            let own = self.found(&subject, answer);
            let minds_order =
                !own.is_empty() || options::mind_order(&subject, self.known);
            // What another variant has said of the item already is not said again.
            let said = |one: &Diagnostic| {
                let message = one.message.strip_prefix(&subject.name).unwrap_or_default();
                (item, one.code.clone(), message.to_string())
            };
            let fresh = own.into_iter().filter(|one| !self.said.contains(&said(one)));
            let fresh: Vec<Diagnostic> = fresh.collect();
            self.said.extend(fresh.iter().map(said));
            found.extend(fresh);
            let Subject { stem, options, .. } = subject;
            self.judged[item].push(Judged { stem, options, minds_order });
        }
    }

    /// What the rules say of a question.
    fn found(&self, subject: &Subject, answer: &Answer) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        by_itself(subject, self.known, &mut found);
        stem::clang(subject, self.topic, &mut found);
        facts::attribution(
            subject,
            &answer.about.item,
            self.bank,
            self.known,
            &mut found,
        );
        found
    }
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
fn topic(bank: &Bank, language: Language, known: &Words) -> BTreeSet<String> {
    let topics = bank.topics.values().map(|topic| &topic.name);
    let labels = bank.labels.values().map(|label| &label.name);
    let kinds = bank.kinds.values().map(|kind| &kind.name);
    let attributes = bank.attributes.values().map(|attribute| &attribute.name);
    let names = topics.chain(labels).chain(kinds).chain(attributes);
    names
        .flat_map(|name| Tokens::read(name.in_language(language), known).content)
        .collect()
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
