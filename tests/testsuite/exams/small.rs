//! Exams from a bank that was written to be difficult.

use std::collections::BTreeSet;

use lembar::bank::{self, Bank};
use lembar::exam::{self, Blueprint, Exam, Solution};
use lembar::input::Source;

use crate::checker::{Checker, SMALL};
use crate::exams::{json, properties};

fn load(text: &str) -> Bank {
    let source = Source { name: "kecil.toml".into(), text: text.to_string().into() };
    bank::load(&[source]).unwrap_or_else(|found| panic!("{found:?}"))
}

/// Draws one item with many seeds, and has every exam checked.
fn draw(text: &str, section: &str) -> Vec<Exam> {
    let (bank, checker) = (load(text), Checker::new(&[text]));
    let mut exams = Vec::new();
    for seed in 0..40 {
        let text = format!(
            "title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\n[[section]]\n{section}"
        );
        let source = Source { name: "x.toml".into(), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let Ok(exam) = exam::make(&bank, &plan) else { continue };
        let mut found = properties::complaints(&exam, &plan);
        found.extend(checker.complaints(&json(&exam)));
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
        exams.push(exam);
    }
    exams
}

fn items(exams: &[Exam]) -> BTreeSet<&str> {
    let answers = exams.iter().flat_map(|exam| &exam.variants.held()[0].key.answers);
    answers.map(|answer| answer.about.item.as_str()).collect()
}

#[test]
fn everything_that_can_be_asked_is_right() {
    for item_type in ["multiple-choice", "true-false", "short-answer"] {
        let section = format!("type = \"{item_type}\"\ncount = 2\noptions = 3");
        assert_eq!(draw(SMALL, &section).len(), 40, "{item_type}");
    }
}

#[test]
fn matching_goes_in_both_directions() {
    let exams = draw(SMALL, "type = \"matching\"\ncount = 1\npairs = 2\nextra = 1");
    let expected = BTreeSet::from(["anggota-jodoh", "pusat-jodoh", "tugas-jodoh"]);
    assert_eq!(items(&exams), expected);
}

/// A student may name any of several values that are true.
#[test]
fn blanks_accept_everything_that_is_true() {
    let exams = draw(SMALL, "type = \"short-answer\"\ncount = 1");
    assert!(items(&exams).contains("anggota-isian:benelux-2"));
    // Where more could be right than the bank is sure of, nothing is asked.
    let doubtful =
        SMALL.replace("\"Belgia\",", "{ value = \"Belgia\", disputed = true },");
    let exams = draw(&doubtful, "type = \"short-answer\"\ncount = 1");
    assert!(!items(&exams).iter().any(|item| item.contains("benelux")));
}

/// A task is false of others because it belongs to somebody, not only because they have
/// one too.
#[test]
fn a_false_task_is_said_to_be_somebody_s() {
    let pattern = r#"
[[pattern]]
id = "tugas-bs"
type = "true-false"
topic = "umum"
level = "L1"
cognitive = "C1"
ask = { value = "tugas", kinds = ["lembaga"] }
stems = ["{subject} bertugas {value}."]
"#;
    let text = [SMALL, pattern].concat();
    let mut judged = 0;
    for exam in draw(&text, "type = \"true-false\"\ncount = 1") {
        let answer = &exam.variants.held()[0].key.answers[0];
        if let Solution::Judgement { truth: false, reason: Some(reason) } =
            &answer.solution
            && let Some(subject) = answer.about.item.strip_prefix("tugas-bs:")
        {
            let reason = reason.to_lowercase();
            let (own, whose) = reason.split_once("; ").expect(&reason);
            assert!(own.starts_with(subject), "{reason}");
            assert!(!whose.starts_with(subject), "{reason}");
            judged += 1;
        }
    }
    assert!(judged > 0);
}

/// Entities that are nearly the same never stand in one item, whatever they differ in.
#[test]
fn clusters_of_entities_stay_apart() {
    let clustered = ["opec", "upu"].iter().fold(SMALL.to_string(), |text, id| {
        let entity = format!("id = \"{id}\"");
        text.replace(&entity, &format!("{entity}\ncluster = \"dekat\""))
    });
    let pattern = r#"
[[topic]]
id = "kota"
name = "Kota"

[[pattern]]
id = "berpusat-pg"
type = "multiple-choice"
topic = "kota"
level = "L1"
cognitive = "C1"
ask = { subject = "pusat", kinds = ["lembaga"] }
stems = ["Yang berpusat di {value} adalah ...."]
"#;
    let text = format!("{clustered}\n{pattern}");
    let section =
        "type = \"multiple-choice\"\ncount = 1\noptions = 3\ntopics = { kota = 1 }";
    let exams = draw(&text, section);
    assert!(items(&exams).contains("berpusat-pg:opec"));
    draw(&text, "type = \"matching\"\ncount = 1\npairs = 2\nextra = 1");
}
