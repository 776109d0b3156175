//! From the shapes of the files to one bank.

use std::collections::{BTreeMap, BTreeSet};

use litemap::LiteMap;
use toml::Spanned;

use crate::bank::index;
use crate::bank::load::BankText;
use crate::bank::load::figures::{OpenPicture, Pictures};
use crate::bank::load::questions::questions;
use crate::bank::load::raw::{self, Name};
use crate::bank::load::values::{Day, Texts, Value as RawValue};
use crate::bank::{
    Attribute, Bank, BankFile, Case, Entity, Id, Kind, Label, Phrase, Source, Standing,
    Statement, Term, Topic, Value,
};
use crate::diagnostic::{Diagnostic, Place};
use crate::language::Language;

/// Merges the entries of all files. Of two entries with the same id, the first counts and
/// the second is a problem.
pub fn gather(
    files: &[BankText],
    open: &mut OpenPicture,
    problems: &mut Vec<Diagnostic>,
) -> Bank {
    let mut bank = Bank::default();
    let mut pictures = Pictures { open, problems: Vec::new() };
    let mut names = Names { first: BTreeMap::new(), problems };
    for file in files {
        vocabulary(file, &mut bank, &mut names);
        facts(file, &mut bank, &mut names);
        questions(file, &mut bank, &mut names, &mut pictures);
    }
    problems.append(&mut pictures.problems);
    share_terms(&mut bank);
    spell_out_facts(&mut bank);
    bank
}

/// What rests on an entity rests on each of its attributes.
fn spell_out_facts(bank: &mut Bank) {
    let items = bank.items.values_mut().map(|item| &mut item.facts);
    let stimuli = bank.stimuli.values_mut().map(|stimulus| &mut stimulus.facts);
    for rests in items.chain(stimuli) {
        let whole = rests.iter().filter_map(|id| Some((id, bank.entities.get(id)?)));
        let facts: Vec<_> = whole
            .flat_map(|(id, entity)| {
                entity.attributes.keys().map(move |attribute| format!("{id}.{attribute}"))
            })
            .collect();
        rests.extend(facts);
    }
}

/// Gives every value that is spelt like a term the translations of the term.
fn share_terms(bank: &mut Bank) {
    let spellings = index::terms(&bank.terms);
    let entities = bank.entities.values_mut();
    for value in entities.flat_map(|entity| &mut entity.attributes).flat_map(|(_, v)| v) {
        let term = spellings.get(&index::normal(&value.text.base));
        if let Some(term) = term.and_then(|key| bank.terms.get(key)) {
            for (language, text) in &term.text.translations {
                value.text.translations.entry(*language).or_insert_with(|| text.clone());
            }
        }
    }
}

/// The names that are taken, by what they name.
pub struct Names<'a> {
    first: BTreeMap<(&'static str, String), Place>,
    problems: &'a mut Vec<Diagnostic>,
}

impl Names<'_> {
    /// The name and its place, if it is not taken.
    pub fn claim(
        &mut self,
        file: &BankText,
        what: &'static str,
        name: &Name,
    ) -> Option<(Id, Place)> {
        let place = file.places.at(name.span());
        let id = name.get_ref().clone();
        if let Some(first) = self.first.get(&(what, id.clone())) {
            let hint = format!("the first one is in {}, line {}", first.file, first.line);
            let twice = format!("{what} `{id}` is declared twice");
            self.problems.push(Diagnostic::error(twice).at(place).hint(hint));
            return None;
        }
        self.first.insert((what, id.clone()), place.clone());
        Some((id, place))
    }
}

impl BankText<'_> {
    /// The language of the translations.
    pub fn other(&self) -> Language {
        match self.language {
            Language::Id => Language::En,
            Language::En => Language::Id,
        }
    }

    /// A text with its translation.
    pub fn phrase(&self, base: &str, translation: Option<&String>) -> Phrase {
        let translations = translation.map(|text| (self.other(), text.clone()));
        Phrase {
            base: base.to_string(),
            translations: translations.into_iter().collect(),
        }
    }
}

