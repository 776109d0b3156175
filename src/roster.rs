//! The roster: the students of a class, from a CSV file as spreadsheets save it.

mod columns;
mod seat;
mod table;
#[cfg(test)]
mod tests;

pub use self::seat::{Room, Seat};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Checked, Diagnostic};
use crate::input::{self, Source};
use crate::roster::columns::{Columns, Field};
use crate::roster::table::{Row, Table};

/// A class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The students, in the order of the file.
    pub students: Vec<Student>,
    /// What is worth a look, though nothing is wrong.
    pub warnings: Vec<Diagnostic>,
}

/// A student. All values are text, so that leading zeros stay; what is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// The number in the class ("07").
    pub number: String,
    /// The number in the school or the country ("0051234567").
    pub id: String,
    /// The name.
    pub name: String,
    /// The class ("IX A").
    pub class: String,
    /// The seat, if it is known.
    pub seat: Option<Seat>,
}

impl Roster {
    /// Reads a roster. Fails with everything that is wrong with it.
    pub fn read(source: &Source) -> Checked<Roster> {
        let table = Table::read(source)?;
        let columns = Columns::find(source, &table)?;
        let mut reader = Reader { source, table: &table, columns, findings: Vec::new() };
        let roster = reader.roster();
        input::sort(&mut reader.findings);
        if reader.findings.is_empty() { Ok(roster) } else { Err(reader.findings) }
    }

    /// Decodes a file that a spreadsheet wrote: UTF-8, UTF-16 or Windows-1252.
    pub fn decode(name: &str, bytes: &[u8]) -> Result<Source, Diagnostic> {
        table::decode(name, bytes)
    }
}

/// Reads the rows of students and collects what is wrong with them.
struct Reader<'a> {
    source: &'a Source,
    table: &'a Table,
    columns: Columns,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn roster(&mut self) -> Roster {
        let (mut students, mut warnings) = (Vec::new(), Vec::new());
        let mut rows: Vec<&Row> = Vec::new();
        let mut empty: Option<&Row> = None;
        for row in &self.table.rows[self.columns.header + 1..] {
            if row.is_empty() {
                empty = empty.or(Some(row));
                continue;
            }
            // What is empty below the last student is of no interest.
            if let Some(first) = empty.take() {
                warnings.push(self.empty_lines(first, row));
            }
            if self.surplus(row) {
                continue;
            }
            if let Some(student) = self.student(row) {
                students.push(student);
                rows.push(row);
            }
        }
        if students.is_empty() && self.findings.is_empty() {
            let message = format!("`{}` has no students", self.source.name);
            let hint = "write one student on each line below the headers";
            self.findings.push(Diagnostic::error(message).hint(hint));
        }
        self.duplicates(&students, &rows);
        self.seats(&students, &rows);
        Roster { students, warnings }
    }

    fn student(&mut self, row: &Row) -> Option<Student> {
        let value = |field| self.columns.of(field).map_or("", |column| row.cell(column));
        let text = |field| value(field).to_string();
        let student = Student {
            number: text(Field::Number),
            id: text(Field::Id),
            name: text(Field::Name),
            class: text(Field::Class),
            seat: value(Field::Seat).parse().ok(),
        };
        let unread = student.seat.is_none() && !value(Field::Seat).is_empty();
        if student.name.is_empty() {
            let hint = "write the student's name, or delete the line";
            self.wrong(row, Field::Name, "the line has no name", hint);
            return None;
        }
        if unread {
            let message = format!("`{}` is no seat", text(Field::Seat));
            let hint = "write row and column, as in `2-3`; where the spreadsheet makes a date \
                        of it, write `B2K3`";
            self.wrong(row, Field::Seat, message, hint);
        }
        Some(student)
    }

    /// A comma in a name makes two cells of it, unless it stands in quotation marks.
    fn surplus(&mut self, row: &Row) -> bool {
        let most = self.table.rows[self.columns.header].cells.len();
        let last = row.cells.iter().rposition(|cell| !cell.is_empty());
        let last = last.filter(|&last| last >= most);
        if let Some(last) = last {
            let message =
                format!("the line has {} values, but there are {most} headers", last + 1);
            let hint =
                "put a value with a separator in it into quotation marks: \"Putri, Ayu\"";
            let place = self.table.place(self.source, row, most);
            self.findings.push(Diagnostic::error(message).at(place).hint(hint));
        }
        last.is_some()
    }

    /// No student has two lines: the same number, or the same name where there are none.
    fn duplicates(&mut self, students: &[Student], rows: &[&Row]) {
        let mut known: BTreeMap<(Field, String, String), usize> = BTreeMap::new();
        for (student, row) in students.iter().zip(rows) {
            let line = self.table.line(self.source, row);
            let (field, value, class) = match () {
                () if !student.id.is_empty() => (Field::Id, &student.id, ""),
                () if !student.number.is_empty() => {
                    (Field::Number, &student.number, student.class.as_str())
                }
                () => (Field::Name, &student.name, student.class.as_str()),
            };
            let key = (field, value.to_lowercase(), class.to_lowercase());
            if let Some(first) = known.get(&key) {
                let what = if field == Field::Name { "student" } else { "number" };
                let message = format!("the {what} `{value}` stands twice");
                let hint =
                    format!("it stands on line {first} too; delete one of the lines");
                self.wrong(row, field, message, &hint);
            } else {
                known.insert(key, line);
            }
        }
    }

    /// Where students have seats, each has one of its own.
    fn seats(&mut self, students: &[Student], rows: &[&Row]) {
        if students.iter().all(|student| student.seat.is_none()) {
            return;
        }
        let mut taken: BTreeMap<Seat, &str> = BTreeMap::new();
        let column = self.columns.of(Field::Seat);
        for (student, row) in students.iter().zip(rows) {
            let name = &student.name;
            match student.seat {
                Some(seat) => {
                    if let Some(other) = taken.insert(seat, name) {
                        let message = format!("the seat {seat} is taken twice");
                        let hint = format!("`{other}` sits there too");
                        self.wrong(row, Field::Seat, message, &hint);
                    }
                }
                None if column.is_some_and(|column| row.cell(column).is_empty()) => {
                    let message = format!("`{name}` has no seat, but others have one");
                    let hint = "give every student a seat, or none";
                    self.wrong(row, Field::Seat, message, hint);
                }
                None => {}
            }
        }
    }

    fn empty_lines(&self, first: &Row, next: &Row) -> Diagnostic {
        let line = self.table.line(self.source, first);
        let last = self.table.line(self.source, next) - 1;
        let message = match line == last {
            true => format!("line {line} of the roster is empty"),
            false => format!("lines {line} to {last} of the roster are empty"),
        };
        Diagnostic::warning(message)
            .at(self.table.place(self.source, first, 0))
            .hint("see whether a student is missing there")
    }

    fn wrong(&mut self, row: &Row, field: Field, message: impl Into<String>, hint: &str) {
        let column = self.columns.of(field).unwrap_or(0);
        let place = self.table.place(self.source, row, column);
        self.findings.push(Diagnostic::error(message).at(place).hint(hint));
    }
}
