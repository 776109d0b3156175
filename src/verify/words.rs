//! The words of a document in reading order, and how they are compared.
//!
//! Blanks are left out, on paper and in the record: where a line breaks is of no matter
//! then, nor whether it is spread. So are the hyphens that only a line's end asks for, and
//! characters that have no shape.

use std::ops::{Range, RangeInclusive};

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
#[inline]
fn is_blank(char: char) -> bool {
    if char.is_ascii_graphic() {
        return false;
    }
    let ignored = matches!(char,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}');
    char.is_whitespace() || ignored
}

/// Whether a text begins with several dots.
fn is_dotted(text: &str) -> bool {
    text.chars().filter(|&char| !is_blank(char)).take(2).eq(['.'; 2])
}

/// The letters of sides, one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words<'a> {
    chars: Vec<char>,
    sides: Vec<Stretch<'a>>,
}

/// The letters of a side among those of all.
#[derive(Debug, Clone, PartialEq)]
struct Stretch<'a> {
    /// Where they begin.
    start: usize,
    /// Where they end.
    end: usize,
    /// The page of the file.
    page: usize,
    letters: &'a Letters,
    /// The baselines of their lines in ascending order, with the letters of each.
    levels: Vec<(f32, Range<usize>)>,
}

impl<'a> Words<'a> {
    /// The words of sides.
    pub fn of(sides: impl IntoIterator<Item = &'a Side> + Clone) -> Words<'a> {
        let mut words = Words::default();
        let counts = sides.clone().into_iter().map(|s| s.letters.len() + s.foot.len());
        words.chars.reserve(counts.sum());
        for Side { page, letters, .. } in sides {
            let start = words.chars.len();
            words.chars.extend_from_slice(&letters.chars);
            let mut levels: Vec<_> = letters.lines().map(|(line, y)| (y, line)).collect();
            levels.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            let (page, end) = (*page, words.chars.len());
            words.sides.push(Stretch { start, end, page, letters, levels });
        }
        words
    }

    /// The characters.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The characters alone.
    pub fn into_chars(self) -> Vec<char> {
        self.chars
    }

    /// The glyph of a character.
    #[inline]
    pub fn glyph(&self, at: usize) -> Glyph {
        let Stretch { start, letters, .. } = &self.sides[self.side(at)];
        letters.glyphs[at - start]
    }

    /// The index of the side of a character.
    pub fn side(&self, at: usize) -> usize {
        self.sides.partition_point(|side| side.end <= at)
    }

    /// The page of a character; that of the last one behind the end.
    pub fn page(&self, at: usize) -> usize {
        match self.chars.len() {
            0 => self.sides.first().map_or(1, |side| side.page),
            count => self.sides[self.side(at.min(count - 1))].page,
        }
    }

    /// Where a text ends that stands at a place, if it does.
    ///
    /// Dots to write on may be more or fewer than a bank writes. Raised and lowered
    /// characters stand for themselves or for ordinary ones that are set so.
    pub fn read(&self, at: usize, text: &[char]) -> Option<usize> {
        self.read_on(at, at, text)
    }

    /// Like [`Words::read`], of a text that has its blanks.
    pub fn read_text(&self, at: usize, text: &str) -> Option<usize> {
        match self.pass(at, text) {
            (end, "") => Some(end),
            (place, rest) => self.read_on(at, place, &fold(rest)),
        }
    }

    /// Passes over what stands at a place just as it is written; returns the place behind
    /// it, and the rest of the text.
    fn pass<'t>(&self, at: usize, text: &'t str) -> (usize, &'t str) {
        let letters = self.chars.get(at..).unwrap_or_default();
        let (mut count, mut rest) = (0, text);
        loop {
            let (bytes, others) = (rest.as_bytes(), &letters[count..]);
            let alike = |at: usize| {
                let byte = bytes[at];
                char::from(byte) == others[at] && byte.is_ascii_graphic() && byte != b'.'
            };
            let most = bytes.len().min(others.len());
            let mut many = 0;
            while many < most && alike(many) {
                many += 1;
            }
            (count, rest) = (count + many, &rest[many..]);
            // What is not so simple is looked at by itself.
            let Some(char) = rest.chars().next() else { break };
            if !is_blank(char) {
                let same = letters.get(count) == Some(&char);
                if !same || char == '.' && is_dotted(rest) {
                    break;
                }
                count += 1;
            }
            rest = &rest[char.len_utf8()..];
        }
        (at + count, rest)
    }

