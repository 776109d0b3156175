//! What is wrong with facts beyond their shape.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::bank::index::normal;
use crate::bank::load::check::Check;
use crate::bank::load::gather::phrasings;
use crate::bank::load::raw::{self, Name};
use crate::bank::load::values::Values;
use crate::bank::load::{BankText, patterns};
use crate::bank::{Bank, Rule};
use crate::diagnostic::Diagnostic;
use crate::input::is_one_off;

/// Checks vocabulary, statements, entities and cases.
pub fn facts(check: &mut Check) {
    let entries = &check.file.entries;
    for label in &entries.label {
        check.known("label", &label.disjoint, &check.bank.labels);
        let translated = label.en.as_ref().and_then(|en| en.reason.as_ref());
        for reason in [&label.reason].into_iter().chain(translated) {
            patterns::placeholders(check, reason, &["statement"], &[]);
        }
    }
    for attribute in &entries.attribute {
        if attribute.id.get_ref() == "name" {
            let hint = "an entity's translations keep its name there; choose another id";
            check.problem(attribute.id.span(), "no attribute can be called `name`", hint);
        }
        check.known("attribute", &attribute.reason_by, &check.bank.attributes);
        let translated = attribute.en.as_ref().and_then(|en| en.reason.as_ref());
        for reason in [&attribute.reason].into_iter().chain(translated) {
            patterns::placeholders(
                check,
                reason,
                &["subject", "value"],
                &["subject", "value"],
            );
        }
    }
    check.each(&entries.statement, statement);
    check.each(&entries.entity, entity);
    check.each(&entries.case, case);
}

fn statement(check: &mut Check, entry: &raw::Statement) {
    let id = entry.id.get_ref();
    check.known("source", &entry.sources, &check.bank.sources);
    labels(check, entry);
    whys(check, entry);
    for (phrasing, base, translated) in phrasings(entry) {
        if let (None, Some(translated)) = (base, translated) {
            let message = format!("`{phrasing}` is translated but not given");
            check.problem(translated.span(), message, format!("add `{phrasing}`"));
        }
    }
    if phrasings(entry).iter().all(|(_, base, _)| base.is_none()) {
        let message = format!("statement `{id}` has no text");
        check.problem(entry.id.span(), message, "add `noun`, `verb` or `clause`");
    }
    for mirror in &entry.mirrors {
        let name = mirror.get_ref().as_str();
        if !check.statement_clusters.contains_key(name)
            && !check.bank.statements.contains_key(name)
        {
            let statements = check.bank.statements.keys().map(String::as_str);
            let known: Vec<_> =
                check.statement_clusters.keys().copied().chain(statements).collect();
            check.unknown("cluster or statement", mirror, known);
        }
    }
    if let Some(name) = &entry.cluster
        && let Some(meant) = slip(name, &check.statement_clusters)
    {
        check.unknown("cluster", name, [meant]);
    }
}

fn labels(check: &mut Check, entry: &raw::Statement) {
    let id = entry.id.get_ref();
    check.known("label", entry.labels.iter().chain(&entry.also), &check.bank.labels);
    if entry.labels.is_empty() {
        let message = format!("statement `{id}` carries no label");
        check.problem(entry.id.span(), message, "name at least one in `labels`");
    }
    for label in entry.also.iter().filter(|label| entry.labels.contains(label)) {
        let message = format!("label `{}` is in `labels` and in `also`", label.get_ref());
        let hint = "keep it in `labels` if it is certain, in `also` if it can be argued";
        check.problem(label.span(), message, hint);
    }
    for (index, label) in entry.labels.iter().enumerate() {
        for earlier in &entry.labels[..index] {
            let (one, two) = (earlier.get_ref(), label.get_ref());
            let excludes = |one: &str, two: &str| {
                check
                    .bank
                    .labels
                    .get(one)
                    .is_some_and(|label| label.disjoint.contains(two))
            };
            if excludes(one, two) || excludes(two, one) {
                let message = format!("labels `{one}` and `{two}` exclude each other");
                let hint = "drop one of them, or take it out of `disjoint`";
                check.problem(label.span(), message, hint);
            }
        }
    }
}

/// A statement says why it carries a label only of the labels that it carries.
fn whys(check: &mut Check, entry: &raw::Statement) {
    for label in entry.why.keys().filter(|label| !entry.labels.contains(label)) {
        let message =
            format!("`why` is given for `{}`, which is not in `labels`", label.get_ref());
        check.problem(label.span(), message, "add the label, or drop the reason");
    }
    let translated = entry.en.as_ref().map(|en| &en.why);
    for label in translated.into_iter().flat_map(BTreeMap::keys) {
        if !entry.why.contains_key(label) {
            let message =
                format!("`why.{}` is translated but not given", label.get_ref());
            let hint = format!("add `why.{}`", label.get_ref());
            check.problem(label.span(), message, hint);
        }
    }
}

