//! Cells: items of a section that are counted together, and how many of them there are to
//! be. A section that counts by several things at once is a table of cells, of which only
//! the sums are given.

mod table;

use crate::diagnostic::Place;
use crate::difficulty::Difficulty;
use crate::exam::blueprint::{Blueprint, SectionPlan};
use crate::exam::cells::table::tables;
use crate::exam::pool::{Pool, Traits};
use crate::exam::seed::Stream;
use crate::exam::supply::Supply;

/// What an item is to be; `None` leaves it open.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Filter<'a> {
    /// The topic.
    pub topic: Option<&'a str>,
    /// The level or cognitive level.
    pub level: Option<&'a str>,
    /// How difficult it is.
    pub difficulty: Option<Difficulty>,
}

impl Filter<'_> {
    fn takes(&self, traits: &Traits) -> bool {
        self.topic.is_none_or(|topic| topic == traits.topic)
            && self.level.is_none_or(|l| l == traits.level || l == traits.cognitive)
            && self.difficulty.is_none_or(|difficulty| difficulty == traits.difficulty)
    }
}

/// What a class takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted<'a> {
    /// Items like this.
    Like(Filter<'a>),
    /// Items that are like none of these.
    Unlike(Vec<Filter<'a>>),
    /// Items for a row of the section's table.
    Row(usize, Filter<'a>),
}

impl Wanted<'_> {
    /// Whatever there is.
    pub const ANY: Wanted<'static> =
        Wanted::Like(Filter { topic: None, level: None, difficulty: None });

    /// Whether it takes an item.
    pub fn takes(&self, traits: &Traits) -> bool {
        match self {
            Wanted::Like(filter) | Wanted::Row(_, filter) => filter.takes(traits),
            Wanted::Unlike(filters) => filters.iter().all(|filter| !filter.takes(traits)),
        }
    }

    /// Whether it names something.
    fn is_named(&self) -> bool {
        match self {
            Wanted::Like(filter) => *filter != Filter::default(),
            Wanted::Unlike(_) => false,
            Wanted::Row(..) => true,
        }
    }

    /// What streams of random numbers call it.
    fn name(&self) -> String {
        match self {
            Wanted::Unlike(_) => "*".to_string(),
            Wanted::Row(index, _) => format!("row {}", index + 1),
            Wanted::Like(filter) => {
                let difficulty = filter.difficulty.map(Difficulty::name);
                let named = filter.topic.or(filter.level).or(difficulty);
                named.unwrap_or("*").to_string()
            }
        }
    }
}

/// Items of a section that it counts together: a topic, a level, a row …
#[derive(Debug, Clone, PartialEq)]
pub struct Class<'a> {
    /// What it takes.
    pub wanted: Wanted<'a>,
    /// How many items it has.
    pub count: usize,
    /// Where that is said.
    pub place: &'a Place,
}

/// What a section asks for.
#[derive(Debug, Clone)]
pub struct Demand<'a> {
    /// The index of the section.
    pub section: usize,
    /// The section.
    pub plan: &'a SectionPlan,
    /// What it counts by; each of these parts all of its items into classes.
    pub axes: Vec<Vec<Class<'a>>>,
    /// How many groups it has at least.
    pub groups: usize,
    /// Whether more than topics is counted, so that the items of a group may count for
    /// several classes and its place has to be planned.
    pub sorted: bool,
}

/// What the sections of a blueprint ask for.
pub fn demands(blueprint: &Blueprint) -> Vec<Demand<'_>> {
    blueprint.sections.iter().enumerate().map(|(i, plan)| demand(i, plan)).collect()
}

