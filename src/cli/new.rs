//! `lembar new`: writes a blueprint to start from.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use crate::cli::{Answer, args};
use crate::diagnostic::Diagnostic;
use crate::templates::{Kind, Templates};

pub fn run(args: args::New) -> Answer {
    let shown = args.file.display();
    let source =
        Templates::default().find(Kind::Starter, "ulangan").map_err(|f| vec![f])?;
    let wrong = |error: std::io::Error| {
        let finding = match error.kind() {
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
        };
        vec![finding]
    };
    if args.force {
        // Written beside and renamed, so that the old file stays if there is no room.
        let name = args.file.file_name().unwrap_or_default().to_string_lossy();
        let temporary: PathBuf = args.file.with_file_name(format!(".{name}.part"));
        let replaced = fs::write(&temporary, &source.text)
            .and_then(|()| fs::rename(&temporary, &args.file));
        replaced.inspect_err(|_| drop(fs::remove_file(&temporary))).map_err(wrong)?;
    } else {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&args.file)
            .map_err(wrong)?;
        let written = file.write_all(source.text.as_bytes());
        written.inspect_err(|_| drop(fs::remove_file(&args.file))).map_err(wrong)?;
    }
    Ok(format!(
        "Wrote {shown}. Change it as you like; `lembar make {shown}` prints it.\n"
    ))
}
