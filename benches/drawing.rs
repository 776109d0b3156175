//! How long it takes to read a bank and to draw 40 items from it: the built-in bank, and
//! banks of 1,000 and 10,000 facts that are made up here.
//!
//! `cargo bench --bench drawing` takes the median of 21 rounds, in which the banks take
//! turns, so that a busy machine slows all of them alike; `-- --quick` of five. Every
//! round draws with another seed.

use std::fmt::Write;
use std::time::{Duration, Instant};

use lembar::bank::{Bank, load};
use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::templates::{Kind, Templates};

use crate::bank::made_up;
use crate::time::{median, milliseconds};

#[path = "common/bank.rs"]
mod bank;
#[path = "common/time.rs"]
mod time;

/// How many facts the made-up banks have.
const SIZES: [usize; 2] = [1_000, 10_000];

/// Forty items of all types that patterns make.
const SECTIONS: [(&str, usize); 8] = [
    ("multiple-choice", 14),
    ("multiple-answer", 4),
    ("true-false", 7),
    ("categorize", 2),
    ("matching", 3),
    ("ordering", 1),
    ("short-answer", 6),
    ("essay", 3),
];

/// A bank, and what its rounds measured.
struct Row {
    name: String,
    sources: Vec<Source>,
    facts: usize,
    read: Vec<Duration>,
    draw: Vec<Duration>,
}

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let rounds = if quick { 5 } else { 21 };
    let mut rows = vec![row("built-in", built_in())];
    rows.extend(SIZES.map(|facts| row("made up", vec![made_up(facts)])));
    for seed in 0..rounds {
        for row in &mut rows {
            let start = Instant::now();
            let bank = load(&row.sources).expect("the bank is sound");
            row.read.push(start.elapsed());
            let blueprint = blueprint(seed);
            let start = Instant::now();
            exam::make(&bank, &blueprint).expect("the bank is large enough");
            row.draw.push(start.elapsed());
        }
    }
    println!(
        "bank       facts   read ms   draw ms   µs per 1,000 facts   ratio to linear"
    );
    let pace = |row: &Row| milliseconds(median(&row.draw)) * 1e6 / row.facts as f64;
    let smallest = pace(&rows[1]);
    for row in &rows {
        println!(
            "{:<9} {:>6} {:>9.2} {:>9.2} {:>20.0} {:>17.2}",
            row.name,
            row.facts,
            milliseconds(median(&row.read)),
            milliseconds(median(&row.draw)),
            pace(row),
            pace(row) / smallest,
        );
    }
}

fn row(name: &str, sources: Vec<Source>) -> Row {
    let bank = load(&sources).unwrap_or_else(|found| panic!("{found:?}"));
    let (facts, name) = (facts(&bank), name.to_string());
    Row { name, sources, facts, read: Vec::new(), draw: Vec::new() }
}

/// Everything that can be asked about: values, statements, cases and what is written by
/// hand.
fn facts(bank: &Bank) -> usize {
    let values = bank.entities.values().flat_map(|entity| entity.attributes.values());
    let values: usize = values.map(Vec::len).sum();
    values + bank.statements.len() + bank.cases.len() + bank.items.len()
}

fn built_in() -> Vec<Source> {
    let templates = Templates::default();
    let find = |kind| templates.find(kind, "kerja-sama-internasional");
    [Kind::Bank, Kind::Pattern].map(|kind| find(kind).expect("it is built in")).into()
}

fn blueprint(seed: u64) -> Blueprint {
    // What it takes to deal them into variants is measured by `arranging`.
    let mut text =
        format!("title = \"x\"\nbanks = [\"x\"]\nvariants = 1\nseed = {seed}\n");
    for (item_type, count) in SECTIONS {
        let _ = write!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}\n");
    }
    let source = Source { name: "blueprint.toml".into(), text: text.into() };
    let read = Blueprint::read(&source, &|_| unreachable!("it has no pictures"));
    read.unwrap_or_else(|found| panic!("{found:?}"))
}
