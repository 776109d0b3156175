//! Papers: each asks what the record says, in that order, with the right text at each
//! letter.

use std::ops::Range;

use crate::item_type::ItemType;
use crate::record::{QuestionRecord, StimulusRecord, VariantRecord};

use super::reader::{Fault, Reader};
use super::words::{Words, fold};

/// The dots that a student writes on.
const BLANK: &str = "....";

/// The box that a right option is ticked in.
const BOX: &str = "□";

/// How much may stand between the stem of an essay and what is below it: its points.
const POINTS: usize = 60;

/// How much may stand between a question and the rows of its table: the heads of columns.
const HEADS: usize = 200;

/// What is wrong with the paper of a variant.
pub fn faults(variant: &VariantRecord, words: &Words) -> Vec<Fault> {
    let mut reader = Reader::new(words);
    let mut faults = Vec::new();
    let mut before: Option<&QuestionRecord> = None;
    for question in &variant.questions {
        let start = reader.at;
        if let Err((at, message)) = self::question(&mut reader, question, before, variant)
        {
            let (page, number) = (words.page(at), Some(question.number));
            faults.push(Fault { page, number, message });
        }
        // What stands before a question that is not as it should be is not told twice.
        before = (reader.at > start).then_some(question);
    }
    faults
}

/// What is wrong, and where.
type Wrong = (usize, String);

/// Reads a question.
fn question(
    reader: &mut Reader,
    question: &QuestionRecord,
    before: Option<&QuestionRecord>,
    variant: &VariantRecord,
) -> Result<(), Wrong> {
    let (start, label) = (reader.at, format!("{}.", question.number));
    let fresh = question
        .stimulus
        .filter(|_| before.is_none_or(|before| before.stimulus != question.stimulus));
    let about = fresh.and_then(|number| variant.stimuli.get(number.checked_sub(1)?));
    if let Some(shown) = about {
        stimulus(reader, shown)?;
    }
    let passed = reader.at;
    let Some([number, stem]) = reader.seek_labelled(&label, &question.stem, usize::MAX)
    else {
        return Err(missing(reader, question, &label));
    };
    let (passed, at) = (passed..number.start, number.start);
    let wrong = |message: String| (at, message);
    reader.beside(&label, &number, &stem).map_err(wrong)?;
    let judged = question.item_type == ItemType::TrueFalse;
    // Statements to be judged stand in a table with a head, which is repeated.
    let follows = about.is_some_and(|shown| !judged && !words_of(shown).is_empty())
        || fresh.is_none() && before.is_some_and(|before| follows(before, question));
    let turned = judged && turns(reader.words, &passed);
    if follows && !passed.is_empty() && !turned {
        let stray = reader.words.shown(passed);
        return Err((
            start,
            format!("“{stray}” stands before it and is not in the record"),
        ));
    }
    body(reader, question).map_err(|message| (reader.at, message))?;
    // The points of an essay stand behind its stem.
    if question.item_type != ItemType::Essay && !reader.words.ends(reader.at) {
        let more = reader.here();
        return Err((
            reader.at,
            format!("“{more}” stands behind it, and not in the record"),
        ));
    }
    Ok(())
}

/// Whether a question stands directly below another: in one section, where no words but
/// those of the record are printed.
fn follows(before: &QuestionRecord, question: &QuestionRecord) -> bool {
    let spoken = matches!(before.item_type, ItemType::Essay | ItemType::Ordering);
    before.section == question.section && before.stimulus == question.stimulus && !spoken
}

/// Whether a passage is the top of a new page.
fn turns(words: &Words, passed: &Range<usize>) -> bool {
    passed.start > 0
        && !passed.is_empty()
        && words.side(passed.start - 1) != words.side(passed.end - 1)
}

/// Why a question is not found.
fn missing(reader: &Reader, question: &QuestionRecord, label: &str) -> Wrong {
    let (words, stem) = (reader.words, fold(&question.stem));
    let elsewhere = (0..words.chars().len()).find(|&at| words.read(at, &stem).is_some());
    match elsewhere {
        Some(at) => {
            let place = words.shown(at.saturating_sub(4)..at + 30);
            (at, format!("it is not at its place, but here: “{place}”"))
        }
        None => {
            let mut there = Reader { words, at: reader.at };
            let asked = there.seek(label, usize::MAX).map(|_| there.here());
            let asked = asked.map_or(String::new(), |asked| format!(", but “{asked}”"));
            (reader.at, format!("it does not ask “{}”{asked}", question.stem))
        }
    }
}

/// The words that a stimulus shows, in order.
fn words_of(stimulus: &StimulusRecord) -> Vec<&str> {
    let StimulusRecord { title, paragraphs, picture, caption, head, rows, .. } = stimulus;
    let below = picture.iter().map(|picture| picture.caption.as_str());
    let texts = [title.as_str()].into_iter().chain(paragraphs.iter().map(String::as_str));
    let table = head.iter().chain(rows.iter().flatten()).map(String::as_str);
    let all = texts.chain(below).chain([caption.as_str()]).chain(table);
    all.filter(|text| !text.is_empty()).collect()
}

