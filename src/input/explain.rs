//! Problems of TOML files in words for people who do not program.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeValue, Error};

use crate::diagnostic::Diagnostic;
use crate::input::tree::{self, Path, Step};
use crate::input::{Places, nearest};

/// What is wrong with the notation.
pub fn syntax(error: &Error, places: &Places) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let found = places.source.text.get(span.clone()).unwrap_or_default();
    let message = error.message();
    let problem = if message == "duplicate key" {
        let twice = format!("`{found}` is given twice");
        Diagnostic::error(twice).hint("keep one of the two")
    } else if message.starts_with("string values must be quoted") {
        let bare = found.trim_matches(['“', '”', '‘', '’', '„', '\'']);
        Diagnostic::error("text must stand between straight quotation marks")
            .hint(format!("write `\"{bare}\"`"))
    } else if message.starts_with("invalid basic string") {
        Diagnostic::error("the text is not closed").hint("end it with `\"`")
    } else if message.starts_with("invalid multi-line basic string") {
        Diagnostic::error("the text is not closed").hint("end it with `\"\"\"`")
    } else if message.starts_with("key with no value") {
        Diagnostic::error("a key has no value")
            .hint("write `key = value`; a key with spaces stands between quotation marks")
    } else if let Some((what, end)) =
        message.strip_prefix("unclosed ").and_then(|rest| rest.split_once(", expected "))
    {
        Diagnostic::error(format!("the {what} is not closed"))
            .hint(format!("end it with {end}"))
    } else {
        Diagnostic::error(message)
    };
    problem.at(places.at(span))
}

/// What is wrong with the shape of an entry; nothing if it is only a consequence of what
/// was removed before.
pub fn shape(
    error: &Error,
    root: &Spanned<DeValue>,
    path: &Path,
    removed: &BTreeSet<Step>,
    places: &Places,
) -> Option<Diagnostic> {
    let message = error.message();
    let date = matches!(tree::get(root, path)?.get_ref(), DeValue::Datetime(_));
    let problem = if date && !message.starts_with("unknown field `")
        || message.contains("$__")
    {
        Diagnostic::error(format!("{} must not be a date", subject(path)))
            .hint("put it between quotation marks")
    } else if let Some((key, known)) = quoted(message, "unknown field `") {
        let problem = Diagnostic::error(format!("unknown key `{key}`"));
        suggest(problem, key, &known, "the keys here are")
    } else if let Some((key, _)) = quoted(message, "missing field `") {
        let table = tree::get(root, path)?;
        if removed.contains(&Step::Key(key.to_string(), table.span().end)) {
            return None;
        }
        Diagnostic::error(format!("missing key `{key}` in {}", owner(root, path)))
    } else if let Some((value, known)) = quoted(message, "unknown variant `") {
        let unknown = format!("unknown value `{value}` for {}", subject(path));
        suggest(Diagnostic::error(unknown), value, &known, "it may be")
    } else if let Some((found, expected)) = mismatch(message) {
        let must = format!("{} must be {}", subject(path), friendly_type(expected));
        let problem = Diagnostic::error(format!("{must}, not {}", friendly_value(found)));
        match (found, expected, path.last()) {
            ("map", "a sequence", Some(Step::Key(key, _))) => {
                problem.hint(format!("write `[[{key}]]`"))
            }
            _ => problem,
        }
    } else if message.ends_with("is not a length") {
        Diagnostic::error(message).hint("write a length like `\"60mm\"` or `\"11pt\"`")
    } else {
        Diagnostic::error(message)
    };
    match error.span() {
        Some(span) if span.end > 0 => Some(problem.at(places.at(span))),
        _ => Some(Diagnostic { place: Some(places.at(0..0)), ..problem }),
    }
}

/// The name that follows a prefix, and the backticked names after it.
fn quoted<'a>(message: &'a str, prefix: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let (name, rest) = message.strip_prefix(prefix)?.split_once('`')?;
    Some((name, rest.split('`').skip(1).step_by(2).collect()))
}

/// The hint for a name that is not among the known ones.
fn suggest(problem: Diagnostic, name: &str, known: &[&str], all: &str) -> Diagnostic {
    if let Some(meant) = nearest(name, known.iter().copied()) {
        return problem.hint(format!("did you mean `{meant}`?"));
    }
    if known.is_empty() {
        return problem;
    }
    let names: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
    problem.hint(format!("{all} {}", names.join(", ")))
}

/// What serde found and what it expected.
fn mismatch(message: &str) -> Option<(&str, &str)> {
    let rest = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))?;
    rest.rsplit_once(", expected ")
}

/// How the value at the end of a path is called.
fn subject(path: &Path) -> String {
    let key = path.iter().rev().find_map(|step| match step {
        Step::Key(key, _) => Some(key),
        Step::Index(..) => None,
    });
    match (key, path.last()) {
        (None, _) => "the file".to_string(),
        (Some(key), Some(Step::Index(..))) => format!("each entry of `{key}`"),
        (Some(key), _) => format!("`{key}`"),
    }
}

/// How the table at the end of a path is called: by its kind and its id, if it has one.
fn owner(root: &Spanned<DeValue>, path: &Path) -> String {
    let Some(Step::Key(kind, _)) = path.first() else { return "the file".to_string() };
    let depth = if matches!(path.get(1), Some(Step::Index(..))) { 2 } else { 1 };
    let entry = tree::get(root, &path[..depth]);
    let named = |key| entry?.get_ref().get(key)?.get_ref().as_str();
    let entry = match ["id", "name", "title", "text"].into_iter().find_map(named) {
        Some(name) => format!("{kind} `{name}`"),
        None => format!("`{kind}`"),
    };
    if path.len() == depth { entry } else { format!("{} of {entry}", subject(path)) }
}

/// A type of serde's in plain words.
fn friendly_type(expected: &str) -> &str {
    match expected {
        "a string" => "text",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list",
        "a map" => "a table",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "f32" | "f64" => "a number",
        table if table.starts_with("struct ") => "a table",
        other => other,
    }
}

/// A value as serde names it, in plain words.
fn friendly_value(found: &str) -> String {
    if let Some(text) = found.strip_prefix("string ") {
        return format!("the text `{}`", text.trim_matches('"'));
    }
    match found {
        "sequence" => "a list".to_string(),
        "map" => "a table".to_string(),
        other => match other.split_once(" `") {
            Some((_, value)) => format!("`{value}"),
            None => other.to_string(),
        },
    }
}
