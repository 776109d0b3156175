//! The finished PDFs are opened again by another library and compared with the record.

mod cursor;
mod file;
mod key;
mod page;
mod paper;
mod scripts;
pub mod seen;

use std::sync::LazyLock;

use lembar::job::Overrides;
use lembar::language::Language;
use lembar::record::FileRole;
use lembar::theme::Theme;

use self::seen::Page;
use crate::made::{Made, built_in, job, make};

/// An exam that fits on one page, without a letterhead, numbered anew in each section.
const SHORT: &str = r#"
title = "Kuis *Kerja Sama*"
banks = ["kerja-sama-internasional"]
seed = 7
variants = ["Pagi", "Siang"]
paper = "a4"
numbering = "sections"

[[section]]
type = "multiple-choice"
count = 4

[[section]]
type = "short-answer"
count = 3
"#;

/// An exam with groups of items that share a stimulus.
const GROUPS: &str = r#"
title = "Kuis"
banks = ["kerja-sama-internasional"]
seed = 5
variants = 3

[[section]]
type = "multiple-choice"
count = 16
stimuli = 4

[[section]]
type = "essay"
count = 2
stimuli = 1
lines = 4
"#;

/// An exam and the pages of its documents, as they are read back.
struct Sample {
    name: String,
    made: Made,
    pages: Vec<Vec<Page>>,
}

impl Sample {
    fn new(name: impl Into<String>, made: Made) -> Sample {
        let pages = made.documents.iter().map(|document| seen::pages(&document.bytes));
        let pages = pages.collect();
        Sample { name: name.into(), made, pages }
    }

    /// The pages of the documents of a role, in the order of their variants.
    fn of_role(&self, role: FileRole) -> impl Iterator<Item = &Vec<Page>> {
        let documents = self.made.documents.iter().zip(&self.pages);
        documents.filter(move |(document, _)| document.role == role).map(|(_, p)| p)
    }
}

/// The exams: as they come, on other papers, in another language, and on a single page.
static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let paper = |name: &str| Overrides {
        paper: Some(name.to_string()),
        variants: Some(2),
        ..Overrides::default()
    };
    let english = Overrides {
        language: Some(Language::En),
        variants: Some(2),
        ..Overrides::default()
    };
    vec![
        Sample::new("default", make(built_in(&Overrides::default()))),
        Sample::new("a4", make(built_in(&paper("a4")))),
        Sample::new("a5", make(built_in(&paper("a5")))),
        Sample::new("english", make(built_in(&english))),
        Sample::new("short", make(job(SHORT, &Overrides::default()))),
        Sample::new("groups", make(job(GROUPS, &Overrides::default()))),
        Sample::new("groups in English", make(job(GROUPS, &english))),
    ]
});

/// The built-in exam in every theme, on large and small paper.
static THEMED: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let mut samples = Vec::new();
    for theme in Theme::names() {
        for (paper, language) in [
            ("f4", Language::En),
            ("a4", Language::Id),
            ("b5", Language::En),
            ("a5", Language::Id),
        ] {
            let overrides = Overrides {
                theme: Some(theme.to_string()),
                paper: Some(paper.to_string()),
                language: Some(language),
                variants: Some(1),
                ..Overrides::default()
            };
            let name = format!("{theme} on {paper} in {}", language.name());
            samples.push(Sample::new(name, make(built_in(&overrides))));
        }
    }
    samples
});

/// A section's number.
const ROMAN: [&str; 5] = ["I", "II", "III", "IV", "V"];

/// The letter of an option.
fn letter(index: usize) -> String {
    char::from(b'A' + index as u8).to_string()
}
