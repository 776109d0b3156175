//! Shows how far a long job has come, and stops it when Ctrl-C is pressed.

use std::io::IsTerminal;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::Progress;

/// The exit status of a program that was stopped, as shells know it: 128 and the number of
/// the signal.
pub const STOPPED: u8 = 130;

/// A job that takes no longer than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);

/// What stands on the bar.
const BAR: &str = "{bar:30} {pos}/{len} sheets, {msg}";

/// What Ctrl-C does.
pub struct Brake {
    /// Whether there are files that are to be cleared away first.
    writing: Arc<AtomicBool>,
}

impl Brake {
    /// From now on, Ctrl-C ends the program: at once while nothing is being written, or when
    /// it is pressed again, and otherwise as soon as the job has noticed.
    pub fn new(progress: &Progress) -> Brake {
        let (progress, writing) = (progress.clone(), Arc::new(AtomicBool::new(false)));
        let is_writing = Arc::clone(&writing);
        // Without a handler, the system ends the program, and the next job clears away.
        let _ = ctrlc::set_handler(move || {
            if progress.is_stopped() || !is_writing.load(Ordering::SeqCst) {
                process::exit(i32::from(STOPPED));
            }
            progress.stop();
        });
        Brake { writing }
    }

    /// From now on, there are files that are to be cleared away.
    pub fn writing(&self) {
        self.writing.store(true, Ordering::SeqCst);
    }
}

/// Does some work, and shows meanwhile how far it has come if standard error is a terminal.
pub fn shown<T>(progress: &Progress, work: impl FnOnce() -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    thread::scope(|scope| {
        let (done, ended) = mpsc::channel::<()>();
        scope.spawn(move || {
            let (start, mut bar) = (Instant::now(), None);
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(PACE) {
                if start.elapsed() > PATIENCE && progress.expected() > 0 {
                    draw(bar.get_or_insert_with(new_bar), progress, start.elapsed());
                }
            }
            bar.iter().for_each(ProgressBar::finish_and_clear);
        });
        let result = work();
        drop(done);
        result
    })
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(
        ProgressStyle::with_template(BAR).unwrap_or(ProgressStyle::default_bar()),
    );
    bar
}

fn draw(bar: &ProgressBar, progress: &Progress, elapsed: Duration) {
    bar.set_message(message(progress, elapsed));
    bar.set_length(progress.expected() as u64);
    bar.set_position(progress.sheets() as u64);
}

/// How fast it goes, and how long it still takes.
fn message(progress: &Progress, elapsed: Duration) -> String {
    let (sheets, expected) = (progress.sheets(), progress.expected());
    if progress.is_stopped() {
        return "stopping".to_string();
    }
    if sheets >= expected {
        return "reading back what was printed".to_string();
    }
    let seconds = elapsed.as_secs_f64();
    let speed = progress.pages() as f64 / seconds;
    let left = seconds / sheets.max(1) as f64 * (expected - sheets) as f64;
    let left = left.ceil() as u64;
    format!("{speed:.0} pages/s, {}:{:02} left", left / 60, left % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_tells_pages_a_second_and_the_time_left() {
        let progress = Progress::default();
        progress.expect(100);
        for _ in 0..25 {
            progress.laid_out(4).unwrap();
        }
        let said = |seconds| message(&progress, Duration::from_secs(seconds));
        assert_eq!(said(10), "10 pages/s, 0:30 left");
        assert_eq!(said(40), "2 pages/s, 2:00 left");
        progress.stop();
        assert_eq!(said(40), "stopping");
        assert!(progress.laid_out(1).is_err());
    }
}
