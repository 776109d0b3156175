//! The key matrix: the keys of all variants side by side, by number and by item.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexMap;

use crate::exam::{Answer, Exam, Variant};
use crate::item_type::ItemType;
use crate::sheet::erratum::{amended_name, last_erratum, legend, numbered_title};
use crate::sheet::heading::title;
use crate::sheet::key::{colophon, section_name, short};
use crate::sheet::{
    Align, Block, Column, Footer, Heading, Orientation, Row, Sheet, Table, Width,
};
use crate::text::{Text, plain};
use crate::wording::{Wording, fill};

/// How many variants stand side by side where a cell holds a letter or a number.
const NARROW: usize = 12;

/// How many variants stand side by side where a cell holds words.
const WIDE: usize = 4;

/// Composes the key matrix of some variants of an exam; `beside` says how many columns of
/// so many characters there is room for beside the stems of items.
pub fn matrix(
    exam: &Exam,
    variants: Range<usize>,
    beside: &dyn Fn(usize) -> usize,
    wording: &Wording,
) -> Sheet {
    let words = &wording.matrix;
    let variants: Vec<Cow<Variant>> = exam.variants.range(variants).collect();
    let last = |variant: &Cow<Variant>| last_erratum(variant.key.answers.iter());
    let erratum = variants.iter().filter_map(last).max();
    let mut lines = vec![words.title.clone()];
    lines.extend(erratum.map(|number| numbered_title(number, wording)));
    lines.extend(exam.head.title.iter().cloned());
    let mut blocks = vec![title(&lines), part("A.", &words.by_number, None)];
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type == ItemType::Essay {
            continue;
        }
        blocks.push(section_name(index, section, wording));
        let narrow = [ItemType::MultipleChoice, ItemType::TrueFalse];
        let across = if narrow.contains(&section.item_type) { NARROW } else { WIDE };
        let side_by_side = |variants| by_number(variants, index, wording);
        blocks.extend(variants.chunks(across).map(side_by_side));
    }
    blocks.extend(erratum.map(|_| legend(wording)));
    blocks.push(part("B.", &words.by_item, Some(&words.by_item_note)));
    let labels = variants.iter().map(|variant| variant.paper.label.chars().count());
    let across = NARROW.min(beside(labels.max().unwrap_or(1)));
    blocks.extend(variants.chunks(across).map(|variants| by_item(variants, wording)));
    blocks.push(colophon(exam, wording));
    let name = amended_name(&words.title, erratum, wording);
    Sheet {
        title: format!("{name} {}", exam.head.title_line()),
        language: exam.head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::default(),
            right: Text::parse(&wording.footer.page),
        },
        watermark: exam.head.watermark.as_deref().map(Text::parse),
        blocks,
        columns: Vec::new(),
    }
}

fn part(label: &str, heading: &str, note: Option<&str>) -> Block {
    Block::Heading(Heading {
        label: Some(Text::plain(label)),
        text: Text::parse(heading),
        note: note.map(Text::parse),
    })
}

/// A section's keys: a row for each number, a column for each variant.
fn by_number(variants: &[Cow<Variant>], section: usize, wording: &Wording) -> Block {
    let columns: Vec<Vec<&Answer>> = (variants.iter())
        .map(|variant| {
            variant.key.answers.iter().filter(|a| a.section == section).collect()
        })
        .collect();
    let rows = (0..columns.first().map_or(0, Vec::len)).map(|place| {
        let mut cells = vec![Text::plain(format!("{}.", columns[0][place].number))];
        cells.extend(columns.iter().map(|column| short(column[place], wording)));
        Row { cells, keep: false }
    });
    let head = |label: &str| fill(&wording.matrix.variant, &[("variant", label)]);
    let heads = variants.iter().map(|variant| head(&variant.paper.label));
    let heads = [wording.paper.number.clone()].into_iter().chain(heads);
    let (label, cell) = (Width::Fit, Width::Share(1));
    table(heads, Column { width: label, align: Align::Right }, cell, rows.collect())
}

/// The items in the order of the first of some variants: a row for each, with its number in
/// all of them. Those that parallel variants ask besides stand below.
fn by_item(variants: &[Cow<Variant>], wording: &Wording) -> Block {
    let mut items: IndexMap<&str, (&Answer, Vec<Option<u32>>)> = IndexMap::new();
    for (column, variant) in variants.iter().enumerate() {
        for answer in &variant.key.answers {
            let new = || (answer, vec![None; variants.len()]);
            let (_, numbers) = items.entry(&answer.about.item).or_insert_with(new);
            numbers[column].get_or_insert(answer.number);
        }
    }
    let rows = items.into_values().map(|(answer, numbers)| {
        let number = |number: Option<u32>| {
            number.map_or(Text::default(), |number| Text::plain(number.to_string()))
        };
        let mut cells = vec![answer.about.stem.text()];
        cells.extend(numbers.into_iter().map(number));
        // The heading is not left with a single row at the foot of a page.
        Row { cells, keep: answer.number <= 2 }
    });
    // The labels alone, so that the stems have room.
    let heads = variants.iter().map(|variant| variant.paper.label.clone());
    let heads = [wording.matrix.item.clone()].into_iter().chain(heads);
    let (stem, cell) = (Width::Share(1), Width::Fit);
    table(heads, Column { width: stem, align: Align::Left }, cell, rows.collect())
}

/// A table with a first column of its own, and equal ones behind it. Its last row is not left
/// alone on a page.
fn table(
    heads: impl Iterator<Item = String>,
    first: Column,
    cell: Width,
    mut rows: Vec<Row>,
) -> Block {
    rows.iter_mut().rev().skip(1).take(1).for_each(|row| row.keep = true);
    let head: Vec<Text> = heads.map(|head| Text::bold(plain(&head))).collect();
    let mut columns = vec![first];
    columns.resize(head.len(), Column { width: cell, align: Align::Centre });
    Block::Table(Table { columns, head, rows, ruled: true, small: true, together: false })
}
