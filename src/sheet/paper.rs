//! The paper that students get, composed from questions alone.

use std::sync::LazyLock;

use crate::exam::{Body, Head, Paper, PersonalCopy, Question, Section};
use crate::item_type::ItemType;
use crate::sheet::figure::shown;
use crate::sheet::heading::{heading, letters, title};
use crate::sheet::stimulus::lead;
use crate::sheet::{
    Align, Block, Column, Field, Fields, Footer, Hanging, Labelled, Letterhead,
    LetterheadLine, LetterheadRank, Orientation, Paragraph, ParagraphRank, Row, Sheet,
    Table, Width,
};
use crate::space::Extent;
use crate::text::{Markup, Style, Text, plain};
use crate::wording::{Wording, fill};

/// The four dots that stand for what is missing, as banks write them.
const BLANK: &str = "....";

/// The dots that a student writes on.
const BLANK_LINE: &str = "................................";

/// The box that a student ticks, and the space after it.
const BOX: &str = "□ ";

/// The dots that a student writes a letter on.
const PLACE: &str = ".........";

/// The dots that a student writes on within a text.
const CLOZE_BLANK: &str = "........................";

/// What stands between the words to choose from; a line ends after it.
const BETWEEN_WORDS: &str = "\u{a0}\u{a0}•  ";

/// How many characters the head of a narrow column has at most.
const LONG_HEAD: usize = 18;

/// Composes the paper of a variant, or a student's copy of it.
pub fn paper(
    head: &Head,
    sections: &[Section],
    paper: &Paper,
    copy: Option<&PersonalCopy>,
    wording: &Wording,
) -> Sheet {
    let (mut blocks, mut columns) = (Vec::new(), Vec::new());
    blocks.extend(letterhead(head));
    blocks.push(title(&head.title));
    blocks.push(identity(head, paper, copy, wording));
    blocks.extend(instructions(head, paper, copy.is_some(), wording));
    let writes = !head.identity.answer_sheet;
    for (index, section) in sections.iter().enumerate() {
        blocks.push(heading(index, section, &head.identity, wording));
        let questions: Vec<&Question> =
            paper.questions.iter().filter(|question| question.section == index).collect();
        for asked in questions.chunk_by(|one, other| one.stimulus == other.stimulus) {
            let about = asked[0].stimulus.and_then(|index| paper.stimuli.get(index));
            let asked_blocks = tasks(section.item_type, asked, writes, wording);
            match about {
                None => {
                    let start = blocks.len();
                    blocks.extend(asked_blocks);
                    if !is_wide(section.item_type, writes) {
                        columns.push(start..blocks.len());
                    }
                }
                Some(stimulus) => {
                    let mut group = vec![lead(stimulus, asked, wording)];
                    // A heading keeps with the group that it opens.
                    if matches!(blocks.last(), Some(Block::Heading(_))) {
                        group.splice(0..0, blocks.pop());
                    }
                    group.extend(asked_blocks);
                    blocks.push(Block::Together(group));
                }
            }
        }
    }
    let closing = head.closing.as_ref().unwrap_or(&wording.paper.closing);
    if !closing.is_empty() {
        let text = bold(Text::parse(closing));
        blocks.push(Block::Paragraph(Paragraph { text, rank: ParagraphRank::Centred }));
    }
    Sheet {
        title: format!("{} {}", head.title_line(), label(&wording.footer.variant, paper)),
        language: head.language,
        orientation: Orientation::Portrait,
        footer: Footer {
            left: Text::bold(label(&wording.footer.variant, paper)),
            middle: Text::plain(copy.map_or(&paper.code, |copy| &copy.code)),
            right: Text::parse(&wording.footer.page),
        },
        watermark: head.watermark.as_deref().map(Text::parse),
        blocks,
        columns,
    }
}

/// Whether questions of a type need the width of a page: those with tables, with longer
/// texts, or with space to write sentences in.
fn is_wide(item_type: ItemType, writes: bool) -> bool {
    match item_type {
        ItemType::Categorize | ItemType::Matching | ItemType::Cloze | ItemType::Essay => {
            true
        }
        // Statements that are judged on a sheet stand in no table.
        ItemType::TrueFalse => writes,
        _ => false,
    }
}

