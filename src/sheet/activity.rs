//! The activity sheet (LKPD) and its key.

use crate::exam::puzzles::{Activity, ActivitySheet, CaseTask};
use crate::exam::{Exam, Head};
use crate::sheet::heading::title;
use crate::sheet::paper::letterhead;
use crate::sheet::worksheet::{bare, key_sheet, paragraph};
use crate::sheet::{
    Align, Block, Column, Field, Fields, Hanging, Heading, Row, Sheet, Table, Width,
};
use crate::space::Space;
use crate::text::{Text, capitalised, plain};
use crate::wording::{Wording, fill};

/// How many lines there are for the judgement of a case, and for the conclusion.
const CASE_LINES: u32 = 3;
const CONCLUSION_LINES: u32 = 4;

/// What a cell has that is to be written in: room for as many lines.
const ROOM: &str = "\u{a0}\n\u{a0}\n\u{a0}";

/// Composes the activity sheet that students get.
pub fn activity(head: &Head, sheet: &ActivitySheet, wording: &Wording) -> Sheet {
    let words = &wording.activity;
    let mut lines = vec![words.title.clone()];
    lines.extend(head.title.iter().cloned());
    let mut blocks: Vec<Block> = letterhead(head).into_iter().collect();
    blocks.extend([title(&lines), identity(head, wording)]);
    let mut part = parts();
    blocks.push(part(&words.objectives));
    blocks.extend(numbered(&objectives(sheet, wording)));
    blocks.push(part(&words.instructions));
    blocks.extend(numbered(&words.steps));
    if !sheet.rows.is_empty() {
        let heading = part(&table_heading(wording));
        blocks.push(Block::Lead(vec![heading, paragraph(&words.table_note)]));
        let cell = |cell: &Option<String>| match cell {
            Some(text) => Text::parse(text),
            None => Text::plain(ROOM),
        };
        let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect());
        blocks.push(table(&sheet.heads, rows.collect()));
    }
    if !sheet.cases.is_empty() {
        let heading = part(&cases_heading(sheet, wording));
        blocks.push(Block::Lead(vec![heading, paragraph(&words.cases_note)]));
        blocks.extend(sheet.cases.iter().zip(1..).map(|(case, number)| {
            let lines = Block::Space(Space::lines(CASE_LINES));
            task(case, number, vec![lines], wording)
        }));
    }
    blocks.push(Block::Together(vec![
        part(&words.conclusion),
        paragraph(&words.conclusion_note),
        Block::Space(Space::lines(CONCLUSION_LINES)),
    ]));
    blocks.push(Block::Together(vec![part(&words.reflection), reflection(wording)]));
    blocks.push(signatures(wording));
    bare(head, &words.title, blocks, wording)
}

/// Composes its key: the filled table, and what each case shows.
pub fn activity_key(exam: &Exam, activity: &Activity, wording: &Wording) -> Sheet {
    let words = &wording.activity;
    let Activity { sheet, key } = activity;
    let mut part = parts();
    let mut blocks = Vec::new();
    if !key.rows.is_empty() {
        blocks.push(part(&table_heading(wording)));
        let rows = key.rows.iter().map(|row| row.iter().map(Text::from).collect());
        blocks.push(table(&sheet.heads, rows.collect()));
        let open = key.open.iter().zip(sheet.heads.iter().skip(1));
        let open: Vec<String> =
            open.filter(|(open, _)| **open).map(|(_, head)| head.clone()).collect();
        if !open.is_empty() {
            blocks.push(paragraph(&fill(&words.open, &[("columns", &open.join(", "))])));
        }
    }
    if !key.cases.is_empty() {
        blocks.push(part(&cases_heading(sheet, wording)));
        let cases = sheet.cases.iter().zip(&key.cases).zip(1..);
        blocks.extend(cases.map(|((case, (shown, why)), number)| {
            let (shown, why) = (capitalised(shown), why.as_deref().unwrap_or_default());
            let words = if why.is_empty() { &words.shown } else { &words.shown_why };
            let said = fill(words, &[("shown", &shown), ("why", why)]);
            task(case, number, vec![paragraph(&said)], wording)
        }));
    }
    blocks.push(paragraph(&words.key_note));
    key_sheet(exam, &words.key, blocks, wording)
}

/// The heading of the table, which is the first activity.
fn table_heading(wording: &Wording) -> String {
    fill(&wording.activity.table, &[("number", "1")])
}

/// The heading of the cases, which follow the table if there is one.
fn cases_heading(sheet: &ActivitySheet, wording: &Wording) -> String {
    let number = if sheet.rows.is_empty() { "1" } else { "2" };
    fill(&wording.activity.cases, &[("number", number)])
}

