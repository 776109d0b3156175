//! A PDF as objects (ISO 32000-1, 7.5): where each is, and what the tree of pages hangs on.
//!
//! It is read as it is written: what is not in order is not put right, for viewers may do
//! that in different ways.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use flate2::{Decompress, FlushDecompress, Status};

use super::syntax::{Dict, Value, Values};

/// What stands before the place of the last table.
pub const START: &[u8] = b"startxref";

/// How many objects a file may have.
const MOST_OBJECTS: usize = 1 << 23;

/// How many bytes a stream may have once it is unpacked.
const MOST_BYTES: usize = 1 << 28;

/// A PDF.
pub struct File<'a> {
    bytes: &'a [u8],
    /// Where the objects are, by their numbers.
    places: Vec<Place>,
    /// The streams that hold objects.
    holders: Vec<Holder>,
    trailer: Dict<'a>,
    /// Those who unpack streams and have nothing to do.
    inflaters: Mutex<Vec<Decompress>>,
}

/// Where an object is.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Nowhere, or not known yet.
    Unknown,
    /// There is none.
    Free,
    /// At a place of the file.
    At(usize),
    /// In the stream of a number, so many objects behind the first one.
    In(u32, u32),
}

/// A stream that holds objects.
struct Holder {
    number: u32,
    bytes: Vec<u8>,
    /// The numbers of the objects, and where they are.
    objects: Vec<(u32, usize)>,
}

/// An object.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    /// Its number.
    pub number: u32,
    /// What it is; the dictionary, if it is a stream.
    pub value: Value<'a>,
    /// The bytes of a stream, as they are packed.
    pub packed: Option<&'a [u8]>,
}

impl<'a> Object<'a> {
    /// The dictionary, if it is one or has one.
    pub fn dict(&self) -> Option<Dict<'a>> {
        match self.value {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }
}

/// A page in the tree of pages.
#[derive(Clone, Copy)]
pub struct Leaf {
    /// The number of its object.
    pub number: u32,
    /// The index of what it inherits.
    pub heritage: usize,
}

/// What pages inherit from the branch of the tree that they are on.
#[derive(Clone, Copy, Default)]
pub struct Heritage<'a> {
    /// What the paper is like.
    pub media_box: Option<Value<'a>>,
    /// What of it is shown.
    pub crop_box: Option<Value<'a>>,
    /// How it is turned.
    pub rotate: Option<Value<'a>>,
    /// What is shown on it, and the number of the object that names it.
    pub resources: Option<(Value<'a>, u32)>,
}

impl<'a> Heritage<'a> {
    /// What there is on a branch or a page.
    pub fn with(self, dict: Dict<'a>, number: u32) -> Heritage<'a> {
        let [media_box, crop_box, rotate, resources] =
            dict.get_all(["MediaBox", "CropBox", "Rotate", "Resources"]);
        let resources = resources.map(|resources| (resources, number));
        Heritage {
            media_box: media_box.or(self.media_box),
            crop_box: crop_box.or(self.crop_box),
            rotate: rotate.or(self.rotate),
            resources: resources.or(self.resources),
        }
    }
}

impl<'a> File<'a> {
    /// Reads where everything is; `None` if that is not in order.
    pub fn open(bytes: &'a [u8]) -> Option<File<'a>> {
        let mut file = File {
            bytes,
            places: Vec::new(),
            holders: Vec::new(),
            trailer: Dict::default(),
            inflaters: Mutex::default(),
        };
        let last = bytes.windows(START.len()).rposition(|part| part == START)?;
        let mut start = Values::of_file(bytes, last + START.len()).next()?.count();
        let (mut known, mut trailers) = (BTreeSet::new(), Vec::new());
        while let Some(at) = start.filter(|&at| known.insert(at)) {
            let trailer = file.places(at)?;
            start = trailer.get("Prev").and_then(Value::count);
            trailers.push(trailer);
        }
        file.trailer = *trailers.first()?;
        let holder = |place: &Place| match place {
            Place::In(holder, _) => Some(*holder),
            _ => None,
        };
        let holders: BTreeSet<u32> = file.places.iter().filter_map(holder).collect();
        for number in holders {
            let holder = file.holder(number)?;
            file.holders.push(holder);
        }
        Some(file)
    }

    /// The numbers of all objects.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let all = self.places.iter().zip(0..);
        let there =
            all.filter(|(place, _)| !matches!(place, Place::Unknown | Place::Free));
        there.map(|(_, number)| number)
    }

