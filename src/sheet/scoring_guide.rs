//! The scoring guide (pedoman penskoran) of all variants: points, formula, table of marks,
//! rubrics, and what marks mean.

use std::collections::BTreeSet;

use crate::exam::blueprint::documents::{Curriculum, Scoring};
use crate::exam::{Answer, Exam};
use crate::item_type::ItemType;
use crate::sheet::key::{body, section_name};
use crate::sheet::school::{
    Places, closed, curriculum, field, school, signatures, teachers_sheet,
};
use crate::sheet::scoring::{marks, marks_note, points, rubric, rule};
use crate::sheet::{
    Align, Block, Column, Fields, Heading, Orientation, Row, Sheet, Table, Width,
};
use crate::text::{Text, plain};
use crate::wording::{Wording, fill};

/// Composes the scoring guide.
pub fn scoring_guide(
    exam: &Exam,
    curriculum: Curriculum,
    settings: &Scoring,
    wording: &Wording,
) -> Sheet {
    let words = &wording.scoring_guide;
    let mut blocks = vec![about(exam, wording)];
    let mut letters = 'A'..;
    let mut part = |text: &str, note: Option<&str>| {
        let label = letters.next().map(|letter| Text::plain(format!("{letter}.")));
        Block::Heading(Heading {
            label,
            text: Text::parse(text),
            note: note.map(Text::parse),
        })
    };
    // All variants have the same points.
    if !exam.variants.is_empty() {
        let first = exam.variants.get(0);
        blocks.push(part(&words.points, None));
        blocks.extend(points(exam, &first.key, wording));
        let sections = exam.sections.iter().enumerate();
        blocks.extend(
            sections.filter_map(|(index, section)| rule(index, section, wording)),
        );
        blocks.push(part(&wording.key.marks, Some(marks_note(exam, wording))));
        blocks.extend(marks(exam, &first.key, wording));
    }
    if exam.sections.iter().any(|section| section.item_type == ItemType::Essay) {
        blocks.push(part(&words.rubrics, None));
        blocks.extend(rubrics(exam, wording));
    }
    let achievement = achievement(curriculum, settings, wording);
    if !achievement.is_empty() {
        blocks.push(part(&words.achievement, None));
        blocks.extend(achievement);
    }
    let blocks = closed(blocks, signatures(exam, wording));
    teachers_sheet(exam, &words.title, Orientation::Portrait, blocks, wording)
}

fn about(exam: &Exam, wording: &Wording) -> Block {
    let (labels, own) = (&wording.identity, &exam.head.school);
    let identity = &exam.head.identity;
    let count: usize = exam.sections.iter().map(|section| section.count).sum();
    Block::Fields(Fields {
        columns: vec![
            vec![
                field(&wording.school.name, school(exam)),
                field(&labels.subject, identity.subject.as_deref()),
                field(&labels.class, identity.class.as_deref()),
            ],
            vec![
                field(&wording.school.year, own.year.as_deref()),
                field(&wording.blueprint_table.count, Some(&count.to_string())),
                field(&wording.school.author, own.teacher.name.as_deref()),
            ],
        ],
    })
}

/// The rubrics of all essays, each with its numbers in the variants.
fn rubrics(exam: &Exam, wording: &Wording) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut seen, places) = (BTreeSet::new(), Places::of(exam));
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type != ItemType::Essay {
            continue;
        }
        let mut fresh: Vec<Answer> = Vec::new();
        for variant in &exam.variants {
            let own = variant.key.answers.iter().filter(|answer| answer.section == index);
            fresh.extend(own.filter(|own| seen.insert(own.about.item.clone())).cloned());
        }
        let numbered = fresh.iter().map(|answer| {
            (Text::plain(places.said(exam, answer, wording).join("\n")), answer)
        });
        blocks.push(section_name(index, section, wording));
        blocks.push(rubric(numbered, wording));
    }
    blocks
}

/// What marks mean: with which an exam is passed, and what follows from each.
fn achievement(chosen: Curriculum, settings: &Scoring, wording: &Wording) -> Vec<Block> {
    let words = &wording.scoring_guide;
    let mut blocks = Vec::new();
    if let Some(mark) = settings.passing {
        let label = &curriculum(chosen, wording).passing;
        let values = [("label", label.as_str()), ("mark", &mark.to_string())];
        blocks.push(body(Text::parse(&fill(&words.passing, &values))));
    }
    if settings.intervals {
        let row = |[marks, follows]: &[String; 2]| Row {
            cells: vec![Text::plain(plain(marks)), Text::parse(follows)],
            keep: false,
        };
        blocks.push(Block::Table(Table {
            columns: vec![
                Column { width: Width::Fit, align: Align::Centre },
                Column { width: Width::Share(1), align: Align::Left },
            ],
            head: words.heads.iter().map(|head| Text::parse(head)).collect(),
            rows: words.intervals.iter().map(row).collect(),
            ruled: true,
            small: true,
            together: true,
        }));
    }
    blocks
}
