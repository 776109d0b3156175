//! Mistakes in files and what is said of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Paper {
    title: String,
    #[serde(default)]
    section: Vec<Section>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Section {
    name: String,
    count: u32,
    #[serde(default)]
    kind: Kind,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    topics: BTreeMap<String, u32>,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    MultipleChoice,
    Essay,
}

fn source(text: &str) -> Source {
    Source { name: "ujian.toml".to_string(), text: text.to_string().into() }
}

/// The problems as `line:column+width message | hint`.
fn problems(text: &str) -> Vec<String> {
    let shown = |problem: Diagnostic| {
        let place = problem.place.expect("a place");
        let hint = problem.hint.map(|hint| format!(" | {hint}")).unwrap_or_default();
        format!(
            "{}:{}+{} {}{hint}",
            place.line, place.column, place.width, problem.message
        )
    };
    read::<Paper>(&source(text)).expect_err("problems").into_iter().map(shown).collect()
}

#[test]
fn a_sound_file_is_read() {
    let paper: Paper = read(&source("title = \"PAS\"\n")).unwrap();
    assert_eq!(paper, Paper { title: "PAS".to_string(), section: Vec::new() });
}

#[test]
fn all_problems_of_shape_are_reported_at_once() {
    let text = "title = 3\n\
                judul = \"PAS\"\n\
                [[section]]\n\
                name = \"Pilihan Ganda\"\n\
                count = \"ten\"\n\
                optoins = []\n\
                [[section]]\n\
                name = \"Uraian\"\n\
                count = -1\n\
                kind = \"esay\"\n\
                options = [\"a\", true]\n\
                topics = { lembaga = [1] }\n\
                [[section]]\n\
                count = 2\n";
    assert_eq!(
        problems(text),
        [
            "1:9+1 `title` must be text, not `3`",
            "2:1+5 unknown key `judul` | the keys here are `title`, `section`",
            "5:9+5 `count` must be a whole number, 0 or more, not the text `ten`",
            "6:1+7 unknown key `optoins` | did you mean `options`?",
            "9:9+2 `count` must be a whole number, 0 or more, not `-1`",
            "10:8+6 unknown value `esay` for `kind` | did you mean `essay`?",
            "11:17+4 each entry of `options` must be text, not `true`",
            "12:22+3 `lembaga` must be a whole number, 0 or more, not a list",
            "13:1+11 missing key `name` in `section`",
        ]
    );
}

#[test]
fn a_missing_key_names_its_entry() {
    assert_eq!(
        problems("[[section]]\nname = \"A\"\ntitle = 1\n"),
        [
            "1:1+11 missing key `count` in section `A`",
            "1:1+1 missing key `title` in the file",
            "3:1+5 unknown key `title` | the keys here are `name`, `count`, `kind`, \
             `options`, `topics`",
        ]
    );
}

#[test]
fn a_table_in_place_of_a_list_is_a_problem() {
    assert_eq!(
        problems("title = \"a\"\n[section]\nname = \"b\"\ncount = 1\n"),
        ["2:1+9 `section` must be a list, not a table | write `[[section]]`"]
    );
}

#[test]
fn all_problems_of_notation_are_reported_at_once() {
    assert_eq!(
        problems("title = “PAS”\ntitle = \"b\"\ncount = [1, 2\n"),
        [
            "1:9+5 text must stand between straight quotation marks | write `\"PAS\"`",
            "2:1+5 `title` is given twice | keep one of the two",
            "3:14+1 the array is not closed | end it with `]`",
        ]
    );
    assert_eq!(
        problems("title = \"a\nnama sekolah = 3\n"),
        [
            "1:11+1 the text is not closed | end it with `\"`",
            "2:6+1 a key has no value | write `key = value`; a key with spaces stands between \
             quotation marks",
        ]
    );
}

#[test]
fn what_is_sound_can_be_read_alone() {
    let text = "title = \"a\"\n[[section]]\nname = \"b\"\ncount = 1\nx = 1\n\
                [[section]]\nid = \"lost\"\n";
    let partial = read_partly::<Paper>(&source(text));
    assert_eq!(partial.value.unwrap().section.len(), 1);
    assert_eq!(partial.problems.len(), 3);
    assert!(partial.damaged.contains(&12));
    assert_eq!(partial.lost, BTreeSet::new());
}

