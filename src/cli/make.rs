//! `lembar make`: prints an exam.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::iter;
use std::mem;
use std::path::{Path, PathBuf};

use crate::cli::args::ModeName;
use crate::cli::verify::agreed;
use crate::cli::watch::{self, Brake};
use crate::cli::{Answer, args, report};
use crate::diagnostic::{Diagnostic, Severity, counted};
use crate::exam::blueprint::Mode;
use crate::exam::code::exam_id;
use crate::exam::{Fairness, Spread};
use crate::job::{self, Job, Overrides};
use crate::json;
use crate::output::Output;
use crate::parallel::processors;
use crate::progress;
use crate::record::{self, FileRecord, FileRole, Record, ShardRecord};
use crate::templates::{self, Kind, Templates};
use crate::verify::{Claim, Verifier};
use crate::{Document, Format, Hands};

/// The preset that is printed when no blueprint is named.
const PRESET: &str = "ulangan-harian";

/// The command, checked.
pub struct Plan {
    /// Everything that the run needs.
    pub job: Job,
    /// The folder that the files go to.
    pub output: PathBuf,
    /// Whether files of somebody else's may be overwritten.
    pub force: bool,
    /// Whether the record is the answer.
    pub json: bool,
    /// Whether the blueprint is a built-in one.
    preset: bool,
    /// What the blueprint or its file is called.
    blueprint: String,
    /// Whether what is printed is read back. Proofs are for people to read.
    verify: bool,
}

pub fn run(args: args::Make) -> Answer {
    let plan = plan(args)?;
    let progress = &plan.job.progress;
    let brake = Brake::new(progress);
    report(&plan.job.roster.warnings);
    let mut hands = Hands::new(&plan.job);
    let exam = crate::draw_with(&mut hands)?;
    let mut record = record::record(&exam, Vec::new());
    record.shard = plan.job.shard.map(|shard| ShardRecord {
        part: shard.to_string(),
        students: exam.copies.len(),
        copies: Vec::new(),
    });
    record.ask_for(&plan.job.blueprint.documents);
    record.fonts.clone_from(&plan.job.font_files);
    record.blueprint = Some(plan.blueprint.clone());
    // A document is held against the record as soon as it is made, so that nothing wrong
    // ever gets its name. What that needs is made ready while the first one is printed.
    let start = || Verifier::new(&record, plan.job.threads);
    let mut verifier = None;
    brake.writing();
    let mut output = Output::open(&plan.output, plan.force).map_err(|f| vec![f])?;
    // Papers and keys are most of them.
    output.reserve(2 * exam.variants.len());
    let mut places = BTreeMap::new();
    let mut take = |document: Document| {
        if progress.is_stopped() {
            return Err(progress::stopped());
        }
        if plan.verify {
            let verifier = verifier.get_or_insert_with(start);
            verifier.document(Claim::from(&document), &document.bytes);
        }
        for place in document.copies.iter().filter(|_| document.edition.is_none()) {
            places.insert(place.copy, (document.name.clone(), place.page));
        }
        output.add(document)
    };
    let print = || crate::check_and_print(&mut hands, &exam, &mut take);
    let found = watch::shown(progress, print)?;
    if plan.verify {
        let verifier = verifier.unwrap_or_else(start);
        let hint = "nothing was written; `--no-verify` prints it nevertheless";
        agreed(&verifier.finish(), hint)?;
    }
    record.files = output.take_files();
    let marked = record.files.iter().any(|file| !file.geometry.is_empty());
    record.id = marked.then(|| exam_id(&exam));
    for (index, (file, page)) in &places {
        let copy = &mut record.copies[*index];
        (copy.file, copy.page) = (file.clone(), *page);
    }
    if let Some(part) = &mut record.shard {
        // Without papers, nobody's copy is anywhere.
        part.copies = match plan.job.blueprint.documents.wants(FileRole::Paper) {
            true => places.into_keys().collect(),
            false => plan.job.range(part.students).collect(),
        };
        let own = part.copies.iter().map(|&index| record.copies[index].clone());
        record.copies = own.collect();
    }
    if let Some(ledger) = plan.job.ledger.as_ref().filter(|_| plan.job.is_first())
        && let Some(text) = ledger.with(&plan.job.blueprint, &exam)
    {
        output.add_elsewhere(&ledger.path, &text).map_err(|finding| vec![finding])?;
    }
    output.finish(&record).map_err(|finding| vec![finding])?;
    // A preset has no file to check.
    if let Some(count) = count(&found).filter(|_| !plan.preset) {
        // There is nobody left to tell if this fails.
        let _ = writeln!(
            std::io::stderr().lock(),
            "{count} about the items; `lembar check` on the blueprint shows them."
        );
    }
    if plan.json {
        let json = json::text(&record);
        return json.map_err(|error| vec![Diagnostic::error(error.to_string())]);
    }
    if let Some(unfair) = record.fairness.as_ref().and_then(unfair) {
        report(&[unfair]);
    }
    let summary = summary(&plan, &record);
    // The program ends here, and with it all that it holds.
    mem::forget(hands);
    mem::forget((plan, exam, record));
    Ok(summary)
}

