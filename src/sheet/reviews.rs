//! Review forms (kartu telaah): what is looked at in every item, what the rules of item
//! writing found, and room for the reviewer.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::Id;
use crate::exam::{Answer, Exam, Section, Variant};
use crate::sheet::heading::name;
use crate::sheet::key::{body, small};
use crate::sheet::school::{closed, field, school, signed, teachers_sheet};
use crate::sheet::{
    Align, Block, Column, Fields, Heading, Orientation, Row, Sheet, Table, Width,
};
use crate::text::{Text, plain};
use crate::wording::{Aspect, Wording, fill};

/// How many items are reviewed side by side.
const ACROSS: usize = 20;

/// What a rule of item writing says of an item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The code of the rule.
    pub rule: String,
    /// Whether the teacher set the rule aside.
    pub allowed: bool,
}

/// Composes the review forms of all items, of each in the first variant that asks it.
pub fn reviews(
    exam: &Exam,
    remarks: &BTreeMap<Id, Vec<Remark>>,
    wording: &Wording,
) -> Sheet {
    let words = &wording.reviews;
    let mut blocks = vec![about(exam, wording)];
    blocks.push(small(Text::parse(&words.note)));
    let mut seen = BTreeSet::new();
    let mut reviewed: Vec<(&Variant, &Answer)> = Vec::new();
    for variant in exam.variants.held() {
        for (index, section) in exam.sections.iter().enumerate() {
            let own = variant.key.answers.iter().filter(|answer| answer.section == index);
            let fresh: Vec<&Answer> =
                own.filter(|answer| seen.insert(&answer.about.item)).collect();
            for (part, answers) in fresh.chunks(ACROSS).enumerate() {
                let heading =
                    (part == 0).then(|| heading(exam, variant, section, wording));
                blocks.extend(heading);
                blocks.push(form(section, answers, remarks, wording));
            }
            reviewed.extend(fresh.iter().map(|answer| (variant, *answer)));
        }
    }
    blocks.push(Block::Heading(Heading {
        label: None,
        text: Text::parse(&words.findings),
        note: None,
    }));
    blocks.push(findings(exam, &reviewed, remarks, wording));
    let reviewer = (words.reviewer.as_str(), None);
    let author = (wording.school.author.as_str(), Some(&exam.head.school.teacher));
    let signed = signed(exam, &words.reviewed, [reviewer, author], wording);
    let blocks = closed(blocks, signed);
    teachers_sheet(exam, &words.title, Orientation::Landscape, blocks, wording)
}

fn about(exam: &Exam, wording: &Wording) -> Block {
    let (labels, own) = (&wording.identity, &exam.head.school);
    let identity = &exam.head.identity;
    Block::Fields(Fields {
        columns: vec![
            vec![
                field(&wording.school.name, school(exam)),
                field(&labels.subject, identity.subject.as_deref()),
                field(&labels.class, identity.class.as_deref()),
            ],
            vec![
                field(&wording.school.year, own.year.as_deref()),
                field(&wording.school.author, own.teacher.name.as_deref()),
                field(&wording.reviews.reviewer, None),
            ],
        ],
    })
}

fn heading(
    exam: &Exam,
    variant: &Variant,
    section: &Section,
    wording: &Wording,
) -> Block {
    let label = fill(&wording.footer.variant, &[("variant", &variant.paper.label)]);
    let name = name(section, wording);
    let text = match exam.variants.len() {
        1 => name,
        _ => format!("{name} – {label}"),
    };
    Block::Heading(Heading { label: None, text: Text::parse(&text), note: None })
}

