//! Parallel papers (paket setara): other items of the same kinds, slot by slot.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{Id, id_of_form};
use crate::difficulty::Difficulty;
use crate::exam::blueprint::{Asked, Usage};
use crate::exam::cells::{Cell, Filter, Wanted};
use crate::exam::draw::{Drawn, Problem};
use crate::exam::drawing::Slot;
use crate::exam::item::Item;
use crate::exam::pool::Traits;

/// So many papers, the first of which is drawn already. Each depends on those before it,
/// never on those after it.
///
/// They share no facts where the bank has others, and else as few as are found; where it has
/// nothing else at all, a paper repeats an item of the first one.
pub fn papers(problem: &Problem, first: Drawn, count: usize) -> Vec<Drawn> {
    let mut papers = vec![first];
    for index in 1..count {
        let paper = another(problem, &papers, index);
        papers.push(paper);
    }
    tell_apart(&mut papers);
    papers
}

/// Gives an item another id that asks something else than an earlier one of the same
/// candidate, or whoever counts answers by item would mix the two.
fn tell_apart(papers: &mut [Drawn]) {
    let mut known: BTreeMap<&Id, Vec<_>> = BTreeMap::new();
    let form = |item| {
        let (asked, forms) = (Item::asked(item), known.entry(&item.id).or_default());
        let form = forms.iter().position(|form| *form == asked);
        form.unwrap_or_else(|| {
            forms.push(asked);
            forms.len() - 1
        })
    };
    let forms: Vec<usize> = papers.iter().flatten().flatten().map(form).collect();
    for (item, form) in papers.iter_mut().flatten().flatten().zip(forms) {
        item.id = id_of_form(&item.id, form);
    }
}

/// What papers ask.
pub fn asked(papers: &[Drawn]) -> Asked {
    let items = || papers.iter().flatten().flatten();
    Asked {
        items: items().map(|item| item.id.clone()).collect(),
        facts: items().flat_map(|item| item.facts.iter().cloned()).collect(),
    }
}

fn another(problem: &Problem, papers: &[Drawn], index: usize) -> Drawn {
    let mut usage: Usage = problem.usage.clone();
    for item in papers.iter().flatten().flatten() {
        usage.entry(item.id.clone()).or_default().0 += 1;
    }
    let problem =
        problem.beside(format!("{}{index}/", problem.prefix), asked(papers), usage);
    problem.replaced(&papers[0], slots(&problem, &papers[0], index))
}

/// What an item of a slot is like.
type Likeness<'i> = (Option<usize>, &'i str, &'i str, &'i str, Difficulty);

fn likeness(item: &Item) -> Likeness<'_> {
    let (level, cognitive) = &item.level;
    (item.row, &item.topic, level, cognitive, item.difficulty)
}

/// The items of a section that stand together: groups, and every other item alone.
fn blocks(items: &[Item]) -> impl Iterator<Item = &[Item]> {
    items.chunk_by(|a, b| a.stimulus.is_some() && a.stimulus == b.stimulus)
}

/// What a paper asks, slot by slot.
fn slots<'i>(problem: &Problem<'i>, paper: &'i Drawn, index: usize) -> Vec<Slot<'i>> {
    let mut slots = Vec::new();
    let mut groups: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (section, items) in paper.iter().enumerate() {
        let mut first = 0;
        for block in blocks(items) {
            let only = block[0].stimulus.is_some().then(|| {
                let group = like_group(problem, section, block, &groups, index);
                groups.insert((section, group));
                group
            });
            let cell = Cell {
                section,
                wanted: wanted(likeness(&block[0])),
                only,
                count: block.len(),
                lengths: vec![block.iter().map(Item::words).sum()],
            };
            let places = first..first + block.len();
            first = places.end;
            slots.push(Slot { cell, places });
        }
    }
    slots
}

fn row(row: Option<usize>) -> Vec<Wanted<'static>> {
    row.map(|index| Wanted::Row(index, Filter::default())).into_iter().collect()
}

fn wanted(
    (row_index, topic, level, cognitive, difficulty): Likeness<'_>,
) -> Vec<Wanted<'_>> {
    let (topic, difficulty) = (Some(topic), Some(difficulty));
    let like = Filter { topic, level: Some(level), difficulty };
    let cognitive = Filter { level: Some(cognitive), ..Filter::default() };
    let mut wanted = row(row_index);
    wanted.extend([Wanted::Like(like), Wanted::Like(cognitive)]);
    wanted
}

/// The place in the pool of a group like this one: of the same kinds of items, not asked
/// before if there is one.
fn like_group(
    problem: &Problem,
    section: usize,
    group: &[Item],
    taken: &BTreeSet<(usize, usize)>,
    index: usize,
) -> usize {
    let pool = problem.pool_of(section);
    let stimulus = group[0].stimulus.as_deref();
    let mut like: Vec<Traits> = group.iter().map(traits).collect();
    like.sort();
    let all = 0..pool.candidates.len();
    let same =
        |candidate: &usize| pool.candidates[*candidate].subject == stimulus.unwrap_or("");
    let own =
        all.clone().filter(|c| pool.candidates[*c].is_group()).find(same).unwrap_or(0);
    let alike = all.filter(|&candidate| {
        let mut traits: Vec<Traits> = pool.traits(candidate).collect();
        traits.sort();
        let free = !taken.contains(&(section, candidate));
        pool.candidates[candidate].is_group() && free && traits == like
    });
    let mut alike: Vec<usize> = alike.collect();
    let mut stream =
        problem.seed.stream("groups", &format!("{}{section}/{index}", problem.prefix));
    stream.shuffle(&mut alike);
    let times = |candidate: &usize| problem.usage_of(&pool.candidates[*candidate]);
    alike.into_iter().min_by_key(times).unwrap_or(own)
}

fn traits(item: &Item) -> Traits<'_> {
    let (level, cognitive) = &item.level;
    Traits { topic: &item.topic, level, cognitive, difficulty: item.difficulty }
}
