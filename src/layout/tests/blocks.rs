//! How blocks are set.

use std::sync::Arc;

use super::*;
use crate::length::Rect;
use crate::picture::{Content, Picture};

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
    let bad = sheet(vec![paragraph("Tick 字 here"), options(&["a", "漢", "c 字"])]);
    for _ in 0..2 {
        let findings = lay_out(&bad, &theme, &paper, &mut typesetter).unwrap_err();
        let messages: Vec<_> = findings.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "no font has a glyph for `字` (U+5B57) in \"Tick 字 here\"",
                "no font has a glyph for `漢` (U+6F22) in \"漢\"",
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
fn options_of_several_lines_are_read_one_after_the_other() {
    let pages = laid(vec![options(&["a\nb", "c"])], 500, 400);
    assert_eq!(texts(&pages[0]), ["A.", "a", "b", "B.", "c"]);
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
fn invisible_characters_break_lines_but_are_not_printed() {
    let text = format!("{0}\u{200b}{0} 00\u{ad}00", "0".repeat(12));
    let pages = laid(vec![paragraph(&text)], 200, 400);
    assert_eq!(texts(&pages[0]), ["0".repeat(12), "0".repeat(12) + " 0000"]);
}

#[test]
fn a_label_stands_on_the_baseline_of_a_table() {
    for head in [true, false] {
        let mut numbered = table(3, true);
        if !head {
            numbered.head.clear();
        }
        let pages = laid(vec![hanging("1.", vec![Block::Table(numbered)])], 400, 400);
        let words = words(&pages[0]);
        assert_eq!((words[0].1, words[0].2.y), ("1.", words[1].2.y));
    }
}

#[test]
fn a_frame_surrounds_its_blocks() {
    let pages = laid(vec![Block::Frame(vec![paragraph("words"); 2])], 400, 400);
    let page = &pages[0];
    let fills: Vec<Rect> = page.marks.iter().filter_map(filled).collect();
    let [left, right, top, foot] = fills[..] else { panic!("{fills:?}") };
    let margins = theme().margins;
    assert_eq!(left.at, top.at);
    assert_eq!(left.height, foot.at.y + foot.height - top.at.y);
    assert_eq!(right.at.x + right.width, page.width - margins.right);
    let padding = theme().frame.padding + theme().frame.rule;
    assert!(words(page).iter().all(|word| word.2.x == margins.left + padding));
}

fn filled(mark: &Mark) -> Option<Rect> {
    match mark.shape {
        Shape::Fill(area) => Some(area),
        _ => None,
    }
}

#[test]
fn a_letterhead_centres_its_lines_between_logos_and_closes_with_two_rules() {
    let content = Content::Grey { bytes: vec![0; 6], alpha: None };
    let logo = Some(Arc::new(Picture { width: 2, height: 3, content }));
    let line = |text: &str, rank| LetterheadLine { text: Text::plain(text), rank };
    let letterhead = Letterhead {
        left: logo.clone(),
        right: logo,
        lines: vec![
            line("DINAS", LetterheadRank::Authority),
            line("SMP", LetterheadRank::School),
        ],
    };
    let pages = laid(vec![Block::Letterhead(letterhead)], 500, 400);
    let marks = &pages[0].marks;
    let roles: Vec<Role> = marks.iter().map(|mark| mark.role).collect();
    let (title, rule) = (Role::Title, Role::Artifact);
    assert_eq!(roles, [Role::Figure, title, title, Role::Figure, rule, rule]);
    let Shape::Image { area, .. } = &marks[0].shape else { panic!("{marks:?}") };
    let sizes = theme().sizes;
    // As tall as the lines beside it, and as wide as its shape demands.
    assert_eq!(area.height, sizes.authority.leading + sizes.school.leading);
    assert_eq!(area.width, area.height.scale(2, 3));
    let Shape::Glyphs { at, run } = &marks[1].shape else { panic!("{marks:?}") };
    let (centre, middle) = (at.x * 2 + run.width, pages[0].width);
    assert!((centre - middle).0.abs() <= 1, "{centre:?} {middle:?}");
    let rules: Vec<Rect> = marks.iter().filter_map(filled).collect();
    assert!(rules[0].height > rules[1].height && rules[0].at.y < rules[1].at.y);
}
