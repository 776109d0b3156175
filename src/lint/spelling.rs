//! Spelling and typography, by the rules of EYD.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::lint::tokens::{Tokens, Word, quote};
use crate::lint::words::Words;

/// Checks a text; `say` makes a finding of a code and a message.
pub fn spelling(
    text: &Tokens,
    known: &Words,
    say: &dyn Fn(&str, &str) -> Diagnostic,
    found: &mut Vec<Diagnostic>,
) {
    words(text, known, say, found);
    let read = &text.plain;
    if let Some(message) = ellipsis(read) {
        found.push(say("EYD02", message).about(&text.markup));
    }
    if let Some(at) = read.trim().find("  ") {
        // With the word before it: indentation has doubled spaces too.
        let before = read.trim()[..at].rsplit(' ').next().unwrap_or_default();
        found.push(say("EYD03", "a space is doubled").about(format!("{before}  ")));
    }
    if let Some(span) = text.words.iter().find(is_span) {
        let message = format!("`{}` is a span of years", span.text);
        let finding = say("EYD05", &message).about(span.text.clone());
        found.push(finding.hint(format!("write `{}`", span.text.replace('-', "–"))));
    }
    if let Some(mark) = space_before(read) {
        let message = format!("a space stands before `{mark}`");
        found.push(say("EYD04", &message).about(format!(" {mark}")));
    }
}

fn words(
    text: &Tokens,
    known: &Words,
    say: &dyn Fn(&str, &str) -> Diagnostic,
    found: &mut Vec<Diagnostic>,
) {
    // Foreign words are italic, and spelt as they are abroad.
    let foreign = |word: &Word| word.style.italic;
    let own: Cow<[Word]> = match text.words.iter().any(foreign) {
        true => text.words.iter().filter(|word| !foreign(word)).cloned().collect(),
        false => text.words.as_slice().into(),
    };
    for (here, right) in known.spelling.slips(&own) {
        if quote(here) != *right {
            let message = format!("`{}` is spelt `{right}`", quote(here));
            found.push(say("EYD01", &message).about(quote(here)));
        }
    }
    for (at, word) in own.iter().enumerate() {
        let next = own.get(at + 1);
        for prefix in &known.joined {
            let hyphen = word.text.strip_prefix(prefix.as_str()).and_then(|rest| {
                rest.strip_prefix('-').filter(|rest| rest.starts_with(char::is_lowercase))
            });
            let apart = next.filter(|next| {
                word.lower == *prefix
                    && !next.is_capitalised()
                    && next.text.starts_with(char::is_alphabetic)
            });
            let rest = hyphen.or(apart.map(|next| next.text.as_str()));
            if let Some(rest) = rest {
                let message = format!("`{prefix}` is written solid: `{prefix}{rest}`");
                found.push(say("EYD01", &message).about(word.text.clone()));
            }
        }
    }
}

/// Whether a word is two years with a hyphen between them.
fn is_span(word: &&Word) -> bool {
    let year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    word.text.split_once('-').is_some_and(|(from, to)| year(from) && year(to))
}

/// What is wrong with the dots of a text.
fn ellipsis(text: &str) -> Option<&'static str> {
    if text.contains('…') {
        return Some("an ellipsis is written with full stops: `....` at the end");
    }
    if !text.contains("..") {
        return None;
    }
    let chars: Vec<char> = text.trim_end().chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|&&c| c == '.').count();
        let end = at + run;
        let last = chars[end..].iter().all(|c| !c.is_alphanumeric());
        if run >= 2 {
            if at > 0 && !chars[at - 1].is_whitespace() {
                return Some("a space stands before an ellipsis");
            }
            if last && run != 4 {
                return Some("an ellipsis at the end of a sentence has four dots");
            }
            if !last && run == 2 {
                return Some("an ellipsis has three dots");
            }
        }
        at = end.max(at + 1);
    }
    None
}

/// A punctuation mark that stands after a space.
fn space_before(text: &str) -> Option<char> {
    let after =
        text.match_indices(' ').filter_map(|(at, _)| text[at + 1..].chars().next());
    after.into_iter().find(|&char| ",;:?!".contains(char))
}
