//! `lembar check`: checks blueprints and banks without printing anything.

use crate::bank;
use crate::cli::make::folder_of;
use crate::cli::{Answer, args};
use crate::exam;
use crate::job::{self, Overrides};
use crate::templates::{self, Templates};

pub fn run(args: args::Check) -> Answer {
    let mut findings = Vec::new();
    for path in &args.files {
        let source = match templates::read(path) {
            Ok(source) => source,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let folder = folder_of(Some(path));
        let beside = folder.join("templates");
        let templates =
            Templates { folder: Some(args.templates.clone().unwrap_or(beside)) };
        let checked = match is_bank(&source.text) {
            true => bank::load(&[source]).map(drop),
            false => job::read(source, &folder, &templates, &Overrides::default())
                .and_then(|job| exam::make(&job.bank, &job.blueprint).map(drop)),
        };
        findings.extend(checked.err().into_iter().flatten());
    }
    match findings.is_empty() {
        true => Ok(format!("{} checked, nothing wrong.\n", files(args.files.len()))),
        false => Err(findings),
    }
}

/// Whether a file is a bank: it has the table `[bank]`, or tables that only banks have.
fn is_bank(text: &str) -> bool {
    let tables = ["[bank]", "[[statement]]", "[[entity]]", "[[pattern]]", "[[item]]"];
    text.lines().any(|line| tables.contains(&line.trim()))
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_string() } else { format!("{count} files") }
}
