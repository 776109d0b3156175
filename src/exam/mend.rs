//! Mending a paper that misses something: what stands in the way is taken out again, and
//! something else is drawn in its place, which may push out others in turn. Such chains
//! find their way where facts are scarce and any order of drawing gets stuck ("ejection
//! chains": F. Glover, Discrete Applied Mathematics 65, 1996).

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::iter;

use crate::bank::Id;
use crate::exam::build::{Site, build_all};
use crate::exam::cells::Cell;
use crate::exam::drawing::Drawing;
use crate::exam::item::Item;
use crate::exam::seed::Stream;

/// How often something is drawn at most before a paper is given up.
const MOST_STEPS: usize = 60;

/// Cells that cannot all have so many items in one paper, as far as was found, by their
/// names.
pub type Tight = BTreeMap<String, usize>;

/// How often each item has been moved, in or out.
type Moved = BTreeMap<Id, usize>;

impl<'a> Drawing<'_, 'a> {
    /// Draws what the cells miss of which so many were `found`. Fails with those that got in
    /// each other's way.
    pub fn mend(
        &mut self,
        cells: &[Cell<'a>],
        found: &[usize],
        label: &str,
    ) -> Result<(), Tight> {
        let problem = self.problem;
        let label = format!("{}{label}/mend", problem.prefix);
        let mut stream = problem.seed.stream("draw", &label);
        let short = cells.iter().zip(found).enumerate();
        let mut missing: VecDeque<usize> = short
            .flat_map(|(index, (cell, found))| iter::repeat_n(index, cell.count - found))
            .collect();
        let (mut moved, mut tight) = (Moved::new(), Tight::new());
        for _ in 0..MOST_STEPS {
            let Some(index) = missing.pop_front() else { return Ok(()) };
            let cell = &cells[index];
            let found = self.least_resisted(cell, &moved, &mut stream);
            if found.as_ref().is_none_or(|(_, gone)| !gone.is_empty()) {
                tight.insert(cell.name(), cell.count);
            }
            let Some((item, gone)) = found else { return Err(tight) };
            for id in gone.iter().chain([&item.id]) {
                *moved.entry(id.clone()).or_default() += 1;
            }
            missing.extend(gone.iter().filter_map(|id| self.owners.remove(id)));
            for items in &mut self.sections {
                items.retain(|item| !gone.contains(&item.id));
            }
            self.recount();
            self.owners.insert(item.id.clone(), index);
            self.add(cell.section, vec![item]);
        }
        if missing.is_empty() { Ok(()) } else { Err(tight) }
    }

    /// The item for a cell that the fewest stand in the way of, and those. What has been
    /// moved before resists more, so that nothing goes round in circles. Groups stay.
    fn least_resisted(
        &self,
        cell: &Cell<'a>,
        moved: &Moved,
        stream: &mut Stream,
    ) -> Option<(Item, BTreeSet<Id>)> {
        let plan = self.plans[cell.section].in_row(cell.row());
        let truth = self.rarer_truth(cell.section, stream);
        let negative = !self.has_negatives(cell.section);
        let (bank, nothing) = (self.problem.bank, BTreeSet::new());
        let beside = Site {
            bank,
            plan: &plan,
            used: &self.used,
            shown: &self.shown,
            truth,
            negative,
        };
        let instead = Site { used: &self.barred.facts, shown: &nothing, ..beside };
        let times = |id: &Id| moved.get(id).copied().unwrap_or_default();
        let mut best: Option<(usize, (Item, BTreeSet<Id>))> = None;
        for (candidate, _) in self.open(cell, stream).candidates {
            if candidate.is_group() || self.owners.contains_key(&candidate.id()) {
                continue;
            }
            let built = build_all(&beside, candidate, stream)
                .or_else(|| build_all(&instead, candidate, stream));
            let Some(mut item) = built.and_then(|mut items| items.pop()) else {
                continue;
            };
            let resisting =
                self.sections.iter().flatten().filter(|o| o.is_enemy_of(&item));
            let resisting: Vec<&Item> = resisting.collect();
            if self.barred.bars(&item) || resisting.iter().any(|o| o.stimulus.is_some()) {
                continue;
            }
            let gone: BTreeSet<Id> = resisting.iter().map(|o| o.id.clone()).collect();
            let resistance = match gone.is_empty() {
                true => 0,
                false => {
                    let others = gone.iter().map(|id| 1 + times(id)).sum::<usize>();
                    others + times(&item.id)
                }
            };
            if best.as_ref().is_none_or(|(least, _)| resistance < *least) {
                item.row = cell.row();
                best = Some((resistance, (item, gone)));
            }
            if resistance == 0 {
                break;
            }
        }
        best.map(|(_, found)| found)
    }
}
