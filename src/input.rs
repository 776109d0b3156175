//! Reading TOML files so that every problem is reported, each at its place.

mod explain;
mod pieces;
mod tree;

pub use self::pieces::{pieces, read_piece};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::sum::Sum;

/// The text of an input file and the name that its reader knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or `built-in …` for an embedded file.
    pub name: String,
    /// The whole text; that of an embedded file is not copied.
    pub text: Cow<'static, str>,
}

impl Source {
    /// The place of a range of bytes: where it starts, and how wide it is on that line.
    pub fn place(&self, span: Range<usize>) -> Place {
        Places::of(self).at(span)
    }

    /// The first place where characters stand outside a comment.
    pub fn find(&self, quote: &str) -> Option<Place> {
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            if let Some(at) = line.find(quote)
                && !line.trim_start().starts_with('#')
            {
                return Some(self.place(start + at..start + at + quote.len()));
            }
            start += line.len();
        }
        None
    }

    /// The first place where characters stand within the entry that starts at a place.
    pub fn find_within(&self, entry: &Place, quote: &str) -> Option<Place> {
        if entry.file != self.name || quote.is_empty() {
            return None;
        }
        let lines = self.text.split_inclusive('\n');
        let start: usize = lines.take(entry.line - 1).map(str::len).sum();
        let rest = &self.text[start..];
        let next = |id: &str| rest.find(id).map(|at| at + 1);
        // Tables of options and the like belong to their entry.
        let end = next("\n[[").map_or(rest.len(), |at| {
            let tables = rest[at..].match_indices("\n[[");
            let own = |table: &str| table.split(']').next().unwrap_or("").contains('.');
            let starts = [at].into_iter().chain(tables.map(|(n, _)| at + n + 1));
            starts.into_iter().find(|&n| !own(&rest[n..])).unwrap_or(rest.len())
        });
        // Rather the whole text than the same words in another one.
        let whole = rest[..end].find(&format!("\"{quote}\"")).map(|at| at + 1);
        let at = start + whole.or_else(|| rest[..end].find(quote))?;
        Some(self.place(at..at + quote.len()))
    }

    /// The sum of the text.
    pub fn sum(&self) -> Sum {
        Sum::of(self.text.as_bytes())
    }
}

