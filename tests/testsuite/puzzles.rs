//! Puzzles and cards over a thousand seeds, checked by what is printed alone.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::thread;

use lembar::exam::blueprint::practice::{Directions, WordSearchPlan};
use lembar::exam::puzzles::{Crossword, CrosswordKey, Solved, Stock, WordSearch};
use lembar::exam::{self, Practice};
use lembar::job::{Job, Overrides};
use lembar::language::Language;
use lembar::layout::{self, Page, Shape, Typesetter};
use lembar::length::Length;
use lembar::role::FileRole;
use lembar::sheet;

use crate::made::job;

/// How many seeds are tried each time, and how many now and then.
const FEW: u64 = 20;
const SEEDS: u64 = 1000;

/// A job that prints some documents of practice and play.
fn practising(language: Language, roles: &[FileRole]) -> Job {
    let blueprint = "title = \"Latihan\"\nbanks = [\"kerja-sama-internasional\"]\n\
                     variants = 1\n[[section]]\ntype = \"essay\"\ncount = 1\n";
    let overrides = Overrides {
        language: Some(language),
        only: roles.to_vec(),
        ..Overrides::default()
    };
    job(blueprint, &overrides)
}

/// Has what is made with each seed checked. All of it is made from the same stock, and the
/// seeds are dealt out to as many threads as there are cores.
fn each_seed(job: &Job, seeds: u64, check: &(dyn Fn(u64, &Practice) + Sync)) {
    let stock = Stock::new(&job.bank, job.blueprint.head.language);
    let unwanted = job.lexicon.unwanted();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for seeds in (0..threads as u64).map(|first| (first..seeds).step_by(threads)) {
            let (stock, unwanted, mut plan) = (&stock, &unwanted, job.blueprint.clone());
            scope.spawn(move || {
                for seed in seeds {
                    plan.seed = seed;
                    let made = exam::practice_from(stock, &plan, unwanted);
                    let made =
                        made.unwrap_or_else(|found| panic!("seed {seed}: {found:?}"));
                    check(seed, &made);
                }
            });
        }
    });
}

type Letters = Vec<Vec<Option<char>>>;

/// A word on squares that follow each other: where it starts, and its letters.
type Run = ((usize, usize), String);

/// The runs of two letters and more in the rows of a grid.
fn runs(letters: &Letters) -> BTreeSet<Run> {
    let mut runs = BTreeSet::new();
    for (row, squares) in letters.iter().enumerate() {
        let mut run = String::new();
        for column in 0..=squares.len() {
            match squares.get(column).copied().flatten() {
                Some(letter) => run.push(letter),
                None => {
                    if run.len() > 1 {
                        runs.insert(((row, column - run.len()), run.clone()));
                    }
                    run.clear();
                }
            }
        }
    }
    runs
}

fn turned(letters: &Letters) -> Letters {
    let columns = letters[0].len();
    (0..columns).map(|column| letters.iter().map(|row| row[column]).collect()).collect()
}

fn swapped(runs: BTreeSet<Run>) -> BTreeSet<Run> {
    runs.into_iter().map(|((row, column), word)| ((column, row), word)).collect()
}

/// The entries of a key by the places of their numbers.
fn entries(crossword: &Crossword, solved: &[Solved]) -> BTreeSet<Run> {
    let numbers =
        crossword.sheet.squares.iter().enumerate().flat_map(|(row, squares)| {
            squares
                .iter()
                .enumerate()
                .filter_map(move |(column, square)| Some(((*square)??, (row, column))))
        });
    let numbers: BTreeMap<u32, (usize, usize)> = numbers.collect();
    solved.iter().map(|s| (numbers[&s.number], s.word.letters.clone())).collect()
}

