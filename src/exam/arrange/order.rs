//! Orders: which item stands at which number, so that none has the same number in two
//! variants wherever that is possible.
//!
//! Items that stand alone are dealt row by row. Each row takes for every item one of the
//! places that it has had least often: where all have had their places equally often, a
//! regular bipartite graph is left, which always has a perfect matching (Hall). So with as
//! many items as variants no item has a place twice, and with more variants every item has
//! every place ⌊v/n⌋ or ⌈v/n⌉ times, which is the least: pairs of variants that agree are
//! counted by a convex function.
//!
//! Groups move as a whole. Whether a set of layouts can be filled without any item coming to
//! a place twice depends only on how often a group covers each place: at most as often as it
//! has items (König). So layouts are sought first, as many as there are such, and filled all
//! together. Variants take their orders from this family, whatever their number. Those
//! that come after it take the order that adds the fewest coincidences.

use std::iter;

use crate::exam::arrange::assignment::assign;
use crate::exam::arrange::blocks::{Blocks, Layout};
use crate::exam::arrange::colouring::colour;
use crate::exam::seed::Stream;

/// What an item at a place where it has been before costs, for each time.
const AGAIN: i64 = 1 << 32;

/// What an item costs at a place where its key would have another letter than it can have.
pub const UNFIT: i64 = 1 << 22;

/// What an item costs at a place where its key has the letter that it has had just before.
pub const STALE: i64 = 1 << 12;

/// What an item costs where it may not stand.
pub const FORBIDDEN: i64 = 1 << 52;

/// Below this, costs are chance.
const CHANCE: usize = 8;

/// How often a family is sought at most, and how many places are filled in all for it.
const FAMILIES: usize = 100;
const PLACES: usize = 20_000;

/// How many orders a family has at most.
const LARGEST: usize = 60;

/// For how many families it is tried what comes after them.
const SEQUELS: usize = 20;

/// How many items a small section has at most.
const SMALL: usize = 8;

/// How many layouts are filled for one order.
const LAYOUTS: usize = 4;

/// The orders of a section.
#[derive(Debug, Clone)]
pub struct Orders {
    blocks: Blocks,
    /// How often each item has had each place.
    counts: Vec<Vec<u32>>,
    /// Orders that are planned and that nobody has: a family, and in small sections some
    /// that come after it, one after another.
    planned: Vec<Vec<Vec<usize>>>,
    /// The first order that was taken.
    first: Option<Vec<usize>>,
}

/// What an item at a place costs.
pub type Cost<'a> = dyn Fn(usize, usize) -> i64 + 'a;

impl Orders {
    /// The orders of a section with these blocks. A family is sought only if every item may
    /// stand at every place.
    pub fn new(blocks: Blocks, everywhere: bool, stream: &mut Stream) -> Orders {
        let mut orders = Orders::without_plan(blocks);
        if everywhere && !orders.blocks.groups.is_empty() {
            orders.planned = plan(&orders, stream);
        }
        orders
    }

    fn without_plan(blocks: Blocks) -> Orders {
        let counts = vec![vec![0; blocks.count()]; blocks.count()];
        Orders { blocks, counts, planned: Vec::new(), first: None }
    }

    /// The items by their places, in the order that costs least: first of all in
    /// coincidences, and then by `cost`.
    pub fn order(&self, attempt: usize, cost: &Cost, stream: &mut Stream) -> Vec<usize> {
        if let Some(planned) = self.planned.first() {
            return member(planned, attempt, cost, stream);
        }
        let count = self.counts.len();
        let noise: Vec<i64> = (0..count * count).map(|_| chance(stream)).collect();
        let total = |item: usize, place: usize| {
            let again = AGAIN * i64::from(self.counts[item][place]);
            again + cost(item, place) + noise[item * count + place]
        };
        let (sum, order) = self.cheapest(&total, stream);
        match &self.first {
            Some(first) if sum >= FORBIDDEN => first.clone(),
            _ => order,
        }
    }

