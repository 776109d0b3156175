//! What is read from bank files, and what is wrong with them.

use super::*;
use crate::bank::{Ask, Rule};

/// A sound bank; what tests add starts in line 101.
const BASE: &str = r#"
[bank]
id = "uji"
title = "Bank uji"
language = "id"

[[topic]]
id = "lembaga"
name = "Lembaga internasional"
en = { name = "International institutions" }

[[label]]
id = "manfaat"
name = "manfaat kerja sama"
disjoint = ["dampak-negatif"]
reason = "{statement} termasuk manfaat"
en = { name = "benefits of cooperation", reason = "{statement} is a benefit" }

[[label]]
id = "dampak-negatif"
name = "dampak negatif kerja sama"
reason = "termasuk dampak negatif"

[[label]]
id = "tujuan"
name = "tujuan kerja sama"
reason = "termasuk tujuan"

[[kind]]
id = "lembaga"
name = "lembaga internasional"

[[attribute]]
id = "pusat"
name = "kedudukan kantor pusat"
rule = "one"
reason = "{subject} berpusat di {value}"
en = { name = "headquarters", reason = "{subject} has its headquarters in {value}" }

[[attribute]]
id = "berdiri"
name = "tahun berdiri"
rule = "listed"
ordered = true
reason = "{subject} berdiri pada {value}"

[[term]]
text = "Jenewa"
aliases = ["Kota Jenewa"]
en = { text = "Geneva" }

[[source]]
id = "s1"
title = "Buku guru"

[[statement]]
id = "m-devisa"
noun = "penambahan devisa"
labels = ["manfaat"]
cluster = "keuntungan"
en = { noun = "foreign exchange" }

[[statement]]
id = "m-untung"
noun = "keuntungan dagang"
verb = "memberi keuntungan dagang"
labels = ["manfaat"]
also = ["tujuan"]
cluster = "keuntungan"
sources = ["s1"]
as_of = 2026-11-21

[[entity]]
id = "wto"
kind = "lembaga"
name = "WTO"
aliases = ["Organisasi Perdagangan Dunia"]
sources = ["s1"]
[entity.attributes]
pusat = "Jenewa"
berdiri = [1995, { value = "1948", historical = true, en = "1948 (GATT)" }]
[entity.en]
name = "the WTO"
berdiri = ["in 1995", "in 1948"]

[[case]]
id = "kasus"
text = "Indonesia mengekspor kopi."
shows = "m-devisa"
refutes = { "m-untung" = "contoh itu tidak menyebut laba" }
en = { text = "Indonesia exports coffee.", refutes = { "m-untung" = "no profit" } }









"#;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_string(), text: text.to_string().into() }
}

fn base() -> Bank {
    load(&[source("uji.toml", BASE)]).expect("a sound bank")
}

/// The problem as `line:column+width message | hint`.
fn shown(problem: &Diagnostic) -> String {
    let hint = problem.hint.as_ref().map(|hint| format!(" | {hint}")).unwrap_or_default();
    let at = problem
        .place
        .as_ref()
        .map(|place| format!("{}:{}+{} ", place.line, place.column, place.width));
    format!("{}{}{hint}", at.unwrap_or_default(), problem.message)
}

/// The problems of the sound bank with something added to it.
fn problems(added: &str) -> Vec<String> {
    assert_eq!(BASE.lines().count(), 100);
    let text = format!("{BASE}{added}");
    let problems = load(&[source("uji.toml", &text)]).expect_err("problems");
    problems.iter().map(shown).collect()
}

#[test]
fn a_file_that_is_no_toml_is_the_only_problem() {
    let broken = source("rusak.toml", "[[statement]]\nid = \"a\"\nid = \"b\"\n");
    let patterns = r#"
[[pattern]]
id = "p"
type = "true-false"
topic = "hilang"
level = "L1"
cognitive = "C1"
ask = { value = "hilang", kinds = ["hilang"] }
stems = ["{subject} {value}."]
"#;
    let patterns = source("pola.toml", patterns);
    let problems = load(&[broken, patterns]).expect_err("problems");
    let shown: Vec<String> = problems.iter().map(shown).collect();
    assert_eq!(shown, ["3:1+2 `id` is given twice | keep one of the two"]);
}