fn label(template: &str, paper: &Paper) -> String {
    fill(template, &[("variant", &paper.label)])
}

/// The school's letterhead, if there is one.
pub fn letterhead(head: &Head) -> Option<Block> {
    let letterhead = head.letterhead.as_ref()?;
    let line = |text: &String, rank| LetterheadLine { text: Text::parse(text), rank };
    let authority =
        letterhead.authority.iter().map(|l| line(l, LetterheadRank::Authority));
    let school = letterhead.school.iter().map(|l| line(l, LetterheadRank::School));
    let address = letterhead.address.iter().map(|l| line(l, LetterheadRank::Address));
    Some(Block::Letterhead(Letterhead {
        left: letterhead.left.clone(),
        right: letterhead.right.clone(),
        lines: authority.chain(school).chain(address).collect(),
    }))
}

/// What the paper is at the left; who works on it at the right. Where that is written on an
/// answer sheet, what the paper is takes both columns.
fn identity(
    head: &Head,
    paper: &Paper,
    copy: Option<&PersonalCopy>,
    wording: &Wording,
) -> Block {
    let words = &wording.identity;
    let given = |label: &str, value: &Option<String>| {
        value.as_ref().map(|value| Field {
            label: Text::parse(label),
            value: (!value.trim().is_empty()).then(|| Text::parse(value)),
        })
    };
    let identity = &head.identity;
    let mut left: Vec<Field> = [
        given(&words.subject, &identity.subject),
        given(&words.class, &identity.class),
        given(&words.date, &identity.date),
        given(&words.time, &identity.time),
    ]
    .into_iter()
    .flatten()
    .collect();
    let more = identity.more.iter();
    left.extend(more.filter_map(|(label, value)| given(label, &Some(value.clone()))));
    let variant = Text::bold(&paper.label);
    left.push(Field { label: Text::parse(&words.variant), value: Some(variant) });
    if let Some(copy) = copy {
        let right = student(copy, !identity.answer_sheet, wording);
        return Block::Fields(Fields { columns: vec![left, right] });
    }
    if identity.answer_sheet {
        let right = left.split_off(left.len().div_ceil(2));
        return Block::Fields(Fields { columns: vec![left, right] });
    }
    let blank = |label: &str| Field { label: Text::parse(label), value: None };
    let right = [&words.name, &words.student_class, &words.number, &words.mark];
    Block::Fields(Fields { columns: vec![left, right.map(|label| blank(label)).into()] })
}

/// Who gets a copy; what is not known leaves a line to write on. There is room for the mark
/// if the student writes on the paper.
fn student(copy: &PersonalCopy, mark: bool, wording: &Wording) -> Vec<Field> {
    let (words, student) = (&wording.identity, &copy.student);
    let known = |label: &str, value: &str| Field {
        label: Text::parse(label),
        value: (!value.is_empty()).then(|| Text::plain(value)),
    };
    let mut fields = vec![
        Field {
            label: Text::parse(&words.name),
            value: Some(Text::bold(student.name.as_str())),
        },
        known(&words.student_class, &student.class),
    ];
    if !student.number.is_empty() || student.id.is_empty() {
        fields.push(known(&words.number, &student.number));
    }
    if !student.id.is_empty() {
        fields.push(known(&words.student_id, &student.id));
    }
    fields.extend(mark.then(|| known(&words.mark, "")));
    fields
}

/// The general instructions in a frame.
fn instructions(
    head: &Head,
    paper: &Paper,
    personal: bool,
    wording: &Wording,
) -> Option<Block> {
    let own = match head.identity.answer_sheet {
        false if personal => &wording.paper.instructions_copy,
        false => &wording.paper.instructions,
        true if head.identity.bubbles => &wording.paper.instructions_bubble_sheet,
        true => &wording.paper.instructions_answer_sheet,
    };
    let lines = head.instructions.as_ref().unwrap_or(own);
    if lines.is_empty() {
        return None;
    }
    let questions = paper.questions.len().to_string();
    let numbered = lines.iter().enumerate().map(|(index, line)| {
        let text = Text::parse(&fill(line, &[("questions", &questions)]));
        Block::Hanging(Hanging {
            label: Text::plain(format!("{}.", index + 1)),
            blocks: vec![Block::Paragraph(Paragraph { text, rank: ParagraphRank::Body })],
        })
    });
    let heading = bold(Text::parse(&wording.paper.instructions_heading));
    let heading =
        Block::Paragraph(Paragraph { text: heading, rank: ParagraphRank::Body });
    Some(Block::Frame([heading].into_iter().chain(numbered).collect()))
}

