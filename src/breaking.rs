//! What a language says about where lines may break, kept in files that a teacher may
//! change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::Checked;
use crate::input::{self, Source};
use crate::language::Language;

/// What a language says about where lines may break.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breaking {
    /// Words that stay together.
    pub ties: Ties,
    /// Where words may be parted.
    pub hyphenation: Hyphenation,
}

/// Words that stay together. All are spelt as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ties {
    /// What stays with the number or the letter after it ("Pasal 5", "Paket A").
    pub before_numbers: BTreeSet<String>,
    /// What stays with the number before it ("200 juta").
    pub after_numbers: BTreeSet<String>,
    /// The months, which stay with their day ("17 Agustus").
    pub months: BTreeSet<String>,
    /// What stays with the name after it ("Ir. Soekarno").
    pub titles: BTreeSet<String>,
}

/// Where words may be parted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Hyphenation {
    /// Words with all places where they may be parted.
    #[serde(default, deserialize_with = "exceptions")]
    pub exceptions: BTreeMap<String, Vec<usize>>,
    /// What is written at the end of a word and parted from it.
    #[serde(default)]
    pub particles: Vec<String>,
    /// Prefixes that end in a vowel.
    #[serde(default)]
    pub open_prefixes: Vec<String>,
    /// Prefixes that end in a consonant.
    #[serde(default)]
    pub closed_prefixes: Vec<String>,
}

impl Breaking {
    /// Reads a file of rules.
    pub fn read(source: &Source) -> Checked<Breaking> {
        input::read(source)
    }
}

/// The rules of all languages. Copies of it share them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineBreaking(BTreeMap<Language, Arc<Breaking>>);

impl LineBreaking {
    /// Reads the rules of each language.
    pub fn read(find: &dyn Fn(Language) -> Checked<Source>) -> Checked<LineBreaking> {
        let mut rules = BTreeMap::new();
        for language in Language::ALL {
            rules.insert(language, Arc::new(Breaking::read(&find(language)?)?));
        }
        Ok(LineBreaking(rules))
    }

    /// The rules of a language.
    pub fn of(&self, language: Language) -> &Breaking {
        &self.0[&language]
    }
}

impl Ties {
    /// Whether no line ends between two words that only a blank parts.
    pub fn tie(&self, before: &str, after: &str) -> bool {
        let before = before.trim_start_matches(['(', '[', '“', '‘', '"', '\'']);
        let after = after.trim_end_matches(|c: char| ",.;:?!)]”’\"'".contains(c));
        is_label(before)
            || self.titles.contains(before)
            || after.starts_with(['–', '—'])
            || (is_number(after) || is_letter(after))
                && self.before_numbers.contains(before)
            || is_number(before) && self.after_numbers.contains(after)
            || is_day(before) && self.months.contains(after)
            || is_day(after) && self.months.contains(before)
    }
}

/// Whether a word is a number, in digits or as Romans write it.
fn is_number(word: &str) -> bool {
    let digits = word.starts_with(|c: char| c.is_ascii_digit())
        && word.ends_with(|c: char| c.is_ascii_digit());
    digits || !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c))
}

/// Whether a word is a number with at most two digits.
fn is_day(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_letter(word: &str) -> bool {
    word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
}

/// Whether a word is the label of what follows ("a.", "1)"), or an initial.
fn is_label(word: &str) -> bool {
    let parenthesis = word.strip_suffix(')');
    parenthesis.or(word.strip_suffix('.')).is_some_and(is_letter)
        || parenthesis.is_some_and(is_day)
}

/// Reads words that are written with a hyphen wherever they may be parted.
fn exceptions<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Vec<usize>>, D::Error> {
    let mut exceptions = BTreeMap::new();
    for written in Vec::<String>::deserialize(deserializer)? {
        let syllables: Vec<&str> = written.split('-').collect();
        if syllables.iter().any(|syllable| syllable.is_empty()) {
            let message = format!("`{written}` has a hyphen that parts nothing");
            return Err(D::Error::custom(message));
        }
        let mut end = 0;
        let ends = syllables[..syllables.len() - 1].iter().map(|syllable| {
            end += syllable.len();
            end
        });
        exceptions.insert(syllables.concat(), ends.collect());
    }
    Ok(exceptions)
}
