//! Pages per second and bytes per page of the default exam, and how long it takes to prove
//! them: 1 to 100 variants, and personal copies for 40 and 1,000 students.
//!
//! `cargo bench --bench throughput` takes the median of five rounds, in which the jobs take
//! turns, so that a busy machine slows all of them alike; `-- --quick` of one.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use lembar::input::Source;
use lembar::job::{self, Job, Overrides};
use lembar::record;
use lembar::roster::Roster;
use lembar::templates::{Kind, Templates};
use lembar::verify::{Claim, Verifier};

/// How many variants there are, and how many students get copies of them.
const JOBS: [(usize, usize); 7] =
    [(1, 0), (5, 0), (10, 0), (40, 0), (100, 0), (4, 40), (4, 1_000)];

/// What one round of one job measured.
struct Round {
    read: Duration,
    draw: Duration,
    print: Duration,
    verify: Duration,
    pages: usize,
    bytes: usize,
}

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let rounds = if quick { 1 } else { 5 };
    let mut measured: Vec<Vec<Round>> = JOBS.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for ((variants, students), rounds) in JOBS.iter().zip(&mut measured) {
            rounds.push(round(*variants, *students));
        }
    }
    println!(
        "variants  copies   pages  read ms   draw ms  print ms verify ms  pages/s  \
         bytes/page  ms a page  ratio"
    );
    let mut first = None;
    for ((variants, students), rounds) in JOBS.iter().zip(&measured) {
        let time =
            |of: fn(&Round) -> Duration| milliseconds(median(rounds.iter().map(of)));
        let (read, draw) = (time(|round| round.read), time(|round| round.draw));
        let (print, verify) = (time(|round| round.print), time(|round| round.verify));
        let Round { pages, bytes, .. } = rounds[0];
        let each = (draw + print + verify) / pages as f64;
        let ratio = each / *first.get_or_insert(each);
        println!(
            "{variants:>8} {students:>7} {pages:>7} {read:>8.2} {draw:>9.2} {print:>9.2} \
             {verify:>9.2} {:>8.0} {:>11.0} {each:>10.3} {ratio:>6.2}",
            pages as f64 / (draw + print + verify) * 1000.0,
            bytes as f64 / pages as f64,
        );
    }
}

/// Reads the built-in job, and prints it into memory.
fn round(variants: usize, students: usize) -> Round {
    let start = Instant::now();
    let job = job(variants, students);
    let read = start.elapsed();
    let (mut documents, start) = (Vec::new(), Instant::now());
    let (exam, _) = lembar::draw(&job).expect("the bank is large enough");
    let draw = start.elapsed();
    let start = Instant::now();
    lembar::print(&job, &exam, &mut |document| {
        documents.push(document);
        Ok(())
    })
    .expect("it can be printed");
    let print = start.elapsed();
    let start = Instant::now();
    let record = record::record(&exam, Vec::new());
    let mut verifier = Verifier::new(&record);
    for document in &documents {
        verifier.document(Claim::from(document), &document.bytes);
    }
    assert!(verifier.finish().findings.is_empty(), "the papers agree with the record");
    let verify = start.elapsed();
    let pages = documents.iter().map(|document| document.pages).sum();
    let bytes = documents.iter().map(|document| document.bytes.len()).sum();
    Round { read, draw, print, verify, pages, bytes }
}

fn job(variants: usize, students: usize) -> Job {
    let templates = Templates::default();
    let overrides = Overrides { variants: Some(variants), ..Overrides::default() };
    let preset =
        templates.find(Kind::Preset, "ulangan-harian").expect("the preset is there");
    let mut job =
        job::read(preset, Path::new(""), &templates, &overrides).expect("it is sound");
    if students > 0 {
        let mut text = "No,NIS,Nama,Kelas\n".to_string();
        for number in 1..=students {
            let _ = writeln!(text, "{number},{number:05},Siswa {number},IX A");
        }
        let source = Source { name: "roster.csv".into(), text };
        job.roster = Roster::read(&source).expect("it is sound");
    }
    job
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