/// Questions with their numbers in the margin; statements that are judged here in a table.
fn tasks(
    item_type: ItemType,
    asked: &[&Question],
    writes: bool,
    wording: &Wording,
) -> Vec<Block> {
    match item_type {
        ItemType::TrueFalse if writes => vec![judgements(asked, wording)],
        _ => asked.iter().map(|asked| question(asked, writes, wording)).collect(),
    }
}

/// A question with its number in the margin. Boxes to tick and places to write in stand in it
/// if the student writes on the paper.
pub fn question(question: &Question, writes: bool, wording: &Wording) -> Block {
    let mut stem = question.stem.text();
    let mut blocks = shown(question.picture.as_deref(), question.table.as_deref());
    match &question.body {
        Body::Options(options) => {
            blocks.push(self::options(options, &LETTERS));
        }
        Body::Boxes(options) => {
            let labels = if writes { &BOXES } else { &LETTERS };
            blocks.push(self::options(options, labels));
        }
        Body::Categories { rows, categories } => {
            blocks.push(self::categories(rows, categories, wording));
        }
        Body::Steps(steps) => {
            blocks.push(self::options(steps, &LETTERS));
            blocks.extend(writes.then(|| places(steps.len(), wording)));
        }
        Body::Cloze { text, words } => blocks.extend(cloze(text, words)),
        Body::Judgement => {}
        Body::Matching { premises, options } => {
            blocks.push(matching(premises, options, writes, wording));
        }
        Body::Blank if !writes => {}
        Body::Blank => stem = Text::parse(&question.stem.replacen(BLANK, BLANK_LINE, 1)),
        Body::Space(space) => {
            let points = question.points.to_string();
            let points = fill(&wording.paper.points, &[("points", &points)]);
            if !points.is_empty() {
                stem = stem.then(Text::parse(&format!(" {points}")));
            }
            if writes && space.extent != Extent::Lines(0) {
                blocks.push(Block::Space(*space));
            }
        }
    }
    blocks
        .insert(0, Block::Paragraph(Paragraph { text: stem, rank: ParagraphRank::Body }));
    Block::Hanging(Hanging {
        label: Text::plain(format!("{}.", question.number)),
        blocks,
    })
}

/// The letters of options. Papers have thousands of them.
static LETTERS: LazyLock<Vec<Text>> = LazyLock::new(|| labels(""));

/// The letters of options that are ticked.
static BOXES: LazyLock<Vec<Text>> = LazyLock::new(|| labels(BOX));

/// The letters of options, each after a mark.
fn labels(mark: &str) -> Vec<Text> {
    letters().map(|letter| Text::plain(format!("{mark}{letter}."))).collect()
}

/// Options with their labels.
fn options(options: &[Markup], labels: &[Text]) -> Block {
    let labelled = |(option, label): (&Markup, &Text)| Labelled {
        label: label.clone(),
        text: option.text(),
    };
    Block::Options(options.iter().zip(labels).map(labelled).collect())
}

/// Statements in a ruled table with a column to tick for true and one for false.
fn judgements(questions: &[&Question], wording: &Wording) -> Block {
    let words = &wording.paper;
    let row = |question: &&Question| Row {
        cells: vec![
            Text::plain(format!("{}.", question.number)),
            question.stem.text(),
            Text::default(),
            Text::default(),
        ],
        keep: false,
    };
    let head = [&words.number, &words.statement, &words.truth[0], &words.falsehood[0]];
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Fit, align: Align::Right },
            Column { width: Width::Share(1), align: Align::Left },
            Column { width: Width::Fit, align: Align::Centre },
            Column { width: Width::Fit, align: Align::Centre },
        ],
        head: head.map(|text| bold(Text::parse(text))).into(),
        rows: questions.iter().map(row).collect(),
        ruled: true,
        ..Table::default()
    })
}

