//! Tests of words that read from right to left and of fonts for headings.

use crate::fonts::{Family, Fonts};
use crate::layout::tests::*;

/// A run: the text, where it starts and where it ends.
type Placed = (String, i32, i32);

/// The runs of each line in reading order.
fn lines(text: &str, width: i32) -> Vec<Vec<Placed>> {
    let pages = laid(vec![paragraph(text)], width, 400);
    let mut lines: Vec<(Length, Vec<Placed>)> = Vec::new();
    for mark in &pages[0].marks {
        let Shape::Glyphs { at, run } = &mark.shape else { continue };
        if lines.last().is_none_or(|(y, _)| *y != at.y) {
            lines.push((at.y, Vec::new()));
        }
        let found = (run.text.clone(), at.x.0, (at.x + run.width).0);
        lines.last_mut().unwrap().1.push(found);
    }
    lines.into_iter().map(|(_, runs)| runs).collect()
}

/// The words of a line from left to right.
fn seen(line: &[Placed]) -> Vec<&str> {
    let mut runs: Vec<_> = line.iter().collect();
    runs.sort_by_key(|run| run.1);
    for pair in runs.windows(2) {
        assert_eq!(pair[0].2, pair[1].1, "{line:?}");
    }
    runs.iter().map(|run| run.0.trim()).filter(|text| !text.is_empty()).collect()
}

fn read(line: &[Placed]) -> String {
    line.iter().map(|run| run.0.as_str()).collect()
}

#[test]
fn arabic_in_a_sentence_turns_only_itself_around() {
    let text = "Kata الحمد لله رب artinya";
    let lines = lines(text, 500);
    assert_eq!(seen(&lines[0]), ["Kata", "رب", "لله", "الحمد", "artinya"]);
    assert_eq!(read(&lines[0]), text);
}

#[test]
fn numbers_and_names_keep_their_direction_in_arabic() {
    let text = "رابطة ASEAN عام 1967 ١٩٦٧ هنا";
    let lines = lines(text, 500);
    let expected = ["هنا", "١٩٦٧", "1967", "عام", "ASEAN", "رابطة"];
    assert_eq!(seen(&lines[0]), expected);
    assert_eq!(read(&lines[0]), text);
}

#[test]
fn lines_of_arabic_break_as_they_are_read() {
    let text = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة";
    let lines = lines(text, 190);
    assert!(lines.len() > 1);
    let read: Vec<String> = lines.iter().map(|line| self::read(line)).collect();
    assert_eq!(read.join(" "), text);
    let right = |line: &Vec<Placed>| line.iter().map(|run| run.2).max();
    assert!(lines.iter().all(|line| right(line) == right(&lines[0])));
}

#[test]
fn brackets_are_mirrored() {
    let glyphs = |text: &str| {
        let pages = laid(vec![paragraph(text)], 500, 400);
        let glyph = |mark: &Mark| match &mark.shape {
            Shape::Glyphs { run, .. } if run.text == "(" => run.glyphs[0].id,
            Shape::Glyphs { run, .. } if run.text == "كت" => 0,
            shape => panic!("{shape:?}"),
        };
        pages[0].marks.iter().map(glyph).collect::<Vec<u16>>()
    };
    let [open, _] = glyphs("(كت")[..] else { panic!() };
    let plain = laid(vec![paragraph("()")], 500, 400);
    let Shape::Glyphs { run, .. } = &plain[0].marks[0].shape else { panic!() };
    assert_eq!(open, run.glyphs[1].id);
}

#[test]
fn underlines_stand_below_their_arabic_word() {
    let pages = laid(vec![paragraph("هٰذَا __كِتَابٌ جَدِيْدٌ__ itu")], 500, 400);
    let mut rules = pages[0].marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Fill(area) => Some((area.at.x, area.at.x + area.width)),
        _ => None,
    });
    let place = |text: &str| {
        pages[0].marks.iter().find_map(|mark| match &mark.shape {
            Shape::Glyphs { at, run } if run.text == text => {
                Some((at.x, at.x + run.width))
            }
            _ => None,
        })
    };
    let (first, last) = (place("كِتَابٌ").unwrap(), place("جَدِيْدٌ").unwrap());
    assert_eq!(rules.next(), Some((last.0, first.1)));
    assert_eq!(rules.next(), None);
}

#[test]
fn an_arabic_option_stays_beside_its_label() {
    let pages = laid(vec![options(&["كتاب", "قلم", "بيت", "باب"])], 400, 400);
    let texts: Vec<(&str, Length)> = pages[0]
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Glyphs { at, run } => Some((run.text.as_str(), at.x)),
            _ => None,
        })
        .collect();
    let [("A.", label), ("كتاب", text), ..] = texts[..] else { panic!("{texts:?}") };
    assert!(text - label < Length::pt(25));
}

#[test]
fn headings_may_have_their_own_fonts() {
    let family = |name| Family::embedded(name).unwrap();
    let fonts = Fonts::new(family("source-serif"), Some(family("source-sans")));
    let title = Block::Title(vec!["Title".into()]);
    let sheet = sheet(vec![title, heading("Heading"), paragraph("Words")]);
    let mut typesetter = Typesetter::new(&fonts, &line_breaking());
    let pages = lay_out(&sheet, &theme(), &paper(400, 400), &mut typesetter).unwrap();
    let name = |mark: &Mark| match &mark.shape {
        Shape::Glyphs { run, .. } => fonts[run.font].name.clone(),
        shape => panic!("{shape:?}"),
    };
    let names: Vec<String> = pages.pages[0].marks.iter().map(name).collect();
    let bold = "SourceSans3-Bold";
    let serif = "SourceSerif4-Regular";
    assert_eq!(names, [bold, bold, bold, serif, serif]);
}
