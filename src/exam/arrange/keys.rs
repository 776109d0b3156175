//! Key letters: which letter is right at which number.
//!
//! The letters of a strand, which is all questions of a paper with equally many options, are
//! planned for as many variants at once as there are letters. In such a plan every letter is
//! used equally often in every section of every variant, give or take one, and no two
//! variants have the same letter at a number. It is a colouring: lines from variants to
//! letters, as many as a variant uses a letter, are coloured by the numbers. Its columns are
//! then swapped until no letter runs on and no pattern repeats. What the next plan begins
//! with differs from what the last one ended with.
//!
//! So of v variants and L letters every number has every letter ⌊v/L⌋ or ⌈v/L⌉ times, which
//! makes as few pairs of variants agree at it as can be. Items whose options keep their order
//! get a number with their letter where there is one; otherwise the letters of that variant
//! are settled around them.

use std::ops::Range;

use crate::exam::arrange::colouring::colour;
use crate::exam::seed::Stream;

/// How many equal letters may follow each other.
const LONGEST_RUN: usize = 3;

/// How many letters a sequence has at least in which a pattern is looked for.
const FEWEST: usize = 8;

/// How often letters are swapped at most, for each number, to mend them.
const SWAPS: usize = 40;

/// The letters of one variant, by number, from 0.
pub type Letters = Vec<usize>;

/// All questions of a paper whose keys are one of so many letters.
#[derive(Debug, Clone)]
pub struct Strand {
    /// How many letters there are.
    pub letters: usize,
    /// Which of its numbers belong to which section.
    pub sections: Vec<(usize, Range<usize>)>,
    /// How many items of each section keep each letter.
    pub fixed: Vec<Vec<usize>>,
}

impl Strand {
    /// How many questions it has.
    pub fn count(&self) -> usize {
        self.sections.last().map_or(0, |(_, numbers)| numbers.end)
    }

    /// The letters of so many variants, of which no two have the same at any number unless
    /// items that keep theirs are too many. `last` are those of the variant before them.
    pub fn plan(
        &self,
        variants: usize,
        last: Option<&Letters>,
        stream: &mut Stream,
    ) -> Vec<Letters> {
        let preference = stream.order(self.letters);
        let mut plan = vec![Letters::new(); variants];
        let mut first = 0;
        for ((_, numbers), fixed) in self.sections.iter().zip(&self.fixed) {
            let counts: Vec<Vec<usize>> = (0..variants)
                .map(|variant| {
                    let place = |letter| {
                        let place = preference.iter().position(|other| *other == letter);
                        let turned = place.unwrap_or(0) + self.letters * 2;
                        (turned - (first + variant) % self.letters) % self.letters
                    };
                    even(fixed, numbers.len(), &place)
                })
                .collect();
            first += numbers.len();
            for (row, letters) in plan.iter_mut().zip(square(&counts, stream)) {
                row.extend(letters);
            }
        }
        self.mend_plan(&mut plan, last.filter(|_| self.letters > 2), stream);
        plan
    }

    /// Swaps numbers, for all variants alike, until no letters run on and the first variant
    /// has no letter in common with the last one before.
    fn mend_plan(
        &self,
        plan: &mut [Letters],
        last: Option<&Letters>,
        stream: &mut Stream,
    ) {
        let faults = |plan: &[Letters]| {
            let rows = plan.iter().map(|row| faults(&[], row, self.letters));
            let shared = last.map_or(0, |last| equal(last, &plan[0]));
            rows.sum::<usize>() * 4 + shared
        };
        let bad = |plan: &[Letters]| -> Vec<usize> {
            let runs = plan.iter().flat_map(|row| runs(&[], row));
            let shared =
                last.map(|last| (0..last.len()).filter(|&n| last[n] == plan[0][n]));
            runs.chain(shared.into_iter().flatten()).collect()
        };
        let mut now = faults(plan);
        for _ in 0..SWAPS * self.count() {
            if now == 0 {
                break;
            }
            let swap = self.swap(&bad(plan), |_| true, stream);
            let Some((one, other)) = swap else { break };
            plan.iter_mut().for_each(|row| row.swap(one, other));
            let then = faults(plan);
            if then > now {
                plan.iter_mut().for_each(|row| row.swap(one, other));
            } else {
                now = then;
            }
        }
    }

    /// Two numbers of a section: a bad one, if there are any, and another.
    fn swap(
        &self,
        bad: &[usize],
        is_free: impl Fn(usize) -> bool,
        stream: &mut Stream,
    ) -> Option<(usize, usize)> {
        let bad: Vec<usize> = bad.iter().copied().filter(|&n| is_free(n)).collect();
        let one = match bad.get(stream.below(bad.len())) {
            Some(&number) => number,
            None => stream.below(self.count()),
        };
        let numbers = self.sections.iter().find(|(_, numbers)| numbers.contains(&one));
        let numbers = numbers.map(|(_, numbers)| numbers.clone())?;
        let other = numbers.start + stream.below(numbers.len());
        Some((one, if is_free(one) && is_free(other) { other } else { one }))
    }

