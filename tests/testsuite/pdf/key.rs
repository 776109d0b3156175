//! The key and the key matrix say what the record says.

use lembar::item_type::ItemType;
use lembar::record::{FileRole, QuestionRecord, VariantRecord};
use lembar::text::capitalised;
use lembar::wording::{Wording, fill};

use super::cursor::Cursor;
use super::seen::{Page, Piece};
use super::{ROMAN, SAMPLES, Sample, letter};

/// Every variant with the pages of its key.
fn keys()
-> impl Iterator<Item = (&'static Sample, &'static VariantRecord, &'static [Page])> {
    SAMPLES.iter().flat_map(|sample| {
        let keys = sample.of_role(FileRole::Key).map(Vec::as_slice);
        let variants = sample.made.record.variants.held().iter();
        variants.zip(keys).map(move |(variant, pages)| (sample, variant, pages))
    })
}

fn cursor(sample: &Sample, pages: &[Page]) -> Cursor {
    Cursor::new(pages, sample.made.job.theme.margins.bottom.to_pt().into())
}

/// What a key says in short.
fn short(question: &QuestionRecord, wording: &Wording) -> String {
    let words = &wording.paper;
    match question.item_type {
        ItemType::TrueFalse if question.key == ["true".into()] => words.truth[1].clone(),
        ItemType::TrueFalse => words.falsehood[1].clone(),
        ItemType::Matching => {
            let pairs = question.key.iter().zip(1..);
            let pairs = pairs.map(|(letter, number)| format!("{number}) {letter}"));
            pairs.collect::<Vec<String>>().join("  ")
        }
        _ => question.key[0].to_string(),
    }
}

/// Whether the key is a letter in a grid.
fn in_grid(question: &QuestionRecord) -> bool {
    matches!(question.item_type, ItemType::MultipleChoice | ItemType::TrueFalse)
}

fn section_name(question: &QuestionRecord, wording: &Wording) -> String {
    let heading = wording.section(question.item_type).heading;
    format!("{}. {heading}", ROMAN[question.section - 1])
}

/// The grids of a key: what stands right below each number, section by section.
fn grids(pages: &[Page], wording: &Wording) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for page in pages {
        let mut rows: Vec<Vec<&Piece>> = Vec::new();
        for piece in &page.pieces {
            match rows.last_mut() {
                Some(row) if row[0].beside(piece) => row.push(piece),
                _ => rows.push(vec![piece]),
            }
        }
        for pair in rows.windows(2) {
            let (numbers, keys) = (&pair[0], &pair[1]);
            let heads = [&wording.paper.number, &wording.key.key];
            if [&numbers[0].text, &keys[0].text] != heads {
                continue;
            }
            assert_eq!(numbers.len(), keys.len(), "{keys:?}");
            for (number, key) in numbers[1..].iter().zip(&keys[1..]) {
                let below = (number.centre() - key.centre()).abs() < 1.0;
                assert!(below, "{key:?} is not below {number:?}");
                found.push((number.text.clone(), key.text.clone()));
            }
        }
    }
    found
}

#[test]
fn grids_have_the_letters_of_the_record() {
    for (sample, variant, pages) in keys() {
        let wording = &sample.made.job.wording;
        let questions = variant.questions.iter().filter(|question| in_grid(question));
        let expected = questions.map(|q| (q.number.to_string(), short(q, wording)));
        let expected: Vec<(String, String)> = expected.collect();
        assert_eq!(grids(pages, wording), expected, "{} {}", sample.name, variant.label);
    }
}

#[test]
fn lists_have_the_answers_of_the_record() {
    for (sample, variant, pages) in keys() {
        let wording = &sample.made.job.wording;
        let mut cursor = cursor(sample, pages);
        cursor.find(&wording.key.answers);
        let mut section = 0;
        for question in &variant.questions {
            if in_grid(question) || question.item_type == ItemType::Essay {
                continue;
            }
            if question.section != section {
                section = question.section;
                cursor.find(&section_name(question, wording));
            }
            let mut answer = short(question, wording);
            if let [_, others @ ..] = question.accepted.as_slice()
                && !others.is_empty()
            {
                let others = others.join("; ");
                let others = fill(&wording.key.accepted, &[("others", &others)]);
                answer = format!("{answer} ({others})");
            }
            cursor.text(&format!("{}.", question.number));
            cursor.text(&answer);
        }
    }
}

/// A verdict with its reason, if there is one.
fn because(verdict: &str, reason: &str, wording: &Wording) -> String {
    if reason.is_empty() {
        format!("{verdict}.")
    } else {
        let said = [("verdict", verdict), ("reason", reason)];
        fill(&wording.key.because, &said) + "."
    }
}

/// Why each part of a question is right or wrong: labels and sentences.
fn reasons(question: &QuestionRecord, wording: &Wording) -> Vec<(String, String)> {
    let words = &wording.key;
    let reasons = question.rationales().into_iter().enumerate();
    let sentence = |(index, reason): (usize, &str)| match question.item_type {
        ItemType::MultipleChoice => {
            let right = question.key == [letter(index).into()];
            let negative = ["kecuali ....", "except ...."]
                .iter()
                .any(|e| question.stem.ends_with(e));
            let verdict = match (negative, right) {
                (true, true) => &words.exception,
                (true, false) => &words.no_exception,
                (false, true) => &words.right,
                (false, false) => &words.wrong,
            };
            let said = because(verdict, reason, wording);
            let label = format!("{}.", letter(index));
            (label, format!("{}: {said}", question.options[index]))
        }
        ItemType::Matching => {
            let letter = &question.key[index];
            let option = usize::from(letter.as_bytes()[0] - b'A');
            let pair =
                format!("{} – {}", question.premises[index], question.options[option]);
            let said = if reason.is_empty() { &pair } else { reason };
            (format!("{})", index + 1), format!("{letter} – {said}."))
        }
        ItemType::TrueFalse => {
            let truth = question.key == ["true".into()];
            let verdict = if truth { &words.right } else { &words.wrong };
            (String::new(), because(&capitalised(verdict), reason, wording))
        }
        _ => {
            let colon = if reason.is_empty() { "" } else { ": " };
            (String::new(), format!("{}{colon}{reason}.", question.key[0]))
        }
    };
    reasons.map(sentence).collect()
}

