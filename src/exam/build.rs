//! Building items: a candidate becomes a question with its answer, every wrong option
//! proven wrong by the oracle.

mod authored;
mod categories;
mod clue;
mod judgement;
mod listing;
mod matching;
mod negative;
mod ordering;
mod several;
mod wrong;

pub use self::clue::{Wording, asking};

use std::collections::BTreeSet;

use crate::bank::{
    Ask, Bank, Claim, Held, Id, Pattern, Phrase, Rule, Subject, Value, Verdict, accepted,
    holders, judge, judge_on,
};
use crate::exam::blueprint::SectionPlan;
use crate::exam::candidates::{Candidate, Target};
use crate::exam::item::{Choice, Item, Task};
use crate::exam::seed::Stream;
use crate::item_type::ItemType;
use crate::language::Language;
use crate::text::plain;

/// Where an item is built: the bank, the section, and what the paper already asks.
pub struct Site<'a> {
    /// What is known.
    pub bank: &'a Bank,
    /// What the section wants.
    pub plan: &'a SectionPlan,
    /// The facts that the paper already asks.
    pub used: &'a BTreeSet<Id>,
    /// The facts that the paper already shows without asking them.
    pub shown: &'a BTreeSet<Id>,
    /// Whether a true-false statement is to be true.
    pub truth: bool,
    /// Whether the question may ask for the exception.
    pub negative: bool,
}

/// Builds all items of a candidate: one, or a whole group.
pub fn build_all(
    site: &Site,
    candidate: &Candidate,
    stream: &mut Stream,
) -> Option<Vec<Item>> {
    match &candidate.target {
        Target::Group(items) => authored::group(site, items, stream),
        _ => build(site, candidate, stream).map(|item| vec![item]),
    }
}

/// Builds an item from a candidate, or `None` if the bank proves too little for it.
fn build(site: &Site, candidate: &Candidate, stream: &mut Stream) -> Option<Item> {
    if candidate.target == Target::Authored {
        return authored::authored(site, candidate.subject, stream);
    }
    let pattern = site.bank.patterns.get(candidate.origin)?;
    if pattern.negative && !site.negative
        || asks(candidate, pattern).is_some_and(|fact| site.used.contains(&fact))
    {
        return None;
    }
    let day = match candidate.target {
        Target::Value(held) => held.day.as_deref(),
        _ => None,
    };
    let builder = Builder { site, candidate, pattern, bank: site.bank, day };
    match pattern.item_type {
        ItemType::MultipleChoice if pattern.negative => builder.exception(stream),
        ItemType::MultipleChoice => builder.choice(stream),
        ItemType::MultipleAnswer => builder.several(stream),
        ItemType::TrueFalse => builder.judgement(stream),
        ItemType::Categorize => builder.categories(stream),
        ItemType::Matching => builder.matching(stream),
        ItemType::Ordering => builder.ordering(stream),
        ItemType::ShortAnswer => builder.blank(stream),
        ItemType::Essay => builder.listing(stream),
        // A text is written by hand.
        ItemType::Cloze => None,
    }
}

/// The fact that every item made from the candidate would ask, if there is one.
fn asks(candidate: &Candidate, pattern: &Pattern) -> Option<Id> {
    // Among several right options, others can stand in for it.
    if pattern.item_type == ItemType::MultipleAnswer {
        return None;
    }
    match (&candidate.target, &pattern.ask) {
        // Here the target only says which value the options have.
        (Target::Value(_), _) if pattern.negative => None,
        (
            Target::Value(Held { entity, .. }),
            Ask::Value { attribute, .. } | Ask::Subject { attribute, .. },
        ) => Some(value_fact(entity, attribute)),
        (Target::Statement(id) | Target::Case(id), _) => Some(id.to_string()),
        _ => None,
    }
}