fn stimulus(reader: &mut Reader, stimulus: &StimulusRecord) -> Result<(), Wrong> {
    let texts = words_of(stimulus);
    match reader.seek_all(&texts) {
        true => Ok(()),
        false => {
            let text = texts.iter().max_by_key(|text| text.len()).map_or("", |text| text);
            Err((
                reader.at,
                format!("what it is about is not there as recorded: “{text}”"),
            ))
        }
    }
}

/// Reads what a student works on.
fn body(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    let picture = question.picture.iter().map(|picture| &picture.caption);
    let table = question.table.iter();
    let table = table.flat_map(|t| {
        [&t.caption].into_iter().chain(&t.head).chain(t.rows.iter().flatten())
    });
    let mut points = question.item_type == ItemType::Essay;
    for text in picture.chain(table).filter(|text| !text.is_empty()) {
        let here = reader.here();
        let fault = || format!("“{here}” stands below it, and not “{text}”");
        let found = match std::mem::take(&mut points) {
            true => reader.seek(text, POINTS),
            false => reader.text(text),
        };
        found.ok_or_else(fault)?;
    }
    match question.item_type {
        ItemType::MultipleChoice | ItemType::Ordering => options(reader, question, ""),
        ItemType::MultipleAnswer => {
            // Where it is answered on a sheet there are no boxes.
            let boxes = reader.words.read(reader.at, &fold(BOX)).is_some();
            options(reader, question, if boxes { BOX } else { "" })
        }
        ItemType::Matching => matching(reader, question),
        ItemType::Categorize => categories(reader, question),
        ItemType::Cloze => cloze(reader, question),
        ItemType::TrueFalse | ItemType::ShortAnswer | ItemType::Essay => Ok(()),
    }
}

fn options(
    reader: &mut Reader,
    question: &QuestionRecord,
    mark: &str,
) -> Result<(), String> {
    let mut label = String::new();
    for (option, letter) in question.options.iter().zip('A'..='Z') {
        label.clear();
        label.extend([mark, letter.encode_utf8(&mut [0; 4]), "."]);
        reader.labelled(&label, option)?;
    }
    Ok(())
}

/// Rows of a premise, a place for its letter unless that is on a sheet, and an option; then
/// options alone.
fn matching(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    let QuestionRecord { premises, options, .. } = question;
    let (mut letters, mut places) = ('A'..='Z', true);
    for index in 0..premises.len().max(options.len()) {
        if let Some(premise) = premises.get(index) {
            let label = format!("{})", index + 1);
            match index {
                0 => below_heads(reader, &label, premise)?,
                _ => reader.labelled(&label, premise)?,
            }
            let place = reader.words.read(reader.at, &fold(BLANK));
            if index == 0 {
                places = place.is_some();
            }
            if place.is_some() != places {
                return Err(format!("there is no place for the letter of “{premise}”"));
            }
            reader.at = place.unwrap_or(reader.at);
        }
        if let (Some(option), Some(letter)) = (options.get(index), letters.next()) {
            reader.labelled(&format!("{letter}."), option)?;
        }
    }
    Ok(())
}

/// Statements below the heads of their columns.
fn categories(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    for category in &question.categories {
        let found = match columns.is_empty() {
            true => reader.seek(category, HEADS),
            false => reader.text(category),
        };
        let fault = || format!("there is no column “{category}”");
        columns.push(found.ok_or_else(fault)?);
    }
    let centres: Vec<f32> =
        columns.iter().map(|head| reader.words.centre(head)).collect();
    if !centres.is_sorted_by(|left, right| left < right) {
        return Err("the columns are not in their order".to_string());
    }
    for (index, row) in question.rows.iter().enumerate() {
        reader.labelled(&format!("{})", index + 1), row)?;
    }
    Ok(())
}

/// The words to choose from, and the text with its blanks.
fn cloze(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    if !question.words.is_empty() {
        let words = question.words.join("•");
        let here = reader.here();
        let fault =
            || format!("the words to choose from are “{here}”, and not “{words}”");
        reader.text(&words).ok_or_else(fault)?;
    }
    let mut text = question.text.to_string();
    for number in 1.. {
        let place = format!("{{{number}}}");
        if !text.contains(&place) {
            break;
        }
        text = text.replace(&place, &format!("({number}){BLANK}"));
    }
    let here = reader.here();
    reader.text(&text).map(|_| ()).ok_or_else(|| format!("its text says “{here}”"))
}

/// Reads a label and the text beside it, below the heads of columns.
fn below_heads(reader: &mut Reader, label: &str, text: &str) -> Result<(), String> {
    match reader.seek_labelled(label, text, HEADS) {
        Some([found, read]) => reader.beside(label, &found, &read),
        None => Err(format!("“{text}” does not stand at {label}")),
    }
}
