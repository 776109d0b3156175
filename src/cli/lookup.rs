//! `lembar lookup`: prints the key of the sheet that carries a code.

use std::fmt::Write as _;

use crate::cli::{Answer, args};
use crate::diagnostic::Diagnostic;
use crate::item_type::ItemType;
use crate::lookup::{self, Sheet, look_up};

/// How many letters stand in a row.
const ACROSS: usize = 10;

pub fn run(args: args::Lookup) -> Answer {
    let sheet =
        look_up(&args.code, &args.folder, args.force).map_err(|finding| vec![finding])?;
    if args.json {
        let json = serde_json::to_string_pretty(&sheet);
        let json = json.map_err(|error| vec![Diagnostic::error(error.to_string())])?;
        return Ok(json + "\n");
    }
    Ok(text(&sheet))
}

/// The key of a sheet, section by section: letters in rows, other answers below each other.
fn text(sheet: &Sheet) -> String {
    let Sheet { title, variant, code, student, folder, files, answers } = sheet;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{title}");
    let student = student.as_ref().map_or(String::new(), |name| format!(", {name}"));
    let _ = writeln!(text, "variant {variant}, code {code}{student}");
    let _ = writeln!(text, "{}: {}", folder.display(), files.join(", "));
    for section in answers.chunk_by(|one, other| one.section == other.section) {
        text.push('\n');
        let short = section.iter().all(is_short);
        for row in section.chunks(if short { ACROSS } else { 1 }) {
            let answers: Vec<String> = row.iter().map(answer).collect();
            let _ = writeln!(text, "{}", answers.join(" ").trim_end());
        }
    }
    text
}

/// Whether an answer takes a letter or a word.
fn is_short(answer: &lookup::Answer) -> bool {
    matches!(answer.item_type, ItemType::MultipleChoice | ItemType::TrueFalse)
}

/// A number and its answer.
fn answer(answer: &lookup::Answer) -> String {
    let (number, key) = (answer.number, &answer.key);
    let numbered = || {
        let all = key.iter().zip(1..).map(|(key, number)| format!("{number}) {key}"));
        all.collect::<Vec<String>>().join("  ")
    };
    let said = match answer.item_type {
        ItemType::MultipleChoice | ItemType::MultipleAnswer => key.join(", "),
        ItemType::TrueFalse | ItemType::ShortAnswer => key.concat(),
        ItemType::Categorize
        | ItemType::Matching
        | ItemType::Ordering
        | ItemType::Cloze => numbered(),
        ItemType::Essay => "see the scoring guide of the key".to_string(),
    };
    match answer.item_type {
        ItemType::MultipleChoice => format!("{number:>4} {said}"),
        ItemType::TrueFalse => format!("{number:>4} {said:<5}"),
        _ => format!("{number:>4} {said}"),
    }
}
