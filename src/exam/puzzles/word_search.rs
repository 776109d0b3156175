//! Word searches (cari kata): words hidden among letters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::exam::puzzles::entries::{Entry, Word};
use crate::exam::seed::Stream;

/// How often hiding starts over before the square grows by a row and a column.
const TRIES: usize = 12;

/// How many letters are exchanged at most to be rid of what nobody hid.
const EXCHANGES: usize = 200;

/// How many rows a square has at most.
const MOST_ROWS: usize = 26;

/// The ways that words may run, by rows and columns: the first two are easy, the next two
/// are harder, and the others run backwards.
pub const WAYS: [(isize, isize); 8] =
    [(0, 1), (1, 0), (1, 1), (-1, 1), (0, -1), (-1, 0), (-1, -1), (1, -1)];

/// A word search and its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordSearch {
    /// What students get.
    pub sheet: WordSearchSheet,
    /// What the teacher gets.
    pub key: WordSearchKey,
}

/// A word search as students get it. It does not say where the words are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordSearchSheet {
    /// The letters in rows.
    pub letters: Vec<Vec<char>>,
    /// In how many ways words run.
    pub ways: usize,
    /// What is sought, in alphabetical order.
    pub sought: Sought,
}

/// What is said of the words that are sought. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Sought {
    /// The words themselves.
    Words(Vec<String>),
    /// What they answer, and how many letters each of their words has.
    Clues(Vec<(String, Vec<usize>)>),
}

/// The key of a word search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordSearchKey {
    /// The words, in the order of the student's list.
    pub found: Vec<Found>,
}

/// Where a word is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The word.
    pub word: Word,
    /// The row and column of its first letter, from 0.
    pub first: (usize, usize),
    /// The row and column of its last letter.
    pub last: (usize, usize),
    /// The index of its way in [`WAYS`].
    pub way: usize,
    /// What is asked, and why the answer is right.
    pub entry: Entry,
}

/// Hides words, which run in the first so many of [`WAYS`]. None of the `unwanted` words
/// comes about by accident, and none of the words a second time.
///
/// Fails with the number of words if they are too many to be hidden.
pub fn word_search(
    words: &[(Entry, Word)],
    ways: usize,
    clues: bool,
    unwanted: &BTreeSet<String>,
    stream: &mut Stream,
) -> Result<WordSearch, usize> {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|&word| (Reverse(words[word].1.letters.len()), word));
    let letters: Vec<&[u8]> =
        order.iter().map(|&word| words[word].1.letters.as_bytes()).collect();
    let total: usize = letters.iter().map(|word| word.len()).sum();
    let longest = letters.first().map_or(0, |word| word.len());
    let smallest = longest.max((total * 8 / 5).isqrt() + 1);
    let mut sizes = (smallest..=MOST_ROWS).flat_map(|side| [side; TRIES]);
    let square = sizes.find_map(|side| {
        let mut square = Square::hide(&letters, side, &WAYS[..ways], stream)?;
        square.fill(&letters, stream);
        square.clean(&letters, unwanted, stream).then_some(square)
    });
    let square = square.ok_or(words.len())?;
    let mut found: Vec<Found> = order
        .iter()
        .zip(&square.hidden)
        .map(|(&word, (line, _))| {
            let (entry, word) = words[word].clone();
            let (first, last) = (line.at(0), line.at(word.letters.len() - 1));
            let way = WAYS.iter().position(|way| *way == line.way).unwrap_or_default();
            Found { word, first, last, way, entry }
        })
        .collect();
    found.sort_by(|one, two| one.word.letters.cmp(&two.word.letters));
    let sought = match clues {
        false => {
            Sought::Words(found.iter().map(|found| found.word.written.clone()).collect())
        }
        true => {
            let clue =
                |found: &Found| (found.entry.clue.clone(), found.word.lengths.clone());
            Sought::Clues(found.iter().map(clue).collect())
        }
    };
    let row = |row: &[u8]| row.iter().map(|&letter| char::from(letter)).collect();
    let letters = square.letters.chunks(square.side).map(row).collect();
    Ok(WordSearch {
        sheet: WordSearchSheet { letters, ways, sought },
        key: WordSearchKey { found },
    })
}

/// Squares in a row, in one of the ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    row: usize,
    column: usize,
    way: (isize, isize),
}

