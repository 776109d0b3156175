//! Essays that ask for some of the statements with a label.

use std::collections::BTreeSet;

use crate::bank::{Ask, Carrier, Id, Phrase};
use crate::exam::build::Builder;
use crate::exam::item::{Item, Scoring, Task};
use crate::exam::seed::Stream;

impl Builder<'_> {
    /// Builds an essay that asks for some of the statements that carry a label.
    ///
    /// Every other item that asks or shows such a statement would give it away.
    pub fn listing(&self, stream: &mut Stream) -> Option<Item> {
        let Ask::Label { label, phrasing, count, .. } = &self.pattern.ask else {
            return None;
        };
        let mut answers = Vec::new();
        let mut clusters = BTreeSet::new();
        let mut enemies: BTreeSet<Id> = BTreeSet::new();
        let mut sources = BTreeSet::new();
        for Carrier { statement: id, .. } in self.bank.index.carriers.get(label)? {
            let statement = self.bank.statements.get(id)?;
            enemies.insert(id.clone());
            let fresh = statement
                .cluster
                .as_ref()
                .is_none_or(|name| clusters.insert(name.clone()));
            if let Some(text) = statement.phrasings.get(phrasing)
                && fresh
            {
                answers.push(text.clone());
                sources.extend(statement.sources.iter().cloned());
            }
        }
        if answers.len() < *count || self.site.plan.points < *count as u32 {
            return None;
        }
        let number = Phrase { base: count.to_string(), ..Default::default() };
        let name = self.bank.labels.get(label)?.name.clone();
        let scoring = Scoring::AnyOf { count: *count as u32, answers };
        let space = self.site.plan.space_for(self.pattern.lines);
        let fills = vec![("label", name), ("count", number)];
        let facts = [format!("{label}…")].into();
        let sources = sources.into_iter().collect();
        let task = Task::Essay { scoring, space };
        let mut item = self.item(fills, task, facts, BTreeSet::new(), sources, stream);
        item.enemies = enemies;
        Some(item)
    }
}
