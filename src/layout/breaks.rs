//! Where lines break: the opportunities of a text, and the choice among them.
//!
//! The choice is made for a paragraph as a whole, as Knuth and Plass do: of all ways to
//! break it, the one with the least [`Cost`] is found by dynamic programming over the
//! places where a line may end.

use std::ops::{Add, Range};

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::breaking::Ties;
use crate::length::Length;

/// A stretch of text that no line break parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The bytes of the text, without the blanks after it.
    pub range: Range<usize>,
    /// Where the blanks after it end.
    pub end: usize,
    /// The width without the blanks after it.
    pub width: Length,
    /// The width of the blanks within it.
    pub inner: Length,
    /// The width of the blanks after it; where it ends within a word, what kerning adds.
    pub blank: Length,
    /// The width of the hyphen that is printed if a line ends after it; `None` if none is.
    pub hyphen: Option<Length>,
    /// Whether the line ends after it.
    pub forced: bool,
}

/// The places where a line may end, as byte indices, and whether it must.
pub(super) fn opportunities(text: &str, ties: &Ties) -> Vec<(usize, bool)> {
    let mandatory = |kind| kind == BreakOpportunity::Mandatory;
    let all = linebreaks(text).map(|(at, kind)| (at, mandatory(kind)));
    all.filter(|&(at, forced)| forced || !is_tied(text, at, ties)).collect()
}

/// Whether what stands before and after a place stays together.
fn is_tied(text: &str, at: usize, ties: &Ties) -> bool {
    let (before, after) = text.split_at(at);
    // The dots of a blank stay with the word before them, and so does a dash.
    if after.starts_with("..") || after.starts_with(['…', '—']) {
        return true;
    }
    if before.ends_with('-') {
        return joins_acronyms(before, after);
    }
    let words = (before.split_whitespace().next_back(), after.split_whitespace().next());
    match words {
        (Some(word), Some(next)) if before.ends_with(char::is_whitespace) => {
            ties.tie(word, next)
        }
        _ => false,
    }
}

/// The most letters of an acronym that is read letter by letter.
const ACRONYM: usize = 4;

/// Whether what stands before a hyphen and after it are short acronyms, as in `IA-CEPA`.
fn joins_acronyms(before: &str, after: &str) -> bool {
    let ends_word = |char: char| char.is_whitespace() || char == '-';
    let last = before.trim_end_matches('-').rsplit(ends_word).next().unwrap_or_default();
    let next = after.split(ends_word).next().unwrap_or_default();
    let is_acronym = |word: &str| {
        let signs = word.chars().filter(|char| char.is_alphanumeric());
        let signs: Vec<char> = signs.collect();
        (1..=ACRONYM).contains(&signs.len()) && signs.into_iter().all(char::is_uppercase)
    };
    is_acronym(last) && is_acronym(next)
}

/// How the lines of a paragraph end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ends {
    /// Where they end.
    Ragged,
    /// Where they end, the last one with the others.
    Balanced,
    /// All at the same place but the last one: blanks are stretched and shrunk.
    Flush,
}

/// What a line of a paragraph may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Measure {
    /// The greatest width.
    pub width: Length,
    /// A last line that is shorter than this is avoided.
    pub short: Length,
    /// How the lines end.
    pub ends: Ends,
    /// Whether words may be hyphenated that are not too wide for a line.
    pub hyphens: bool,
}

/// What a line costs at its limit: the unit of [`Cost::demerits`].
const LIMIT: i64 = 10_000 * 10_000;

/// A hyphen costs as much as a flush line halfway to its limit.
const HYPHEN: i64 = LIMIT / 4;

/// Hyphens at the ends of two lines in a row.
const TWO_HYPHENS: i64 = LIMIT;

/// A tight line beside a loose one, which the eye sees as grey beside white.
const CONTRAST: i64 = LIMIT;

/// A last line that is too short.
const SHORT_LINE: i64 = 4 * LIMIT;