/// For each item of a candidate, one fact that it asks whatever the dice say; its own id
/// where no other is certain.
pub fn key_facts(bank: &Bank, candidate: &Candidate) -> Vec<Id> {
    let authored = |id: &str| {
        let facts = bank.items.get(id).map(|item| &item.facts);
        let only = facts.filter(|facts| facts.len() == 1).and_then(|facts| facts.first());
        only.map_or(id.to_string(), Id::clone)
    };
    match &candidate.target {
        // The facts of a group's items may be the same.
        Target::Group(items) => items.iter().map(|id| id.to_string()).collect(),
        Target::Authored => vec![authored(candidate.subject)],
        _ => {
            let pattern = bank.patterns.get(candidate.origin);
            let fact = pattern.and_then(|pattern| asks(candidate, pattern));
            vec![fact.unwrap_or_else(|| candidate.id())]
        }
    }
}

/// A pattern at work on a candidate.
struct Builder<'a> {
    site: &'a Site<'a>,
    candidate: &'a Candidate<'a>,
    pattern: &'a Pattern,
    bank: &'a Bank,
    /// The day that the question speaks of, if what it asks changes.
    day: Option<&'a str>,
}

/// What an item asks: the placeholders of its stem, the right answer and why.
struct Asked {
    fills: Vec<(&'static str, Phrase)>,
    key: Phrase,
    reason: Option<Phrase>,
    fact: Id,
    sources: Vec<Id>,
}

impl Builder<'_> {
    fn choice(&self, stream: &mut Stream) -> Option<Item> {
        let asked = self.asked()?;
        let (wrong, count) = (self.wrong(stream), self.site.plan.options - 1);
        let wrong = self.choose_wrong(&asked, wrong, count, stream)?;
        let shown = wrong.iter().map(|wrong| wrong.fact.clone()).collect();
        let mut options = vec![Choice {
            text: asked.key.clone(),
            correct: true,
            reason: asked.reason.clone(),
        }];
        options.extend(wrong.into_iter().map(|wrong| Choice {
            correct: false,
            reason: wrong.reason(self.bank, self.day),
            text: wrong.text.clone(),
        }));
        let ordered = match &self.pattern.ask {
            Ask::Value { attribute, .. } => self.bank.attributes.get(attribute)?.ordered,
            _ => false,
        };
        if ordered {
            options.sort_by_key(|option| number(&option.text));
        }
        let task = Task::Choice { options, ordered };
        let mut facts = BTreeSet::from([asked.fact]);
        // What a case shows is asked as well: it is the key.
        if let Target::Case(id) = &self.candidate.target {
            facts.extend(self.bank.cases.get(*id).map(|case| case.shows.clone()));
        }
        Some(self.item(asked.fills, task, facts, shown, asked.sources, stream))
    }

    fn blank(&self, stream: &mut Stream) -> Option<Item> {
        let asked = self.asked()?;
        let accepted = self.accepted(&asked)?;
        let task = Task::Blank { accepted, reason: asked.reason };
        let facts = [asked.fact].into();
        Some(self.item(asked.fills, task, facts, BTreeSet::new(), asked.sources, stream))
    }

    /// Everything that counts as right in a blank, the usual answer first; `None` if more
    /// could be right.
    fn accepted(&self, asked: &Asked) -> Option<Vec<Phrase>> {
        let Target::Value(Held { entity, index, .. }) = &self.candidate.target else {
            return None;
        };
        let subject = self.bank.entities.get(entity)?;
        let spellings = match &self.pattern.ask {
            Ask::Value { attribute, .. } => {
                let values = subject.attributes.get(attribute)?;
                self.answers(entity, attribute, values, *index)?
            }
            Ask::Subject { attribute, .. } => {
                // A value that others may share has more answers than the bank knows.
                let rule = self.bank.attributes.get(attribute)?.rule;
                if rule != Rule::Distinctive
                    || holders(self.bank, attribute, &asked.fills[0].1.base).len() > 1
                    || self.has_rival(entity, attribute, *index)
                {
                    return None;
                }
                // What the stem gives is no answer to it, in no other spelling either.
                let value = subject.attributes.get(attribute)?.get(*index)?;
                let given = value.text.translations.values().chain([&value.text.base]);
                let given = given.chain(&value.aliases);
                let given: BTreeSet<String> = given.map(|text| plain(text)).collect();
                let names = subject.aliases.iter().filter(|a| !given.contains(&plain(a)));
                names.cloned().collect()
            }
            _ => return None,
        };
        let others =
            spellings.into_iter().map(|base| Phrase { base, ..Phrase::default() });
        Some([asked.key.clone()].into_iter().chain(others).collect())
    }

