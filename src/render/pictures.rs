//! The pictures of a document, each embedded once.

use std::collections::BTreeMap;
use std::sync::Arc;

use printpdf::{DictItem, ExternalStream, ExternalXObject};

use crate::layout::Shape;
use crate::picture::{Content, Picture};

use super::drawing::form;
use super::pieces::Pieces;

/// The pictures of a document, in the order of their first use.
pub(super) struct Pictures<'a> {
    distinct: Vec<&'a Arc<Picture>>,
}

impl<'a> Pictures<'a> {
    /// The pictures among the pieces.
    pub fn collect(pieces: &'a Pieces) -> Pictures<'a> {
        let mut pictures = Pictures { distinct: Vec::new() };
        for (shape, _) in pieces.iter() {
            if let Shape::Image { picture, .. } = shape
                && pictures.position(picture).is_none()
            {
                pictures.distinct.push(picture);
            }
        }
        pictures
    }

    /// The picture's name in operators.
    pub fn name(&self, picture: &Arc<Picture>) -> Option<String> {
        self.position(picture).map(name)
    }

    fn position(&self, picture: &Arc<Picture>) -> Option<usize> {
        // Mostly it is the same logo on every page; only then are pixels compared.
        let same = self.distinct.iter().position(|known| Arc::ptr_eq(known, picture));
        same.or_else(|| self.distinct.iter().position(|known| *known == picture))
    }

    /// The pictures as objects of the document, with their names.
    pub fn objects(&self) -> impl Iterator<Item = (String, ExternalXObject)> {
        let numbered = self.distinct.iter().enumerate();
        numbered.map(|(index, picture)| {
            let stream = stream(picture);
            let object = ExternalXObject { stream, width: None, height: None, dpi: None };
            (name(index), object)
        })
    }
}

fn name(index: usize) -> String {
    format!("P{index}")
}

fn stream(picture: &Picture) -> ExternalStream {
    let (space, bytes, alpha) = match &picture.content {
        Content::Grey { bytes, alpha } => ("DeviceGray", bytes, alpha.as_ref()),
        Content::Rgb { bytes, alpha } => ("DeviceRGB", bytes, alpha.as_ref()),
        Content::Jpeg { bytes, components: 1, .. } => ("DeviceGray", bytes, None),
        Content::Jpeg { bytes, components: 4, .. } => ("DeviceCMYK", bytes, None),
        Content::Jpeg { bytes, .. } => ("DeviceRGB", bytes, None),
        Content::Drawing(drawing) => return form(drawing, picture.width, picture.height),
    };
    let mut stream = image(picture, space, bytes);
    if let Some(alpha) = alpha {
        let stream_of_alpha = image(picture, "DeviceGray", alpha);
        let mask = DictItem::Stream { stream: stream_of_alpha };
        stream.dict.insert("SMask".to_string(), mask);
    }
    if let Content::Jpeg { bytes, components, .. } = &picture.content {
        stream.dict.insert("Filter".to_string(), named("DCTDecode"));
        if *components == 4 && from_adobe(bytes) {
            let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int);
            stream.dict.insert("Decode".to_string(), DictItem::Array(inverted.to_vec()));
        }
    }
    stream
}

/// How the unit square that a picture fills is turned to stand upright, as a matrix.
pub(super) fn turn(picture: &Picture) -> [i32; 6] {
    match orientation(picture) {
        2 => [-1, 0, 0, 1, 1, 0],
        3 => [-1, 0, 0, -1, 1, 1],
        4 => [1, 0, 0, -1, 0, 1],
        5 => [0, -1, -1, 0, 1, 1],
        6 => [0, -1, 1, 0, 0, 1],
        7 => [0, 1, 1, 0, 0, 0],
        8 => [0, 1, -1, 0, 1, 0],
        _ => [1, 0, 0, 1, 0, 0],
    }
}

fn orientation(picture: &Picture) -> u8 {
    match picture.content {
        Content::Jpeg { orientation, .. } => orientation,
        _ => 1,
    }
}

fn image(picture: &Picture, space: &str, bytes: &[u8]) -> ExternalStream {
    // A file that was taken lying on a side is as wide as it is shown tall.
    let (width, height) = match orientation(picture) {
        5..=8 => (picture.height, picture.width),
        _ => (picture.width, picture.height),
    };
    let entries = [
        ("Type", named("XObject")),
        ("Subtype", named("Image")),
        ("Width", DictItem::Int(width.into())),
        ("Height", DictItem::Int(height.into())),
        ("ColorSpace", named(space)),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    let dict: BTreeMap<String, DictItem> =
        entries.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    ExternalStream { dict, content: bytes.to_vec(), compress: true }
}

fn named(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

/// Whether a JPEG file has Adobe's marker, which with four components means that the
/// file says how much ink is *missing*.
fn from_adobe(file: &[u8]) -> bool {
    let mut rest = file.get(2..).unwrap_or_default();
    // Segments follow one another until the scan, each with a marker and its length.
    while let [0xff, marker, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match marker {
            0xee if after.starts_with(b"Adobe") => return true,
            0xda => return false,
            _ => rest = rest.get(2 + length..).unwrap_or_default(),
        }
    }
    false
}