/// What a way to break a paragraph costs; what stands first counts first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    /// The lines that are not to be: too wide, with blanks that would have to be stretched
    /// too much, or, in ragged text, a third empty or the last one and too short.
    misfits: u32,
    /// The lines. In ragged text a hyphen counts as much as a line: it saves one at least.
    lines: u32,
    /// The sum of the squares of how near the lines are to their limit, and of what else
    /// is not nice.
    demerits: i64,
}

impl Add for Cost {
    type Output = Cost;
    fn add(self, other: Cost) -> Cost {
        Cost {
            misfits: self.misfits + other.misfits,
            lines: self.lines + other.lines,
            demerits: self.demerits + other.demerits,
        }
    }
}

/// A paragraph in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Broken {
    /// The lines, each a range of pieces.
    pub lines: Vec<Range<usize>>,
    /// Whether no line is beyond its limit, so that no word need be hyphenated.
    pub fits: bool,
}

/// Breaks a paragraph into lines.
///
/// A piece that is wider than the measure gets a line of its own.
pub(super) fn break_lines(pieces: &[Piece], measure: Measure) -> Broken {
    let mut broken = Broken { lines: Vec::new(), fits: true };
    let mut start = 0;
    for stretch in pieces.split_inclusive(|piece| piece.forced) {
        let lines = break_stretch(stretch, measure);
        broken.fits &= lines.iter().all(|line| {
            let mut set = Line::default();
            stretch[line.clone()].iter().rev().for_each(|piece| set.prepend(piece));
            set.fit(stretch, line.clone(), measure).fits
        });
        let lines = lines.into_iter().map(|line| start + line.start..start + line.end);
        broken.lines.extend(lines);
        start += stretch.len();
    }
    broken
}

/// The best way to set the pieces before a break, with a last line of some tightness.
#[derive(Debug, Clone, Copy)]
struct Best {
    cost: Cost,
    /// Where the last line starts, and the tightness of the line before it.
    from: (usize, usize),
}

/// The tightness of a line whose blanks are about as wide as usual, of four: tight, usual,
/// loose, very loose.
const USUAL: usize = 1;

fn break_stretch(pieces: &[Piece], measure: Measure) -> Vec<Range<usize>> {
    let mut best: Vec<[Option<Best>; 4]> = vec![[None; 4]];
    best[0][USUAL] = Some(Best { cost: Cost::default(), from: (0, USUAL) });
    for end in 1..=pieces.len() {
        let mut chosen = [None; 4];
        let mut line = Line::default();
        for start in (0..end).rev() {
            line.prepend(&pieces[start]);
            let fit = line.fit(pieces, start..end, measure);
            if fit.overfull && start + 1 < end {
                break;
            }
            for (before, previous) in best[start].iter().enumerate() {
                let Some(previous) = previous else { continue };
                let cost = previous.cost + fit.cost(before);
                let best: &mut Option<Best> = &mut chosen[fit.tightness];
                if best.is_none_or(|best| cost < best.cost) {
                    *best = Some(Best { cost, from: (start, before) });
                }
            }
        }
        best.push(chosen);
    }
    let last = best[pieces.len()].iter().enumerate();
    let last = last.filter_map(|(at, best)| Some((best.as_ref()?.cost, at))).min();
    let (_, mut tightness) = last.unwrap_or_default();
    let mut lines = Vec::new();
    let mut end = pieces.len();
    while let Some(Best { from, .. }) = best[end][tightness].filter(|_| end > 0) {
        lines.push(from.0..end);
        (end, tightness) = from;
    }
    lines.reverse();
    lines
}

/// A line while pieces are put before it.
#[derive(Default)]
struct Line {
    /// The width without the blanks at its end.
    width: Length,
    /// The width of the blanks that can be stretched.
    blanks: Length,
    /// Whether it has a piece.
    begun: bool,
}

impl Line {
    fn prepend(&mut self, piece: &Piece) {
        if self.begun {
            self.width += piece.blank;
            self.blanks +=
                if piece.hyphen.is_none() { piece.blank } else { Length::ZERO };
        }
        self.width += piece.width;
        self.blanks += piece.inner;
        self.begun = true;
    }

