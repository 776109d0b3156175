//! Faults that are planted, one at a time: in the record, in what is printed, and in the
//! bytes of finished PDFs. Each has to be found for what it is.

use std::sync::LazyLock;

use lembar::exam::blueprint::documents::KeySettings;
use lembar::exam::{Exam, Solution};
use lembar::item_type::ItemType;
use lembar::job::Overrides;
use lembar::record::{FileRole, QuestionRecord, Record};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary, text_string};

use super::findings;
use crate::made::{Made, built_in, make};
use crate::pdf::seen;

/// The built-in exam in two variants.
static MADE: LazyLock<Made> = LazyLock::new(|| {
    let overrides = Overrides { variants: Some(2), ..Overrides::default() };
    make(built_in(&overrides))
});

/// The same exam with keys that hold answers and points alone.
static IN_SHORT: LazyLock<Made> = LazyLock::new(|| {
    let overrides = Overrides { variants: Some(2), ..Overrides::default() };
    let mut job = built_in(&overrides);
    job.blueprint.documents.key = KeySettings { reasons: false, marks: false };
    let mut made = make(job);
    made.record.ask_for(&made.job.blueprint.documents);
    made
});

/// The built-in exam, to be spoiled.
fn copy() -> Made {
    copy_of(&MADE)
}

fn copy_of(made: &Made) -> Made {
    let Made { job, exam, record, documents } = made;
    let (job, exam) = (job.clone(), exam.clone());
    Made { job, exam, record: record.clone(), documents: documents.clone() }
}

/// Fails unless something that is found says each of these.
fn assert_found(made: &Made, expected: &[&str]) {
    let found = findings(made);
    for expected in expected {
        let says = found.iter().any(|finding| finding.contains(expected));
        assert!(says, "nothing says “{expected}”:\n{}", found.join("\n"));
    }
}

/// The first paper with something done to its bytes.
fn spoiled(spoil: impl FnOnce(&mut Document)) -> Made {
    let mut made = copy();
    let bytes = &mut made.documents[0].bytes;
    let mut document = Document::load_mem(bytes).unwrap();
    spoil(&mut document);
    bytes.clear();
    document.save_to(bytes).unwrap();
    made
}

/// The first paper with something added to the content of its first page.
fn with_content(added: &str) -> Made {
    spoiled(|document| {
        let page = document.get_pages()[&1];
        let content = [&document.get_page_content(page)[..], added.as_bytes()];
        document.change_page_content(page, content.concat()).unwrap();
    })
}

/// The exam printed with something changed, but with the record as it was.
fn printed(change: impl FnOnce(&mut Exam)) -> Made {
    printed_of(&MADE, change)
}

fn printed_of(made: &Made, change: impl FnOnce(&mut Exam)) -> Made {
    let mut made = copy_of(made);
    let mut exam = made.exam.clone();
    change(&mut exam);
    made.documents.clear();
    let take = &mut |document| {
        made.documents.push(document);
        Ok(())
    };
    lembar::print(&made.job, &exam, take).unwrap();
    made
}

/// The exam with something changed in its record.
fn recorded(change: impl FnOnce(&mut Record)) -> Made {
    let mut made = copy();
    change(&mut made.record);
    made
}

/// A question of the first variant.
fn first(record: &mut Record, item_type: ItemType) -> &mut QuestionRecord {
    let mut questions = record.variants.hold()[0].questions.iter_mut();
    questions.find(|question| question.item_type == item_type).unwrap()
}

fn catalog(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().unwrap()
}

fn info(document: &mut Document) -> &mut Dictionary {
    let id = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    document.get_dictionary_mut(id).unwrap()
}

const SENTENCE: &str = "Kunci: 1 B, 2 C, 3 A";

#[test]
fn what_is_not_spoiled_agrees() {
    assert_eq!(findings(&MADE), Vec::<String>::new());
    assert_eq!(findings(&spoiled(|_| ())), Vec::<String>::new());
    assert_eq!(findings(&with_content("")), Vec::<String>::new());
    assert_eq!(findings(&printed(|_| ())), Vec::<String>::new());
}

