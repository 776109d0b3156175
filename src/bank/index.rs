//! What the oracle looks up instead of searching the bank.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use foldhash::fast::FixedState;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::bank::{Bank, Entity, Id, Term, Value};
use crate::text::plain;

/// What the oracle looks up; made from the rest of the bank by [`Bank::reindex`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// The keys of [`Bank::terms`] by every normal spelling of the term.
    pub terms: BTreeMap<String, String>,
    /// The canonical spelling of every text that is a value or names one.
    pub canonical: IndexMap<String, String, FixedState>,
    /// What the items of each topic that are written by hand count as made from: one
    /// pattern, so that not every paper asks all of them.
    pub authored: BTreeMap<Id, Id>,
    /// Labels that no statement carries together with a label, whichever side declares it.
    pub disjoint: BTreeMap<Id, BTreeSet<Id>>,
    /// The labels that some statement of a cluster carries or can be said to carry.
    pub cluster_labels: BTreeMap<Id, BTreeSet<Id>>,
    /// The statements that surely carry a label, by label and phrasing: their places among
    /// all statements, in order.
    pub carriers: BTreeMap<Id, BTreeMap<Id, Vec<usize>>>,
    /// Other statements that read the same as a statement in some phrasing and language.
    pub namesakes: BTreeMap<Id, BTreeSet<Id>>,
    /// Who holds what: by attribute and canonical value.
    pub holdings: BTreeMap<Id, BTreeMap<String, Holding>>,
    /// The values that entities surely have, at least on a day, by attribute, in the order
    /// of the entities.
    pub values: BTreeMap<Id, Vec<Held>>,
}

/// A value that an entity surely has, for good or on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The entity.
    pub entity: Id,
    /// The entity's kind.
    pub kind: Id,
    /// The value's index among the entity's values for the attribute.
    pub index: usize,
    /// The value's name, as [`Bank::value_name`] has it.
    pub name: Id,
    /// Its canonical spelling.
    pub canonical: String,
    /// The day up to which it is known to hold, if it does not hold for good.
    pub day: Option<String>,
}

/// What is known about a value of an attribute, from all who hold it; each thing once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The entities that hold it, in order.
    pub holders: Vec<Id>,
    /// The clusters that they put it in.
    pub clusters: Vec<Id>,
    /// All its spellings in all languages, canonical.
    pub spellings: Vec<String>,
}

impl Bank {
    /// Makes the index anew. Whoever changes a bank or puts one together by hand must call
    /// this before the oracle is asked.
    pub fn reindex(&mut self) {
        self.sort();
        self.index = Index::of(self);
    }

    /// Puts facts in order, as the index wants them.
    pub(super) fn sort(&mut self) {
        self.statements.sort_unstable_keys();
        self.entities.sort_unstable_keys();
    }

    /// The value as all its spellings have it: in the normal spelling of its term, if it
    /// has one.
    pub fn canonical(&self, value: &str) -> Cow<'_, str> {
        self.index.spelling(value)
    }

    /// Whether a value in the bank's own language has this canonical spelling.
    pub(super) fn is_named(&self, value: &Value, canonical: &str) -> bool {
        self.index.is_named(value, canonical)
    }

    /// The canonical spellings of a value in the bank's own language, the usual one first.
    pub(super) fn names<'a>(
        &'a self,
        value: &'a Value,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        self.index.names(value)
    }

    /// The canonical spellings of a value in other languages.
    pub(super) fn translations<'a>(
        &'a self,
        value: &'a Value,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        self.index.translations(value)
    }
}

impl Index {
    /// The index of a bank whose facts are in order.
    pub(super) fn of(bank: &Bank) -> Index {
        let mut index = Index { terms: terms(&bank.terms), ..Index::default() };
        index.canonical = index.spelt(bank);
        for (id, label) in &bank.labels {
            for other in &label.disjoint {
                let disjoint = &mut index.disjoint;
                disjoint.entry(id.clone()).or_default().insert(other.clone());
                disjoint.entry(other.clone()).or_default().insert(id.clone());
            }
        }
        let topics = bank.items.values().map(|item| &item.topic);
        let origin = |topic: &Id| (topic.clone(), format!("authored/{topic}"));
        index.authored = topics.map(origin).collect();
        index.add_statements(bank);
        index.add_values(bank);
        index
    }

    fn add_statements(&mut self, bank: &Bank) {
        let index = self;
        let mut wordings: BTreeMap<String, BTreeSet<&Id>> = BTreeMap::new();
        for (place, (id, statement)) in bank.statements.iter().enumerate() {
            if let Some(cluster) = &statement.cluster {
                let labels = index.cluster_labels.entry(cluster.clone()).or_default();
                labels.extend(statement.labels.iter().chain(&statement.also).cloned());
            }
            let sure = statement.standing.holds_on(None);
            for label in statement.labels.iter().filter(|_| sure) {
                let worded = index.carriers.entry(label.clone()).or_default();
                for phrasing in statement.phrasings.keys() {
                    worded.entry(phrasing.clone()).or_default().push(place);
                }
            }
            for phrase in statement.phrasings.values() {
                for text in phrase.translations.values().chain([&phrase.base]) {
                    wordings.entry(normal(text)).or_default().insert(id);
                }
            }
        }
        for alike in wordings.values().filter(|alike| alike.len() > 1) {
            for &id in alike {
                let others = alike.iter().filter(|&&other| other != id);
                let namesakes = index.namesakes.entry(id.clone()).or_default();
                namesakes.extend(others.map(|&other| other.clone()));
            }
        }
    }

