//! The answer sheet that students mark, composed from questions alone.

use crate::exam::blueprint::answer_sheet::{AnswerSheet, Form, Size};
use crate::exam::{Body, Head, Paper, PersonalCopy, Question, Section};
use crate::sheet::heading::{letters, name, roman};
use crate::sheet::{
    Choice, Digits, Field, Part, Response, ResponseKind, ResponseSheet, Target,
};
use crate::text::{Markup, Text, plain};
use crate::wording::{Wording, fill};

/// How many bubbles a row has at most; where there is more to choose from, the letter is
/// written.
const MOST_CHOICES: usize = 12;

/// How many variants have bubbles at most.
const MOST_VARIANTS: usize = 10;

/// How many characters stand in a bubble at most.
const MOST_LETTERS: usize = 2;

/// What is known of the exam that an answer sheet belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// What stands on every document.
    pub head: &'a Head,
    /// The sections.
    pub sections: &'a [Section],
    /// The labels of all variants.
    pub variants: &'a [&'a str],
    /// What all codes of the exam begin with.
    pub id: &'a str,
}

/// Composes the answer sheet of a variant, or a student's own.
pub fn answer_sheet(
    occasion: &Occasion,
    paper: &Paper,
    copy: Option<(usize, &PersonalCopy)>,
    settings: &AnswerSheet,
    wording: &Wording,
) -> ResponseSheet {
    let words = &wording.answer_sheet;
    let Occasion { head, id, .. } = *occasion;
    let bubbles = settings.form == Form::Bubble;
    let label = fill(&words.foot, &[("variant", &paper.label)]);
    let (index, student) = copy.unzip();
    let code = student.map_or(&paper.code, |copy| &copy.code);
    let notes = if bubbles { &words.bubble_notes } else { &words.crossing_notes };
    let whole = settings.size == Size::Full;
    let notes = if whole { notes.clone() } else { vec![notes.join(" ")] };
    let roomy = bubbles && whole;
    ResponseSheet {
        title: format!("{} {label}", head.title_line()),
        language: head.language,
        mask: None,
        form: settings.form,
        head: lines(head, whole, &words.title),
        name: Field {
            label: Text::parse(&wording.identity.name),
            value: student.map(|copy| Text::plain(&copy.student.name)),
        },
        fields: fields(head, paper, student, settings, wording),
        digits: (bubbles && settings.digits() > 0).then(|| Digits {
            label: Text::parse(&words.digits),
            count: settings.digits(),
            given: student.map_or(Vec::new(), |copy| given(copy, settings.digits())),
        }),
        choice: bubbles
            .then(|| choice(occasion, paper, copy.is_some(), wording))
            .flatten(),
        notes: notes.iter().map(|note| Text::parse(note)).collect(),
        samples: roomy.then(|| words.samples.each_ref().map(|word| Text::parse(word))),
        pledge: roomy.then(|| words.pledge.each_ref().map(|word| Text::parse(word))),
        parts: parts(occasion.sections, paper, wording),
        foot: [Text::plain(label), Text::plain(code)],
        ruler: [Text::parse(&words.ruler), Text::parse(&wording.footer.page)],
        tag: bubbles.then(|| tag(id, paper, index)),
    }
}

/// What the code of a sheet begins with: the version of codes, the exam, the variant, and the
/// number of the copy (0 if it is nobody's). Neither a key nor a seed nor a name is in it.
fn tag(id: &str, paper: &Paper, copy: Option<usize>) -> String {
    let variant = paper.code.replace('-', "");
    let copy = copy.map_or(0, |index| index + 1);
    format!("LJ1/{id}/{variant}/{copy}")
}

/// The lines at the top: the school, the exam, and what this is. On half a page, they name
/// the subject too.
fn lines(head: &Head, whole: bool, title: &str) -> Vec<Text> {
    let school =
        head.letterhead.as_ref().and_then(|letterhead| letterhead.school.as_ref());
    let subject = head.identity.subject.iter().filter(|_| !whole);
    let lines = school.into_iter().chain(&head.title).chain(subject).map(String::as_str);
    lines.chain([title]).map(Text::parse).collect()
}

/// What stands beside labels: who writes, and what the exam is.
fn fields(
    head: &Head,
    paper: &Paper,
    copy: Option<&PersonalCopy>,
    settings: &AnswerSheet,
    wording: &Wording,
) -> Vec<Field> {
    let (words, identity) = (&wording.identity, &head.identity);
    let known = |label: &str, value: Option<&str>| Field {
        label: Text::parse(label),
        value: value.filter(|value| !value.trim().is_empty()).map(Text::plain),
    };
    let said = |label: &str, value: &Option<String>| Field {
        label: Text::parse(label),
        value: value.as_deref().filter(|v| !v.trim().is_empty()).map(Text::parse),
    };
    let student = copy.map(|copy| &copy.student);
    let mut fields = vec![known(&words.student_class, student.map(|s| s.class.as_str()))];
    let number = student.map(|student| student.number.as_str());
    fields.push(known(&words.number, number));
    let id = student.map(|student| student.id.as_str());
    if settings.form == Form::Crossing && id.is_none_or(|id| !id.is_empty()) {
        fields.push(known(&words.student_id, id));
    }
    if settings.size == Size::Full {
        fields.push(said(&words.subject, &identity.subject));
        fields.push(said(&words.date, &identity.date));
    }
    if settings.form == Form::Crossing {
        let variant = Some(Text::bold(&paper.label));
        fields.push(Field { label: Text::parse(&words.variant), value: variant });
    }
    fields
}