/// The names without their places.
pub fn ids(names: &[Name]) -> impl Iterator<Item = Id> {
    names.iter().map(|name| name.get_ref().clone())
}

/// Each of some texts once, in order.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    texts.collect::<BTreeSet<String>>().into_iter().collect()
}

fn vocabulary(file: &BankText, bank: &mut Bank, names: &mut Names) {
    let entries = &file.entries;
    if let Some(head) = &entries.bank
        && let Some((id, _)) = names.claim(file, "bank", &head.id)
    {
        bank.files.push(bank_file(file, id));
    }
    if entries.bank.is_none() {
        // It goes by its name on disk, wherever it lies.
        let name = file.source.name.rsplit(['/', '\\']).next().unwrap_or_default();
        bank.files.push(bank_file(file, name.to_string()));
    }
    for topic in &entries.topic {
        let name = file.phrase(&topic.name, topic.en.as_ref().map(|en| &en.name));
        if let Some((id, place)) = names.claim(file, "topic", &topic.id) {
            bank.topics.insert(id, Topic { name, place });
        }
    }
    for kind in &entries.kind {
        let name = file.phrase(&kind.name, kind.en.as_ref().map(|en| &en.name));
        if let Some((id, place)) = names.claim(file, "kind", &kind.id) {
            bank.kinds.insert(id, Kind { name, place });
        }
    }
    for term in &entries.term {
        let text = file.phrase(term.text.get_ref(), term.en.as_ref().map(|en| &en.text));
        if let Some((id, _)) = names.claim(file, "term", &term.text) {
            bank.terms.insert(id, Term { text, aliases: distinct(ids(&term.aliases)) });
        }
    }
    for source in &entries.source {
        if let Some((id, _)) = names.claim(file, "source", &source.id) {
            bank.sources.insert(id, Source { title: source.title.clone() });
        }
    }
    relations(file, bank, names);
}

fn bank_file(file: &BankText, id: Id) -> BankFile {
    BankFile { id, sha256: file.source.sum(), pictures: Vec::new() }
}

fn relations(file: &BankText, bank: &mut Bank, names: &mut Names) {
    for label in &file.entries.label {
        if let Some((id, place)) = names.claim(file, "label", &label.id) {
            let (name, reason) = reasoned(file, &label.name, &label.reason, &label.en);
            let disjoint = ids(&label.disjoint).collect();
            bank.labels.insert(id, Label { name, disjoint, reason, place });
        }
    }
    for attribute in &file.entries.attribute {
        if let Some((id, place)) = names.claim(file, "attribute", &attribute.id) {
            let (name, reason) =
                reasoned(file, &attribute.name, &attribute.reason, &attribute.en);
            let raw::Attribute { rule, ordered, .. } = *attribute;
            let reason_by = attribute.reason_by.as_ref().map(|by| by.get_ref().clone());
            let attribute = Attribute { name, rule, ordered, reason, reason_by, place };
            bank.attributes.insert(id, attribute);
        }
    }
}

fn reasoned(
    file: &BankText,
    name: &str,
    reason: &Name,
    en: &Option<raw::Reasoned>,
) -> (Phrase, Phrase) {
    let translated = en.as_ref().and_then(|en| en.reason.as_ref()).map(Spanned::get_ref);
    let name = file.phrase(name, en.as_ref().and_then(|en| en.name.as_ref()));
    (name, file.phrase(reason.get_ref(), translated))
}

fn facts(file: &BankText, bank: &mut Bank, names: &mut Names) {
    for entry in file.entries.statement.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "statement", &entry.id) {
            bank.statements.insert(id, statement(file, entry, place));
        }
    }
    for entry in file.entries.entity.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "entity", &entry.id) {
            bank.entities.insert(id, entity(file, entry, place));
        }
    }
    for entry in file.entries.case.iter().map(Spanned::get_ref) {
        if let Some((id, place)) = names.claim(file, "case", &entry.id) {
            let reason = |(statement, reason): (&Name, &String)| {
                let translated = entry.en.refutes.get(statement);
                (statement.get_ref().clone(), file.phrase(reason, translated))
            };
            let case = Case {
                text: file.phrase(&entry.text, entry.en.text.as_ref()),
                shows: entry.shows.get_ref().clone(),
                why: (entry.why.as_ref())
                    .map(|why| file.phrase(why, entry.en.why.as_ref())),
                refutes: entry.refutes.iter().map(reason).collect(),
                sources: ids(&entry.sources).collect(),
                place,
            };
            bank.cases.insert(id, case);
        }
    }
}

