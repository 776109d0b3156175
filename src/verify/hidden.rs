//! What a file holds besides its pages: nothing that pages do not say, and nothing that
//! could hold more.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream,
};

use crate::record::Record;

use super::pages::{Page, text_string};
use super::secrets::Secrets;
use super::words::fold;

/// The entries that dictionaries may have, in the order of their bytes. Others could hold
/// words that are not seen: files, notes, forms, scripts, layers.
const ENTRIES: [&str; 72] = [
    "Ascent",
    "BBox",
    "BaseFont",
    "BitsPerComponent",
    "CA",
    "CIDSystemInfo",
    "CIDToGIDMap",
    "CapHeight",
    "ColorSpace",
    "Colors",
    "Columns",
    "Contents",
    "Count",
    "DW",
    "Decode",
    "DecodeParms",
    "DescendantFonts",
    "Descent",
    "Dest",
    "DisplayDocTitle",
    "Encoding",
    "ExtGState",
    "Filter",
    "First",
    "Flags",
    "Font",
    "FontBBox",
    "FontDescriptor",
    "FontFile2",
    "FontFile3",
    "FontName",
    "Group",
    "Height",
    "I",
    "ID",
    "Index",
    "Info",
    "ItalicAngle",
    "Kids",
    "Lang",
    "Last",
    "Length",
    "Length1",
    "Matrix",
    "MediaBox",
    "N",
    "Next",
    "Ordering",
    "Outlines",
    "Pages",
    "Parent",
    "Predictor",
    "Prev",
    "PrintScaling",
    "Producer",
    "Registry",
    "Resources",
    "Root",
    "S",
    "SMask",
    "Size",
    "StemV",
    "Subtype",
    "Supplement",
    "Title",
    "ToUnicode",
    "Type",
    "ViewerPreferences",
    "W",
    "Width",
    "XObject",
    "ca",
];

/// How many characters in a row are a word in the bytes of a file.
const WORD: usize = 6;

/// What is wrong with a file outside of its pages and the forms that were read for them.
pub fn complaints(
    pdf: &Pdf,
    bytes: &[u8],
    (pages, forms): (&[Page], &BTreeSet<ObjectIdentifier>),
    record: &Record,
    secrets: &Secrets,
) -> BTreeSet<String> {
    let said = |page: &Page| page.chars.iter().map(|(char, _)| char).collect();
    let mut file = File {
        said: pages.iter().map(said).collect(),
        page: 0,
        record,
        needed: needed(pdf),
        forms,
        found: BTreeSet::new(),
    };
    for object in pdf.objects() {
        file.object(&object, "");
    }
    file.bytes(bytes, secrets);
    for page in pages {
        let said = secrets.find(&page.across);
        file.found
            .extend(said.into_iter().map(|s| format!("the pages say across: “{s}”")));
    }
    file.found
}

/// The streams that pages and fonts refer to.
fn needed(pdf: &Pdf) -> BTreeSet<ObjectIdentifier> {
    let mut needed = BTreeSet::new();
    let mut add = |dict: &Dict<'_>, key: &str| {
        needed.extend(dict.get_ref(key).map(ObjectIdentifier::from));
        let all = dict.get::<Array<'_>>(key);
        let refs =
            all.iter().flat_map(|all| all.raw_iter()).filter_map(|r| r.as_obj_ref());
        needed.extend(refs.map(ObjectIdentifier::from));
    };
    for page in pdf.pages().iter() {
        add(page.raw(), "Contents");
    }
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        for key in ["ToUnicode", "FontFile2", "FontFile3"] {
            add(&dict, key);
        }
    }
    needed
}

/// A file that is being searched.
struct File<'a> {
    /// What each page says.
    said: Vec<String>,
    /// The page that said the last title.
    page: usize,
    record: &'a Record,
    needed: BTreeSet<ObjectIdentifier>,
    /// The forms that were read as parts of pages.
    forms: &'a BTreeSet<ObjectIdentifier>,
    found: BTreeSet<String>,
}

