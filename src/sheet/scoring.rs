//! The scoring guide of a key: points, rubrics and the table of marks.

use std::ops::RangeInclusive;

use crate::exam::{Answer, Exam, Guide, Key, Section, Solution, Void};
use crate::item_type::ItemType;
use crate::sheet::erratum::remark;
use crate::sheet::heading::{name, roman};
use crate::sheet::key::{body, of_section, section_name};
use crate::sheet::{Align, Block, Column, Row, Table, Width};
use crate::text::{Markup, Text, plain};
use crate::wording::{Wording, fill};

/// How many pairs of points and mark stand side by side in the table of marks.
const MARKS_ACROSS: usize = 6;

/// The points of sections, the formula, and the rubrics of essays.
pub fn scoring(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let mut blocks = points(exam, key, wording);
    for (index, section) in exam.sections.iter().enumerate() {
        blocks.extend(rule(index, section, wording));
        if section.item_type == ItemType::Essay {
            blocks.push(section_name(index, section, wording));
            blocks.push(rubric(of_section(key, index).map(numbered), wording));
        }
    }
    blocks
}

/// The points and weights of sections, and the formula.
pub fn points(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let weighted = is_weighted(exam);
    let mut rows: Vec<Row> = (exam.sections.iter().enumerate())
        .map(|(index, section)| {
            let scores: Vec<String> = section.scores.iter().map(u32::to_string).collect();
            let mut cells = vec![
                format!("{}. {}", roman(index + 1), name(section, wording)),
                (section.answers - dropped(key, index).0).to_string(),
                scores.join(", "),
                section_total(exam, key, index).to_string(),
            ];
            cells.extend(section.weight.map(|weight| format!("{weight}%")));
            Row { cells: cells.iter().map(|c| Text::parse(c)).collect(), keep: true }
        })
        .collect();
    let total = total(exam, key).to_string();
    let mut sum = vec![words.total.clone(), String::new(), String::new(), total.clone()];
    sum.extend(weighted.then(|| "100%".to_string()));
    rows.push(Row {
        cells: sum.iter().map(|c| Text::bold(plain(c))).collect(),
        keep: false,
    });
    let number = Column { width: Width::Fit, align: Align::Centre };
    let mut columns = vec![number; sum.len()];
    columns[0] = Column { width: Width::Share(1), align: Align::Left };
    let heads = words.sections.iter().chain(weighted.then_some(&words.weight));
    let head = heads.map(Text::bold).collect();
    let table =
        Table { columns, head, rows, ruled: true, together: true, ..Table::default() };
    let formula = match weighted {
        false => fill(&words.formula, &[("total", &total)]),
        true => weighted_formula(exam, key, wording),
    };
    vec![Block::Table(table), body(Text::parse(&formula))]
}

/// How the mark is computed from the points of weighted sections.
fn weighted_formula(exam: &Exam, key: &Key, wording: &Wording) -> String {
    let words = &wording.key;
    let term = |(index, section): (usize, &Section)| {
        let (name, total) =
            (roman(index + 1), section_total(exam, key, index).to_string());
        let weight = section.weight.unwrap_or_default().to_string();
        let values = [("section", &name), ("total", &total), ("weight", &weight)];
        fill(&words.weighted_term, &values.map(|(name, value)| (name, value.as_str())))
    };
    let terms: Vec<String> = exam.sections.iter().enumerate().map(term).collect();
    fill(&words.weighted, &[("terms", &terms.join(" + "))])
}

/// How an answer of a section earns its points, where that needs saying.
pub fn rule(index: usize, section: &Section, wording: &Wording) -> Option<Block> {
    let rule = wording.section(section.item_type).scoring;
    let name = name(section, wording);
    let said = format!("{}. {name}: {rule}", roman(index + 1));
    (!rule.is_empty()).then(|| body(Text::parse(&said)))
}

/// Whether sections are weighted.
fn is_weighted(exam: &Exam) -> bool {
    exam.sections.iter().any(|section| section.weight.is_some())
}

/// An answer with its number.
pub fn numbered(answer: &Answer) -> (Text, &Answer) {
    (Text::plain(format!("{}.", answer.number)), answer)
}

