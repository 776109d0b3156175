//! Wrong options: what could be offered, each proven wrong, and what is chosen.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Ask, Claim, Id, Phrase, Verdict, clash, judge};
use crate::exam::build::{Asked, Builder};
use crate::exam::candidates::{self, Target};
use crate::exam::seed::Stream;
use crate::text::plain;

/// An option that could be offered, and why it is wrong.
pub struct Wrong {
    /// What it stands for: a statement, or the holder of a value.
    pub fact: Id,
    /// The option.
    pub text: Phrase,
    /// Why it is wrong.
    pub reason: Phrase,
    /// How far it is from the key; the nearest are offered first.
    pub distance: usize,
}

impl Builder<'_> {
    /// Everything that could be offered as a wrong option, with the proof.
    pub fn wrong(&self) -> Vec<Wrong> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Value { attribute, kinds }, Target::Value { entity, .. }) => {
                self.wrong_values(entity, attribute, kinds)
            }
            (Ask::Subject { attribute, kinds }, Target::Value { entity, index }) => {
                self.wrong_subjects(entity, attribute, *index, kinds)
            }
            (Ask::Label { label, pool, phrasing, .. }, Target::Statement(id)) => self
                .wrong_statements(id, pool, phrasing, |other| {
                    self.judge_label(other, label)
                }),
            (Ask::Case { label, phrasing }, Target::Case(id)) => {
                let Some(case) = self.bank.cases.get(id) else { return Vec::new() };
                let pool = [label.clone()].into();
                self.wrong_statements(&case.shows, &pool, phrasing, |other| {
                    let claim =
                        Claim::Case { case: id.clone(), statement: other.clone() };
                    judge(self.bank, &claim)
                })
            }
            _ => Vec::new(),
        }
    }

    /// Values of other entities that are false of this one; the reason names their holder.
    pub fn wrong_values(
        &self,
        entity: &Id,
        attribute: &Id,
        kinds: &BTreeSet<Id>,
    ) -> Vec<Wrong> {
        let mut found: Vec<Wrong> = Vec::new();
        let on_the_day = |_: &Id, _| self.day;
        for (other, index) in
            candidates::values_on(self.bank, attribute, kinds, on_the_day)
        {
            let Some(holder) = self.bank.entities.get(&other) else { continue };
            let value = &holder.attributes[attribute][index].text;
            if found.iter().any(|wrong| self.same(&wrong.text, value))
                || !self.is_false(entity, attribute, value)
            {
                continue;
            }
            let Verdict::True(reason) = self.judge_value(&other, attribute, value) else {
                continue;
            };
            let distance = self.distance_of_entities(entity, &other);
            found.push(Wrong { fact: other, text: value.clone(), reason, distance });
        }
        found
    }

    /// Other entities of which the value is false; the reason says what they have instead.
    pub fn wrong_subjects(
        &self,
        entity: &Id,
        attribute: &Id,
        index: usize,
        kinds: &BTreeSet<Id>,
    ) -> Vec<Wrong> {
        let Some(subject) = self.bank.entities.get(entity) else { return Vec::new() };
        let value = &subject.attributes[attribute][index].text;
        let others = self.bank.entities.iter().filter(|(_, e)| kinds.contains(&e.kind));
        others
            .filter(|(id, other)| {
                candidates::is_current(&other.standing) && !clash(self.bank, entity, id)
            })
            .filter_map(|(id, other)| match self.judge_value(id, attribute, value) {
                Verdict::False(reason) => Some(Wrong {
                    fact: id.clone(),
                    text: other.name.clone(),
                    reason,
                    distance: self.distance_of_entities(entity, id),
                }),
                _ => None,
            })
            .collect()
    }

    /// Statements of the pool that the oracle calls false.
    pub fn wrong_statements(
        &self,
        key: &Id,
        pool: &BTreeSet<Id>,
        phrasing: &Id,
        verdict: impl Fn(&Id) -> Verdict,
    ) -> Vec<Wrong> {
        let in_pool = |labels: &[Id]| labels.iter().any(|label| pool.contains(label));
        (self.bank.statements.iter())
            .filter(|(id, statement)| {
                in_pool(&statement.labels)
                    && candidates::is_current(&statement.standing)
                    && !clash(self.bank, key, id)
            })
            .filter_map(|(id, statement)| {
                let text = statement.phrasings.get(phrasing)?.clone();
                let Verdict::False(reason) = verdict(id) else { return None };
                let near = |a: &Option<Id>, b: &Option<Id>| usize::from(a != b);
                let own = self.bank.statements.get(key)?;
                let distance = near(&own.field, &statement.field)
                    + near(&own.scope, &statement.scope);
                Some(Wrong { fact: id.clone(), text, reason, distance })
            })
            .collect()
    }

    pub fn distance_of_entities(&self, one: &Id, other: &Id) -> usize {
        let (Some(a), Some(b)) =
            (self.bank.entities.get(one), self.bank.entities.get(other))
        else {
            return 0;
        };
        usize::from(a.kind != b.kind) * 2
            + usize::from(a.field != b.field)
            + usize::from(a.scope != b.scope)
    }

    /// Draws wrong options: near the key in subject, length and first letter, no two that
    /// say the same or clash, and as many as are wanted; `None` if there are too few.
    pub fn choose_wrong(
        &self,
        asked: &Asked,
        mut pool: Vec<Wrong>,
        count: usize,
        stream: &mut Stream,
    ) -> Option<Vec<Wrong>> {
        stream.shuffle(&mut pool);
        pool.sort_by_cached_key(|wrong| {
            wrong.distance + unlikeness(&asked.key, &wrong.text)
        });
        // The nearest few again in random order, so that one key has many sets of options.
        let near = pool.len().min(count + 3);
        let order = stream.order(near);
        let mut nearest: BTreeMap<usize, Wrong> =
            order.into_iter().zip(pool.drain(..near)).collect();
        let mut chosen: Vec<Wrong> = Vec::new();
        let candidates =
            std::iter::from_fn(|| nearest.pop_first().map(|(_, wrong)| wrong));
        for wrong in candidates.chain(pool) {
            let fits = !self.same(&asked.key, &wrong.text)
                && (chosen.iter()).all(|other| {
                    !clash(self.bank, &other.fact, &wrong.fact)
                        && !self.same(&other.text, &wrong.text)
                });
            if fits && chosen.len() < count {
                chosen.push(wrong);
            }
        }
        (chosen.len() == count).then_some(chosen)
    }
}

/// How unlike two options look: a reader picks the one that is much longer or shorter,
/// and expects an acronym's first letter.
fn unlikeness(key: &Phrase, other: &Phrase) -> usize {
    let (a, b) = (plain(&key.base), plain(&other.base));
    let (long, short) = (
        a.chars().count().max(b.chars().count()),
        a.chars().count().min(b.chars().count()),
    );
    let length = match long * 10 {
        tenths if tenths <= short * 14 => 0,
        tenths if tenths <= short * 20 => 1,
        _ => 3,
    };
    length + usize::from(a.chars().next() != b.chars().next())
}