/// The form of some items of a section: a row for each aspect, a column for each item.
fn form(
    section: &Section,
    answers: &[&Answer],
    remarks: &BTreeMap<Id, Vec<Remark>>,
    wording: &Wording,
) -> Block {
    let words = &wording.reviews;
    let mut head = vec![Text::parse(&wording.paper.number), Text::parse(&words.aspect)];
    head.extend(answers.iter().map(|answer| Text::plain(answer.number.to_string())));
    let row = |first: Text, second: Text, keep: bool| {
        let mut cells = vec![first, second];
        cells.resize(head.len(), Text::default());
        Row { cells, keep }
    };
    let mut rows = Vec::new();
    let mut number = 0;
    for (part, letter) in words.parts.iter().zip('A'..) {
        let aspects = part.aspects.iter().filter(|a| a.concerns(section.item_type));
        let aspects: Vec<&Aspect> = aspects.collect();
        if aspects.is_empty() {
            continue;
        }
        let label = Text::bold(format!("{letter}."));
        rows.push(row(label, Text::bold(plain(&part.name)), true));
        for aspect in aspects {
            number += 1;
            let label = Text::plain(number.to_string());
            let mut row = row(label, Text::parse(&aspect.text), false);
            for (cell, answer) in row.cells[2..].iter_mut().zip(answers) {
                let found =
                    remarks.get(&answer.about.item).map_or(&[][..], Vec::as_slice);
                *cell = Text::plain(verdict(aspect, found, wording));
            }
            rows.push(row);
        }
    }
    rows.push(row(Text::default(), Text::bold(plain(&words.verdict)), false));
    let mut columns = vec![
        Column { width: Width::Fit, align: Align::Centre },
        Column { width: Width::Share(2 * ACROSS as u32), align: Align::Left },
    ];
    let narrow = Column { width: Width::Share(2), align: Align::Centre };
    columns.resize(head.len(), narrow);
    Block::Table(Table { columns, head, rows, ruled: true, small: true, together: false })
}

/// What the rules say of an aspect of an item; nothing where only a reviewer can tell.
fn verdict(aspect: &Aspect, found: &[Remark], wording: &Wording) -> String {
    let own = || found.iter().filter(|remark| aspect.rules.contains(&remark.rule));
    let words = &wording.reviews;
    match aspect.rules.is_empty() {
        true => String::new(),
        false if own().any(|remark| !remark.allowed) => words.broken.clone(),
        false if own().next().is_some() => words.allowed.clone(),
        false => words.kept.clone(),
    }
}

/// What the rules found, with room for what is done about it.
fn findings(
    exam: &Exam,
    reviewed: &[(&Variant, &Answer)],
    remarks: &BTreeMap<Id, Vec<Remark>>,
    wording: &Wording,
) -> Block {
    let words = &wording.reviews;
    let mut rows = Vec::new();
    for (variant, answer) in reviewed {
        for remark in remarks.get(&answer.about.item).into_iter().flatten() {
            let number = answer.number.to_string();
            let values = [("variant", variant.paper.label.as_str()), ("number", &number)];
            let place = match exam.variants.len() {
                1 => number.clone(),
                _ => fill(&wording.item_cards.place, &values),
            };
            let aspects = words.parts.iter().flat_map(|part| &part.aspects);
            let mut aspects = aspects.filter(|aspect| {
                aspect.rules.contains(&remark.rule)
                    && aspect.concerns(answer.about.item_type)
            });
            let aspect = aspects.next().map_or("", |aspect| aspect.text.as_str());
            let said = match remark.allowed {
                true => fill(&words.set_aside, &[("aspect", aspect)]),
                false => fill(&words.unmet, &[("aspect", aspect)]),
            };
            let cells = [&place, &remark.rule, &said, &String::new()];
            let cells = cells.map(|cell| Text::parse(cell)).into();
            rows.push(Row { cells, keep: false });
        }
    }
    if rows.is_empty() {
        return body(Text::parse(&words.nothing));
    }
    let share = |share| Column { width: Width::Share(share), align: Align::Left };
    let fit = Column { width: Width::Fit, align: Align::Left };
    let columns = vec![fit, fit, share(3), share(2)];
    let head = words.heads.iter().map(|head| Text::parse(head)).collect();
    Block::Table(Table { columns, head, rows, ruled: true, small: true, together: false })
}
