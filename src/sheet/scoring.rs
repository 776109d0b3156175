//! The scoring guide of a key: points, rubrics and the table of marks.

use crate::exam::{Answer, Exam, Guide, Key, Solution, Void};
use crate::item_type::ItemType;
use crate::sheet::erratum::remark;
use crate::sheet::heading::{name, roman};
use crate::sheet::key::{body, of_section, section_name};
use crate::sheet::{Align, Block, Column, Row, Table, Width};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// How many pairs of points and mark stand side by side in the table of marks.
const MARKS_ACROSS: usize = 6;

/// The points of sections, the formula, and the rubrics of essays.
pub fn scoring(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let total = total(exam, key);
    let mut rows: Vec<Row> = (exam.sections.iter().enumerate())
        .map(|(index, section)| {
            let (dropped, points) = dropped(key, index);
            let scores: Vec<String> = section.scores.iter().map(u32::to_string).collect();
            let cells = [
                format!("{}. {}", roman(index + 1), name(section, wording)),
                (section.answers - dropped).to_string(),
                scores.join(", "),
                (section.total - points).to_string(),
            ];
            Row { cells: cells.map(|cell| Text::parse(&cell)).into(), keep: true }
        })
        .collect();
    let sum = [words.total.clone(), String::new(), String::new(), total.to_string()];
    rows.push(Row {
        cells: sum.map(|cell| Text::bold(crate::text::plain(&cell))).into(),
        keep: false,
    });
    let number = Column { width: Width::Fit, align: Align::Centre };
    let mut columns = vec![number; 4];
    columns[0] = Column { width: Width::Share(1), align: Align::Left };
    let head = words.sections.iter().map(Text::bold).collect();
    let table =
        Table { columns, head, rows, ruled: true, together: true, ..Table::default() };
    let formula = fill(&words.formula, &[("total", &total.to_string())]);
    let mut blocks = vec![Block::Table(table), body(Text::parse(&formula))];
    for (index, section) in exam.sections.iter().enumerate() {
        let rule = wording.section(section.item_type).scoring;
        if !rule.is_empty() {
            let name = name(section, wording);
            let rule = format!("{}. {name}: {rule}", roman(index + 1));
            blocks.push(body(Text::parse(&rule)));
        }
        if section.item_type == ItemType::Essay {
            blocks.push(section_name(index, section, wording));
            blocks.push(rubric(of_section(key, index), wording));
        }
    }
    blocks
}

/// The criteria of all essays of a section in one table.
pub fn rubric<'a>(answers: impl Iterator<Item = &'a Answer>, wording: &Wording) -> Block {
    let words = &wording.key;
    let mut rows = Vec::new();
    for answer in answers {
        let number = Text::plain(format!("{}.", answer.number));
        let row = |number: &Text, text: Text, points: Text, keep: bool| Row {
            cells: vec![number.clone(), text, points],
            keep,
        };
        rows.push(row(
            &number,
            Text::italic(crate::text::plain(&answer.stem)),
            Text::default(),
            true,
        ));
        let none = Text::default();
        match &answer.solution {
            Solution::Guide(Guide::Criteria(criteria)) => {
                for (text, points) in criteria {
                    let points = Text::plain(points.to_string());
                    rows.push(row(&none, Text::parse(text), points, true));
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
            _ => answer.points,
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

fn any_of(shares: &[u32], answers: &[String], wording: &Wording) -> String {
    let scores = (1..=shares.len()).map(|count| {
        let points = shares[..count].iter().sum::<u32>().to_string();
        let values = [("count", count.to_string()), ("points", points)];
        fill(&wording.key.any_of_score, &values.each_ref().map(|(k, v)| (*k, v.as_str())))
    });
    let scores = scores.collect::<Vec<String>>().join(", ");
    let answers = answers.join("; ");
    fill(&wording.key.any_of, &[("scores", &scores), ("answers", &answers)])
}

/// The table from points to marks; from right answers where each is worth one point.
///
/// It starts from the points that everybody has for void questions.
pub fn marks(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let total = total(exam, key);
    let free: Vec<&Answer> = of_void(key, Void::Full).collect();
    let least: u32 = free.iter().map(|answer| answer.points).sum();
    let single = exam.sections.iter().all(|section| section.scores == [1]);
    let points_head = if single { &words.correct } else { &words.score };
    let count = (total - least) as usize + 1;
    let deep = count.div_ceil(MARKS_ACROSS);
    let across = count.div_ceil(deep);
    let rows = (0..deep).map(|row| {
        let cells = (0..across).flat_map(|column| {
            let place = column * deep + row;
            let points = least + place as u32;
            match place < count {
                true => [
                    Text::plain(points.to_string()),
                    Text::bold(mark(points, total, &wording.decimal)),
                ],
                false => [Text::default(), Text::default()],
            }
        });
        Row { cells: cells.collect(), keep: false }
    });
    let heads = [Text::bold(points_head), Text::bold(&words.mark)];
    let table = Block::Table(Table {
        columns: vec![
            Column { width: Width::Share(1), align: Align::Centre };
            across * 2
        ],
        head: heads.iter().cloned().cycle().take(across * 2).collect(),
        rows: rows.collect(),
        ruled: true,
        small: true,
        together: false,
    });
    if free.is_empty() {
        return vec![table];
    }
    let numbers = free.iter().map(|answer| answer.number.to_string());
    let numbers = numbers.collect::<Vec<String>>().join(", ");
    let note = fill(&wording.errata.free, &[("numbers", &numbers)]);
    vec![body(Text::parse(&note)), table]
}

/// The points that can be had.
fn total(exam: &Exam, key: &Key) -> u32 {
    let all: u32 = exam.sections.iter().map(|section| section.total).sum();
    all - of_void(key, Void::Drop).map(|answer| answer.points).sum::<u32>()
}

/// How many answers of a section are dropped, and how many points.
fn dropped(key: &Key, section: usize) -> (u32, u32) {
    let dropped = of_void(key, Void::Drop).filter(|answer| answer.section == section);
    dropped.fold((0, 0), |(answers, points), answer| {
        (answers + parts(&answer.solution) as u32, points + answer.points)
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

#[cfg(test)]
mod tests {
    use super::*;

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