    /// Remembers that a variant has this order.
    pub fn take(&mut self, order: &[usize]) {
        for (place, &item) in order.iter().enumerate() {
            self.counts[item][place] += 1;
        }
        if let Some(planned) = self.planned.first_mut() {
            planned.retain(|member| member != order);
            self.planned.retain(|planned| !planned.is_empty());
        }
        self.first.get_or_insert_with(|| order.to_vec());
    }

    /// Some orders that come after a family, and how many coincidences each adds.
    fn later(
        mut self,
        family: &[Vec<usize>],
        stream: &mut Stream,
    ) -> Vec<(u64, Vec<usize>)> {
        family.iter().for_each(|order| self.take(order));
        let next = |_| {
            let order = self.order(0, &|_, _| 0, stream);
            let again = order.iter().enumerate();
            let again = again.map(|(place, &item)| u64::from(self.counts[item][place]));
            let added = again.sum();
            self.take(&order);
            (added, order)
        };
        (0..SMALL).map(next).collect()
    }

    /// The cheapest order of a few, each made of a layout that is as cheap as can be told
    /// before the items that stand alone have their places, and its cost.
    fn cheapest(&self, total: &Cost, stream: &mut Stream) -> (i64, Vec<usize>) {
        let Blocks { groups, singles } = &self.blocks;
        let inside = |group: &Vec<usize>| -> Vec<i64> {
            let starts = 0..=self.counts.len() - group.len();
            let places = starts.map(|start| (start..start + group.len()).collect());
            let fill = |places: Vec<usize>| fill(group, &places, total);
            let cost = |pairs: Vec<(usize, usize)>| {
                pairs.into_iter().map(|(place, item)| total(item, place)).sum()
            };
            places.map(fill).map(cost).collect()
        };
        let inside: Vec<Vec<i64>> = groups.iter().map(inside).collect();
        let cost = |block: Option<usize>, place: usize| match block {
            Some(group) => inside[group][place],
            None => {
                let before = singles.iter().map(|&item| self.counts[item][place]);
                AGAIN * i64::from(before.sum::<u32>() / singles.len() as u32)
            }
        };
        let layouts = if groups.is_empty() { 1 } else { LAYOUTS };
        let orders = (0..layouts).map(|_| {
            let (layout, _) = self.blocks.layout(&cost, stream);
            let order = order(&self.blocks, &layout, total);
            (sum(&order, total), order)
        });
        orders.min().unwrap_or_default()
    }
}

/// One of the orders: the cheapest at the first attempt, the next one at the second.
fn member(
    orders: &[Vec<usize>],
    attempt: usize,
    cost: &Cost,
    stream: &mut Stream,
) -> Vec<usize> {
    let costs = orders.iter().map(|order| (sum(order, cost) + chance(stream), order));
    let mut costs: Vec<(i64, &Vec<usize>)> = costs.collect();
    costs.sort();
    costs[attempt % costs.len()].1.clone()
}

fn chance(stream: &mut Stream) -> i64 {
    stream.below(CHANCE) as i64
}

fn sum(order: &[usize], cost: &Cost) -> i64 {
    order.iter().enumerate().map(|(place, &item)| cost(item, place)).sum()
}

/// The places of a group, or of the items that stand alone, in a layout.
fn places(blocks: &Blocks, layout: &Layout, class: Option<usize>) -> Vec<usize> {
    let of_class = layout.iter().filter(|(block, _)| *block == class);
    of_class.flat_map(|&(_, start)| start..start + blocks.size(class)).collect()
}

/// The cheapest order with this layout.
fn order(blocks: &Blocks, layout: &Layout, cost: &Cost) -> Vec<usize> {
    let mut order = vec![0; blocks.count()];
    for class in blocks.classes() {
        let places = places(blocks, layout, class);
        for (place, item) in fill(blocks.items(class), &places, cost) {
            order[place] = item;
        }
    }
    order
}

/// The cheapest way to put items to so many places: places and their items.
fn fill(items: &[usize], places: &[usize], cost: &Cost) -> Vec<(usize, usize)> {
    let row = |&item: &usize| places.iter().map(|&place| cost(item, place)).collect();
    let costs: Vec<Vec<i64>> = items.iter().map(row).collect();
    let assigned = assign(&costs).into_iter().zip(items);
    assigned.map(|(index, &item)| (places[index], item)).collect()
}

