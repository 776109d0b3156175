//! A paper in the making: one item after another, none that asks or betrays what another
//! one asks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::bank::Id;
use crate::diagnostic::Diagnostic;
use crate::exam::blueprint::{Asked, SectionPlan};
use crate::exam::build::{Site, build_all};
use crate::exam::candidates::Candidate;
use crate::exam::cells::Cell;
use crate::exam::draw::{Drawn, Problem};
use crate::exam::item::{Item, Task};
use crate::exam::seed::Stream;
use crate::exam::supply::Supply;

/// How many items are compared where a length is wanted, at most.
const MOST_COMPARED: usize = 12;

/// What part of a length an item may be longer or shorter and still be near it: a fifth.
const NEAR: usize = 5;

/// What one or more items of a paper are to be replaced by.
pub struct Slot<'a> {
    /// What they are to be like.
    pub cell: Cell<'a>,
    /// Where they stand in their section.
    pub places: Range<usize>,
}

/// What is still to be drawn, so that no item is taken that something else needs.
pub struct Ahead<'p, 'a> {
    /// What there is.
    pub supply: &'p Supply<'a>,
    /// The cell that is being filled, and those after it.
    pub cells: &'p [Cell<'a>],
    /// How many items there are no facts for anyhow.
    pub missing: usize,
}

impl Ahead<'_, '_> {
    /// Whether the other cells can have their facts if some are `used` and the first cell
    /// has `found` items already.
    fn leaves_enough(&self, used: &BTreeSet<Id>, items: &[Item], found: usize) -> bool {
        let asked = items.iter().flat_map(|item| &item.facts);
        let ids = items.iter().map(|item| &item.id);
        let gone = self.supply.numbers(used.iter().chain(asked).chain(ids)).collect();
        let mut cells = self.cells.to_vec();
        cells[0].count -= found + items.len();
        self.supply.deal(&cells, &gone).missing.iter().sum::<usize>() <= self.missing
    }
}

/// A paper in the making.
pub struct Drawing<'p, 'a> {
    /// What is to be drawn, and from what.
    pub problem: &'p Problem<'a>,
    /// What the sections want.
    pub plans: &'a [SectionPlan],
    /// The items of each section so far.
    pub sections: Drawn,
    /// What it may not ask.
    pub barred: Asked,
    /// The facts that it asks already or may not ask.
    pub used: BTreeSet<Id>,
    /// What the items show without asking it.
    pub shown: BTreeSet<Id>,
    /// The cell of every item, by its id.
    pub owners: BTreeMap<Id, usize>,
    /// How often each pattern has been taken, and each subject been asked or shown.
    taken: BTreeMap<Id, usize>,
}

