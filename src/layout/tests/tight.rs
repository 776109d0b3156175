//! What has little room: headings above tall blocks, closing lines, narrow paper.

use super::*;
use crate::space::{Extent, Ruling, Space};

/// As many short lines as are asked for.
fn lines(count: usize) -> Block {
    paragraph(&vec!["0"; count].join("\n"))
}

#[test]
fn a_heading_does_not_stand_alone_above_a_block_as_tall_as_a_page() {
    let room = Length::pt(400) - theme().margins.top - theme().margins.bottom;
    let full = (room.0 / theme().sizes.body.leading.0) as usize;
    for count in full - 4..=full {
        let blocks = vec![heading("A heading"), hanging("1.", vec![lines(count)])];
        let pages = laid(blocks, 400, 400);
        assert_eq!(pages_of(&pages, 0), [0]);
        assert_eq!(pages_of(&pages, 1)[0], 0, "{count} lines");
    }
    // Below what is no heading, such a block is not split.
    let blocks = vec![paragraph("First."), hanging("1.", vec![lines(full)])];
    assert_eq!(pages_of(&laid(blocks, 400, 400), 1), [1]);
}

#[test]
fn only_the_first_row_of_a_table_has_less_room_below_a_heading() {
    let room = Length::pt(400) - theme().margins.top - theme().margins.bottom;
    let tall = room.0 / theme().sizes.body.leading.0 - 3;
    let mut rows = table(3, false);
    rows.head.clear();
    for row in &mut rows.rows {
        row.cells[1] = Text::plain(vec!["0"; tall as usize].join("\n"));
    }
    let pages = laid(vec![heading("A heading"), Block::Table(rows)], 400, 400);
    let numbers = |page: &Page| texts(page).iter().filter(|t| t.ends_with('.')).count();
    // The first one is split so that the heading has it below, and the others are whole.
    assert_eq!(pages.iter().map(numbers).sum::<usize>(), 3 + 2);
    assert_eq!(pages_of(&pages, 1), [0, 1, 2]);
    assert_eq!(texts(&pages[2])[0], "3.");
    assert_eq!(texts(&pages[2]).len(), 1 + tall as usize);
}

#[test]
fn a_text_longer_than_a_page_starts_where_there_is_room() {
    let about = || Block::Lead(vec![paragraph("About."), Block::Frame(vec![lines(60)])]);
    let group = || Block::Together(vec![about(), hanging("1.", vec![lines(2)])]);
    let pages = laid(vec![lines(10), group()], 400, 500);
    assert_eq!(pages_of(&pages, 1)[0], 0);
    let last = texts(pages.last().unwrap());
    assert!(last.len() > 3 && last.contains(&"1."), "the last line leads its block");
    // But not with its first line alone.
    let room = Length::pt(500) - theme().margins.top - theme().margins.bottom;
    let full = (room.0 / theme().sizes.body.leading.0) as usize;
    for count in full - 5..full {
        let pages = laid(vec![lines(count), group()], 400, 500);
        let lines = texts(&pages[0]).len() - count;
        assert!(lines == 0 || lines >= 3, "{lines}");
    }
}

#[test]
fn a_closing_line_does_not_stand_alone() {
    let room = Length::pt(400) - theme().margins.top - theme().margins.bottom;
    let full = (room.0 / theme().sizes.body.leading.0) as usize;
    let blocks = vec![lines(full - 3), hanging("1.", vec![lines(2)]), paragraph("End.")];
    let pages = laid(blocks, 400, 400);
    assert_eq!((pages_of(&pages, 1), pages_of(&pages, 2)), (vec![1], vec![1]));
}

#[test]
fn pages_that_hold_one_line_hold_one_each() {
    let height = theme().margins.top + theme().margins.bottom + Length::pt(14);
    let blocks = vec![
        heading("A heading"),
        hanging("1.", vec![paragraph("one\ntwo"), options(&["a", "b"])]),
        hanging("2.", vec![paragraph("three")]),
        paragraph("End."),
    ];
    let pages = laid(blocks, 400, height.0 / 1000 + 1);
    let all: Vec<Vec<&str>> = pages.iter().map(texts).collect();
    let heading = [vec!["I.", "A heading"], vec!["Do as it says."]];
    let first = [vec!["1.", "one"], vec!["two"], vec!["A.", "a", "B.", "b"]];
    let others = [vec!["2.", "three"], vec!["End."]];
    assert_eq!(all, [&heading[..], &first, &others].concat());
}

#[test]
fn a_long_word_leaves_numbers_beside_it_whole() {
    let mut table = table(12, true);
    table.rows[0].cells[1] = Text::plain("panjang".repeat(30));
    let pages = laid(vec![Block::Table(table)], 300, 900);
    let texts = texts(&pages[0]);
    assert!(texts.contains(&"10.") && texts.contains(&"No."), "{texts:?}");
}

#[test]
fn a_table_is_set_smaller_where_that_saves_its_words() {
    let column = |width| {
        let cells = ["kesejahteraan", "kesejahteraan", "kesejahteraan"].map(Text::plain);
        let table = Table {
            columns: vec![Column { width: Width::Fit, align: Align::Left }; 3],
            rows: vec![Row { cells: cells.into(), keep: false }],
            ruled: true,
            ..Table::default()
        };
        let pages = laid(vec![Block::Table(table)], width, 400);
        let words = pages[0].marks.iter().filter_map(|mark| match &mark.shape {
            Shape::Glyphs { run, .. } => Some(run.size),
            _ => None,
        });
        words.collect::<Vec<Length>>()
    };
    let body = theme().sizes.body.size;
    assert_eq!(column(400), [body; 3]);
    let smaller = column(310);
    assert!(smaller.len() == 3 && smaller.iter().all(|size| *size < body));
}

