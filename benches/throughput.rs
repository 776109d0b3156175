//! Pages per second and bytes per page of the default exam at 1, 10 and 100 variants.
//!
//! `cargo bench --bench throughput` takes the median of eleven rounds, in which the sizes
//! take turns, so that a busy machine slows all of them alike; `-- --quick` of three.

use std::path::Path;
use std::time::{Duration, Instant};

use lembar::job::{self, Overrides};
use lembar::templates::{Kind, Templates};

const SIZES: [usize; 3] = [1, 10, 100];

/// What one round of one size measured.
struct Round {
    read: Duration,
    make: Duration,
    pages: usize,
    bytes: usize,
}

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let rounds = if quick { 3 } else { 11 };
    let mut measured: Vec<Vec<Round>> = SIZES.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (size, rounds) in SIZES.iter().zip(&mut measured) {
            rounds.push(round(*size));
        }
    }
    println!(
        "variants   pages   read ms   make ms   pages/s   bytes/page   ms a variant   ratio"
    );
    let mut first = None;
    for (size, rounds) in SIZES.iter().zip(&measured) {
        let read = median(rounds.iter().map(|round| round.read));
        let make = median(rounds.iter().map(|round| round.make));
        let Round { pages, bytes, .. } = rounds[0];
        let each = milliseconds(make) / *size as f64;
        let first = *first.get_or_insert(each);
        println!(
            "{size:>8} {pages:>7} {:>9.2} {:>9.2} {:>9.0} {:>12.0} {each:>14.2} {:>7.2}",
            milliseconds(read),
            milliseconds(make),
            pages as f64 / make.as_secs_f64(),
            bytes as f64 / pages as f64,
            each / first,
        );
    }
}

/// Reads the built-in job and prints it into memory.
fn round(variants: usize) -> Round {
    let templates = Templates::default();
    let overrides = Overrides { variants: Some(variants), ..Overrides::default() };
    let start = Instant::now();
    let preset =
        templates.find(Kind::Preset, "ulangan-harian").expect("the preset is there");
    let job =
        job::read(preset, Path::new(""), &templates, &overrides).expect("it is sound");
    let read = start.elapsed();
    let (mut pages, mut bytes) = (0, 0);
    let start = Instant::now();
    lembar::make(&job, &mut |document| {
        pages += document.pages;
        bytes += document.bytes.len();
        Ok(())
    })
    .expect("it can be printed");
    Round { read, make: start.elapsed(), pages, bytes }
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
