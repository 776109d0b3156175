//! Crosswords (teka-teki silang): words that cross each other, numbered as is usual.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::exam::puzzles::entries::{Entry, Word};
use crate::exam::seed::Stream;

/// How often a grid is begun anew; the best one counts.
const TRIES: usize = 30;

/// How many rows and columns a grid of few words has at most.
const SIDE: usize = 15;

/// From how many words on a grid may be larger, by one row for so many words.
const FEW: usize = 14;
const WORDS_A_ROW: usize = 2;

/// From how many words a grid chooses, for each that it is to have, and by how many rows and
/// columns it may be larger still: first from the best and small, and where words find no
/// place, from more of them and wider.
const ROUNDS: [(usize, usize); 3] = [(2, 0), (3, 4), (4, 8)];

/// A crossword and its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crossword {
    /// What students get.
    pub sheet: CrosswordSheet,
    /// What the teacher gets.
    pub key: CrosswordKey,
}

/// A crossword as students get it. There is no letter in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrosswordSheet {
    /// The squares in rows, with their numbers; `None` where there is no square.
    pub squares: Vec<Vec<Option<Numbered>>>,
    /// What is asked across, by number.
    pub across: Vec<Clue>,
    /// What is asked down, by number.
    pub down: Vec<Clue>,
}

/// The number of a square, if an entry starts there.
pub type Numbered = Option<u32>;

/// What is asked for an entry. The text may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clue {
    /// The number of its first square.
    pub number: u32,
    /// What is asked.
    pub text: String,
    /// How many letters each word has.
    pub lengths: Vec<usize>,
}

/// The key of a crossword.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrosswordKey {
    /// The letters in rows; `None` where there is no square.
    pub letters: Vec<Vec<Option<char>>>,
    /// What is right across, by number.
    pub across: Vec<Solved>,
    /// What is right down, by number.
    pub down: Vec<Solved>,
}

/// What is right for an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Solved {
    /// The number of its first square.
    pub number: u32,
    /// The word.
    pub word: Word,
    /// What is asked, and why the answer is right.
    pub entry: Entry,
}

/// Makes a crossword of so many words; fails with the number of words that crossed.
pub fn crossword(
    words: &[(Entry, Word)],
    count: usize,
    stream: &mut Stream,
) -> Result<Crossword, usize> {
    let side = SIDE + count.saturating_sub(FEW) / WORDS_A_ROW;
    let letters: Vec<&[u8]> = words.iter().map(|(_, w)| w.letters.as_bytes()).collect();
    let mut most = 0;
    for (choice, wider) in ROUNDS {
        let grow = |_| Grid::grow(&letters, count, count * choice, side + wider, stream);
        let tries = (0..TRIES).map(grow);
        // Of equals the first counts.
        let best = tries.reduce(
            |best, grid| {
                if grid.merit() > best.merit() { grid } else { best }
            },
        );
        match best {
            Some(grid) if grid.placed.len() == count => return Ok(grid.finish(words)),
            grid => most = most.max(grid.map_or(0, |grid| grid.placed.len())),
        }
    }
    Err(most)
}

/// A word in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    /// Which word.
    word: usize,
    /// Its first square.
    row: usize,
    column: usize,
    /// Whether it runs down, and not across.
    down: bool,
}

/// A word that has no place yet, and the places in which it may fit.
struct Waiting {
    word: usize,
    places: Vec<Placed>,
}

/// A square with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Square {
    letter: u8,
    /// Whether a word runs through it across, and whether one runs down.
    across: bool,
    down: bool,
}

/// A grid that words are put into; it starts in the middle of a larger one.
struct Grid<'a> {
    words: &'a [&'a [u8]],
    /// How many rows and columns it may have.
    side: usize,
    /// How many rows and columns the larger one has.
    around: usize,
    squares: Vec<Option<Square>>,
    placed: Vec<Placed>,
    crossings: usize,
    /// The first and last rows and columns with letters.
    rows: (usize, usize),
    columns: (usize, usize),
}

