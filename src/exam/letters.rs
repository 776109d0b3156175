//! Letters of items that have more than one: which letters are right in multiple-answer
//! items, and which letter is the first, the second … in ordering items.

use std::collections::BTreeMap;

use crate::exam::item::{Choice, Item, Task};
use crate::exam::part::Arrangement;
use crate::exam::seed::Stream;

/// How often a random arrangement is thrown away for a better one.
const TRIES: usize = 200;

/// Rearranges what stands inside the items of a section such that all letters are used
/// about equally often.
pub fn spread(items: &[&Item], arrangements: &mut [Arrangement], stream: &mut Stream) {
    let mut several = Vec::new();
    let mut orderings: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        match &item.task {
            Task::Several { options, ordered } => {
                several.push((place, options, *ordered))
            }
            Task::Ordering { steps, .. } => {
                orderings.entry(steps.len()).or_default().push(place);
            }
            _ => {}
        }
    }
    right_letters(&several, arrangements, stream);
    for (steps, places) in orderings {
        for block in places.chunks(steps) {
            let rows = latin_rows(steps, block.len(), stream);
            for (&place, row) in block.iter().zip(rows) {
                arrangements[place].options = row;
            }
        }
    }
}

/// Puts the right options of each item at the letters that have been right least often.
/// Options that keep their order are counted and stay.
fn right_letters(
    several: &[(usize, &Vec<Choice>, bool)],
    arrangements: &mut [Arrangement],
    stream: &mut Stream,
) {
    let letters = several.iter().map(|(_, options, _)| options.len()).max();
    let mut counts = vec![0; letters.unwrap_or(0)];
    for (place, options, _) in several.iter().filter(|(.., ordered)| *ordered) {
        let printed = arrangements[*place].options.iter().zip(&mut counts);
        printed
            .for_each(|(&option, count)| *count += usize::from(options[option].correct));
    }
    let mut free: Vec<_> = several.iter().filter(|(.., ordered)| !ordered).collect();
    stream.shuffle(&mut free);
    for (place, options, _) in free {
        let order = &mut arrangements[*place].options;
        let (right, wrong): (Vec<usize>, Vec<usize>) =
            order.iter().partition(|&&option| options[option].correct);
        let mut rarest = stream.order(options.len());
        rarest.sort_by_key(|&letter| counts[letter]);
        rarest.truncate(right.len());
        rarest.iter().for_each(|&letter| counts[letter] += 1);
        let (mut right, mut wrong) = (right.into_iter(), wrong.into_iter());
        let fill = |letter: usize| match rarest.contains(&letter) {
            true => right.next(),
            false => wrong.next(),
        };
        *order = (0..options.len()).filter_map(fill).collect();
    }
}

/// The first so many rows of a random Latin square: no letter has the same step in two of
/// them. None puts the steps in their right order, which would ask nothing.
fn latin_rows(steps: usize, count: usize, stream: &mut Stream) -> Vec<Vec<usize>> {
    let mut rows = Vec::new();
    for _ in 0..TRIES {
        let (columns, symbols) = (stream.order(steps), stream.order(steps));
        let shifts = stream.order(steps);
        let row = |&shift: &usize| -> Vec<usize> {
            columns.iter().map(|&column| symbols[(column + shift) % steps]).collect()
        };
        rows = shifts.iter().take(count).map(row).collect();
        if !rows.iter().any(|row| row.is_sorted()) {
            break;
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Phrase;
    use crate::exam::seed::Seed;

    /// The most that the counts of letters differ.
    fn difference(counts: &[usize]) -> usize {
        counts.iter().max().unwrap() - counts.iter().min().unwrap()
    }

    fn options(right: usize, all: usize) -> Vec<Choice> {
        let choice = |index| Choice {
            text: Phrase::default(),
            correct: index < right,
            reason: None,
        };
        (0..all).map(choice).collect()
    }

    #[test]
    fn right_letters_are_balanced() {
        for seed in 0..2000 {
            let mut stream = Seed(seed).stream("letters", "A");
            let (count, all) = (1 + stream.below(20), 3 + stream.below(5));
            let drawn: Vec<Vec<Choice>> =
                (0..count).map(|_| options(2 + stream.below(all - 2), all)).collect();
            let several: Vec<_> =
                drawn.iter().enumerate().map(|(place, o)| (place, o, false)).collect();
            let random =
                |_| Arrangement { premises: Vec::new(), options: stream.order(all) };
            let mut arrangements: Vec<Arrangement> = (0..count).map(random).collect();
            right_letters(&several, &mut arrangements, &mut stream);
            let mut counts = vec![0; all];
            for (arrangement, options) in arrangements.iter().zip(&drawn) {
                let mut sorted = arrangement.options.clone();
                sorted.sort();
                assert!(sorted.into_iter().eq(0..all), "{arrangement:?}");
                for (count, &option) in counts.iter_mut().zip(&arrangement.options) {
                    *count += usize::from(options[option].correct);
                }
            }
            assert!(difference(&counts) <= 1, "{seed}: {counts:?}");
        }
    }

    #[test]
    fn options_that_keep_their_order_are_counted_and_stay() {
        let drawn = [options(2, 4), options(2, 4)];
        for seed in 0..100 {
            let mut stream = Seed(seed).stream("letters", "A");
            let several = [(0, &drawn[0], true), (1, &drawn[1], false)];
            let given = Arrangement { premises: Vec::new(), options: vec![0, 1, 2, 3] };
            let mut arrangements = [given.clone(), given.clone()];
            right_letters(&several, &mut arrangements, &mut stream);
            assert_eq!(arrangements[0], given);
            assert!(arrangements[1].options[..2].iter().all(|&option| option >= 2));
        }
    }

    #[test]
    fn each_letter_has_each_step_once_in_a_square() {
        for seed in 0..500 {
            for steps in 3..=12 {
                let mut stream = Seed(seed).stream("letters", "A");
                let rows = latin_rows(steps, steps - 1, &mut stream);
                assert_eq!(rows.len(), steps - 1);
                for (place, row) in rows.iter().enumerate() {
                    assert!(!row.is_sorted(), "{rows:?}");
                    let mut sorted = row.clone();
                    sorted.sort();
                    assert!(sorted.into_iter().eq(0..steps), "{rows:?}");
                    for other in &rows[..place] {
                        assert!(row.iter().zip(other).all(|(a, b)| a != b), "{rows:?}");
                    }
                }
            }
        }
    }
}