/// Where two options of a question stand that have a line each of their own.
fn two_options(made: &Made) -> (u32, f64, [(f64, f64); 2]) {
    let page = &seen::pages(&made.documents[0].bytes)[0];
    let place = |text: &str| {
        let mut found = page.pieces.iter().filter(|piece| piece.text == text);
        found.next().filter(|_| found.next().is_none()).map(|piece| (piece.x, piece.y))
    };
    let questions = made.record.variants.held()[0].questions.iter();
    let mut found = questions.filter_map(|question| {
        let [one, other] =
            [place(question.options.first()?)?, place(question.options.get(1)?)?];
        Some((question.number, page.height, [one, other]))
    });
    found.next().unwrap()
}

#[test]
fn two_options_that_changed_their_places_are_found() {
    let (number, height, [one, other]) = two_options(&MADE);
    let made = spoiled(|document| {
        let page = document.get_pages()[&1];
        let content = String::from_utf8(document.get_page_content(page)).unwrap();
        let moved = content.lines().map(|line| {
            let place = line.strip_prefix("1 0 0 1 ").and_then(|l| l.strip_suffix(" Tm"));
            let Some((x, y)) = place.and_then(|place| place.split_once(' ')) else {
                return line.to_string();
            };
            let (x, y): (f64, f64) =
                (x.parse().unwrap(), height - y.parse::<f64>().unwrap());
            let near =
                |at: (f64, f64)| (at.0 - x).abs() < 0.01 && (at.1 - y).abs() < 0.01;
            let (x, y) = match (near(one), near(other)) {
                (true, _) => other,
                (_, true) => one,
                _ => return line.to_string(),
            };
            format!("1 0 0 1 {x} {} Tm", height - y)
        });
        let moved = moved.collect::<Vec<String>>().join("\n");
        assert_ne!(moved, content.trim_end());
        document.change_page_content(page, moved.into_bytes()).unwrap();
    });
    let expected = format!("page 1, number {number}: ");
    assert_found(&made, &[&expected, "does not stand beside A."]);
}

#[test]
fn an_option_that_is_printed_at_another_letter_is_found() {
    let made = printed(|exam| {
        let question = exam.variants.hold()[0].paper.questions.iter_mut().next().unwrap();
        let lembar::exam::Body::Options(options) = &mut question.body else { panic!() };
        options.swap(0, 2);
    });
    assert_found(
        &made,
        &["`naskah-A.pdf`, page 1, number 1: “", "stands at A., and not “"],
    );
}

#[test]
fn a_key_letter_that_is_off_by_one_is_found_in_the_record() {
    let made = recorded(|record| {
        let question = first(record, ItemType::MultipleChoice);
        let next = question.key[0].bytes().next().unwrap() + 1;
        let next = if next > b'D' { b'A' } else { next };
        question.key = vec![char::from(next).to_string().into()];
    });
    assert_found(
        &made,
        &[
            "`exam.json`, variant B, number",
            "and that of the same item in variant A is",
            "`kunci-A.pdf`, page 1, number 1: the key says ",
            "`matriks-kunci.pdf`, page 1, number 1: the matrix says ",
        ],
    );
    let made = recorded(|record| {
        first(record, ItemType::MultipleChoice).key = vec!["Q".into()];
    });
    assert_found(&made, &["the key Q is none of its options"]);
}

#[test]
fn a_key_letter_that_is_off_by_one_is_found_in_the_key() {
    let made = printed(|exam| {
        let answer = &mut exam.variants.hold()[0].key.answers[1];
        let Solution::Option { letter, .. } = &mut answer.solution else { panic!() };
        *letter = if *letter == 'A' { 'B' } else { 'A' };
    });
    assert_found(
        &made,
        &["`kunci-A.pdf`, page 1, number 2: the key says", "number 2: the matrix says"],
    );
}

