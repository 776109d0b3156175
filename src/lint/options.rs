//! Multiple choice: what is wrong with the options.

use crate::diagnostic::{Diagnostic, Severity};
use crate::item_type::ItemType;
use crate::lint::numbers;
use crate::lint::subject::{Choice, Stage, Subject};
use crate::lint::tokens::{Tokens, Word, find, quote};
use crate::lint::words::Words;

/// How many characters more are seen on paper.
const VISIBLE: usize = 12;

/// Checks the options of an item.
pub fn options(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    if subject.options.is_empty() {
        return;
    }
    if subject.item_type == ItemType::MultipleAnswer {
        several(subject, found);
        duplicates(subject, found);
        catch_all(subject, known, found);
        one_thing(subject, known, found);
    }
    if subject.item_type != ItemType::MultipleChoice {
        return;
    }
    keys(subject, found);
    duplicates(subject, found);
    kinds(subject, known, found);
    lengths(subject, found);
    catch_all(subject, known, found);
    order(subject, known, found);
    prefix(subject, found);
    absolutes(subject, known, found);
    opposites(subject, known, found);
    ends(subject, known, found);
}

fn keys(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let keys = subject.options.iter().filter(|option| option.correct).count();
    if keys != 1 {
        let message = format!("{keys} options are marked as the key");
        found.push(subject.finding("PG01", &message));
    }
}

/// PK01.
fn several(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let right = subject.options.iter().filter(|option| option.correct).count();
    if right < 2 || right == subject.options.len() {
        let message = format!("{right} of {} options are right", subject.options.len());
        found.push(subject.finding("PK01", &message));
    }
}

/// PK02: two actions in one option can be true by halves.
fn one_thing(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let is_verb = |words: &[Word]| class_of(words, known) == Class::Verb;
    for option in &subject.options {
        let words = &option.text.words;
        let joins = |at: &usize| known.and.contains(&words[*at].lower);
        let second = (1..words.len()).filter(joins).any(|at| is_verb(&words[at + 1..]));
        if second && is_verb(words) {
            let message = format!("`{}` says two things", option.text.plain);
            found.push(subject.finding("PK02", &message).about(&option.text.markup));
        }
    }
}

/// All pairs of options, each once.
fn pairs(subject: &Subject) -> impl Iterator<Item = (&Choice, &Choice)> {
    let options = &subject.options;
    let pairs = (0..options.len()).flat_map(|i| (0..i).map(move |j| (j, i)));
    pairs.map(|(a, b)| (&options[a], &options[b]))
}

fn duplicates(subject: &Subject, found: &mut Vec<Diagnostic>) {
    for (a, b) in pairs(subject) {
        let same = a.text.lower().eq(b.text.lower());
        if same || is_near(&a.text, &b.text) {
            let how = if same { "the same" } else { "nearly the same" };
            let message = format!("`{}` and `{}` are {how}", a.text.plain, b.text.plain);
            let mut finding = subject.finding("PG05", &message).about(&b.text.markup);
            if !same {
                finding.severity = Severity::Warning;
            }
            found.push(finding);
        }
    }
}

/// Whether a text shares four words in five with another one, and one is no more than the
/// other's name.
fn is_near(one: &Tokens, other: &Tokens) -> bool {
    let (one, other) = (&one.content, &other.content);
    let shared = one.iter().filter(|word| other.contains(word)).count();
    let all = one.len() + other.len() - shared;
    all >= 5 && shared * 5 >= all * 4
}

/// What an option looks like from its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Verb,
    Other,
}

fn class_of(words: &[Word], known: &Words) -> Class {
    let Some(word) = words.first() else { return Class::Other };
    if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Class::Number;
    }
    if known.verbs.contains(&word.lower) {
        return Class::Verb;
    }
    let long = word.lower.chars().count() >= 5;
    let looks = known.verb_prefixes.iter().any(|p| word.lower.starts_with(p.as_str()))
        || known.verb_suffixes.iter().any(|s| word.lower.ends_with(s.as_str()));
    // An ending makes a noun of it: `meningkatnya ekspor`.
    let bare = known.stem(&word.lower) == word.lower;
    let verb = long && looks && bare && !known.not_verbs.contains(&word.lower);
    // A name is no verb, whatever it begins with; neither is a foreign word.
    match verb && !word.is_capitalised() && !word.style.italic {
        true => Class::Verb,
        false => Class::Other,
    }
}

fn kinds(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let options = subject.options.iter();
    let classes: Vec<Class> =
        options.map(|option| class_of(&option.text.words, known)).collect();
    let lone = (0..classes.len())
        .find(|&at| classes.iter().filter(|&&class| class == classes[at]).count() == 1);
    if let (Some(lone), true) = (lone, classes.len() > 2) {
        let text = &subject.options[lone].text;
        let message = format!("`{}` is of another kind than the others", text.plain);
        found.push(subject.finding("PG06", &message).about(&text.markup));
    }
}

fn lengths(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let lengths = subject.options.iter().map(|option| option.text.length());
    let (Some(least), Some(most)) = (lengths.clone().min(), lengths.max()) else {
        return;
    };
    if most > 2 * least && most >= 2 * VISIBLE {
        let message =
            format!("the longest option has {most} characters, the shortest {least}");
        found.push(subject.finding("PG07", &message));
        return;
    }
    let Some((key, wrong)) = subject.key() else { return };
    let sum: usize = wrong.iter().map(|option| option.text.length()).sum();
    let (key, count) = (key.text.length(), wrong.len().max(1));
    if key * count * 10 > sum * 13 && key * count >= sum + VISIBLE * count {
        let mean = sum / count;
        let message =
            format!("the key has {key} characters, the distractors {mean} on average");
        found.push(subject.finding("PG07", &message));
    }
}

