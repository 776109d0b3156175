//! The same job gives the same bytes: whatever ran before or beside it, wherever it ran.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use lembar::Document;
use lembar::bank::{Bank, Phrase};
use lembar::job::Overrides;
use lembar::language::Language;
use lembar::record::FileRole;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::made::{Made, built_in, make};

/// The bytes of every file of the built-in exam, two variants of it.
fn printed(language: Language, seed: u64) -> Vec<Document> {
    let overrides = Overrides {
        language: Some(language),
        seed: Some(seed),
        variants: Some(2),
        ..Overrides::default()
    };
    make(built_in(&overrides)).documents
}

#[test]
fn the_order_of_jobs_is_no_matter() {
    let one = || printed(Language::Id, 1);
    let other = || printed(Language::En, 2);
    let first = (one(), other(), one());
    let second = (other(), one(), other());
    assert!(first.0 == first.2, "the same job twice");
    assert!(first.0 == second.1, "after another job");
    assert!(first.1 == second.0 && second.0 == second.2, "the other job");
    assert!(first.0 != first.1);
}

#[test]
fn the_number_of_threads_is_no_matter() {
    let alone = printed(Language::Id, 1);
    for count in [1, 2, 8] {
        // Odd threads do another job, so that the jobs are at different places.
        let job = |index: u64| move || printed(Language::Id, 1 + index % 2);
        let threads: Vec<_> = (0..count).map(|index| thread::spawn(job(index))).collect();
        for (index, thread) in threads.into_iter().enumerate() {
            let same = thread.join().unwrap() == alone;
            assert_eq!(same, index % 2 == 0, "thread {index} of {count}");
        }
    }
}

