//! Supply: what can really be asked for each section, and how many of its items a paper
//! can hold at once, since it asks no fact twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Id};
use crate::exam::blueprint::Asked;
use crate::exam::build::{Site, build_all, key_facts};
use crate::exam::cells::{Cell, Demand};
use crate::exam::pool::{Pool, Traits};
use crate::exam::seed::Seed;
use crate::item_type::ItemType;

/// What can be asked.
pub struct Supply<'a> {
    sections: Vec<Section<'a>>,
    /// The numbers of the facts, and of the items that ask no fact for certain.
    facts: BTreeMap<Id, usize>,
}

/// What can be asked in a section: for every item the number of one fact that it asks,
/// whatever else it asks.
#[derive(Default)]
struct Section<'a> {
    /// The items that come alone, by what is counted of them.
    alone: BTreeMap<Traits<'a>, Vec<usize>>,
    /// The items of each group.
    groups: Vec<Group<'a>>,
}

/// A group, by its place in the pool, with what is counted of its items.
struct Group<'a> {
    candidate: usize,
    items: Vec<(Traits<'a>, usize)>,
}

/// Which facts go to which cells, as many as possible.
pub struct Match {
    /// The cell that has each fact.
    owner: Vec<Option<usize>>,
    /// How many items of each cell have no fact.
    pub missing: Vec<usize>,
}

impl Match {
    /// Whether every cell has as many items as it is to have.
    pub fn is_full(&self) -> bool {
        self.missing.iter().all(|&missing| missing == 0)
    }
}

impl<'a> Supply<'a> {
    /// Builds everything once, and keeps what can be built and is not barred.
    pub fn new(
        bank: &'a Bank,
        demands: &[Demand<'a>],
        pools: &BTreeMap<ItemType, Pool<'a>>,
        barred: &Asked,
    ) -> Supply<'a> {
        let mut facts = BTreeMap::new();
        let mut number = |fact: Id| {
            let next = facts.len();
            *facts.entry(fact).or_insert(next)
        };
        let mut sections = Vec::new();
        for demand in demands {
            let pool = &pools[&demand.plan.item_type];
            // What any of its rows could take.
            let rows = (0..demand.plan.table.len()).map(Some).chain([None]);
            let most = rows.max_by_key(|&row| demand.plan.points_in(row)).flatten();
            let plan = demand.plan.in_row(most);
            let mut section = Section::default();
            for (index, candidate) in pool.candidates.iter().enumerate() {
                let mut stream = Seed(0).stream("supply", &candidate.id());
                let (used, truth, negative) = (&barred.facts, true, true);
                let shown = BTreeSet::new();
                let site =
                    Site { bank, plan: &plan, used, shown: &shown, truth, negative };
                let built = build_all(&site, candidate, &mut stream).or_else(|| {
                    build_all(&Site { truth: false, ..site }, candidate, &mut stream)
                });
                if built.is_none_or(|items| items.iter().any(|item| barred.bars(item))) {
                    continue;
                }
                let known = key_facts(bank, candidate);
                let items = pool.traits(index).zip(known.into_iter().map(&mut number));
                if candidate.is_group() {
                    let items = items.collect();
                    section.groups.push(Group { candidate: index, items });
                } else {
                    for (traits, fact) in items {
                        section.alone.entry(traits).or_default().push(fact);
                    }
                }
            }
            sections.push(section);
        }
        Supply { sections, facts }
    }

    /// Gives facts to cells, but none of those that are `gone`.
    ///
    /// Every item of a paper asks a fact of its own, so cells that cannot all have their
    /// facts cannot be filled either.
    pub fn deal(&self, cells: &[Cell], gone: &BTreeSet<usize>) -> Match {
        let wanted: Vec<Vec<usize>> =
            cells.iter().map(|cell| self.facts_of(cell, gone)).collect();
        let mut owner = vec![None; self.facts.len()];
        let missing = cells.iter().enumerate().map(|(cell, plan)| {
            let mut seen = vec![false; owner.len()];
            let dealt = (0..plan.count).take_while(|_| {
                seen.fill(false);
                give(cell, &wanted, &mut owner, &mut seen)
            });
            plan.count - dealt.count()
        });
        let missing = missing.collect();
        Match { owner, missing }
    }