impl File<'_> {
    fn object(&mut self, object: &Object<'_>, key: &str) {
        match object {
            Object::Dict(dict) => self.dict(dict, key),
            Object::Stream(stream) => self.stream(stream),
            Object::Array(array) => {
                for value in array.raw_iter() {
                    // What is referred to is an object of its own.
                    if let MaybeRef::NotRef(object) = value {
                        self.object(&object, key);
                    }
                }
            }
            Object::String(string) => self.string(string.as_bytes(), key),
            Object::Name(_)
            | Object::Number(_)
            | Object::Boolean(_)
            | Object::Null(_) => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, within: &str) {
        for (key, value) in dict.entries() {
            let key = key.as_str();
            // Fonts, pictures and states of drawing are named at will.
            let named = ["Font", "XObject", "ExtGState"].contains(&within);
            if !named && ENTRIES.binary_search(&key).is_err() {
                self.found.insert(format!(
                    "the file has `{key}`, which may hold more than is seen"
                ));
            }
            if let MaybeRef::NotRef(object) = value {
                self.object(&object, key);
            }
        }
    }

    fn stream(&mut self, stream: &Stream<'_>) {
        let dict = stream.dict();
        self.dict(dict, "");
        let name = |key: &str| dict.get::<Name<'_>>(key);
        let kind = name("Subtype").or_else(|| name("Type"));
        match kind.as_ref().map(|kind| kind.as_str()) {
            Some("Image" | "ObjStm" | "XRef") => {}
            Some("Form") if self.forms.contains(&stream.obj_id()) => {}
            Some("Form") => {
                let content = stream.decoded().unwrap_or_default();
                let mut operations = UntypedIter::new(&content);
                while let Some(operation) = operations.next() {
                    if matches!(
                        &**operation.operator,
                        b"BT" | b"Tj" | b"TJ" | b"'" | b"\"" | b"BDC"
                    ) {
                        self.found.insert("a picture is written with words".to_string());
                    }
                }
            }
            _ if self.needed.contains(&stream.obj_id()) => {}
            _ => {
                self.found
                    .insert("the file holds something that no page needs".to_string());
            }
        }
    }

    /// A string has to say what the program is called, or what a page says.
    fn string(&mut self, string: &[u8], key: &str) {
        let text = text_string(string);
        let fine = match key {
            "ID" => string.len() == 16,
            "Lang" => text == self.record.language.code(),
            "Producer" => text == format!("lembar {}", self.record.lembar),
            "Registry" => text == "Adobe",
            "Ordering" => text == "Identity",
            "Title" => self.is_title(&text),
            _ => false,
        };
        if !fine {
            self.found
                .insert(format!("the file says “{text}” in `{key}`, and no page does"));
        }
    }

    /// Whether a title is that of the exam, with no more than what stands on a page.
    fn is_title(&mut self, title: &str) -> bool {
        let (title, of_exam) = (String::from_iter(fold(title)), fold(&self.record.title));
        let rest = title.replacen(&String::from_iter(of_exam), "", 1);
        // Titles mostly come in the order of pages.
        let (before, after) = self.said.split_at(self.page);
        let found = after.iter().chain(before).position(|said| said.contains(&rest));
        if let Some(ahead) = found {
            self.page = (self.page + ahead) % self.said.len();
        }
        rest.is_empty() || found.is_some()
    }

    /// Words between and within objects, and older versions of the document.
    fn bytes(&mut self, bytes: &[u8], secrets: &Secrets) {
        let whole = bytes.trim_ascii_end().ends_with(b"%%EOF");
        let ends = bytes.windows(9).filter(|part| part == b"startxref").count();
        if !whole || ends != 1 {
            self.found.insert("the file was added to after it was written".to_string());
        }
        let seen = |byte: &u8| (b' '..=b'~').contains(byte);
        for run in bytes.split(|byte| !seen(byte)).filter(|run| run.len() >= WORD) {
            let Ok(run) = std::str::from_utf8(run) else { continue };
            let said = secrets.find(&fold(run));
            let inside = |char: char| !(char.is_alphanumeric() || "-_:#.".contains(char));
            let ids = run.split(inside).filter(|word| secrets.is_id(word));
            let said = said.into_iter().chain(ids);
            self.found
                .extend(said.map(|said| format!("the file tells of the key: “{said}”")));
        }
    }
}
