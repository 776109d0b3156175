//! True-false items: a claim that is true, or provably false.

use std::collections::BTreeSet;

use crate::bank::{Ask, Held, Id, Phrase, Rule, Verdict, whose};
use crate::exam::build::{Asked, Builder, value_fact};
use crate::exam::candidates::Target;
use crate::exam::item::{Item, Task};
use crate::exam::seed::Stream;

/// A claim, what the oracle says of it, and what its sentence is filled with.
struct Claimed {
    fills: Vec<(&'static str, Phrase)>,
    fact: Id,
    sources: Vec<Id>,
    verdict: Verdict,
}

impl Builder<'_> {
    pub fn judgement(&self, stream: &mut Stream) -> Option<Item> {
        let claimed = match &self.candidate.target {
            Target::Statement(id) => self.label_claim(id)?,
            _ => self.value_claim(stream)?,
        };
        let (truth, reason) = match claimed.verdict {
            Verdict::True(reason) => (true, reason),
            Verdict::False(reason) => (false, reason),
            Verdict::Unknown(_) => return None,
        };
        if truth != self.site.truth {
            return None;
        }
        let task = Task::Judgement { truth, reason: Some(reason) };
        let Claimed { fills, fact, sources, .. } = claimed;
        Some(self.item(fills, task, [fact].into(), BTreeSet::new(), sources, stream))
    }

    /// The claim that a statement carries the pattern's label, which those of the pool
    /// provably lack.
    fn label_claim(&self, id: &Id) -> Option<Claimed> {
        let Ask::Label { label, phrasing, .. } = &self.pattern.ask else { return None };
        let statement = self.bank.statements.get(id)?;
        let fills = vec![
            ("statement", statement.phrasings.get(phrasing)?.clone()),
            ("label", self.bank.labels.get(label)?.name.clone()),
        ];
        let (fact, sources) = (id.clone(), statement.sources.clone());
        Some(Claimed { fills, fact, sources, verdict: self.judge_label(id, label) })
    }

    /// A claim that an entity has a value: its own, or one that it provably lacks.
    fn value_claim(&self, stream: &mut Stream) -> Option<Claimed> {
        let (Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds }) =
            &self.pattern.ask
        else {
            return None;
        };
        let Target::Value(Held { entity, index, .. }) = &self.candidate.target else {
            return None;
        };
        let subject = self.bank.entities.get(entity)?;
        let own = &subject.attributes.get(attribute)?.get(*index)?.text;
        let claimed = match self.site.truth {
            true => own.clone(),
            false => {
                let key = Asked {
                    fills: Vec::new(),
                    key: own.clone(),
                    reason: None,
                    fact: entity.to_string(),
                    sources: Vec::new(),
                };
                let wrong = self.wrong_values(entity, attribute, kinds, stream);
                self.choose_wrong(&key, wrong, 1, stream)?.pop()?.text.clone()
            }
        };
        let mut verdict = self.judge_value(entity, attribute, &claimed);
        let distinctive = self.bank.attributes.get(attribute)?.rule == Rule::Distinctive;
        if let (Verdict::False(reason), true) = (&mut verdict, distinctive) {
            // The subject may have more than the bank lists: whose value it is proves more.
            *reason = reason.and(&whose(self.bank, attribute, &claimed.base)?);
        }
        let fills = vec![("subject", subject.name.clone()), ("value", claimed)];
        let (fact, sources) = (value_fact(entity, attribute), subject.sources.clone());
        Some(Claimed { fills, fact, sources, verdict })
    }
}
