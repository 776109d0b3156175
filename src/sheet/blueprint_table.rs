//! The table of specification (kisi-kisi): what is asked of which matter, at which level, and
//! where it stands in each variant.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::bank::{Bank, Id};
use crate::difficulty::Difficulty;
use crate::exam::blueprint::documents::BlueprintTable;
use crate::exam::{About, Answer, Exam, Section, shares};
use crate::sheet::heading::name;
use crate::sheet::indicator::{general, indicator, material};
use crate::sheet::key::small;
use crate::sheet::school::{
    closed, curriculum, field, school, signatures, teachers_sheet,
};
use crate::sheet::{Align, Block, Column, Fields, Orientation, Row, Sheet, Table, Width};
use crate::text::{Text, plain};
use crate::wording::{self, Wording, fill};

/// How many variants have their numbers side by side.
const VARIANTS: usize = 6;

/// Composes the table of specification.
pub fn blueprint_table(
    exam: &Exam,
    bank: &Bank,
    settings: &BlueprintTable,
    wording: &Wording,
) -> Sheet {
    let words = &wording.blueprint_table;
    let curriculum = curriculum(settings.curriculum, wording);
    let lines: Vec<Line> = (exam.sections.iter().enumerate())
        .flat_map(|(index, section)| lines(exam, bank, index, section, wording))
        .collect();
    let mut blocks = vec![about(exam, curriculum, wording)];
    let count = exam.variants.len();
    for start in (0..count).step_by(VARIANTS) {
        let variants = start..count.min(start + VARIANTS);
        blocks.push(table(exam, &lines, variants, curriculum, wording));
    }
    blocks.push(small(Text::parse(&spread(exam, wording))));
    let blocks = closed(blocks, signatures(exam, wording));
    teachers_sheet(exam, &words.title, Orientation::Landscape, blocks, wording)
}

/// For whom and what the exam is.
fn about(exam: &Exam, curriculum: &wording::Curriculum, wording: &Wording) -> Block {
    let (words, identity) = (&wording.blueprint_table, &exam.head.identity);
    let (labels, own) = (&wording.identity, &exam.head.school);
    let mut types: Vec<String> = Vec::new();
    for section in &exam.sections {
        let name = plain(&name(section, wording));
        if !types.contains(&name) {
            types.push(name);
        }
    }
    let count: usize = exam.sections.iter().map(|section| section.count).sum();
    Block::Fields(Fields {
        columns: vec![
            vec![
                field(&wording.school.name, school(exam)),
                field(&labels.subject, identity.subject.as_deref()),
                field(&labels.class, identity.class.as_deref()),
                field(&words.curriculum, Some(&curriculum.name)),
                field(&wording.school.year, own.year.as_deref()),
            ],
            vec![
                field(&labels.time, identity.time.as_deref()),
                field(&words.count, Some(&count.to_string())),
                field(&words.types, Some(&types.join(", "))),
                field(&wording.school.author, own.teacher.name.as_deref()),
            ],
        ],
    })
}

/// A row of the table.
struct Line {
    outcome: Option<String>,
    objective: Option<String>,
    material: String,
    indicator: String,
    levels: String,
    item_type: String,
    /// The numbers of its items, by variant.
    numbers: Vec<Vec<u32>>,
    /// The points of its items in the first variant that has any.
    points: u32,
}

/// What items of a row have in common: the row of the blueprint, or else matter, levels and,
/// where all variants ask the same items, the indicator.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    row: Option<usize>,
    topic: Option<(String, usize, Id)>,
    level: (String, String),
    indicator: String,
}

