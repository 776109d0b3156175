//! What no paper may say in any form: the reasons and scoring guides of its key, and the
//! ids of items, which name their answers.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexSet;

use crate::record::{ItemRecord, QuestionRecord, StimulusRecord, VariantRecord};

use super::words::fold;

/// How many characters of a secret are looked for first. Shorter ones may stand on a paper
/// by chance.
const WINDOW: usize = 16;

/// How many characters are looked at at once: every so many of them, there are some of every
/// secret.
const PIECE: usize = 9;

/// How far apart pieces of a text begin.
const STEP: usize = WINDOW - PIECE + 1;

/// How many words make a sentence.
const SENTENCE: usize = 3;

/// What no paper may say.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// Sentences, and how they are compared.
    sentences: Vec<(String, Vec<char>)>,
    /// The hashes of their first characters, in ascending order, with their indices.
    hashes: Vec<(u64, usize)>,
    /// The hashes of the pieces among them, in ascending order, with how many characters
    /// stand before.
    pieces: Vec<(u64, usize)>,
    /// Which beginnings these hashes have: most of what is looked at has none of them.
    beginnings: Vec<bool>,
    ids: BTreeSet<String>,
}

/// The secrets of variants, before they are put in order.
#[derive(Default)]
pub struct Gathered {
    said: IndexSet<Arc<str>, FixedState>,
    ids: IndexSet<String, FixedState>,
}

impl Gathered {
    /// Adds those of a variant.
    pub fn add(&mut self, variant: &VariantRecord) {
        for question in &variant.questions {
            for criterion in &question.guide {
                self.text(&criterion.text);
            }
            if !self.ids.contains(&question.item) {
                self.ids.insert(question.item.clone());
                let ItemRecord { rationales, rationale, .. } = &*question.about;
                rationales.values().chain([rationale]).for_each(|text| self.text(text));
            }
        }
    }

    fn text(&mut self, text: &Arc<str>) {
        if !self.said.contains(text) {
            self.said.insert(Arc::clone(text));
        }
    }
}

impl From<Gathered> for Secrets {
    fn from(Gathered { said, ids }: Gathered) -> Secrets {
        let said: BTreeSet<Arc<str>> = said.into_iter().collect();
        let folded = said.into_iter().map(|text| (text.to_string(), fold(&text)));
        let sentence = |(text, folded): &(String, Vec<char>)| {
            folded.len() >= WINDOW && text.split_whitespace().count() >= SENTENCE
        };
        let ids = ids.into_iter().filter(|id| may_be_id(id)).collect();
        Secrets { ids, ..Secrets::from_sentences(folded.filter(sentence).collect()) }
    }
}

/// How many bits of a hash are its beginning.
const BEGINNING: u32 = 18;

impl Secrets {
    fn from_sentences(sentences: Vec<(String, Vec<char>)>) -> Secrets {
        let hashes = sentences.iter().enumerate();
        let hashes = hashes.map(|(index, (_, text))| (hash(&text[..WINDOW]), index));
        let mut hashes: Vec<(u64, usize)> = hashes.collect();
        hashes.sort_unstable();
        let pieces = sentences.iter().flat_map(|(_, text)| {
            let starts = text[..WINDOW].windows(PIECE).zip(0..);
            starts.map(|(piece, before)| (hash(piece), before))
        });
        let mut pieces: Vec<(u64, usize)> = pieces.collect();
        pieces.sort_unstable();
        pieces.dedup();
        let mut beginnings = vec![false; 1 << BEGINNING];
        for (hash, _) in &pieces {
            beginnings[beginning(*hash)] = true;
        }
        Secrets { sentences, hashes, pieces, beginnings, ids: BTreeSet::new() }
    }

    /// The sentences that a text says.
    pub fn find(&self, text: &[char]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let places = (0..text.len()).step_by(STEP);
        for (place, piece) in places.zip(text.windows(PIECE).step_by(STEP)) {
            let hash = hash(piece);
            if self.beginnings[beginning(hash)] {
                let before = indices(&self.pieces, hash);
                for start in before.filter_map(|before| place.checked_sub(before)) {
                    self.said(&text[start..], &mut found);
                }
            }
        }
        found
    }

    /// Adds the sentences that a text begins with.
    fn said<'s>(&'s self, text: &[char], found: &mut BTreeSet<&'s str>) {
        let Some(first) = text.get(..WINDOW) else { return };
        let said = indices(&self.hashes, hash(first)).map(|index| &self.sentences[index]);
        let said = said.filter(|(_, sentence)| text.starts_with(sentence));
        found.extend(said.map(|(sentence, _)| sentence.as_str()));
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
        may_be_id(word) && self.ids.contains(word)
    }
}

/// Whether a word is like the id of an item. A single short word may be anything.
fn may_be_id(word: &str) -> bool {
    word.len() > 6 && word.contains(['-', ':'])
}

/// What stands beside a hash.
fn indices(hashes: &[(u64, usize)], hash: u64) -> impl Iterator<Item = usize> {
    let from = hashes.partition_point(|(known, _)| *known < hash);
    let same = hashes[from..].iter().take_while(move |(known, _)| *known == hash);
    same.map(|&(_, index)| index)
}

/// The base of the hash, modulo 2⁶⁴.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

fn beginning(hash: u64) -> usize {
    (hash >> (u64::BITS - BEGINNING)) as usize
}

fn hash(text: &[char]) -> u64 {
    text.iter().fold(0, |hash, &char| hash.wrapping_mul(BASE).wrapping_add(char as u64))
}

/// Everything that the record has a paper print.
fn printed(variant: &VariantRecord) -> Vec<char> {
    let asked = variant.questions.iter().flat_map(|question| {
        let QuestionRecord { stem, premises, options, rows, text, words, .. } = question;
        let lists = [premises, options, rows, words].into_iter().flatten();
        let table = question.table.iter().flat_map(|table| table.rows.iter().flatten());
        let said = [stem, text].into_iter().chain(lists).map(|text| &**text);
        said.chain(table.map(String::as_str))
    });
    let shown = variant.stimuli.iter().flat_map(|stimulus| {
        let StimulusRecord { title, paragraphs, caption, rows, .. } = stimulus;
        let said = [title, caption].into_iter().chain(paragraphs);
        said.chain(rows.iter().flatten()).map(String::as_str)
    });
    let mut all = Vec::new();
    for text in asked.chain(shown) {
        all.append(&mut fold(text));
        // What ends one text and begins another is no sentence.
        all.push('\n');
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(sentences: &[&str]) -> Secrets {
        let sentences: Vec<_> =
            sentences.iter().map(|text| (text.to_string(), fold(text))).collect();
        Secrets::from_sentences(sentences)
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
        for place in 0..2 * WINDOW {
            let text = format!("{}{sentence}", "x".repeat(place));
            assert_eq!(secrets.find(&fold(&text)), BTreeSet::from([sentence]), "{text}");
        }
        for text in ["", "berpusat di Wina, bukan di", &sentence.to_uppercase()] {
            assert!(secrets.find(&fold(text)).is_empty(), "{text}");
        }
    }
}
