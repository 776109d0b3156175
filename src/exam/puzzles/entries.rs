//! Entries: facts with one short answer, as puzzles and cards ask for them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Serialize;

use crate::bank::{Bank, Id};
use crate::exam::build::{Wording, asking};
use crate::exam::candidates::{Candidate, candidates};
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
    /// The words as they are written, with blanks and hyphens between them.
    #[serde(skip)]
    pub written: String,
}

/// All that a bank can ask in a language in a few words, with one short answer. It is looked
/// for once; chance only says which wording is taken, and in which order.
pub struct Stock<'a> {
    /// The bank.
    pub bank: &'a Bank,
    /// The language.
    pub language: Language,
    choices: OnceLock<Vec<Choice>>,
}

/// Something that can be asked.
struct Choice {
    topic: Id,
    origin: Id,
    /// The ways to ask it; `None` for those that are too long or give the answer away.
    wordings: Vec<Option<Entry>>,
}

impl Stock<'_> {
    /// What the bank can ask in the language.
    pub fn new(bank: &Bank, language: Language) -> Stock<'_> {
        Stock { bank, language, choices: OnceLock::new() }
    }

    /// Looks for what can be asked, unless that has been done.
    fn choices(&self) -> &[Choice] {
        self.choices.get_or_init(|| {
            let candidates = candidates(self.bank, ItemType::ShortAnswer, false);
            let single = candidates.iter().filter(|candidate| !candidate.is_group());
            single.filter_map(|one| choice(self.bank, self.language, one)).collect()
        })
    }

    /// What is of some topics, or all, in random order; what is made from the same pattern
    /// is spread out.
    pub fn entries(&self, topics: &BTreeSet<Id>, stream: &mut Stream) -> Vec<Entry> {
        let wanted =
            |choice: &&Choice| topics.is_empty() || topics.contains(&choice.topic);
        let mut by_origin: BTreeMap<&Id, Vec<&Entry>> = BTreeMap::new();
        for Choice { origin, wordings, .. } in self.choices().iter().filter(wanted) {
            if let Some(entry) = &wordings[stream.below(wordings.len())] {
                by_origin.entry(origin).or_default().push(entry);
            }
        }
        spread(by_origin.into_values().collect(), stream)
    }
}

/// What a candidate asks in a language.
fn choice(bank: &Bank, language: Language, candidate: &Candidate) -> Option<Choice> {
    let asking = asking(bank, candidate)?;
    let (answer, others) = asking.accepted.split_first()?;
    let answer = answer.in_language(language);
    let others = others.iter().map(|other| other.in_language(language).to_string());
    let others: Vec<String> = others.collect();
    let reason = asking.reason.as_ref();
    let reason = reason.map(|reason| reason.in_language(language).to_string());
    let entry = |Wording { question, clue }: &Wording| {
        let foreign = language != bank.language;
        if foreign && !question.translations.contains_key(&language) {
            return None;
        }
        let clue = clue.in_language(language);
        if plain(clue).chars().count() > LONGEST_CLUE || named(clue, answer, language) {
            return None;
        }
        Some(Entry {
            item: asking.item.clone(),
            origin: candidate.origin.to_string(),
            clue: capitalised(clue),
            question: capitalised(question.in_language(language)),
            answer: answer.to_string(),
            others: others.clone(),
            reason: reason.clone(),
            facts: asking.facts.clone(),
        })
    };
    let wordings: Vec<Option<Entry>> = asking.wordings.iter().map(entry).collect();
    let (topic, origin) = (candidate.topic.clone(), candidate.origin.clone());
    (!wordings.is_empty()).then_some(Choice { topic, origin, wordings })
}

/// Takes from each list in turn, in random order.
fn spread(mut lists: Vec<Vec<&Entry>>, stream: &mut Stream) -> Vec<Entry> {
    stream.shuffle(&mut lists);
    lists.iter_mut().for_each(|list| stream.shuffle(list));
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| {
        lists.iter().filter_map(move |list| list.get(turn).copied()).collect::<Vec<_>>()
    });
    turns.cloned().collect()
}

/// Those entries that fit a puzzle together: words that are not too long, none twice, and
/// none that a clue gives away.
pub fn words(
    entries: Vec<Entry>,
    language: Language,
) -> impl Iterator<Item = (Entry, Word)> {
    // Words and facts that are taken, with the letters of their clues.
    let mut taken: Vec<(String, BTreeSet<Id>, String)> = Vec::new();
    entries.into_iter().filter_map(move |entry| {
        let word = word(&entry.answer, language)?;
        let clue = tokens(&entry.clue).concat();
        let fits = |(letters, facts, other): &(String, BTreeSet<Id>, String)| {
            *letters != word.letters
                && !other.contains(&word.letters)
                && !clue.contains(letters)
                && facts.is_disjoint(&entry.facts)
        };
        if clue.contains(&word.letters) || !taken.iter().all(fits) {
            return None;
        }
        taken.push((word.letters.clone(), entry.facts.clone(), clue));
        Some((entry, word))
    })
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
    let written = bare.replace('\u{a0}', " ").to_uppercase();
    fits.then_some(Word { letters, lengths, written })
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
        let written = word("Kemitraan\u{a0}IA-CEPA", Language::Id).map(|w| w.written);
        assert_eq!(written.as_deref(), Some("KEMITRAAN IA-CEPA"));
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
    }

    #[test]
    fn a_clue_with_the_letters_of_a_word_gives_it_away() {
        let entry = |clue: &str, answer: &str| Entry {
            item: String::new(),
            origin: String::new(),
            clue: clue.to_string(),
            question: String::new(),
            answer: answer.to_string(),
            others: Vec::new(),
            reason: None,
            facts: BTreeSet::new(),
        };
        let left = |entries: &[(&str, &str)]| -> Vec<String> {
            let entries = entries.iter().map(|(clue, answer)| entry(clue, answer));
            let words = words(entries.collect(), Language::Id);
            words.map(|(_, word)| word.letters).collect()
        };
        assert_eq!(left(&[("Konvensi *Wi-na* 1961", "Wina")]), Vec::<String>::new());
        let opec = ("Kota tempat OPEC berpusat", "Wina");
        assert_eq!(left(&[opec]), ["WINA"]);
        // Neither may tell the other's, whichever comes first, and no word is there twice.
        assert_eq!(left(&[opec, ("Lahir di Wina", "Mozart")]), ["WINA"]);
        assert_eq!(left(&[("Lahir di Wina", "Mozart"), opec]), ["MOZART"]);
        assert_eq!(left(&[opec, ("Ibu kota Austria", "Wina")]), ["WINA"]);
        assert_eq!(left(&[opec, ("Komponis", "Mozart")]), ["WINA", "MOZART"]);
    }
}
