//! Thousands of exams of all item types, in both languages, each checked by itself.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::ops::Range;
use std::thread;

use lembar::bank::{self, Bank};
use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::item_type::ItemType;
use lembar::language::Language;

use crate::checker::Checker;
use crate::exams::{FILES, json, properties};

/// A paper of all types that the built-in bank can fill, whatever the seed.
const ALL_TYPES: &str = r#"
title = "x"
banks = ["x"]
[[section]]
type = "multiple-choice"
count = 12
[[section]]
type = "multiple-answer"
count = 3
[[section]]
type = "multiple-answer"
count = 1
options = 6
right = [3, 4]
[[section]]
type = "true-false"
count = 6
[[section]]
type = "categorize"
count = 1
rows = 5
[[section]]
type = "matching"
count = 2
pairs = 4
extra = 2
[[section]]
type = "ordering"
count = 1
[[section]]
type = "short-answer"
count = 5
[[section]]
type = "cloze"
count = 1
[[section]]
type = "essay"
count = 3
points = 5
"#;

const SOLAR: &str = include_str!("../../suite/tata-surya/bank.toml");
const SOLAR_PAPER: &str = include_str!("../../suite/tata-surya/ulangan.toml");

fn source(text: &str) -> Source {
    Source { name: "x.toml".into(), text: text.to_string().into() }
}

/// Draws exams with these seeds from a bank and says everything that is wrong with them.
/// The seeds are dealt out to as many threads as there are cores.
fn sweep(files: &[&str], blueprint: &str, seeds: Range<u64>) -> Vec<String> {
    let sources: Vec<Source> = files.iter().map(|file| source(file)).collect();
    let bank = bank::load(&sources).unwrap_or_else(|found| panic!("{found:?}"));
    let plan = Blueprint::read(&source(blueprint), &|_| unreachable!());
    let plan = plan.unwrap_or_else(|found| panic!("{found:?}"));
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let worker = |first| {
            let (bank, plan, seeds) = (&bank, plan.clone(), seeds.clone());
            scope.spawn(move || {
                let checker = Checker::new(files);
                let seeds = seeds.skip(first).step_by(threads);
                complaints(&checker, bank, plan, seeds)
            })
        };
        let workers: Vec<_> = (0..threads).map(worker).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

fn complaints(
    checker: &Checker,
    bank: &Bank,
    mut plan: Blueprint,
    seeds: impl Iterator<Item = u64>,
) -> Vec<String> {
    let mut all = Vec::new();
    for seed in seeds {
        for language in Language::ALL {
            plan.seed = seed;
            plan.head.language = language;
            let exam = match exam::make(bank, &plan) {
                Ok(exam) => exam,
                Err(found) => {
                    all.push(format!("{seed} {language:?}: {found:?}"));
                    continue;
                }
            };
            let answers =
                exam.variants.held().iter().flat_map(|variant| &variant.key.answers);
            let types: BTreeSet<ItemType> = answers.map(|a| a.about.item_type).collect();
            assert_eq!(types, ItemType::ALL.into_iter().collect());
            let mut found = properties::complaints(&exam, &plan);
            found.extend(checker.complaints(&json(&exam)));
            all.extend(found.iter().map(|c| format!("{seed} {language:?}: {c}")));
        }
    }
    all
}

#[track_caller]
fn assert_sound(found: Vec<String>) {
    let shown = found.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "{} complaints:\n{shown}", found.len());
}

#[test]
fn a_thousand_exams_in_both_languages() {
    assert_sound(sweep(&FILES, ALL_TYPES, 0..1_000));
}

/// `cargo test -- --ignored` runs this one too; `.ci/run` does.
#[test]
#[ignore = "it takes minutes"]
fn ten_thousand_exams_in_both_languages() {
    assert_sound(sweep(&FILES, ALL_TYPES, 0..10_000));
}

/// A bank of another school subject that is as complete, and small.
#[test]
fn a_thousand_exams_of_another_subject() {
    assert_sound(sweep(&[SOLAR], SOLAR_PAPER, 0..1_000));
}
