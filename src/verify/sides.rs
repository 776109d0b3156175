//! Pages as students turn them: two on a sheet or one, without their feet.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::record::{CopyRecord, Record};

use super::letters::{Glyph, Letters};
use super::pages::Page;

/// A page, or the half of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// The page of the file.
    pub page: usize,
    /// The letters above the foot.
    pub letters: Letters,
    /// The characters of the foot.
    pub foot: Vec<char>,
}

impl From<Page> for Side {
    /// A whole page, with its foot.
    fn from(page: Page) -> Side {
        Side { page: page.number, letters: page.letters, foot: Vec::new() }
    }
}

/// The sides of a variant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// The index of the code at their feet.
    pub code: usize,
    /// The index of the variant that it stands for.
    pub variant: usize,
    /// The sides of each page, the left and the right one.
    pages: Vec<[Option<Side>; 2]>,
}

impl Part {
    /// The orders in which the sides may have to be read.
    pub fn orders(&self) -> Vec<Vec<&Side>> {
        let sides = self.pages.iter().flatten().flatten();
        if self.pages.iter().all(|[_, right]| right.is_none()) {
            return vec![sides.collect()];
        }
        if self.is_twice() {
            return vec![
                self.pages.iter().filter_map(|[left, _]| left.as_ref()).collect(),
            ];
        }
        vec![sides.collect(), self.booklet()]
    }

    /// Whether each side stands twice on its page, to be cut apart.
    fn is_twice(&self) -> bool {
        let mut pages =
            self.pages.iter().filter(|sides| sides.iter().any(Option::is_some));
        pages.all(|[left, right]| {
            let (Some(left), Some(right)) = (left, right) else { return false };
            let shift =
                |side: &Side| side.letters.glyphs.first().map_or(0.0, |glyph| glyph.x);
            let (from, to) = (shift(left), shift(right));
            let near = |(a, b): (&Glyph, &Glyph)| {
                (a.y - b.y).abs() < 0.01 && (a.x - from - (b.x - to)).abs() < 0.05
            };
            let (left_ones, right_ones) = (&left.letters, &right.letters);
            left_ones.chars == right_ones.chars
                && left.foot == right.foot
                && left_ones.glyphs.iter().zip(&right_ones.glyphs).all(near)
        })
    }

    /// The sides in the order of a booklet that is folded.
    fn booklet(&self) -> Vec<&Side> {
        let count = self.pages.len() / 2 * 4;
        let mut order: Vec<Option<&Side>> = vec![None; count];
        for (index, [left, right]) in self.pages.iter().enumerate().take(count / 2) {
            let (first, last) = (index, count - 1 - index);
            let (at_left, at_right) =
                if index % 2 == 0 { (last, first) } else { (first, last) };
            order[at_left] = left.as_ref();
            order[at_right] = right.as_ref();
        }
        order.into_iter().flatten().collect()
    }

    /// The characters at the feet of all sides.
    pub fn feet(&self) -> impl Iterator<Item = char> {
        let sides = self.pages.iter().flatten().flatten();
        sides.flat_map(|side| side.foot.iter().copied())
    }
}

/// Puts the pages of a file together that belong to one variant: those with one code at
/// their feet.
pub struct Parts<'a> {
    record: &'a Record,
    codes: Arc<Codes<'a>>,
    /// The index of the variant that the file is said to be of.
    named: Option<usize>,
    /// The part that the last page belongs to.
    part: Option<Part>,
    /// The indices of the codes that were read.
    known: BTreeSet<usize>,
    /// What is wrong on which page.
    pub wrong: Vec<(usize, String)>,
}

