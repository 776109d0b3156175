//! What is said to be right: letters, categories, spellings, or true and false.

use crate::diagnostic::Diagnostic;
use crate::errata::Kind;
use crate::errata::name::Named;
use crate::exam::{Body, Change, Exam};
use crate::text::{Markup, plain};
use crate::wording::Wording;

/// A request that says what is right.
pub struct Request<'a> {
    /// The request as it was written.
    pub said: &'a str,
    /// What it asks for.
    pub kind: Kind,
    /// What stands behind its `=`.
    pub right: &'a str,
}

/// What cannot be done: a message and a hint.
type Wrong = (String, String);

/// What a request changes in an item.
pub fn change(
    exam: &Exam,
    named: &Named,
    request: &Request,
    wording: &Wording,
) -> Result<Change, Diagnostic> {
    let (variant, index) = named.place;
    let question = &exam.variants.get(variant).paper.questions[index];
    read(&question.body, named, request, wording).map_err(|(message, hint)| {
        let (option, said) = (request.kind.option(), request.said);
        Diagnostic::error(format!("`{option} {said}`: {message}")).hint(hint)
    })
}

fn read(
    body: &Body,
    named: &Named,
    request: &Request,
    wording: &Wording,
) -> Result<Change, Wrong> {
    if matches!(body, Body::Steps(_) | Body::Space(_)) {
        return wrong("its type has no key that could be changed", "use `--void`");
    }
    let row = row(body, named)?;
    let answer = match body {
        Body::Options(options) | Body::Matching { options, .. } => {
            match letters(options, named, request.right)?.as_slice() {
                [only] => vec![only.clone()],
                _ => {
                    return wrong(
                        "one letter is meant",
                        "give further ones by `--accept`",
                    );
                }
            }
        }
        Body::Boxes(options) => letters(options, named, request.right)?,
        Body::Judgement => vec![truth(request.right, wording)?.to_string()],
        Body::Categories { categories, .. } => vec![category(categories, request.right)?],
        _ if request.right.is_empty() => return wrong("no answer is given", "write one"),
        _ => vec![request.right.to_string()],
    };
    let takes_more = matches!(body, Body::Options(_) | Body::Blank | Body::Cloze { .. });
    match (request.kind, answer.as_slice()) {
        (Kind::Accept, [answer]) if takes_more => {
            Ok(Change::Accept { row, answer: answer.clone() })
        }
        (Kind::Accept, _) => {
            wrong("its type has one right answer", "use `--rekey` or `--void`")
        }
        _ => Ok(Change::Rekey { row, answer }),
    }
}

fn wrong<T>(message: impl Into<String>, hint: impl Into<String>) -> Result<T, Wrong> {
    Err((message.into(), hint.into()))
}

/// The text of the row or premise that is meant, or the number of the blank.
fn row(body: &Body, named: &Named) -> Result<Option<String>, Wrong> {
    let count = match body {
        Body::Categories { rows, .. } => rows.len(),
        Body::Matching { premises, .. } => premises.len(),
        Body::Cloze { text, .. } => {
            (1..).take_while(|n| text.contains(&format!("{{{n}}}"))).count()
        }
        _ if named.row.is_some() => {
            return wrong("its type has no rows", "leave the point and what follows out");
        }
        _ => return Ok(None),
    };
    // The rows of an item stand in another order in every variant.
    let number = named.row.filter(|row| (1..=count).contains(row));
    let Some(number) = number else {
        let hint = format!("name one of its {count} rows or blanks, as in `A7.2`");
        return wrong("one row or blank is meant", hint);
    };
    Ok(Some(match body {
        Body::Categories { rows, .. } => rows[number - 1].to_string(),
        Body::Matching { premises, .. } => premises[number - 1].to_string(),
        _ => number.to_string(),
    }))
}

/// The options that letters stand for: `C`, `ACD` or `A, C, D`.
fn letters(options: &[Markup], named: &Named, right: &str) -> Result<Vec<String>, Wrong> {
    if !named.by_number {
        let hint = "name a question by variant and number, as in `A7`";
        return wrong("letters differ from variant to variant", hint);
    }
    let last = char::from(b'A' + options.len().saturating_sub(1) as u8);
    let option = |letter: char| {
        let index = (letter.to_ascii_uppercase() as usize).checked_sub('A' as usize);
        index.and_then(|index| options.get(index)).map(|option| option.to_string())
    };
    let meant = right.chars().filter(|char| !", ".contains(*char));
    let found: Option<Vec<String>> = meant.map(option).collect();
    match found.filter(|found| !found.is_empty()) {
        Some(found) => Ok(found),
        None => {
            wrong("that is no letter of its options", format!("they are A to {last}"))
        }
    }
}

/// Whether a statement is said to be true, in a word or letter of the key or in English.
fn truth(right: &str, wording: &Wording) -> Result<bool, Wrong> {
    let words = &wording.paper;
    let is = |names: &[String; 2], english: &str| {
        let names = names.iter().map(String::as_str).chain([english]);
        names.into_iter().any(|name| plain(name).to_lowercase() == right.to_lowercase())
    };
    match (is(&words.truth, "true"), is(&words.falsehood, "false")) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => {
            let [truth, falsehood] = [&words.truth[1], &words.falsehood[1]];
            wrong("true or false is meant", format!("write `{truth}` or `{falsehood}`"))
        }
    }
}

/// The category whose name, or the beginning of it, is said.
fn category(categories: &[Markup], right: &str) -> Result<String, Wrong> {
    let right = right.to_lowercase();
    let name = |category: &str| plain(category).to_lowercase();
    if let Some(category) = categories.iter().find(|category| name(category) == right) {
        return Ok(category.to_string());
    }
    let starts =
        |category: &&Markup| !right.is_empty() && name(category).starts_with(&right);
    let found: Vec<&Markup> = categories.iter().filter(starts).collect();
    match found[..] {
        [only] => Ok(only.to_string()),
        _ => {
            let names: Vec<String> = categories.iter().map(|one| plain(one)).collect();
            wrong("one category is meant", format!("they are {}", names.join(", ")))
        }
    }
}
