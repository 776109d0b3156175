//! `lembar list`: lists what is built in.

use crate::bank::{self, Bank};
use crate::cli::{Answer, args};
use crate::diagnostic::{Checked, Severity};
use crate::exam;
use crate::input::Source;
use crate::length::Length;
use crate::lint::{RULES, Rule};
use crate::paper::Paper;
use crate::templates::{self, Kind, Templates};
use crate::text::plain;

pub fn run(args: args::List) -> Answer {
    let lines = match args.what {
        args::What::Banks => templates::names(Kind::Bank).map(bank_line).collect(),
        args::What::Presets => described(Kind::Preset),
        args::What::Themes => described(Kind::Theme),
        args::What::Papers => {
            Ok(Paper::names().filter_map(Paper::named).map(paper_line).collect())
        }
        args::What::Patterns => patterns(),
        args::What::Items => items(),
        args::What::Rules => Ok(RULES.iter().map(rule_line).collect()),
    };
    Ok(lines?.join("\n") + "\n")
}

fn load(name: &str) -> Checked<Bank> {
    let templates = Templates::default();
    let mut sources = Vec::new();
    for kind in [Kind::Bank, Kind::Pattern] {
        sources.extend(templates.look_up(kind, name).map_err(|finding| vec![finding])?);
    }
    bank::load(&sources)
}

fn bank_line(name: &str) -> Checked<String> {
    let bank = load(name)?;
    let values = bank.entities.values().flat_map(|entity| entity.attributes.values());
    let facts =
        bank.statements.len() + values.map(Vec::len).sum::<usize>() + bank.cases.len();
    Ok(format!(
        "{name}: {facts} facts, {} items written by hand, {} patterns; topics: {}",
        bank.items.len(),
        bank.patterns.len(),
        bank.topics.keys().cloned().collect::<Vec<String>>().join(", "),
    ))
}

fn patterns() -> Checked<Vec<String>> {
    let mut lines = Vec::new();
    for name in templates::names(Kind::Bank) {
        for (id, pattern) in load(name)?.patterns {
            let stem = pattern.stems.first().map_or("", |stem| stem.base.as_str());
            lines.push(format!("{id}: {} – {}", pattern.topic, plain(stem)));
        }
    }
    Ok(lines)
}

/// How many distinct items each built-in bank yields, by topic, type and level.
fn items() -> Checked<Vec<String>> {
    let mut lines = Vec::new();
    for name in templates::names(Kind::Bank) {
        let counts = exam::census(&load(name)?);
        let rows = counts.iter().map(|((topic, item_type, level), count)| {
            format!("{topic:<12}{:<18}{level:<4}{count:>6}", item_type.name())
        });
        let total: usize = counts.values().sum();
        lines.push(format!("{name}: {total} distinct items"));
        lines.extend(rows);
    }
    Ok(lines)
}

/// Its code, how bad it is to break it, what it demands, and where it is kept if no check
/// does.
fn rule_line(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let kept = rule.kept_by.map_or(String::new(), |place| format!(" (kept by {place})"));
    format!("{}: {severity}: {}{kept}", rule.code, rule.description)
}

/// Names with the first line of comment in their files.
fn described(kind: Kind) -> Checked<Vec<String>> {
    let describe = |name: &'static str| {
        let source: Source =
            Templates::default().find(kind, name).map_err(|finding| vec![finding])?;
        let first = source.text.lines().next().unwrap_or_default();
        Ok(format!("{name}: {}", first.trim_start_matches('#').trim()))
    };
    templates::names(kind).map(describe).collect()
}

fn paper_line(paper: Paper) -> String {
    let millimetres = |side: Length| {
        let tenths = (i64::from(side.0) * 254 + 36_000) / 72_000;
        match tenths % 10 {
            0 => (tenths / 10).to_string(),
            tenth => format!("{}.{tenth}", tenths / 10),
        }
    };
    format!(
        "{}: {} × {} mm",
        paper.name,
        millimetres(paper.width),
        millimetres(paper.height)
    )
}