impl Line {
    /// The row and column of a square of the line.
    fn at(&self, index: usize) -> (usize, usize) {
        let index = index as isize;
        (
            self.row.wrapping_add_signed(self.way.0 * index),
            self.column.wrapping_add_signed(self.way.1 * index),
        )
    }
}

/// A square of letters.
struct Square {
    side: usize,
    /// The letters row by row; 0 where there is none yet.
    letters: Vec<u8>,
    /// Where the words are, and how long each is.
    hidden: Vec<(Line, usize)>,
    /// Whether a letter belongs to a hidden word.
    fixed: Vec<bool>,
}

impl Square {
    /// Hides words, each in a way that few others run; `None` if one finds no room.
    fn hide(
        words: &[&[u8]],
        side: usize,
        ways: &[(isize, isize)],
        stream: &mut Stream,
    ) -> Option<Square> {
        let mut square = Square {
            side,
            letters: vec![0; side * side],
            hidden: Vec::new(),
            fixed: vec![false; side * side],
        };
        for word in words {
            let mut order = stream.order(ways.len());
            let used = |way: &(isize, isize)| {
                square.hidden.iter().filter(|(l, _)| l.way == *way).count()
            };
            order.sort_by_key(|&way| used(&ways[way]));
            let line = order.into_iter().find_map(|way| {
                let starts = stream.order(side * side).into_iter();
                let mut lines = starts.map(|start| Line {
                    row: start / side,
                    column: start % side,
                    way: ways[way],
                });
                lines.find(|line| square.has_room(*line, word))
            })?;
            for (index, &letter) in word.iter().enumerate() {
                let at = square.index(line.at(index));
                square.letters[at] = letter;
                square.fixed[at] = true;
            }
            square.hidden.push((line, word.len()));
        }
        Some(square)
    }

    /// Whether a word can stand on a line: within the square, on the same letters or none,
    /// and not wholly on letters of others.
    fn has_room(&self, line: Line, word: &[u8]) -> bool {
        let mut fresh = false;
        let fits = word.iter().enumerate().all(|(index, &letter)| {
            let place = line.at(index);
            if !self.is_inside(place) {
                return false;
            }
            let there = self.letters[self.index(place)];
            fresh |= there == 0;
            there == 0 || there == letter
        });
        fits && fresh
    }

    fn is_inside(&self, (row, column): (usize, usize)) -> bool {
        row < self.side && column < self.side
    }

    fn index(&self, (row, column): (usize, usize)) -> usize {
        row * self.side + column
    }

    /// Puts letters where there are none, each as often as the words have it.
    fn fill(&mut self, words: &[&[u8]], stream: &mut Stream) {
        for at in 0..self.letters.len() {
            if self.letters[at] == 0 {
                self.letters[at] = letter(words, stream);
            }
        }
    }

    /// Exchanges letters until every word is there once, and nothing unwanted; whether
    /// that could be done.
    fn clean(
        &mut self,
        words: &[&[u8]],
        unwanted: &BTreeSet<String>,
        stream: &mut Stream,
    ) -> bool {
        let watched = Watched::new(words, unwanted);
        for _ in 0..EXCHANGES {
            let Some(bad) = self.accident(&watched) else { return true };
            let free: Vec<usize> =
                bad.into_iter().filter(|&at| !self.fixed[at]).collect();
            if free.is_empty() {
                return false;
            }
            self.letters[free[stream.below(free.len())]] = letter(words, stream);
        }
        false
    }

    /// The squares of a word that nobody hid there.
    fn accident(&self, watched: &Watched) -> Option<Vec<usize>> {
        for row in 0..self.side {
            for column in 0..self.side {
                let starting = watched.starting(self.letters[self.index((row, column))]);
                for way in WAYS {
                    let line = Line { row, column, way };
                    let by_accident = |watch: &&Watch| {
                        let hidden = watch.hidden.map(|word| self.hidden[word].0);
                        hidden != Some(line) && self.reads(line, watch.letters)
                    };
                    let found = starting.iter().filter(by_accident);
                    let found = found.map(|w| self.squares(line, w.letters.len()));
                    let mut bad = found.filter(|squares| !self.is_part(squares));
                    if let Some(squares) = bad.next() {
                        return Some(squares);
                    }
                }
            }
        }
        None
    }