/// The digits of a student's number, if there is room for them.
fn given(copy: &PersonalCopy, count: usize) -> Vec<u8> {
    let student = &copy.student;
    let number = if student.id.is_empty() { &student.number } else { &student.id };
    let digits = number.chars().map(|char| char.to_digit(10).map(|digit| digit as u8));
    let digits: Option<Vec<u8>> = digits.collect();
    digits.filter(|digits| digits.len() <= count).unwrap_or_default()
}

/// The bubbles of the variants, unless they are too many or have names.
fn choice(
    occasion: &Occasion,
    paper: &Paper,
    marked: bool,
    wording: &Wording,
) -> Option<Choice> {
    let labels = occasion.variants;
    let short = |label: &&str| label.chars().count() <= MOST_LETTERS;
    if labels.len() > MOST_VARIANTS || !labels.iter().all(short) {
        return None;
    }
    let mine = labels.iter().position(|label| *label == paper.label);
    Some(Choice {
        target: Target::Variant,
        label: Text::parse(&wording.identity.variant),
        options: labels.iter().map(|label| label.to_string()).collect(),
        given: mine.filter(|_| marked),
    })
}

/// What is marked or written in each section.
pub fn parts(sections: &[Section], paper: &Paper, wording: &Wording) -> Vec<Part> {
    let part = |(index, section): (usize, &Section)| {
        let questions = paper.questions.iter().filter(|one| one.section == index);
        let heading = format!("{}. {}", roman(index + 1), name(section, wording));
        let note = wording.answer_sheet.notes.get(&section.item_type);
        Part {
            heading: Text::parse(&heading),
            note: note.map_or(Text::default(), |note| Text::parse(note)),
            responses: questions.flat_map(|one| responses(one, wording)).collect(),
        }
    };
    sections.iter().enumerate().map(part).collect()
}

/// What is marked or written for a question.
fn responses(question: &Question, wording: &Wording) -> Vec<Response> {
    let Question { number, section, .. } = *question;
    let target = |part| Target::Question { section: section + 1, number, part };
    let one = |kind| {
        let label = number.to_string();
        vec![Response { label, target: target(None), kind }]
    };
    let several = |count: usize, kind: ResponseKind| {
        let response = |part: usize| Response {
            label: format!("{number}.{part}"),
            target: target(Some(part)),
            kind: kind.clone(),
        };
        (1..=count).map(response).collect()
    };
    let lettered =
        |count: usize| choices(letters().take(count).map(String::from).collect());
    match &question.body {
        Body::Options(options) | Body::Boxes(options) => one(lettered(options.len())),
        Body::Judgement => {
            let [truth, falsehood] =
                [&wording.paper.truth[1], &wording.paper.falsehood[1]];
            one(choices(vec![truth.clone(), falsehood.clone()]))
        }
        Body::Categories { rows, categories } => {
            several(rows.len(), choices(initials(categories)))
        }
        Body::Matching { premises, options } => {
            several(premises.len(), lettered(options.len()))
        }
        Body::Steps(steps) => several(steps.len(), lettered(steps.len())),
        Body::Blank => one(ResponseKind::Line),
        Body::Cloze { text, .. } => {
            let blanks = (1..).take_while(|blank| text.contains(&format!("{{{blank}}}")));
            several(blanks.count(), ResponseKind::Line)
        }
        Body::Space(space) => one(ResponseKind::Space(*space)),
    }
}

fn choices(letters: Vec<String>) -> ResponseKind {
    match letters.len() {
        0..=MOST_CHOICES => ResponseKind::Choices { letters, right: Vec::new() },
        _ => ResponseKind::Line,
    }
}

/// What stands for categories in bubbles: their initials if no two are the same, or the
/// numbers of their columns.
fn initials(categories: &[Markup]) -> Vec<String> {
    let initial = |category: &str| plain(category).chars().find(|c| c.is_alphabetic());
    let initials = categories.iter().map(|category| {
        initial(category).map(|initial| initial.to_uppercase().to_string())
    });
    let initials: Option<Vec<String>> = initials.collect();
    let differ = |initials: &Vec<String>| {
        (1..initials.len()).all(|index| !initials[..index].contains(&initials[index]))
    };
    let numbers = || (1..=categories.len()).map(|number| number.to_string()).collect();
    initials.filter(differ).unwrap_or_else(numbers)
}
