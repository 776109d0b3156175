//! Variants are as far apart as can be, and the exam says how far.

use std::collections::BTreeMap;
use std::sync::Arc;

use lembar::exam::blueprint::labels;
use lembar::exam::{Exam, Solution, Spread, Variant};
use lembar::item_type::ItemType;
use lembar::language::Language;

use crate::exams::{json, make, preset};

/// The key letters of the multiple-choice questions of a variant, by question.
fn keys(variant: &Variant) -> Vec<Option<char>> {
    let answers = variant.key.answers.iter();
    let key = |solution: &Solution| match solution {
        Solution::Option { letter, .. } => Some(*letter),
        _ => None,
    };
    answers.map(|answer| key(&answer.solution)).collect()
}

/// The figures of an exam, counted pair by pair. The bound is left as it is.
fn counted(exam: &Exam) -> Spread {
    let (mut coincidences, mut equal_next, mut equal_any) = (0, 0, 0);
    for (index, one) in exam.variants.held().iter().enumerate() {
        for (other_index, other) in exam.variants.held()[..index].iter().enumerate() {
            let pairs = one.key.answers.iter().zip(&other.key.answers);
            coincidences +=
                pairs.filter(|(a, b)| a.about.item == b.about.item).count() as u64;
            let (one, other) = (keys(one), keys(other));
            let equal = one.iter().zip(&other).filter(|(a, b)| a.is_some() && a == b);
            let equal = equal.count();
            equal_any = equal_any.max(equal);
            if other_index + 1 == index {
                equal_next = equal_next.max(equal);
            }
        }
    }
    let mut longest_run = 0;
    let letters = exam.variants.held().iter().map(|variant| {
        let (mut counts, mut run, mut last) = (BTreeMap::new(), 0, None);
        for key in keys(variant) {
            run = if key == last { run + 1 } else { 1 };
            last = key;
            if let Some(letter) = key {
                longest_run = longest_run.max(run);
                *counts.entry(letter).or_insert(0) += 1;
            }
        }
        counts
    });
    Spread {
        letters: letters.map(Arc::new).collect(),
        coincidences,
        least_coincidences: exam.spread.least_coincidences,
        longest_run,
        equal_next,
        equal_any: Some(equal_any),
    }
}

/// Pairs inside the parts, if things are divided as evenly as can be.
fn pairs(things: usize, parts: usize) -> u64 {
    let inside = |size: usize| (size * size.saturating_sub(1) / 2) as u64;
    (0..parts).map(|part| inside((things + part) / parts)).sum()
}

#[test]
fn variants_are_as_far_apart_as_can_be() {
    for (seed, variants) in (0..).zip([1, 2, 3, 4, 5, 6, 8, 12, 20, 21, 40]) {
        let mut job = preset(Language::Id);
        job.blueprint.seed = seed;
        job.blueprint.variants = labels(variants);
        let exam = make(&job);
        assert_eq!(exam.spread, counted(&exam), "{variants} variants");
        assert_eq!(json(&exam)["spread"]["coincidences"], exam.spread.coincidences);
        let grouped = exam.variants.held()[0].paper.stimuli.len();
        let sections = exam.sections.iter().map(|section| section.count);
        let least: u64 =
            sections.map(|items| items as u64 * pairs(variants, items)).sum();
        if grouped == 0 {
            assert_eq!(exam.spread.coincidences, least, "{variants} variants");
            assert_eq!(exam.spread.least_coincidences, least);
        }
        assert!(exam.spread.longest_run <= 3);
        for counts in &exam.spread.letters {
            let (most, fewest) = (counts.values().max(), counts.values().min());
            assert!(most.unwrap() - fewest.unwrap() <= 1, "{counts:?}");
        }
    }
}

/// Twelve variants or five: the first five are the same, with any kind of key.
#[test]
fn the_first_variants_are_the_same_however_many_there_are() {
    for uniform in [false, true] {
        let mut job = preset(Language::Id);
        job.blueprint.uniform_key = uniform;
        job.blueprint.sections[0].stimuli = 2;
        let of = |variants: usize| {
            let mut job = job.clone();
            job.blueprint.variants = labels(variants);
            make(&job).variants
        };
        assert_eq!(of(5).held(), &of(12).held()[..5]);
        assert_eq!(of(1).held(), &of(5).held()[..1]);
    }
}

/// One sheet marks all variants: each number has one letter, and one truth.
#[test]
fn a_uniform_key_is_the_same_in_every_variant() {
    for seed in 0..30 {
        let mut job = preset(Language::Id);
        job.blueprint.seed = seed;
        job.blueprint.uniform_key = true;
        job.blueprint.sections[0].stimuli = (seed % 3) as usize;
        job.blueprint.variants = labels(6);
        let exam = make(&job);
        let marks = |variant: &Variant| -> Vec<(u32, String)> {
            let answers = variant.key.answers.iter();
            let marked = answers.filter_map(|answer| match answer.solution {
                Solution::Option { letter, .. } => {
                    Some((answer.number, letter.to_string()))
                }
                Solution::Judgement { truth, .. } => {
                    Some((answer.number, truth.to_string()))
                }
                _ => None,
            });
            marked.collect()
        };
        let first = marks(&exam.variants.held()[0]);
        let count = |item_type| {
            let sections = exam.sections.iter().filter(|s| s.item_type == item_type);
            sections.map(|section| section.count).sum::<usize>()
        };
        let all = count(ItemType::MultipleChoice) + count(ItemType::TrueFalse);
        assert_eq!(first.len(), all);
        for variant in exam.variants.held() {
            assert_eq!(marks(variant), first, "seed {seed}");
        }
        assert!(exam.spread.coincidences >= exam.spread.least_coincidences);
        assert!(exam.spread.longest_run <= 3);
        assert_eq!(exam.spread, counted(&exam));
        // Orders differ all the same.
        let items = |variant: &Variant| -> Vec<String> {
            variant.key.answers.iter().map(|answer| answer.about.item.clone()).collect()
        };
        assert_ne!(items(&exam.variants.held()[0]), items(&exam.variants.held()[1]));
    }
}
