//! The pictures of items and stimuli, and their tables: how they are written, read and
//! checked.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::bank::load::BankText;
use crate::bank::load::check::Check;
use crate::bank::load::questions::optional;
use crate::bank::load::raw::{Name, Table};
use crate::bank::{Bank, Figure};
use crate::diagnostic::{Diagnostic, counted};
use crate::input::Source;
use crate::length::Length;
use crate::picture::PictureFile;

/// A narrower picture shows nothing.
const NARROWEST: Length = Length::mm(10);

/// Opens a picture that a bank file names, or says why it cannot be read.
pub type OpenPicture<'a> =
    dyn FnMut(&Source, &str) -> Result<PictureFile, Diagnostic> + 'a;

/// A picture as it is written: the name of its file, or a table.
#[derive(Debug, Default)]
pub struct RawFigure {
    pub file: Option<Name>,
    pub width: Option<Spanned<Length>>,
    pub caption: Option<String>,
    pub alt: Option<String>,
}

/// What is written of a picture in the other language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FigureWords {
    pub file: Option<Name>,
    pub caption: Option<String>,
    pub alt: Option<String>,
}

/// A picture that is written as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureTable {
    file: Name,
    width: Option<Spanned<Length>>,
    caption: Option<String>,
    alt: Option<String>,
}

struct FigureVisitor;

impl<'de> Visitor<'de> for FigureVisitor {
    type Value = RawFigure;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the name of a file, or a table with `file`")
    }

    fn visit_str<E: Error>(self, file: &str) -> Result<RawFigure, E> {
        // The span is that of the whole, which the field that holds it knows.
        let file = Some(Spanned::new(0..0, file.to_string()));
        Ok(RawFigure { file, ..RawFigure::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawFigure, A::Error> {
        let table = FigureTable::deserialize(MapAccessDeserializer::new(map))?;
        let FigureTable { file, width, caption, alt } = table;
        Ok(RawFigure { file: Some(file), width, caption, alt })
    }
}

impl<'de> de::Deserialize<'de> for RawFigure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawFigure, D::Error> {
        deserializer.deserialize_any(FigureVisitor)
    }
}

/// Opens the pictures of a bank, and collects what is wrong with them.
pub struct Pictures<'a> {
    pub open: &'a mut OpenPicture<'a>,
    pub problems: Vec<Diagnostic>,
}

impl Pictures<'_> {
    /// The picture of an entry, with the files that the bank rests on.
    pub fn figure(
        &mut self,
        file: &BankText,
        bank: &mut Bank,
        own: &Option<Spanned<RawFigure>>,
        translated: &FigureWords,
    ) -> Option<Figure> {
        let (span, own) = own.as_ref().map(|own| (own.span(), own.get_ref()))?;
        let name = own.file.as_ref()?;
        let at = if name.span().is_empty() { span } else { name.span() };
        let picture = self.open(file, bank, name, at);
        let mut translations = BTreeMap::new();
        if let Some(name) = &translated.file
            && let Some(picture) = self.open(file, bank, name, name.span())
        {
            translations.insert(file.other(), picture);
        }
        Some(Figure {
            picture: picture?,
            translations,
            width: own.width.as_ref().map(|width| *width.get_ref()),
            caption: optional(file, &own.caption, &translated.caption),
            alt: optional(file, &own.alt, &translated.alt),
        })
    }

    fn open(
        &mut self,
        file: &BankText,
        bank: &mut Bank,
        name: &Name,
        at: Range<usize>,
    ) -> Option<PictureFile> {
        match (self.open)(file.source, name.get_ref()) {
            Ok(picture) => {
                // The files of a bank are gathered in order; this is the last one yet.
                if let Some(file) = bank.files.last_mut()
                    && !file.pictures.contains(&picture.file)
                {
                    file.pictures.push(picture.file.clone());
                    file.pictures.sort();
                }
                Some(picture)
            }
            Err(finding) => {
                self.problems.push(finding.at(file.places.at(at)));
                None
            }
        }
    }
}

/// Checks how wide a picture is printed. `whose` is what messages call its entry.
pub fn figure(check: &mut Check, whose: &str, figure: &Option<Spanned<RawFigure>>) {
    let width = figure.as_ref().and_then(|figure| figure.get_ref().width.as_ref());
    if let Some(width) = width.filter(|width| *width.get_ref() < NARROWEST) {
        let message = format!("the picture of {whose} is narrower than 10 mm");
        let hint = "give a width like `\"60mm\"`, or none for its natural one";
        check.problem(width.span(), message, hint);
    }
}

/// Checks a table and its translation.
pub fn table(
    check: &mut Check,
    whose: &str,
    own: &Option<Spanned<Table>>,
    translated: &Option<Spanned<Table>>,
) {
    let Some(own) = own else { return };
    filled(check, whose, own);
    if let Some(translated) = translated {
        same_shape(check, whose, own.get_ref(), translated);
    }
}

/// Checks that there is something in a table, and that its rows are equally long.
fn filled(check: &mut Check, whose: &str, table: &Spanned<Table>) {
    let (span, table) = (table.span(), table.get_ref());
    if table.head.is_empty() || table.rows.is_empty() {
        let message = format!("the table of {whose} is empty");
        let hint = "give `head = [\"…\"]` and `rows = [[\"…\"]]`";
        return check.problem(span, message, hint);
    }
    let columns = table.head.len();
    for row in table.rows.iter().filter(|row| row.get_ref().len() != columns) {
        let cells = counted(row.get_ref().len(), "cell");
        let message = format!("a row of {whose} has {cells}, not {columns}");
        check.problem(row.span(), message, "give every row a cell for each `head`");
    }
}

/// Checks that every cell has one translation.
fn same_shape(check: &mut Check, whose: &str, own: &Table, translated: &Spanned<Table>) {
    let shape = |table: &Table| {
        let rows = table.rows.iter().map(|row| row.get_ref().len());
        [table.head.len()].into_iter().chain(rows).collect::<Vec<usize>>()
    };
    if shape(own) != shape(translated.get_ref()) {
        let message = format!("not every cell of {whose} has one translation");
        let hint = "give as many heads, rows and cells, in the same order";
        check.problem(translated.span(), message, hint);
    }
}
