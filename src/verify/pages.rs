//! What the pages of a PDF show: glyphs with their texts and places, in the order in which
//! they are written.
//!
//! Only the few operators that exams are printed with are understood. Whatever else stands
//! on a page is complained about, for it might hide words or cover them: other colours,
//! clipping, words that are not drawn, or drawn where nobody sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use indexmap::IndexMap;

use super::file::{File, Heritage, Leaf, Object};
use super::fonts::{Font, Fonts};
use super::letters::{Glyph, Letters};
use super::syntax::{Dict, Value, Values, unit};
use super::words::fold;

/// The smallest type that a reader sees, in points.
const SMALLEST: f32 = 3.0;

/// The lightest grey that a reader sees, from black to white.
const LIGHTEST: f64 = 0.7;

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
    /// The letters, without blanks and without those that stand across the page.
    pub letters: Letters,
    /// The characters of what stands across the page.
    pub across: Vec<char>,
    /// Discs and rings.
    pub rounds: Vec<Round>,
    /// What should not be on a page.
    pub wrong: BTreeSet<String>,
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

/// The pages of a file, as one who reads them has them: none is kept, but what they share is.
pub struct Pages<'f> {
    file: &'f File<'f>,
    leaves: Vec<Leaf>,
    heritages: Vec<Heritage<'f>>,
    shared: Shared<'f>,
    /// How many letters the fullest page has had.
    most: usize,
}

impl<'f> Pages<'f> {
    /// The pages of a file; `None` if they are not in order.
    pub fn of(file: &'f File<'f>) -> Option<Pages<'f>> {
        let (leaves, heritages) = file.pages()?;
        Some(Pages { file, leaves, heritages, shared: Shared::of(file), most: 0 })
    }

    /// The same pages for another reader.
    pub fn for_another(&self) -> Pages<'f> {
        let (file, shared) = (self.file, Shared::of(self.file));
        let (leaves, heritages) = (self.leaves.clone(), self.heritages.clone());
        Pages { file, leaves, heritages, shared, most: 0 }
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// The numbers of the streams that draw a page.
    pub fn streams(&self, index: usize) -> Vec<u32> {
        let dict = self.file.object(self.leaves[index].number).and_then(|o| o.dict());
        dict.map_or(Vec::new(), |dict| streams(self.file, dict))
    }

    /// Whether a form was read for a page by this reader.
    pub fn has_form(&self, object: u32) -> bool {
        self.shared.known(object).is_some()
    }

    /// What is seen on a page.
    pub fn read(&mut self, index: usize) -> Page {
        let Leaf { number, heritage } = self.leaves[index];
        let dict = self.file.object(number).and_then(|object| object.dict());
        let dict = dict.unwrap_or_default();
        let own = self.heritages[heritage].with(dict, number);
        let media = own.media_box.and_then(|area| area_of(self.file, area));
        let area = media.unwrap_or_default();
        let [width, height] = [area[2] - area[0], area[3] - area[1]].map(|l| l as f32);
        let mut seen = Page { number: index + 1, width, ..Page::default() };
        seen.letters.reserve(self.most);
        let mut reader = Reader::new(seen, height, true);
        let crop = own.crop_box.map_or(media, |crop| area_of(self.file, crop));
        let whole = crop == Some([0.0, 0.0, area[2], area[3]]);
        let turned = own.rotate.is_some_and(|rotate| rotate != Value::Number(0.0));
        if !whole || turned {
            reader.complain("the page is cut down or turned");
        }
        let resources = self.shared.resources(own.resources);
        for stream in streams(self.file, dict) {
            let content =
                self.file.object(stream).and_then(|object| self.file.unpacked(&object));
            match content {
                Some(content) => reader.read(&content, &resources, &mut self.shared),
                None => reader.complain("what the page shows cannot be read"),
            }
        }
        reader.complain_of_unseen();
        self.most = self.most.max(reader.page.letters.len());
        reader.page
    }
}

/// The streams that draw a page.
fn streams(file: &File, dict: Dict) -> Vec<u32> {
    let reference = |value| match value {
        Value::Reference(number) => Some(number),
        _ => None,
    };
    match dict.get("Contents") {
        Some(Value::Reference(number)) => match file.object(number).map(|o| o.value) {
            Some(Value::Array(streams)) => streams.filter_map(reference).collect(),
            _ => vec![number],
        },
        Some(Value::Array(streams)) => streams.filter_map(reference).collect(),
        _ => Vec::new(),
    }
}

