//! Entries: facts with one short answer, as puzzles and cards ask for them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::bank::{Bank, Id};
use crate::exam::build::clue;
use crate::exam::candidates::candidates;
use crate::exam::item::Task;
use crate::exam::seed::Stream;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::text::{capitalised, plain};

/// How many letters a word of a puzzle has at least and at most.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=15;

/// How many words an answer in a puzzle has at most.
const MOST_WORDS: usize = 3;

/// How many characters a clue has at most.
const LONGEST_CLUE: usize = 110;

/// From how many letters on a word in a clue gives an answer with this word away.
const TELLING: usize = 4;

/// A fact with one short answer. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The id of the item that asks it.
    pub item: Id,
    /// What it is made from; drawing spreads over these.
    #[serde(skip)]
    pub origin: Id,
    /// What is asked, in a few words.
    pub clue: String,
    /// What is asked, as an item does.
    pub question: String,
    /// What is right.
    pub answer: String,
    /// What else counts as right.
    #[serde(skip)]
    pub others: Vec<String>,
    /// Why it is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The facts that are asked.
    pub facts: BTreeSet<Id>,
}

/// An answer as a puzzle has it: capitals from A to Z without blanks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// The letters of all words, one after the other.
    pub letters: String,
    /// How many letters each word has.
    pub lengths: Vec<usize>,
}

impl Word {
    /// The words with blanks between them.
    pub fn spaced(&self) -> String {
        let mut rest = self.letters.as_str();
        let mut words = Vec::new();
        for &length in &self.lengths {
            let (word, after) = rest.split_at(length);
            words.push(word);
            rest = after;
        }
        words.join(" ")
    }
}

/// All that the bank can ask in a language in a few words, with one short answer, of some
/// topics or of all, in random order; what is made from the same pattern is spread out.
pub fn entries(
    bank: &Bank,
    language: Language,
    topics: &BTreeSet<Id>,
    stream: &mut Stream,
) -> Vec<Entry> {
    let wanted = |topic: &Id| topics.is_empty() || topics.contains(topic);
    let mut by_origin: BTreeMap<Id, Vec<Entry>> = BTreeMap::new();
    for candidate in candidates(bank, ItemType::ShortAnswer, false) {
        if !wanted(candidate.topic) || candidate.is_group() {
            continue;
        }
        let Some((item, clue)) = clue(bank, &candidate, stream) else { continue };
        let Task::Blank { accepted, reason } = item.task else { continue };
        let foreign = language != bank.language;
        if foreign && !item.stem.translations.contains_key(&language) {
            continue;
        }
        let Some((answer, others)) = accepted.split_first() else { continue };
        let answer = answer.in_language(language);
        let others = others.iter().map(|other| other.in_language(language).to_string());
        let clue = clue.in_language(language);
        if plain(clue).chars().count() > LONGEST_CLUE || named(clue, answer, language) {
            continue;
        }
        by_origin.entry(candidate.origin.to_string()).or_default().push(Entry {
            item: item.id,
            origin: candidate.origin.to_string(),
            clue: capitalised(clue),
            question: capitalised(item.stem.in_language(language)),
            answer: answer.to_string(),
            others: others.collect(),
            reason: reason.map(|reason| reason.in_language(language).to_string()),
            facts: item.facts,
        });
    }
    spread(by_origin.into_values().collect(), stream)
}

/// Takes from each list in turn, in random order.
fn spread(mut lists: Vec<Vec<Entry>>, stream: &mut Stream) -> Vec<Entry> {
    stream.shuffle(&mut lists);
    lists.iter_mut().for_each(|list| stream.shuffle(list));
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| {
        lists.iter().filter_map(move |list| list.get(turn)).collect::<Vec<_>>()
    });
    turns.cloned().collect()
}

/// Those entries, at most so many, that fit a puzzle together: words that are not too long,
/// none twice, and none that a clue gives away.
pub fn words(entries: Vec<Entry>, language: Language, most: usize) -> Vec<(Entry, Word)> {
    let mut chosen: Vec<(Entry, Word)> = Vec::new();
    for entry in entries {
        if chosen.len() == most {
            break;
        }
        let Some(word) = word(&entry.answer, language) else { continue };
        if tells(&entry.clue, &word) {
            continue;
        }
        let fits = |(other, known): &(Entry, Word)| {
            known.letters != word.letters
                && other.facts.is_disjoint(&entry.facts)
                && !tells(&other.clue, &word)
                && !tells(&entry.clue, known)
        };
        if chosen.iter().all(fits) {
            chosen.push((entry, word));
        }
    }
    chosen
}