/// How many squares can be reached from the first one.
fn reached(letters: &Letters) -> usize {
    let is_square = |&(row, column): &(usize, usize)| {
        letters.get(row).and_then(|row| row.get(column)).is_some_and(Option::is_some)
    };
    let first = letters[0].iter().position(Option::is_some).unwrap();
    let (mut seen, mut left) = (BTreeSet::new(), vec![(0_usize, first)]);
    while let Some((row, column)) = left.pop() {
        if seen.insert((row, column)) {
            let beside = [
                (row.wrapping_sub(1), column),
                (row + 1, column),
                (row, column.wrapping_sub(1)),
                (row, column + 1),
            ];
            left.extend(beside.into_iter().filter(is_square));
        }
    }
    seen.len()
}

fn check_crossword(seed: u64, crossword: &Crossword, count: usize) {
    let Crossword { sheet, key } = crossword;
    let CrosswordKey { letters, across, down } = key;
    let (across_runs, down_runs) = (runs(letters), swapped(runs(&turned(letters))));
    // Every run of letters is an entry, and every entry is a run of letters.
    assert_eq!(across_runs, entries(crossword, across), "seed {seed}");
    assert_eq!(down_runs, entries(crossword, down), "seed {seed}");
    let squares = letters.iter().flatten().flatten().count();
    assert_eq!(reached(letters), squares, "seed {seed}: the grid falls apart");
    let words: BTreeSet<&str> =
        across.iter().chain(down).map(|s| s.word.letters.as_str()).collect();
    assert_eq!(words.len(), count, "seed {seed}: a word is missing or stands twice");
    assert_eq!(across.len() + down.len(), count, "seed {seed}");
    // Every entry crosses another.
    let on = |runs: &BTreeSet<Run>, across: bool| -> Vec<BTreeSet<(usize, usize)>> {
        let squares = |((row, column), word): &Run| {
            let step = |i| if across { (*row, column + i) } else { (row + i, *column) };
            (0..word.len()).map(step).collect()
        };
        runs.iter().map(squares).collect()
    };
    let (rows, columns) = (on(&across_runs, true), on(&down_runs, false));
    for (one, others) in [(&rows, &columns), (&columns, &rows)] {
        for run in one {
            let crosses = others.iter().any(|other| !run.is_disjoint(other));
            assert!(crosses, "seed {seed}: an entry crosses none");
        }
    }
    // Numbers count the squares where entries start, row by row.
    let starts: BTreeSet<(usize, usize)> =
        across_runs.iter().chain(&down_runs).map(|(at, _)| *at).collect();
    let numbered = sheet.squares.iter().enumerate().flat_map(|(row, squares)| {
        let number = move |(column, square): (usize, &Option<Option<u32>>)| {
            Some(((row, column), (*square)??))
        };
        squares.iter().enumerate().filter_map(number)
    });
    let numbered: Vec<((usize, usize), u32)> = numbered.collect();
    let expected: Vec<((usize, usize), u32)> = starts.into_iter().zip(1..).collect();
    assert_eq!(numbered, expected, "seed {seed}");
    // No clue asks for two entries, and no other answer of the same length is right.
    let all = || across.iter().chain(down);
    let clues: BTreeSet<(&str, usize)> =
        all().map(|s| (s.entry.clue.as_str(), s.word.letters.len())).collect();
    assert_eq!(clues.len(), count, "seed {seed}: two entries have the same clue");
    for Solved { word, entry, .. } in all() {
        for other in entry.others.iter().map(|other| squeezed(other)) {
            let fits = other.len() == word.letters.len() && other != word.letters;
            assert!(!fits, "seed {seed}: {other} and {}", word.letters);
        }
    }
    // What students get has the same squares and clues, and tells no answer.
    for (row, squares) in sheet.squares.iter().enumerate() {
        for (column, square) in squares.iter().enumerate() {
            assert_eq!(square.is_some(), letters[row][column].is_some(), "seed {seed}");
        }
    }
    for (clues, solved) in [(&sheet.across, across), (&sheet.down, down)] {
        assert_eq!(clues.len(), solved.len());
        for (clue, solved) in clues.iter().zip(solved) {
            assert_eq!(clue.number, solved.number);
            assert_eq!(clue.lengths.iter().sum::<usize>(), solved.word.letters.len());
            let said = squeezed(&clue.text);
            let told = words.iter().find(|word| said.contains(**word));
            assert_eq!(told, None, "seed {seed}: “{}”", clue.text);
        }
    }
}

