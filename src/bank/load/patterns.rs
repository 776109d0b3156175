//! What is wrong with patterns beyond their shape.

use toml::Spanned;

use crate::bank::load::check::Check;
use crate::bank::load::items::levels;
use crate::bank::load::raw::{Ask, Name, Pattern};
use crate::item_type::ItemType;

/// Checks all patterns of a file.
pub fn patterns(check: &mut Check) {
    check.each(&check.file.entries.pattern, pattern);
}

fn pattern(check: &mut Check, entry: &Pattern) {
    check.known("topic", [&entry.topic], &check.bank.topics);
    levels(check, &entry.level, &entry.cognitive);
    if let Some(asked) = asked(check, &entry.ask) {
        ask(check, asked, &entry.ask);
        fits(check, entry, asked);
        negative(check, entry, asked);
        stems(check, entry, asked);
        clue(check, entry, asked);
    }
}

/// What a pattern asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Value,
    Subject,
    Label,
    Case,
    Categories,
}

/// What a pattern asks, if it asks exactly one thing.
fn asked(check: &mut Check, entry: &Spanned<Ask>) -> Option<Asked> {
    let ask = entry.get_ref();
    let given = [
        (Asked::Value, ask.value.is_some()),
        (Asked::Subject, ask.subject.is_some()),
        (Asked::Label, ask.label.is_some()),
        (Asked::Case, ask.case.is_some()),
        (Asked::Categories, ask.categories.is_some()),
    ];
    let given: Vec<_> = given.into_iter().filter(|&(_, given)| given).collect();
    let [(asked, _)] = given[..] else {
        let message = "a pattern asks exactly one thing";
        let hint = "`ask` has either `value`, `subject`, `label`, `case` or `categories`";
        check.problem(entry.span(), message, hint);
        return None;
    };
    Some(asked)
}

fn ask(check: &mut Check, asked: Asked, entry: &Spanned<Ask>) {
    let ask = entry.get_ref();
    let bank = check.bank;
    check.known("attribute", ask.value.iter().chain(&ask.subject), &bank.attributes);
    check.known("label", ask.label.iter().chain(&ask.case), &bank.labels);
    check.known("kind", ask.kinds.iter().flat_map(Spanned::get_ref), &bank.kinds);
    check.known("label", ask.pool.iter().flat_map(Spanned::get_ref), &bank.labels);
    if let Some(phrasing) = &ask.phrasing {
        check.one_of("phrasing", phrasing, &["noun", "verb", "clause"]);
    }
    let of_entities = matches!(asked, Asked::Value | Asked::Subject);
    if of_entities && ask.kinds.as_ref().is_none_or(|kinds| kinds.get_ref().is_empty()) {
        let hint = "add `kinds = [\"…\"]`: what is asked about, and what is offered";
        check.problem(entry.span(), "`ask` names no kind of entity", hint);
    }
    let meaningless = [
        ("kinds", ask.kinds.as_ref().map(Spanned::span), of_entities),
        ("phrasing", ask.phrasing.as_ref().map(Spanned::span), !of_entities),
        ("pool", ask.pool.as_ref().map(Spanned::span), asked == Asked::Label),
        ("heads", ask.heads.as_ref().map(Spanned::span), asked == Asked::Categories),
        ("count", ask.count.as_ref().map(Spanned::span), asked == Asked::Label),
    ];
    for (key, span, meaningful) in meaningless {
        if let (Some(span), false) = (span, meaningful) {
            let message = format!("`{key}` means nothing for what this pattern asks");
            check.problem(span, message, "drop it");
        }
    }
    if let Some(count) = ask.count.as_ref().filter(|count| *count.get_ref() == 0)
        && asked == Asked::Label
    {
        check.problem(
            count.span(),
            "nothing is asked for",
            "give a `count` of 1 or more",
        );
    }
}