    /// The numbers of the facts that a cell could ask. Groups are taken whole.
    fn facts_of(&self, cell: &Cell, gone: &BTreeSet<usize>) -> Vec<usize> {
        let section = &self.sections[cell.section];
        let groups = section.groups.iter().filter(|group| match cell.only {
            Some(only) => group.candidate == only,
            None => group.items.iter().all(|(traits, _)| cell.takes_item(traits)),
        });
        let grouped = groups.flat_map(|group| group.items.iter().map(|(_, fact)| *fact));
        let mut facts: Vec<usize> = grouped.collect();
        if cell.only.is_none() {
            let alone =
                section.alone.iter().filter(|(traits, _)| cell.takes_item(traits));
            facts.extend(alone.flat_map(|(_, facts)| facts));
        }
        facts.retain(|fact| !gone.contains(fact));
        facts.sort();
        facts.dedup();
        facts
    }

    /// How many facts a cell could ask.
    pub fn count(&self, cell: &Cell) -> usize {
        self.facts_of(cell, &BTreeSet::new()).len()
    }

    /// How many facts a cell could ask if groups could be parted: never too few, even where
    /// the other items of a group are counted elsewhere.
    pub fn most(&self, cell: &Cell) -> usize {
        let section = &self.sections[cell.section];
        let grouped = section.groups.iter().flat_map(|group| &group.items);
        let grouped = grouped.filter(|(traits, _)| cell.takes_item(traits));
        let alone = section.alone.iter().filter(|(traits, _)| cell.takes_item(traits));
        let alone = alone.flat_map(|(_, facts)| facts);
        alone.chain(grouped.map(|(_, fact)| fact)).collect::<BTreeSet<&usize>>().len()
    }

    /// Cells that together want more items than there are facts for them, and how many
    /// there are.
    pub fn bottleneck(&self, cells: &[Cell], dealt: &Match) -> (Vec<usize>, usize) {
        let gone = BTreeSet::new();
        let mut found: Vec<usize> =
            (0..cells.len()).filter(|&cell| dealt.missing[cell] > 0).take(1).collect();
        let mut facts: BTreeSet<usize> = BTreeSet::new();
        let mut next = 0;
        while let Some(&cell) = found.get(next) {
            facts.extend(self.facts_of(&cells[cell], &gone));
            let owners: BTreeSet<usize> =
                facts.iter().filter_map(|&fact| dealt.owner[fact]).collect();
            found.extend(
                owners.into_iter().filter(|c| !found.contains(c)).collect::<Vec<_>>(),
            );
            next += 1;
        }
        found.sort();
        (found, facts.len())
    }

    /// The numbers of those facts that are known here.
    pub fn numbers<'f>(
        &'f self,
        facts: impl IntoIterator<Item = &'f Id> + 'f,
    ) -> impl Iterator<Item = usize> + 'f {
        facts.into_iter().filter_map(|fact| self.facts.get(fact).copied())
    }
}

/// Gives one more fact to a cell, if need be one that another cell has and can replace.
fn give(
    cell: usize,
    wanted: &[Vec<usize>],
    owner: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    let free = wanted[cell].iter().find(|&&fact| owner[fact].is_none());
    if let Some(&fact) = free {
        owner[fact] = Some(cell);
        return true;
    }
    for &fact in &wanted[cell] {
        if std::mem::replace(&mut seen[fact], true) {
            continue;
        }
        let Some(other) = owner[fact].filter(|&other| other != cell) else { continue };
        if give(other, wanted, owner, seen) {
            owner[fact] = Some(cell);
            return true;
        }
    }
    false
}
