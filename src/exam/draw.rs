//! Drawing: which items a paper asks.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Bank, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::blueprint::{Blueprint, SectionPlan};
use crate::exam::build::{Site, build_all};
use crate::exam::candidates::{Candidate, candidates};
use crate::exam::item::{Item, Task};
use crate::exam::seed::{Seed, Stream};
use crate::item_type::ItemType;

/// How often drawing starts over before it gives up. Facts that one cell takes may be
/// missing in another, and the next attempt deals them out differently.
const ATTEMPTS: usize = 20;

/// How many items all attempts together draw at most, so that nobody waits long to hear
/// that a bank is too small.
const MOST_DRAWN: usize = 1000;

/// Draws the items of each section, in no particular order.
///
/// Fails with one finding per cell of the blueprint that the bank cannot fill.
pub fn draw(bank: &Bank, blueprint: &Blueprint, seed: Seed) -> Checked<Vec<Vec<Item>>> {
    check_topics(bank, blueprint)?;
    let types: BTreeSet<ItemType> =
        blueprint.sections.iter().map(|s| s.item_type).collect();
    let pools =
        types.into_iter().map(|t| (t, candidates(bank, t, blueprint.dated))).collect();
    let cells = cells(blueprint, &pools);
    let mut fewest: Option<Vec<Diagnostic>> = None;
    let items: usize = cells.iter().map(|cell| cell.count).sum();
    for attempt in 0..(MOST_DRAWN / items.max(1)).clamp(2, ATTEMPTS) {
        let mut drawing = Drawing::new(bank, blueprint);
        let mut short = Vec::new();
        for cell in &cells {
            let mut stream = seed.stream("draw", &format!("{attempt}/{}", cell.name()));
            let found =
                drawing.fill(cell, &pools[&cell.item_type(blueprint)], &mut stream);
            if found < cell.count {
                short.push(cell.shortage(blueprint, found));
            }
        }
        short.extend(drawing.missing_groups());
        if short.is_empty() {
            return Ok(drawing.sections);
        }
        let hopeless = cells.iter().any(|cell| {
            let pool = &pools[&cell.item_type(blueprint)];
            let taken = pool.iter().filter(|candidate| cell.takes(candidate));
            taken.map(Candidate::size).sum::<usize>() < cell.count
        });
        if hopeless {
            return Err(short);
        }
        if fewest.as_ref().is_none_or(|best| short.len() < best.len()) {
            fewest = Some(short);
        }
    }
    Err(fewest.unwrap_or_default())
}

