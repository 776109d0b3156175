//! Stimuli: texts and tables above the questions that are about them.

use crate::exam::{Question, Stimulus, StimulusTable};
use crate::sheet::heading::range;
use crate::sheet::paper::bold;
use crate::sheet::{
    Align, Block, Column, Hanging, Paragraph, ParagraphRank, Row, Table, Width,
};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// A stimulus with the line that says which questions are about it; keeps with the first
/// of them.
pub fn lead(stimulus: &Stimulus, asked: &[&Question], wording: &Wording) -> Block {
    let words = &wording.paper.stimulus;
    let said = match (stimulus.paragraphs.is_empty(), &stimulus.table) {
        (true, _) => &words.table,
        (false, None) => &words.text,
        (false, Some(_)) => &words.both,
    };
    let (said, numbers) = range(said, asked.iter().map(|question| question.number));
    let said = Text::parse(&fill(said, &[("numbers", &numbers)]));
    let about = paragraph(bold(said), ParagraphRank::Body);
    Block::Lead(vec![about, body(stimulus)])
}

/// A text in a frame, with its table if it has one; a table alone stands under the words
/// of the questions.
fn body(stimulus: &Stimulus) -> Block {
    let title = stimulus.title.iter();
    let title = title.map(|t| paragraph(bold(Text::parse(t)), ParagraphRank::Centred));
    let text = stimulus.paragraphs.iter();
    let text = text.map(|text| paragraph(Text::parse(text), ParagraphRank::Body));
    let table = stimulus.table.iter().flat_map(table);
    let blocks = title.chain(text).chain(table).collect();
    match stimulus.paragraphs.is_empty() {
        true => Block::Hanging(Hanging { label: Text::default(), blocks }),
        false => Block::Frame(blocks),
    }
}

/// A ruled table below its caption.
fn table(table: &StimulusTable) -> Vec<Block> {
    let caption = table.caption.iter();
    let caption = caption.map(|text| paragraph(Text::parse(text), ParagraphRank::Body));
    let columns = (0..table.head.len()).map(|index| {
        let numbers = table.rows.iter().all(|row| is_number(&row[index]));
        let align = if numbers { Align::Centre } else { Align::Left };
        Column { width: Width::Fit, align }
    });
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| Text::parse(cell)).collect();
        Row { cells, keep: false }
    });
    let ruled = Block::Table(Table {
        columns: columns.collect(),
        head: table.head.iter().map(|head| Text::parse(head)).collect(),
        rows: rows.collect(),
        ruled: true,
        together: true,
        ..Table::default()
    });
    caption.chain([ruled]).collect()
}

/// Whether a cell holds a number, a share or nothing but a dash.
fn is_number(cell: &str) -> bool {
    cell.chars().all(|char| char.is_ascii_digit() || " .,%+-–−".contains(char))
}

fn paragraph(text: Text, rank: ParagraphRank) -> Block {
    Block::Paragraph(Paragraph { text, rank })
}