    /// Whether another entity is nearly the same or holds nearly the same value, so that
    /// its name could be argued to answer as well.
    fn has_rival(&self, id: &Id, attribute: &Id, index: usize) -> bool {
        let shared = |one: &Option<Id>, two: &Option<Id>| one.is_some() && one == two;
        let subject = &self.bank.entities[id];
        let cluster = &subject.attributes[attribute][index].cluster;
        if subject.cluster.is_none() && cluster.is_none() {
            return false;
        }
        self.bank.entities.iter().filter(|(other, _)| *other != id).any(|(_, other)| {
            other.attributes.get(attribute).is_some_and(|values| {
                shared(&subject.cluster, &other.cluster)
                    || values.iter().any(|value| shared(cluster, &value.cluster))
            })
        })
    }

    /// Every spelling of everything that is true of the entity, what is asked first;
    /// `None` if more could be right.
    fn answers(
        &self,
        entity: &Id,
        attribute: &Id,
        values: &[Value],
        asked: usize,
    ) -> Option<Vec<String>> {
        let others = values.iter().enumerate().filter(|(index, _)| *index != asked);
        let mut spellings = accepted(self.bank, &values[asked]);
        for (_, value) in others.filter(|(_, value)| !value.standing.historical) {
            match self.judge_value(entity, attribute, &value.text) {
                Verdict::True(_) => spellings.extend(accepted(self.bank, value)),
                _ => return None,
            }
        }
        Some(spellings)
    }

