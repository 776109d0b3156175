//! The overlay that is laid on answer sheets: in their places, what is right and no more.

use crate::exam::blueprint::answer_sheet::AnswerSheet;
use crate::exam::{Answer, Body, Question, Solution, Variant};
use crate::sheet::answer_sheet::{Occasion, answer_sheet};
use crate::sheet::erratum::{amended_name, last_erratum};
use crate::sheet::heading::letters;
use crate::sheet::{Part, Response, ResponseKind, ResponseSheet, Target};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// Composes the overlay for the answer sheets of a variant.
pub fn key_overlay(
    occasion: &Occasion,
    variant: &Variant,
    settings: &AnswerSheet,
    wording: &Wording,
) -> ResponseSheet {
    let words = &wording.answer_sheet;
    let below = answer_sheet(occasion, &variant.paper, None, settings, wording);
    let label = fill(&words.overlay, &[("variant", &variant.key.label)]);
    let erratum = last_erratum(variant.key.answers.iter());
    let label = amended_name(&label, erratum, wording);
    let [_, code] = below.foot;
    let asked = || variant.paper.questions.iter().zip(&variant.key.answers);
    let marked = |part: Part| {
        let responses = part.responses.into_iter().map(|response| {
            let mut asked = asked().filter(|(question, _)| is_for(&response, question));
            let right = asked.next().map(|(question, answer)| right(question, answer));
            mark(response, right.unwrap_or_default())
        });
        Part { responses: responses.collect(), ..part }
    };
    ResponseSheet {
        title: format!("{} {label}", occasion.head.title_line()),
        mask: Some(vec![Text::plain(&label), Text::parse(&words.overlay_note)]),
        parts: below.parts.into_iter().map(marked).collect(),
        foot: [Text::plain(label), code],
        ..below
    }
}

/// Whether a response is to a question.
fn is_for(response: &Response, question: &Question) -> bool {
    match response.target {
        Target::Question { section, number, .. } => {
            (section, number) == (question.section + 1, question.number)
        }
        Target::Digit(_) | Target::Variant => false,
    }
}

/// The response with its right choices, of those of all its question's parts.
fn mark(mut response: Response, of_parts: Vec<Vec<usize>>) -> Response {
    let part = match response.target {
        Target::Question { part, .. } => part.unwrap_or(1),
        Target::Digit(_) | Target::Variant => 1,
    };
    if let ResponseKind::Choices { right, .. } = &mut response.kind {
        *right = of_parts.into_iter().nth(part - 1).unwrap_or_default();
    }
    response
}

/// The indices of the choices that count for each part of a question; nothing counts for a
/// void one.
fn right(question: &Question, answer: &Answer) -> Vec<Vec<usize>> {
    if answer.void().is_some() {
        return Vec::new();
    }
    let place = |letter: char| letters().take_while(|&known| known != letter).count();
    match &answer.solution {
        Solution::Option { options, .. } => {
            let counts = |&index: &usize| options[index].correct;
            vec![(0..options.len()).filter(counts).collect()]
        }
        Solution::Options { letters, .. } => {
            vec![letters.iter().map(|&letter| place(letter)).collect()]
        }
        Solution::Judgement { truth, .. } => vec![vec![usize::from(!truth)]],
        Solution::Categories(rows) => {
            let Body::Categories { categories, .. } = &question.body else {
                return Vec::new();
            };
            let column =
                |category: &str| categories.iter().position(|c| **c == *category);
            rows.iter().map(|row| column(&row.category).into_iter().collect()).collect()
        }
        Solution::Matching(pairs) => {
            pairs.iter().map(|pair| vec![place(pair.letter)]).collect()
        }
        Solution::Order { steps, .. } => {
            steps.iter().map(|step| vec![place(step.letter)]).collect()
        }
        Solution::Blank { .. } | Solution::Cloze { .. } | Solution::Guide(_) => {
            Vec::new()
        }
    }
}
