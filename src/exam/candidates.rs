//! Candidates: what could be asked, before anything is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Ask, Bank, Claim, Id, Pattern, Standing, Verdict, judge_on};
use crate::item_type::ItemType;

/// An item that could be built: a pattern and what it would ask about, or an item that
/// was written by hand, or all items of a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// The item's id.
    pub id: Id,
    /// The topic that it counts for.
    pub topic: Id,
    /// What it is made from; drawing spreads over these.
    pub origin: Id,
    /// What it is about; drawing spreads over these too.
    pub subject: Id,
    /// How it is built.
    pub target: Target,
}

/// What an item is built from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A value of an entity, in either direction.
    Value {
        /// The entity.
        entity: Id,
        /// The value's index among the entity's values for the attribute.
        index: usize,
    },
    /// A statement.
    Statement(Id),
    /// A case.
    Case(Id),
    /// All that the pattern covers: matching, categorize, ordering, and essays that list statements.
    Whole,
    /// An item written by hand.
    Authored,
    /// The items of a group, which are drawn as a whole.
    Group(Vec<Id>),
}

impl Candidate {
    /// How many items it makes.
    pub fn size(&self) -> usize {
        match &self.target {
            Target::Group(items) => items.len(),
            _ => 1,
        }
    }

    /// Whether it makes the items of a group.
    pub fn is_group(&self) -> bool {
        matches!(self.target, Target::Group(_))
    }
}

/// Everything of one type that the bank could ask, in a fixed order; `dated` if values that
/// are known up to a day are to be asked too.
pub fn candidates(bank: &Bank, item_type: ItemType, dated: bool) -> Vec<Candidate> {
    let authored = (bank.items.iter())
        .filter(|(_, item)| item.item_type == item_type && item.stimulus.is_none())
        .map(|(id, item)| Candidate {
            id: id.clone(),
            topic: item.topic.clone(),
            // They count as one pattern, so that not every paper asks all of them.
            origin: format!("authored/{}", item.topic),
            subject: id.clone(),
            target: Target::Authored,
        });
    let patterns = bank.patterns.iter().filter(|(_, p)| p.item_type == item_type);
    let generated = patterns.flat_map(|(id, pattern)| {
        targets(bank, pattern, dated).into_iter().map(move |(subject, target)| {
            Candidate {
                id: if subject == *id { id.clone() } else { format!("{id}:{subject}") },
                topic: pattern.topic.clone(),
                origin: id.clone(),
                subject,
                target,
            }
        })
    });
    let groups = groups(bank, item_type);
    let mut all: Vec<Candidate> = authored.chain(groups).chain(generated).collect();
    all.sort();
    all
}

/// The groups of a type: all items with one stimulus.
fn groups(bank: &Bank, item_type: ItemType) -> impl Iterator<Item = Candidate> {
    let mut groups: BTreeMap<&Id, (&Id, Vec<Id>)> = BTreeMap::new();
    for (id, item) in bank.items.iter().filter(|(_, i)| i.item_type == item_type) {
        if let Some(stimulus) = &item.stimulus {
            let (_, items) = groups.entry(stimulus).or_insert((&item.topic, Vec::new()));
            items.push(id.clone());
        }
    }
    groups.into_iter().map(|(stimulus, (topic, items))| Candidate {
        id: stimulus.clone(),
        topic: topic.clone(),
        origin: format!("authored/{topic}"),
        subject: stimulus.clone(),
        target: Target::Group(items),
    })
}

/// What a pattern can ask about, with the name of each subject.
fn targets(bank: &Bank, pattern: &Pattern, dated: bool) -> Vec<(Id, Target)> {
    match (&pattern.ask, pattern.item_type) {
        (_, ItemType::Matching | ItemType::Categorize | ItemType::Ordering) => {
            vec![(pattern_id(bank, pattern), Target::Whole)]
        }
        (Ask::Label { .. }, ItemType::Essay) => {
            vec![(pattern_id(bank, pattern), Target::Whole)]
        }
        (Ask::Subject { attribute, kinds }, ItemType::MultipleAnswer) => {
            named(bank, shared(bank, attribute, kinds))
        }
        (Ask::Subject { attribute, kinds }, _) if pattern.negative => {
            named(bank, shared(bank, attribute, kinds))
        }
        (Ask::Value { attribute, kinds }, ItemType::MultipleAnswer) => {
            named(bank, several(bank, attribute, kinds))
        }
        (Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds }, _) => {
            let mut found = Vec::new();
            if !pattern.stems(false).is_empty() {
                found.extend(values(bank, attribute, kinds));
            }
            if dated && !pattern.stems(true).is_empty() {
                found.extend(dated_values(bank, attribute, kinds));
            }
            named(bank, found)
        }
        (Ask::Label { pool, phrasing, .. }, _) if pattern.negative => {
            statements(bank, &pool.iter().collect(), phrasing)
        }
        (Ask::Label { label, pool, phrasing, .. }, item_type) => {
            // A statement of the pool makes a false claim, which only true-false asks.
            let pool = (item_type == ItemType::TrueFalse).then_some(pool);
            let labels: BTreeSet<&Id> =
                pool.into_iter().flatten().chain([label]).collect();
            statements(bank, &labels, phrasing)
        }
        (Ask::Categories { .. }, _) => Vec::new(),
        (Ask::Case { label, phrasing }, _) => {
            let shows = |id: &Id| {
                bank.statements.get(id).is_some_and(|statement| {
                    statement.labels.contains(label)
                        && statement.phrasings.contains_key(phrasing)
                        && is_current(&statement.standing)
                })
            };
            let cases = bank.cases.iter().filter(|(_, case)| shows(&case.shows));
            cases.map(|(id, _)| (id.clone(), Target::Case(id.clone()))).collect()
        }
    }
}

