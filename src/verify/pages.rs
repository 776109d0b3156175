//! What the pages of a PDF show: glyphs with their texts and places, in the order in which
//! they are written.
//!
//! Only the few operators that exams are printed with are understood. Whatever else stands
//! on a page is complained about, for it might hide words or cover them: other colours,
//! clipping, words that are not drawn, or drawn where nobody sees them.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{
    Array, Dict, Name, Number, Object, ObjectIdentifier, Rect, Stream, String as Bytes,
};
use hayro_syntax::page::{self, Resources};

use super::cmap::{self, Texts};
use super::words::fold;

/// The smallest type that a reader sees, in points.
const SMALLEST: f32 = 3.0;

/// The lightest grey that a reader sees, from black to white.
const LIGHTEST: f32 = 0.7;

/// How many characters a glyph may be told to stand for.
const MOST_TOLD: usize = 8;

/// What is seen on a page. Everything is in points from the top left corner; in a form, from
/// where it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The number, from 1.
    pub number: usize,
    /// The width of the paper.
    pub width: f32,
    /// The glyphs, without blanks and without those that stand across the page.
    pub glyphs: Vec<Glyph>,
    /// The characters that the glyphs stand for, each with the index of its glyph.
    pub chars: Vec<(char, u32)>,
    /// The characters of what stands across the page.
    pub across: Vec<char>,
    /// Discs and rings.
    pub rounds: Vec<Round>,
    /// What should not be on a page.
    pub wrong: BTreeSet<String>,
}

/// A glyph.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Where it starts.
    pub x: f32,
    /// Where it ends.
    pub end: f32,
    /// Its baseline.
    pub y: f32,
    /// The size of its em.
    pub size: f32,
}

/// A disc or a ring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// The centre.
    pub x: f32,
    /// The centre.
    pub y: f32,
    /// The distance from there to the outer edge.
    pub radius: f32,
    /// Whether it is a ring.
    pub ring: bool,
}

/// What is seen on the pages of a PDF, and the forms that were read for it.
pub fn pages(pdf: &Pdf) -> (Vec<Page>, BTreeSet<ObjectIdentifier>) {
    let mut shared = Shared::default();
    let pages = pdf.pages().iter().enumerate();
    let pages = pages.map(|(index, page)| read(page, index + 1, &mut shared)).collect();
    (pages, shared.forms.into_keys().collect())
}

fn read(page: &page::Page<'_>, number: usize, shared: &mut Shared) -> Page {
    let area = page.media_box();
    let (width, height) = (area.width() as f32, area.height() as f32);
    let seen = Page { number, width, ..Page::default() };
    let mut reader = Reader::new(seen, height, true);
    let crop = page.crop_box();
    let whole = [crop.x0, crop.y0, crop.x1, crop.y1] == [0.0, 0.0, area.x1, area.y1];
    if !whole || !matches!(page.rotation(), page::Rotation::None) {
        reader.complain("the page is cut down or turned");
    }
    reader.read(page.operations(), page.resources(), shared);
    reader.on_paper();
    reader.page
}

/// What pages share, each read once.
#[derive(Default)]
struct Shared {
    fonts: Fonts,
    /// What is seen in forms.
    forms: BTreeMap<ObjectIdentifier, Page>,
}

