//! What is wrong with stimuli and the groups of items that share them.

use toml::Spanned;

use crate::bank::load::check::Check;
use crate::bank::load::items::known_fact;
use crate::bank::load::raw::{self, Name};

/// Checks all stimuli of a file, and the items of the file that share one.
pub fn stimuli(check: &mut Check) {
    check.each(&check.file.entries.stimulus, stimulus);
    check.each(&check.file.entries.item, member);
}

fn stimulus(check: &mut Check, entry: &raw::Stimulus) {
    let id = entry.id.get_ref();
    check.known("source", &entry.sources, &check.bank.sources);
    for fact in &entry.facts {
        known_fact(check, fact);
    }
    let blank = entry.text.as_ref().is_none_or(|text| text.trim().is_empty());
    if blank && entry.table.is_none() {
        let message = format!("stimulus `{id}` has neither a text nor a table");
        check.problem(entry.id.span(), message, "add `text` or `table`");
    }
    if let Some(own) = &entry.table {
        table(check, id, own);
        if let Some(translated) = &entry.en.table {
            same_shape(check, id, own.get_ref(), translated);
        }
    }
    let mut items = check.bank.items.values();
    if !items.any(|item| item.stimulus.as_ref() == Some(id)) {
        let message = format!("no item has the stimulus `{id}`");
        let hint = format!("write `stimulus = \"{id}\"` into its items, or drop it");
        check.problem(entry.id.span(), message, hint);
    }
}

/// Checks that there is something in a table, and that its rows are equally long.
fn table(check: &mut Check, id: &str, table: &Spanned<raw::Table>) {
    let (span, table) = (table.span(), table.get_ref());
    if table.head.is_empty() || table.rows.is_empty() {
        let message = format!("the table of stimulus `{id}` is empty");
        let hint = "give `head = [\"…\"]` and `rows = [[\"…\"]]`";
        return check.problem(span, message, hint);
    }
    let columns = table.head.len();
    for row in table.rows.iter().filter(|row| row.get_ref().len() != columns) {
        let cells = row.get_ref().len();
        let message =
            format!("a row of stimulus `{id}` has {cells} cells, not {columns}");
        check.problem(row.span(), message, "give every row a cell for each `head`");
    }
}

/// Checks that every cell has one translation.
fn same_shape(
    check: &mut Check,
    id: &str,
    own: &raw::Table,
    translated: &Spanned<raw::Table>,
) {
    let shape = |table: &raw::Table| {
        let rows = table.rows.iter().map(|row| row.get_ref().len());
        [table.head.len()].into_iter().chain(rows).collect::<Vec<usize>>()
    };
    if shape(own) != shape(translated.get_ref()) {
        let message = format!("not every cell of stimulus `{id}` has one translation");
        let hint = "give as many heads, rows and cells, in the same order";
        check.problem(translated.span(), message, hint);
    }
}

/// Checks an item against the others of its group, and once for each two of them: they
/// count for one topic, because they are drawn as one, and no two rest on the same fact.
fn member(check: &mut Check, entry: &raw::Item) {
    let id = entry.id.get_ref();
    let bank = check.bank;
    let Some(item) = bank.items.get(id).filter(|item| item.stimulus.is_some()) else {
        return;
    };
    for (other, mate) in bank.items.range(..id.clone()).filter(|(_, m)| m.shares(item)) {
        if mate.topic != item.topic {
            let message = format!(
                "items `{other}` and `{id}` are of one group, but not of one topic"
            );
            let hint = format!("a group is drawn as a whole; write `{}`", mate.topic);
            check.problem(entry.topic.span(), message, hint);
        }
        if let Some(fact) = item.facts.intersection(&mate.facts).next() {
            let at = entry.facts.iter().find(|name| name.get_ref() == fact);
            let span = at.map_or(entry.id.span(), Name::span);
            let message = format!("items `{other}` and `{id}` both rest on `{fact}`");
            let hint = "name what the stimulus shows in its own `facts`";
            check.problem(span, message, hint);
        }
    }
}
