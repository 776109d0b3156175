//! Candidates: what could be asked, before anything is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Ask, Bank, Held, Id, Pattern, Standing};
use crate::item_type::ItemType;

/// An item that could be built: a pattern and what it would ask about, or an item that
/// was written by hand, or all items of a group. It borrows from the bank, since there are many and few are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The topic that it counts for.
    pub topic: &'a Id,
    /// What it is made from; drawing spreads over these.
    pub origin: &'a Id,
    /// What it is about; drawing spreads over these too.
    pub subject: &'a Id,
    /// How it is built.
    pub target: Target<'a>,
}

/// What an item is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'a> {
    /// A value of an entity, in either direction.
    Value(&'a Held),
    /// A statement.
    Statement(&'a Id),
    /// A case.
    Case(&'a Id),
    /// All that the pattern covers: matching, categorize, ordering, and essays that list statements.
    Whole,
    /// An item written by hand.
    Authored,
    /// The items of a group, which are drawn as a whole.
    Group(Vec<&'a Id>),
}

impl Candidate<'_> {
    /// The item's id, or that of the stimulus of a group.
    pub fn id(&self) -> Id {
        match self.target {
            Target::Whole | Target::Authored | Target::Group(_) => {
                self.subject.to_string()
            }
            _ if self.subject == self.origin => self.subject.to_string(),
            _ => format!("{}:{}", self.origin, self.subject),
        }
    }

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

/// Everything of one type that the bank could ask, in a fixed order: what is written by
/// hand, groups, and what each pattern yields; `dated` if values that are known up to a day
/// are to be asked too.
pub fn candidates(bank: &Bank, item_type: ItemType, dated: bool) -> Vec<Candidate<'_>> {
    let authored = (bank.items.iter())
        .filter(|(_, item)| item.item_type == item_type && item.stimulus.is_none())
        .map(|(id, item)| Candidate {
            topic: &item.topic,
            origin: &bank.index.authored[&item.topic],
            subject: id,
            target: Target::Authored,
        });
    let mut all: Vec<Candidate> = authored.chain(groups(bank, item_type)).collect();
    for (id, pattern) in bank.patterns.iter().filter(|(_, p)| p.item_type == item_type) {
        let (topic, origin) = (&pattern.topic, id);
        let targets = targets(bank, id, pattern, dated);
        all.reserve(targets.size_hint().1.unwrap_or_default());
        let candidate = |(subject, target)| Candidate { topic, origin, subject, target };
        all.extend(targets.map(candidate));
    }
    all
}

/// The groups of a type: all items with one stimulus.
fn groups(bank: &Bank, item_type: ItemType) -> impl Iterator<Item = Candidate<'_>> {
    let mut groups: BTreeMap<&Id, (&Id, Vec<&Id>)> = BTreeMap::new();
    for (id, item) in bank.items.iter().filter(|(_, i)| i.item_type == item_type) {
        if let Some(stimulus) = &item.stimulus {
            let (_, items) = groups.entry(stimulus).or_insert((&item.topic, Vec::new()));
            items.push(id);
        }
    }
    groups.into_iter().map(|(stimulus, (topic, items))| Candidate {
        topic,
        origin: &bank.index.authored[topic],
        subject: stimulus,
        target: Target::Group(items),
    })
}

/// What a pattern can ask about, with the name of each subject.
fn targets<'a>(
    bank: &'a Bank,
    id: &'a Id,
    pattern: &'a Pattern,
    dated: bool,
) -> Box<dyn Iterator<Item = (&'a Id, Target<'a>)> + 'a> {
    let named = |held: &'a Held| (&held.name, Target::Value(held));
    let stated = |id: &'a Id| (id, Target::Statement(id));
    match (&pattern.ask, pattern.item_type) {
        (_, ItemType::Matching | ItemType::Categorize | ItemType::Ordering)
        | (Ask::Label { .. }, ItemType::Essay) => {
            Box::new(std::iter::once((id, Target::Whole)))
        }
        (Ask::Subject { attribute, kinds }, item_type)
            if pattern.negative || item_type == ItemType::MultipleAnswer =>
        {
            Box::new(shared(bank, attribute, kinds).into_iter().map(named))
        }
        (Ask::Value { attribute, kinds }, ItemType::MultipleAnswer) => {
            Box::new(several(bank, attribute, kinds).into_iter().map(named))
        }
        (Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds }, _) => {
            let lasting = !pattern.stems(false).is_empty();
            let dated = dated && !pattern.stems(true).is_empty();
            let asked =
                move |held: &&Held| if held.day.is_some() { dated } else { lasting };
            Box::new(held(bank, attribute, kinds).filter(asked).map(named))
        }
        (Ask::Label { pool, phrasing, .. }, _) if pattern.negative => {
            Box::new(carriers(bank, pool, phrasing).into_iter().map(stated))
        }
        (Ask::Label { label, pool, phrasing, .. }, item_type) => {
            // A statement of the pool makes a false claim, which only true-false asks.
            let pool = (item_type == ItemType::TrueFalse).then_some(pool);
            let labels = pool.into_iter().flatten().chain([label]);
            Box::new(carriers(bank, labels, phrasing).into_iter().map(stated))
        }
        (Ask::Categories { .. }, _) => Box::new(std::iter::empty()),
        (Ask::Case { label, phrasing }, _) => {
            let shows = move |id: &Id| {
                bank.statements.get(id).is_some_and(|statement| {
                    statement.labels.contains(label)
                        && statement.phrasings.contains_key(phrasing)
                        && is_current(&statement.standing)
                })
            };
            let cases = bank.cases.iter().filter(move |(_, case)| shows(&case.shows));
            Box::new(cases.map(|(id, _)| (id, Target::Case(id))))
        }
    }
}