    /// The canonical spelling of everything that values are written as, which the oracle
    /// asks for again and again.
    fn spelt(&self, bank: &Bank) -> IndexMap<String, String, FixedState> {
        let entities = bank.entities.values();
        let values = entities.flat_map(|entity| entity.attributes.values().flatten());
        let texts = values.flat_map(|value| {
            let text = value.text.translations.values().chain([&value.text.base]);
            text.chain(&value.aliases)
        });
        let mut spelt: IndexMap<String, String, FixedState> = IndexMap::default();
        for text in texts {
            if !spelt.contains_key(text) {
                spelt.insert(text.clone(), self.spelling(text).into_owned());
            }
        }
        spelt
    }

    fn add_values(&mut self, bank: &Bank) {
        let mut holdings: BTreeMap<Id, BTreeMap<String, Holding>> = BTreeMap::new();
        let mut sure: BTreeMap<Id, Vec<Held>> = BTreeMap::new();
        for (id, entity) in &bank.entities {
            for (attribute, values) in &entity.attributes {
                let known = holdings.entry(attribute.clone()).or_default();
                for value in values {
                    for name in self.names(value) {
                        let holding = known.entry(name.into_owned()).or_default();
                        // Entities come in order.
                        if holding.holders.last() != Some(id) {
                            holding.holders.push(id.clone());
                        }
                        let clusters =
                            value.cluster.iter().map(|id| Cow::from(id.as_str()));
                        let spellings = self.names(value).chain(self.translations(value));
                        add_new(&mut holding.clusters, clusters);
                        add_new(&mut holding.spellings, spellings);
                    }
                }
                let held = self.sure(bank, id, entity, values);
                sure.entry(attribute.clone()).or_default().extend(held);
            }
        }
        self.holdings = holdings;
        self.values = sure;
    }

    /// Those of an entity's values that the entity surely has. What it has in two
    /// spellings is only as sure as the first of them.
    fn sure(&self, bank: &Bank, id: &Id, entity: &Entity, values: &[Value]) -> Vec<Held> {
        let held = values.iter().enumerate().filter_map(|(index, value)| {
            let canonical = self.spelling(&value.text.base).into_owned();
            let first = values.iter().find(|other| self.is_named(other, &canonical))?;
            let own = value.standing.as_of.as_ref().or(entity.standing.as_of.as_ref());
            let day = [None, own].into_iter().find(|day| {
                let day = day.map(String::as_str);
                entity.standing.holds_on(day) && first.standing.holds_on(day)
            })?;
            let (entity, kind) = (id.clone(), entity.kind.clone());
            let name = bank.value_name(id, index);
            Some(Held { entity, kind, index, name, canonical, day: day.cloned() })
        });
        held.collect()
    }

    /// The value as all its spellings have it: in the normal spelling of its term, if it
    /// has one.
    fn spelling(&self, value: &str) -> Cow<'_, str> {
        if let Some(known) = self.canonical.get(value) {
            return known.into();
        }
        let spelling = normal(value);
        self.terms.get(&spelling).map_or(spelling, |term| normal(term)).into()
    }

    /// Whether a value in the bank's own language has this canonical spelling.
    fn is_named(&self, value: &Value, canonical: &str) -> bool {
        self.names(value).any(|name| name == canonical)
    }

    /// The canonical spellings of a value in the bank's own language, the usual one first.
    fn names<'a>(&'a self, value: &'a Value) -> impl Iterator<Item = Cow<'a, str>> {
        let own = [&value.text.base].into_iter().chain(&value.aliases);
        own.map(|spelling| self.spelling(spelling))
    }

    /// The canonical spellings of a value in other languages.
    fn translations<'a>(
        &'a self,
        value: &'a Value,
    ) -> impl Iterator<Item = Cow<'a, str>> {
        value.text.translations.values().map(|text| self.spelling(text))
    }
}

/// Adds texts to the few that are there, unless they are among them.
fn add_new<'a>(known: &mut Vec<String>, texts: impl Iterator<Item = Cow<'a, str>>) {
    for text in texts {
        if !known.iter().any(|known| *known == text) {
            known.push(text.into_owned());
        }
    }
}

/// Every normal spelling of the terms. A translation counts where no term is written so.
pub(super) fn terms(terms: &BTreeMap<String, Term>) -> BTreeMap<String, String> {
    let mut spellings = BTreeMap::new();
    for (key, term) in terms {
        for spelling in term.aliases.iter().chain([key]) {
            spellings.entry(normal(spelling)).or_insert_with(|| key.clone());
        }
    }
    for (key, term) in terms {
        for spelling in term.text.translations.values() {
            spellings.entry(normal(spelling)).or_insert_with(|| key.clone());
        }
    }
    spellings
}

/// A text without markup, in lower case, with single spaces.
pub(super) fn normal(text: &str) -> String {
    let plain = plain(text).to_lowercase();
    // Mostly all spaces are single ones already.
    if plain.is_ascii() && plain.split(' ').all(is_word) {
        return plain;
    }
    let mut normal = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

/// Whether there is something, and no blank in it.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte > b' ')
}
