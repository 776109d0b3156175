//! Practice and play: what is asked is printed, what is right stands in the key, and no
//! crossword tells an answer.

use crate::record::{PracticeRecord, Record};
use crate::role::FileRole;

use super::sides::Side;
use super::words::{Words, fold};

/// What is wrong with a document of practice and play.
pub fn faults(record: &Record, role: FileRole, sides: &[Side]) -> Vec<String> {
    let document = match role {
        FileRole::ActivityKey => FileRole::Activity,
        FileRole::CrosswordKey => FileRole::Crossword,
        FileRole::WordSearchKey => FileRole::WordSearch,
        FileRole::ExitTicketKey => FileRole::ExitTicket,
        FileRole::BingoCalls => FileRole::Bingo,
        role => role,
    };
    let Some(made) = record.practice.iter().find(|made| made.document == document) else {
        return vec![format!("the record has no `{}`", document.name())];
    };
    let words = Words::of(sides);
    let mut faults: Vec<String> = due(made, role)
        .into_iter()
        .filter(|text| find(&words, text).is_none())
        .map(|text| format!("“{text}” is not printed"))
        .collect();
    if matches!(
        role,
        FileRole::CrosswordKey | FileRole::WordSearch | FileRole::WordSearchKey
    ) && !has_grid(made, &words)
    {
        faults.push("the letters of the grid are others".to_string());
    }
    if role == FileRole::Crossword {
        faults.extend(told(made, &words));
    }
    faults
}

/// The texts that a document prints.
fn due(made: &PracticeRecord, role: FileRole) -> Vec<&str> {
    let clues = made.entries.iter().map(|entry| entry.clue.as_str());
    let answers = made.entries.iter().map(|entry| entry.answer.as_str());
    let cells = made.table.iter().flatten().map(String::as_str);
    match role {
        FileRole::Crossword | FileRole::ExitTicket | FileRole::Activity => {
            clues.collect()
        }
        FileRole::FlashCards | FileRole::BingoCalls => clues.chain(answers).collect(),
        FileRole::Bingo => {
            let cards = made.cards.iter().flat_map(|card| &card.answers);
            cards.map(String::as_str).collect()
        }
        FileRole::ActivityKey => cells.collect(),
        // Its list has either the words or their clues.
        FileRole::WordSearch => Vec::new(),
        _ => answers.collect(),
    }
}

/// Where a text begins.
fn find(words: &Words, text: &str) -> Option<usize> {
    let text = fold(text);
    (0..words.chars().len()).find(|&at| words.read(at, &text).is_some())
}

/// Whether the letters of the grid are printed one after the other, whatever numbers stand
/// between them.
fn has_grid(made: &PracticeRecord, words: &Words) -> bool {
    let letters = made.grid.iter().flat_map(|row| row.chars());
    let letters: String = letters.filter(|char| *char != '.').collect();
    let seen: String =
        words.chars().iter().filter(|char| !char.is_ascii_digit()).collect();
    seen.contains(&letters)
}

/// The answers that are printed from the first clue on.
fn told(made: &PracticeRecord, words: &Words) -> Vec<String> {
    let clues = made.entries.iter().filter_map(|entry| find(words, &entry.clue));
    let start = clues.min().unwrap_or_default();
    let seen: String =
        words.chars()[start..].iter().flat_map(|c| c.to_uppercase()).collect();
    let answers = made.entries.iter().map(|entry| entry.answer.as_str());
    let told = answers
        .filter(|answer| seen.contains(&fold(answer).into_iter().collect::<String>()));
    told.map(|answer| format!("the puzzle tells an answer: “{answer}”")).collect()
}
