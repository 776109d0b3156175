//! Categorize items: statements of which each belongs to exactly one category.

use std::collections::BTreeSet;

use crate::bank::{Ask, Id, Phrase, Verdict, carries, clash};
use crate::exam::build::Builder;
use crate::exam::build::wrong::{MOST, weighed};
use crate::exam::candidates::carriers;
use crate::exam::item::{Item, Sorted, Task};
use crate::exam::seed::Stream;

impl Builder<'_> {
    /// Draws statements that are true of one category and provably false of the others,
    /// at least one for each category, so that no column stays empty.
    pub fn categories(&self, stream: &mut Stream) -> Option<Item> {
        let Ask::Categories { categories, heads, phrasing } = &self.pattern.ask else {
            return None;
        };
        let mut groups = vec![carriers(self.bank, categories, phrasing)];
        if groups[0].len() > MOST {
            // Among some of all, one category might be missing.
            let alone = categories.iter().map(|c| carriers(self.bank, [c], phrasing));
            groups = alone.collect();
        }
        let mut pool: Vec<(&Id, usize)> = Vec::new();
        for group in groups {
            pool.extend(weighed(group, stream, |id| {
                let free = !self.site.used.contains(id);
                free.then_some((id, self.category(id, categories)?))
            }));
        }
        stream.shuffle(&mut pool);
        let mut chosen: Vec<(&Id, usize)> = Vec::new();
        let wanted = (0..categories.len()).map(Some).chain(std::iter::repeat(None));
        for category in wanted.take(self.site.plan.rows) {
            let place = pool.iter().position(|(id, own)| {
                category.is_none_or(|category| *own == category)
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
        let columns = match heads.is_empty() {
            true => categories.iter().map(name).collect::<Option<Vec<Phrase>>>()?,
            false => heads.clone(),
        };
        let rows = chosen.into_iter().map(|(id, category)| {
            self.sorted(id, category, categories.get(category)?, phrasing)
        });
        let rows = rows.collect::<Option<Vec<Sorted>>>()?;
        let task = Task::Categories { rows, categories: columns };
        let sources = sources.into_iter().collect();
        Some(self.item(Vec::new(), task, facts, BTreeSet::new(), sources, stream))
    }

    /// The only category of a statement; `None` if the bank does not prove that it has one
    /// and lacks all others.
    fn category(&self, id: &Id, labels: &[Id]) -> Option<usize> {
        let mut found = None;
        for (category, label) in labels.iter().enumerate() {
            match carries(self.bank, id, label)? {
                true if found.is_none() => found = Some(category),
                true => return None,
                false => {}
            }
        }
        found
    }

    /// A statement in its category.
    fn sorted(
        &self,
        id: &Id,
        category: usize,
        label: &Id,
        phrasing: &Id,
    ) -> Option<Sorted> {
        let text = self.bank.statements.get(id)?.phrasings.get(phrasing)?.clone();
        let Verdict::True(reason) = self.judge_label(id, label) else { return None };
        Some(Sorted { text, category, reason: Some(reason) })
    }
}
