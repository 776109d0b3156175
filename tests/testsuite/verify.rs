//! What is printed is held against the record: whatever is printed agrees with it, and
//! faults that are planted are found.

mod faults;
mod files;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use lembar::exam::blueprint::Mode;
use lembar::job::{Job, Overrides};
use lembar::language::Language;
use lembar::printing::Imposition;
use lembar::record::VariantRecord;
use lembar::role::FileRole;
use lembar::theme::Theme;
use lembar::verify::{Claim, Report, Verifier};

use crate::layout::random;
use crate::made::{Made, built_in, job, make};

/// What comes of holding documents against their record.
fn report(made: &Made) -> Report {
    report_by(made, 1)
}

/// What comes of it if so many threads read long documents.
fn report_by(made: &Made, threads: usize) -> Report {
    let threads = NonZeroUsize::new(threads).unwrap();
    let mut verifier = Verifier::new(&made.record, threads);
    for document in &made.documents {
        verifier.document(Claim::from(document), &document.bytes);
    }
    verifier.finish()
}

/// Everything that is wrong, a line for each.
fn findings(made: &Made) -> Vec<String> {
    report(made).findings.iter().map(ToString::to_string).collect()
}

fn assert_agrees(name: &str, job: Job) {
    let found = findings(&make(job));
    assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
}

#[test]
fn random_exams_agree_with_their_records() {
    for seed in 0..24 {
        let job = random::job(seed);
        let name = format!("seed {seed}, {:?}", job.blueprint.printing);
        assert_agrees(&name, job);
    }
}

#[test]
fn exams_agree_in_every_theme_and_language_and_way_of_printing() {
    let impositions =
        [Imposition::Single, Imposition::TwoUp, Imposition::Twice, Imposition::Booklet];
    for (index, theme) in Theme::names().enumerate() {
        for (number, language) in Language::ALL.into_iter().enumerate() {
            let imposition = impositions[(index + number) % impositions.len()];
            let overrides = Overrides {
                theme: Some(theme.to_string()),
                language: Some(language),
                imposition: Some(imposition),
                variants: Some(2),
                together: number == 0,
                duplex: index % 2 == 0,
                columns: Some(1 + (index + number) % 2),
                ..Overrides::default()
            };
            assert_agrees(&format!("{overrides:?}"), built_in(&overrides));
        }
    }
}

/// Tables and pictures stand between a question and what it asks for, in one column and in two,
/// with points behind the stems of essays.
#[test]
fn tables_and_pictures_of_questions_are_read() {
    let types = [
        "multiple-choice",
        "multiple-answer",
        "ordering",
        "short-answer",
        "cloze",
        "essay",
    ];
    let sections =
        types.map(|name| format!("[[section]]\ntype = \"{name}\"\ncount = 2\n"));
    for columns in [1, 2] {
        for answers in ["", "answer-sheet = true"] {
            let text = format!(
                "title = \"TABEL\"\nbanks = [\"tests/testsuite/verify/tables.toml\"]\n\
                 variants = 2\ngrade = 9\ncolumns = {columns}\n[documents]\n{answers}\n{}",
                sections.concat()
            );
            assert_agrees(&text, job(&text, &Overrides::default()));
        }
    }
}

/// Arabic words stand in stems, options, rows, blanks, steps and reasons, with points and
/// numbers beside them.
#[test]
fn what_reads_to_the_left_is_read() {
    let section = |(name, count, more): (&str, usize, &str)| {
        format!("[[section]]\ntype = \"{name}\"\ncount = {count}\n{more}\n")
    };
    let sections = [
        ("multiple-choice", 3, ""),
        ("categorize", 1, "rows = 3"),
        ("cloze", 1, ""),
        ("short-answer", 1, ""),
        ("ordering", 1, "steps = 3"),
    ];
    let sections = sections.map(section).concat();
    for columns in [1, 2] {
        let text = format!(
            "title = \"BAHASA ARAB\"\nbanks = [\"tests/testsuite/verify/arabic.toml\"]\n\
             variants = 3\ngrade = 9\ncolumns = {columns}\n{sections}"
        );
        assert_agrees(&text, job(&text, &Overrides::default()));
    }
}

