//! Tests of what surrounds the text: what the document says about itself, pictures,
//! rules, and what cannot be written.

use std::borrow::Cow;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object};

use crate::fonts::FontId;
use crate::layout::{Page, Pages, Role, Run, Shape};
use crate::length::Length;
use crate::picture::Picture;
use crate::render::pictures::turn;
use crate::render::{Details, Packer, pdf};

use super::{area, at, fonts, lines, mark, pages, run, sample, seen, written};

fn load(pages: &Pages) -> Document {
    Document::load_mem(&written(pages)).unwrap()
}

fn keys(dictionary: &Dictionary) -> Vec<String> {
    let keys = dictionary.iter().map(|(key, _)| String::from_utf8_lossy(key).into());
    let mut keys: Vec<String> = keys.collect();
    keys.sort();
    keys
}

fn streams(document: &Document) -> impl Iterator<Item = &Dictionary> {
    let objects = document.objects.values();
    objects.filter_map(|object| object.as_stream().ok()).map(|stream| &stream.dict)
}

#[test]
fn the_document_says_what_it_is_and_nothing_else() {
    let document = load(&sample());
    assert_eq!(document.version, "1.7");
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"id");
    assert_eq!(keys(catalog), ["Lang", "Pages", "Type", "ViewerPreferences"]);
    let preferences = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(keys(preferences), ["DisplayDocTitle", "PrintScaling"]);

    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    assert_eq!(keys(info), ["Producer", "Title"]);
    let title = lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap();
    assert_eq!(title, "Ulangan “Kerja Sama”");

    for id in document.page_iter() {
        let page = document.get_dictionary(id).unwrap();
        assert_eq!(keys(page), ["Contents", "MediaBox", "Parent", "Type"]);
        let size = page.get(b"MediaBox").unwrap().as_array().unwrap();
        assert_eq!(size[2..], [Object::Real(595.276), Object::Real(841.89)]);
    }
}

#[test]
fn details_are_told() {
    let details = Details { author: "SMP Negeri 1".to_string(), ..Details::default() };
    let bytes = pdf(sample(), &fonts(), &details, &mut Packer::default()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    assert_eq!(keys(info), ["Author", "Producer", "Title"]);
}

#[test]
fn the_identifier_is_that_of_the_contents() {
    let id = |pages: &Pages| {
        let document = load(pages);
        let pair = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        assert_eq!(pair[0], pair[1]);
        pair[0].as_str().unwrap().to_vec()
    };
    let other = lines(0, &["Efisiensi."]);
    assert_eq!(id(&sample()), id(&sample()));
    assert_ne!(id(&sample()), id(&other));
    assert_ne!(id(&other), [0; 16]);
}

#[test]
fn nothing_is_left_over() {
    let mut document = load(&sample());
    let before: Vec<_> = document.objects.keys().copied().collect();
    let packed = |dict: &Dictionary| {
        let kind = dict.get(b"Type").and_then(Object::as_name);
        kind.is_ok_and(|kind| kind == b"ObjStm" || kind == b"XRef")
    };
    let containers = document.objects.iter().filter(|(_, object)| {
        object.as_stream().is_ok_and(|stream| packed(&stream.dict))
    });
    let containers = containers.count();
    let unused = document.prune_objects();
    assert_eq!(unused.len(), containers, "{unused:?} of {before:?}");
}

#[test]
fn widths_are_those_of_the_font() {
    let document = load(&lines(0, &["il"]));
    let fonts = document.objects.values().filter_map(|object| object.as_dict().ok());
    let font = fonts.into_iter().find(|font| font.has(b"DescendantFonts")).unwrap();
    let part = &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0];
    let widths = part.as_dict().unwrap().get(b"W").unwrap().as_array().unwrap();
    assert_eq!(widths[0], Object::Integer(0));
    // 569 of 2048 units.
    let narrow = Object::Real(277.832);
    assert_eq!(widths[1].as_array().unwrap()[1..], [narrow.clone(), narrow]);
}

