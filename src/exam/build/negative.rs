//! Negative items: all options have what is asked, and the key is the provable exception.

use std::collections::BTreeSet;

use crate::bank::{
    Ask, Claim, Held, Id, Phrase, Subject, Verdict, carries, clash, holders,
};
use crate::exam::build::wrong::{Wrong, weighed};
use crate::exam::build::{Asked, Builder, value_claim, value_fact};
use crate::exam::candidates::{Target, is_current};
use crate::exam::item::{Choice, Item, Task};
use crate::exam::seed::Stream;

impl<'a> Builder<'a> {
    /// Draws an exception and options of which what is asked is true. Each of them states
    /// a fact, so no other item of the paper may ask one.
    pub fn exception(&self, stream: &mut Stream) -> Option<Item> {
        let (asked, mut holding) = match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Label { label, phrasing, .. }, Target::Statement(id)) => {
                self.unlabelled(id, label, phrasing, stream)?
            }
            (
                Ask::Subject { attribute, kinds },
                Target::Value(Held { entity, index, .. }),
            ) => {
                let value =
                    &self.bank.entities.get(entity)?.attributes[attribute][*index].text;
                self.outsider((entity, *index), attribute, value, kinds, stream)?
            }
            _ => return None,
        };
        let fact = |id: &Id| match &self.pattern.ask {
            Ask::Subject { attribute, .. } => value_fact(id, attribute),
            _ => id.clone(),
        };
        holding.retain(|option| !self.site.used.contains(&fact(option.fact)));
        let options = self.site.plan.options;
        let holding = self.choose_wrong(&asked, holding, options - 1, stream)?;
        let facts = holding.iter().map(|option| fact(option.fact));
        let facts = facts.chain([asked.fact.clone()]).collect();
        let choice = |text, correct, reason| Choice { text, correct, reason };
        let key = choice(asked.key, true, asked.reason);
        let wrong = holding.into_iter().map(|option| {
            let reason = option.reason(self.bank, self.day);
            choice(option.text.clone(), false, reason)
        });
        let options = [key].into_iter().chain(wrong).collect();
        let task = Task::Choice { options, ordered: false };
        Some(self.item(asked.fills, task, facts, BTreeSet::new(), asked.sources, stream))
    }

    /// A statement that provably lacks the label, and those that carry it.
    fn unlabelled(
        &self,
        id: &Id,
        label: &Id,
        phrasing: &Id,
        stream: &mut Stream,
    ) -> Option<(Asked, Vec<Wrong<'a>>)> {
        let statement = self.bank.statements.get(id)?;
        let Verdict::False(reason) = self.judge_label(id, label) else { return None };
        let asked = Asked {
            fills: vec![("label", self.bank.labels.get(label)?.name.clone())],
            key: statement.phrasings.get(phrasing)?.clone(),
            reason: Some(reason),
            fact: id.clone(),
            sources: statement.sources.clone(),
        };
        // Here an option is wrong because it carries the label.
        let proof = |other: &Id| {
            let claim = Claim::Label { statement: other.clone(), label: label.clone() };
            (carries(self.bank, other, label) == Some(true)).then_some(claim)
        };
        let pool = [label.clone()].into();
        Some((asked, self.wrong_statements(id, &pool, phrasing, proof, stream)))
    }

    /// An entity that provably lacks the value of another, and those that have it.
    fn outsider(
        &self,
        (holder, index): (&Id, usize),
        attribute: &Id,
        value: &Phrase,
        kinds: &BTreeSet<Id>,
        stream: &mut Stream,
    ) -> Option<(Asked, Vec<Wrong<'a>>)> {
        let given = self.asked_value(holder, attribute, index, false)?;
        let mut others = self.wrong_subjects(holder, attribute, index, kinds, stream);
        others.retain(|o| !self.site.used.contains(&value_fact(o.fact, attribute)));
        let key = self.choose_wrong(&given, others, 1, stream)?.pop()?;
        let canonical = self.bank.canonical(&value.base);
        let holders = holders(self.bank, attribute, &value.base);
        let holding = weighed(holders, stream, |id| {
            let entity = self.bank.entities.get(id)?;
            let holds =
                Subject::new(self.bank, id, attribute, self.day).ok()?.has(&canonical);
            if holds != Some(true)
                || !kinds.contains(&entity.kind)
                || !is_current(&entity.standing)
                || clash(self.bank, id, key.fact)
            {
                return None;
            }
            let proof = value_claim(id, attribute, value);
            let distance = self.distance_of_entities(id, key.fact);
            Some(Wrong { fact: id, text: &entity.name, proof, cluster: None, distance })
        });
        let asked = Asked {
            reason: key.reason(self.bank, self.day),
            fact: value_fact(key.fact, attribute),
            key: key.text.clone(),
            sources: self.bank.entities.get(key.fact)?.sources.clone(),
            fills: given.fills,
        };
        Some((asked, holding))
    }
}
