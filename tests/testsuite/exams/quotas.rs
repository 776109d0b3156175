//! Quotas by topic, level and difficulty, and rows: met exactly, or refused for a reason.

use std::collections::BTreeMap;
use std::fmt::Write;

use lembar::bank::{self, Bank};
use lembar::exam::{self, Blueprint, Exam};
use lembar::input::Source;
use lembar::job::Job;
use lembar::language::Language;

use crate::exams::{make, preset, properties};

/// The sections that quotas are tried on, with how many items each has.
const SECTIONS: [(&str, usize); 5] = [
    ("multiple-choice", 18),
    ("true-false", 6),
    ("short-answer", 6),
    ("multiple-answer", 2),
    ("essay", 3),
];

fn blueprint(text: &str) -> Blueprint {
    let source = Source { name: "kisi-kisi.toml".into(), text: text.to_string().into() };
    Blueprint::read(&source, &|_| unreachable!())
        .unwrap_or_else(|found| panic!("{found:?}"))
}

fn open(seed: u64) -> String {
    let mut text =
        format!("title = \"x\"\nbanks = [\"x\"]\nvariants = 1\nseed = {seed}\n");
    for (item_type, count) in SECTIONS {
        write!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}\n").unwrap();
    }
    text
}

/// How many items of an exam's section are alike in something.
fn counted(exam: &Exam, section: usize, by: usize) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for answer in
        exam.variants.held()[0].key.answers.iter().filter(|a| a.section == section)
    {
        let name = match by {
            0 => answer.about.topic.clone(),
            1 => answer.about.level.0.clone(),
            2 => answer.about.level.1.clone(),
            _ => answer.about.difficulty.to_string(),
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// Quotas that the items of an exam meet, and so others do as well.
fn quotas(exam: &Exam, which: u64) -> String {
    let mut text = String::new();
    for (section, (item_type, count)) in SECTIONS.into_iter().enumerate() {
        write!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}\n").unwrap();
        let level = 1 + (which as usize + section) % 2;
        for (by, key) in [(0, "topics"), (level, "levels"), (3, "difficulty")] {
            if which >> by & 1 == 1 {
                continue;
            }
            let counts = counted(exam, section, by).into_iter();
            // The last one is what is left over, now and then.
            let skipped = usize::from(which.is_multiple_of(3));
            let counts: Vec<String> = counts
                .skip(skipped)
                .map(|(name, count)| format!("{name} = {count}"))
                .collect();
            writeln!(text, "{key} = {{ {} }}", counts.join(", ")).unwrap();
        }
    }
    text
}

/// The same as rows: one for each item.
fn rows(exam: &Exam) -> String {
    let mut text = String::new();
    for (section, (item_type, _)) in SECTIONS.into_iter().enumerate() {
        write!(text, "[[section]]\ntype = \"{item_type}\"\n").unwrap();
        let answers =
            exam.variants.held()[0].key.answers.iter().filter(|a| a.section == section);
        for (index, answer) in answers.enumerate() {
            writeln!(text, "[[section.row]]\nindicator = \"x\"").unwrap();
            if index % 3 != 0 {
                writeln!(text, "topic = \"{}\"", answer.about.topic).unwrap();
            }
            if index % 3 != 1 {
                writeln!(text, "level = \"{}\"", answer.about.level.1).unwrap();
            }
            if index % 4 == 2 {
                writeln!(text, "difficulty = \"{}\"", answer.about.difficulty).unwrap();
            }
        }
    }
    text
}

/// Draws exams without quotas, and others with what these were made of.
fn many(seeds: std::ops::Range<u64>) {
    let mut job: Job = preset(Language::Id);
    for seed in seeds {
        job.blueprint = blueprint(&open(seed));
        let first = make(&job);
        let head = format!(
            "title = \"x\"\nbanks = [\"x\"]\nvariants = 2\nseed = {}\n",
            seed + 1
        );
        // A group fills a row as a whole, so rows of one item each cannot take it.
        let grouped = !first.variants.held()[0].paper.stimuli.is_empty();
        let rows = (!grouped).then(|| rows(&first));
        for asked in rows.into_iter().chain([quotas(&first, seed)]) {
            job.blueprint = blueprint(&format!("{head}{asked}"));
            let exam = exam::make(&job.bank, &job.blueprint).unwrap_or_else(|found| {
                panic!("seed {seed}: {}\n{asked}", found[0].message)
            });
            let found = properties::complaints(&exam, &job.blueprint);
            assert!(found.is_empty(), "seed {seed}:\n{}\n{asked}", found.join("\n"));
        }
    }
}

#[test]
fn quotas_are_met_exactly() {
    many(0..200);
}

#[test]
fn quotas_are_met_exactly_with_other_seeds() {
    many(1000..1200);
}

/// Groups are drawn whole, and what they have of each level and topic counts.
#[test]
fn groups_count_for_the_quotas_that_they_meet() {
    let mut job = preset(Language::Id);
    for seed in 0..60 {
        job.blueprint = blueprint(&format!(
            "title = \"x\"\nbanks = [\"x\"]\nvariants = 2\nseed = {seed}\n[[section]]\n\
             type = \"multiple-choice\"\ncount = 16\nstimuli = 2\n\
             topics = {{ dampak = 4, lembaga = 4, bentuk = 4 }}\n\
             levels = {{ L1 = 6, L2 = 6, L3 = 4 }}\n"
        ));
        let exam = make(&job);
        let found = properties::complaints(&exam, &job.blueprint);
        assert!(found.is_empty(), "seed {seed}:\n{}", found.join("\n"));
        let stimuli = &exam.variants.held()[0].paper.stimuli;
        assert_eq!(stimuli.len(), 2, "seed {seed}");
    }
}

/// A small number from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> usize {
        self.0 =
            self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % bound) as usize
    }
}