#[test]
fn labelled_values_stand_below_each_other_on_narrow_paper() {
    let field =
        |label: &str| Field { label: label.into(), value: Some(Text::plain("x")) };
    let columns = vec![vec![field("Mata Pelajaran")], vec![field("No. Absen")]];
    let lefts = |width| {
        let fields = Block::Fields(Fields { columns: columns.clone() });
        let pages = laid(vec![fields], width, 400);
        let labels = words(&pages[0]).into_iter().filter(|word| word.0 == Role::Label);
        let labels: Vec<Length> = labels.map(|word| word.2.x).collect();
        labels[0] == labels[2]
    };
    assert!(!lefts(500));
    assert!(lefts(300));
}

#[test]
fn what_does_not_fit_the_width_of_paper_is_refused() {
    let refusal = |blocks: Vec<Block>, count: usize, width: i32| {
        let mut theme = theme();
        theme.columns.count = count;
        let columns = std::iter::once(0..blocks.len()).collect();
        let sheet = Sheet { columns, ..sheet(blocks) };
        let laid = lay_out(&sheet, &theme, &paper(width, 400), &mut typesetter());
        laid.err().map(|findings| findings[0].message.clone())
    };
    let task = || vec![hanging("1.", vec![paragraph("x")])];
    let narrow = "3 columns are too narrow on paper `custom`";
    assert_eq!(refusal(task(), 3, 460).as_deref(), Some(narrow));
    assert_eq!(refusal(task(), 2, 460), None);
    let no_room = "the margins leave no room on paper `custom`";
    assert_eq!(refusal(task(), 1, 200).as_deref(), Some(no_room));
    let mut wide = table(1, true);
    wide.columns = vec![wide.columns[0]; 16];
    wide.head.clear();
    wide.rows[0].cells = vec![Text::plain("kesejahteraan"); 16];
    let crowded = "a table has too many columns for paper `custom`";
    let wide = vec![Block::Table(wide)];
    assert_eq!(refusal(wide.clone(), 1, 300).as_deref(), Some(crowded));
    assert_eq!(refusal(wide, 1, 600), None);
    let high = "a card or a ticket is too high for paper `custom`";
    assert_eq!(
        refusal(vec![slips(1, &["kata\n"; 2], 40)], 1, 400).as_deref(),
        Some(high)
    );
    assert_eq!(refusal(vec![slips(1, &["kata\n"; 2], 4)], 1, 400), None);
}

/// Slips of so many lines, side by side and three below each other.
fn slips(across: usize, words: &[&str], lines: usize) -> Block {
    let slip = |word: &&str| Slip {
        front: vec![paragraph(word.repeat(lines).trim_end())],
        back: Vec::new(),
    };
    let slips = words.iter().map(slip).collect();
    Block::Slips(Slips { across, down: 3, centred: false, slips })
}

#[test]
fn as_many_slips_stand_on_a_page_as_fit() {
    let pages = |block: Block| {
        let pages = laid(vec![block], 400, 400);
        pages.iter().map(|page| words(page).len()).collect::<Vec<usize>>()
    };
    assert_eq!(pages(slips(2, &["a ", "b ", "c ", "d ", "e ", "f ", "g "], 1)), [6, 1]);
    // They take more lines side by side than fit on a page.
    let long = "kesejahteraan masyarakat internasional ";
    let beside = pages(slips(2, &[long, "b "], 8));
    assert_eq!(beside.len(), 1, "{beside:?}");
    let below = pages(slips(2, &[long, "b "], 30));
    assert_eq!(below.len(), 2, "{below:?}");
    // What is all the same is copied.
    assert_eq!(pages(slips(1, &["a "; 3], 1)), [3]);
    assert_eq!(pages(slips(1, &["a\n"; 3], 9)), [18]);
    assert_eq!(pages(slips(1, &["a\n", "a\n", "b\n"], 9)), [18, 9]);
}

#[test]
fn spaces_in_columns_grow_and_stay_on_the_page() {
    let rest = || Block::Space(Space { ruling: Ruling::Box, extent: Extent::Rest });
    let essay = |label: &str| hanging(label, vec![paragraph("Explain."), rest()]);
    let blocks = vec![essay("1."), essay("2."), paragraph("The end.")];
    let mut theme = theme();
    theme.columns.count = 2;
    let sheet = Sheet { columns: std::iter::once(0..2).collect(), ..sheet(blocks) };
    let pages = lay_out(&sheet, &theme, &paper(600, 500), &mut typesetter()).unwrap();
    let [page] = &pages.pages[..] else { panic!("{} pages", pages.pages.len()) };
    assert!(is_inside(page));
    let sides = page.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Fill(area) if area.height > area.width => Some(area.height),
        _ => None,
    });
    let grown = sides.filter(|height| *height > theme.space.pitch * 4).count();
    assert_eq!(grown, 4 + usize::from(theme.columns.rule.is_some()));
    let end = words(page).last().unwrap().2.y;
    let bottom = page.height - theme.margins.bottom;
    assert!(bottom - end < theme.sizes.body.leading, "the page is full");
}
