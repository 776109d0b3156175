//! The code on every page that machines read: a QR code (ISO/IEC 18004).

use std::sync::Arc;

use flate2::Crc;
use qrcode::{Color, EcLevel, QrCode};

use crate::layout::Modules;

/// What the code of a page says: the tag of the sheet, the page, the number of pages, and the
/// CRC-32 of all that stands before it.
///
/// All characters are of the alphanumeric set, for which codes are small.
pub fn payload(tag: &str, page: usize, pages: usize) -> String {
    let said = format!("{tag}/{page}/{pages}");
    let mut checksum = Crc::new();
    checksum.update(said.as_bytes());
    format!("{said}/{:08X}", checksum.sum())
}

/// The modules of a code; a quarter of them may be lost.
pub fn modules(payload: &str) -> Option<Arc<Modules>> {
    let code = QrCode::with_error_correction_level(payload, EcLevel::Q).ok()?;
    let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark);
    Some(Arc::new(Modules { side: code.width(), dark: dark.collect() }))
}