impl<'a> Parts<'a> {
    /// The parts of a file that may be said to be of one variant.
    pub fn of(
        record: &'a Record,
        codes: &Arc<Codes<'a>>,
        variant: Option<&str>,
    ) -> Parts<'a> {
        let (codes, named) =
            (codes.clone(), variant.and_then(|label| codes.variant(label)));
        let (known, wrong) = (BTreeSet::new(), Vec::new());
        Parts { record, codes, named, part: None, known, wrong }
    }

    /// Adds a page; returns the part that it does not belong to any more.
    pub fn add(&mut self, page: Page) -> Option<Part> {
        if page.letters.len() == 0 {
            // Booklets and sheets for both sides are filled up with empty pages.
            self.part.iter_mut().for_each(|part| part.pages.push([None, None]));
            return None;
        }
        let found = self.codes.at_foot(&page);
        let message = self.complaint(&found);
        self.wrong.extend(message.map(|message| (page.number, message)));
        let before = self.part.as_ref().map(|part| (part.code, part.variant));
        let meant = found.first().map(|code| (code.code, code.variant));
        let own = |variant| Some((self.codes.find(&self.code_of(variant))?, variant));
        let (code, variant) = match (meant, before) {
            (Some(meant), _) => meant,
            (None, Some((code, last))) => (code, self.named.unwrap_or(last)),
            (None, None) => self.named.and_then(own)?,
        };
        let mut ended = None;
        if before.is_none_or(|(before, _)| before != code) {
            if !self.known.insert(code) {
                let text = self.codes.text(code);
                let message = format!("the pages with the code {text} are apart");
                self.wrong.push((page.number, message));
            }
            ended = self.part.replace(Part { code, variant, pages: Vec::new() });
        }
        if let Some(part) = &mut self.part {
            part.pages.push(halves(page, &found));
        }
        ended
    }

    /// The last part.
    pub fn end(&mut self) -> Option<Part> {
        self.part.take()
    }

    fn code_of(&self, variant: usize) -> Vec<char> {
        self.record.variants.code(variant).chars().collect()
    }

    /// What is to be said of the codes that a page bears.
    fn complaint(&self, found: &[Code]) -> Option<String> {
        let Some(first) = found.first() else {
            return Some("the page bears no code of this exam".to_string());
        };
        let label = |variant: usize| self.record.variants.label(variant);
        match self.named {
            Some(named) if named != first.variant => {
                let (meant, named) = (label(first.variant), label(named));
                Some(format!(
                    "the page bears the code of variant {meant}, and the file is of {named}"
                ))
            }
            _ if found.iter().any(|code| code.code != first.code) => {
                Some("the page bears two codes".to_string())
            }
            _ => None,
        }
    }
}

/// A code at the foot of a page.
pub struct Code {
    /// Its index among all codes.
    pub code: usize,
    /// The index of the variant that it stands for.
    pub variant: usize,
    /// Its first glyph.
    pub at: Glyph,
    /// Where it ends.
    end: f32,
}

/// The codes of papers, those of personal copies included, and the labels of variants, with
/// the indices of the variants that they stand for.
pub struct Codes<'a> {
    record: &'a Record,
    /// The codes in ascending order, and the indices of their variants.
    codes: Vec<(&'a str, u32)>,
    /// The indices of variants in the order of their labels.
    labels: Vec<u32>,
    /// How many characters the shortest and the longest code have.
    shortest: usize,
    longest: usize,
}

impl<'a> Codes<'a> {
    /// The codes that a record gives.
    pub fn of(record: &'a Record) -> Codes<'a> {
        let variants = &record.variants;
        let mut labels: Vec<u32> = (0..variants.len() as u32).collect();
        labels.sort_by_key(|&index| variants.label(index as usize));
        let codes = variants.codes().zip(0..).collect();
        let mut all = Codes { record, codes, labels, shortest: usize::MAX, longest: 0 };
        let of_copy = |copy: &'a CopyRecord| {
            Some((copy.code.as_str(), all.variant(&copy.variant)? as u32))
        };
        let copies: Vec<(&str, u32)> = record.copies.iter().filter_map(of_copy).collect();
        all.codes.extend(copies);
        all.codes.sort();
        all.codes.dedup_by(|next, known| next.0 == known.0);
        for (code, _) in &all.codes {
            let length = code.chars().count();
            all.shortest = all.shortest.min(length);
            all.longest = all.longest.max(length);
        }
        all
    }

    /// The index of the variant of a label.
    pub fn variant(&self, label: &str) -> Option<usize> {
        let known = |&index: &u32| self.record.variants.label(index as usize);
        let found = self.labels.binary_search_by(|index| known(index).cmp(label));
        found.ok().map(|place| self.labels[place] as usize)
    }

