//! What a theme can choose, and what gives way on narrow paper.

use super::*;
use crate::layout::Run;
use std::sync::Arc;

fn themed(theme: &Theme, blocks: Vec<Block>, width: i32) -> Vec<Page> {
    let paper = paper(width, 700);
    lay_out(&sheet(blocks), theme, &paper, &mut typesetter()).unwrap().pages
}

/// The runs on a page.
fn runs(page: &Page) -> Vec<Arc<Run>> {
    let run = |mark: &Mark| match &mark.shape {
        Shape::Glyphs { run, .. } => Some(Arc::clone(run)),
        _ => None,
    };
    page.marks.iter().filter_map(run).collect()
}

#[test]
fn italics_are_bold_in_a_theme_without_them() {
    let text = "an *old* and **new *very* one**";
    let fonts = |theme: &Theme| -> Vec<(String, u16)> {
        let page = themed(theme, vec![paragraph(text)], 500).remove(0);
        runs(&page).iter().map(|run| (run.text.clone(), run.font.0)).collect()
    };
    let mut theme = theme();
    let slanted = fonts(&theme);
    assert_eq!((slanted[1].0.as_str(), slanted[1].1), ("old", 2));
    theme.sizes.italics = false;
    let expected = [("an ", 0), ("old", 1), (" and ", 0), ("new very one", 1)];
    assert_eq!(fonts(&theme), expected.map(|(text, font)| (text.to_string(), font)));
}

#[test]
fn a_theme_without_hyphens_parts_only_words_that_are_too_wide() {
    let text = "penyelenggaraan mempertanggungjawabkan kesejahteraan perekonomian";
    let hyphens = |theme: &Theme, width: i32| {
        let page = themed(theme, vec![paragraph(text)], width).remove(0);
        runs(&page).iter().filter(|run| run.text.ends_with('\u{ad}')).count()
    };
    let mut theme = theme();
    assert!(hyphens(&theme, 260) > 0);
    theme.sizes.hyphens = false;
    assert_eq!(hyphens(&theme, 260), 0);
    assert!(hyphens(&theme, 190) > 0);
}

#[test]
fn headings_have_a_size_of_their_own() {
    let mut theme = theme();
    theme.sizes.heading.size = Length::pt(14);
    let page = themed(&theme, vec![heading("Essays")], 500).remove(0);
    let sizes: Vec<Length> = runs(&page).iter().map(|run| run.size).collect();
    assert_eq!(sizes, [14, 14, 11].map(Length::pt));
}

#[test]
fn labelled_values_stand_below_each_other_where_labels_are_too_wide() {
    let field =
        |label: &str| Field { label: label.into(), value: Some("something".into()) };
    let columns =
        vec![vec![field("Mata Pelajaran"), field("Waktu")], vec![field("Nama")]];
    let lines = |width: i32| {
        let fields = Block::Fields(Fields { columns: columns.clone() });
        let page = themed(&theme(), vec![fields], width).remove(0);
        let mut ys: Vec<Length> = words(&page).iter().map(|(_, _, at)| at.y).collect();
        ys.dedup();
        assert!(is_inside(&page));
        ys.len()
    };
    assert_eq!((lines(500), lines(360)), (2, 3));
}

#[test]
fn a_table_is_set_smaller_before_its_words_are_parted() {
    let column = Column { width: Width::Share(1), align: Align::Centre };
    let table = || {
        let cells = |text: &str| vec![text.into(); 8];
        Block::Table(Table {
            columns: vec![column; 8],
            head: cells("Nilai"),
            rows: vec![Row { cells: cells("100"), keep: false }],
            ruled: true,
            ..Table::default()
        })
    };
    let set = |width: i32| {
        let page = themed(&theme(), vec![table()], width).remove(0);
        runs(&page).iter().map(|run| (run.text.clone(), run.size)).collect::<Vec<_>>()
    };
    let whole = |runs: &[(String, Length)]| {
        runs.iter().all(|(text, _)| text == "Nilai" || text == "100")
    };
    let (wide, narrow, least) = (set(500), set(330), set(280));
    assert!(whole(&wide) && wide[0].1 == Length::pt(11));
    assert!(whole(&narrow) && narrow[0].1 < Length::pt(11), "{narrow:?}");
    // Smaller type than that is not read, so words are parted again.
    assert!(!whole(&least) && least[0].1 == Length::pt(7), "{least:?}");
}

#[test]
fn the_first_line_of_a_frame_is_not_cut_off_alone() {
    let lines = (0..8).map(|_| paragraph("One line."));
    let frame =
        Block::Frame([paragraph("Instructions")].into_iter().chain(lines).collect());
    let before = paragraph("Something before it.");
    let sheet = sheet(vec![before, frame]);
    for height in 140..230 {
        let (theme, paper) = (theme(), paper(300, height));
        let pages = lay_out(&sheet, &theme, &paper, &mut typesetter()).unwrap().pages;
        let first = texts(&pages[0]);
        let cut = first.last() == Some(&"Instructions");
        assert!(!cut, "{height}: {first:?}");
    }
}
