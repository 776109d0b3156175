//! What can be said on the command line. The comments are the help.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use crate::language::Language;
use crate::printing::Imposition;
use crate::role::FileRole;
use crate::shard::Shard;

/// Prints exam variants and their answer keys as PDFs, from a bank of facts.
///
/// Start with `lembar make`: it prints a complete exam in four variants. Then write a
/// blueprint of your own with `lembar new`.
#[derive(Debug, Parser)]
#[command(name = "lembar", version, max_term_width = 90)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Make(Box<Make>),
    New(New),
    Check(Check),
    Verify(Verify),
    Lookup(Lookup),
    Amend(Box<Amend>),
    Merge(Merge),
    List(List),
}

/// Print an exam: papers, keys, the key matrix and exam.json.
///
/// Without a blueprint it prints the built-in exam on international cooperation.
#[derive(Debug, clap::Args)]
pub struct Make {
    /// The blueprint that says what the exam is made of
    pub blueprint: Option<PathBuf>,

    /// The folder that the files go to
    #[arg(short, long, value_name = "DIR", default_value = "lembar-out")]
    pub output: PathBuf,

    /// Print the built-in blueprint of this name (see `lembar list presets`)
    #[arg(long, value_name = "NAME", conflicts_with = "blueprint")]
    pub preset: Option<String>,

    /// Draw with another seed: another seed, another exam; the same seed, the same exam
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// Make so many variants
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub variants: Option<u32>,

    /// Make variants that differ in this way, or a makeup of the exam
    #[arg(long, value_name = "MODE")]
    pub mode: Option<ModeName>,

    /// Ask nothing that the exam of this exam.json asks; may be given several times
    #[arg(long, value_name = "FILE")]
    pub avoid: Vec<PathBuf>,

    /// Prefer items that this file says were used least, and write into it what was used
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,

    /// Print on this paper: f4, a4, a5, b5, letter, legal, or a size like 200x300mm
    #[arg(long, value_name = "NAME")]
    pub paper: Option<String>,

    /// Print in this language
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<LanguageName>,

    /// Set the sheets in this theme (see `lembar list themes`)
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,

    /// Print every paper in this theme too, with the same numbers, letters and key; may be
    /// given several times
    #[arg(long = "edition", value_name = "THEME")]
    pub editions: Vec<String>,

    /// Set questions in so many columns, from 1 to 4; no more than the theme allows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub columns: Option<u8>,

    /// Put pages on sheets of paper in this way
    #[arg(long, value_name = "NAME")]
    pub imposition: Option<ImpositionName>,

    /// Fill papers up to whole sheets that are printed on both sides
    #[arg(long)]
    pub duplex: bool,

    /// Put the papers of all variants into one file, and their keys into another
    #[arg(long)]
    pub together: bool,

    /// Put at most so many papers, or keys, into one file
    #[arg(long, value_name = "N")]
    pub per_file: Option<NonZeroUsize>,

    /// Print only this part of the job, as in 3/12, into a folder of its own in DIR; `lembar
    /// merge` joins the parts
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,

    /// Print with at most so many threads; one for each processor by default. What is printed
    /// does not depend on it
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Print a copy for each student of this class list (CSV), with their name on it
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,

    /// Print only these documents, such as `paper,key`; whatever the blueprint asks for
    #[arg(long, value_name = "DOCUMENTS", value_delimiter = ',', value_parser = documents())]
    pub only: Vec<FileRole>,

    /// Print these documents too
    #[arg(long, value_name = "DOCUMENTS", value_delimiter = ',', value_parser = documents())]
    pub with: Vec<FileRole>,

    /// Look here first for banks, themes and wording; the folder `templates` beside the
    /// blueprint by default
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// Write into the folder even if somebody else's files are in it
    #[arg(long)]
    pub force: bool,

    /// Write proofs instead of PDFs: plain text with a line for every mark on paper
    #[arg(long)]
    pub proof: bool,

    /// Do not read the PDFs back to hold them against the record
    #[arg(long)]
    pub no_verify: bool,

    /// Say what was made in JSON
    #[arg(long)]
    pub json: bool,
}

/// Write a blueprint to start from, with comments.
///
/// With `--template`, write a copy of a built-in file to change: put it into the folder
/// `templates` beside your blueprint, as in
/// `lembar new templates/wording/id.toml --template wording/id`.
#[derive(Debug, clap::Args)]
pub struct New {
    /// The file to write [default: ulangan.toml, or templates/KIND/NAME.toml with --template]
    pub file: Option<PathBuf>,

    /// Write the built-in blueprint of this name (see `lembar list presets`)
    #[arg(long, value_name = "NAME", conflicts_with = "template")]
    pub preset: Option<String>,

    /// Write this built-in file: banks/NAME, patterns/NAME, themes/NAME, wording/NAME
    /// or lint/NAME
    #[arg(long, value_name = "KIND/NAME")]
    pub template: Option<String>,

    /// Overwrite the file if it exists
    #[arg(long)]
    pub force: bool,
}

/// Check blueprints and banks without printing anything.
///
/// Looks for mistakes, and for items that break the rules of item writing (see `lembar list
/// rules`). Of a blueprint it checks the exam that would be drawn.
#[derive(Debug, clap::Args)]
pub struct Check {
    /// The files to check
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Look here first for banks, themes and wording
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// Say what was found in JSON
    #[arg(long)]
    pub json: bool,
}

