//! Drawing: which items a paper asks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use crate::bank::{Bank, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::blueprint::{Asked, Blueprint, Mode, SectionPlan, Usage};
use crate::exam::build::{Site, build_all};
use crate::exam::candidates::{Candidate, Target};
use crate::exam::cells::{Cell, Demand, Search, Source, cells_of, demands};
use crate::exam::item::{Item, Task};
use crate::exam::parallel;
use crate::exam::pool::Pool;
use crate::exam::seed::{Seed, Stream};
use crate::exam::shortage;
use crate::exam::supply::Supply;
use crate::item_type::ItemType;

/// How often drawing starts over before it gives up. Facts that one cell takes may be
/// missing in another, and the next attempt deals them out differently.
const ATTEMPTS: usize = 20;

/// How many items all attempts together draw at most, so that nobody waits long to hear
/// that a bank is too small.
const MOST_DRAWN: usize = 1000;

/// How many items are compared where a length is wanted, at most.
const MOST_COMPARED: usize = 12;

/// What part of a length an item may be longer or shorter and still be near it: a fifth.
const NEAR: usize = 5;

/// What is said where a search was given up before anything was found.
const TOO_INTRICATE: &str =
    "the quotas of the blueprint are too intricate: no choice of items was found";

/// How many steps a search for cells takes before it gives up.
pub const STEPS: usize = 20_000;

/// How many steps of a search it takes to see whether there are facts for all cells.
const STEPS_TO_DEAL: usize = 100;

/// The items of each section of a paper, in no particular order.
pub type Drawn = Vec<Vec<Item>>;

/// Draws the items of a paper; of `count` papers, if these are parallel.
///
/// Fails if the bank cannot yield what the blueprint asks for: with what is short, cell by
/// cell, where that can be proven.
pub fn draw(
    bank: &Bank,
    blueprint: &Blueprint,
    seed: Seed,
    count: usize,
) -> Checked<Vec<Drawn>> {
    check_names(bank, blueprint)?;
    let mut problem = Problem::new(bank, blueprint, seed);
    if blueprint.makeup {
        problem.usage = blueprint.main_usage.clone();
        let main = problem.papers(blueprint.variants.len())?;
        problem.prefix = "makeup/".to_string();
        problem.usage = blueprint.usage.clone();
        problem.barred.extend(&parallel::asked(&main));
    }
    problem.barred.extend(&blueprint.also_avoided);
    problem.papers(count)
}