/// The criteria of essays in one table, each with what it is numbered by.
pub fn rubric<'a>(
    answers: impl Iterator<Item = (Text, &'a Answer)>,
    wording: &Wording,
) -> Block {
    let words = &wording.key;
    let mut rows = Vec::new();
    for (number, answer) in answers {
        let row = |number: &Text, text: Text, points: Text, keep: bool| Row {
            cells: vec![number.clone(), text, points],
            keep,
        };
        rows.push(row(
            &number,
            Text::italic(&*answer.about.stem.plain()),
            Text::default(),
            true,
        ));
        let none = Text::default();
        match &answer.solution {
            Solution::Guide(Guide::Criteria(criteria)) => {
                for (text, points) in criteria {
                    let points = Text::plain(points.to_string());
                    rows.push(row(&none, text.text(), points, true));
                }
            }
            Solution::Guide(Guide::AnyOf { shares, answers }) => {
                let text = any_of(shares, answers, wording);
                rows.push(row(&none, Text::parse(&text), none.clone(), true));
            }
            _ => {}
        }
        if let Some(remark) = remark(answer, wording) {
            rows.push(row(&none, Text::parse(&remark), none.clone(), true));
        }
        let points = match answer.void() {
            Some(Void::Drop) => 0,
            _ => answer.about.points,
        };
        let total = Text::bold(points.to_string());
        rows.push(row(&none, Text::bold(&words.total), total, false));
    }
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Fit, align: Align::Right },
            Column { width: Width::Share(1), align: Align::Left },
            Column { width: Width::Fit, align: Align::Centre },
        ],
        head: words.rubric.iter().map(Text::bold).collect(),
        rows,
        ruled: true,
        small: true,
        ..Table::default()
    })
}

fn any_of(shares: &[u32], answers: &[Markup], wording: &Wording) -> String {
    let scores = (1..=shares.len()).map(|count| {
        let points = shares[..count].iter().sum::<u32>().to_string();
        let values = [("count", count.to_string()), ("points", points)];
        fill(&wording.key.any_of_score, &values.each_ref().map(|(k, v)| (*k, v.as_str())))
    });
    let scores = scores.collect::<Vec<String>>().join(", ");
    let answers = answers.join("; ");
    fill(&wording.key.any_of, &[("scores", &scores), ("answers", &answers)])
}

/// The table from points to marks; from right answers where each is worth one point. Of
/// weighted sections there is a table for each.
pub fn marks(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let free: Vec<&Answer> = of_void(key, Void::Full).collect();
    let mut blocks = Vec::new();
    if !free.is_empty() {
        let numbers = free.iter().map(|answer| answer.number.to_string());
        let numbers = numbers.collect::<Vec<String>>().join(", ");
        let note = fill(&wording.errata.free, &[("numbers", &numbers)]);
        blocks.push(body(Text::parse(&note)));
    }
    let least = |free: &mut dyn Iterator<Item = &&Answer>| -> u32 {
        free.map(|answer| answer.about.points).sum()
    };
    if !is_weighted(exam) {
        let single = exam.sections.iter().all(|section| section.scores == [1]);
        let head = if single { &words.correct } else { &words.score };
        let total = total(exam, key);
        let mark = |points| mark(points, total, &wording.decimal);
        let points = least(&mut free.iter())..=total;
        blocks.push(conversion(points, head, &mark, wording));
        return blocks;
    }
    for (index, section) in exam.sections.iter().enumerate() {
        let total = section_total(exam, key, index);
        let weight = section.weight.unwrap_or_default();
        let mark = |points| weighted(points, total, weight, &wording.decimal);
        let mut free = free.iter().filter(|answer| answer.section == index);
        blocks.push(section_name(index, section, wording));
        blocks.push(conversion(least(&mut free)..=total, &words.score, &mark, wording));
    }
    blocks
}

/// How the tables of marks are used.
pub fn marks_note<'a>(exam: &Exam, wording: &'a Wording) -> &'a str {
    let words = &wording.key;
    if is_weighted(exam) { &words.weighted_note } else { &words.marks_note }
}