fn catch_all(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    for option in &subject.options {
        let words = &option.text.words;
        let short = words.len() <= 6;
        let letters = words.windows(3).any(|w| {
            let letter = |text: &str| text.len() == 1 && "abcde".contains(text);
            letter(&w[0].lower) && known.and.contains(&w[1].lower) && letter(&w[2].lower)
        });
        if short && (letters || known.catch_all.first(words).is_some()) {
            let message = format!("`{}` speaks of the other options", option.text.plain);
            let finding = subject.finding("PG09", &message).about(&option.text.markup);
            found.push(finding.hint("offer a real answer instead"));
        }
    }
}

/// Whether options that break no rule may break one in another order: numbers may no longer
/// ascend, and an option that repeats a word is nearer to another one than that one to it.
pub fn mind_order(subject: &Subject, known: &Words) -> bool {
    magnitudes(subject, known).is_some()
        || pairs(subject).any(|(a, b)| is_near(&b.text, &a.text))
}

/// How large the options are, if they are numbers or dates.
fn magnitudes(subject: &Subject, known: &Words) -> Option<Vec<Vec<u64>>> {
    let texts = subject.options.iter().map(|option| option.text.plain.as_str());
    numbers::magnitudes(texts, known)
}

fn order(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let Some(values) = magnitudes(subject, known) else { return };
    if !values.is_sorted() {
        let message = "the options are numbers or dates and do not ascend";
        let hint = "put them in ascending order, with `ordered = true` in the bank";
        found.push(subject.finding("PG13", message).hint(hint));
    } else if subject.stage == Stage::Written && !subject.ordered {
        let message = "the options are numbers or dates and will be shuffled";
        found.push(subject.finding("PG13", message).hint("add `ordered = true`"));
    }
}

fn prefix(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let all: Vec<&[Word]> =
        subject.options.iter().map(|option| &*option.text.words).collect();
    let Some(one) = all.first() else { return };
    // The names of bodies are as they are.
    let names = all.iter().all(|words| words.last().is_some_and(Word::is_capitalised));
    if names {
        return;
    }
    let same = |at: usize| all.iter().all(|words| words.get(at) == one.get(at));
    let shared = (0..one.len()).take_while(|&at| same(at)).count();
    if shared >= 2 && all.iter().all(|words| words.len() > shared) {
        let message = format!("all options begin with `{}`", quote(&one[..shared]));
        found.push(subject.finding("PG16", &message).hint("move that into the stem"));
    }
}

fn absolutes(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let Some((key, wrong)) = subject.key() else { return };
    if known.absolutes.first(&key.text.words).is_some() {
        return;
    }
    for option in wrong {
        let words = &option.text.words;
        let catch_all = known.catch_all.first(words).is_some();
        if let Some(word) = known.absolutes.first(words).filter(|_| !catch_all) {
            let message = format!("`{}` stands in a distractor only", quote(word));
            found.push(subject.finding("PG17", &message).about(&option.text.markup));
        }
    }
}

fn opposites(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    for (a, b) in pairs(subject).filter(|(a, b)| a.correct || b.correct) {
        let (a, b) = if a.correct { (a, b) } else { (b, a) };
        let (left, right) = (&a.text, &b.text);
        let opposite = known.opposites.of(&left.words).any(|[one, other]| {
            let left = left.lower().filter(|word| *word != one);
            let rest = right.lower().filter(|word| *word != other);
            find(&right.words, other).is_some() && left.eq(rest)
        });
        if opposite {
            let message =
                format!("`{}` and `{}` are opposites", a.text.plain, b.text.plain);
            found.push(subject.finding("PG31", &message).about(&b.text.markup));
        }
    }
}

/// How options begin and end after a stem that they complete.
fn ends(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    if !subject.stem.plain.trim_end().ends_with("..") {
        return;
    }
    for option in &subject.options {
        let text = &option.text.plain;
        let words = &option.text.words;
        let Some(word) = words.first() else { continue };
        let verb = known.verb_prefixes.iter().any(|p| word.lower.starts_with(p.as_str()))
            && !known.not_verbs.contains(&word.lower);
        let ordinary =
            verb || known.is_stop_word(&word.lower) || known.counts.contains(&word.lower);
        // What goes on with a capital is a name.
        let goes_on = words.get(1).is_some_and(|next| !next.is_capitalised());
        let capital = word.is_capitalised() && !word.is_acronym() && !word.style.italic;
        if capital && ordinary && goes_on {
            let message = format!("`{text}` begins with a capital after `....`");
            let hint = "an option that completes a sentence begins with a small letter";
            found.push(
                subject.finding("PG22", &message).about(&option.text.markup).hint(hint),
            );
        }
        if text.trim_end().ends_with('.') {
            let message = format!("`{text}` ends with a full stop after `....`");
            let hint = "the stem's four dots hold the full stop already";
            found.push(
                subject.finding("PG22", &message).about(&option.text.markup).hint(hint),
            );
        }
    }
}