#[test]
fn every_type_of_answer_is_held_against_the_key() {
    every_answer_is_held_against_the_key(&MADE);
}

/// Grids and guides are read where no reasons stand between them.
#[test]
fn every_type_of_answer_is_held_against_a_key_without_reasons() {
    assert_eq!(findings(&IN_SHORT), Vec::<String>::new());
    every_answer_is_held_against_the_key(&IN_SHORT);
}

#[test]
fn a_key_without_reasons_that_says_something_else_is_found() {
    let made = printed_of(&IN_SHORT, |exam| {
        let answer = &mut exam.variants.hold()[0].key.answers[1];
        let Solution::Option { letter, .. } = &mut answer.solution else { panic!() };
        *letter = if *letter == 'A' { 'B' } else { 'A' };
    });
    assert_found(
        &made,
        &["`kunci-A.pdf`, page 1, number 2: the key says", "number 2: the matrix says"],
    );
    // The record says that there are reasons.
    let mut made = copy_of(&IN_SHORT);
    made.record.key.reasons = true;
    assert_found(&made, &["`kunci-A.pdf`, page 1, number 1: the key does not "]);
}

/// Fails unless another answer in the record is found, whichever it is.
fn every_answer_is_held_against_the_key(printed: &Made) {
    let questions = &printed.record.variants.held()[0].questions;
    for (index, question) in questions.iter().enumerate() {
        let (number, item_type) = (question.number, question.item_type);
        let mut made = copy_of(printed);
        let question = &mut made.record.variants.hold()[0].questions[index];
        match item_type {
            ItemType::Essay => question.guide[0].text = "sebuah jawaban lain".into(),
            ItemType::TrueFalse => {
                let other = *question.key[0] == *"false";
                question.key = vec![other.to_string().into()];
            }
            ItemType::Matching => question.key.swap(0, 1),
            ItemType::MultipleChoice => {
                let other = if *question.key[0] == *"C" { "D" } else { "C" };
                question.key = vec![other.into()];
            }
            _ => question.key = vec!["Jawaban lain".into()],
        }
        let found = findings(&made);
        let expected = "`kunci-A.pdf`, page ";
        let number = format!(", number {number}: the key ");
        let said = found.iter().any(|f| f.starts_with(expected) && f.contains(&number));
        assert!(said, "{item_type:?} {number}\n{}", found.join("\n"));
    }
}

#[test]
fn every_text_of_a_question_is_held_against_the_paper() {
    for (index, question) in MADE.record.variants.held()[0].questions.iter().enumerate() {
        let texts = [1, question.options.len(), question.premises.len()];
        for (list, count) in texts.into_iter().enumerate() {
            for place in 0..count {
                let made = recorded(|record| {
                    let question = &mut record.variants.hold()[0].questions[index];
                    let text = match list {
                        0 => &mut question.stem,
                        1 => &mut question.options[place],
                        _ => &mut question.premises[place],
                    };
                    // The last letter is another one.
                    let last = text.trim_end_matches('.').len() - 1;
                    let other = if text.as_bytes()[last] == b'x' { "y" } else { "x" };
                    let mut changed = text.to_string();
                    if changed.is_char_boundary(last) {
                        changed.replace_range(last..last + 1, other);
                    } else {
                        changed.push_str(other);
                    }
                    *text = changed.into();
                });
                let paper = "`naskah-A.pdf`, page ";
                let found = findings(&made);
                let about = format!(", number {}: ", question.number);
                let said =
                    found.iter().any(|f| f.starts_with(paper) && f.contains(&about));
                assert!(
                    said,
                    "{} {list} {place}:\n{}",
                    question.number,
                    found.join("\n")
                );
            }
        }
    }
}

#[test]
fn a_page_that_is_missing_is_found() {
    let mut made = spoiled(|document| document.delete_pages(&[2]));
    assert_found(&made, &["the file has 3 pages, and the record says 4"]);
    made.documents[0].pages = 3;
    assert_found(&made, &["`naskah-A.pdf`, page 2, number", "it does not ask “"]);
}

