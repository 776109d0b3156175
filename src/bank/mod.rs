//! What is known: facts, and the oracle that tells true from false from unknown.
//!
//! A bank is one or more TOML files on any topic. It holds *statements* that carry
//! labels, *entities* of a kind with attributes, *cases* and what they show, items
//! *written by hand*, and *patterns*: how a fact becomes a question. Nothing here
//! knows a topic, and nothing here throws dice.

mod compiled;
mod index;
mod load;
mod oracle;
mod question;

pub use self::index::{Held, Holding, Index};
pub use self::load::{OpenPicture, load, load_with};
pub use self::oracle::{
    Claim, Subject, Verdict, accepted, carries, clash, holders, judge, judge_on,
    same_value, statements_clash, whose,
};
pub use self::question::{
    Ask, AuthoredItem, AuthoredOption, AuthoredRow, Criterion, DataTable, Figure,
    Pattern, Stimulus,
};

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::language::Language;
use crate::picture::FileName;
use crate::sum::Sum;

/// The name by which a fact, label or pattern is referred to; unique among its kind.
pub type Id = String;

/// The id of an item that was made from a candidate: the candidate's own, or `id/2` and so on
/// where an exam asks further things from it.
pub fn id_of_form(candidate: &str, form: usize) -> Id {
    match form {
        0 => candidate.to_string(),
        _ => format!("{candidate}/{}", form + 1),
    }
}

/// The id of the candidate that [`id_of_form`] made an id from.
pub fn candidate_of(item: &str) -> &str {
    match item.rsplit_once('/') {
        Some((candidate, form)) if form.parse::<usize>().is_ok() => candidate,
        _ => item,
    }
}

/// A text in the bank's own language with its translations, in the markup of
/// [`crate::text::Text::parse`].
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Phrase {
    /// The text in the bank's own language. Decisions rest on this one, so that an exam
    /// is the same exam in every language.
    pub base: String,
    /// The same text in other languages.
    pub translations: LiteMap<Language, String>,
}

impl Phrase {
    /// The text in a language, or in the bank's own where there is no translation.
    pub fn in_language(&self, language: Language) -> &str {
        self.translations.get(&language).unwrap_or(&self.base)
    }

    /// This text and another, one after the other.
    pub fn and(&self, other: &Phrase) -> Phrase {
        self.joined("; ", other)
    }

    /// This text, or another that says nearly the same.
    pub fn or(&self, other: &Phrase) -> Phrase {
        self.joined(" / ", other)
    }

    fn joined(&self, by: &str, other: &Phrase) -> Phrase {
        let join = |one: &str, two: &str| format!("{one}{by}{two}");
        let translations = self.translations.iter();
        let translations = translations
            .map(|(&language, text)| (language, join(text, other.in_language(language))));
        let translations = translations.collect();
        Phrase { base: join(&self.base, &other.base), translations }
    }
}

/// Everything that is known, merged from all files of a bank.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Bank {
    /// The language that its texts are written in; phrases hold the other ones.
    pub language: Language,
    /// The files that it was read from, in the order given; [`Bank::compiled`] keeps their
    /// names and sums beside the bank.
    #[serde(skip)]
    pub files: Vec<BankFile>,
    /// What a blueprint's quotas count, by id.
    pub topics: BTreeMap<Id, Topic>,
    /// What a statement can be said to be (a goal, a benefit …), by id.
    pub labels: BTreeMap<Id, Label>,
    /// The kinds of entities, by id.
    pub kinds: BTreeMap<Id, Kind>,
    /// What can be asked of an entity, by id.
    pub attributes: BTreeMap<Id, Attribute>,
    /// Other ways to write a value, by the value as the bank writes it.
    pub terms: BTreeMap<String, Term>,
    /// Where facts come from, by id.
    pub sources: BTreeMap<Id, Source>,
    /// Statements that carry labels, by id; in its order once the bank is indexed.
    pub statements: IndexMap<Id, Statement>,
    /// Things with attributes, by id; in its order once the bank is indexed.
    pub entities: IndexMap<Id, Entity>,
    /// Concrete examples, by id.
    pub cases: BTreeMap<Id, Case>,
    /// What items written by hand share, by id.
    pub stimuli: BTreeMap<Id, Stimulus>,
    /// Items written by hand, by id.
    pub items: BTreeMap<Id, AuthoredItem>,
    /// How facts become questions, by id.
    pub patterns: BTreeMap<Id, Pattern>,
    /// What the oracle looks up; follows from the rest (see [`Bank::reindex`]);
    /// [`Bank::compiled`] keeps it beside the bank.
    #[serde(skip)]
    pub index: Index,
}

