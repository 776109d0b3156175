//! The PDF of a document: fonts and pictures collected, pages written, all put together.

use printpdf::{
    Codepoint, FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt,
    TextItem, XObject, XObjectId,
};

use crate::diagnostic::Diagnostic;
use crate::fonts::Fonts;
use crate::language::Language;
use crate::layout::{Page, Pages};
use crate::length::Length;

use super::finish::{Contents, Packer, finish};
use super::fonts::{Face, collect};
use super::forms::Forms;
use super::pictures::Pictures;
use super::pieces::Pieces;

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

/// A PDF that is being written, page by page.
///
/// Pages need not be kept: what they show is remembered, everything but once.
pub struct Pdf<'a> {
    fonts: &'a Fonts,
    pieces: Pieces,
    bookmarks: Vec<(String, usize)>,
}

impl<'a> Pdf<'a> {
    /// Starts a document that is set in some fonts.
    pub fn new(fonts: &'a Fonts) -> Pdf<'a> {
        Pdf { fonts, pieces: Pieces::default(), bookmarks: Vec::new() }
    }

    /// Adds a page.
    pub fn page(&mut self, page: Page) {
        self.pieces.page(page);
    }

    /// Adds a bookmark that leads to the page that is added next.
    pub fn bookmark(&mut self, name: String) {
        self.bookmarks.push((name, self.len()));
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pieces.pages.len()
    }

    /// Whether there are no pages.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the document.
    ///
    /// Fails only if a font file cannot be embedded, or if the pages name a font that the
    /// fonts do not have.
    pub fn finish(
        self,
        title: &str,
        language: Language,
        details: &Details,
        packer: &mut Packer,
    ) -> Result<Vec<u8>, Diagnostic> {
        let faces = collect(&self.pieces, self.fonts)?;
        let pictures = Pictures::collect(&self.pieces);
        let document = document(&faces, &pictures, title, details);
        // "Secure" would drop the operators that the library does not know.
        let options = PdfSaveOptions { secure: false, ..PdfSaveOptions::default() };
        let mut warnings = Vec::new();
        let objects = document.to_lopdf_document(&options, &mut warnings);
        if let Some(warning) = warnings.first() {
            return Err(unwritable(&warning.msg));
        }
        let contents = Contents {
            language,
            pages: &self.pieces.pages,
            forms: &Forms::collect(&self.pieces, &faces, &pictures),
            bookmarks: &self.bookmarks,
            faces: &faces,
        };
        finish(objects, &contents, packer).map_err(|error| unwritable(&error.to_string()))
    }
}

/// Writes pages as a PDF; fails as [`Pdf::finish`] does.
pub fn pdf(
    pages: Pages,
    fonts: &Fonts,
    details: &Details,
    packer: &mut Packer,
) -> Result<Vec<u8>, Diagnostic> {
    let mut pdf = Pdf::new(fonts);
    pages.pages.into_iter().for_each(|page| pdf.page(page));
    pdf.bookmarks = pages.bookmarks;
    pdf.finish(&pages.title, pages.language, details, packer)
}

/// The document as the library sees it: its fonts and pictures, and the registration page.
fn document(
    faces: &[Face],
    pictures: &Pictures,
    title: &str,
    details: &Details,
) -> PdfDocument {
    let mut document = PdfDocument::new(title);
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
/// stands for which text. [`finish`] removes the page, and adds those of the document: as
/// trees of objects, the way the library writes pages, they would take five times as long.
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
