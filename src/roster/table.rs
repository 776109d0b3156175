//! The cells of a CSV file, and where each stands.

use std::ops::Range;

use csv::ReaderBuilder;
use encoding_rs::{Encoding, WINDOWS_1252};

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::input::Source;

/// What stands between cells, the likeliest first.
const SEPARATORS: [char; 3] = [';', '\t', ','];

/// How files start that are no text: those of Excel and of old Excel.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// The cells of a file.
pub struct Table {
    /// The rows, empty ones included, in order.
    pub rows: Vec<Row>,
    /// What stands between cells.
    separator: char,
}

/// A row.
pub struct Row {
    /// The cells, each on one line and without blanks around it.
    pub cells: Vec<String>,
    /// The byte that it starts at.
    start: usize,
}

impl Row {
    /// Whether nothing is written on it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    /// A cell, or nothing where the row ends before it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Table {
    /// Reads the cells of a file.
    pub fn read(source: &Source) -> Checked<Table> {
        let text = &source.text;
        // Excel takes the separator from such a first line.
        let named = text.strip_prefix("sep=").and_then(|rest| rest.chars().next());
        let named = named.filter(|char| SEPARATORS.contains(char));
        let skipped =
            named.map_or(0, |_| text.find('\n').map_or(text.len(), |at| at + 1));
        let separator = named.unwrap_or_else(|| separator(text));
        let mut reader = ReaderBuilder::new()
            .delimiter(separator as u8)
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[skipped..]);
        let mut table = Table { rows: Vec::new(), separator };
        for record in reader.records() {
            let record = record.map_err(|e| vec![Diagnostic::error(e.to_string())])?;
            let mut start =
                skipped + record.position().map_or(0, |at| at.byte() as usize);
            // Lines without a character are no records.
            while text[start..].starts_with('\n') {
                table.rows.push(Row { cells: Vec::new(), start });
                start += 1;
            }
            let cells = record.iter().map(one_line).collect();
            table.rows.push(Row { cells, start });
        }
        match table.unclosed(text) {
            Some(at) => {
                let hint = "write another `\"` behind the value, or delete this one";
                let finding = Diagnostic::error("the quotation mark is not closed");
                Err(vec![finding.at(source.place(at..at + 1)).hint(hint)])
            }
            None => Ok(table),
        }
    }

    /// The place of a cell, or of the end of a row that has no such cell.
    pub fn place(&self, source: &Source, row: &Row, column: usize) -> Place {
        let spans = self.spans(&source.text, row.start);
        let end = spans.last().map_or(row.start, |span| span.end);
        let span = spans.get(column).cloned().unwrap_or(end..end);
        source.place(span)
    }

    /// The line that a row starts on, from 1.
    pub fn line(&self, source: &Source, row: &Row) -> usize {
        source.text[..row.start].matches('\n').count() + 1
    }

    /// The bytes of each cell of the row that starts at a byte.
    fn spans(&self, text: &str, start: usize) -> Vec<Range<usize>> {
        let (mut spans, mut from, mut quoted) = (Vec::new(), start, false);
        for (at, char) in text[start..].char_indices() {
            let at = start + at;
            match char {
                '"' if quoted || at == from => quoted = !quoted,
                // A doubled mark opens again what it closed.
                '"' => quoted = text[..at].ends_with('"'),
                '\n' if !quoted => {
                    spans.push(from..at);
                    return spans;
                }
                _ if char == self.separator && !quoted => {
                    spans.push(from..at);
                    from = at + 1;
                }
                _ => {}
            }
        }
        spans.push(from..text.len());
        spans
    }

    /// Where a cell of the last row opens with a mark that nothing closes: it has swallowed
    /// the rest of the file.
    fn unclosed(&self, text: &str) -> Option<usize> {
        let row = self.rows.last()?;
        let cell = self.spans(text, row.start).pop()?;
        let quoted = text[cell.clone()].trim_end_matches('\n');
        let marks = quoted.matches('"').count();
        (quoted.starts_with('"') && marks % 2 == 1).then_some(cell.start)
    }
}

/// A value on one line, whatever breaks it in the file.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// What stands most often between the cells of the first line with any.
fn separator(text: &str) -> char {
    let lines = text.lines().find(|line| line.contains(SEPARATORS)).unwrap_or("");
    let counts =
        SEPARATORS.map(|separator| (lines.matches(separator).count(), separator));
    let most = counts.iter().map(|(count, _)| *count).max();
    counts.into_iter().find(|(count, _)| Some(*count) == most).map_or(',', |(_, c)| c)
}

/// Decodes a file that a spreadsheet wrote; every line ends in one way.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()
        }
        None => match str::from_utf8(bytes) {
            Ok(text) => text.to_string(),
            Err(_) => WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    };
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) || text.contains('\0') {
        return Err(Diagnostic::error(format!("`{name}` is not a CSV file"))
            .hint("save it from the spreadsheet as CSV"));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok(Source { name: name.to_string(), text: text.into() })
}
