//! The program: everything of it is in the library.

use std::process::ExitCode;

/// Exams are made of many small texts, and every hand makes its own: with the system's
/// allocator a fifth of all time went there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    lembar::cli::run()
}
