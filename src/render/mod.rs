//! Pages to bytes.
//!
//! In scope is to write finished marks down: as a PDF for printers, or as a proof in plain
//! text for tests and people. Strictly out of scope is to decide anything: no mark is moved,
//! added or left out here, and no word is chosen. What a page says is [`crate::sheet`]'s
//! business, where it stands is [`crate::layout`]'s.
//!
//! Only this room names the libraries that write PDFs, and the same pages always give the
//! same bytes: whatever was written before them, and on whichever thread.

#![allow(
    clippy::result_large_err,
    reason = "a finding stops the job; its size is no matter"
)]

mod content;
mod drawing;
mod finish;
mod fonts;
mod forms;
mod pdf;
mod pictures;
mod pieces;
mod proof;
#[cfg(test)]
mod tests;

pub use self::finish::Packer;
pub use self::pdf::{Details, Pdf, pdf};
pub use self::proof::proof;
