//! Reads the words of a document from the start to the end, as the record says them.

use std::ops::Range;

use super::Finding;
use super::words::{HEAD, Words, fold};

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The page of the file.
    pub page: usize,
    /// The number of the question, if it is about one.
    pub number: Option<u32>,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// The finding about a file, and a variant if the file does not say which.
    pub fn of(self, file: &str, variant: Option<&str>) -> Finding {
        Finding {
            variant: variant.map(str::to_string),
            number: self.number,
            ..Finding::of(file, self.message).at(self.page)
        }
    }
}

/// The words that stand for true and for false in keys; a key is the first to say them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truths {
    words: [Option<Vec<char>>; 2],
}

impl Truths {
    /// The word for a truth value, if it is known.
    pub fn word(&self, truth: bool) -> Option<&[char]> {
        self.words[usize::from(truth)].as_deref()
    }

    /// Learns the word for a truth value from words that are said to be for it: the one
    /// that is said most, if it is not known to be the word for the other value.
    pub fn learn(&mut self, truth: bool, words: &[&[char]]) {
        let other = self.word(!truth).map(<[char]>::to_vec);
        let word = &mut self.words[usize::from(truth)];
        let fresh = words.iter().filter(|word| other.as_deref() != Some(word));
        let most =
            fresh.rev().max_by_key(|word| words.iter().filter(|w| w == word).count());
        *word = word.take().or_else(|| most.map(|most| most.to_vec()));
    }
}

/// A place in the words of a document.
pub struct Reader<'a> {
    /// The words.
    pub words: &'a Words<'a>,
    /// The next character.
    pub at: usize,
}

impl<'a> Reader<'a> {
    /// The start of a document.
    pub fn new(words: &'a Words<'a>) -> Reader<'a> {
        Reader { words, at: 0 }
    }

    /// Reads a text that stands here; on the next page, its table may have a head first.
    pub fn text(&mut self, text: &str) -> Option<Range<usize>> {
        if let Some(end) = self.words.read_text(self.at, text) {
            let found = self.at..end;
            self.at = end;
            return Some(found);
        }
        let found = self.look(&fold(text), HEAD)?;
        let turned = found.start > 0
            && self.at > 0
            && self.words.side(self.at - 1) != self.words.side(found.start);
        turned.then(|| {
            self.at = found.end;
            found
        })
    }

    /// Passes over at most so many characters up to a text, and reads it.
    pub fn seek(&mut self, text: &str, most: usize) -> Option<Range<usize>> {
        let found = self.look(&fold(text), most)?;
        self.at = found.end;
        Some(found)
    }

    /// Passes over at most so many characters up to a label and a text beside it, and reads
    /// them.
    pub fn seek_labelled(
        &mut self,
        label: &str,
        text: &str,
        most: usize,
    ) -> Option<[Range<usize>; 2]> {
        let label = fold(label);
        self.places(&label, most).find_map(|start| {
            let middle = self.words.read(start, &label)?;
            if !self.words.is_apart(start) {
                return None;
            }
            let end = self.words.read_text(middle, text)?;
            self.at = end;
            Some([start..middle, middle..end])
        })
    }

    /// Passes over everything up to texts that follow each other, and reads them.
    pub fn seek_all(&mut self, texts: &[&str]) -> bool {
        let Some((first, others)) = texts.split_first() else { return true };
        let first = fold(first);
        let found = (self.at..self.words.chars().len()).find_map(|start| {
            let at = self.words.read(start, &first)?;
            let mut there = Reader { words: self.words, at };
            let all = self.words.is_apart(start)
                && others.iter().all(|text| there.text(text).is_some());
            all.then_some(there.at)
        });
        self.at = found.unwrap_or(self.at);
        found.is_some()
    }

    fn look(&self, text: &[char], most: usize) -> Option<Range<usize>> {
        let mut places = self.places(text, most);
        places.find_map(|start| Some(start..self.words.read(start, text)?))
    }

    /// The next places, at most so many, at which a text may stand.
    fn places(
        &self,
        text: &[char],
        most: usize,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let last = self.words.chars().len().min(self.at.saturating_add(most));
        self.words.places(self.at..=last, text)
    }

    /// Reads a label and the text beside it.
    pub fn labelled(&mut self, label: &str, text: &str) -> Result<(), String> {
        let Some(found) = self.text(label) else {
            let here = self.here();
            return Err(format!("“{label} {text}” is not there, but “{here}”"));
        };
        let Some(read) = self.text(text) else {
            let here = self.here();
            return Err(format!("“{here}” stands at {label}, and not “{text}”"));
        };
        self.beside(label, &found, &read)
    }

    /// Fails unless a text stands beside its label, in lines below each other.
    pub fn beside(
        &self,
        name: &str,
        label: &Range<usize>,
        text: &Range<usize>,
    ) -> Result<(), String> {
        let words = self.words;
        match words.is_beside(label, text) && words.flows(text) {
            true => Ok(()),
            false => {
                let text = words.shown(text.clone());
                Err(format!("“{text}” does not stand beside {name}"))
            }
        }
    }

    /// The page that is being read.
    pub fn page(&self) -> usize {
        self.words.page(self.at)
    }

    /// What stands here, for messages.
    pub fn here(&self) -> String {
        if self.at >= self.words.chars().len() {
            return "the end of the document".to_string();
        }
        self.words.shown(self.at..self.at + 40)
    }
}