/// Checks that a type can be made from what is asked.
fn fits(check: &mut Check, entry: &Pattern, asked: Asked) {
    let hint = match (entry.item_type, asked) {
        (ItemType::MultipleAnswer, Asked::Case) => {
            "ask for a `label`, for the `subject`s that share a value, or for a `value`"
        }
        (ItemType::Cloze, _) => "write them by hand, as an `[[item]]`",
        (ItemType::Ordering, Asked::Value) => return ascending(check, entry),
        (ItemType::Ordering, _) => "ask for a `value` that is `ordered`",
        (ItemType::Categorize, Asked::Categories) => return categories(check, entry),
        (ItemType::Categorize, _) => {
            "ask for `categories`: labels that rule each other out"
        }
        (_, Asked::Categories) => "`categories` are asked by the type `categorize`",
        _ => return,
    };
    let message = format!("{} items cannot be made from this", entry.item_type.name());
    check.problem(entry.ask.span(), message, hint);
}

/// Checks that an exception can be asked for.
fn negative(check: &mut Check, entry: &Pattern, asked: Asked) {
    let Some(negative) = entry.negative.as_ref().filter(|n| *n.get_ref()) else { return };
    if entry.item_type != ItemType::MultipleChoice
        || !matches!(asked, Asked::Label | Asked::Subject)
    {
        let message = "this pattern cannot ask for an exception";
        let hint =
            "`negative` goes with `multiple-choice` items of a `label` or `subject`";
        check.problem(negative.span(), message, hint);
    }
}

/// Checks that values can be put in order.
fn ascending(check: &mut Check, entry: &Pattern) {
    let Some(name) = &entry.ask.get_ref().value else { return };
    let asked = check.bank.attributes.get(name.get_ref());
    if asked.is_some_and(|attribute| !attribute.ordered) {
        let message = format!("the values of `{}` have no order", name.get_ref());
        let hint = "ask for an attribute with `ordered = true`";
        check.problem(name.span(), message, hint);
    }
}

/// Checks that categories are two or three labels that rule each other out.
fn categories(check: &mut Check, entry: &Pattern) {
    let ask = entry.ask.get_ref();
    let Some(categories) = &ask.categories else { return };
    let labels = &check.bank.labels;
    check.known("label", categories.get_ref(), labels);
    if !(2..=3).contains(&categories.get_ref().len()) {
        let message = "a categorize pattern has 2 or 3 categories";
        check.problem(categories.span(), message, "name as many labels");
    }
    for (place, one) in categories.get_ref().iter().enumerate() {
        for other in &categories.get_ref()[..place] {
            let (a, b) = (one.get_ref(), other.get_ref());
            let (Some(first), Some(second)) = (labels.get(a), labels.get(b)) else {
                continue;
            };
            if !first.disjoint.contains(b) && !second.disjoint.contains(a) {
                let message = format!("the categories `{b}` and `{a}` overlap");
                let hint = format!("add `disjoint = [\"{a}\"]` to `{b}` if none is both");
                check.problem(one.span(), message, hint);
            }
        }
    }
    let Some(heads) = &ask.heads else { return };
    let translated = entry.en.as_ref().map_or(0, |en| en.heads.len());
    let count = categories.get_ref().len();
    if heads.get_ref().len() != count || (translated != 0 && translated != count) {
        let message = "not every category has one head";
        check.problem(heads.span(), message, format!("give {count}, in the same order"));
    }
}

fn stems(check: &mut Check, entry: &Pattern, asked: Asked) {
    let id = entry.id.get_ref();
    let written = entry.stems.get_ref().len();
    if written == 0 {
        let message = format!("pattern `{id}` has no stems");
        check.problem(entry.stems.span(), message, "write at least one question");
    }
    let translations = entry.en.as_ref().map(|en| &en.stems);
    if let Some(stems) = translations
        && stems.get_ref().len() != written
    {
        let message = format!("not every stem of pattern `{id}` has one translation");
        let hint = format!("give {written}, in the same order");
        check.problem(stems.span(), message, hint);
    }
    let (allowed, needed) = slots(entry.item_type, asked);
    let mut allowed = allowed.to_vec();
    if dateable(entry.item_type, asked) {
        allowed.push("as_of");
    }
    let translations = translations.map_or(&[][..], |stems| stems.get_ref().as_slice());
    for stem in entry.stems.get_ref().iter().chain(translations) {
        placeholders(check, stem, &allowed, needed);
    }
    let states = |stem: &Name| stem.get_ref().contains("{as_of}");
    for (stem, translation) in entry.stems.get_ref().iter().zip(translations) {
        if states(stem) != states(translation) {
            let message = "only one of a stem and its translation states the day";
            check.problem(translation.span(), message, "write `{as_of}` in both");
        }
    }
}

