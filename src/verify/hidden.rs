//! What a file holds besides its pages: nothing that pages do not say, and nothing that
//! could hold more.

use std::collections::BTreeSet;

use crate::record::Record;

use super::file::{File, Object, START};
use super::pages::{Page, Pages, text_string};
use super::secrets::Secrets;
use super::syntax::{Dict, Value, Values};
use super::words::fold;

/// Whether dictionaries may have an entry. Others could hold words that are not seen: files,
/// notes, forms, scripts, layers.
fn is_known(key: &[u8]) -> bool {
    matches!(
        key,
        b"Ascent"
            | b"BBox"
            | b"BaseFont"
            | b"BitsPerComponent"
            | b"CA"
            | b"CIDSystemInfo"
            | b"CIDToGIDMap"
            | b"CapHeight"
            | b"ColorSpace"
            | b"Colors"
            | b"Columns"
            | b"Contents"
            | b"Count"
            | b"DW"
            | b"Decode"
            | b"DecodeParms"
            | b"DescendantFonts"
            | b"Descent"
            | b"Dest"
            | b"DisplayDocTitle"
            | b"Encoding"
            | b"ExtGState"
            | b"Filter"
            | b"First"
            | b"Flags"
            | b"Font"
            | b"FontBBox"
            | b"FontDescriptor"
            | b"FontFile2"
            | b"FontFile3"
            | b"FontName"
            | b"Group"
            | b"Height"
            | b"I"
            | b"ID"
            | b"Index"
            | b"Info"
            | b"ItalicAngle"
            | b"Kids"
            | b"Lang"
            | b"Last"
            | b"Length"
            | b"Length1"
            | b"Matrix"
            | b"MediaBox"
            | b"N"
            | b"Next"
            | b"Ordering"
            | b"Outlines"
            | b"Pages"
            | b"Parent"
            | b"Predictor"
            | b"Prev"
            | b"PrintScaling"
            | b"Producer"
            | b"Registry"
            | b"Resources"
            | b"Root"
            | b"S"
            | b"SMask"
            | b"Size"
            | b"StemV"
            | b"Subtype"
            | b"Supplement"
            | b"Title"
            | b"ToUnicode"
            | b"Type"
            | b"ViewerPreferences"
            | b"W"
            | b"Width"
            | b"XObject"
            | b"ca"
    )
}

/// How many characters in a row are a word in the bytes of a file.
const WORD: usize = 6;

/// What is wrong with the bytes of a file: words between and within objects, and older
/// versions of the document.
pub fn of_bytes(bytes: &[u8], secrets: &Secrets) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut starts = 0;
    for run in runs(bytes) {
        starts +=
            run.as_bytes().windows(START.len()).filter(|part| *part == START).count();
        let said = secrets.find(&fold(run));
        let inside = |char: char| !(char.is_alphanumeric() || "-_:#.".contains(char));
        let ids = run.split(inside).filter(|word| secrets.is_id(word));
        let said = said.into_iter().chain(ids);
        found.extend(said.map(|said| format!("the file tells of the key: “{said}”")));
    }
    let whole = bytes.trim_ascii_end().ends_with(b"%%EOF");
    if !whole || starts != 1 {
        found.insert("the file was added to after it was written".to_string());
    }
    found
}

/// The runs of characters that are long enough for words.
fn runs(bytes: &[u8]) -> Vec<&str> {
    let is_seen = |byte: &u8| (b' '..=b'~').contains(byte);
    let (mut runs, mut at) = (Vec::new(), WORD - 1);
    // A run that is long enough has one of the bytes that are looked at.
    while let Some(byte) = bytes.get(at) {
        if is_seen(byte) {
            let before =
                bytes[..at].iter().rev().take_while(|byte| is_seen(byte)).count();
            let start = at - before;
            at += bytes[at..].iter().take_while(|byte| is_seen(byte)).count();
            if at - start >= WORD {
                runs.extend(str::from_utf8(&bytes[start..at]));
            }
        }
        at += WORD;
    }
    runs
}

/// A file that is searched for what no page says.
pub struct Hidden<'f> {
    file: &'f File<'f>,
    record: &'f Record,
    /// The title of the exam, as titles are compared.
    exam: String,
    /// What titles say besides that of the exam and no page has said yet.
    titles: Vec<Title>,
    /// The streams that fonts refer to, by their numbers.
    needed: Vec<bool>,
    /// The streams that pages or fonts have to refer to.
    bare: Vec<u32>,
    /// The forms.
    forms: Vec<u32>,
    found: BTreeSet<String>,
}

/// A title that a page has to say.
struct Title {
    whole: String,
    /// What it says before or behind the title of the exam. A short one may be both, so
    /// either will do.
    rests: Vec<Vec<char>>,
}

