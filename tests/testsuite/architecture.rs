//! The rooms import only what stands before them, and dice and PDFs have one place each.

use std::fs;
use std::path::{Path, PathBuf};

/// The leaves: modules that everyone may use.
const LEAVES: [&str; 21] = [
    "breaking",
    "diagnostic",
    "difficulty",
    "fonts",
    "hyphenation",
    "input",
    "item_type",
    "json",
    "language",
    "length",
    "paper",
    "parallel",
    "picture",
    "printing",
    "role",
    "roster",
    "shard",
    "space",
    "sum",
    "text",
    "theme",
];

/// What a room may import besides the leaves and itself.
const ROOMS: [(&str, &[&str]); 7] = [
    ("bank", &[]),
    ("exam", &["bank"]),
    // Items keep their type from the bank to the page's headings.
    ("sheet", &["exam", "bank", "wording"]),
    ("layout", &["sheet"]),
    ("render", &["layout"]),
    // No room, but beside them: it looks at what two of them made.
    ("lint", &["exam", "bank"]),
    // It stands on what came out, and on nothing that made it.
    ("verify", &["record"]),
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file without its comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<&str>>().join("\n")
}

/// The modules of the crate that a file names, as in `crate::bank::Bank`.
fn imports(code: &str) -> Vec<String> {
    code.match_indices("crate::")
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

#[test]
fn rooms_import_only_the_room_before_them() {
    for (room, allowed) in ROOMS {
        let found = files(&source().join(room));
        assert!(!found.is_empty(), "the room {room} is gone");
        for path in found {
            for module in imports(&code(&path)) {
                let fine = module == room
                    || allowed.contains(&module.as_str())
                    || LEAVES.contains(&module.as_str());
                assert!(fine, "{} imports {module}", path.display());
            }
        }
    }
}

#[test]
fn leaves_import_only_leaves() {
    for leaf in LEAVES {
        let file = source().join(format!("{leaf}.rs"));
        let folder = source().join(leaf);
        let mut found: Vec<PathBuf> =
            if folder.is_dir() { files(&folder) } else { Vec::new() };
        found.extend(file.is_file().then_some(file));
        assert!(!found.is_empty(), "the leaf {leaf} is gone");
        for path in found {
            for module in imports(&code(&path)) {
                let fine = LEAVES.contains(&module.as_str());
                assert!(fine, "{} imports {module}", path.display());
            }
        }
    }
}

#[test]
fn only_render_names_the_backend() {
    for path in files(&source()) {
        if path.starts_with(source().join("render")) {
            continue;
        }
        let code = code(&path);
        for name in ["printpdf", "lopdf"] {
            assert!(!code.contains(name), "{} names {name}", path.display());
        }
    }
}

#[test]
fn only_one_file_makes_dice() {
    let makes_dice = |path: &PathBuf| code(path).contains("rand::");
    let found: Vec<PathBuf> = files(&source()).into_iter().filter(makes_dice).collect();
    assert_eq!(found, [source().join("exam").join("seed.rs")]);
}

#[test]
fn layout_knows_no_questions() {
    for path in files(&source().join("layout")) {
        let code = code(&path).to_lowercase();
        for word in ["question", "answer", "variant", "exam::"] {
            assert!(!code.contains(word), "{} says {word}", path.display());
        }
    }
}

/// The student's data has no field that could hold an answer.
#[test]
fn papers_have_no_answers() {
    let code = code(&source().join("exam").join("mod.rs"));
    for name in ["pub struct Paper {", "pub struct Question {", "pub enum Body {"] {
        let start = code.find(name).unwrap_or_else(|| panic!("{name} is gone"));
        let body = &code[start..start + code[start..].find("\n}").unwrap()];
        for word in
            ["Answer", "Key", "Solution", "correct", "truth", "letter", "reason", "Id"]
        {
            assert!(!body.contains(word), "{name} has {word}");
        }
    }
    let composer = self::code(&source().join("sheet").join("paper.rs"));
    for word in ["Answer", "Solution", "Exam,", "Exam)", "Key"] {
        assert!(!composer.contains(word), "the paper's composer names {word}");
    }
}