#[test]
fn facts_are_read_with_translations() {
    let bank = base();
    assert_eq!(bank.files[0].id, "uji");
    let wto = &bank.entities["wto"];
    assert_eq!(wto.name.in_language(Language::En), "the WTO");
    assert_eq!(
        wto.attributes.get("pusat").unwrap()[0].text.in_language(Language::En),
        "Geneva"
    );
    let founded = wto.attributes.get("berdiri").unwrap();
    assert_eq!(founded[0].text.base, "1995");
    assert_eq!(founded[0].text.in_language(Language::En), "in 1995");
    assert_eq!(founded[1].text.in_language(Language::En), "1948 (GATT)");
    assert!(founded[1].standing.historical);
    assert_eq!(bank.attributes["berdiri"].rule, Rule::Listed);
    assert_eq!(bank.statements["m-untung"].standing.as_of.as_deref(), Some("2026-11-21"));
    assert_eq!(bank.statements["m-untung"].phrasings.len(), 2);
    let refuted = bank.cases["kasus"].refutes.get("m-untung").unwrap();
    assert_eq!(refuted.in_language(Language::En), "no profit");
    assert_eq!(wto.place.line, 74);
}

#[test]
fn files_are_merged() {
    let patterns = r#"
        [[pattern]]
        id = "pusat-pg"
        type = "multiple-choice"
        topic = "lembaga"
        level = "L1"
        cognitive = "C1"
        ask = { value = "pusat", kinds = ["lembaga"] }
        stems = ["Kantor pusat {subject} berada di kota ...."]
        en = { stems = ["The headquarters of {subject} are in ...."] }
        [[pattern]]
        id = "manfaat-uraian"
        type = "essay"
        topic = "lembaga"
        level = "L2"
        cognitive = "C2"
        ask = { label = "manfaat", count = 3 }
        stems = ["Sebutkan {count} {label}!"]
        lines = 6
    "#;
    let files = [source("pola.toml", patterns), source("uji.toml", BASE)];
    let bank = load(&files).expect("a sound bank");
    let stem = &bank.patterns["pusat-pg"].stems[0];
    assert_eq!(
        stem.in_language(Language::En),
        "The headquarters of {subject} are in ...."
    );
    let Ask::Label { count, phrasing, .. } = &bank.patterns["manfaat-uraian"].ask else {
        panic!("another ask");
    };
    assert_eq!((*count, phrasing.as_str()), (3, "noun"));
}

/// A bank that is read in several pieces, with something at its end.
fn long(added: &str) -> Source {
    let term = |n| format!("[[term]]\ntext = \"Istilah {n}\"\naliases = [\"I-{n}\"]\n");
    let text: String =
        [BASE.to_string()].into_iter().chain((0..3000).map(term)).collect();
    source("uji.toml", &[&text, added].concat())
}

fn in_pieces(source: &Source, threads: usize) -> Option<raw::File> {
    assert!(pieces(&source.text).len() > 2);
    let threads = NonZeroUsize::new(threads).unwrap();
    read_sound(std::slice::from_ref(source), threads).remove(0)?.value
}

#[test]
fn a_long_file_reads_the_same_in_pieces() {
    let source = long(&BASE[BASE.find("[[topic]]").unwrap()..]);
    let whole: Partial<raw::File> = read_partly(&source);
    let whole = format!("{:?}", whole.value.unwrap());
    for threads in 1..=3 {
        assert_eq!(format!("{:?}", in_pieces(&source, threads).unwrap()), whole);
    }
}

#[test]
fn a_long_file_with_a_problem_is_read_as_a_whole() {
    let head = &BASE[..BASE.find("[[topic]]").unwrap()];
    for added in [head, "[[item]]\nid = 3\n", "[topic.x]\nname = \"x\"\n", "[[term"] {
        let source = long(added);
        assert!(in_pieces(&source, 2).is_none(), "{added}");
        let whole: Partial<raw::File> = read_partly(&source);
        assert_eq!(load(&[source]).unwrap_err(), whole.problems);
    }
}