/// The left, lower, right and upper edge of an area.
fn area_of(file: &File, value: Value) -> Option<[f64; 4]> {
    let Value::Array(edges) = file.resolved(value)? else { return None };
    let edges: Vec<f64> = edges.map(Value::number).collect::<Option<_>>()?;
    let [a, b, c, d] = edges[..] else { return None };
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

/// A part of pages that several share.
struct Form {
    /// What is seen in it.
    page: Page,
    /// The area that its letters fill: left, top, right, bottom.
    area: [f32; 4],
    /// The size of the smallest one.
    smallest: f32,
}

impl From<Page> for Form {
    fn from(page: Page) -> Form {
        let none = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let (mut area, mut smallest) = (none, f32::MAX);
        for &Glyph { x, end, y, size } in &page.letters.glyphs {
            let [left, top, right, bottom] = area;
            let (first, last) = (x.min(end), x.max(end));
            area = [left.min(first), top.min(y), right.max(last), bottom.max(y)];
            smallest = smallest.min(size);
        }
        Form { page, area, smallest }
    }
}

/// What pages share, each read once.
struct Shared<'f> {
    file: &'f File<'f>,
    fonts: Fonts,
    /// What is seen in forms, by the numbers of their objects.
    forms: Vec<Option<Arc<Form>>>,
    /// What names stand for, by the numbers of the objects that say so.
    resources: BTreeMap<u32, Arc<Resources<'f>>>,
}

/// What the names on pages stand for.
#[derive(Default)]
struct Resources<'f> {
    fonts: Names<'f>,
    x_objects: Names<'f>,
}

/// Names and the numbers of the objects that they stand for.
type Names<'f> = IndexMap<&'f [u8], u32, FixedState>;

/// The objects that are named in a kind of resources.
fn names<'f>(file: &'f File<'f>, dict: Dict<'f>, kind: &str) -> Names<'f> {
    let all = file.dict(dict, kind).unwrap_or_default();
    let names = all.entries().filter_map(|(name, value)| match value {
        Value::Reference(number) => Some((name, number)),
        _ => None,
    });
    names.collect()
}

impl<'f> Shared<'f> {
    fn of(file: &'f File<'f>) -> Shared<'f> {
        let (fonts, forms) = (Fonts::default(), vec![None; file.len()]);
        Shared { file, fonts, forms, resources: BTreeMap::new() }
    }

    /// What names stand for, as the object of a number or what it refers to says.
    fn resources(&mut self, said: Option<(Value<'f>, u32)>) -> Arc<Resources<'f>> {
        let Some((value, holder)) = said else { return Arc::default() };
        let key = match value {
            Value::Reference(number) => number,
            _ => holder,
        };
        let file = self.file;
        let read = || {
            let Some(Value::Dict(dict)) = file.resolved(value) else {
                return Arc::default();
            };
            let [fonts, x_objects] =
                ["Font", "XObject"].map(|kind| names(file, dict, kind));
            Arc::new(Resources { fonts, x_objects })
        };
        self.resources.entry(key).or_insert_with(read).clone()
    }

    /// What is seen in a form; `None` if it is a picture. Pictures hold no words, which is
    /// seen to elsewhere.
    fn form(&mut self, number: u32) -> Option<Arc<Form>> {
        if let Some(known) = self.known(number) {
            return Some(known.clone());
        }
        let object = self.file.object(number).filter(is_form)?;
        let form = Arc::new(self.read_form(&object));
        self.forms[number as usize] = Some(form.clone());
        Some(form)
    }

    /// A form that was read.
    fn known(&self, number: u32) -> Option<&Arc<Form>> {
        self.forms.get(number as usize)?.as_ref()
    }

    fn read_form(&mut self, object: &Object<'f>) -> Form {
        let (file, dict) = (self.file, object.dict().unwrap_or_default());
        let mut reader = Reader::new(Page::default(), 0.0, false);
        let resources = dict.get("Resources").map(|said| (said, object.number));
        let resources = self.resources(resources);
        match file.unpacked(object) {
            Some(content) => reader.read(&content, &resources, self),
            None => reader.complain("what the page shows cannot be read"),
        }
        let area = dict.get("BBox").and_then(|area| area_of(file, area));
        let [left, low, right, high] = area.unwrap_or_default().map(|edge| edge as f32);
        let whole = |glyph: &Glyph| glyph.is_within([left, -high, right, -low]);
        if !reader.page.letters.glyphs.iter().all(whole) || dict.has("Matrix") {
            reader.complain("a form is cut down or turned");
        }
        Form::from(reader.page)
    }
}

/// What stays until it is changed, and is saved and restored.
#[derive(Clone, Copy, Default)]
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
    unseen: Unseen,
    /// The ends of the curves of the path that is being drawn.
    curves: Vec<[f32; 2]>,
}

/// The text that glyphs are told to stand for.
struct Told {
    text: String,
    /// How many glyphs have been shown for it.
    shown: usize,
}

/// Whether there are glyphs that nobody sees: outside of the paper, or too small.
#[derive(Default)]
struct Unseen {
    outside: bool,
    small: bool,
}