#[test]
fn a_picture_is_embedded_once() {
    let document = load(&sample());
    let images = streams(&document).filter(|dict| dict.has(b"Width"));
    assert_eq!(images.count(), 2, "the logo and its opacity");

    let seen = seen(&sample());
    assert_eq!((seen[0].images.len(), seen[1].images.len()), (1, 2));
    let (place, size) = seen[0].images[0];
    assert_eq!(size, (2, 2));
    let places = [(place.x0, 70.866), (place.x1, 110.866), (place.y0, 741.89)];
    assert!(places.iter().all(|(found, due)| (found - due).abs() < 0.001), "{place:?}");
}

#[test]
fn jpegs_are_embedded_as_they_are() {
    let file = include_bytes!("cmyk.jpg");
    let picture = Arc::new(Picture::read("cmyk.jpg", file.to_vec()).unwrap());
    let shape = Shape::Image { area: area(0, 0, 24_000, 16_000), picture };
    let document = load(&pages(vec![vec![mark(Role::Figure, 0, shape)]]));
    let objects = document.objects.values().filter_map(|object| object.as_stream().ok());
    let image = objects.into_iter().find(|image| image.dict.has(b"Width")).unwrap();
    assert_eq!(image.content, file);
    let entry = |key: &[u8]| image.dict.get(key).unwrap();
    assert_eq!(entry(b"Filter").as_name().unwrap(), b"DCTDecode");
    assert_eq!(entry(b"ColorSpace").as_name().unwrap(), b"DeviceCMYK");
    assert_eq!(entry(b"Decode").as_array().unwrap().len(), 8);
}

/// The only picture on a page of its own, 60 points wide and 40 tall.
fn shown(name: &str, file: Vec<u8>) -> Pages {
    let picture = Arc::new(Picture::read(name, file).unwrap());
    let shape = Shape::Image { area: area(100_000, 200_000, 60_000, 40_000), picture };
    pages(vec![vec![mark(Role::Figure, 0, shape.clone()), mark(Role::Figure, 0, shape)]])
}

#[test]
fn drawings_stand_where_they_were_put_and_are_embedded_once() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">
        <rect x="30" y="20" width="60" height="40" fill="#f00" fill-opacity=".5"/>
        <g opacity=".5"><path d="M150 100 h75" fill="none" stroke="#777"/><path d="M0 0h9v9z"/></g>
        </svg>"##;
    let pages = shown("x.svg", svg.as_bytes().to_vec());
    let page = &seen(&pages)[0];
    assert_eq!((page.fills.len(), page.strokes.len()), (4, 2));
    // A pixel of the drawing is a fifth of a point on paper; y counts from the bottom.
    let near = |found: hayro_interpret::kurbo::Rect, due: [f64; 4]| {
        let found = [found.x0, found.y0, found.x1, found.y1];
        let off = found.iter().zip(due).map(|(found, due)| (found - due).abs());
        assert!(off.fold(0.0, f64::max) < 0.01, "{found:?}");
    };
    let top = 841.89 - 200.0;
    near(page.fills[0], [106.0, top - 12.0, 118.0, top - 4.0]);
    near(page.strokes[0], [130.0, top - 20.0, 145.0, top - 20.0]);

    let document = load(&pages);
    let forms = streams(&document).filter(|dict| dict.has(b"BBox")).count();
    assert_eq!(forms, 2, "the drawing and its group");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    let content = streams.filter(|stream| stream.dict.has(b"BBox"));
    let content = content.flat_map(|stream| stream.decompressed_content().unwrap());
    let content = String::from_utf8(content.collect()).unwrap();
    assert!(content.contains("1 0 0 rg\n"), "{content}");
    assert!(content.contains("0.467 G\n") && content.contains("/S500-1000 gs\n"));
}

/// The corners of a page: x to the right and y up.
const CORNERS: [(i32, i32); 4] = [(0, 1), (1, 1), (1, 0), (0, 0)];

/// The corners between which Exif puts the first row of a file, for each orientation.
const FIRST_ROWS: [((i32, i32), (i32, i32)); 8] = {
    let [left, right, right_foot, left_foot] = CORNERS;
    [
        (left, right),
        (right, left),
        (right_foot, left_foot),
        (left_foot, right_foot),
        (left, left_foot),
        (right, right_foot),
        (right_foot, right),
        (left_foot, left),
    ]
};

