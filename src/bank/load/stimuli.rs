//! What is wrong with stimuli and the groups of items that share them.

use crate::bank::load::check::Check;
use crate::bank::load::figures;
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
    if blank && entry.table.is_none() && entry.picture.is_none() {
        let message = format!("stimulus `{id}` has no text, picture or table");
        check.problem(entry.id.span(), message, "add `text`, `picture` or `table`");
    }
    let whose = format!("stimulus `{id}`");
    figures::figure(check, &whose, &entry.picture);
    figures::table(check, &whose, &entry.table, &entry.en.table);
    let mut items = check.bank.items.values();
    if !items.any(|item| item.stimulus.as_ref() == Some(id)) {
        let message = format!("no item has the stimulus `{id}`");
        let hint = format!("write `stimulus = \"{id}\"` into its items, or drop it");
        check.problem(entry.id.span(), message, hint);
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
