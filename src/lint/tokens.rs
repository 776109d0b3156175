//! Words, sentences and phrases of marked-up text.

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

/// The words of a text. A word is made of letters and digits, with hyphens and
/// apostrophes inside it; a placeholder counts as a word.
pub fn words(markup: &str) -> Vec<Word> {
    let chars: Vec<(char, Style)> = (Text::parse(markup).spans.iter())
        .flat_map(|span| {
            let plain: Vec<char> = span.to_plain().chars().collect();
            plain.into_iter().map(|c| (c, span.style))
        })
        .collect();
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

/// The words in lower case.
pub fn lower(markup: &str) -> Vec<String> {
    words(markup).into_iter().map(|word| word.lower).collect()
}

/// The words that say something, in lower case and without their endings.
pub fn content(markup: &str, known: &Words) -> Vec<String> {
    let said = lower(markup).into_iter().filter(|word| !known.is_stop_word(word));
    said.map(|word| known.stem(&word).to_string()).collect()
}

/// Where a phrase stands among words, if it does.
pub fn find<'w>(words: &'w [Word], phrase: &str) -> Option<&'w [Word]> {
    let parts: Vec<&str> = phrase.split_whitespace().collect();
    if parts.is_empty() {
        return None;
    }
    let same = |window: &&[Word]| window.iter().zip(&parts).all(|(w, p)| w.lower == *p);
    words.windows(parts.len()).find(same)
}

/// Whether one list of words stands in another without a gap.
pub fn holds(words: &[String], part: &[String]) -> bool {
    !part.is_empty() && words.windows(part.len()).any(|window| window == part)
}

/// The first of several phrases that stands among words.
pub fn first<'w>(words: &'w [Word], phrases: &[String]) -> Option<&'w [Word]> {
    phrases.iter().find_map(|phrase| find(words, phrase))
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

    #[test]
    fn words_keep_hyphens_and_lose_marks() {
        let found = words("Asia-Afrika **bukan** {subject}. WTO’s “impor” ....");
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["Asia-Afrika", "bukan", "{subject}", "WTO’s", "impor"]);
        assert!(found[1].is_emphasised() && !found[0].is_emphasised());
        assert_eq!(last_sentence(&found).len(), 2);
    }

    #[test]
    fn phrases_match_word_by_word() {
        let found = words("Yang **tidak  termasuk** tujuan adalah ....");
        assert_eq!(quote(find(&found, "tidak termasuk").unwrap()), "tidak termasuk");
        assert_eq!(find(&found, "dak termasuk"), None);
    }
}