fn demand(section: usize, plan: &SectionPlan) -> Demand<'_> {
    let like = Filter::default();
    let topics = plan.topics.iter().map(|(topic, quota)| {
        (Filter { topic: Some(topic), ..like }, quota.count, &quota.place)
    });
    let levels = plan.levels.iter().map(|(level, quota)| {
        (Filter { level: Some(level), ..like }, quota.count, &quota.place)
    });
    let difficulties = plan.difficulty.iter().map(|(&difficulty, quota)| {
        (Filter { difficulty: Some(difficulty), ..like }, quota.count, &quota.place)
    });
    let axes = [topics.collect(), levels.collect(), difficulties.collect::<Vec<_>>()];
    let axes = axes.into_iter().filter(|named| !named.is_empty());
    let mut axes: Vec<Vec<Class>> = axes.map(|named| axis(named, plan)).collect();
    let rows = plan.table.iter().enumerate().map(|(index, row)| {
        let filter = Filter {
            topic: row.row.topic.as_deref(),
            level: row.row.level.as_deref(),
            difficulty: row.row.difficulty,
        };
        Class {
            wanted: Wanted::Row(index, filter),
            count: row.row.count,
            place: &row.place,
        }
    });
    let rows: Vec<Class> = rows.collect();
    if !rows.is_empty() {
        axes.push(rows);
    } else if axes.is_empty() {
        axes.push(axis(Vec::new(), plan));
    }
    Demand { section, plan, axes, groups: plan.stimuli, sorted: plan.is_sorted() }
}

/// The classes that are named, and one for what is left over.
fn axis<'a>(
    named: Vec<(Filter<'a>, usize, &'a Place)>,
    plan: &'a SectionPlan,
) -> Vec<Class<'a>> {
    let rest = plan.count - named.iter().map(|(_, count, _)| count).sum::<usize>();
    let filters: Vec<Filter> = named.iter().map(|(filter, ..)| *filter).collect();
    let other = if filters.is_empty() { Wanted::ANY } else { Wanted::Unlike(filters) };
    let classes = named.into_iter().map(|(filter, count, place)| Class {
        wanted: Wanted::Like(filter),
        count,
        place,
    });
    let other = Class { wanted: other, count: rest, place: &plan.place };
    classes.chain([other]).filter(|class| class.count > 0).collect()
}

/// Items that are drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<'a> {
    /// The index of the section.
    pub section: usize,
    /// What each of its items is to be.
    pub wanted: Vec<Wanted<'a>>,
    /// The place in the pool of the only candidate that it takes: a group.
    pub only: Option<usize>,
    /// How many items it has.
    pub count: usize,
    /// How many words each of them should have, if that is wanted.
    pub lengths: Vec<usize>,
}

impl Cell<'_> {
    /// Whether it takes a candidate.
    pub fn takes(&self, pool: &Pool, candidate: usize) -> bool {
        match self.only {
            Some(only) => only == candidate,
            None if matches!(self.wanted[..], [Wanted::ANY]) => true,
            None => pool.traits(candidate).all(|traits| self.takes_item(&traits)),
        }
    }

    /// Whether it takes an item.
    pub fn takes_item(&self, traits: &Traits) -> bool {
        self.wanted.iter().all(|wanted| wanted.takes(traits))
    }

    /// Whether it leaves open what its items are.
    pub fn is_open(&self) -> bool {
        self.only.is_none() && !self.wanted.iter().any(Wanted::is_named)
    }

    /// The index of the row that its items fill.
    pub fn row(&self) -> Option<usize> {
        self.wanted.iter().find_map(|wanted| match wanted {
            Wanted::Row(index, _) => Some(*index),
            _ => None,
        })
    }

    /// What streams of random numbers call it.
    pub fn name(&self) -> String {
        let wanted: Vec<String> = self.wanted.iter().map(Wanted::name).collect();
        let only = self.only.map_or(String::new(), |only| format!("/group {only}"));
        format!("{}/{}{only}", self.section, wanted.join("/"))
    }
}

/// A search for cells that add up to what sections ask for.
pub struct Search<'s> {
    /// The dice.
    pub stream: &'s mut Stream,
    /// How many steps it has left; with none it gives up.
    pub steps: usize,
    /// How many groups more than it need have a section is tried with first.
    pub more_groups: usize,
}

impl Search<'_> {
    /// A search that takes so many steps before it gives up.
    pub fn new(stream: &mut Stream, steps: usize) -> Search<'_> {
        Search { stream, steps, more_groups: 0 }
    }
}