/// Checks that the bank has the topics that the blueprint names.
fn check_names(bank: &Bank, blueprint: &Blueprint) -> Checked<()> {
    let quotas = blueprint.sections.iter().flat_map(|section| &section.topics);
    let quotas = quotas.map(|(topic, quota)| (topic, &quota.place));
    let rows = blueprint.sections.iter().flat_map(|section| &section.table);
    let rows = rows.filter_map(|plan| Some((plan.row.topic.as_ref()?, &plan.place)));
    let unknown =
        quotas.chain(rows).filter(|(topic, _)| !bank.topics.contains_key(*topic));
    let known: Vec<&str> = bank.topics.keys().map(Id::as_str).collect();
    let findings: Vec<Diagnostic> = unknown
        .map(|(topic, place)| {
            Diagnostic::error(format!("the bank has no topic `{topic}`"))
                .at(place.clone())
                .hint(format!("its topics are {}", known.join(", ")))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// What is to be drawn, and from what.
#[derive(Clone)]
pub struct Problem<'a> {
    bank: &'a Bank,
    /// What is asked.
    pub blueprint: &'a Blueprint,
    /// Where all chance comes from.
    pub seed: Seed,
    /// What the labels of its streams of random numbers begin with.
    pub prefix: String,
    /// What its sections ask for.
    pub demands: Vec<Demand<'a>>,
    pools: Rc<BTreeMap<ItemType, Pool<'a>>>,
    /// What it may not ask.
    pub barred: Asked,
    /// How often items have been used before; those that have least come first.
    pub usage: Usage,
}

impl<'a> Problem<'a> {
    fn new(bank: &'a Bank, blueprint: &'a Blueprint, seed: Seed) -> Problem<'a> {
        Problem {
            bank,
            blueprint,
            seed,
            prefix: String::new(),
            demands: demands(blueprint),
            pools: Rc::new(pools(bank, blueprint, blueprint.dated)),
            barred: blueprint.avoided.clone(),
            usage: blueprint.usage.clone(),
        }
    }

    /// The same problem beside other papers.
    pub fn beside(&self, prefix: String, barred: Asked, usage: Usage) -> Problem<'a> {
        Problem { prefix, barred, usage, ..self.clone() }
    }

    /// Draws a paper, or so many if they are parallel.
    fn papers(&self, count: usize) -> Checked<Vec<Drawn>> {
        let first = self.paper()?;
        Ok(match self.blueprint.mode {
            Mode::Shuffled => vec![first],
            Mode::Parallel => parallel::papers(self, first, count),
        })
    }

    fn paper(&self) -> Checked<Drawn> {
        // Mostly the first attempt succeeds, and nothing has to be proven.
        if let Ok(cells) = self.plan(&self.demands, None, "0", STEPS)
            && let Ok(drawn) = self.attempt(cells, 0, None)
        {
            return Ok(drawn);
        }
        let supply = self.supply(self.blueprint.dated);
        let short = shortage::foreseen(self, &supply);
        if !short.is_empty() {
            return Err(short);
        }
        let mut fewest: Option<Vec<Diagnostic>> = None;
        let items: usize = self.blueprint.sections.iter().map(|plan| plan.count).sum();
        for attempt in 1..(MOST_DRAWN / items.max(1)).clamp(2, ATTEMPTS) {
            let label = attempt.to_string();
            let cells = self.plan(&self.demands, Some(&supply), &label, STEPS);
            let Ok(cells) = cells else { break };
            match self.attempt(cells, attempt, Some(&supply)) {
                Ok(drawn) => return Ok(drawn),
                Err(short) if fewest.as_ref().is_none_or(|b| short.len() < b.len()) => {
                    fewest = Some(short);
                }
                Err(_) => {}
            }
        }
        Err(fewest.unwrap_or_else(|| vec![Diagnostic::error(TOO_INTRICATE)]))
    }

    /// What can really be asked, `dated` if values that change may be.
    pub fn supply(&self, dated: bool) -> Supply<'a> {
        match dated == self.blueprint.dated {
            true => Supply::new(self.bank, &self.demands, &self.pools, &self.barred),
            false => {
                let pools = pools(self.bank, self.blueprint, dated);
                Supply::new(self.bank, &self.demands, &pools, &self.barred)
            }
        }
    }

    /// Cells that add up to what sections ask for, such that the supply has enough facts
    /// for all of them. Fails if there are none, with whether that is proven.
    pub fn plan(
        &self,
        demands: &[Demand<'a>],
        supply: Option<&Supply<'a>>,
        label: &str,
        steps: usize,
    ) -> Result<Vec<Cell<'a>>, bool> {
        let mut stream = self.seed.stream("cells", &format!("{}{label}", self.prefix));
        let mut search = Search::new(&mut stream, steps);
        let cells = self.plan_after(&[], demands, supply, &mut search);
        cells.ok_or(search.steps > 0)
    }

    /// The cells of the sections before, and those of the others.
    fn plan_after(
        &self,
        earlier: &[Cell<'a>],
        demands: &[Demand<'a>],
        supply: Option<&Supply<'a>>,
        search: &mut Search,
    ) -> Option<Vec<Cell<'a>>> {
        let Some((demand, others)) = demands.split_first() else {
            return Some(earlier.to_vec());
        };
        let source = Source { pool: &self.pools[&demand.plan.item_type], supply };
        let mut found = None;
        cells_of(demand, source, earlier, search, &mut |cells, search| {
            if let Some(supply) = supply {
                search.steps = search.steps.saturating_sub(STEPS_TO_DEAL);
                if !supply.deal(cells, &BTreeSet::new()).is_full() {
                    return false;
                }
            }
            found = self.plan_after(cells, others, supply, search);
            found.is_some()
        });
        found
    }

    /// Draws the items of all cells, or says which of them it could not fill.
    fn attempt(
        &self,
        mut cells: Vec<Cell<'a>>,
        attempt: usize,
        supply: Option<&Supply<'a>>,
    ) -> Checked<Drawn> {
        self.sort(&mut cells);
        let mut drawing = Drawing::new(self);
        let found = drawing.fill_all(&cells, &attempt.to_string(), supply);
        let short = cells.iter().zip(found).filter(|(cell, found)| *found < cell.count);
        let short = short.map(|(cell, found)| shortage::unfilled(self, cell, found));
        let mut short: Vec<Diagnostic> = short.collect();
        short.extend(drawing.missing_groups());
        if short.is_empty() { Ok(drawing.sections) } else { Err(short) }
    }

    /// Draws other items in the place of those of a paper: at first what nothing bars, then
    /// what only asks other facts, then whatever fits. What cannot be replaced stays.
    pub fn replaced(&self, paper: &Drawn, mut slots: Vec<Slot<'a>>) -> Drawn {
        slots.sort_by_cached_key(|slot| {
            let pool = self.pool_of(slot.cell.section);
            let all = 0..pool.candidates.len();
            all.filter(|&candidate| slot.cell.takes(pool, candidate)).count()
        });
        let (drawn, stale) = self.replace_all(paper, &slots, None);
        if stale == 0 {
            return drawn;
        }
        // What one slot takes may be all that another one has.
        let supply = self.supply(self.blueprint.dated);
        let (careful, fewer) = self.replace_all(paper, &slots, Some(&supply));
        if fewer < stale { careful } else { drawn }
    }

    /// The paper with what was found, and how many items of it were barred.
    fn replace_all(
        &self,
        paper: &Drawn,
        slots: &[Slot<'a>],
        supply: Option<&Supply<'a>>,
    ) -> (Drawn, usize) {
        let mut drawing = Drawing::new(self);
        drawing.sections.clone_from(paper);
        let cells: Vec<Cell> = slots.iter().map(|slot| slot.cell.clone()).collect();
        let gone = BTreeSet::new();
        let missing = supply.map_or(0, |s| s.deal(&cells, &gone).missing.iter().sum());
        let mut stale: Vec<usize> = (0..slots.len()).collect();
        let mut count = 0;
        let other_facts = Asked { items: BTreeSet::new(), ..self.barred.clone() };
        for (pass, barred) in
            [self.barred.clone(), other_facts, Asked::default()].into_iter().enumerate()
        {
            drawing.barred = barred;
            let mut left = missing;
            stale.retain(|&index| {
                let supply = supply.filter(|_| pass == 0);
                let cells = &cells[index..];
                let ahead = supply.map(|supply| Ahead { supply, cells, missing: left });
                let kept = !drawing.replace(&slots[index], pass, ahead.as_ref());
                left = left.saturating_sub(usize::from(kept));
                kept
            });
            if pass == 0 {
                count = stale.len();
            }
        }
        (drawing.sections, count)
    }

    /// Puts open cells last, and the others by how many candidates there are for each item.
    fn sort(&self, cells: &mut [Cell<'a>]) {
        cells.sort_by_cached_key(|cell| {
            let pool = self.pool_of(cell.section);
            let all = 0..pool.candidates.len();
            let choice = all.filter(|&candidate| cell.takes(pool, candidate)).count();
            (cell.is_open(), choice * 100 / cell.count, cell.section)
        });
    }

    /// What a section draws from.
    pub fn pool_of(&self, section: usize) -> &Pool<'a> {
        &self.pools[&self.blueprint.sections[section].item_type]
    }

    /// How often a candidate has been used before.
    pub fn usage_of(&self, candidate: &Candidate) -> (usize, usize) {
        let of = |id: &Id| self.usage.get(id).copied().unwrap_or_default();
        match &candidate.target {
            _ if self.usage.is_empty() => (0, 0),
            Target::Group(items) => {
                items.iter().map(|id| of(id)).max().unwrap_or_default()
            }
            _ => of(&candidate.id()),
        }
    }
}

fn pools<'a>(
    bank: &'a Bank,
    blueprint: &Blueprint,
    dated: bool,
) -> BTreeMap<ItemType, Pool<'a>> {
    let types: BTreeSet<ItemType> =
        blueprint.sections.iter().map(|s| s.item_type).collect();
    let parallel = blueprint.mode == Mode::Parallel;
    let sorted = parallel || blueprint.sections.iter().any(SectionPlan::is_sorted);
    types.into_iter().map(|t| (t, Pool::new(bank, t, dated, sorted))).collect()
}