/// A cluster is declared by being used. A long name that is used once, and differs by one
/// letter from one that is used more often, is a slip of the pen.
fn slip<'a>(name: &Name, counts: &BTreeMap<&'a str, usize>) -> Option<&'a str> {
    let id = name.get_ref().as_str();
    let telling = id.len() >= 8 && !id.ends_with(char::is_numeric);
    if !telling || counts.get(id) != Some(&1) {
        return None;
    }
    let similar =
        |other: &str| other.len().abs_diff(id.len()) <= 1 && is_one_off(id, other);
    let others = counts.iter().filter(|&(other, &count)| count > 1 && similar(other));
    others.map(|(&other, _)| other).next()
}

fn entity(check: &mut Check, entry: &raw::Entity) {
    let id = entry.id.get_ref();
    if let Some(sign) = ['.', ':', '#'].into_iter().find(|&sign| id.contains(sign)) {
        let message = format!("the id of entity `{id}` has a `{sign}`");
        let hint =
            "the ids of facts and items are made of it; use letters, digits and `-`";
        check.problem(entry.id.span(), message, hint);
    }
    check.known("kind", [&entry.kind], &check.bank.kinds);
    check.known("source", &entry.sources, &check.bank.sources);
    check.known("attribute", entry.attributes.keys(), &check.bank.attributes);
    if let Some(name) = &entry.cluster
        && let Some(meant) = slip(name, &check.entity_clusters)
    {
        check.unknown("cluster", name, [meant]);
    }
    for (attribute, values) in &entry.attributes {
        one_value(check, entry, attribute, values);
    }
    for (key, texts) in &entry.en {
        let values = entry.attributes.get(key).map(|v| v.get_ref().iter(v.span()).len());
        let (texts, span) = (texts.get_ref().0.len(), texts.span());
        match if key.get_ref() == "name" { Some(1) } else { values } {
            None if check.damaged => {}
            None => {
                let given = entry.attributes.keys().map(|key| key.get_ref().as_str());
                let known: Vec<_> = given.chain(["name"]).collect();
                check.unknown("attribute", key, known);
            }
            Some(values) if values != texts => {
                let key = key.get_ref();
                let message = format!("not every value of `{key}` has one translation");
                let hint = format!("give {values}, in the same order");
                check.problem(span, message, hint);
            }
            Some(_) => {}
        }
    }
}

fn one_value(
    check: &mut Check,
    entry: &raw::Entity,
    id: &Name,
    values: &Spanned<Values>,
) {
    let attribute = id.get_ref();
    let rule = check.bank.attributes.get(attribute).map(|attribute| attribute.rule);
    let values = values.get_ref().iter(values.span());
    let current: Vec<_> = values.iter().filter(|(_, value)| !value.historical).collect();
    if let (Some(Rule::One), [_, (second, _), ..]) = (rule, &current[..]) {
        let subject = entry.id.get_ref();
        let message =
            format!("entity `{subject}` has {} values for `{attribute}`", current.len());
        let hint = format!(
            "keep one, mark the others `historical`, or give `{attribute}` the rule `listed`"
        );
        check.problem(second.clone(), message, hint);
    }
}

fn case(check: &mut Check, entry: &raw::Case) {
    check.known("source", &entry.sources, &check.bank.sources);
    check.known("statement", [&entry.shows], &check.bank.statements);
    check.known("statement", entry.refutes.keys(), &check.bank.statements);
    if let Some((refuted, _)) = entry.refutes.get_key_value(&entry.shows) {
        let message = format!("the case both shows and refutes `{}`", refuted.get_ref());
        check.problem(refuted.span(), message, "keep one of the two");
    }
    if let (None, Some(_)) = (&entry.why, &entry.en.why) {
        check.problem(entry.id.span(), "`why` is translated but not given", "add `why`");
    }
    for translated in entry.en.refutes.keys() {
        if !entry.refutes.contains_key(translated) {
            let known = entry.refutes.keys().map(|name| name.get_ref().as_str());
            check.unknown("refuted statement", translated, known.collect::<Vec<_>>());
        }
    }
}

/// Spellings that are given to two terms, so that neither is meant for certain.
pub fn spellings(files: &[BankText]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for file in files {
        for term in &file.entries.term {
            let text = term.text.get_ref();
            for spelling in [&term.text].into_iter().chain(&term.aliases) {
                let taken = *first.entry(normal(spelling.get_ref())).or_insert(text);
                if taken != text {
                    let written = spelling.get_ref();
                    let message =
                        format!("`{written}` stands for `{taken}` and for `{text}`");
                    let problem =
                        Diagnostic::error(message).at(file.places.at(spelling.span()));
                    problems.push(problem.hint("make them one term, or drop the alias"));
                }
            }
        }
    }
    problems
}

/// What is wrong with the bank as a whole.
pub fn whole(bank: &Bank, files: &[BankText]) -> Option<Diagnostic> {
    if files.iter().all(|file| file.entries.bank.is_none()) {
        let hint = "add a `[bank]` table with `id`, `title` and `language`";
        return Some(Diagnostic::error("none of the files is a bank").hint(hint));
    }
    let facts = bank.statements.len() + bank.entities.len() + bank.cases.len();
    (facts + bank.items.len() == 0).then(|| {
        Diagnostic::error("the bank holds no facts and no items")
            .hint("add a `[[statement]]`, an `[[entity]]` or an `[[item]]`")
    })
}