/// Values of entities as targets, each with its name.
fn named(bank: &Bank, values: Vec<(Id, usize)>) -> Vec<(Id, Target)> {
    let named = values.into_iter().map(|(entity, index)| {
        (bank.value_name(&entity, index), Target::Value { entity, index })
    });
    named.collect()
}

/// The values that several entities have, each by the first of them.
fn shared(bank: &Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<(Id, usize)> {
    let mut alike: BTreeMap<String, Vec<(Id, usize)>> = BTreeMap::new();
    for (entity, index) in values(bank, attribute, kinds) {
        let text = &bank.entities[&entity].attributes[attribute][index].text;
        alike.entry(bank.canonical(&text.base)).or_default().push((entity, index));
    }
    let shared = alike.into_values().filter(|holders| holders.len() > 1);
    shared.filter_map(|holders| holders.into_iter().next()).collect()
}

/// The first value of every entity that has several.
fn several(bank: &Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<(Id, usize)> {
    let mut held: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (entity, index) in values(bank, attribute, kinds) {
        held.entry(entity).or_default().push(index);
    }
    held.retain(|_, indices| indices.len() > 1);
    held.into_iter().map(|(entity, indices)| (entity, indices[0])).collect()
}

fn pattern_id(bank: &Bank, pattern: &Pattern) -> Id {
    let found = bank.patterns.iter().find(|(_, other)| std::ptr::eq(*other, pattern));
    found.map_or(Id::new(), |(id, _)| id.clone())
}

/// The values that can be asked: those that the oracle calls true.
pub fn values(bank: &Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<(Id, usize)> {
    values_on(bank, attribute, kinds, |_, _| None)
}

/// The values that can be asked if the question states the day up to which they are known.
fn dated_values(bank: &Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<(Id, usize)> {
    let own = |id: &Id, index| day(bank, id, attribute, index);
    let mut found = values_on(bank, attribute, kinds, own);
    found.retain(|(id, index)| own(id, *index).is_some());
    found
}

/// The values that the oracle calls true, each on a day or for good.
pub fn values_on<'b>(
    bank: &'b Bank,
    attribute: &Id,
    kinds: &BTreeSet<Id>,
    on: impl Fn(&Id, usize) -> Option<&'b str>,
) -> Vec<(Id, usize)> {
    let mut found = Vec::new();
    for (id, entity) in bank.entities.iter().filter(|(_, e)| kinds.contains(&e.kind)) {
        for (index, value) in
            entity.attributes.get(attribute).into_iter().flatten().enumerate()
        {
            let claim = Claim::Value {
                entity: id.clone(),
                attribute: attribute.clone(),
                value: value.text.base.clone(),
            };
            if matches!(judge_on(bank, &claim, on(id, index)), Verdict::True(_)) {
                found.push((id.clone(), index));
            }
        }
    }
    found
}

/// The day up to which a value is known to hold, if it does not hold for good.
pub fn day<'b>(
    bank: &'b Bank,
    entity: &Id,
    attribute: &Id,
    index: usize,
) -> Option<&'b str> {
    let subject = bank.entities.get(entity)?;
    let value = subject.attributes.get(attribute)?.get(index)?;
    value.standing.as_of.as_deref().or(subject.standing.as_of.as_deref())
}

/// The statements that carry one of the labels and have the phrasing.
fn statements(bank: &Bank, labels: &BTreeSet<&Id>, phrasing: &Id) -> Vec<(Id, Target)> {
    (bank.statements.iter())
        .filter(|(_, statement)| {
            statement.labels.iter().any(|label| labels.contains(label))
                && statement.phrasings.contains_key(phrasing)
                && is_current(&statement.standing)
        })
        .map(|(id, _)| (id.clone(), Target::Statement(id.clone())))
        .collect()
}

/// Whether a fact holds today without any doubt.
pub fn is_current(standing: &Standing) -> bool {
    *standing == Standing::default()
}
