//! The paper says what the record says, in order, and nothing else.

use std::collections::BTreeMap;

use lembar::exam::{Body, Question, Section};
use lembar::item_type::ItemType;
use lembar::record::{FileRole, QuestionRecord, StimulusRecord, VariantRecord};
use lembar::space::{Extent, Space};
use lembar::text::plain;
use lembar::wording::{Wording, fill};

use super::cursor::Cursor;
use super::seen::{Page, Piece};
use super::{ROMAN, SAMPLES, Sample, letter};

/// What a question took up on paper.
struct Printed {
    pieces: Vec<Piece>,
}

impl Printed {
    /// Adds the lines of a text, each below the one before, and gives the first.
    fn text(&mut self, lines: Vec<Piece>) -> Piece {
        for pair in lines.windows(2) {
            let level = (pair[0].x - pair[1].x).abs() < 0.01;
            let below = (10.0..25.0).contains(&(pair[1].y - pair[0].y));
            assert!(level && below, "lines are not below each other: {pair:?}");
        }
        let first = lines[0].clone();
        self.pieces.extend(lines);
        first
    }

    /// Adds a label and the text that it labels.
    fn labelled(&mut self, label: Piece, lines: Vec<Piece>) {
        let first = self.text(lines);
        let gap = first.x - label.end;
        assert!(first.beside(&label), "{label:?} is not on the line of {first:?}");
        assert!((2.0..20.0).contains(&gap), "{label:?} is {gap} before {first:?}");
        self.pieces.push(label);
    }

    /// A question stands on one page.
    fn assert_whole(&self, number: u32) {
        let first = self.pieces[0].page;
        let together = self.pieces.iter().all(|piece| piece.page == first);
        assert!(together, "question {number} is split: {:?}", self.pieces);
    }
}

/// Reads a question where the cursor stands.
fn read(question: &QuestionRecord, cursor: &mut Cursor, wording: &Wording) -> Printed {
    let mut printed = Printed { pieces: Vec::new() };
    let number = cursor.find(&format!("{}.", question.number));
    let stem = match question.item_type {
        ItemType::ShortAnswer => question.stem.replacen("....", &".".repeat(32), 1),
        ItemType::Essay => {
            let points = question.points.to_string();
            let points = fill(&wording.paper.points, &[("points", &points)]);
            format!("{} {points}", question.stem)
        }
        _ => question.stem.to_string(),
    };
    printed.labelled(number, cursor.text(&stem));
    match question.item_type {
        ItemType::MultipleChoice => options(question, cursor, &mut printed),
        ItemType::Matching => matching(question, cursor, &mut printed, wording),
        _ => assert!(question.options.is_empty() && question.premises.is_empty()),
    }
    printed.assert_whole(question.number);
    printed
}

/// Options: letters in order, from left to right and then down, none set apart.
fn options(question: &QuestionRecord, cursor: &mut Cursor, printed: &mut Printed) {
    let mut before: Option<Piece> = None;
    for (index, option) in question.options.iter().enumerate() {
        let label = cursor.text(&format!("{}.", letter(index))).remove(0);
        let text = cursor.text(option);
        let bold = |piece: &Piece| piece.fonts.iter().any(|font| font.contains("Bold"));
        assert!(!text.iter().any(bold) && !bold(&label), "{option} is bold");
        if let Some(before) = before {
            let right = label.beside(&before) && label.x > before.x;
            assert!(right || label.y > before.y, "{label:?} follows {before:?}");
        }
        before = Some(label.clone());
        printed.labelled(label, text);
    }
}

/// Rows of a premise, a place for its letter, and an option; then options alone.
fn matching(
    question: &QuestionRecord,
    cursor: &mut Cursor,
    printed: &mut Printed,
    wording: &Wording,
) {
    let [left, answer, right] = &wording.paper.matching;
    for head in [left, answer, right] {
        printed.pieces.push(cursor.text(head).remove(0));
    }
    for (index, option) in question.options.iter().enumerate() {
        let mut row = None;
        if let Some(premise) = question.premises.get(index) {
            let label = cursor.text(&format!("{})", index + 1)).remove(0);
            printed.labelled(label.clone(), cursor.text(premise));
            let blank = cursor.text(".........").remove(0);
            assert!(blank.beside(&label), "{blank:?}");
            row = Some(blank);
        }
        let label = cursor.text(&format!("{}.", letter(index))).remove(0);
        if let Some(blank) = row {
            assert!(label.beside(&blank) && label.x > blank.end, "{label:?}");
        }
        printed.labelled(label, cursor.text(option));
    }
}

