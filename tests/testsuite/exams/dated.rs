//! Exams that ask values with a date.

use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::language::Language;

use crate::checker::Checker;
use crate::exams::{FILES, json, preset};

/// How many questions of all exams state a day.
fn dated(keys: &str, seeds: std::ops::Range<u64>) -> usize {
    let checker = Checker::new(&FILES);
    let bank = preset(Language::Id).bank;
    let mut count = 0;
    for seed in seeds {
        let language = ["id", "en"][seed as usize % 2];
        let text = format!(
            "title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\nvariants = 1\n{keys}\n\
             language = \"{language}\"\n\
             section = [{{ type = \"multiple-choice\", count = 20, topics.lembaga = 20 }}, \
             {{ type = \"true-false\", count = 8, topics.lembaga = 8 }}, \
             {{ type = \"short-answer\", count = 8, topics.lembaga = 8 }}]"
        );
        let source = Source { name: "x.toml".into(), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let exam = exam::make(&bank, &plan).unwrap_or_else(|f| panic!("{seed}: {f:?}"));
        let found = checker.complaints(&json(&exam));
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
        let questions = &exam.variants.held()[0].paper.questions;
        let states =
            |stem: &str| ["Per ", " per ", "As of ", " as of "].map(|w| stem.contains(w));
        count += questions.iter().filter(|q| states(&q.stem).contains(&true)).count();
    }
    count
}

#[test]
fn values_with_a_date_are_asked_with_it() {
    assert!(dated("dated = true", 0..60) > 20);
}

#[test]
fn values_with_a_date_are_not_asked_by_themselves() {
    assert_eq!(dated("", 0..20), 0);
}