#[test]
fn names_of_values_are_not_those_of_entities() {
    let entity = |id: &str| {
        format!("[[entity]]\nid = \"{id}\"\nkind = \"lembaga\"\nname = \"{id}\"\n")
    };
    let text = format!("{BASE}{}{}", entity("g"), entity("g-2"));
    let bank = load(&[source("uji.toml", &text)]).expect("a sound bank");
    for (entity, index, name) in
        [("g", 0, "g"), ("g", 1, "g#2"), ("g", 2, "g-3"), ("g-2", 0, "g-2")]
    {
        assert_eq!(bank.value_name(&entity.to_string(), index), name);
        assert_eq!(bank.value_named(name), Some((entity.to_string(), index)));
    }
    for name in ["g-1", "g#3", "x", "x-2", "g-0"] {
        assert_eq!(bank.value_named(name), None, "{name}");
    }
}

#[test]
fn an_item_on_an_entity_rests_on_all_its_attributes() {
    let item = r#"
        [[item]]
        id = "x"
        type = "true-false"
        topic = "lembaga"
        level = "L1"
        cognitive = "C1"
        stem = "WTO mengatur perdagangan."
        truth = true
        facts = ["wto", "m-devisa"]
    "#;
    let bank = load(&[source("uji.toml", &format!("{BASE}{item}"))]).expect("a bank");
    let facts: Vec<_> = bank.items["x"].facts.iter().map(String::as_str).collect();
    assert_eq!(facts, ["m-devisa", "wto", "wto.berdiri", "wto.pusat"]);
}

#[test]
fn problems_of_all_files_are_reported_in_order() {
    let one = source("satu.toml", "[[topic]]\nid = \"t\"\nnama = \"T\"\n");
    let two =
        source("dua.toml", "[bank]\nid = \"b\"\ntitle = \"B\"\nlanguage = \"jv\"\n");
    let three = source("tiga.toml", "[[item]\n");
    let problems = load(&[one, two, three]).expect_err("problems");
    let files: Vec<_> =
        problems.iter().map(|p| p.place.as_ref().map(|p| &p.file[..])).collect();
    let found: Vec<_> = problems.iter().map(shown).collect();
    assert_eq!(
        files,
        [Some("satu.toml"), Some("satu.toml"), Some("dua.toml"), Some("tiga.toml")]
    );
    assert_eq!(
        found,
        [
            "1:1+9 missing key `name` in topic `t`",
            "3:1+4 unknown key `nama` | did you mean `name`?",
            "4:12+4 unknown value `jv` for `language` | it may be `id`, `en`",
            "1:8+1 the array table is not closed | end it with `]`",
        ]
    );
}

#[test]
fn an_empty_bank_is_an_error() {
    let empty = load(&[source("a.toml", "")]).expect_err("problems");
    assert_eq!(
        shown(&empty[0]),
        "none of the files is a bank | add a `[bank]` table with `id`, `title` and `language`"
    );
    let text = "[bank]\nid = \"a\"\ntitle = \"A\"\nlanguage = \"id\"\n";
    let empty = load(&[source("a.toml", text)]).expect_err("problems");
    assert_eq!(
        shown(&empty[0]),
        "the bank holds no facts and no items | add a `[[statement]]`, an `[[entity]]` or an \
         `[[item]]`"
    );
}

#[test]
fn a_bank_that_promises_a_translation_keeps_it() {
    let text = BASE.replacen(
        "language = \"id\"",
        "language = \"id\"\nlanguages = [\"id\", \"en\"]",
        1,
    );
    let problems = load(&[source("uji.toml", &text)]).expect_err("problems");
    let hint = " | add it to `en`, or take the language out of `languages`";
    let found: Vec<_> = problems.iter().map(shown).map(|p| p.replace(hint, "")).collect();
    assert_eq!(
        found,
        [
            "21:6+16 `name` of `dampak-negatif` is not translated into English",
            "21:6+16 `reason` of `dampak-negatif` is not translated into English",
            "26:6+8 `name` of `tujuan` is not translated into English",
            "26:6+8 `reason` of `tujuan` is not translated into English",
            "31:6+9 `name` of `lembaga` is not translated into English",
            "42:6+9 `name` of `berdiri` is not translated into English",
            "42:6+9 `reason` of `berdiri` is not translated into English",
            "65:6+10 `noun` of `m-untung` is not translated into English",
            "65:6+10 `verb` of `m-untung` is not translated into English",
        ]
    );
}

fn check(cases: &[(&str, &[&str])]) {
    for (added, expected) in cases {
        assert_eq!(problems(added), *expected, "{added}");
    }
}

mod cloze;
mod facts;
mod questions;
mod stimuli;
