//! Letters of every kind: lent from other fonts, joined to ligatures, and Arabic.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Name, Object, Stream};
use lembar::fonts::{Family, Fonts};
use lembar::language::Language;
use lembar::layout::{Typesetter, lay_out};
use lembar::paper::Paper;
use lembar::render::{Details, Packer, pdf};
use lembar::sheet::{Block, Footer, Orientation, Paragraph, ParagraphRank, Sheet};
use lembar::theme::Theme;

use super::seen::{self, Page, Piece};
use crate::hyphenation::rules;

/// The PDF of some paragraphs.
fn printed(family: &str, paragraphs: &[&str]) -> Vec<u8> {
    let block = |text: &&str| {
        let rank = ParagraphRank::Body;
        Block::Paragraph(Paragraph { text: (*text).into(), rank })
    };
    let sheet = Sheet {
        title: "Sheet".to_string(),
        language: Language::Id,
        orientation: Orientation::Portrait,
        footer: Footer::default(),
        watermark: None,
        blocks: paragraphs.iter().map(block).collect(),
        columns: Vec::new(),
    };
    let theme = Theme::read(&Theme::embedded("klasik").unwrap()).unwrap();
    let fonts = Fonts::embedded(family).unwrap();
    let paper = Paper::named("a4").unwrap();
    let mut typesetter = Typesetter::new(&fonts, &rules());
    let pages = lay_out(&sheet, &theme, &paper, &mut typesetter).unwrap();
    pdf(pages, &fonts, &Details::default(), &mut Packer::default()).unwrap()
}

fn page(family: &str, paragraphs: &[&str]) -> Page {
    seen::pages(&printed(family, paragraphs)).remove(0)
}

/// What a page says, in the order in which it is written.
fn text(page: &Page) -> String {
    page.pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// The piece that has a text, and nothing else.
fn piece<'p>(page: &'p Page, text: &str) -> &'p Piece {
    page.pieces.iter().find(|piece| piece.text == text).unwrap_or_else(|| {
        panic!("no “{text}” in {:?}", page.pieces);
    })
}

#[test]
fn every_family_prints_what_teachers_write() {
    let texts = [
        "Café, crème, señor, über, garçon, Škoda, Ærø, Łódź — “kutipan” ‘satu’ «dua» …",
        "3 − 2 × 4 ÷ 5, 25° ± ½ ¼ ¾, m² cm³, Rp10.000,00, €5, 10% – 20‰, § 3, •",
        "salāt, Qurʾān, ḥadīṣ, maṣdar, √2 ≤ π ≠ ∞, a → b ⇒ c ⇔ d, x ∈ ℝ, α β Ω, H₂O, 10⁻³",
        "✓ ✗ ☐ ☑ ☒ ★ ○ ● □ ■ △ ① ②, Привет, שלום a كتب",
    ];
    for family in Family::names() {
        for text in texts {
            for style in ["", "**", "*"] {
                let page = page(family, &[&format!("{style}{text}{style}")]);
                assert_eq!(self::text(&page).replace(' ', ""), text.replace(' ', ""));
            }
        }
    }
}

#[test]
fn ligatures_read_as_their_letters() {
    for family in ["source-serif", "lexend"] {
        let page = page(family, &["efisien afiks konflik"]);
        assert_eq!(text(&page), "efisien afiks konflik");
    }
    let width = |text: &str| {
        let page = page("source-serif", &[text]);
        page.pieces[0].end - page.pieces[0].x
    };
    assert!(width("efisien") < width("ef\u{200c}isien") - 0.01);
}

#[test]
fn arabic_words_stand_from_right_to_left_and_read_as_they_are_written() {
    let sentence = "Bacaan كَتَبَ درس الحمد غد disebut";
    let page = page("liberation-serif", &[sentence]);
    assert_eq!(text(&page), sentence);
    let place = |letter: &str| {
        page.pieces.iter().find(|piece| piece.text.contains(letter)).unwrap().x
    };
    let places = ["disebut", "ك", "س", "ح", "غ", "Bacaan"].map(place);
    assert!(places.is_sorted_by(|a, b| a > b), "{places:?} {:?}", page.pieces);
}

#[test]
fn a_wholly_arabic_paragraph_stands_at_the_right() {
    let page = page("source-sans", &["كتاب", "kitab"]);
    let right = page.width - 18.0 / 25.4 * 72.0;
    let arabic = page.pieces.iter().map(|piece| piece.end).fold(0.0, f64::max);
    assert!((arabic - right).abs() < 0.01, "{arabic} of {right}");
    assert!(piece(&page, "kitab").x < 60.0);
}

#[test]
fn one_arabic_word_does_not_bring_a_whole_font() {
    let with = printed("liberation-serif", &["Kata كتاب berarti buku ✓"]);
    let without = printed("liberation-serif", &["Kata kitab berarti buku"]);
    assert!(with.len() < without.len() + 8_000, "{} {}", with.len(), without.len());
    let pdf = Pdf::new(with).unwrap();
    let mut names = Vec::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        if let Some(file) = dict.get::<Stream<'_>>("FontFile2") {
            let name = dict.get::<Name<'_>>("FontName").unwrap();
            let size = file.decoded().unwrap().len();
            assert!(size < 12_000, "{} has {size} bytes", name.as_str());
            names.push(name.as_str()[7..].to_string());
        }
    }
    names.sort();
    assert_eq!(names, ["Amiri-Regular", "LiberationSerif", "NotoSansSymbols2-Regular"]);
}