/// An item of a tiny bank.
struct Tiny {
    topic: &'static str,
    level: &'static str,
    difficulty: &'static str,
    facts: Vec<usize>,
}

const TINY: &str = r#"
[bank]
id = "kecil"
title = "Kecil"
language = "id"
[[topic]]
id = "a"
name = "A"
[[topic]]
id = "b"
name = "B"
[[kind]]
id = "k"
name = "k"
[[attribute]]
id = "x"
name = "x"
rule = "one"
reason = "{subject} {value}"
"#;

fn tiny(dice: &mut Dice, most_facts: u64) -> (Vec<Tiny>, Bank) {
    let mut text = TINY.to_string();
    for number in 0..5 {
        write!(
            text,
            "[[entity]]\nid = \"e{number}\"\nkind = \"k\"\nname = \"E{number}\"\n\
             attributes = {{ x = \"v{number}\" }}\n"
        )
        .unwrap();
    }
    let items: Vec<Tiny> = (0..3 + dice.below(6))
        .map(|_| {
            let mut facts: Vec<usize> =
                (0..1 + dice.below(most_facts)).map(|_| dice.below(5)).collect();
            facts.sort();
            facts.dedup();
            Tiny {
                topic: ["a", "b"][dice.below(2)],
                level: ["L1", "L2", "L3"][dice.below(3)],
                difficulty: ["easy", "medium", "hard"][dice.below(3)],
                facts,
            }
        })
        .collect();
    for (number, item) in items.iter().enumerate() {
        let facts: Vec<String> =
            item.facts.iter().map(|f| format!("\"e{f}.x\"")).collect();
        write!(
            text,
            "[[item]]\nid = \"i{number}\"\ntype = \"short-answer\"\ntopic = \"{}\"\n\
             level = \"{}\"\ncognitive = \"C1\"\ndifficulty = \"{}\"\nstem = \"x {number} ....\"\n\
             answers = [\"y\"]\nfacts = [{}]\n",
            item.topic,
            item.level,
            item.difficulty,
            facts.join(", ")
        )
        .unwrap();
    }
    let source = Source { name: "kecil.toml".into(), text: text.into() };
    let bank = bank::load(&[source]).unwrap_or_else(|found| panic!("{found:?}"));
    (items, bank)
}

/// What a tiny blueprint asks for: by topic, level and difficulty.
struct Asked {
    count: usize,
    topics: Option<usize>,
    levels: Option<[usize; 3]>,
    difficulty: Option<usize>,
}

impl Asked {
    fn text(&self) -> String {
        let mut text = "title = \"x\"\nbanks = [\"x\"]\nvariants = 1\n[[section]]\n\
                        type = \"short-answer\"\n"
            .to_string();
        writeln!(text, "count = {}", self.count).unwrap();
        if let Some(a) = self.topics {
            writeln!(text, "topics = {{ a = {a} }}").unwrap();
        }
        if let Some([one, two, three]) = self.levels {
            writeln!(text, "levels = {{ L1 = {one}, L2 = {two}, L3 = {three} }}")
                .unwrap();
        }
        if let Some(hard) = self.difficulty {
            writeln!(text, "difficulty = {{ hard = {hard} }}").unwrap();
        }
        text
    }

