//! Keys: number by number the letters of the record, and the texts that they stand for.

use std::ops::Range;

use crate::item_type::ItemType;
use crate::record::{QuestionRecord, VariantRecord};

use super::reader::{Fault, Reader, Truths};
use super::words::{Words, fold};

/// How much may stand before the answers of a section: titles and headings.
const HEADINGS: usize = 2000;

/// How much may stand between two answers: other spellings, verdicts, reasons.
const BETWEEN: usize = 600;

/// How many letters the name of a row may have, with what the cells before it hold.
const ROW_NAME: usize = 40;

/// How far the middle of a letter may be from the middle of its number, in points.
const OFF_CENTRE: f32 = 2.0;

/// What is wrong with the key of a variant, which may have to say why each answer is right.
pub fn faults(
    variant: &VariantRecord,
    words: &Words,
    with_reasons: bool,
    truths: &mut Truths,
) -> Vec<Fault> {
    let mut reader = Reader::new(words);
    let mut faults = Vec::new();
    let sections = sections(variant);
    let essay = |section: &&Vec<&QuestionRecord>| section[0].item_type == ItemType::Essay;
    for section in sections.iter().filter(|section| !essay(section)) {
        match section[0].item_type {
            ItemType::MultipleChoice | ItemType::MultipleAnswer | ItemType::TrueFalse => {
                grid(&mut reader, section, truths, &mut faults);
            }
            _ => rows(&mut reader, section, &mut faults),
        }
    }
    let reasoned = sections.iter().filter(|section| with_reasons && !essay(section));
    for question in reasoned.flatten() {
        if let Err(message) = reasons(&mut reader, question) {
            faults.push(fault(&reader, question, message));
        }
    }
    for question in sections.iter().filter(essay).flatten() {
        if let Err(message) = guide(&mut reader, question) {
            faults.push(fault(&reader, question, message));
        }
    }
    faults
}

/// The questions of each section.
pub fn sections(variant: &VariantRecord) -> Vec<Vec<&QuestionRecord>> {
    let all: Vec<&QuestionRecord> = variant.questions.iter().collect();
    all.chunk_by(|one, other| one.section == other.section).map(<[_]>::to_vec).collect()
}

fn fault(reader: &Reader, question: &QuestionRecord, message: String) -> Fault {
    Fault { page: reader.page(), number: Some(question.number), message }
}

/// What the cell of an answer says.
#[derive(Clone)]
pub enum Cell {
    /// A text.
    Text(String),
    /// The word for true or for false.
    Truth(bool),
}

/// What the cell of an answer says: letters, words, or answers in a row with numbers.
pub fn cell(question: &QuestionRecord) -> Cell {
    let key = &question.key;
    match question.item_type {
        ItemType::MultipleChoice | ItemType::MultipleAnswer => Cell::Text(key.join(", ")),
        ItemType::TrueFalse => {
            Cell::Truth(key.first().is_some_and(|key| **key == *"true"))
        }
        ItemType::ShortAnswer | ItemType::Essay => Cell::Text(key.concat()),
        ItemType::Categorize
        | ItemType::Matching
        | ItemType::Ordering
        | ItemType::Cloze => {
            let answers =
                key.iter().zip(1..).map(|(key, number)| format!("{number}) {key}"));
            Cell::Text(answers.collect::<Vec<String>>().join("  "))
        }
    }
}

/// Reads a cell where it starts.
pub fn read_cell(
    words: &Words,
    at: usize,
    cell: &Cell,
    truths: &Truths,
) -> Option<Range<usize>> {
    let text = match cell {
        Cell::Text(text) => fold(text),
        Cell::Truth(truth) => truths.word(*truth)?.to_vec(),
    };
    let end = words.read(at, &text)?;
    words.is_apart(end).then_some(at..end)
}

/// Numbers above their keys, so many to a band.
fn grid(
    reader: &mut Reader,
    section: &[&QuestionRecord],
    truths: &mut Truths,
    faults: &mut Vec<Fault>,
) {
    let mut rest = section;
    let mut most = HEADINGS;
    while !rest.is_empty() {
        let Some((numbers, places)) = band(reader, rest, most) else {
            let message = "it has no place in the key".to_string();
            return faults.push(fault(reader, rest[0], message));
        };
        let (band, others) = rest.split_at(numbers.len());
        learn(reader.words, band, &places, truths);
        for (question, &place) in band.iter().zip(&places) {
            reader.at = reader.at.max(reader.words.piece(place).end);
            if read_cell(reader.words, place, &cell(question), truths).is_none() {
                let said = reader.words.shown(reader.words.piece(place));
                let message = match cell(question) {
                    Cell::Text(key) => {
                        format!("the key says {said}, and the record {key}")
                    }
                    Cell::Truth(truth) => {
                        format!("the key says {said}, and the record {truth}")
                    }
                };
                faults.push(fault(reader, question, message));
            }
        }
        (rest, most) = (others, ROW_NAME);
    }
}

/// Learns which words a key has for true and for false.
fn learn(words: &Words, band: &[&QuestionRecord], places: &[usize], truths: &mut Truths) {
    for truth in [true, false] {
        let cells = band.iter().zip(places);
        let said = cells
            .filter(|(asked, _)| matches!(cell(asked), Cell::Truth(t) if t == truth));
        let said = said.map(|(_, &place)| &words.chars()[words.piece(place)]);
        truths.learn(truth, &said.collect::<Vec<_>>());
    }
}