#[test]
fn reasons_agree_with_the_record() {
    for (sample, variant, pages) in keys() {
        let wording = &sample.made.job.wording;
        let mut cursor = cursor(sample, pages);
        cursor.find(&wording.key.reasons);
        let (mut section, mut before) = (0, None);
        for question in &variant.questions {
            if question.item_type == ItemType::Essay {
                continue;
            }
            if question.section != section {
                section = question.section;
                cursor.text(&section_name(question, wording));
            }
            if let Some(index) = question.stimulus
                && question.stimulus != before
            {
                let stimulus = &variant.stimuli[index - 1].id;
                let line =
                    cursor.next().map_or(String::new(), |piece| piece.text.clone());
                assert!(line.ends_with(stimulus.as_str()), "{line} {stimulus}");
                cursor.text(&line);
            }
            before = question.stimulus;
            let number = cursor.text(&format!("{}.", question.number)).remove(0);
            let stem = cursor.text(&question.stem).remove(0);
            assert!(number.beside(&stem), "{number:?} {stem:?}");
            for (label, sentence) in reasons(question, wording) {
                let label = cursor.text(&label);
                let sentence = cursor.text(&sentence);
                assert!(label.iter().all(|label| label.beside(&sentence[0])));
            }
        }
        cursor.text(&format!("C. {}", wording.key.scoring));
    }
}

/// In so many words, whatever the wording file says.
#[test]
fn a_wrong_option_is_called_wrong() {
    let sample = &SAMPLES[0];
    let pages = sample.of_role(FileRole::Key).next().unwrap();
    let texts = pages.iter().flat_map(|page| &page.pieces).map(|piece| &piece.text);
    let texts: Vec<&String> = texts.collect();
    let questions = &sample.made.record.variants.held()[0].questions;
    let mut found = 0;
    for question in questions {
        for (index, option) in question.options.iter().enumerate() {
            // What is wrong in one question may be right in another one.
            let offering = questions.iter().filter(|q| q.options.contains(option));
            if offering.count() > 1 {
                continue;
            }
            let Some(reason) = question.rationales().get(index).copied() else {
                continue;
            };
            let wrong = texts.contains(&&format!("{option}: salah, {reason}."));
            let right = question.key == [letter(index).into()];
            assert!(!(wrong && right), "{option} is right");
            found += usize::from(wrong);
        }
    }
    // The others take two lines or more.
    assert!(found > 10, "{found}");
}

#[test]
fn guides_agree_with_the_record() {
    for (sample, variant, pages) in keys() {
        let wording = &sample.made.job.wording;
        let mut cursor = cursor(sample, pages);
        cursor.find(&wording.key.scoring);
        let essays = variant.questions.iter().filter(|q| q.item_type == ItemType::Essay);
        for question in essays {
            cursor.find(&format!("{}.", question.number));
            cursor.text(&question.stem);
            let guide = cursor.until(&wording.key.total);
            assert!(!question.guide.is_empty());
            for criterion in &question.guide {
                assert!(guide.contains(&*criterion.text), "“{}” {guide}", criterion.text);
            }
            cursor.text(&question.points.to_string());
        }
    }
}

#[test]
fn the_matrix_has_the_keys_of_the_record() {
    for sample in &*SAMPLES {
        let wording = &sample.made.job.wording;
        let variants = sample.made.record.variants.held();
        let mut cursor = cursor(sample, matrix(sample));
        let mut section = 0;
        for (index, first) in variants[0].questions.iter().enumerate() {
            if first.item_type == ItemType::Essay {
                continue;
            }
            if first.section != section {
                section = first.section;
                cursor.find(&section_name(first, wording));
            }
            cursor.find(&format!("{}.", first.number));
            for variant in variants {
                cursor.text(&short(&variant.questions[index], wording));
            }
        }
    }
}

#[test]
fn the_matrix_has_the_places_of_the_record() {
    for sample in &*SAMPLES {
        let wording = &sample.made.job.wording;
        let variants = sample.made.record.variants.held();
        let mut cursor = cursor(sample, matrix(sample));
        cursor.find(&wording.matrix.by_item);
        cursor.text(&wording.matrix.by_item_note);
        for question in &variants[0].questions {
            pass_heads(&mut cursor, variants, wording);
            cursor.text(&question.stem);
            for variant in variants {
                let same = |other: &&QuestionRecord| other.item == question.item;
                let place = variant.questions.iter().find(same).unwrap().number;
                cursor.text(&place.to_string());
            }
        }
    }
}

fn matrix(sample: &Sample) -> &[Page] {
    sample.of_role(FileRole::KeyMatrix).next().unwrap()
}

/// Passes over the heads of a table, which stand again on every page.
fn pass_heads(cursor: &mut Cursor, variants: &[VariantRecord], wording: &Wording) {
    let names = variants.iter().map(|variant| variant.label.clone());
    for head in std::iter::once(wording.matrix.item.clone()).chain(names) {
        if cursor.next().is_some_and(|next| next.text == head) {
            cursor.text(&head);
        }
    }
}
