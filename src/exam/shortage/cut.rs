//! Cuts: why two things that a section counts cannot be met together.

use crate::exam::cells::{Class, Demand};
use crate::exam::shortage::{and, or, words, yields};
use crate::exam::supply::Supply;

/// Why the classes of one axis cannot be filled with those of another: some of them ask
/// for more than the classes that they may go with take.
pub fn cut<'a>(
    demand: &Demand<'a>,
    axis: &[Class<'a>],
    others: &[Class<'a>],
    supply: &Supply<'a>,
) -> Option<String> {
    let most = |one: &Class<'a>, other: &Class<'a>| {
        let count = one.count.min(other.count);
        yields(demand, &[&one.wanted, &other.wanted], count, supply)
    };
    let most: Vec<Vec<usize>> = axis
        .iter()
        .map(|one| others.iter().map(|other| most(one, other)).collect())
        .collect();
    let mut flow = vec![vec![0; others.len()]; axis.len()];
    let mut left: Vec<usize> = axis.iter().map(|class| class.count).collect();
    let mut room: Vec<usize> = others.iter().map(|class| class.count).collect();
    while let Some(start) = (0..axis.len()).find(|&one| left[one] > 0) {
        // Which classes can be reached, and from where.
        let mut from_axis: Vec<Option<usize>> = vec![None; others.len()];
        let mut from_others: Vec<Option<usize>> = vec![None; axis.len()];
        let mut queue = vec![start];
        let mut end = None;
        while let (Some(one), None) = (queue.pop(), end) {
            for other in 0..others.len() {
                if from_axis[other].is_some() || flow[one][other] == most[one][other] {
                    continue;
                }
                from_axis[other] = Some(one);
                if room[other] > 0 {
                    end = Some(other);
                    break;
                }
                for back in 0..axis.len() {
                    let open = back != start && from_others[back].is_none();
                    if open && flow[back][other] > 0 {
                        from_others[back] = Some(other);
                        queue.push(back);
                    }
                }
            }
        }
        let Some(mut other) = end else {
            let is_reached = |&one: &usize| one == start || from_others[one].is_some();
            let few: Vec<usize> = (0..axis.len()).filter(is_reached).collect();
            let full = (0..others.len()).filter(|&other| from_axis[other].is_some());
            return Some(say_cut(axis, others, &most, &few, &full.collect::<Vec<_>>()));
        };
        room[other] -= 1;
        loop {
            let one = from_axis[other]?;
            flow[one][other] += 1;
            let Some(back) = from_others[one].filter(|_| one != start) else { break };
            flow[one][back] -= 1;
            other = back;
        }
        left[start] -= 1;
    }
    None
}

fn say_cut(
    axis: &[Class],
    others: &[Class],
    most: &[Vec<usize>],
    few: &[usize],
    full: &[usize],
) -> String {
    let asked: usize = few.iter().map(|&one| axis[one].count).sum();
    let few_names: Vec<String> =
        few.iter().map(|&one| words(&axis[one].wanted)).collect();
    let mut parts = Vec::new();
    for other in 0..others.len() {
        let name = words(&others[other].wanted);
        let yields: usize = few.iter().map(|&one| most[one][other]).sum();
        if full.contains(&other) || yields >= others[other].count {
            parts.push(format!("at most {} may be {name}", others[other].count));
        } else if yields > 0 {
            parts.push(format!("the bank yields {yields} {name}"));
        } else {
            parts.push(format!("none is {name}"));
        }
    }
    format!("asks for {asked} items {}, but of these {}", or(&few_names), and(&parts))
}
