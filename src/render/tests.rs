//! Tests of PDFs as a whole: what is written is read back by other libraries.

mod document;
mod read;
mod shared;

use std::sync::Arc;

use crate::fonts::{FontId, Fonts};
use crate::language::Language;
use crate::layout::{Glyph, Mark, Page, Pages, Role, Run, Shape};
use crate::length::{Length, Point, Rect};
use crate::picture::{Content, Picture};

use self::read::{Seen, read};
use super::{Details, Packer, pdf};

/// The fonts that the tests are set in.
pub(super) fn fonts() -> Fonts {
    Fonts::embedded("liberation-serif").unwrap()
}

/// A shaped run, with kerning.
pub(super) fn run(font: u16, size: Length, text: &str) -> Arc<Run> {
    let fonts = fonts();
    let face = &fonts.fonts[usize::from(font)];
    let parsed = harfrust::Font::new(face.bytes.to_vec(), 0).unwrap();
    let mut buffer = harfrust::Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let options = harfrust::ShapeOptions::default();
    harfrust::shape(&harfrust::ShaperFont::new(&parsed), &mut buffer, options).unwrap();

    let infos = buffer.glyph_infos();
    let scaled = |units: i32| size.scale(units.into(), 2048);
    let place = |(index, place): (usize, &harfrust::GlyphPosition)| {
        let start = infos[index].cluster;
        let later = infos[index + 1..].iter().map(|info| info.cluster);
        let end = later.filter(|&next| next > start).min().unwrap_or(text.len() as u32);
        let first = index == 0 || infos[index - 1].cluster != start;
        Glyph {
            id: infos[index].glyph_id as u16,
            advance: scaled(place.x_advance),
            dx: scaled(place.x_offset),
            dy: scaled(place.y_offset),
            text: if first { (start, end) } else { (start, start) },
        }
    };
    let places = buffer.glyph_positions().iter().enumerate();
    let glyphs: Vec<Glyph> = places.map(place).collect();
    let width = glyphs.iter().map(|glyph| glyph.advance).sum();
    Arc::new(Run { font: FontId(font), size, text: text.to_string(), glyphs, width })
}

pub(super) fn mark(role: Role, block: u32, shape: Shape) -> Mark {
    Mark { block: Some(block), role, shape }
}

pub(super) fn at(x: i32, y: i32) -> Point {
    Point { x: Length(x), y: Length(y) }
}

pub(super) fn area(x: i32, y: i32, width: i32, height: i32) -> Rect {
    Rect { at: at(x, y), width: Length(width), height: Length(height) }
}

pub(super) fn pages(marks: Vec<Vec<Mark>>) -> Pages {
    let page = |marks| Page { width: Length(595_276), height: Length(841_890), marks };
    Pages {
        title: "Ulangan “Kerja Sama”".to_string(),
        language: Language::Id,
        pages: marks.into_iter().map(page).collect(),
        bookmarks: Vec::new(),
    }
}

/// Lines of text below one another, in a font and size.
fn lines(font: u16, lines: &[&str]) -> Pages {
    let line = |(index, text): (usize, &&str)| {
        let at = at(70_866, 100_000 + 20_000 * index as i32);
        let shape = Shape::Glyphs { at, run: run(font, Length(11_000), text) };
        mark(Role::Body, index as u32, shape)
    };
    pages(vec![lines.iter().enumerate().map(line).collect()])
}

fn written(pages: &Pages) -> Vec<u8> {
    pdf(pages.clone(), &fonts(), &Details::default(), &mut Packer::default()).unwrap()
}

fn seen(pages: &Pages) -> Vec<Seen> {
    read(written(pages))
}

#[test]
fn text_reads_back_as_it_was_set() {
    let texts = [
        "Sertifikat efisiensi — “kopi” café… fi fl",
        "Organisasi yang berpusat di Jenewa ialah …",
        "AVATAR To. Wa 1.234,56 (A) [B] {C} □ √ ≤ ≥ ×",
    ];
    let pages = lines(0, &texts);
    let page = &seen(&pages)[0];
    assert_eq!(page.text(), texts.concat());
    assert!(page.told.is_empty());
}

#[test]
fn a_glyph_with_two_texts_is_told_the_rarer_one() {
    // Hyphen and soft hyphen, space and no-break space may share their glyphs.
    let runs = [
        run(0, Length(11_000), "antar-bangsa, kerja-sama di"),
        standing_for("se-ma-", "s|e|\u{ad}|m|a|\u{ad}"),
        standing_for("No. 1", "N|o|.|\u{a0}|1"),
    ];
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let glyphs = |(index, run)| {
        let at = at(50_000, 100_000 + 20_000 * index as i32);
        mark(Role::Body, 0, Shape::Glyphs { at, run })
    };
    let marks = runs.into_iter().enumerate().map(glyphs).collect();
    let page = &seen(&pages(vec![marks]))[0];
    assert_eq!(page.text(), text);
    assert_eq!(page.told, ["\u{ad}", "\u{ad}", "\u{a0}"]);
}

#[test]
fn a_ligature_stands_for_its_letters() {
    // The committed fonts have the glyph but do not ask for it.
    let run = standing_for("e\u{fb01}sien", "e|fi|s|i|e|n");
    let shape = Shape::Glyphs { at: at(50_000, 100_000), run };
    let page = &seen(&pages(vec![vec![mark(Role::Body, 0, shape)]]))[0];
    assert_eq!((page.text().as_str(), page.glyphs.len()), ("efisien", 6));
    assert!(page.told.is_empty());
}

