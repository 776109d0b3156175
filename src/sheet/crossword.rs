//! The crossword (teka-teki silang) and its key.

use crate::exam::puzzles::{Clue, CrosswordKey, CrosswordSheet, Numbered, Solved};
use crate::exam::{Exam, Head};
use crate::sheet::worksheet::{
    explanation, heading, key_sheet, lengths, paragraph, table, worksheet,
};
use crate::sheet::{Block, Hanging, Sheet, Square, Squares};
use crate::text::Text;
use crate::wording::Wording;

/// Composes the crossword that students get.
pub fn crossword(head: &Head, crossword: &CrosswordSheet, wording: &Wording) -> Sheet {
    let words = &wording.crossword;
    let list = |name: &str, clues: &[Clue]| {
        let items = clues.iter().map(|clue| {
            let text = format!("{} {}", clue.text, lengths(&clue.lengths));
            let label = Text::plain(format!("{}.", clue.number));
            Block::Hanging(Hanging { label, blocks: vec![paragraph(&text)] })
        });
        [heading(name)].into_iter().chain(items).collect::<Vec<Block>>()
    };
    let lists =
        [list(&words.across, &crossword.across), list(&words.down, &crossword.down)];
    let lists = lists.into_iter().filter(|list| list.len() > 1).collect();
    let empty = |_, _| Text::default();
    let blocks = vec![
        paragraph(&words.note),
        squares(&crossword.squares, empty),
        Block::Beside(lists),
    ];
    worksheet(head, &words.title, blocks, wording)
}

/// Composes its key: the filled grid, and why each answer is right.
pub fn crossword_key(
    exam: &Exam,
    crossword: &CrosswordSheet,
    key: &CrosswordKey,
    wording: &Wording,
) -> Sheet {
    let words = &wording.crossword;
    let letter = |row: usize, column: usize| {
        let letter = key.letters[row][column];
        letter.map_or(Text::default(), |letter| Text::plain(letter.to_string()))
    };
    let mut blocks = vec![squares(&crossword.squares, letter)];
    for (name, solved) in [(&words.across, &key.across), (&words.down, &key.down)] {
        if !solved.is_empty() {
            blocks.push(heading(name));
            blocks.push(table(&words.heads, solved.iter().map(row).collect()));
        }
    }
    key_sheet(exam, &words.key, blocks, wording)
}

/// An answer with its reason, or with what was asked if there is none.
fn row(solved: &Solved) -> Vec<Text> {
    let entry = &solved.entry;
    vec![
        Text::plain(solved.number.to_string()),
        Text::plain(solved.word.written.as_str()),
        explanation(entry),
    ]
}

/// The grid, with a letter in each square or none.
fn squares(
    rows: &[Vec<Option<Numbered>>],
    letter: impl Fn(usize, usize) -> Text,
) -> Block {
    let square = |row: usize, column: usize, numbered: Numbered| Square {
        number: numbered
            .map_or(Text::default(), |number| Text::plain(number.to_string())),
        letter: letter(row, column),
    };
    let rows = rows.iter().enumerate().map(|(row, squares)| {
        let squares = squares.iter().enumerate();
        squares
            .map(|(column, n)| n.map(|numbered| square(row, column, numbered)))
            .collect()
    });
    Block::Squares(Squares { rows: rows.collect(), ruled: true, rings: Vec::new() })
}
