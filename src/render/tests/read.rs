//! Reads a PDF back: what stands where, in the words of another library.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, interpret_page,
};

/// What is seen on a page.
#[derive(Default)]
pub struct Seen {
    /// The glyphs, in the order of drawing.
    pub glyphs: Vec<SeenGlyph>,
    /// The bounds of what is filled.
    pub fills: Vec<Rect>,
    /// The bounds of what is stroked.
    pub strokes: Vec<Rect>,
    /// Where pictures stand.
    pub images: Vec<(Rect, (u32, u32))>,
    /// The texts that are told instead of those of the glyphs.
    pub told: Vec<String>,
    /// What the next glyph is told, empty for the glyphs after it.
    telling: Option<String>,
}

/// A glyph that is seen.
pub struct SeenGlyph {
    /// Its origin, from the left.
    pub x: f64,
    /// Its origin, from the bottom.
    pub y: f64,
    /// What it stands for; where several are told their text, the first has all of it.
    pub text: String,
}

impl Seen {
    /// The text of the page.
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

/// What is seen on the pages of a PDF.
pub fn read(bytes: Vec<u8>) -> Vec<Seen> {
    let pdf = Pdf::new(bytes).unwrap();
    let cache = InterpreterCache::new();
    let page = |page| {
        let (nowhere, settings) = (Rect::ZERO, InterpreterSettings::default());
        let mut context =
            Context::new(Affine::IDENTITY, nowhere, &cache, pdf.xref(), settings);
        let mut seen = Seen::default();
        interpret_page(page, &mut context, &mut seen);
        seen
    };
    pdf.pages().iter().map(page).collect()
}

impl Device<'_> for Seen {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        let bounds = (props.transform * path.clone()).control_box();
        match mode {
            DrawMode::Stroke(_) => self.strokes.push(bounds),
            _ => self.fills.push(bounds),
        }
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, '_>,
        props: DrawProps<'_>,
        _: &DrawMode,
    ) {
        for glyph in run.glyphs() {
            let origin = props.transform * glyph.transform() * Point::ZERO;
            let text = match (&mut self.telling, glyph.as_unicode()) {
                (Some(told), _) => std::mem::take(told),
                (None, Some(BfString::Char(char))) => char.to_string(),
                (None, Some(BfString::String(string))) => string,
                (None, None) => "�".to_string(),
            };
            self.glyphs.push(SeenGlyph { x: origin.x, y: origin.y, text });
        }
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let size = (image.width(), image.height());
        let (width, height) = (size.0.into(), size.1.into());
        let corners = Rect::new(0.0, 0.0, width, height);
        self.images.push((props.transform.transform_rect_bbox(corners), size));
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        let told =
            properties.and_then(|dict| dict.get::<object::String<'_>>("ActualText"));
        if let Some(told) = told {
            let units = told.as_bytes()[2..].chunks_exact(2);
            let units: Vec<u16> =
                units.map(|unit| u16::from_be_bytes([unit[0], unit[1]])).collect();
            let told = String::from_utf16(&units).unwrap();
            self.told.push(told.clone());
            self.telling = Some(told);
        }
    }

    fn end_marked_content(&mut self) {
        self.telling = None;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
