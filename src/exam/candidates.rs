//! Candidates: what could be asked, before anything is drawn.

use std::borrow::Cow;
use std::cmp::Ordering;
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
    pub origin: Cow<'a, str>,
    /// What it is about; drawing spreads over these too.
    pub subject: Cow<'a, str>,
    /// How it is built.
    pub target: Target<'a>,
}

/// What an item is built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target<'a> {
    /// A value of an entity, in either direction.
    Value {
        /// The entity.
        entity: &'a Id,
        /// The value's index among the entity's values for the attribute.
        index: usize,
        /// The day up to which it is known to hold, if it does not hold for good.
        day: Option<&'a str>,
    },
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
        self.parts().concat()
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

    fn parts(&self) -> [&str; 3] {
        match self.target {
            Target::Whole | Target::Authored | Target::Group(_) => {
                ["", "", &self.subject]
            }
            _ if self.subject == self.origin => ["", "", &self.subject],
            _ => [&self.origin, ":", &self.subject],
        }
    }

    /// How the ids compare, without making them.
    fn compare(&self, other: &Candidate) -> Ordering {
        let ([one, _, a], [two, _, b]) = (self.parts(), other.parts());
        if one == two {
            return a.cmp(b);
        }
        let bytes = |candidate| {
            let parts: [&str; 3] = Candidate::parts(candidate);
            parts.into_iter().flat_map(str::bytes)
        };
        bytes(self).cmp(bytes(other))
    }
}

/// Everything of one type that the bank could ask, in a fixed order; `dated` if values that
/// are known up to a day are to be asked too.
pub fn candidates(bank: &Bank, item_type: ItemType, dated: bool) -> Vec<Candidate<'_>> {
    let authored = (bank.items.iter())
        .filter(|(_, item)| item.item_type == item_type && item.stimulus.is_none())
        .map(|(id, item)| Candidate {
            topic: &item.topic,
            // They count as one pattern, so that not every paper asks all of them.
            origin: format!("authored/{}", item.topic).into(),
            subject: id.into(),
            target: Target::Authored,
        });
    let patterns = bank.patterns.iter().filter(|(_, p)| p.item_type == item_type);
    let generated = patterns.flat_map(|(id, pattern)| {
        let targets = targets(bank, id, pattern, dated).into_iter();
        targets.map(move |(subject, target)| Candidate {
            topic: &pattern.topic,
            origin: id.into(),
            subject,
            target,
        })
    });
    let groups = groups(bank, item_type);
    let mut all: Vec<Candidate> = authored.chain(groups).chain(generated).collect();
    all.sort_by(Candidate::compare);
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
        origin: format!("authored/{topic}").into(),
        subject: stimulus.into(),
        target: Target::Group(items),
    })
}

/// What a pattern can ask about, with the name of each subject.
fn targets<'a>(
    bank: &'a Bank,
    id: &'a Id,
    pattern: &'a Pattern,
    dated: bool,
) -> Vec<(Cow<'a, str>, Target<'a>)> {
    match (&pattern.ask, pattern.item_type) {
        (_, ItemType::Matching | ItemType::Categorize | ItemType::Ordering) => {
            vec![(id.into(), Target::Whole)]
        }
        (Ask::Label { .. }, ItemType::Essay) => vec![(id.into(), Target::Whole)],
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
            let lasting = !pattern.stems(false).is_empty();
            let dated = dated && !pattern.stems(true).is_empty();
            let mut found = held(bank, attribute, kinds);
            found.retain(|held| if held.day.is_some() { dated } else { lasting });
            named(bank, found)
        }
        (Ask::Label { pool, phrasing, .. }, _) if pattern.negative => {
            stated(carriers(bank, pool, phrasing))
        }
        (Ask::Label { label, pool, phrasing, .. }, item_type) => {
            // A statement of the pool makes a false claim, which only true-false asks.
            let pool = (item_type == ItemType::TrueFalse).then_some(pool);
            let labels = pool.into_iter().flatten().chain([label]);
            stated(carriers(bank, labels, phrasing))
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
            cases.map(|(id, _)| (id.into(), Target::Case(id))).collect()
        }
    }
}

/// Values of entities as targets, each with its name.
fn named<'a>(bank: &Bank, values: Vec<&'a Held>) -> Vec<(Cow<'a, str>, Target<'a>)> {
    let named = values.into_iter().map(|held| {
        let (entity, index) = (&held.entity, held.index);
        let subject = match index {
            0 => entity.into(),
            _ => bank.value_name(entity, index).into(),
        };
        (subject, Target::Value { entity, index, day: held.day.as_deref() })
    });
    named.collect()
}

/// Statements as targets, each with its name.
fn stated(ids: Vec<&Id>) -> Vec<(Cow<'_, str>, Target<'_>)> {
    ids.into_iter().map(|id| (id.into(), Target::Statement(id))).collect()
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
    let mut found = held(bank, attribute, kinds);
    found.retain(|held| held.day.is_none() || held.day.as_deref() == day);
    found
}

/// The values that entities of these kinds surely have, whatever the day.
fn held<'a>(bank: &'a Bank, attribute: &Id, kinds: &BTreeSet<Id>) -> Vec<&'a Held> {
    let held = bank.index.values.get(attribute).into_iter().flatten();
    held.filter(|held| kinds.contains(&held.kind)).collect()
}

/// The statements that surely carry one of the labels and have the phrasing, in the order
/// of their ids.
pub fn carriers<'a>(
    bank: &'a Bank,
    labels: impl IntoIterator<Item = &'a Id>,
    phrasing: &Id,
) -> Vec<&'a Id> {
    let carriers = labels.into_iter().filter_map(|label| bank.index.carriers.get(label));
    let mut labels = 0;
    let carriers = carriers.inspect(|_| labels += 1).flatten();
    let worded = carriers.filter(|c| c.phrasings.contains(phrasing));
    let mut ids: Vec<&Id> = worded.map(|carrier| &carrier.statement).collect();
    // Those of one label are in order already.
    if labels > 1 {
        ids.sort();
        ids.dedup();
    }
    ids
}

/// Whether a fact holds today without any doubt.
pub fn is_current(standing: &Standing) -> bool {
    *standing == Standing::default()
}
