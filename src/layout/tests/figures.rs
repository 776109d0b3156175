//! Pictures with their captions.

use std::sync::Arc;

use super::*;
use crate::length::Rect;
use crate::picture::{Content, Picture};

fn picture(width: u32, height: u32) -> Arc<Picture> {
    let bytes = vec![9; (width * height) as usize];
    Arc::new(Picture { width, height, content: Content::Grey { bytes, alpha: None } })
}

fn figure(picture: Arc<Picture>, width: Option<Length>, caption: &str) -> Block {
    let caption = (!caption.is_empty()).then(|| caption.into());
    Block::Figure(Figure { picture, width, caption, alt: None })
}

/// Where pictures stand on a page, and how many pixels each has.
fn images(page: &Page) -> Vec<(Rect, (u32, u32))> {
    let image = |mark: &Mark| match &mark.shape {
        Shape::Image { area, picture } => {
            assert_eq!(mark.role, Role::Figure);
            Some((*area, (picture.width, picture.height)))
        }
        _ => None,
    };
    page.marks.iter().filter_map(image).collect()
}

fn size_of(picture: Arc<Picture>, width: Option<Length>) -> (Length, Length) {
    let pages = laid(vec![figure(picture, width, "")], 500, 700);
    let (area, _) = images(&pages[0])[0];
    assert!(is_inside(&pages[0]));
    (area.width, area.height)
}

#[test]
fn pictures_have_their_natural_width_or_that_which_is_given() {
    // 150 pixels are an inch.
    assert_eq!(size_of(picture(150, 75), None), (Length::pt(72), Length::pt(36)));
    let given = Some(Length::pt(200));
    assert_eq!(size_of(picture(150, 75), given), (Length::pt(200), Length::pt(100)));
}

#[test]
fn pictures_fit_into_their_column_and_into_half_a_page() {
    let margins = theme().margins;
    let column = Length::pt(500) - margins.left - margins.right;
    let (width, height) = size_of(picture(200, 10), Some(Length::pt(900)));
    assert_eq!((width, height), (column, column.scale(1, 20)));

    let half = (Length::pt(700) - margins.top - margins.bottom) / 2;
    let (width, height) = size_of(picture(10, 20), Some(Length::pt(400)));
    assert_eq!((width, height), (half.scale(1, 2), half));
    // Nobody says how wide: the theme says how tall.
    let (_, height) = size_of(picture(600, 900), None);
    assert_eq!(height, theme().picture.height);
}

#[test]
fn pictures_have_no_more_pixels_than_can_be_printed() {
    let pixels = |width| {
        let shown = figure(picture(900, 600), Some(Length::pt(width)), "");
        images(&laid(vec![shown], 500, 700)[0])[0].1
    };
    assert_eq!(pixels(72), (300, 200));
    assert_eq!(pixels(216), (900, 600));
    assert_eq!(pixels(300), (900, 600));
}

#[test]
fn a_caption_stands_below_its_picture() {
    let shown = figure(picture(150, 75), None, "Sebuah peta");
    let item = hanging("1.", vec![paragraph("Lihat!"), shown, options(&["a", "b"])]);
    let page = &laid(vec![item], 500, 700)[0];
    assert_eq!(texts(page), ["1.", "Lihat!", "Sebuah peta", "A.", "a", "B.", "b"]);
    let words = words(page);
    let (area, _) = images(page)[0];
    assert_eq!(area.at.x, words[1].2.x);
    assert_eq!(area.at.x, words[2].2.x);
    let foot = area.at.y + area.height;
    assert!(
        words[1].2.y < area.at.y && foot < words[2].2.y && words[2].2.y < words[3].2.y
    );
}

#[test]
fn pictures_make_room_for_what_belongs_to_them() {
    let item = |lines: usize| {
        let shown = figure(picture(100, 100), Some(Length::pt(300)), "");
        let stem = paragraph(&"Sebuah kalimat yang panjang. ".repeat(8 * lines));
        hanging("1.", vec![stem, shown, options(&["a"])])
    };
    for lines in 1..4 {
        let pages = laid(vec![item(lines)], 400, 420);
        assert_eq!(pages.len(), 1, "{lines}");
        assert!(is_inside(&pages[0]));
    }
    let height = |lines| images(&laid(vec![item(lines)], 400, 420)[0])[0].0.height;
    assert!(height(1) > height(3), "{:?} {:?}", height(1), height(3));
}
