//! `lembar merge`: joins the parts of a job.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::cli::{Answer, args};
use crate::diagnostic::{Checked, Diagnostic};
use crate::merge::{self, Joined};
use crate::output::Output;
use crate::record::Record;
use crate::shard::Shard;
use crate::templates;

/// How many missing parts are named.
const MOST_NAMED: usize = 10;

pub fn run(args: args::Merge) -> Answer {
    let folder = &args.folder;
    let shards = shards(folder)?;
    let records = shards.iter().map(|shard| {
        let record = Record::open(&folder.join(shard.folder()));
        record.map(|record| (*shard, record)).map_err(|finding| vec![finding])
    });
    let Joined { record, makers } =
        merge::join(records.collect::<Checked<Vec<(Shard, Record)>>>()?)?;
    let mut output = Output::open(folder, args.force).map_err(|finding| vec![finding])?;
    let (mut findings, mut pages) = (Vec::new(), 0);
    for (shard, file) in makers.iter().zip(&record.files) {
        pages += file.pages;
        let taken = output.take_over(&shard.folder(), file);
        findings.extend(taken.err());
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    output.finish(&record).map_err(|finding| vec![finding])?;
    for shard in &shards {
        crate::output::clear(&folder.join(shard.folder()));
    }
    let (title, count, files) = (&record.title, shards.len(), record.files.len());
    let shown = folder.display();
    Ok(format!(
        "{title}: {count} parts, {files} files, {pages} pages joined in {shown}\n"
    ))
}

/// The parts in a folder, all of one job.
fn shards(folder: &Path) -> Checked<Vec<Shard>> {
    let name = folder.display().to_string();
    let entries = fs::read_dir(folder)
        .map_err(|error| vec![templates::unreadable(&name, &error)])?;
    let names = entries.flatten().map(|entry| entry.file_name());
    let found: Vec<Shard> =
        names.filter_map(|name| Shard::of_folder(&name.to_string_lossy())).collect();
    let counts: BTreeSet<usize> = found.iter().map(|shard| shard.count()).collect();
    let mut counts = counts.into_iter();
    let (count, other) = (counts.next(), counts.next());
    let Some(count) = count else {
        let message = format!("there are no parts of a job in `{name}`");
        let hint = "name the folder that `lembar make --shard` was given with `-o`";
        return Err(vec![Diagnostic::error(message).hint(hint)]);
    };
    if let Some(other) = other {
        let message =
            format!("`{name}` has parts of a job of {count} and of one of {other} parts");
        let hint = "move away those that you do not want";
        return Err(vec![Diagnostic::error(message).hint(hint)]);
    }
    // A part that was stopped on its way has no record.
    let is_whole = |shard: &Shard| {
        let folder = folder.join(shard.folder());
        folder.join(crate::record::FILE_NAME).is_file()
    };
    let missing: Vec<Shard> = Shard::all(count).filter(|s| !is_whole(s)).collect();
    if let Some(first) = missing.first() {
        let some = missing.iter().take(MOST_NAMED).map(Shard::to_string);
        let mut some = some.collect::<Vec<String>>().join(", ");
        if missing.len() > MOST_NAMED {
            some += " …";
        }
        let message = match missing.len() {
            1 => format!("the part {some} is missing or was stopped on its way"),
            n => format!("{n} parts are missing or were stopped on their way: {some}"),
        };
        let hint = format!("run the same command again with `--shard {first}`");
        return Err(vec![Diagnostic::error(message).hint(hint)]);
    }
    Ok(Shard::all(count).collect())
}
