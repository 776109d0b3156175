//! A job: everything that one run needs, read and checked before anything is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use crate::Format;
use crate::bank::{self, Bank};
use crate::breaking::LineBreaking;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::exam::Blueprint;
use crate::exam::blueprint::{Asked, Handing, Mode, Named, labels};
use crate::fonts::{Family, Font, FontFile, Fonts};
use crate::input::{Source, file_stem};
use crate::language::Language;
use crate::ledger::Ledger;
use crate::lint::Lexicon;
use crate::paper::Paper;
use crate::parallel::both;
use crate::picture::{FileName, Picture, PictureFile};
use crate::printing::Imposition;
use crate::progress::Progress;
use crate::record::Record;
use crate::role::FileRole;
use crate::roster::{Roster, Student};
use crate::shard::Shard;
use crate::sum::Sum;
use crate::templates::{self, Kind, Templates};
use crate::theme::{Theme, Typeface};
use crate::wording::Wording;

/// Everything that one run needs.
#[derive(Debug, Clone)]
pub struct Job {
    /// What is known.
    pub bank: Bank,
    /// What is asked.
    pub blueprint: Blueprint,
    /// What sheets say.
    pub wording: Wording,
    /// The words that rules of item writing look for.
    pub lexicon: Lexicon,
    /// Where lines may break.
    pub breaking: LineBreaking,
    /// How sheets look.
    pub theme: Theme,
    /// What sheets are printed on.
    pub paper: Paper,
    /// The fonts of the theme.
    pub fonts: Fonts,
    /// The font files of the user's own, of all themes.
    pub font_files: Vec<FontFile>,
    /// The further editions of every paper.
    pub editions: Vec<Edition>,
    /// Which items have been used before, if a file says so.
    pub ledger: Option<Ledger>,
    /// What documents are rendered to.
    pub format: Format,
    /// The students who get copies of their own; none if there is no roster.
    pub roster: Roster,
    /// The part of the job that is printed, unless all of it is.
    pub shard: Option<Shard>,
    /// How many threads print it at most. What they print does not depend on it.
    pub threads: NonZeroUsize,
    /// How far it has come.
    pub progress: Progress,
    /// The files that words were read from, to find a character again.
    pub sources: Vec<Source>,
}

/// Another theme that papers are set in too.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The name of the theme.
    pub name: String,
    /// How papers look.
    pub theme: Theme,
    /// The fonts of the theme.
    pub fonts: Fonts,
}

/// What the command line says instead of the blueprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Another seed.
    pub seed: Option<u64>,
    /// Another number of variants.
    pub variants: Option<usize>,
    /// How variants differ instead.
    pub mode: Option<Mode>,
    /// Whether it is a makeup.
    pub makeup: bool,
    /// The records of further exams that share nothing with this one.
    pub avoid: Vec<PathBuf>,
    /// Another ledger.
    pub ledger: Option<PathBuf>,
    /// Another paper.
    pub paper: Option<String>,
    /// Another language.
    pub language: Option<Language>,
    /// Another theme.
    pub theme: Option<String>,
    /// Other editions, if any.
    pub editions: Vec<String>,
    /// Another number of columns.
    pub columns: Option<usize>,
    /// Another imposition.
    pub imposition: Option<Imposition>,
    /// Printed on both sides.
    pub duplex: bool,
    /// All variants in one file.
    pub together: bool,
    /// How many papers go into one file.
    pub per_file: Option<NonZeroUsize>,
    /// Another roster; its path starts from the working directory.
    pub roster: Option<PathBuf>,
    /// The only documents that are printed, if any are named.
    pub only: Vec<FileRole>,
    /// Documents that are printed too.
    pub with: Vec<FileRole>,
    /// How many threads there are for it all, if more than one.
    pub threads: Option<NonZeroUsize>,
}

impl Job {
    /// Which of so many things are printed.
    pub fn range(&self, things: usize) -> Range<usize> {
        self.shard.map_or(0..things, |shard| shard.range(things))
    }

    /// Whether what there is only one of is printed.
    pub fn is_first(&self) -> bool {
        self.shard.is_none_or(Shard::is_first)
    }

