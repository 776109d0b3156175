//! How blocks are packed into pages.

use super::*;
use crate::layout::table::columns_beside_text;
use crate::layout::typesetter::TextStyle;

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
fn what_is_in_the_middle_of_a_footer_makes_room() {
    let right = Text::plain("Halaman {page} dari {pages}");
    let footer = Footer { left: "A".into(), middle: "JP3R6-9SXKE".into(), right };
    for width in [400, 250] {
        let sheet = Sheet { footer: footer.clone(), ..sheet(vec![paragraph("A line.")]) };
        let paper = paper(width, 300);
        let pages = lay_out(&sheet, &theme(), &paper, &mut typesetter()).unwrap().pages;
        let words = words(&pages[0]);
        let [.., left, middle, right] = &words[..] else { panic!("{words:?}") };
        assert_eq!([left.1, middle.1, right.1], ["A", "JP3R6-9SXKE", "Halaman 1 dari 1"]);
        assert!(left.2.x < middle.2.x && middle.2.x < right.2.x);
        assert!(left.2.y == middle.2.y && middle.2.y == right.2.y);
    }
}

#[test]
fn a_wide_footer_stands_on_one_line_in_type_of_one_size() {
    let right = Text::plain("Halaman {page} dari {pages}");
    let left = "LEMBAR KERJA PESERTA DIDIK".into();
    let footer = Footer { left, middle: "JP3R6-9SXKE".into(), right };
    let blocks = vec![paragraph(&"A line.\n".repeat(140))];
    let sheet = Sheet { footer, ..sheet(blocks) };
    let pages =
        lay_out(&sheet, &theme(), &paper(330, 300), &mut typesetter()).unwrap().pages;
    assert!(pages.len() > 9);
    let foot = |page: &Page| {
        let words = words(page);
        let [.., left, middle, right] = &words[..] else { panic!("{words:?}") };
        assert!(left.2.y == middle.2.y && middle.2.y == right.2.y, "{words:?}");
        left.2
    };
    let first = foot(&pages[0]);
    assert!(pages.iter().all(|page| foot(page) == first));
}

#[test]
fn columns_leave_a_text_beside_them_two_fifths_of_the_page() {
    let theme = theme();
    for (width, characters) in [(595, 1), (420, 1), (420, 3), (420, 9)] {
        let paper = paper(width, 595);
        let count = columns_beside_text(&theme, &paper, characters);
        let room = paper.width - theme.margins.left - theme.margins.right;
        let one = "0".repeat(characters);
        let style = TextStyle {
            heading: false,
            size: theme.sizes.small.size,
            underline: Length::ZERO,
            italics: true,
            language: Language::Id,
        };
        let width = typesetter().widths(&Text::bold(one), style).natural;
        let taken = (width + theme.table.across * 2 + theme.table.rule) * count as i32;
        assert!(taken <= room * 3 / 5, "{count} of {characters}");
        assert!(taken * 2 > room * 3 / 5, "only {count} of {characters}");
    }
    assert_eq!(columns_beside_text(&theme, &paper(300, 300), 1000), 1);
}

#[test]
fn paper_without_room_is_refused() {
    let findings = try_laid(vec![paragraph("text")], 400, 90).unwrap_err();
    assert_eq!(findings[0].message, "the margins leave no room on paper `custom`");
}

#[test]
fn any_narrow_paper_is_filled_or_refused_without_panic() {
    for seed in 0..5 {
        let mut blocks = many_blocks(seed);
        assert!(try_laid(blocks.clone(), 130, 160).is_err(), "its tables do not fit");
        blocks.retain(|block| !matches!(block, Block::Table(_)));
        assert!(laid(blocks, 130, 160).iter().all(|page| !page.marks.is_empty()));
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

#[test]
fn a_head_is_repeated_in_its_own_place() {
    let numbered = hanging("1.", vec![Block::Table(table(40, true))]);
    let pages = laid(vec![numbered], 300, 400);
    let first = words(&pages[0])[1];
    let second = words(&pages[1])[0];
    assert_eq!((first.1, first.2.x), (second.1, second.2.x));
}

#[test]
fn held_sideways_paper_is_wider_than_tall() {
    let landscape = Orientation::Landscape;
    let sheet = Sheet { orientation: landscape, ..sheet(Vec::new()) };
    let pages = lay_out(&sheet, &theme(), &paper(300, 400), &mut typesetter()).unwrap();
    let [page] = &pages.pages[..] else { panic!("{pages:?}") };
    assert_eq!((page.width, page.height), (Length::pt(400), Length::pt(300)));
}
