//! The words that rules look for, kept in files that a teacher may change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diagnostic::Checked;
use crate::input::{self, Source};
use crate::language::Language;
use crate::lint::tokens::Word;

/// The words that rules look for in a language. All are in lower case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Words that tell no two options apart.
    pub stop_words: BTreeSet<String>,
    /// Endings that leave the meaning of a word as it is.
    pub endings: Vec<String>,
    /// Words that allow no exception.
    pub absolutes: Phrases,
    /// Quantities that are not clear.
    pub vague: Phrases,
    /// What a stem says that asks for an exception.
    pub negative_stems: Phrases,
    /// Those of them that must close the stem.
    pub last_words: Vec<String>,
    /// Words that deny.
    pub negations: Vec<String>,
    /// Options that speak of other options.
    pub catch_all: Phrases,
    /// The words for "and".
    pub and: Vec<String>,
    /// What refers to another item.
    pub earlier_items: Phrases,
    /// What refers to a stimulus.
    pub stimuli: Phrases,
    /// What asks for an opinion.
    pub opinions: Phrases,
    /// What claims to hold now.
    pub nowadays: Phrases,
    /// Signs that something held in the past.
    pub past: Phrases,
    /// What names the author of a definition.
    pub according: Phrases,
    /// Words that do not belong into an exam.
    pub sensitive: Phrases,
    /// Words that puzzles never have by accident.
    pub unwanted: Vec<String>,
    /// What narrows a subject, by the scope that remains.
    pub scopes: BTreeMap<String, Phrases>,
    /// Pairs of words with opposite meanings.
    pub opposites: Opposites,
    /// Words that open a question.
    pub questions: Phrases,
    /// Words that open a question that can be answered with yes or no.
    pub yes_no: Vec<String>,
    /// Words that say what is to be done in an essay.
    pub task_verbs: Vec<String>,
    /// Those of them that ask for a list.
    pub list_verbs: Vec<String>,
    /// Words that say how many answers are asked for.
    pub counts: Vec<String>,
    /// How verbs begin.
    pub verb_prefixes: Vec<String>,
    /// How verbs end.
    pub verb_suffixes: Vec<String>,
    /// Verbs that look like none.
    pub verbs: Vec<String>,
    /// Words that look like verbs and are none.
    pub not_verbs: Vec<String>,
    /// The months, from January.
    pub months: Vec<String>,
    /// The decimal sign.
    pub decimal: char,
    /// Prefixes that are written solid.
    pub joined: Vec<String>,
    /// What is misspelt, and how it is spelt.
    pub spelling: Spelling,
}

impl Words {
    /// Reads a file of words.
    pub fn read(source: &Source) -> Checked<Words> {
        input::read(source)
    }

    /// Whether a word says nothing by itself.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// A word without its ending.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let long = |stem: &&str| stem.chars().count() >= 4;
        let stems = self.endings.iter().filter_map(|end| word.strip_suffix(end.as_str()));
        stems.filter(long).min_by_key(|stem| stem.len()).unwrap_or(word)
    }
}

/// Phrases that are looked for word by word, in the order of the file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Phrases {
    /// The words of each phrase; a phrase without words stands nowhere.
    phrases: Vec<Vec<String>>,
    /// The indices of the phrases that have words, by their words.
    sorted: Vec<usize>,
}

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Phrases {
        let split =
            |phrase: String| phrase.split_whitespace().map(str::to_string).collect();
        let phrases: Vec<Vec<String>> = phrases.into_iter().map(split).collect();
        let mut sorted: Vec<usize> =
            (0..phrases.len()).filter(|&index| !phrases[index].is_empty()).collect();
        sorted.sort_by_key(|&index| &phrases[index]);
        Phrases { phrases, sorted }
    }
}

