//! The documents that teachers hand in besides papers and keys.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::Path;

use lembar::Format;
use lembar::exam::blueprint::Mode;
use lembar::exam::blueprint::documents::{BlueprintTable, Curriculum, Scoring};
use lembar::item_type::ItemType;
use lembar::job::{self, Job, Overrides};
use lembar::language::Language;
use lembar::lint::{self, RULES};
use lembar::role::FileRole;
use lembar::shard::Shard;
use lembar::sheet::{self, Block, Row, Sheet, Table};
use lembar::templates::{Kind, Templates};
use lembar::wording::Wording;

use crate::exams;

/// The preset that prints the whole bundle, with another seed.
fn job(seed: u64, language: Language, only: &[FileRole]) -> Job {
    bundle(&Overrides {
        seed: Some(seed),
        language: Some(language),
        only: only.to_vec(),
        ..Overrides::default()
    })
}

fn bundle(overrides: &Overrides) -> Job {
    let preset = Templates::default().find(Kind::Preset, "sumatif-akhir-semester");
    let (folder, templates) = (Path::new("."), Templates::default());
    let job = job::read(preset.unwrap(), folder, &templates, overrides).unwrap();
    Job { format: Format::Proof, ..job }
}

#[test]
fn only_what_is_asked_for_is_printed() {
    for role in FileRole::DOCUMENTS.into_iter().filter(|role| !role.is_of_class()) {
        let mut made = BTreeSet::new();
        lembar::make(&job(1, Language::Id, &[role]), &mut |document| {
            made.insert(document.role);
            Ok(())
        })
        .unwrap();
        assert_eq!(made, [role].into_iter().chain(key_of(role)).collect());
    }
}

/// What comes with a document of practice and play.
fn key_of(role: FileRole) -> Option<FileRole> {
    match role {
        FileRole::Activity => Some(FileRole::ActivityKey),
        FileRole::Crossword => Some(FileRole::CrosswordKey),
        FileRole::WordSearch => Some(FileRole::WordSearchKey),
        FileRole::ExitTicket => Some(FileRole::ExitTicketKey),
        FileRole::Bingo => Some(FileRole::BingoCalls),
        _ => None,
    }
}

/// Whoever watches a job sees it come to its end, and not before: what is printed is
/// several sheets, or none, and only the first part of a job has what there is one of.
#[test]
fn as_many_sheets_are_laid_out_as_are_expected() {
    let roster = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bundle.csv");
    fs::write(&roster, "No,Nama\n1,Ani\n2,Budi\n3,Citra\n").unwrap();
    for (roster, together, shard, threads) in [
        (None, false, None, 1),
        (None, true, Shard::new(1, 2), 2),
        (None, false, Shard::new(2, 2), 1),
        (Some(&roster), false, None, 2),
        (Some(&roster), true, None, 1),
    ] {
        let mut job = bundle(&Overrides {
            variants: Some(2),
            editions: vec!["cetak-besar".to_string()],
            roster: roster.cloned(),
            together,
            ..Overrides::default()
        });
        for role in FileRole::DOCUMENTS {
            job.blueprint.documents.choose(role, true);
        }
        (job.shard, job.threads) = (shard, NonZero::new(threads).unwrap());
        let mut roles = BTreeSet::new();
        lembar::make(&job, &mut |document| {
            roles.insert(document.role);
            Ok(())
        })
        .unwrap();
        let (laid_out, expected) = (job.progress.sheets(), job.progress.expected());
        assert_eq!(laid_out, expected, "{roster:?}, {together}, {shard:?}");
        let first = shard.is_none_or(Shard::is_first);
        assert_eq!(roles.contains(&FileRole::BingoCalls), first, "{roles:?}");
        assert_eq!(roles.contains(&FileRole::Attendance), first && roster.is_some());
    }
}

