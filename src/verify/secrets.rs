//! What no paper may say in any form: the reasons and scoring guides of its key, and the
//! ids of items, which name their answers.

use std::collections::BTreeSet;

use crate::record::{QuestionRecord, Record, StimulusRecord, VariantRecord};

use super::words::fold;

/// How many characters of a secret are looked for first. Shorter ones may stand on a paper
/// by chance.
const WINDOW: usize = 16;

/// How many words make a sentence.
const SENTENCE: usize = 3;

/// What no paper may say.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    /// Sentences, and how they are compared.
    sentences: Vec<(String, Vec<char>)>,
    /// The hashes of their first characters, in ascending order, with their indices.
    hashes: Vec<(u64, usize)>,
    ids: BTreeSet<String>,
}

impl Secrets {
    /// The secrets of all variants.
    pub fn of(record: &Record) -> Secrets {
        let questions =
            || record.variants.held().iter().flat_map(|variant| &variant.questions);
        let said = questions().flat_map(|question| {
            let guide = question.guide.iter().map(|criterion| &criterion.text);
            question.rationales.iter().chain(guide)
        });
        let all: BTreeSet<&String> = said.collect();
        let folded = all.into_iter().map(|text| (text.clone(), fold(text)));
        let sentence = |(text, folded): &(String, Vec<char>)| {
            folded.len() >= WINDOW && text.split_whitespace().count() >= SENTENCE
        };
        let sentences: Vec<(String, Vec<char>)> = folded.filter(sentence).collect();
        let hashes = sentences.iter().enumerate();
        let hashes = hashes.map(|(index, (_, text))| (hash(&text[..WINDOW]), index));
        let mut hashes: Vec<(u64, usize)> = hashes.collect();
        hashes.sort_unstable();
        let ids = questions().map(|question| question.item.clone());
        // A single short word may be anything.
        let ids = ids.filter(|id| id.len() > 6 && id.contains(['-', ':'])).collect();
        Secrets { sentences, hashes, ids }
    }

    /// The sentences that a text says.
    pub fn find(&self, text: &[char]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut rolling = text.get(..WINDOW).map_or(0, hash);
        let first = (1..WINDOW).fold(1u64, |power, _| power.wrapping_mul(BASE));
        for start in 0..(text.len() + 1).saturating_sub(WINDOW) {
            if start > 0 {
                let (out, next) = (text[start - 1], text[start + WINDOW - 1]);
                rolling = rolling.wrapping_sub(first.wrapping_mul(out as u64));
                rolling = rolling.wrapping_mul(BASE).wrapping_add(next as u64);
            }
            let from = self.hashes.partition_point(|(hash, _)| *hash < rolling);
            let same =
                self.hashes[from..].iter().take_while(|(hash, _)| *hash == rolling);
            let said = same.filter(|(_, index)| {
                text[start..].starts_with(&self.sentences[*index].1)
            });
            found.extend(said.map(|(_, index)| self.sentences[*index].0.as_str()));
        }
        found
    }

    /// The sentences that a paper says though nothing that it is to print does.
    pub fn on_paper(&self, text: &[char], variant: &VariantRecord) -> Vec<&str> {
        let mut found = self.find(text);
        if !found.is_empty() {
            let printed = self.find(&printed(variant));
            found.retain(|secret| !printed.contains(secret));
        }
        found.into_iter().collect()
    }

    /// Whether a word is the id of an item.
    pub fn is_id(&self, word: &str) -> bool {
        self.ids.contains(word)
    }
}

/// The base of the rolling hash of Rabin and Karp, modulo 2⁶⁴.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

fn hash(text: &[char]) -> u64 {
    text.iter().fold(0, |hash, &char| hash.wrapping_mul(BASE).wrapping_add(char as u64))
}

/// Everything that the record has a paper print.
fn printed(variant: &VariantRecord) -> Vec<char> {
    let asked = variant.questions.iter().flat_map(|question| {
        let QuestionRecord { stem, premises, options, rows, text, words, .. } = question;
        let lists = [premises, options, rows, words].into_iter().flatten();
        let table = question.table.iter().flat_map(|table| table.rows.iter().flatten());
        [stem, text].into_iter().chain(lists).chain(table)
    });
    let shown = variant.stimuli.iter().flat_map(|stimulus| {
        let StimulusRecord { title, paragraphs, caption, rows, .. } = stimulus;
        [title, caption].into_iter().chain(paragraphs).chain(rows.iter().flatten())
    });
    // What ends one text and begins another is no sentence.
    let ended =
        |text: &String| fold(text).into_iter().chain(['\n']).collect::<Vec<char>>();
    asked.chain(shown).flat_map(ended).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(sentences: &[&str]) -> Secrets {
        let sentences: Vec<_> =
            sentences.iter().map(|text| (text.to_string(), fold(text))).collect();
        let hashes = sentences.iter().enumerate();
        let hashes = hashes.map(|(index, (_, text))| (hash(&text[..WINDOW]), index));
        let mut hashes: Vec<(u64, usize)> = hashes.collect();
        hashes.sort_unstable();
        Secrets { sentences, hashes, ids: BTreeSet::new() }
    }

    #[test]
    fn sentences_are_found_wherever_they_stand() {
        let sentence = "berpusat di Wina, bukan di Jenewa";
        let secrets = secrets(&[sentence, "berpusat di Wina, bukan di Roma"]);
        for text in [
            sentence.to_string(),
            format!("OPEC {sentence}."),
            format!("{}{sentence}", "x".repeat(1000)),
            sentence.replace(' ', "\n"),
        ] {
            assert_eq!(secrets.find(&fold(&text)), BTreeSet::from([sentence]), "{text}");
        }
        for text in ["", "berpusat di Wina, bukan di", &sentence.to_uppercase()] {
            assert!(secrets.find(&fold(text)).is_empty(), "{text}");
        }
    }
}
