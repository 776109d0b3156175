//! Pages as students turn them: two on a sheet or one, without their feet.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::VariantRecord;

use super::pages::{Glyph, Page};

/// A page, or the half of one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// The page of the file.
    pub page: usize,
    /// The glyphs above the foot.
    pub glyphs: Vec<Glyph>,
    /// Their characters, each with the index of its glyph.
    pub chars: Vec<(char, u32)>,
    /// The characters of the foot.
    pub foot: Vec<char>,
}

impl From<&Page> for Side {
    /// A whole page, with its foot.
    fn from(page: &Page) -> Side {
        let Page { number, glyphs, chars, .. } = page;
        let (glyphs, chars) = (glyphs.clone(), chars.clone());
        Side { page: *number, glyphs, chars, foot: Vec::new() }
    }
}

/// The sides of a variant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// The code at their feet.
    code: String,
    /// The sides of each page, the left and the right one.
    pages: Vec<[Option<Side>; 2]>,
}

/// The parts of a file by their variants.
pub type Parts<'a> = Vec<(&'a VariantRecord, Part)>;

impl Part {
    /// The code at the feet of its sides.
    pub fn code(&self) -> &str {
        &self.code
    }

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
            let shift = |side: &Side| side.glyphs.first().map_or(0.0, |glyph| glyph.x);
            let (from, to) = (shift(left), shift(right));
            let near = |(a, b): (&Glyph, &Glyph)| {
                (a.y - b.y).abs() < 0.01 && (a.x - from - (b.x - to)).abs() < 0.05
            };
            left.chars == right.chars
                && left.foot == right.foot
                && left.glyphs.iter().zip(&right.glyphs).all(near)
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

/// The parts of a file by their variants, in order, and what is wrong on which page.
///
/// A page belongs to the variant whose code is at its foot.
pub fn parts<'a>(
    pages: &[Page],
    codes: &BTreeMap<&'a str, &'a VariantRecord>,
    variant: Option<&str>,
) -> (Parts<'a>, Vec<(usize, String)>) {
    let mut parts = Parts::new();
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    let named = codes.values().find(|v| Some(v.label.as_str()) == variant).copied();
    for page in pages {
        if page.chars.is_empty() {
            // Booklets and sheets for both sides are filled up with empty pages.
            parts
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|(_, part)| part.pages.push([None, None]));
            continue;
        }
        let found = codes_of(page, codes);
        let meant = found.first().map(|code| code.variant);
        let message = match (meant, named) {
            (None, _) => Some("the page bears no code of this exam".to_string()),
            (Some(meant), Some(named)) if meant.label != named.label => {
                let (meant, named) = (&meant.label, &named.label);
                Some(format!(
                    "the page bears the code of variant {meant}, and the file is of {named}"
                ))
            }
            _ if found.iter().any(|code| code.text != found[0].text) => {
                Some("the page bears two codes".to_string())
            }
            _ => None,
        };
        wrong.extend(message.map(|message| (page.number, message)));
        let last = parts.last().map(|(last, _)| *last);
        let Some(variant) = meant.or(named).or(last) else { continue };
        let before = parts.last().map(|(_, part)| part.code.clone());
        let code = found.first().map(|code| code.text.clone());
        let code = code.or(before.clone()).unwrap_or_else(|| variant.code.clone());
        if before.is_none_or(|before| before != code) {
            if !known.insert(code.clone()) {
                let message = format!("the pages with the code {code} are apart");
                wrong.push((page.number, message));
            }
            parts.push((variant, Part { code, pages: Vec::new() }));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.pages.push(halves(page, &found));
        }
    }
    (parts, wrong)
}

/// A code at the foot of a page.
pub struct Code<'a> {
    /// The code.
    pub text: String,
    /// The variant that it stands for.
    pub variant: &'a VariantRecord,
    /// Its first glyph.
    pub at: Glyph,
    /// Where it ends.
    end: f32,
}

/// The codes at the foot of a page: the lowest that there are.
pub fn codes_of<'a>(
    page: &Page,
    codes: &BTreeMap<&'a str, &'a VariantRecord>,
) -> Vec<Code<'a>> {
    let mut found: Vec<Code> = Vec::new();
    let mut start = 0;
    let glyph = |at: usize| page.glyphs[page.chars[at].1 as usize];
    for end in 1..=page.chars.len() {
        let ends = end == page.chars.len() || {
            let (before, after) = (glyph(end - 1), glyph(end));
            let gap = after.x - before.end;
            (after.y - before.y).abs() > 0.1 || gap.abs() > 0.2 * before.size
        };
        if !ends {
            continue;
        }
        let text: String = page.chars[start..end].iter().map(|(char, _)| char).collect();
        if let Some(variant) = codes.get(text.as_str()) {
            let (at, end) = (glyph(start), glyph(end - 1).end);
            found.push(Code { text, variant, at, end });
        }
        start = end;
    }
    let lowest = found.iter().map(|code| code.at.y).fold(0.0, f32::max);
    found.retain(|code| lowest - code.at.y < 0.5);
    found
}

/// The halves of a page; a whole page is a left one.
fn halves(page: &Page, codes: &[Code]) -> [Option<Side>; 2] {
    let foot = codes.first().map_or(f32::MAX, |code| code.at.y - 0.5 * code.at.size);
    let middle = page.width / 2.0;
    let of = |code: &Code| (code.at.x + code.end) / 2.0 / page.width;
    let at_right = |code: &Code| of(code) > 0.6;
    let split = codes.len() > 1 || codes.iter().any(|c| !(0.4..0.6).contains(&of(c)));
    if !split {
        return [Some(side(page, foot, 0.0, f32::MAX)), None];
    }
    [
        codes.iter().any(|code| !at_right(code)).then(|| side(page, foot, 0.0, middle)),
        codes.iter().any(at_right).then(|| side(page, foot, middle, f32::MAX)),
    ]
}

/// What stands between two places on a page, above its foot and in it.
fn side(page: &Page, foot: f32, left: f32, right: f32) -> Side {
    let mut side = Side { page: page.number, ..Side::default() };
    let mut last = None;
    for &(char, index) in &page.chars {
        let glyph = page.glyphs[index as usize];
        if !(left..right).contains(&glyph.x) {
            continue;
        }
        if glyph.y > foot {
            side.foot.push(char);
            continue;
        }
        if last != Some(index) {
            last = Some(index);
            side.glyphs.push(glyph);
        }
        side.chars.push((char, side.glyphs.len() as u32 - 1));
    }
    side
}
