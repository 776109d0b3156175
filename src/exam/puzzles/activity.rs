//! The activity sheet (LKPD): a table to be filled in, and cases to be judged.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::bank::{Ask, Bank, Claim, Id, Rule, Verdict, holders, judge};
use crate::exam::blueprint::practice::ActivityPlan;
use crate::exam::candidates::{Target, candidates, values};
use crate::exam::seed::Stream;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::text::capitalised;

/// How many attributes a table asks when nobody says which.
const COLUMNS: usize = 3;

/// An activity sheet and its key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Activity {
    /// What students get.
    pub sheet: ActivitySheet,
    /// What the teacher gets.
    pub key: ActivityKey,
}

/// An activity sheet as students get it. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivitySheet {
    /// What students are to learn, as the teacher says.
    pub objectives: Vec<String>,
    /// The names of the topics that it is about.
    pub topics: Vec<String>,
    /// The heads of the table.
    pub heads: Vec<String>,
    /// The rows of the table; `None` for a cell that is to be filled in.
    pub rows: Vec<Vec<Option<String>>>,
    /// The cases.
    pub cases: Vec<CaseTask>,
}

/// A case to be judged. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseTask {
    /// The case.
    pub text: String,
    /// What it shows an example of ("faktor pendorong kerja sama internasional").
    pub label: String,
}

/// The key of an activity sheet. Texts may carry markup.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivityKey {
    /// All cells of the table.
    pub rows: Vec<Vec<String>>,
    /// Whether other answers than those of a column may be right too.
    pub open: Vec<bool>,
    /// What each case shows, and why.
    pub cases: Vec<(String, Option<String>)>,
}

/// What is wrong with what an activity sheet asks for.
pub enum Shortage {
    /// There are only so many rows.
    Rows(usize),
    /// There are only so many cases.
    Cases(usize),
}

/// Makes an activity sheet.
pub fn activity(
    bank: &Bank,
    language: Language,
    plan: &ActivityPlan,
    objectives: Vec<String>,
    stream: &mut Stream,
) -> Result<Activity, Shortage> {
    let of = |topic: &Id| plan.topics.is_empty() || plan.topics.contains(topic);
    let (kind, columns) = asked(bank, plan, &of);
    let (mut sheet_rows, mut rows) = (Vec::new(), Vec::new());
    for entity in complete(bank, &kind, &columns, stream).into_iter().take(plan.count) {
        let row = row(bank, language, &entity, &columns);
        // The first one shows how it is done.
        let given = match rows.is_empty() {
            true => (0..row.len()).collect(),
            false => BTreeSet::from([given(bank, &entity, &columns, stream)]),
        };
        let shown = |(index, cell): (usize, &String)| {
            given.contains(&index).then(|| cell.clone())
        };
        sheet_rows.push(row.iter().enumerate().map(shown).collect());
        rows.push(row);
    }
    if rows.len() < plan.count {
        return Err(Shortage::Rows(rows.len()));
    }
    let cases = cases(bank, language, &of, plan.cases, stream);
    if cases.len() < plan.cases {
        return Err(Shortage::Cases(cases.len()));
    }
    let (cases, solved) = cases.into_iter().unzip();
    let name = |attribute: &Id| bank.attributes[attribute].name.in_language(language);
    let kind_name = bank.kinds.get(&kind).map(|kind| kind.name.in_language(language));
    let heads = kind_name.into_iter().chain(columns.iter().map(name));
    let topics = bank.topics.iter().filter(|(id, _)| plan.topics.contains(*id));
    let open = columns.iter().map(|id| bank.attributes[id].rule == Rule::Open);
    Ok(Activity {
        sheet: ActivitySheet {
            objectives,
            topics: topics
                .map(|(_, t)| t.name.in_language(language).to_string())
                .collect(),
            heads: heads.map(capitalised).collect(),
            rows: sheet_rows,
            cases,
        },
        key: ActivityKey { rows, open: open.collect(), cases: solved },
    })
}

/// The kind of entities that the table is about, and the attributes that it asks: those
/// that the teacher names, or those of which most is known.
fn asked(bank: &Bank, plan: &ActivityPlan, of: &dyn Fn(&Id) -> bool) -> (Id, Vec<Id>) {
    let mut known: BTreeMap<&Id, BTreeMap<&Id, usize>> = BTreeMap::new();
    for pattern in bank.patterns.values().filter(|pattern| of(&pattern.topic)) {
        if let Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds } =
            &pattern.ask
        {
            for kind in kinds {
                let one = BTreeSet::from([kind.clone()]);
                let count = values(bank, attribute, &one, None).len();
                known.entry(kind).or_default().insert(attribute, count);
            }
        }
    }
    let total = |kind: &&Id| known.get(*kind).map_or(0, |k| k.values().sum::<usize>());
    let kind = plan.kind.clone().or_else(|| {
        let kinds = known.keys().copied().rev();
        kinds.max_by_key(total).cloned()
    });
    let kind = kind.unwrap_or_default();
    if !plan.columns.is_empty() {
        return (kind, plan.columns.clone());
    }
    let mut columns: Vec<(&Id, usize)> =
        known.get(&kind).into_iter().flatten().map(|(&id, &count)| (id, count)).collect();
    columns.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let columns = columns.into_iter().take(COLUMNS).map(|(id, _)| id.clone());
    (kind, columns.collect())
}