/// The letters and digits of a text in capitals.
fn squeezed(text: &str) -> String {
    text.to_uppercase().chars().filter(|char| char.is_alphanumeric()).collect()
}

fn crosswords(seeds: u64, language: Language, count: usize) {
    let mut job = practising(language, &[FileRole::Crossword]);
    job.blueprint.documents.crossword.count = count;
    each_seed(&job, seeds, &|seed, made| {
        check_crossword(seed, made.crossword.as_ref().unwrap(), count);
    });
}

#[test]
fn crosswords_are_sound() {
    for language in Language::ALL {
        crosswords(FEW, language, 12);
    }
    for count in [2, 5, 20, 30] {
        crosswords(FEW / 4, Language::Id, count);
    }
}

/// `cargo test -- --ignored` runs this one too; `.ci/run` does.
#[test]
#[ignore = "it takes minutes"]
fn a_thousand_crosswords_are_sound() {
    for count in [2, 5, 12, 20, 30] {
        crosswords(SEEDS, Language::Id, count);
    }
    crosswords(SEEDS, Language::En, 12);
}

/// How often a word is read in any direction; a word of one way is not read in the other.
fn places(letters: &[Vec<char>], word: &str) -> Vec<[(isize, isize); 2]> {
    let word: Vec<char> = word.chars().collect();
    let at = |(row, column): (isize, isize)| {
        let row = letters.get(usize::try_from(row).ok()?)?;
        row.get(usize::try_from(column).ok()?).copied()
    };
    let mut found = Vec::new();
    for row in 0..letters.len() as isize {
        for column in 0..letters.len() as isize {
            for (down, right) in
                [(0, 1), (1, 0), (1, 1), (1, -1), (0, -1), (-1, 0), (-1, -1), (-1, 1)]
            {
                let place = |index: usize| {
                    (row + down * index as isize, column + right * index as isize)
                };
                let mut read = word.iter().enumerate();
                if read.all(|(index, letter)| at(place(index)) == Some(*letter)) {
                    found.push([place(0), place(word.len() - 1)]);
                }
            }
        }
    }
    found
}

fn check_word_search(seed: u64, search: &WordSearch, unwanted: &BTreeSet<String>) {
    let WordSearch { sheet, key } = search;
    let signed = |(row, column): (usize, usize)| (row as isize, column as isize);
    let mut hidden = Vec::new();
    for found in &key.found {
        let line = [signed(found.first), signed(found.last)];
        let word = &found.word.letters;
        assert_eq!(places(&sheet.letters, word), [line], "seed {seed}: {word}");
        let (down, right) = (line[1].0 - line[0].0, line[1].1 - line[0].1);
        let allowed = match sheet.ways {
            2 => down >= 0 && right >= 0 && (down == 0 || right == 0),
            4 => right > 0 || (right == 0 && down > 0),
            _ => true,
        };
        assert!(allowed, "seed {seed}: {word} runs another way");
        hidden.push(line);
    }
    // Unwanted words stand nowhere but within a word that has them itself.
    for word in unwanted {
        for [first, last] in places(&sheet.letters, word) {
            let within = hidden.iter().any(|[start, end]| {
                let between = |one: isize, low: isize, high: isize| {
                    (low.min(high)..=low.max(high)).contains(&one)
                };
                let on = |(row, column): (isize, isize)| {
                    let (down, right) = (end.0 - start.0, end.1 - start.1);
                    (row - start.0) * right == (column - start.1) * down
                        && between(row, start.0, end.0)
                        && between(column, start.1, end.1)
                };
                on(first) && on(last)
            });
            assert!(within, "seed {seed}: {word} at {first:?}");
        }
    }
    let letters = sheet.letters.iter().flatten();
    assert!(letters.clone().all(char::is_ascii_uppercase));
    assert!(sheet.letters.iter().all(|row| row.len() == sheet.letters.len()));
}