/// The values that several entities have, each by the first of them.
fn shared<'a>(bank: &'a Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<&'a Held> {
    let mut alike: BTreeMap<&str, Vec<&Held>> = BTreeMap::new();
    for held in values(bank, attribute, kinds, None) {
        alike.entry(&held.canonical).or_default().push(held);
    }
    let shared = alike.into_values().filter(|holders| holders.len() > 1);
    shared.filter_map(|holders| holders.into_iter().next()).collect()
}

/// The first value of every entity that has several.
fn several<'a>(bank: &'a Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<&'a Held> {
    let values = values(bank, attribute, kinds, None);
    let entities = values.chunk_by(|one, two| one.entity == two.entity);
    entities.filter(|held| held.len() > 1).map(|held| held[0]).collect()
}

/// The values that entities of these kinds surely have for good, or on the day that is
/// spoken of.
pub fn values<'a>(
    bank: &'a Bank,
    attribute: &Id,
    kinds: &BTreeSet<Id>,
    day: Option<&str>,
) -> Vec<&'a Held> {
    let known = move |held: &&Held| held.day.is_none() || held.day.as_deref() == day;
    held(bank, attribute, kinds).filter(known).collect()
}

/// The values that entities of these kinds surely have, whatever the day.
fn held<'a, 'b>(
    bank: &'a Bank,
    attribute: &Id,
    kinds: &'b BTreeSet<Id>,
) -> impl Iterator<Item = &'a Held> + use<'a, 'b> {
    let held = bank.index.values.get(attribute).into_iter().flatten();
    held.filter(|held| kinds.contains(&held.kind))
}

/// The statements that surely carry one of the labels and have the phrasing, in the order
/// of their ids.
pub fn carriers<'a, 'b>(
    bank: &'a Bank,
    labels: impl IntoIterator<Item = &'b Id>,
    phrasing: &Id,
) -> Vec<&'a Id> {
    let index = &bank.index.carriers;
    let of_label = |label| index.get(label).and_then(|worded| worded.get(phrasing));
    let mut places: Vec<usize> =
        labels.into_iter().filter_map(of_label).flatten().copied().collect();
    places.sort();
    places.dedup();
    let statement = |place| bank.statements.get_index(place);
    places.into_iter().filter_map(statement).map(|(id, _)| id).collect()
}

/// Whether a fact holds today without any doubt.
pub fn is_current(standing: &Standing) -> bool {
    *standing == Standing::default()
}
