//! An item as the rules look at it, wherever it comes from.

use crate::bank::{AuthoredItem, Pattern, Phrase};
use crate::diagnostic::{Diagnostic, Place};
use crate::exam::{Answer, Body, Guide, Question, Reasoned, Solution};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::lint::rules::finding;

/// An item in one language. Texts carry markup.
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
    pub stem: String,
    /// The options of multiple choice, in order.
    pub options: Vec<Choice>,
    /// Whether the options keep their order.
    pub ordered: bool,
    /// The premises of a matching item, each with the letter that belongs to it.
    pub premises: Vec<(String, char)>,
    /// The right column of a matching item; the rows, steps, words or usual answer of other
    /// types.
    pub right: Vec<String>,
    /// How an essay is scored: criteria and points.
    pub guide: Option<Vec<(String, u32)>>,
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
    pub text: String,
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
    ) -> Subject {
        Subject {
            name,
            place,
            stage,
            item_type,
            shows: false,
            stem: String::new(),
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
pub fn written(id: &str, item: &AuthoredItem, own: Language) -> Vec<(Language, Subject)> {
    let in_language = |language: Language| {
        let say = |phrase: &Phrase| phrase.in_language(language).to_string();
        let name = named("item", id, language, own);
        let subject = Subject::blank(
            name,
            Some(item.place.clone()),
            Stage::Written,
            item.item_type,
        );
        let options = item.options.iter();
        let options = options.map(|o| Choice { text: say(&o.text), correct: o.correct });
        let guide = item.guide.iter().map(|line| (say(&line.text), line.points));
        let essay = item.item_type == ItemType::Essay;
        Subject {
            shows: item.stimulus.is_some()
                || item.picture.is_some()
                || item.table.is_some(),
            stem: say(&item.stem),
            options: options.collect(),
            ordered: item.ordered,
            right: item.answers.first().map(say).into_iter().collect(),
            guide: essay.then(|| guide.collect()),
            ..subject
        }
    };
    languages(&item.stem, own).map(|l| (l, in_language(l))).collect()
}

/// The stems of a pattern, in each of their languages.
pub fn stems(id: &str, pattern: &Pattern, own: Language) -> Vec<(Language, Subject)> {
    let of_stem = |stem: &Phrase| -> Vec<(Language, Subject)> {
        let in_language = |language: Language| {
            let name = named("pattern", id, language, own);
            let subject = Subject::blank(
                name,
                Some(pattern.place.clone()),
                Stage::Pattern,
                pattern.item_type,
            );
            (
                language,
                Subject { stem: stem.in_language(language).to_string(), ..subject },
            )
        };
        languages(stem, own).map(in_language).collect()
    };
    pattern.stems.iter().flat_map(of_stem).collect()
}

/// A question and its answer as they are printed.
pub fn printed(
    name: String,
    place: Option<Place>,
    question: &Question,
    answer: &Answer,
) -> Subject {
    let mut subject = Subject::blank(name, place, Stage::Printed, answer.item_type);
    subject.shows = question.stimulus.is_some()
        || question.picture.is_some()
        || question.table.is_some();
    subject.stem.clone_from(&question.stem);
    subject.ordered = true;
    subject.points = Some(question.points);
    match &question.body {
        Body::Matching { options, .. } => subject.right.clone_from(options),
        Body::Categories { rows, .. } => subject.right.clone_from(rows),
        Body::Steps(things) => subject.right.clone_from(things),
        Body::Cloze { text, words } => {
            subject.right.clone_from(words);
            subject.right.push(text.clone());
        }
        _ => {}
    }
    match &answer.solution {
        Solution::Option { options, .. } | Solution::Options { options, .. } => {
            let choice =
                |o: &Reasoned| Choice { text: o.text.clone(), correct: o.correct };
            subject.options = options.iter().map(choice).collect();
        }
        Solution::Guide(Guide::Criteria(lines)) => subject.guide = Some(lines.clone()),
        Solution::Guide(Guide::AnyOf { shares, .. }) => {
            let lines = shares.iter().map(|&share| (String::new(), share));
            subject.guide = Some(lines.collect());
            subject.any_of = Some(shares.len());
        }
        Solution::Matching(pairs) => {
            let pairs = pairs.iter().map(|pair| (pair.premise.clone(), pair.letter));
            subject.premises = pairs.collect();
        }
        Solution::Blank { accepted, .. } => {
            subject.right = accepted.first().cloned().into_iter().collect();
        }
        Solution::Judgement { .. }
        | Solution::Categories(_)
        | Solution::Order { .. }
        | Solution::Cloze { .. } => {}
    }
    subject
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
