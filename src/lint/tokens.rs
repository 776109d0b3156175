//! Words, sentences and phrases of marked-up text.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::lint::words::Words;
use crate::text::{Style, Text};

/// A word as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// The word in lower case.
    pub lower: String,
    /// How it is set apart.
    pub style: Style,
    /// The number of its sentence, from 0.
    pub sentence: usize,
}

impl Word {
    /// Whether it begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is set apart from the words around it.
    pub fn is_emphasised(&self) -> bool {
        let shouted =
            self.text.chars().count() > 1 && self.text == self.text.to_uppercase();
        self.style.bold || self.style.underline || shouted
    }

    /// Whether it is written in capitals only, like an abbreviation.
    pub fn is_acronym(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        letters >= 3 && self.text.chars().all(|c| c.is_uppercase() || c.is_numeric())
    }
}

/// A text, taken apart once for all rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The text with its markup.
    pub markup: String,
    /// The text without its markup.
    pub plain: String,
    /// Its words.
    pub words: Vec<Word>,
    /// The words that say something, in lower case and without their endings.
    pub content: Vec<String>,
}

impl Tokens {
    /// Takes a text apart.
    pub fn read(markup: &str, known: &Words) -> Tokens {
        let text = Text::parse(markup);
        let words = words(&text);
        let said = words.iter().filter(|word| !known.is_stop_word(&word.lower));
        let content = said.map(|word| known.stem(&word.lower).to_string()).collect();
        Tokens { markup: markup.to_string(), plain: text.to_plain(), words, content }
    }

    /// How many characters it has without its markup.
    pub fn length(&self) -> usize {
        self.plain.chars().count()
    }

    /// Its words in lower case.
    pub fn lower(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.lower.as_str())
    }
}

/// The words of a text. A word is made of letters and digits, with hyphens and
/// apostrophes inside it; a placeholder counts as a word.
pub fn words(text: &Text) -> Vec<Word> {
    let mut chars: Vec<(char, Style)> = Vec::new();
    for span in text.spans() {
        chars.extend(span.to_plain().chars().map(|char| (char, span.style)));
    }
    let mut words: Vec<Word> = Vec::new();
    let (mut sentence, mut open) = (0, false);
    for (at, &(char, style)) in chars.iter().enumerate() {
        let next = chars.get(at + 1).map_or(' ', |&(next, _)| next);
        let inner = open && "-’'".contains(char) && next.is_alphanumeric();
        if char.is_alphanumeric() || "{}".contains(char) || inner {
            if !open {
                let (text, lower) = (String::new(), String::new());
                words.push(Word { text, lower, style, sentence });
            }
            if let Some(word) = words.last_mut() {
                word.text.push(char);
            }
            open = true;
        } else {
            let dots = next == '.' || at > 0 && chars[at - 1].0 == '.';
            let ends = ".!?".contains(char) && next.is_whitespace() && !dots;
            sentence += usize::from(ends);
            open = false;
        }
    }
    for word in &mut words {
        word.lower = word.text.to_lowercase();
    }
    words
}

/// Texts, each taken apart once.
pub struct Texts<'a> {
    /// The words that rules look for in their language.
    pub known: &'a Words,
    read: BTreeMap<String, Rc<Tokens>>,
}

impl<'a> Texts<'a> {
    /// Texts in the language of these words.
    pub fn new(known: &'a Words) -> Texts<'a> {
        Texts { known, read: BTreeMap::new() }
    }

    /// A text, taken apart.
    pub fn read(&mut self, markup: &str) -> Rc<Tokens> {
        if let Some(known) = self.read.get(markup) {
            return Rc::clone(known);
        }
        let tokens = Rc::new(Tokens::read(markup, self.known));
        self.read.insert(markup.to_string(), Rc::clone(&tokens));
        tokens
    }
}

/// Where a phrase stands among words, if it does.
pub fn find<'w>(words: &'w [Word], phrase: &str) -> Option<&'w [Word]> {
    let parts = phrase.split_whitespace();
    let same =
        |window: &&[Word]| window.iter().map(|word| &*word.lower).eq(parts.clone());
    let count = parts.clone().count();
    (count > 0).then(|| words.windows(count).find(same))?
}

/// Whether one list of words stands in another without a gap.
pub fn holds(words: &[String], part: &[String]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|window| window == part)
}

/// Words as they are written, with a space between two.
pub fn quote(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<&str>>().join(" ")
}

/// The words of the last sentence.
pub fn last_sentence(words: &[Word]) -> &[Word] {
    let last = words.last().map_or(0, |word| word.sentence);
    let start = words.iter().position(|word| word.sentence == last).unwrap_or(0);
    &words[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::words::Phrases;

    #[test]
    fn words_keep_hyphens_and_lose_marks() {
        let text = Text::parse("Asia-Afrika **bukan** {subject}. WTO’s “impor” ....");
        let found = words(&text);
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["Asia-Afrika", "bukan", "{subject}", "WTO’s", "impor"]);
        assert!(found[1].is_emphasised() && !found[0].is_emphasised());
        assert_eq!(last_sentence(&found).len(), 2);
    }

    #[test]
    fn phrases_match_word_by_word() {
        let found =
            words(&Text::parse("Yang **tidak  termasuk** tujuan adalah tidak ...."));
        let first = |phrases: &[&str]| {
            let phrases: Vec<String> = phrases.iter().map(|p| p.to_string()).collect();
            Phrases::from(phrases).first(&found).map(quote)
        };
        assert_eq!(first(&["tidak termasuk"]).as_deref(), Some("tidak termasuk"));
        assert_eq!(first(&["dak termasuk", "", "adalah tidak ya"]), None);
        // The first phrase counts, wherever it stands, and its first place.
        assert_eq!(first(&["tujuan", "tidak", "yang"]).as_deref(), Some("tujuan"));
        assert_eq!(first(&["tidak", "tidak termasuk"]).as_deref(), Some("tidak"));
        assert_eq!(
            first(&["tidak termasuk", "tidak"]).as_deref(),
            Some("tidak termasuk")
        );
    }
}