    /// Whether some choice of items has all of it: every choice is looked at.
    fn is_possible(&self, items: &[Tiny]) -> bool {
        (0_u32..1 << items.len()).any(|choice| {
            let chosen = items.iter().enumerate().filter(|(i, _)| choice >> i & 1 == 1);
            let chosen: Vec<&Tiny> = chosen.map(|(_, item)| item).collect();
            let count =
                |test: &dyn Fn(&Tiny) -> bool| chosen.iter().filter(|i| test(i)).count();
            let facts: Vec<usize> = chosen.iter().flat_map(|i| i.facts.clone()).collect();
            let levels = ["L1", "L2", "L3"].map(|level| count(&|i| i.level == level));
            chosen.len() == self.count
                && (0..5).all(|fact| facts.iter().filter(|&&f| f == fact).count() < 2)
                && self.topics.is_none_or(|a| count(&|i| i.topic == "a") == a)
                && self.levels.is_none_or(|wanted| wanted == levels)
                && self.difficulty.is_none_or(|h| count(&|i| i.difficulty == "hard") == h)
        })
    }
}

fn asked(dice: &mut Dice) -> Asked {
    let count = 1 + dice.below(5);
    let upto = |dice: &mut Dice, most: usize| dice.below(most as u64 + 1);
    let topics = (dice.below(2) == 0).then(|| upto(dice, count));
    let levels = (dice.below(2) == 0).then(|| {
        let one = upto(dice, count);
        let two = upto(dice, count - one);
        [one, two, count - one - two]
    });
    let difficulty = (dice.below(3) == 0).then(|| upto(dice, count));
    Asked { count, topics, levels, difficulty }
}

/// What is refused is impossible, and what is possible is drawn.
#[test]
fn refusals_are_as_brute_force_says() {
    let (mut possible, mut impossible) = (0, 0);
    for seed in 0..3000 {
        let mut dice = Dice(seed);
        let (items, bank) = tiny(&mut dice, 1);
        let asked = asked(&mut dice);
        let plan = blueprint(&asked.text());
        match exam::make(&bank, &plan) {
            Ok(exam) => {
                possible += 1;
                assert_eq!(properties::complaints(&exam, &plan), Vec::<String>::new());
                assert!(asked.is_possible(&items), "seed {seed}");
            }
            Err(found) => {
                impossible += 1;
                assert!(!asked.is_possible(&items), "seed {seed}: {}", found[0].message);
                let proven = !found[0].message.contains("could be drawn");
                assert!(proven, "seed {seed}: {}", found[0].message);
            }
        }
    }
    assert!(possible > 500 && impossible > 500, "{possible} {impossible}");
}

/// Items that ask several facts make it harder to see what is possible: what is drawn is
/// right, and what is proven impossible is.
#[test]
fn items_of_several_facts_are_never_refused_wrongly() {
    let mut given_up = 0;
    for seed in 0..3000 {
        let mut dice = Dice(seed);
        let (items, bank) = tiny(&mut dice, 3);
        let asked = asked(&mut dice);
        let plan = blueprint(&asked.text());
        match exam::make(&bank, &plan) {
            Ok(exam) => {
                assert_eq!(properties::complaints(&exam, &plan), Vec::<String>::new());
                assert!(asked.is_possible(&items), "seed {seed}");
            }
            Err(found) if found[0].message.contains("could be drawn") => {
                given_up += usize::from(asked.is_possible(&items));
            }
            Err(found) => {
                assert!(!asked.is_possible(&items), "seed {seed}: {}", found[0].message);
            }
        }
    }
    assert!(given_up <= 3, "{given_up} of 3000 were given up though possible");
}

/// What a hint says would do, does.
#[test]
fn remedies_do() {
    let mut tried = 0;
    for seed in 0..4000 {
        let mut dice = Dice(seed);
        let (_, bank) = tiny(&mut dice, 1);
        let mut asked = asked(&mut dice);
        let Err(found) = exam::make(&bank, &blueprint(&asked.text())) else { continue };
        let hint = found[0].hint.clone().unwrap_or_default();
        let counted = asked.levels.is_some() || asked.difficulty.is_some();
        let number = |before: &str| {
            hint[..hint.find(before)?]
                .trim_end()
                .rsplit(' ')
                .next()?
                .parse::<usize>()
                .ok()
        };
        let (Some(fewer), Some(a)) = (number("fewer items of topic `a`"), asked.topics)
        else {
            continue;
        };
        assert!(!counted, "seed {seed}: {hint}");
        (asked.count, asked.topics) = (asked.count - fewer, Some(a - fewer));
        if asked.count > 0 {
            let made = exam::make(&bank, &blueprint(&asked.text()));
            assert!(made.is_ok(), "seed {seed}: {hint}");
        }
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
}