impl Bank {
    /// The pattern that made an item, by the item's id; none if it was written by hand.
    pub fn pattern_of(&self, item: &str) -> Option<&Pattern> {
        let candidate = candidate_of(item);
        let pattern = candidate.split_once(':').map_or(candidate, |(pattern, _)| pattern);
        self.patterns.get(pattern).filter(|_| !self.items.contains_key(item))
    }

    /// What one of an entity's values for an attribute goes by in the ids of items: the
    /// first by the entity, another by the entity and its number (`wto-2`), or `wto#2` where
    /// `wto-2` is an entity itself.
    pub fn value_name(&self, entity: &Id, index: usize) -> Id {
        match index {
            0 => entity.clone(),
            _ => {
                let name = format!("{entity}-{}", index + 1);
                let taken = self.entities.contains_key(&name);
                if taken { format!("{entity}#{}", index + 1) } else { name }
            }
        }
    }

    /// The entity that a name stands for, and the index of its value.
    pub fn value_named(&self, name: &str) -> Option<(Id, usize)> {
        if self.entities.contains_key(name) {
            return Some((name.to_string(), 0));
        }
        let (entity, number) = name.rsplit_once(['-', '#'])?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        let entity = self.entities.get_key_value(entity)?.0;
        (self.value_name(entity, index) == name).then(|| (entity.clone(), index))
    }
}

/// A file that a bank was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankFile {
    /// The bank's id, or the file's name where it goes with another bank.
    pub id: Id,
    /// The sum of the file.
    pub sha256: Sum,
    /// The pictures that it names, in the order of their paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<FileName>,
}

/// A part of the subject matter that quotas count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Topic {
    /// What teachers call it.
    pub name: Phrase,
    /// Where it is declared.
    pub place: Place,
}

/// Something that a statement can be said to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// What it is called within a sentence ("dampak negatif kerja sama internasional").
    pub name: Phrase,
    /// Labels that no statement carries together with this one. The relation holds both
    /// ways, whichever side declares it.
    pub disjoint: BTreeSet<Id>,
    /// How the key says that a statement carries it; `{statement}` stands for the statement.
    pub reason: Phrase,
    /// Where it is declared.
    pub place: Place,
}

/// A kind of entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// What one of them is called within a sentence ("lembaga internasional").
    pub name: Phrase,
    /// Where it is declared.
    pub place: Place,
}

/// What can be concluded from the values that an entity has for an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// Exactly one value: every other value is false of the entity.
    One,
    /// All values are listed: every value that is not listed is false of the entity.
    Listed,
    /// A value tells its holders apart: it is false of every entity that does not hold it
    /// and holds another value of the attribute outside its cluster.
    Distinctive,
    /// More may be true than is listed: nothing is ever false.
    Open,
}

/// Something that can be asked of an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribute {
    /// What it is called within a sentence ("kedudukan sekretariat").
    pub name: Phrase,
    /// What follows from the values that are given.
    pub rule: Rule,
    /// Whether options are printed in ascending order and never shuffled (years, numbers).
    pub ordered: bool,
    /// How the key says it: `{subject}` and `{value}` are filled in
    /// ("{subject} berpusat di {value}").
    pub reason: Phrase,
    /// The attribute that the reason is taken from instead, where an entity has it: that
    /// an event is an example of a form does not say why, the parties of the form do.
    pub reason_by: Option<Id>,
    /// Where it is declared.
    pub place: Place,
}

