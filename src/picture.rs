//! Pictures in the teacher's files: PNG, JPEG and SVG.

#![allow(
    clippy::result_large_err,
    reason = "a finding stops the job; its size is no matter"
)]

mod drawing;
mod exif;
mod scale;
mod svg;

pub use self::drawing::{
    Clip, Drawing, Fill, Group, Ink, Outline, Part, Segment, Stroke,
};

use std::hash::{Hash, Hasher};
use std::io::Cursor;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;

use crate::diagnostic::Diagnostic;
use crate::length::Length;
use crate::sum::Sum;

/// The most pixels that a picture may have; a page at 1200 dpi has fewer than 150 million,
/// and a decoded picture of this size already takes 400 MB.
const MOST_PIXELS: u64 = 100_000_000;

/// How many pixels are printed on an inch unless somebody says how wide the picture is.
const PIXELS_PER_INCH: i64 = 150;

/// A decoded or passed-through picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The width as it is shown: in pixels, or in thousandths of a drawing's points.
    pub width: u32,
    /// The height as it is shown.
    pub height: u32,
    /// What is shown.
    pub content: Content,
}

impl Hash for Picture {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Pictures are few, and those of one size fewer.
        (self.width, self.height).hash(state);
    }
}

/// A picture and the file that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureFile {
    /// The file.
    pub file: FileName,
    /// The picture.
    pub picture: Arc<Picture>,
}

/// The name of a picture's file, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileName {
    /// The path, as the bank gives it.
    pub path: String,
    /// The sum of the file.
    pub sha256: Sum,
}

/// What a picture shows; rows of pixels are from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Content {
    /// One byte a pixel, black to white, and its opacity where it has one.
    Grey {
        /// The luminance.
        bytes: Vec<u8>,
        /// The opacity, one byte a pixel.
        alpha: Option<Vec<u8>>,
    },
    /// Three bytes a pixel, and its opacity where it has one.
    Rgb {
        /// Red, green, blue.
        bytes: Vec<u8>,
        /// The opacity, one byte a pixel.
        alpha: Option<Vec<u8>>,
    },
    /// A whole JPEG file, handed through as it is.
    Jpeg {
        /// The file.
        bytes: Vec<u8>,
        /// Its colour components: 1, 3 or 4.
        components: u8,
        /// Which way it was taken, as Exif numbers it: 1 is upright.
        orientation: u8,
    },
    /// Outlines.
    Drawing(Drawing),
}

impl Picture {
    /// Reads a PNG, JPEG or SVG file; `name` is how messages call it.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Picture, Diagnostic> {
        match Format::of(&bytes) {
            Format::Png => read_png(name, &bytes),
            Format::Jpeg => read_jpeg(name, bytes),
            Format::Svg => svg::read(name, &bytes),
            Format::Other(kind) => {
                let message = match kind {
                    Some(kind) => format!("the picture `{name}` is a {kind} file"),
                    None if bytes.is_empty() => format!("the picture `{name}` is empty"),
                    None => format!("the picture `{name}` is neither PNG, JPEG nor SVG"),
                };
                Err(Diagnostic::error(message).hint("convert it to PNG or JPEG"))
            }
        }
    }

    /// How wide it is printed unless somebody says so.
    pub fn natural_width(&self) -> Length {
        match &self.content {
            Content::Drawing(drawing) => drawing.natural_width,
            // No paper is a hundred inches wide.
            _ => Length::pt(72).scale(self.width.min(15_000).into(), PIXELS_PER_INCH),
        }
    }
}

/// What a file is, by its first bytes; file names lie too often.
enum Format {
    Png,
    Jpeg,
    Svg,
    /// A kind that cannot be printed, named where it is known.
    Other(Option<&'static str>),
}

impl Format {
    fn of(bytes: &[u8]) -> Format {
        let at = |offset: usize, magic: &[u8]| {
            bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic))
        };
        if at(0, b"\x89PNG\r\n\x1a\n") {
            Format::Png
        } else if at(0, b"\xff\xd8\xff") {
            Format::Jpeg
        } else if at(0, b"GIF8") {
            Format::Other(Some("GIF"))
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Format::Other(Some("WebP"))
        } else if at(0, b"BM") {
            Format::Other(Some("BMP"))
        } else if at(0, b"II*\0") || at(0, b"MM\0*") {
            Format::Other(Some("TIFF"))
        } else if at(4, b"ftypavif") {
            Format::Other(Some("AVIF"))
        } else if at(4, b"ftyphei") || at(4, b"ftypmif") {
            Format::Other(Some("HEIC"))
        } else if at(0, b"%PDF") {
            Format::Other(Some("PDF"))
        } else if is_svg(bytes) {
            Format::Svg
        } else {
            Format::Other(None)
        }
    }
}

