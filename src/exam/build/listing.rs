//! Essays that ask for some of the statements with a label.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Ask, Id, Phrase};
use crate::exam::build::Builder;
use crate::exam::candidates::carriers;
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
        let mut answers: Vec<Phrase> = Vec::new();
        let mut clusters: BTreeMap<&Id, usize> = BTreeMap::new();
        let mut sources = BTreeSet::new();
        for id in carriers(self.bank, [label], phrasing) {
            let statement = self.bank.statements.get(id)?;
            let answer = statement.phrasings.get(phrasing)?;
            sources.extend(statement.sources.iter().cloned());
            // What nearly means the same counts once.
            let place = statement.cluster.as_ref().map_or(answers.len(), |cluster| {
                *clusters.entry(cluster).or_insert(answers.len())
            });
            match answers.get_mut(place) {
                Some(alike) => *alike = alike.or(answer),
                None => answers.push(answer.clone()),
            }
        }
        let carriers = self.bank.index.carriers.get(label)?.values().flatten();
        let statement = |&place: &usize| self.bank.statements.get_index(place);
        let enemies: BTreeSet<Id> =
            carriers.filter_map(statement).map(|(id, _)| id.clone()).collect();
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
