//! Categorize items: statements of which each belongs to exactly one category.

use std::collections::BTreeSet;

use crate::bank::{Ask, Id, Phrase, Verdict, clash};
use crate::exam::build::Builder;
use crate::exam::item::{Item, Sorted, Task};
use crate::exam::seed::Stream;

impl Builder<'_> {
    /// Draws statements that are true of one category and provably false of the others,
    /// at least one for each category, so that no column stays empty.
    pub fn categories(&self, stream: &mut Stream) -> Option<Item> {
        let Ask::Categories { categories, heads, phrasing } = &self.pattern.ask else {
            return None;
        };
        let mut pool: Vec<(&Id, Sorted)> = (self.bank.statements.keys())
            .filter(|id| !self.site.used.contains(*id))
            .filter_map(|id| Some((id, self.sorted(id, categories, phrasing)?)))
            .collect();
        stream.shuffle(&mut pool);
        let mut chosen: Vec<(&Id, Sorted)> = Vec::new();
        let wanted = (0..categories.len()).map(Some).chain(std::iter::repeat(None));
        for category in wanted.take(self.site.plan.rows) {
            let place = pool.iter().position(|(id, row)| {
                category.is_none_or(|category| row.category == category)
                    && chosen.iter().all(|(other, _)| !clash(self.bank, id, other))
            })?;
            chosen.push(pool.swap_remove(place));
        }
        if chosen.len() < categories.len() {
            return None;
        }
        let facts: BTreeSet<Id> = chosen.iter().map(|(id, _)| (*id).clone()).collect();
        let statements = facts.iter().filter_map(|id| self.bank.statements.get(id));
        let sources: BTreeSet<Id> =
            statements.flat_map(|statement| statement.sources.iter().cloned()).collect();
        let name = |id: &Id| Some(self.bank.labels.get(id)?.name.clone());
        let categories = match heads.is_empty() {
            true => categories.iter().map(name).collect::<Option<Vec<Phrase>>>()?,
            false => heads.clone(),
        };
        let rows = chosen.into_iter().map(|(_, row)| row).collect();
        let task = Task::Categories { rows, categories };
        let sources = sources.into_iter().collect();
        Some(self.item(Vec::new(), task, facts, BTreeSet::new(), sources, stream))
    }

    /// A statement with its only category; `None` if the bank does not prove that it has
    /// one and lacks all others.
    fn sorted(&self, id: &Id, categories: &[Id], phrasing: &Id) -> Option<Sorted> {
        let statement = self.bank.statements.get(id)?;
        let text = statement.phrasings.get(phrasing)?.clone();
        let mut found = None;
        for (category, label) in categories.iter().enumerate() {
            match self.judge_label(id, label) {
                Verdict::True(reason) if found.is_none() => {
                    found = Some((category, Some(reason)));
                }
                Verdict::False(_) => {}
                _ => return None,
            }
        }
        let (category, reason) = found?;
        Some(Sorted { text, category, reason })
    }
}