    /// Gives findings that quote the input their places, as [`place`] does.
    pub fn place(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        place(&self.sources, findings)
    }
}

/// Gives findings that quote the input their places, where the quote stands in a file that
/// is known: within the entry that they point to, if they point to one.
pub fn place(sources: &[Source], findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let placed = |finding: Diagnostic| {
        let place = match (&finding.place, &finding.quote) {
            (None, Some(quote)) => sources.iter().find_map(|s| s.find(quote)),
            (Some(entry), Some(quote)) => {
                sources.iter().find_map(|s| s.find_within(entry, quote))
            }
            _ => None,
        };
        Diagnostic { place: place.or(finding.place.clone()), ..finding }
    };
    findings.into_iter().map(placed).collect()
}

/// Reads a blueprint and everything that it names. Paths in it start from `folder`.
pub fn read(
    source: Source,
    folder: &Path,
    templates: &Templates,
    overrides: &Overrides,
) -> Checked<Job> {
    let open = |path: &str| picture(&folder.join(path), path);
    if let Some(missing) = templates.folder.as_ref().filter(|_| templates.named)
        && !missing.is_dir()
    {
        let message = format!("there is no folder `{}`", missing.display());
        return Err(vec![
            Diagnostic::error(message).hint("check the name after `--templates`"),
        ]);
    }
    let mut blueprint = Blueprint::read(&source, &open)?;
    let mut findings = Vec::new();
    set_mode(&mut blueprint, overrides);
    findings.extend(uniform_parallel(&blueprint, &source));
    let ledger = ledger(&mut blueprint, folder, overrides, &mut findings);
    avoid(&mut blueprint, folder, overrides, &mut findings);
    apply(&mut blueprint, overrides);
    let roster = collect(&mut findings, roster(&mut blueprint, folder, overrides));
    let banks = bank_sources(&blueprint, folder, templates, &mut findings);
    let language = blueprint.head.language;
    let threads = overrides.threads.unwrap_or(NonZeroUsize::MIN);
    let named = [std::slice::from_ref(&blueprint.theme), &blueprint.editions].concat();
    // The bank is the longest of the files by far.
    let (bank, (words, breaking, themes)) = both(
        threads,
        || findings.is_empty().then(|| load(&blueprint, &banks, threads)),
        || {
            let themes: Vec<_> =
                named.iter().map(|name| theme(name, templates)).collect();
            (words(language, templates), breaking(templates), themes)
        },
    );
    let words = collect(&mut findings, words);
    let breaking = collect(&mut findings, breaking);
    let read = themes.into_iter().map(|theme| collect(&mut findings, theme));
    let themes: Vec<Option<(Theme, Source)>> = read.collect();
    findings.extend(same_name(&blueprint));
    let students = roster.as_ref().map_or(&[][..], |(roster, _)| &roster.students);
    findings.extend(documents(&blueprint, students));
    let paper = Paper::named(&blueprint.paper.name);
    if paper.is_none() {
        let known: Vec<&str> = Paper::names().collect();
        let message = format!("there is no paper `{}`", blueprint.paper.name);
        let hint = format!(
            "choose {}, or a size from 100 to 1000 mm like 200x300mm",
            known.join(", ")
        );
        findings.push(placed(Diagnostic::error(message).hint(hint), &blueprint.paper));
    }
    let bank = bank.filter(|_| findings.is_empty());
    let bank = bank.and_then(|bank| collect(&mut findings, bank));
    let folder = templates.folder.as_ref().map(|f| f.join(Kind::Theme.folder()));
    let folder = folder.unwrap_or_default();
    let mut editions = Vec::new();
    let mut font_files: Vec<FontFile> = Vec::new();
    for (read, named) in themes.into_iter().zip(named) {
        let Some((mut theme, source)) = read else { continue };
        set_columns(&mut theme, &blueprint);
        let found = collect(&mut findings, fonts(&theme, &source, &folder));
        let Some((fonts, files)) = found else { continue };
        editions.push(Edition { name: named.name, theme, fonts });
        font_files.extend(files);
    }
    let (Some(bank), Some(words), Some(breaking)) = (bank, words, breaking) else {
        return Err(findings);
    };
    let (Some(paper), Some((roster, students))) = (paper, roster) else {
        return Err(findings);
    };
    if !findings.is_empty() {
        return Err(findings);
    }
    let Edition { theme, fonts, .. } = editions.remove(0);
    let (wording, words, lexicon) = words;
    let sources = [source].into_iter().chain(banks).chain([words]).chain(students);
    let sources = sources.collect();
    let format = Format::default();
    Ok(Job {
        bank,
        blueprint,
        wording,
        lexicon,
        breaking,
        theme,
        paper,
        fonts,
        font_files,
        editions,
        ledger,
        format,
        roster,
        shard: None,
        threads,
        progress: Progress::default(),
        sources,
    })
}

