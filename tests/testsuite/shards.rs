//! Shards: whatever the number of parts, what they print joins to what one run prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// An exam of three variants, which takes little time to print.
const HEAD: &str = "title = \"KUIS\"\nbanks = [\"kerja-sama-internasional\"]\nseed = 5\n\
                    variants = 3\npaper = \"a5\"\n";
const QUESTIONS: &str = "[[section]]\ntype = \"multiple-choice\"\ncount = 6\n";

/// A folder of a test's own, with a blueprint.
struct Folder(PathBuf);

impl Folder {
    /// Makes the folder anew, with a class list of so many students if there are any.
    fn new(name: &str, tables: &str, students: usize) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("shards-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let rows = (1..=students).map(|n| format!("{n},Murid {n:03},IX A\n"));
        let roster = format!("No,Nama,Kelas\n{}", rows.collect::<String>());
        fs::write(path.join("kelas.csv"), roster).unwrap();
        let copies = match students {
            0 => "",
            _ => "[copies]\nroster = \"kelas.csv\"\nseats = [4, 5]\n",
        };
        let blueprint = format!("{HEAD}{tables}{copies}{QUESTIONS}");
        fs::write(path.join("kuis.toml"), blueprint).unwrap();
        Folder(path)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lembar"));
        command.current_dir(&self.0).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs a command that has nothing to complain of.
    fn done(&self, arguments: &[&str]) {
        let output = self.run(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {complaint}");
    }

    /// What a command complains of.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn make(&self, output: &str, shard: usize, count: usize) {
        let shard = format!("{shard}/{count}");
        self.done(&["make", "kuis.toml", "-o", output, "--shard", &shard]);
    }

    /// Everything in a folder of this one, by its path.
    fn contents(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let (root, mut found) = (self.0.join(name), BTreeMap::new());
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        let name = path.strip_prefix(&root).unwrap().to_path_buf();
                        found.insert(name, fs::read(&path).unwrap());
                    }
                }
            }
        }
        found
    }

    fn assert_same(&self, one: &str, other: &str) {
        let (one, other) = (self.contents(one), self.contents(other));
        let names = |all: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
            all.keys().cloned().collect()
        };
        assert_eq!(names(&one), names(&other));
        for (name, bytes) in one {
            assert!(other[&name] == bytes, "{} differs", name.display());
        }
    }
}

/// Prints a job as a whole with one thread and with several, and in so many parts, and
/// compares.
fn same_however_divided(name: &str, tables: &str, students: usize, counts: &[usize]) {
    let folder = Folder::new(name, tables, students);
    folder.done(&["make", "kuis.toml", "-o", "whole", "--threads", "1"]);
    for threads in ["2", "5"] {
        folder.done(&["make", "kuis.toml", "-o", threads, "--threads", threads]);
        folder.assert_same("whole", threads);
    }
    for &count in counts {
        let joined = format!("joined-{count}");
        // The order in which they are printed does not matter.
        for shard in (1..=count).rev() {
            folder.make(&joined, shard, count);
        }
        folder.done(&["merge", &joined]);
        folder.assert_same("whole", &joined);
    }
}

#[test]
fn variants_join() {
    same_however_divided("variants", "[documents]\nscoring = true\n", 0, &[1, 2, 5]);
}

#[test]
fn copies_join() {
    same_however_divided("copies", "", 7, &[3, 10]);
}

#[test]
fn files_of_several_copies_join() {
    let tables = "editions = [\"disleksia\"]\n[printing]\nper_file = 3\n\
                  [documents]\nanswer-sheet = true\n";
    same_however_divided("files", tables, 7, &[2, 3]);
}

#[test]
fn a_part_of_one_file_is_refused() {
    let folder = Folder::new("one", "[printing]\ntogether = true\n", 0);
    let complaint = folder.refused(&["make", "kuis.toml", "-o", "out", "--shard", "1/2"]);
    assert!(complaint.contains("per-file"), "{complaint}");
    assert!(!folder.0.join("out").exists());
}

