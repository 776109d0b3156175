//! True-false, matching, short answers and essays.

use crate::diagnostic::Diagnostic;
use crate::item_type::ItemType;
use crate::lint::stem::blank;
use crate::lint::subject::{Stage, Subject};
use crate::lint::tokens::{self, find, quote};
use crate::lint::words::Words;

/// The most premises of a matching item.
const MOST_PREMISES: usize = 10;

/// The most words of a short answer: the full name of a body has as many.
const MOST_ANSWER_WORDS: usize = 8;

/// Checks an item by the rules of its type.
pub fn others(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    match subject.item_type {
        ItemType::TrueFalse => statement(subject, known, found),
        ItemType::Matching => matching(subject, found),
        ItemType::ShortAnswer => short_answer(subject, found),
        ItemType::Essay => essay(subject, known, found),
        ItemType::MultipleChoice
        | ItemType::MultipleAnswer
        | ItemType::Categorize
        | ItemType::Ordering
        | ItemType::Cloze => {}
    }
}

fn statement(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let words = &subject.stem.words;
    if let Some(word) = known.absolutes.first(words) {
        let message = format!("`{}` gives a statement away", quote(word));
        found.push(subject.finding("BS02", &message).about(quote(word)));
    } else if let Some(word) = known.negations.iter().find_map(|word| find(words, word)) {
        let message = format!("the statement is negative: `{}`", quote(word));
        found.push(subject.finding("BS03", &message).about(quote(word)));
    }
}

fn matching(subject: &Subject, found: &mut Vec<Diagnostic>) {
    if subject.stage != Stage::Printed {
        return;
    }
    let (left, right) = (&subject.premises, &subject.right);
    if right.len() <= left.len() {
        let message = format!("{} options for {} premises", right.len(), left.len());
        let finding = subject.finding("MJ01", &message);
        found.push(finding.hint("write `extra = 1` or more in the section"));
    }
    let shared = (0..left.len()).find(|&i| left[..i].contains(&left[i]));
    let twice = (0..right.len())
        .find(|&i| right[..i].iter().any(|other| other.lower().eq(right[i].lower())));
    if let Some(at) = shared {
        let message = format!("two premises have the option {}", left[at]);
        found.push(subject.finding("MJ02", &message));
    } else if let Some(at) = twice {
        let message = format!("the option `{}` stands twice", right[at].plain);
        found.push(subject.finding("MJ02", &message));
    }
    if left.len() > MOST_PREMISES {
        let message = format!("{} premises are too many to look over", left.len());
        found.push(subject.finding("MJ03", &message));
    }
}

fn short_answer(subject: &Subject, found: &mut Vec<Diagnostic>) {
    if let Some(answer) = subject.right.first()
        && answer.words.len() > MOST_ANSWER_WORDS
    {
        let message = format!("the answer has {} words", answer.words.len());
        found.push(subject.finding("IS02", &message).about(&answer.markup));
    }
    let text = &subject.stem.plain;
    let message = match blank(text) {
        None if text.trim_end().ends_with('?') => return,
        None => "the stem has no blank",
        Some((start, end)) => {
            let count = |text: &str| tokens::words(&text.into()).len();
            let (before, after) = (count(&text[..start]), count(&text[end..]));
            if after <= before {
                return;
            }
            "the blank stands far from the end"
        }
    };
    found.push(subject.finding("IS01", message).about(&subject.stem.markup));
}

fn essay(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    let words = &subject.stem.words;
    let one_of = |list: &[String]| words.iter().any(|word| list.contains(&word.lower));
    let told = one_of(&known.task_verbs);
    if !told {
        let message = "the essay does not say what is to be done";
        let finding = subject.finding("UR01", message).about(&subject.stem.markup);
        let verbs = known.task_verbs.iter().take(4).map(|verb| format!("`{verb}`"));
        let verbs: Vec<String> = verbs.collect();
        found.push(finding.hint(format!("use a verb like {}", verbs.join(", "))));
    }
    let several = subject.any_of.is_some_and(|count| count > 1);
    let counted = one_of(&known.counts)
        || words.iter().any(|word| word.text.chars().all(|c| c.is_ascii_digit()))
        || find(words, "{count}").is_some();
    if (several || one_of(&known.list_verbs)) && !counted {
        let message = "the essay does not say how many answers it asks for";
        found.push(subject.finding("UR02", message).about(&subject.stem.markup));
    }
    let opens = |at: usize| at == 0 || words[at - 1].sentence != words[at].sentence;
    let closed =
        (0..words.len()).any(|at| opens(at) && known.yes_no.contains(&words[at].lower));
    if closed && !told {
        let message = "the essay can be answered with yes or no";
        found.push(subject.finding("UR04", message).about(&subject.stem.markup));
    }
    let Some(sum) = subject.guide else { return };
    if sum == 0 || subject.points.is_some_and(|points| points != sum) {
        let points = subject.points.map_or("0".into(), |points| points.to_string());
        let message = format!("the scoring guide adds up to {sum}, not to {points}");
        found.push(subject.finding("UR03", &message));
    }
}