/// An essay has its ruled lines below it, before anything else.
fn assert_ruled(lines: u32, printed: &Printed, next: Option<&Piece>, pages: &[Page]) {
    let last = printed.pieces.iter().map(|piece| piece.y).fold(0.0, f64::max);
    let page = &pages[printed.pieces[0].page - 1];
    let next = next.filter(|next| next.page == page.number).map(|next| next.y);
    let rules = page.fills.iter().filter(|fill| {
        let flat = fill.height() < 1.0 && fill.width() > page.width / 2.0;
        flat && fill.y0 > last && next.is_none_or(|next| fill.y1 < next)
    });
    // Below the last essay of a page stands the rule of its foot.
    let foot = usize::from(next.is_none());
    assert_eq!(rules.count(), lines as usize + foot, "lines of {:?}", printed.pieces);
}

/// Reads all questions of a variant and gives what else stands on the paper.
fn read_all(
    sample: &Sample,
    variant: &VariantRecord,
    questions: &[Question],
    pages: &[Page],
) -> Vec<Piece> {
    let job = &sample.made.job;
    let mut cursor = Cursor::new(pages, job.theme.margins.bottom.to_pt().into());
    let mut section = 0;
    for (record, question) in variant.questions.iter().zip(questions) {
        if record.section != section {
            section = record.section;
            cursor.find(&format!("{}.", ROMAN[section - 1]));
            cursor.find(&job.wording.section(record.item_type).heading);
        }
        let printed = read(record, &mut cursor, &job.wording);
        if let Body::Space(Space { extent: Extent::Lines(lines), .. }) = question.body {
            assert_ruled(lines, &printed, cursor.next(), pages);
        }
    }
    cursor.finish()
}

/// What a paper says besides its questions: each text, and how often at most.
fn allowed(sample: &Sample, variant: &VariantRecord) -> Vec<String> {
    let (words, head) = (&sample.made.job.wording, &sample.made.exam.head);
    let (identity, given) = (&words.identity, &head.identity);
    let mut texts: Vec<String> = head.title.clone();
    if let Some(letterhead) = &head.letterhead {
        texts.extend(letterhead.authority.iter().chain(&letterhead.address).cloned());
        texts.extend(letterhead.school.clone());
    }
    let labels = [
        (&identity.subject, &given.subject),
        (&identity.class, &given.class),
        (&identity.date, &given.date),
        (&identity.time, &given.time),
    ];
    for (label, value) in labels {
        texts.extend(value.iter().flat_map(|value| [label.clone(), value.clone()]));
    }
    texts.extend([identity.variant.clone(), variant.label.clone()]);
    let student = [&identity.student_class, &identity.number, &identity.mark];
    texts.extend(student.into_iter().chain([&identity.name]).cloned());
    texts.push(words.paper.instructions_heading.clone());
    let count = variant.questions.len().to_string();
    for (index, line) in words.paper.instructions.iter().enumerate() {
        texts.push(format!("{}.", index + 1));
        texts.push(fill(line, &[("questions", &count)]));
    }
    texts.extend(sample.made.exam.sections.iter().map(|section| note(section, words)));
    for (index, shown) in variant.stimuli.iter().enumerate() {
        texts.extend(stimulus(index + 1, shown, variant, words));
    }
    texts.push(words.paper.closing.clone());
    texts.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect()
}

/// The texts of a stimulus, after the line that says which questions are about it.
fn stimulus(
    number: usize,
    stimulus: &StimulusRecord,
    variant: &VariantRecord,
    words: &Wording,
) -> Vec<String> {
    let of = variant.questions.iter().filter(|q| q.stimulus == Some(number));
    let numbers: Vec<u32> = of.map(|question| question.number).collect();
    let words = &words.paper.stimulus;
    let said = match (stimulus.paragraphs.is_empty(), stimulus.head.is_empty()) {
        (false, true) => &words.text,
        (true, false) => &words.table,
        _ => &words.both,
    };
    let numbers = format!("{}–{}", numbers[0], numbers[numbers.len() - 1]);
    let mut texts = vec![fill(&said[1], &[("numbers", &numbers)])];
    texts.extend([stimulus.title.clone(), stimulus.caption.clone()]);
    texts.extend(stimulus.paragraphs.iter().cloned());
    texts.extend(stimulus.head.iter().chain(stimulus.rows.iter().flatten()).cloned());
    texts
}

