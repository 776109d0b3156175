//! Tables of cells of which only the sums are given.

use crate::exam::cells::{Accept, Cell, Demand, Search, Source, Wanted};
use crate::exam::seed::Stream;

/// The cells of a section, and between which numbers their counts are.
struct Table<'d, 'a> {
    demand: &'d Demand<'a>,
    /// The class of each cell on each axis.
    classes: Vec<Vec<usize>>,
}

/// Finds counts for all combinations of classes that add up to the count of each class.
pub fn tables<'a>(
    demand: &Demand<'a>,
    source: Source<'_, 'a>,
    earlier: &[Cell<'a>],
    search: &mut Search,
    accept: Accept<'_, 'a>,
) -> bool {
    let mut classes: Vec<Vec<usize>> = vec![Vec::new()];
    for axis in &demand.axes {
        let longer = classes.iter().flat_map(|cell| {
            (0..axis.len()).map(move |class| [cell.as_slice(), &[class]].concat())
        });
        classes = longer.collect();
    }
    let several = demand.axes.len() > 1;
    let most = |cell: &Vec<usize>| match several {
        true => {
            let wanted = wanted(demand, cell);
            let section = demand.section;
            source.count(&Cell {
                section,
                wanted,
                only: None,
                count: 0,
                lengths: Vec::new(),
            })
        }
        // There is nothing to share out.
        false => demand.axes[0][cell[0]].count,
    };
    let bounds: Vec<(usize, usize)> = classes.iter().map(|c| (0, most(c))).collect();
    let (classes, bounds) = match several {
        true => {
            classes.into_iter().zip(bounds).filter(|(_, (_, most))| *most > 0).unzip()
        }
        false => (classes, bounds),
    };
    let table = Table { demand, classes };
    table.fill(bounds, search, &mut |counts, search| {
        let cells = table.classes.iter().zip(counts).filter(|&(_, &count)| count > 0);
        let cells = cells.map(|(classes, &count)| Cell {
            section: demand.section,
            wanted: wanted(demand, classes),
            only: None,
            count,
            lengths: Vec::new(),
        });
        let cells: Vec<Cell> = earlier.iter().cloned().chain(cells).collect();
        accept(&cells, search)
    })
}

/// What an item of these classes is to be.
fn wanted<'a>(demand: &Demand<'a>, classes: &[usize]) -> Vec<Wanted<'a>> {
    let classes = demand.axes.iter().zip(classes);
    classes.map(|(axis, &class)| axis[class].wanted.clone()).collect()
}

impl Table<'_, '_> {
    /// Tries counts within their bounds, those nearest to an even share first.
    fn fill(
        &self,
        bounds: Vec<(usize, usize)>,
        search: &mut Search,
        accept: &mut dyn FnMut(&[usize], &mut Search) -> bool,
    ) -> bool {
        let Some(bounds) = self.tightened(bounds) else { return false };
        let open = (0..bounds.len()).filter(|&cell| bounds[cell].0 < bounds[cell].1);
        let open: Vec<usize> = open.collect();
        let Some(&cell) = open.get(search.stream.below(open.len())) else {
            let counts: Vec<usize> = bounds.iter().map(|&(count, _)| count).collect();
            return accept(&counts, search);
        };
        let share = self.share(&bounds, cell, search.stream);
        let mut counts: Vec<usize> = (bounds[cell].0..=bounds[cell].1).collect();
        counts.sort_by_key(|count| count.abs_diff(share));
        counts.into_iter().any(|count| {
            search.steps = search.steps.saturating_sub(1);
            let mut bounds = bounds.clone();
            bounds[cell] = (count, count);
            search.steps > 0 && self.fill(bounds, search, accept)
        })
    }

    /// The bounds that follow from the counts of the classes; `None` if there are none.
    fn tightened(&self, mut bounds: Vec<(usize, usize)>) -> Option<Vec<(usize, usize)>> {
        loop {
            let before = bounds.clone();
            for (axis, classes) in self.demand.axes.iter().enumerate() {
                let (mut least, mut most) =
                    (vec![0; classes.len()], vec![0; classes.len()]);
                for (cell, &(low, high)) in self.classes.iter().zip(&bounds) {
                    least[cell[axis]] += low;
                    most[cell[axis]] += high;
                }
                let sums = classes.iter().zip(least.iter().zip(&most));
                for (class, (&least, &most)) in sums {
                    (least <= class.count && class.count <= most).then_some(())?;
                }
                for (cell, (low, high)) in self.classes.iter().zip(&mut bounds) {
                    let class = cell[axis];
                    let count = classes[class].count;
                    let (others_least, others_most) =
                        (least[class] - *low, most[class] - *high);
                    let tight_low = (*low).max(count.saturating_sub(others_most));
                    let tight_high = (*high).min(count - others_least);
                    (tight_low <= tight_high).then_some(())?;
                    // The sums of this axis hold until it is looked at again.
                    (*low, *high) = (tight_low, tight_high);
                    least[class] = others_least + tight_low;
                    most[class] = others_most + tight_high;
                }
            }
            if bounds == before {
                return Some(bounds);
            }
        }
    }

    /// What a cell would have if each class were shared out by what there is, rounded at
    /// random.
    fn share(
        &self,
        bounds: &[(usize, usize)],
        cell: usize,
        stream: &mut Stream,
    ) -> usize {
        let own = bounds[cell].1;
        let of_axis = self.demand.axes.iter().enumerate().map(|(axis, classes)| {
            let class = self.classes[cell][axis];
            let alike = self.classes.iter().zip(bounds);
            let alike = alike.filter(|(other, _)| other[axis] == class);
            let most: usize = alike.map(|(_, &(_, high))| high).sum();
            (classes[class].count * own + stream.below(most)) / most.max(1)
        });
        of_axis.min().unwrap_or(0)
    }
}
