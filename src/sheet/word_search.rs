//! The word search (cari kata) and its key.

use crate::exam::puzzles::{Sought, WordSearchKey, WordSearchSheet};
use crate::exam::{Exam, Head};
use crate::sheet::worksheet::{
    explanation, heading, key_sheet, lengths, paragraph, table, worksheet,
};
use crate::sheet::{Block, Hanging, Labelled, Ring, Sheet, Square, Squares};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// The box that a student ticks when a word is found.
const BOX: &str = "□";

/// The dots that a student writes a word on.
const BLANK_LINE: &str = " ........................................";

/// Composes the word search that students get.
pub fn word_search(head: &Head, search: &WordSearchSheet, wording: &Wording) -> Sheet {
    let words = &wording.word_search;
    let ways = &words.ways[(search.ways.ilog2() as usize - 1).min(2)];
    let count = match &search.sought {
        Sought::Words(words) => words.len(),
        Sought::Clues(clues) => clues.len(),
    };
    let note = match &search.sought {
        Sought::Words(_) => &words.note,
        Sought::Clues(_) => &words.note_clues,
    };
    let note = fill(note, &[("count", &count.to_string()), ("ways", ways)]);
    let mut blocks =
        vec![paragraph(&note), squares(search, Vec::new()), heading(&words.sought)];
    match &search.sought {
        Sought::Words(words) => {
            let word = |word: &String| Labelled {
                label: Text::plain(BOX),
                text: Text::plain(word),
            };
            blocks.push(Block::Options(words.iter().map(word).collect()));
        }
        Sought::Clues(clues) => {
            blocks.extend(clues.iter().zip(1..).map(|((clue, letters), number)| {
                let text = format!("{clue} {}{BLANK_LINE}", lengths(letters));
                let label = Text::plain(format!("{number}."));
                Block::Hanging(Hanging { label, blocks: vec![paragraph(&text)] })
            }));
        }
    }
    worksheet(head, &words.title, blocks, wording)
}

/// Composes its key: the square with the words ringed, and where each is.
pub fn word_search_key(
    exam: &Exam,
    search: &WordSearchSheet,
    key: &WordSearchKey,
    wording: &Wording,
) -> Sheet {
    let words = &wording.word_search;
    let rings =
        key.found.iter().map(|found| Ring { first: found.first, last: found.last });
    let rows = key.found.iter().zip(1..).map(|(found, number): (_, u32)| {
        let (row, column) = found.first;
        vec![
            Text::plain(number.to_string()),
            Text::plain(found.word.written.as_str()),
            Text::plain((row + 1).to_string()),
            Text::plain((column + 1).to_string()),
            Text::parse(&words.directions[found.way]),
            explanation(&found.entry),
        ]
    });
    let blocks =
        vec![squares(search, rings.collect()), table(&words.heads, rows.collect())];
    key_sheet(exam, &words.key, blocks, wording)
}

/// The square of letters in a frame.
fn squares(search: &WordSearchSheet, rings: Vec<Ring>) -> Block {
    let square = |letter: &char| {
        let letter = Text::plain(letter.to_string());
        Some(Square { number: Text::default(), letter })
    };
    let rows =
        search.letters.iter().map(|row| row.iter().map(square).collect()).collect();
    Block::Frame(vec![Block::Squares(Squares { rows, ruled: false, rings })])
}
