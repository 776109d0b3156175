//! Every word of a sheet stands on its pages, once and in its place.

use lembar::layout::{Mark, Pages, Role, Shape};
use lembar::sheet::{Block, Field, Fields, Heading, Sheet, Table};
use lembar::text::Text;

/// The blocks whose words are not those of the sheet.
pub fn complaints(sheet: &Sheet, pages: &Pages) -> Vec<String> {
    let mut printed = vec![String::new(); sheet.blocks.len()];
    let mut pages_of = vec![0; sheet.blocks.len()];
    for page in &pages.pages {
        let mut last = None;
        for mark in &page.marks {
            if let (Some(block), Some(text)) = (mark.block, text(mark)) {
                printed[block as usize].push_str(&bare(text));
                pages_of[block as usize] += usize::from(last != mark.block);
                last = mark.block;
            }
        }
    }
    let mut found = Vec::new();
    for (index, block) in sheet.blocks.iter().enumerate() {
        let mut written = String::new();
        read(block, &mut |text| written.push_str(&bare(&plain(text))));
        if written == printed[index] || below_each_other(block, &printed[index]) {
            continue;
        }
        // A row of a table that is taller than a page is set line by line.
        let sorted = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            chars.sort();
            chars
        };
        let parted = pages_of[index] > 1 && has_table(block);
        if !(parted && sorted(&written) == sorted(&printed[index])) {
            let printed = &printed[index];
            found.push(format!("block {index} reads\n  {printed}\nnot\n  {written}"));
        }
    }
    found
}

/// The words of a mark that are read.
pub fn text(mark: &Mark) -> Option<&str> {
    match &mark.shape {
        Shape::Glyphs { run, .. } if mark.role != Role::Artifact => Some(&run.text),
        _ => None,
    }
}

/// A text without blanks, and without the hyphens that part its words.
pub fn bare(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && *char != '\u{ad}').collect()
}

/// The characters of a text.
pub fn plain(text: &Text) -> String {
    text.spans().iter().map(|span| span.text.as_str()).collect()
}

/// Reads the texts of a block in their order.
pub fn read(block: &Block, take: &mut dyn FnMut(&Text)) {
    match block {
        Block::Letterhead(letterhead) => {
            letterhead.lines.iter().for_each(|line| take(&line.text));
        }
        Block::Title(lines) => lines.iter().for_each(take),
        Block::Fields(fields) => read_fields(fields, take),
        Block::Heading(Heading { label, text, note }) => {
            label.iter().chain([text]).chain(note).for_each(take);
        }
        Block::Paragraph(paragraph) => take(&paragraph.text),
        Block::Hanging(hanging) => {
            take(&hanging.label);
            hanging.blocks.iter().for_each(|block| read(block, take));
        }
        Block::Options(options) => {
            for option in options {
                take(&option.label);
                take(&option.text);
            }
        }
        Block::Table(table) => {
            table.head.iter().for_each(&mut *take);
            table.rows.iter().flat_map(|row| &row.cells).for_each(take);
        }
        Block::Figure(figure) => figure.caption.iter().for_each(take),
        Block::Space(_) => {}
        Block::Squares(squares) => {
            for square in squares.rows.iter().flatten().flatten() {
                take(&square.number);
                take(&square.letter);
            }
        }
        Block::Slips(slips) => {
            let blocks = slips.slips.iter().flat_map(|slip| slip.front.iter());
            blocks.for_each(|block| read(block, take));
        }
        Block::Beside(columns) => {
            columns.iter().flatten().for_each(|block| read(block, take));
        }
        Block::Together(blocks) | Block::Lead(blocks) | Block::Frame(blocks) => {
            blocks.iter().for_each(|block| read(block, take));
        }
    }
}

/// Values are read row by row.
fn read_fields(fields: &Fields, take: &mut dyn FnMut(&Text)) {
    let rows = fields.columns.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..rows {
        for Field { label, value } in fields.columns.iter().filter_map(|c| c.get(row)) {
            take(label);
            take(&Text::plain(":"));
            value.iter().for_each(&mut *take);
        }
    }
}

/// Whether the columns of labelled values stand below each other, on narrow paper.
fn below_each_other(block: &Block, printed: &str) -> bool {
    let Block::Fields(fields) = block else { return false };
    let mut written = String::new();
    let alone = Fields { columns: vec![fields.columns.concat()] };
    read_fields(&alone, &mut |text| written.push_str(&bare(&plain(text))));
    written == printed
}

fn has_table(block: &Block) -> bool {
    match block {
        Block::Table(Table { .. }) => true,
        Block::Hanging(hanging) => hanging.blocks.iter().any(has_table),
        Block::Together(blocks) | Block::Lead(blocks) | Block::Frame(blocks) => {
            blocks.iter().any(has_table)
        }
        _ => false,
    }
}
