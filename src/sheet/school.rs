//! What teachers' documents say of the school: who is meant, and who signs.

use crate::exam::{Exam, Person};
use crate::sheet::{Align, Block, Column, Field, Row, Table, Width};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// The lines that a signature takes.
const SIGNATURE: &str = "\n\n\n";

/// A labelled value, or a line to write on if it is not known.
pub fn field(label: &str, value: Option<&str>) -> Field {
    let value = value.filter(|value| !value.trim().is_empty());
    Field { label: Text::parse(label), value: value.map(Text::parse) }
}

/// The school, as its letterhead says.
pub fn school(exam: &Exam) -> Option<&str> {
    exam.head.letterhead.as_ref()?.school.as_deref()
}

/// Where the headmaster and the teacher sign, on one page.
pub fn signatures(exam: &Exam, wording: &Wording) -> Block {
    let (words, school) = (&wording.school, &exam.head.school);
    let known = |text: &Option<String>| text.clone().unwrap_or(words.blank.clone());
    let place = [
        ("place", known(&school.place).as_str()),
        ("date", known(&school.date).as_str()),
    ]
    .map(|(name, value)| (name, value.to_string()));
    let place = place.each_ref().map(|(name, value)| (*name, value.as_str()));
    let [headmaster, teacher] = [&school.headmaster, &school.teacher];
    let name = |person: &Person| Text::bold(crate::text::plain(&known(&person.name)));
    let number = |person: &Person| {
        Text::parse(&fill(&words.number, &[("number", &known(&person.number))]))
    };
    let rows = [
        [Text::parse(&words.approved), Text::parse(&fill(&words.signed, &place))],
        [Text::parse(&words.headmaster), Text::parse(&words.teacher)],
        [Text::plain(SIGNATURE), Text::plain(SIGNATURE)],
        [name(headmaster), name(teacher)],
        [number(headmaster), number(teacher)],
    ];
    Block::Table(Table {
        columns: vec![Column { width: Width::Share(1), align: Align::Left }; 2],
        rows: rows.map(|cells| Row { cells: cells.into(), keep: true }).into(),
        together: true,
        ..Table::default()
    })
}
