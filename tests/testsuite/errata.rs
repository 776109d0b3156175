//! Errata: what is amended after printing is amended in every variant, and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lembar::errata::{self, Erratum, Requests};
use lembar::exam::{Answer, Solution, Void, counting};
use lembar::item_type::ItemType;
use lembar::job::Overrides;
use lembar::record::{FileRole, Record};
use lembar::sum::Sum;
use lembar::text::plain;
use lembar::{Document, Format};

use crate::made::{Made, job, make};

/// An exam of all types in three variants, as proofs.
fn printed(seed: u64) -> Made {
    let types = ItemType::ALL.map(|kind| {
        let count = if kind == ItemType::MultipleChoice { 8 } else { 2 };
        format!("[[section]]\ntype = \"{}\"\ncount = {count}\n", kind.name())
    });
    let head = "title = \"x\"\nbanks = [\"kerja-sama-internasional\"]\nvariants = 3\n";
    let overrides = Overrides { seed: Some(seed), ..Overrides::default() };
    let mut job = job(&format!("{head}{}", types.concat()), &overrides);
    job.format = Format::Proof;
    make(job)
}

fn amended(made: &Made, requests: &Requests) -> Erratum {
    let done = errata::amend(&made.exam, &made.record, requests, &made.job.wording);
    done.unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn refused(made: &Made, requests: &Requests) -> String {
    let done = errata::amend(&made.exam, &made.record, requests, &made.job.wording);
    done.unwrap_err().iter().map(|finding| finding.message.clone() + "\n").collect()
}

fn documents(made: &Made, erratum: &Erratum) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut take = |document| {
        documents.push(document);
        Ok(())
    };
    lembar::print_erratum(&made.job, erratum, false, &mut take).unwrap();
    documents
}

/// The words of a proof, in their order.
fn words(document: &Document) -> String {
    let text = std::str::from_utf8(&document.bytes).unwrap();
    let quoted = text.lines().filter_map(|line| line.split_once('"'));
    quoted.map(|(_, words)| words.trim_end_matches('"')).collect::<Vec<&str>>().join(" ")
}

/// A request that makes something else right, and what is right then: texts of options and
/// the like, by the text of a row if there are rows.
fn another(answer: &Answer, made: &Made, variant: usize) -> (String, BTreeSet<String>) {
    let (label, number) = (&made.exam.variants.held()[variant].key.label, answer.number);
    let record = &made.record.variants.held()[variant].questions[number as usize - 1];
    let letter = |index: usize| char::from(b'A' + index as u8);
    let name = format!("{label}{number}");
    let set = |texts: &[&str]| texts.iter().map(|text| text.to_string()).collect();
    match answer.about.item_type {
        ItemType::MultipleChoice => {
            let key = record.key[0].as_bytes()[0] - b'A';
            let other = (usize::from(key) + 1) % record.options.len();
            (format!("{name}={}", letter(other)), set(&[&record.options[other]]))
        }
        ItemType::MultipleAnswer => {
            let wrong = (0..record.options.len())
                .find(|&index| !record.key.contains(&letter(index).to_string().into()));
            let wrong = wrong.unwrap();
            (format!("{name}={}", letter(wrong)), set(&[&record.options[wrong]]))
        }
        ItemType::TrueFalse => {
            let other = (*record.key[0] != *"true").to_string();
            (format!("{name}={other}"), set(&[&other]))
        }
        ItemType::Categorize => {
            let other = record.categories.iter().find(|one| **one != record.key[1]);
            let said = format!("{}: {}", record.rows[1], other.unwrap());
            (format!("{name}.2={}", other.unwrap()), set(&[&said]))
        }
        ItemType::Matching => {
            let key = record.key[1].as_bytes()[0] - b'A';
            let other = (usize::from(key) + 1) % record.options.len();
            let said = format!("{}: {}", record.premises[1], record.options[other]);
            (format!("{name}.2={}", letter(other)), set(&[&said]))
        }
        ItemType::ShortAnswer => (format!("{name}=Xyz"), set(&["Xyz"])),
        ItemType::Cloze => (format!("{name}.2=Xyz"), set(&["2: Xyz"])),
        ItemType::Ordering | ItemType::Essay => unreachable!("they have no other key"),
    }
}