impl<'p, 'a> Drawing<'p, 'a> {
    /// A paper that asks nothing yet.
    pub fn new(problem: &'p Problem<'a>) -> Drawing<'p, 'a> {
        let plans = &problem.blueprint.sections;
        Drawing {
            problem,
            plans,
            sections: vec![Vec::new(); plans.len()],
            barred: problem.barred.clone(),
            used: problem.barred.facts.clone(),
            shown: BTreeSet::new(),
            owners: BTreeMap::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Finds out anew what the items ask and show, once some have gone.
    pub fn recount(&mut self) {
        let drawn = || self.sections.iter().flatten();
        let facts = drawn().flat_map(|item| item.facts.iter()).chain(&self.barred.facts);
        let shown = drawn().flat_map(|item| item.shown.iter().cloned());
        (self.used, self.shown) = (facts.cloned().collect(), shown.collect());
    }

    /// Adds items to a section.
    pub fn add(&mut self, section: usize, items: Vec<Item>) {
        self.used.extend(items.iter().flat_map(|item| item.facts.iter().cloned()));
        self.shown.extend(items.iter().flat_map(|item| item.shown.iter().cloned()));
        self.sections[section].extend(items);
    }

    /// Draws something else for a slot, and says whether it could.
    pub fn replace(
        &mut self,
        slot: &Slot<'a>,
        pass: usize,
        ahead: Option<&Ahead>,
    ) -> bool {
        let (cell, places) = (&slot.cell, slot.places.clone());
        let first = places.start;
        let own: Vec<Item> = self.sections[cell.section].drain(places).collect();
        self.recount();
        let problem = self.problem;
        let label = format!("{}{pass}/{first}/{}", problem.prefix, cell.name());
        let mut stream = problem.seed.stream("draw", &label);
        let mut open = self.open(cell, &mut stream);
        let ids: BTreeSet<&Id> = own.iter().map(|item| &item.id).collect();
        // In the end anything will do but the same again.
        open.candidates.retain(|(candidate, _)| {
            candidate.size() == cell.count
                && (pass == 1 || !ids.contains(&candidate.id()))
        });
        // As many statements stay true as were.
        let truth = !matches!(own[0].task, Task::Judgement { truth: false, .. });
        let items = self.take(cell, &mut open, truth, 0, ahead, &mut stream);
        let is_new = items.is_some();
        let mut items = items.unwrap_or(own);
        items.iter_mut().for_each(|item| item.row = cell.row());
        self.sections[cell.section].splice(first..first, items);
        is_new
    }

    /// The candidates of a cell in random order.
    pub fn open(&self, cell: &Cell, stream: &mut Stream) -> Open<'p> {
        let problem = self.problem;
        let pool = problem.pool_of(cell.section);
        let all = pool.candidates.iter().enumerate();
        let all = all.filter(|(index, _)| cell.takes(pool, *index));
        let all = all.map(|(_, candidate)| (candidate, problem.usage_of(candidate)));
        let mut candidates = Vec::with_capacity(pool.candidates.len());
        candidates.extend(all);
        let mut open = Open::new(candidates);
        stream.shuffle(&mut open.candidates);
        open
    }

    /// Draws the items of all cells and says how many it found for each. With a supply, no
    /// item is taken that leaves others without facts.
    pub fn fill_all(
        &mut self,
        cells: &[Cell<'a>],
        label: &str,
        supply: Option<&Supply<'a>>,
    ) -> Vec<usize> {
        let mut all = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            let label = format!("{}{label}/{}", self.problem.prefix, cell.name());
            let mut stream = self.problem.seed.stream("draw", &label);
            let later = &cells[index..];
            let ahead = supply.map(|supply| Ahead { supply, cells: later, missing: 0 });
            all.push(self.fill(index, cell, ahead.as_ref(), &mut stream));
        }
        all
    }

    /// Draws the items of a cell and says how many it found.
    fn fill(
        &mut self,
        index: usize,
        cell: &Cell,
        ahead: Option<&Ahead>,
        stream: &mut Stream,
    ) -> usize {
        let mut open = self.open(cell, stream);
        let mut found = 0;
        while found < cell.count {
            open.leave_out_larger_than(cell.count - found);
            let truth = self.rarer_truth(cell.section, stream);
            let drawn = self
                .take(cell, &mut open, truth, found, ahead, stream)
                .or_else(|| self.take(cell, &mut open, !truth, found, ahead, stream));
            let Some(mut items) = drawn else { return found };
            found += items.len();
            items.iter_mut().for_each(|item| item.row = cell.row());
            self.owners.extend(items.iter().map(|item| (item.id.clone(), index)));
            self.add(cell.section, items);
        }
        found
    }

    /// Whether the next statement of a section should be true, so that about half of them
    /// are. Cells are too small to be balanced each by itself.
    pub fn rarer_truth(&self, section: usize, stream: &mut Stream) -> bool {
        let (mut right, mut wrong) = (0, 0);
        for item in &self.sections[section] {
            match item.task {
                Task::Judgement { truth: true, .. } => right += 1,
                Task::Judgement { truth: false, .. } => wrong += 1,
                _ => {}
            }
        }
        if right == wrong { stream.below(2) == 0 } else { right < wrong }
    }

    /// Whether a section has as many items that ask for an exception as it may: one in ten.
    pub fn has_negatives(&self, section: usize) -> bool {
        let negative = self.sections[section].iter().filter(|item| item.negative);
        negative.count() >= self.plans[section].count / 10
    }

    /// How many groups a section has.
    fn groups(&self, section: usize) -> usize {
        let items = self.sections[section].iter();
        items.filter_map(|item| item.stimulus.as_ref()).collect::<BTreeSet<&Id>>().len()
    }

    /// What is to be said of the sections that have fewer groups than they want.
    pub fn missing_groups(&self) -> Vec<Diagnostic> {
        let sections = self.plans.iter().enumerate();
        let short = sections.filter(|(index, plan)| self.groups(*index) < plan.stimuli);
        let say = |(index, plan): (usize, &SectionPlan)| {
            let message = format!(
                "section {} asks for {} stimuli, and {} could be drawn",
                index + 1,
                plan.stimuli,
                self.groups(index),
            );
            let hint = "a stimulus comes with all its items: raise `count` or `topics`, ask for \
                        fewer, or write more into the bank";
            Diagnostic::error(message).at(plan.place.clone()).hint(hint)
        };
        short.map(say).collect()
    }

    /// Takes the candidate whose pattern and subject have been taken least, if it can be
    /// built and is no enemy of what has been drawn. While the section wants for groups,
    /// they come first. Where a length is wanted, the best of a few is taken.
    fn take(
        &mut self,
        cell: &Cell,
        open: &mut Open,
        truth: bool,
        found: usize,
        ahead: Option<&Ahead>,
        stream: &mut Stream,
    ) -> Option<Vec<Item>> {
        let section = cell.section;
        let plan = self.plans[section].in_row(cell.row());
        let wanting = self.groups(section) < self.plans[section].stimuli;
        let site = Site {
            bank: self.problem.bank,
            plan: &plan,
            used: &self.used,
            shown: &self.shown,
            truth,
            negative: !self.has_negatives(section),
        };
        let fitting = open.least_taken(&self.taken, wanting).filter_map(|index| {
            let items = build_all(&site, open.candidates[index].0, stream)?;
            let fits = self.has_room(&items)
                && ahead
                    .is_none_or(|ahead| ahead.leaves_enough(&self.used, &items, found));
            fits.then_some((index, items))
        });
        let (index, items) = nearest(fitting, cell.lengths.get(found).copied())?;
        let (candidate, _) = open.candidates.swap_remove(index);
        *self.taken.entry(candidate.origin.to_string()).or_default() += items.len();
        let shown = items.iter().flat_map(|item| item.shown.iter().cloned());
        for subject in shown.chain([candidate.subject.to_string()]) {
            *self.taken.entry(subject).or_default() += 1;
        }
        Some(items)
    }

    /// Whether items may stand beside those that have been drawn.
    fn has_room(&self, items: &[Item]) -> bool {
        let apart = |item: &Item, o: &Item| item.id != o.id && !item.is_enemy_of(o);
        let mut drawn = self.sections.iter().flatten();
        !items.iter().any(|item| self.barred.bars(item))
            && drawn.all(|o| items.iter().all(|item| apart(item, o)))
    }
}

/// The first items; if a length is wanted, of the first few those that are nearest to it, or
/// the first that are near enough.
fn nearest(
    mut fitting: impl Iterator<Item = (usize, Vec<Item>)>,
    length: Option<usize>,
) -> Option<(usize, Vec<Item>)> {
    let Some(length) = length else { return fitting.next() };
    let mut best: Option<(usize, (usize, Vec<Item>))> = None;
    for (index, items) in fitting.take(MOST_COMPARED) {
        let words: usize = items.iter().map(Item::words).sum();
        let off = words.abs_diff(length);
        if best.as_ref().is_none_or(|(least, _)| off < *least) {
            best = Some((off, (index, items)));
        }
        if off * NEAR <= length {
            break;
        }
    }
    best.map(|(_, found)| found)
}

/// The candidates of a cell that have not been drawn.
pub struct Open<'a> {
    /// The candidates, and how often each has been used before.
    pub candidates: Vec<(&'a Candidate<'a>, (usize, usize))>,
    /// The size of the largest.
    largest: usize,
    /// What they are made from.
    origins: BTreeSet<&'a str>,
    /// How often any of them have been used before.
    usages: BTreeSet<(usize, usize)>,
}

