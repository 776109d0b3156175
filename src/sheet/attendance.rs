//! The attendance list, which students sign.

use crate::exam::{Exam, PersonalCopy};
use crate::roster::Student;
use crate::sheet::seating::list;
use crate::sheet::{Align, Block, Column, Field, Fields, Row, Sheet, Table, Width};
use crate::text::Text;
use crate::wording::Wording;

/// Composes the attendance list: a line for every student, in the order of the roster.
/// Signatures stand in two columns by turns, so that each has the height of two lines.
pub fn attendance(exam: &Exam, wording: &Wording) -> Sheet {
    let columns = columns(exam, wording);
    let row = |(copy, number): (&PersonalCopy, usize)| Row {
        cells: columns.iter().map(|(_, _, cell)| cell(copy, number)).collect(),
        keep: false,
    };
    let table = Table {
        columns: columns.iter().map(|(_, column, _)| *column).collect(),
        head: columns.iter().map(|(head, _, _)| Text::bold(head.as_str())).collect(),
        rows: exam.copies.iter().zip(1..).map(row).collect(),
        ruled: true,
        small: true,
        together: false,
    };
    let words = &wording.attendance;
    let blank = |label: &String| Field { label: Text::parse(label), value: None };
    let written = |label: &String, value: &Option<String>| Field {
        label: Text::parse(label),
        value: value.as_deref().filter(|v| !v.trim().is_empty()).map(Text::parse),
    };
    let (labels, identity) = (&wording.identity, &exam.head.identity);
    let about = Fields {
        columns: vec![
            vec![
                written(&labels.subject, &identity.subject),
                written(&labels.date, &identity.date),
                blank(&words.room),
            ],
            vec![blank(&words.present), blank(&words.absent), blank(&words.supervisor)],
        ],
    };
    let blocks = vec![Block::Fields(about), Block::Table(table)];
    list(exam, &words.title, blocks, wording)
}

/// The head of a column, how it is set, and what its cells say.
type Described<'a> = (String, Column, Box<dyn Fn(&PersonalCopy, usize) -> Text + 'a>);

/// The columns of the list; those that would be empty are left out.
fn columns<'a>(exam: &'a Exam, wording: &Wording) -> Vec<Described<'a>> {
    let (words, labels) = (&wording.attendance, &wording.identity);
    let fit = |align| Column { width: Width::Fit, align };
    let has = |value: fn(&Student) -> bool| exam.copies.iter().any(|c| value(&c.student));
    let mut columns: Vec<Described> = vec![(
        words.number.clone(),
        fit(Align::Units),
        Box::new(|_, number| Text::plain(number.to_string())),
    )];
    let mut add = |head: &str, column, cell: fn(&PersonalCopy) -> String| {
        let cell = Box::new(move |copy: &PersonalCopy, _| Text::plain(cell(copy)));
        columns.push((head.to_string(), column, cell));
    };
    if has(|student| !student.id.is_empty()) {
        add(&labels.student_id, fit(Align::Left), |copy| copy.student.id.clone());
    } else if has(|student| !student.number.is_empty()) {
        add(&labels.number, fit(Align::Left), |copy| copy.student.number.clone());
    }
    let share = |share| Column { width: Width::Share(share), align: Align::Left };
    add(&labels.name, share(5), |copy| copy.student.name.clone());
    if has(|student| !student.class.is_empty()) {
        add(&labels.student_class, fit(Align::Left), |copy| copy.student.class.clone());
    }
    if has(|student| student.seat.is_some()) {
        add(&words.seat, fit(Align::Centre), |copy| {
            copy.student.seat.map_or(String::new(), |seat| seat.to_string())
        });
    }
    columns.push((
        labels.variant.clone(),
        fit(Align::Centre),
        Box::new(|copy, _| Text::plain(exam.variants.label(copy.variant))),
    ));
    columns.push((
        words.code.clone(),
        fit(Align::Left),
        Box::new(|copy, _| Text::plain(&copy.code)),
    ));
    for (parity, head) in [1, 0].into_iter().zip(&words.signature) {
        let signature = move |_: &PersonalCopy, number: usize| match number % 2 == parity
        {
            true => Text::plain(format!("{number}.")),
            false => Text::default(),
        };
        columns.push((head.clone(), share(3), Box::new(signature)));
    }
    columns
}
