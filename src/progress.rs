//! How far a job has come, and whether it is to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::diagnostic::{Checked, Diagnostic};

/// How far a job has come, told to whoever watches it from another thread. Copies of it
/// tell the same.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    expected: AtomicUsize,
    sheets: AtomicUsize,
    pages: AtomicUsize,
    stopped: AtomicBool,
}

impl Progress {
    /// Tells how many sheets there are to be: papers, keys, lists and whatever else is laid
    /// out by itself.
    pub fn expect(&self, sheets: usize) {
        self.0.expected.store(sheets, Ordering::Relaxed);
    }

    /// How many sheets there are to be; 0 until that is known.
    pub fn expected(&self) -> usize {
        self.0.expected.load(Ordering::Relaxed)
    }

    /// Tells that a sheet has been laid out, and how many pages it takes.
    ///
    /// Fails if the job is to stop.
    pub fn laid_out(&self, pages: usize) -> Checked<()> {
        self.0.pages.fetch_add(pages, Ordering::Relaxed);
        self.0.sheets.fetch_add(1, Ordering::Relaxed);
        match self.is_stopped() {
            true => Err(vec![stopped()]),
            false => Ok(()),
        }
    }

    /// How many sheets have been laid out.
    pub fn sheets(&self) -> usize {
        self.0.sheets.load(Ordering::Relaxed)
    }

    /// How many pages they take.
    pub fn pages(&self) -> usize {
        self.0.pages.load(Ordering::Relaxed)
    }

    /// Asks the job to stop.
    pub fn stop(&self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the job is to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.load(Ordering::Relaxed)
    }
}

/// What is said of a job that was stopped.
pub fn stopped() -> Diagnostic {
    Diagnostic::error("the job was stopped, and none of its files was written").hint(
        "run the same command again; a large job can be printed in parts, of which those \
         that are finished stay: `--shard 1/10`, `--shard 2/10` …",
    )
}