    /// The letters of a variant in which items that keep theirs stand at some numbers. They
    /// are as `planned` where that can be. `earlier` are those of other variants, and
    /// `before` what stands before the first number.
    pub fn settle(
        &self,
        planned: &Letters,
        kept: &[Option<usize>],
        earlier: &[&Letters],
        before: &[usize],
        stream: &mut Stream,
    ) -> Letters {
        let mut letters = planned.clone();
        for (_, numbers) in &self.sections {
            let section = &mut letters[numbers.clone()];
            fit(section, &kept[numbers.clone()], self.letters, stream);
        }
        let is_free = |number: usize| kept[number].is_none();
        let cost = |letters: &Letters| {
            let shared = earlier.iter().map(|other| equal(other, letters)).sum::<usize>();
            faults(before, letters, self.letters) * 64 + shared
        };
        let bad = |letters: &Letters| -> Vec<usize> {
            let shared = |n: &usize| earlier.iter().any(|other| other[*n] == letters[*n]);
            runs(before, letters).chain((0..letters.len()).filter(shared)).collect()
        };
        // What follows the plan is right already.
        let mended = letters != *planned || faults(before, &letters, self.letters) > 0;
        let swaps =
            if mended { SWAPS * kept.iter().filter(|k| k.is_none()).count() } else { 0 };
        let mut now = cost(&letters);
        for _ in 0..swaps {
            if now == 0 {
                break;
            }
            let Some((one, other)) = self.swap(&bad(&letters), is_free, stream) else {
                break;
            };
            letters.swap(one, other);
            let then = cost(&letters);
            if then > now {
                letters.swap(one, other);
            } else {
                now = then;
            }
        }
        letters
    }
}

/// How often each letter is used among so many numbers: equally often, except where items
/// keep a letter more often than that. What is left over goes to the letters with the first
/// places.
fn even(fixed: &[usize], count: usize, place: &dyn Fn(usize) -> usize) -> Vec<usize> {
    let mut counts = fixed.to_vec();
    for _ in fixed.iter().sum::<usize>()..count {
        let rarest = (0..counts.len()).min_by_key(|&l| (counts[l], place(l)));
        counts[rarest.unwrap_or(0)] += 1;
    }
    counts
}

/// Letters by variant and number, each as often in a variant as `counts` says and as seldom
/// at a number as can be.
fn square(counts: &[Vec<usize>], stream: &mut Stream) -> Vec<Letters> {
    let numbers: usize = counts.first().map_or(0, |counts| counts.iter().sum());
    let letters = counts.first().map_or(0, Vec::len);
    let mut lines = Vec::new();
    let mut point = 0;
    for letter in 0..letters {
        let mut used = 0;
        for (variant, counts) in counts.iter().enumerate() {
            for _ in 0..counts[letter] {
                // A letter that is used more often than there are numbers is taken for
                // several, each of which stands at every number once.
                lines.push((variant, point + used / numbers, letter));
                used += 1;
            }
        }
        point += used.div_ceil(numbers.max(1));
    }
    let ends: Vec<(usize, usize)> = lines.iter().map(|line| (line.0, line.1)).collect();
    let mut square = vec![vec![0; numbers]; counts.len()];
    for ((variant, _, letter), number) in
        lines.into_iter().zip(colour(&ends, numbers, stream))
    {
        square[variant][number] = letter;
    }
    square
}

/// Gives items that keep a letter theirs, and what that displaces to others of the section.
fn fit(
    section: &mut [usize],
    kept: &[Option<usize>],
    letters: usize,
    stream: &mut Stream,
) {
    let mut left = vec![0_usize; letters];
    section.iter().for_each(|&letter| left[letter] += 1);
    kept.iter().flatten().for_each(|&k| left[k] = left[k].saturating_sub(1));
    let mut displaced = Vec::new();
    for number in stream.order(section.len()) {
        match kept[number] {
            Some(letter) => section[number] = letter,
            None if left[section[number]] > 0 => left[section[number]] -= 1,
            None => displaced.push(number),
        }
    }
    for number in displaced {
        let letter = left.iter().position(|&count| count > 0).unwrap_or(section[number]);
        left[letter] = left[letter].saturating_sub(1);
        section[number] = letter;
    }
}

/// At how many numbers two variants have the same letter.
fn equal(one: &[usize], other: &[usize]) -> usize {
    one.iter().zip(other).filter(|(a, b)| a == b).count()
}

/// By how much letters run on too long after those before, and whether a pattern repeats.
fn faults(before: &[usize], letters: &[usize], all: usize) -> usize {
    running(before, letters).count() + usize::from(is_cyclic(letters, all))
}

/// The numbers of letters that run on too long.
fn runs<'a>(
    before: &'a [usize],
    letters: &'a [usize],
) -> impl Iterator<Item = usize> + 'a {
    running(before, letters).flat_map(|end| end.saturating_sub(LONGEST_RUN)..=end)
}

/// The numbers at which a letter runs on too long.
fn running<'a>(
    before: &'a [usize],
    letters: &'a [usize],
) -> impl Iterator<Item = usize> + 'a {
    let before = &before[before.len().saturating_sub(LONGEST_RUN)..];
    let mut run = before.len().min(1);
    run += before.windows(2).rev().take_while(|pair| pair[0] == pair[1]).count();
    let mut last = before.last().copied();
    letters.iter().enumerate().filter_map(move |(number, &letter)| {
        run = if last == Some(letter) { run + 1 } else { 1 };
        last = Some(letter);
        (run > LONGEST_RUN).then_some(number)
    })
}

/// Whether letters repeat a pattern from beginning to end: eight or more of them, a period
/// of at most twice as many as there are letters, and at least two periods.
fn is_cyclic(letters: &[usize], all: usize) -> bool {
    let repeats = |period: usize| letters[period..] == letters[..letters.len() - period];
    letters.len() >= FEWEST && (1..=(all * 2).min(letters.len() / 2)).any(repeats)
}

#[cfg(test)]
mod tests;