/// Reads the ledger, and what it says of the items that have been used.
fn ledger(
    blueprint: &mut Blueprint,
    folder: &Path,
    overrides: &Overrides,
    findings: &mut Vec<Diagnostic>,
) -> Option<Ledger> {
    let named = blueprint.ledger.as_ref().map(|named| folder.join(&named.name));
    let path = overrides.ledger.clone().or(named)?;
    let ledger = collect(findings, Ledger::read(&path, blueprint))?;
    blueprint.usage = ledger.usage(blueprint, blueprint.makeup);
    blueprint.main_usage = ledger.usage(blueprint, false);
    Some(ledger)
}

/// Reads the records of the exams that are to share nothing with this one.
fn avoid(
    blueprint: &mut Blueprint,
    folder: &Path,
    overrides: &Overrides,
    findings: &mut Vec<Diagnostic>,
) {
    for named in &blueprint.avoid {
        match asked(&folder.join(&named.name), &named.name) {
            Ok(asked) => blueprint.avoided.extend(&asked),
            Err(finding) => findings.push(placed(finding, named)),
        }
    }
    for path in &overrides.avoid {
        match asked(path, &path.display().to_string()) {
            Ok(asked) => blueprint.also_avoided.extend(&asked),
            Err(finding) => findings.push(finding),
        }
    }
}

/// What an earlier exam asks, as its record says.
fn asked(path: &Path, name: &str) -> Result<Asked, Diagnostic> {
    let text =
        fs::read_to_string(path).map_err(|error| templates::unreadable(name, &error))?;
    let hint = "name the `exam.json` of an exam";
    let record: Record = serde_json::from_str(&text).map_err(|_| {
        Diagnostic::error(format!("`{name}` is no record of an exam")).hint(hint)
    })?;
    Ok(Asked {
        items: record.items.keys().cloned().collect(),
        facts: record
            .items
            .values()
            .flat_map(|item| item.facts.iter().cloned())
            .collect(),
    })
}

fn set_mode(blueprint: &mut Blueprint, overrides: &Overrides) {
    blueprint.seed = overrides.seed.unwrap_or(blueprint.seed);
    if let Some(mode) = overrides.mode {
        blueprint.mode = mode;
        blueprint.makeup = false;
    }
    blueprint.makeup |= overrides.makeup;
}

/// What is to be said of a uniform key for parallel variants, whose items may have to keep
/// other letters.
fn uniform_parallel(blueprint: &Blueprint, source: &Source) -> Option<Diagnostic> {
    if !blueprint.uniform_key || blueprint.mode != Mode::Parallel {
        return None;
    }
    let message = "parallel variants cannot have a uniform key";
    let hint = "leave out `uniform_key`, or print variants of the same items \
                (`mode = \"shuffled\"`)";
    let finding = Diagnostic::error(message).hint(hint);
    Some(source.find("uniform_key").into_iter().fold(finding, Diagnostic::at))
}