impl Unseen {
    #[inline]
    fn add(&mut self, paper: [f32; 4], glyphs: &[Glyph]) {
        for glyph in glyphs {
            self.outside |= !glyph.is_within(paper);
            self.small |= glyph.size < SMALLEST;
        }
    }
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
            unseen: Unseen::default(),
            curves: Vec::new(),
        }
    }

    fn read(&mut self, content: &[u8], resources: &Resources, shared: &mut Shared) {
        let mut operands: Vec<Value> = Vec::new();
        let mut values = Values::of_content(content);
        loop {
            if operands.is_empty() {
                if let Some([right, up]) = values.shift() {
                    self.shift(right as f32, up as f32);
                    continue;
                }
                if let Some(name) = values.shown() {
                    self.show_object(name, resources, shared);
                    continue;
                }
            }
            let Some(value) = values.next() else { break };
            match value {
                Value::Word(operator) => {
                    self.instruction(operator, &operands, resources, shared);
                    operands.clear();
                }
                operand => operands.push(operand),
            }
        }
    }

    fn complain(&mut self, message: impl Into<String>) {
        self.page.wrong.insert(message.into());
    }

    fn instruction(
        &mut self,
        operator: &[u8],
        operands: &[Value],
        resources: &Resources,
        shared: &mut Shared,
    ) {
        match (operator, six_numbers(operands)) {
            (b"cm", Some(matrix)) => return self.concatenate(matrix),
            (b"Tm", Some(matrix)) => {
                self.matrix = matrix;
                self.pen = 0.0;
                return;
            }
            (b"c", Some([_, _, _, _, x, y])) => {
                let [right, up] = self.state.origin;
                return self.curves.push([right + x, self.height - (up + y)]);
            }
            _ => {}
        }
        match (operator, operands) {
            (b"q", []) => self.saved.push(self.state),
            (b"Q", []) => self.state = self.saved.pop().unwrap_or_default(),
            (b"BT" | b"ET", []) => {}
            (b"Tf", [Value::Name(name), Value::Number(size)]) => {
                let object = resources.fonts.get(name).copied();
                let font =
                    object.and_then(|object| shared.fonts.find(shared.file, object));
                if font.is_none() {
                    self.complain("a font does not say what its glyphs stand for");
                }
                self.state.font = font.map(|font| (font, *size as f32));
            }
            (b"Ts", [Value::Number(rise)]) => self.state.rise = *rise as f32,
            (b"Tr", [Value::Number(mode)]) => {
                if *mode != 1.0 || self.saved.is_empty() {
                    self.complain("words are written that are not drawn");
                }
                self.state.outlined = true;
            }
            (b"TJ", [Value::Array(items)]) => self.show(*items, &shared.fonts),
            (b"BDC", [Value::Name(_), Value::Dict(told)]) => self.tell(*told),
            (b"EMC", []) => self.told_all(),
            // Rules, rows of dots, bubbles, codes and pictures.
            (b"re", [_, _, _, _])
            | (b"S" | b"h", [])
            | (b"m" | b"l" | b"d", [_, _])
            | (b"w" | b"J", [_]) => {}
            (b"f", []) => self.round(false),
            (b"f*", []) => self.round(true),
            (b"g", [Value::Number(grey)]) => {
                if !(0.0..=LIGHTEST).contains(grey) {
                    self.complain("words are too light to be seen");
                }
            }
            (b"Do", [Value::Name(name)]) => {
                self.show_object(name, resources, shared);
            }
            (operator, _) => {
                let operator = String::from_utf8_lossy(operator);
                self.complain(format!(
                    "the page uses `{operator}`, which may hide words or cover them"
                ));
            }
        }
    }

    fn show_object(&mut self, name: &[u8], resources: &Resources, shared: &mut Shared) {
        let Some(&object) = resources.x_objects.get(name) else {
            return self.complain("the page shows what is not in the file");
        };
        if !self.is_page {
            if shared.file.object(object).as_ref().is_none_or(is_form) {
                self.complain("a form shows another one");
            }
        } else if let Some(form) = shared.form(object) {
            self.form(&form);
        }
    }

    /// Moves everything that follows.
    fn concatenate(&mut self, matrix: [f32; 6]) {
        match matrix {
            [1.0, 0.0, 0.0, 1.0, right, up] => self.shift(right, up),
            _ => self.state.scaled = true,
        }
    }

    fn shift(&mut self, right: f32, up: f32) {
        self.state.origin[0] += right;
        self.state.origin[1] += up;
    }

    /// Puts what is seen in a form on the page.
    fn form(&mut self, Form { page: form, area, smallest }: &Form) {
        let State { origin: [right, up], scaled, outlined, rise, .. } = self.state;
        if scaled || outlined || rise != 0.0 || self.told.is_some() {
            return self.complain("a form is shown in an unusual way");
        }
        let down = self.height - up;
        if form.letters.len() > 0 {
            let [first, top, last, bottom] = *area;
            let upper = Glyph { x: first, end: last, y: top, size: *smallest };
            let lower = Glyph { y: bottom, ..upper };
            let edges = [upper.moved(right, down), lower.moved(right, down)];
            self.unseen.add(self.paper(), &edges);
        }
        let page = &mut self.page;
        page.letters.extend(&form.letters, right, down);
        page.across.extend_from_slice(&form.across);
        for round in &form.rounds {
            let (x, y) = (round.x + right, round.y + down);
            page.rounds.push(Round { x, y, ..*round });
        }
        for wrong in &form.wrong {
            page.wrong.insert(wrong.clone());
        }
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

    fn tell(&mut self, properties: Dict) {
        let text = properties.get("ActualText").and_then(Value::string);
        let text = text.map(|text| text_string(&text));
        if self.told.is_some() || text.is_none() || properties.entries().count() != 1 {
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

    fn show(&mut self, items: Values, fonts: &Fonts) {
        let Some((font, size)) = self.state.font else {
            return self.complain("words are written without a font");
        };
        let font = fonts.font(font);
        let first = self.page.letters.len();
        for item in items {
            match item {
                Value::Number(number) => self.pen -= number as f32 * size / 1000.0,
                Value::Hex(digits) if digits.len() % 4 == 0 => {
                    for digits in digits.chunks_exact(4) {
                        match unit(digits) {
                            Some(code) => self.glyph(code, font, size),
                            None => self.complain("a line holds more than glyphs"),
                        }
                    }
                }
                item => match item.string() {
                    Some(codes) => {
                        for code in codes.chunks(2) {
                            let low = code.get(1).copied().unwrap_or_default();
                            self.glyph(u16::from_be_bytes([code[0], low]), font, size);
                        }
                    }
                    None => self.complain("a line holds more than glyphs"),
                },
            }
        }
        self.place(first);
    }

    /// Adds what a glyph stands for, at its place on the line that is being shown.
    fn glyph(&mut self, code: u16, font: &Font, size: f32) {
        let shape = font.glyph(code);
        let start = self.pen;
        self.pen += shape.width * size / 1000.0;
        let glyph = Glyph { x: start, end: self.pen, y: 0.0, size };
        if self.told.is_some() {
            let chars = self.told_of(&shape.text);
            return self.page.letters.push(&chars, glyph);
        }
        if shape.text.is_empty() {
            self.complain("a glyph stands for nothing");
        }
        self.page.letters.push(&shape.chars, glyph);
    }

    /// The characters that a glyph is told to stand for, if it is the first one.
    fn told_of(&mut self, usual: &str) -> Vec<char> {
        let Some(told) = &mut self.told else { return Vec::new() };
        told.shown += 1;
        if told.shown > 1 {
            return Vec::new();
        }
        let told = told.text.clone();
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let both = plain(&told) && plain(usual) && !told.is_empty() && !usual.is_empty();
        if both && told != usual {
            self.complain(format!("“{told}” is told where “{usual}” is drawn"));
        }
        fold(&told)
    }

    /// Puts letters that were shown where their line is on the page.
    fn place(&mut self, first: usize) {
        if first == self.page.letters.len() {
            return;
        }
        let State { origin: [right, up], scaled, outlined, rise, .. } = self.state;
        let [a, b, c, d, x, y] = self.matrix;
        if outlined && !scaled {
            return self.page.across.extend(self.page.letters.cut(first));
        }
        if [a, b, c, d] != [1.0, 0.0, 0.0, 1.0] || scaled {
            self.complain("words are turned or scaled");
        }
        self.page.letters.place(first, right + x, self.height - up - y - rise);
        self.unseen.add(self.paper(), &self.page.letters.glyphs[first..]);
    }

    /// The area of the paper: left, top, right, bottom.
    fn paper(&self) -> [f32; 4] {
        [0.0, 0.0, self.page.width, self.height]
    }

    /// Complains about glyphs of the page that nobody sees.
    fn complain_of_unseen(&mut self) {
        if self.unseen.outside {
            self.complain("words stand outside of the paper");
        }
        if self.unseen.small {
            self.complain("words are too small to be seen");
        }
    }
}

/// The operands, if they are six numbers.
fn six_numbers(operands: &[Value]) -> Option<[f32; 6]> {
    let mut numbers = [0.0; 6];
    if operands.len() != numbers.len() {
        return None;
    }
    for (number, operand) in numbers.iter_mut().zip(operands) {
        *number = operand.number()? as f32;
    }
    Some(numbers)
}

/// Whether an object is a part of pages that several share. A picture's form is a group.
fn is_form(object: &Object) -> bool {
    let dict = object.dict().unwrap_or_default();
    dict.name("Subtype") == Some(b"Form") && !dict.has("Group")
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
