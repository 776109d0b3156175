//! The key matrix: the keys of all variants by number, and the place of each item.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::item_type::ItemType;
use crate::record::{QuestionRecord, Record, VariantRecord};

use super::key::{Cell, cell, read_cell, sections};
use super::reader::{Fault, Reader, Truths};
use super::sides::Side;
use super::words::{Words, fold};

/// How much may stand before the first row of a table.
const HEADINGS: usize = 2000;

/// How many characters tell a row.
const BEGINNING: usize = 12;

/// What is wrong with the matrix of some variants.
pub fn faults(
    record: &Record,
    variants: Range<usize>,
    sides: &[Side],
    truths: &mut Truths,
) -> Vec<Fault> {
    let words = Words::of(sides);
    let mut reader = Reader::new(&words);
    let mut faults = Vec::new();
    if record.variants.is_empty() {
        return faults;
    }
    let first = record.variants.get(0);
    let columns = variants.map(|index| Column::of(&record.variants.get(index)));
    let columns: Vec<Column> = columns.collect();
    for (index, section) in sections(&first).iter().enumerate() {
        if section[0].item_type == ItemType::Essay {
            continue;
        }
        let label = |number: u32| format!("{number}.");
        let rows = |columns: &[Column]| {
            let row = |(place, &(number, _)): (usize, &(u32, Cell))| {
                let cells =
                    columns.iter().filter_map(|column| column.section(index).get(place));
                let cells = cells.map(|(_, cell)| cell.clone()).collect();
                Row { number, label: label(number), cells }
            };
            columns[0].section(index).iter().enumerate().map(row).collect()
        };
        let begins = |column: &Column| {
            column.section(index).first().map(|&(number, _)| label(number))
        };
        tables(&mut reader, &columns, begins, rows, truths, &mut faults);
    }
    let rows = |columns: &[Column]| {
        let mut known = BTreeSet::new();
        let items = columns.iter().flat_map(|column| &column.items);
        let items = items.filter(|(id, ..)| known.insert(id));
        let row = |(id, number, stem): &(String, u32, Arc<str>)| {
            let cell = |column: &Column| {
                let found = column.items.iter().find(|(other, ..)| other == id);
                Cell::Text(
                    found.map_or(String::new(), |(_, number, _)| number.to_string()),
                )
            };
            let cells = columns.iter().map(cell).collect();
            Row { number: *number, label: stem.to_string(), cells }
        };
        items.map(row).collect()
    };
    let begins =
        |column: &Column| column.items.first().map(|(.., stem)| stem.to_string());
    tables(&mut reader, &columns, begins, rows, truths, &mut faults);
    faults
}

/// What the matrix says of a variant.
struct Column {
    /// Its label.
    label: String,
    /// The numbers and keys of the questions of each section.
    sections: Vec<Vec<(u32, Cell)>>,
    /// Its items in printed order: ids, numbers and stems.
    items: Vec<(String, u32, Arc<str>)>,
}

impl Column {
    /// That of a variant.
    fn of(variant: &VariantRecord) -> Column {
        let item = |it: &QuestionRecord| (it.item.clone(), it.number, it.stem.clone());
        let items = variant.questions.iter().map(item).collect();
        let cells = |section: &Vec<&QuestionRecord>| {
            section.iter().map(|question| (question.number, cell(question))).collect()
        };
        let sections = sections(variant).iter().map(cells).collect();
        Column { label: variant.label.clone(), sections, items }
    }

    /// The numbers and keys of a section.
    fn section(&self, index: usize) -> &[(u32, Cell)] {
        self.sections.get(index).map_or(&[], Vec::as_slice)
    }
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

/// Reads the tables below each other that have a column for every variant. What stands in
/// the first row of a table is told by the variant of its first column.
fn tables(
    reader: &mut Reader,
    columns: &[Column],
    first: impl Fn(&Column) -> Option<String>,
    rows: impl Fn(&[Column]) -> Vec<Row>,
    truths: &mut Truths,
    faults: &mut Vec<Fault>,
) {
    let mut rest = columns;
    while let Some(column) = rest.first() {
        let Some(count) = first(column).and_then(|row| heads(reader, rest, &row)) else {
            let (label, page) = (&column.label, reader.page());
            let message = format!("the matrix has no column of variant {label}");
            return faults.push(Fault { page, number: None, message });
        };
        let (table, others) = rest.split_at(count);
        if let Err(fault) = self::table(reader, table, &rows(table), truths) {
            return faults.push(fault);
        }
        rest = others;
    }
}

/// How many variants the next table has, whose heads stand before its first row.
fn heads(reader: &mut Reader, columns: &[Column], first: &str) -> Option<usize> {
    let (words, mut first) = (reader.words, fold(first));
    // The rest may stand on another page.
    first.truncate(BEGINNING);
    let last = words.chars().len().min(reader.at + HEADINGS);
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
    columns: &[Column],
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
        for (Column { label, .. }, cell) in columns.iter().zip(&row.cells) {
            if let Cell::Truth(truth) = cell {
                // Where no key is printed, the matrix is the first to say them.
                let said = &reader.words.chars()[reader.words.piece(reader.at)];
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
fn names(words: &Words, passage: Range<usize>, columns: &[Column]) -> usize {
    let mut at = passage.start;
    let there = |column: &&Column| {
        let label = fold(&column.label);
        let found = (at..passage.end).find_map(|start| words.read(start, &label));
        at = found.unwrap_or(at);
        found.is_some_and(|end| end <= passage.end)
    };
    columns.iter().take_while(there).count()
}