fn apply(blueprint: &mut Blueprint, overrides: &Overrides) {
    let named = |name: &String| Named { name: name.clone(), place: None };
    if let Some(count) = overrides.variants {
        blueprint.variants = labels(count);
    }
    if let Some(paper) = &overrides.paper {
        blueprint.paper = named(paper);
    }
    if let Some(theme) = &overrides.theme {
        blueprint.theme = named(theme);
    }
    if !overrides.editions.is_empty() {
        blueprint.editions = overrides.editions.iter().map(named).collect();
    }
    // What the ordinary paper is set in, or another edition already, is not set again.
    let mut known = BTreeSet::from([blueprint.theme.name.clone()]);
    blueprint.editions.retain(|edition| known.insert(edition.name.clone()));
    if let Some(language) = overrides.language {
        blueprint.turn_to(language);
    }
    if overrides.roster.is_some() {
        blueprint.copies.get_or_insert_default();
    }
    if !overrides.only.is_empty() {
        blueprint.documents.choose_only(&overrides.only);
    }
    for &role in &overrides.with {
        blueprint.documents.choose(role, true);
    }
    blueprint.head.identity.turn_to_sheets(&blueprint.documents);
    blueprint.columns = overrides.columns.or(blueprint.columns);
    let printing = &mut blueprint.printing;
    printing.imposition = overrides.imposition.unwrap_or(printing.imposition);
    printing.duplex |= overrides.duplex;
    printing.per_file = overrides.per_file.or(printing.per_file);
    printing.together |= overrides.together || printing.per_file.is_some();
}

/// The roster, and its file if there is one. Students who get variants of their own are
/// numbered, and the variants by them.
fn roster(
    blueprint: &mut Blueprint,
    folder: &Path,
    overrides: &Overrides,
) -> Checked<(Roster, Option<Source>)> {
    let Some(copies) = &blueprint.copies else { return Ok((Roster::default(), None)) };
    let named = copies.roster.as_ref();
    let path = match (&overrides.roster, named) {
        (Some(path), _) => path.clone(),
        (None, Some(named)) => folder.join(&named.name),
        (None, None) => {
            let hint = "write `roster = \"kelas.csv\"`, or add `--roster kelas.csv`";
            let finding = Diagnostic::error("copies for students need a roster");
            return Err(vec![copies.placed(finding.hint(hint))]);
        }
    };
    let at_name = |finding: Diagnostic| match named {
        Some(named) if overrides.roster.is_none() => vec![placed(finding, named)],
        _ => vec![finding],
    };
    let name = path.display().to_string();
    let bytes =
        fs::read(&path).map_err(|error| at_name(templates::unreadable(&name, &error)))?;
    let source = Roster::decode(&name, &bytes).map_err(at_name)?;
    let roster = Roster::read(&source)?;
    if copies.papers == Handing::Own {
        let count = roster.students.len();
        let width = count.to_string().len().max(3);
        blueprint.variants = (1..=count).map(|n| format!("{n:0width$}")).collect();
    }
    Ok((roster, Some(source)))
}

/// The editions of which a paper would have the file name of another paper.
fn same_name(blueprint: &Blueprint) -> Vec<Diagnostic> {
    let stem = |name: &str| file_stem(name).to_lowercase();
    let mut names: BTreeSet<String> =
        blueprint.variants.iter().map(|label| stem(label)).collect();
    let mut findings = Vec::new();
    for edition in &blueprint.editions {
        let names_of = blueprint.variants.iter();
        let fresh = |label: &String| {
            names.insert(format!("{}-{}", stem(label), stem(&edition.name)))
        };
        if names_of.map(fresh).any(|fresh| !fresh) {
            let name = &edition.name;
            let message =
                format!("a paper of the edition `{name}` has the name of another paper");
            let hint = "give the variants other labels";
            findings.push(placed(Diagnostic::error(message).hint(hint), edition));
        }
    }
    findings
}