/// The tables of a sheet.
fn tables(sheet: &Sheet) -> impl Iterator<Item = &Table> {
    sheet.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// The numbers that a cell names, spans included.
fn numbers(cell: &str) -> Vec<u32> {
    let number = |text: &str| text.trim().parse::<u32>().unwrap();
    let spans = cell.split(',').filter(|span| !span.trim().is_empty());
    let spans = spans.map(|span| match span.split_once('–') {
        Some((first, last)) => number(first)..=number(last),
        None => number(span)..=number(span),
    });
    spans.flatten().collect()
}

#[test]
fn every_number_stands_once_in_its_column_of_the_table() {
    for (seed, mode) in [(1, Mode::Shuffled), (2, Mode::Parallel), (3, Mode::Shuffled)] {
        let mut job = job(seed, Language::Id, &[]);
        job.blueprint.mode = mode;
        let exam = exams::make(&job);
        let settings = BlueprintTable::default();
        let sheet = sheet::blueprint_table(&exam, &job.bank, &settings, &job.wording);
        let table = tables(&sheet).next().unwrap();
        let (rows, sum) = table.rows.split_at(table.rows.len() - 1);
        let all: Vec<u32> =
            (1..=exam.variants.held()[0].key.answers.len() as u32).collect();
        for variant in 0..exam.variants.len() {
            let column = table.columns.len() - 1 - exam.variants.len() + variant;
            let cell = |row: &Row| row.cells[column].to_plain();
            let mut found: Vec<u32> =
                rows.iter().flat_map(|row| numbers(&cell(row))).collect();
            found.sort();
            assert_eq!(found, all);
            assert_eq!(cell(&sum[0]), all.len().to_string());
        }
    }
}

#[test]
fn every_item_has_one_card() {
    for language in [Language::Id, Language::En] {
        let job = job(5, language, &[]);
        let exam = exams::make(&job);
        let cards = sheet::item_cards(
            &exam,
            &job.bank,
            Curriculum::K13,
            &|_| Vec::new(),
            &job.wording,
        );
        let asked: BTreeSet<&String> = (exam.variants.held().iter())
            .flat_map(|variant| {
                variant.key.answers.iter().map(|answer| &answer.about.item)
            })
            .collect();
        let cards = cards.blocks.iter();
        let cards = cards.filter(|block| matches!(block, Block::Together(_)));
        assert_eq!(cards.count(), asked.len());
    }
}

/// Every rule that looks at one item belongs to an aspect of the forms, and every aspect
/// names rules that there are.
#[test]
fn review_forms_know_the_rules() {
    for language in [Language::Id, Language::En] {
        let source = Templates::default().find(Kind::Wording, language.code()).unwrap();
        let wording = Wording::read(&source, &source).unwrap();
        let aspects = || wording.reviews.parts.iter().flat_map(|part| &part.aspects);
        let named: BTreeSet<&str> =
            aspects().flat_map(|aspect| &aspect.rules).map(String::as_str).collect();
        for rule in &named {
            assert!(lint::named(rule).is_some(), "there is no rule {rule}");
        }
        // What is said of a paper as a whole, or of what cannot be wrong.
        let of_papers = [
            "PG02", "PG08", "PG12", "PG29", "PG31", "PK03", "PK05", "BS01", "BS05",
            "MJ04", "MJ05",
        ];
        for rule in RULES.iter().filter(|rule| !rule.code.starts_with('V')) {
            let known = named.contains(rule.code) || of_papers.contains(&rule.code);
            assert!(known, "{} belongs to no aspect", rule.code);
        }
        for item_type in ItemType::ALL {
            let count = aspects().filter(|aspect| aspect.concerns(item_type)).count();
            assert!((8..=22).contains(&count), "{count} aspects of {}", item_type.name());
        }
    }
}

/// Who answers everything right has a hundred marks.
#[test]
fn weights_make_up_a_hundred_marks() {
    let job = job(4, Language::Id, &[]);
    let exam = exams::make(&job);
    let settings = Scoring::default();
    let guide = sheet::scoring_guide(&exam, Curriculum::Merdeka, &settings, &job.wording);
    let head = job.wording.key.mark.as_str();
    let of_marks =
        |table: &&Table| table.head.get(1).is_some_and(|cell| cell.to_plain() == head);
    let full = tables(&guide).filter(of_marks).map(|table| {
        let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1).step_by(2));
        let marks =
            cells.filter_map(|cell| cell.to_plain().replace(',', ".").parse().ok());
        marks.fold(0.0, f64::max)
    });
    let full: Vec<f64> = full.collect();
    assert_eq!(full.len(), exam.sections.len());
    assert_eq!(full.iter().sum::<f64>(), 100.0);
}
