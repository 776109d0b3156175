//! Exams of the types that the built-in preset does not use.

use lembar::exam::{self, Answer, Blueprint, Exam, Solution};
use lembar::input::Source;
use lembar::language::Language;

use crate::checker::Checker;
use crate::exams::{json, names, preset, properties};

/// The bank that has items of these types written by hand.
const SUITE: &str = include_str!("../../suite/bentuk-baru/bank.toml");

/// Sections that the built-in bank can fill, whatever the seed.
const SECTIONS: &str = r#"
[[section]]
type = "multiple-choice"
count = 5
[[section]]
type = "multiple-answer"
count = 5
[[section]]
type = "multiple-answer"
count = 2
options = 6
right = [3, 4]
[[section]]
type = "categorize"
count = 2
rows = 5
[[section]]
type = "ordering"
count = 1
steps = 5
"#;

/// The exam of the case `bentuk-baru` with another seed, and its blueprint.
fn drawn_by_hand(seed: u64) -> (Exam, Blueprint) {
    let bank = Source { name: "bank.toml".into(), text: SUITE.into() };
    let bank = lembar::bank::load(&[bank]).unwrap();
    let text = include_str!("../../suite/bentuk-baru/ulangan.toml");
    let source = Source { name: "x.toml".into(), text: text.into() };
    let mut plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
    plan.seed = seed;
    plan.head.language = [Language::Id, Language::En][seed as usize % 2];
    let exam = exam::make(&bank, &plan).unwrap_or_else(|f| panic!("{seed}: {f:?}"));
    (exam, plan)
}

/// What the case `bentuk-baru` prints holds for every seed.
#[test]
fn types_written_by_hand() {
    let checker = Checker::new(&[SUITE]);
    for seed in 0..100 {
        let (exam, plan) = drawn_by_hand(seed);
        let mut found = properties::complaints(&exam, &plan);
        found.extend(checker.complaints(&json(&exam)));
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
    }
}

/// A key that lacks an entry, or has one in another's place, does not pass.
#[test]
fn keys_that_are_wrong_are_found() {
    let checker = Checker::new(&[SUITE]);
    let record = json(&drawn_by_hand(7).0);
    let questions = record["variants"][0]["questions"].as_array().unwrap();
    assert_eq!(checker.complaints(&record), Vec::<String>::new());
    for (place, question) in questions.iter().enumerate() {
        let key = question["key"].as_array().unwrap();
        let mut lacking = key.clone();
        lacking.pop();
        let mut turned = key.clone();
        turned.rotate_left(1);
        for wrong in [lacking, turned].into_iter().filter(|wrong| wrong != key) {
            let mut record = record.clone();
            record["variants"][0]["questions"][place]["key"] = wrong.into();
            assert!(!checker.complaints(&record).is_empty(), "{}", question["item"]);
        }
    }
}

/// The paper as data has no field for an answer, and none that nobody has thought about.
#[test]
fn papers_of_new_types_have_fields_for_questions_only() {
    const FIELDS: [&str; 19] = [
        "label",
        "code",
        "stimuli",
        "stimulus",
        "questions",
        "number",
        "section",
        "item",
        "points",
        "stem",
        "body",
        "Boxes",
        "Categories",
        "rows",
        "categories",
        "Steps",
        "Cloze",
        "text",
        "words",
    ];
    for variant in drawn_by_hand(1).0.variants.held() {
        let mut fields = Vec::new();
        names(&serde_json::to_value(&variant.paper).unwrap(), &mut fields);
        for field in fields {
            assert!(FIELDS.contains(&field.as_str()), "{field}");
        }
    }
}

/// The language changes words, never which letters are right.
#[test]
fn letters_are_the_same_in_both_languages() {
    let bank = preset(Language::Id).bank;
    for seed in 0..8 {
        let keys = ["id", "en"].map(|language| {
            let text = format!(
                "title = \"x\"\nbanks = [\"x\"]\nlanguage = \"{language}\"\n\
                 seed = {seed}\n{SECTIONS}"
            );
            let source = Source { name: "x.toml".into(), text: text.into() };
            let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
            let record = json(&exam::make(&bank, &plan).unwrap());
            let questions = record["variants"][0]["questions"].as_array().unwrap();
            let lettered = questions.iter().filter(|q| q["type"] != "categorize");
            lettered.map(|q| (q["item"].clone(), q["key"].clone())).collect::<Vec<_>>()
        });
        assert_eq!(keys[0], keys[1]);
    }
}

/// How often each letter is among the right ones differs by one at most, in every variant.
#[test]
fn right_letters_are_balanced() {
    let bank = preset(Language::Id).bank;
    for seed in 0..100 {
        let text = format!(
            "title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\nvariants = 3\n\
             section = [{{ type = \"multiple-answer\", count = {} }}]",
            2 + seed % 7
        );
        let source = Source { name: "x.toml".into(), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let exam = exam::make(&bank, &plan).unwrap_or_else(|f| panic!("{seed}: {f:?}"));
        for variant in exam.variants.held() {
            let letters = |answer: &Answer| match &answer.solution {
                Solution::Options { letters, .. } => letters.clone(),
                other => panic!("{other:?}"),
            };
            let letters: Vec<char> =
                variant.key.answers.iter().flat_map(letters).collect();
            let count = |letter| letters.iter().filter(|&&l| l == letter).count();
            let counts = ['A', 'B', 'C', 'D', 'E'].map(count);
            let (least, most) = (counts.iter().min(), counts.iter().max());
            assert!(most.unwrap() - least.unwrap() <= 1, "{seed}: {counts:?}");
        }
    }
}
