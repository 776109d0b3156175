//! Jobs, and what they make.

use std::path::Path;

use lembar::Document;
use lembar::exam::Exam;
use lembar::input::Source;
use lembar::job::{self, Job, Overrides};
use lembar::record::{self, FileRecord, FileRole, Record};
use lembar::sum::Sum;
use lembar::templates::{Kind, Templates};

/// Everything that a job made, with what it was made from.
pub struct Made {
    pub job: Job,
    pub exam: Exam,
    pub record: Record,
    pub documents: Vec<Document>,
}

impl Made {
    /// The documents of a role, in the order of their variants.
    pub fn of_role(&self, role: FileRole) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(move |document| document.role == role)
    }
}

/// The job of the exam that is printed when no blueprint is named.
pub fn built_in(overrides: &Overrides) -> Job {
    let source = Templates::default().find(Kind::Preset, "ulangan-harian").unwrap();
    read(source, overrides)
}

/// The job of a blueprint.
pub fn job(blueprint: &str, overrides: &Overrides) -> Job {
    let (name, text) = ("blueprint.toml".to_string(), blueprint.to_string());
    read(Source { name, text: text.into() }, overrides)
}

fn read(source: Source, overrides: &Overrides) -> Job {
    let read = job::read(source, Path::new(""), &Templates::default(), overrides);
    read.unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// Does a job.
pub fn make(job: Job) -> Made {
    let mut documents = Vec::new();
    let exam = lembar::make(&job, &mut |document| {
        documents.push(document);
        Ok(())
    });
    let exam = exam.unwrap_or_else(|findings| panic!("{findings:?}"));
    let record = record::record(&exam, documents.iter().map(file).collect());
    Made { job, exam, record, documents }
}

fn file(document: &Document) -> FileRecord {
    FileRecord {
        path: document.name.clone(),
        role: document.role,
        variant: document.variant.clone(),
        edition: document.edition.clone(),
        pages: document.pages,
        erratum: None,
        superseded: false,
        geometry: document.geometry.clone(),
        sha256: Sum::of(&document.bytes),
    }
}
