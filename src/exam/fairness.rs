//! Fairness: how much alike parallel papers are.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::exam::{Body, Paper, Question, Stimulus, Variant, Variants};
use crate::text::{Markup, plain};

/// By how much the mean difficulty may differ, on a scale from 1 (easy) to 3 (hard).
const MOST_DIFFICULTY: f64 = 0.05;

/// By how many percent of the shortest paper the longest may be longer.
const MOST_WORDS: f64 = 15.0;

/// How much alike parallel papers are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fairness {
    /// The variants, in the order of their labels.
    pub variants: Vec<VariantFairness>,
    /// The largest difference in mean difficulty.
    pub difficulty: f64,
    /// The largest difference in the number of items of a level.
    pub levels: usize,
    /// How much longer the longest paper is than the shortest, in percent.
    pub words: f64,
    /// The largest difference in the mean place of a topic, in percent of the paper.
    pub positions: f64,
}

/// What is compared of a parallel paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantFairness {
    /// The variant's label ("A").
    pub label: String,
    /// The mean difficulty, from 1 (easy) to 3 (hard).
    pub difficulty: f64,
    /// How many items each level has.
    pub levels: BTreeMap<String, usize>,
    /// How many words there are to read.
    pub words: usize,
    /// Where each topic stands in the mean, in percent of the paper.
    pub positions: BTreeMap<String, f64>,
    /// How many of its items ask a fact that an earlier variant asks.
    pub shared: usize,
}

impl Fairness {
    /// Compares variants.
    pub fn of(variants: &Variants) -> Fairness {
        let mut earlier = BTreeSet::new();
        let each = variants.iter().map(|variant| compared(&variant, &mut earlier));
        let variants: Vec<VariantFairness> = each.collect();
        let range = |values: Vec<f64>| {
            let most = values.iter().copied().fold(f64::MIN, f64::max);
            let least = values.iter().copied().fold(f64::MAX, f64::min);
            if values.is_empty() { 0.0 } else { rounded(most - least) }
        };
        let of_all = |value: &dyn Fn(&VariantFairness) -> f64| {
            range(variants.iter().map(value).collect())
        };
        let names: BTreeSet<&String> =
            variants.iter().flat_map(|v| v.levels.keys()).collect();
        let levels = names.into_iter().map(|level| {
            of_all(&|v| v.levels.get(level).copied().unwrap_or(0) as f64) as usize
        });
        let topics: BTreeSet<&String> =
            variants.iter().flat_map(|v| v.positions.keys()).collect();
        let positions = topics.into_iter().map(|topic| {
            range(
                variants.iter().filter_map(|v| v.positions.get(topic).copied()).collect(),
            )
        });
        let shortest = variants.iter().map(|v| v.words).min().unwrap_or(0).max(1);
        Fairness {
            difficulty: of_all(&|v| v.difficulty),
            levels: levels.max().unwrap_or(0),
            words: rounded(of_all(&|v| v.words as f64) * 100.0 / shortest as f64),
            positions: positions.fold(0.0, f64::max),
            variants,
        }
    }

    /// How many items ask a fact that an earlier variant asks.
    pub fn shared(&self) -> usize {
        self.variants.iter().map(|variant| variant.shared).sum()
    }

    /// What makes papers unfair, if anything does.
    pub fn complaints(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.difficulty > MOST_DIFFICULTY {
            found.push(format!("their mean difficulty differs by {}", self.difficulty));
        }
        if self.levels > 0 {
            found.push(format!("their levels differ by {} items", self.levels));
        }
        if self.words > MOST_WORDS {
            found.push(format!("one is {}% longer to read than another", self.words));
        }
        let shared = self.shared();
        if shared > 0 {
            let ask = if shared == 1 { "item asks" } else { "items ask" };
            found.push(format!("{shared} {ask} what an earlier variant asks"));
        }
        found
    }
}

/// What is compared of a variant, and which facts it asks that none before does.
fn compared(variant: &Variant, earlier: &mut BTreeSet<String>) -> VariantFairness {
    let answers = &variant.key.answers;
    let count = answers.len().max(1) as f64;
    let mut levels = BTreeMap::new();
    let mut places: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (place, answer) in answers.iter().enumerate() {
        *levels.entry(answer.about.level.0.clone()).or_default() += 1;
        let place = (place as f64 + 0.5) * 100.0 / count;
        places.entry(answer.about.topic.clone()).or_default().push(place);
    }
    let mean = |values: &[f64]| rounded(values.iter().sum::<f64>() / values.len() as f64);
    let steps =
        answers.iter().map(|answer| answer.about.difficulty as usize as f64 + 1.0);
    let known = |facts: &BTreeSet<String>| !facts.is_disjoint(earlier);
    let shared = answers.iter().filter(|answer| known(&answer.about.facts)).count();
    earlier.extend(answers.iter().flat_map(|answer| answer.about.facts.iter().cloned()));
    VariantFairness {
        label: variant.paper.label.clone(),
        difficulty: rounded(steps.sum::<f64>() / count),
        levels,
        words: words(&variant.paper),
        positions: places.into_iter().map(|(t, places)| (t, mean(&places))).collect(),
        shared,
    }
}

/// With two decimals.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// How many words a paper gives to read.
fn words(paper: &Paper) -> usize {
    let stimuli = paper.stimuli.iter().map(of_stimulus);
    stimuli.chain(paper.questions.iter().map(of_question)).sum()
}

fn of_stimulus(stimulus: &Stimulus) -> usize {
    let table =
        stimulus.table.iter().flat_map(|t| t.head.iter().chain(t.rows.iter().flatten()));
    let texts = stimulus.title.iter().chain(&stimulus.paragraphs).chain(table);
    count(texts.map(String::as_str))
}

fn of_question(question: &Question) -> usize {
    let table =
        question.table.iter().flat_map(|t| t.head.iter().chain(t.rows.iter().flatten()));
    let table = table.map(String::as_str);
    let body: Vec<&Markup> = match &question.body {
        Body::Options(texts) | Body::Boxes(texts) | Body::Steps(texts) => {
            texts.iter().collect()
        }
        Body::Categories { rows, categories } => rows.iter().chain(categories).collect(),
        Body::Matching { premises, options } => premises.iter().chain(options).collect(),
        Body::Cloze { text, words } => words.iter().chain([text]).collect(),
        Body::Judgement | Body::Blank | Body::Space(_) => Vec::new(),
    };
    let body = body.into_iter().chain([&question.stem]);
    count(body.map(|text| &**text).chain(table))
}

fn count<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| plain(text).split_whitespace().count()).sum()
}