impl Shared {
    /// What is seen in the form of a name; `None` if it is a picture.
    fn find_form(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<&Page> {
        let id = resources.x_objects.get_ref(name).map(ObjectIdentifier::from);
        let known = id.filter(|id| self.forms.contains_key(id));
        let id = match known {
            Some(id) => id,
            None => {
                let stream = resources.get_x_object(name).filter(is_form)?;
                let form = self.read_form(&stream);
                self.forms.insert(stream.obj_id(), form);
                stream.obj_id()
            }
        };
        self.forms.get(&id)
    }

    fn read_form(&mut self, stream: &Stream<'_>) -> Page {
        let dict = stream.dict();
        let content = stream.decoded().unwrap_or_default();
        let resources =
            Resources::new(dict.get::<Dict<'_>>("Resources").unwrap_or_default());
        let mut reader = Reader::new(Page::default(), 0.0, false);
        reader.read(UntypedIter::new(&content), &resources, self);
        let area = dict.get::<Rect>("BBox").unwrap_or(Rect::ZERO);
        let whole = |glyph: &Glyph| {
            let across = f64::from(glyph.x) >= area.x0 && f64::from(glyph.end) <= area.x1;
            across && (area.y0..=area.y1).contains(&f64::from(-glyph.y))
        };
        if !reader.page.glyphs.iter().all(whole) || dict.contains_key("Matrix") {
            reader.complain("a form is cut down or turned");
        }
        reader.page
    }
}

/// The fonts of a document, each read once.
#[derive(Default)]
struct Fonts {
    fonts: Vec<Font>,
    known: BTreeMap<ObjectIdentifier, usize>,
}

/// What is to be known of a font.
#[derive(Default)]
struct Font {
    /// The widths of its glyphs by code, in thousandths of the em.
    widths: Vec<f32>,
    texts: Texts,
}

impl Fonts {
    /// The index of a font that a page or form names.
    fn find(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<usize> {
        let dict = resources.get_font(name)?;
        let id = dict.obj_id();
        if let Some(&known) = id.and_then(|id| self.known.get(&id)) {
            return Some(known);
        }
        let index = self.fonts.len();
        self.fonts.push(font(&dict)?);
        self.known.extend(id.map(|id| (id, index)));
        Some(index)
    }
}

/// A font whose codes have two bytes and are the numbers of its glyphs.
fn font(dict: &Dict<'_>) -> Option<Font> {
    let encoding = dict.get::<Name<'_>>("Encoding")?;
    let map = dict.get::<Stream<'_>>("ToUnicode")?.decoded().ok()?;
    let part = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let mut font = Font { widths: Vec::new(), texts: cmap::texts(&map) };
    let mut items = part.get::<Array<'_>>("W")?.flex_iter();
    while let (Some(first), Some(widths)) =
        (items.next::<Number>(), items.next::<Array<'_>>())
    {
        let first = usize::try_from(first.as_i64()).ok()?;
        font.widths.resize(first, 0.0);
        font.widths.extend(widths.iter::<Number>().map(|width| width.as_f32()));
    }
    (encoding.as_str() == "Identity-H").then_some(font)
}

/// What stays until it is changed, and is saved and restored.
#[derive(Clone, Default)]
struct State {
    /// The index of the font, and its size.
    font: Option<(usize, f32)>,
    rise: f32,
    /// Whether glyphs are outlined.
    outlined: bool,
    /// How far everything is moved, to the right and up.
    origin: [f32; 2],
    /// Whether everything is turned or scaled.
    scaled: bool,
}

/// Reads the operators of a page or form.
struct Reader {
    page: Page,
    /// The height of the page.
    height: f32,
    is_page: bool,
    saved: Vec<State>,
    state: State,
    /// Where the line of glyphs starts, and how it is turned.
    matrix: [f32; 6],
    /// How far the pen is from there.
    pen: f32,
    told: Option<Told>,
    /// The ends of the curves of the path that is being drawn.
    curves: Vec<[f32; 2]>,
}

/// The text that glyphs are told to stand for.
struct Told {
    text: String,
    /// How many glyphs have been shown for it.
    shown: usize,
}

impl Reader {
    fn new(page: Page, height: f32, is_page: bool) -> Reader {
        Reader {
            page,
            height,
            is_page,
            saved: Vec::new(),
            state: State::default(),
            matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            pen: 0.0,
            told: None,
            curves: Vec::new(),
        }
    }

    fn read(
        &mut self,
        mut operations: UntypedIter<'_>,
        resources: &Resources<'_>,
        shared: &mut Shared,
    ) {
        while let Some(instruction) = operations.next() {
            self.instruction(&instruction, resources, shared);
        }
    }

    fn complain(&mut self, message: impl Into<String>) {
        self.page.wrong.insert(message.into());
    }

    fn instruction(
        &mut self,
        instruction: &Instruction<'_, '_>,
        resources: &Resources<'_>,
        shared: &mut Shared,
    ) {
        let operands: Vec<&Object<'_>> = instruction.operands().collect();
        let numbers = || {
            let number = |object: &&Object<'_>| match object {
                Object::Number(number) => number.as_f32(),
                _ => f32::NAN,
            };
            operands.iter().map(number).collect::<Vec<f32>>()
        };
        match (&**instruction.operator, &operands[..]) {
            (b"q", []) => self.saved.push(self.state.clone()),
            (b"Q", []) => self.state = self.saved.pop().unwrap_or_default(),
            (b"cm", [_, _, _, _, _, _]) => self.concatenate(&numbers()),
            (b"BT" | b"ET", []) => {}
            (b"Tf", [Object::Name(name), Object::Number(size)]) => {
                let font = shared.fonts.find(name, resources);
                if font.is_none() {
                    self.complain("a font does not say what its glyphs stand for");
                }
                self.state.font = font.map(|font| (font, size.as_f32()));
            }
            (b"Tm", [_, _, _, _, _, _]) => {
                let numbers = numbers();
                self.matrix = std::array::from_fn(|index| numbers[index]);
                self.pen = 0.0;
            }
            (b"Ts", [Object::Number(rise)]) => self.state.rise = rise.as_f32(),
            (b"Tr", [Object::Number(mode)]) => {
                if mode.as_i64() != 1 || self.saved.is_empty() {
                    self.complain("words are written that are not drawn");
                }
                self.state.outlined = true;
            }
            (b"TJ", [Object::Array(items)]) => self.show(items, &shared.fonts),
            (b"BDC", [Object::Name(_), Object::Dict(told)]) => self.tell(told),
            (b"EMC", []) => self.told_all(),
            // Rules, rows of dots, bubbles, codes and pictures.
            (b"re", [_, _, _, _])
            | (b"S" | b"h", [])
            | (b"m" | b"l" | b"d", [_, _])
            | (b"w" | b"J", [_]) => {}
            (b"c", [_, _, _, _, _, _]) => {
                let numbers = numbers();
                let [right, up] = self.state.origin;
                let (x, y) = (right + numbers[4], up + numbers[5]);
                self.curves.push([x, self.height - y]);
            }
            (b"f", []) => self.round(false),
            (b"f*", []) => self.round(true),
            (b"g", [Object::Number(grey)]) => {
                if !(0.0..=LIGHTEST).contains(&grey.as_f32()) {
                    self.complain("words are too light to be seen");
                }
            }
            // Pictures hold no words, which is seen to elsewhere.
            (b"Do", [Object::Name(name)]) if self.is_page => {
                if let Some(form) = shared.find_form(name, resources) {
                    self.form(form);
                }
            }
            (b"Do", [Object::Name(name)]) => {
                let shown = resources.get_x_object(name);
                if shown.as_ref().is_none_or(is_form) {
                    self.complain("a form shows another one");
                }
            }
            (operator, _) => {
                let operator = String::from_utf8_lossy(operator);
                self.complain(format!(
                    "the page uses `{operator}`, which may hide words or cover them"
                ));
            }
        }
    }

    /// Moves everything that follows.
    fn concatenate(&mut self, matrix: &[f32]) {
        match *matrix {
            [1.0, 0.0, 0.0, 1.0, right, up] => {
                self.state.origin[0] += right;
                self.state.origin[1] += up;
            }
            _ => self.state.scaled = true,
        }
    }

    /// Puts what is seen in a form on the page.
    fn form(&mut self, form: &Page) {
        let State { origin: [right, up], scaled, outlined, rise, .. } = self.state;
        if scaled || outlined || rise != 0.0 || self.told.is_some() {
            return self.complain("a form is shown in an unusual way");
        }
        let down = self.height - up;
        let page = &mut self.page;
        let first = page.glyphs.len() as u32;
        page.glyphs.extend(form.glyphs.iter().map(|glyph| Glyph {
            x: glyph.x + right,
            end: glyph.end + right,
            y: glyph.y + down,
            ..*glyph
        }));
        page.chars.extend(form.chars.iter().map(|&(char, index)| (char, first + index)));
        page.across.extend(&form.across);
        page.rounds.extend(form.rounds.iter().map(|round| Round {
            x: round.x + right,
            y: round.y + down,
            ..*round
        }));
        page.wrong.extend(form.wrong.iter().cloned());
    }

    /// Remembers what was drawn with curves. The first four are the outer edge.
    fn round(&mut self, ring: bool) {
        let curves = std::mem::take(&mut self.curves);
        let Some(outer) = curves.get(..4) else { return };
        let middle = |axis: usize| outer.iter().map(|end| end[axis]).sum::<f32>() / 4.0;
        let (x, y) = (middle(0), middle(1));
        let radius = (outer[0][0] - x).hypot(outer[0][1] - y);
        self.page.rounds.push(Round { x, y, radius, ring });
    }

    fn tell(&mut self, properties: &Dict<'_>) {
        let text = properties.get::<Bytes<'_>>("ActualText");
        let text = text.map(|text| text_string(text.as_bytes()));
        if self.told.is_some() || text.is_none() || properties.len() != 1 {
            self.complain("something is told of words that is not seen");
        }
        self.told = Some(Told { text: text.unwrap_or_default(), shown: 0 });
    }

    fn told_all(&mut self) {
        let Some(told) = self.told.take() else { return };
        let most = told.shown * MOST_TOLD;
        if told.shown == 0 || told.text.chars().count() > most {
            self.complain(format!("“{}” is told and not seen", told.text));
        }
    }

    fn show(&mut self, items: &Array<'_>, fonts: &Fonts) {
        let Some((font, size)) = self.state.font else {
            return self.complain("words are written without a font");
        };
        let font = &fonts.fonts[font];
        let mut items = items.flex_iter();
        while let Some(item) = items.next::<Object<'_>>() {
            match item {
                Object::Number(number) => self.pen -= number.as_f32() * size / 1000.0,
                Object::String(codes) => {
                    for code in codes.as_bytes().chunks(2) {
                        let low = code.get(1).copied().unwrap_or_default();
                        self.glyph(u16::from_be_bytes([code[0], low]), font, size);
                    }
                }
                _ => self.complain("a line holds more than glyphs"),
            }
        }
    }

    fn glyph(&mut self, code: u16, font: &Font, size: f32) {
        let width = font.widths.get(usize::from(code)).copied().unwrap_or_default();
        let usual = font.texts.get(&code).map_or("", String::as_str);
        let lies = |told: &str| {
            let plain =
                |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            plain(told) && plain(usual) && !usual.is_empty() && told != usual
        };
        let mut lie = None;
        let text = match &mut self.told {
            None => fold(usual),
            Some(told) => {
                told.shown += 1;
                let first = told.shown == 1;
                lie = (first && !told.text.is_empty() && lies(&told.text))
                    .then(|| told.text.clone());
                if first { fold(&told.text) } else { Vec::new() }
            }
        };
        if let Some(told) = lie {
            self.complain(format!("“{told}” is told where “{usual}” is drawn"));
        }
        if usual.is_empty() && self.told.is_none() {
            self.complain("a glyph stands for nothing");
        }
        let start = self.pen;
        self.pen += width * size / 1000.0;
        if text.is_empty() {
            return;
        }
        let [a, b, c, d, x, y] = self.matrix;
        if self.state.outlined && !self.state.scaled {
            self.page.across.extend(text);
            return;
        }
        if [a, b, c, d] != [1.0, 0.0, 0.0, 1.0] || self.state.scaled {
            self.complain("words are turned or scaled");
        }
        let [right, up] = self.state.origin;
        let glyph = Glyph {
            x: right + x + start,
            end: right + x + self.pen,
            y: self.height - up - y - self.state.rise,
            size,
        };
        let index = self.page.glyphs.len() as u32;
        self.page.glyphs.push(glyph);
        self.page.chars.extend(text.into_iter().map(|char| (char, index)));
    }

    /// Glyphs are seen if they are large enough and on the paper.
    fn on_paper(&mut self) {
        let Page { width, glyphs, .. } = &self.page;
        let paper = (0.0..=*width, 0.0..=self.height);
        let outside = |glyph: &Glyph| {
            let across = paper.0.contains(&glyph.x) && paper.0.contains(&glyph.end);
            !(across && paper.1.contains(&glyph.y))
        };
        let outside = glyphs.iter().any(outside);
        let small = glyphs.iter().any(|glyph| glyph.size < SMALLEST);
        if outside {
            self.complain("words stand outside of the paper");
        }
        if small {
            self.complain("words are too small to be seen");
        }
    }
}

/// Whether an object is a part of pages that several share. A picture's form is a group.
fn is_form(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let kind = dict.get::<Name<'_>>("Subtype");
    kind.is_some_and(|kind| kind.as_str() == "Form") && !dict.contains_key("Group")
}

/// A text string outside of pages (ISO 32000-1, 7.9.2.2): in two bytes a character if it
/// is marked so.
pub fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units = units.chunks(2);
            let unit =
                |unit: &[u8]| u16::from_be_bytes([unit[0], *unit.get(1).unwrap_or(&0)]);
            String::from_utf16_lossy(&units.map(unit).collect::<Vec<u16>>())
        }
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_string(),
            Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
        },
    }
}
