//! What is wrong with the words of a question.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::item_type::ItemType;
use crate::lint::subject::{Stage, Subject};
use crate::lint::tokens::{Tokens, Word, last_sentence, quote};
use crate::lint::words::Words;

/// The fewest words of a stem, the blank included.
const FEWEST_WORDS: usize = 5;

/// The most words of a stem, and of an option.
const MOST_WORDS: (usize, usize) = (60, 20);

/// Checks the words of a question and what they give away.
pub fn stem(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    wording(subject, known, found);
    question_marks(subject, known, found);
    if subject.item_type == ItemType::MultipleChoice {
        negatives(subject, known, found);
        shape(subject, found);
        opinions(subject, known, found);
        abbreviations(subject, known, found);
    }
}

/// The places in the last sentence that ask for an exception.
pub fn exceptions<'w>(words: &'w [Word], known: &Words) -> Vec<&'w [Word]> {
    let mut rest = last_sentence(words);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let phrases = known.negative_stems.opening(rest);
        let longest = phrases.map(|(_, here)| here.len()).max();
        found.extend(longest.map(|length| &rest[..length]));
        rest = &rest[longest.unwrap_or(1)..];
    }
    found
}

fn negatives(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let words = &subject.stem.words;
    let exceptions = exceptions(words, known);
    let Some(&one) = exceptions.first() else { return };
    let negated = |word: &Word| known.negations.contains(&word.lower);
    if !one.iter().any(Word::is_emphasised) {
        let message = format!("the negative `{}` is easily overlooked", quote(one));
        let finding = subject.finding("PG10", &message).about(quote(one));
        found.push(finding.hint("ask for what is right, or set it in `**bold**`"));
    }
    let last = one.last() == words.last();
    if known.last_words.contains(&one[0].lower) && !last {
        let message = format!("`{}` does not close the stem", quote(one));
        found.push(subject.finding("PG10", &message).about(quote(one)));
    }
    let denied = last_sentence(words).iter().filter(|word| negated(word)).count();
    let closing = known.last_words.contains(&one[0].lower) && denied > 0;
    let options = subject
        .options
        .iter()
        .any(|option| option.text.words.first().is_some_and(negated));
    if exceptions.len() > 1 || closing || options {
        let finding = subject.finding("PG11", "the item denies twice").about(quote(one));
        found.push(finding.hint("ask for what is right"));
    }
}

/// What no question says, and what multiple choice leaves to essays.
fn wording(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let texts = [&subject.stem].into_iter();
    let texts = texts.chain(subject.options.iter().map(|option| &option.text));
    for text in texts {
        let words = &text.words;
        if let Some(word) = known.vague.first(words) {
            let message = format!("`{}` is not a clear quantity", quote(word));
            found.push(subject.finding("PG18", &message).about(quote(word)));
        }
        if let Some(word) = known.sensitive.first(words) {
            let message = format!("`{}` does not belong into an exam", quote(word));
            found.push(subject.finding("PG30", &message).about(quote(word)));
        }
    }
    let words = &subject.stem.words;
    if let Some(phrase) = known.earlier_items.first(words) {
        let message = format!("`{}` refers to another item", quote(phrase));
        let finding = subject.finding("PG23", &message).about(quote(phrase));
        found.push(finding.hint("repeat what is needed to answer"));
    }
    if !subject.shows
        && let Some(phrase) = known.stimuli.first(words)
    {
        let message = format!("`{}` is nowhere to be seen", quote(phrase));
        let finding = subject.finding("ST01", &message).about(quote(phrase));
        found
            .push(finding.hint(
                "give the item a `picture` or a `table`, or name a `[[stimulus]]`",
            ));
    }
}

fn opinions(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    if let Some(phrase) = known.opinions.first(&subject.stem.words) {
        let message = format!("`{}` asks for an opinion", quote(phrase));
        let finding = subject.finding("PG24", &message).about(quote(phrase));
        found.push(finding.hint("ask for it in an essay"));
    }
}

/// Where a text leaves a blank: the bytes before and after it.
pub fn blank(text: &str) -> Option<(usize, usize)> {
    let dots = |c: char| c == '.' || c == '…' || c == '_';
    let mut start = 0;
    while let Some(at) = text[start..].find(dots) {
        let at = start + at;
        let end = text[at..].find(|c| !dots(c)).map_or(text.len(), |n| at + n);
        if text[at..end].chars().count() >= 3 || text[at..end].contains('…') {
            return Some((at, end));
        }
        start = end;
    }
    None
}

