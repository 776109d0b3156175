//! Reads a PDF back: what stands where, in the words of another library.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, Paint, SoftMask, interpret_page,
};

/// How far from the end of a glyph the next one may start if they are to be one piece, in
/// parts of the em. Kerning and italics are below it, the gap after a label is above.
const TOUCHING: f64 = 0.2;

/// What is seen on a page. Everything is measured from the top left corner.
pub struct Page {
    /// The number, from 1.
    pub number: usize,
    /// The width of the paper.
    pub width: f64,
    /// The height of the paper.
    pub height: f64,
    /// The pieces of text, in the order in which they are written.
    pub pieces: Vec<Piece>,
    /// The bounds of filled shapes.
    pub fills: Vec<Rect>,
    /// The filled shapes themselves.
    pub paths: Vec<BezPath>,
    /// The bounds of strokes and pictures.
    pub others: Vec<Rect>,
}

/// Text without a gap, on one line.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The number of its page.
    pub page: usize,
    /// Where it starts.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Where it ends.
    pub end: f64,
    /// The fonts that it is set in.
    pub fonts: Vec<String>,
    /// The characters.
    pub text: String,
}

impl Piece {
    /// Halfway between its start and its end.
    pub fn centre(&self) -> f64 {
        (self.x + self.end) / 2.0
    }

    /// Whether it stands on the line of another piece.
    pub fn beside(&self, other: &Piece) -> bool {
        self.page == other.page && (self.y - other.y).abs() < 0.01
    }
}

/// What is seen on the pages of a PDF, where everything is black.
pub fn pages(bytes: &[u8]) -> Vec<Page> {
    read(bytes, true)
}

/// What is seen on the pages of a PDF with bubbles, which are light.
pub fn pages_with_bubbles(bytes: &[u8]) -> Vec<Page> {
    read(bytes, false)
}

fn read(bytes: &[u8], black: bool) -> Vec<Page> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (nowhere, settings) = (Rect::ZERO, InterpreterSettings::default());
        let area = page.media_box();
        // Turned over, so that y counts from the top.
        let down = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, area.height()]);
        let mut context = Context::new(down, nowhere, &cache, pdf.xref(), settings);
        let seen = Page {
            number: pages.len() + 1,
            width: area.width(),
            height: area.height(),
            pieces: Vec::new(),
            fills: Vec::new(),
            paths: Vec::new(),
            others: Vec::new(),
        };
        let mut reader = Reader { page: seen, told: None, black };
        interpret_page(page, &mut context, &mut reader);
        pages.push(reader.page);
    }
    pages
}

/// Collects what is drawn.
struct Reader {
    page: Page,
    /// The text that the next glyph is told to stand for; empty for those after it.
    told: Option<String>,
    /// Whether everything is black.
    black: bool,
}

impl Reader {
    fn glyph(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let Glyph::Outline(outline) = glyph else { panic!("a glyph without an outline") };
        let font = outline.font_data().and_then(|data| data.postscript_name).unwrap();
        let text = match (&mut self.told, outline.as_unicode()) {
            (Some(told), _) => std::mem::take(told),
            (None, Some(BfString::Char(char))) => char.to_string(),
            (None, Some(BfString::String(string))) => string,
            (None, None) => panic!("a glyph of {font} stands for nothing"),
        };
        let at = place * Point::ZERO;
        // Outlines are drawn in thousandths of the em.
        let em = place.as_coeffs()[0] * 1000.0;
        let end = at.x + f64::from(outline.advance_width().unwrap()) * em / 1000.0;
        if let Some(last) = self.page.pieces.last_mut()
            && (at.y - last.y).abs() < 0.01
            && (at.x - last.end).abs() < TOUCHING * em
        {
            last.end = end;
            last.text.push_str(&text);
            if !last.fonts.contains(&font) {
                last.fonts.push(font);
            }
        } else {
            let (page, fonts) = (self.page.number, vec![font]);
            let piece = Piece { page, x: at.x, y: at.y, end, fonts, text };
            self.page.pieces.push(piece);
        }
    }
}

/// Whoever prints black on white can hide nothing in other colours.
fn assert_seen(paint: &Paint<'_>, black: bool) {
    let Paint::Color(color) = paint else { panic!("a pattern") };
    let [red, green, blue, opacity] = color.to_rgba().to_rgba8();
    assert_eq!([red, red, 255], [green, blue, opacity], "everything is grey");
    assert!(red <= if black { 0 } else { 180 }, "everything is dark enough");
}

impl Device<'_> for Reader {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        assert_seen(&props.paint, self.black);
        let path = props.transform * path.clone();
        let bounds = path.control_box();
        match mode {
            DrawMode::Fill(_) => {
                self.page.fills.push(bounds);
                self.page.paths.push(path);
            }
            DrawMode::Stroke(stroke) => {
                // A row of dots: its line goes half a pitch beyond the last of them.
                let pitch: f32 = stroke.dash_array.iter().sum();
                let drawn = bounds.x1 - f64::from(pitch) / 2.0;
                self.page.others.push(Rect { x1: drawn, ..bounds });
            }
            other => panic!("a shape that is drawn as {other:?}"),
        }
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, '_>,
        props: DrawProps<'_>,
        mode: &DrawMode,
    ) {
        assert!(matches!(mode, DrawMode::Fill(_)), "text that is drawn as {mode:?}");
        assert_seen(&props.paint, self.black);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let corners = Rect::new(0.0, 0.0, image.width().into(), image.height().into());
        self.page.others.push(props.transform.transform_rect_bbox(corners));
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let told =
            properties.and_then(|dict| dict.get::<object::String<'_>>("ActualText"));
        if let Some(told) = told {
            let units = told.as_bytes()[2..].chunks_exact(2);
            let units = units.map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
            let units: Vec<u16> = units.collect();
            self.told = Some(String::from_utf16(&units).unwrap());
        }
    }

    fn end_marked_content(&mut self) {
        self.told = None;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