    fn reads(&self, line: Line, word: &[u8]) -> bool {
        word.iter().enumerate().all(|(index, &letter)| {
            let place = line.at(index);
            self.is_inside(place) && self.letters[self.index(place)] == letter
        })
    }

    fn squares(&self, line: Line, length: usize) -> Vec<usize> {
        (0..length).map(|index| self.index(line.at(index))).collect()
    }

    /// Whether squares are part of one hidden word, as in a word that has another in it.
    fn is_part(&self, squares: &[usize]) -> bool {
        self.hidden.iter().any(|(line, length)| {
            let hidden = self.squares(*line, *length);
            squares.iter().all(|square| hidden.contains(square))
        })
    }
}

/// Words that are looked for on all lines, by their first letters: those that are hidden, and
/// then what is unwanted.
struct Watched<'a>(BTreeMap<u8, Vec<Watch<'a>>>);

/// A word that is looked for.
struct Watch<'a> {
    letters: &'a [u8],
    /// Its index, if it is hidden.
    hidden: Option<usize>,
}

impl<'a> Watched<'a> {
    fn new(words: &[&'a [u8]], unwanted: &'a BTreeSet<String>) -> Watched<'a> {
        let words = words.iter().enumerate();
        let words = words.map(|(index, letters)| Watch { letters, hidden: Some(index) });
        let unwanted = unwanted.iter().map(String::as_bytes);
        let unwanted = unwanted.map(|letters| Watch { letters, hidden: None });
        let mut watched = BTreeMap::<u8, Vec<Watch>>::new();
        for watch in words.chain(unwanted) {
            let first = watch.letters.first().copied().unwrap_or_default();
            watched.entry(first).or_default().push(watch);
        }
        Watched(watched)
    }

    /// Those that start with a letter.
    fn starting(&self, letter: u8) -> &[Watch<'a>] {
        self.0.get(&letter).map_or(&[], Vec::as_slice)
    }
}

/// A letter, each as often as the words have it.
fn letter(words: &[&[u8]], stream: &mut Stream) -> u8 {
    let total = words.iter().map(|word| word.len()).sum();
    let number = stream.below(total);
    words.iter().flat_map(|word| word.iter()).nth(number).copied().unwrap_or(b'A')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::seed::Seed;

    /// A square of three rows with a word in the first one.
    fn square(letters: &str) -> Square {
        let letters: Vec<u8> = letters.bytes().collect();
        let line = Line { row: 0, column: 0, way: WAYS[0] };
        let fixed = (0..letters.len()).map(|at| at < 3).collect();
        Square { side: 3, letters, hidden: vec![(line, 3)], fixed }
    }

    fn clean(square: &mut Square, unwanted: &str) -> bool {
        let unwanted = BTreeSet::from([unwanted.to_string()]);
        let mut stream = Seed(7).stream("test", "");
        square.clean(&[b"PBB"], &unwanted, &mut stream)
    }

    #[test]
    fn no_word_is_there_twice() {
        let none = BTreeSet::new();
        let watched = Watched::new(&[b"PBB"], &none);
        for twice in ["PBBBXXBXX", "PBBXBXXXB"] {
            let mut square = square(twice);
            assert!(square.accident(&watched).is_some());
            assert!(clean(&mut square, "IBU"));
            assert_eq!(&square.letters[..3], b"PBB");
            assert!(square.accident(&watched).is_none());
        }
    }

    #[test]
    fn nothing_unwanted_is_there_in_any_direction() {
        for (letters, unwanted) in
            [("PBBXXXUBI", "IBU"), ("PBBXXBXXU", "BBU"), ("PBBXIXUXX", "BIU")]
        {
            let mut square = square(letters);
            let words = BTreeSet::from([unwanted.to_string()]);
            let watched = Watched::new(&[b"PBB"], &words);
            assert!(square.accident(&watched).is_some());
            assert!(clean(&mut square, unwanted));
            assert!(square.accident(&watched).is_none());
        }
    }

    #[test]
    fn letters_of_hidden_words_are_not_exchanged() {
        let mut square = square("PBBBXXBXX");
        square.fixed = vec![true; 9];
        assert!(!clean(&mut square, "IBU"));
        assert_eq!(square.letters, b"PBBBXXBXX");
    }
}