impl<'f> Hidden<'f> {
    /// Searches the objects of a file.
    pub fn of(file: &'f File<'f>, record: &'f Record) -> Hidden<'f> {
        let mut hidden = Hidden {
            file,
            record,
            exam: String::from_iter(fold(&record.title)),
            titles: Vec::new(),
            needed: vec![false; file.len()],
            bare: Vec::new(),
            forms: Vec::new(),
            found: BTreeSet::new(),
        };
        for number in file.numbers() {
            match file.object(number) {
                Some(object) => hidden.object(&object),
                None => hidden.find("the file holds something that cannot be read"),
            }
        }
        // Those of pages come first that are first in the file.
        hidden.titles.reverse();
        hidden
    }

    /// Looks for titles on a page, and for sentences of keys across it.
    pub fn page(&mut self, page: &Page, secrets: &Secrets) {
        // Titles come in the order of pages.
        while self.titles.last().is_some_and(|title| says(page, title)) {
            self.titles.pop();
        }
        let said = secrets.find(&page.across).into_iter();
        self.found.extend(said.map(|s| format!("the pages say across: “{s}”")));
    }

    /// What is wrong with the file, once all its pages have been read, each by some reader.
    pub fn end(mut self, readers: &mut [Pages]) -> BTreeSet<String> {
        let pages = &mut readers[0];
        for index in 0..pages.len() {
            for stream in pages.streams(index) {
                self.need(stream);
            }
            // Those that do not come in the order of pages are looked for once more.
            if !self.titles.is_empty() {
                let page = pages.read(index);
                self.titles.retain(|title| !says(&page, title));
            }
        }
        for title in std::mem::take(&mut self.titles) {
            self.says(&title.whole, "Title");
        }
        let needed = |number: &u32| self.needed[*number as usize];
        if !self.bare.iter().all(needed) {
            self.find("the file holds something that no page needs");
        }
        for number in std::mem::take(&mut self.forms) {
            let was_read = readers.iter().any(|pages| pages.has_form(number));
            if !was_read && !self.is_drawing(number) {
                self.find("a picture is written with words");
            }
        }
        self.found
    }

    fn find(&mut self, message: &str) {
        self.found.insert(message.to_string());
    }

    fn need(&mut self, number: u32) {
        self.needed
            .get_mut(number as usize)
            .into_iter()
            .for_each(|needed| *needed = true);
    }

    fn object(&mut self, object: &Object<'f>) {
        self.value(object.value, b"");
        let Some(dict) = object.dict() else { return };
        if object.packed.is_none() {
            for value in dict.get_all(["ToUnicode", "FontFile2", "FontFile3"]) {
                match value {
                    Some(Value::Reference(number)) => self.need(number),
                    Some(Value::Array(values)) => values.for_each(|value| {
                        if let Value::Reference(number) = value {
                            self.need(number);
                        }
                    }),
                    _ => {}
                }
            }
            return;
        }
        match dict.name("Subtype").or_else(|| dict.name("Type")) {
            Some(b"Image" | b"ObjStm" | b"XRef") => {}
            Some(b"Form") => self.forms.push(object.number),
            _ => self.bare.push(object.number),
        }
    }

    fn value(&mut self, value: Value<'f>, key: &[u8]) {
        match value {
            Value::Dict(dict) => self.dict(dict, key),
            // What is referred to is an object of its own.
            Value::Array(values) => values.for_each(|value| self.value(value, key)),
            Value::Hex(_) | Value::Literal(_) => {
                let string = value.string().unwrap_or_default();
                self.string(&string, key);
            }
            Value::Word(b"true" | b"false" | b"null") => {}
            Value::Word(_) => self.find("the file holds something that cannot be read"),
            Value::Name(_) | Value::Number(_) | Value::Reference(_) => {}
        }
    }

    fn dict(&mut self, dict: Dict<'f>, within: &[u8]) {
        // Fonts, pictures and states of drawing are named at will.
        let named = matches!(within, b"Font" | b"XObject" | b"ExtGState");
        let mut entries = dict.entries();
        for (key, value) in &mut entries {
            if !named && !is_known(key) {
                let key = String::from_utf8_lossy(key);
                self.find(&format!(
                    "the file has `{key}`, which may hold more than is seen"
                ));
            }
            self.value(value, key);
        }
        if entries.broken {
            self.find("the file holds something that cannot be read");
        }
    }

    /// A string has to say what the program is called, or what a page says.
    fn string(&mut self, string: &[u8], key: &[u8]) {
        let text = text_string(string);
        let fine = match key {
            b"ID" => string.len() == 16,
            b"Lang" => text == self.record.language.code(),
            b"Producer" => text == format!("lembar {}", self.record.lembar),
            b"Registry" => text == "Adobe",
            b"Ordering" => text == "Identity",
            b"Title" => return self.title(text),
            _ => false,
        };
        if !fine {
            self.says(&text, &String::from_utf8_lossy(key));
        }
    }

    fn says(&mut self, text: &str, key: &str) {
        self.find(&format!("the file says “{text}” in `{key}`, and no page does"));
    }

    /// A title is that of the exam, with no more than what stands on a page.
    fn title(&mut self, whole: String) {
        let folded = String::from_iter(fold(&whole));
        let rests = [folded.strip_prefix(&self.exam), folded.strip_suffix(&self.exam)];
        let mut rests: Vec<Vec<char>> =
            rests.into_iter().flatten().map(|rest| rest.chars().collect()).collect();
        if rests.is_empty() {
            rests.push(folded.chars().collect());
        }
        if !rests.iter().any(Vec::is_empty) {
            self.titles.push(Title { whole, rests });
        }
    }

    /// Whether the form of a picture has no words.
    fn is_drawing(&self, number: u32) -> bool {
        let content = self.file.object(number).and_then(|form| self.file.unpacked(&form));
        content.is_some_and(|content| !Values::of_content(&content).any(is_written))
    }
}

/// Whether an operator writes words, or begins a picture that is not read.
fn is_written(value: Value) -> bool {
    let Value::Word(operator) = value else { return false };
    matches!(operator, b"BT" | b"Tj" | b"TJ" | b"'" | b"\"" | b"BDC" | b"BI")
}

/// Whether a page says the rest of a title.
fn says(page: &Page, Title { rests, .. }: &Title) -> bool {
    rests.iter().any(|rest| {
        let (first, last) = (rest.first(), rest.last());
        let mut passages = page.letters.chars.windows(rest.len());
        passages.any(|said| said.first() == first && said.last() == last && said == rest)
    })
}
