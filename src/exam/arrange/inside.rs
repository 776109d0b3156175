//! What stands inside an item: in which order its options and other parts are printed.

use crate::exam::item::{Item, Task};
use crate::exam::part::Arrangement;
use crate::exam::seed::Seed;

/// A random arrangement of what stands inside an item.
pub fn arrangement(item: &Item, seed: Seed, label: &str) -> Arrangement {
    let mut stream = seed.stream("options", &format!("{label}/{}", item.id));
    match &item.task {
        Task::Choice { options, ordered: true }
        | Task::Several { options, ordered: true } => {
            Arrangement { premises: Vec::new(), options: (0..options.len()).collect() }
        }
        Task::Choice { options, ordered: false }
        | Task::Several { options, ordered: false } => {
            Arrangement { premises: Vec::new(), options: stream.order(options.len()) }
        }
        Task::Categories { rows, .. } => {
            Arrangement { premises: stream.order(rows.len()), options: Vec::new() }
        }
        Task::Cloze { blanks, words: Some(words), .. } => Arrangement {
            premises: Vec::new(),
            options: stream.order(blanks.len() + words.len()),
        },
        Task::Matching { pairs, extra } => Arrangement {
            premises: stream.order(pairs.len()),
            options: stream.order(pairs.len() + extra.len()),
        },
        _ => Arrangement::default(),
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
