//! The seating plan, and the order in which papers are handed out along the rows.

use std::collections::BTreeMap;

use crate::exam::{Exam, PersonalCopy};
use crate::roster::{Room, Seat};
use crate::sheet::heading::title;
use crate::sheet::{
    Align, Block, Column, Footer, Heading, Orientation, Paragraph, ParagraphRank, Row,
    Sheet, Table, Width,
};
use crate::text::{Style, Text};
use crate::wording::{Wording, fill};

/// How many seats a row has at most whose names are set as large as running text.
const WIDE: usize = 6;

/// Composes the seating plan of a room: who sits where, with which variant.
pub fn seating_plan(exam: &Exam, room: Room, wording: &Wording) -> Sheet {
    let words = &wording.seating;
    let seated = seated(exam);
    let cell = |row, column| match seated.get(&Seat { row, column }) {
        Some(copy) => {
            let seat = Seat { row, column }.to_string();
            let label = exam.variants.label(copy.variant);
            let head = fill(&words.seat, &[("seat", &seat), ("variant", label)]);
            let mut text = Text::bold(head);
            text.push(&format!("\n{}", copy.student.name), Style::default());
            text
        }
        None => Text::parse(&words.empty),
    };
    let row = |row| Row {
        cells: (1..=room.columns).map(|column| cell(row, column)).collect(),
        keep: false,
    };
    let column = Column { width: Width::Share(1), align: Align::Centre };
    let plan = Table {
        columns: vec![column; room.columns],
        rows: (1..=room.rows).map(row).collect(),
        ruled: true,
        small: room.columns > WIDE,
        ..Table::default()
    };
    let front = Text::bold(words.front.as_str());
    let front = Paragraph { text: front, rank: ParagraphRank::Centred };
    let note = Text::parse(&words.note);
    let note = Paragraph { text: note, rank: ParagraphRank::Small };
    let blocks = vec![
        Block::Frame(vec![Block::Paragraph(front)]),
        Block::Table(plan),
        Block::Paragraph(note),
    ];
    Sheet {
        orientation: Orientation::Landscape,
        ..list(exam, &words.title, blocks, wording)
    }
}

/// Composes the order of papers: how many of each variant there are, and which comes after
/// which in every row.
pub fn distribution(exam: &Exam, wording: &Wording) -> Sheet {
    let words = &wording.distribution;
    let fit = |align| Column { width: Width::Fit, align };
    let heads = |heads: &[String]| heads.iter().map(Text::bold).collect();
    let papers = |index| exam.copies.iter().filter(move |copy| copy.variant == index);
    let count = |(index, label): (usize, &str)| {
        let count = papers(index).count();
        [label.to_string(), count.to_string()]
    };
    let mut counts: Vec<[String; 2]> =
        exam.variants.labels().enumerate().map(count).collect();
    counts.push([words.total.clone(), exam.copies.len().to_string()]);
    let counts = Table {
        columns: vec![fit(Align::Left), fit(Align::Units)],
        head: heads(&words.heads),
        rows: counts.iter().map(|cells| plain_row(cells)).collect(),
        ruled: true,
        ..Table::default()
    };
    let mut rows: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (seat, copy) in seated(exam) {
        let label = exam.variants.label(copy.variant);
        rows.entry(seat.row).or_default().push(label);
    }
    let row = |(row, labels): (usize, Vec<&str>)| {
        let cells = [row.to_string(), labels.join(&words.then), labels.len().to_string()];
        plain_row(&cells)
    };
    let share = Column { width: Width::Share(1), align: Align::Left };
    let order = Table {
        columns: vec![fit(Align::Units), share, fit(Align::Units)],
        head: heads(&words.rows),
        rows: rows.into_iter().map(row).collect(),
        ruled: true,
        ..Table::default()
    };
    let heading = |label: &str, text: &str, note: Option<&String>| {
        Block::Heading(Heading {
            label: Some(Text::plain(label)),
            text: Text::parse(text),
            note: note.map(|note| Text::parse(note)),
        })
    };
    let blocks = vec![
        heading("A.", &words.counts, None),
        Block::Table(counts),
        heading("B.", &words.order, Some(&words.note)),
        Block::Table(order),
    ];
    list(exam, &words.title, blocks, wording)
}

/// A row of cells that are taken as they stand.
fn plain_row(cells: &[String]) -> Row {
    Row { cells: cells.iter().map(Text::plain).collect(), keep: false }
}

/// The copies by seat, row by row from the front.
fn seated(exam: &Exam) -> BTreeMap<Seat, &PersonalCopy> {
    exam.copies.iter().filter_map(|copy| Some((copy.student.seat?, copy))).collect()
}

/// A list for the teacher, below its name and the exam's.
pub fn list(exam: &Exam, name: &str, blocks: Vec<Block>, wording: &Wording) -> Sheet {
    let mut lines = vec![name.to_string()];
    lines.extend(exam.head.title.iter().cloned());
    Sheet {
        title: format!("{name} {}", exam.head.title_line()),
        language: exam.head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::default(),
            right: Text::parse(&wording.footer.page),
        },
        watermark: None,
        blocks: [title(&lines)].into_iter().chain(blocks).collect(),
        columns: Vec::new(),
    }
}
