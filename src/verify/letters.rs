//! Letters as they stand on pages: what they are, and where.

use std::ops::Range;

/// How far two letters of a line may be above each other, in points.
const LEVEL: f32 = 0.1;

/// The place of a letter. Everything is in points from the top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Glyph {
    /// Where it starts.
    pub x: f32,
    /// Where it ends.
    pub end: f32,
    /// Its baseline.
    pub y: f32,
    /// The size of its em.
    pub size: f32,
}

impl Glyph {
    /// The same at another place.
    #[inline]
    pub fn moved(&self, right: f32, down: f32) -> Glyph {
        let Glyph { x, end, y, size } = *self;
        Glyph { x: x + right, end: end + right, y: y + down, size }
    }

    /// Whether it stands on one line with another, or nearly.
    #[inline]
    pub fn is_level(&self, other: &Glyph) -> bool {
        (self.y - other.y).abs() < 0.5 * self.size.max(other.size)
    }

    /// Whether it stands in an area: left, top, right, bottom.
    #[inline]
    pub fn is_within(&self, [left, top, right, bottom]: [f32; 4]) -> bool {
        let Glyph { x, end, y, .. } = *self;
        (x >= left)
            & (x <= right)
            & (end >= left)
            & (end <= right)
            & (y >= top)
            & (y <= bottom)
    }
}

/// Letters in the order in which they are written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Letters {
    /// The characters.
    pub chars: Vec<char>,
    /// The glyph of each character; those of a ligature have the same one.
    pub glyphs: Vec<Glyph>,
    /// Where letters begin that stand on another line than those before them, and the
    /// baseline of that line.
    starts: Vec<(usize, f32)>,
}

impl Letters {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.chars.reserve(more);
        self.glyphs.reserve(more);
    }

    /// Adds what a glyph stands for. Its line has no place yet.
    pub fn push(&mut self, chars: &[char], glyph: Glyph) {
        for &char in chars {
            self.chars.push(char);
            self.glyphs.push(glyph);
        }
    }

    /// Gives the letters of a line that were added last their place.
    pub fn place(&mut self, first: usize, right: f32, down: f32) {
        if !self.is_level(down) {
            self.starts.push((first, down));
        }
        self.move_all(first, right, down);
    }

    fn move_all(&mut self, first: usize, right: f32, down: f32) {
        for glyph in &mut self.glyphs[first..] {
            *glyph = glyph.moved(right, down);
        }
    }

    /// Takes the letters away that were added last.
    pub fn cut(&mut self, first: usize) -> Vec<char> {
        let place = self.starts.partition_point(|&(start, _)| start < first);
        self.starts.truncate(place);
        self.glyphs.truncate(first);
        self.chars.split_off(first)
    }

    /// Adds letters at another place.
    pub fn extend(&mut self, others: &Letters, right: f32, down: f32) {
        let before = self.len();
        for &(start, y) in &others.starts {
            if start > 0 || !self.is_level(y + down) {
                self.starts.push((before + start, y + down));
            }
        }
        self.chars.extend_from_slice(&others.chars);
        self.glyphs.extend_from_slice(&others.glyphs);
        self.move_all(before, right, down);
    }

    /// Adds some letters as a line.
    pub fn extend_line(&mut self, others: &Letters, line: Range<usize>) {
        if let Some(first) = others.glyphs[line.clone()].first() {
            self.starts.push((self.len(), first.y));
        }
        self.chars.extend_from_slice(&others.chars[line.clone()]);
        self.glyphs.extend_from_slice(&others.glyphs[line]);
    }

    /// The letters that stand on one line, one after the other, and its baseline.
    pub fn lines(&self) -> impl Iterator<Item = (Range<usize>, f32)> {
        let ends = self.starts.iter().skip(1).map(|&(next, _)| next).chain([self.len()]);
        self.starts.iter().zip(ends).map(|(&(start, y), end)| (start..end, y))
    }

    /// Where lines begin among some letters.
    pub fn starts_in(&self, letters: Range<usize>) -> impl Iterator<Item = usize> {
        let first = self.starts.partition_point(|&(start, _)| start < letters.start);
        let starts = self.starts[first..].iter().map(|&(start, _)| start);
        starts.take_while(move |&start| start < letters.end)
    }

    fn is_level(&self, y: f32) -> bool {
        self.starts.last().is_some_and(|&(_, last)| (last - y).abs() <= LEVEL)
    }
}
