//! Which column of a roster says what, by the names that schools give them.

use crate::diagnostic::{Checked, Diagnostic};
use crate::input::{Source, nearest};
use crate::roster::table::{Row, Table};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Name,
    Number,
    Id,
    Class,
    Seat,
}

/// The headers of each field without case, blanks and points; those that say most first.
const HEADERS: [(Field, &[&str]); 5] = [
    (
        Field::Name,
        &[
            "namalengkap",
            "namasiswa",
            "namamurid",
            "namapesertadidik",
            "namapeserta",
            "nama",
            "fullname",
            "studentname",
            "name",
            "student",
        ],
    ),
    (
        Field::Number,
        &[
            "noabsen",
            "nomorabsen",
            "absen",
            "rollnumber",
            "rollno",
            "nourut",
            "nomorurut",
            "nomor",
            "no",
            "number",
        ],
    ),
    (
        Field::Id,
        &[
            "nis",
            "nisn",
            "nipd",
            "noinduk",
            "nomorinduk",
            "nomorinduksiswa",
            "nopeserta",
            "nomorpeserta",
            "studentid",
            "studentnumber",
            "id",
        ],
    ),
    (Field::Class, &["kelas", "rombel", "class", "group"]),
    (Field::Seat, &["duduk", "tempatduduk", "kursi", "bangku", "meja", "seat"]),
];

/// Where the headers stand, and what they say.
pub struct Columns {
    /// The index of the row of headers.
    pub header: usize,
    fields: Vec<(Field, usize)>,
}

impl Columns {
    /// Finds the first row with a header for names; titles may stand above it.
    pub fn find(source: &Source, table: &Table) -> Checked<Columns> {
        let names = |row: &Row| !matching(Field::Name, row).is_empty();
        let Some(header) = table.rows.iter().position(names) else {
            return Err(vec![no_names(source, table)]);
        };
        let row = &table.rows[header];
        let (mut fields, mut findings) = (Vec::new(), Vec::new());
        for (field, _) in HEADERS {
            let found = matching(field, row);
            if let [(rank, column), (other, twice), ..] = found[..]
                && rank == other
            {
                let message = format!("the header `{}` stands twice", row.cell(column));
                let place = table.place(source, row, twice);
                let hint = "delete one of the columns, or give it another header";
                findings.push(Diagnostic::error(message).at(place).hint(hint));
            }
            fields.extend(found.first().map(|&(_, column)| (field, column)));
        }
        if findings.is_empty() { Ok(Columns { header, fields }) } else { Err(findings) }
    }

    /// The column of a field, if there is one.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().find(|(of, _)| *of == field).map(|&(_, column)| column)
    }
}

/// The columns whose headers may stand for a field, with the rank of each, the best first.
fn matching(field: Field, row: &Row) -> Vec<(usize, usize)> {
    let known = HEADERS.iter().find(|(of, _)| *of == field).map_or(&[][..], |(_, k)| *k);
    let rank = |cell: &String| known.iter().position(|name| *name == bare(cell));
    let cells = row.cells.iter().enumerate();
    let mut found: Vec<(usize, usize)> =
        cells.filter_map(|(column, cell)| Some((rank(cell)?, column))).collect();
    found.sort();
    found
}

/// A header without case, blanks and points.
fn bare(header: &str) -> String {
    header.to_lowercase().chars().filter(|char| char.is_alphanumeric()).collect()
}

fn no_names(source: &Source, table: &Table) -> Diagnostic {
    let Some(row) = table.rows.iter().find(|row| !row.is_empty()) else {
        return Diagnostic::error(format!("`{}` is empty", source.name))
            .hint("write headers on the first line, as in `No,Nama,Kelas`");
    };
    let found = row.cells.iter().filter(|cell| !cell.is_empty());
    let found: Vec<String> = found.map(|cell| format!("`{cell}`")).collect();
    let meant =
        row.cells.iter().find(|cell| nearest(&bare(cell), ["nama", "name"]).is_some());
    let hint = match meant {
        Some(cell) => format!("did you mean `Nama` by `{cell}`?"),
        None => format!(
            "the first line has the headers `Nama` or `Name`, and if you like `No`, `NIS`, \
             `Kelas`, `Duduk`; found: {}",
            found.join(", ")
        ),
    };
    Diagnostic::error("the roster has no column of names")
        .at(table.place(source, row, 0))
        .hint(hint)
}