fn shape(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let text = subject.stem.plain.trim_end();
    let words = subject.stem.words.len();
    let blank = blank(text);
    if !text.ends_with('?') && blank.is_none() {
        let message = "the stem ends neither with `....` nor with `?`";
        found.push(subject.finding("PG19", message).about(&subject.stem.markup));
    }
    let printed = subject.stage != Stage::Pattern;
    if printed && words + usize::from(blank.is_some()) < FEWEST_WORDS {
        let message = format!("the stem has only {}", counted(words, "word"));
        found.push(subject.finding("PG19", &message).about(&subject.stem.markup));
    }
    let after = blank.map_or("", |(_, end)| text[end..].trim());
    if after.chars().any(char::is_alphanumeric) {
        let message = "the blank stands within the stem";
        let hint = "turn the sentence so that the blank closes it";
        found.push(
            subject.finding("PG20", message).about(&subject.stem.markup).hint(hint),
        );
    }
    if words > MOST_WORDS.0 {
        let message = format!("the stem has {words} words");
        found.push(subject.finding("PG21", &message).about(&subject.stem.markup));
    }
    for option in &subject.options {
        let words = option.text.words.len();
        if words > MOST_WORDS.1 {
            let message = format!("an option has {words} words");
            found.push(subject.finding("PG21", &message).about(&option.text.markup));
        }
    }
}

fn question_marks(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    if subject.item_type == ItemType::TrueFalse {
        return;
    }
    let text = subject.stem.plain.trim_end();
    let last = last_sentence(&subject.stem.words);
    let asks = known.questions.opening(last).any(|(_, words)| words.len() < last.len());
    let dots = text.ends_with("..") || text.ends_with('…');
    let mixed = dots && last.first().is_some_and(|word| word.lower.ends_with("kah"));
    let broken = ["??", "?!", "!?", "? .."].iter().any(|mark| text.contains(mark));
    if broken || asks && (mixed || !dots && !text.ends_with(['?', '"', '”', ')'])) {
        let message = "a question ends with one question mark";
        found.push(subject.finding("PG32", message).about(&subject.stem.markup));
    }
}

/// PG15: an abbreviation whose letters only one option spells out, or the other way round.
fn abbreviations(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let Some((key, wrong)) = subject.key() else { return };
    let stem = &subject.stem.words;
    let acronyms: Vec<&Word> = stem.iter().filter(|word| word.is_acronym()).collect();
    let spells = |text: &Tokens, acronym: &str| {
        text.content.len() > 1 && initials(&text.words, known) == acronym
    };
    let spelt_out = |acronym: &&&Word| {
        spells(&key.text, &acronym.text)
            && !wrong.iter().any(|option| spells(&option.text, &acronym.text))
    };
    let spelt_in_stem = |text: &Tokens| {
        let runs = stem.chunk_by(|a, b| a.is_capitalised() && b.is_capitalised());
        text.words.first().is_some_and(|word| {
            let mut runs = runs.filter(|run| run.len() > 1);
            word.is_acronym() && runs.any(|run| initials(run, known) == word.text)
        })
    };
    if let Some(acronym) = acronyms.iter().find(spelt_out) {
        let message = format!("only the key spells out `{}`", acronym.text);
        found.push(subject.finding("PG15", &message).about(&key.text.markup));
    } else if spelt_in_stem(&key.text)
        && !wrong.iter().any(|option| spelt_in_stem(&option.text))
    {
        let message = format!("the stem spells out the key `{}`", key.text.plain);
        found.push(subject.finding("PG15", &message).about(&key.text.markup));
    }
}

/// The first letters of the words that an abbreviation is made of.
fn initials(words: &[Word], known: &Words) -> String {
    let said = words.iter().filter(|word| !known.is_stop_word(&word.lower));
    said.filter_map(|word| word.text.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// PG14: a word of the stem that stands in the key and in no distractor. `topic` are the
/// words that the subject matter cannot do without.
pub fn clang(subject: &Subject, topic: &BTreeSet<String>, found: &mut Vec<Diagnostic>) {
    let Some((key, wrong)) = subject.key() else { return };
    let in_wrong =
        |word: &String| wrong.iter().any(|option| option.text.content.contains(word));
    let telling = key.text.content.iter().find(|word| {
        let long = word.chars().count() >= 5;
        let stem = &subject.stem.content;
        long && stem.contains(word) && !in_wrong(word) && !topic.contains(*word)
    });
    if let Some(word) = telling {
        let message = format!("`{word}` stands in the stem and in the key only");
        found.push(subject.finding("PG14", &message).about(&key.text.markup));
    }
}

/// A finding that is less sure than its rule.
pub fn softened(finding: Diagnostic) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..finding }
}
