//! What holds for every exam, whatever the seed and the blueprint.

mod acceptance;
mod blueprints;
mod dated;
mod groups;
mod modes;
mod properties;
mod quotas;
mod records;
mod small;
mod spread;
mod sweep;
mod types;

use std::path::Path;

use lembar::exam::blueprint::labels;
use lembar::exam::{self, Exam};
use lembar::job::{self, Job, Overrides};
use lembar::language::Language;
use lembar::record::record;
use lembar::templates::{Kind, Templates};
use serde_json::Value as Json;

use crate::checker::Checker;

/// The files of the built-in bank, for the checker.
pub const FILES: [&str; 2] = [
    include_str!("../../templates/banks/kerja-sama-internasional.toml"),
    include_str!("../../templates/patterns/kerja-sama-internasional.toml"),
];

/// The built-in preset, ready to draw from.
pub fn preset(language: Language) -> Job {
    preset_named("ulangan-harian", language)
}

pub fn preset_named(name: &str, language: Language) -> Job {
    let templates = Templates::default();
    let source = templates.find(Kind::Preset, name).unwrap();
    let overrides = Overrides { language: Some(language), ..Overrides::default() };
    job::read(source, Path::new("."), &templates, &overrides).unwrap()
}

pub fn make(job: &Job) -> Exam {
    exam::make(&job.bank, &job.blueprint).unwrap_or_else(|found| panic!("{found:?}"))
}

/// What other programs read about an exam.
pub fn json(exam: &Exam) -> Json {
    serde_json::to_value(record(exam, Vec::new())).unwrap()
}

/// Draws the preset with many seeds and looks at all of its variants; `sweep` draws more.
fn many(language: Language, seeds: std::ops::Range<u64>) {
    let checker = Checker::new(&FILES);
    let mut job = preset(language);
    for seed in seeds {
        job.blueprint.seed = seed;
        let exam = make(&job);
        let mut found = properties::complaints(&exam, &job.blueprint);
        // The variants say the same in other orders, so mostly one is enough.
        let mut record = json(&exam);
        if seed % 10 != 0 {
            record["variants"].as_array_mut().unwrap().truncate(1);
        }
        found.extend(checker.complaints(&record));
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

// Two tests, so that they run side by side.
#[test]
fn the_preset_in_indonesian() {
    many(Language::Id, 0..200);
}

#[test]
fn the_preset_in_english() {
    many(Language::En, 200..400);
}

#[test]
fn the_same_exam_twice_is_equal() {
    let mut job = preset(Language::Id);
    let first: Vec<Exam> = (0..4)
        .map(|seed| {
            job.blueprint.seed = seed;
            make(&job)
        })
        .collect();
    for seed in (0..4).rev() {
        job.blueprint.seed = seed as u64;
        assert_eq!(make(&job), first[seed]);
    }
    assert_ne!(json(&first[0])["variants"], json(&first[1])["variants"]);
}

#[test]
fn another_variant_leaves_the_first_ones_as_they_were() {
    for seed in 0..8 {
        let mut job = preset(Language::Id);
        job.blueprint.seed = seed;
        let four = make(&job);
        job.blueprint.variants.push("E".into());
        let five = make(&job);
        assert_eq!(four.variants.held(), &five.variants.held()[..4]);
    }
}

/// So many variants are made anew whenever they are asked for.
#[test]
fn variants_that_are_not_held_are_the_same() {
    let mut job = preset(Language::Id);
    job.blueprint.variants = labels(70);
    let exam = make(&job);
    let mut held = exam.clone();
    held.variants.hold();
    assert!(exam.variants.labels().eq(held.variants.labels()));
    assert!(exam.variants.codes().eq(held.variants.codes()));
    assert_eq!(exam, held);
    assert_eq!(json(&exam), json(&held));
    job.blueprint.variants = labels(60);
    assert_eq!(make(&job).variants.held(), &held.variants.held()[..60]);
}

/// The language changes words, never what is asked.
#[test]
fn an_exam_is_the_same_in_both_languages() {
    let (mut id, mut en) = (preset(Language::Id), preset(Language::En));
    for seed in 0..8 {
        (id.blueprint.seed, en.blueprint.seed) = (seed, seed);
        let asked = |exam: &Exam| {
            let keys = exam.variants.held().iter().map(|variant| &variant.key.answers);
            keys.flatten().map(|a| (a.number, a.about.item.clone())).collect::<Vec<_>>()
        };
        let keys = |exam: &Exam| {
            let record = json(exam);
            let variants = record["variants"].as_array().unwrap().clone();
            let questions =
                variants.iter().flat_map(|v| v["questions"].as_array().unwrap());
            let closed = questions.filter(|question| question["type"] != "short-answer");
            closed.map(|question| question["key"].clone()).collect::<Vec<_>>()
        };
        let (id, en) = (make(&id), make(&en));
        assert_eq!(asked(&id), asked(&en));
        assert_eq!(keys(&id), keys(&en));
    }
}

/// The paper as data has no field for an answer, and none that nobody has thought about.
#[test]
fn papers_have_fields_for_questions_only() {
    const FIELDS: [&str; 25] = [
        "label",
        "code",
        "stimuli",
        "stimulus",
        "title",
        "paragraphs",
        "table",
        "caption",
        "head",
        "rows",
        "questions",
        "number",
        "section",
        "item",
        "points",
        "stem",
        "body",
        "Options",
        "Matching",
        "premises",
        "options",
        "Space",
        "ruling",
        "extent",
        "Lines",
    ];
    let exam = make(&preset(Language::Id));
    for variant in exam.variants.held() {
        let mut fields = Vec::new();
        names(&serde_json::to_value(&variant.paper).unwrap(), &mut fields);
        for field in fields {
            assert!(FIELDS.contains(&field.as_str()), "{field}");
        }
    }
}

/// The names of all fields of a value.
fn names(value: &Json, fields: &mut Vec<String>) {
    match value {
        Json::Array(values) => values.iter().for_each(|value| names(value, fields)),
        Json::Object(object) => {
            for (name, value) in object {
                fields.push(name.clone());
                names(value, fields);
            }
        }
        _ => {}
    }
}

/// What `lembar list items` counts can be drawn: every class names a topic of the bank.
#[test]
fn the_built_in_bank_yields_a_thousand_items() {
    let job = preset(Language::Id);
    let counts = lembar::exam::census(&job.bank);
    assert!(counts.keys().all(|(topic, ..)| job.bank.topics.contains_key(topic)));
    assert!(counts.values().sum::<usize>() > 1000, "{counts:?}");
}
