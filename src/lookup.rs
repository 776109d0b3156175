//! Whose sheet this is: finds the code that is printed on it in the records of exams.
//!
//! A record is believed only while everything that it was made from and everything that it
//! tells of is as it was.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::exam::Change;
use crate::exam::code::{Code, Misread, is_a_slip, normal};
use crate::item_type::ItemType;
use crate::job::{self, Overrides};
use crate::record::{
    FILE_NAME, FileRecord, FileRole, PlaceRecord, QuestionRecord, Record, VariantRecord,
};
use crate::sum::Sum;
use crate::templates::{self, Kind, Templates};

/// A sheet that was found by its code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// The folder of its record.
    pub folder: PathBuf,
    /// The title of the exam.
    pub title: String,
    /// The variant.
    pub variant: String,
    /// The code, as it is printed.
    pub code: String,
    /// Whose copy it is, if it is a student's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student: Option<String>,
    /// The files that it is printed in, with its key.
    pub files: Vec<String>,
    /// The answers, in printed order.
    pub answers: Vec<Answer>,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The number of the question.
    pub number: u32,
    /// The number of its section, from 1.
    pub section: usize,
    /// The kind of task.
    #[serde(rename = "type")]
    pub item_type: ItemType,
    /// The key, as the record and its errata have it; `void` if the question is void.
    pub key: Vec<String>,
}

/// Finds the sheet with a code in the record of a folder or of a folder in it. Unless
/// `force` is given, a record is refused whose bank, blueprint or files were changed.
pub fn look_up(written: &str, folder: &Path, force: bool) -> Result<Sheet, Diagnostic> {
    let records = records(folder)?;
    let shown = folder.display();
    let found = match written.parse::<Code>() {
        Ok(code) => find(&records, &code.to_string()).map(|found| (found, code)),
        Err(misread) => return Err(misread_code(written, misread, &records)),
    };
    let Some(((folder, record, variant), code)) = found else {
        let message =
            format!("no sheet of the exams in `{shown}` has the code `{written}`");
        let hint = "name the folder that the exam was printed to, or the one around it";
        return Err(Diagnostic::error(message).hint(hint));
    };
    if !force {
        unchanged(folder, record, variant)?;
    }
    Ok(sheet(folder, record, variant, &code.to_string()))
}

/// The records of a folder and of the folders in it.
fn records(folder: &Path) -> Result<Vec<(PathBuf, Record)>, Diagnostic> {
    let below = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = below.map(|entry| entry.path()).collect();
    folders.sort();
    folders.insert(0, folder.to_path_buf());
    folders.retain(|folder| folder.join(FILE_NAME).is_file());
    if folders.is_empty() {
        // Says what is missing.
        return Record::open(folder).map(|record| vec![(folder.to_path_buf(), record)]);
    }
    let open = |folder: PathBuf| Record::open(&folder).map(|record| (folder, record));
    folders.into_iter().map(open).collect()
}

/// The sheet with a code, and its record.
fn find<'a>(
    records: &'a [(PathBuf, Record)],
    code: &str,
) -> Option<(&'a Path, &'a Record, &'a VariantRecord)> {
    records.iter().find_map(|(folder, record)| {
        let copy = record.copies.iter().find(|copy| copy.code == code);
        let mut variants = record.variants.held().iter();
        let variant = variants.find(|variant| match copy {
            Some(copy) => variant.label == copy.variant,
            None => variant.code == code,
        })?;
        Some((folder.as_path(), record, variant))
    })
}

/// Says what is wrong with a code, and which codes may be meant.
fn misread_code(
    written: &str,
    misread: Misread,
    records: &[(PathBuf, Record)],
) -> Diagnostic {
    let message = match misread {
        Misread::Length(count) => {
            format!("`{written}` has {count} characters, and a code has 10")
        }
        Misread::Character(char) => format!("`{char}` stands in no code"),
        Misread::Checks => {
            format!("the check characters of `{written}` do not fit: it is misread")
        }
    };
    let all = records.iter().flat_map(|(_, record)| {
        let variants = record.variants.held().iter().map(|v| (&v.code, &v.label));
        variants.chain(record.copies.iter().map(|copy| (&copy.code, &copy.variant)))
    });
    let near = all.filter(|(code, _)| is_a_slip(&normal(written), &normal(code)));
    let near: Vec<String> =
        near.map(|(code, label)| format!("{code} (variant {label})")).collect();
    let hint = match near.is_empty() {
        true => "read it again from the foot of the page".to_string(),
        false => format!("one slip away: {}", near.join(", ")),
    };
    Diagnostic::error(message).hint(hint)
}

