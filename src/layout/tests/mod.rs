//! Tests of whole pages, and what they share.

mod blocks;
mod figures;
mod imposition;
mod packing;
mod paragraphs;
mod regions;
mod scripts;
mod themes;
mod tight;

use crate::breaking::LineBreaking;
use crate::diagnostic::Checked;
use crate::fonts::Fonts;
use crate::input::Source;
use crate::language::Language;
use crate::layout::{
    Mark, Page, Pages, Role, Shape, Typesetter, impose, lay_out, measure,
};
use crate::length::{Length, Point};
use crate::paper::Paper;
use crate::sheet::*;
use crate::text::Text;
use crate::theme::Theme;

fn theme() -> Theme {
    Theme::read(&Theme::embedded("klasik").unwrap()).unwrap()
}

fn typesetter() -> Typesetter {
    Typesetter::new(&Fonts::embedded("liberation-serif").unwrap(), &line_breaking())
}

fn line_breaking() -> LineBreaking {
    let source = |language: Language| {
        let name = format!("templates/breaking/{}.toml", language.code());
        let text = std::fs::read_to_string(&name).unwrap();
        Ok(Source { name, text: text.into() })
    };
    LineBreaking::read(&source).unwrap()
}

fn paper(width: i32, height: i32) -> Paper {
    let (width, height) = (Length::pt(width), Length::pt(height));
    Paper { name: "custom".to_string(), width, height }
}

fn sheet(blocks: Vec<Block>) -> Sheet {
    Sheet {
        title: "Sheet".to_string(),
        language: Language::Id,
        orientation: Orientation::Portrait,
        footer: Footer::default(),
        watermark: None,
        blocks,
        columns: Vec::new(),
    }
}

fn try_laid(blocks: Vec<Block>, width: i32, height: i32) -> Checked<Pages> {
    lay_out(&sheet(blocks), &theme(), &paper(width, height), &mut typesetter())
}

fn laid(blocks: Vec<Block>, width: i32, height: i32) -> Vec<Page> {
    try_laid(blocks, width, height).unwrap().pages
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph { text: text.into(), rank: ParagraphRank::Body })
}

fn hanging(label: &str, blocks: Vec<Block>) -> Block {
    Block::Hanging(Hanging { label: label.into(), blocks })
}

fn heading(text: &str) -> Block {
    Block::Heading(Heading {
        label: Some("I.".into()),
        text: text.into(),
        note: Some("Do as it says.".into()),
    })
}

fn options(texts: &[&str]) -> Block {
    let labels = ["A.", "B.", "C.", "D.", "E."];
    let option = |(text, label): (&&str, &str)| Labelled {
        label: label.into(),
        text: Text::plain(*text),
    };
    Block::Options(texts.iter().zip(labels).map(option).collect())
}

fn table(rows: usize, ruled: bool) -> Table {
    let align = Align::Left;
    let row = |row: usize| Row {
        cells: vec![Text::plain(format!("{row}.")), "Some words in a cell.".into()],
        keep: false,
    };
    Table {
        columns: vec![
            Column { width: Width::Fit, align },
            Column { width: Width::Share(1), align },
        ],
        head: vec!["No.".into(), "Words".into()],
        rows: (1..=rows).map(row).collect(),
        ruled,
        ..Table::default()
    }
}

/// The words on a page, run by run, with their roles and places.
fn words(page: &Page) -> Vec<(Role, &str, Point)> {
    let mut words = Vec::new();
    for mark in &page.marks {
        if let Shape::Glyphs { at, run } = &mark.shape {
            words.push((mark.role, run.text.as_str(), *at));
        }
    }
    words
}

fn texts(page: &Page) -> Vec<&str> {
    words(page).into_iter().map(|(_, text, _)| text).collect()
}

/// Whether every mark is inside the margins.
fn is_inside(page: &Page) -> bool {
    let margins = theme().margins;
    let (right, bottom) = (page.width - margins.right, page.height - margins.bottom);
    page.marks.iter().all(|mark| {
        let (at, width, below) = match &mark.shape {
            Shape::Glyphs { at, run } => (*at, run.width, Length::ZERO),
            Shape::Fill(area) => (area.at, area.width, area.height),
            Shape::Dots { at, width, .. } => (*at, *width, Length::ZERO),
            Shape::Watermark { at, .. }
            | Shape::Shaded { at, .. }
            | Shape::Circle { centre: at, .. } => (*at, Length::ZERO, Length::ZERO),
            Shape::Image { area, .. } | Shape::Modules { area, .. } => {
                (area.at, area.width, area.height)
            }
            Shape::Outline { points, .. } => (points[0], Length::ZERO, Length::ZERO),
        };
        at.x >= margins.left
            && at.x + width <= right
            && at.y >= margins.top
            && at.y + below <= bottom
    })
}

/// The pages that a block stands on.
fn pages_of(pages: &[Page], block: u32) -> Vec<usize> {
    let stands = |page: &Page| page.marks.iter().any(|mark| mark.block == Some(block));
    (0..pages.len()).filter(|&index| stands(&pages[index])).collect()
}