/// What students are to do in a section.
fn note(section: &Section, words: &Wording) -> String {
    let mut letters: Vec<String> = (0..section.options).map(letter).collect();
    let last = letters.pop().unwrap_or_default();
    let letters = format!("{}, {} {last}", letters.join(", "), words.or);
    fill(&words.section(section.item_type).note, &[("letters", &letters)])
}

/// Takes the allowed texts off the front of what was passed over, line by line.
fn assert_allowed(sample: &Sample, variant: &VariantRecord, passed: &[Piece]) {
    let words = &sample.made.job.wording.paper;
    let heads = [&words.number, &words.statement, &words.truth[0], &words.falsehood[0]];
    let mut counts = BTreeMap::from(heads.map(|head| (head.as_str(), 0)));
    let mut allowed = allowed(sample, variant);
    for piece in passed.iter().filter(|piece| piece.text != ":") {
        let text = piece.text.trim();
        let whole = allowed.iter().position(|allowed| allowed == text);
        let line = || allowed.iter().position(|allowed| allowed.starts_with(text));
        if let Some(count) = counts.get_mut(text) {
            *count += 1;
        } else if let Some(index) = whole.or_else(line) {
            let rest = allowed[index][text.len()..].trim_start().to_string();
            allowed[index] = rest;
        } else {
            panic!("page {} says “{text}”", piece.page);
        }
    }
    allowed.retain(|text| !text.is_empty());
    assert_eq!(allowed, Vec::<String>::new(), "the paper does not say this");
    // The columns to tick have heads and nothing else.
    let rows = counts[words.statement.as_str()];
    assert!(counts.values().all(|&count| count == rows), "{counts:?}");
}

#[test]
fn papers_say_what_the_record_says_and_nothing_else() {
    for sample in &*SAMPLES {
        let variants = sample
            .made
            .record
            .variants
            .held()
            .iter()
            .zip(sample.made.exam.variants.held());
        let papers = sample.of_role(FileRole::Paper);
        for (pages, (record, variant)) in papers.zip(variants) {
            let questions = &variant.paper.questions;
            let passed = read_all(sample, record, questions, pages);
            assert_allowed(sample, record, &passed);
        }
    }
}

#[test]
fn no_paper_explains_an_answer() {
    for sample in &*SAMPLES {
        let variants = sample.made.record.variants.held();
        for (pages, variant) in sample.of_role(FileRole::Paper).zip(variants) {
            let pieces = pages.iter().flat_map(|page| &page.pieces);
            let text: Vec<&str> = pieces.map(|piece| piece.text.as_str()).collect();
            let text = text.join(" ");
            let questions = &variant.questions;
            // A statement to be judged can be the very sentence that explains another.
            let asked = |reason: &str| questions.iter().any(|q| q.stem.contains(reason));
            for question in questions {
                let guide = question.guide.iter().map(|criterion| &*criterion.text);
                for reason in question.rationales().into_iter().chain(guide) {
                    let told = reason.len() > 20 && text.contains(reason);
                    assert!(!told || asked(reason), "{}: “{reason}”", sample.name);
                }
            }
        }
    }
}

/// Every group of the samples fits on a page.
#[test]
fn groups_stand_below_their_stimulus_on_one_page() {
    let mut groups = 0;
    for sample in &*SAMPLES {
        let words = &sample.made.job.wording;
        let variants = sample.made.record.variants.held();
        for (pages, variant) in sample.of_role(FileRole::Paper).zip(variants) {
            for (index, shown) in variant.stimuli.iter().enumerate() {
                let bottom = sample.made.job.theme.margins.bottom.to_pt().into();
                let mut cursor = Cursor::new(pages, bottom);
                let texts = stimulus(index + 1, shown, variant, words);
                let first = cursor.find(&texts[0]);
                let of = variant.questions.iter();
                let mut above = first.clone();
                for asked in of.filter(|q| q.stimulus == Some(index + 1)) {
                    let printed = read(asked, &mut cursor, words);
                    let number = printed.pieces.last().unwrap();
                    let below = number.page == first.page && number.y > above.y;
                    assert!(below, "{} {number:?} {first:?}", sample.name);
                    above = number.clone();
                }
                groups += 1;
            }
        }
    }
    assert!(groups >= 20, "{groups}");
}

#[test]
fn papers_fit_their_pages() {
    let sheets: Vec<usize> = SAMPLES
        .iter()
        .map(|sample| sample.of_role(FileRole::Paper).next().unwrap().len())
        .collect();
    assert!(sheets[0] > 1 && sheets[2] > sheets[1], "{sheets:?}");
    assert_eq!(sheets[4], 1);
}
