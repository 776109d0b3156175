//! Tests of whole pages.

use crate::diagnostic::Checked;
use crate::fonts::Fonts;
use crate::layout::{Mark, Page, Pages, Role, Shape, Typesetter, lay_out};
use crate::length::{Length, Point};
use crate::paper::Paper;
use crate::sheet::*;
use crate::text::Text;
use crate::theme::Theme;

fn theme() -> Theme {
    Theme::read(&Theme::embedded("klasik").unwrap()).unwrap()
}

fn typesetter() -> Typesetter {
    Typesetter::new(&Fonts::embedded("liberation-serif").unwrap())
}

fn paper(width: i32, height: i32) -> Paper {
    let (width, height) = (Length::pt(width), Length::pt(height));
    Paper { name: "custom".to_string(), width, height }
}

fn sheet(blocks: Vec<Block>) -> Sheet {
    Sheet {
        title: "Sheet".to_string(),
        language: crate::language::Language::Id,
        orientation: Orientation::Portrait,
        footer: Footer::default(),
        blocks,
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
            Shape::Image { area, .. } => (area.at, area.width, area.height),
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

#[test]
fn a_paragraph_breaks_where_a_hand_would_break_it() {
    // A zero is half an em, 5.5 pt at 11 pt; a space is a quarter, 2.75 pt. Three words
    // and two spaces are 71.5 pt. The margins take 102.05 pt.
    let text = "0000 0000 0000 0000 0000 0000 00 000000";
    let pages = laid(vec![paragraph(text)], 174, 400);
    assert_eq!(texts(&pages[0]), ["0000 0000 0000", "0000 0000 0000", "00 000000"]);
    let pages = laid(vec![paragraph(text)], 173, 400);
    assert_eq!(texts(&pages[0]), ["0000 0000", "0000 0000", "0000 0000", "00 000000"],);
}

#[test]
fn a_run_holds_its_spaces_and_shares_out_its_bytes() {
    let pages = laid(vec![paragraph("one **two three** é.")], 400, 400);
    assert_eq!(texts(&pages[0]), ["one ", "two three", " é."]);
    let mut x = theme().margins.left;
    for mark in &pages[0].marks {
        let Shape::Glyphs { at, run } = &mark.shape else { panic!("{mark:?}") };
        assert_eq!(at.x, x);
        x += run.width;
        assert_eq!(run.width, run.glyphs.iter().map(|glyph| glyph.advance).sum());
        let mut end = 0;
        for glyph in &run.glyphs {
            assert_eq!(glyph.text.0, end);
            end = glyph.text.1;
        }
        assert_eq!(end as usize, run.text.len());
    }
}

#[test]
fn a_word_that_is_too_wide_is_broken_by_force() {
    let word = "0".repeat(100);
    let pages = laid(vec![paragraph(&format!("a {word} b"))], 200, 400);
    assert!(is_inside(&pages[0]));
    let joined: String = texts(&pages[0]).concat();
    assert_eq!(joined.replace(' ', ""), format!("a{word}b"));
}

#[test]
fn an_underline_runs_below_its_words_only() {
    let pages = laid(vec![paragraph("00 __00 00__ 00")], 400, 400);
    let [_, Mark { shape: Shape::Fill(rule), .. }] = &pages[0].marks[..] else {
        panic!("{:?}", pages[0].marks)
    };
    assert_eq!(rule.at.x - theme().margins.left, Length(13_750));
    assert_eq!(rule.width, Length(24_750));
    assert!(rule.height >= theme().sizes.underline);
}

#[test]
fn missing_glyphs_are_all_reported_every_time() {
    let mut typesetter = typesetter();
    let (theme, paper) = (theme(), paper(400, 400));
    let bad = sheet(vec![paragraph("Tick ✓ here"), options(&["a", "漢", "c ✓"])]);
    for _ in 0..2 {
        let findings = lay_out(&bad, &theme, &paper, &mut typesetter).unwrap_err();
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the font `LiberationSerif` has no glyph for `✓` (U+2713) in \"Tick ✓ here\"",
                "the font `LiberationSerif` has no glyph for `漢` (U+6F22) in \"漢\"",
            ]
        );
    }
    let good = sheet(vec![paragraph("Tick here")]);
    assert!(lay_out(&good, &theme, &paper, &mut typesetter).is_ok());
}

/// How many options stand side by side.
fn columns_of(texts: &[&str]) -> usize {
    let pages = laid(vec![hanging("1.", vec![options(texts)])], 500, 400);
    let words = words(&pages[0]);
    let first = words.iter().find(|(_, text, _)| *text == "A.").unwrap().2.y;
    words
        .iter()
        .filter(|(role, text, at)| *role == Role::Label && *text != "1." && at.y == first)
        .count()
}

