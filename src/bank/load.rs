//! Reading bank files.

use crate::bank::Bank;
use crate::diagnostic::Checked;
use crate::input::Source;

/// Reads the files of a bank and merges them, reporting every problem of every file.
pub fn load(_sources: &[Source]) -> Checked<Bank> {
    Ok(Bank::default())
}
