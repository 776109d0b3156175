//! Words are parted where the dictionaries part them.
//!
//! `tests/hyphenation/` has a list for each language: a word with all breaks that are
//! right, and with those where lembar parts it, which are fewer where only a dictionary
//! could decide, and near its ends.

use std::fs;
use std::path::Path;

use lembar::breaking::LineBreaking;
use lembar::hyphenation::points;
use lembar::language::Language;
use lembar::templates::{Kind, Templates};

/// The built-in rules of all languages.
pub fn rules() -> LineBreaking {
    let find = |language: Language| {
        Templates::default().find(Kind::Breaking, language.code()).map_err(|e| vec![e])
    };
    LineBreaking::read(&find).unwrap()
}

fn parted(word: &str, language: Language) -> String {
    let mut parted = word.to_string();
    let rules = rules();
    let points = points(word, language, &rules.of(language).hyphenation);
    points.into_iter().rev().for_each(|point| parted.insert(point, '-'));
    parted
}

/// The bytes of a word before which its hyphens stand.
fn breaks(parted: &str) -> Vec<usize> {
    let hyphens = parted.match_indices('-').enumerate();
    hyphens.map(|(before, (at, _))| at - before).collect()
}

fn compare(language: Language, least: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hyphenation");
    let file = fs::read_to_string(path.join(format!("{}.txt", language.code()))).unwrap();
    let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= least);
    let mut wrong = Vec::new();
    for line in lines {
        let (right, expected) = line.split_once(' ').unwrap();
        let found = parted(&right.replace('-', ""), language);
        let right = breaks(right);
        let sound = breaks(&found).iter().all(|at| right.contains(at));
        if found != expected || !sound {
            wrong.push(format!("{line}: {found}{}", if sound { "" } else { " !" }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn indonesian_words_are_parted_by_the_rules_of_eyd() {
    compare(Language::Id, 150);
}

#[test]
fn english_words_are_parted_by_the_patterns_of_tex() {
    compare(Language::En, 25);
}

#[test]
fn names_abbreviations_and_numbers_stay_whole() {
    for word in ["Indonesia", "ASEAN", "ke-20", "abad21", "kerja-sama", "www.un.org"] {
        for language in Language::ALL {
            assert_eq!(parted(word, language), word);
        }
    }
}