/// Fails if anything that a record tells of is not as it was.
fn unchanged(
    folder: &Path,
    record: &Record,
    variant: &VariantRecord,
) -> Result<(), Diagnostic> {
    let changed = |what: String| {
        let message = format!("{what} was changed after the exam was printed");
        Err(Diagnostic::error(message).hint(
            "the key may not be that of the sheet; `--force` shows it nevertheless",
        ))
    };
    for file in files(record, variant) {
        let bytes = fs::read(folder.join(&file.path));
        if bytes.is_ok_and(|bytes| Sum::of(&bytes) != file.sha256) {
            return changed(format!("`{}`", folder.join(&file.path).display()));
        }
    }
    let Some((source, place)) = blueprint(folder, record) else { return Ok(()) };
    if source.sum() != record.blueprint_sha256 {
        return changed(format!("the blueprint `{}`", source.name));
    }
    let beside = place.as_ref().map(|place| place.join("templates"));
    let templates = Templates { folder: beside, named: false };
    let name = source.name.clone();
    let overrides = Overrides { language: Some(record.language), ..Overrides::default() };
    match job::read(source, &place.unwrap_or_default(), &templates, &overrides) {
        Ok(job) if job.bank.files == record.banks => Ok(()),
        Ok(_) => changed(format!("a bank of `{name}`")),
        Err(_) => changed(format!("what `{name}` names")),
    }
}

/// The files of a variant: its own, and those that all variants share.
fn files<'a>(
    record: &'a Record,
    variant: &VariantRecord,
) -> impl Iterator<Item = &'a FileRecord> {
    let label = variant.label.clone();
    record
        .files
        .iter()
        .filter(move |file| file.variant.as_ref().is_none_or(|of| *of == label))
}

/// The blueprint of a record, where it can be found again, and the folder that it is in: a
/// built-in one, or a file beside the folder, in it or where the program runs.
fn blueprint(
    folder: &Path,
    record: &Record,
) -> Option<(crate::input::Source, Option<PathBuf>)> {
    let name = record.blueprint.as_ref()?;
    if !name.ends_with(".toml") {
        let found = Templates::default().find(Kind::Preset, name).ok()?;
        return Some((found, None));
    }
    let around = folder.parent().map(Path::to_path_buf);
    let places = [around, Some(folder.to_path_buf()), Some(PathBuf::new())];
    let found = places.into_iter().flatten().filter_map(|place| {
        let source = templates::read(&place.join(name)).ok()?;
        Some((source, Some(place)))
    });
    let mut found: Vec<_> = found.collect();
    // Another file may have the same name.
    let same =
        found.iter().position(|(source, _)| source.sum() == record.blueprint_sha256);
    (!found.is_empty()).then(|| found.swap_remove(same.unwrap_or(0)))
}

fn sheet(folder: &Path, record: &Record, variant: &VariantRecord, code: &str) -> Sheet {
    let copy = record.copies.iter().find(|copy| copy.code == code);
    let is_its = |file: &&FileRecord| match copy {
        Some(copy) => file.role != FileRole::Paper || file.path == copy.file,
        None => true,
    };
    let answers = variant.questions.iter().map(|question| Answer {
        number: question.number,
        section: question.section,
        item_type: question.item_type,
        key: key(record, variant, question),
    });
    Sheet {
        folder: folder.to_path_buf(),
        title: record.title.clone(),
        variant: variant.label.clone(),
        code: code.to_string(),
        student: copy.map(|copy| copy.name.clone()),
        files: files(record, variant)
            .filter(|file| !file.superseded && is_its(file))
            .map(|file| file.path.clone())
            .collect(),
        answers: answers.collect(),
    }
}

/// The key of a question as errata left it.
fn key(
    record: &Record,
    variant: &VariantRecord,
    question: &QuestionRecord,
) -> Vec<String> {
    let number = (question.section, question.number);
    let is_meant = |place: &&PlaceRecord| {
        place.variant == variant.label && (place.section, place.number) == number
    };
    let last = record.amendments.iter().rev().find_map(|amended| {
        Some((&amended.amendment.change, amended.places.iter().find(is_meant)?))
    });
    match last {
        None => question.key.iter().map(|part| part.to_string()).collect(),
        Some((Change::Void { .. }, _)) => vec!["void".to_string()],
        Some((_, place)) => place.key.iter().map(|part| part.join("/")).collect(),
    }
}