/// Checks how puzzles ask for the blank of a short-answer item.
fn clue(check: &mut Check, entry: &Pattern, asked: Asked) {
    let Some(clue) = &entry.clue else { return };
    if entry.item_type != ItemType::ShortAnswer {
        let message = "only short-answer patterns have a clue";
        check.problem(clue.span(), message, "drop it");
        return;
    }
    let (allowed, needed) = slots(entry.item_type, asked);
    let translation = entry.en.as_ref().and_then(|en| en.clue.as_ref());
    for clue in [clue].into_iter().chain(translation) {
        placeholders(check, clue, allowed, needed);
    }
}

/// Whether a stem may state the day up to which the value that is asked is known to hold.
fn dateable(item_type: ItemType, asked: Asked) -> bool {
    let types = [ItemType::MultipleChoice, ItemType::TrueFalse, ItemType::ShortAnswer];
    types.contains(&item_type) && matches!(asked, Asked::Value | Asked::Subject)
}

/// The placeholders that a stem may and must have.
fn slots(
    item_type: ItemType,
    asked: Asked,
) -> (&'static [&'static str], &'static [&'static str]) {
    match (item_type, asked) {
        (ItemType::Matching, Asked::Label) => (&["label"], &[]),
        (ItemType::Matching | ItemType::Ordering, _) => (&[], &[]),
        (ItemType::TrueFalse, Asked::Value | Asked::Subject) => {
            (&["subject", "value"], &["subject", "value"])
        }
        (ItemType::TrueFalse, Asked::Label) => {
            (&["statement", "label"], &["statement", "label"])
        }
        (ItemType::TrueFalse, Asked::Case) => {
            (&["case", "statement", "label"], &["case", "statement"])
        }
        (_, Asked::Value) => (&["subject"], &["subject"]),
        (_, Asked::Subject) => (&["value"], &["value"]),
        (ItemType::Essay, Asked::Label) => (&["label", "count"], &[]),
        (_, Asked::Label) => (&["label"], &[]),
        (_, Asked::Categories) => (&[], &[]),
        (_, Asked::Case) => (&["case", "label"], &["case"]),
    }
}

/// Checks the placeholders of a template.
pub fn placeholders(
    check: &mut Check,
    template: &Name,
    allowed: &[&str],
    needed: &[&str],
) {
    let text = template.get_ref();
    let found = found(text);
    for &placeholder in &found {
        if !allowed.contains(&placeholder) {
            let names: Vec<_> =
                allowed.iter().map(|name| format!("`{{{name}}}`")).collect();
            let message = format!("unknown placeholder `{{{placeholder}}}`");
            let hint = match &names[..] {
                [] => "nothing is filled in here".to_string(),
                _ => format!("what is filled in here is {}", names.join(", ")),
            };
            check.problem(template.span(), message, hint);
        }
    }
    if found.iter().any(|placeholder| !allowed.contains(placeholder)) {
        return;
    }
    for placeholder in needed.iter().filter(|placeholder| !found.contains(placeholder)) {
        let message = format!("the placeholder `{{{placeholder}}}` is missing");
        let hint = format!("write `{{{placeholder}}}` where it is to be filled in");
        check.problem(template.span(), message, hint);
    }
}

/// The names between braces.
pub fn found(template: &str) -> Vec<&str> {
    let starts = template.split('{').skip(1);
    starts.filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
