//! Items written by hand: a bad and a good example for each rule.

use lembar::input::Source;
use lembar::lint;
use serde::Deserialize;

use crate::lint::{codes, lexicon};

/// What every bank of these tests begins with.
const BANK: &str = r#"
bank = { id = "uji", title = "Uji", language = "LANGUAGE" }
topic = [{ id = "t", name = "T" }]
kind = [{ id = "lembaga", name = "lembaga" }]
attribute = [{ id = "anggota", name = "anggota", rule = "one", reason = "{subject}: {value}" }]

[[entity]]
id = "mee"
kind = "lembaga"
name = "MEE"
historical = true

[[entity]]
id = "asean"
kind = "lembaga"
name = "ASEAN"
attributes = { anggota = { value = "11", as_of = "2025-10-26" } }

[[label]]
id = "tujuan"
name = "tujuan"
reason = "termasuk tujuan"

[[statement]]
id = "damai"
noun = "perdamaian"
labels = ["tujuan"]
scope = "umum"

[[item]]
id = "soal"
topic = "t"
level = "L1"
cognitive = "C1"
"#;

#[derive(Deserialize)]
struct Examples {
    rule: Vec<Example>,
}

/// Two items of a bank. Both break no rule but the one that the bad example is for.
#[derive(Deserialize)]
struct Example {
    code: String,
    #[serde(default = "indonesian")]
    language: String,
    bad: String,
    good: String,
}

fn indonesian() -> String {
    "id".to_string()
}

fn found(item: &str, language: &str) -> Vec<String> {
    let text = BANK.replace("LANGUAGE", language) + item;
    let source = Source { name: "bank.toml".into(), text: text.into() };
    let bank = lembar::bank::load(&[source]);
    let bank = bank.unwrap_or_else(|found| panic!("{item}\n{found:#?}"));
    codes(&lint::bank(&bank, &lexicon())).into_iter().map(str::to_string).collect()
}

#[test]
fn each_rule_finds_its_bad_example_and_spares_the_good_one() {
    let examples: Examples = toml::from_str(include_str!("items.toml")).unwrap();
    let mut complaints = Vec::new();
    for Example { code, language, bad, good } in examples.rule {
        let (in_bad, in_good) = (found(&bad, &language), found(&good, &language));
        if in_bad != [code.clone()] || !in_good.is_empty() {
            complaints
                .push(format!("{code}: {in_bad:?} and {in_good:?} in\n{bad}{good}"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// A pattern is looked at with the statements that it asks.
#[test]
fn patterns_ask_no_facts_beyond_their_scope() {
    let item = "type = \"true-false\"\nstem = \"WTO mengatur dagang.\"\ntruth = true\n";
    let pattern = |asks: &str| {
        format!(
            "{item}\n[[pattern]]\nid = \"p\"\ntype = \"multiple-choice\"\ntopic = \"t\"\n\
             level = \"L1\"\ncognitive = \"C1\"\nask = {{ label = \"tujuan\", pool = [\"tujuan\"] }}\n\
             stems = [\"Salah satu tujuan {asks} adalah ....\"]\n"
        )
    };
    assert_eq!(found(&pattern("kerja sama ekonomi internasional"), "id"), ["PG28"]);
    assert_eq!(found(&pattern("kerja sama internasional"), "id"), [""; 0]);
}