impl<'a> Open<'a> {
    fn new(candidates: Vec<(&'a Candidate<'a>, (usize, usize))>) -> Open<'a> {
        // Candidates of one origin stand together.
        let origins = candidates.chunk_by(|(a, _), (b, _)| a.origin == b.origin);
        let origins = origins.map(|alike| alike[0].0.origin.as_str()).collect();
        // Mostly all have been used equally often.
        let usages = candidates.chunk_by(|(_, a), (_, b)| a == b);
        let usages = usages.map(|alike| alike[0].1).collect();
        let largest = candidates.iter().map(|(candidate, _)| candidate.size()).max();
        Open { candidates, largest: largest.unwrap_or_default(), origins, usages }
    }

    /// Leaves out the groups that have more items than are left to draw, since none is
    /// taken in part.
    fn leave_out_larger_than(&mut self, left: usize) {
        if self.largest > left {
            self.candidates.retain(|(candidate, _)| candidate.size() <= left);
            self.largest = left;
        }
    }

    /// The places of the candidates, groups first if they are wanted; then those that have
    /// been used least before, those whose
    /// origin has been taken least, and among them those whose subject has. Mostly the first
    /// will do, so that nothing is sorted before it is asked for.
    fn least_taken(
        &self,
        taken: &BTreeMap<Id, usize>,
        wanting: bool,
    ) -> impl Iterator<Item = usize> {
        let times = |id: &str| taken.get(id).copied().unwrap_or(0);
        let levels = self.origins.iter().flat_map(|id| {
            let level = times(id);
            let usages = self.usages.iter();
            usages.flat_map(move |&used| [(false, used, level), (wanting, used, level)])
        });
        let levels: BTreeSet<(bool, (usize, usize), usize)> = levels.collect();
        levels.into_iter().flat_map(move |level| {
            let alike = self.candidates.iter().enumerate();
            let alike = alike.filter(move |(_, (candidate, used))| {
                let later = wanting && !candidate.is_group();
                (later, *used, times(candidate.origin)) == level
            });
            let alike = alike.map(move |(place, (c, _))| (times(c.subject), place));
            let again = alike.clone().filter(|(times, _)| *times > 0);
            let again = std::iter::once_with(move || {
                let mut again: Vec<(usize, usize)> = again.collect();
                again.sort();
                again
            });
            alike.filter(|(times, _)| *times == 0).chain(again.flatten()).map(|(_, p)| p)
        })
    }
}