/// Whether a file is marked up as SVG, after whatever stands before that.
fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    start.starts_with(b"<") && bytes.windows(4).any(|window| window == b"<svg")
}

fn read_png(name: &str, file: &[u8]) -> Result<Picture, Diagnostic> {
    let broken = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => too_large(name),
        error => broken(name, "PNG", &error.to_string()),
    };
    // Our own limit on pixels is checked before anything is allocated for them.
    let limits = png::Limits { bytes: 1 << 30 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(file), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(broken)?;
    let (width, height) = (header.width, header.height);
    check_size(name, width, height)?;

    let mut reader = decoder.read_info().map_err(broken)?;
    let size = reader.output_buffer_size().ok_or_else(|| too_large(name))?;
    let mut bytes = vec![0; size];
    let frame = reader.next_frame(&mut bytes).map_err(broken)?;
    bytes.truncate(frame.buffer_size());
    let content = match frame.color_type {
        png::ColorType::Grayscale => Content::Grey { bytes, alpha: None },
        png::ColorType::GrayscaleAlpha => {
            let (bytes, alpha) = part(&bytes, 1);
            Content::Grey { bytes, alpha }
        }
        png::ColorType::Rgba => {
            let (bytes, alpha) = part(&bytes, 3);
            Content::Rgb { bytes, alpha }
        }
        // Palettes are expanded by the transformation asked for above.
        png::ColorType::Rgb | png::ColorType::Indexed => {
            Content::Rgb { bytes, alpha: None }
        }
    };
    Ok(Picture { width: frame.width, height: frame.height, content })
}

/// Parts the colours of interleaved pixels from their opacity, which is dropped when
/// every pixel is opaque.
fn part(bytes: &[u8], colours: usize) -> (Vec<u8>, Option<Vec<u8>>) {
    let pixels = bytes.chunks_exact(colours + 1);
    let colour = pixels.clone().flat_map(|pixel| &pixel[..colours]).copied().collect();
    let opaque = pixels.clone().all(|pixel| pixel[colours] == u8::MAX);
    let alpha = (!opaque).then(|| pixels.map(|pixel| pixel[colours]).collect());
    (colour, alpha)
}

fn read_jpeg(name: &str, bytes: Vec<u8>) -> Result<Picture, Diagnostic> {
    let mut decoder = JpegDecoder::new(ZCursor::new(&bytes));
    let headers = decoder.decode_headers();
    headers.map_err(|error| broken(name, "JPEG", &error.to_string()))?;
    let Some(info) = decoder.info() else {
        return Err(broken(name, "JPEG", "it has no header"));
    };
    check_size(name, info.width.into(), info.height.into())?;
    let components = info.components;
    if !matches!(components, 1 | 3 | 4) {
        let reason = format!("it has {components} colour components");
        return Err(broken(name, "JPEG", &reason));
    }
    if !ends(&bytes) {
        return Err(broken(name, "JPEG", "it is cut off"));
    }
    let orientation = exif::orientation(&bytes);
    let (mut width, mut height) = (info.width.into(), info.height.into());
    // From 5 on, pictures lie on a side.
    if orientation > 4 {
        (width, height) = (height, width);
    }
    let content = Content::Jpeg { bytes, components, orientation };
    Ok(Picture { width, height, content })
}

/// Whether the last scan of a JPEG file is followed by an end marker.
///
/// Thumbnails in the header have scans and ends too, so the *last* scan is the one to
/// look at; within a scan neither marker can occur.
fn ends(bytes: &[u8]) -> bool {
    let last =
        |marker: &[u8; 2]| bytes.windows(2).rposition(|pair| pair == marker.as_slice());
    match (last(b"\xff\xda"), last(b"\xff\xd9")) {
        (Some(scan), Some(end)) => scan < end,
        _ => false,
    }
}

fn check_size(name: &str, width: u32, height: u32) -> Result<(), Diagnostic> {
    if width == 0 || height == 0 {
        return Err(Diagnostic::error(format!("the picture `{name}` has no pixels"))
            .hint("save it again from the program that made it"));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_large(name));
    }
    Ok(())
}

fn too_large(name: &str) -> Diagnostic {
    let most = MOST_PIXELS / 1_000_000;
    Diagnostic::error(format!("the picture `{name}` is too large"))
        .hint(format!("scale it down to at most {most} million pixels"))
}