/// The rows of a section: those of the blueprint, or one for each kind of item.
fn lines(
    exam: &Exam,
    bank: &Bank,
    index: usize,
    section: &Section,
    wording: &Wording,
) -> Vec<Line> {
    let language = exam.head.language;
    let shows = |answer: &Answer| match exam.fairness {
        None => indicator(answer, bank, language, wording),
        Some(_) => general(answer, bank, language, wording),
    };
    let mut kinds: Vec<(Kind, Vec<(usize, &Answer)>)> = Vec::new();
    for (variant, answer) in answers(exam, index) {
        let place = bank.topics.get(&answer.about.topic).map(|topic| &topic.place);
        let place = place.map_or((String::new(), 0), |p| (p.file.clone(), p.line));
        let kind = match answer.about.row {
            row @ Some(_) => Kind {
                row,
                topic: None,
                level: Default::default(),
                indicator: String::new(),
            },
            None => Kind {
                row: None,
                topic: Some((place.0, place.1, answer.about.topic.clone())),
                level: answer.about.level.clone(),
                indicator: shows(answer),
            },
        };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, found)) => found.push((variant, answer)),
            None => kinds.push((kind, vec![(variant, answer)])),
        }
    }
    kinds.sort_by(|(one, _), (other, _)| one.cmp(other));
    let line = |(kind, found): (Kind, Vec<(usize, &Answer)>)| {
        let row = kind.row.and_then(|row| section.rows.get(row)).cloned();
        let row = row.unwrap_or_default();
        let of_all = |say: &dyn Fn(&Answer) -> String| {
            let said: BTreeSet<String> = found.iter().map(|(_, a)| say(a)).collect();
            said.into_iter().collect::<Vec<String>>()
        };
        let matter = |answer: &Answer| material(answer, bank, language);
        let level = |answer: &Answer| {
            format!("{}/{}", answer.about.level.0, answer.about.level.1)
        };
        let first = found.first().map(|(variant, _)| *variant);
        Line {
            outcome: row.outcome,
            objective: row.objective,
            material: row.material.unwrap_or_else(|| of_all(&matter).join("; ")),
            indicator: row.indicator.unwrap_or_else(|| of_all(&shows).join(" ")),
            levels: of_all(&level).join(", "),
            item_type: name(section, wording),
            numbers: numbers(exam, &found),
            points: (found.iter().filter(|(variant, _)| Some(*variant) == first))
                .map(|(_, answer)| answer.about.points)
                .sum(),
        }
    };
    kinds.into_iter().map(line).collect()
}

/// The answers of a section, each with the index of its variant.
fn answers(exam: &Exam, section: usize) -> impl Iterator<Item = (usize, &Answer)> {
    exam.variants.held().iter().enumerate().flat_map(move |(index, variant)| {
        let own =
            variant.key.answers.iter().filter(move |answer| answer.section == section);
        own.map(move |answer| (index, answer))
    })
}

/// The numbers of items in every variant.
fn numbers(exam: &Exam, found: &[(usize, &Answer)]) -> Vec<Vec<u32>> {
    let of = |variant: usize| {
        let own = found.iter().filter(|(of, _)| *of == variant);
        own.map(|(_, answer)| answer.number).collect()
    };
    (0..exam.variants.len()).map(of).collect()
}

/// The table with the numbers of some variants.
fn table(
    exam: &Exam,
    lines: &[Line],
    variants: Range<usize>,
    curriculum: &wording::Curriculum,
    wording: &Wording,
) -> Block {
    let words = &wording.blueprint_table;
    let share = |share| Column { width: Width::Share(share), align: Align::Left };
    let centred = Column { width: Width::Fit, align: Align::Centre };
    // What is left to be written by hand takes less room than what is said.
    let wide = |said: fn(&Line) -> &Option<String>| {
        share(if lines.iter().any(|line| said(line).is_some()) { 4 } else { 3 })
    };
    let mut columns = vec![
        Column { width: Width::Fit, align: Align::Units },
        wide(|line| &line.outcome),
        wide(|line| &line.objective),
        share(4),
        share(8),
        centred,
        share(2),
    ];
    let mut head = vec![
        wording.paper.number.clone(),
        curriculum.outcome.clone(),
        curriculum.objective.clone(),
        words.material.clone(),
        words.indicator.clone(),
        words.level.clone(),
        words.types.clone(),
    ];
    for variant in variants.clone() {
        let label = [("variant", exam.variants.label(variant))];
        head.push(match exam.variants.len() {
            1 => words.numbers.clone(),
            _ => fill(&words.numbers_of, &label),
        });
        columns.push(Column { width: Width::Share(2), align: Align::Centre });
    }
    head.push(wording.key.score.clone());
    columns.push(centred);
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let above = number.checked_sub(1).map(|above| &lines[above]);
        rows.push(row(number + 1, line, above, variants.clone()));
    }
    rows.push(sum(exam, lines, variants, wording));
    let head = head.iter().map(|head| Text::parse(head)).collect();
    Block::Table(Table { columns, head, rows, ruled: true, small: true, together: false })
}