#[test]
fn the_paper_of_another_variant_is_found() {
    let mut made = copy();
    let papers: Vec<usize> = (0..made.documents.len())
        .filter(|&index| made.documents[index].role == FileRole::Paper)
        .collect();
    let [one, other] = papers[..] else { panic!() };
    let bytes = made.documents[one].bytes.clone();
    made.documents[one].bytes =
        std::mem::replace(&mut made.documents[other].bytes, bytes);
    let expected = "page 1: the page bears the code of variant B, and the file is of A";
    assert_found(&made, &[expected]);
    made.documents.remove(one);
    assert_found(&made, &["variant B has no paper"]);
}

#[test]
fn a_document_that_is_missing_is_found() {
    for (role, expected) in [
        (FileRole::Paper, "variant A has no paper"),
        (FileRole::Key, "variant A has no key"),
    ] {
        let mut made = copy();
        let first = made.documents.iter().position(|document| document.role == role);
        made.documents.remove(first.unwrap());
        assert_found(&made, &[expected]);
    }
    let mut made = copy();
    made.documents.pop();
    assert_found(&made, &["there is no key matrix"]);
}

#[test]
fn a_page_of_another_exam_is_found() {
    let mut made = copy();
    let other = Overrides { seed: Some(99), variants: Some(2), ..Overrides::default() };
    made.documents[0].bytes = make(built_in(&other)).documents.remove(0).bytes;
    assert_found(&made, &["page 1: the page bears no code of this exam"]);
}

#[test]
fn a_sentence_of_the_key_is_found_on_the_paper() {
    let reason = MADE.record.variants.held()[0].questions[0].rationales()[0].to_string();
    assert!(reason.len() > 20, "{reason}");
    let made = printed(|exam| exam.head.closing = Some(reason.clone()));
    assert_found(
        &made,
        &[&format!("`naskah-A.pdf`: the paper tells of the key: “{reason}”")],
    );
}

#[test]
fn sentences_in_metadata_are_found() {
    for key in ["Subject", "Keywords", "Author", "Kunci"] {
        let made = spoiled(|document| info(document).set(key, text_string(SENTENCE)));
        let expected = format!("`naskah-A.pdf`: the file says “{SENTENCE}” in `{key}`");
        assert_found(&made, &[&expected]);
    }
    let made = spoiled(|document| {
        let title = format!("{} {SENTENCE}", MADE.record.title);
        info(document).set("Title", text_string(&title));
    });
    assert_found(&made, &["in `Title`, and no page does"]);
    let made = spoiled(|document| {
        let packet = Stream::new(dictionary! { "Type" => "Metadata" }, SENTENCE.into());
        let packet = document.add_object(packet);
        catalog(document).set("Metadata", packet);
    });
    assert_found(&made, &["`Metadata`"]);
}

#[test]
fn sentences_in_outlines_and_notes_are_found() {
    let made = spoiled(|document| {
        let entry = document.add_object(dictionary! { "Title" => text_string(SENTENCE) });
        let outline = dictionary! { "First" => entry, "Last" => entry, "Count" => 1 };
        let outline = document.add_object(outline);
        catalog(document).set("Outlines", outline);
    });
    assert_found(&made, &["in `Title`, and no page does"]);
    let made = spoiled(|document| {
        let note =
            dictionary! { "Subtype" => "Text", "Contents" => text_string(SENTENCE) };
        let note = document.add_object(note);
        let page = document.get_pages()[&1];
        document.get_dictionary_mut(page).unwrap().set("Annots", vec![note.into()]);
    });
    assert_found(&made, &["`Annots`", "in `Contents`, and no page does"]);
}

