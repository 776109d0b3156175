//! What worksheets for practice and play share: their heads, and those of their keys.

use crate::exam::puzzles::Entry;
use crate::exam::{Exam, Head};
use crate::sheet::heading::title;
use crate::sheet::paper::letterhead;
use crate::sheet::{
    Align, Block, Column, Field, Fields, Footer, Heading, Orientation, Paragraph,
    ParagraphRank, Row, Sheet, Table, Width,
};
use crate::text::{Text, capitalised};
use crate::wording::Wording;

/// What students get, below the letterhead, its name and lines for who works on it.
pub fn worksheet(
    head: &Head,
    name: &str,
    blocks: Vec<Block>,
    wording: &Wording,
) -> Sheet {
    let mut lines = vec![name.to_string()];
    lines.extend(head.title.iter().cloned());
    let opening = letterhead(head).into_iter();
    let opening = opening.chain([title(&lines), identity(head, wording)]);
    bare(head, name, opening.chain(blocks).collect(), wording)
}

/// What students get, with nothing above it.
pub fn bare(head: &Head, name: &str, blocks: Vec<Block>, wording: &Wording) -> Sheet {
    Sheet {
        title: format!("{name} {}", head.title_line()),
        language: head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::default(),
            right: Text::parse(&wording.footer.page),
        },
        watermark: head.watermark.as_deref().map(Text::parse),
        blocks,
        columns: Vec::new(),
    }
}

/// What teachers get, below its name.
pub fn key_sheet(
    exam: &Exam,
    name: &str,
    blocks: Vec<Block>,
    wording: &Wording,
) -> Sheet {
    let mut lines = vec![name.to_string()];
    lines.extend(exam.head.title.iter().cloned());
    let blocks = [title(&lines)].into_iter().chain(blocks).collect();
    bare(&exam.head, name, blocks, wording)
}

/// What it is about at the left; who works on it at the right.
fn identity(head: &Head, wording: &Wording) -> Block {
    let (words, identity) = (&wording.identity, &head.identity);
    let given = |label: &str, value: &Option<String>| {
        let value = value.as_ref().filter(|value| !value.trim().is_empty())?;
        Some(Field { label: Text::parse(label), value: Some(Text::parse(value)) })
    };
    let blank = |label: &str| Field { label: Text::parse(label), value: None };
    let left =
        [given(&words.subject, &identity.subject), given(&words.class, &identity.class)];
    let mut left: Vec<Field> = left.into_iter().flatten().collect();
    left.push(blank(&words.date));
    let right = [&words.name, &words.student_class, &words.number];
    Block::Fields(Fields { columns: vec![left, right.map(|label| blank(label)).into()] })
}

/// A heading without a number.
pub fn heading(text: &str) -> Block {
    Block::Heading(Heading { label: None, text: Text::parse(text), note: None })
}

/// A paragraph at the size of running text.
pub fn paragraph(text: &str) -> Block {
    let text = Text::parse(text);
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Body })
}

/// A ruled table for teachers, whose last column takes what the others leave.
pub fn table(heads: &[String], rows: Vec<Vec<Text>>) -> Block {
    let column = |index: usize| {
        let last = index + 1 == heads.len();
        let width = if last { Width::Share(1) } else { Width::Fit };
        Column { width, align: if index == 0 { Align::Units } else { Align::Left } }
    };
    Block::Table(Table {
        columns: (0..heads.len()).map(column).collect(),
        head: heads.iter().map(Text::bold).collect(),
        rows: rows.into_iter().map(|cells| Row { cells, keep: false }).collect(),
        ruled: true,
        small: true,
        together: false,
    })
}

/// Why an answer is right, or what was asked, as a sentence.
pub fn explanation(entry: &Entry) -> Text {
    let text = capitalised(entry.reason.as_ref().unwrap_or(&entry.clue));
    let closed = text.ends_with(['.', '!', '?']);
    Text::parse(&if closed { text } else { format!("{text}.") })
}

/// How many squares the words of an answer take: `(7, 5)`.
pub fn lengths(lengths: &[usize]) -> String {
    let lengths: Vec<String> = lengths.iter().map(usize::to_string).collect();
    format!("({})", lengths.join(",\u{a0}"))
}
