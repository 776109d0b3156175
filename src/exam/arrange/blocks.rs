//! Blocks: items that move as a whole, and at which places they can start.

use std::collections::BTreeMap;

use crate::exam::item::Item;
use crate::exam::seed::Stream;

/// How many ways to begin are kept for each place. With eight groups or fewer there are no
/// more of them, and the order of blocks that is found is the cheapest of all.
const WIDTH: usize = 256;

/// A set of groups, by their bits: a section has at most 500 items.
type Taken = [u64; 4];

/// How a section is divided: groups, which stand together, and items that stand alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocks {
    /// The items of each group, by their indices.
    pub groups: Vec<Vec<usize>>,
    /// The items that stand alone, by their indices.
    pub singles: Vec<usize>,
}

/// What stands where: a group, or an item that stands alone, and its first place.
pub type Layout = Vec<(Option<usize>, usize)>;

impl Blocks {
    /// The blocks of a section: items that follow each other and have one stimulus are a
    /// group, unless there is only one of them.
    pub fn of(items: &[Item]) -> Blocks {
        let indices: Vec<usize> = (0..items.len()).collect();
        let together = |&a: &usize, &b: &usize| {
            items[a].stimulus.is_some() && items[a].stimulus == items[b].stimulus
        };
        let blocks = indices.chunk_by(together).map(<[usize]>::to_vec);
        let (groups, singles): (Vec<_>, Vec<_>) = blocks.partition(|b| b.len() > 1);
        Blocks { groups, singles: singles.concat() }
    }

    /// How many items there are.
    pub fn count(&self) -> usize {
        self.singles.len() + self.groups.iter().map(Vec::len).sum::<usize>()
    }

    /// The items of a group, or those that stand alone.
    pub fn items(&self, group: Option<usize>) -> &[usize] {
        group.map_or(&self.singles, |group| &self.groups[group])
    }

    /// How many places a block takes.
    pub fn size(&self, group: Option<usize>) -> usize {
        group.map_or(1, |group| self.groups[group].len())
    }

    /// All groups, and `None` for the items that stand alone.
    pub fn classes(&self) -> impl Iterator<Item = Option<usize>> {
        let singles = (!self.singles.is_empty()).then_some(None);
        (0..self.groups.len()).map(Some).chain(singles)
    }

    /// By place, whether an item of a group, or one that stands alone, can ever stand there.
    /// A block can start wherever some of the other blocks fill what is before it.
    pub fn reach(&self, class: Option<usize>) -> Vec<bool> {
        let count = self.count();
        let mut filled = vec![false; count + 1];
        filled[0] = true;
        let others = (0..self.groups.len()).filter(|&g| Some(g) != class);
        let sizes = others.map(|group| self.groups[group].len());
        let alone = self.singles.len() - usize::from(class.is_none());
        for size in sizes.chain(std::iter::repeat_n(1, alone)) {
            for end in (size..=count).rev() {
                filled[end] |= filled[end - size];
            }
        }
        let size = self.size(class);
        let mut reach = vec![false; count];
        for start in (0..=count - size).filter(|&start| filled[start]) {
            reach[start..start + size].fill(true);
        }
        reach
    }

    /// An order of the blocks that costs least, at random among equals, and its cost.
    pub fn layout(
        &self,
        cost: &dyn Fn(Option<usize>, usize) -> i64,
        stream: &mut Stream,
    ) -> (Layout, i64) {
        let count = self.count();
        let mut ways: Vec<BTreeMap<Taken, Way>> = vec![BTreeMap::new(); count + 1];
        ways[0].insert(Taken::default(), Way { cost: 0, number: 1, last: None });
        for place in 0..count {
            let mut here: Vec<(Way, Taken)> =
                ways[place].iter().map(|(taken, way)| (*way, *taken)).collect();
            // Of equals, those that are kept are no more alike than chance has it.
            if here.len() > WIDTH {
                stream.shuffle(&mut here);
            }
            here.sort_by_key(|(way, _)| way.cost);
            for (way, taken) in here.into_iter().take(WIDTH) {
                for block in self.next(place, &taken) {
                    let cost = way.cost + cost(block, place);
                    let offered = Way { cost, last: block, ..way };
                    let end = place + self.size(block);
                    let known = ways[end].entry(with(taken, block)).or_insert(offered);
                    known.consider(offered, stream);
                }
            }
        }
        self.trace(&ways)
    }

