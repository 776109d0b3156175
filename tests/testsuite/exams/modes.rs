//! Parallel variants, makeups and what has been used before.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use lembar::exam::blueprint::{Asked, Mode};
use lembar::exam::{self, Exam, Variant};
use lembar::item_type::ItemType;
use lembar::job::Job;
use lembar::language::Language;
use lembar::record::record;
use lembar::templates::{Kind, names};
use lembar::verify::{Finding, Verifier};

use crate::checker::Checker;
use crate::exams::{FILES, json, make, preset, preset_named, properties};

/// What variants are to have in common: how many items of which kind.
fn kinds(variant: &Variant) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for answer in &variant.key.answers {
        let kind = format!(
            "{} {:?} {:?} {} {:?} {}",
            answer.section,
            answer.about.row,
            answer.about.item_type,
            answer.about.topic,
            answer.about.level,
            answer.about.difficulty
        );
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

fn asked(variants: &[Variant]) -> Asked {
    let answers = || variants.iter().flat_map(|variant| &variant.key.answers);
    Asked {
        items: answers().map(|answer| answer.about.item.clone()).collect(),
        facts: answers().flat_map(|answer| answer.about.facts.iter().cloned()).collect(),
    }
}

fn facts(variant: &Variant) -> BTreeSet<String> {
    asked(std::slice::from_ref(variant)).facts
}

fn parallel() -> Job {
    let mut job = preset(Language::Id);
    job.blueprint.mode = Mode::Parallel;
    job
}

/// Every variant is right by itself.
fn each_is_right(exam: &Exam, job: &Job) {
    for variant in exam.variants.held() {
        let alone = Exam { variants: vec![variant.clone()].into(), ..exam.clone() };
        let found = properties::complaints(&alone, &job.blueprint);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn parallel_variants_ask_other_items_of_the_same_kinds() {
    let checker = Checker::new(&FILES);
    let mut job = parallel();
    for seed in 0..40 {
        job.blueprint.seed = seed;
        let exam = make(&job);
        each_is_right(&exam, &job);
        let first = kinds(&exam.variants.held()[0]);
        assert!(exam.variants.held().iter().all(|v| kinds(v) == first), "seed {seed}");
        let fairness = exam.fairness.as_ref().unwrap();
        assert_eq!((fairness.difficulty, fairness.levels), (0.0, 0), "seed {seed}");
        assert!(fairness.words <= 15.0, "seed {seed}: {}", fairness.words);
        // What is said to be shared is; the bank has few essays that are alike.
        let (one, two) =
            (facts(&exam.variants.held()[0]), &exam.variants.held()[1].key.answers);
        let shared =
            two.iter().filter(|answer| !answer.about.facts.is_disjoint(&one)).count();
        assert_eq!(shared, fairness.variants[1].shared, "seed {seed}");
        assert!(shared * 3 <= two.len(), "seed {seed}: {shared}");
        if seed % 4 == 0 {
            let found = checker.complaints(&json(&exam));
            assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
        }
    }
}

/// More variants than the bank has kinds of matching or multiple-answer items: some kinds
/// come again with other facts.
#[test]
fn what_parallel_variants_ask_of_one_id_is_the_same() {
    let mut further = BTreeSet::new();
    for name in ["ulangan-harian", "sumatif-akhir-semester-sma"] {
        let mut job = preset_named(name, Language::Id);
        job.blueprint.mode = Mode::Parallel;
        job.blueprint.variants = ('A'..='J').map(String::from).collect();
        for seed in 0..3 {
            job.blueprint.seed = seed;
            let record = record(&make(&job), Vec::new());
            let found = Verifier::new(&record, NonZeroUsize::MIN).finish().findings;
            let contradicts =
                |finding: &&Finding| finding.message.contains("that of the same item");
            let found: Vec<&Finding> = found.iter().filter(contradicts).collect();
            assert!(found.is_empty(), "{name}, seed {seed}: {found:?}");
            let questions = record.variants.held().iter().flat_map(|v| &v.questions);
            let again = questions.filter(|question| question.item.ends_with("/2"));
            further.extend(again.map(|question| question.item_type));
        }
    }
    for item_type in [ItemType::Matching, ItemType::MultipleAnswer] {
        assert!(further.contains(&item_type), "{further:?}");
    }
}

#[test]
fn another_parallel_variant_changes_none_of_the_first_ones() {
    let mut job = parallel();
    for seed in 0..4 {
        job.blueprint.seed = seed;
        job.blueprint.variants = ["A", "B"].map(String::from).into();
        let two = make(&job);
        job.blueprint.variants = ["A", "B", "C", "D", "E", "F"].map(String::from).into();
        assert_eq!(
            make(&job).variants.held()[..2],
            two.variants.held()[..],
            "seed {seed}"
        );
        job.blueprint.mode = Mode::Shuffled;
        let shuffled = make(&job);
        job.blueprint.mode = Mode::Parallel;
        assert_eq!(
            asked(&two.variants.held()[..1]),
            asked(&shuffled.variants.held()[..1])
        );
    }
}

#[test]
fn a_makeup_shares_nothing_with_the_main_exam() {
    let mut made = 0;
    for seed in 0..60 {
        let mut job = if seed % 3 == 0 { parallel() } else { preset(Language::Id) };
        job.blueprint.seed = seed;
        job.blueprint.variants.truncate(2);
        let main = make(&job);
        job.blueprint.makeup = true;
        let Ok(makeup) = exam::make(&job.bank, &job.blueprint) else { continue };
        let (main, other) = (asked(main.variants.held()), asked(makeup.variants.held()));
        assert!(main.items.is_disjoint(&other.items), "seed {seed}");
        assert!(main.facts.is_disjoint(&other.facts), "seed {seed}");
        each_is_right(&makeup, &job);
        made += 1;
    }
    assert!(made >= 30, "{made}");
}

/// Whoever was ill is examined as well, with another exam from the same bank.
#[test]
fn the_presets_leave_enough_for_a_makeup() {
    for name in names(Kind::Preset) {
        let mut job = preset_named(name, Language::Id);
        job.blueprint.makeup = true;
        let own = job.blueprint.seed;
        let seeds = (0..20).chain([own]).filter(|&seed| {
            job.blueprint.seed = seed;
            exam::make(&job.bank, &job.blueprint).is_err()
        });
        let failed: Vec<u64> = seeds.collect();
        assert!(failed.len() <= 1 && !failed.contains(&own), "{name}: {failed:?}");
    }
}

#[test]
fn what_is_to_be_avoided_is_not_asked() {
    let mut job = preset(Language::Id);
    for seed in 0..40 {
        job.blueprint.seed = seed;
        job.blueprint.also_avoided = Asked::default();
        let avoided = asked(make(&job).variants.held());
        job.blueprint.also_avoided = avoided.clone();
        let Ok(exam) = exam::make(&job.bank, &job.blueprint) else { continue };
        let other = asked(exam.variants.held());
        assert!(avoided.items.is_disjoint(&other.items), "seed {seed}");
        assert!(avoided.facts.is_disjoint(&other.facts), "seed {seed}");
    }
}

/// Where a bank has enough that nobody has used, nothing is used again; and rather what
/// another class has used than what the same one has.
#[test]
fn what_has_been_used_least_comes_first() {
    let mut job = preset(Language::Id);
    job.blueprint.sections.truncate(2);
    for seed in 0..40 {
        job.blueprint.seed = seed;
        job.blueprint.usage.clear();
        let used = asked(make(&job).variants.held()).items;
        job.blueprint.usage = used.iter().map(|item| (item.clone(), (1, 1))).collect();
        let again = asked(make(&job).variants.held()).items;
        assert!(again.is_disjoint(&used), "seed {seed}");
    }
}
