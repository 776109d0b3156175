//! Drawing: which items a paper asks.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::blueprint::{Blueprint, SectionPlan};
use crate::exam::build::{Site, build_all};
use crate::exam::candidates::Candidate;
use crate::exam::cells::{Cell, Demand, Search, Source, cells_of, demands};
use crate::exam::item::{Item, Task};
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

/// How many steps a search for cells takes before it gives up.
pub const STEPS: usize = 20_000;

/// How many steps of a search it takes to see whether there are facts for all cells.
const STEPS_TO_DEAL: usize = 100;

/// Draws the items of each section, in no particular order.
///
/// Fails if the bank cannot yield what the blueprint asks for: with what is short, cell by
/// cell, where that can be proven.
pub fn draw(bank: &Bank, blueprint: &Blueprint, seed: Seed) -> Checked<Vec<Vec<Item>>> {
    check_names(bank, blueprint)?;
    let problem = Problem::new(bank, blueprint, seed);
    // Mostly the first attempt succeeds, and nothing has to be proven.
    if let Ok(cells) = problem.plan(&problem.demands, None, "0", STEPS)
        && let Ok(drawn) = problem.attempt(cells, 0, None)
    {
        return Ok(drawn);
    }
    let supply = problem.supply(blueprint.dated);
    let short = shortage::proven(&problem, &supply);
    if !short.is_empty() {
        return Err(short);
    }
    let mut fewest: Option<Vec<Diagnostic>> = None;
    let items: usize = blueprint.sections.iter().map(|plan| plan.count).sum();
    for attempt in 1..(MOST_DRAWN / items.max(1)).clamp(2, ATTEMPTS) {
        let label = attempt.to_string();
        let cells = problem.plan(&problem.demands, Some(&supply), &label, STEPS);
        let Ok(cells) = cells else { break };
        match problem.attempt(cells, attempt, Some(&supply)) {
            Ok(drawn) => return Ok(drawn),
            Err(short) if fewest.as_ref().is_none_or(|best| short.len() < best.len()) => {
                fewest = Some(short);
            }
            Err(_) => {}
        }
    }
    let given_up =
        "the quotas of the blueprint are too intricate: no choice of items was found";
    Err(fewest.unwrap_or_else(|| vec![Diagnostic::error(given_up)]))
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
pub struct Problem<'a> {
    bank: &'a Bank,
    /// What is asked.
    pub blueprint: &'a Blueprint,
    seed: Seed,
    /// What its sections ask for.
    pub demands: Vec<Demand<'a>>,
    pools: BTreeMap<ItemType, Pool<'a>>,
}

impl<'a> Problem<'a> {
    fn new(bank: &'a Bank, blueprint: &'a Blueprint, seed: Seed) -> Problem<'a> {
        let demands = demands(blueprint);
        let pools = pools(bank, blueprint, blueprint.dated);
        Problem { bank, blueprint, seed, demands, pools }
    }

    /// What can really be asked, `dated` if values that change may be.
    pub fn supply(&self, dated: bool) -> Supply<'a> {
        let used = BTreeSet::new();
        match dated == self.blueprint.dated {
            true => Supply::new(self.bank, &self.demands, &self.pools, &used),
            false => {
                let pools = pools(self.bank, self.blueprint, dated);
                Supply::new(self.bank, &self.demands, &pools, &used)
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
        let mut stream = self.seed.stream("cells", label);
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
    ) -> Checked<Vec<Vec<Item>>> {
        // Open cells last, then by how many candidates there are for each item.
        cells.sort_by_cached_key(|cell| {
            let pool = self.pool(cell);
            let all = 0..pool.candidates.len();
            let choice = all.filter(|&candidate| cell.takes(pool, candidate)).count();
            (cell.is_open(), choice * 100 / cell.count, cell.section)
        });
        let mut drawing = Drawing::new(self);
        let mut short = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            let label = format!("{attempt}/{}", cell.name());
            let mut stream = self.seed.stream("draw", &label);
            let ahead = supply.map(|supply| Ahead { supply, cells: &cells[index..] });
            let found = drawing.fill(cell, self.pool(cell), ahead.as_ref(), &mut stream);
            if found < cell.count {
                short.push(shortage::unfilled(self, cell, found));
            }
        }
        short.extend(drawing.missing_groups());
        if short.is_empty() { Ok(drawing.sections) } else { Err(short) }
    }

    /// What a cell draws from.
    fn pool(&self, cell: &Cell) -> &Pool<'a> {
        &self.pools[&self.blueprint.sections[cell.section].item_type]
    }
}

fn pools<'a>(
    bank: &'a Bank,
    blueprint: &Blueprint,
    dated: bool,
) -> BTreeMap<ItemType, Pool<'a>> {
    let types: BTreeSet<ItemType> =
        blueprint.sections.iter().map(|s| s.item_type).collect();
    let sorted = blueprint.sections.iter().any(SectionPlan::is_sorted);
    types.into_iter().map(|t| (t, Pool::new(bank, t, dated, sorted))).collect()
}