/// Headings with the letters A, B, C and so on.
fn parts() -> impl FnMut(&str) -> Block {
    let mut letters = 'A'..='Z';
    move |text| {
        let label = letters.next().map(|letter| Text::plain(format!("{letter}.")));
        Block::Heading(Heading { label, text: Text::parse(text), note: None })
    }
}

/// What the sheet is about at the left; the group that works on it at the right.
fn identity(head: &Head, wording: &Wording) -> Block {
    let (labels, words, identity) =
        (&wording.identity, &wording.activity, &head.identity);
    let field = |label: &str, value: Option<&String>| Field {
        label: Text::parse(label),
        value: value.filter(|value| !value.trim().is_empty()).map(|v| Text::parse(v)),
    };
    let left = vec![
        field(&labels.subject, identity.subject.as_ref()),
        field(&labels.class, identity.class.as_ref()),
        field(&labels.date, identity.date.as_ref()),
        field(&labels.time, identity.time.as_ref()),
    ];
    let members = words.members.iter().map(|label| field(label, None));
    let right = [field(&words.group, None)].into_iter().chain(members).collect();
    Block::Fields(Fields { columns: vec![left, right] })
}

/// What students are to learn: as the teacher says, or by the topics.
fn objectives(sheet: &ActivitySheet, wording: &Wording) -> Vec<String> {
    let words = &wording.activity;
    if !sheet.objectives.is_empty() {
        return sheet.objectives.clone();
    }
    let lower = |name: &String| {
        let mut chars = name.chars();
        let first = chars.next().map(|first| first.to_lowercase().to_string());
        first.unwrap_or_default() + chars.as_str()
    };
    let of_topic =
        |name: &String| fill(&words.objective, &[("topic", &plain(&lower(name)))]);
    if sheet.topics.is_empty() {
        let [of_table, of_cases] = &words.usual_objectives;
        let table = (!sheet.rows.is_empty()).then_some(of_table);
        let cases = (!sheet.cases.is_empty()).then_some(of_cases);
        return table.into_iter().chain(cases).cloned().collect();
    }
    sheet.topics.iter().map(of_topic).collect()
}

fn numbered(texts: &[String]) -> Vec<Block> {
    let item = |(text, number): (&String, u32)| {
        let label = Text::plain(format!("{number}."));
        Block::Hanging(Hanging { label, blocks: vec![paragraph(text)] })
    };
    texts.iter().zip(1..).map(item).collect()
}

/// A ruled table whose columns are equally wide.
fn table(heads: &[String], rows: Vec<Vec<Text>>) -> Block {
    let column = Column { width: Width::Share(1), align: Align::Left };
    Block::Table(Table {
        columns: vec![column; heads.len()],
        head: heads.iter().map(Text::bold).collect(),
        rows: rows.into_iter().map(|cells| Row { cells, keep: false }).collect(),
        ruled: true,
        small: true,
        together: false,
    })
}

/// A case with what is to be done, and what follows it.
fn task(case: &CaseTask, number: u32, after: Vec<Block>, wording: &Wording) -> Block {
    let asked = fill(&wording.activity.case, &[("label", &case.label)]);
    let blocks = [paragraph(&case.text), paragraph(&asked)].into_iter().chain(after);
    let label = Text::plain(format!("{number}."));
    Block::Hanging(Hanging { label, blocks: blocks.collect() })
}

/// Statements of students about what they learnt, to be ticked.
fn reflection(wording: &Wording) -> Block {
    let words = &wording.activity;
    let share = |width, align| Column { width, align };
    let mut columns = vec![share(Width::Share(1), Align::Left)];
    columns.resize(words.reflection_heads.len(), share(Width::Fit, Align::Centre));
    let row = |statement: &String| {
        let mut cells = vec![Text::parse(statement)];
        cells.resize(columns.len(), Text::default());
        Row { cells, keep: true }
    };
    Block::Table(Table {
        head: words.reflection_heads.iter().map(Text::bold).collect(),
        rows: words.statements.iter().map(row).collect(),
        columns,
        ruled: true,
        small: false,
        together: true,
    })
}

/// Room for the mark and the signature of the teacher.
fn signatures(wording: &Wording) -> Block {
    let words = &wording.activity;
    let column = Column { width: Width::Share(1), align: Align::Centre };
    let empty = Text::plain(ROOM);
    Block::Table(Table {
        columns: vec![column; words.signatures.len()],
        head: words.signatures.iter().map(Text::bold).collect(),
        rows: vec![Row { cells: vec![empty; words.signatures.len()], keep: false }],
        ruled: true,
        small: false,
        together: true,
    })
}