#[test]
fn places_are_counted_in_characters() {
    let place = source("a = 1\nñé = “x” \n").place(13..20);
    assert_eq!((place.line, place.column, place.width), (2, 6, 3));
    assert_eq!(place.excerpt, "ñé = “x”");
    let place = source("a").place(7..9);
    assert_eq!((place.line, place.column, place.width), (1, 2, 1));
}

#[test]
fn the_nearest_word_is_found() {
    assert_eq!(nearest("optoins", ["text", "options"]), Some("options"));
    assert_eq!(nearest("lembga", ["lembaga", "manfaat"]), Some("lembaga"));
    assert_eq!(nearest("xyz", ["lembaga", "manfaat"]), None);
}

#[test]
fn the_hash_is_that_of_the_text() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(source("").sum().to_string(), empty);
}

/// What the usual file of a case says.
const USUAL: &str = "title = \"PAS\"\n\
                     [[section]]\nname = \"Isian\"\ncount = 5\ntopics = { asean = 2 }\n";

#[test]
fn what_a_file_leaves_out_is_as_in_the_usual_one() {
    let usual = source(USUAL);
    let read = |text: &str| read_over::<Paper>(&source(text), &usual);
    assert_eq!(read("").unwrap(), super::read(&usual).unwrap());
    let own = read("title = \"PTS\"\n").unwrap();
    assert_eq!((own.title.as_str(), own.section.len()), ("PTS", 1));
    // Lists are taken as they are.
    assert_eq!(read("section = []\n").unwrap().section, Vec::new());
}

#[test]
fn tables_are_completed_one_by_one() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Words {
        files: BTreeMap<String, String>,
    }
    let usual = source("[files]\nkey = \"kunci\"\npaper = \"naskah\"\n");
    let own = source("[files]\npaper = \"soal\"\n");
    let files = read_over::<Words>(&own, &usual).unwrap().files;
    assert_eq!(files["key"], "kunci");
    assert_eq!(files["paper"], "soal");
}

/// What comes from the usual file stands at places of that file, which mean nothing here.
#[test]
fn mistakes_are_found_in_the_own_file() {
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Words {
        title: String,
        year: u32,
    }
    // The year stands where the mistake does.
    let usual = source("year  = 7\ntitle = \"PAS\"\n");
    let own = source("title = 5\nclass = 9\n");
    let found = read_over::<Words>(&own, &usual).unwrap_err();
    let said = found.iter().map(|problem| {
        let line = problem.place.as_ref().map_or(0, |place| place.line);
        (line, problem.message.split(' ').next_back().unwrap_or_default())
    });
    assert_eq!(said.collect::<Vec<_>>(), [(1, "`5`"), (2, "`class`")]);
}

#[test]
fn places_below_a_table_are_found_by_their_keys() {
    let source = source("[documents]\nbingo = { side = 3, topics = [\"asean\"] }\n");
    let places = places_below(&source, "documents");
    let at = |way: &[&str]| {
        let way: Vec<String> = way.iter().map(|key| key.to_string()).collect();
        places.get(&way).map(|place| (place.line, place.column, place.width))
    };
    assert_eq!(at(&["bingo", "side"]), Some((2, 18, 1)));
    assert_eq!(at(&["bingo", "topics", "asean"]), Some((2, 31, 7)));
    assert_eq!(at(&["bingo"]), Some((2, 9, 32)));
    assert_eq!(at(&["crossword"]), None);
}

#[test]
fn slips_of_one_character_are_told_from_others() {
    let words = [
        "", "a", "tujuan", "tujuann", "tjuan", "tujaun", "tujuam", "ujuan", "manfaat",
        "tua",
    ];
    for one in words {
        for other in words {
            assert_eq!(
                is_one_off(one, other),
                distance(one, other) == 1,
                "{one} {other}"
            );
        }
    }
    assert!(is_one_off("élan", "elan") && is_one_off("a“”b", "a”“b"));
}