fn word_searches(seeds: u64) {
    for (language, directions, clues) in [
        (Language::Id, Directions::Two, false),
        (Language::Id, Directions::Eight, false),
        (Language::En, Directions::Four, true),
        (Language::Id, Directions::Four, false),
    ] {
        let mut job = practising(language, &[FileRole::WordSearch]);
        let plan = &mut job.blueprint.documents.word_search;
        *plan = WordSearchPlan { directions, clues, ..WordSearchPlan::default() };
        let unwanted = job.lexicon.unwanted();
        each_seed(&job, seeds, &|seed, made| {
            check_word_search(seed, made.word_search.as_ref().unwrap(), &unwanted);
        });
    }
}

#[test]
fn word_searches_are_sound() {
    word_searches(FEW);
}

/// `cargo test -- --ignored` runs this one too; `.ci/run` does.
#[test]
#[ignore = "it takes minutes"]
fn a_thousand_word_searches_are_sound() {
    word_searches(SEEDS);
}

fn bingo_cards(seeds: u64) {
    let mut job = practising(Language::Id, &[FileRole::Bingo]);
    for side in [3, 4, 5] {
        job.blueprint.documents.bingo.side = side;
        each_seed(&job, seeds, &|seed, made| {
            let bingo = made.bingo.as_ref().unwrap();
            assert_eq!(bingo.cards.len(), 32);
            let sets =
                bingo.cards.iter().map(|card| card.iter().collect::<BTreeSet<_>>());
            let sets: BTreeSet<BTreeSet<&String>> = sets.collect();
            assert_eq!(sets.len(), 32, "seed {seed}: two cards are the same");
            assert!(sets.iter().all(|set| set.len() == side * side), "seed {seed}");
            for (card, win) in bingo.cards.iter().zip(&bingo.wins) {
                let full = |calls: usize| {
                    let called: BTreeSet<&String> =
                        bingo.calls[..calls].iter().map(|call| &call.answer).collect();
                    let crossed = |row: usize, column: usize| {
                        called.contains(&card[row * side + column])
                    };
                    (0..side).any(|one| {
                        (0..side).all(|other| crossed(one, other))
                            || (0..side).all(|other| crossed(other, one))
                    }) || (0..side).all(|one| crossed(one, one))
                        || (0..side).all(|one| crossed(one, side - 1 - one))
                };
                assert!(full(*win) && !full(win - 1), "seed {seed}");
            }
        });
    }
}

#[test]
fn bingo_cards_differ_and_win_when_the_list_says() {
    bingo_cards(FEW);
}

fn cards_and_tickets(seeds: u64) {
    let roles = [FileRole::FlashCards, FileRole::ExitTicket];
    for language in Language::ALL {
        let job = practising(language, &roles);
        each_seed(&job, seeds, &|seed, made| {
            let cards = made.flash_cards.as_ref().unwrap();
            let ticket = made.exit_ticket.as_ref().unwrap();
            assert_eq!((cards.len(), ticket.key.len()), (24, 3));
            for asked in [cards, &ticket.key] {
                let facts = asked.iter().map(|entry| entry.facts.len()).sum::<usize>();
                let all: BTreeSet<&String> =
                    asked.iter().flat_map(|e| &e.facts).collect();
                assert_eq!(all.len(), facts, "seed {seed}: a fact is asked twice");
            }
            for (question, entry) in ticket.sheet.questions.iter().zip(&ticket.key) {
                assert_eq!(*question, entry.question);
            }
        });
    }
}

#[test]
fn cards_and_tickets_ask_different_facts() {
    cards_and_tickets(FEW);
}

fn activity_sheets(seeds: u64) {
    let job = practising(Language::Id, &[FileRole::Activity]);
    each_seed(&job, seeds, &|seed, made| {
        let activity = made.activity.as_ref().unwrap();
        let (sheet, key) = (&activity.sheet, &activity.key);
        assert_eq!((sheet.rows.len(), sheet.cases.len()), (5, 2));
        assert_eq!(key.cases.len(), 2);
        for (index, (row, full)) in sheet.rows.iter().zip(&key.rows).enumerate() {
            assert_eq!((row.len(), full.len()), (sheet.heads.len(), sheet.heads.len()));
            let given = row.iter().flatten().count();
            // The first row is an example.
            assert_eq!(given, if index == 0 { full.len() } else { 1 }, "seed {seed}");
            for (cell, full) in row.iter().zip(full) {
                assert!(!full.is_empty(), "seed {seed}");
                assert!(cell.as_ref().is_none_or(|cell| cell == full), "seed {seed}");
            }
        }
    });
}

