//! Prints exam variants, worksheets and their answer keys as PDFs, from a bank of facts.
//!
//! # The rooms
//!
//! A job walks through five rooms, always in this order. Each room takes the finished
//! data of the one before and knows nothing about the one after.
//!
//! 1. [`bank`]: *what is known.* TOML files become facts; the oracle tells true from
//!    false from unknown. No dice.
//! 2. [`exam`]: *what is asked.* A blueprint and a bank become questions and keys in
//!    variants. The only dice of the program are here, in `exam/seed.rs`.
//! 3. [`sheet`]: *what is printed.* Questions become blocks of words. No millimetres.
//! 4. [`layout`]: *where it goes.* Blocks become pages of placed marks. No questions.
//! 5. [`render`]: *pages to bytes.* Marks become a PDF, or a proof in plain text.
//!    No decisions.
//!
//! A room imports only the room directly before it and the leaves: small modules that
//! everyone may use. `tests/architecture.rs` enforces it.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod bank;
pub mod exam;
pub mod layout;
pub mod render;
pub mod sheet;

pub mod diagnostic;
pub mod fonts;
pub mod input;
pub mod language;
pub mod length;
pub mod paper;
pub mod picture;
pub mod text;
pub mod theme;
