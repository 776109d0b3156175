//! A sheet that students mark at fixed places, so that a mask fits it and a machine reads it.
//!
//! Unlike a [`super::Sheet`] it is no stack of blocks: where each bubble goes is the very
//! point of it. It says what is marked; millimetres are the business of [`crate::layout`].

use serde::Serialize;

use crate::exam::blueprint::answer_sheet::Form;
use crate::language::Language;
use crate::sheet::Field;
use crate::space::Space;
use crate::text::Text;

/// A sheet that students mark, or the mask that is laid on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseSheet {
    /// The document's title, for the reader's window.
    pub title: String,
    /// The language of its words.
    pub language: Language,
    /// What a mask says of itself; `None` for the sheet that it is laid on. A mask shows
    /// nothing else but what is right, in the very places of its sheet.
    pub mask: Option<Vec<Text>>,
    /// How responses are marked.
    pub form: Form,
    /// The lines at the top.
    pub head: Vec<Text>,
    /// Who marks the sheet.
    pub name: Field,
    /// What else is written by hand, or printed.
    pub fields: Vec<Field>,
    /// The number of the student, if it is marked.
    pub digits: Option<Digits>,
    /// A choice that is marked once for the whole sheet, if there is one.
    pub choice: Option<Choice>,
    /// How the sheet is marked.
    pub notes: Vec<Text>,
    /// A bubble as it is to be marked, and bubbles as they are not, if they are shown.
    pub samples: Option<[Text; 2]>,
    /// What students sign, and the place for it.
    pub pledge: Option<[Text; 2]>,
    /// What is marked or written, from top to bottom.
    pub parts: Vec<Part>,
    /// What stands at the foot of every page, at the left and in the middle.
    pub foot: [Text; 2],
    /// What is said of the ruler. `{page}` and `{pages}` are filled in.
    pub ruler: [Text; 2],
    /// What the code on every page begins with, if there is one; page, pages and checksum
    /// follow.
    pub tag: Option<String>,
}

/// A number that is marked digit by digit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Digits {
    /// What the number is.
    pub label: Text,
    /// How many digits there are.
    pub count: usize,
    /// The digits that are marked already; empty if students do it.
    pub given: Vec<u8>,
}

/// A choice that is marked once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// What it is for.
    pub target: Target,
    /// What is chosen.
    pub label: Text,
    /// What there is to choose from.
    pub options: Vec<String>,
    /// The index of what is marked already, if anything is.
    pub given: Option<usize>,
}

/// Responses that stand together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The heading.
    pub heading: Text,
    /// How its responses are marked.
    pub note: Text,
    /// The responses.
    pub responses: Vec<Response>,
}

/// What is marked or written for one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// What stands before it.
    pub label: String,
    /// Which it is.
    pub target: Target,
    /// What is done.
    pub kind: ResponseKind,
}

/// What is done for one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum ResponseKind {
    /// One of these is marked, or several are.
    Choices {
        /// What stands in the bubbles.
        letters: Vec<String>,
        /// The indices of those that a mask shows.
        right: Vec<usize>,
    },
    /// A few words are written.
    Line,
    /// Sentences are written.
    Space(Space),
}

/// What bubbles are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Target {
    /// A digit of the student's number, counted from 1.
    Digit(usize),
    /// The choice that is marked once.
    Variant,
    /// The response to a question.
    Question {
        /// The number of its section, from 1.
        section: usize,
        /// The number of the question.
        number: u32,
        /// The number of the row, premise, step or blank, from 1, if it has several.
        part: Option<usize>,
    },
}