    /// How the line suits the measure.
    fn fit(&self, pieces: &[Piece], range: Range<usize>, measure: Measure) -> Fit {
        let last = range.end == pieces.len();
        let hyphen = pieces[range.end - 1].hyphen.filter(|_| !last);
        let after_hyphen = range.start > 0 && pieces[range.start - 1].hyphen.is_some();
        let width = self.width + hyphen.unwrap_or_default();
        let empty = measure.width - width;
        let flush = measure.ends == Ends::Flush;
        let limit = match flush {
            true if empty < Length::ZERO => most_shrunk(self.blanks),
            true => loosest(self.blanks),
            false => measure.width / 3,
        };
        let free = last && measure.ends != Ends::Balanced && empty >= Length::ZERO;
        let near = if free { 0 } else { nearness(empty, limit) };
        let too_short = last && range.start > 0 && width < measure.short;
        let loose = near > NEAREST && measure.ends != Ends::Balanced;
        let overfull =
            width - most_shrunk(self.blanks) * i32::from(flush) > measure.width;
        let misfit = overfull
            || match measure.ends {
                Ends::Ragged => loose || too_short,
                Ends::Balanced => false,
                Ends::Flush => empty > most_stretched(self.blanks) && !free,
            };
        Fit {
            overfull,
            misfit,
            fits: !misfit && !loose,
            near,
            tightness: if flush { tightness(near) } else { USUAL },
            hyphens: (after_hyphen, hyphen.is_some()),
            ragged: !flush,
            too_short,
        }
    }
}

/// How near a line at its limit is.
const NEAREST: i64 = 10_000;

/// How near a line is to its limit; negative if its blanks are shrunk.
fn nearness(empty: Length, limit: Length) -> i64 {
    let limit = limit.max(Length::pt(1));
    i64::from(empty.0) * NEAREST / i64::from(limit.0)
}

/// By how much the blanks of a flush line are stretched before words are hyphenated.
fn loosest(blanks: Length) -> Length {
    blanks / 2
}

/// By how much the blanks of a flush line are stretched at most: those of a Times-like
/// face, a quarter of the em, to five eighths of it. A line that would need more stays
/// ragged, because blanks about as wide as the lines are apart form rivers.
pub(super) fn most_stretched(blanks: Length) -> Length {
    blanks * 3 / 2
}

/// By how much the blanks of a flush line are shrunk at most. A fifth leaves those of a
/// Times-like face, which are a quarter of the em, at a fifth of the em.
pub(super) fn most_shrunk(blanks: Length) -> Length {
    blanks / 5
}

fn tightness(near: i64) -> usize {
    match near {
        ..-5_000 => 0,
        -5_000..=5_000 => USUAL,
        5_001..=NEAREST => 2,
        _ => 3,
    }
}

/// How a line suits its measure.
struct Fit {
    overfull: bool,
    misfit: bool,
    /// Whether no word need be hyphenated for it.
    fits: bool,
    near: i64,
    tightness: usize,
    /// Whether the line before it ends in a hyphen, and whether it does.
    hyphens: (bool, bool),
    ragged: bool,
    too_short: bool,
}

