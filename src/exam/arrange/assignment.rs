//! Assignment: which thing goes where, such that all of it costs least.

/// A place for each thing, no place twice, such that the sum of the costs is the least
/// (the Hungarian method, by shortest augmenting paths). There are as many places as
/// things; `costs[thing][place]` is what a place costs.
pub fn assign(costs: &[Vec<i64>]) -> Vec<usize> {
    let count = costs.len();
    // Prices of things and places; the place `count` stands for the thing to be placed.
    let (mut things, mut places) = (vec![0; count], vec![0; count + 1]);
    let mut holder: Vec<Option<usize>> = vec![None; count + 1];
    for thing in 0..count {
        holder[count] = Some(thing);
        let mut nearest = vec![(i64::MAX, count); count];
        let mut reached = vec![false; count + 1];
        let mut place = count;
        while let Some(holding) = holder[place] {
            reached[place] = true;
            let (mut step, mut next) = (i64::MAX, count);
            for other in (0..count).filter(|&other| !reached[other]) {
                let cost = costs[holding][other] - things[holding] - places[other];
                nearest[other] = nearest[other].min((cost, place));
                if nearest[other].0 < step {
                    (step, next) = (nearest[other].0, other);
                }
            }
            for other in 0..=count {
                match holder[other].filter(|_| reached[other]) {
                    Some(holding) => {
                        things[holding] += step;
                        places[other] -= step;
                    }
                    None if other < count => nearest[other].0 -= step,
                    None => {}
                }
            }
            place = next;
        }
        while place != count {
            let before = nearest[place].1;
            holder[place] = holder[before];
            place = before;
        }
    }
    let mut assigned = vec![0; count];
    for (place, thing) in holder[..count].iter().enumerate() {
        assigned[thing.unwrap_or(place)] = place;
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::seed::Seed;

    fn cheapest(costs: &[Vec<i64>], taken: &mut Vec<usize>) -> i64 {
        let free = (0..costs.len()).filter(|place| !taken.contains(place));
        let free: Vec<usize> = free.collect();
        let sums = free.into_iter().map(|place| {
            let cost = costs[taken.len()][place];
            taken.push(place);
            let sum = cost + cheapest(costs, taken);
            taken.pop();
            sum
        });
        sums.min().unwrap_or(0)
    }

    #[test]
    fn no_other_assignment_is_cheaper() {
        let mut stream = Seed(3).stream("costs", "");
        for round in 0..400 {
            let count = round % 7;
            let costs: Vec<Vec<i64>> = (0..count)
                .map(|_| (0..count).map(|_| stream.below(9) as i64 - 2).collect())
                .collect();
            let assigned = assign(&costs);
            let mut sorted = assigned.clone();
            sorted.sort();
            assert!(sorted.into_iter().eq(0..count), "{costs:?}");
            let sum: i64 = assigned.iter().zip(&costs).map(|(&p, row)| row[p]).sum();
            assert_eq!(sum, cheapest(&costs, &mut Vec::new()), "{costs:?}");
        }
    }
}
