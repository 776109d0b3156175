//! How few coincidences there can be, whatever the arrangement.

use crate::exam::arrange::blocks::{Blocks, Layout};

/// Up to how many layouts all sets of them are looked through, and how many steps that may
/// take.
const LAYOUTS: usize = 60;
const STEPS: usize = 200_000;

/// No arrangement of so many variants has fewer coincidences than this. `reach` says at
/// which places each item can stand.
///
/// Each item is somewhere in every variant, and pairs are fewest if it is equally often at
/// each of its places. The same holds of each place and the items that can stand there. Both
/// count all coincidences, so the greater of the two sums is a bound.
pub fn least(reach: &[Vec<bool>], variants: usize) -> u64 {
    let items = reach.iter().map(|places| places.iter().filter(|r| **r).count());
    let items: u64 = items.map(|places| pairs(variants, places)).sum();
    let places = (0..reach.len()).map(|place| {
        let here = reach.iter().filter(|places| places[place]);
        pairs(variants, here.count())
    });
    items.max(places.sum())
}

/// How many pairs there are inside the parts, if things are divided as evenly as can be.
fn pairs(things: usize, parts: usize) -> u64 {
    let (all, over) = (things / parts.max(1), things % parts.max(1));
    let inside = |size: usize| (size * size.saturating_sub(1) / 2) as u64;
    inside(all) * (parts.max(1) - over) as u64 + inside(all + 1) * over as u64
}

/// No arrangement of blocks has fewer coincidences than this, of which so many were found;
/// 0 if that would take too long to prove.
///
/// Once it is known how often the items of a group cover each place, there is a way to fill
/// the layouts in which every item of the group has the place equally often, give or take
/// one (de Werra). So it is enough to look through all sets of layouts.
pub fn proven(blocks: &Blocks, variants: usize, found: u64) -> u64 {
    let Some(layouts) = blocks.layouts(LAYOUTS) else { return 0 };
    let classes: Vec<Option<usize>> = blocks.classes().collect();
    let covers = |layout: &Layout| -> Vec<(usize, usize)> {
        let class = |block| classes.iter().position(|class| *class == block).unwrap_or(0);
        let places = |&(block, start): &(Option<usize>, usize)| {
            (start..start + blocks.size(block)).map(move |place| (block, place))
        };
        let all = layout.iter().flat_map(places);
        all.map(|(block, place)| (class(block), place)).collect()
    };
    let mut search = Search {
        layouts: layouts.iter().map(covers).collect(),
        items: classes.iter().map(|&class| blocks.items(class).len()).collect(),
        covered: vec![vec![0; blocks.count()]; classes.len()],
        best: found,
        steps: STEPS,
    };
    search.go(0, variants, 0);
    if search.steps == 0 { 0 } else { search.best }
}

/// A search through all sets of so many layouts.
struct Search {
    /// Which class covers which place, by layout.
    layouts: Vec<Vec<(usize, usize)>>,
    /// How many items each class has.
    items: Vec<usize>,
    /// How often each class covers each place.
    covered: Vec<Vec<usize>>,
    best: u64,
    /// How many steps are left.
    steps: usize,
}

impl Search {
    /// Adds so many layouts, none before the `first`, to those that cost `now`.
    fn go(&mut self, first: usize, left: usize, now: u64) {
        self.steps = self.steps.saturating_sub(1);
        if now >= self.best || self.steps == 0 {
            return;
        }
        if left == 0 {
            self.best = now;
            return;
        }
        for index in first..self.layouts.len() {
            let layout = self.layouts[index].clone();
            let mut cost = now;
            for &(class, place) in &layout {
                cost += (self.covered[class][place] / self.items[class]) as u64;
                self.covered[class][place] += 1;
            }
            self.go(index, left - 1, cost);
            layout.iter().for_each(|&(class, place)| self.covered[class][place] -= 1);
        }
    }
}
