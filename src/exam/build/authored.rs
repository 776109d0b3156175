//! Items that were written by hand.

use std::collections::BTreeSet;

use crate::bank::{AuthoredItem, AuthoredRow, Id, Phrase};
use crate::exam::blueprint::SectionPlan;
use crate::exam::build::Site;
use crate::exam::item::{Choice, Item, Scoring, Sorted, Step, Task};
use crate::exam::seed::Stream;
use crate::item_type::ItemType;

/// Builds an item that was written by hand; `None` if it does not fit the section.
pub fn authored(site: &Site, id: &str, stream: &mut Stream) -> Option<Item> {
    let item = site.bank.items.get(id)?;
    let task = task(site, item, stream)?;
    let mut facts = item.facts.clone();
    facts.insert(id.to_string());
    Some(Item {
        id: id.to_string(),
        item_type: item.item_type,
        topic: item.topic.clone(),
        level: (item.level.clone(), item.cognitive.clone()),
        difficulty: item.difficulty,
        row: None,
        stimulus: item.stimulus.clone(),
        stem: item.stem.clone(),
        picture: item.picture.clone(),
        table: item.table.clone(),
        task,
        sources: item.sources.clone(),
        facts,
        shown: BTreeSet::new(),
        enemies: BTreeSet::new(),
        negative: false,
    })
}

/// Builds all items of a group; `None` if one of them does not fit the section.
///
/// What the stimulus shows counts as asked by each of them, and so does the stimulus
/// itself: no paper prints it twice.
pub fn group(site: &Site, ids: &[&Id], stream: &mut Stream) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for id in ids {
        let own = site.bank.items.get(*id)?;
        let truth = own.truth.unwrap_or(site.truth);
        let mut item = authored(&Site { truth, ..*site }, id, stream)?;
        let stimulus = own.stimulus.as_ref()?;
        item.facts.extend(site.bank.stimuli.get(stimulus)?.facts.iter().cloned());
        item.facts.insert(stimulus_fact(stimulus));
        items.push(item);
    }
    Some(items)
}

/// The fact that a paper prints a stimulus.
fn stimulus_fact(stimulus: &Id) -> Id {
    format!("stimulus/{stimulus}")
}

/// What an item sets, as the section wants it.
fn task(site: &Site, item: &AuthoredItem, stream: &mut Stream) -> Option<Task> {
    Some(match item.item_type {
        ItemType::MultipleChoice => authored_choice(item, site.plan.options, stream)?,
        ItemType::MultipleAnswer => authored_several(item, site.plan, stream)?,
        ItemType::Categorize => authored_rows(item, site.plan.rows, stream)?,
        ItemType::Ordering => {
            let step = |text: &Phrase| Step { text: text.clone(), reason: None };
            let steps = item.steps.iter().map(step).collect();
            Task::Ordering { steps, reason: item.rationale.clone() }
        }
        ItemType::Cloze => Task::Cloze {
            text: item.text.clone()?,
            blanks: item.blanks.clone(),
            words: item.words.clone(),
            reason: item.rationale.clone(),
        },
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
            let space = site.plan.space_for(item.lines);
            Task::Essay { scoring: Scoring::Criteria(criteria), space }
        }
        ItemType::Matching => return None,
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
    Some(Task::Choice { options: choices(item, &chosen), ordered: item.ordered })
}

/// As many of the written options as are wanted, with as many right ones among them.
fn authored_several(
    item: &AuthoredItem,
    plan: &SectionPlan,
    stream: &mut Stream,
) -> Option<Task> {
    let mut order = stream.order(item.options.len());
    let (mut right, mut wrong): (Vec<usize>, Vec<usize>) =
        order.drain(..).partition(|&index| item.options[index].correct);
    let mut counts: Vec<usize> = plan.right.clone().collect();
    stream.shuffle(&mut counts);
    let count = counts
        .into_iter()
        .find(|&count| count <= right.len() && plan.options <= count + wrong.len())?;
    right.truncate(count);
    wrong.truncate(plan.options - count);
    let mut chosen = [right, wrong].concat();
    if item.ordered {
        chosen.sort();
    }
    Some(Task::Several { options: choices(item, &chosen), ordered: item.ordered })
}

/// As many of the written rows as are wanted, at least one for each category.
fn authored_rows(item: &AuthoredItem, rows: usize, stream: &mut Stream) -> Option<Task> {
    let mut pool = stream.order(item.rows.len());
    let mut chosen = Vec::new();
    let wanted = (0..item.categories.len()).map(Some).chain(std::iter::repeat(None));
    for category in wanted.take(rows) {
        let fits = |&place: &usize| {
            category.is_none_or(|category| item.rows[place].category == category)
        };
        chosen.push(pool.swap_remove(pool.iter().position(fits)?));
    }
    if rows < item.categories.len() {
        return None;
    }
    let row = |place: usize| {
        let AuthoredRow { text, category, rationale } = item.rows[place].clone();
        Sorted { text, category, reason: rationale }
    };
    let rows = chosen.into_iter().map(row).collect();
    Some(Task::Categories { rows, categories: item.categories.clone() })
}

/// The options at these places.
fn choices(item: &AuthoredItem, places: &[usize]) -> Vec<Choice> {
    let options = places.iter().map(|&place| &item.options[place]);
    options
        .map(|option| Choice {
            text: option.text.clone(),
            correct: option.correct,
            reason: option.rationale.clone(),
        })
        .collect()
}