/// What a solution says is right, by texts.
fn right(solution: &Solution) -> BTreeSet<String> {
    match solution {
        Solution::Option { options, .. } | Solution::Options { options, .. } => {
            let right = options.iter().filter(|option| option.correct);
            right.map(|option| plain(&option.text)).collect()
        }
        Solution::Judgement { truth, .. } => BTreeSet::from([truth.to_string()]),
        Solution::Categories(rows) => rows
            .iter()
            .map(|row| format!("{}: {}", plain(&row.text), plain(&row.category)))
            .collect(),
        Solution::Matching(pairs) => pairs
            .iter()
            .map(|pair| format!("{}: {}", plain(&pair.premise), plain(&pair.option)))
            .collect(),
        Solution::Blank { accepted, .. } => accepted.iter().map(|a| plain(a)).collect(),
        Solution::Cloze { blanks, .. } => {
            let usual = blanks.iter().map(|blank| plain(&blank[0])).zip(1..);
            usual.map(|(answer, number)| format!("{number}: {answer}")).collect()
        }
        Solution::Order { .. } | Solution::Guide(_) => BTreeSet::new(),
    }
}

#[test]
fn another_key_is_carried_over_to_every_variant_by_its_text() {
    for seed in 0..6 {
        let made = printed(seed);
        let variant = seed as usize % 3;
        for answer in &made.exam.variants.held()[variant].key.answers {
            if matches!(answer.about.item_type, ItemType::Ordering | ItemType::Essay) {
                continue;
            }
            let (request, expected) = another(answer, &made, variant);
            let requests =
                Requests { rekey: vec![request.clone()], ..Requests::default() };
            let erratum = amended(&made, &requests);
            for (new, old) in
                erratum.exam.variants.held().iter().zip(made.exam.variants.held())
            {
                assert_eq!(new.paper, old.paper, "{request} changed a paper");
                for (new, old) in new.key.answers.iter().zip(&old.key.answers) {
                    if old.about.item != answer.about.item {
                        assert_eq!(new, old, "{request} changed another item");
                        continue;
                    }
                    let (now, before) = (right(&new.solution), right(&old.solution));
                    assert!(now.is_superset(&expected), "{request}: {now:?}");
                    let kept = now.intersection(&before).count();
                    let parts = counting(&old.solution).len();
                    assert_eq!(kept, parts - 1, "{request}: {before:?} to {now:?}");
                    if let Solution::Option { letter, options } = &new.solution {
                        let index = (*letter as u8 - b'A') as usize;
                        assert!(options[index].correct, "{request}: the letter {letter}");
                    }
                }
            }
            let twice =
                Requests { rekey: vec![request.clone(); 2], ..Requests::default() };
            assert!(refused(&made, &twice).contains("changes nothing"), "{request}");
        }
    }
}

#[test]
fn the_slip_lists_the_numbers_of_the_record_and_no_others() {
    let made = printed(1);
    let answers = &made.exam.variants.held()[1].key.answers;
    for answers in answers.chunks(5) {
        let void = answers.iter().map(|answer| format!("B{}", answer.number)).collect();
        let items: BTreeSet<&str> =
            answers.iter().map(|a| a.about.item.as_str()).collect();
        let erratum = amended(&made, &Requests { void, ..Requests::default() });
        let documents = documents(&made, &erratum);
        let slip = documents.iter().find(|document| document.role == FileRole::Erratum);
        let slip = words(slip.unwrap());
        let mut expected = BTreeMap::new();
        for variant in made.record.variants.held() {
            let meant =
                variant.questions.iter().filter(|q| items.contains(q.item.as_str()));
            expected.insert(variant.label.clone(), meant.map(|q| q.number).collect());
        }
        assert_eq!(listed(&slip), expected, "{slip}");
    }
}

/// The numbers that the slip's lines "RALAT: Paket A no. 7, …" give each variant.
fn listed(slip: &str) -> BTreeMap<String, BTreeSet<u32>> {
    let mut found: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let words: Vec<&str> = slip.split_whitespace().collect();
    for place in words.windows(4) {
        if let ["Paket", label, "no.", number] = place {
            let number = number.trim_end_matches(',').parse().unwrap();
            assert!(found.entry(label.to_string()).or_default().insert(number));
        }
    }
    found
}

/// The points and marks of the table in a key.
fn marks(key: &str, made: &Made) -> Vec<(u32, f64)> {
    let words = &made.job.wording;
    let (_, table) = key.rsplit_once(&words.key.marks_note).unwrap();
    let cells = table
        .split_whitespace()
        .map(|cell| cell.replace(&words.decimal, ".").parse::<f64>().ok());
    let cells: Vec<Option<f64>> = cells.collect();
    // Numbers of pages and the like stand alone.
    let rows = cells.split(Option::is_none).filter(|row| row.len() % 2 == 0);
    let pairs = rows.flat_map(|row| row.chunks_exact(2));
    let pairs = pairs.filter_map(|pair| Some((pair[0]? as u32, pair[1]?)));
    let mut marks: Vec<(u32, f64)> = pairs.collect();
    marks.sort_by_key(|(points, _)| *points);
    marks
}