/// Reads what the command names.
pub fn plan(args: args::Make) -> Result<Plan, Vec<Diagnostic>> {
    let overrides = Overrides {
        seed: args.seed,
        variants: args.variants.map(|count| count as usize),
        mode: match args.mode {
            Some(ModeName::Shuffled) => Some(Mode::Shuffled),
            Some(ModeName::Parallel) => Some(Mode::Parallel),
            Some(ModeName::Makeup) | None => None,
        },
        makeup: args.mode == Some(ModeName::Makeup),
        avoid: args.avoid,
        ledger: args.ledger,
        paper: args.paper,
        language: args.language.map(Into::into),
        theme: args.theme,
        editions: args.editions,
        columns: args.columns.map(usize::from),
        imposition: args.imposition.map(Into::into),
        duplex: args.duplex,
        together: args.together,
        per_file: args.per_file,
        roster: args.roster,
        only: args.only,
        with: args.with,
        threads: Some(args.threads.unwrap_or_else(processors)),
    };
    let folder = folder_of(args.blueprint.as_deref());
    let beside = args.blueprint.as_ref().map(|_| folder.join("templates"));
    let named = args.templates.is_some();
    let templates = Templates { folder: args.templates.or(beside), named };
    let preset = args.blueprint.is_none();
    let built_in = args.preset.as_deref().unwrap_or(PRESET);
    let source = match &args.blueprint {
        Some(path) => templates::read(path),
        None => templates.find(Kind::Preset, built_in),
    };
    let name = args.blueprint.as_deref().and_then(Path::file_name);
    let blueprint =
        name.map_or(built_in.into(), |name| name.to_string_lossy().into_owned());
    let mut job =
        job::read(source.map_err(|f| vec![f])?, &folder, &templates, &overrides)?;
    job.shard = args.shard;
    if let Some(finding) = indivisible(&job) {
        return Err(vec![finding]);
    }
    job.format = if args.proof { Format::Proof } else { Format::Pdf };
    let verify = !args.no_verify && !args.proof;
    let output = match args.shard {
        Some(shard) => args.output.join(shard.folder()),
        None => args.output,
    };
    let (force, json) = (args.force, args.json);
    Ok(Plan { job, output, force, json, preset, blueprint, verify })
}

/// What is to be said of a part of a job whose papers are all in one file.
fn indivisible(job: &Job) -> Option<Diagnostic> {
    let printing = &job.blueprint.printing;
    let whole = job.shard.is_none() || printing.per_file.is_some();
    let message = "a job whose papers go into one file has no parts";
    let hint = "add `--per-file 100`, or leave out `together`";
    (printing.together && !whole).then(|| Diagnostic::error(message).hint(hint))
}

/// The folder that paths in a blueprint start from.
pub fn folder_of(blueprint: Option<&Path>) -> PathBuf {
    blueprint.and_then(Path::parent).map_or(PathBuf::new(), Path::to_path_buf)
}

/// How many warnings there are, if any.
pub fn count(found: &[Diagnostic]) -> Option<String> {
    let warnings = found.iter().filter(|one| one.severity == Severity::Warning).count();
    (warnings > 0).then(|| counted(warnings, "warning"))
}

/// What was written, how much paper it takes, and what to do next.
fn summary(plan: &Plan, record: &Record) -> String {
    let (title, files) = (&record.title, &record.files);
    let blueprint = &plan.job.blueprint;
    let count = blueprint.variants.len();
    let mut text = String::new();
    // Writing to a string cannot fail.
    let copies = match record.copies.len() {
        0 => String::new(),
        1 => ", a copy for 1 student,".to_string(),
        students => format!(", copies for {},", counted(students, "student")),
    };
    let output = plan.output.display();
    let variants = counted(count, "variant");
    let _ = writeln!(text, "{title}: {variants}{copies} in {output}");
    let editions = plan.job.editions.iter().map(|edition| Some(edition.name.as_str()));
    let papers = iter::once(None).chain(editions).map(|e| (FileRole::Paper, e));
    let others = FileRole::DOCUMENTS.into_iter().filter(|&role| role != FileRole::Paper);
    let others = others.chain(FileRole::KEYS);
    for (role, edition) in papers.chain(others.map(|role| (role, None))) {
        let is_meant =
            |file: &&FileRecord| file.role == role && file.edition.as_deref() == edition;
        let meant: Vec<&FileRecord> = files.iter().filter(is_meant).collect();
        if !meant.is_empty() {
            let _ = writeln!(text, "  {}", line(&meant));
        }
    }
    let _ = writeln!(text, "  {}", record::FILE_NAME);
    let is_paper =
        |file: &&FileRecord| file.role == FileRole::Paper && file.edition.is_none();
    let papers = files.iter().filter(is_paper);
    let students = record.copies.len();
    let parts = if students > 0 { students } else { count };
    let papers: Vec<usize> = papers.map(|file| file.pages).collect();
    let papers = match blueprint.printing.together {
        true if parts > 0 => vec![papers.iter().sum::<usize>() / parts; parts],
        _ => papers,
    };
    let class_size = if students > 0 { students } else { blueprint.class_size as usize };
    let (duplex, simplex) = sheets(&papers, class_size);
    let paper = plan.job.paper.name.to_uppercase();
    if record.shard.is_some() {
        let folder = plan.output.parent().unwrap_or(Path::new("")).display();
        let _ =
            writeln!(text, "Next: once all parts are there, `lembar merge {folder}`.");
        return text;
    }
    if !papers.is_empty() {
        let duplex = counted(duplex, "sheet");
        let _ = writeln!(
            text,
            "For a class of {class_size}: {duplex} of {paper} printed on both sides, \
             {simplex} on one{}.",
            if plan.job.editions.is_empty() { "" } else { ", without further editions" },
        );
    }
    if let Some(fairness) = &record.fairness {
        let _ = writeln!(text, "{}", fairness_line(fairness));
    }
    if let Some(spread) = record.spread.as_ref().filter(|_| count > 1) {
        let _ = writeln!(text, "{}", apart(spread, blueprint.uniform_key));
    }
    let _ = match plan.preset {
        true => writeln!(
            text,
            "Next: `lembar new` writes ulangan.toml, a blueprint of your own to change; \
             `lembar make ulangan.toml` prints it."
        ),
        false => {
            writeln!(text, "Next: look through one paper and its key before you copy.")
        }
    };
    text
}

