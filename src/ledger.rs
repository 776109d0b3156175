//! The ledger: which items have been used, when, and for which class.
//!
//! It is an input file like any other, so that the same files always make the same exam: an
//! exam that stands in it is drawn as if it and those after it did not.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::bank::Id;
use crate::diagnostic::Checked;
use crate::exam::Exam;
use crate::exam::blueprint::{Blueprint, Mode, Usage};
use crate::input::{self, Source};
use crate::sheet::Use;
use crate::sum::Sum;
use crate::templates;

/// What a new ledger begins with.
const HEAD: &str =
    "# Which items were used when, and for which class. Written by lembar.\n";

/// What each entry begins with.
const ENTRY: &str = "[[exam]]";

/// A ledger, and which exam is to be entered into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The file.
    pub path: PathBuf,
    text: String,
    exams: Vec<Entry>,
    own: Entry,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries {
    #[serde(default)]
    exam: Vec<Entry>,
}

/// An exam that was made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What it was made of: the same for the same blueprint, seed and mode.
    id: String,
    title: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    date: String,
    items: Vec<String>,
}

impl Ledger {
    /// Reads a ledger, which need not exist yet, for an exam by this blueprint.
    ///
    /// The blueprint is taken as it is written: title, class and date are those that it
    /// says before it is turned to another language.
    pub fn read(path: &Path, blueprint: &Blueprint) -> Checked<Ledger> {
        let name = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(vec![templates::unreadable(&name, &error)]),
        };
        let source = Source { name, text: text.into() };
        let exams = input::read::<Entries>(&source)?.exam;
        let identity = &blueprint.head.identity;
        let own = Entry {
            id: String::new(),
            title: blueprint.head.title_line(),
            class: identity.class.clone().unwrap_or_default(),
            date: identity.date.clone().unwrap_or_default(),
            items: Vec::new(),
        };
        Ok(Ledger {
            path: path.to_path_buf(),
            text: source.text.into_owned(),
            exams,
            own,
        })
    }

    /// How often items had been used before an exam: by its class, and by all.
    pub fn usage(&self, blueprint: &Blueprint, makeup: bool) -> Usage {
        let id = id(blueprint, makeup);
        let earlier = self.exams.iter().take_while(|exam| exam.id != id);
        let mut usage = Usage::new();
        for exam in earlier {
            let own = usize::from(exam.class == self.own.class);
            for item in &exam.items {
                let (of_class, of_all) = usage.entry(item.clone()).or_default();
                *of_class += own;
                *of_all += 1;
            }
        }
        usage
    }

    /// The exams before this one that asked an item, in the order in which they were made.
    pub fn uses(&self, blueprint: &Blueprint, item: &str) -> Vec<Use> {
        let id = id(blueprint, blueprint.makeup);
        let earlier = self.exams.iter().take_while(|exam| exam.id != id);
        let asked = earlier.filter(|exam| exam.items.iter().any(|asked| asked == item));
        let used = asked.map(|exam| Use {
            title: exam.title.clone(),
            class: exam.class.clone(),
            date: exam.date.clone(),
        });
        used.collect()
    }

    /// The text of the ledger with an exam entered; `None` if it stands there as it is.
    pub fn with(&self, blueprint: &Blueprint, exam: &Exam) -> Option<String> {
        let mut items: BTreeSet<Id> = BTreeSet::new();
        for variant in &exam.variants {
            items.extend(
                variant.key.answers.iter().map(|answer| answer.about.item.clone()),
            );
        }
        let items: Vec<Id> = items.into_iter().collect();
        let entry =
            Entry { id: id(blueprint, blueprint.makeup), items, ..self.own.clone() };
        let place = self.exams.iter().position(|exam| exam.id == entry.id);
        let Some(place) = place else {
            let text = if self.text.is_empty() { HEAD } else { self.text.trim_end() };
            return Some(format!("{}\n\n{}", text.trim_end(), entry.text()));
        };
        (self.exams[place].items != entry.items).then(|| self.replaced(place, &entry))
    }

    /// The text with another entry in the place of one.
    fn replaced(&self, place: usize, entry: &Entry) -> String {
        let mut starts = self.text.match_indices(ENTRY).map(|(at, _)| at);
        // The word may stand inside a text, but never at the start of a line.
        let mut starts =
            starts.by_ref().filter(|&at| at == 0 || self.text[..at].ends_with('\n'));
        let start = starts.nth(place).unwrap_or(self.text.len());
        let (before, after) =
            (&self.text[..start], starts.next().map(|end| &self.text[end..]));
        let after = after.map_or(String::new(), |after| format!("\n{after}"));
        format!("{before}{}{after}", entry.text())
    }
}

impl Entry {
    fn text(&self) -> String {
        // What JSON quotes, TOML reads as well.
        let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
        let mut text = format!("{ENTRY}\nid = {}\n", quoted(&self.id));
        for (key, value) in
            [("title", &self.title), ("class", &self.class), ("date", &self.date)]
        {
            if !value.is_empty() {
                text += &format!("{key} = {}\n", quoted(value));
            }
        }
        let items = self.items.iter().map(|item| format!("  {},\n", quoted(item)));
        text += &format!("items = [\n{}]\n", items.collect::<String>());
        text
    }
}

/// What an exam is known by: its blueprint, seed and mode.
fn id(blueprint: &Blueprint, makeup: bool) -> String {
    let mode = match blueprint.mode {
        _ if makeup => "makeup",
        Mode::Shuffled => "shuffled",
        Mode::Parallel => "parallel",
    };
    let all = format!("{} {} {mode}", blueprint.sha256, blueprint.seed);
    Sum::of(all.as_bytes()).to_string()[..16].to_string()
}