/// What the items of a cell come from.
#[derive(Clone, Copy)]
pub struct Source<'p, 'a> {
    /// What could be asked.
    pub pool: &'p Pool<'a>,
    /// What can really be asked, if that has been looked at.
    pub supply: Option<&'p Supply<'a>>,
}

impl Source<'_, '_> {
    /// How many items a cell could have.
    fn count(&self, cell: &Cell) -> usize {
        if let Some(supply) = self.supply {
            return supply.count(cell);
        }
        let all = (0..self.pool.candidates.len()).filter(|&c| cell.takes(self.pool, c));
        all.map(|candidate| self.pool.candidates[candidate].size()).sum()
    }
}

/// Whoever is told of cells, and says whether they will do.
pub type Accept<'f, 'a> = &'f mut dyn FnMut(&[Cell<'a>], &mut Search) -> bool;

/// Finds cells of a section, in random order of all there are, until some are accepted.
/// `earlier` are those of the sections before, which are handed on with them.
pub fn cells_of<'a>(
    demand: &Demand<'a>,
    source: Source<'_, 'a>,
    earlier: &[Cell<'a>],
    search: &mut Search,
    accept: Accept<'_, 'a>,
) -> bool {
    if !demand.sorted {
        return tables(demand, source, earlier, search, accept);
    }
    let all = &source.pool.candidates;
    let groups = (0..all.len()).filter(|&index| all[index].is_group());
    let mut groups: Vec<usize> = groups.collect();
    search.stream.shuffle(&mut groups);
    // Rather no more groups than are asked for.
    let most = groups.len().max(demand.groups);
    let first = most.min(demand.groups + search.more_groups);
    let counts = (first..=most).chain(demand.groups..first);
    counts.into_iter().any(|count| {
        let demand = Demand { groups: count, ..demand.clone() };
        with_groups(&demand, source, &groups, earlier, search, accept)
    })
}

/// Takes one of the groups after another, until there are as many as are asked for.
fn with_groups<'a>(
    demand: &Demand<'a>,
    source: Source<'_, 'a>,
    groups: &[usize],
    earlier: &[Cell<'a>],
    search: &mut Search,
    accept: Accept<'_, 'a>,
) -> bool {
    if demand.groups == 0 {
        return tables(demand, source, earlier, search, accept);
    }
    groups.iter().enumerate().any(|(place, &group)| {
        let rows = demand.axes.iter().flatten().filter_map(|class| match class.wanted {
            Wanted::Row(index, _) => Some(Some(index)),
            _ => None,
        });
        let mut rows: Vec<Option<usize>> = rows.collect();
        search.stream.shuffle(&mut rows);
        if rows.is_empty() {
            rows.push(None);
        }
        rows.into_iter().any(|row| {
            search.steps = search.steps.saturating_sub(1);
            let Some((rest, cell)) = without(demand, source.pool, group, row) else {
                return false;
            };
            let earlier = [earlier, &[cell]].concat();
            let later = &groups[place + 1..];
            search.steps > 0
                && with_groups(&rest, source, later, &earlier, search, accept)
        })
    })
}

/// What is left to ask for once a group is taken for a row, and the group's cell; `None`
/// if it does not fit.
fn without<'a>(
    demand: &Demand<'a>,
    pool: &Pool,
    group: usize,
    row: Option<usize>,
) -> Option<(Demand<'a>, Cell<'a>)> {
    let mut rest = Demand { groups: demand.groups - 1, ..demand.clone() };
    let mut wanted = Vec::new();
    for traits in pool.traits(group) {
        for axis in &mut rest.axes {
            let class = axis.iter_mut().find(|class| match class.wanted {
                Wanted::Row(index, _) => {
                    Some(index) == row && class.wanted.takes(&traits)
                }
                _ => class.wanted.takes(&traits),
            })?;
            class.count = class.count.checked_sub(1)?;
            if let Wanted::Row(..) = class.wanted {
                wanted = vec![class.wanted.clone()];
            }
        }
    }
    let (section, count) = (demand.section, pool.candidates[group].size());
    Some((rest, Cell { section, wanted, only: Some(group), count, lengths: Vec::new() }))
}