impl<'a> Grid<'a> {
    /// Puts words into a grid one after the other, each where it fits best: so many of as
    /// many as it may choose from.
    fn grow(
        words: &'a [&[u8]],
        count: usize,
        choice: usize,
        side: usize,
        stream: &mut Stream,
    ) -> Self {
        let around = side * 2 + 2;
        let mut grid = Grid {
            words,
            side,
            around,
            squares: vec![None; around * around],
            placed: Vec::new(),
            crossings: 0,
            rows: (side, side),
            columns: (side, side),
        };
        // Long words first, more or less: they have the most letters to cross.
        let mut order: Vec<(usize, usize)> = (0..words.len())
            .map(|word| (words[word].len() + stream.below(5), word))
            .collect();
        stream.shuffle(&mut order);
        order.truncate(choice);
        order.sort_by_key(|&(rank, _)| Reverse(rank));
        let waiting = |(_, word)| Waiting { word, places: Vec::new() };
        let mut left: Vec<Waiting> = order.into_iter().map(waiting).collect();
        if left.is_empty() || count == 0 {
            return grid;
        }
        let (first, down) = (left.remove(0).word, stream.below(2) == 1);
        let middle = side + 1 - words[first].len() / 2;
        let (row, column) = if down { (middle, side + 1) } else { (side + 1, middle) };
        grid.rows = (row, row);
        grid.columns = (column, column);
        let mut next = Some(Placed { word: first, row, column, down });
        while let Some(place) = next {
            grid.place(place);
            if grid.placed.len() == count {
                break;
            }
            let open = grid.open(place);
            for Waiting { word, places } in &mut left {
                places.extend(grid.places(*word, &open));
            }
            let best = grid.best(&mut left);
            next = best.map(|(at, place)| {
                left.remove(at);
                place
            });
        }
        grid
    }

    /// Of all words that are left, and all places in which they may fit, the best: of equals
    /// that of the first word, and the one that crosses another in the first square. Places
    /// in which they do not fit are forgotten: they would only fit where a new word fills one
    /// of their squares, and then they are found again.
    fn best(&self, left: &mut [Waiting]) -> Option<(usize, Placed)> {
        let mut best = None;
        for (at, Waiting { places, .. }) in left.iter_mut().enumerate() {
            places.retain(|&place| {
                let Some((crossings, first)) = self.fit(place) else { return false };
                let (step_row, step_column) = steps(place.down);
                let row = place.row + step_row * first;
                let column = place.column + step_column * first;
                let rank = Reverse((at, row, column, first));
                best = best.max(Some((self.merit_of(place, crossings), rank, place)));
                true
            });
        }
        best.map(|(_, Reverse((at, ..)), place)| (at, place))
    }

    /// The squares of a word in its place that another may cross: where two words cross, no
    /// third one does.
    fn open(&self, place: Placed) -> Vec<(usize, usize, Square)> {
        let (step_row, step_column) = steps(place.down);
        let squares = (0..self.words[place.word].len()).filter_map(|index| {
            let row = place.row + step_row * index;
            let column = place.column + step_column * index;
            Some((row, column, self.at(row, column)?))
        });
        squares.filter(|(.., square)| square.across != square.down).collect()
    }

    /// The places in which a word has a letter in common with one of these squares.
    fn places(
        &self,
        word: usize,
        open: &[(usize, usize, Square)],
    ) -> impl Iterator<Item = Placed> {
        let letters = self.words[word];
        open.iter().flat_map(move |&(row, column, square)| {
            let same = letters.iter().enumerate();
            let same = same.filter(move |(_, letter)| **letter == square.letter);
            same.filter_map(move |(index, _)| {
                let down = square.across;
                let (up, back) = if down { (index, 0) } else { (0, index) };
                let (row, column) = (row.checked_sub(up)?, column.checked_sub(back)?);
                Some(Placed { word, row, column, down })
            })
        })
    }

    /// How many words a word crosses in a place, and with which letter the first of them;
    /// `None` if it does not fit there: another letter, a word beside it or before it, or too
    /// large a grid.
    fn fit(&self, place: Placed) -> Option<(usize, usize)> {
        let letters = self.words[place.word];
        let (rows, columns) = self.grown(place);
        let large = rows.1 - rows.0 >= self.side || columns.1 - columns.0 >= self.side;
        if large || place.row == 0 || place.column == 0 {
            return None;
        }
        let (step_row, step_column) = steps(place.down);
        let before = self.at(place.row - step_row, place.column - step_column);
        let end = letters.len();
        let after = self.at(place.row + step_row * end, place.column + step_column * end);
        if before.is_some() || after.is_some() {
            return None;
        }
        let (mut crossings, mut first) = (0, None);
        for (index, letter) in letters.iter().enumerate() {
            let row = place.row + step_row * index;
            let column = place.column + step_column * index;
            match self.at(row, column) {
                Some(square) => {
                    let same_way = if place.down { square.down } else { square.across };
                    if square.letter != *letter || same_way {
                        return None;
                    }
                    crossings += 1;
                    first = first.or(Some(index));
                }
                None => {
                    let beside = [
                        self.at(row - step_column, column - step_row),
                        self.at(row + step_column, column + step_row),
                    ];
                    if beside.iter().any(Option::is_some) {
                        return None;
                    }
                }
            }
        }
        first.map(|first| (crossings, first))
    }

