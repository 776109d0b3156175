//! How near printing comes to its floor: a bare loop that copies finished pages, deflates them
//! and writes them one behind the other.
//!
//! `cargo bench --bench floor` prints 1,000 variants of the exam that `benches/peers/run
//! variants` sets, papers and keys in one file each, and lets the loop write as many pages of
//! the same exam, whose forms are put in where pages show them. It takes the median of five
//! rounds, in which all take turns; `-- --quick` of one with 100 variants. Where
//! `/proc/self/stat` says it, the time is that of the processor, of all threads together.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::{Compress, Compression, FlushCompress, Status};
use lembar::Document;
use lembar::input::Source;
use lembar::job::{self, Job, Overrides};
use lembar::role::FileRole;
use lembar::templates::Templates;
use lopdf::content::Content;
use lopdf::{Object, ObjectId};

use crate::time::{median, milliseconds};
use crate::walk::walk;

#[path = "common/time.rs"]
mod time;
#[path = "common/walk.rs"]
mod walk;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// From how many variants the pages are that the loop copies.
const FEW: usize = 10;

/// The levels that the loop deflates at; 0 only stores.
const LEVELS: [u32; 3] = [6, 1, 0];

/// One of those who take turns, and what its rounds took and wrote.
struct Row {
    name: String,
    times: Vec<Duration>,
    bytes: usize,
}

fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let (rounds, variants) = if quick { (1, 100) } else { (5, 1_000) };
    let start = Instant::now();
    let now = || processor_time().unwrap_or_else(|| start.elapsed());
    let finished = walk(&job(FEW), &now).documents;
    let finished: Vec<Vec<u8>> = finished.iter().flat_map(operators).collect();
    let job = job(variants);
    let mut loops = LEVELS.map(|level| row(format!("the loop at level {level}")));
    let mut own = ["printing", "printing and proving"].map(|name| row(name.into()));
    let mut pages = 0;
    for _ in 0..rounds {
        let walk = walk(&job, &now);
        pages = walk.pages();
        let printed = walk.draw + walk.print;
        own[0].add(printed, walk.bytes());
        own[1].add(printed + walk.verify, walk.bytes());
        for (row, level) in loops.iter_mut().zip(LEVELS) {
            let start = now();
            let bytes = write(&finished, pages, level).len();
            row.add(now() - start, bytes);
        }
    }
    println!("{variants} variants, {pages} pages, medians of {rounds} rounds");
    let against = LEVELS.map(|level| format!("{:>9}", format!("level {level}")));
    println!(
        "                              ms  bytes/page   to the loop at{}",
        against.concat()
    );
    let floors = loops.each_ref().map(Row::milliseconds);
    for row in loops.iter().chain(&own) {
        let ratios = floors.map(|floor| format!("{:>9.2}", row.milliseconds() / floor));
        println!(
            "{:<22} {:>9.1} {:>11.0}                 {}",
            row.name,
            row.milliseconds(),
            row.bytes as f64 / pages as f64,
            ratios.concat(),
        );
    }
}

fn row(name: String) -> Row {
    Row { name, times: Vec::new(), bytes: 0 }
}

impl Row {
    fn add(&mut self, time: Duration, bytes: usize) {
        self.times.push(time);
        self.bytes = bytes;
    }

    fn milliseconds(&self) -> f64 {
        milliseconds(median(&self.times))
    }
}

fn job(variants: usize) -> Job {
    let text = include_str!("peers/variants.toml");
    let blueprint = Source { name: "variants.toml".into(), text: text.into() };
    let only = vec![FileRole::Paper, FileRole::Key];
    let variants = Some(variants);
    let overrides = Overrides { variants, together: true, only, ..Overrides::default() };
    let read = job::read(blueprint, Path::new(""), &Templates::default(), &overrides);
    read.unwrap_or_else(|found| panic!("{found:?}"))
}

/// The bare loop: copies so many pages, deflates them, and writes them into memory.
fn write(finished: &[Vec<u8>], pages: usize, level: u32) -> Vec<u8> {
    let mut packer = Compress::new(Compression::new(level), true);
    let (mut page, mut file) = (Vec::new(), Vec::new());
    for operators in finished.iter().cycle().take(pages) {
        page.clear();
        page.extend_from_slice(operators);
        packer.reset();
        // What cannot be deflated takes little more room than before.
        file.reserve(page.len() + page.len() / 100 + 64);
        let status = packer.compress_vec(&page, &mut file, FlushCompress::Finish);
        assert_eq!(status.ok(), Some(Status::StreamEnd), "there is room for the page");
    }
    file
}

/// The operators of every page, with those of the forms that it shows.
fn operators(document: &Document) -> Vec<Vec<u8>> {
    let pdf = lopdf::Document::load_mem(&document.bytes).expect("it is a PDF");
    let forms = forms(&pdf).unwrap_or_default();
    let with_forms = |&page: &ObjectId| {
        let mut all = pdf.get_page_content(page);
        let content = Content::decode(&all).expect("its operators can be read");
        for shown in content.operations.iter().filter(|one| one.operator == "Do") {
            all.extend(&forms[shown.operands[0].as_name().expect("it has a name")]);
        }
        all
    };
    pdf.get_pages().values().map(with_forms).collect()
}

/// The operators of all forms by their names, which are in the resources of the root of all
/// pages.
fn forms(pdf: &lopdf::Document) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, lopdf::Error> {
    let root = pdf.catalog()?.get(b"Pages")?.as_reference()?;
    let resources = pdf.get_dictionary(root)?.get(b"Resources")?.as_dict()?;
    let named = resources.get(b"XObject")?.as_dict()?.iter();
    let content = |(name, form): (&Vec<u8>, &Object)| {
        let form = pdf.get_object(form.as_reference()?)?.as_stream()?;
        Ok((name.clone(), form.decompressed_content()?))
    };
    named.map(content).collect()
}

/// The processor time of this process in all its threads, in steps of 10 ms.
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, which may hold anything, ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks: u64 =
        fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
