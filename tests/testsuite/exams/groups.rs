//! Exams with groups: items that share a stimulus.

use lembar::exam::{self, Blueprint, Exam};
use lembar::input::Source;
use lembar::language::Language;
use serde_json::Value as Json;

use crate::checker::Checker;
use crate::exams::{FILES, json, names, preset, properties};

/// Sections that the built-in bank can fill with groups, whatever the seed.
const SECTIONS: &str = r#"
[[section]]
type = "multiple-choice"
count = 16
stimuli = 3
[[section]]
type = "categorize"
count = 3
stimuli = 1
[[section]]
type = "essay"
count = 3
stimuli = 1
"#;

fn blueprint(language: &str, seed: u64, sections: &str) -> Blueprint {
    let text = format!(
        "title = \"x\"\nbanks = [\"x\"]\nlanguage = \"{language}\"\nseed = {seed}\n\
         variants = 2\n{sections}"
    );
    let source = Source { name: "x.toml".into(), text: text.into() };
    Blueprint::read(&source, &|_| unreachable!()).unwrap()
}

fn many(language: &str, seeds: std::ops::Range<u64>) {
    let checker = Checker::new(&FILES);
    let bank = preset(Language::Id).bank;
    for seed in seeds {
        let plan = blueprint(language, seed, SECTIONS);
        let exam = exam::make(&bank, &plan).unwrap_or_else(|f| panic!("{seed}: {f:?}"));
        let mut found = properties::complaints(&exam, &plan);
        found.extend(checker.complaints(&json(&exam)));
        found.extend(fewer_than_asked(&exam, &plan));
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

/// Sections with fewer stimuli than the blueprint asks for.
fn fewer_than_asked(exam: &Exam, plan: &Blueprint) -> Vec<String> {
    let questions = &exam.variants.held()[0].paper.questions;
    let count = |section: usize| {
        let of = questions.iter().filter(|question| question.section == section);
        let mut stimuli: Vec<usize> = of.filter_map(|q| q.stimulus).collect();
        stimuli.dedup();
        stimuli.len()
    };
    let sections = plan.sections.iter().enumerate();
    let short = sections.filter(|(index, section)| count(*index) < section.stimuli);
    short
        .map(|(index, _)| format!("section {index} has {} stimuli", count(index)))
        .collect()
}

// Two tests, so that they run side by side.
#[test]
fn five_hundred_exams_with_groups_in_indonesian() {
    many("id", 0..500);
}

#[test]
fn five_hundred_exams_with_groups_in_english() {
    many("en", 500..1000);
}

#[test]
fn a_group_that_does_not_fit_is_not_taken() {
    let bank = preset(Language::Id).bank;
    let section = "[[section]]\ntype = \"multiple-choice\"\ncount = 2\n";
    for seed in 0..100 {
        let plan = blueprint("id", seed, section);
        let exam = exam::make(&bank, &plan).unwrap();
        assert!(exam.variants.held()[0].paper.stimuli.is_empty());
    }
    let plan = blueprint("id", 1, &format!("{section}stimuli = 1\n"));
    let found = exam::make(&bank, &plan).unwrap_err();
    let expected = "section 1 asks for 1 stimuli, and 0 could be drawn";
    assert_eq!(found[0].message, expected);
}

/// The checker finds what is wrong with a group.
#[test]
fn broken_groups_are_found() {
    let bank = preset(Language::Id).bank;
    let plan = blueprint("id", 1, SECTIONS);
    let record = json(&exam::make(&bank, &plan).unwrap());
    let checker = Checker::new(&FILES);
    let complains = |change: &dyn Fn(&mut Json)| {
        let mut record = record.clone();
        change(&mut record["variants"][0]);
        !checker.complaints(&record).is_empty()
    };
    let grouped = |variant: &Json| {
        let questions = variant["questions"].as_array().unwrap();
        questions.iter().position(|question| !question["stimulus"].is_null()).unwrap()
    };
    assert!(!complains(&|_| {}));
    assert!(complains(&|variant| {
        let place = grouped(variant);
        variant["questions"].as_array_mut().unwrap().remove(place);
    }));
    assert!(complains(&|variant| {
        let place = grouped(variant);
        let questions = variant["questions"].as_array_mut().unwrap();
        let alone = questions.iter().position(|q| q["stimulus"].is_null()).unwrap();
        let question = questions.remove(alone);
        let place = if alone < place { place } else { place + 1 };
        questions.insert(place, question);
    }));
    assert!(complains(&|variant| {
        let place = grouped(variant);
        let question = variant["questions"][place].as_object_mut().unwrap();
        question.remove("stimulus");
    }));
    assert!(complains(&|variant| {
        let stimulus = variant["stimuli"][0].as_object_mut().unwrap();
        let other = Json::from(vec!["something else"]);
        stimulus.insert("paragraphs".into(), other);
    }));
}

/// The paper as data says nothing of a stimulus but what is printed.
#[test]
fn stimuli_have_fields_for_what_is_printed_only() {
    const FIELDS: [&str; 6] = ["title", "paragraphs", "table", "caption", "head", "rows"];
    let bank = preset(Language::Id).bank;
    let exam = exam::make(&bank, &blueprint("id", 1, SECTIONS)).unwrap();
    let stimuli = &exam.variants.held()[0].paper.stimuli;
    assert!(stimuli.len() >= 5, "{stimuli:?}");
    let mut fields = Vec::new();
    names(&serde_json::to_value(stimuli).unwrap(), &mut fields);
    assert!(fields.iter().all(|field| FIELDS.contains(&field.as_str())), "{fields:?}");
}
