//! `lembar new`: writes a blueprint to start from, or a copy of another built-in file.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::{Answer, args};
use crate::diagnostic::Diagnostic;
use crate::input::Source;
use crate::templates::{Kind, Templates};

/// The kinds of files that can be copied by name.
const KINDS: [Kind; 7] = [
    Kind::Bank,
    Kind::Pattern,
    Kind::Preset,
    Kind::Theme,
    Kind::Wording,
    Kind::Lint,
    Kind::Breaking,
];

pub fn run(args: args::New) -> Answer {
    let source = source(&args).map_err(|finding| vec![finding])?;
    let file = args.file.clone().unwrap_or_else(|| match &args.template {
        Some(template) => Path::new("templates").join(format!("{template}.toml")),
        None => PathBuf::from("ulangan.toml"),
    });
    if args.template.is_some()
        && let Some(folder) = file.parent()
    {
        // If this fails, writing the file says why.
        let _ = fs::create_dir_all(folder);
    }
    let written = match args.force {
        true => replace(&file, &source.text),
        false => create(&file, &source.text),
    };
    written.map_err(|error| vec![unwritten(&file, &error)])?;
    let shown = file.display();
    Ok(match args.template {
        Some(_) => format!("Wrote {shown}. Change it as you like.\n"),
        None => {
            format!(
                "Wrote {shown}. Change it as you like; `lembar make {shown}` prints it.\n"
            )
        }
    })
}

/// The built-in file that is to be written.
fn source(args: &args::New) -> Result<Source, Diagnostic> {
    let templates = Templates::default();
    if let Some(name) = &args.preset {
        return templates.find(Kind::Preset, name);
    }
    let Some(template) = &args.template else {
        return templates.find(Kind::Starter, "ulangan");
    };
    let named = template.split_once('/').and_then(|(folder, name)| {
        Some((KINDS.into_iter().find(|kind| kind.folder() == folder)?, name))
    });
    match named {
        Some((kind, name)) => templates.find(kind, name),
        None => {
            let folders: Vec<&str> = KINDS.iter().map(|kind| kind.folder()).collect();
            Err(Diagnostic::error(format!("`{template}` names no built-in file"))
                .hint(format!("write KIND/NAME; the kinds are {}", folders.join(", "))))
        }
    }
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Writes beside the file and renames, so that the old one stays if there is no room.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.part"));
    fs::write(&temporary, text)
        .and_then(|()| fs::rename(&temporary, path))
        .inspect_err(|_| drop(fs::remove_file(&temporary)))
}

fn unwritten(path: &Path, error: &io::Error) -> Diagnostic {
    let shown = path.display();
    match error.kind() {
        ErrorKind::AlreadyExists => {
            Diagnostic::error(format!("the file `{shown}` is already there"))
                .hint("choose another name, or add `--force` to overwrite it")
        }
        ErrorKind::NotFound => {
            Diagnostic::error(format!("the folder of `{shown}` is not there"))
                .hint("make the folder first")
        }
        _ => Diagnostic::error(format!("`{shown}` cannot be written: {error}"))
            .hint("choose another name or folder"),
    }
}
