//! The PDF of a document: fonts and pictures collected, pages written, all put together.

use printpdf::{
    Codepoint, FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem, XObject, XObjectId,
};

use crate::diagnostic::Diagnostic;
use crate::fonts::Fonts;
use crate::layout::Pages;
use crate::length::Length;

use super::content;
use super::finish::finish;
use super::fonts::{Face, collect};
use super::pictures::Pictures;

/// What a PDF says about itself besides its title and language.
///
/// Every PDF of a job can carry the same details: there is no place for anything that
/// differs between a paper and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Who answers for the words, such as the school; empty if nobody is named.
    pub author: String,
    /// What the document is about; empty if nothing is said.
    pub subject: String,
    /// The program that wrote the file.
    pub producer: String,
}

impl Default for Details {
    fn default() -> Details {
        Details {
            author: String::new(),
            subject: String::new(),
            producer: concat!("lembar ", env!("CARGO_PKG_VERSION")).to_string(),
        }
    }
}

/// Writes pages as a PDF.
///
/// Fails only if a font file cannot be embedded, or if the pages name a font that `fonts`
/// does not have.
pub fn pdf(
    pages: &Pages,
    fonts: &Fonts,
    details: &Details,
) -> Result<Vec<u8>, Diagnostic> {
    let faces = collect(pages, fonts)?;
    let document = document(pages, &faces, details);
    // "Secure" would drop the operators that the library does not know.
    let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let objects = document.to_lopdf_document(&options, &mut warnings);
    // The objects have everything now; of ten thousand pages, one copy is enough.
    drop(document);
    if let Some(warning) = warnings.first() {
        return Err(unwritable(&warning.msg));
    }
    finish(objects, pages, &faces).map_err(|error| unwritable(&error.to_string()))
}

/// The document as the library sees it, with the registration page at its end.
fn document(pages: &Pages, faces: &[Face], details: &Details) -> PdfDocument {
    let pictures = Pictures::collect(pages);
    let mut document = PdfDocument::new(&pages.title);
    let info = &mut document.metadata.info;
    info.author = details.author.clone();
    info.subject = details.subject.clone();
    info.producer = details.producer.clone();
    for face in faces {
        let id = FontId(face.resource.clone());
        document.resources.fonts.map.insert(id, face.embedded.clone());
    }
    for (name, object) in pictures.objects() {
        let object = XObject::External(object);
        document.resources.xobjects.map.insert(XObjectId(name), object);
    }
    for page in &pages.pages {
        let operators = content::operators(page, faces, &pictures);
        // An operator that the library does not know is written as it stands: this way
        // a page is one string instead of a tree of objects, and five times as fast.
        let raw = Op::Unknown { key: operators, value: Vec::new() };
        document.pages.push(paper(page.width, page.height, vec![raw]));
    }
    document.pages.push(registration(faces));
    document
}

fn paper(width: Length, height: Length, ops: Vec<Op>) -> PdfPage {
    let area = printpdf::Rect::from_wh(Pt(width.to_pt()), Pt(height.to_pt()));
    PdfPage { media_box: area.clone(), trim_box: area.clone(), crop_box: area, ops }
}

/// A page that shows every glyph once with its text.
///
/// The library embeds the fonts that it sees used and learns from their use which glyph
/// stands for which text; it does not look into the raw operators of the other pages.
/// [`finish`] removes the page.
fn registration(faces: &[Face]) -> PdfPage {
    let mut ops = vec![Op::StartTextSection];
    for face in faces {
        let font = PdfFontHandle::External(FontId(face.resource.clone()));
        ops.push(Op::SetFont { font, size: Pt(1.0) });
        let glyph = |(code, text): (u16, &str)| Codepoint {
            gid: code,
            offset: 0.0,
            cid: Some(text.to_string()),
        };
        let glyphs = face.texts().map(glyph).collect();
        ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
    }
    ops.push(Op::EndTextSection);
    paper(Length::pt(1), Length::pt(1), ops)
}

fn unwritable(reason: &str) -> Diagnostic {
    Diagnostic::error(format!("the PDF cannot be written: {reason}"))
}
