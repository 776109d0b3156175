//! The reasons of a key: why each answer is right, and each option right or wrong.

use crate::exam::{Answer, Exam, Key, Ordered, Placed, Solution};
use crate::item_type::ItemType;
use crate::sheet::erratum::remark;
use crate::sheet::heading::{letters, range};
use crate::sheet::key::{of_section, others, section_name, small};
use crate::sheet::{Block, Hanging};
use crate::text::{Markup, Text, capitalised, plain};
use crate::wording::{self, Wording, fill};

/// Why each option is right or wrong.
pub fn reasons(exam: &Exam, key: &Key, wording: &Wording) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, section) in exam.sections.iter().enumerate() {
        if section.item_type == ItemType::Essay {
            continue;
        }
        blocks.push(section_name(index, section, wording));
        let answers: Vec<&Answer> = of_section(key, index).collect();
        for group in
            answers.chunk_by(|one, other| one.about.stimulus == other.about.stimulus)
        {
            blocks.extend(about(group, wording));
            for answer in group {
                let mut lines = vec![small(answer.about.stem.text())];
                lines.extend(reasons_of(answer, wording));
                lines.extend(
                    remark(answer, wording).map(|said| small(Text::parse(&said))),
                );
                let label = Text::plain(format!("{}.", answer.number));
                blocks.push(Block::Hanging(Hanging { label, blocks: lines }));
            }
        }
    }
    blocks
}

/// Which stimulus the questions of a group are about; keeps with the first of them.
fn about(group: &[&Answer], wording: &Wording) -> Option<Block> {
    let stimulus = group.first()?.about.stimulus.as_ref()?;
    let numbers = group.iter().map(|answer| answer.number);
    let (words, numbers) = range(&wording.key.stimulus, numbers);
    let said = fill(words, &[("numbers", &numbers), ("stimulus", stimulus)]);
    Some(Block::Lead(vec![small(Text::bold(said))]))
}

fn reasons_of(answer: &Answer, wording: &Wording) -> Vec<Block> {
    let words = &wording.key;
    let verdict = |right: bool| match (answer.about.negative, right) {
        (true, true) => &words.exception,
        (true, false) => &words.no_exception,
        (false, true) => &words.right,
        (false, false) => &words.wrong,
    };
    match &answer.solution {
        Solution::Option { options, .. } | Solution::Options { options, .. } => options
            .iter()
            .zip(letters())
            .map(|(option, letter)| {
                let said = because(verdict(option.correct), &option.reason, words);
                let text = match option.correct {
                    true => format!("**{}**: {said}.", option.text.plain()),
                    false => format!("{}: {said}.", option.text),
                };
                labelled(&format!("{letter}."), &text)
            })
            .collect(),
        Solution::Judgement { truth, reason } => {
            let verdict = format!("**{}**", capitalised(verdict(*truth)));
            vec![small(Text::parse(&format!("{}.", because(&verdict, reason, words))))]
        }
        Solution::Categories(rows) => {
            numbered(rows.iter().map(|row| category(row, words)))
        }
        Solution::Matching(pairs) => numbered(pairs.iter().map(|pair| {
            let said = match &pair.reason {
                Some(reason) => reason.to_string(),
                None => format!("{} – {}", pair.premise, pair.option),
            };
            format!("**{}** – {said}", pair.letter)
        })),
        Solution::Order { steps, reason } => {
            let said =
                |step: &Ordered| step.reason.as_ref().unwrap_or(&step.text).clone();
            let steps =
                steps.iter().map(|step| format!("**{}** – {}", step.letter, said(step)));
            closed(numbered(steps), reason)
        }
        Solution::Cloze { blanks, reason } => {
            let answers = blanks
                .iter()
                .map(|all| usual(all) + &others(all, wording))
                .collect::<Vec<_>>();
            closed(numbered(answers.into_iter()), reason)
        }
        Solution::Blank { accepted, reason } => {
            let said = reason.as_ref().map_or(String::new(), |r| format!(": {r}"));
            vec![small(Text::parse(&format!("{}{said}.", usual(accepted))))]
        }
        Solution::Guide(_) => Vec::new(),
    }
}

fn because(verdict: &str, reason: &Option<Markup>, words: &wording::Key) -> String {
    match reason {
        Some(reason) => fill(&words.because, &[("verdict", verdict), ("reason", reason)]),
        None => verdict.to_string(),
    }
}

/// A statement, its category and why.
fn category(row: &Placed, words: &wording::Key) -> String {
    let category = format!("**{}**", row.category.plain());
    // A full sentence ends within this one.
    format!(
        "{}: {}",
        row.text.trim_end_matches('.'),
        because(&category, &row.reason, words)
    )
}

/// The usual answer of a blank.
fn usual(accepted: &[Markup]) -> String {
    format!("**{}**", plain(accepted.first().map_or("", |usual| usual)))
}

/// What is said of each premise, row, step or blank, below each other.
fn numbered(said: impl Iterator<Item = String>) -> Vec<Block> {
    let said = said.zip(1..).map(|(said, number)| {
        labelled(&format!("{number})"), &format!("{}.", said.trim_end_matches('.')))
    });
    said.collect()
}

/// Blocks with what is said of all of them.
fn closed(mut blocks: Vec<Block>, reason: &Option<Markup>) -> Vec<Block> {
    blocks.extend(reason.as_ref().map(|reason| sentence(reason)));
    blocks
}

/// A reason that stands by itself.
fn sentence(reason: &str) -> Block {
    let reason = capitalised(reason.trim_end_matches('.'));
    small(Text::parse(&format!("{reason}.")))
}

fn labelled(label: &str, text: &str) -> Block {
    let blocks = vec![small(Text::parse(text))];
    Block::Hanging(Hanging { label: Text::plain(label), blocks })
}
