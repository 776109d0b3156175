//! Pictures in the teacher's files: PNG and JPEG.

use serde::Serialize;

/// A decoded or passed-through picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Picture {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// The pixels.
    pub pixels: Pixels,
}

/// The pixels of a picture, rows from top to bottom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Pixels {
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
    },
}
