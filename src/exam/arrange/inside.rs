//! What stands inside an item: in which order its options and other parts are printed.

use crate::exam::item::{Item, Task};
use crate::exam::part::Arrangement;
use crate::exam::seed::Seed;

/// A random arrangement of what stands inside an item.
pub fn arrangement(item: &Item, seed: Seed, label: &str) -> Arrangement {
    let mut stream = seed.stream("options", &format!("{label}/{}", item.id));
    let (premises, options) = counts(item);
    match &item.task {
        Task::Choice { ordered: true, .. } | Task::Several { ordered: true, .. } => {
            Arrangement { premises: Vec::new(), options: (0..options).collect() }
        }
        _ => Arrangement {
            premises: stream.order(premises),
            options: stream.order(options),
        },
    }
}

/// How many premises, and how many options, are arranged inside an item.
pub fn counts(item: &Item) -> (usize, usize) {
    match &item.task {
        Task::Choice { options, .. } | Task::Several { options, .. } => {
            (0, options.len())
        }
        Task::Categories { rows, .. } => (rows.len(), 0),
        Task::Ordering { steps, .. } => (0, steps.len()),
        Task::Cloze { blanks, words: Some(words), .. } => (0, blanks.len() + words.len()),
        Task::Matching { pairs, extra } => (pairs.len(), pairs.len() + extra.len()),
        _ => (0, 0),
    }
}

/// The letter of the key of a multiple-choice item, from 0.
pub fn key(item: &Item, arrangement: &Arrangement) -> Option<usize> {
    let Task::Choice { options, .. } = &item.task else { return None };
    arrangement.options.iter().position(|&option| options[option].correct)
}

/// Moves the key of a multiple-choice item to a letter, unless its options keep their order.
pub fn move_key(item: &Item, arrangement: &mut Arrangement, letter: usize) {
    if let (Task::Choice { ordered: false, .. }, Some(now)) =
        (&item.task, key(item, arrangement))
    {
        arrangement.options.swap(now, letter);
    }
}

/// The letter that an item has whatever its place: the key of a multiple-choice item whose
/// options keep their order, and 0 for a true statement or 1 for a false one.
pub fn kept_letter(item: &Item) -> Option<usize> {
    match &item.task {
        Task::Choice { options, ordered: true } => {
            options.iter().position(|option| option.correct)
        }
        Task::Judgement { truth, .. } => Some(usize::from(!truth)),
        _ => None,
    }
}