    /// How many objects there may be.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// An object.
    pub fn object(&self, number: u32) -> Option<Object<'_>> {
        match *self.places.get(number as usize)? {
            Place::Unknown | Place::Free => None,
            Place::At(at) => self.object_at(at).filter(|object| object.number == number),
            Place::In(holder, index) => {
                let of = |known: &Holder| known.number.cmp(&holder);
                let holder = &self.holders[self.holders.binary_search_by(of).ok()?];
                let &(is, at) = holder.objects.get(index as usize)?;
                let value = Values::of_file(&holder.bytes, at).next()?;
                (is == number).then_some(Object { number, value, packed: None })
            }
        }
    }

    /// A value, or what it refers to.
    pub fn resolved<'s>(&'s self, value: Value<'s>) -> Option<Value<'s>> {
        match value {
            Value::Reference(number) => Some(self.object(number)?.value),
            value => Some(value),
        }
    }

    /// The dictionary that is the value of a key, itself or referred to.
    pub fn dict<'s>(&'s self, dict: Dict<'s>, key: &str) -> Option<Dict<'s>> {
        match self.resolved(dict.get(key)?)? {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The bytes of a stream; `None` if it is packed in an unusual way.
    pub fn unpacked<'s>(&'s self, object: &Object<'s>) -> Option<Cow<'s, [u8]>> {
        let (dict, packed) = (object.dict()?, object.packed?);
        let [filter, parameters, elsewhere] =
            dict.get_all(["Filter", "DecodeParms", "F"]);
        let filter = match filter {
            Some(Value::Array(mut filters)) => {
                let first = filters.next();
                filters.next().is_none().then_some(first)?
            }
            filter => filter,
        };
        if parameters.is_some() || elsewhere.is_some() {
            return None;
        }
        match filter {
            None => Some(Cow::Borrowed(packed)),
            Some(Value::Name(b"FlateDecode")) => self.inflated(packed).map(Cow::Owned),
            Some(_) => None,
        }
    }

    fn inflated(&self, packed: &[u8]) -> Option<Vec<u8>> {
        let idle = || self.inflaters.lock().unwrap_or_else(PoisonError::into_inner);
        let last = idle().pop();
        let mut inflater = last.unwrap_or_else(|| Decompress::new(true));
        let bytes = inflate(&mut inflater, packed);
        inflater.reset(true);
        idle().push(inflater);
        bytes
    }

    /// The pages in order, and what they inherit; `None` if the tree is not in order.
    pub fn pages(&self) -> Option<(Vec<Leaf>, Vec<Heritage<'_>>)> {
        let catalog = self.dict(self.trailer, "Root")?;
        let Value::Reference(root) = catalog.get("Pages")? else { return None };
        let (mut leaves, mut heritages) = (Vec::new(), vec![Heritage::default()]);
        let mut known = vec![false; self.len()];
        let mut waiting = vec![(root, 0)];
        while let Some((number, heritage)) = waiting.pop() {
            if std::mem::replace(known.get_mut(number as usize)?, true) {
                return None;
            }
            let dict = self.object(number)?.dict()?;
            if dict.name("Type") != Some(b"Pages") {
                leaves.push(Leaf { number, heritage });
                continue;
            }
            let Value::Array(kids) = self.resolved(dict.get("Kids")?)? else {
                return None;
            };
            heritages.push(heritages[heritage].with(dict, number));
            let (first, here) = (waiting.len(), heritages.len() - 1);
            for kid in kids {
                let Value::Reference(kid) = kid else { return None };
                waiting.push((kid, here));
            }
            // The last one is the next one.
            waiting[first..].reverse();
        }
        Some((leaves, heritages))
    }

    /// Reads where objects are, in a table or a stream; returns what else is said there.
    fn places(&mut self, at: usize) -> Option<Dict<'a>> {
        let mut values = Values::of_file(self.bytes, at);
        if values.next()? == Value::Word(b"xref") {
            return self.table(values);
        }
        let object = self.object_at(at)?;
        let dict = object.dict().filter(|dict| dict.name("Type") == Some(b"XRef"))?;
        let bytes = self.unpacked(&object)?.into_owned();
        let counts = |key: &str| match dict.get(key) {
            Some(Value::Array(values)) => values.map(Value::count).collect(),
            _ => None,
        };
        let widths: Vec<usize> = counts("W")?;
        let &[kinds, firsts, seconds] = &widths[..] else { return None };
        if [kinds, firsts, seconds].iter().any(|&width| width > 8) {
            return None;
        }
        let index = counts("Index");
        let index = index.or_else(|| Some(vec![0, dict.get("Size")?.count()?]))?;
        let width = kinds + firsts + seconds;
        let mut rows = bytes.chunks_exact(width.max(1));
        let number = |bytes: &[u8]| {
            bytes.iter().fold(0usize, |number, &byte| number << 8 | usize::from(byte))
        };
        for range in index.chunks_exact(2) {
            for object in range[0]..range[0].checked_add(range[1])? {
                let (kind, rest) = rows.next()?.split_at(kinds);
                let (first, second) = rest.split_at(firsts);
                let (first, second) = (number(first), number(second));
                let place = match if kinds == 0 { 1 } else { number(kind) } {
                    0 => Place::Free,
                    1 => Place::At(first),
                    2 => {
                        Place::In(u32::try_from(first).ok()?, u32::try_from(second).ok()?)
                    }
                    _ => return None,
                };
                self.place(object, place)?;
            }
        }
        Some(dict)
    }

    fn table(&mut self, mut values: Values<'a>) -> Option<Dict<'a>> {
        loop {
            let first = match values.next()? {
                Value::Word(b"trailer") => break,
                first => first.count()?,
            };
            for object in first..first.checked_add(values.next()?.count()?)? {
                let at = values.next()?.count()?;
                values.next()?.count()?;
                let place = match values.next()? {
                    Value::Word(b"n") => Place::At(at),
                    Value::Word(b"f") => Place::Free,
                    _ => return None,
                };
                self.place(object, place)?;
            }
        }
        match values.next()? {
            // Such a file has two tables.
            Value::Dict(dict) if !dict.has("XRefStm") => Some(dict),
            _ => None,
        }
    }

    /// Remembers where an object is, unless a later table has said it.
    fn place(&mut self, number: usize, place: Place) -> Option<()> {
        if number >= self.places.len() {
            (number < MOST_OBJECTS).then_some(())?;
            self.places.resize(number + 1, Place::Unknown);
        }
        if self.places[number] == Place::Unknown {
            self.places[number] = place;
        }
        Some(())
    }

    fn object_at(&self, at: usize) -> Option<Object<'a>> {
        let mut values = Values::of_file(self.bytes, at);
        let number = u32::try_from(values.next()?.count()?).ok()?;
        values.next()?.count()?;
        (values.next()? == Value::Word(b"obj")).then_some(())?;
        let value = values.next()?;
        let dict = match (value, values.next()?) {
            (_, Value::Word(b"endobj")) => {
                return Some(Object { number, value, packed: None });
            }
            (Value::Dict(dict), Value::Word(b"stream")) => dict,
            _ => return None,
        };
        let bytes = values.rest();
        let bytes = bytes.strip_prefix(b"\r").unwrap_or(bytes).strip_prefix(b"\n")?;
        let length = match dict.get("Length")? {
            Value::Reference(number) => self.length(number)?,
            length => length.count()?,
        };
        let (packed, rest) = bytes.split_at_checked(length)?;
        let ends = [&b"endstream"[..], b"endobj"].map(Value::Word);
        let ends = Values::of_file(rest, 0).take(2).eq(ends);
        ends.then_some(Object { number, value, packed: Some(packed) })
    }

    /// The length of a stream that is an object of its own.
    fn length(&self, number: u32) -> Option<usize> {
        let Place::At(at) = *self.places.get(number as usize)? else { return None };
        let mut values = Values::of_file(self.bytes, at);
        let is = values.next()?.count()?;
        (is == number as usize).then_some(())?;
        values.nth(2)?.count()
    }

    /// Reads a stream that holds objects.
    fn holder(&self, number: u32) -> Option<Holder> {
        let Place::At(at) = *self.places.get(number as usize)? else { return None };
        let object = self.object_at(at).filter(|object| object.number == number)?;
        let dict = object.dict().filter(|dict| dict.name("Type") == Some(b"ObjStm"))?;
        let bytes = self.unpacked(&object)?.into_owned();
        let [count, first] = ["N", "First"].map(|key| dict.get(key)?.count());
        let (first, mut head) = (first?, Values::of_content(&bytes));
        let mut objects = Vec::new();
        for _ in 0..count? {
            let object = u32::try_from(head.next()?.count()?).ok()?;
            objects.push((object, first + head.next()?.count()?));
        }
        Some(Holder { number, bytes, objects })
    }
}

/// What was packed; `None` if it is damaged or too long.
fn inflate(inflater: &mut Decompress, packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(8 * packed.len() + 64);
    loop {
        let rest = packed.get(inflater.total_in() as usize..)?;
        let before = (inflater.total_in(), bytes.len());
        let status =
            inflater.decompress_vec(rest, &mut bytes, FlushDecompress::None).ok()?;
        if status == Status::StreamEnd {
            return Some(bytes);
        }
        let stuck = before == (inflater.total_in(), bytes.len());
        if bytes.len() > MOST_BYTES || stuck && bytes.len() < bytes.capacity() {
            return None;
        }
        bytes.reserve(bytes.len() + 64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds objects and a table of them to a file; returns where the table is.
    fn add(text: &mut String, objects: &[(u32, &str)], trailer: &str) -> usize {
        let mut table = "xref\n".to_string();
        for (number, object) in objects {
            table += &format!("{number} 1\n{:010} 00000 n \n", text.len());
            *text += &format!("{number} 0 obj {object} endobj\n");
        }
        let at = text.len();
        *text += &format!("{table}trailer <<{trailer}>>\nstartxref\n{at}\n%%EOF\n");
        at
    }

    /// A file of objects.
    fn file(objects: &[&str], trailer: &str) -> Vec<u8> {
        let mut text = "%PDF-1.7\n".to_string();
        let objects: Vec<_> = (1..).zip(objects.iter().copied()).collect();
        add(&mut text, &objects, trailer);
        text.into_bytes()
    }

    /// The numbers of the pages, with the paper of each.
    fn pages(bytes: &[u8]) -> Option<Vec<(u32, Option<f64>)>> {
        let file = File::open(bytes)?;
        let (leaves, heritages) = file.pages()?;
        let paper = |leaf: &Leaf| {
            let dict = file.object(leaf.number)?.dict()?;
            match heritages[leaf.heritage].with(dict, leaf.number).media_box? {
                Value::Array(mut edges) => edges.nth(2)?.number(),
                _ => None,
            }
        };
        Some(leaves.iter().map(|leaf| (leaf.number, paper(leaf))).collect())
    }

    const CATALOG: &str = "<</Pages 2 0 R>>";

    #[test]
    fn pages_are_found_in_order_with_what_they_inherit() {
        let objects = [
            CATALOG,
            "<</Type/Pages/Kids[3 0 R 6 0 R]/MediaBox[0 0 1 1]>>",
            "<</Type/Pages/Kids[4 0 R 5 0 R]/MediaBox[0 0 2 2]>>",
            "<</Type/Page>>",
            "<</Type/Page/MediaBox[0 0 3 3]>>",
            "<</Type/Page>>",
        ];
        let expected = vec![(4, Some(2.0)), (5, Some(3.0)), (6, Some(1.0))];
        assert_eq!(pages(&file(&objects, "/Root 1 0 R")), Some(expected));
    }

    #[test]
    fn trees_that_are_not_in_order_have_no_pages() {
        for kids in ["[2 0 R]", "[3 0 R 3 0 R]", "[9 0 R]", "[<</Type/Page>>]", "3"] {
            let root = format!("<</Type/Pages/Kids {kids}>>");
            let bytes = file(&[CATALOG, &root, "<</Type/Page>>"], "/Root 1 0 R");
            assert_eq!(pages(&bytes), None, "{kids}");
        }
    }

    #[test]
    fn later_tables_come_before_older_ones() {
        let mut text = "%PDF-1.7\n".to_string();
        let old = [(1, CATALOG), (2, "<</Type/Pages/Kids[3 0 R]>>"), (3, "<<>>")];
        let older = add(&mut text, &old, "/Root 1 0 R");
        let new = [(2, "<</Type/Pages/Kids[4 0 R 3 0 R]>>"), (4, "<<>>")];
        add(&mut text, &new, &format!("/Root 1 0 R/Prev {older}"));
        assert_eq!(pages(text.as_bytes()), Some(vec![(4, None), (3, None)]));
    }

    #[test]
    fn streams_are_as_long_as_they_say() {
        let stream = |length: &str, data: &str| {
            let stream = format!("<</Length {length}>>stream\n{data}\nendstream");
            let bytes = file(&[CATALOG, &stream, "4"], "/Root 1 0 R");
            let file = File::open(&bytes).unwrap();
            let object = file.object(2)?;
            file.unpacked(&object).map(|bytes| bytes.to_vec())
        };
        assert_eq!(stream("4", "data"), Some(b"data".to_vec()));
        assert_eq!(stream("3 0 R", "data"), Some(b"data".to_vec()));
        for length in ["3", "5000", "2 0 R", "9 0 R", "/Four", "-1"] {
            assert_eq!(stream(length, "data"), None, "{length}");
        }
    }
}