/// What is to be said of the documents that are asked for: that there are none, or that
/// some need a class list or a room.
fn documents(blueprint: &Blueprint, students: &[Student]) -> Vec<Diagnostic> {
    let documents = &blueprint.documents;
    let at = |place: Option<&Place>, message: String, hint: &str| {
        let finding = Diagnostic::error(message).hint(hint);
        place.into_iter().cloned().fold(finding, Diagnostic::at)
    };
    let placed =
        |message: String, hint: &str| at(documents.place.as_ref(), message, hint);
    let copies = blueprint.copies.as_ref();
    let seated = copies.is_some_and(|copies| copies.seats.is_some())
        || students.iter().any(|student| student.seat.is_some());
    let named = FileRole::DOCUMENTS.into_iter().filter(|&role| documents.names(role));
    let missing = named.filter_map(|role| {
        let name = role.name();
        match role {
            _ if !role.is_of_class() => None,
            _ if copies.is_none() => {
                let message = format!("`{name}` needs a class list");
                let hint =
                    "write `[copies]` with a `roster`, or add `--roster kelas.csv`";
                Some(at(documents.place_of(role, &[]), message, hint))
            }
            FileRole::Attendance => None,
            _ if seated => None,
            _ => {
                let message = format!("`{name}` needs a room");
                let hint = "write `seats = { rows = 6, columns = 6 }` below `[copies]`";
                Some(at(documents.place_of(role, &[]), message, hint))
            }
        }
    });
    let mut findings: Vec<Diagnostic> = missing.collect();
    let can = |role: &FileRole| copies.is_some() || !role.is_of_class();
    if !FileRole::DOCUMENTS
        .iter()
        .filter(|role| can(role))
        .any(|&role| documents.wants(role))
    {
        let message = "no document is asked for".to_string();
        let hint = "leave out `[documents]` for papers, keys and the key matrix";
        findings.push(placed(message, hint));
    }
    if blueprint.sections.is_empty() && documents.need_items() {
        let message = "the blueprint has no sections".to_string();
        findings.push(placed(message, "add a `[[section]]` with a `type` and a `count`"));
    }
    findings
}

/// Lets a theme have as many columns as a blueprint says, or as many as it allows.
fn set_columns(theme: &mut Theme, blueprint: &Blueprint) {
    let columns = &mut theme.columns;
    columns.count = blueprint.columns.unwrap_or(columns.count).min(columns.most);
}

/// Keeps a result, or collects what is wrong.
fn collect<T>(findings: &mut Vec<Diagnostic>, result: Checked<T>) -> Option<T> {
    result.map_err(|found| findings.extend(found)).ok()
}

fn placed(finding: Diagnostic, named: &Named) -> Diagnostic {
    match &named.place {
        Some(place) => finding.at(place.clone()),
        None => finding,
    }
}

/// Loads the banks; what is wrong with all of them together is said of their names.
fn load(
    blueprint: &Blueprint,
    sources: &[Source],
    threads: NonZeroUsize,
) -> Checked<Bank> {
    let place = |finding: Diagnostic| match (&finding.place, blueprint.banks.first()) {
        (None, Some(named)) => placed(finding, named),
        _ => finding,
    };
    load_bank(sources, threads)
        .map_err(|findings| findings.into_iter().map(place).collect())
}

/// Loads a bank with its pictures, whose paths start from the folder of the file that names
/// them. Each file is read once; the built-in ones were read when they were compiled.
pub fn load_bank(sources: &[Source], threads: NonZeroUsize) -> Checked<Bank> {
    if let Some(bank) = Bank::restored(templates::COMPILED, sources, threads) {
        return Ok(bank);
    }
    let mut read: BTreeMap<PathBuf, PictureFile> = BTreeMap::new();
    bank::load_with(sources, threads, &mut |source, path| {
        if templates::is_embedded(source) {
            let message = format!("a built-in bank has no picture `{path}`");
            let hint = "copy the bank with `lembar new`, and lay the picture beside it";
            return Err(Diagnostic::error(message).hint(hint));
        }
        let place = Path::new(&source.name).with_file_name("").join(path);
        if let Some(known) = read.get(&place) {
            return Ok(known.clone());
        }
        let bytes = fs::read(&place).map_err(|e| templates::unreadable(path, &e))?;
        let file = FileName { path: path.to_string(), sha256: Sum::of(&bytes) };
        let picture = Arc::new(Picture::read(path, bytes)?);
        let opened = PictureFile { file, picture };
        read.insert(place, opened.clone());
        Ok(opened)
    })
}