    /// Reads the rest of a text that starts at a place and goes on at another.
    fn read_on(&self, at: usize, mut place: usize, text: &[char]) -> Option<usize> {
        let (mut next, mut shifted) = (0, Vec::new());
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
            let char = *self.chars.get(place)?;
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

    /// The places of a passage at which a text may stand.
    pub fn places<'w>(
        &'w self,
        passage: RangeInclusive<usize>,
        text: &[char],
    ) -> impl Iterator<Item = usize> + use<'w> {
        // Dots, and what is raised or lowered, may be written in other ways.
        let plain = |char: &&char| char.is_ascii() && **char != '.';
        let first = text.first().filter(plain).copied();
        let fits =
            move |&at: &usize| first.is_none() || self.chars.get(at) == first.as_ref();
        passage.filter(fits)
    }

    /// How many characters of a text stand at a place, before other ones do.
    pub fn agree(&self, at: usize, text: &[char]) -> usize {
        let chars = self.chars.get(at..).unwrap_or_default();
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
        let last = self.chars.len().min(at + HEAD);
        (at + 1..last).find(|&place| {
            let turned = self.side(place) != self.side(at - 1);
            turned && self.agree(place, known) == known.len()
        })
    }

    /// How many dots stand next to each other from a place on.
    fn dots(&self, at: usize) -> usize {
        let mut count = 0;
        while self.chars.get(at + count) == Some(&'.')
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
        // To the right, or to the left among words that read so.
        let gap = (after.x - before.end).abs().min((before.x - after.end).abs());
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
        let side = &self.sides[self.side(label.start)];
        let first = self.glyph(label.start);
        let end = label.clone().map(|at| self.glyph(at).end).fold(0.0, f32::max);
        let high = 0.4 * first.size;
        let near = high + 1.0;
        let lowest = side.levels.partition_point(|(y, _)| *y < first.y - near - 1.0);
        let (left, mut nearest) = (end - 0.5, (f32::INFINITY, usize::MAX));
        for (y, line) in &side.levels[lowest..] {
            if *y > first.y + near + 1.0 {
                break;
            }
            if (y - first.y).abs() > near {
                continue;
            }
            let glyphs = &side.letters.glyphs[line.clone()];
            for (&Glyph { x, y, .. }, at) in glyphs.iter().zip(line.clone()) {
                let is_beside = x > left && x <= nearest.0 && (y - first.y).abs() < high;
                if is_beside && (x, at) < nearest {
                    nearest = (x, at);
                }
            }
        }
        // What closes a text that reads to the left stands between it and its label.
        let closes =
            |at: &usize| self.chars.get(*at).is_some_and(|c| !c.is_alphanumeric());
        let leftward = self.glyph(text.end - 1).x < self.glyph(text.start).x;
        let closing = (text.end..).take_while(|at| leftward && closes(at)).count();
        let text = text.start..text.end + closing;
        nearest.1 < usize::MAX && text.contains(&(side.start + nearest.1))
    }

    /// Whether the lines of a text stand below each other; it may go on in the next column
    /// or on the next page.
    pub fn flows(&self, text: &Range<usize>) -> bool {
        let Some(last) = text.clone().next_back() else { return true };
        let (mut line, mut within) = (text.start, text.start + 1);
        for side in &self.sides[self.side(text.start)..=self.side(last)] {
            // Within a line, letters are level.
            for at in side.starts_in(within..text.end) {
                let (before, after) = (self.glyph(at - 1), self.glyph(at));
                let size = before.size.max(after.size);
                let down = after.y - before.y;
                if at == side.start {
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
            within = side.end;
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
        self.around(at).is_none_or(|(before, after)| {
            let gap = (after.x - before.end).abs();
            !before.is_level(&after) || gap > 0.2 * before.size
        })
    }

    /// The glyphs before and at a place, unless a side begins or all of them end there.
    fn around(&self, at: usize) -> Option<(Glyph, Glyph)> {
        let Stretch { start, letters, .. } = self.sides.get(self.side(at))?;
        let after = at - start;
        Some((letters.glyphs[after.checked_sub(1)?], letters.glyphs[after]))
    }

    /// Whether two characters stand on one line, or nearly.
    pub fn is_level(&self, one: usize, other: usize) -> bool {
        self.glyph(one).is_level(&self.glyph(other))
    }

    /// Whether nothing follows on the line of the last character that was read, or only
    /// what is set well apart.
    pub fn ends(&self, at: usize) -> bool {
        self.around(at).is_none_or(|(before, after)| {
            !before.is_level(&after) || (after.x - before.end).abs() > before.size
        })
    }

    /// The text without a gap that starts at a place.
    pub fn piece(&self, at: usize) -> Range<usize> {
        let apart = |&next: &usize| {
            let (before, after) = (self.glyph(next - 1), self.glyph(next));
            !before.is_level(&after) || (after.x - before.end).abs() > 0.5 * before.size
        };
        let end = (at + 1..self.chars.len()).find(apart).unwrap_or(self.chars.len());
        at..end
    }

    /// A text as it is shown in messages: with its blanks again, and not too long.
    pub fn shown(&self, text: Range<usize>) -> String {
        const MOST: usize = 60;
        let mut shown = String::new();
        let end = text.end.min(self.chars.len());
        for at in text.start..end.min(text.start + MOST) {
            if at > text.start {
                let (before, after) = (self.glyph(at - 1), self.glyph(at));
                let gap = (after.x - before.end).abs() > 0.12 * before.size;
                if gap || (after.y - before.y).abs() > 0.7 * before.size {
                    shown.push(' ');
                }
            }
            shown.push(self.chars[at]);
        }
        if end > text.start + MOST {
            shown.push('…');
        }
        shown
    }
}

impl Stretch<'_> {
    /// Where lines begin in a passage.
    fn starts_in(&self, passage: Range<usize>) -> impl Iterator<Item = usize> {
        let own = passage.start - self.start..passage.end.min(self.end) - self.start;
        self.letters.starts_in(own).map(|start| self.start + start)
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