    /// The index of a code.
    pub fn find(&self, code: &[char]) -> Option<usize> {
        if !(self.shortest..=self.longest).contains(&code.len()) {
            return None;
        }
        let order = |(known, _): &(&str, u32)| -> Ordering {
            known.chars().cmp(code.iter().copied())
        };
        self.codes.binary_search_by(order).ok()
    }

    /// The index of a code that is given as a text.
    pub fn find_text(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by(|(known, _)| (*known).cmp(code)).ok()
    }

    /// A code.
    pub fn text(&self, code: usize) -> &str {
        self.codes[code].0
    }

    /// The codes at the foot of a page: the lowest that there are.
    pub fn at_foot(&self, page: &Page) -> Vec<Code> {
        let letters = &page.letters;
        let mut lines: Vec<_> = letters.lines().collect();
        lines.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let mut found: Vec<Code> = Vec::new();
        for (line, y) in lines {
            if found.first().is_some_and(|lowest| lowest.at.y - y > 0.6) {
                break;
            }
            let mut start = line.start;
            for end in line.start + 1..=line.end {
                let ends = end == line.end || {
                    let (before, after) = (letters.glyphs[end - 1], letters.glyphs[end]);
                    (after.x - before.end).abs() > 0.2 * before.size
                };
                if !ends {
                    continue;
                }
                if let Some(code) = self.find(&letters.chars[start..end]) {
                    let (at, end) = (letters.glyphs[start], letters.glyphs[end - 1].end);
                    let variant = self.codes[code].1 as usize;
                    found.push(Code { code, variant, at, end });
                }
                start = end;
            }
        }
        let lowest = found.iter().map(|code| code.at.y).fold(0.0, f32::max);
        found.retain(|code| lowest - code.at.y < 0.5);
        found.sort_by(|one, other| one.at.x.total_cmp(&other.at.x));
        found
    }
}

/// The halves of a page; a whole page is a left one.
fn halves(page: Page, codes: &[Code]) -> [Option<Side>; 2] {
    let foot = codes.first().map_or(f32::MAX, |code| code.at.y - 0.5 * code.at.size);
    let middle = page.width / 2.0;
    let of = |code: &Code| (code.at.x + code.end) / 2.0 / page.width;
    let at_right = |code: &Code| of(code) > 0.5;
    // In a narrow foot it stands off the middle, as far as what is beside it pushes it.
    let in_middle = |code: &Code| (1.0 / 3.0..2.0 / 3.0).contains(&of(code));
    let split = codes.len() > 1 || !codes.iter().all(in_middle);
    if !split {
        return [Some(whole(page, foot)), None];
    }
    let left = codes.iter().any(|code| !at_right(code));
    let right = codes.iter().any(at_right);
    [
        left.then(|| side(&page, foot, |glyph| glyph.x < middle)),
        right.then(|| side(&page, foot, |glyph| glyph.x >= middle)),
    ]
}

/// A page that is one side.
fn whole(page: Page, foot: f32) -> Side {
    let is_low = |&(_, y): &(Range<usize>, f32)| y > foot;
    let Some((first, _)) = page.letters.lines().find(is_low) else {
        return Side::from(page);
    };
    // The foot is nearly always what a page ends with.
    let ends =
        page.letters.lines().skip_while(|line| !is_low(line)).all(|line| is_low(&line));
    if !ends {
        return side(&page, foot, |_| true);
    }
    let mut side = Side::from(page);
    side.foot = side.letters.cut(first.start);
    side
}

/// What stands on a side of a page, above its foot and in it.
fn side(page: &Page, foot: f32, is_here: impl Fn(Glyph) -> bool) -> Side {
    let mut side = Side { page: page.number, ..Side::default() };
    let Letters { chars, glyphs, .. } = &page.letters;
    side.letters.reserve(chars.len());
    for (line, y) in page.letters.lines() {
        let mut rest = line;
        while let Some(start) = rest.clone().find(|&at| is_here(glyphs[at])) {
            let end = (start..rest.end).find(|&at| !is_here(glyphs[at]));
            let end = end.unwrap_or(rest.end);
            match y > foot {
                true => side.foot.extend_from_slice(&chars[start..end]),
                false => side.letters.extend_line(&page.letters, start..end),
            }
            rest.start = end;
        }
    }
    side
}