/// The entities of a kind that surely have a value for each of the attributes, in random
/// order.
fn complete(bank: &Bank, kind: &Id, columns: &[Id], stream: &mut Stream) -> Vec<Id> {
    let kinds = BTreeSet::from([kind.clone()]);
    let has = |attribute: &Id| -> BTreeSet<&Id> {
        values(bank, attribute, &kinds, None).iter().map(|held| &held.entity).collect()
    };
    let having: Vec<BTreeSet<&Id>> = columns.iter().map(has).collect();
    let Some((first, others)) = having.split_first() else { return Vec::new() };
    let in_all = |id: &&&Id| others.iter().all(|ids| ids.contains(**id));
    let mut entities: Vec<Id> =
        first.iter().filter(in_all).map(|id| id.to_string()).collect();
    stream.shuffle(&mut entities);
    entities
}

/// The cells of an entity: its name, and its values for each attribute.
fn row(bank: &Bank, language: Language, entity: &Id, columns: &[Id]) -> Vec<String> {
    let kinds = BTreeSet::from([bank.entities[entity].kind.clone()]);
    let cell = |attribute: &Id| {
        let held = values(bank, attribute, &kinds, None).into_iter();
        let own = held.filter(|held| held.entity == *entity);
        let value = |index: usize| {
            let value = &bank.entities[entity].attributes[attribute][index];
            value.text.in_language(language).to_string()
        };
        own.map(|held| value(held.index)).collect::<Vec<String>>().join(", ")
    };
    let name = bank.entities[entity].name.in_language(language).to_string();
    [name].into_iter().chain(columns.iter().map(cell)).collect()
}

/// The index of the only cell of a row that is given: the name, or a value that nothing
/// else has.
fn given(bank: &Bank, entity: &Id, columns: &[Id], stream: &mut Stream) -> usize {
    let telling = |attribute: &&Id| {
        let values = &bank.entities[entity].attributes[*attribute];
        let only = |base: &str| holders(bank, attribute, base).len() == 1;
        bank.attributes[*attribute].rule == Rule::Distinctive
            && matches!(&values[..], [value] if only(&value.text.base))
    };
    let named = columns.iter().enumerate().filter(|(_, column)| telling(column));
    let cells: Vec<usize> = [0].into_iter().chain(named.map(|(at, _)| at + 1)).collect();
    cells[stream.below(cells.len())]
}

/// Cases, at most so many, each of another pattern as long as there are some, with what
/// they show and why.
fn cases(
    bank: &Bank,
    language: Language,
    of: &dyn Fn(&Id) -> bool,
    most: usize,
    stream: &mut Stream,
) -> Vec<(CaseTask, (String, Option<String>))> {
    let mut by_origin: BTreeMap<Id, Vec<(Id, Id)>> = BTreeMap::new();
    for candidate in candidates(bank, ItemType::MultipleChoice, false) {
        let (Target::Case(case), true) = (&candidate.target, of(candidate.topic)) else {
            continue;
        };
        let pattern = bank.patterns.get(candidate.origin);
        if let Some(Ask::Case { label, .. }) = pattern.map(|pattern| &pattern.ask) {
            let origin = by_origin.entry(candidate.origin.to_string()).or_default();
            origin.push((case.to_string(), label.clone()));
        }
    }
    let mut lists: Vec<Vec<(Id, Id)>> = by_origin.into_values().collect();
    stream.shuffle(&mut lists);
    lists.iter_mut().for_each(|list| stream.shuffle(list));
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| {
        lists.iter().filter_map(move |list| list.get(turn)).collect::<Vec<_>>()
    });
    let mut seen = BTreeSet::new();
    let fresh = turns.filter(|(case, _)| seen.insert(case.clone()));
    fresh
        .filter_map(|(case, label)| judged(bank, language, case, label))
        .take(most)
        .collect()
}

/// A case with what it shows and why, if it surely shows it.
fn judged(
    bank: &Bank,
    language: Language,
    id: &Id,
    label: &Id,
) -> Option<(CaseTask, (String, Option<String>))> {
    let case = bank.cases.get(id)?;
    let claim = Claim::Case { case: id.clone(), statement: case.shows.clone() };
    let Verdict::True(_) = judge(bank, &claim) else { return None };
    let shown = bank.statements.get(&case.shows)?;
    let phrase = shown.phrasings.get("noun").or(shown.phrasings.values().next())?;
    let label = bank.labels.get(label)?.name.in_language(language).to_string();
    let text = case.text.in_language(language).to_string();
    let why = case.why.as_ref().map(|why| why.in_language(language).to_string());
    Some((CaseTask { text, label }, (phrase.in_language(language).to_string(), why)))
}
