//! An item as the rules look at it, wherever it comes from.

use std::rc::Rc;

use crate::bank::{AuthoredItem, Pattern, Phrase};
use crate::diagnostic::{Diagnostic, Place};
use crate::exam::{Answer, Body, Guide, Question, Reasoned, Solution};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::lint::rules::finding;
use crate::lint::tokens::{Texts, Tokens};
use crate::lint::words::Lexicon;

/// An item in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// What findings call it ("item `soal-gula`").
    pub name: String,
    /// Where it comes from in a file.
    pub place: Option<Place>,
    /// How far it has come.
    pub stage: Stage,
    /// The kind of task.
    pub item_type: ItemType,
    /// Whether it shows something besides its stem: a stimulus, a picture or a table.
    pub shows: bool,
    /// The question.
    pub stem: Rc<Tokens>,
    /// The options of multiple choice, in order.
    pub options: Vec<Choice>,
    /// Whether the options keep their order.
    pub ordered: bool,
    /// The letters that belong to the premises of a matching item.
    pub premises: Vec<char>,
    /// The right column of a matching item; the rows, steps, words or usual answer of other
    /// types.
    pub right: Vec<Rc<Tokens>>,
    /// What the points of an essay's scoring guide add up to.
    pub guide: Option<u32>,
    /// How many answers an essay asks for, when any of several count.
    pub any_of: Option<usize>,
    /// The points for a full answer, once they are known.
    pub points: Option<u32>,
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A stem with placeholders.
    Pattern,
    /// Written by hand in a bank.
    Written,
    /// Drawn, as it is printed.
    Printed,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The option.
    pub text: Rc<Tokens>,
    /// Whether it is the key.
    pub correct: bool,
}

impl Subject {
    /// A finding about this item.
    pub fn finding(&self, code: &str, message: &str) -> Diagnostic {
        let found = finding(code, format!("{}: {message}", self.name));
        match &self.place {
            Some(place) => found.at(place.clone()),
            None => found,
        }
    }

    /// The key of a multiple-choice item and its distractors, if there is one key.
    pub fn key(&self) -> Option<(&Choice, Vec<&Choice>)> {
        let (keys, wrong): (Vec<&Choice>, Vec<&Choice>) =
            self.options.iter().partition(|option| option.correct);
        if keys.len() == 1 { Some((keys[0], wrong)) } else { None }
    }

    fn blank(
        name: String,
        place: Option<Place>,
        stage: Stage,
        item_type: ItemType,
        stem: Rc<Tokens>,
    ) -> Subject {
        Subject {
            name,
            place,
            stage,
            item_type,
            shows: false,
            stem,
            options: Vec::new(),
            ordered: false,
            premises: Vec::new(),
            right: Vec::new(),
            guide: None,
            any_of: None,
            points: None,
        }
    }
}

/// An item that was written by hand, in each of its languages.
pub fn written(
    id: &str,
    item: &AuthoredItem,
    own: Language,
    lexicon: &Lexicon,
) -> Vec<(Language, Subject)> {
    let in_language = |language: Language| {
        let say = |phrase: &Phrase| spoken(phrase, language, lexicon);
        let name = named("item", id, language, own);
        let subject = Subject::blank(
            name,
            Some(item.place.clone()),
            Stage::Written,
            item.item_type,
            say(&item.stem),
        );
        let options = item.options.iter();
        let options = options.map(|o| Choice { text: say(&o.text), correct: o.correct });
        let guide = item.guide.iter().map(|line| line.points);
        let essay = item.item_type == ItemType::Essay;
        Subject {
            shows: item.stimulus.is_some()
                || item.picture.is_some()
                || item.table.is_some(),
            options: options.collect(),
            ordered: item.ordered,
            right: item.answers.first().map(say).into_iter().collect(),
            guide: essay.then(|| guide.sum()),
            ..subject
        }
    };
    languages(&item.stem, own).map(|l| (l, in_language(l))).collect()
}

/// The stems of a pattern, in each of their languages.
pub fn stems(
    id: &str,
    pattern: &Pattern,
    own: Language,
    lexicon: &Lexicon,
) -> Vec<(Language, Subject)> {
    let of_stem = |stem: &Phrase| -> Vec<(Language, Subject)> {
        let in_language = |language: Language| {
            let name = named("pattern", id, language, own);
            let subject = Subject::blank(
                name,
                Some(pattern.place.clone()),
                Stage::Pattern,
                pattern.item_type,
                spoken(stem, language, lexicon),
            );
            (language, subject)
        };
        languages(stem, own).map(in_language).collect()
    };
    pattern.stems.iter().flat_map(of_stem).collect()
}

/// A phrase in a language, taken apart.
fn spoken(phrase: &Phrase, language: Language, lexicon: &Lexicon) -> Rc<Tokens> {
    Rc::new(Tokens::read(phrase.in_language(language), lexicon.of(language)))
}

/// A question and its answer as they are printed.
pub fn printed(
    name: String,
    place: Option<Place>,
    question: &Question,
    answer: &Answer,
    texts: &mut Texts,
) -> Subject {
    let stem = texts.read(&question.stem);
    let mut subject =
        Subject::blank(name, place, Stage::Printed, answer.about.item_type, stem);
    subject.shows = question.stimulus.is_some()
        || question.picture.is_some()
        || question.table.is_some();
    subject.ordered = true;
    subject.points = Some(question.points);
    match &question.body {
        Body::Matching { options: right, .. }
        | Body::Categories { rows: right, .. }
        | Body::Steps(right) => {
            subject.right = right.iter().map(|text| texts.read(text)).collect();
        }
        Body::Cloze { text, words } => {
            let right = words.iter().chain([text]);
            subject.right = right.map(|text| texts.read(text)).collect();
        }
        _ => {}
    }
    let choice = |o: &Reasoned| Choice { text: texts.read(&o.text), correct: o.correct };
    subject.options = options(&answer.solution).iter().map(choice).collect();
    match &answer.solution {
        Solution::Guide(Guide::Criteria(lines)) => {
            subject.guide = Some(lines.iter().map(|(_, points)| points).sum());
        }
        Solution::Guide(Guide::AnyOf { shares, .. }) => {
            subject.guide = Some(shares.iter().sum());
            subject.any_of = Some(shares.len());
        }
        Solution::Matching(pairs) => {
            subject.premises = pairs.iter().map(|pair| pair.letter).collect();
        }
        Solution::Blank { accepted, .. } => {
            subject.right =
                accepted.first().map(|text| texts.read(text)).into_iter().collect();
        }
        Solution::Option { .. }
        | Solution::Options { .. }
        | Solution::Judgement { .. }
        | Solution::Categories(_)
        | Solution::Order { .. }
        | Solution::Cloze { .. } => {}
    }
    subject
}

/// The options of an answer, as they are printed.
pub fn options(solution: &Solution) -> &[Reasoned] {
    match solution {
        Solution::Option { options, .. } | Solution::Options { options, .. } => options,
        _ => &[],
    }
}

/// The languages that a phrase is given in, its own first.
pub fn languages(phrase: &Phrase, own: Language) -> impl Iterator<Item = Language> {
    [own].into_iter().chain(phrase.translations.keys().copied())
}

/// What findings call an entry of a bank.
pub fn named(what: &str, id: &str, language: Language, own: Language) -> String {
    if language == own {
        return format!("{what} `{id}`");
    }
    let tongue = match language {
        Language::Id => "Indonesian",
        Language::En => "English",
    };
    format!("{what} `{id}` in {tongue}")
}
