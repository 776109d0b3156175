//! How long it takes to deal 40 items into 1, 5, 40, 100, 1,000 and 4,000 variants, without
//! printing any.
//!
//! `cargo bench --bench arranging` takes the median of eleven rounds, in which the numbers of
//! variants take turns, so that a busy machine slows all of them alike; `-- --quick` of three.
//! The time to draw the items is in it, as the row of one variant shows.

use std::fmt::Write;
use std::time::{Duration, Instant};

use lembar::bank;
use lembar::exam::blueprint::labels;
use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::templates::{Kind, Templates};

use crate::time::{median, milliseconds};

#[path = "common/time.rs"]
mod time;

/// How many variants there are.
const SIZES: [usize; 6] = [1, 5, 40, 100, 1_000, 4_000];

/// Forty items.
const SECTIONS: [(&str, usize); 3] =
    [("multiple-choice", 25), ("true-false", 10), ("short-answer", 5)];

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let rounds = if quick { 3 } else { 11 };
    let templates = Templates::default();
    let find = |kind| templates.find(kind, "kerja-sama-internasional");
    let sources =
        [Kind::Bank, Kind::Pattern].map(|kind| find(kind).expect("it is there"));
    let bank = bank::load(&sources).expect("the bank is sound");
    let kinds = [("plain", false), ("uniform", true)];
    println!("key       variants   arrange ms   µs a variant");
    for (name, uniform) in kinds {
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); SIZES.len()];
        for seed in 0..rounds {
            for (&variants, times) in SIZES.iter().zip(&mut times) {
                let mut blueprint = blueprint(seed);
                blueprint.uniform_key = uniform;
                blueprint.variants = labels(variants);
                let start = Instant::now();
                exam::make(&bank, &blueprint).expect("the bank is large enough");
                times.push(start.elapsed());
            }
        }
        for (variants, times) in SIZES.iter().zip(times) {
            let time = milliseconds(median(&times));
            let each = time * 1000.0 / *variants as f64;
            println!("{name:<9} {variants:>8} {time:>12.2} {each:>14.1}");
        }
    }
}

fn blueprint(seed: u64) -> Blueprint {
    let mut text = format!("title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\n");
    for (item_type, count) in SECTIONS {
        let _ = write!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}\n");
    }
    let source = Source { name: "blueprint.toml".into(), text: text.into() };
    let read = Blueprint::read(&source, &|_| unreachable!("it has no pictures"));
    read.unwrap_or_else(|found| panic!("{found:?}"))
}
