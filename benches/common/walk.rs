//! A walk through the rooms, and what its stages took.

use std::num::NonZeroUsize;
use std::time::Duration;

use lembar::Document;
use lembar::job::Job;
use lembar::record;
use lembar::verify::{Claim, Verifier};

/// What was printed into memory, and how long that took.
pub struct Walk {
    pub draw: Duration,
    pub print: Duration,
    pub verify: Duration,
    pub documents: Vec<Document>,
}

impl Walk {
    pub fn pages(&self) -> usize {
        self.documents.iter().map(|document| document.pages).sum()
    }

    pub fn bytes(&self) -> usize {
        self.documents.iter().map(|document| document.bytes.len()).sum()
    }
}

/// Draws, prints and proves an exam; `now` says how much time has gone by.
pub fn walk(job: &Job, now: &dyn Fn() -> Duration) -> Walk {
    let start = now();
    let (exam, _) = lembar::draw(job).unwrap_or_else(|found| panic!("{found:?}"));
    let drawn = now();
    let mut documents = Vec::new();
    lembar::print(job, &exam, &mut |document| {
        documents.push(document);
        Ok(())
    })
    .expect("it can be printed");
    let printed = now();
    let mut record = record::record(&exam, Vec::new());
    record.ask_for(&job.blueprint.documents);
    let mut verifier = Verifier::new(&record, NonZeroUsize::MIN);
    for document in &documents {
        verifier.document(Claim::from(document), &document.bytes);
    }
    assert!(verifier.finish().findings.is_empty(), "the papers agree with the record");
    let verified = now();
    let (draw, print, verify) = (drawn - start, printed - drawn, verified - printed);
    Walk { draw, print, verify, documents }
}