impl Phrases {
    /// The phrases that words begin with, each by its index, with the words.
    pub fn opening<'w>(
        &self,
        words: &'w [Word],
    ) -> impl Iterator<Item = (usize, &'w [Word])> {
        let first = words.first().map_or("", |word| word.lower.as_str());
        let start =
            self.sorted.partition_point(|&index| *self.phrases[index][0] < *first);
        let same = move |index: &&usize| self.phrases[**index][0] == first;
        self.sorted[start..].iter().take_while(same).filter_map(|&index| {
            let phrase = &self.phrases[index];
            let here = words.get(..phrase.len())?;
            let stands = here.iter().zip(phrase).all(|(word, part)| word.lower == *part);
            stands.then_some((index, here))
        })
    }

    /// Where phrases stand among words, from left to right.
    pub fn among<'w>(
        &self,
        words: &'w [Word],
    ) -> impl Iterator<Item = (usize, &'w [Word])> {
        (0..words.len()).flat_map(|at| self.opening(&words[at..]))
    }

    /// The first of the phrases that stands among words.
    pub fn first<'w>(&self, words: &'w [Word]) -> Option<&'w [Word]> {
        self.among(words).min_by_key(|&(index, _)| index).map(|(_, here)| here)
    }
}

/// What is misspelt, and how it is spelt.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
pub struct Spelling {
    wrong: Phrases,
    right: Vec<String>,
}

impl From<BTreeMap<String, String>> for Spelling {
    fn from(spelling: BTreeMap<String, String>) -> Spelling {
        let (wrong, right): (Vec<String>, Vec<String>) = spelling.into_iter().unzip();
        Spelling { wrong: wrong.into(), right }
    }
}

impl Spelling {
    /// What is misspelt among words, each where it first stands, and how it is spelt.
    pub fn slips<'w>(&self, words: &'w [Word]) -> Vec<(&'w [Word], &str)> {
        let mut slips: Vec<(usize, &[Word])> = self.wrong.among(words).collect();
        slips.sort_by_key(|&(index, _)| index);
        slips.dedup_by_key(|&mut (index, _)| index);
        slips.into_iter().map(|(index, here)| (here, &*self.right[index])).collect()
    }
}

/// Pairs of words with opposite meanings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Vec<[String; 2]>")]
pub struct Opposites {
    /// Every pair in both directions.
    pairs: Vec<[String; 2]>,
    ones: Phrases,
}

impl From<Vec<[String; 2]>> for Opposites {
    fn from(pairs: Vec<[String; 2]>) -> Opposites {
        let turned =
            |[one, other]: [String; 2]| [[one.clone(), other.clone()], [other, one]];
        let pairs: Vec<[String; 2]> = pairs.into_iter().flat_map(turned).collect();
        let ones: Vec<String> = pairs.iter().map(|[one, _]| one.clone()).collect();
        Opposites { ones: ones.into(), pairs }
    }
}

impl Opposites {
    /// What stands among words, each with its opposite.
    pub fn of(&self, words: &[Word]) -> impl Iterator<Item = [&str; 2]> {
        let found = self.ones.among(words);
        found.map(|(index, _)| self.pairs[index].each_ref().map(String::as_str))
    }
}

/// The words of all languages.
#[derive(Debug, Clone, PartialEq)]
pub struct Lexicon(pub BTreeMap<Language, Words>);

impl Lexicon {
    /// Reads the words of each language.
    pub fn read(find: &dyn Fn(Language) -> Checked<Source>) -> Checked<Lexicon> {
        let mut lexicon = BTreeMap::new();
        for language in Language::ALL {
            lexicon.insert(language, Words::read(&find(language)?)?);
        }
        Ok(Lexicon(lexicon))
    }

    /// The words, in capitals, that puzzles of no language have by accident.
    pub fn unwanted(&self) -> BTreeSet<String> {
        let words = self.0.values().flat_map(|words| &words.unwanted);
        words.map(|word| word.to_uppercase()).collect()
    }

    /// The words of a language.
    pub fn of(&self, language: Language) -> &Words {
        &self.0[&language]
    }
}
