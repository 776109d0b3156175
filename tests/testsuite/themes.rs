//! Editions: one paper in several themes.

use std::collections::BTreeMap;

use lembar::Format;
use lembar::job::Overrides;
use lembar::record::FileRole;

use crate::made::{Made, built_in, make};

/// The proofs of the built-in exam in two variants.
fn proofs(theme: &str, editions: &[&str]) -> Made {
    let mut job = built_in(&Overrides {
        theme: Some(theme.to_string()),
        editions: editions.iter().map(|name| name.to_string()).collect(),
        variants: Some(2),
        ..Overrides::default()
    });
    job.format = Format::Proof;
    make(job)
}

/// The marks of a proof: their roles and their words, if they have any.
fn marks(proof: &[u8]) -> Vec<(String, String)> {
    let proof = String::from_utf8(proof.to_vec()).unwrap();
    let mark = |line: &str| {
        let role = line.split_whitespace().nth(2)?.to_string();
        let words = line.split_once('"').map_or("", |(_, words)| words);
        Some((role, words.trim_end_matches('"').replace("\\u{ad}", "")))
    };
    proof.lines().filter(|line| line.starts_with(' ')).filter_map(mark).collect()
}

/// Everything that is read from the first heading on, without blanks: numbers, stems,
/// letters and options in their order.
fn read(proof: &[u8]) -> String {
    let marks = marks(proof).into_iter().skip_while(|(role, _)| role != "heading");
    let words = marks.filter(|(role, _)| role != "artifact").map(|(_, words)| words);
    words.collect::<String>().split_whitespace().collect()
}

#[test]
fn editions_say_the_same_in_the_same_order() {
    let editions = ["modern", "ringkas", "cetak-besar", "disleksia"];
    let made = proofs("klasik", &editions);
    let mut papers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for paper in made.of_role(FileRole::Paper) {
        let label = paper.variant.as_deref().unwrap();
        papers.entry(label).or_default().push(read(&paper.bytes));
    }
    assert_eq!(papers.keys().collect::<Vec<_>>(), [&"A", &"B"]);
    for papers in papers.values() {
        assert_eq!(papers.len(), 1 + editions.len());
        assert!(
            papers[0].len() > 2000
                && papers[0].contains("1.")
                && papers[0].contains("D.")
        );
        assert!(papers.iter().all(|paper| *paper == papers[0]), "{papers:#?}");
    }
    assert_ne!(papers["A"], papers["B"]);
}

#[test]
fn further_editions_change_nothing_else() {
    let alone = proofs("klasik", &[]);
    let made = proofs("klasik", &["cetak-besar", "klasik", "cetak-besar"]);
    assert_eq!(made.exam, alone.exam);
    let ordinary = made.documents.iter().filter(|document| document.edition.is_none());
    assert!(ordinary.eq(&alone.documents));
    let further = made.record.files.iter().filter(|file| file.edition.is_some());
    let further: Vec<_> = further
        .map(|file| (file.path.as_str(), file.role, file.variant.as_deref().unwrap()))
        .collect();
    let role = FileRole::Paper;
    assert_eq!(
        further,
        [
            ("naskah-A-cetak-besar.txt", role, "A"),
            ("naskah-B-cetak-besar.txt", role, "B")
        ]
    );
}

#[test]
fn every_page_of_an_edition_has_the_code_of_its_variant() {
    let made = proofs("klasik", &["cetak-besar"]);
    for paper in made.documents.iter().filter(|document| document.edition.is_some()) {
        let variants = made.record.variants.held();
        let label = paper.variant.as_deref().unwrap();
        let variant = variants.iter().find(|variant| variant.label == label).unwrap();
        let codes = marks(&paper.bytes).into_iter();
        let codes = codes.filter(|(_, words)| *words == variant.code).count();
        assert_eq!(codes, paper.pages);
    }
}

/// The size of the type in a line of a proof.
fn size(line: &str) -> Option<f64> {
    let (_, rest) = line.split_once(" at ")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[test]
fn large_print_is_large_on_ordinary_paper() {
    for paper in ["f4", "a4"] {
        let mut job = built_in(&Overrides {
            theme: Some("cetak-besar".to_string()),
            paper: Some(paper.to_string()),
            columns: Some(2),
            variants: Some(1),
            ..Overrides::default()
        });
        assert_eq!(job.theme.columns.count, 1);
        job.format = Format::Proof;
        let made = make(job);
        let proof = &made.of_role(FileRole::Paper).next().unwrap().bytes;
        let proof = String::from_utf8(proof.clone()).unwrap();
        let sizes: Vec<f64> = proof.lines().filter_map(size).collect();
        assert!(sizes.len() > 100 && sizes.iter().all(|&size| size >= 18.0), "{paper}");
    }
}