/// Other ways to write a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The value and its translations.
    pub text: Phrase,
    /// Spellings that mean the same and are accepted as answers, each once, in order.
    pub aliases: Vec<String>,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// What a reader looks for.
    pub title: String,
}

/// How much a fact can be relied upon today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The day up to which it is known to hold (`YYYY-MM-DD`), for facts that change.
    pub as_of: Option<String>,
    /// It held in the past and no longer does.
    pub historical: bool,
    /// Sources contradict each other; never asked and never offered.
    pub disputed: bool,
}

impl Standing {
    /// Whether a fact holds beyond doubt: for good, or on the day that is spoken of.
    pub fn holds_on(&self, day: Option<&str>) -> bool {
        let known = self.as_of.is_none() || self.as_of.as_deref() == day;
        known && !self.historical && !self.disputed
    }
}

/// A sentence part that carries labels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its wordings by phrasing ("noun", "verb"), without capital and full stop.
    pub phrasings: LiteMap<Id, Phrase>,
    /// The labels that it carries; the first is the one that it is filed under.
    pub labels: Vec<Id>,
    /// Labels that some source gives it or that can be argued: for these it is unknown.
    pub also: BTreeSet<Id>,
    /// Why it carries a label ("karena …"), by label: the key says so after the label's own
    /// reason.
    pub why: LiteMap<Id, Phrase>,
    /// Statements of one cluster mean nearly the same.
    pub cluster: Option<Id>,
    /// Clusters and statements that say nearly the opposite; never in one item with it.
    pub mirrors: BTreeSet<Id>,
    /// The field (`ekonomi`, `politik` …).
    pub field: Option<Id>,
    /// The scope (`umum` or `ekonomi`).
    pub scope: Option<Id>,
    /// Where it comes from.
    pub sources: Vec<Id>,
    /// How far it can be relied upon.
    pub standing: Standing,
    /// Where it is written.
    pub place: Place,
}

/// Something with a name and attributes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The id of its kind.
    pub kind: Id,
    /// The name that questions use.
    pub name: Phrase,
    /// Other names that mean the same and are accepted as answers, each once, in order.
    pub aliases: Vec<String>,
    /// Its values by attribute.
    pub attributes: LiteMap<Id, Vec<Value>>,
    /// Entities of one cluster are nearly the same or contain each other (World Bank and
    /// IBRD); never in one item.
    pub cluster: Option<Id>,
    /// The field (`ekonomi`, `politik` …).
    pub field: Option<Id>,
    /// The scope (`umum` or `ekonomi`).
    pub scope: Option<Id>,
    /// Where it comes from.
    pub sources: Vec<Id>,
    /// How far it can be relied upon.
    pub standing: Standing,
    /// Where it is written.
    pub place: Place,
}

/// What an entity has for an attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The value.
    pub text: Phrase,
    /// Spellings that mean the same and are accepted as answers besides those of its term,
    /// each once, in order.
    pub aliases: Vec<String>,
    /// Values of one cluster mean nearly the same or can be argued to.
    pub cluster: Option<Id>,
    /// Whose wording it is, when it is somebody's.
    pub attribution: Option<String>,
    /// How far it can be relied upon.
    pub standing: Standing,
}

/// A concrete example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The example as a full sentence or two.
    pub text: Phrase,
    /// The statement that it shows.
    pub shows: Id,
    /// Why it shows the statement, as a clause for the key.
    pub why: Option<Phrase>,
    /// Statements that it provably does not show, each with the reason.
    pub refutes: LiteMap<Id, Phrase>,
    /// Where it comes from.
    pub sources: Vec<Id>,
    /// Where it is written.
    pub place: Place,
}
