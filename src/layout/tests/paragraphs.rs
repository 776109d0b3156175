//! How the lines of paragraphs are set: hyphens, flush lines, raised and lowered text.

use super::*;
use crate::layout::Run;

const PROSE: &str = "Kerja sama internasional merupakan hubungan antarnegara yang saling \
    menguntungkan untuk meningkatkan kesejahteraan masyarakat, mempercepat pembangunan \
    perekonomian, serta mewujudkan perdamaian dan ketertiban dunia. Penyelenggaraannya \
    berlandaskan kesepakatan yang **menghormati** kedaulatan setiap negara anggota.";

fn flush(text: &str, width: i32) -> Page {
    let mut theme = theme();
    theme.sizes.justify = true;
    let paper = paper(width, 700);
    let sheet = sheet(vec![paragraph(text)]);
    lay_out(&sheet, &theme, &paper, &mut typesetter()).unwrap().pages.remove(0)
}

/// The lines of a page: their text, and where they end.
fn lines(page: &Page) -> Vec<(String, Length)> {
    let mut lines: Vec<(String, Length)> = Vec::new();
    let mut above = None;
    for mark in &page.marks {
        let Shape::Glyphs { at, run } = &mark.shape else { continue };
        if above.replace(at.y) != Some(at.y) {
            lines.push((String::new(), Length::ZERO));
        }
        let line = lines.last_mut().unwrap();
        line.0.push_str(&run.text);
        line.1 = at.x + run.width;
        assert_eq!(run.width, run.glyphs.iter().map(|glyph| glyph.advance).sum());
    }
    lines
}

/// The text of lines, with parted words put together again.
fn joined(lines: &[(String, Length)]) -> String {
    let texts: Vec<&str> = lines.iter().map(|(text, _)| text.as_str()).collect();
    texts.join(" ").replace("\u{ad} ", "")
}

#[test]
fn flush_lines_end_at_the_margin_to_the_thousandth() {
    let read = Text::parse(PROSE).to_plain();
    let mut ragged = 0;
    for width in 200..600 {
        let page = flush(PROSE, width);
        let lines = lines(&page);
        let margin = page.width - theme().margins.right;
        let (last, others) = lines.split_last().unwrap();
        assert!(others.len() > 2);
        for (text, end) in others {
            // A line stays ragged rather than have its blanks stretched too far.
            let blanks = Length(2750) * text.matches(' ').count() as i32;
            assert!(
                *end == margin || margin - *end > blanks * 3 / 2,
                "{width}: {lines:?}"
            );
            ragged += usize::from(*end != margin && width >= 400);
        }
        assert!(last.1 <= margin);
        assert_eq!(joined(&lines), read);
    }
    // Of about eight hundred lines.
    assert!(ragged < 20, "{ragged}");
}

#[test]
fn blanks_are_stretched_and_shrunk_within_limits() {
    let blank = Length(2750);
    for width in 150..600 {
        for mark in flush(PROSE, width).marks {
            let Shape::Glyphs { run, .. } = mark.shape else { continue };
            for glyph in &run.glyphs {
                let (start, end) = (glyph.text.0 as usize, glyph.text.1 as usize);
                if &run.text[start..end] == " " {
                    let fits = blank * 4 / 5 - Length(1) <= glyph.advance
                        && glyph.advance <= blank * 5 / 2;
                    assert!(fits, "{:?} in {width}", glyph.advance);
                }
            }
        }
    }
}

#[test]
fn a_hyphen_reads_as_a_soft_one() {
    let lines = lines(&flush(PROSE, 240));
    let hyphens = lines.iter().filter(|(text, _)| text.ends_with('\u{ad}')).count();
    assert!(hyphens > 0, "{lines:?}");
    let parted = &laid(vec![paragraph("0\u{ad}".repeat(40).as_str())], 200, 400)[0];
    let Shape::Glyphs { run, .. } = &parted.marks[0].shape else { panic!("{parted:?}") };
    let hyphen = run.glyphs.last().unwrap();
    assert_eq!(&run.text[hyphen.text.0 as usize..hyphen.text.1 as usize], "\u{ad}");
    let usual = &laid(vec![paragraph("-")], 200, 400)[0];
    let Shape::Glyphs { run, .. } = &usual.marks[0].shape else { panic!("{usual:?}") };
    assert_eq!(run.glyphs[0].id, hyphen.id);
}

#[test]
fn ragged_lines_have_hyphens_only_where_they_would_be_a_third_empty() {
    let hyphens = |width| {
        let page = &laid(vec![paragraph(PROSE)], width, 900)[0];
        lines(page).iter().filter(|(text, _)| text.ends_with('\u{ad}')).count()
    };
    assert!((300..600).all(|width| hyphens(width) == 0));
    assert!((180..240).any(|width| hyphens(width) > 0));
    let heading = &laid(vec![heading(PROSE)], 280, 900)[0];
    assert!(texts(heading).iter().all(|text| !text.contains('\u{ad}')));
}

#[test]
fn a_word_that_is_too_wide_is_hyphenated_before_it_is_broken_by_force() {
    let page = &laid(vec![options(&["penyelenggaraan", "b"])], 160, 400)[0];
    assert!(texts(page).iter().any(|text| text.ends_with('\u{ad}')), "{:?}", texts(page));
}

#[test]
fn raised_and_lowered_text_is_as_the_font_says() {
    let page = &laid(vec![paragraph("x^2^~3~ y")], 400, 400)[0];
    let runs: Vec<&Run> = page
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Glyphs { run, .. } => Some(run.as_ref()),
            _ => None,
        })
        .collect();
    let rises: Vec<Length> = runs[1].glyphs.iter().map(|glyph| glyph.dy).collect();
    // 1331 and 928 and 293 of 2048 units, at 11 pt; one size makes one run.
    let small = Length(7149);
    let found: Vec<(&str, Length)> =
        runs.iter().map(|run| (run.text.as_str(), run.size)).collect();
    assert_eq!(found, [("x", Length::pt(11)), ("23", small), (" y", Length::pt(11))]);
    assert_eq!(rises, [Length(4984), Length(-1574)]);
}

#[test]
fn raised_letters_that_are_lent_are_as_much_larger_as_others() {
    let page = &laid(vec![paragraph("x^كت^ كت")], 400, 400)[0];
    let sizes = page.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Glyphs { run, .. } if run.text == "كت" => Some(run.size),
        _ => None,
    });
    // Arabic is set at 125 percent of the letters around it, 7.149 pt and 11 pt.
    assert_eq!(sizes.collect::<Vec<_>>(), [Length(8936), Length(13_750)]);
}

#[test]
fn lines_of_arabic_are_flush_at_both_margins() {
    let page = flush(&["واحد اثنان ثلاثة أربعة خمسة ستة سبعة"; 10].join(" "), 400);
    let mut edges: Vec<(Length, Length, Length)> = Vec::new();
    for mark in &page.marks {
        let Shape::Glyphs { at, run } = &mark.shape else { continue };
        let (left, right) = (at.x, at.x + run.width);
        match edges.last_mut().filter(|line| line.0 == at.y) {
            Some(line) => (line.1, line.2) = (line.1.min(left), line.2.max(right)),
            None => edges.push((at.y, left, right)),
        }
    }
    let margins = theme().margins;
    let (left, right) = (margins.left, page.width - margins.right);
    let (last, others) = edges.split_last().unwrap();
    assert!(others.len() > 2);
    assert!(others.iter().all(|line| (line.1, line.2) == (left, right)), "{edges:?}");
    assert!(last.1 > left && last.2 == right, "{edges:?}");
}