fn statement(file: &BankText, entry: &raw::Statement, place: Place) -> Statement {
    let translated = |label: &Name| entry.en.as_ref().and_then(|en| en.why.get(label));
    let why = entry.why.iter().map(|(label, why)| {
        (label.get_ref().clone(), file.phrase(why, translated(label)))
    });
    Statement {
        phrasings: phrasings(entry)
            .into_iter()
            .filter_map(|(phrasing, base, translated)| {
                let translated = translated.map(Spanned::get_ref);
                Some((phrasing.to_string(), file.phrase(base?, translated)))
            })
            .collect(),
        labels: ids(&entry.labels).collect(),
        also: ids(&entry.also).collect(),
        why: why.collect(),
        cluster: entry.cluster.as_ref().map(|cluster| cluster.get_ref().clone()),
        mirrors: ids(&entry.mirrors).collect(),
        field: entry.field.clone(),
        scope: entry.scope.clone(),
        sources: ids(&entry.sources).collect(),
        standing: standing(entry.as_of.as_ref(), entry.historical, entry.disputed),
        place,
    }
}

/// The phrasings that a statement may have, each with its text and its translation.
pub fn phrasings(
    entry: &raw::Statement,
) -> [(&'static str, Option<&String>, Option<&Name>); 3] {
    let en = entry.en.as_ref();
    [
        ("noun", entry.noun.as_ref(), en.and_then(|en| en.noun.as_ref())),
        ("verb", entry.verb.as_ref(), en.and_then(|en| en.verb.as_ref())),
        ("clause", entry.clause.as_ref(), en.and_then(|en| en.clause.as_ref())),
    ]
}

fn standing(as_of: Option<&Day>, historical: bool, disputed: bool) -> Standing {
    Standing { as_of: as_of.map(|day| day.0.clone()), historical, disputed }
}

fn entity(file: &BankText, entry: &raw::Entity, place: Place) -> Entity {
    let translated = |key: &str| entry.en.get(key).map(Spanned::get_ref);
    let mut attributes = LiteMap::new();
    for (attribute, values) in &entry.attributes {
        let translations = translated(attribute.get_ref());
        let values = values.get_ref().iter(values.span());
        let values: Vec<_> = values
            .into_iter()
            .enumerate()
            .map(|(index, (_, written))| value(file, written, index, translations))
            .collect();
        if !values.is_empty() {
            attributes.insert(attribute.get_ref().clone(), values);
        }
    }
    Entity {
        kind: entry.kind.get_ref().clone(),
        name: file
            .phrase(&entry.name, translated("name").and_then(|name| name.0.first())),
        aliases: distinct(entry.aliases.iter().cloned()),
        attributes,
        cluster: entry.cluster.as_ref().map(|cluster| cluster.get_ref().clone()),
        field: entry.field.clone(),
        scope: entry.scope.clone(),
        sources: ids(&entry.sources).collect(),
        standing: standing(entry.as_of.as_ref(), entry.historical, entry.disputed),
        place,
    }
}

fn value(
    file: &BankText,
    written: &RawValue,
    index: usize,
    translations: Option<&Texts>,
) -> Value {
    let listed = translations.and_then(|texts| texts.0.get(index));
    Value {
        text: file.phrase(&written.text, written.translation.as_ref().or(listed)),
        aliases: distinct(written.aliases.iter().cloned()),
        cluster: written.cluster.as_ref().map(|cluster| cluster.get_ref().clone()),
        attribution: written.attribution.clone(),
        standing: Standing {
            as_of: written.as_of.clone(),
            historical: written.historical,
            disputed: written.disputed,
        },
    }
}