#[test]
fn attachments_are_found() {
    let made = spoiled(|document| {
        let file = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, SENTENCE.into());
        let file = document.add_object(file);
        let named =
            dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } };
        let named = document.add_object(named);
        let files =
            dictionary! { "Names" => vec![text_string("kunci.txt"), named.into()] };
        let names = dictionary! { "EmbeddedFiles" => files };
        catalog(document).set("Names", names);
    });
    let expected =
        ["`EmbeddedFiles`", "kunci.txt", "the file holds something that no page needs"];
    assert_found(&made, &expected);
}

#[test]
fn what_no_page_needs_is_found() {
    let made = spoiled(|document| {
        document.add_object(Stream::new(Dictionary::new(), SENTENCE.into()));
    });
    assert_found(&made, &["the file holds something that no page needs"]);
    let mut made = copy();
    made.documents[0].bytes.extend_from_slice(b"% Kunci: 1 B\n%%EOF\n");
    let unchanged = findings(&made);
    made.documents[0].bytes.extend_from_slice(b"startxref\n9\n%%EOF\n");
    assert_found(&made, &["the file was added to after it was written"]);
    assert!(
        unchanged.is_empty() || unchanged[0].contains("was added to"),
        "{unchanged:?}"
    );
    let reason = MADE.record.variants.held()[1].questions[0].rationales()[1];
    let mut made = copy();
    let comment = format!("\n% {reason}\n%%EOF\n");
    made.documents[0].bytes.extend_from_slice(comment.as_bytes());
    assert_found(&made, &["the file tells of the key: “"]);
}

#[test]
fn words_that_are_not_seen_are_found() {
    let text = "BT /T0 9 Tf 1 0 0 1 100 100 Tm [<00010002>] TJ ET";
    for (added, expected) in [
        (format!("q 3 Tr {text} Q"), "page 1: words are written that are not drawn"),
        (format!("q 7 Tr {text} Q"), "words are written that are not drawn"),
        (format!("1 g {text}"), "words are too light to be seen"),
        (format!("0.75 g {text}"), "words are too light to be seen"),
        (format!("1 1 1 rg {text}"), "the page uses `rg`"),
        (format!("/White gs {text}"), "the page uses `gs`"),
        (format!("0 0 1 1 re W n {text}"), "the page uses `W`"),
        (text.replace("100 100 Tm", "-500 100 Tm"), "words stand outside of the paper"),
        (text.replace("100 100 Tm", "100 5000 Tm"), "words stand outside of the paper"),
        (text.replace("9 Tf", "0.5 Tf"), "words are too small to be seen"),
        (text.replace("1 0 0 1 ", "0.01 0 0 0.01 "), "words are turned or scaled"),
        (format!("0.01 0 0 0.01 0 0 cm {text}"), "words are turned or scaled"),
        (
            "/Span<</ActualText(Kunci B)>>BDC EMC".to_string(),
            "“Kunci B” is told and not seen",
        ),
        ("/Figure<</Alt(Kunci B)>>BDC EMC".to_string(), "something is told of words"),
        ("/Span<</ActualText(Q)>>BDC ".to_string() + text + " EMC", "“Q” is told where"),
        ("/Kunci /Nama BDC EMC".to_string(), "the page uses `BDC`"),
    ] {
        assert_found(&with_content(&format!("\n{added}\n")), &[expected]);
    }
}

/// The first paper with a form, which its first page shows in some way.
fn with_form(entries: Dictionary, content: &str, shown: &str) -> Made {
    spoiled(|document| {
        let root = catalog(document).get(b"Pages").unwrap().as_reference().unwrap();
        let inherited = document.get_dictionary(root).unwrap().get(b"Resources").unwrap();
        let mut resources = inherited.as_dict().unwrap().clone();
        let mut dict = dictionary! {
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 300.into(), 300.into()],
        };
        entries.into_iter().for_each(|(key, value)| dict.set(key, value));
        let form = document.add_object(Stream::new(dict, content.into()));
        let mut objects = match resources.get(b"XObject") {
            Ok(objects) => objects.as_dict().unwrap().clone(),
            Err(_) => Dictionary::new(),
        };
        objects.set("Y", form);
        resources.set("XObject", objects);
        let dict =
            &mut document.get_object_mut(form).unwrap().as_stream_mut().unwrap().dict;
        dict.set("Resources", resources.clone());
        let root = document.get_dictionary_mut(root).unwrap();
        root.set("Resources", resources);
        let page = document.get_pages()[&1];
        let before = document.get_page_content(page);
        let content = [&before[..], b"\n", shown.as_bytes()].concat();
        document.change_page_content(page, content).unwrap();
    })
}