#[test]
fn options_take_as_many_columns_as_their_widths_allow() {
    let (half, whole) = ("0".repeat(25), "0 ".repeat(70));
    assert_eq!(columns_of(&["Wina", "Roma", "Den Haag", "Jenewa"]), 4);
    assert_eq!(columns_of(&["Wina", "Roma", &half, "Jenewa"]), 2);
    assert_eq!(columns_of(&["Wina", "Roma", &whole, "Jenewa"]), 1);
    assert_eq!(columns_of(&["1", "2", "3", "4", "5"]), 5);
    assert_eq!(columns_of(&["1", "2", "3", "4", &half]), 2);
    assert_eq!(columns_of(&["1", "2", "3", "4", &whole]), 1);
}

#[test]
fn options_are_read_row_by_row() {
    let half = "0".repeat(25);
    let pages = laid(vec![options(&[&half, "b", "c", "d"])], 500, 400);
    assert_eq!(texts(&pages[0]), ["A.", &half, "B.", "b", "C.", "c", "D.", "d"]);
    let at: Vec<Point> = words(&pages[0]).into_iter().map(|(_, _, at)| at).collect();
    assert_eq!((at[0].x, at[2].x), (at[4].x, at[6].x), "labels are aligned");
    assert_eq!((at[0].y, at[4].y), (at[3].y, at[7].y), "baselines are aligned");
}

#[test]
fn a_label_ends_flush_on_the_first_baseline_of_what_it_numbers() {
    let numbered = |label| hanging(label, vec![paragraph("text")]);
    let pages = laid(vec![numbered("9."), numbered("10.")], 400, 400);
    let words = words(&pages[0]);
    let end = theme().margins.left + theme().hanging.label;
    // A digit is 5.5 pt wide and a full stop 2.75 pt.
    assert_eq!(words[0].2.x, end - Length(8_250));
    assert_eq!(words[2].2.x, end - Length(13_750) + kern("10."));
    assert_eq!(words[0].2.y, words[1].2.y);
    assert_eq!(words[0].0, Role::Label);
    assert_eq!(words[1].0, Role::Body);
}

/// How much closer than their own widths the characters of a label stand.
fn kern(label: &str) -> Length {
    let pages = laid(vec![paragraph(label)], 400, 400);
    let Shape::Glyphs { run, .. } = &pages[0].marks[0].shape else { panic!("no words") };
    Length(13_750) - run.width
}

/// Blocks of many heights, with headings between them, from a fixed seed.
fn many_blocks(seed: u32) -> Vec<Block> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let mut below = |bound: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % bound
    };
    let block = |number: u32| match below(5) {
        0 => heading("A heading"),
        1 => Block::Table(table(below(4) as usize + 1, true)),
        _ => {
            let stem = "Some words of a text. ".repeat(below(20) as usize + 1);
            let choice = "a choice ".repeat(below(9) as usize + 1);
            let texts = [choice.as_str(), "b", "c", "d"];
            hanging(&format!("{number}."), vec![paragraph(&stem), options(&texts)])
        }
    };
    let mut blocks: Vec<Block> = (1..=30).map(block).collect();
    blocks.push(paragraph("The end."));
    blocks
}

#[test]
fn a_labelled_block_is_never_split_and_a_heading_never_stands_alone() {
    for seed in 0..60 {
        let blocks = many_blocks(seed);
        let pages = laid(blocks.clone(), 380, 430 + 7 * seed as i32);
        for (index, block) in blocks.iter().enumerate() {
            let on = pages_of(&pages, index as u32);
            match block {
                Block::Hanging(_) => assert_eq!(on.len(), 1, "seed {seed}, {index}"),
                Block::Heading(_) => {
                    let next = pages_of(&pages, index as u32 + 1);
                    assert_eq!(on, next[..1], "seed {seed}, heading {index}");
                }
                _ => {}
            }
        }
        assert!(pages.iter().all(is_inside), "seed {seed}");
    }
}

#[test]
fn a_block_taller_than_a_page_is_split_between_lines() {
    let text = "Some words of a very long text. ".repeat(80);
    let blocks = vec![
        hanging("1.", vec![paragraph("short")]),
        Block::Frame(vec![hanging("2.", vec![paragraph(&text), options(&["a", "b"])])]),
    ];
    let pages = laid(blocks, 300, 300);
    assert!(pages.len() > 2);
    assert!(pages.iter().all(is_inside));
    let all: Vec<_> = pages.iter().flat_map(texts).collect();
    assert_eq!(all[..3], ["1.", "short", "2."]);
    assert_eq!(all[3..all.len() - 4].join(" ") + " ", text);
}

#[test]
fn no_single_line_stands_at_the_top_or_foot_of_a_page() {
    let text = "Some words of a text. ".repeat(12);
    for height in 200..260 {
        let pages = laid(vec![paragraph(&text); 9], 300, height);
        for (index, page) in pages.iter().enumerate() {
            for block in 0..9 {
                let on = page.marks.iter().filter(|mark| mark.block == Some(block));
                assert_ne!(on.count(), 1, "height {height}, page {index}, block {block}");
            }
        }
    }
}