impl Fit {
    /// What the line costs after one of some tightness.
    fn cost(&self, before: usize) -> Cost {
        let (after_hyphen, hyphen) = self.hyphens;
        let demerits = [
            (true, self.near * self.near),
            (hyphen, HYPHEN),
            (hyphen && after_hyphen, TWO_HYPHENS),
            (self.tightness.abs_diff(before) > 1, CONTRAST),
            (self.too_short, SHORT_LINE),
        ];
        Cost {
            misfits: u32::from(self.misfit),
            lines: 1 + u32::from(hyphen && self.ragged),
            demerits: demerits.iter().map(|&(is, cost)| if is { cost } else { 0 }).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces as if every letter and every blank were one point wide.
    fn pieces(text: &str) -> Vec<Piece> {
        let mut start = 0;
        let cut = |(end, forced): (usize, bool)| {
            let trimmed = text[start..end].trim_end().len();
            let range = start..start + trimmed;
            let blanks = text[range.end..end].chars().filter(|&c| c == ' ').count();
            start = end;
            Piece {
                width: Length::pt(text[range.clone()].chars().count() as i32),
                inner: Length::ZERO,
                blank: Length::pt(blanks as i32),
                hyphen: text[range.clone()].ends_with('\u{ad}').then_some(Length::ZERO),
                range,
                end,
                forced,
            }
        };
        opportunities(text, &ties()).into_iter().map(cut).collect()
    }

    fn ties() -> Ties {
        let words = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
        Ties {
            before_numbers: words(&["Pasal", "No.", "Rp", "Paket"]),
            after_numbers: words(&["juta", "%", "km"]),
            months: words(&["Agustus", "August"]),
            titles: words(&["Ir."]),
        }
    }

    fn measure(width: i32, short: i32, ends: Ends) -> Measure {
        let (width, short) = (Length::pt(width), Length::pt(short));
        Measure { width, short, ends, hyphens: true }
    }

    fn set(text: &str, measure: Measure) -> Vec<&str> {
        let pieces = pieces(text);
        let line = |line: Range<usize>| {
            &text[pieces[line.start].range.start..pieces[line.end - 1].range.end]
        };
        break_lines(&pieces, measure).lines.into_iter().map(line).collect()
    }

    fn lines(text: &str, width: i32, short: i32, balanced: bool) -> Vec<&str> {
        let ends = if balanced { Ends::Balanced } else { Ends::Ragged };
        set(text, measure(width, short, ends))
    }

    #[test]
    fn raggedness_is_least() {
        // First-fit would leave "aaa bb cc" with a hole of four below it.
        let text = "aaa bb cc ddddd eeeee";
        assert_eq!(lines(text, 9, 0, false), ["aaa bb", "cc ddddd", "eeeee"]);
    }

    #[test]
    fn no_lone_short_word_is_left() {
        let text = "aaaa bbbb cccc dd";
        assert_eq!(lines(text, 14, 0, false), ["aaaa bbbb cccc", "dd"]);
        assert_eq!(lines(text, 14, 4, false), ["aaaa bbbb", "cccc dd"]);
    }

    #[test]
    fn centred_lines_are_balanced() {
        let text = "aa bb cc dd ee";
        assert_eq!(lines(text, 11, 0, false), ["aa bb cc dd", "ee"]);
        assert_eq!(lines(text, 11, 0, true), ["aa bb cc", "dd ee"]);
    }

    #[test]
    fn the_fewest_lines_come_first() {
        let text = "aa bb cc dd ee ff gg hh";
        assert_eq!(lines(text, 11, 0, true).len(), 2);
    }

    #[test]
    fn dots_stay_with_the_word_before_them() {
        assert_eq!(lines("aaa bbb ....", 8, 0, false), ["aaa", "bbb ...."]);
        assert_eq!(lines("aaa bbb …", 7, 0, false), ["aaa", "bbb …"]);
    }

    #[test]
    fn a_new_line_ends_a_line() {
        assert_eq!(lines("aa\nbb cc", 20, 0, false), ["aa", "bb cc"]);
        assert_eq!(lines("aa\n", 20, 0, false), ["aa"]);
    }

    #[test]
    fn a_wide_piece_stands_alone() {
        assert_eq!(lines("a bbbbbb c", 4, 0, false), ["a", "bbbbbb", "c"]);
    }

    #[test]
    fn words_that_belong_together_stay_together() {
        for text in [
            "200 juta",
            "5 %.",
            "(10 km)",
            "Pasal 5",
            "No. 7,",
            "Rp 5.000",
            "Paket A",
            "Pasal XII",
            "17 Agustus",
            "August 17",
            "Ir. Soekarno",
            "B. J. Habibie",
            "a. tujuan",
            "1) tujuan",
            "kata — kata",
            "kata—",
            "200 juta km",
        ] {
            assert!(
                opportunities(text, &ties()).iter().all(|&(at, _)| {
                    at == text.len()
                        || text[at..].starts_with("kata")
                        || text[at..] == *"km"
                }),
                "{text}"
            );
        }
        assert_eq!(opportunities("IA-CEPA, (IUAE-CEPA", &ties()).len(), 2);
        for text in ["Indo-Pasifik", "IA-Australia", "anti-KKN", "X37TZ-M3YK3"] {
            assert_eq!(opportunities(text, &ties()).len(), 2, "{text}");
        }
        for text in ["dua juta", "Pasal itu", "Agustus 1945", "vitamin C", "ia—ia"] {
            assert_eq!(opportunities(text, &ties()).len(), 2, "{text}");
        }
    }

    #[test]
    fn a_soft_hyphen_saves_a_line_or_a_hole() {
        // A ninth empty is no reason to part a word, nearly a half is.
        assert_eq!(lines("aaaaaaaa bbb\u{ad}bbb", 9, 0, false).len(), 2);
        let text = "aaaa bbb\u{ad}bbb cc";
        assert_eq!(lines(text, 9, 0, false), ["aaaa bbb\u{ad}", "bbb cc"]);
        assert_eq!(lines("aaaaaa bbb\u{ad}bbb cc", 9, 0, false)[0], "aaaaaa");
    }

    #[test]
    fn flush_lines_are_of_one_tightness() {
        // Two blanks in a line of twelve: one more point is half of their limit.
        let text = "aaa bbb cccc dddd ee ffff gg";
        let lines = set(text, measure(12, 0, Ends::Flush));
        assert_eq!(lines, ["aaa bbb cccc", "dddd ee ffff", "gg"]);
    }

    /// Integers below a bound, one after another, always the same ones.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: u64) -> i32 {
            let mixed = self.0.wrapping_mul(6_364_136_223_846_793_005);
            self.0 = mixed.wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33).wrapping_rem(bound) as i32
        }
    }

    fn random_pieces(dice: &mut Dice) -> Vec<Piece> {
        let count = 1 + dice.below(9);
        let piece = |_| {
            let hyphen = (dice.below(3) == 0).then(|| Length::pt(1 + dice.below(2)));
            let blank = if hyphen.is_some() { 0 } else { 3 };
            Piece {
                range: 0..0,
                end: 0,
                width: Length::pt(3 + dice.below(25)),
                inner: Length::pt(3 * (dice.below(6) / 5)),
                blank: Length::pt(blank),
                hyphen,
                forced: false,
            }
        };
        (0..count).map(piece).collect()
    }

    /// What lines cost, added up one by one; `None` if two words stand in a line that has
    /// room for less.
    fn cost_of(
        pieces: &[Piece],
        lines: &[Range<usize>],
        measure: Measure,
    ) -> Option<Cost> {
        let (mut cost, mut before) = (Cost::default(), USUAL);
        for range in lines {
            let mut line = Line::default();
            pieces[range.clone()].iter().rev().for_each(|piece| line.prepend(piece));
            let fit = line.fit(pieces, range.clone(), measure);
            if fit.overfull && range.len() > 1 {
                return None;
            }
            cost = cost + fit.cost(before);
            before = fit.tightness;
        }
        Some(cost)
    }

    /// The least cost of all ways to break.
    fn least_cost(pieces: &[Piece], measure: Measure) -> Cost {
        let ways = 0..1_u32 << (pieces.len() - 1);
        let lines = |way: u32| {
            let ends = (1..pieces.len()).filter(move |end| way >> (end - 1) & 1 == 1);
            let mut start = 0;
            let ends = ends.chain([pieces.len()]);
            let line = ends.map(move |end| std::mem::replace(&mut start, end)..end);
            line.collect::<Vec<_>>()
        };
        ways.filter_map(|way| cost_of(pieces, &lines(way), measure)).min().unwrap()
    }

    #[test]
    fn no_other_way_to_break_is_better() {
        let mut dice = Dice(2026);
        for _ in 0..4000 {
            let pieces = random_pieces(&mut dice);
            for ends in [Ends::Ragged, Ends::Balanced, Ends::Flush] {
                let measure = measure(20 + dice.below(60), dice.below(20), ends);
                let lines = break_lines(&pieces, measure).lines;
                let cost = cost_of(&pieces, &lines, measure);
                assert_eq!(cost, Some(least_cost(&pieces, measure)), "{pieces:?}");
            }
        }
    }
}
