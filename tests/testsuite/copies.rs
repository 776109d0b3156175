//! Copies for the students of a roster: each has one, with their own name and nobody else's.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use lembar::Format;
use lembar::exam::PersonalCopy;
use lembar::job::Overrides;
use lembar::record::FileRole;

use crate::made::{Made, built_in, job, make};

/// Names that break programs, none of which is a part of another.
const AWKWARD: [&str; 20] = [
    "Siti Aminah",
    "Muhammad Rizky Al-Fikri Ramadhan Putra Pratama Wijayakusuma bin Abdurrahman Wahid",
    "Nur'aini",
    "Zoë Müller",
    "Putri, Ayu Lestari",
    "Al \"Ko\" Fikri",
    "M. Rizki/Riski",
    "محمد علي",
    "I Gusti Ayu Made Dwi Kartika Sari Dewi",
    "Sukarsono",
    "*Bintang* __Timur__",
    "D'Artagnan O'Neil",
    "Łukasz Żółć",
    "José-María Ñuñez",
    "Αλέξανδρος",
    "Дмитрий",
    "..Slamet\\..",
    "CON Nul",
    "{variant} Harun",
    "~Yohanes~ ^Paulus^",
];

/// A class of forty.
fn names() -> Vec<String> {
    let plain = (1..=20).map(|number| format!("Murid{number:02} Biasa"));
    AWKWARD.iter().map(|name| name.to_string()).chain(plain).collect()
}

/// Writes a roster of its own for a test.
fn roster(test: &str, names: &[String]) -> PathBuf {
    let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    let rows =
        names.iter().zip(1..).map(|(name, n)| format!("{n:02};{};IX A\n", quoted(name)));
    let text = format!("No;Nama;Kelas\n{}", rows.collect::<String>());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.csv"));
    fs::write(&path, text).unwrap();
    path
}

fn blueprint(copies: &str) -> String {
    format!(
        "title = \"KUIS\"\nbanks = [\"kerja-sama-internasional\"]\nseed = 3\npaper = \"a5\"\n\
         [copies]\n{copies}\n[[section]]\ntype = \"multiple-choice\"\ncount = 6\n"
    )
}

fn made(blueprint: &str, overrides: &Overrides) -> Made {
    let mut job = job(blueprint, overrides);
    job.format = Format::Proof;
    make(job)
}

/// The words of a proof, line by line.
fn words(proof: &str) -> Vec<&str> {
    proof.lines().filter_map(|line| line.split_once('"')?.1.strip_suffix('"')).collect()
}

/// What stands on the lines of a proof, without blanks: names may be broken anywhere.
fn squeezed(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace() && *char != '\\').collect()
}

#[test]
fn a_copy_has_the_name_of_its_student_and_no_other() {
    let names = names();
    let overrides =
        Overrides { roster: Some(roster("names", &names)), ..Overrides::default() };
    let made = made(&blueprint("seats = { rows = 7, columns = 6 }"), &overrides);
    let copies = &made.exam.copies;
    assert_eq!(copies.len(), 40);
    let mut seen = BTreeSet::new();
    let mut files = BTreeSet::new();
    for paper in made.of_role(FileRole::Paper) {
        let [place] = paper.copies[..] else { panic!("{}: one copy", paper.name) };
        assert!(seen.insert(place.copy) && files.insert(paper.name.to_lowercase()));
        assert!(!paper.name.contains(['/', '\\']) && paper.name.len() < 200);
        let copy = &copies[place.copy];
        assert_eq!(copy.student.name, names[place.copy]);
        let proof = str::from_utf8(&paper.bytes).unwrap();
        let pages: Vec<&str> = proof.split("\npage ").skip(1).collect();
        assert_eq!(pages.len(), paper.pages);
        let first = squeezed(&words(pages[0]).concat());
        for (index, name) in names.iter().enumerate() {
            let own = index == place.copy;
            assert_eq!(first.contains(&squeezed(name)), own, "{}: {name}", paper.name);
            let rest = squeezed(&pages[1..].concat());
            assert!(!rest.contains(&squeezed(name)), "{}: {name}", paper.name);
        }
        for page in pages {
            let codes = copies.iter().filter(|other| words(page).contains(&&*other.code));
            let codes: Vec<&PersonalCopy> = codes.collect();
            assert_eq!(codes, [copy], "{}", paper.name);
        }
    }
    assert_eq!(seen.len(), 40);
}