fn check_topics(bank: &Bank, blueprint: &Blueprint) -> Checked<()> {
    let topics = blueprint.sections.iter().flat_map(|section| &section.topics);
    let unknown = topics.filter(|(topic, _)| !bank.topics.contains_key(*topic));
    let known: Vec<&str> = bank.topics.keys().map(Id::as_str).collect();
    let findings: Vec<Diagnostic> = unknown
        .map(|(topic, quota)| {
            Diagnostic::error(format!("the bank has no topic `{topic}`"))
                .at(quota.place.clone())
                .hint(format!("its topics are {}", known.join(", ")))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// Items of a section that are counted together.
struct Cell {
    section: usize,
    /// The topic, or `None` for what the section leaves open.
    topic: Option<Id>,
    count: usize,
}

/// The cells of all sections, the scarcest first.
fn cells(blueprint: &Blueprint, pools: &BTreeMap<ItemType, Vec<Candidate>>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (section, plan) in blueprint.sections.iter().enumerate() {
        let named = plan.topics.iter().map(|(topic, quota)| Cell {
            section,
            topic: Some(topic.clone()),
            count: quota.count,
        });
        let named: Vec<Cell> = named.collect();
        let rest = plan.count - named.iter().map(|cell| cell.count).sum::<usize>();
        cells.extend(named);
        cells.push(Cell { section, topic: None, count: rest });
    }
    cells.retain(|cell| cell.count > 0);
    // Open cells last, then by how many candidates there are for each item.
    cells.sort_by_cached_key(|cell| {
        let pool = &pools[&cell.item_type(blueprint)];
        let choice = pool.iter().filter(|candidate| cell.takes(candidate)).count();
        (cell.topic.is_none(), choice * 100 / cell.count, cell.section)
    });
    cells
}

impl Cell {
    fn item_type(&self, blueprint: &Blueprint) -> ItemType {
        blueprint.sections[self.section].item_type
    }

    fn takes(&self, candidate: &Candidate) -> bool {
        self.topic.as_ref().is_none_or(|topic| topic == candidate.topic)
    }

    fn name(&self) -> String {
        format!("{}/{}", self.section, self.topic.as_deref().unwrap_or("*"))
    }

    fn shortage(&self, blueprint: &Blueprint, found: usize) -> Diagnostic {
        let plan = &blueprint.sections[self.section];
        let place = match &self.topic {
            Some(topic) => plan.topics[topic].place.clone(),
            None => plan.place.clone(),
        };
        let of = match &self.topic {
            Some(topic) => format!("of topic `{topic}`"),
            None => "of any topic".to_string(),
        };
        let message = format!(
            "section {} asks for {} {} items {of}, and the bank yields {found}",
            self.section + 1,
            self.count,
            plan.item_type.name(),
        );
        let hint = match found {
            _ if plan.item_type == ItemType::Essay => {
                "raise `points`, because every criterion of a guide earns one, or write more \
                 essays into the bank"
                    .to_string()
            }
            0 => "ask for another topic or type, or add facts and patterns to the bank"
                .into(),
            _ => format!(
                "ask for {found}, take fewer in other sections, or add facts to the bank"
            ),
        };
        Diagnostic::error(message).at(place).hint(hint)
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
    fn new(bank: &'a Bank, blueprint: &'a Blueprint) -> Drawing<'a> {
        Drawing {
            bank,
            plans: &blueprint.sections,
            sections: vec![Vec::new(); blueprint.sections.len()],
            used: BTreeSet::new(),
            shown: BTreeSet::new(),
            taken: BTreeMap::new(),
        }
    }

    /// Draws the items of a cell and says how many it found.
    fn fill(&mut self, cell: &Cell, pool: &[Candidate], stream: &mut Stream) -> usize {
        let mut open = Open::new(pool.iter().filter(|c| cell.takes(c)).collect());
        stream.shuffle(&mut open.candidates);
        let mut found = 0;
        while found < cell.count {
            // A group that is larger than what is left is not taken at all.
            open.candidates.retain(|candidate| candidate.size() <= cell.count - found);
            let truth = self.rarer_truth(cell.section, stream);
            let drawn = self
                .take(cell.section, &mut open, truth, stream)
                .or_else(|| self.take(cell.section, &mut open, !truth, stream));
            let Some(items) = drawn else { return found };
            found += items.len();
            self.used.extend(items.iter().flat_map(|item| item.facts.iter().cloned()));
            self.shown.extend(items.iter().flat_map(|item| item.shown.iter().cloned()));
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
        section: usize,
        open: &mut Open,
        truth: bool,
        stream: &mut Stream,
    ) -> Option<Vec<Item>> {
        let wanting = self.groups(section) < self.plans[section].stimuli;
        let site = Site {
            bank: self.bank,
            plan: &self.plans[section],
            used: &self.used,
            shown: &self.shown,
            truth,
            negative: !self.has_negatives(section),
        };
        let (index, items) =
            open.least_taken(&self.taken, wanting).find_map(|index| {
                let items = build_all(&site, open.candidates[index], stream)?;
                let mut drawn = self.sections.iter().flatten();
                let fits = drawn.all(|o| items.iter().all(|item| !item.is_enemy_of(o)));
                fits.then_some((index, items))
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