/// Statements in a ruled table with a column to tick for each category.
fn categories(rows: &[Markup], categories: &[Markup], wording: &Wording) -> Block {
    let row = |(row, number): (&Markup, u32)| {
        let mut cells = vec![Text::plain(format!("{number})")), row.text()];
        cells.resize(categories.len() + 2, Text::default());
        Row { cells, keep: true }
    };
    let words = &wording.paper;
    let heads = [&*words.number, &*words.statement].into_iter();
    let heads = heads.chain(categories.iter().map(|head| &**head));
    // Long heads are broken, so that they leave the statements room.
    let longest = categories.iter().map(|head| plain(head).chars().count()).max();
    let (share, width) = match longest {
        Some(longest) if longest > LONG_HEAD => (4, Width::Share(1)),
        _ => (1, Width::Fit),
    };
    let mut columns = vec![
        Column { width: Width::Fit, align: Align::Right },
        Column { width: Width::Share(share), align: Align::Left },
    ];
    columns.resize(categories.len() + 2, Column { width, align: Align::Centre });
    Block::Table(Table {
        columns,
        head: heads.map(|text| bold(Text::parse(text))).collect(),
        rows: rows.iter().zip(1..).map(row).collect(),
        ruled: true,
        together: true,
        ..Table::default()
    })
}

/// The words to choose from in a frame, and the text with its blanks.
fn cloze(text: &str, words: &[Markup]) -> Vec<Block> {
    let paragraph =
        |text: &str, rank| Block::Paragraph(Paragraph { text: Text::parse(text), rank });
    let mut blocks = Vec::new();
    if !words.is_empty() {
        let whole = words.iter().map(|word| word.replace(' ', "\u{a0}"));
        let words = whole.collect::<Vec<String>>().join(BETWEEN_WORDS);
        let words = paragraph(&words, ParagraphRank::Centred);
        blocks.push(Block::Frame(vec![words]));
    }
    let mut text = text.to_string();
    for number in 1.. {
        let place = format!("{{{number}}}");
        if !text.contains(&place) {
            break;
        }
        // The number does not part from its blank at the end of a line.
        text = text.replace(&place, &format!("({number})\u{a0}{CLOZE_BLANK}"));
    }
    blocks.push(paragraph(&text, ParagraphRank::Body));
    blocks
}

/// A place for the letter of each step.
fn places(count: usize, wording: &Wording) -> Block {
    let places = (1..=count).map(|number| format!("{number}) {PLACE}"));
    let places = places.collect::<Vec<String>>().join("   ");
    let text = Text::parse(&format!("{}: {places}", wording.paper.matching[1]));
    Block::Paragraph(Paragraph { text, rank: ParagraphRank::Body })
}

/// Premises at the left, options at the right, and between them a place for the letter if it
/// is written here.
fn matching(
    premises: &[Markup],
    options: &[Markup],
    writes: bool,
    wording: &Wording,
) -> Block {
    let place = if writes { Text::plain(PLACE) } else { Text::default() };
    let rows = (0..premises.len().max(options.len())).map(|index| {
        let premise = premises.get(index).map(|premise| {
            [Text::plain(format!("{})", index + 1)), premise.text(), place.clone()]
        });
        let option = options
            .get(index)
            .zip(letters().nth(index))
            .map(|(option, letter)| [Text::plain(format!("{letter}.")), option.text()]);
        let cells =
            premise.unwrap_or_default().into_iter().chain(option.unwrap_or_default());
        Row { cells: cells.collect(), keep: true }
    });
    let [left, answer, right] = &wording.paper.matching;
    let heads = ["", left, if writes { answer } else { "" }, "", right];
    Block::Table(Table {
        columns: vec![
            Column { width: Width::Fit, align: Align::Right },
            Column { width: Width::Fit, align: Align::Left },
            Column { width: Width::Fit, align: Align::Centre },
            Column { width: Width::Fit, align: Align::Right },
            Column { width: Width::Fit, align: Align::Left },
        ],
        head: heads.map(|text| bold(Text::parse(text))).into(),
        rows: rows.collect(),
        together: true,
        ..Table::default()
    })
}

/// The same text, bold throughout.
pub fn bold(text: Text) -> Text {
    let mut bold = Text::default();
    for span in text.spans() {
        bold.push(&span.text, Style { bold: true, ..span.style });
    }
    bold
}