    /// All orders of the blocks, if there are no more than so many of them.
    pub fn layouts(&self, most: usize) -> Option<Vec<Layout>> {
        let mut begun = vec![(Layout::new(), Taken::default(), 0)];
        let mut whole = Vec::new();
        while let Some((layout, taken, place)) = begun.pop() {
            if place == self.count() {
                whole.push(layout);
            } else {
                for block in self.next(place, &taken) {
                    let longer = [layout.as_slice(), &[(block, place)]].concat();
                    begun.push((longer, with(taken, block), place + self.size(block)));
                }
            }
            // Whatever has begun can be finished.
            if whole.len() + begun.len() > most {
                return None;
            }
        }
        Some(whole)
    }

    /// The blocks that can stand at a place, after the groups that have been taken.
    fn next(&self, place: usize, taken: &Taken) -> impl Iterator<Item = Option<usize>> {
        let is_taken = |group: &usize| taken[group / 64] >> (group % 64) & 1 == 1;
        let (before, left): (Vec<usize>, Vec<usize>) =
            (0..self.groups.len()).partition(is_taken);
        let grouped: usize = before.iter().map(|&group| self.groups[group].len()).sum();
        let single = (place - grouped < self.singles.len()).then_some(None);
        left.into_iter().map(Some).chain(single)
    }

    /// The blocks of the way that reaches the end, and its cost.
    fn trace(&self, ways: &[BTreeMap<Taken, Way>]) -> (Layout, i64) {
        let mut place = self.count();
        let mut taken = (0..self.groups.len())
            .fold(Taken::default(), |taken, group| with(taken, Some(group)));
        let cost = ways[place][&taken].cost;
        let mut layout = Layout::new();
        while place > 0 {
            let block = ways[place][&taken].last;
            place -= self.size(block);
            if let Some(group) = block {
                taken[group / 64] ^= 1 << (group % 64);
            }
            layout.push((block, place));
        }
        layout.reverse();
        (layout, cost)
    }
}

/// The cheapest way to fill the first places with some groups and items that stand alone.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: i64,
    /// How many ways cost as much.
    number: u64,
    /// The block that it ends with.
    last: Option<usize>,
}

impl Way {
    /// Takes another way if it is cheaper; if it costs as much, at random.
    fn consider(&mut self, other: Way, stream: &mut Stream) {
        if other.cost < self.cost {
            *self = other;
        } else if other.cost == self.cost && other.last != self.last {
            let number = self.number.saturating_add(other.number);
            if (stream.below(number as usize) as u64) < other.number {
                *self = other;
            }
            self.number = number;
        }
    }
}

/// A set of groups with another one.
fn with(mut taken: Taken, block: Option<usize>) -> Taken {
    if let Some(group) = block {
        taken[group / 64] |= 1 << (group % 64);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::seed::Seed;

    #[test]
    fn every_layout_is_found() {
        let blocks =
            Blocks { groups: vec![vec![0, 1], vec![2, 3, 4]], singles: vec![5, 6] };
        let mut stream = Seed(1).stream("layout", "");
        let mut seen = BTreeMap::new();
        for _ in 0..1200 {
            let (layout, cost) = blocks.layout(&|_, _| 0, &mut stream);
            assert_eq!(cost, 0);
            *seen.entry(layout).or_insert(0) += 1;
        }
        // Two groups and two alike: twelve, a hundred each on average.
        assert_eq!(seen.len(), 12);
        assert!(seen.values().all(|&count| (60..150).contains(&count)), "{seen:?}");
    }

    #[test]
    fn blocks_reach_where_others_fill() {
        let blocks = Blocks { groups: vec![vec![0, 1, 2], vec![3, 4]], singles: vec![] };
        assert_eq!(blocks.reach(Some(0)), [true; 5]);
        assert_eq!(blocks.reach(Some(1)), [true, true, false, true, true]);
        let blocks = Blocks { groups: vec![vec![0, 1]], singles: vec![2] };
        assert_eq!(blocks.reach(None), [true, false, true]);
    }
}
