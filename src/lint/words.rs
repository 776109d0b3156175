//! The words that rules look for, kept in files that a teacher may change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diagnostic::Checked;
use crate::input::{self, Source};
use crate::language::Language;

/// The words that rules look for in a language. All are in lower case.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Words that tell no two options apart.
    pub stop_words: Vec<String>,
    /// Endings that leave the meaning of a word as it is.
    pub endings: Vec<String>,
    /// Words that allow no exception.
    pub absolutes: Vec<String>,
    /// Quantities that are not clear.
    pub vague: Vec<String>,
    /// What a stem says that asks for an exception.
    pub negative_stems: Vec<String>,
    /// Those of them that must close the stem.
    pub last_words: Vec<String>,
    /// Words that deny.
    pub negations: Vec<String>,
    /// Options that speak of other options.
    pub catch_all: Vec<String>,
    /// The words for "and".
    pub and: Vec<String>,
    /// What refers to another item.
    pub earlier_items: Vec<String>,
    /// What refers to a stimulus.
    pub stimuli: Vec<String>,
    /// What asks for an opinion.
    pub opinions: Vec<String>,
    /// What claims to hold now.
    pub nowadays: Vec<String>,
    /// Signs that something held in the past.
    pub past: Vec<String>,
    /// What names the author of a definition.
    pub according: Vec<String>,
    /// Words that do not belong into an exam.
    pub sensitive: Vec<String>,
    /// Words that puzzles never have by accident.
    pub unwanted: Vec<String>,
    /// What narrows a subject, by the scope that remains.
    pub scopes: BTreeMap<String, Vec<String>>,
    /// Pairs of words with opposite meanings.
    pub opposites: Vec<[String; 2]>,
    /// Words that open a question.
    pub questions: Vec<String>,
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
    pub spelling: BTreeMap<String, String>,
}

impl Words {
    /// Reads a file of words.
    pub fn read(source: &Source) -> Checked<Words> {
        input::read(source)
    }

    /// Whether a word says nothing by itself.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.iter().any(|stop| stop == word)
    }

    /// A word without its ending.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let long = |stem: &&str| stem.chars().count() >= 4;
        let stems = self.endings.iter().filter_map(|end| word.strip_suffix(end.as_str()));
        stems.filter(long).min_by_key(|stem| stem.len()).unwrap_or(word)
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
