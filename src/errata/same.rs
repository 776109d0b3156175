//! Whether an exam that has been drawn again is the one that a record tells of.

use crate::diagnostic::Diagnostic;
use crate::exam::Exam;
use crate::record::{self, Record, VariantRecords};
use crate::sum::Sum;

/// The first difference between an exam and its record, and what is to blame for it.
pub fn difference(drawn: &Exam, record: &Record) -> Option<Diagnostic> {
    let drawn = record::record(drawn, Vec::new());
    let head = |record: &Record| (record.title.clone(), record.seed, record.language);
    if drawn.variants == record.variants && head(&drawn) == head(record) {
        return None;
    }
    let (message, hint) = cause(&drawn, record).unwrap_or_else(|| {
        let message = format!(
            "what is drawn is not what was printed: {}",
            first(&drawn.variants, &record.variants)
        );
        let hint = "give the options that `lembar make` was given, and its templates";
        (message, hint.to_string())
    });
    Some(Diagnostic::error(message).hint(hint))
}

/// What is not as it was when the papers were printed, and what to do about it.
fn cause(drawn: &Record, record: &Record) -> Option<(String, String)> {
    let differs = |what: &str, now: Sum, then: Sum| {
        let message = format!(
            "{what} is not the one of the printed papers: its SHA-256 is {}, and was {}",
            &now.to_string()[..12],
            &then.to_string()[..12],
        );
        let hint =
            "amend the exam with the file as it was, and correct the file afterwards";
        (message, hint.to_string())
    };
    if drawn.blueprint_sha256 != record.blueprint_sha256 {
        let (now, then) = (drawn.blueprint_sha256, record.blueprint_sha256);
        return Some(differs("the blueprint", now, then));
    }
    let banks = drawn.banks.iter().zip(&record.banks);
    if let Some((now, then)) = banks.into_iter().find(|(now, then)| now != then) {
        return Some(match now.sha256 == then.sha256 {
            false => differs(&format!("the bank `{}`", now.id), now.sha256, then.sha256),
            true => (
                format!(
                    "the pictures of the bank `{}` are not those of the papers",
                    now.id
                ),
                "amend the exam with the pictures as they were".to_string(),
            ),
        });
    }
    let asked = |option: &str, value: String| format!("add `{option} {value}`");
    if drawn.seed != record.seed {
        let message = format!("the papers were drawn with the seed {}", record.seed);
        return Some((message, asked("--seed", record.seed.to_string())));
    }
    if drawn.language != record.language {
        let message = format!("the papers are in {}", record.language.name());
        return Some((message, asked("--language", record.language.code().to_string())));
    }
    let (now, then) = (drawn.variants.len(), record.variants.len());
    if now != then {
        let message = format!("{then} variants were printed, and {now} are drawn");
        return Some((message, asked("--variants", then.to_string())));
    }
    (drawn.lembar != record.lembar).then(|| {
        let (now, then) = (&drawn.lembar, &record.lembar);
        let message = format!("lembar {then} printed the papers, and {now} draws others");
        (message, format!("use lembar {then}"))
    })
}

/// Where the first difference is.
fn first(drawn: &VariantRecords, record: &VariantRecords) -> String {
    for (now, then) in drawn.iter().zip(record.iter()) {
        let label = &then.label;
        if now.label != then.label {
            return format!("variant {label} is now variant {}", now.label);
        }
        let questions = now.questions.iter().zip(&then.questions);
        if let Some((_, then)) = questions.into_iter().find(|(now, then)| now != then) {
            return format!("variant {label}, question {}", then.number);
        }
        if now != then {
            return format!("variant {label}");
        }
    }
    "the title".to_string()
}
