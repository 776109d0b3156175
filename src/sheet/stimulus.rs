//! Stimuli: texts, pictures and tables above the questions that are about them.

use crate::exam::{Question, Stimulus};
use crate::sheet::figure::shown;
use crate::sheet::heading::range;
use crate::sheet::paper::bold;
use crate::sheet::{Block, Hanging, Paragraph, ParagraphRank};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// A stimulus with the line that says which questions are about it; keeps with the first
/// of them.
pub fn lead(stimulus: &Stimulus, asked: &[&Question], wording: &Wording) -> Block {
    let words = &wording.paper.stimulus;
    let text = !stimulus.paragraphs.is_empty();
    let said = match (text, stimulus.picture.is_some(), stimulus.table.is_some()) {
        (true, false, false) => &words.text,
        (true, false, true) => &words.both,
        (true, true, false) => &words.text_and_picture,
        (true, true, true) => &words.all,
        (false, true, false) => &words.picture,
        (false, true, true) => &words.picture_and_table,
        (false, false, _) => &words.table,
    };
    let (said, numbers) = range(said, asked.iter().map(|question| question.number));
    let said = Text::parse(&fill(said, &[("numbers", &numbers)]));
    let about = paragraph(bold(said), ParagraphRank::Body);
    Block::Lead(vec![about, body(stimulus)])
}

/// A text in a frame, with its picture and its table; without a text they stand under the
/// words of the questions.
fn body(stimulus: &Stimulus) -> Block {
    let title = stimulus.title.iter();
    let title = title.map(|t| paragraph(bold(Text::parse(t)), ParagraphRank::Centred));
    let text = stimulus.paragraphs.iter();
    let text = text.map(|text| paragraph(Text::parse(text), ParagraphRank::Body));
    let shown = shown(stimulus.picture.as_ref(), stimulus.table.as_ref());
    let blocks = title.chain(text).chain(shown).collect();
    match stimulus.paragraphs.is_empty() {
        true => Block::Hanging(Hanging { label: Text::default(), blocks }),
        false => Block::Frame(blocks),
    }
}

fn paragraph(text: Text, rank: ParagraphRank) -> Block {
    Block::Paragraph(Paragraph { text, rank })
}
