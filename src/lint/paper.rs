//! Whole papers, and the variants of an exam beside each other.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use crate::bank::{Bank, Id};
use crate::diagnostic::{Diagnostic, Place};
use crate::exam::blueprint::SectionPlan;
use crate::exam::{Blueprint, Exam, Solution, Variant};
use crate::item_type::ItemType;
use crate::lint::rules::finding;
use crate::lint::stem::{exceptions, softened};
use crate::lint::tokens::{Texts, Tokens, holds};

/// The fewest answers from which anything can be said about how they are spread.
const FEWEST: usize = 8;

/// How many variants before it a variant is compared with.
const NEIGHBOURS: usize = 8;

/// Checks the spread of keys, points and numbers in a variant.
pub fn variant(
    exam: &Exam,
    variant: &Variant,
    blueprint: &Blueprint,
    found: &mut Vec<Diagnostic>,
) {
    let label = &variant.paper.label;
    for (index, plan) in blueprint.sections.iter().enumerate() {
        let name = format!("variant {label}, section {}", index + 1);
        let mut say = |code: &str, message: String| {
            let said = finding(code, format!("{name}: {message}"));
            found.push(said.at(plan.place.clone()));
        };
        let letters = letters(variant, index);
        if plan.item_type == ItemType::MultipleChoice {
            spread(&letters, plan.options, &mut say);
        }
        if plan.item_type != ItemType::Matching {
            pattern(&letters, &mut say);
        }
        let total = exam.sections.get(index).map_or(0, |section| section.total);
        coverage(variant, index, plan, total, &mut say);
    }
}

/// V08 and V12: the section has the items and the points that it should have.
fn coverage(
    variant: &Variant,
    index: usize,
    plan: &SectionPlan,
    total: u32,
    say: &mut dyn FnMut(&str, String),
) {
    let questions = variant.paper.questions.iter().filter(|q| q.section == index);
    let (count, points) =
        questions.fold((0, 0), |(n, points), q| (n + 1, points + q.points));
    if count != plan.count {
        say("V08", format!("{count} items, and the blueprint asks for {}", plan.count));
    }
    for (topic, quota) in &plan.topics {
        let of = variant.key.answers.iter();
        let of = of.filter(|a| a.section == index && a.about.topic == *topic).count();
        if of < quota.count {
            let wanted = quota.count;
            say("V08", format!("{of} items of topic `{topic}`, not {wanted}"));
        }
    }
    if points != total {
        say("V12", format!("the items are worth {points} points, not {total}"));
    }
}

/// The key letters of a section, in printed order; `T` and `F` for true and false.
fn letters(variant: &Variant, section: usize) -> Vec<char> {
    let answers = variant.key.answers.iter().filter(|answer| answer.section == section);
    let letter = |solution: &Solution| match solution {
        Solution::Option { letter, .. } => Some(*letter),
        Solution::Judgement { truth: true, .. } => Some('T'),
        Solution::Judgement { truth: false, .. } => Some('F'),
        _ => None,
    };
    answers.filter_map(|answer| letter(&answer.solution)).collect()
}

/// V01: each letter stands within 30 per cent of its share, and not more than one off.
fn spread(letters: &[char], options: usize, say: &mut dyn FnMut(&str, String)) {
    if letters.len() < FEWEST.max(options) {
        return;
    }
    for letter in ('A'..='Z').take(options) {
        let count = letters.iter().filter(|&&other| other == letter).count();
        let off = (count * options).abs_diff(letters.len());
        if off > options && off * 10 > letters.len() * 3 || count == 0 {
            let of = letters.len();
            say("V01", format!("{count} of {of} keys are {letter}"));
        }
    }
}

/// V02: a letter more than three times in a row, or a cycle.
fn pattern(letters: &[char], say: &mut dyn FnMut(&str, String)) {
    let runs = letters.chunk_by(|a, b| a == b);
    if let Some(run) = runs.max_by_key(|run| run.len()).filter(|run| run.len() > 3) {
        say("V02", format!("{} keys in a row are {}", run.len(), run[0]));
    }
    let repeats = |period: &usize| {
        letters.iter().zip(&letters[*period..]).all(|(letter, later)| letter == later)
    };
    if letters.len() >= FEWEST
        && let Some(period) = (2..=letters.len() / 3).find(repeats)
    {
        say("V02", format!("the keys repeat every {period} items"));
    }
}

