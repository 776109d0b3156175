//! The last step: objects put right, packed and saved.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{
    Dictionary, Document, Error, Object, ObjectId, Stream, StringFormat, dictionary,
    text_string,
};
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::length::Length;

use super::fonts::Face;
use super::forms::Forms;
use super::pieces::Places;

/// What stands in the file for its identifier until the rest of the file is known.
const UNKNOWN_ID: [u8; 16] = [0; 16];

/// How hard streams are packed, from 0 to 9. More would take a fifth longer for a fiftieth
/// less.
const LEVEL: u32 = 4;

/// From how many pages on they are packed as fast as can be: thousands of pages mostly show
/// what they share, which takes a third more room then, and the job a tenth less time.
const MANY_PAGES: usize = 1000;

/// What goes into a document besides its fonts and pictures.
pub(super) struct Contents<'a> {
    /// The language of its words.
    pub language: Language,
    /// The pages.
    pub pages: &'a [Places],
    /// What the pages share.
    pub forms: &'a Forms<'a>,
    /// Names of places in the document, and the index of the page that each leads to.
    pub bookmarks: &'a [(String, usize)],
    /// The fonts.
    pub faces: &'a [Face<'a>],
}

/// Finishes a document, which has but the registration page, and saves it.
pub(super) fn finish(
    mut document: Document,
    contents: &Contents,
    packer: &mut Packer,
) -> Result<Vec<u8>, Error> {
    document.version = "1.7".to_string();
    let resources = take_resources(&mut document)?;
    describe_fonts(&mut document, &resources, contents.faces)?;
    describe_document(&mut document, contents.language)?;
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    document.get_dictionary_mut(root)?.set("Resources", resources);
    document.renumber_objects();
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            packer.pack(stream)?;
        }
    }
    add_pages(&mut document, contents, packer)?;
    add_bookmarks(&mut document, contents.bookmarks)?;

    let id = Object::String(UNKNOWN_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes)?;
    identify(&mut bytes);
    Ok(bytes)
}

/// Drops the registration page; returns the fonts and pictures that it registered.
fn take_resources(document: &mut Document) -> Result<Dictionary, Error> {
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    let kids = document.get_dictionary(root)?.get(b"Kids")?.as_array()?.clone();
    let mut registered = Dictionary::new();
    for page in kids {
        let Some(Object::Dictionary(page)) =
            document.objects.remove(&page.as_reference()?)
        else {
            continue;
        };
        document.objects.remove(&page.get(b"Contents")?.as_reference()?);
        let resources = page.get(b"Resources")?.as_reference()?;
        if let Some(Object::Dictionary(all)) = document.objects.remove(&resources) {
            registered = all;
        }
    }
    document.get_dictionary_mut(root)?.set("Kids", Vec::new());
    let mut resources = Dictionary::new();
    for (kind, id) in registered {
        if let Some(Object::Dictionary(all)) =
            document.objects.remove(&id.as_reference()?)
            && !all.is_empty()
        {
            resources.set(kind, all);
        }
    }
    Ok(resources)
}

/// Adds the pages, and before them what they share.
fn add_pages(
    document: &mut Document,
    contents: &Contents,
    packer: &mut Packer,
) -> Result<(), Error> {
    let Contents { pages, forms, .. } = *contents;
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    add_forms(document, root, contents, packer)?;
    let mut fast;
    let packer = match pages.len() < MANY_PAGES {
        true => packer,
        false => {
            fast = Packer::of_level(1);
            &mut fast
        }
    };
    let mut kids = Vec::with_capacity(pages.len());
    for page in pages {
        let operators = forms.page(page);
        let mut content = Stream::new(Dictionary::new(), operators);
        packer.pack(&mut content)?;
        let content = document.add_object(content);
        let page = dictionary! {
            "Type" => "Page",
            "Parent" => root,
            "MediaBox" => vec![0.into(), 0.into(), points(page.width), points(page.height)],
            "Contents" => content,
        };
        kids.push(document.add_object(page).into());
    }
    let root = document.get_dictionary_mut(root)?;
    root.set("Count", pages.len() as i64);
    root.set("Kids", kids);
    Ok(())
}