#[test]
fn activity_sheets_leave_out_what_the_key_has() {
    activity_sheets(FEW);
}

/// `cargo test -- --ignored` runs this one too; `.ci/run` does.
#[test]
#[ignore = "it takes minutes"]
fn a_thousand_cards_and_sheets_are_sound() {
    bingo_cards(SEEDS);
    cards_and_tickets(SEEDS);
    activity_sheets(SEEDS);
}

/// The same seed makes the same puzzle, and whatever else is asked for, or was made from the
/// same stock, changes nothing.
#[test]
fn puzzles_depend_on_their_seed_alone() {
    let roles = [FileRole::Crossword, FileRole::WordSearch, FileRole::Bingo];
    let make = |roles: &[FileRole]| {
        let job = practising(Language::Id, roles);
        exam::practice(&job.bank, &job.blueprint, &job.lexicon.unwanted()).unwrap()
    };
    let all = make(&roles);
    assert_eq!(all, make(&roles));
    assert_eq!(all.crossword, make(&roles[..1]).crossword);
    assert_eq!(all.bingo, make(&roles[2..]).bingo);
    let mut job = practising(Language::Id, &roles);
    let stock = Stock::new(&job.bank, Language::Id);
    let unwanted = job.lexicon.unwanted();
    for seed in [3, 2, 1] {
        job.blueprint.seed = seed;
        let made = exam::practice_from(&stock, &job.blueprint, &unwanted);
        assert_eq!(made, exam::practice(&job.bank, &job.blueprint, &unwanted));
    }
}

/// The middles of the runs that begin with a word, by the number that ends them.
fn middles(page: &Page, word: &str) -> BTreeMap<String, (Length, Length)> {
    let middle = |shape: &Shape| match shape {
        Shape::Glyphs { at, run } if run.text.starts_with(word) => {
            let number = run.text.rsplit(' ').next().unwrap_or_default().to_string();
            Some((number, (at.x + run.width / 2, at.y)))
        }
        _ => None,
    };
    page.marks.iter().filter_map(|mark| middle(&mark.shape)).collect()
}

/// What is printed on both sides and turned over its long edge has every answer behind its
/// question, on full pages and on the last one.
#[test]
fn backs_lie_behind_their_fronts() {
    let mut job = practising(Language::Id, &[FileRole::FlashCards]);
    job.blueprint.documents.flash_cards.count = 23;
    let made = exam::practice(&job.bank, &job.blueprint, &BTreeSet::new()).unwrap();
    let cards = made.flash_cards.unwrap();
    let sheet = sheet::flash_cards(&job.blueprint.head, &cards, &job.wording);
    let mut theme = job.theme.clone();
    theme.margins.right = theme.margins.left;
    let mut typesetter = Typesetter::new(&job.fonts, &job.breaking);
    let pages = layout::lay_out(&sheet, &theme, &job.paper, &mut typesetter).unwrap();
    let mut seen = 0;
    for sides in pages.pages.chunks(2) {
        let [front, back] = sides else { panic!("a front has no back") };
        let (asked, answers) = (middles(front, "Pertanyaan"), middles(back, "Jawaban"));
        assert_eq!(asked.keys().collect::<Vec<_>>(), answers.keys().collect::<Vec<_>>());
        seen += asked.len();
        for (number, (x, y)) in &asked {
            let (other_x, other_y) = answers[number];
            let off = (*x + other_x - front.width).0.abs();
            assert!(off < 100, "card {number} is off by {off}");
            assert!((*y - other_y).0.abs() < 60_000, "card {number} is in another row");
        }
    }
    assert_eq!(seen, 23);
}