    /// Many crossings are good, and so is a small square grid.
    fn merit_of(&self, place: Placed, crossings: usize) -> i64 {
        let (rows, columns) = self.grown(place);
        let (tall, wide) = (rows.1 - rows.0 + 1, columns.1 - columns.0 + 1);
        crossings as i64 * 16 - (tall * wide) as i64 / 4 - tall.abs_diff(wide) as i64
    }

    /// How good the whole grid is: by the number of words, then as [`Grid::merit_of`].
    fn merit(&self) -> (usize, i64) {
        let (tall, wide) =
            (self.rows.1 - self.rows.0 + 1, self.columns.1 - self.columns.0 + 1);
        let merit = self.crossings as i64 * 12 - (tall * wide) as i64 * 2;
        (self.placed.len(), merit - tall.abs_diff(wide) as i64 * 4)
    }

    /// The first and last rows and columns with a word in a place.
    fn grown(&self, place: Placed) -> ((usize, usize), (usize, usize)) {
        let length = self.words[place.word].len();
        let (step_row, step_column) = steps(place.down);
        let last = (
            place.row + step_row * (length - 1),
            place.column + step_column * (length - 1),
        );
        (
            (self.rows.0.min(place.row), self.rows.1.max(last.0)),
            (self.columns.0.min(place.column), self.columns.1.max(last.1)),
        )
    }

    fn at(&self, row: usize, column: usize) -> Option<Square> {
        self.squares.get(row * self.around + column).copied().flatten()
    }

    fn place(&mut self, place: Placed) {
        (self.rows, self.columns) = self.grown(place);
        let (step_row, step_column) = steps(place.down);
        for (index, &letter) in self.words[place.word].iter().enumerate() {
            let row = place.row + step_row * index;
            let column = place.column + step_column * index;
            let at = &mut self.squares[row * self.around + column];
            self.crossings += usize::from(at.is_some());
            let square = at.get_or_insert(Square { letter, across: false, down: false });
            square.across |= !place.down;
            square.down |= place.down;
        }
        self.placed.push(place);
    }

    /// Numbers the squares row by row where entries start, and parts the puzzle from its
    /// key.
    fn finish(self, words: &[(Entry, Word)]) -> Crossword {
        let mut starts: BTreeMap<(usize, usize), Vec<Placed>> = BTreeMap::new();
        for &place in &self.placed {
            starts.entry((place.row, place.column)).or_default().push(place);
        }
        let numbers: BTreeMap<(usize, usize), u32> =
            starts.keys().copied().zip(1..).collect();
        let squares = self.map(|at, _| numbers.get(&at).copied());
        let letters = self.map(|_, square| char::from(square.letter));
        let mut crossword = Crossword {
            sheet: CrosswordSheet { squares, across: Vec::new(), down: Vec::new() },
            key: CrosswordKey { letters, across: Vec::new(), down: Vec::new() },
        };
        for (at, places) in starts {
            for place in places {
                let (number, (entry, word)) = (numbers[&at], &words[place.word]);
                let (text, lengths) = (entry.clue.clone(), word.lengths.clone());
                let clue = Clue { number, text, lengths };
                let (word, entry) = (word.clone(), entry.clone());
                let solved = Solved { number, word, entry };
                let Crossword { sheet, key } = &mut crossword;
                let (clues, answers) = match place.down {
                    false => (&mut sheet.across, &mut key.across),
                    true => (&mut sheet.down, &mut key.down),
                };
                clues.push(clue);
                answers.push(solved);
            }
        }
        crossword
    }

    /// Something of every square, in rows.
    fn map<T>(&self, of: impl Fn((usize, usize), Square) -> T) -> Vec<Vec<Option<T>>> {
        let row = |row| {
            let columns = self.columns.0..=self.columns.1;
            columns.map(|column| Some(of((row, column), self.at(row, column)?))).collect()
        };
        (self.rows.0..=self.rows.1).map(row).collect()
    }
}

/// How a word goes from square to square: by rows and by columns.
fn steps(down: bool) -> (usize, usize) {
    if down { (1, 0) } else { (0, 1) }
}
