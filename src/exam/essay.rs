//! Building items that were written by hand, and essays that list statements.

use std::collections::BTreeSet;

use crate::bank::{Ask, AuthoredItem, Claim, Id, Verdict, judge};
use crate::exam::build::{Builder, Site};
use crate::exam::candidates::{Candidate, is_current};
use crate::exam::item::{Choice, Item, Scoring, Task};
use crate::exam::seed::Stream;
use crate::item_type::ItemType;

/// How many lines an essay's answer is given when nobody says.
const DEFAULT_LINES: u32 = 6;

/// Builds an item that was written by hand; `None` if it does not fit the section.
pub fn authored(site: &Site, candidate: &Candidate, stream: &mut Stream) -> Option<Item> {
    let item = site.bank.items.get(&candidate.id)?;
    let task = match item.item_type {
        ItemType::MultipleChoice => authored_choice(item, site.plan.options, stream)?,
        ItemType::TrueFalse => {
            let truth = item.truth.filter(|&truth| truth == site.truth)?;
            Task::Judgement { truth, reason: item.rationale.clone() }
        }
        ItemType::ShortAnswer => {
            Task::Blank { accepted: item.answers.clone(), reason: item.rationale.clone() }
        }
        // Every criterion is to earn at least one point.
        ItemType::Essay if site.plan.points < item.guide.len() as u32 => return None,
        ItemType::Essay => {
            let guide = item.guide.iter();
            let criteria = guide.map(|line| (line.text.clone(), line.points)).collect();
            let lines = site.plan.lines.or(item.lines).unwrap_or(DEFAULT_LINES);
            Task::Essay { scoring: Scoring::Criteria(criteria), lines }
        }
        ItemType::Matching => return None,
    };
    let mut facts = item.facts.clone();
    facts.insert(candidate.id.clone());
    Some(Item {
        id: candidate.id.clone(),
        item_type: item.item_type,
        topic: item.topic.clone(),
        level: (item.level.clone(), item.cognitive.clone()),
        stem: item.stem.clone(),
        task,
        sources: item.sources.clone(),
        facts,
        shown: BTreeSet::new(),
        enemies: BTreeSet::new(),
    })
}

/// The key and as many of the written distractors as are wanted.
fn authored_choice(
    item: &AuthoredItem,
    options: usize,
    stream: &mut Stream,
) -> Option<Task> {
    let mut wrong: Vec<usize> =
        (0..item.options.len()).filter(|&index| !item.options[index].correct).collect();
    stream.shuffle(&mut wrong);
    wrong.truncate(options - 1);
    if wrong.len() + 1 < options {
        return None;
    }
    let key = item.options.iter().position(|option| option.correct)?;
    let mut chosen: Vec<usize> = [key].into_iter().chain(wrong).collect();
    if item.ordered {
        chosen.sort();
    }
    let choice = |index: usize| {
        let option = &item.options[index];
        Choice {
            text: option.text.clone(),
            correct: option.correct,
            reason: option.rationale.clone(),
        }
    };
    let options = chosen.into_iter().map(choice).collect();
    Some(Task::Choice { options, ordered: item.ordered })
}

/// Builds an essay that asks for some of the statements that carry a label.
///
/// Every other item that asks or shows such a statement would give it away.
pub fn listing(builder: &Builder, stream: &mut Stream) -> Option<Item> {
    let Ask::Label { label, phrasing, count, .. } = &builder.pattern.ask else {
        return None;
    };
    let mut answers = Vec::new();
    let mut clusters = BTreeSet::new();
    let mut enemies: BTreeSet<Id> = BTreeSet::new();
    let mut sources = BTreeSet::new();
    for (id, statement) in &builder.bank.statements {
        let claim = Claim::Label { statement: id.clone(), label: label.clone() };
        if !matches!(judge(builder.bank, &claim), Verdict::True(_)) {
            continue;
        }
        enemies.insert(id.clone());
        let fresh =
            statement.cluster.as_ref().is_none_or(|name| clusters.insert(name.clone()));
        if let Some(text) = statement.phrasings.get(phrasing)
            && fresh
            && is_current(&statement.standing)
        {
            answers.push(text.clone());
            sources.extend(statement.sources.iter().cloned());
        }
    }
    if answers.len() < *count || builder.site.plan.points < *count as u32 {
        return None;
    }
    let number = crate::bank::Phrase { base: count.to_string(), ..Default::default() };
    let name = builder.bank.labels.get(label)?.name.clone();
    let scoring = Scoring::AnyOf { count: *count as u32, answers };
    let lines =
        builder.site.plan.lines.or(builder.pattern.lines).unwrap_or(DEFAULT_LINES);
    let fills = vec![("label", name), ("count", number)];
    let facts = [format!("{label}…")].into();
    let sources = sources.into_iter().collect();
    let task = Task::Essay { scoring, lines };
    let mut item = builder.item(fills, task, facts, BTreeSet::new(), sources, stream);
    item.enemies = enemies;
    Some(item)
}
