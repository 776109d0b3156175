//! Where words may be parted at the end of a line.

mod indonesian;

use hypher::Lang;

use crate::breaking::Hyphenation;
use crate::language::Language;

/// How many letters stand before a hyphen at least.
///
/// EYD forbids a single letter at either end; three below the line is what TeX asks for.
const BEFORE: usize = 2;

/// How many letters stand on the next line at least.
const AFTER: usize = 3;

/// Longer words are not parted; no word of a language is this long.
const LONGEST: usize = 45;

/// The bytes of a word before which it may be parted, in order.
///
/// Only words in lower case are parted: names and abbreviations stay whole, and so does
/// what has digits, hyphens or other signs in it.
pub fn points(word: &str, language: Language, rules: &Hyphenation) -> Vec<usize> {
    if word.len() > LONGEST || !word.chars().all(char::is_lowercase) {
        return Vec::new();
    }
    let mut points = match (rules.exceptions.get(word), language) {
        (Some(points), _) => points.clone(),
        (None, Language::Id) => indonesian::points(word, rules),
        (None, Language::En) => english(word),
    };
    points.retain(|&at| {
        let (before, after) = word.split_at(at);
        before.chars().count() >= BEFORE && after.chars().count() >= AFTER
    });
    points
}

/// The points of an English word, by the patterns of TeX.
fn english(word: &str) -> Vec<usize> {
    let mut end = 0;
    let ends = hypher::hyphenate(word, Lang::English).map(|syllable| {
        end += syllable.len();
        end
    });
    ends.filter(|&end| end < word.len()).collect()
}