/// What is still to be drawn, so that no item is taken that something else needs.
struct Ahead<'p, 'a> {
    supply: &'p Supply<'a>,
    /// The cell that is being filled, and those after it.
    cells: &'p [Cell<'a>],
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
        self.supply.deal(&cells, &gone).is_full()
    }
}

/// A paper in the making.
struct Drawing<'a> {
    bank: &'a Bank,
    plans: &'a [SectionPlan],
    sections: Vec<Vec<Item>>,
    used: BTreeSet<Id>,
    /// What the items show without asking it.
    shown: BTreeSet<Id>,
    /// How often each pattern has been taken, and each subject been asked or shown.
    taken: BTreeMap<Id, usize>,
}

impl<'a> Drawing<'a> {
    fn new(problem: &Problem<'a>) -> Drawing<'a> {
        Drawing {
            bank: problem.bank,
            plans: &problem.blueprint.sections,
            sections: vec![Vec::new(); problem.blueprint.sections.len()],
            used: BTreeSet::new(),
            shown: BTreeSet::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Draws the items of a cell and says how many it found.
    fn fill(
        &mut self,
        cell: &Cell,
        pool: &Pool,
        ahead: Option<&Ahead>,
        stream: &mut Stream,
    ) -> usize {
        let all = pool.candidates.iter().enumerate();
        let taken = all.filter(|(index, _)| cell.takes(pool, *index));
        let mut open = Open::new(taken.map(|(_, candidate)| candidate).collect());
        stream.shuffle(&mut open.candidates);
        let mut found = 0;
        while found < cell.count {
            // A group that is larger than what is left is not taken at all.
            open.candidates.retain(|candidate| candidate.size() <= cell.count - found);
            let truth = self.rarer_truth(cell.section, stream);
            let fits = |drawing: &Drawing, items: &[Item]| {
                ahead.is_none_or(|ahead| ahead.leaves_enough(&drawing.used, items, found))
            };
            let drawn = self
                .take(cell, &mut open, truth, &fits, stream)
                .or_else(|| self.take(cell, &mut open, !truth, &fits, stream));
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
    /// they come first.
    fn take(
        &mut self,
        cell: &Cell,
        open: &mut Open,
        truth: bool,
        fits: &dyn Fn(&Drawing, &[Item]) -> bool,
        stream: &mut Stream,
    ) -> Option<Vec<Item>> {
        let section = cell.section;
        let plan = self.plans[section].in_row(cell.row());
        let wanting = self.groups(section) < self.plans[section].stimuli;
        let site = Site {
            bank: self.bank,
            plan: &plan,
            used: &self.used,
            shown: &self.shown,
            truth,
            negative: !self.has_negatives(section),
        };
        let (index, items) =
            open.least_taken(&self.taken, wanting).find_map(|index| {
                let items = build_all(&site, open.candidates[index], stream)?;
                let mut drawn = self.sections.iter().flatten();
                let apart =
                    |item: &Item, o: &Item| item.id != o.id && !item.is_enemy_of(o);
                let apart = drawn.all(|o| items.iter().all(|item| apart(item, o)));
                (apart && fits(self, &items)).then_some((index, items))
            })?;
        let candidate = open.candidates.remove(index);
        *self.taken.entry(candidate.origin.to_string()).or_default() += items.len();
        let shown = items.iter().flat_map(|item| item.shown.iter().cloned());
        for subject in shown.chain([candidate.subject.to_string()]) {
            *self.taken.entry(subject).or_default() += 1;
        }
        Some(items)
    }
}

/// The candidates of a cell that have not been drawn.
struct Open<'a> {
    candidates: Vec<&'a Candidate<'a>>,
    /// What they are made from.
    origins: BTreeSet<&'a str>,
}

impl<'a> Open<'a> {
    fn new(candidates: Vec<&'a Candidate<'a>>) -> Open<'a> {
        // Candidates of one origin stand together.
        let origins = candidates.chunk_by(|a, b| a.origin == b.origin);
        let origins = origins.map(|alike| &*alike[0].origin).collect();
        Open { candidates, origins }
    }

    /// The places of the candidates, groups first if they are wanted; then those whose
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
            [(false, level), (wanting, level)]
        });
        let levels: BTreeSet<(bool, usize)> = levels.collect();
        levels.into_iter().flat_map(move |level| {
            let alike = self.candidates.iter().enumerate();
            let alike = alike.filter(move |(_, candidate)| {
                let later = wanting && !candidate.is_group();
                (later, times(&candidate.origin)) == level
            });
            let alike = alike.map(move |(place, c)| (times(&c.subject), place));
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
