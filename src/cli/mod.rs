//! The command line: parse, check, call the library, say what happened.

mod amend;
mod args;
mod check;
mod list;
mod lookup;
mod make;
mod merge;
mod new;
mod verify;
mod watch;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::diagnostic::{self, Checked, Diagnostic};
use crate::progress;

/// Runs the program on the process's arguments.
///
/// The exit status is 0 when it is done, 1 when the input is wrong, 2 when the command line
/// is wrong, and 130 when it was stopped.
pub fn run() -> ExitCode {
    let args = args::Args::parse();
    let done = match args.command {
        args::Command::Make(args) => make::run(*args),
        args::Command::New(args) => new::run(args),
        args::Command::Check(args) => check::run(args),
        args::Command::Verify(args) => verify::run(args),
        args::Command::Lookup(args) => lookup::run(args),
        args::Command::Amend(args) => amend::run(*args),
        args::Command::Merge(args) => merge::run(args),
        args::Command::List(args) => list::run(args),
    };
    match done.and_then(|text| print(&text).map_err(|finding| vec![finding])) {
        Ok(()) => ExitCode::SUCCESS,
        Err(findings) => {
            report(&findings);
            match findings[..] == [progress::stopped()] {
                true => ExitCode::from(watch::STOPPED),
                false => ExitCode::FAILURE,
            }
        }
    }
}

/// What a command answers: the text for standard output, or what is wrong.
type Answer = Checked<String>;

fn print(text: &str) -> Result<(), Diagnostic> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever read it has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Diagnostic::error(format!("standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

fn report(findings: &[Diagnostic]) {
    let err = std::io::stderr();
    let text = diagnostic::render(findings, err.is_terminal());
    // There is nobody left to tell if this fails.
    let _ = err.lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::args::Args::command().debug_assert();
    }
}
