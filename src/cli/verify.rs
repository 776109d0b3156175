//! `lembar verify`: reads printed PDFs back and holds them against the record.

use crate::cli::{Answer, args, print};
use crate::diagnostic::Diagnostic;
use crate::parallel::processors;
use crate::verify::{self, Report};

pub fn run(args: args::Verify) -> Answer {
    let report =
        verify::folder(&args.folder, processors()).map_err(|finding| vec![finding])?;
    if args.json {
        let json = serde_json::to_string_pretty(&report);
        let json = json.map_err(|error| vec![Diagnostic::error(error.to_string())])?;
        print(&(json + "\n")).map_err(|finding| vec![finding])?;
        return if report.findings.is_empty() {
            Ok(String::new())
        } else {
            Err(Vec::new())
        };
    }
    let hint = "copy none of them; print the exam again with `lembar make`";
    agreed(&report, hint)?;
    Ok(format!("{report}: everything agrees.\n"))
}

/// Fails with what is wrong, and what to do about it.
pub fn agreed(report: &Report, hint: &str) -> Result<(), Vec<Diagnostic>> {
    let mut wrong: Vec<Diagnostic> =
        report.findings.iter().map(Diagnostic::from).collect();
    match wrong.pop() {
        Some(last) => Err([wrong, vec![last.hint(hint)]].concat()),
        None => Ok(()),
    }
}
