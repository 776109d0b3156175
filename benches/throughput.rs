//! How the cost of a job grows: with variants, in files of their own and in one, with personal
//! copies, with questions, and with the facts of the bank; in milliseconds and bytes a page.
//!
//! `cargo bench --bench throughput` takes the median of five rounds, in which the jobs take
//! turns, so that a busy machine slows all of them alike; `-- --quick` of one. A number
//! behind that runs but the job of that line, for a profiler to look at. Ratios are those
//! to the line before, if the same grows in it: 1 is linear, and less is better.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lembar::input::Source;
use lembar::job::{self, Job, Overrides};
use lembar::templates::{Kind, Templates};

use crate::bank::made_up;
use crate::time::{median, milliseconds};
use crate::walk::walk;

#[path = "common/bank.rs"]
mod bank;
#[path = "common/time.rs"]
mod time;
#[path = "common/walk.rs"]
mod walk;

/// A job, which is larger than that of the line before if it grows in the same way.
struct Line {
    /// What grows.
    grows: &'static str,
    /// How much of it there is.
    units: usize,
    variants: usize,
    /// How many students get copies.
    students: usize,
    /// Whether they all go into one file.
    together: bool,
    exam: Exam,
    rounds: Vec<Round>,
}

/// What is printed.
#[derive(Clone, Copy)]
enum Exam {
    BuiltIn,
    /// So many questions from a bank with so many facts and 20 essays.
    MadeUp {
        questions: usize,
        facts: usize,
    },
}

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
    let count = if quick { 1 } else { 5 };
    let mut lines = lines();
    let chosen = std::env::args().find_map(|arg| arg.parse::<usize>().ok());
    if let Some(chosen) = chosen.filter(|chosen| (1..=lines.len()).contains(chosen)) {
        lines = vec![lines.swap_remove(chosen - 1)];
    }
    for _ in 0..count {
        for line in &mut lines {
            line.rounds.push(round(line));
        }
    }
    println!(
        "what grows              units   pages  read ms   draw ms  print ms verify ms  \
         bytes/page  ms a page  ratio  ms a unit  ratio"
    );
    let mut before = ("", 0.0, 0.0);
    for line in &lines {
        let time = |of: fn(&Round) -> Duration| {
            milliseconds(median(&line.rounds.iter().map(of).collect::<Vec<_>>()))
        };
        let (read, draw) = (time(|round| round.read), time(|round| round.draw));
        let (print, verify) = (time(|round| round.print), time(|round| round.verify));
        let Line { grows, units, rounds, .. } = line;
        let Round { pages, bytes, .. } = rounds[0];
        let all = read + draw + print + verify;
        let (page, unit) = (all / pages as f64, all / *units as f64);
        if before.0 != *grows {
            before = (*grows, page, unit);
        }
        println!(
            "{grows:<21} {units:>7} {pages:>7} {read:>8.2} {draw:>9.2} {print:>9.2} \
             {verify:>9.2} {:>11.0} {page:>10.3} {:>6.2} {unit:>10.3} {:>6.2}",
            bytes as f64 / pages as f64,
            page / before.1,
            unit / before.2,
        );
        before = (*grows, page, unit);
    }
}

fn lines() -> Vec<Line> {
    let exam = Exam::BuiltIn;
    let line = |grows, units| Line {
        grows,
        units,
        variants: units,
        students: 0,
        together: true,
        exam,
        rounds: Vec::new(),
    };
    let mut lines = Vec::new();
    for units in [1, 10, 100, 1_000] {
        lines.push(Line { together: false, ..line("variants, own files", units) });
    }
    for units in [1, 10, 100, 1_000] {
        lines.push(line("variants, one file", units));
    }
    for units in [40, 1_000] {
        let students = units;
        lines.push(Line { variants: 4, students, ..line("copies, one file", units) });
    }
    for questions in [10, 40, 100, 300] {
        let exam = Exam::MadeUp { questions, facts: 10_000 };
        lines.push(Line { variants: 10, exam, ..line("questions", questions) });
    }
    for facts in [1_000, 10_000] {
        let exam = Exam::MadeUp { questions: 40, facts };
        lines.push(Line { variants: 10, exam, ..line("facts of the bank", facts + 20) });
    }
    lines
}

/// Reads the job of a line, and prints it into memory.
fn round(line: &Line) -> Round {
    let blueprint = match line.exam {
        Exam::BuiltIn => {
            let found = Templates::default().find(Kind::Preset, "ulangan-harian");
            found.expect("the preset is there")
        }
        Exam::MadeUp { questions, facts } => blueprint(questions, &bank(facts)),
    };
    let roster = (line.students > 0).then(|| roster(line.students));
    let start = Instant::now();
    let job = read(blueprint, line, roster);
    let read = start.elapsed();
    let walk = walk(&job, &|| start.elapsed());
    let (pages, bytes) = (walk.pages(), walk.bytes());
    Round { read, draw: walk.draw, print: walk.print, verify: walk.verify, pages, bytes }
}

fn read(blueprint: Source, line: &Line, roster: Option<PathBuf>) -> Job {
    let &Line { variants, together, .. } = line;
    let variants = Some(variants);
    let overrides = Overrides { variants, together, roster, ..Overrides::default() };
    let read = job::read(blueprint, Path::new(""), &Templates::default(), &overrides);
    read.unwrap_or_else(|found| panic!("{found:?}"))
}

/// Three in five questions have options, one is true or false, and one a blank.
fn blueprint(questions: usize, bank: &Path) -> Source {
    let bank = bank.display();
    let mut text = format!("title = \"Karangan\"\nbanks = ['{bank}']\nseed = 7\n");
    let fifth = questions / 5;
    for (item_type, count) in [
        ("multiple-choice", questions - 2 * fifth),
        ("true-false", fifth),
        ("short-answer", fifth),
    ] {
        let _ = write!(text, "[[section]]\ntype = \"{item_type}\"\ncount = {count}\n");
    }
    Source { name: "blueprint.toml".into(), text: text.into() }
}

/// A file that holds a made-up bank with so many facts.
fn bank(facts: usize) -> PathBuf {
    file(&format!("bank-{facts}.toml"), &made_up(facts).text)
}

/// A file that lists so many students.
fn roster(students: usize) -> PathBuf {
    let mut text = "No,NIS,Nama,Kelas\n".to_string();
    for number in 1..=students {
        let _ = writeln!(text, "{number},{number:05},Siswa {number},IX A");
    }
    file(&format!("{students}.csv"), &text)
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("lembar-bench-{name}"));
    fs::write(&path, text).expect("there is room for it");
    path
}