/// The files of the banks: a name that ends in `.toml` is a path, any other a template,
/// whose patterns come along.
fn bank_sources(
    blueprint: &Blueprint,
    folder: &Path,
    templates: &Templates,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Source> {
    let mut sources = Vec::new();
    for bank in &blueprint.banks {
        let found = if bank.name.ends_with(".toml") {
            templates::read(&folder.join(&bank.name)).map(|source| vec![source])
        } else {
            templates.find(Kind::Bank, &bank.name).and_then(|source| {
                let patterns = templates.look_up(Kind::Pattern, &bank.name)?;
                Ok([source].into_iter().chain(patterns).collect())
            })
        };
        match found {
            Ok(found) => sources.extend(found),
            Err(finding) => findings.push(placed(finding, bank)),
        }
    }
    sources
}

/// What sheets say, with the file that says it, and what rules look for.
fn words(
    language: Language,
    templates: &Templates,
) -> Checked<(Wording, Source, Lexicon)> {
    let find = |templates: &Templates| {
        let found = templates.find(Kind::Wording, language.code());
        found.map_err(|finding| vec![finding])
    };
    let (source, usual) = (find(templates)?, find(&Templates::default())?);
    Ok((Wording::read(&source, &usual)?, source, lexicon(templates)?))
}

/// The words that rules of item writing look for, in all languages.
pub fn lexicon(templates: &Templates) -> Checked<Lexicon> {
    Lexicon::read(&|language| {
        templates.find(Kind::Lint, language.code()).map_err(|finding| vec![finding])
    })
}

/// Where lines may break, in all languages.
fn breaking(templates: &Templates) -> Checked<LineBreaking> {
    LineBreaking::read(&|language| {
        let found = templates.find(Kind::Breaking, language.code());
        found.map_err(|finding| vec![finding])
    })
}

fn theme(named: &Named, templates: &Templates) -> Checked<(Theme, Source)> {
    let source = templates
        .find(Kind::Theme, &named.name)
        .map_err(|finding| vec![placed(finding, named)])?;
    Ok((Theme::read(&source)?, source))
}

/// The fonts of a theme and those of its files that are the user's own. Paths in the theme
/// start from `folder`.
fn fonts(
    theme: &Theme,
    source: &Source,
    folder: &Path,
) -> Checked<(Fonts, Vec<FontFile>)> {
    let mut opener =
        FontOpener { source, folder, files: Vec::new(), findings: Vec::new() };
    let text = opener.family(&theme.family);
    let headings = theme.headings.as_ref().map(|typeface| opener.family(typeface));
    match text {
        Some(text) if opener.findings.is_empty() => {
            Ok((Fonts::new(text, headings.flatten()), opener.files))
        }
        _ => Err(opener.findings),
    }
}

/// Opens the font files of a theme.
struct FontOpener<'a> {
    source: &'a Source,
    folder: &'a Path,
    files: Vec<FontFile>,
    findings: Vec<Diagnostic>,
}

impl FontOpener<'_> {
    fn family(&mut self, typeface: &Typeface) -> Option<Family> {
        let files = match typeface {
            Typeface::Embedded(name) => return Family::embedded(name),
            Typeface::Files(files) => files,
        };
        let mut face = |path: &Option<Spanned<String>>| {
            path.as_ref().and_then(|path| self.font(path))
        };
        let (bold, italic) = (face(&files.bold), face(&files.italic));
        let bold_italic = face(&files.bold_italic);
        Some(Family { regular: self.font(&files.regular)?, bold, italic, bold_italic })
    }

    fn font(&mut self, path: &Spanned<String>) -> Option<Font> {
        let name = path.get_ref();
        let read = fs::read(self.folder.join(name))
            .map_err(|error| templates::unreadable(name, &error))
            .and_then(|bytes| {
                let sha256 = Sum::of(&bytes);
                let font = Font::read(bytes.into()).ok_or_else(|| {
                    Diagnostic::error(format!("`{name}` is not a font"))
                        .hint("use a TrueType or OpenType file (`.ttf` or `.otf`)")
                })?;
                Ok((font, FontFile { path: name.clone(), sha256 }))
            });
        match read {
            Ok((font, file)) => {
                self.files.push(file);
                Some(font)
            }
            Err(finding) => {
                self.findings.push(finding.at(self.source.place(path.span())));
                None
            }
        }
    }
}

fn picture(path: &Path, name: &str) -> Result<Picture, Diagnostic> {
    let bytes = fs::read(path).map_err(|error| templates::unreadable(name, &error))?;
    Picture::read(name, bytes)
}