/// Adds the forms, and their names to the resources of all pages. They have resources of
/// their own: all the rest.
fn add_forms(
    document: &mut Document,
    root: ObjectId,
    contents: &Contents,
    packer: &mut Packer,
) -> Result<(), Error> {
    let Contents { pages, forms, .. } = *contents;
    if forms.iter().next().is_none() {
        return Ok(());
    }
    let resources = document.get_dictionary(root)?.get(b"Resources")?.as_dict()?.clone();
    let mut objects = match resources.get(b"XObject") {
        Ok(pictures) => pictures.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    let inner = document.add_object(resources);
    // A form is nowhere cut: its box covers a page from wherever it is shown.
    let most = |length: fn(&Places) -> Length| {
        let length = pages.iter().map(length).max().unwrap_or_default();
        i64::from(length.0).div_euclid(1000) + 1
    };
    let (width, height) = (most(|page| page.width), most(|page| page.height));
    let area = [-width, -height, width, height].map(Object::Integer).to_vec();
    for form in forms.iter() {
        let dict = dictionary! {
            "Subtype" => "Form",
            "BBox" => area.clone(),
            "Resources" => inner,
        };
        let mut stream = Stream::new(dict, form.operators.clone());
        packer.pack(&mut stream)?;
        objects.set(form.name.as_bytes(), document.add_object(stream));
    }
    let resources = document.get_dictionary_mut(root)?.get_mut(b"Resources")?;
    resources.as_dict_mut()?.set("XObject", objects);
    Ok(())
}

/// Adds an outline that leads to pages by name.
fn add_bookmarks(
    document: &mut Document,
    bookmarks: &[(String, usize)],
) -> Result<(), Error> {
    if bookmarks.is_empty() {
        return Ok(());
    }
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    let pages = document.get_dictionary(root)?.get(b"Kids")?.as_array()?.clone();
    let outline = document.new_object_id();
    let ids: Vec<_> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    for (index, (title, page)) in bookmarks.iter().enumerate() {
        let Some(page) = pages.get(*page) else { continue };
        let mut entry = dictionary! {
            "Title" => text_string(title),
            "Parent" => outline,
            "Dest" => vec![page.clone(), "Fit".into()],
        };
        if index > 0 {
            entry.set("Prev", ids[index - 1]);
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", *next);
        }
        document.objects.insert(ids[index], entry.into());
    }
    let entry = dictionary! {
        "Type" => "Outlines",
        "First" => ids[0],
        "Last" => ids[ids.len() - 1],
        "Count" => ids.len() as i64,
    };
    document.objects.insert(outline, entry.into());
    document.catalog_mut()?.set("Outlines", outline);
    Ok(())
}

/// Says how wide the glyphs and how high the capitals are: the library cuts widths down
/// to whole numbers and takes the ascender for capitals.
fn describe_fonts(
    document: &mut Document,
    resources: &Dictionary,
    faces: &[Face],
) -> Result<(), Error> {
    for face in faces {
        let fonts = resources.get(b"Font")?.as_dict()?;
        let id = fonts.get(face.resource.as_bytes())?.as_reference()?;
        let font = document.get_dictionary_mut(id)?;
        let parts = font.get_mut(b"DescendantFonts")?.as_array_mut()?;
        let Some(part) = parts.first_mut() else { continue };
        let part = part.as_dict_mut()?;
        let widths = face.widths.iter().map(|&width| thousandths(width)).collect();
        part.set("W", vec![Object::Integer(0), Object::Array(widths)]);
        let descriptor = part.get(b"FontDescriptor")?.as_reference()?;
        let descriptor = document.get_dictionary_mut(descriptor)?;
        descriptor.set("CapHeight", face.cap_height);
    }
    Ok(())
}

fn thousandths(width: i64) -> Object {
    if width % 1000 == 0 {
        Object::Integer(width / 1000)
    } else {
        Object::Real(width as f32 / 1000.0)
    }
}

/// Says what the document is, and nothing that is not known.
fn describe_document(document: &mut Document, language: Language) -> Result<(), Error> {
    let catalog = document.catalog_mut()?;
    catalog.remove(b"PageLayout");
    catalog.remove(b"PageMode");
    catalog.set("Lang", Object::string_literal(language.code()));
    // Printed at its true size, so that answer sheets fit their masks.
    let preferences = dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" };
    catalog.set("ViewerPreferences", preferences);

    let info = document.trailer.get(b"Info")?.as_reference()?;
    let info = document.get_dictionary_mut(info)?;
    for key in ["GTS_PDFXVersion", "CreationDate", "ModDate", "Trapped"] {
        info.remove(key.as_bytes());
    }
    let empty: Vec<Vec<u8>> = info
        .iter()
        .filter(|(_, value)| value.as_str().is_ok_and(|text| text.is_empty()))
        .map(|(key, _)| key.clone())
        .collect();
    for key in empty {
        info.remove(&key);
    }
    Ok(())
}

fn points(length: Length) -> Object {
    Object::Real(length.to_pt())
}

/// Deflates the streams of documents, all in one and the same memory: with a new one for
/// each page, ten thousand pages would take gigabytes. What was packed before leaves no
/// trace in the bytes.
#[derive(Debug)]
pub struct Packer {
    level: u32,
    /// What deflates, made ready when something is first packed.
    compress: Option<Compress>,
    packed: Vec<u8>,
}

impl Default for Packer {
    fn default() -> Packer {
        Packer::of_level(LEVEL)
    }
}

impl Packer {
    fn of_level(level: u32) -> Packer {
        Packer { level, compress: None, packed: Vec::new() }
    }

    /// Deflates a stream that is not packed already, if that makes it smaller.
    fn pack(&mut self, stream: &mut Stream) -> Result<(), Error> {
        if stream.dict.has(b"Filter") {
            return Ok(());
        }
        self.deflate(&stream.content)?;
        if self.packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(self.packed.clone());
        }
        Ok(())
    }

    fn deflate(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let Packer { level, compress, packed } = self;
        let new = || Compress::new(Compression::new(*level), true);
        let compress = compress.get_or_insert_with(new);
        compress.reset();
        packed.clear();
        loop {
            packed.reserve(bytes.len() / 2 + 64);
            let rest = &bytes[compress.total_in() as usize..];
            let status = compress
                .compress_vec(rest, packed, FlushCompress::Finish)
                .map_err(std::io::Error::other)?;
            if status == Status::StreamEnd {
                return Ok(());
            }
        }
    }
}

/// Gives the file its identifier: a hash of all the rest, so that the same document has
/// the same one and no other document has.
fn identify(bytes: &mut [u8]) {
    let hash = Sha256::digest(&*bytes);
    let hex = |id: &[u8]| id.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let pair = |id: &str| format!("[<{id}><{id}>]");
    let unknown = pair(&hex(&UNKNOWN_ID));
    let known = pair(&hex(&hash[..UNKNOWN_ID.len()]));
    // It stands in the trailer, so the last place is the right one.
    let place = bytes.windows(unknown.len()).rposition(|part| part == unknown.as_bytes());
    if let Some(place) = place {
        bytes[place..place + known.len()].copy_from_slice(known.as_bytes());
    }
}