/// A row; what it has in common with the one above is not said again.
fn row(number: usize, line: &Line, above: Option<&Line>, variants: Range<usize>) -> Row {
    let said = |text: fn(&Line) -> &Option<String>| {
        let again = above.is_some_and(|above| text(above) == text(line));
        let text = text(line).as_deref().filter(|_| !again);
        text.map_or(Text::default(), Text::parse)
    };
    let mut cells = vec![
        Text::plain(number.to_string()),
        said(|line| &line.outcome),
        said(|line| &line.objective),
        Text::parse(&line.material),
        Text::parse(&line.indicator),
        Text::plain(&line.levels),
        Text::parse(&line.item_type),
    ];
    let numbers =
        line.numbers[variants].iter().map(|numbers| Text::plain(joined(numbers)));
    cells.extend(numbers);
    cells.push(Text::plain(line.points.to_string()));
    Row { cells, keep: false }
}

/// The last row: how many items, and how many points.
fn sum(exam: &Exam, lines: &[Line], variants: Range<usize>, wording: &Wording) -> Row {
    let mut cells = vec![Text::default(); 6];
    cells.insert(1, Text::bold(plain(&wording.key.total)));
    let count = |variant: usize| lines.iter().map(|l| l.numbers[variant].len()).sum();
    let counts = variants.map(|variant| -> usize { count(variant) });
    cells.extend(counts.map(|count| Text::bold(count.to_string())));
    let points: u32 = exam.sections.iter().map(|section| section.total).sum();
    cells.push(Text::bold(points.to_string()));
    Row { cells, keep: false }
}

/// Numbers in a row, those that follow each other as a span.
fn joined(numbers: &[u32]) -> String {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    let spans = numbers.chunk_by(|one, next| one + 1 == *next);
    let said = spans.map(|span| match span {
        [first, _, .., last] => format!("{first}–{last}"),
        _ => span.iter().map(u32::to_string).collect::<Vec<String>>().join(", "),
    });
    said.collect::<Vec<String>>().join(", ")
}

/// How the items of the first variant are spread over levels and difficulties.
fn spread(exam: &Exam, wording: &Wording) -> String {
    let words = &wording.blueprint_table;
    let first = (!exam.variants.is_empty()).then(|| exam.variants.get(0));
    let answers = || first.iter().flat_map(|variant| &variant.key.answers);
    let said = |names: Vec<&String>, counts: Vec<u32>| {
        let percents = shares(100, &counts);
        let each = names.into_iter().zip(counts).zip(percents);
        let said = each.map(|((name, count), percent)| {
            let [count, percent] = [count, percent].map(|number| number.to_string());
            let values = [("name", &**name), ("count", &count), ("percent", &percent)];
            fill(&words.share, &values)
        });
        said.collect::<Vec<String>>().join(", ")
    };
    let count = |of: &dyn Fn(&About) -> bool| {
        answers().filter(|answer| of(&answer.about)).count() as u32
    };
    let known: BTreeSet<&String> =
        answers().map(|answer| &answer.about.level.0).collect();
    let counts = known.iter().map(|&level| count(&|about| about.level.0 == *level));
    let counts = counts.collect();
    let levels = said(known.into_iter().collect(), counts);
    let counts = Difficulty::ALL.map(|one| count(&|about| about.difficulty == one));
    let difficulty = said(words.difficulty.iter().collect(), counts.into());
    fill(&words.spread, &[("levels", &levels), ("difficulty", &difficulty)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_a_span() {
        assert_eq!(joined(&[7, 1, 2, 3, 9, 10]), "1–3, 7, 9, 10");
        assert_eq!(joined(&[]), "");
    }
}
