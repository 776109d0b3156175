//! The fonts of a document: how wide their glyphs are and what they stand for.

use std::collections::BTreeMap;

use super::cmap;
use super::file::File;
use super::syntax::{Dict, Value, Values};
use super::words::fold;

/// The fonts of a document, each read once.
#[derive(Default)]
pub struct Fonts {
    fonts: Vec<Font>,
    /// The indices of fonts by the numbers of their objects.
    known: BTreeMap<u32, Option<usize>>,
}

/// What is to be known of a font.
pub struct Font {
    /// Its glyphs, by their codes.
    glyphs: Vec<Shape>,
}

/// A glyph of a font.
#[derive(Clone, Default)]
pub struct Shape {
    /// Its width, in thousandths of the em.
    pub width: f32,
    /// The text that it stands for.
    pub text: String,
    /// The characters of the text that are seen.
    pub chars: Vec<char>,
}

/// A glyph that the font does not have.
static NONE: Shape = Shape { width: 0.0, text: String::new(), chars: Vec::new() };

impl Fonts {
    /// The index of the font that is an object of a file; `None` if it does not say what
    /// its glyphs stand for.
    pub fn find(&mut self, file: &File, object: u32) -> Option<usize> {
        if let Some(&known) = self.known.get(&object) {
            return known;
        }
        let index = font(file, object).map(|font| {
            self.fonts.push(font);
            self.fonts.len() - 1
        });
        self.known.insert(object, index);
        index
    }

    /// A font that was found.
    pub fn font(&self, index: usize) -> &Font {
        &self.fonts[index]
    }
}

impl Font {
    /// The glyph of a code.
    pub fn glyph(&self, code: u16) -> &Shape {
        self.glyphs.get(usize::from(code)).unwrap_or(&NONE)
    }
}

/// A font whose codes have two bytes and are the numbers of its glyphs.
fn font(file: &File, object: u32) -> Option<Font> {
    let dict = file.object(object)?.dict()?;
    let Value::Reference(map) = dict.get("ToUnicode")? else { return None };
    let texts = cmap::texts(&file.unpacked(&file.object(map)?)?);
    let mut parts = array(file, dict, "DescendantFonts")?;
    let Value::Dict(part) = file.resolved(parts.next()?)? else { return None };
    let mut widths: Vec<f32> = Vec::new();
    let mut items = array(file, part, "W")?;
    while let (Some(first), Some(Value::Array(some))) = (items.next(), items.next()) {
        let first = first.count().filter(|&first| first <= usize::from(u16::MAX))?;
        widths.resize(first, 0.0);
        widths.extend(some.filter_map(Value::number).map(|width| width as f32));
    }
    let last = texts.last_key_value().map_or(0, |(&code, _)| usize::from(code));
    let mut glyphs = vec![Shape::default(); widths.len().max(last + 1)];
    for (glyph, width) in glyphs.iter_mut().zip(widths) {
        glyph.width = width;
    }
    for (code, text) in texts {
        let glyph = &mut glyphs[usize::from(code)];
        (glyph.chars, glyph.text) = (fold(&text), text);
    }
    (dict.name("Encoding") == Some(b"Identity-H")).then_some(Font { glyphs })
}

fn array<'s>(file: &'s File, dict: Dict<'s>, key: &str) -> Option<Values<'s>> {
    match file.resolved(dict.get(key)?)? {
        Value::Array(values) => Some(values),
        _ => None,
    }
}