/// A table from points to marks, starting from the points that everybody has.
fn conversion(
    points: RangeInclusive<u32>,
    head: &str,
    mark: &dyn Fn(u32) -> String,
    wording: &Wording,
) -> Block {
    let (least, count) = (*points.start(), points.count());
    let deep = count.div_ceil(MARKS_ACROSS).max(1);
    let across = count.div_ceil(deep);
    let rows = (0..deep).map(|row| {
        let cells = (0..across).flat_map(|column| {
            let place = column * deep + row;
            let points = least + place as u32;
            match place < count {
                true => [Text::plain(points.to_string()), Text::bold(mark(points))],
                false => [Text::default(), Text::default()],
            }
        });
        Row { cells: cells.collect(), keep: false }
    });
    let heads = [Text::bold(head), Text::bold(&wording.key.mark)];
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Share(1), align: Align::Centre };
            across * 2
        ],
        head: heads.iter().cloned().cycle().take(across * 2).collect(),
        rows: rows.collect(),
        ruled: true,
        small: true,
        together: true,
    })
}

/// The points that can be had in a section.
fn section_total(exam: &Exam, key: &Key, section: usize) -> u32 {
    exam.sections[section].total - dropped(key, section).1
}

/// The points that can be had.
fn total(exam: &Exam, key: &Key) -> u32 {
    let all: u32 = exam.sections.iter().map(|section| section.total).sum();
    all - of_void(key, Void::Drop).map(|answer| answer.about.points).sum::<u32>()
}

/// How many answers of a section are dropped, and how many points.
fn dropped(key: &Key, section: usize) -> (u32, u32) {
    let dropped = of_void(key, Void::Drop).filter(|answer| answer.section == section);
    dropped.fold((0, 0), |(answers, points), answer| {
        (answers + parts(&answer.solution) as u32, points + answer.about.points)
    })
}

/// The answers of a key whose items are void and count in this way.
fn of_void(key: &Key, void: Void) -> impl Iterator<Item = &Answer> {
    key.answers.iter().filter(move |answer| answer.void() == Some(void))
}

/// How many answers earn points of their own.
fn parts(solution: &Solution) -> usize {
    match solution {
        Solution::Categories(rows) => rows.len(),
        Solution::Matching(pairs) => pairs.len(),
        Solution::Cloze { blanks, .. } => blanks.len(),
        _ => 1,
    }
}

/// Points as a mark from 0 to 100, with at most one decimal, rounded half up.
fn mark(points: u32, total: u32, decimal: &str) -> String {
    let total = u64::from(total.max(1));
    let tenths = (u64::from(points) * 2000 + total) / (2 * total);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}{decimal}{tenth}", tenths / 10),
    }
}

/// Points of a weighted section as their part of the mark, with at most two decimals, rounded
/// half up.
fn weighted(points: u32, total: u32, weight: u32, decimal: &str) -> String {
    let total = u64::from(total.max(1));
    let hundredths = (u64::from(points) * u64::from(weight) * 200 + total) / (2 * total);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest, rest % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}{decimal}{}", rest / 10),
        _ => format!("{whole}{decimal}{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weighted_marks_are_rounded_half_up_to_two_decimals() {
        assert_eq!(weighted(0, 15, 40, ","), "0");
        assert_eq!(weighted(5, 15, 40, ","), "13,33");
        assert_eq!(weighted(10, 15, 40, ","), "26,67");
        assert_eq!(weighted(15, 15, 40, ","), "40");
        assert_eq!(weighted(1, 20, 30, "."), "1.5");
        assert_eq!(weighted(1, 64, 5, "."), "0.08");
    }

    #[test]
    fn marks_are_rounded_half_up_to_one_decimal() {
        assert_eq!(mark(0, 40, ","), "0");
        assert_eq!(mark(1, 40, ","), "2,5");
        assert_eq!(mark(1, 3, ","), "33,3");
        assert_eq!(mark(2, 3, "."), "66.7");
        assert_eq!(mark(1, 16, ","), "6,3");
        assert_eq!(mark(40, 40, ","), "100");
    }
}
