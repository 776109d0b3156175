//! How large files are: variants repeat each other, and their files do not.

use std::num::NonZeroUsize;

use lembar::job::Overrides;
use lembar::record::FileRole;
use lembar::verify::{Claim, Verifier};

use crate::made::{Made, built_in, make};

/// The built-in exam in so many variants, all in one file.
fn together(variants: usize) -> Made {
    let overrides = Overrides { variants: Some(variants), ..Overrides::default() };
    let mut job = built_in(&overrides);
    job.blueprint.printing.together = true;
    make(job)
}

/// The bytes of a file, and its pages.
fn size(made: &Made, role: FileRole) -> (usize, usize) {
    let document = made.of_role(role).next().unwrap();
    (document.bytes.len(), document.pages)
}

#[test]
fn variants_in_one_file_share_what_they_repeat() {
    let (few, many) = (together(10), together(20));
    for role in [FileRole::Paper, FileRole::Key] {
        let ((less, before), (more, pages)) = (size(&few, role), size(&many, role));
        assert!(more / pages < 1800, "{role:?}: {} bytes a page", more / pages);
        let each = (more - less) / (pages - before);
        assert!(each < 1100, "{role:?}: {each} bytes for each further page");
    }
    let mut verifier = Verifier::new(&many.record, NonZeroUsize::MIN);
    for document in &many.documents {
        verifier.document(Claim::from(document), &document.bytes);
    }
    assert_eq!(verifier.finish().findings, []);
}

#[test]
fn a_paper_of_its_own_is_small() {
    let overrides = Overrides { variants: Some(1), ..Overrides::default() };
    let (bytes, pages) = size(&make(built_in(&overrides)), FileRole::Paper);
    assert!(bytes < 40_000, "{bytes} bytes for {pages} pages");
}