#[test]
fn codes_say_nothing_about_names() {
    let codes = |test: &str, names: &[String]| {
        let overrides =
            Overrides { roster: Some(roster(test, names)), ..Overrides::default() };
        let copies = made(&blueprint(""), &overrides).exam.copies;
        copies.into_iter().map(|copy| copy.code).collect::<Vec<String>>()
    };
    let (some, mut others) = (names(), names());
    others.reverse();
    let codes = [codes("codes-a", &some), codes("codes-b", &others)];
    assert_eq!(codes[0], codes[1]);
    assert_eq!(codes[0].iter().collect::<BTreeSet<&String>>().len(), 40);
}

#[test]
fn variants_are_dealt_in_turn_without_seats() {
    let overrides =
        Overrides { roster: Some(roster("turn", &names())), ..Overrides::default() };
    let made = made(&blueprint(""), &overrides);
    let dealt: Vec<usize> = made.exam.copies.iter().map(|copy| copy.variant).collect();
    assert_eq!(dealt[..6], [0, 1, 2, 3, 0, 1]);
    assert_eq!(made.exam.room, None);
    assert_eq!(made.of_role(FileRole::SeatingPlan).count(), 0);
    assert_eq!(made.of_role(FileRole::Attendance).count(), 1);
}

#[test]
fn everybody_may_have_a_variant_of_their_own() {
    let names = names()[8..20].to_vec();
    let overrides =
        Overrides { roster: Some(roster("own", &names)), ..Overrides::default() };
    let made = made(&blueprint("papers = \"own\""), &overrides);
    let labels =
        made.exam.variants.held().iter().map(|variant| variant.paper.label.as_str());
    assert_eq!(labels.take(2).collect::<Vec<&str>>(), ["001", "002"]);
    let mut orders = BTreeSet::new();
    for (index, copy) in made.exam.copies.iter().enumerate() {
        assert_eq!(copy.variant, index);
        let paper = &made.exam.variants.held()[index].paper;
        assert_eq!(copy.code, paper.code);
        orders.insert(format!("{:?}", paper.questions));
    }
    assert_eq!(orders.len(), 12);
}

/// In one file, copies lie in the order of the seats, each on sheets of its own.
#[test]
fn copies_in_one_file_start_on_new_sheets() {
    let overrides = Overrides {
        roster: Some(roster("one-file", &names())),
        duplex: true,
        together: true,
        ..Overrides::default()
    };
    let made = made(&blueprint("seats = { rows = 8, columns = 5 }"), &overrides);
    let paper = made.of_role(FileRole::Paper).next().unwrap();
    assert_eq!(paper.copies.len(), 40);
    let seat = |copy: usize| made.exam.copies[copy].student.seat;
    assert!(paper.copies.is_sorted_by_key(|place| seat(place.copy)));
    assert!(paper.copies.iter().all(|place| place.page % 2 == 1));
    let pages: BTreeSet<usize> = paper.copies.iter().map(|place| place.page).collect();
    assert_eq!(pages.len(), 40);
}

#[test]
fn the_seating_plan_and_the_attendance_list_name_everybody() {
    let names = names();
    let overrides =
        Overrides { roster: Some(roster("lists", &names)), ..Overrides::default() };
    let mut job = built_in(&overrides);
    job.format = Format::Proof;
    let copies = job.blueprint.copies.get_or_insert_default();
    copies.seats = Some(lembar::roster::Room { rows: 7, columns: 6 });
    let made = make(job);
    for role in [FileRole::SeatingPlan, FileRole::Attendance] {
        let document = made.of_role(role).next().unwrap();
        let text = squeezed(&words(str::from_utf8(&document.bytes).unwrap()).concat());
        for name in &names {
            assert!(text.contains(&squeezed(name)), "{role:?}: {name}");
        }
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    made.exam
        .copies
        .iter()
        .for_each(|copy| *counts.entry(copy.variant).or_default() += 1);
    assert_eq!(counts.into_values().collect::<Vec<usize>>(), [10, 10, 10, 10]);
}
