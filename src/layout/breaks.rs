//! Where lines break: the opportunities of a text, and the choice among them.

use std::ops::Range;

use unicode_linebreak::{BreakOpportunity, linebreaks};

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
    /// The width of the blanks after it.
    pub blank: Length,
    /// Whether the line ends after it.
    pub forced: bool,
}

/// The places where a line may end, as byte indices, and whether it must.
pub(super) fn opportunities(text: &str) -> Vec<(usize, bool)> {
    let mandatory = |kind| kind == BreakOpportunity::Mandatory;
    let all = linebreaks(text).map(|(at, kind)| (at, mandatory(kind)));
    // A soft hyphen is no opportunity, because nothing prints its hyphen.
    let glued =
        |at: usize| starts_with_dots(&text[at..]) || text[..at].ends_with('\u{ad}');
    all.filter(|&(at, forced)| forced || !glued(at)).collect()
}

/// Whether a text starts with the dots of a blank to be filled in, which stay with the
/// word before them.
fn starts_with_dots(text: &str) -> bool {
    text.starts_with("..") || text.starts_with('…')
}

/// What a line of a paragraph may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Measure {
    /// The greatest width.
    pub width: Length,
    /// A last line that is shorter than this is avoided.
    pub short: Length,
    /// Whether the last line is to be as wide as the others.
    pub balanced: bool,
}

/// Breaks a paragraph into lines, each a range of pieces.
///
/// Of all ways that take the fewest lines, it takes the one with the least raggedness:
/// the sum of the squares of what the lines leave empty. A piece that is wider than
/// the measure gets a line of its own.
pub(super) fn break_lines(pieces: &[Piece], measure: Measure) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for stretch in pieces.split_inclusive(|piece| piece.forced) {
        let broken = break_stretch(stretch, measure);
        lines.extend(broken.into_iter().map(|line| start + line.start..start + line.end));
        start += stretch.len();
    }
    lines
}

/// The best way to set the pieces before a break.
#[derive(Clone, Copy)]
struct Best {
    /// The lines, then their raggedness: what is compared.
    cost: (u32, i64),
    /// Where the last of the lines starts.
    start: usize,
}

fn break_stretch(pieces: &[Piece], measure: Measure) -> Vec<Range<usize>> {
    let mut best = vec![Best { cost: (0, 0), start: 0 }];
    for end in 1..=pieces.len() {
        let last = end == pieces.len();
        let mut width = Length::ZERO;
        let mut chosen: Option<Best> = None;
        for start in (0..end).rev() {
            let blank = if start + 1 < end { pieces[start].blank } else { Length::ZERO };
            width += pieces[start].width + blank;
            if width > measure.width && start + 1 < end {
                break;
            }
            let (lines, ragged) = best[start].cost;
            let cost = (lines + 1, ragged + raggedness(width, lines > 0, last, measure));
            if chosen.is_none_or(|chosen| cost < chosen.cost) {
                chosen = Some(Best { cost, start });
            }
        }
        best.extend(chosen);
    }
    let mut lines = Vec::new();
    let mut end = pieces.len();
    while end > 0 {
        lines.push(best[end].start..end);
        end = best[end].start;
    }
    lines.reverse();
    lines
}

/// What a line costs: the square of what it leaves empty, which is free in a last line
/// unless that is a short one below others.
fn raggedness(width: Length, follows: bool, last: bool, measure: Measure) -> i64 {
    let square = |length: Length| i64::from(length.0) * i64::from(length.0);
    if last && follows && width < measure.short {
        square(measure.width)
    } else if last && !measure.balanced {
        0
    } else {
        square(measure.width - width)
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
                blank: Length::pt(blanks as i32),
                range,
                end,
                forced,
            }
        };
        opportunities(text).into_iter().map(cut).collect()
    }

    fn lines(text: &str, width: i32, short: i32, balanced: bool) -> Vec<&str> {
        let measure =
            Measure { width: Length::pt(width), short: Length::pt(short), balanced };
        let pieces = pieces(text);
        let line = |line: Range<usize>| {
            &text[pieces[line.start].range.start..pieces[line.end - 1].range.end]
        };
        break_lines(&pieces, measure).into_iter().map(line).collect()
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
}