/// What several threads read is judged in the order of the pages all the same.
#[test]
fn long_documents_are_judged_alike_by_any_number_of_threads() {
    let overrides =
        Overrides { variants: Some(30), together: true, ..Overrides::default() };
    let mut made = make(built_in(&overrides));
    assert!(made.documents[0].pages >= 90, "one file has all papers");
    for threads in [2, 5] {
        assert_eq!(report_by(&made, threads).findings, []);
    }
    for variant in made.record.variants.hold().iter_mut().skip(3).step_by(4) {
        let stem = &mut variant.questions[7].stem;
        *stem = format!("{stem}?").into();
    }
    let alone = report(&made);
    assert!(alone.findings.len() > 12, "papers and keys say something else");
    for threads in [2, 5] {
        assert_eq!(report_by(&made, threads), alone);
    }
}

/// In the foot of a narrow page, long words beside the code push it off the middle: that is no
/// half of a page.
#[test]
fn pages_with_a_narrow_foot_are_read_as_a_whole() {
    let blueprint = "title = \"ULANGAN\"\nbanks = [\"kerja-sama-internasional\"]\n\
                     variants = 1\n[[section]]\ntype = \"multiple-choice\"\ncount = 60\n";
    for (imposition, paper) in [(Imposition::Single, "a5"), (Imposition::TwoUp, "a4")] {
        let overrides = Overrides {
            theme: Some("cetak-besar".to_string()),
            paper: Some(paper.to_string()),
            imposition: Some(imposition),
            ..Overrides::default()
        };
        let made = make(job(blueprint, &overrides));
        assert!(made.record.files[0].pages > 20, "their numbers are wide");
        let found = findings(&made);
        assert!(found.is_empty(), "{imposition:?}:\n{}", found.join("\n"));
    }
}

/// Of very many variants there are several key matrices, of which each is read with its own.
#[test]
fn several_key_matrices_are_read() {
    let blueprint = "title = \"KUIS\"\nbanks = [\"kerja-sama-internasional\"]\nseed = 5\n\
                     variants = 245\npaper = \"a4\"\n[[section]]\n\
                     type = \"multiple-choice\"\ncount = 5\n";
    let only = vec![FileRole::KeyMatrix];
    let mut made = make(job(blueprint, &Overrides { only, ..Overrides::default() }));
    let names: Vec<String> = made.documents.iter().map(|d| d.name.clone()).collect();
    assert_eq!(names, ["matriks-kunci-1.pdf", "matriks-kunci-2.pdf"]);
    made.record.ask_for(&made.job.blueprint.documents);
    assert_eq!(findings(&made), Vec::<String>::new());
    made.documents.reverse();
    let found = findings(&made);
    for name in names {
        assert!(found.iter().any(|one| one.contains(&name)), "{name}: {found:?}");
    }
    made.documents.remove(0);
    let found = findings(&made);
    assert!(found.iter().any(|one| one.contains("a key matrix too few")), "{found:?}");
}

/// Parallel variants ask other items, and the matrix says of each where it stands.
#[test]
fn key_matrices_of_parallel_variants_have_the_items_of_all() {
    let overrides = Overrides {
        mode: Some(Mode::Parallel),
        variants: Some(14),
        only: vec![FileRole::KeyMatrix],
        ..Overrides::default()
    };
    let mut made = make(built_in(&overrides));
    made.record.ask_for(&made.job.blueprint.documents);
    assert_eq!(findings(&made), Vec::<String>::new());
    let items = |variant: &VariantRecord| -> BTreeSet<String> {
        variant.questions.iter().map(|question| question.item.clone()).collect()
    };
    let known = items(&made.record.variants.held()[0]);
    let last = made.record.variants.hold().last_mut().unwrap();
    let another = last.questions.iter_mut().find(|it| !known.contains(&it.item));
    another.unwrap().stem = "Apakah ini?".into();
    let found = findings(&made);
    assert!(found.iter().any(|one| one.contains("“Apakah ini?”")), "{found:?}");
}

/// A short title stands in the names of other documents too, or is the beginning of one.
#[test]
fn a_short_title_agrees() {
    for title in ["T", "KUNCI", "Jawab", "A", "Paket"] {
        let blueprint = format!(
            "title = \"{title}\"\nbanks = [\"kerja-sama-internasional\"]\n\
             [documents]\nflash-cards = true\n\
             [[section]]\ntype = \"true-false\"\ncount = 2\n"
        );
        assert_agrees(title, job(&blueprint, &Overrides::default()));
    }
}
