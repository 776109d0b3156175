//! Tests of what pages share: it is written once, and stands where it would stand.

use lopdf::{Document, Stream};

use crate::language::Language;
use crate::layout::{Mark, Pages, Role, Shape};
use crate::length::Length;
use crate::render::{Details, Packer, Pdf};

use super::{Seen, at, fonts, mark, pages, run, seen, written};

const STEM: &str =
    "Organisasi yang bertujuan menjaga perdamaian dan keamanan dunia ialah";
const REST: &str =
    "organisasi yang didirikan pada 24 Oktober 1945 dan berpusat di New York";

fn line(x: i32, y: i32, text: &str) -> Mark {
    let run = run(0, Length(11_000), text);
    mark(Role::Body, 0, Shape::Glyphs { at: at(x, y), run })
}

/// Pages that have two lines each, everywhere at another place.
fn shuffled(count: i32) -> Pages {
    let page = |index: i32| {
        let y = 100_000 + 31_000 * index;
        let label = line(50_000, y, &format!("{}.", index + 1));
        vec![label, line(70_000, y, STEM), line(70_000, y + 14_000, REST)]
    };
    pages((0..count).map(page).collect())
}

fn forms(pages: &Pages) -> Vec<Stream> {
    let document = Document::load_mem(&written(pages)).unwrap();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.filter(|stream| stream.dict.has(b"BBox")).cloned().collect()
}

/// How often forms show glyphs.
fn shows(forms: &[Stream]) -> Vec<usize> {
    let text = |form: &Stream| {
        let content = form.get_plain_content().unwrap();
        String::from_utf8(content).unwrap().matches("TJ").count()
    };
    forms.iter().map(text).collect()
}

#[test]
fn what_always_stands_together_is_written_once() {
    let pages = shuffled(5);
    assert_eq!(shows(&forms(&pages)), [2], "both lines in one form");
    for (index, page) in seen(&pages).iter().enumerate() {
        assert_eq!(page.text(), format!("{}.{STEM}{REST}", index + 1));
        let stem = &page.glyphs[2];
        let y = 841.89 - 100.0 - 31.0 * index as f64;
        assert!((stem.x - 70.0).abs() < 0.001 && (stem.y - y).abs() < 0.001);
        let rest = &page.glyphs[2 + STEM.len()];
        assert!((rest.x - 70.0).abs() < 0.001 && (rest.y - y + 14.0).abs() < 0.001);
    }
}

#[test]
fn what_does_not_always_stand_together_is_parted() {
    let mut pages = shuffled(5);
    pages.pages[2].marks.swap_remove(1);
    assert_eq!(shows(&forms(&pages)), [1, 1]);
    assert_eq!(seen(&pages)[2].text(), format!("3.{REST}"));
    let mut pages = shuffled(5);
    pages.pages[4].marks[2].shape.shift(Length(1), Length::ZERO);
    assert_eq!(shows(&forms(&pages)), [1, 1], "a distance counts");
}

#[test]
fn what_stands_once_or_is_short_is_no_form() {
    assert!(forms(&shuffled(1)).is_empty());
    let labels = |y| (0..9).map(move |x| line(50_000 * x, y, "A."));
    let labels = pages((1..9).map(|y| labels(90_000 * y).collect()).collect());
    assert!(forms(&labels).is_empty());
}

#[test]
fn a_page_that_repeats_others_takes_a_few_bytes() {
    let length = |count| written(&shuffled(count)).len();
    let each = (length(18) - length(8)) / 10;
    assert!(each < 200, "{each} bytes a page");
}

#[test]
fn thousands_of_pages_show_what_a_few_do() {
    let few = shuffled(5);
    let thousands = few.pages.iter().cycle().take(1003).cloned().collect();
    let shown = seen(&Pages { pages: thousands, ..few.clone() });
    assert_eq!(shown.len(), 1003);
    let glyphs = |page: &Seen| -> Vec<_> {
        page.glyphs.iter().map(|glyph| (glyph.text.clone(), glyph.x, glyph.y)).collect()
    };
    for (page, same) in shown.iter().zip(seen(&few).iter().cycle()) {
        assert_eq!(glyphs(page), glyphs(same));
    }
}

#[test]
fn pages_need_not_be_kept() {
    let pages = shuffled(6);
    let fonts = fonts();
    let mut pdf = Pdf::new(&fonts);
    assert!(pdf.is_empty());
    for page in &pages.pages {
        pdf.bookmark(format!("Paket {}", pdf.len() + 1));
        pdf.page(page.clone());
    }
    let bookmarks = (0..6).map(|index| (format!("Paket {}", index + 1), index)).collect();
    let details = Details::default();
    let bytes =
        pdf.finish(&pages.title, Language::Id, &details, &mut Packer::default()).unwrap();
    assert!(bytes == written(&Pages { bookmarks, ..pages }));
}
