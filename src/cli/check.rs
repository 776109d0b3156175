//! `lembar check`: checks blueprints and banks without printing anything.

use std::path::Path;

use serde::Serialize;

use crate::cli::make::{count, folder_of};
use crate::cli::{Answer, args, print, report};
use crate::diagnostic::{Checked, Diagnostic, Severity, counted};
use crate::input::{self, Source};
use crate::job::{self, Overrides};
use crate::lint;
use crate::parallel::processors;
use crate::templates::{self, Kind, Templates};

pub fn run(args: args::Check) -> Answer {
    let mut findings = Vec::new();
    for path in &args.files {
        let found = templates::read(path)
            .map_err(|finding| vec![finding])
            .and_then(|source| check(path, source, &args));
        findings.extend(found.unwrap_or_else(|wrong| wrong));
    }
    let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    if args.json {
        let found: Vec<Finding> = findings.iter().map(Finding::of).collect();
        let json = serde_json::to_string_pretty(&found);
        let json = json.map_err(|error| vec![Diagnostic::error(error.to_string())])?;
        print(&(json + "\n")).map_err(|finding| vec![finding])?;
        return if wrong { Err(Vec::new()) } else { Ok(String::new()) };
    }
    if wrong {
        return Err(findings);
    }
    report(&findings);
    let files = counted(args.files.len(), "file");
    Ok(match count(&findings) {
        Some(warnings) => format!("{files} checked, {warnings}.\n"),
        None => format!("{files} checked, nothing wrong.\n"),
    })
}

/// What is to be said of a file, or what keeps it from being read.
fn check(path: &Path, source: Source, args: &args::Check) -> Checked<Vec<Diagnostic>> {
    let folder = folder_of(Some(path));
    let beside = folder.join("templates");
    let named = args.templates.is_some();
    let templates =
        Templates { folder: Some(args.templates.clone().unwrap_or(beside)), named };
    if is_bank(&source.text) {
        return check_bank(path, source, &templates);
    }
    let overrides = Overrides { threads: Some(processors()), ..Overrides::default() };
    let job = job::read(source, &folder, &templates, &overrides)?;
    let found = crate::draw(&job).map_or_else(|found| found, |(_, found)| found);
    Ok([job.roster.warnings, found].concat())
}

/// What is to be said of a bank. Patterns in a file of their own are checked with the bank
/// of the same name, as they are read with it.
fn check_bank(
    path: &Path,
    source: Source,
    templates: &Templates,
) -> Checked<Vec<Diagnostic>> {
    let lexicon = job::lexicon(templates)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let alone = source.text.lines().all(|line| line.trim() != "[bank]");
    let bank = match alone {
        true => templates.look_up(Kind::Bank, &stem).map_err(|finding| vec![finding])?,
        false => None,
    };
    let file = source.name.clone();
    let sources: Vec<Source> = bank.into_iter().chain([source]).collect();
    let bank = job::load_bank(&sources, processors())?;
    let mut found = job::place(&sources, lint::bank(&bank, &lexicon));
    input::sort(&mut found);
    found.retain(|finding| finding.place.as_ref().is_none_or(|place| place.file == file));
    Ok(found)
}

/// A finding as other programs read it.
#[derive(Serialize)]
struct Finding<'a> {
    code: Option<&'a str>,
    severity: Severity,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

impl Finding<'_> {
    fn of(finding: &Diagnostic) -> Finding<'_> {
        let place = finding.place.as_ref();
        Finding {
            code: finding.code.as_deref(),
            severity: finding.severity,
            message: &finding.message,
            file: place.map(|place| place.file.as_str()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            hint: finding.hint.as_deref(),
        }
    }
}

/// Whether a file is a bank: it has the table `[bank]`, or tables that only banks have.
fn is_bank(text: &str) -> bool {
    let tables = ["[bank]", "[[statement]]", "[[entity]]", "[[pattern]]", "[[item]]"];
    text.lines().any(|line| tables.contains(&line.trim()))
}
