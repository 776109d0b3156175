//! Cases are folders of `tests/suite` that one could run by hand.
//!
//! A case has a file `command` with lines like `lembar make ulangan.toml -o out`, the files
//! that these read, and `expected/`: `result.txt` with the exit status and both outputs of
//! each, and every text or JSON file that they wrote. `UPDATE=1 cargo test suite` accepts
//! what the program does now.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of a folder by their names, folders below included.
type Files = BTreeMap<String, Vec<u8>>;

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if path.is_dir() {
            let below = files(&path).into_iter();
            found.extend(below.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(path).unwrap());
        }
    }
    found
}

fn write(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Runs a line of a case and says what came of it. If it fails, nothing may have changed.
fn run_line(line: &str, case: &Path, place: &Path) -> String {
    let (before, folders) = (files(place), folders(place));
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("lembar"), "the command of {}", case.display());
    let output = Command::new(env!("CARGO_BIN_EXE_lembar"))
        .args(words)
        .current_dir(place)
        .output()
        .unwrap();
    let status = output.status.code().unwrap();
    if status != 0 {
        let name = case.display();
        assert_eq!(before, files(place), "{name} failed, and left files or changed them");
        assert_eq!(folders, self::folders(place), "{name} left a folder");
    }
    let text =
        |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace('\\', "/");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    format!("status {status}\n--- stdout\n{out}--- stderr\n{err}")
}

/// How many folders a folder has.
fn folders(place: &Path) -> usize {
    let entries = fs::read_dir(place).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count()
}

/// Runs a case in a fresh copy of its folder and gives what is to be compared.
fn run(case: &Path, name: &str) -> Files {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("suite").join(name);
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let mut before = files(case);
    before.retain(|name, _| !name.starts_with("expected/"));
    write(&place, &before);
    let mut result = String::new();
    for line in fs::read_to_string(case.join("command")).unwrap().lines() {
        result += &run_line(line, case, &place);
    }
    let after = files(&place);
    let written =
        after.into_iter().filter(|(name, bytes)| before.get(name) != Some(bytes));
    let mut compared: Files = written
        .filter(|(name, _)| name.ends_with(".txt") || name.ends_with(".json"))
        .collect();
    compared.insert("result.txt".to_string(), result.into_bytes());
    compared
}

/// The first line in which two texts differ.
fn difference(expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) =
        (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let (mut left, mut right) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (left.next(), right.next()) {
            (None, None) => break,
            (left, right) if left == right => {}
            (left, right) => {
                let show = |line: Option<&str>| line.unwrap_or("(nothing)").to_string();
                return format!(
                    "line {number}\n  expected: {}\n  actual:   {}",
                    show(left),
                    show(right)
                );
            }
        }
    }
    "the ends of lines".to_string()
}

fn compare(name: &str, expected: &Files, actual: &Files) -> Vec<String> {
    let mut complaints = Vec::new();
    for (file, bytes) in actual {
        match expected.get(file) {
            None => complaints.push(format!("{name}: {file} is not expected")),
            Some(wanted) if wanted != bytes => {
                complaints.push(format!("{name}: {file}, {}", difference(wanted, bytes)));
            }
            Some(_) => {}
        }
    }
    let unused = expected.keys().filter(|file| !actual.contains_key(*file));
    complaints.extend(unused.map(|file| format!("{name}: {file} was not written")));
    complaints
}

#[test]
fn cases() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("suite");
    let update = std::env::var_os("UPDATE").is_some();
    let mut cases: Vec<PathBuf> =
        fs::read_dir(suite).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut complaints = Vec::new();
    for case in cases {
        let name = case.file_name().unwrap().to_str().unwrap();
        let actual = run(&case, name);
        let expected = case.join("expected");
        if update {
            let _ = fs::remove_dir_all(&expected);
            write(&expected, &actual);
        } else {
            complaints.extend(compare(name, &files(&expected), &actual));
        }
    }
    assert!(
        complaints.is_empty(),
        "{}\n\nUPDATE=1 cargo test suite accepts this",
        complaints.join("\n")
    );
}