#[test]
fn words_that_are_not_seen_are_found_in_forms() {
    let text = "BT /T0 9 Tf 1 0 0 1 100 100 Tm [<00010002>] TJ ET";
    let (show, none) = ("q 1 0 0 1 9 9 cm /Y Do Q", Dictionary::new);
    let entries = |key: &str, value: Object| {
        let mut entries = Dictionary::new();
        entries.set(key, value);
        entries
    };
    let small = || vec![0.into(), 0.into(), 105.into(), 300.into()].into();
    let twice = || [2, 0, 0, 2, 0, 0].map(Object::Integer).to_vec().into();
    let unusual = "page 1: a form is shown in an unusual way";
    for (entries, text, show, expected) in [
        (entries("BBox", small()), text, show, "page 1: a form is cut down or turned"),
        (entries("Matrix", twice()), text, show, "a form is cut down or turned"),
        (none(), text, "q 3 Tr /Y Do Q", "words are written that are not drawn"),
        (none(), text, "q 1 Tr /Y Do Q", unusual),
        (none(), text, "9 Ts /Y Do", unusual),
        (none(), text, "q .1 0 0 .1 0 0 cm /Y Do Q", unusual),
        (none(), text, "/Span<</ActualText(Q)>>BDC /Y Do EMC", unusual),
        (none(), text, "1 0 0 1 600 0 cm /Y Do", "words stand outside of the paper"),
        (none(), &text.replace("9 Tf", "1 Tf"), show, "words are too small to be seen"),
        (none(), &text.replace("/T0 9 Tf", ""), show, "words are written without a font"),
        (none(), &format!("1 g {text}"), show, "words are too light to be seen"),
        (none(), "q /Y Do Q", show, "a form shows another one"),
        (none(), text, "", "a picture is written with words"),
        (entries("Group", none().into()), text, show, "a picture is written with words"),
    ] {
        assert_found(&with_form(entries, text, show), &[expected]);
    }
}

#[test]
fn words_that_the_record_does_not_have_are_found() {
    // Behind the first option, and between two questions.
    let made = printed(|exam| {
        let question = &mut exam.variants.hold()[0].paper.questions[0];
        let lembar::exam::Body::Options(options) = &mut question.body else { panic!() };
        options.push("pilihan kelima".into());
    });
    assert_found(&made, &["number 2: “E. pilihan kelima” stands before it"]);
    let made = printed(|exam| {
        let question = &mut exam.variants.hold()[0].paper.questions[0];
        let lembar::exam::Body::Options(options) = &mut question.body else { panic!() };
        options[3] = format!("{} (ini)", options[3]).into();
    });
    assert_found(&made, &["number 1: “(ini)", "stands behind it, and not in the record"]);
}

#[test]
fn numbers_are_read_as_a_whole() {
    let made = printed(|exam| exam.variants.hold()[0].paper.questions[0].number = 11);
    assert_found(&made, &["`naskah-A.pdf`, page 1, number 1: "]);
}

/// An object by its number, so that the helper types above are used as they come.
#[test]
fn a_structure_tree_is_found() {
    let made = spoiled(|document| {
        let element: ObjectId =
            document.add_object(dictionary! { "S" => "P", "E" => text_string(SENTENCE) });
        let tree = dictionary! { "K" => Object::Reference(element) };
        catalog(document).set("StructTreeRoot", tree);
    });
    assert_found(&made, &["`StructTreeRoot`", "in `E`, and no page does"]);
}
