//! Joins what was printed in parts: the records of all shards of a job become one.

use std::collections::BTreeMap;

use crate::diagnostic::{Checked, Diagnostic};
use crate::record::{CopyRecord, FileRecord, FileRole, Record};
use crate::shard::Shard;

/// The roles of files of which every part makes some. All others are made by the first.
const SHARED: [FileRole; 4] =
    [FileRole::Paper, FileRole::Key, FileRole::AnswerSheet, FileRole::KeyOverlay];

/// A whole job, joined from its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    /// The record, as it would be had the job not been divided.
    pub record: Record,
    /// The parts that made its files, in the same order.
    pub makers: Vec<Shard>,
}

/// Joins the records of all parts of a job.
///
/// Fails if they are of different jobs, or if a copy was made twice or never.
pub fn join(parts: Vec<(Shard, Record)>) -> Checked<Joined> {
    let mut findings = Vec::new();
    let mut parts = parts.into_iter();
    let Some((first, mut record)) = parts.next() else {
        return Err(vec![Diagnostic::error("a job has one part at least")]);
    };
    let mut copies = BTreeMap::new();
    let mut files: Vec<(Shard, FileRecord)> = Vec::new();
    let mut students = None;
    let mut add = |shard: Shard, record: &mut Record| -> Vec<Diagnostic> {
        let own = std::mem::take(&mut record.copies);
        files.extend(std::mem::take(&mut record.files).into_iter().map(|f| (shard, f)));
        let Some(part) = record.shard.take() else {
            let message = format!("`{}` is no part of a job", shard.folder());
            return vec![Diagnostic::error(message)];
        };
        if part.part != shard.to_string() {
            let (folder, part) = (shard.folder(), part.part);
            let message = format!("`{folder}` holds the part {part}");
            let hint = format!("print the part {shard} again");
            return vec![Diagnostic::error(message).hint(hint)];
        }
        students.get_or_insert(part.students);
        let places = part.copies.iter().zip(own);
        let twice = |(&place, copy): (&usize, CopyRecord)| {
            let twice = copies.insert(place, copy)?;
            let message = format!("`{}` has two copies", twice.name);
            Some(Diagnostic::error(message).hint("print the parts again"))
        };
        places.filter_map(twice).collect()
    };
    findings.extend(add(first, &mut record));
    for (shard, mut other) in parts {
        findings.extend(add(shard, &mut other));
        // What stands for the exam is only said where sheets are marked.
        record.id = record.id.take().or(other.id.clone());
        other.id.clone_from(&record.id);
        if other != record {
            let (one, two) = (first.folder(), shard.folder());
            let message = format!("`{one}` and `{two}` are parts of different jobs");
            let hint = "print all parts from the same files with the same options";
            findings.push(Diagnostic::error(message).hint(hint));
        }
    }
    let missing = (0..students.unwrap_or(0)).find(|place| !copies.contains_key(place));
    if let Some(place) = missing.filter(|_| findings.is_empty()) {
        let message = format!("student {} of the roster has no copy", place + 1);
        findings.push(Diagnostic::error(message).hint("print the parts again"));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    record.copies = copies.into_values().collect();
    // As they are made: role by role, and each of them part by part.
    let place = |role: FileRole| SHARED.iter().position(|shared| *shared == role);
    files.sort_by_key(|(_, file)| place(file.role).unwrap_or(SHARED.len()));
    let (makers, files) = files.into_iter().unzip();
    record.files = files;
    Ok(Joined { record, makers })
}
