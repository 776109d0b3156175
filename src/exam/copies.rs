//! Personal copies: which student gets which variant, and where neighbours sit apart.

mod seating;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::Exam;
use crate::exam::blueprint::{Blueprint, Copies, Handing};
use crate::exam::code::Copied;
use crate::roster::{Room, Seat, Student};

/// A copy of a variant that is printed for one student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PersonalCopy {
    /// Who gets it.
    pub student: Student,
    /// The index of the variant.
    pub variant: usize,
    /// The code that is printed on every page. It is made from the place of the copy among
    /// all copies, never from the name.
    pub code: String,
}

/// Hands the variants of an exam out to students, in the order of the roster. Those who
/// have no seat yet get one if there is a room.
///
/// Fails if there are not enough seats, or if neighbours would have the same variant.
pub fn hand_out(
    exam: &mut Exam,
    blueprint: &Blueprint,
    students: &[Student],
) -> Checked<()> {
    let Some(copies) = &blueprint.copies else { return Ok(()) };
    let mut students = students.to_vec();
    let room = seat(&mut students, copies)?;
    let dealt = match copies.papers {
        Handing::Own => (0..students.len()).collect(),
        Handing::Dealt => deal(&students, exam.variants.len(), copies)?,
    };
    let mut given: BTreeSet<String> = exam.variants.codes().map(str::to_string).collect();
    let copied: Vec<Copied> = match copies.papers {
        Handing::Own => Vec::new(),
        Handing::Dealt => {
            let variants = exam.variants.iter();
            variants.map(|variant| Copied::of(&exam.head, &variant.paper)).collect()
        }
    };
    let copy = |((student, variant), number): ((Student, usize), usize)| {
        let code = match copies.papers {
            Handing::Own => exam.variants.code(variant).to_string(),
            Handing::Dealt => code(&copied[variant], number, &mut given),
        };
        PersonalCopy { student, variant, code }
    };
    exam.copies = students.into_iter().zip(dealt).zip(1..).map(copy).collect();
    exam.room = room;
    Ok(())
}

/// The code of a copy of a paper, which nobody else has. It comes from the number of the copy
/// among all copies.
fn code(copied: &Copied, number: usize, given: &mut BTreeSet<String>) -> String {
    let mut codes = (0..).map(|attempt| copied.code(number, attempt).to_string());
    codes.find(|code| given.insert(code.clone())).unwrap_or_default()
}

/// Gives students their seats, row by row from the front, unless the roster does.
fn seat(students: &mut [Student], copies: &Copies) -> Checked<Option<Room>> {
    let seats = || students.iter().filter_map(|student| student.seat);
    let Some(room) = copies.seats else {
        let rows = seats().map(|seat| seat.row).max();
        let columns = seats().map(|seat| seat.column).max();
        let room = rows.zip(columns).map(|(rows, columns)| Room { rows, columns });
        return Ok(room);
    };
    let fits = |seat: &Seat| seat.row <= room.rows && seat.column <= room.columns;
    let outside: Vec<Diagnostic> = (students.iter())
        .filter_map(|student| Some((student, student.seat.filter(|seat| !fits(seat))?)))
        .map(|(student, seat)| {
            let message = format!("`{}` sits at {seat}, outside the room", student.name);
            let Room { rows, columns } = room;
            let hint = format!("`seats` has {rows} rows of {columns}");
            Diagnostic::error(message).about(&student.name).hint(hint)
        })
        .collect();
    if !outside.is_empty() {
        return Err(outside);
    }
    if seats().next().is_some() {
        return Ok(Some(room));
    }
    if students.len() > room.rows * room.columns {
        let count = students.len();
        let message =
            format!("{count} students do not fit on {} seats", room.rows * room.columns);
        let hint = "add rows or columns to `seats`, or split the roster";
        return Err(vec![copies.placed(Diagnostic::error(message).hint(hint))]);
    }
    for (index, student) in students.iter_mut().enumerate() {
        let (row, column) = (index / room.columns + 1, index % room.columns + 1);
        student.seat = Some(Seat { row, column });
    }
    Ok(Some(room))
}

/// The variant that each student gets: in turn, or apart where they have seats.
fn deal(students: &[Student], variants: usize, copies: &Copies) -> Checked<Vec<usize>> {
    let seats: Vec<Seat> = students.iter().filter_map(|student| student.seat).collect();
    if seats.len() < students.len() {
        return Ok((0..students.len()).map(|index| index % variants).collect());
    }
    if variants < 2 && seats.len() > 1 {
        let message = "neighbours would have the same variant: there is only one";
        let hint = "write `variants = 4`, or `papers = \"own\"` for a variant each";
        return Err(vec![copies.placed(Diagnostic::error(message).hint(hint))]);
    }
    Ok(seating::apart(&seats, variants))
}
