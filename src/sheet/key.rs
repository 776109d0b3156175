//! The key that teachers get: answers, reasons, scoring guide and table of marks.

use std::fmt::Display;

use crate::exam::blueprint::documents::KeySettings;
use crate::exam::{Answer, Exam, Key, Section, Solution, counting};
use crate::item_type::ItemType;
use crate::sheet::erratum::{
    self, amended_name, amendments, last_erratum, legend, marked, numbered_title,
};
use crate::sheet::heading::{name, roman, title};
use crate::sheet::reasons::reasons;
use crate::sheet::scoring::{marks, marks_note, scoring};
use crate::sheet::{
    Align, Block, Column, Field, Fields, Footer, Heading, Orientation, Paragraph,
    ParagraphRank, Row, Sheet, Table, Width,
};
use crate::text::{Markup, Text};
use crate::wording::{Wording, fill};

/// The first character of scripts that read from right to left.
const FIRST_LEFTWARD: char = '\u{590}';

/// Makes what follows read from left to right; it is not seen.
const RIGHTWARD: char = '\u{200e}';

/// What stands between answers of which some read to the left.
const BETWEEN: &str = "\u{200e}  ";

/// How many answers stand side by side in the compact grid.
const ACROSS: usize = 10;

/// How many answers of several letters stand side by side.
const ACROSS_SEVERAL: usize = 5;

/// Composes the key of a variant.
pub fn key(exam: &Exam, key: &Key, settings: &KeySettings, wording: &Wording) -> Sheet {
    let words = &wording.key;
    let erratum = last_erratum(key.answers.iter());
    let name = fill(&wording.footer.key, &[("variant", &key.label)]);
    let name = amended_name(&name, erratum, wording);
    let mut lines = vec![format!("{} – {}", words.title, paper_name(key, wording))];
    lines.extend(erratum.map(|number| numbered_title(number, wording)));
    lines.extend(exam.head.title.iter().cloned());
    let mut blocks = vec![title(&lines), identity(exam, key, wording)];
    blocks.extend(amendments(exam, key, wording));
    let mut letters = 'A'..;
    let mut part = |heading: &str, note: Option<&str>| {
        Block::Heading(Heading {
            label: letters.next().map(|letter| Text::plain(format!("{letter}."))),
            text: Text::parse(heading),
            note: note.map(Text::parse),
        })
    };
    blocks.push(part(&words.answers, None));
    blocks.extend(answers(exam, key, wording));
    if settings.reasons {
        blocks.push(part(&words.reasons, None));
        blocks.extend(reasons(exam, key, wording));
    }
    blocks.push(part(&words.scoring, None));
    blocks.extend(scoring(exam, key, wording));
    if settings.marks {
        blocks.push(part(&words.marks, Some(marks_note(exam, wording))));
        blocks.extend(marks(exam, key, wording));
    }
    if !exam.allowed.is_empty() {
        let rules = exam.allowed.join(", ");
        blocks.push(small(Text::parse(&fill(&words.allowed, &[("rules", &rules)]))));
    }
    blocks.push(colophon(exam, wording));
    Sheet {
        title: format!("{} {name}", exam.head.title_line()),
        language: exam.head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::plain(&key.code),
            right: Text::parse(&wording.footer.page),
        },
        watermark: exam.head.watermark.as_deref().map(Text::parse),
        blocks,
        columns: Vec::new(),
    }
}

/// Says with what and from which seed the exam was made.
pub fn colophon(exam: &Exam, wording: &Wording) -> Block {
    let seed = exam.seed.to_string();
    let values = [("version", env!("CARGO_PKG_VERSION")), ("seed", seed.as_str())];
    small(Text::parse(&fill(&wording.key.colophon, &values)))
}

/// What an answer's cell says: a letter, a word, or letters in the order of the premises.
pub fn short(answer: &Answer, wording: &Wording) -> Text {
    marked(solved(answer, wording), answer, wording)
}

/// What is right, in short.
fn solved(answer: &Answer, wording: &Wording) -> Text {
    match &answer.solution {
        Solution::Option { .. } => {
            Text::plain(counting(&answer.solution).concat().join("/"))
        }
        Solution::Options { letters, .. } => {
            let letters = letters.iter().map(char::to_string);
            Text::plain(letters.collect::<Vec<String>>().join(", "))
        }
        Solution::Judgement { truth, .. } => Text::parse(judged(*truth, wording)),
        Solution::Categories(rows) => {
            numbered(answer, rows.iter().map(|row| &*row.category))
        }
        Solution::Matching(pairs) => {
            numbered(answer, pairs.iter().map(|pair| pair.letter))
        }
        Solution::Order { steps, .. } => {
            numbered(answer, steps.iter().map(|step| step.letter))
        }
        Solution::Cloze { blanks, .. } => {
            numbered(answer, blanks.iter().filter_map(|blank| blank.first()))
        }
        Solution::Blank { accepted, .. } => {
            accepted.first().map_or(Text::default(), Markup::text)
        }
        Solution::Guide(_) => Text::plain("–"),
    }
}

