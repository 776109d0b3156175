//! Pages per second and bytes per page of the default exam, and how long it takes to prove
//! them: 1 to 100 variants in files of their own and in one, and personal copies for 40 and
//! 1,000 students.
//!
//! `cargo bench --bench throughput` takes the median of five rounds, in which the jobs take
//! turns, so that a busy machine slows all of them alike; `-- --quick` of one. A number
//! behind that runs but the job of that line, for a profiler to look at.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lembar::job::{self, Job, Overrides};
use lembar::record;
use lembar::templates::{Kind, Templates};
use lembar::verify::{Claim, Verifier};

/// How many variants there are, how many students get copies of them, and whether they all
/// go into one file.
const JOBS: [(usize, usize, bool); 11] = [
    (1, 0, false),
    (5, 0, false),
    (10, 0, false),
    (40, 0, false),
    (100, 0, false),
    (1, 0, true),
    (10, 0, true),
    (100, 0, true),
    (1_000, 0, true),
    (4, 40, false),
    (4, 1_000, true),
];

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
    let line = std::env::args().find_map(|arg| arg.parse::<usize>().ok());
    let jobs = match line.and_then(|line| JOBS.get(line.wrapping_sub(1))) {
        Some(job) => std::slice::from_ref(job),
        None => &JOBS[..],
    };
    let mut measured: Vec<Vec<Round>> = jobs.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (&(variants, students, together), rounds) in jobs.iter().zip(&mut measured) {
            rounds.push(round(variants, students, together));
        }
    }
    println!(
        "variants  copies together   pages  read ms   draw ms  print ms verify ms  pages/s  \
         bytes/page  ms a page  ratio"
    );
    let mut first = None;
    for ((variants, students, together), rounds) in jobs.iter().zip(&measured) {
        let time =
            |of: fn(&Round) -> Duration| milliseconds(median(rounds.iter().map(of)));
        let (read, draw) = (time(|round| round.read), time(|round| round.draw));
        let (print, verify) = (time(|round| round.print), time(|round| round.verify));
        let Round { pages, bytes, .. } = rounds[0];
        let each = (draw + print + verify) / pages as f64;
        let ratio = each / *first.get_or_insert(each);
        println!(
            "{variants:>8} {students:>7} {together:>8} {pages:>7} {read:>8.2} {draw:>9.2} {print:>9.2} \
             {verify:>9.2} {:>8.0} {:>11.0} {each:>10.3} {ratio:>6.2}",
            pages as f64 / (draw + print + verify) * 1000.0,
            bytes as f64 / pages as f64,
        );
    }
}

/// Reads the built-in job, and prints it into memory.
fn round(variants: usize, students: usize, together: bool) -> Round {
    let start = Instant::now();
    let mut job = job(variants, students);
    job.blueprint.printing.together = together;
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
    let roster = (students > 0).then(|| roster(students));
    let overrides =
        Overrides { variants: Some(variants), roster, ..Overrides::default() };
    let preset =
        templates.find(Kind::Preset, "ulangan-harian").expect("the preset is there");
    job::read(preset, Path::new(""), &templates, &overrides).expect("it is sound")
}

/// A file that lists so many students.
fn roster(students: usize) -> PathBuf {
    let mut text = "No,NIS,Nama,Kelas\n".to_string();
    for number in 1..=students {
        let _ = writeln!(text, "{number},{number:05},Siswa {number},IX A");
    }
    let path = std::env::temp_dir().join(format!("lembar-bench-{students}.csv"));
    fs::write(&path, text).expect("there is room for it");
    path
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
