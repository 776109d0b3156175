//! The items of a record: what is the same wherever an item is asked, said once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::difficulty::Difficulty;
use crate::exam::{About, Answer, Solution};
use crate::text::Markup;

/// The items that an exam asks, by their ids.
pub type ItemRecords = BTreeMap<String, Arc<ItemRecord>>;

/// What is the same of an item wherever it is asked. Texts have no markup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// The topic that it counts for.
    pub topic: String,
    /// The level ("L1").
    pub level: String,
    /// The cognitive level ("C2").
    pub cognitive: String,
    /// How difficult it is.
    pub difficulty: Option<Difficulty>,
    /// The facts that it asks.
    pub facts: BTreeSet<String>,
    /// Why options, premises, statements or steps are right or wrong, by their texts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rationales: Reasons,
    /// Why the whole is answered so.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub rationale: Arc<str>,
}

/// The items that are answered. Parallel variants may offer other options for one item, and
/// it knows the reasons of all.
pub fn items<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> ItemRecords {
    let mut items: BTreeMap<&str, ItemRecord> = BTreeMap::new();
    for answer in answers {
        let (rationales, rationale) = reasons(&answer.solution);
        let item = items.entry(&answer.about.item).or_insert_with(|| ItemRecord {
            rationale: rationale.map(Markup::plain).unwrap_or_default(),
            ..item(&answer.about)
        });
        item.rationales.extend(rationales);
    }
    let shared = |(id, item): (&str, ItemRecord)| (id.to_string(), Arc::new(item));
    items.into_iter().map(shared).collect()
}

/// An item without reasons.
fn item(about: &About) -> ItemRecord {
    let About { topic, level: (level, cognitive), difficulty, facts, .. } = about;
    ItemRecord {
        topic: topic.clone(),
        level: level.clone(),
        cognitive: cognitive.clone(),
        difficulty: Some(*difficulty),
        facts: facts.clone(),
        ..ItemRecord::default()
    }
}

/// Reasons by the texts that they are given for.
type Reasons = BTreeMap<Arc<str>, Arc<str>>;

/// The reasons for parts, and the one for the whole.
fn reasons(solution: &Solution) -> (Reasons, Option<&Markup>) {
    let because = |(text, reason): (&Markup, &Option<Markup>)| {
        reason.as_ref().map(|reason| (text.plain(), reason.plain()))
    };
    let (parts, whole): (Vec<(&Markup, &Option<Markup>)>, &Option<Markup>) =
        match solution {
            Solution::Option { options, .. } | Solution::Options { options, .. } => {
                (options.iter().map(|it| (&it.text, &it.reason)).collect(), &None)
            }
            Solution::Categories(rows) => {
                (rows.iter().map(|it| (&it.text, &it.reason)).collect(), &None)
            }
            Solution::Matching(pairs) => {
                (pairs.iter().map(|it| (&it.premise, &it.reason)).collect(), &None)
            }
            Solution::Order { steps, reason } => {
                (steps.iter().map(|it| (&it.text, &it.reason)).collect(), reason)
            }
            Solution::Judgement { reason, .. }
            | Solution::Blank { reason, .. }
            | Solution::Cloze { reason, .. } => (Vec::new(), reason),
            Solution::Guide(_) => (Vec::new(), &None),
        };
    (parts.into_iter().filter_map(because).collect(), whole.as_ref())
}
