//! A bank that was read and checked before, as bytes: to restore it takes a tenth of the
//! time of reading its TOML again.

use std::iter::zip;
use std::num::NonZeroUsize;

use crate::bank::{Bank, BankFile, Id, Index};
use crate::input::Source;
use crate::parallel::both;
use crate::sum::Sum;

/// A file that a bank was read from: its name, the checksum of the text, the bank's id and
/// the sum of the text.
///
/// The checksum tells whether the text has been edited since. That is no matter of trust, and
/// the sum takes longer than all the rest where a processor has no instructions for it.
type File = (String, u32, Id, Sum);

impl Bank {
    /// The bank as bytes, with its index; `None` if pictures belong to it, which lie in files
    /// of their own.
    pub fn compiled(&self, sources: &[Source]) -> Option<Vec<u8>> {
        if self.files.iter().any(|file| !file.pictures.is_empty()) {
            return None;
        }
        let file = |(source, file): (&Source, &BankFile)| {
            (source.name.clone(), checksum(source), file.id.clone(), file.sha256)
        };
        let files: Vec<File> = zip(sources, &self.files).map(file).collect();
        let bank = postcard::to_allocvec(self).ok()?;
        let index = postcard::to_allocvec(&self.index).ok()?;
        postcard::to_allocvec(&(files, bank, index)).ok()
    }

    /// The bank that [`Bank::compiled`] made of just these files; `None` if it was made of
    /// others, or by a release that kept something else.
    pub fn restored(
        bytes: &[u8],
        sources: &[Source],
        threads: NonZeroUsize,
    ) -> Option<Bank> {
        let (files, bank, index): (Vec<File>, &[u8], &[u8]) =
            postcard::from_bytes(bytes).ok()?;
        let named = |(source, (name, ..)): (&Source, &File)| source.name == *name;
        if files.len() != sources.len() || !zip(sources, &files).all(named) {
            return None;
        }
        let same =
            |(source, (_, known, ..)): (&Source, &File)| checksum(source) == *known;
        if !zip(sources, &files).all(same) {
            return None;
        }
        let (index, bank) = both(
            threads,
            || postcard::from_bytes::<Index>(index).ok(),
            || postcard::from_bytes::<Bank>(bank).ok(),
        );
        let (index, bank) = (index?, bank?);
        let file = |(_, _, id, sha256)| BankFile { id, sha256, pictures: Vec::new() };
        let files = files.into_iter().map(file).collect();
        Some(Bank { files, index, ..bank })
    }
}

fn checksum(source: &Source) -> u32 {
    crc32fast::hash(source.text.as_bytes())
}