/// A family, as large as is found, and what comes after it in a small section: of a few
/// tries that which has the fewest coincidences for the longest.
fn plan(orders: &Orders, stream: &mut Stream) -> Vec<Vec<Vec<usize>>> {
    let blocks = &orders.blocks;
    let most = most(blocks).min(LARGEST);
    let mut families: Vec<Vec<Vec<usize>>> = Vec::new();
    let (mut longest, mut filled) = (0, 0);
    for _ in 0..FAMILIES {
        let family = family(blocks, most, stream);
        filled += (family.len() + 1) * blocks.count();
        longest = longest.max(family.len());
        families.push(family);
        if filled > PLACES || longest == most && blocks.count() > SMALL {
            break;
        }
    }
    families.retain(|family| family.len() == longest);
    if blocks.count() > SMALL {
        families.truncate(1);
        return families;
    }
    let plans = families.into_iter().take(SEQUELS).map(|family| {
        let later = orders.clone().later(&family, stream);
        let (costs, later): (Vec<u64>, Vec<Vec<usize>>) = later.into_iter().unzip();
        let later = later.into_iter().map(|order| vec![order]);
        (costs, iter::once(family).chain(later).collect())
    });
    plans.min_by(|one, other| one.0.cmp(&other.0)).map_or(Vec::new(), |(_, plan)| plan)
}

/// Orders of which no two have an item at the same place.
fn family(blocks: &Blocks, most: usize, stream: &mut Stream) -> Vec<Vec<usize>> {
    let layouts = layouts(blocks, most, stream);
    let mut orders = vec![vec![0; blocks.count()]; layouts.len()];
    for class in blocks.classes() {
        let lines: Vec<(usize, usize)> = (layouts.iter().enumerate())
            .flat_map(|(order, layout)| {
                places(blocks, layout, class).into_iter().map(move |place| (order, place))
            })
            .collect();
        let items = blocks.items(class);
        let coloured = colour(&lines, items.len(), stream);
        for ((order, place), index) in lines.into_iter().zip(coloured) {
            orders[order][place] = items[index];
        }
    }
    orders
}

/// How many orders a family has at most: each place takes every item that can stand there
/// once, and each item every place where it can stand.
fn most(blocks: &Blocks) -> usize {
    let reach: Vec<(usize, Vec<bool>)> = (blocks.classes())
        .map(|class| (blocks.items(class).len(), blocks.reach(class)))
        .collect();
    let items = |place: usize| {
        let here = reach.iter().filter(|(_, reach)| reach[place]);
        here.map(|(items, _)| items).sum()
    };
    let places = reach.iter().map(|(_, reach)| reach.iter().filter(|r| **r).count());
    (0..blocks.count()).map(items).chain(places).min().unwrap_or(0)
}

/// Layouts in which no place is covered by a group more often than it has items, nor by
/// items that stand alone; as many as are found one after another, and no more than `most`.
fn layouts(blocks: &Blocks, most: usize, stream: &mut Stream) -> Vec<Layout> {
    let classes: Vec<Option<usize>> = blocks.classes().collect();
    let index = |class| classes.iter().position(|other| *other == class).unwrap_or(0);
    let mut covered = vec![vec![0; blocks.count()]; classes.len()];
    let mut found = Vec::new();
    while found.len() < most {
        let cost = |block: Option<usize>, start: usize| {
            let items = blocks.items(block).len();
            let places = &covered[index(block)][start..start + blocks.size(block)];
            places.iter().filter(|&&times| times >= items).count() as i64
        };
        let (layout, cost) = blocks.layout(&cost, stream);
        if cost > 0 {
            break;
        }
        for &(block, start) in &layout {
            let places = start..start + blocks.size(block);
            covered[index(block)][places].iter_mut().for_each(|times| *times += 1);
        }
        found.push(layout);
    }
    found
}

#[cfg(test)]
mod tests;