/// Finds places in a file without counting its lines again for each of them.
#[derive(Debug)]
pub struct Places<'a> {
    source: &'a Source,
    line_starts: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Counts the lines of a file.
    pub fn of(source: &'a Source) -> Places<'a> {
        let ends = source.text.match_indices('\n').map(|(newline, _)| newline + 1);
        Places { source, line_starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The place of a range of bytes: where it starts, and how wide it is on that line.
    pub fn at(&self, span: Range<usize>) -> Place {
        let text = &self.source.text;
        let start = text.floor_char_boundary(span.start);
        let line = self.line_starts.partition_point(|&line_start| line_start <= start);
        let line_start = self.line_starts[line - 1];
        let line_end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        let end = text.floor_char_boundary(span.end).clamp(start, line_end);
        Place {
            file: self.source.name.clone(),
            line,
            column: text[line_start..start].chars().count() + 1,
            excerpt: text[line_start..line_end].trim_end().to_string(),
            width: text[start..end].trim_end().chars().count().max(1),
        }
    }
}

/// Reads a file as a `T`, or reports every problem in it.
///
/// Serde stops at the first problem. So the smallest entry that it objects to is taken
/// out of the tree and the rest is read again, until nothing is left to object to.
pub fn read<T: DeserializeOwned>(source: &Source) -> Checked<T> {
    match read_partly(source) {
        Partial { value: Some(value), problems, .. } if problems.is_empty() => Ok(value),
        Partial { problems, .. } => Err(problems),
    }
}

/// Reads a file like [`read`]; what it leaves out is as in the usual one.
pub fn read_over<T: DeserializeOwned>(source: &Source, usual: &Source) -> Checked<T> {
    // Mostly the file is the usual one.
    match read_tree(source, (source != usual).then_some(usual)) {
        Partial { value: Some(value), problems, .. } if problems.is_empty() => Ok(value),
        Partial { problems, .. } => Err(problems),
    }
}

/// What could be read of a file, and what could not.
#[derive(Debug)]
pub struct Partial<T> {
    /// The file without the entries that were taken out; nothing if it is no TOML.
    pub value: Option<T>,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
    /// Where the entries start that lack something that was taken out. Whatever else
    /// seems wrong with them may follow from that.
    pub damaged: BTreeSet<usize>,
    /// The ids of entries that were taken out as a whole. They are not unknown.
    pub lost: BTreeSet<String>,
}

impl<T> Partial<T> {
    /// A file that nothing is wrong with.
    pub fn sound(value: T) -> Partial<T> {
        let (damaged, lost) = (BTreeSet::new(), BTreeSet::new());
        Partial { value: Some(value), problems: Vec::new(), damaged, lost }
    }
}

/// After so many problems a file is given up: it is probably another kind of file.
const MOST_PROBLEMS: usize = 100;

/// Reads as much of a file as is sound, for checks that go beyond its shape.
pub fn read_partly<T: DeserializeOwned>(source: &Source) -> Partial<T> {
    read_tree(source, None)
}

fn read_tree<T: DeserializeOwned>(source: &Source, usual: Option<&Source>) -> Partial<T> {
    let (text, usual) = (&source.text, usual.map(|usual| &*usual.text));
    let (root, errors) = parse(text, usual);
    if errors.is_empty()
        && let Ok(value) = T::deserialize(ValueDeserializer::from(root))
    {
        return Partial::sound(value);
    }
    let mut partial = Partial {
        value: None,
        problems: Vec::new(),
        damaged: BTreeSet::new(),
        lost: BTreeSet::new(),
    };
    let places = Places::of(source);
    if !errors.is_empty() {
        partial.problems = errors.iter().map(|e| explain::syntax(e, &places)).collect();
        sort(&mut partial.problems);
        // What follows on the same line is mostly an echo.
        partial.problems.dedup_by_key(|problem| problem.place.as_ref().map(|p| p.line));
        return partial;
    }
    // Most files are sound, and the tree of one that is not is taken apart.
    let (mut root, _) = parse(text, usual);
    let mut removed = BTreeSet::new();
    while partial.problems.len() < MOST_PROBLEMS {
        let error = match T::deserialize(ValueDeserializer::from(root.clone())) {
            Ok(value) => {
                partial.value = Some(value);
                break;
            }
            Err(error) => error,
        };
        let list = error.message().starts_with("invalid type: sequence");
        let path = tree::locate(&root, error.span(), list);
        if let Some(problem) = explain::shape(&error, &root, &path, &removed, &places) {
            partial.problems.push(problem);
        }
        if path.is_empty() {
            break;
        }
        partial.damaged.extend(tree::entry_start(&root, &path));
        removed.extend(path.last().cloned());
        if let Some(lost) = tree::remove(&mut root, &path) {
            tree::collect_ids(&lost, &mut partial.lost);
        }
    }
    sort(&mut partial.problems);
    partial
}

/// The tree of a file, completed by a usual one, and what is wrong with its notation.
fn parse<'i>(
    text: &'i str,
    usual: Option<&'i str>,
) -> (Spanned<DeValue<'i>>, Vec<toml::de::Error>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
    if let Some(usual) = usual.filter(|&usual| usual != text) {
        let (table, _) = DeTable::parse_recoverable(usual);
        tree::complete(&mut root, table.get_ref());
    }
    (root, errors)
}

/// Where everything stands below a table of a file, by the keys that lead there; what is
/// in a list is found by its text.
pub fn places_below(source: &Source, table: &str) -> BTreeMap<Vec<String>, Place> {
    let (root, _) = DeTable::parse_recoverable(&source.text);
    let (places, mut found) = (Places::of(source), BTreeMap::new());
    if let Some(node) = root.get_ref().get(table) {
        tree::walk(node, &mut Vec::new(), &mut |way, span| {
            found.insert(way.to_vec(), places.at(span));
        });
    }
    found
}

/// Puts the problems of one file in the order in which a reader meets them.
pub fn sort(problems: &mut [Diagnostic]) {
    let position =
        |problem: &Diagnostic| problem.place.as_ref().map(|p| (p.line, p.column));
    problems.sort_by_key(position);
}

/// The known word that is closest to a mistyped one, if any is close enough to be meant.
pub fn nearest<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let tolerated = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= tolerated)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Whether a character that is inserted, deleted, replaced or swapped with its neighbour
/// makes one word the other.
pub fn is_one_off(a: &str, b: &str) -> bool {
    let (a, b) = differing(a, b);
    // Two characters of at most four bytes each.
    a.len().max(b.len()) <= 8 && distance(a, b) == 1
}

/// Two words without what they have in common at the start and at the end.
fn differing<'w>(a: &'w str, b: &'w str) -> (&'w str, &'w str) {
    let bytes = |same: (char, char)| same.0.len_utf8();
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start: usize = a.chars().zip(b.chars()).take_while(same).map(bytes).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let pairs = a.chars().rev().zip(b.chars().rev());
    let end: usize = pairs.take_while(same).map(bytes).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// How many characters must be inserted, deleted, replaced or swapped with their
/// neighbour to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// A name as part of a file name: letters and digits of any script, and a single hyphen
/// for whatever stands between them.
pub fn file_stem(name: &str) -> String {
    let mut stem = String::new();
    for char in name.chars() {
        if char.is_alphanumeric() {
            stem.push(char);
        } else if !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
    }
    stem.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests;