/// The next numbers that stand in a row, and where a cell stands below each.
fn band(
    reader: &Reader,
    questions: &[&QuestionRecord],
    most: usize,
) -> Option<(Vec<Range<usize>>, Vec<usize>)> {
    let words = reader.words;
    let last = words.chars().len().min(reader.at.saturating_add(most));
    let labels: Vec<Vec<char>> =
        questions.iter().map(|question| fold(&question.number.to_string())).collect();
    let row = |start: usize| {
        let mut numbers: Vec<Range<usize>> = Vec::new();
        let mut at = start;
        for label in &labels {
            let Some(end) = words.read(at, label).filter(|&end| words.is_apart(end))
            else {
                break;
            };
            if numbers.first().is_some_and(|first| !words.is_level(first.start, at)) {
                break;
            }
            numbers.push(at..end);
            at = end;
        }
        numbers
    };
    let places = |numbers: &[Range<usize>]| {
        let mut at = numbers.last()?.end;
        let mut places = Vec::new();
        for number in numbers {
            let last = words.chars().len().min(at + ROW_NAME);
            let place = std::iter::successors(Some(at), |&at| Some(words.piece(at).end))
                .take_while(|&at| at < last)
                .find(|&at| {
                    let off = words.centre(&words.piece(at)) - words.centre(number);
                    off.abs() < OFF_CENTRE && !words.is_level(number.start, at)
                })?;
            places.push(place);
            at = words.piece(place).end;
        }
        Some(places)
    };
    (reader.at..last).filter(|&start| start == 0 || words.is_apart(start)).find_map(
        |start| {
            let numbers = row(start);
            let places = places(&numbers)?;
            Some((numbers, places))
        },
    )
}

/// Numbers with their answers behind them.
fn rows(reader: &mut Reader, section: &[&QuestionRecord], faults: &mut Vec<Fault>) {
    let mut most = HEADINGS;
    for question in section {
        let Cell::Text(text) = cell(question) else { continue };
        let label = format!("{}.", question.number);
        match reader.seek_labelled(&label, &text, most) {
            Some([found, read]) => {
                if let Err(message) = reader.beside(&label, &found, &read) {
                    faults.push(fault(reader, question, message));
                }
                if let [_, others @ ..] = &question.accepted[..]
                    && !others.is_empty()
                    && reader.seek(&others.join("; "), BETWEEN).is_none()
                {
                    let message = "the key does not say what else counts".to_string();
                    faults.push(fault(reader, question, message));
                }
                most = BETWEEN;
            }
            None => {
                let mut there = Reader { words: reader.words, at: reader.at };
                let said = there.seek(&label, most).map(|_| there.here());
                let said = said.map_or("nothing".to_string(), |said| format!("“{said}”"));
                let message = format!("the key says {said}, and the record “{text}”");
                faults.push(fault(reader, question, message));
            }
        }
    }
}

/// Reads why a question is answered so: its stem, and each text at its letter.
fn reasons(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    let label = format!("{}.", question.number);
    let found = reader.seek_labelled(&label, &question.stem, usize::MAX);
    let [found, read] =
        found.ok_or_else(|| format!("the key does not repeat “{}”", question.stem))?;
    reader.beside(&label, &found, &read)?;
    let reasons = question.rationales();
    match question.item_type {
        ItemType::MultipleChoice | ItemType::MultipleAnswer => {
            for (index, (option, letter)) in
                question.options.iter().zip('A'..='Z').enumerate()
            {
                below(reader, &format!("{letter}."), option)?;
                reason(reader, reasons.get(index))?;
            }
        }
        ItemType::Categorize => {
            for (index, (row, category)) in
                question.rows.iter().zip(&question.key).enumerate()
            {
                let row = row.trim_end_matches('.');
                below(reader, &format!("{})", index + 1), &format!("{row}: {category}"))?;
                reason(reader, reasons.get(index))?;
            }
        }
        ItemType::Matching | ItemType::Cloze => {
            for (index, key) in question.key.iter().enumerate() {
                below(reader, &format!("{})", index + 1), key)?;
            }
        }
        ItemType::Ordering => {
            for (index, key) in question.key.iter().enumerate() {
                below(reader, &format!("{})", index + 1), &format!("{key} –"))?;
            }
        }
        ItemType::TrueFalse | ItemType::ShortAnswer => reason(reader, reasons.first())?,
        ItemType::Essay => {}
    }
    Ok(())
}

/// Reads a label and a text, some way below.
fn below(reader: &mut Reader, label: &str, text: &str) -> Result<(), String> {
    match reader.seek_labelled(label, text, BETWEEN) {
        Some([found, read]) => reader.beside(label, &found, &read),
        None => {
            let mut there = Reader { words: reader.words, at: reader.at };
            let said = there.seek(label, BETWEEN).map(|_| there.here());
            let said = said.map_or(String::new(), |said| format!(", but “{said}”"));
            Err(format!("the key does not explain {label} “{text}”{said}"))
        }
    }
}

fn reason(reader: &mut Reader, reason: Option<&&str>) -> Result<(), String> {
    let Some(reason) = reason.filter(|reason| !reason.is_empty()) else { return Ok(()) };
    let text = reason.trim_end_matches('.');
    let fault = || format!("the key does not give the reason “{reason}”");
    reader.seek(text, BETWEEN).map(|_| ()).ok_or_else(fault)
}

/// Reads how an essay is scored.
fn guide(reader: &mut Reader, question: &QuestionRecord) -> Result<(), String> {
    let label = format!("{}.", question.number);
    let fault = || format!("the key does not score “{}”", question.stem);
    reader.seek_labelled(&label, &question.stem, usize::MAX).ok_or_else(fault)?;
    for criterion in &question.guide {
        let text = criterion.text.trim_end_matches('.');
        let fault = || format!("the key does not ask for “{}”", criterion.text);
        reader.seek(text, BETWEEN).ok_or_else(fault)?;
    }
    Ok(())
}
