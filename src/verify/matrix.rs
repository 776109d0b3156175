//! The key matrix: the keys of all variants by number, and the place of each item.

use std::ops::Range;

use crate::item_type::ItemType;
use crate::record::{QuestionRecord, Record, VariantRecord};

use super::key::{Cell, cell, read_cell, sections};
use super::pages::Page;
use super::reader::{Fault, Reader, Truths};
use super::sides::Side;
use super::words::{Words, fold};

/// How much may stand before the first row of a table.
const HEADINGS: usize = 2000;

/// How many characters tell a row.
const BEGINNING: usize = 12;

/// What is wrong with the matrix.
pub fn faults(record: &Record, pages: &[Page], truths: &mut Truths) -> Vec<Fault> {
    let sides: Vec<Side> = pages.iter().map(Side::from).collect();
    let words = Words::of(&sides);
    let mut reader = Reader::new(&words);
    let mut faults = Vec::new();
    let Some(first) = record.variants.held().first() else { return faults };
    let all: Vec<Vec<Vec<&QuestionRecord>>> =
        record.variants.held().iter().map(sections).collect();
    for (index, section) in sections(first).iter().enumerate() {
        if section[0].item_type == ItemType::Essay {
            continue;
        }
        let columns: Vec<(&VariantRecord, Vec<&QuestionRecord>)> = (record
            .variants
            .held()
            .iter())
        .zip(&all)
        .map(|(variant, of)| (variant, of.get(index).cloned().unwrap_or_default()))
        .collect();
        let rows = |columns: &[(&VariantRecord, Vec<&QuestionRecord>)]| {
            let row = |place: usize| {
                let number = columns[0].1[place].number;
                let cells = columns.iter().filter_map(|(_, of)| of.get(place));
                let cells = cells.map(|question| cell(question)).collect();
                Row { number, label: format!("{number}."), cells }
            };
            (0..columns[0].1.len()).map(row).collect()
        };
        tables(&mut reader, &columns, rows, truths, &mut faults);
    }
    let columns: Vec<(&VariantRecord, Vec<&QuestionRecord>)> = record
        .variants
        .held()
        .iter()
        .map(|v| (v, v.questions.iter().collect()))
        .collect();
    let rows = |columns: &[(&VariantRecord, Vec<&QuestionRecord>)]| {
        let row = |question: &QuestionRecord| {
            let places = columns.iter().map(|(_, of)| {
                let found = of.iter().find(|other| other.item == question.item);
                Cell::Text(found.map_or(String::new(), |found| found.number.to_string()))
            });
            let (number, label) = (question.number, question.stem.clone());
            Row { number, label, cells: places.collect() }
        };
        first.questions.iter().map(row).collect()
    };
    tables(&mut reader, &columns, rows, truths, &mut faults);
    faults
}

/// A row of a table.
struct Row {
    /// The number of the question.
    number: u32,
    /// What stands in the first column.
    label: String,
    /// What stands in the columns of the variants.
    cells: Vec<Cell>,
}

/// Reads the tables below each other that have a column for every variant.
fn tables<T: Clone>(
    reader: &mut Reader,
    columns: &[(&VariantRecord, T)],
    rows: impl Fn(&[(&VariantRecord, T)]) -> Vec<Row>,
    truths: &mut Truths,
    faults: &mut Vec<Fault>,
) {
    let mut rest = columns;
    while !rest.is_empty() {
        let all = rows(rest);
        let Some(count) = all.first().and_then(|row| heads(reader, rest, &row.label))
        else {
            let (labels, page) = (&rest[0].0.label, reader.page());
            let message = format!("the matrix has no column of variant {labels}");
            return faults.push(Fault { page, number: None, message });
        };
        let (table, others) = rest.split_at(count);
        if let Err(fault) = self::table(reader, table, &all, truths) {
            return faults.push(fault);
        }
        rest = others;
    }
}

/// How many variants the next table has, whose heads stand before its first row.
fn heads(
    reader: &mut Reader,
    columns: &[(&VariantRecord, impl Clone)],
    first: &str,
) -> Option<usize> {
    let (words, mut first) = (reader.words, fold(first));
    // The rest may stand on another page.
    first.truncate(BEGINNING);
    let last = words.chars.len().min(reader.at + HEADINGS);
    let start = reader.at;
    (start..last).find_map(|at| {
        words.read(at, &first).filter(|_| words.is_apart(at))?;
        let count = names(words, start..at, columns);
        reader.at = at;
        (count > 0).then_some(count)
    })
}

/// Reads the rows of a table.
fn table(
    reader: &mut Reader,
    columns: &[(&VariantRecord, impl Clone)],
    rows: &[Row],
    truths: &mut Truths,
) -> Result<(), Fault> {
    for row in rows {
        let fault = |reader: &Reader, message: String| {
            let (page, number) = (reader.page(), Some(row.number));
            Fault { page, number, message }
        };
        // A row that no page holds is written line by line, so that its cells stand behind
        // the first line of its label.
        let mut rest = Vec::new();
        if reader.text(&row.label).is_none() {
            let label = fold(&row.label);
            let agreed = reader.words.agree(reader.at, &label);
            if agreed == 0 {
                let here = reader.here();
                let message =
                    format!("the matrix has “{here}”, not the row “{}”", row.label);
                return Err(fault(reader, message));
            }
            reader.at += agreed;
            rest = label[agreed..].to_vec();
        }
        let mut centre = 0.0;
        for ((variant, _), cell) in columns.iter().zip(&row.cells) {
            let label = &variant.label;
            if let Cell::Truth(truth) = cell {
                // Where no key is printed, the matrix is the first to say them.
                let said = &reader.words.chars[reader.words.piece(reader.at)];
                truths.learn(*truth, &[said]);
            }
            let Some(read) = read_cell(reader.words, reader.at, cell, truths) else {
                let due = match cell {
                    Cell::Text(text) => text.clone(),
                    Cell::Truth(truth) => truth.to_string(),
                };
                let here = reader.words.shown(reader.words.piece(reader.at));
                let message = format!(
                    "the matrix says “{here}” of variant {label}, and the record “{due}”"
                );
                return Err(fault(reader, message));
            };
            if read.is_empty() {
                continue;
            }
            let middle = reader.words.centre(&read);
            if middle <= centre {
                let message = format!("the cell of variant {label} is not in its column");
                return Err(fault(reader, message));
            }
            (centre, reader.at) = (middle, read.end);
        }
        if reader.text(&String::from_iter(&rest)).is_none() {
            let message = format!("the matrix does not repeat “{}”", row.label);
            return Err(fault(reader, message));
        }
    }
    Ok(())
}

/// How many labels of variants stand in order in a passage.
fn names(
    words: &Words,
    passage: Range<usize>,
    columns: &[(&VariantRecord, impl Clone)],
) -> usize {
    let mut at = passage.start;
    let there = |(variant, _): &&(&VariantRecord, _)| {
        let label = fold(&variant.label);
        let found = (at..passage.end).find_map(|start| words.read(start, &label));
        at = found.unwrap_or(at);
        found.is_some_and(|end| end <= passage.end)
    };
    columns.iter().take_while(there).count()
}
