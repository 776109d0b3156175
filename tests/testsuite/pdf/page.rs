//! Pages: their number and size, their feet, and that nothing stands outside of them.

use lembar::Document;
use lembar::record::FileRole;
use lembar::wording::fill;

use super::seen::{Page, Piece};
use super::{SAMPLES, Sample, THEMED};

/// What reading a number back may cost.
const SLACK: f64 = 0.02;

/// A document with its pages, and the sample that it is of.
type Read = (&'static Sample, &'static Document, &'static [Page]);

/// Every document of every sample.
fn all() -> impl Iterator<Item = Read> {
    documents(&SAMPLES)
}

/// Every document of every sample, those in other themes too.
fn themed() -> impl Iterator<Item = Read> {
    documents(&SAMPLES).chain(documents(&THEMED))
}

fn documents(samples: &'static [Sample]) -> impl Iterator<Item = Read> {
    samples.iter().flat_map(|sample| {
        let documents = sample.made.documents.iter().zip(&sample.pages);
        documents.map(move |(document, pages)| (sample, document, pages.as_slice()))
    })
}

#[test]
fn pages_are_counted_and_of_the_size_of_the_paper() {
    for (sample, document, pages) in all() {
        let files = &sample.made.record.files;
        let file = files.iter().find(|file| file.path == document.name).unwrap();
        assert_eq!(pages.len(), file.pages, "{} {}", sample.name, file.path);
        let paper = &sample.made.job.paper;
        for page in pages {
            let width = f64::from(paper.width.to_pt());
            let height = f64::from(paper.height.to_pt());
            assert!((page.width - width).abs() < SLACK, "{width} {}", page.width);
            assert!((page.height - height).abs() < SLACK, "{height} {}", page.height);
        }
    }
}

/// What the foot of a page says at the left, in the middle and at the right.
fn foot(sample: &Sample, document: &Document, page: usize, pages: usize) -> Vec<String> {
    let (footer, matrix) = (&sample.made.job.wording.footer, &sample.made.job.wording);
    let (page, pages) = (page.to_string(), pages.to_string());
    let number = fill(&footer.page, &[("page", &page), ("pages", &pages)]);
    let Some(label) = &document.variant else {
        return vec![matrix.matrix.title.clone(), number];
    };
    let variants = sample.made.record.variants.held();
    let variant = variants.iter().find(|variant| variant.label == *label).unwrap();
    let name =
        if document.role == FileRole::Paper { &footer.variant } else { &footer.key };
    vec![fill(name, &[("variant", label)]), variant.code.clone(), number]
}

#[test]
fn every_page_says_which_it_is() {
    for (sample, document, pages) in all() {
        let bottom = f64::from(sample.made.job.theme.margins.bottom.to_pt());
        for page in pages {
            let low = |piece: &&Piece| piece.y > page.height - bottom;
            let foot = foot(sample, document, page.number, pages.len());
            let found: Vec<&Piece> = page.pieces.iter().filter(low).collect();
            let texts: Vec<&str> =
                found.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(texts, foot, "{} {}", sample.name, document.name);
            assert!(found.iter().all(|piece| piece.beside(found[0])), "{found:?}");
            assert!(found.windows(2).all(|pair| pair[0].end < pair[1].x), "{found:?}");
        }
    }
}

#[test]
fn the_first_paper_is_page_one_of_four() {
    let pages = &SAMPLES[0].pages[0];
    let last = |page: &Page| page.pieces.last().unwrap().text.clone();
    let found: Vec<String> = pages.iter().map(last).collect();
    assert_eq!(found, [1, 2, 3, 4].map(|page| format!("Halaman {page} dari 4")));
}

#[test]
fn nothing_stands_outside_the_margins() {
    for (sample, document, pages) in themed() {
        let margins = &sample.made.job.theme.margins;
        let [left, right, top] =
            [margins.left, margins.right, margins.top].map(|m| f64::from(m.to_pt()));
        for page in pages {
            let inside = |x0: f64, x1: f64, y0: f64, y1: f64| {
                let across = x0 > left - SLACK && x1 < page.width - right + SLACK;
                across && y0 > top - SLACK && y1 < page.height && x0 <= x1
            };
            for piece in &page.pieces {
                let fine = inside(piece.x, piece.end, piece.y, piece.y);
                assert!(fine, "{} {} {piece:?}", sample.name, document.name);
            }
            for shape in page.fills.iter().chain(&page.others) {
                let fine = inside(shape.x0, shape.x1, shape.y0, shape.y1);
                assert!(fine, "{} {} {shape:?}", sample.name, document.name);
            }
        }
    }
}

#[test]
fn no_words_stand_on_each_other() {
    for (sample, document, pages) in themed() {
        for page in pages {
            for (index, piece) in page.pieces.iter().enumerate() {
                let hit = page.pieces[index + 1..].iter().find(|other| {
                    let near = (other.y - piece.y).abs() < 6.0;
                    near && other.x < piece.end - SLACK && other.end > piece.x + SLACK
                });
                let name = &document.name;
                assert!(hit.is_none(), "{} {name}: {piece:?} {hit:?}", sample.name);
            }
        }
    }
}