/// Checks what a set of items is like, whatever their order.
pub fn items(
    variant: &Variant,
    blueprint: &Blueprint,
    bank: &Bank,
    texts: &mut Texts,
    topic: &BTreeSet<String>,
    found: &mut Vec<Diagnostic>,
) {
    for (index, plan) in blueprint.sections.iter().enumerate() {
        let name = format!("section {}", index + 1);
        let mut say = |code: &str, message: String| {
            let said = finding(code, format!("{name}: {message}"));
            found.push(said.at(plan.place.clone()));
        };
        match plan.item_type {
            ItemType::MultipleChoice => choices(variant, index, texts, &mut say),
            ItemType::TrueFalse => {
                balance(&letters(variant, index), &mut say);
                statement_lengths(variant, index, &mut say);
            }
            _ => {}
        }
    }
    twice(variant, bank, found);
    let betrayed = betrayed(variant, bank, texts, topic);
    found.extend(betrayed.into_iter().map(|(_, finding)| finding));
}

/// PG02, PG08 and PG12 over a section.
fn choices(
    variant: &Variant,
    section: usize,
    texts: &mut Texts,
    say: &mut dyn FnMut(&str, String),
) {
    let (mut sizes, mut all, mut longest, mut negative) = (BTreeSet::new(), 0, 0, 0);
    for answer in variant.key.answers.iter().filter(|answer| answer.section == section) {
        let Solution::Option { options, .. } = &answer.solution else { continue };
        let mut longest_of = |correct: bool| {
            let of = options.iter().filter(|option| option.correct == correct);
            of.map(|option| texts.read(&option.text).length()).max()
        };
        let (key, wrong) = (longest_of(true), longest_of(false));
        all += 1;
        longest += usize::from(key > wrong);
        let stem = texts.read(&answer.about.stem);
        negative += usize::from(!exceptions(&stem.words, texts.known).is_empty());
        sizes.insert(options.len());
    }
    if let [fewest, .., most] = sizes.iter().collect::<Vec<_>>()[..] {
        say("PG02", format!("some items have {fewest} options, others {most}"));
    }
    let options = sizes.first().copied().unwrap_or(1);
    // Above 1/n + 0.15 of the items.
    if all >= FEWEST && longest * 20 * options > all * (20 + 3 * options) {
        say("PG08", format!("in {longest} of {all} items the key is the longest option"));
    }
    if negative * 10 > all {
        say("PG12", format!("{negative} of {all} items are negative"));
    }
}

/// BS01: about half of the statements are true.
fn balance(letters: &[char], say: &mut dyn FnMut(&str, String)) {
    let right = letters.iter().filter(|&&letter| letter == 'T').count();
    let wrong = letters.len() - right;
    if right.abs_diff(wrong) > 1 && right.abs_diff(wrong) * 5 > letters.len() {
        say("BS01", format!("{right} of {} statements are true", letters.len()));
    }
}

/// BS05: true statements that are much longer than false ones on average, or shorter.
fn statement_lengths(
    variant: &Variant,
    section: usize,
    say: &mut dyn FnMut(&str, String),
) {
    let mean = |wanted: bool| {
        let of = variant.key.answers.iter().filter(|answer| {
            matches!(answer.solution, Solution::Judgement { truth, .. } if truth == wanted)
        });
        let of = of.filter(|answer| answer.section == section);
        let lengths: Vec<usize> =
            of.map(|answer| answer.about.stem.plain().chars().count()).collect();
        let enough = lengths.len() * 2 >= FEWEST;
        enough.then(|| lengths.iter().sum::<usize>() / lengths.len())
    };
    if let (Some(right), Some(wrong)) = (mean(true), mean(false))
        && right.max(wrong) * 2 > right.min(wrong) * 3
    {
        let message = format!(
            "true statements have {right} characters on average, false ones {wrong}"
        );
        say("BS05", message);
    }
}