/// Read printed PDFs back and hold them against exam.json.
///
/// Proves that each paper asks what the record says, that each letter of a key stands beside
/// the right text on that paper, that keys and key matrix agree, that no page is missing, and
/// that no paper holds a trace of a key.
#[derive(Debug, clap::Args)]
pub struct Verify {
    /// The folder that `lembar make` wrote
    #[arg(value_name = "DIR", default_value = "lembar-out")]
    pub folder: PathBuf,

    /// Say what was proved and what is wrong in JSON
    #[arg(long)]
    pub json: bool,
}

/// Print the key of the sheet that carries a code.
///
/// The code stands at the foot of every page. It is looked for in the folder and in the
/// folders in it, without any network. A sheet is refused if its bank, its blueprint or its
/// files were changed after it was printed.
#[derive(Debug, clap::Args)]
pub struct Lookup {
    /// The code, as it is printed; in small letters too, and without the hyphen
    pub code: String,

    /// The folder that `lembar make` wrote, or one that has several of them
    #[arg(value_name = "DIR", default_value = "lembar-out")]
    pub folder: PathBuf,

    /// Print the key even if something was changed
    #[arg(long)]
    pub force: bool,

    /// Print the key in JSON
    #[arg(long)]
    pub json: bool,
}

/// Amend the key of a printed exam: void a question, or change what is right.
///
/// Give it the blueprint, the folder (`-o`) and the options that `lembar make` was given. It
/// draws the exam again, makes sure that it is the one in exam.json, and prints amended keys,
/// the key matrix and a slip to read out, beside the old files. Papers stay as they are.
///
/// A question is named by one of its variants and its number there, as in `A7`: it is amended
/// in all variants, wherever it stands. `A:II-7` names a section too, `A7.2` a row, premise or
/// blank; the item's id from exam.json is a name as well.
#[derive(Debug, clap::Args)]
#[command(group(
    clap::ArgGroup::new("amendment").required(true).multiple(true).args(["void", "rekey", "accept"])
))]
pub struct Amend {
    /// Void this question; may be given several times, as may --rekey and --accept
    #[arg(long, value_name = "QUESTION")]
    pub void: Vec<String>,

    /// How void questions count
    #[arg(long, value_name = "MODE", default_value = "full", requires = "void")]
    pub void_mode: VoidMode,

    /// Make this the only right answer: `A7=C`, `A8=A,C,D` (multiple answers), `A20=B` (true
    /// or false), `A21.2=C` (a row), `A30=Jenewa`
    #[arg(long, value_name = "QUESTION=ANSWER")]
    pub rekey: Vec<String>,

    /// Count this as right as well: another letter, or another spelling in a blank
    #[arg(long, value_name = "QUESTION=ANSWER")]
    pub accept: Vec<String>,

    /// Why; it stands on the slip and in the amended keys
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,

    /// What `lembar make` was given.
    #[command(flatten)]
    pub make: Make,
}

/// How void questions count, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VoidMode {
    /// Every student gets the points (bonus)
    Full,
    /// They count for nobody, and the points that can be had are fewer
    Drop,
}

/// Join the parts of a job that was printed in shards.
///
/// Checks that no part is missing, that all are of the same job, and that no file was
/// changed; then moves the files into one folder with one exam.json. What comes out is what
/// `lembar make` would have printed without `--shard`.
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// The folder that has the folders of all parts
    #[arg(value_name = "DIR", default_value = "lembar-out")]
    pub folder: PathBuf,

    /// Write into the folder even if somebody else's files are in it
    #[arg(long)]
    pub force: bool,
}

/// List what is built in.
#[derive(Debug, clap::Args)]
pub struct List {
    /// What to list
    pub what: What,
}

/// What `lembar list` lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Banks of facts, with how much each holds
    Banks,
    /// Blueprints to print as they are
    Presets,
    /// Sizes of paper
    Papers,
    /// How sheets can look
    Themes,
    /// How facts become questions
    Patterns,
    /// How many distinct items a bank yields, by topic, type and level
    Items,
    /// Rules of item writing, with how bad it is to break them
    Rules,
}

/// Documents by their names.
fn documents() -> impl TypedValueParser<Value = FileRole> {
    let names = FileRole::DOCUMENTS.map(FileRole::name);
    PossibleValuesParser::new(names).try_map(|name| {
        FileRole::named(&name).ok_or_else(|| format!("there is no document `{name}`"))
    })
}

/// A language by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LanguageName {
    /// Indonesian
    Id,
    /// English
    En,
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Language {
        match name {
            LanguageName::Id => Language::Id,
            LanguageName::En => Language::En,
        }
    }
}

/// How variants differ, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModeName {
    /// The same items in other orders
    Shuffled,
    /// Other items of the same kinds
    Parallel,
    /// For those who missed the exam: nothing that its variants ask
    Makeup,
}

/// An imposition by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ImpositionName {
    /// A page on each side
    Single,
    /// Two pages of half the size on each side
    TwoUp,
    /// The same page of half the size twice, to be cut apart
    Twice,
    /// Pages of half the size in the order of a booklet
    Booklet,
}

impl From<ImpositionName> for Imposition {
    fn from(name: ImpositionName) -> Imposition {
        match name {
            ImpositionName::Single => Imposition::Single,
            ImpositionName::TwoUp => Imposition::TwoUp,
            ImpositionName::Twice => Imposition::Twice,
            ImpositionName::Booklet => Imposition::Booklet,
        }
    }
}
