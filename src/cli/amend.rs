//! `lembar amend`: changes the key of a printed exam.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::cli::{Answer, args, make};
use crate::diagnostic::Diagnostic;
use crate::errata::{self, Erratum, Requests};
use crate::exam::{Change, Void};
use crate::json;
use crate::output::Output;
use crate::record::{FileRecord, FileRole, PlaceRecord, Record};

pub fn run(args: args::Amend) -> Answer {
    let requests = Requests {
        void: args.void,
        mode: match args.void_mode {
            args::VoidMode::Full => Void::Full,
            args::VoidMode::Drop => Void::Drop,
        },
        rekey: args.rekey,
        accept: args.accept,
        reason: args.reason,
    };
    let mut plan = make::plan(args.make)?;
    let record = Record::open(&plan.output).map_err(|finding| vec![finding])?;
    let (drawn, _) = crate::draw(&plan.job)?;
    let erratum = errata::amend(&drawn, &record, &requests, &plan.job.wording)?;
    let mut output = Output::reopen(&plan.output, &record, plan.force);
    // What shows the key is printed anew if it was printed.
    let has_overlay = record.files.iter().any(|file| file.role == FileRole::KeyOverlay);
    plan.job.blueprint.documents.choose(FileRole::KeyOverlay, has_overlay);
    // Keys stay in one file if they were.
    let is_bundle =
        |file: &FileRecord| file.role == FileRole::Key && file.variant.is_none();
    let together = record.files.iter().any(is_bundle);
    crate::print_erratum(&plan.job, &erratum, together, &mut |document| {
        output.add(document)
    })?;
    let record = amended(record, &erratum, output.take_files());
    output.finish(&record).map_err(|finding| vec![finding])?;
    if plan.json {
        let json = json::text(&record);
        return json.map_err(|error| vec![Diagnostic::error(error.to_string())]);
    }
    Ok(summary(&record, &erratum))
}

/// The record with an erratum and the files that it was printed to, which take the place of
/// older keys of the same variants.
fn amended(mut record: Record, erratum: &Erratum, new: Vec<FileRecord>) -> Record {
    let variants: BTreeSet<&str> =
        (erratum.amendments.iter().flat_map(|one| &one.places))
            .map(|place| place.variant.as_str())
            .collect();
    for file in &mut record.files {
        file.superseded |= match (file.role, &file.variant) {
            (FileRole::Key | FileRole::KeyOverlay, Some(variant)) => {
                variants.contains(variant.as_str())
            }
            (FileRole::Key | FileRole::KeyMatrix | FileRole::KeyOverlay, _) => true,
            _ => false,
        };
    }
    let number = Some(erratum.number);
    let new = new.into_iter().map(|file| FileRecord { erratum: number, ..file });
    record.files.extend(new);
    record.amendments.extend(erratum.amendments.iter().cloned());
    record
}

/// What was changed where, what was written, and what to do next.
fn summary(record: &Record, erratum: &Erratum) -> String {
    let (number, mut text) = (erratum.number, String::new());
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}: erratum {number}", record.title);
    for amendment in &erratum.amendments {
        let places = amendment.places.iter().map(place).collect::<Vec<String>>();
        let what = match amendment.amendment.change {
            Change::Void { .. } => "void",
            Change::Rekey { .. } => "re-keyed",
            Change::Accept { .. } => "accepted as well",
        };
        let _ = writeln!(text, "  {what}: {}", places.join(", "));
    }
    let is_new = |file: &&FileRecord| file.erratum == Some(number);
    let names: Vec<&str> =
        record.files.iter().filter(is_new).map(|file| file.path.as_str()).collect();
    let _ = writeln!(text, "  {}", names.join(", "));
    let _ = writeln!(
        text,
        "Next: read the slip out, and mark with the amended keys. Papers and old keys are as \
         they were."
    );
    text
}

/// Where an item stands, and what counts there.
fn place(place: &PlaceRecord) -> String {
    let PlaceRecord { variant, number, before, key, .. } = place;
    let parts = before.iter().zip(key).filter(|(before, key)| before != key);
    let changed = parts
        .map(|(before, key)| format!(" ({} → {})", before.join(" / "), key.join(" / ")));
    format!("{variant} no. {number}{}", changed.collect::<String>())
}
