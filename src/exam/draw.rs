//! Drawing: which items a paper asks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::bank::{Bank, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::blueprint::{Asked, Blueprint, Mode, SectionPlan, Usage};
use crate::exam::candidates::{Candidate, Target};
use crate::exam::cells::{Cell, Demand, Search, Source, cells_of, demands};
use crate::exam::drawing::{Ahead, Drawing, Slot};
use crate::exam::item::Item;
use crate::exam::mend::Tight;
use crate::exam::parallel;
use crate::exam::pool::Pool;
use crate::exam::seed::Seed;
use crate::exam::shortage;
use crate::exam::supply::Supply;
use crate::item_type::ItemType;

/// How often drawing starts over before it gives up. Facts that one cell takes may be
/// missing in another, and the next attempt deals them out differently.
const ATTEMPTS: usize = 40;

/// How many items all attempts together draw at most, so that nobody waits long to hear
/// that a bank is too small.
const MOST_DRAWN: usize = 1500;

/// What is said where a search was given up before anything was found.
const TOO_INTRICATE: &str =
    "the quotas of the blueprint are too intricate: no choice of items was found";

/// How many steps a search for cells takes before it gives up.
pub const STEPS: usize = 20_000;

/// How many groups more than it need have a paper is tried with, where it is hard to fill.
const MOST_GROUPS_MORE: usize = 3;

/// After how many failures it is tried with one group more.
const PATIENCE: usize = 3;

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
    /// What is known.
    pub bank: &'a Bank,
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
    /// What it asks only where there is nothing else.
    spared: Asked,
    /// What cannot be had together, as earlier attempts found.
    tight: Vec<Tight>,
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
            spared: Asked::default(),
            tight: Vec::new(),
            usage: blueprint.usage.clone(),
        }
    }

    /// The same problem beside other papers, which ask what is to be spared.
    pub fn beside(&self, prefix: String, spared: Asked, usage: Usage) -> Problem<'a> {
        Problem { prefix, spared, usage, ..self.clone() }
    }

    /// What is barred, and what is to be spared as well.
    fn all_barred(&self, spared: &Asked) -> Asked {
        let mut all = self.barred.clone();
        all.extend(spared);
        all
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
        let (supply, mut problem) = (self.supply(self.blueprint.dated), self.clone());
        let short = shortage::foreseen(self, &supply);
        if !short.is_empty() {
            return Err(short);
        }
        let mut fewest: Option<Vec<Diagnostic>> = None;
        let items: usize = self.blueprint.sections.iter().map(|plan| plan.count).sum();
        for attempt in 1..(MOST_DRAWN / items.max(1)).clamp(2, ATTEMPTS) {
            let label = attempt.to_string();
            let cells = problem.plan(&self.demands, Some(&supply), &label, STEPS);
            let Ok(cells) = cells else {
                // What earlier attempts found tight may be had after all.
                if std::mem::take(&mut problem.tight).is_empty() {
                    break;
                }
                continue;
            };
            match self.attempt(cells, attempt, Some(&supply)) {
                Ok(drawn) => return Ok(drawn),
                Err(missed) => {
                    problem.tight.push(missed.tight);
                    let short = missed.short;
                    if fewest.as_ref().is_none_or(|b| short.len() < b.len()) {
                        fewest = Some(short);
                    }
                }
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
        search.more_groups = self.tight.len() / PATIENCE % MOST_GROUPS_MORE;
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
            if self.tight.iter().any(|tight| is_tight(cells, tight)) {
                return false;
            }
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
    ) -> Result<Drawn, Missed> {
        self.sort(&mut cells);
        let mut drawing = Drawing::new(self);
        let label = attempt.to_string();
        let found = drawing.fill_all(&cells, &label, supply);
        let short = cells.iter().zip(&found).filter(|(cell, found)| **found < cell.count);
        let mut short: Vec<Diagnostic> =
            short.map(|(cell, found)| shortage::unfilled(self, cell, *found)).collect();
        let mended = match short.is_empty() {
            true => Ok(()),
            false => drawing.mend(&cells, &found, &label),
        };
        if mended.is_ok() {
            short.clear();
        }
        short.extend(drawing.missing_groups());
        match short.is_empty() {
            true => Ok(drawing.sections),
            false => Err(Missed { short, tight: mended.err().unwrap_or_default() }),
        }
    }

    /// Draws other items in the place of those of a paper: at first what no other paper asks,
    /// then what only asks other facts, then whatever fits. What cannot be replaced stays.
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
        let barred = self.all_barred(&self.spared);
        let supply = Supply::new(self.bank, &self.demands, &self.pools, &barred);
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
        let facts = Asked { items: BTreeSet::new(), ..self.spared.clone() };
        let spared = [self.spared.clone(), facts, Asked::default()];
        for (pass, spared) in spared.iter().enumerate() {
            let barred = self.all_barred(spared);
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

/// What an attempt could not fill.
struct Missed {
    short: Vec<Diagnostic>,
    tight: Tight,
}

/// Whether cells want what cannot be had together, or more.
fn is_tight(cells: &[Cell], tight: &Tight) -> bool {
    let wanted = |name: &str| {
        let alike = cells.iter().filter(|cell| cell.name() == name);
        alike.map(|cell| cell.count).sum::<usize>()
    };
    !tight.is_empty() && tight.iter().all(|(name, &count)| wanted(name) >= count)
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