/// Answers in a line, each with its number and perhaps a mark. Whatever way their words read,
/// they follow each other to the right.
fn numbered<T: Display>(answer: &Answer, answers: impl Iterator<Item = T>) -> Text {
    let answers = answers.zip(erratum::marks(answer)).zip(1..);
    let answers =
        answers.map(|((answer, mark), number)| format!("{number}) {answer}{mark}"));
    let answers: Vec<String> = answers.collect();
    let line = answers.join("  ");
    match line.chars().any(|char| char >= FIRST_LEFTWARD) {
        true => Text::parse(&(RIGHTWARD.to_string() + &answers.join(BETWEEN))),
        false => Text::parse(&line),
    }
}

fn judged(truth: bool, wording: &Wording) -> &str {
    if truth { &wording.paper.truth[1] } else { &wording.paper.falsehood[1] }
}

fn paper_name(key: &Key, wording: &Wording) -> String {
    fill(&wording.footer.variant, &[("variant", &key.label)])
}

fn identity(exam: &Exam, key: &Key, wording: &Wording) -> Block {
    let field = |label: &str, value: &str| Field {
        label: Text::parse(label),
        value: Some(Text::parse(value)),
    };
    let words = &wording.identity;
    let identity = &exam.head.identity;
    let given = [(&words.subject, &identity.subject), (&words.class, &identity.class)];
    let left = given
        .into_iter()
        .filter_map(|(label, value)| Some(field(label, value.as_ref()?)))
        .collect();
    let right =
        vec![field(&words.variant, &key.label), field(&wording.key.code, &key.code)];
    Block::Fields(Fields { columns: vec![left, right] })
}

/// The answers of a key in a section.
pub fn of_section(key: &Key, section: usize) -> impl Iterator<Item = &Answer> {
    key.answers.iter().filter(move |answer| answer.section == section)
}

/// The compact answers: grids of letters, and lists of words.
fn answers(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type == ItemType::Essay {
            continue;
        }
        blocks.push(section_name(index, section, wording));
        let answers: Vec<&Answer> = of_section(key, index).collect();
        match section.item_type {
            ItemType::MultipleChoice | ItemType::MultipleAnswer | ItemType::TrueFalse => {
                let several = section.item_type == ItemType::MultipleAnswer;
                let across = if several { ACROSS_SEVERAL } else { ACROSS };
                let cells = answers
                    .iter()
                    .map(|answer| (answer.number.to_string(), short(answer, wording)));
                blocks.push(grid(&cells.collect::<Vec<_>>(), across, wording));
            }
            _ => {
                let rows = answers.iter().map(|answer| Row {
                    cells: vec![
                        Text::plain(format!("{}.", answer.number)),
                        answer_in_full(answer, wording),
                    ],
                    keep: false,
                });
                blocks.push(Block::Table(Table {
                    columns: vec![
                        Column { width: Width::Fit, align: Align::Right },
                        Column { width: Width::Share(1), align: Align::Left },
                    ],
                    rows: rows.collect(),
                    ruled: true,
                    ..Table::default()
                }));
            }
        }
    }
    blocks.extend(last_erratum(key.answers.iter()).map(|_| legend(wording)));
    blocks
}

/// The number and name of a section as a heading.
pub fn section_name(index: usize, section: &Section, wording: &Wording) -> Block {
    let name = format!("{}. {}", roman(index + 1), name(section, wording));
    Block::Heading(Heading { label: None, text: Text::parse(&name), note: None })
}

/// Numbers above their keys, so many to a band.
fn grid(cells: &[(String, Text)], across: usize, wording: &Wording) -> Block {
    let band = |label: &str, texts: Vec<Text>, keep: bool| {
        let mut row = vec![Text::bold(label)];
        row.extend(texts);
        row.resize(across.min(cells.len()) + 1, Text::default());
        Row { cells: row, keep }
    };
    let rows = cells.chunks(across).flat_map(|chunk| {
        let numbers = chunk.iter().map(|(number, _)| Text::plain(number)).collect();
        let keys = chunk.iter().map(|(_, key)| Text::bold(key.to_plain())).collect();
        [band(&wording.paper.number, numbers, true), band(&wording.key.key, keys, false)]
    });
    let mut columns = vec![Column { width: Width::Fit, align: Align::Left }];
    columns.resize(
        across.min(cells.len()) + 1,
        Column { width: Width::Share(1), align: Align::Centre },
    );
    let rows = rows.collect();
    Block::Table(Table { columns, rows, ruled: true, together: true, ..Table::default() })
}

/// An answer with the other spellings that count.
fn answer_in_full(answer: &Answer, wording: &Wording) -> Text {
    match &answer.solution {
        Solution::Blank { accepted, .. } if answer.void().is_none() => {
            short(answer, wording).then(Text::parse(&others(accepted, wording)))
        }
        _ => short(answer, wording),
    }
}

/// The other spellings that count, in brackets.
pub fn others(accepted: &[Markup], wording: &Wording) -> String {
    match accepted {
        [] | [_] => String::new(),
        [_, others @ ..] => {
            let others = fill(&wording.key.accepted, &[("others", &others.join("; "))]);
            format!(" ({others})")
        }
    }
}

/// A paragraph in small type.
pub fn small(text: Text) -> Block {
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Small })
}

/// A paragraph.
pub fn body(text: Text) -> Block {
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Body })
}
