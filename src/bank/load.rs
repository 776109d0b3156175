//! Reading bank files.
//!
//! First every file is read as it is written ([`raw`]), then all are gathered into one
//! bank, and then everything is checked that needs more than one entry to see.

mod check;
mod cloze;
mod facts;
mod figures;
mod gather;
mod items;
mod patterns;
mod questions;
mod raw;
mod stimuli;
mod translations;
mod values;

pub use self::figures::OpenPicture;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use crate::bank::load::check::Check;
use crate::bank::{Bank, Index};
use crate::diagnostic::{Checked, Diagnostic};
use crate::input::{Partial, Places, Source, pieces, read_partly, read_piece};
use crate::language::Language;
use crate::parallel::{both, in_order};

/// Reads the files of a bank without pictures, as [`load_with`] does.
pub fn load(sources: &[Source]) -> Checked<Bank> {
    load_with(sources, NonZeroUsize::MIN, &mut |source, path| {
        let message = format!("{} has no picture `{path}`", source.name);
        Err(Diagnostic::error(message).hint("write the bank into a file beside it"))
    })
}

/// Reads the files of a bank with so many threads and merges them, reporting every problem
/// of every file and of the pictures that they name.
pub fn load_with(
    sources: &[Source],
    threads: NonZeroUsize,
    open: &mut OpenPicture,
) -> Checked<Bank> {
    let mut problems = Vec::new();
    let mut lost = BTreeSet::new();
    let Some(files) = read(sources, threads, &mut problems, &mut lost) else {
        sort(&mut problems, sources);
        return Err(problems);
    };
    let mut bank = gather::gather(&files, open, &mut problems);
    bank.language = files.first().map(|file| file.language).unwrap_or_default();
    bank.sort();
    let sound = problems.is_empty();
    let checked = || {
        let mut found = check(&bank, &files, &lost);
        if sound && found.is_empty() {
            found.extend(facts::whole(&bank, &files));
        }
        // That takes a while, and an index takes longer than the checks.
        drop(files);
        found
    };
    let (index, found) = both(threads, || Index::of(&bank), checked);
    problems.extend(found);
    if problems.is_empty() {
        bank.index = index;
        return Ok(bank);
    }
    sort(&mut problems, sources);
    Err(problems)
}

/// What is wrong with the entries of the files, once all are known.
fn check(bank: &Bank, files: &[BankText], lost: &BTreeSet<String>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for file in files {
        let mut check = Check::new(file, bank, lost);
        facts::facts(&mut check);
        items::items(&mut check);
        stimuli::stimuli(&mut check);
        patterns::patterns(&mut check);
        if file.translated {
            translations::translations(&mut check);
        }
        problems.append(&mut check.problems);
    }
    problems.extend(facts::spellings(files));
    problems
}

/// A file of a bank, as far as it is sound.
#[derive(Debug)]
struct BankText<'a> {
    source: &'a Source,
    places: Places<'a>,
    entries: raw::File,
    /// Where the entries start that lack something; they are not checked any further.
    damaged: BTreeSet<usize>,
    /// The language of the texts; their translations are in the other one.
    language: Language,
    /// Whether every text must be translated.
    translated: bool,
}

/// Reads every file as it is written. A file without `[bank]` shares the language of the
/// first that has it. `None` if a file is no TOML: all that the others say of its entries
/// would be reported too.
fn read<'a>(
    sources: &'a [Source],
    threads: NonZeroUsize,
    problems: &mut Vec<Diagnostic>,
    lost: &mut BTreeSet<String>,
) -> Option<Vec<BankText<'a>>> {
    let mut files = Vec::new();
    let mut readable = true;
    for (source, sound) in sources.iter().zip(read_sound(sources, threads)) {
        let mut partial = sound.unwrap_or_else(|| read_partly(source));
        problems.append(&mut partial.problems);
        lost.append(&mut partial.lost);
        readable &= partial.value.is_some();
        let entries = partial.value.unwrap_or_default();
        let places = Places::of(source);
        let (language, translated) = edition(&entries).unwrap_or_default();
        let damaged = partial.damaged;
        files.push(BankText { source, places, entries, damaged, language, translated });
    }
    let shared = files.iter().find_map(|file| edition(&file.entries)).unwrap_or_default();
    for file in files.iter_mut().filter(|file| file.entries.bank.is_none()) {
        (file.language, file.translated) = shared;
    }
    readable.then_some(files)
}

/// Reads every file in pieces, and leaves out those that something is wrong with: they must
/// be seen as a whole.
fn read_sound(
    sources: &[Source],
    threads: NonZeroUsize,
) -> Vec<Option<Partial<raw::File>>> {
    let cut = |(file, source): (usize, &Source)| {
        pieces(&source.text).into_iter().map(move |piece| (file, piece))
    };
    let all: Vec<_> = sources.iter().enumerate().flat_map(cut).collect();
    let mut files: Vec<_> = sources.iter().map(|_| Some(raw::File::default())).collect();
    let work = |_: &mut (), task: usize| {
        let (file, piece) = all[task].clone();
        (file, read_piece::<raw::File>(&sources[file].text, piece))
    };
    let mut add = |(file, below): (usize, Option<raw::File>)| {
        let above = files[file].take();
        files[file] = above.zip(below).and_then(|(above, below)| above.with(below));
        Ok::<(), ()>(())
    };
    let _ = in_order(&mut vec![(); threads.get()], all.len(), work, &mut add);
    files.into_iter().map(|file| file.map(Partial::sound)).collect()
}

/// A bank file's language, and whether it promises another one.
fn edition(entries: &raw::File) -> Option<(Language, bool)> {
    let head = entries.bank.as_ref()?;
    let translated = head.languages.iter().any(|&language| language != head.language);
    Some((head.language, translated))
}

/// Puts problems in the order in which a reader meets them; those of no file come last.
fn sort(problems: &mut [Diagnostic], sources: &[Source]) {
    let order: BTreeMap<&str, usize> =
        sources.iter().enumerate().map(|(i, source)| (source.name.as_str(), i)).collect();
    problems.sort_by_key(|problem| match &problem.place {
        Some(place) => {
            (order.get(place.file.as_str()).copied(), place.line, place.column)
        }
        None => (Some(usize::MAX), 0, 0),
    });
}

#[cfg(test)]
mod tests;