    /// What the pattern asks of its target.
    fn asked(&self) -> Option<Asked> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Value { attribute, .. }, Target::Value(Held { entity, index, .. })) => {
                self.asked_value(entity, attribute, *index, true)
            }
            (
                Ask::Subject { attribute, .. },
                Target::Value(Held { entity, index, .. }),
            ) => self.asked_value(entity, attribute, *index, false),
            (Ask::Label { label, phrasing, .. }, Target::Statement(id)) => {
                let statement = self.bank.statements.get(*id)?;
                let Verdict::True(reason) = self.judge_label(id, label) else {
                    return None;
                };
                Some(Asked {
                    fills: vec![("label", self.bank.labels.get(label)?.name.clone())],
                    key: statement.phrasings.get(phrasing)?.clone(),
                    reason: Some(reason),
                    fact: id.to_string(),
                    sources: statement.sources.clone(),
                })
            }
            (Ask::Case { phrasing, .. }, Target::Case(id)) => {
                let case = self.bank.cases.get(*id)?;
                let claim =
                    Claim::Case { case: id.to_string(), statement: case.shows.clone() };
                let Verdict::True(reason) = judge(self.bank, &claim) else { return None };
                let shown = self.bank.statements.get(&case.shows)?;
                Some(Asked {
                    fills: vec![("case", case.text.clone())],
                    key: shown.phrasings.get(phrasing)?.clone(),
                    // Without a reason of its own the case could only repeat the statement.
                    reason: case.why.is_some().then_some(reason),
                    fact: id.to_string(),
                    sources: case.sources.clone(),
                })
            }
            _ => None,
        }
    }

    fn asked_value(
        &self,
        entity: &Id,
        attribute: &Id,
        index: usize,
        forward: bool,
    ) -> Option<Asked> {
        let subject = self.bank.entities.get(entity)?;
        let value = &subject.attributes.get(attribute)?.get(index)?.text;
        let Verdict::True(reason) = self.judge_value(entity, attribute, value) else {
            return None;
        };
        let (given, key) = match forward {
            true => (("subject", subject.name.clone()), value.clone()),
            false => (("value", value.clone()), subject.name.clone()),
        };
        Some(Asked {
            fills: vec![given],
            key,
            reason: Some(reason),
            fact: value_fact(entity, attribute),
            sources: subject.sources.clone(),
        })
    }

    /// Whether two values are the same, however they are spelt.
    fn same(&self, a: &Phrase, b: &Phrase) -> bool {
        self.bank.canonical(&a.base) == self.bank.canonical(&b.base)
    }

    fn is_false(&self, entity: &Id, attribute: &Id, value: &Phrase) -> bool {
        let canonical = self.bank.canonical(&value.base);
        let subject = Subject::new(self.bank, entity, attribute, self.day);
        subject.is_ok_and(|subject| subject.has(&canonical) == Some(false))
    }

    fn judge_value(&self, entity: &Id, attribute: &Id, value: &Phrase) -> Verdict {
        judge_on(self.bank, &value_claim(entity, attribute, value), self.day)
    }

    fn judge_label(&self, statement: &Id, label: &Id) -> Verdict {
        let claim = Claim::Label { statement: statement.clone(), label: label.clone() };
        judge(self.bank, &claim)
    }

    /// A day in all languages.
    fn said(&self, day: &str) -> Phrase {
        let translations = Language::ALL.map(|language| (language, language.day(day)));
        let translations = translations.into_iter().collect();
        Phrase { base: self.bank.language.day(day), translations }
    }

    /// The entities of which the paper already asks the attribute.
    fn used(&self, attribute: &Id) -> BTreeSet<&str> {
        let asked = self.site.used.iter();
        let entities = asked.filter_map(|fact| fact.strip_suffix(attribute.as_str()));
        entities.filter_map(|entity| entity.strip_suffix('.')).collect()
    }

    /// The finished item, with one of the pattern's stems.
    fn item(
        &self,
        mut fills: Vec<(&'static str, Phrase)>,
        task: Task,
        facts: BTreeSet<Id>,
        shown: BTreeSet<Id>,
        sources: Vec<Id>,
        stream: &mut Stream,
    ) -> Item {
        let stems = self.pattern.stems(self.day.is_some());
        let stem = stems.get(stream.below(stems.len())).copied().cloned();
        let stem = stem.unwrap_or_default();
        fills.extend(self.day.map(|day| ("as_of", self.said(day))));
        Item {
            id: self.candidate.id(),
            item_type: self.pattern.item_type,
            topic: self.pattern.topic.clone(),
            level: (self.pattern.level.clone(), self.pattern.cognitive.clone()),
            difficulty: self.pattern.difficulty,
            row: None,
            stimulus: None,
            stem: fill(&stem, &fills),
            picture: None,
            table: None,
            task,
            sources,
            facts,
            shown,
            enemies: BTreeSet::new(),
            negative: self.pattern.negative,
        }
    }
}

/// The first number in a value, to put options in ascending order.
fn number(value: &Phrase) -> u64 {
    let digits = value.base.chars().skip_while(|char| !char.is_ascii_digit());
    let digits: String = digits.take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// The claim that an entity has a value.
fn value_claim(entity: &Id, attribute: &Id, value: &Phrase) -> Claim {
    Claim::Value {
        entity: entity.clone(),
        attribute: attribute.clone(),
        value: value.base.clone(),
    }
}

/// The fact that an entity has a value for an attribute.
fn value_fact(entity: &Id, attribute: &Id) -> Id {
    format!("{entity}.{attribute}")
}

/// Puts phrases in the places of `{name}`, in every language that the template has.
fn fill(template: &Phrase, fills: &[(&'static str, Phrase)]) -> Phrase {
    let filled = |text: &str, language: Option<Language>| {
        fills.iter().fold(text.to_string(), |text, (name, phrase)| {
            let value = match language {
                Some(language) => phrase.in_language(language),
                None => &phrase.base,
            };
            text.replace(&format!("{{{name}}}"), value)
        })
    };
    Phrase {
        base: filled(&template.base, None),
        translations: (template.translations.iter())
            .map(|(&language, text)| (language, filled(text, Some(language))))
            .collect(),
    }
}
