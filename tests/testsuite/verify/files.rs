//! Files of many variants, and files that are not put together as they are written: they
//! are not put right, but found.

use lembar::job::Overrides;
use lembar::record::FileRole;
use lopdf::{Dictionary, Document, Object, Stream, dictionary, text_string};

use super::findings;
use crate::made::{Made, built_in, make};

/// The built-in exam in three variants, in one file for all papers and one for all keys.
fn together() -> Made {
    let overrides =
        Overrides { variants: Some(3), together: true, ..Overrides::default() };
    make(built_in(&overrides))
}

/// Changes the first document of a role.
fn spoil(made: &mut Made, role: FileRole, spoil: impl FnOnce(&mut Document)) {
    let document = made.documents.iter_mut().find(|document| document.role == role);
    let bytes = &mut document.unwrap().bytes;
    let mut document = Document::load_mem(bytes).unwrap();
    spoil(&mut document);
    bytes.clear();
    document.save_to(bytes).unwrap();
}

/// Fails unless this is among what is found.
fn assert_found(made: &Made, expected: &str) {
    let found = findings(made);
    let says = found.iter().any(|finding| finding.contains(expected));
    assert!(says, "nothing says “{expected}”:\n{}", found.join("\n"));
}

/// Changes the order of the pages of a document.
fn reorder(document: &mut Document, change: impl FnOnce(&mut Vec<Object>)) {
    let root = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let pages = document.get_dictionary_mut(root).unwrap();
    change(pages.get_mut(b"Kids").unwrap().as_array_mut().unwrap());
}

#[test]
fn pages_of_variants_that_are_mixed_up_are_found() {
    for (role, of_b) in [(FileRole::Paper, "naskah.pdf"), (FileRole::Key, "kunci.pdf")] {
        let mut made = together();
        assert_eq!(findings(&made), Vec::<String>::new());
        spoil(&mut made, role, |document| reorder(document, |pages| pages.swap(0, 7)));
        let code = made.record.variants.code(0);
        assert_found(&made, &format!("the pages with the code {code} are apart"));
        assert_found(&made, &format!("`{of_b}`"));
        assert_found(&made, ", variant B, number ");
    }
}

#[test]
fn the_last_variant_of_a_file_is_held_against_the_record() {
    let mut made = together();
    let stem = &mut made.record.variants.hold()[2].questions[0].stem;
    *stem = format!("{stem} (lain)").into();
    assert_found(&made, "`naskah.pdf`, page 9, variant C, number 1: it does not ask");
    let mut made = together();
    let pages = made.documents[0].pages;
    made.documents[0].pages -= pages / 3;
    spoil(&mut made, FileRole::Paper, |document| {
        reorder(document, |all| all.truncate(pages - pages / 3));
    });
    assert_found(&made, "variant C has no paper");
}

#[test]
fn titles_may_be_in_another_order_than_pages() {
    let reversed = |change: fn(&mut Dictionary)| {
        let mut made = together();
        spoil(&mut made, FileRole::Paper, |document| {
            reorder(document, |pages| pages.rotate_left(4));
            let root = document.catalog().unwrap().get(b"Outlines").unwrap().clone();
            let outlines = document.get_dictionary(root.as_reference().unwrap()).unwrap();
            let first = outlines.get(b"First").unwrap().as_reference().unwrap();
            change(document.get_dictionary_mut(first).unwrap());
        });
        findings(&made)
    };
    assert_eq!(reversed(|_| ()), Vec::<String>::new());
    let found = reversed(|entry| entry.set("Title", text_string("Kunci: 1 B, 2 C")));
    let expected =
        "`naskah.pdf`: the file says “Kunci: 1 B, 2 C” in `Title`, and no page does";
    assert_eq!(found, [expected]);
}

#[test]
fn what_cannot_be_read_is_found() {
    let mut made = together();
    spoil(&mut made, FileRole::Paper, |document| {
        let page = document.get_pages()[&1];
        let content = document.get_page_content(page);
        let digits: String = content.iter().map(|byte| format!("{byte:02x}")).collect();
        let filter = dictionary! { "Filter" => "ASCIIHexDecode" };
        let stream = document.add_object(Stream::new(filter, (digits + ">").into()));
        document.get_dictionary_mut(page).unwrap().set("Contents", stream);
    });
    assert_found(&made, "`naskah.pdf`, page 1: what the page shows cannot be read");
    let mut made = together();
    spoil(&mut made, FileRole::Paper, |document| {
        let page = document.get_pages()[&1];
        let content = [&document.get_page_content(page)[..], b" /None Do"].concat();
        document.change_page_content(page, content).unwrap();
    });
    assert_found(&made, "`naskah.pdf`, page 1: the page shows what is not in the file");
}

/// The bytes of a document with some of them replaced, as many by as many.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let place = bytes.windows(old.len()).position(|part| part == old).unwrap();
    [&bytes[..place], new, &bytes[place + old.len()..]].concat()
}

#[test]
fn files_that_are_not_in_order_are_found() {
    let broken = "the file is no whole PDF";
    for (old, new, expected) in [
        (&b"startxref"[..], &b"startxxxx"[..], broken),
        (b"/XRef", b"/XXXX", broken),
        (b"/ObjStm", b"/XXXXXX", broken),
        (b"endobj\n", b"endxxx\n", "the file holds something that cannot be read"),
        (b"endstream", b"endxxxxxx", "the file holds something that cannot be read"),
    ] {
        let mut made = together();
        let bytes = &mut made.documents[0].bytes;
        *bytes = replaced(bytes, old, new);
        assert_found(&made, expected);
    }
    let mut made = together();
    let bytes = &mut made.documents[0].bytes;
    bytes.truncate(bytes.len() / 2);
    assert_found(&made, broken);
    made.documents[0].bytes.clear();
    assert_found(&made, broken);
}

#[test]
fn a_tree_of_pages_that_goes_round_is_found() {
    let mut made = together();
    spoil(&mut made, FileRole::Paper, |document| {
        let root = document.catalog().unwrap().get(b"Pages").unwrap().clone();
        reorder(document, |pages| pages.push(root));
    });
    assert_found(&made, "`naskah.pdf`: the file is no whole PDF");
}