/// Whether an entry has but one word that fits its squares: no other spelling that counts as
/// right has as many letters.
pub fn is_unique(entry: &Entry, language: Language) -> bool {
    let Some(own) = word(&entry.answer, language) else { return false };
    let mut others = entry.others.iter().filter_map(|other| word(other, language));
    let as_long = |other: &Word| other.letters.len() == own.letters.len();
    others.all(|other| !as_long(&other) || other.letters == own.letters)
}

/// An answer as a puzzle has it; `None` if it has other signs than letters, or too few or
/// too many letters.
pub fn word(answer: &str, language: Language) -> Option<Word> {
    let plain = plain(answer);
    let bare = language.articles().iter().find_map(|article| plain.strip_prefix(article));
    let bare = bare.unwrap_or(&plain);
    let words: Vec<String> = bare
        .split([' ', '-', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
        .collect();
    let letters = words.concat();
    let fits = letters.bytes().all(|letter| letter.is_ascii_uppercase())
        && LETTERS.contains(&letters.len())
        && words.len() <= MOST_WORDS;
    let lengths = words.iter().map(String::len).collect();
    fits.then_some(Word { letters, lengths })
}

/// Whether a clue has all letters of a word in a row, whatever stands between them.
fn tells(clue: &str, word: &Word) -> bool {
    tokens(clue).concat().contains(&word.letters)
}

/// Whether a clue has one of the words of an answer in it.
fn named(clue: &str, answer: &str, language: Language) -> bool {
    let answer = plain(answer);
    let articles = language.articles();
    let bare = articles.iter().find_map(|article| answer.strip_prefix(article));
    let telling = tokens(bare.unwrap_or(&answer));
    let telling = telling.iter().filter(|word| word.len() >= TELLING);
    let clue = tokens(clue);
    telling.clone().any(|word| clue.iter().any(|token| token.contains(word)))
}

/// The words of a text in capitals.
fn tokens(text: &str) -> Vec<String> {
    let plain = plain(text).to_uppercase();
    let words = plain.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_letters() {
        let of =
            |answer, language| word(answer, language).map(|w| (w.letters, w.lengths));
        let found = of("kedutaan besar", Language::Id);
        assert_eq!(found, Some(("KEDUTAANBESAR".to_string(), vec![8, 5])));
        assert_eq!(
            of("*IA-CEPA*", Language::Id),
            Some(("IACEPA".to_string(), vec![2, 4]))
        );
        assert_eq!(of("the ILO", Language::En), None);
        let found = of("the African Union", Language::En);
        assert_eq!(found, Some(("AFRICANUNION".to_string(), vec![7, 5])));
        assert_eq!(of("D-8", Language::Id), None);
        assert_eq!(of("Persatuan Bangsa-Bangsa Asia", Language::Id), None);
    }

    #[test]
    fn another_spelling_of_the_same_length_is_another_solution() {
        let entry = |answer: &str, other: &str| Entry {
            item: String::new(),
            origin: String::new(),
            clue: String::new(),
            question: String::new(),
            answer: answer.to_string(),
            others: vec![other.to_string()],
            reason: None,
            facts: BTreeSet::new(),
        };
        assert!(!is_unique(&entry("Yupiter", "Jupiter"), Language::Id));
        assert!(is_unique(&entry("Wina", "Vienna"), Language::Id));
        assert!(is_unique(&entry("kedutaan besar", "kedutaan-besar"), Language::Id));
    }

    #[test]
    fn a_clue_with_a_word_of_the_answer_gives_it_away() {
        assert!(named(
            "Neraca yang mencatat perdagangan",
            "neraca pembayaran",
            Language::Id
        ));
        assert!(!named("Catatan ekspor dan impor", "neraca perdagangan", Language::Id));
        let word = word("Wina", Language::Id).unwrap();
        assert!(tells("Konvensi *Wina* 1961", &word));
        assert!(!tells("Kota tempat OPEC berpusat", &word));
    }
}