/// An empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("determinism").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The program, in a folder.
fn lembar(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lembar"));
    command.current_dir(folder);
    command
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The names and bytes of the files in a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn folder_and_environment_are_no_matter() {
    let (here, there) = (folder("here"), folder("there/deep"));
    run(lembar(&here).args(["make", "--variants", "2", "-o", "out"]));
    let expected = files(&here.join("out"));
    assert_eq!(expected.len(), 6, "{:?}", expected.keys());

    run(lembar(&here).args(["make", "--variants", "2", "-o", "again"]));
    assert!(files(&here.join("again")) == expected, "the same once more");
    run(lembar(&here).args(["make", "--variants", "2", "-o", "again"]));
    assert!(files(&here.join("again")) == expected, "over what was there");

    let mut command = lembar(&there);
    command.env_clear();
    command.envs([("LC_ALL", "tr_TR.UTF-8"), ("LANG", "id_ID"), ("LANGUAGE", "ar")]);
    command.envs([("TZ", "Asia/Jakarta"), ("SOURCE_DATE_EPOCH", "1"), ("USER", "guru")]);
    command.env("HOME", &there).env("TMPDIR", &there).env("RAYON_NUM_THREADS", "7");
    let elsewhere = here.join("elsewhere");
    run(command.args(["make", "--variants", "2", "-o"]).arg(&elsewhere));
    assert!(files(&elsewhere) == expected, "in another environment");
}

#[test]
fn the_path_of_the_blueprint_is_no_matter() {
    let (here, there) = (folder("near"), folder("far"));
    let blueprint = here.join("ulangan.toml");
    run(lembar(&here).args(["new", "ulangan.toml"]));
    run(lembar(&here).args(["make", "ulangan.toml", "--variants", "2", "-o", "out"]));
    let out = there.join("out");
    let mut command = lembar(&there);
    command.arg("make").arg(&blueprint).args(["--variants", "2", "-o"]).arg(&out);
    run(&mut command);
    assert!(files(&here.join("out")) == files(&out));
}

/// Changes everything that the bank gives as a reason, and nothing else.
fn change_reasons(bank: &mut Bank) {
    let change = |phrase: &mut Phrase| {
        phrase.base.push_str(" (menurut sumber)");
        for (_, text) in phrase.translations.iter_mut() {
            text.push_str(" (as sources say)");
        }
    };
    bank.attributes.values_mut().for_each(|attribute| change(&mut attribute.reason));
    bank.labels.values_mut().for_each(|label| change(&mut label.reason));
    bank.cases
        .values_mut()
        .flat_map(|case| &mut case.refutes)
        .map(|(_, reason)| reason)
        .for_each(change);
    for item in bank.items.values_mut() {
        item.rationale.iter_mut().for_each(change);
        item.options.iter_mut().flat_map(|o| &mut o.rationale).for_each(change);
        item.guide.iter_mut().for_each(|criterion| change(&mut criterion.text));
    }
}

#[test]
fn papers_do_not_depend_on_reasons() {
    for language in Language::ALL {
        let overrides = Overrides { language: Some(language), ..Overrides::default() };
        let before = make(built_in(&overrides));
        let mut job = built_in(&overrides);
        change_reasons(&mut job.bank);
        let after = make(job);
        let both = before.documents.iter().zip(&after.documents);
        for (before, after) in both {
            let same = before.bytes == after.bytes;
            assert_eq!(same, before.role != FileRole::Key, "{}", before.name);
        }
    }
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// The names of an object's entries.
fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The record of the built-in exam, as the program writes it, and its folder.
fn recorded(name: &str) -> (Value, PathBuf) {
    let here = folder(name);
    run(lembar(&here).args(["make", "-o", "out"]));
    let text = fs::read_to_string(here.join("out/exam.json")).unwrap();
    (serde_json::from_str(&text).unwrap(), here.join("out"))
}

/// The names are a contract: other programs read them. More may be added here; none may
/// be renamed or go.
#[test]
fn the_record_keeps_its_contract() {
    let (record, _) = recorded("contract");
    let expected = [
        "banks",
        "blueprint",
        "blueprint_sha256",
        "files",
        "items",
        "language",
        "lembar",
        "seed",
        "spread",
        "title",
        "variants",
    ];
    assert_eq!(names(&record), expected);
    let expected = [
        "coincidences",
        "equal_any",
        "equal_next",
        "least_coincidences",
        "letters",
        "longest_run",
    ];
    assert_eq!(names(&record["spread"]), expected);
    assert_eq!(record["lembar"], env!("CARGO_PKG_VERSION"));
    let expected = make(built_in(&Overrides::default())).record;
    assert_eq!(record["seed"], expected.seed);
    assert_eq!(record["language"], "id");
    assert_eq!(record["title"], expected.title);
    assert_eq!(names(&record["banks"][0]), ["id", "sha256"]);
    for variant in record["variants"].as_array().unwrap() {
        let mut found = names(variant);
        found.retain(|name| *name != "stimuli");
        assert_eq!(found, ["code", "label", "questions"]);
        for question in variant["questions"].as_array().unwrap() {
            assert_question(question);
            assert_item(question, &record["items"]);
        }
    }
}

/// The entries that every question has.
const ALWAYS: [&str; 6] = ["item", "key", "number", "points", "section", "stem"];

fn assert_question(question: &Value) {
    let key = texts(&question["key"]);
    let count = |name: &str| question[name].as_array().map_or(0, Vec::len);
    let letters = |count: usize| ('A'..='Z').take(count).map(String::from);
    let letters: BTreeSet<String> = letters(count("options")).collect();
    let lettered = key.iter().all(|letter| letters.contains(*letter));
    let (more, right) = match question["type"].as_str().unwrap() {
        "multiple-choice" => (vec!["options"], lettered && key.len() == 1),
        "matching" => {
            (vec!["options", "premises"], lettered && key.len() == count("premises"))
        }
        "true-false" => (vec![], key == ["true"] || key == ["false"]),
        "short-answer" => (vec!["accepted"], key == texts(&question["accepted"])[..1]),
        "essay" => (vec!["guide"], key.is_empty()),
        other => panic!("the type {other}"),
    };
    assert!(right, "{question}");
    let mut expected = [ALWAYS.as_slice(), more.as_slice(), &["type"]].concat();
    expected.sort_unstable();
    let mut found = names(question);
    found.retain(|name| *name != "stimulus");
    assert_eq!(found, expected, "{question}");
}

/// What is said of an item, wherever it is asked.
fn assert_item(question: &Value, items: &Value) {
    let item = &items[question["item"].as_str().unwrap()];
    let (parts, why) = match question["type"].as_str().unwrap() {
        "multiple-choice" => (texts(&question["options"]), Some("rationales")),
        "matching" => (texts(&question["premises"]), Some("rationales")),
        "essay" => (Vec::new(), None),
        _ => (Vec::new(), Some("rationale")),
    };
    let mut expected = vec!["cognitive", "difficulty", "facts", "level"];
    expected.extend(why);
    expected.push("topic");
    assert_eq!(names(item), expected, "{question}");
    if why == Some("rationales") {
        let explained = names(&item["rationales"]).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(explained, parts.into_iter().collect(), "{question}");
    }
}

#[test]
fn the_record_knows_its_files() {
    let (record, folder) = recorded("files");
    let mut found = files(&folder);
    found.remove("exam.json");
    let listed = record["files"].as_array().unwrap();
    for file in listed {
        let path = file["path"].as_str().unwrap();
        let bytes = found.remove(path).unwrap_or_else(|| panic!("{path} is missing"));
        let hash = Sha256::digest(&bytes);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hash, "{path}");
        assert_eq!(bytes[..5], *b"%PDF-");
        let role = match path.split('-').next().unwrap() {
            "naskah" => "paper",
            "kunci" => "key",
            _ => "key-matrix",
        };
        assert_eq!(file["role"], role);
        let expected = match role {
            "key-matrix" => vec!["pages", "path", "role", "sha256"],
            _ => vec!["pages", "path", "role", "sha256", "variant"],
        };
        assert_eq!(names(file), expected);
    }
    assert_eq!(found.keys().collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(listed.len(), 9);
}

#[test]
fn the_record_names_what_it_was_made_from() {
    let Made { job, record, .. } = make(built_in(&Overrides::default()));
    let hashes: Vec<_> = job.sources.iter().map(|source| source.sum()).collect();
    assert!(!record.banks.is_empty());
    assert!(record.banks.iter().all(|bank| hashes.contains(&bank.sha256)));
    assert_eq!(record.blueprint_sha256, hashes[0]);
}
