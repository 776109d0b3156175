//! Errata: the slip that is read out, and what keys say of amended answers.

use std::iter;

use crate::exam::{Answer, Exam, Key, Numbering, Solution, Variant, Void, counting};
use crate::sheet::heading::{either, roman, title};
use crate::sheet::key::{body, colophon, small};
use crate::sheet::{
    Align, Block, Column, Footer, Hanging, Heading, Orientation, Row, Sheet, Table, Width,
};
use crate::text::{Text, capitalised, plain};
use crate::wording::{Wording, fill};

/// How many of a question's first words stand on the slip.
const FIRST_WORDS: usize = 12;

/// What follows an amended answer in grids and tables.
const MARK: &str = "*";

/// Composes the slip of an erratum, which says what it changes in each variant.
pub fn erratum(exam: &Exam, number: u32, wording: &Wording) -> Sheet {
    let words = &wording.errata;
    let name = numbered_title(number, wording);
    let mut lines = vec![name.clone()];
    lines.extend(exam.head.title.iter().cloned());
    let mut blocks = vec![title(&lines), body(Text::parse(&words.intro))];
    blocks.extend(summaries(exam, number, wording));
    for variant in &exam.variants {
        let amended: Vec<&Answer> = of_erratum(&variant.key, number).collect();
        if amended.is_empty() {
            continue;
        }
        let label = &variant.key.label;
        blocks.push(Block::Heading(Heading {
            label: None,
            text: Text::parse(&fill(&wording.footer.variant, &[("variant", label)])),
            note: None,
        }));
        blocks.push(rulings(exam, &amended, wording));
    }
    blocks.push(colophon(exam, wording));
    Sheet {
        title: format!("{} {name}", exam.head.title_line()),
        language: exam.head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(plain(&name)),
            middle: Text::default(),
            right: Text::parse(&wording.footer.page),
        },
        watermark: exam.head.watermark.as_deref().map(Text::parse),
        blocks,
        columns: Vec::new(),
    }
}

/// The title of an erratum with its number.
pub fn numbered_title(number: u32, wording: &Wording) -> String {
    fill(&wording.errata.title, &[("number", &number.to_string())])
}

/// The answers of a key that an erratum changed.
pub fn of_erratum(key: &Key, number: u32) -> impl Iterator<Item = &Answer> {
    let is_of = move |answer: &&Answer| {
        answer.amended.as_ref().is_some_and(|amended| amended.erratum == number)
    };
    key.answers.iter().filter(is_of)
}

/// Where each amended item stands, in all variants.
fn summaries(exam: &Exam, number: u32, wording: &Wording) -> Vec<Block> {
    let variants = exam.variants.held();
    let mut items: Vec<&str> = Vec::new();
    for answer in variants.iter().flat_map(|one| of_erratum(&one.key, number)) {
        if !items.contains(&answer.about.item.as_str()) {
            items.push(&answer.about.item);
        }
    }
    let summary = |item: &str| {
        let places = variants.iter().flat_map(|variant| {
            let answers = of_erratum(&variant.key, number);
            let meant = answers.filter(|answer| answer.about.item == item);
            meant.map(|answer| place(exam, variant, answer, wording))
        });
        let places = places.collect::<Vec<String>>().join(", ");
        let said = fill(&wording.errata.summary, &[("places", &places)]);
        body(Text::bold(plain(&said)))
    };
    items.into_iter().map(summary).collect()
}

/// A question's variant and number, with its section where numbers start again in each.
fn place(exam: &Exam, variant: &Variant, answer: &Answer, wording: &Wording) -> String {
    let words = &wording.errata;
    let template = match exam.head.numbering {
        Numbering::Continuous => &words.place,
        Numbering::Sections => &words.place_in_section,
    };
    let (number, section) = (answer.number.to_string(), roman(answer.section + 1));
    let label = &variant.key.label;
    fill(template, &[("variant", label), ("section", &section), ("number", &number)])
}

/// What counts now, question by question.
fn rulings(exam: &Exam, answers: &[&Answer], wording: &Wording) -> Block {
    let rows = answers.iter().map(|answer| Row {
        cells: vec![
            Text::plain(number(exam, answer)),
            Text::plain(first_words(&answer.about.stem)),
            Text::parse(&ruling(answer, wording)),
        ],
        keep: false,
    });
    let column = |width, align| Column { width, align };
    Block::Table(Table {
        columns: vec![
            column(Width::Fit, Align::Centre),
            column(Width::Share(1), Align::Left),
            column(Width::Share(1), Align::Left),
        ],
        head: wording.errata.heads.iter().map(Text::bold).collect(),
        rows: rows.collect(),
        ruled: true,
        ..Table::default()
    })
}

/// A question's number, with that of its section where numbers start again in each.
fn number(exam: &Exam, answer: &Answer) -> String {
    match exam.head.numbering {
        Numbering::Continuous => answer.number.to_string(),
        Numbering::Sections => format!("{}-{}", roman(answer.section + 1), answer.number),
    }
}

