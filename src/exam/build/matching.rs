//! Matching items: pairs of which no option fits two premises.

use std::collections::BTreeSet;

use crate::bank::{Ask, Held, Id, Phrase, Verdict, clash};
use crate::exam::build::{Builder, value_fact};
use crate::exam::candidates;
use crate::exam::item::{Item, Match, Task};
use crate::exam::seed::Stream;

/// An entity and a value that it has.
struct Pairing<'a> {
    entity: &'a Id,
    value: &'a Phrase,
}

impl Builder<'_> {
    /// Draws pairs and further options such that every option is provably false of every
    /// premise but its own. Entities stand at the left, or values if these are given.
    pub fn matching(&self, stream: &mut Stream) -> Option<Item> {
        let (attribute, kinds, forward) = match &self.pattern.ask {
            Ask::Value { attribute, kinds } => (attribute, kinds, true),
            Ask::Subject { attribute, kinds } => (attribute, kinds, false),
            _ => return None,
        };
        let (pairs, extra) = (self.site.plan.pairs, self.site.plan.extra);
        let drawn = self.draw_apart(attribute, kinds, pairs + extra, stream);
        if drawn.len() < pairs + extra {
            return None;
        }
        let mut sources = BTreeSet::new();
        let mut facts = BTreeSet::new();
        let mut matches = Vec::new();
        for pairing in &drawn[..pairs] {
            let subject = self.bank.entities.get(pairing.entity)?;
            let verdict = self.judge_value(pairing.entity, attribute, pairing.value);
            let Verdict::True(reason) = verdict else { return None };
            let (entity, value) = (subject.name.clone(), pairing.value.clone());
            let (premise, option) =
                if forward { (entity, value) } else { (value, entity) };
            matches.push(Match { premise, option, reason: Some(reason) });
            facts.insert(value_fact(pairing.entity, attribute));
            sources.extend(subject.sources.iter().cloned());
        }
        let option = |pairing: &Pairing| match forward {
            true => Some(pairing.value.clone()),
            false => Some(self.bank.entities.get(pairing.entity)?.name.clone()),
        };
        let extra = drawn[pairs..].iter().map(option).collect::<Option<Vec<Phrase>>>()?;
        let task = Task::Matching { pairs: matches, extra };
        let sources = sources.into_iter().collect();
        Some(self.item(Vec::new(), task, facts, BTreeSet::new(), sources, stream))
    }

    /// Draws entities with values that are false of each other, as many as are wanted or
    /// can be had. Facts that the paper asks elsewhere are left out.
    fn draw_apart(
        &self,
        attribute: &Id,
        kinds: &BTreeSet<Id>,
        count: usize,
        stream: &mut Stream,
    ) -> Vec<Pairing<'_>> {
        let used = self.used(attribute);
        let mut all = candidates::values(self.bank, attribute, kinds, self.day);
        all.retain(|held| !used.contains(held.entity.as_str()));
        stream.shuffle(&mut all);
        let mut drawn: Vec<Pairing> = Vec::new();
        for Held { entity, index, .. } in all {
            if drawn.len() == count {
                break;
            }
            let value = &self.bank.entities[entity].attributes[attribute][*index].text;
            let apart = drawn.iter().all(|other| {
                !clash(self.bank, other.entity, entity)
                    && self.is_false(other.entity, attribute, value)
                    && self.is_false(entity, attribute, other.value)
            });
            if apart {
                drawn.push(Pairing { entity, value });
            }
        }
        drawn
    }
}
