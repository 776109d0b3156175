//! Pictures and tables that questions and stimuli show.

use std::sync::Arc;

use crate::exam::{self, DataTable};
use crate::sheet::{
    Align, Block, Column, Figure, Paragraph, ParagraphRank, Row, Table, Width,
};
use crate::text::Text;

/// What stands below a text: a picture, and a table.
pub fn shown(picture: Option<&exam::Figure>, table: Option<&DataTable>) -> Vec<Block> {
    let table = table.into_iter().flat_map(self::table);
    picture.into_iter().map(figure).chain(table).collect()
}

/// A picture above its caption.
fn figure(figure: &exam::Figure) -> Block {
    Block::Figure(Figure {
        picture: Arc::clone(&figure.picture),
        width: figure.width,
        caption: figure.caption.as_deref().map(Text::parse),
        alt: figure.alt.clone(),
    })
}

/// A ruled table below its caption.
fn table(table: &DataTable) -> Vec<Block> {
    let caption = table.caption.iter();
    let caption = caption.map(|text| {
        let rank = ParagraphRank::Body;
        Block::Paragraph(Paragraph { text: Text::parse(text), rank })
    });
    let columns = (0..table.head.len()).map(|index| {
        let numbers = table.rows.iter().all(|row| is_number(&row[index]));
        let align = if numbers { Align::Units } else { Align::Left };
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