/// V07: an item that stands twice on the paper.
fn twice(variant: &Variant, bank: &Bank, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for answer in &variant.key.answers {
        if !seen.insert(&answer.about.item) {
            let message = format!("item `{}` stands twice on a paper", answer.about.item);
            found.push(at(finding("V07", message), origin(bank, &answer.about.item)));
        }
    }
}

/// PG23: a key that another stem gives away: it holds the key and most of what is asked. Each
/// finding comes with the item whose key it is.
pub fn betrayed<'a>(
    variant: &'a Variant,
    bank: &Bank,
    texts: &mut Texts,
    topic: &BTreeSet<String>,
) -> Vec<(&'a Id, Diagnostic)> {
    let mut found = Vec::new();
    let stems = variant.paper.questions.iter().map(|question| texts.read(&question.stem));
    let stems: Vec<Rc<Tokens>> = stems.collect();
    for (at_key, answer) in variant.key.answers.iter().enumerate() {
        let key = match &answer.solution {
            Solution::Option { options, .. } => {
                options.iter().find(|option| option.correct).map(|option| &option.text)
            }
            Solution::Blank { accepted, .. } => accepted.first(),
            _ => None,
        };
        let Some(key) = key.map(|text| texts.read(text)) else { continue };
        let key = &key.content;
        let asked = stems[at_key].content.iter().filter(|word| !topic.contains(*word));
        let asked: BTreeSet<&String> = asked.collect();
        for (at_stem, stem) in stems.iter().enumerate() {
            let stem = &stem.content;
            let shared = asked.iter().filter(|word| stem.contains(word)).count();
            let told = asked.len() >= 2 && shared * 3 >= asked.len() * 2;
            if at_stem != at_key && told && holds(stem, key) {
                let other = &variant.key.answers[at_stem].about.item;
                let message = format!(
                    "`{other}` says in its stem what `{}` asks: `{}`",
                    answer.about.item,
                    key.join(" "),
                );
                let said = softened(finding("PG23", message));
                found.push((
                    &answer.about.item,
                    at(said, origin(bank, &answer.about.item)),
                ));
            }
        }
    }
    found
}

/// The items of the last variants, in printed order.
#[derive(Default)]
pub struct Neighbours {
    before: VecDeque<(String, Vec<usize>)>,
}

impl Neighbours {
    /// V05: a variant that keeps many items at their numbers.
    pub fn check(
        &mut self,
        variant: &Variant,
        items: &[usize],
        found: &mut Vec<Diagnostic>,
    ) {
        let answers = variant.key.answers.iter();
        let sections: Vec<usize> = answers.map(|answer| answer.section).collect();
        // An item that is alone in its section cannot move.
        let alone = |section| sections.iter().filter(|&&of| of == section).count() < 2;
        let movable: Vec<bool> =
            sections.iter().map(|&section| !alone(section)).collect();
        let one = &variant.key.label;
        for (other, theirs) in &self.before {
            let pairs = items.iter().zip(theirs).zip(&movable);
            let pairs = pairs.filter(|(_, movable)| **movable);
            let all = pairs.clone().count();
            let same = pairs.filter(|((own, their), _)| own == their).count();
            if same * 10 > all * 3 {
                let message = format!(
                    "variants {other} and {one} have {same} of {all} items at the same \
                     number"
                );
                found.push(finding("V05", message));
            }
        }
        self.before.push_back((one.clone(), items.to_vec()));
        self.before.drain(..self.before.len().saturating_sub(NEIGHBOURS));
    }
}

/// Where the pattern or the item written by hand stands that a drawn item comes from.
pub fn origin(bank: &Bank, item: &str) -> Option<Place> {
    let pattern = bank.pattern_of(item).map(|pattern| &pattern.place);
    bank.items.get(item).map(|item| &item.place).or(pattern).cloned()
}

fn at(finding: Diagnostic, place: Option<Place>) -> Diagnostic {
    match place {
        Some(place) => finding.at(place),
        None => finding,
    }
}