/// The glyphs of some characters, but each stands for another text.
fn standing_for(shown: &str, texts: &str) -> Arc<Run> {
    let mut run = (*run(0, Length(11_000), shown)).clone();
    run.text.clear();
    for (glyph, text) in run.glyphs.iter_mut().zip(texts.split('|')) {
        let start = run.text.len() as u32;
        run.text.push_str(text);
        glyph.text = (start, run.text.len() as u32);
    }
    Arc::new(run)
}

#[test]
fn several_glyphs_for_one_text_are_told_it() {
    // x with a combining macron has no glyph of its own.
    let page = &seen(&lines(0, &["x\u{304}y"]))[0];
    assert_eq!(page.text(), "x\u{304}y");
    assert_eq!(page.told, ["x\u{304}"]);
    assert_eq!(page.glyphs.len(), 3);
}

#[test]
fn every_glyph_lands_where_it_was_put() {
    let text = "Bantuan luar negeri, AVATAR Wakil To. efisien; ".repeat(12);
    let pages = lines(1, &[&text, "AV"]);
    let seen = seen(&pages);
    let mut glyphs = seen[0].glyphs.iter();
    for mark in &pages.pages[0].marks {
        let Shape::Glyphs { at, run } = &mark.shape else { panic!() };
        let mut x = at.x;
        for glyph in &run.glyphs {
            let found = glyphs.next().unwrap();
            let due = (x + glyph.dx).0 as f64 / 1000.0;
            // The reader adds up in 32 bits, which is good for about 0.001 pt.
            assert!((found.x - due).abs() < 0.004, "{} at {}", found.x, due);
            let y = f64::from(841_890 - (at.y - glyph.dy).0) / 1000.0;
            assert!((found.y - y).abs() < 0.001, "{} at {}", found.y, y);
            x += glyph.advance;
        }
    }
    assert!(glyphs.next().is_none());
}

#[test]
fn raised_glyphs_are_raised_and_the_next_run_is_not() {
    let mut raised = (*run(0, Length(10_000), "ab")).clone();
    raised.glyphs[1].dy = Length(2500);
    raised.glyphs[1].dx = Length(-1000);
    let glyphs = |y, run| {
        let shape = Shape::Glyphs { at: at(50_000, y), run };
        mark(Role::Body, 0, shape)
    };
    let plain = run(0, Length(10_000), "c");
    let marks = vec![glyphs(100_000, Arc::new(raised)), glyphs(200_000, plain)];
    let seen = seen(&pages(vec![marks]));
    let places: Vec<_> = seen[0].glyphs.iter().map(|glyph| (glyph.x, glyph.y)).collect();
    let near = |a: (f64, f64), b: (f64, f64)| {
        assert!((a.0 - b.0).abs() < 0.004 && (a.1 - b.1).abs() < 0.001, "{a:?} {b:?}");
    };
    near(places[0], (50.0, 741.89));
    near(places[1], (50.0 + 4.438 - 1.0, 744.39));
    near(places[2], (50.0, 641.89));
}

#[test]
fn the_same_pages_give_the_same_bytes_whatever_was_written_before() {
    let first = sample();
    let second = lines(1, &["another document", "with other glyphs"]);
    let (a, b) = (written(&first), written(&second));
    for _ in 0..3 {
        assert!(written(&second) == b);
        assert!(written(&first) == a);
    }
    let threads: Vec<_> =
        (0..4).map(|_| std::thread::spawn(|| written(&sample()))).collect();
    for thread in threads {
        assert!(thread.join().unwrap() == a);
    }
    assert!(a != b);
}

#[test]
fn fonts_are_cut_down_and_embedded_once() {
    let alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?";
    let mut document = lines(0, &[alphabet]);
    let one = written(&document).len();
    assert!(one < 40_000, "{one} bytes");
    for _ in 0..50 {
        document.pages.push(document.pages[0].clone());
    }
    let many = written(&document).len();
    assert!(many - one < 51 * 200, "{many} bytes");
}

/// A little of everything, on two pages.
pub(super) fn sample() -> Pages {
    let logo = Arc::new(Picture {
        width: 2,
        height: 2,
        content: Content::Rgb {
            bytes: vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9],
            alpha: Some(vec![255, 128, 255, 0]),
        },
    });
    let again = Arc::new(Picture::clone(&logo));
    let glyphs =
        |role, block, x, y, run| mark(role, block, Shape::Glyphs { at: at(x, y), run });
    let image = |picture: &Arc<Picture>| {
        let area = area(70_866, 60_000, 40_000, 40_000);
        mark(Role::Figure, 1, Shape::Image { area, picture: picture.clone() })
    };
    let title = run(1, Length(14_000), "PENILAIAN AKHIR \"SEMESTER\"");
    let dots = Shape::Dots {
        at: at(120_000, 160_000),
        width: Length(30_000),
        pitch: Length(3000),
        diameter: Length(800),
    };
    let rule = Shape::Fill(area(70_866, 105_000, 453_543, 500));
    let footer =
        Shape::Glyphs { at: at(70_866, 800_000), run: run(0, Length(9000), "1") };
    pages(vec![
        vec![
            glyphs(Role::Title, 0, 180_000, 80_000, title),
            image(&logo),
            Mark { block: None, role: Role::Artifact, shape: rule },
            glyphs(Role::Label, 2, 70_866, 140_000, run(1, Length(11_000), "1.")),
            glyphs(Role::Body, 2, 90_000, 140_000, run(0, Length(11_000), "Efisiensi")),
            mark(Role::Body, 3, dots),
            Mark { block: None, role: Role::Artifact, shape: footer },
        ],
        vec![image(&logo), image(&again)],
    ])
}