/// What one or more items of a paper are to be replaced by.
pub struct Slot<'a> {
    /// What they are to be like.
    pub cell: Cell<'a>,
    /// Where they stand in their section.
    pub places: Range<usize>,
}

/// What is still to be drawn, so that no item is taken that something else needs.
struct Ahead<'p, 'a> {
    supply: &'p Supply<'a>,
    /// The cell that is being filled, and those after it.
    cells: &'p [Cell<'a>],
    /// How many items there are no facts for anyhow.
    missing: usize,
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
struct Drawing<'p, 'a> {
    problem: &'p Problem<'a>,
    plans: &'a [SectionPlan],
    sections: Drawn,
    /// What it may not ask.
    barred: Asked,
    /// The facts that it asks already or may not ask.
    used: BTreeSet<Id>,
    /// What the items show without asking it.
    shown: BTreeSet<Id>,
    /// How often each pattern has been taken, and each subject been asked or shown.
    taken: BTreeMap<Id, usize>,
}

impl<'p, 'a> Drawing<'p, 'a> {
    fn new(problem: &'p Problem<'a>) -> Drawing<'p, 'a> {
        let plans = &problem.blueprint.sections;
        Drawing {
            problem,
            plans,
            sections: vec![Vec::new(); plans.len()],
            barred: problem.barred.clone(),
            used: problem.barred.facts.clone(),
            shown: BTreeSet::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Draws something else for a slot, and says whether it could.
    fn replace(&mut self, slot: &Slot<'a>, pass: usize, ahead: Option<&Ahead>) -> bool {
        let (cell, places) = (&slot.cell, slot.places.clone());
        let first = places.start;
        let own: Vec<Item> = self.sections[cell.section].drain(places).collect();
        let drawn = self.sections.iter().flatten();
        let facts = drawn.flat_map(|item| item.facts.iter()).chain(&self.barred.facts);
        self.used = facts.cloned().collect();
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
        let truth = self.rarer_truth(cell.section, &mut stream);
        let items = self
            .take(cell, &mut open, truth, 0, ahead, &mut stream)
            .or_else(|| self.take(cell, &mut open, !truth, 0, ahead, &mut stream));
        let is_new = items.is_some();
        let mut items = items.unwrap_or(own);
        items.iter_mut().for_each(|item| item.row = cell.row());
        self.sections[cell.section].splice(first..first, items);
        is_new
    }

    /// The candidates of a cell in random order.
    fn open(&self, cell: &Cell, stream: &mut Stream) -> Open<'p> {
        let problem = self.problem;
        let pool = problem.pool_of(cell.section);
        let all = pool.candidates.iter().enumerate();
        let all = all.filter(|(index, _)| cell.takes(pool, *index));
        let all = all.map(|(_, candidate)| (candidate, problem.usage_of(candidate)));
        let mut open = Open::new(all.collect());
        stream.shuffle(&mut open.candidates);
        open
    }

    /// Draws the items of all cells and says how many it found for each. With a supply, no
    /// item is taken that leaves others without facts.
    fn fill_all(
        &mut self,
        cells: &[Cell<'a>],
        label: &str,
        supply: Option<&Supply<'a>>,
    ) -> Vec<usize> {
        let mut all = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            let label = format!("{}{label}/{}", self.problem.prefix, cell.name());
            let mut stream = self.problem.seed.stream("draw", &label);
            let cells = &cells[index..];
            let ahead = supply.map(|supply| Ahead { supply, cells, missing: 0 });
            all.push(self.fill(cell, ahead.as_ref(), &mut stream));
        }
        all
    }

    /// Draws the items of a cell and says how many it found.
    fn fill(&mut self, cell: &Cell, ahead: Option<&Ahead>, stream: &mut Stream) -> usize {
        let mut open = self.open(cell, stream);
        let mut found = 0;
        while found < cell.count {
            // A group that is larger than what is left is not taken at all.
            open.candidates
                .retain(|(candidate, _)| candidate.size() <= cell.count - found);
            let truth = self.rarer_truth(cell.section, stream);
            let drawn = self
                .take(cell, &mut open, truth, found, ahead, stream)
                .or_else(|| self.take(cell, &mut open, !truth, found, ahead, stream));
            let Some(mut items) = drawn else { return found };
            found += items.len();
            self.used.extend(items.iter().flat_map(|item| item.facts.iter().cloned()));
            self.shown.extend(items.iter().flat_map(|item| item.shown.iter().cloned()));
            items.iter_mut().for_each(|item| item.row = cell.row());
            self.sections[cell.section].extend(items);
        }
        found
    }

    /// Whether the next statement of a section should be true, so that about half of them
    /// are. Cells are too small to be balanced each by itself.
    fn rarer_truth(&self, section: usize, stream: &mut Stream) -> bool {
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
    fn has_negatives(&self, section: usize) -> bool {
        let negative = self.sections[section].iter().filter(|item| item.negative);
        negative.count() >= self.plans[section].count / 10
    }

    /// How many groups a section has.
    fn groups(&self, section: usize) -> usize {
        let items = self.sections[section].iter();
        items.filter_map(|item| item.stimulus.as_ref()).collect::<BTreeSet<&Id>>().len()
    }

    /// What is to be said of the sections that have fewer groups than they want.
    fn missing_groups(&self) -> Vec<Diagnostic> {
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
        let (index, items) = match cell.lengths.get(found) {
            None => { fitting }.next()?,
            Some(&length) => nearest(fitting, length)?,
        };
        let (candidate, _) = open.candidates.remove(index);
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

/// Of the first few items, those that are nearest to a length; the first of all that are
/// near enough.
fn nearest(
    fitting: impl Iterator<Item = (usize, Vec<Item>)>,
    length: usize,
) -> Option<(usize, Vec<Item>)> {
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
struct Open<'a> {
    /// The candidates, and how often each has been used before.
    candidates: Vec<(&'a Candidate<'a>, (usize, usize))>,
    /// What they are made from.
    origins: BTreeSet<&'a str>,
    /// How often any of them have been used before.
    usages: BTreeSet<(usize, usize)>,
}

impl<'a> Open<'a> {
    fn new(candidates: Vec<(&'a Candidate<'a>, (usize, usize))>) -> Open<'a> {
        // Candidates of one origin stand together.
        let origins = candidates.chunk_by(|(a, _), (b, _)| a.origin == b.origin);
        let origins = origins.map(|alike| &*alike[0].0.origin).collect();
        let usages = candidates.iter().map(|(_, usage)| *usage).collect();
        Open { candidates, origins, usages }
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
                (later, *used, times(&candidate.origin)) == level
            });
            let alike = alike.map(move |(place, (c, _))| (times(&c.subject), place));
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