#[test]
fn nothing_is_joined_that_is_not_whole_or_does_not_fit() {
    let folder = Folder::new("broken", "", 4);
    let merge = |expected: &str| {
        let before = folder.contents("out");
        let complaint = folder.refused(&["merge", "out"]);
        assert!(complaint.contains(expected), "{complaint}");
        assert_eq!(folder.contents("out"), before);
    };
    folder.make("out", 1, 3);
    folder.make("out", 3, 3);
    merge("the part 2/3 is missing");
    folder.make("out", 2, 3);
    folder.make("out", 1, 2);
    merge("a job of 2 and of one of 3 parts");
    fs::remove_dir_all(folder.0.join("out/shard-1-of-2")).unwrap();
    let paper = folder.0.join("out/shard-2-of-3/naskah-IX-A-02-Murid-002.pdf");
    let paper = match paper.exists() {
        true => paper,
        false => folder.0.join("out/shard-2-of-3/naskah-2-Murid-002.pdf"),
    };
    let bytes = fs::read(&paper).unwrap();
    fs::write(&paper, b"x").unwrap();
    merge("missing or was changed");
    fs::write(&paper, bytes).unwrap();
    // Another seed, another job.
    let arguments = ["make", "kuis.toml", "-o", "out", "--seed", "6", "--shard", "2/3"];
    folder.done(&arguments);
    merge("parts of different jobs");
    folder.make("out", 2, 3);
    // A part in the folder of another one.
    let out = folder.0.join("out");
    fs::rename(out.join("shard-2-of-3"), out.join("aside")).unwrap();
    folder.make("out", 1, 3);
    fs::rename(out.join("shard-1-of-3"), out.join("shard-2-of-3")).unwrap();
    folder.make("out", 1, 3);
    merge("`shard-2-of-3` holds the part 1/3");
    fs::remove_dir_all(out.join("shard-2-of-3")).unwrap();
    fs::rename(out.join("aside"), out.join("shard-2-of-3")).unwrap();
    folder.done(&["merge", "out"]);
    folder.done(&["verify", "out"]);
}

/// Whenever a part is killed, running it again prints it whole.
#[test]
fn a_killed_part_is_printed_again() {
    let folder = Folder::new("killed", "", 12);
    folder.done(&["make", "kuis.toml", "-o", "whole"]);
    for pause in [1, 5, 20, 60, 150] {
        let output = format!("killed-{pause}");
        let arguments = ["make", "kuis.toml", "-o", &output, "--shard", "1/2"];
        let mut command = folder.command(&arguments);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        let _ = child.kill();
        child.wait().unwrap();
        folder.make(&output, 2, 2);
        folder.make(&output, 1, 2);
        folder.done(&["merge", &output]);
        folder.assert_same("whole", &output);
    }
}

/// A job that is stopped leaves what was there, or nothing.
#[test]
#[cfg(unix)]
fn a_stopped_job_leaves_nothing() {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    let folder = Folder::new("stopped", "", 0);
    folder.done(&["make", "kuis.toml", "-o", "there"]);
    let before = folder.contents("there");
    for (output, signal) in [("there", Signal::SIGINT), ("new", Signal::SIGTERM)] {
        let path = folder.0.join(output);
        let arguments = ["make", "kuis.toml", "-o", output, "--variants", "800"];
        let mut command = folder.command(&arguments);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        // It is stopped in the middle of its work.
        let is_at_work = || {
            let names = fs::read_dir(&path).into_iter().flatten();
            let parts =
                names.map(|name| name.unwrap().file_name().into_string().unwrap());
            parts.filter(|name| name.ends_with(".lembar-part")).count() > 2
        };
        while !is_at_work() {
            std::thread::sleep(Duration::from_millis(10));
        }
        kill(Pid::from_raw(child.id() as i32), signal).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("the job was stopped") && said.contains("--shard"),
            "{said}"
        );
    }
    assert_eq!(folder.contents("there"), before);
    assert!(!folder.0.join("new").exists());
}

/// As a part that was killed while its files got their names: some have theirs, its record
/// has not.
#[test]
fn a_part_that_was_killed_at_the_end_is_known() {
    let folder = Folder::new("half", "", 4);
    folder.make("out", 1, 2);
    let part = folder.0.join("out/shard-1-of-2");
    fs::rename(part.join("exam.json"), part.join(".exam.json.lembar-part")).unwrap();
    let key = part.join("kunci-A.pdf");
    fs::rename(&key, part.join(".kunci-A.pdf.lembar-part")).unwrap();
    folder.make("again", 1, 2);
    folder.make("out", 1, 2);
    folder.assert_same("again", "out");
}

/// As a join that was killed while it moved files.
#[test]
fn a_join_that_was_killed_is_done_again() {
    let folder = Folder::new("moved", "", 4);
    folder.done(&["make", "kuis.toml", "-o", "whole"]);
    for shard in [1, 2] {
        folder.make("out", shard, 2);
    }
    let out = folder.0.join("out");
    let whole = folder.0.join("whole");
    fs::copy(whole.join("exam.json"), out.join(".exam.json.lembar-part")).unwrap();
    fs::rename(out.join("shard-1-of-2/kunci-A.pdf"), out.join("kunci-A.pdf")).unwrap();
    folder.done(&["merge", "out"]);
    folder.assert_same("whole", "out");
}
