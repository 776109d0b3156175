//! The last step: objects put right, packed and saved.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Error, Object, StringFormat, dictionary, text_string};
use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::layout::Pages;

use super::fonts::Face;

/// What stands in the file for its identifier until the rest of the file is known.
const UNKNOWN_ID: [u8; 16] = [0; 16];

/// Finishes a document, whose last page is the registration page, and saves it.
pub(super) fn finish(
    mut document: Document,
    pages: &Pages,
    faces: &[Face],
) -> Result<Vec<u8>, Error> {
    document.version = "1.7".to_string();
    let resources = tidy_pages(&mut document)?;
    add_bookmarks(&mut document, &pages.bookmarks)?;
    describe_fonts(&mut document, &resources, faces)?;
    describe_document(&mut document, pages.language)?;
    document.renumber_objects();
    deflate(&mut document)?;

    let id = Object::String(UNKNOWN_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes)?;
    identify(&mut bytes);
    Ok(bytes)
}

/// Drops the registration page and everything that says the same on each page; returns
/// the resources that the pages share.
fn tidy_pages(document: &mut Document) -> Result<Dictionary, Error> {
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    let mut pages = document.get_dictionary(root)?.get(b"Kids")?.as_array()?.clone();
    let mut shared = Dictionary::new();
    for page in &pages {
        let page = document.get_dictionary_mut(page.as_reference()?)?;
        for key in ["Annots", "TrimBox", "CropBox"] {
            page.remove(key.as_bytes());
        }
        if let Some(Object::Reference(id)) = page.remove(b"Resources")
            && let Some(Object::Dictionary(resources)) = document.objects.remove(&id)
        {
            shared = resources;
        }
    }
    if let Some(registration) = pages.pop() {
        let id = registration.as_reference()?;
        let content = document.get_dictionary(id)?.get(b"Contents")?.as_reference()?;
        document.objects.remove(&content);
        document.objects.remove(&id);
    }
    let mut resources = Dictionary::new();
    for (kind, id) in shared {
        if let Some(Object::Dictionary(all)) =
            document.objects.remove(&id.as_reference()?)
            && !all.is_empty()
        {
            resources.set(kind, all);
        }
    }
    let root = document.get_dictionary_mut(root)?;
    root.set("Count", pages.len() as i64);
    root.set("Kids", pages);
    root.set("Resources", resources.clone());
    Ok(resources)
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

/// Deflates every stream that is not packed already, in one and the same memory: with a
/// new one for each page, ten thousand pages would take gigabytes.
fn deflate(document: &mut Document) -> Result<(), Error> {
    let mut compress = Compress::new(Compression::new(6), true);
    let mut packed = Vec::new();
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if stream.dict.has(b"Filter") {
            continue;
        }
        pack(&mut compress, &stream.content, &mut packed)?;
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed.clone());
        }
    }
    Ok(())
}

fn pack(
    compress: &mut Compress,
    bytes: &[u8],
    packed: &mut Vec<u8>,
) -> Result<(), Error> {
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