#[test]
fn void_items_move_the_table_of_marks() {
    let made = printed(2);
    let all: u32 =
        made.record.variants.held()[0].questions.iter().map(|q| q.points).sum();
    for answer in &made.exam.variants.held()[0].key.answers {
        for mode in [Void::Full, Void::Drop] {
            let void = vec![format!("A{}", answer.number)];
            let erratum = amended(&made, &Requests { void, mode, ..Requests::default() });
            let (least, most) = match mode {
                Void::Full => (answer.about.points, all),
                Void::Drop => (0, all - answer.about.points),
            };
            let keys = documents(&made, &erratum);
            for key in keys.iter().filter(|document| document.role == FileRole::Key) {
                let marks = marks(&words(key), &made);
                let points: Vec<u32> = marks.iter().map(|(points, _)| *points).collect();
                assert_eq!(points, (least..=most).collect::<Vec<u32>>(), "{mode:?}");
                for (points, mark) in marks {
                    let exact = f64::from(points) * 100.0 / f64::from(most);
                    assert!((mark - exact).abs() <= 0.050_001, "{points} of {most}");
                }
            }
        }
    }
}

#[test]
fn errata_build_on_each_other() {
    let mut made = printed(3);
    let first = Requests { void: vec!["A1".to_string()], ..Requests::default() };
    let erratum = amended(&made, &first);
    assert_eq!(erratum.number, 1);
    let json = serde_json::to_string(&erratum.amendments).unwrap();
    made.record.amendments = serde_json::from_str(&json).unwrap();
    assert_eq!(made.record.amendments, erratum.amendments);
    assert!(refused(&made, &first).contains("is void already"));
    let second = Requests { void: vec!["A2".to_string()], ..Requests::default() };
    let erratum = amended(&made, &second);
    assert_eq!(erratum.number, 2);
    for variant in erratum.exam.variants.held() {
        let void: BTreeSet<&str> = (variant.key.answers.iter())
            .filter(|answer| answer.void().is_some())
            .map(|answer| answer.about.item.as_str())
            .collect();
        let key = &made.exam.variants.held()[0].key;
        let expected = key.answers[..2].iter().map(|answer| answer.about.item.as_str());
        assert_eq!(void, expected.collect());
    }
}

#[test]
fn another_exam_than_the_recorded_one_is_refused() {
    let made = printed(4);
    let requests = Requests { void: vec!["A1".to_string()], ..Requests::default() };
    let with = |change: &dyn Fn(&mut Record)| {
        let mut record = made.record.clone();
        change(&mut record);
        let done = errata::amend(&made.exam, &record, &requests, &made.job.wording);
        done.map(|_| ()).map_err(|findings| findings[0].message.clone())
    };
    assert_eq!(with(&|_| ()), Ok(()));
    let message = with(&|record| {
        let key = &mut record.variants.hold()[1].questions[2].key[0];
        *key = format!("{key}x").into();
    });
    assert!(message.unwrap_err().ends_with("variant B, question 3"));
    let message = with(&|record| {
        record.banks[0].sha256 = Sum::of(b"");
        let stem = &mut record.variants.hold()[0].questions[0].stem;
        *stem = format!("{stem}x").into();
    });
    let message = message.unwrap_err();
    assert!(message.starts_with("the bank `kerja-sama-internasional`"), "{message}");
    // A comment in the bank changes nothing that was printed.
    assert_eq!(with(&|record| record.banks[0].sha256 = Sum::of(b"")), Ok(()));
}

/// An empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("errata").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lembar"));
    let output = command.current_dir(folder).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn printed_files_stay_as_they_are() {
    for together in [false, true] {
        let folder = folder(if together { "together" } else { "apart" });
        let more: &[&str] = if together { &["--together"] } else { &[] };
        run(&folder, &[&["make", "--variants", "2", "-o", "out"], more].concat());
        let before = files(&folder.join("out"));
        let amend = ["amend", "--variants", "2", "-o", "out", "--void", "A3"];
        run(&folder, &amend);
        let after = files(&folder.join("out"));
        let record: Record = serde_json::from_slice(&after["exam.json"]).unwrap();
        let old: Record = serde_json::from_slice(&before["exam.json"]).unwrap();
        for (name, bytes) in before.iter().filter(|(name, _)| *name != "exam.json") {
            assert!(after[name] == *bytes, "{name} was changed");
        }
        assert_eq!(record.variants, old.variants);
        let new = after.keys().filter(|name| !before.contains_key(*name)).count();
        assert_eq!(new, if together { 3 } else { 4 });
        assert_eq!(record.files.len(), old.files.len() + new);
        for file in &record.files {
            assert_eq!(Sum::of(&after[&file.path]), file.sha256);
            let is_old = before.contains_key(&file.path);
            assert_eq!(file.erratum, (!is_old).then_some(1), "{}", file.path);
            let replaced = is_old && file.role != FileRole::Paper;
            assert_eq!(file.superseded, replaced, "{}", file.path);
        }
    }
}