/// How much alike parallel variants are.
fn fairness_line(fairness: &Fairness) -> String {
    format!(
        "Parallel variants: mean difficulty within {}, levels within {}, reading length \
         within {}%, places of topics within {}%; {} shared.",
        fairness.difficulty,
        fairness.levels,
        fairness.words,
        fairness.positions,
        fairness.shared(),
    )
}

/// What is to be said of parallel variants that are too unlike.
fn unfair(fairness: &Fairness) -> Option<Diagnostic> {
    let complaints = fairness.complaints();
    let message =
        format!("the variants are not quite parallel: {}", complaints.join("; "));
    let hint = "add facts, patterns or items to the bank, or make fewer variants";
    (!complaints.is_empty()).then(|| Diagnostic::warning(message).hint(hint))
}

/// How far apart the variants are.
fn apart(spread: &Spread, uniform: bool) -> String {
    let (times, least) = (spread.coincidences, spread.least_coincidences);
    let numbers = match times {
        0 => "No question has the same number in two variants".to_string(),
        _ if times == least => format!(
            "A question has the same number in two variants only where that cannot be avoided \
             ({})",
            counted(times, "time")
        ),
        _ => {
            let unavoidable = match least {
                0 => String::new(),
                _ => format!(", of which at least {least} cannot be avoided"),
            };
            let times = counted(times, "time");
            format!("A question has the same number in two variants {times}{unavoidable}")
        }
    };
    let keys: usize = spread.letters.first().map_or(0, |counts| counts.values().sum());
    let letters = match spread.equal_next {
        _ if keys == 0 => return numbers + ".",
        _ if uniform => "all variants have the same key letters".to_string(),
        0 => "no variant has a key letter at a number where the next one has it"
            .to_string(),
        equal => format!(
            "a variant and the next one have at most {equal} of {keys} key letters in common"
        ),
    };
    format!("{numbers}; {letters}.")
}

/// The names of files of one role, and how many pages each has.
fn line(files: &[&FileRecord]) -> String {
    let names = match files {
        [first, .., last] if files.len() > 4 => format!("{} … {}", first.path, last.path),
        _ => {
            files.iter().map(|file| file.path.as_str()).collect::<Vec<&str>>().join(", ")
        }
    };
    let fewest = files.iter().map(|file| file.pages).min().unwrap_or(0);
    let most = files.iter().map(|file| file.pages).max().unwrap_or(0);
    let pages = match (fewest, most) {
        _ if fewest == most => counted(most, "page"),
        _ => format!("{fewest} to {most} pages"),
    };
    let each = if files.len() > 1 { " each" } else { "" };
    format!("{names}: {pages}{each}")
}

/// The sheets of paper that a class takes, printed on both sides and on one. Students get
/// the variants in turn.
fn sheets(pages: &[usize], class_size: usize) -> (usize, usize) {
    let variants = pages.len().max(1);
    let of_variant = |(index, &pages): (usize, &usize)| {
        let copies = class_size / variants + usize::from(index < class_size % variants);
        (copies * pages.div_ceil(2), copies * pages)
    };
    let all = pages.iter().enumerate().map(of_variant);
    all.fold((0, 0), |sum, sheets| (sum.0 + sheets.0, sum.1 + sheets.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_for_a_class() {
        assert_eq!(sheets(&[3, 3, 3, 3], 32), (64, 96));
        assert_eq!(sheets(&[3, 4, 3], 10), (20, 33));
        assert_eq!(sheets(&[1; 40], 32), (32, 32));
    }
}