#[test]
fn the_head_of_a_table_is_repeated_and_read_once() {
    for ruled in [true, false] {
        let pages = laid(vec![Block::Table(table(40, ruled))], 300, 400);
        assert!(pages.len() > 1);
        for (index, page) in pages.iter().enumerate() {
            assert!(is_inside(page));
            let words = words(page);
            assert_eq!((words[0].1, words[1].1), ("No.", "Words"));
            let role = if index == 0 { Role::Cell } else { Role::Artifact };
            assert_eq!(words[0].0, role);
            assert_eq!(page.marks[0].block, Some(0));
            // Rows are whole: every number has its words.
            assert_eq!(words.len() % 2, 0);
        }
        let read = pages.iter().flat_map(words).filter(|word| word.0 == Role::Cell);
        assert_eq!(read.count(), 2 * 41);
    }
}

#[test]
fn rows_that_keep_stand_on_one_page() {
    for height in 250..300 {
        let mut pairs = table(30, true);
        pairs.rows.iter_mut().step_by(2).for_each(|row| row.keep = true);
        for page in laid(vec![Block::Table(pairs)], 300, height) {
            assert_eq!(texts(&page).len() % 4, 2, "height {height}");
        }
    }
}

#[test]
fn a_table_may_stand_together() {
    let mut together = table(6, true);
    together.together = true;
    let blocks = vec![paragraph(&"A line.\n".repeat(10)), Block::Table(together)];
    let pages = laid(blocks, 300, 300);
    assert_eq!(pages_of(&pages, 1), [1]);
}

#[test]
fn a_row_taller_than_a_page_is_split_between_lines() {
    let mut tall = table(3, true);
    tall.rows[1].cells[1] = Text::plain("some words ".repeat(150));
    let pages = laid(vec![Block::Table(tall)], 300, 300);
    assert!(pages.len() > 2);
    assert!(pages.iter().all(is_inside));
}

#[test]
fn footers_know_the_number_of_pages() {
    let text = Text::plain("Halaman {page} dari {pages}");
    let footer = Footer { left: "Kode A".into(), right: text, ..Footer::default() };
    let blocks = vec![paragraph(&"A line.\n".repeat(40))];
    let sheet = Sheet { footer, ..sheet(blocks) };
    let pages =
        lay_out(&sheet, &theme(), &paper(300, 300), &mut typesetter()).unwrap().pages;
    assert_eq!(pages.len(), 3);
    let words = words(&pages[1]);
    let [.., left, right] = &words[..] else { panic!("{words:?}") };
    assert_eq!((left.1, right.1), ("Kode A", "Halaman 2 dari 3"));
    assert_eq!((left.0, right.0), (Role::Artifact, Role::Artifact));
    let bottom = pages[1].height - theme().margins.bottom;
    assert!(left.2.y > bottom && left.2.y == right.2.y && left.2.y < pages[1].height);
    assert_eq!(pages[1].marks.last().unwrap().block, None);
}

#[test]
fn colons_are_aligned_and_blanks_are_dotted_to_the_margin() {
    let field = |label: &str, value: Option<&str>| Field {
        label: label.into(),
        value: value.map(Text::from),
    };
    let columns = vec![vec![field("Mata Pelajaran", Some("IPS")), field("Nama", None)]];
    let pages = laid(vec![Block::Fields(Fields { columns })], 400, 400);
    let words = words(&pages[0]);
    let colons: Vec<_> = words.iter().filter(|word| word.1 == ":").collect();
    assert_eq!(colons[0].2.x, colons[1].2.x);
    let Shape::Dots { at, width, diameter, .. } = pages[0].marks[5].shape else {
        panic!("{:?}", pages[0].marks)
    };
    let right = pages[0].width - theme().margins.right;
    assert_eq!(at.x + width + diameter / 2, right);
    assert_eq!(at.y, colons[1].2.y);
}

#[test]
fn paper_without_room_is_refused() {
    let findings = try_laid(vec![paragraph("text")], 400, 90).unwrap_err();
    assert_eq!(findings[0].message, "the margins leave no room on paper `custom`");
}

#[test]
fn any_narrow_paper_is_filled_without_panic() {
    for seed in 0..5 {
        assert!(
            laid(many_blocks(seed), 130, 160).iter().all(|page| !page.marks.is_empty())
        );
    }
}

#[test]
fn what_was_set_before_changes_nothing() {
    let (theme, paper) = (theme(), paper(380, 500));
    let mut used = typesetter();
    for seed in [1, 2, 1] {
        let sheet = sheet(many_blocks(seed));
        let fresh = lay_out(&sheet, &theme, &paper, &mut typesetter());
        assert_eq!(lay_out(&sheet, &theme, &paper, &mut used), fresh);
    }
}
