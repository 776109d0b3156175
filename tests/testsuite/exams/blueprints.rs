//! Exams by blueprints that nobody has written.

use std::fmt::Write;

use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::language::Language;

use crate::checker::Checker;
use crate::exams::{FILES, json, preset, properties};

/// A few small numbers from a seed.
struct Numbers(u64);

impl Numbers {
    fn between(&mut self, low: u64, high: u64) -> u64 {
        // The generator of Knuth's MMIX; its upper bits are random enough.
        self.0 =
            self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        low + (self.0 >> 33) % (high - low + 1)
    }
}

fn blueprint(seed: u64) -> String {
    const TOPICS: [&str; 8] = [
        "konsep", "tujuan", "manfaat", "bentuk", "lembaga", "prinsip", "dampak", "faktor",
    ];
    let mut numbers = Numbers(seed);
    let mut text =
        String::from("title = \"x\"\nbanks = [\"kerja-sama-internasional\"]\n");
    let language = ["id", "en"][numbers.between(0, 1) as usize];
    let numbering = ["continuous", "sections"][numbers.between(0, 1) as usize];
    let variants = numbers.between(1, 6);
    writeln!(text, "language = \"{language}\"\nnumbering = \"{numbering}\"").unwrap();
    writeln!(text, "seed = {seed}\nvariants = {variants}").unwrap();
    for _ in 0..numbers.between(1, 4) {
        let kind = numbers.between(0, 4) as usize;
        let (item_type, most) = [
            ("multiple-choice", 25),
            ("true-false", 12),
            ("matching", 2),
            ("short-answer", 8),
            ("essay", 4),
        ][kind];
        let count = numbers.between(1, most);
        writeln!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}").unwrap();
        writeln!(text, "points = {}", numbers.between(1, 10)).unwrap();
        writeln!(text, "options = {}", numbers.between(2, 5)).unwrap();
        writeln!(text, "pairs = {}", numbers.between(2, 6)).unwrap();
        writeln!(text, "extra = {}", numbers.between(1, 3)).unwrap();
        if kind < 2 {
            let topic = TOPICS[numbers.between(0, 7) as usize];
            writeln!(
                text,
                "topics = {{ {topic} = {} }}",
                numbers.between(1, count.min(3))
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn other_blueprints_make_exams_that_are_right() {
    let checker = Checker::new(&FILES);
    let bank = preset(Language::Id).bank;
    let mut made = 0;
    for seed in 0..60 {
        let text = blueprint(seed);
        let source = Source { name: format!("{seed}.toml"), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let exam = match exam::make(&bank, &plan) {
            Ok(exam) => exam,
            // A bank may be too small for a blueprint, and then says so.
            Err(findings) => {
                assert!(
                    findings.iter().all(|finding| finding.message.contains("yields"))
                );
                continue;
            }
        };
        made += 1;
        let mut found = properties::complaints(&exam, &plan);
        found.extend(checker.complaints(&json(&exam)));
        assert!(found.is_empty(), "{}\n{}", source.text, found.join("\n"));
    }
    assert!(made >= 30, "only {made} of 60 could be made");
}

/// About half of the statements are true, even if each topic gives only one.
#[test]
fn statements_are_balanced_over_topics() {
    let bank = preset(Language::Id).bank;
    for seed in 0..20 {
        let text = format!(
            "title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\n[[section]]\n\
             type = \"true-false\"\ncount = 6\n\
             topics = {{ konsep = 1, tujuan = 1, manfaat = 1, prinsip = 1, dampak = 1, faktor = 1 }}"
        );
        let source = Source { name: "x.toml".into(), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let exam = exam::make(&bank, &plan).unwrap();
        assert_eq!(properties::complaints(&exam, &plan), Vec::<String>::new(), "{seed}");
    }
}
