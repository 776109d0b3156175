//! Ordering items: entities to be put in the order of a number that each of them has.

use std::collections::BTreeSet;

use crate::bank::{Ask, Id, Verdict, clash};
use crate::exam::build::{Builder, value_fact};
use crate::exam::candidates;
use crate::exam::item::{Item, Step, Task};
use crate::exam::seed::Stream;
use crate::text::plain;

impl Builder<'_> {
    /// Draws entities with numbers of which all differ, and every one is provably false of
    /// the other entities: an order that nobody can dispute.
    pub fn ordering(&self, stream: &mut Stream) -> Option<Item> {
        let Ask::Value { attribute, kinds } = &self.pattern.ask else { return None };
        let mut all = candidates::values(self.bank, attribute, kinds, self.day);
        stream.shuffle(&mut all);
        let used = self.used(attribute);
        let mut drawn: Vec<(u64, &Id)> = Vec::new();
        for entity in all.into_iter().map(|held| &held.entity) {
            if drawn.len() == self.site.plan.steps {
                break;
            }
            let Some(number) = self.only_number(entity, attribute) else { continue };
            let apart = drawn.iter().all(|(other, id)| {
                *other != number
                    && !clash(self.bank, id, entity)
                    && self.excludes(entity, id, attribute)
                    && self.excludes(id, entity, attribute)
            });
            if apart && !used.contains(entity.as_str()) {
                drawn.push((number, entity));
            }
        }
        if drawn.len() < self.site.plan.steps {
            return None;
        }
        drawn.sort();
        let mut sources = BTreeSet::new();
        let mut facts = BTreeSet::new();
        let mut steps = Vec::new();
        for (_, entity) in drawn {
            let subject = self.bank.entities.get(entity)?;
            let value = &subject.attributes[attribute].first()?.text;
            let verdict = self.judge_value(entity, attribute, value);
            let Verdict::True(reason) = verdict else { return None };
            steps.push(Step { text: subject.name.clone(), reason: Some(reason) });
            facts.insert(value_fact(entity, attribute));
            sources.extend(subject.sources.iter().cloned());
        }
        let task = Task::Ordering { steps, reason: None };
        let sources = sources.into_iter().collect();
        Some(self.item(Vec::new(), task, facts, BTreeSet::new(), sources, stream))
    }

    /// The number that an entity has, if it has only one value and that is a number.
    fn only_number(&self, entity: &Id, attribute: &Id) -> Option<u64> {
        match &self.bank.entities.get(entity)?.attributes.get(attribute)?[..] {
            [value] => plain(&value.text.base).trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether the value of one entity is provably false of the other.
    fn excludes(&self, one: &Id, other: &Id, attribute: &Id) -> bool {
        let value = &self.bank.entities[one].attributes[attribute][0].text;
        self.is_false(other, attribute, value)
    }
}
