//! The output folder: files appear whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Document;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::record::{self, FileRecord, Record};
use crate::shard::Shard;
use crate::sum::Sum;

/// A folder that is being filled. What has been added becomes visible with
/// [`Output::finish`]; without it everything added disappears again.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// Whether the folder was made by this job.
    made: bool,
    /// Whether files of somebody else's may be overwritten.
    force: bool,
    /// Files that an earlier job recorded here, or was about to give their names.
    earlier: Earlier,
    /// Files of parts of the job, and what they are to be called.
    parts: Vec<(PathBuf, PathBuf)>,
    /// What temporary files are to be called.
    waiting: Vec<Box<Path>>,
    /// What is recorded of the documents that have been added.
    files: Vec<FileRecord>,
}

impl Output {
    /// Opens a folder, or makes it.
    ///
    /// A folder with files that lembar did not write is refused unless `force` is given.
    pub fn open(folder: &Path, force: bool) -> Result<Output, Diagnostic> {
        let shown = folder.display();
        let stopped = read_record(&folder.join(temporary(record::FILE_NAME)));
        let earlier = read_record(&folder.join(record::FILE_NAME));
        let made = match fs::read_dir(folder) {
            Ok(entries) => {
                let names = entries.flatten().map(|entry| entry.file_name());
                let names = names
                    .filter(|name| Shard::of_folder(&name.to_string_lossy()).is_none());
                let (left, others): (Vec<_>, Vec<_>) =
                    names.partition(|name| is_temporary(&name.to_string_lossy()));
                // What a job left that was killed on its way.
                for name in left {
                    let _ = fs::remove_file(folder.join(name));
                }
                let known = earlier.is_some() || stopped.is_some();
                if !others.is_empty() && !known && !force {
                    let message =
                        format!("the folder `{shown}` has files of somebody else's");
                    let hint = "choose another folder with `-o`, or add `--force`";
                    return Err(Diagnostic::error(message).hint(hint));
                }
                if earlier.as_ref().is_some_and(|r| !r.amendments.is_empty()) && !force {
                    let message = format!("the exam in `{shown}` has errata");
                    let hint = "choose another folder with `-o`, or add `--force` to print \
                                the keys as they were before";
                    return Err(Diagnostic::error(message).hint(hint));
                }
                false
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
                true
            }
            Err(error) => return Err(unwritable(folder, &error)),
        };
        let earlier = earlier.iter().chain(&stopped);
        Ok(Output {
            folder: folder.to_path_buf(),
            made,
            force,
            earlier: by_path(earlier.flat_map(|job| &job.files)),
            parts: Vec::new(),
            waiting: Vec::new(),
            files: Vec::new(),
        })
    }