#[test]
fn pictures_that_were_taken_lying_stand_upright() {
    let file = include_bytes!("stripes.jpg");
    for orientation in 1..=8u8 {
        // The marker, its length, and a table with one tag.
        let tags = [b"\xff\xe1\0\x20Exif\0\0MM\0\x2a\0\0\0\x08\0\x01", &[][..]];
        let tag = [1, 18, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        let file = [&file[..2], &tags.concat(), &tag, &file[2..]].concat();
        let picture = Picture::read("x.jpg", file.clone()).unwrap();
        let lies = orientation > 4;
        let (width, height) = (picture.width, picture.height);
        assert_eq!((width, height), if lies { (16, 24) } else { (24, 16) });
        let [a, b, c, d, e, f] = turn(&picture);
        let place = |x, y| (a * x + c * y + e, b * x + d * y + f);
        let first_row = (place(0, 1), place(1, 1));
        assert_eq!(first_row, FIRST_ROWS[usize::from(orientation) - 1], "{orientation}");
        let (place, size) = seen(&shown("x.jpg", file))[0].images[0];
        assert_eq!(size, (24, 16));
        let due = [(place.x0, 100.0), (place.x1, 160.0), (place.y1, 641.89)];
        assert!(due.iter().all(|(found, due)| (found - due).abs() < 0.01), "{place:?}");
    }
}

#[test]
fn rules_and_dots_stand_where_they_were_put() {
    let page = &seen(&sample())[0];
    let (rule, dots) = (page.fills[0], page.strokes[0]);
    let near =
        |found: f64, due: f64| assert!((found - due).abs() < 0.001, "{found} {due}");
    near(rule.x0, 70.866);
    near(rule.x1, 524.409);
    near(rule.y0, 841.89 - 105.5);
    near(rule.y1, 841.89 - 105.0);
    near(dots.x0, 120.0);
    near(dots.y0, 841.89 - 160.0);
}

#[test]
fn a_document_without_marks_is_a_document() {
    let empty = Page { width: Length::mm(215), height: Length::mm(330), marks: vec![] };
    let document = Pages { pages: vec![empty], ..sample() };
    assert_eq!(load(&document).page_iter().count(), 1);
}

#[test]
fn an_empty_run_does_not_ask_for_its_font() {
    let page = &seen(&lines(0, &["", ""]))[0];
    assert_eq!(page.text(), "");
}

#[test]
fn a_font_that_cannot_be_embedded_is_reported() {
    let document = lines(1, &["x"]);
    let refused = |document: &Pages, fonts| {
        let diagnostic =
            pdf(document.clone(), &fonts, &Details::default(), &mut Packer::default())
                .unwrap_err();
        diagnostic.message
    };
    let mut damaged = fonts();
    damaged.fonts[1].bytes = Cow::Borrowed(&damaged_file()[..5000]);
    let expected = "the font `LiberationSerif-Bold` cannot be embedded: ";
    assert!(refused(&document, damaged).starts_with(expected));
    let strange = Run { font: FontId(99), ..(*run(0, Length(9000), "x")).clone() };
    let shape = Shape::Glyphs { at: at(0, 0), run: Arc::new(strange) };
    let document = pages(vec![vec![mark(Role::Body, 0, shape)]]);
    assert_eq!(refused(&document, fonts()), "there is no font number 99");
}

fn damaged_file() -> &'static [u8] {
    include_bytes!("../../../fonts/LiberationSerif-Bold.ttf")
}

#[test]
fn a_line_of_a_large_size_is_as_exact() {
    let run = run(1, Length(96_000), "AVATAR");
    let mut x = Length(1);
    let shape = Shape::Glyphs { at: at(1, 200_000), run: run.clone() };
    let seen = seen(&pages(vec![vec![mark(Role::Title, 0, shape)]]));
    for (found, glyph) in seen[0].glyphs.iter().zip(&run.glyphs) {
        assert!((found.x - f64::from(x.0) / 1000.0).abs() < 0.004);
        x += glyph.advance;
    }
}
