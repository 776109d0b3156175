//! The key that teachers get: answers, reasons, scoring guide and table of marks.

use crate::exam::{Answer, Exam, Guide, Key, Section, Solution};
use crate::item_type::ItemType;
use crate::sheet::heading::{letters, name, roman, title};
use crate::sheet::paper::document_title;
use crate::sheet::{
    Align, Block, Column, Field, Fields, Footer, Hanging, Heading, Orientation,
    Paragraph, ParagraphRank, Row, Sheet, Table, Width,
};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// How many answers stand side by side in the compact grid.
const ACROSS: usize = 10;

/// How many pairs of points and mark stand side by side in the table of marks.
const MARKS_ACROSS: usize = 6;

/// Composes the key of a variant.
pub fn key(exam: &Exam, key: &Key, wording: &Wording) -> Sheet {
    let words = &wording.key;
    let name = fill(&wording.footer.key, &[("variant", &key.label)]);
    let mut lines = vec![format!("{} – {}", words.title, paper_name(key, wording))];
    lines.extend(exam.head.title.iter().cloned());
    let mut blocks = vec![title(&lines), identity(exam, key, wording)];
    blocks.push(part('A', &words.answers));
    blocks.extend(answers(exam, key, wording));
    blocks.push(part('B', &words.reasons));
    blocks.extend(reasons(exam, key, wording));
    blocks.push(part('C', &words.scoring));
    blocks.extend(scoring(exam, key, wording));
    blocks.push(part('D', &words.marks));
    blocks.extend(marks(exam, wording));
    blocks.push(colophon(exam, wording));
    Sheet {
        title: format!("{} {name}", document_title(&exam.head)),
        language: exam.head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::plain(&key.code),
            right: Text::parse(&wording.footer.page),
        },
        blocks,
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
    match &answer.solution {
        Solution::Option { letter, .. } => Text::plain(letter.to_string()),
        Solution::Judgement { truth, .. } => Text::parse(judged(*truth, wording)),
        Solution::Matching(pairs) => {
            let pairs = pairs.iter().zip(1..);
            let pairs = pairs.map(|(pair, number)| format!("{number}) {}", pair.letter));
            Text::plain(pairs.collect::<Vec<String>>().join("  "))
        }
        Solution::Blank { accepted, .. } => {
            accepted.first().map_or(Text::default(), |answer| Text::parse(answer))
        }
        Solution::Guide(_) => Text::plain("–"),
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

fn part(letter: char, heading: &str) -> Block {
    Block::Heading(Heading {
        label: Some(Text::plain(format!("{letter}."))),
        text: Text::parse(heading),
        note: None,
    })
}

/// The answers of a key in a section.
fn of_section(key: &Key, section: usize) -> impl Iterator<Item = &Answer> {
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
            ItemType::MultipleChoice | ItemType::TrueFalse => {
                let cells = answers
                    .iter()
                    .map(|answer| (answer.number.to_string(), short(answer, wording)));
                blocks.push(grid(&cells.collect::<Vec<_>>(), wording));
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
    blocks
}

fn section_name(index: usize, section: &Section, wording: &Wording) -> Block {
    let name = format!("{}. {}", roman(index + 1), name(section, wording));
    body(Text::bold(crate::text::plain(&name)))
}

/// Numbers above their keys, so many to a band.
fn grid(cells: &[(String, Text)], wording: &Wording) -> Block {
    let band = |label: &str, texts: Vec<Text>, keep: bool| {
        let mut row = vec![Text::bold(label)];
        row.extend(texts);
        row.resize(ACROSS.min(cells.len()) + 1, Text::default());
        Row { cells: row, keep }
    };
    let rows = cells.chunks(ACROSS).flat_map(|chunk| {
        let numbers = chunk.iter().map(|(number, _)| Text::plain(number)).collect();
        let keys = chunk.iter().map(|(_, key)| Text::bold(key.to_plain())).collect();
        [band(&wording.paper.number, numbers, true), band(&wording.key.key, keys, false)]
    });
    let mut columns = vec![Column { width: Width::Fit, align: Align::Left }];
    columns.resize(
        ACROSS.min(cells.len()) + 1,
        Column { width: Width::Share(1), align: Align::Centre },
    );
    let rows = rows.collect();
    Block::Table(Table { columns, rows, ruled: true, together: true, ..Table::default() })
}

/// An answer with the other spellings that count.
fn answer_in_full(answer: &Answer, wording: &Wording) -> Text {
    match &answer.solution {
        Solution::Blank { accepted, .. } if accepted.len() > 1 => {
            let others = accepted[1..].join("; ");
            let others = fill(&wording.key.accepted, &[("others", &others)]);
            short(answer, wording).then(Text::parse(&format!(" ({others})")))
        }
        _ => short(answer, wording),
    }
}

/// Why each option is right or wrong.
fn reasons(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type == ItemType::Essay {
            continue;
        }
        blocks.push(section_name(index, section, wording));
        for answer in of_section(key, index) {
            let mut lines = vec![small(Text::parse(&answer.stem))];
            lines.extend(reasons_of(answer, wording));
            let label = Text::plain(format!("{}.", answer.number));
            blocks.push(Block::Hanging(Hanging { label, blocks: lines }));
        }
    }
    blocks
}

fn reasons_of(answer: &Answer, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let because = |verdict: &str, reason: &Option<String>| match reason {
        Some(reason) => format!("{verdict}, {reason}"),
        None => verdict.to_string(),
    };
    match &answer.solution {
        Solution::Option { options, .. } => options
            .iter()
            .zip(letters())
            .map(|(option, letter)| {
                let verdict = if option.correct { &words.right } else { &words.wrong };
                let said = because(verdict, &option.reason);
                let text = match option.correct {
                    true => format!("**{}**: {said}.", crate::text::plain(&option.text)),
                    false => format!("{}: {said}.", option.text),
                };
                labelled(&format!("{letter}."), &text)
            })
            .collect(),
        Solution::Judgement { truth, reason } => {
            let verdict = if *truth { &words.right } else { &words.wrong };
            let verdict = format!("**{}**", crate::text::capitalised(verdict));
            vec![small(Text::parse(&format!("{}.", because(&verdict, reason))))]
        }
        Solution::Matching(pairs) => (pairs.iter().zip(1..))
            .map(|(pair, number)| {
                let said = match &pair.reason {
                    Some(reason) => reason.clone(),
                    None => format!("{} – {}", pair.premise, pair.option),
                };
                labelled(&format!("{number})"), &format!("**{}** – {said}.", pair.letter))
            })
            .collect(),
        Solution::Blank { accepted, reason } => {
            let answer = accepted.first().map_or("", String::as_str);
            let answer = crate::text::plain(answer);
            let said = reason.as_ref().map_or(String::new(), |r| format!(": {r}"));
            vec![small(Text::parse(&format!("**{answer}**{said}.")))]
        }
        Solution::Guide(_) => Vec::new(),
    }
}

fn labelled(label: &str, text: &str) -> Block {
    let blocks = vec![small(Text::parse(text))];
    Block::Hanging(Hanging { label: Text::plain(label), blocks })
}

/// The points of sections, the formula, and the rubrics of essays.
fn scoring(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let total: u32 = exam.sections.iter().map(|section| section.total).sum();
    let mut rows: Vec<Row> = (exam.sections.iter().enumerate())
        .map(|(index, section)| {
            let answers = section.total / section.points.max(1);
            let cells = [
                format!("{}. {}", roman(index + 1), name(section, wording)),
                answers.to_string(),
                section.points.to_string(),
                section.total.to_string(),
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
    let head = words.sections.iter().map(|head| Text::bold(head)).collect();
    let table =
        Table { columns, head, rows, ruled: true, together: true, ..Table::default() };
    let formula = fill(&words.formula, &[("total", &total.to_string())]);
    let mut blocks = vec![Block::Table(table), body(Text::parse(&formula))];
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type == ItemType::Essay {
            blocks.push(section_name(index, section, wording));
            blocks.push(rubric(of_section(key, index), wording));
        }
    }
    blocks
}

/// The criteria of all essays of a section in one table.
fn rubric<'a>(answers: impl Iterator<Item = &'a Answer>, wording: &Wording) -> Block {
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
        let total = Text::bold(answer.points.to_string());
        rows.push(row(&none, Text::bold(&words.total), total, false));
    }
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Fit, align: Align::Right },
            Column { width: Width::Share(1), align: Align::Left },
            Column { width: Width::Fit, align: Align::Centre },
        ],
        head: words.rubric.iter().map(|head| Text::bold(head)).collect(),
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
fn marks(exam: &Exam, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let total: u32 = exam.sections.iter().map(|section| section.total).sum();
    let single = exam.sections.iter().all(|section| section.points == 1);
    let points_head = if single { &words.correct } else { &words.score };
    let count = total as usize + 1;
    let deep = count.div_ceil(MARKS_ACROSS);
    let across = count.div_ceil(deep);
    let rows = (0..deep).map(|row| {
        let cells = (0..across).flat_map(|column| {
            let points = column * deep + row;
            match points < count {
                true => [
                    Text::plain(points.to_string()),
                    Text::bold(mark(points as u32, total, &wording.decimal)),
                ],
                false => [Text::default(), Text::default()],
            }
        });
        Row { cells: cells.collect(), keep: false }
    });
    let heads = [Text::bold(points_head), Text::bold(&words.mark)];
    vec![Block::Table(Table {
        columns: vec![
            Column { width: Width::Share(1), align: Align::Centre };
            across * 2
        ],
        head: heads.iter().cloned().cycle().take(across * 2).collect(),
        rows: rows.collect(),
        ruled: true,
        small: true,
        together: false,
    })]
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

fn small(text: Text) -> Block {
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Small })
}

fn body(text: Text) -> Block {
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Body })
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
