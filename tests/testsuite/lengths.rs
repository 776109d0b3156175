//! How long papers are: as long in every variant, and whole sheets where that is asked.

use lembar::Format;
use lembar::job::Overrides;
use lembar::printing::Imposition;
use lembar::record::FileRole;

use crate::made::{Made, built_in, job, make};

fn made(overrides: &Overrides) -> Made {
    let mut job = built_in(overrides);
    job.format = Format::Proof;
    make(job)
}

fn pages(made: &Made) -> Vec<usize> {
    made.of_role(FileRole::Paper).map(|paper| paper.pages).collect()
}

/// The first four settle how long all are. What follows has fewer orders left in which no
/// question keeps its number, and now and then none of them takes as many pages.
#[test]
fn all_variants_are_equally_long() {
    let mut uneven = Vec::new();
    for (seed, paper) in (0..40).zip(["f4", "a4", "b5"].into_iter().cycle()) {
        let overrides = Overrides {
            seed: Some(seed),
            variants: Some(5),
            paper: Some(paper.to_string()),
            ..Overrides::default()
        };
        let pages = pages(&made(&overrides));
        let same = pages[..4].iter().all(|count| *count == pages[0]);
        assert!(same && pages[4].abs_diff(pages[0]) <= 1, "seed {seed}: {pages:?}");
        uneven.extend((pages[4] != pages[0]).then_some(seed));
    }
    assert!(uneven.len() <= 1, "{uneven:?}");
}

#[test]
fn papers_in_one_file_are_whole_sheets() {
    let apart = made(&Overrides { duplex: true, ..Overrides::default() });
    let each = pages(&apart);
    assert!(each.iter().all(|count| count % 2 == 0), "{each:?}");
    let together =
        made(&Overrides { duplex: true, together: true, ..Overrides::default() });
    assert_eq!(pages(&together), [each.iter().sum::<usize>()]);
    assert_eq!(together.of_role(FileRole::Key).count(), 1);
}

#[test]
fn a_booklet_is_made_of_folded_sheets() {
    let imposition = Some(Imposition::Booklet);
    let made = made(&Overrides { imposition, ..Overrides::default() });
    // Every sheet has two sides.
    assert!(pages(&made).iter().all(|sides| sides % 2 == 0));
}

/// What is higher than a page takes one all the same, and more of them if it could be parted.
#[test]
fn what_no_page_holds_is_no_reason_to_give_up() {
    let long = "a".repeat(1800);
    let blueprint = format!(
        "title = \"T\"\nbanks = [\"kerja-sama-internasional\"]\nvariants = 2\n\
         [identity]\nmore = [{{ label = \"{long}\", value = \"{long}\" }}]\n\
         [[section]]\ntype = \"multiple-choice\"\ncount = 5\n"
    );
    let job = job(&blueprint, &Overrides::default());
    let exam = lembar::make(&job, &mut |_| Ok(())).unwrap();
    assert_eq!(exam.variants.len(), 2);
}