/// The first words of a question as it is printed.
fn first_words(stem: &str) -> String {
    let stem = plain(stem);
    let words: Vec<&str> = stem.split_whitespace().collect();
    match words.len() > FIRST_WORDS {
        true => format!("{} …", words[..FIRST_WORDS].join(" ")),
        false => words.join(" "),
    }
}

/// What counts for an amended answer, and why.
fn ruling(answer: &Answer, wording: &Wording) -> String {
    let words = &wording.errata;
    let Some(amended) = &answer.amended else { return String::new() };
    let ruling = match amended.void {
        Some(Void::Full) => {
            fill(&words.full, &[("points", &answer.about.points.to_string())])
        }
        Some(Void::Drop) => words.dropped.clone(),
        None => changes(&amended.before, &answer.solution, wording),
    };
    match &amended.reason {
        Some(reason) => {
            let reason = capitalised(reason.trim_end_matches('.'));
            format!("{ruling} {}", fill(&words.reason, &[("reason", &reason)]))
        }
        None => ruling,
    }
}

/// What was right and what is right now, part by part where there are several.
fn changes(before: &Solution, now: &Solution, wording: &Wording) -> String {
    let words = &wording.errata;
    let (before, now) = (said(before, wording), said(now, wording));
    let several = now.len() > 1;
    let changed =
        before.iter().zip(&now).zip(1..).filter(|((one, other), _)| one != other);
    let sentence = |((before, key), part): ((&String, &String), u32)| {
        let values = [("before", before.as_str()), ("key", key.as_str())];
        match several {
            true => {
                fill(&fill(&words.changed_part, &[("part", &part.to_string())]), &values)
            }
            false => fill(&words.changed, &values),
        }
    };
    changed.map(sentence).collect::<Vec<String>>().join(" ")
}

/// What counts for each part of a question, in words.
fn said(solution: &Solution, wording: &Wording) -> Vec<String> {
    match solution {
        Solution::Judgement { truth: true, .. } => vec![wording.paper.truth[0].clone()],
        Solution::Judgement { .. } => vec![wording.paper.falsehood[0].clone()],
        _ => counting(solution).iter().map(|part| either(part, &wording.or)).collect(),
    }
}

/// The heading of a key's amended answers, and what counts for each.
pub fn amendments(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let amended = key.answers.iter().filter(|answer| answer.amended.is_some());
    let rulings = amended.map(|answer| {
        Block::Hanging(Hanging {
            label: Text::plain(format!("{}.", number(exam, answer))),
            blocks: vec![body(Text::parse(&ruling(answer, wording)))],
        })
    });
    let rulings: Vec<Block> = rulings.collect();
    if rulings.is_empty() {
        return rulings;
    }
    let text = Text::parse(&wording.errata.heading);
    let heading = Block::Heading(Heading { label: None, text, note: None });
    [vec![heading], rulings].concat()
}

/// What stands among the reasons of an amended answer.
pub fn remark(answer: &Answer, wording: &Wording) -> Option<String> {
    answer.amended.as_ref()?;
    let ruling = ruling(answer, wording);
    Some(fill(&wording.errata.remark, &[("ruling", &ruling)]))
}

/// An answer in short, marked if it was amended and `solved` has no marks yet.
pub fn marked(solved: Text, answer: &Answer, wording: &Wording) -> Text {
    let words = &wording.errata;
    let short = match answer.void() {
        Some(Void::Full) => Text::parse(&words.full_short),
        Some(Void::Drop) => Text::parse(&words.dropped_short),
        None if changed_parts(answer).len() > 1 => return solved,
        None => solved,
    };
    match answer.amended {
        Some(_) => short.then(Text::plain(MARK)),
        None => short,
    }
}

/// The marks behind the parts of an amended answer.
pub fn marks(answer: &Answer) -> impl Iterator<Item = &'static str> {
    let changed = changed_parts(answer).into_iter();
    changed.map(|changed| if changed { MARK } else { "" }).chain(iter::repeat(""))
}

/// Which parts of an answer were changed; nothing if none was.
fn changed_parts(answer: &Answer) -> Vec<bool> {
    let Some(amended) = &answer.amended else { return Vec::new() };
    let (first, now) = (counting(&amended.first), counting(&answer.solution));
    first.iter().zip(&now).map(|(first, now)| first != now).collect()
}

/// What the mark of amended answers means, if any of these has it.
pub fn legend(wording: &Wording) -> Block {
    let legend = fill(&wording.errata.legend, &[("mark", MARK)]);
    small(Text::plain(plain(&legend)))
}

/// The number of the last erratum that changed any of these answers.
pub fn last_erratum<'a>(answers: impl Iterator<Item = &'a Answer>) -> Option<u32> {
    answers.filter_map(|answer| Some(answer.amended.as_ref()?.erratum)).max()
}

/// The name of a document as errata leave it.
pub fn amended_name(name: &str, erratum: Option<u32>, wording: &Wording) -> String {
    match erratum {
        Some(number) => {
            let number = number.to_string();
            fill(&wording.errata.amended, &[("name", name), ("number", &number)])
        }
        None => name.to_string(),
    }
}
