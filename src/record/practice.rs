//! What the record says of practice and play.

use serde::{Deserialize, Serialize};

use crate::exam::Exam;
use crate::exam::puzzles::{
    Activity, Bingo, Crossword, Entry, Found, Solved, WordSearch,
};
use crate::role::FileRole;
use crate::text::plain;

/// A puzzle, a set of cards or an activity sheet, with its key. Texts have no markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeRecord {
    /// The document that students get.
    pub document: FileRole,
    /// The letters of a grid row by row, with a dot where there is no square.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grid: Vec<String>,
    /// The cards of bingo, each with its answers row by row, and the call that makes it
    /// win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<CardRecord>,
    /// The head and the rows of a table that is to be filled in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Vec<String>>,
    /// What is asked, in printed order, and what is right.
    pub entries: Vec<EntryRecord>,
}

/// A card of bingo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRecord {
    /// The answers, row by row.
    pub answers: Vec<String>,
    /// The number of the call that makes it win.
    pub wins: usize,
}

/// What is asked and what is right. Rows and columns count from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    /// The number that is printed before it.
    pub number: u32,
    /// Which way a word runs: by how many rows and columns from letter to letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<[i8; 2]>,
    /// The row and the column of its first letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<[usize; 2]>,
    /// The id of the item that asks it, or of the case.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// What is asked.
    pub clue: String,
    /// What is right.
    pub answer: String,
}

/// The records of what goes with an exam.
pub fn practice(exam: &Exam) -> Vec<PracticeRecord> {
    let made = &exam.practice;
    let flash_cards = made.flash_cards.as_ref();
    let ticket = made.exit_ticket.as_ref();
    [
        made.activity.as_ref().map(activity),
        made.crossword.as_ref().map(crossword),
        made.word_search.as_ref().map(word_search),
        flash_cards.map(|cards| asked(FileRole::FlashCards, cards, |e| &e.clue)),
        ticket.map(|made| asked(FileRole::ExitTicket, &made.key, |e| &e.question)),
        made.bingo.as_ref().map(bingo),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn record(document: FileRole, entries: Vec<EntryRecord>) -> PracticeRecord {
    let (grid, cards, table) = (Vec::new(), Vec::new(), Vec::new());
    PracticeRecord { document, grid, cards, table, entries }
}

/// Entries that are numbered from 1.
fn asked(
    document: FileRole,
    entries: &[Entry],
    clue: fn(&Entry) -> &String,
) -> PracticeRecord {
    let entry = |(entry, number): (&Entry, u32)| EntryRecord {
        number,
        item: entry.item.clone(),
        clue: plain(clue(entry)),
        answer: plain(&entry.answer),
        ..EntryRecord::default()
    };
    record(document, entries.iter().zip(1..).map(entry).collect())
}

fn crossword(crossword: &Crossword) -> PracticeRecord {
    let Crossword { sheet, key } = crossword;
    let first = |number: u32| {
        let rows = sheet.squares.iter().enumerate();
        rows.into_iter().find_map(|(row, squares)| {
            let column = squares.iter().position(|s| *s == Some(Some(number)))?;
            Some([row + 1, column + 1])
        })
    };
    let entry = |solved: &Solved, way: [i8; 2]| EntryRecord {
        number: solved.number,
        way: Some(way),
        first: first(solved.number),
        item: solved.entry.item.clone(),
        clue: plain(&solved.entry.clue),
        answer: solved.word.written.clone(),
    };
    let across = key.across.iter().map(|solved| entry(solved, [0, 1]));
    let down = key.down.iter().map(|solved| entry(solved, [1, 0]));
    let row = |row: &Vec<Option<char>>| row.iter().map(|l| l.unwrap_or('.')).collect();
    PracticeRecord {
        grid: key.letters.iter().map(row).collect(),
        ..record(FileRole::Crossword, across.chain(down).collect())
    }
}

fn word_search(search: &WordSearch) -> PracticeRecord {
    let step = |from: usize, to: usize| to.cmp(&from) as i8;
    let entry = |(found, number): (&Found, u32)| {
        let (first, last) = (found.first, found.last);
        EntryRecord {
            number,
            way: Some([step(first.0, last.0), step(first.1, last.1)]),
            first: Some([first.0 + 1, first.1 + 1]),
            item: found.entry.item.clone(),
            clue: plain(&found.entry.clue),
            answer: found.word.written.clone(),
        }
    };
    PracticeRecord {
        grid: search.sheet.letters.iter().map(|row| row.iter().collect()).collect(),
        ..record(
            FileRole::WordSearch,
            search.key.found.iter().zip(1..).map(entry).collect(),
        )
    }
}

fn bingo(bingo: &Bingo) -> PracticeRecord {
    let card = |(card, &wins): (&Vec<String>, &usize)| {
        let answers = card.iter().map(|answer| plain(answer)).collect();
        CardRecord { answers, wins }
    };
    PracticeRecord {
        cards: bingo.cards.iter().zip(&bingo.wins).map(card).collect(),
        ..asked(FileRole::Bingo, &bingo.calls, |entry| &entry.clue)
    }
}

fn activity(activity: &Activity) -> PracticeRecord {
    let Activity { sheet, key } = activity;
    let rows = [&sheet.heads].into_iter().chain(&key.rows);
    let cells = |row: &Vec<String>| row.iter().map(|cell| plain(cell)).collect();
    let cases = sheet.cases.iter().zip(&key.cases).zip(1..);
    let entries = cases.map(|((case, (shown, _)), number)| EntryRecord {
        number,
        clue: plain(&case.text),
        answer: plain(shown),
        ..EntryRecord::default()
    });
    PracticeRecord {
        table: if key.rows.is_empty() { Vec::new() } else { rows.map(cells).collect() },
        ..record(FileRole::Activity, entries.collect())
    }
}