    /// Opens the folder of a record again, to add to its files.
    pub fn reopen(folder: &Path, record: &Record, force: bool) -> Output {
        Output {
            folder: folder.to_path_buf(),
            made: false,
            force,
            earlier: by_path(&record.files),
            parts: Vec::new(),
            waiting: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Makes room for so many documents, so that lists of tens of thousands need not grow.
    pub fn reserve(&mut self, documents: usize) {
        self.waiting.reserve_exact(documents);
        self.files.reserve_exact(documents);
    }

    /// Adds a document.
    pub fn add(&mut self, document: Document) -> Result<(), Diagnostic> {
        let Document {
            name: path, role, variant, edition, pages, geometry, bytes, ..
        } = document;
        if path.contains(['/', '\\']) || self.is_waiting(&path) {
            let message = match self.is_waiting(&path) {
                true => format!("two documents would be called `{path}`"),
                false => format!("`{path}` is not the name of a file"),
            };
            let hint = "see to the names of files in the wording file, below `[files]`";
            return Err(Diagnostic::error(message).hint(hint));
        }
        self.spare_others(&path)?;
        self.write(&path, |file| file.write_all(&bytes))?;
        let sha256 = Sum::of(&bytes);
        self.files.push(FileRecord {
            path,
            role,
            variant,
            edition,
            pages,
            erratum: None,
            superseded: false,
            geometry,
            sha256,
        });
        Ok(())
    }

    /// Adds a document that is in the folder of a part of the job, or was moved from there
    /// by a join that was stopped on its way.
    pub fn take_over(&mut self, part: &str, file: &FileRecord) -> Result<(), Diagnostic> {
        let (from, to) =
            (self.folder.join(part).join(&file.path), self.folder.join(&file.path));
        let is_it = |path: &Path| {
            fs::read(path).is_ok_and(|bytes| Sum::of(&bytes) == file.sha256)
        };
        let sound = !file.path.contains(['/', '\\']);
        if sound && is_it(&from) {
            self.spare_others(&file.path)?;
            self.parts.push((from, to));
        } else if !sound || from.exists() || !is_it(&to) {
            let message = format!("`{}` is missing or was changed", from.display());
            let hint = "print this part again";
            return Err(Diagnostic::error(message).hint(hint));
        }
        Ok(())
    }

    /// Adds a file that lies elsewhere, and belongs to nobody's documents.
    pub fn add_elsewhere(&mut self, path: &Path, text: &str) -> Result<(), Diagnostic> {
        self.waiting.push(path.into());
        fs::write(temporary_path(path), text)
            .map_err(|error| unwritable_for(path, &error, "name another file"))
    }

    /// Takes out what has been recorded of the documents, for the record.
    pub fn take_files(&mut self) -> Vec<FileRecord> {
        std::mem::take(&mut self.files)
    }

    /// Adds the record, which has all documents, gives every file its name, and removes what
    /// an earlier job left here and this one did not make again.
    pub fn finish(mut self, record: &Record) -> Result<(), Diagnostic> {
        self.write(record::FILE_NAME, |file| json::write(file, record))?;
        let rename = |from: &Path, to: &Path| {
            fs::rename(from, to).map_err(|error| unwritable(to, &error))
        };
        for (part, path) in std::mem::take(&mut self.parts) {
            rename(&part, &path)?;
        }
        for path in std::mem::take(&mut self.waiting) {
            rename(&temporary_path(&path), &path)?;
        }
        self.made = false;
        for file in &record.files {
            self.earlier.remove(&file.path);
        }
        for (path, sums) in &self.earlier {
            remove_untouched(&self.folder, path, sums);
        }
        Ok(())
    }

    /// Refuses to overwrite a file that no earlier job wrote, or that was changed since.
    fn spare_others(&self, name: &str) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        let Ok(bytes) = fs::read(&path) else { return Ok(()) };
        let ours = |sums: &BTreeSet<Sum>| sums.contains(&Sum::of(&bytes));
        if self.force || self.earlier.get(name).is_some_and(ours) {
            return Ok(());
        }
        let message =
            format!("`{}` is somebody else's file, or was changed", path.display());
        Err(Diagnostic::error(message)
            .hint("move it away, choose another folder with `-o`, or add `--force`"))
    }

    /// Whether a file has been written that is to have this name.
    fn is_waiting(&self, name: &str) -> bool {
        let path = self.folder.join(name);
        temporary_path(&path).exists() && self.waiting.iter().any(|one| **one == *path)
    }

    fn write(
        &mut self,
        name: &str,
        content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Diagnostic> {
        let path = self.folder.join(name);
        if path.is_dir() {
            let message =
                format!("`{}` is a folder, and a file is to go there", path.display());
            return Err(
                Diagnostic::error(message).hint("choose another folder with `-o`")
            );
        }
        self.waiting.push(path.as_path().into());
        let write = || {
            let mut file = BufWriter::new(File::create(temporary_path(&path))?);
            content(&mut file)?;
            file.flush()
        };
        write().map_err(|error| unwritable(&path, &error))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        for path in &self.waiting {
            let _ = fs::remove_file(temporary_path(path));
        }
        if self.made {
            // Only an empty folder goes.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// What a file is called until it is whole.
fn temporary(name: &str) -> String {
    format!(".{name}.lembar-part")
}

/// Where a file is until it is whole.
fn temporary_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(temporary(&name))
}

/// Whether a file is one that never became whole.
fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".lembar-part")
}

/// Removes a folder that has nothing left but its record.
pub fn clear(folder: &Path) {
    let _ = fs::remove_file(folder.join(record::FILE_NAME));
    let _ = fs::remove_dir(folder);
}

/// Files by their paths, each with the sums that its bytes may have.
type Earlier = BTreeMap<String, BTreeSet<Sum>>;

fn by_path<'a>(files: impl IntoIterator<Item = &'a FileRecord>) -> Earlier {
    let mut earlier = Earlier::new();
    for file in files {
        earlier.entry(file.path.clone()).or_default().insert(file.sha256);
    }
    earlier
}

/// What is to be known of an earlier job from its record.
#[derive(Deserialize)]
struct EarlierJob {
    files: Vec<FileRecord>,
    #[serde(default)]
    amendments: Vec<IgnoredAny>,
}

/// The job of a record; `None` if there was no such job.
fn read_record(path: &Path) -> Option<EarlierJob> {
    let file = File::open(path).ok()?;
    serde_json::from_reader(BufReader::new(file)).ok()
}

/// Removes a recorded file if its bytes are still those of a record.
fn remove_untouched(folder: &Path, name: &str, sums: &BTreeSet<Sum>) {
    if name.contains(['/', '\\']) {
        return;
    }
    let path = folder.join(name);
    let same = fs::read(&path).is_ok_and(|bytes| sums.contains(&Sum::of(&bytes)));
    if same {
        let _ = fs::remove_file(path);
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Diagnostic {
    unwritable_for(path, error, "choose another folder with `-o`")
}

/// Says why a file cannot be written, and what to do unless the disk is full.
fn unwritable_for(path: &Path, error: &io::Error, remedy: &str) -> Diagnostic {
    let shown = path.display();
    let (message, hint) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
            format!("there is no room left to write `{shown}`"),
            "free some space, then try again",
        ),
        io::ErrorKind::NotADirectory => {
            (format!("`{shown}` leads through a file"), remedy)
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            (format!("`{shown}` may not be written"), remedy)
        }
        io::ErrorKind::NotFound => {
            (format!("`{shown}` lies in a folder that is not there"), remedy)
        }
        _ => (format!("`{shown}` cannot be written: {error}"), remedy),
    };
    Diagnostic::error(message).hint(hint)
}
