//! Multiple-answer items: several options that are right, the others proven wrong.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::bank::{Ask, Held, Id, Phrase, Value, Verdict, clash, holders};
use crate::exam::build::{Builder, value_fact};
use crate::exam::candidates::{Target, carriers, is_current};
use crate::exam::item::{Choice, Item, Task};
use crate::exam::seed::Stream;

/// An option that is right, and why.
struct Right {
    /// The statement, the entity or the value that it stands for.
    stands_for: Id,
    /// The fact that it asks.
    fact: Id,
    text: Phrase,
    reason: Phrase,
    sources: Vec<Id>,
}

impl Builder<'_> {
    /// Draws as many right options as the section wants, and wrong ones beside them, such
    /// that no two options mean nearly the same or mirror each other.
    pub fn several(&self, stream: &mut Stream) -> Option<Item> {
        let mut counts: Vec<usize> = self.site.plan.right.clone().collect();
        stream.shuffle(&mut counts);
        let mut right = self.all_right(stream);
        let count = counts.into_iter().find(|count| *count <= right.len())?;
        right.truncate(count);
        let first = right.first()?.fact.clone();
        let asked = self.asked()?;
        let mut pool = self.wrong(stream);
        let said = right.iter().map(|right| self.bank.canonical(&right.text.base));
        let said: BTreeSet<Cow<str>> = said.collect();
        pool.retain(|wrong| {
            !said.contains(&self.bank.canonical(&wrong.text.base))
                && right.iter().all(|r| !clash(self.bank, &r.stands_for, wrong.fact))
        });
        let wrong =
            self.choose_wrong(&asked, pool, self.site.plan.options - count, stream)?;
        let shown = wrong.iter().map(|wrong| wrong.fact.clone()).collect();
        let facts = right.iter().map(|right| right.fact.clone()).collect();
        let sources: BTreeSet<Id> =
            right.iter().flat_map(|right| right.sources.iter().cloned()).collect();
        let right = right.into_iter().map(|right| (right.text, true, right.reason));
        let right = right.map(|(text, correct, reason)| (text, correct, Some(reason)));
        let wrong = wrong.into_iter().map(|wrong| {
            let reason = wrong.reason(self.bank, self.day);
            (wrong.text.clone(), false, reason)
        });
        let choice = |(text, correct, reason)| Choice { text, correct, reason };
        let options = right.chain(wrong).map(choice).collect();
        let task = Task::Several { options, ordered: false };
        let sources = sources.into_iter().collect();
        let mut item = self.item(asked.fills, task, facts, shown, sources, stream);
        // Others stand in for a statement that the paper asks elsewhere.
        if let Target::Statement(_) = self.candidate.target {
            item.id = format!("{}:{first}", self.candidate.origin);
        }
        Some(item)
    }

    /// As many right options as may be wanted, in random order.
    fn all_right(&self, stream: &mut Stream) -> Vec<Right> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Label { label, phrasing, .. }, Target::Statement(id)) => {
                let mut ids = carriers(self.bank, [label], phrasing);
                ids.retain(|other| other != id);
                stream.shuffle(&mut ids);
                let right = |id: &Id| self.right_statement(id, label, phrasing);
                self.apart([*id].into_iter().chain(ids).filter_map(right))
            }
            // The entity only says which value is given; any that have it will do.
            (
                Ask::Subject { attribute, kinds },
                Target::Value(Held { entity, index, .. }),
            ) => {
                let value =
                    &self.bank.entities[entity].attributes[attribute][*index].text;
                let mut ids = holders(self.bank, attribute, &value.base);
                ids.retain(|id| kinds.contains(&self.bank.entities[*id].kind));
                stream.shuffle(&mut ids);
                let right = |id: &Id| self.right_subject(id, attribute, value);
                self.apart(ids.into_iter().filter_map(right))
            }
            (Ask::Value { attribute, .. }, Target::Value(Held { entity, .. })) => {
                let values = &self.bank.entities[entity].attributes[attribute];
                let mut values: Vec<&Value> = values.iter().collect();
                stream.shuffle(&mut values);
                let right = |value: &Value| self.right_value(entity, attribute, value);
                self.apart(values.into_iter().filter_map(right))
            }
            _ => Vec::new(),
        }
    }

    /// The first right options, as many as may be wanted, no two that clash. What the paper
    /// asks elsewhere is left out.
    fn apart(&self, all: impl Iterator<Item = Right>) -> Vec<Right> {
        let mut chosen: Vec<Right> = Vec::new();
        for right in all.filter(|right| !self.site.used.contains(&right.fact)) {
            let fits = chosen.iter().all(|other| {
                !clash(self.bank, &other.stands_for, &right.stands_for)
                    && !self.same(&other.text, &right.text)
            });
            if fits {
                chosen.push(right);
            }
            if chosen.len() == *self.site.plan.right.end() {
                break;
            }
        }
        chosen
    }

    fn right_statement(&self, id: &Id, label: &Id, phrasing: &Id) -> Option<Right> {
        let statement = self.bank.statements.get(id)?;
        let Verdict::True(reason) = self.judge_label(id, label) else { return None };
        is_current(&statement.standing).then_some(())?;
        Some(Right {
            stands_for: id.clone(),
            fact: id.clone(),
            text: statement.phrasings.get(phrasing)?.clone(),
            reason,
            sources: statement.sources.clone(),
        })
    }

    fn right_value(&self, id: &Id, attribute: &Id, value: &Value) -> Option<Right> {
        let verdict = self.judge_value(id, attribute, &value.text);
        let Verdict::True(reason) = verdict else { return None };
        Some(Right {
            // Each value stands for itself: an entity would clash with itself.
            stands_for: format!("{id}.{}", value.text.base),
            fact: value_fact(id, attribute),
            text: value.text.clone(),
            reason,
            sources: self.bank.entities.get(id)?.sources.clone(),
        })
    }

    fn right_subject(&self, id: &Id, attribute: &Id, value: &Phrase) -> Option<Right> {
        let subject = self.bank.entities.get(id)?;
        let Verdict::True(reason) = self.judge_value(id, attribute, value) else {
            return None;
        };
        Some(Right {
            stands_for: id.clone(),
            fact: value_fact(id, attribute),
            text: subject.name.clone(),
            reason,
            sources: subject.sources.clone(),
        })
    }
}
