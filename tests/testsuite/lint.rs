//! The rules of item writing: each has a good and a bad example, and what is built in
//! breaks none that would keep it from being printed.

mod items;
mod papers;

use std::collections::BTreeMap;
use std::path::Path;

use lembar::diagnostic::{Diagnostic, Severity};
use lembar::job::{self, Overrides};
use lembar::language::Language;
use lembar::lint::{self, Lexicon};
use lembar::templates::{self, Kind, Templates};

use crate::exams::{FILES, make};

fn lexicon() -> Lexicon {
    job::lexicon(&Templates::default()).unwrap()
}

/// Draws a built-in blueprint with many seeds.
fn drawn(kind: Kind, name: &str, language: Language, seeds: u64) -> Vec<Diagnostic> {
    let source = Templates::default().find(kind, name).unwrap();
    let overrides = Overrides { language: Some(language), ..Overrides::default() };
    let folder = Path::new(".");
    let mut job = job::read(source, folder, &Templates::default(), &overrides).unwrap();
    job.blueprint.variants.truncate(2);
    let mut found = lint::blueprint(&job.blueprint);
    for seed in 0..seeds {
        job.blueprint.seed = seed;
        found.extend(lint::exam(&make(&job), &job.blueprint, &job.bank, &job.lexicon));
    }
    found
}

/// The codes of findings, each once.
fn codes(found: &[Diagnostic]) -> Vec<&str> {
    let mut codes: Vec<&str> =
        found.iter().filter_map(|one| one.code.as_deref()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn assert_no_errors(found: &[Diagnostic]) {
    let wrong = found.iter().filter(|one| one.severity == Severity::Error);
    let wrong: BTreeMap<&str, Option<&String>> =
        wrong.map(|one| (one.message.as_str(), one.code.as_ref())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A preset is printed with any seed, in both languages.
#[test]
fn no_preset_breaks_a_grave_rule() {
    for name in templates::names(Kind::Preset) {
        for language in [Language::Id, Language::En] {
            assert_no_errors(&drawn(Kind::Preset, name, language, 10));
        }
    }
}

#[test]
fn the_built_in_bank_breaks_no_rule() {
    let source = |text: &&str| lembar::input::Source {
        name: "built-in".to_string(),
        text: text.to_string().into(),
    };
    let sources: Vec<_> = FILES.iter().map(source).collect();
    let bank = lembar::bank::load(&sources).unwrap();
    assert_no_errors(&lint::bank(&bank, &lexicon()));
}

#[test]
fn two_hundred_exams_in_indonesian_break_no_rule() {
    assert_no_errors(&drawn(Kind::Preset, "ulangan-harian", Language::Id, 200));
}

#[test]
fn two_hundred_exams_in_english_break_no_rule() {
    assert_no_errors(&drawn(Kind::Preset, "ulangan-harian", Language::En, 200));
}

#[test]
fn the_starter_breaks_no_rule() {
    assert_no_errors(&drawn(Kind::Starter, "ulangan", Language::Id, 50));
}
