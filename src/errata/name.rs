//! How questions are named: `A7`, `A:II-7` where numbers start again in each section,
//! `A7.2` for a row, or the id of the item.

use crate::bank::Id;
use crate::diagnostic::Diagnostic;
use crate::exam::{Answer, Exam, Numbering};
use crate::sheet::roman;

/// A question that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The id of its item.
    pub item: Id,
    /// The indices of a variant and of the question in it.
    pub place: (usize, usize),
    /// Whether it was named as a question of this variant, and not by its item.
    pub by_number: bool,
    /// The number of the row, premise or blank, from 1.
    pub row: Option<usize>,
}

/// A number as it is written behind the label of a variant.
struct Number {
    /// The index of the section.
    section: Option<usize>,
    number: u32,
    row: Option<usize>,
}

/// Finds a question by its name.
pub fn find(exam: &Exam, name: &str) -> Result<Named, Diagnostic> {
    if let Some(&place) = exam.places(name).first() {
        return Ok(Named { item: name.to_string(), place, by_number: false, row: None });
    }
    let (variant, number) = split(exam, name)?;
    let Number { section, number, row } = number;
    let label = exam.variants.label(variant);
    let meant = |answer: &Answer| {
        answer.number == number && section.is_none_or(|section| answer.section == section)
    };
    let meant_variant = exam.variants.get(variant);
    let answers = meant_variant.key.answers.iter().enumerate();
    let found: Vec<(usize, &Answer)> = answers.filter(|(_, one)| meant(one)).collect();
    match found[..] {
        [(index, answer)] => Ok(Named {
            item: answer.about.item.clone(),
            place: (variant, index),
            by_number: true,
            row,
        }),
        [] => {
            let message = format!("`{name}`: variant {label} has no such question");
            Err(Diagnostic::error(message).hint(numbers(exam, variant)))
        }
        [(_, first), ..] => {
            let message =
                format!("`{name}`: variant {label} has several questions {number}");
            let section = roman(first.section + 1);
            let hint =
                format!("name the section too, as in `{label}:{section}-{number}`");
            Err(Diagnostic::error(message).hint(hint))
        }
    }
}

/// Parts the label of a variant from a number. The longest label wins; one that ends in a
/// digit is parted by a colon.
fn split(exam: &Exam, name: &str) -> Result<(usize, Number), Diagnostic> {
    let labels = exam.variants.labels();
    let mut starts: Vec<(usize, &str, &str)> = labels
        .enumerate()
        .filter_map(|(index, label)| Some((index, label, name.strip_prefix(label)?)))
        .collect();
    starts.sort_by_key(|(_, label, _)| std::cmp::Reverse(label.len()));
    let number = |&(index, label, rest): &(usize, &str, &str)| {
        let colon = rest.strip_prefix(':');
        let needed = label.ends_with(|last: char| last.is_ascii_digit());
        let rest = if needed { colon? } else { colon.unwrap_or(rest) };
        Some((index, parse(rest, exam.sections.len())?))
    };
    if let Some(found) = starts.iter().find_map(number) {
        return Ok(found);
    }
    if starts.is_empty() {
        let labels: Vec<&str> = exam.variants.labels().collect();
        let message = format!("`{name}` names no variant and no item of the exam");
        let hint = match labels[..] {
            [only] => format!("the only variant is {only}"),
            [first, second] => format!("the variants are {first} and {second}"),
            [first, .., last] => format!("the variants are {first} to {last}"),
            [] => "the exam has no variants".to_string(),
        };
        return Err(Diagnostic::error(message).hint(hint));
    }
    let hint = "write the variant and the number as in `A7`, a section as in `A:II-7`, a row \
                as in `A7.2`";
    Err(Diagnostic::error(format!("`{name}` names no question")).hint(hint))
}

/// Reads `7`, `II-7`, `7.2` or `II-7.2`.
fn parse(text: &str, sections: usize) -> Option<Number> {
    let (section, rest) = match text.split_once('-') {
        Some((numeral, rest)) => {
            let section = (0..sections).find(|index| roman(index + 1) == numeral)?;
            (Some(section), rest)
        }
        None => (None, text),
    };
    let digits = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    match rest.split_once('.') {
        Some((number, row)) => {
            let row = Some(digits(row)? as usize);
            Some(Number { section, number: digits(number)?, row })
        }
        None => Some(Number { section, number: digits(rest)?, row: None }),
    }
}

/// Which numbers a variant has.
fn numbers(exam: &Exam, variant: usize) -> String {
    let answers = &exam.variants.get(variant).key.answers;
    let run = |answers: &[Answer]| {
        let (first, last) = (answers.first()?, answers.last()?);
        Some(format!("{} to {}", first.number, last.number))
    };
    if exam.head.numbering == Numbering::Continuous {
        return format!("its numbers are {}", run(answers).unwrap_or_default());
    }
    let sections = answers.chunk_by(|one, other| one.section == other.section);
    let sections: Vec<String> = sections
        .filter_map(|answers| {
            Some(format!("{}-{}", roman(answers[0].section + 1), run(answers)?))
        })
        .collect();
    format!("its numbers are {}", sections.join(", "))
}
