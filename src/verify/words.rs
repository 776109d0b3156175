//! The words of a document in reading order, and how they are compared.
//!
//! Blanks are left out, on paper and in the record: where a line breaks is of no matter
//! then, nor whether it is spread. So are the hyphens that only a line's end asks for, and
//! characters that have no shape.

use std::ops::Range;

use super::letters::{Glyph, Letters};
use super::sides::Side;

/// How much may stand at the top of a page before a text goes on: the head of a table,
/// which is repeated.
pub const HEAD: usize = 300;

/// How many characters tell that a text goes on.
const RESUMED: usize = 12;

/// A text as it is compared.
pub fn fold(text: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(text.len());
    for char in text.chars() {
        if !is_blank(char) {
            folded.push(char);
        }
    }
    folded
}

/// Whether a character is not seen.
fn is_blank(char: char) -> bool {
    if char.is_ascii_graphic() {
        return false;
    }
    let ignored = matches!(char,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}');
    char.is_whitespace() || ignored
}

/// The letters of sides, one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    letters: Letters,
    /// Where the letters of each side end, and the page of the file that it is on.
    sides: Vec<(usize, usize)>,
}

impl Words {
    /// The words of sides.
    pub fn of<'a>(sides: impl IntoIterator<Item = &'a Side> + Clone) -> Words {
        let mut words = Words::default();
        words.letters.reserve(sides.clone().into_iter().map(|s| s.letters.len()).sum());
        for side in sides {
            words.letters.append(&side.letters);
            words.sides.push((words.letters.len(), side.page));
        }
        words
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.letters.chars
    }

    /// The glyph of a character.
    #[inline]
    pub fn glyph(&self, at: usize) -> Glyph {
        self.letters.glyphs[at]
    }

    /// The index of the side of a character.
    pub fn side(&self, at: usize) -> usize {
        self.sides.partition_point(|(end, _)| *end <= at)
    }

    /// The page of a character; that of the last one behind the end.
    pub fn page(&self, at: usize) -> usize {
        match self.letters.len() {
            0 => self.sides.first().map_or(1, |(_, page)| *page),
            count => self.sides[self.side(at.min(count - 1))].1,
        }
    }

    /// Where a text ends that stands at a place, if it does.
    ///
    /// Dots to write on may be more or fewer than a bank writes. Raised and lowered
    /// characters stand for themselves or for ordinary ones that are set so.
    pub fn read(&self, at: usize, text: &[char]) -> Option<usize> {
        let (mut place, mut next, mut shifted) = (at, 0, Vec::new());
        while next < text.len() {
            if text[next] == '.' && text.get(next + 1) == Some(&'.') {
                next += text[next..].iter().take_while(|&&char| char == '.').count();
                let dots = self.dots(place);
                if dots < 2 {
                    return None;
                }
                place += dots;
                continue;
            }
            let char = *self.letters.chars.get(place)?;
            if char != text[next] {
                match on_line(text[next]).filter(|&(line, _)| same(char, line)) {
                    Some((_, raised)) => shifted.push((place, raised)),
                    None => {
                        place = self.below_head(at, place, &text[next..])?;
                        continue;
                    }
                }
            }
            (place, next) = (place + 1, next + 1);
        }
        self.are_shifted(at..place, &shifted).then_some(place)
    }

    /// How many characters of a text stand at a place, before other ones do.
    pub fn agree(&self, at: usize, text: &[char]) -> usize {
        let chars = self.letters.chars.get(at..).unwrap_or_default();
        let like = |&(&char, &due): &(&char, &char)| {
            char == due || on_line(due).is_some_and(|(line, _)| same(char, line))
        };
        chars.iter().zip(text).take_while(like).count()
    }

    /// Where a text goes on that is broken off at the end of a page: below the head of its
    /// table, which is repeated.
    fn below_head(&self, start: usize, at: usize, rest: &[char]) -> Option<usize> {
        // What is broken off is a line long.
        if at < start + RESUMED {
            return None;
        }
        let known = &rest[..rest.len().min(RESUMED)];
        let last = self.letters.chars.len().min(at + HEAD);
        (at + 1..last).find(|&place| {
            let turned = self.side(place) != self.side(at - 1);
            turned && self.agree(place, known) == known.len()
        })
    }

    /// How many dots stand next to each other from a place on.
    fn dots(&self, at: usize) -> usize {
        let mut count = 0;
        while self.letters.chars.get(at + count) == Some(&'.')
            && (count == 0 || self.goes_on(at + count))
        {
            count += 1;
        }
        count
    }

    /// Whether a character stands next to the one before it, or at the start of a line
    /// below.
    fn goes_on(&self, at: usize) -> bool {
        let (before, after) = (self.glyph(at - 1), self.glyph(at));
        let gap = (after.x - before.end).abs();
        let down = after.y - before.y;
        let below = down > 0.5 && down < 3.0 * before.size && after.x < before.x;
        self.side(at - 1) == self.side(at)
            && (below || down.abs() < 0.5 && gap < 0.25 * before.size)
    }

    /// Whether characters of a text are set raised or lowered, beside larger ones.
    fn are_shifted(&self, text: Range<usize>, shifted: &[(usize, bool)]) -> bool {
        // A text of nothing else has nothing to be measured by.
        let alone = shifted.len() == text.len();
        alone
            || shifted.iter().all(|&(at, raised)| {
                let size = self.glyph(at).size;
                let is_larger = |&other: &usize| self.glyph(other).size > 1.05 * size;
                let before = (text.start..at).rev().find(is_larger);
                let Some(line) = before.or_else(|| (at..text.end).find(is_larger)) else {
                    return false;
                };
                let up = self.glyph(line).y - self.glyph(at).y;
                (if raised { up } else { -up }) > 0.05 * size
            })
    }

    /// Whether a text stands beside its label: on its line nothing stands between them.
    pub fn is_beside(&self, label: &Range<usize>, text: &Range<usize>) -> bool {
        if label.is_empty() || text.is_empty() {
            return true;
        }
        let (side, first) = (self.side(label.start), self.glyph(label.start));
        let end = label.clone().map(|at| self.glyph(at).end).fold(0.0, f32::max);
        let start = side.checked_sub(1).map_or(0, |before| self.sides[before].0);
        let high = 0.4 * first.size;
        let mut nearest: Option<(f32, usize)> = None;
        for (line, y) in self.letters.lines_of(start..self.sides[side].0) {
            if (y - first.y).abs() > high + 1.0 {
                continue;
            }
            for at in line {
                let Glyph { x, y, .. } = self.glyph(at);
                let is_beside = (y - first.y).abs() < high && x > end - 0.5;
                if is_beside && nearest.is_none_or(|(known, _)| x < known) {
                    nearest = Some((x, at));
                }
            }
        }
        nearest.is_some_and(|(_, at)| text.contains(&at))
    }

    /// Whether the lines of a text stand below each other; it may go on in the next column
    /// or on the next page.
    pub fn flows(&self, text: &Range<usize>) -> bool {
        let Some(last) = text.clone().next_back() else { return true };
        let one_side = self.side(text.start) == self.side(last);
        let (mut line, mut before) = (text.start, self.glyph(text.start));
        for at in text.start + 1..text.end {
            let after = self.glyph(at);
            let size = before.size.max(after.size);
            let down = after.y - before.y;
            before = after;
            if !one_side && self.side(at - 1) != self.side(at) {
                line = at;
            } else if down.abs() > 0.7 * size {
                let first = self.glyph(line);
                let column = down < 0.0 && after.x > first.x + 5.0 * size;
                if !(column || down > 0.0 && after.y > first.y) {
                    return false;
                }
                line = at;
            }
        }
        true
    }

    /// The middle of the first line of a text.
    pub fn centre(&self, text: &Range<usize>) -> f32 {
        let y = self.glyph(text.start).y;
        let line = text.clone().map(|at| self.glyph(at));
        let line = line.take_while(|glyph| (glyph.y - y).abs() < 0.5 * glyph.size);
        let ends = line.fold((f32::MAX, 0.0f32), |ends, glyph| {
            (ends.0.min(glyph.x), ends.1.max(glyph.end))
        });
        (ends.0 + ends.1) / 2.0
    }

    /// Whether a character does not go on with what stands before it.
    pub fn is_apart(&self, at: usize) -> bool {
        if at == 0 || at >= self.letters.chars.len() || self.side(at - 1) != self.side(at)
        {
            return true;
        }
        let (before, after) = (self.glyph(at - 1), self.glyph(at));
        let gap = (after.x - before.end).abs();
        !self.is_level(at - 1, at) || gap > 0.2 * before.size
    }

    /// Whether two characters stand on one line, or nearly.
    pub fn is_level(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.glyph(one), self.glyph(other));
        (one.y - other.y).abs() < 0.5 * one.size.max(other.size)
    }

    /// Whether nothing follows on the line of the last character that was read, or only
    /// what is set well apart.
    pub fn ends(&self, at: usize) -> bool {
        if at == 0 || at >= self.letters.chars.len() || self.side(at - 1) != self.side(at)
        {
            return true;
        }
        let (before, after) = (self.glyph(at - 1), self.glyph(at));
        !self.is_level(at - 1, at) || (after.x - before.end).abs() > before.size
    }

    /// The text without a gap that starts at a place.
    pub fn piece(&self, at: usize) -> Range<usize> {
        let apart = |&next: &usize| {
            let (before, after) = (self.glyph(next - 1), self.glyph(next));
            !self.is_level(next - 1, next)
                || (after.x - before.end).abs() > 0.5 * before.size
        };
        let end = (at + 1..self.letters.chars.len())
            .find(apart)
            .unwrap_or(self.letters.chars.len());
        at..end
    }

    /// A text as it is shown in messages: with its blanks again, and not too long.
    pub fn shown(&self, text: Range<usize>) -> String {
        const MOST: usize = 60;
        let mut shown = String::new();
        let end = text.end.min(self.letters.chars.len());
        for at in text.start..end.min(text.start + MOST) {
            if at > text.start {
                let (before, after) = (self.glyph(at - 1), self.glyph(at));
                let gap = (after.x - before.end).abs() > 0.12 * before.size;
                if gap || (after.y - before.y).abs() > 0.7 * before.size {
                    shown.push(' ');
                }
            }
            shown.push(self.letters.chars[at]);
        }
        if end > text.start + MOST {
            shown.push('…');
        }
        shown
    }
}

/// Whether two characters are printed alike.
fn same(one: char, other: char) -> bool {
    let minus = |char| matches!(char, '-' | '−');
    one == other || minus(one) && minus(other)
}

/// The ordinary character of a raised or lowered one, and whether it is raised.
fn on_line(char: char) -> Option<(char, bool)> {
    if char.is_ascii() {
        return None;
    }
    let (raised, lowered) = ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎");
    let line = "0123456789+-=()ni";
    let place = |all: &str| all.chars().position(|other| other == char);
    let found = place(raised).map(|at| (at, true));
    let (at, raised) = found.or_else(|| place(lowered).map(|at| (at, false)))?;
    Some((line.chars().nth(at)?, raised))
}
