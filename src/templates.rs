//! Everything that a teacher may copy and change: embedded in the program, and found on
//! disk first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::input::Source;
use crate::theme;

/// What a template is for; each has its folder in `templates/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Banks of facts.
    Bank,
    /// How facts become questions; read with the bank of the same name.
    Pattern,
    /// Blueprints to print as they are.
    Preset,
    /// Blueprints to start from.
    Starter,
    /// How sheets look.
    Theme,
    /// What sheets say.
    Wording,
    /// The words that rules of item writing look for.
    Lint,
    /// Where lines may break.
    Breaking,
}

impl Kind {
    /// The name of its folder.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Bank => "banks",
            Kind::Pattern => "patterns",
            Kind::Preset => "presets",
            Kind::Starter => "starters",
            Kind::Theme => "themes",
            Kind::Wording => "wording",
            Kind::Lint => "lint",
            Kind::Breaking => "breaking",
        }
    }

    /// What one is called in messages.
    fn noun(self) -> &'static str {
        match self {
            Kind::Bank => "bank",
            Kind::Pattern => "pattern file",
            Kind::Preset => "preset",
            Kind::Starter => "starter",
            Kind::Theme => "theme",
            Kind::Wording => "wording",
            Kind::Lint => "word list",
            Kind::Breaking => "file of line breaks",
        }
    }
}

/// The embedded files other than themes: kind, name, text.
const EMBEDDED: [(Kind, &str, &str); 19] = [
    (
        Kind::Bank,
        "kerja-sama-internasional",
        include_str!("../templates/banks/kerja-sama-internasional.toml"),
    ),
    (
        Kind::Pattern,
        "kerja-sama-internasional",
        include_str!("../templates/patterns/kerja-sama-internasional.toml"),
    ),
    (
        Kind::Preset,
        "ulangan-harian",
        include_str!("../templates/presets/ulangan-harian.toml"),
    ),
    (
        Kind::Preset,
        "ulangan-harian-sma",
        include_str!("../templates/presets/ulangan-harian-sma.toml"),
    ),
    (
        Kind::Preset,
        "sumatif-akhir-semester",
        include_str!("../templates/presets/sumatif-akhir-semester.toml"),
    ),
    (
        Kind::Preset,
        "sumatif-akhir-semester-sma",
        include_str!("../templates/presets/sumatif-akhir-semester-sma.toml"),
    ),
    (Kind::Preset, "latihan", include_str!("../templates/presets/latihan.toml")),
    (Kind::Preset, "latihan-sma", include_str!("../templates/presets/latihan-sma.toml")),
    (
        Kind::Preset,
        "kuis-10-menit",
        include_str!("../templates/presets/kuis-10-menit.toml"),
    ),
    (
        Kind::Preset,
        "kuis-10-menit-sma",
        include_str!("../templates/presets/kuis-10-menit-sma.toml"),
    ),
    (Kind::Preset, "lkpd", include_str!("../templates/presets/lkpd.toml")),
    (Kind::Preset, "tts", include_str!("../templates/presets/tts.toml")),
    (Kind::Starter, "ulangan", include_str!("../templates/starters/ulangan.toml")),
    (Kind::Wording, "id", include_str!("../templates/wording/id.toml")),
    (Kind::Wording, "en", include_str!("../templates/wording/en.toml")),
    (Kind::Lint, "id", include_str!("../templates/lint/id.toml")),
    (Kind::Lint, "en", include_str!("../templates/lint/en.toml")),
    (Kind::Breaking, "id", include_str!("../templates/breaking/id.toml")),
    (Kind::Breaking, "en", include_str!("../templates/breaking/en.toml")),
];

/// The embedded bank with its patterns, read and checked, as `Bank::compiled` has it. A test
/// compares it with the TOML.
pub const COMPILED: &[u8] =
    include_bytes!("../templates/banks/kerja-sama-internasional.postcard");

/// Where templates are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Templates {
    /// A folder with `banks/`, `themes/` and so on, whose files win over the embedded ones.
    pub folder: Option<PathBuf>,
    /// Whether the folder was named, so that it must be there.
    pub named: bool,
}

impl Templates {
    /// Finds a template by its name: a file in the folder, else the embedded one.
    pub fn find(&self, kind: Kind, name: &str) -> Result<Source, Diagnostic> {
        match self.look_up(kind, name)? {
            Some(source) => Ok(source),
            None => {
                let known: Vec<&str> = names(kind).collect();
                Err(Diagnostic::error(format!("there is no {} `{name}`", kind.noun()))
                    .hint(format!("built-in ones: {}", known.join(", "))))
            }
        }
    }

    /// Finds a template that may be missing.
    pub fn look_up(&self, kind: Kind, name: &str) -> Result<Option<Source>, Diagnostic> {
        if let Some(folder) = &self.folder
            && !name.contains(['/', '\\'])
        {
            let path = folder.join(kind.folder()).join(format!("{name}.toml"));
            if path.is_file() {
                return read(&path).map(Some);
            }
        }
        let embedded = embedded(kind).find(|(known, _)| *known == name);
        Ok(embedded.map(|(name, text)| Source {
            name: format!("built-in {}/{name}.toml", kind.folder()),
            text: text.into(),
        }))
    }
}

/// The names of the embedded templates of a kind.
pub fn names(kind: Kind) -> impl Iterator<Item = &'static str> {
    embedded(kind).map(|(name, _)| name)
}

/// The names and texts of the embedded templates of a kind.
fn embedded(kind: Kind) -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = EMBEDDED.iter().map(|&(kind, name, text)| (kind, (name, text)));
    let themes = theme::EMBEDDED.iter().map(|&theme| (Kind::Theme, theme));
    others.chain(themes).filter(move |(of, _)| *of == kind).map(|(_, file)| file)
}

/// Whether a file is embedded in the program.
pub fn is_embedded(source: &Source) -> bool {
    source.name.starts_with("built-in ")
}

/// Reads a text file of the user's.
pub fn read(path: &Path) -> Result<Source, Diagnostic> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| unreadable(&name, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line =
            error.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
        // Word, Excel and LibreOffice files are ZIP archives.
        let hint = match error.as_bytes().starts_with(b"PK") {
            true => {
                "it is a Word or Excel file; a blueprint is plain text, see `lembar new`"
            }
            false => "save it again with the encoding UTF-8",
        };
        let message = format!("`{name}` is not UTF-8 text: line {line} has other bytes");
        Diagnostic::error(message).hint(hint)
    })?;
    // Editors on Windows put a byte-order mark first.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_string);
    Ok(Source { name, text: text.into() })
}

/// Says why a file of the user's cannot be read.
pub fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let message = match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file `{name}`"),
        io::ErrorKind::PermissionDenied => format!("the file `{name}` may not be read"),
        io::ErrorKind::IsADirectory => format!("`{name}` is a folder, not a file"),
        _ => format!("the file `{name}` cannot be read: {error}"),
    };
    Diagnostic::error(message).hint("check the name and the folder that it is given from")
}
