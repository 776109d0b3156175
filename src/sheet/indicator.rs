//! Indicators: what an item asks students to show, where nobody wrote it down.

use std::collections::BTreeSet;

use crate::bank::{Ask, Bank, Id, Pattern};
use crate::exam::Answer;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::sheet::heading::either;
use crate::text::{capitalised, plain};
use crate::wording::{Wording, fill};

/// What an item asks students to show: by its pattern, or by its topic if it was written by
/// hand.
pub fn indicator(
    answer: &Answer,
    bank: &Bank,
    language: Language,
    wording: &Wording,
) -> String {
    let Some(pattern) = bank.pattern_of(&answer.about.item) else {
        return general(answer, bank, language, wording);
    };
    let names = Names { bank, language, wording };
    let (template, values) = asked(pattern, &names, wording);
    let values: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    filled(template, answer, &values, wording)
}

/// What an item asks students to show, as its topic and level say.
pub fn general(
    answer: &Answer,
    bank: &Bank,
    language: Language,
    wording: &Wording,
) -> String {
    let template = match answer.about.stimulus {
        Some(_) => &wording.indicator.stimulus,
        None => &wording.indicator.material,
    };
    let material = uncapitalised(&plain(&material(answer, bank, language)));
    filled(template, answer, &[("material", &material)], wording)
}

/// A sentence about what students do with an item.
fn filled(
    template: &str,
    answer: &Answer,
    values: &[(&str, &str)],
    wording: &Wording,
) -> String {
    let words = &wording.indicator;
    let verb = words.verbs.get(&answer.about.level.1).map_or("", String::as_str);
    let all = [&[("student", words.student.as_str()), ("verb", verb)], values].concat();
    capitalised(&fill(template, &all))
}

/// The matter that an item is about: its topic.
pub fn material(answer: &Answer, bank: &Bank, language: Language) -> String {
    let topic = bank.topics.get(&answer.about.topic);
    let name =
        topic.map_or(answer.about.topic.as_str(), |t| t.name.in_language(language));
    name.to_string()
}

/// What is said of the items of a pattern, and what is filled in.
fn asked<'a>(
    pattern: &Pattern,
    names: &Names,
    wording: &'a Wording,
) -> (&'a str, Vec<(&'static str, String)>) {
    let words = &wording.indicator;
    let of = |attribute: &Id, kinds: &BTreeSet<Id>| {
        vec![("attribute", names.attribute(attribute)), ("kind", names.kinds(kinds))]
    };
    let paired = pattern.item_type == ItemType::Matching;
    let judged = pattern.item_type == ItemType::TrueFalse;
    match &pattern.ask {
        Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds } if paired => {
            (&words.pairs, of(attribute, kinds))
        }
        Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds } if judged => {
            let matter =
                [("attribute", names.attribute(attribute)), ("kind", names.kinds(kinds))];
            let matter = matter.each_ref().map(|(name, value)| (*name, value.as_str()));
            (&words.judgement, vec![("matter", fill(&words.matter, &matter))])
        }
        Ask::Label { label, .. } if judged => {
            (&words.judgement, vec![("matter", names.label(label))])
        }
        Ask::Value { attribute, kinds } if pattern.item_type == ItemType::Ordering => {
            (&words.order, of(attribute, kinds))
        }
        Ask::Value { attribute, kinds } => (&words.value, of(attribute, kinds)),
        Ask::Subject { attribute, kinds } => (&words.subject, of(attribute, kinds)),
        Ask::Label { label, .. } => {
            let template = match (pattern.item_type, pattern.negative) {
                (ItemType::Essay | ItemType::ShortAnswer, _) => &words.list,
                (_, true) => &words.exception,
                _ => &words.label,
            };
            (template, vec![("label", names.label(label))])
        }
        Ask::Categories { categories, .. } => {
            (&words.categories, vec![("categories", names.labels(categories))])
        }
        Ask::Case { label, .. } => (&words.case, vec![("label", names.label(label))]),
    }
}

/// What a bank calls things in a language.
struct Names<'a> {
    bank: &'a Bank,
    language: Language,
    wording: &'a Wording,
}

impl Names<'_> {
    fn attribute(&self, id: &Id) -> String {
        let attribute = self.bank.attributes.get(id);
        attribute.map_or(id.clone(), |a| a.name.in_language(self.language).to_string())
    }

    fn label(&self, id: &Id) -> String {
        let label = self.bank.labels.get(id);
        label.map_or(id.clone(), |l| l.name.in_language(self.language).to_string())
    }

    fn kinds(&self, ids: &BTreeSet<Id>) -> String {
        let kinds = ids.iter().filter_map(|id| self.bank.kinds.get(id));
        let names = kinds.map(|kind| kind.name.in_language(self.language).to_string());
        either(&names.collect::<Vec<String>>(), &self.wording.or)
    }

    /// Labels in a row: `A`, `A and B`, `A, B, and C`.
    fn labels(&self, ids: &[Id]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.label(id)).collect();
        either(&names, &self.wording.indicator.and)
    }
}

/// A name within a sentence: with a small letter, unless it starts with an abbreviation.
fn uncapitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next();
    match first {
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_string(),
    }
}