fn broken(name: &str, format: &str, reason: &str) -> Diagnostic {
    let reason = reason.trim_end_matches(['.', '\n']);
    Diagnostic::error(format!("the {format} picture `{name}` cannot be read: {reason}"))
        .hint("save it again, or convert it to PNG or JPEG")
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::{BitDepth, ColorType};

    fn png(colour: ColorType, depth: BitDepth, size: (u32, u32), data: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size.0, size.1);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        encoder.set_filter(png::Filter::NoFilter);
        if colour == ColorType::Indexed {
            encoder.set_palette(vec![0, 0, 0, 255, 0, 0]);
            encoder.set_trns(vec![255, 128]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        file
    }

    fn pixels(file: Vec<u8>) -> Content {
        Picture::read("x.png", file).unwrap().content
    }

    #[test]
    fn every_kind_of_png_becomes_grey_or_rgb() {
        let one_bit = png(ColorType::Grayscale, BitDepth::One, (2, 1), &[0b0100_0000]);
        assert_eq!(pixels(one_bit), Content::Grey { bytes: vec![0, 255], alpha: None });

        let sixteen = png(ColorType::Rgb, BitDepth::Sixteen, (1, 1), &[1, 9, 2, 9, 3, 9]);
        assert_eq!(pixels(sixteen), Content::Rgb { bytes: vec![1, 2, 3], alpha: None });

        let palette = png(ColorType::Indexed, BitDepth::Eight, (2, 1), &[1, 0]);
        let bytes = vec![255, 0, 0, 0, 0, 0];
        assert_eq!(pixels(palette), Content::Rgb { bytes, alpha: Some(vec![128, 255]) });

        let grey = png(ColorType::GrayscaleAlpha, BitDepth::Eight, (2, 1), &[7, 0, 8, 9]);
        let bytes = vec![7, 8];
        assert_eq!(pixels(grey), Content::Grey { bytes, alpha: Some(vec![0, 9]) });
    }

    /// The file with another size in its header, and the checksum that belongs to it.
    fn with_header(mut file: Vec<u8>, size: (u32, u32), interlaced: bool) -> Vec<u8> {
        file[16..20].copy_from_slice(&size.0.to_be_bytes());
        file[20..24].copy_from_slice(&size.1.to_be_bytes());
        file[28] = interlaced.into();
        let mut checksum = flate2::Crc::new();
        checksum.update(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.sum().to_be_bytes());
        file
    }

    #[test]
    fn interlaced_pngs_are_put_together() {
        // A column of two pixels has the rows that an interlaced row of two is sent as.
        let column = png(ColorType::Grayscale, BitDepth::Eight, (1, 2), &[5, 6]);
        let row = with_header(column, (2, 1), true);
        assert_eq!(pixels(row), Content::Grey { bytes: vec![5, 6], alpha: None });
    }

    #[test]
    fn jpegs_are_handed_through() {
        let file = include_bytes!("render/tests/stripes.jpg");
        let picture = Picture::read("x.jpg", file.to_vec()).unwrap();
        assert_eq!((picture.width, picture.height), (24, 16));
        let bytes = file.to_vec();
        let content = Content::Jpeg { bytes, components: 3, orientation: 1 };
        assert_eq!(picture.content, content);
    }

    #[test]
    fn full_opacity_is_dropped() {
        let file = png(ColorType::Rgba, BitDepth::Eight, (1, 1), &[1, 2, 3, 255]);
        assert_eq!(pixels(file), Content::Rgb { bytes: vec![1, 2, 3], alpha: None });
    }

    fn refused(bytes: &[u8]) -> String {
        let diagnostic = Picture::read("logo", bytes.to_vec()).unwrap_err();
        format!("{} | {}", diagnostic.message, diagnostic.hint.unwrap())
    }

    #[test]
    fn other_files_are_refused_by_name() {
        let convert = "convert it to PNG or JPEG";
        let webp = refused(b"RIFF\0\0\0\0WEBPVP8 ");
        assert_eq!(webp, format!("the picture `logo` is a WebP file | {convert}"));
        let text = refused(b"hello");
        assert_eq!(
            text,
            format!("the picture `logo` is neither PNG, JPEG nor SVG | {convert}")
        );
        assert_eq!(refused(b""), format!("the picture `logo` is empty | {convert}"));
    }

    #[test]
    fn truncated_files_are_refused() {
        let file =
            png(ColorType::Rgb, BitDepth::Eight, (40, 40), &[7; 4800].map(|b| b ^ 3));
        for length in [8, 20, 33, file.len() / 2, file.len() - 14] {
            let message = refused(&file[..length]);
            assert!(
                message.starts_with("the PNG picture `logo` cannot be read"),
                "{message}"
            );
        }
        let jpeg = include_bytes!("render/tests/stripes.jpg");
        for length in [3, 100, jpeg.len() / 2, jpeg.len() - 2] {
            let message = refused(&jpeg[..length]);
            assert!(
                message.starts_with("the JPEG picture `logo` cannot be read"),
                "{message}"
            );
        }
    }

    #[test]
    fn absurd_sizes_are_refused_before_they_are_decoded() {
        let file = png(ColorType::Grayscale, BitDepth::Eight, (1, 1), &[0]);
        let file = with_header(file, (1 << 16, 1 << 16), false);
        assert_eq!(
            refused(&file),
            "the picture `logo` is too large | scale it down to at most 100 million pixels"
        );
    }
}
