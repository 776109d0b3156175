//! The oracle: whether a claim is true, false or unknown, and why.
//!
//! False is said only where the bank proves it. Everything that is disputed, dated, merely
//! not recorded, or so close to what is true that it can be argued, is unknown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::bank::index::{Holding, normal};
use crate::bank::{
    Attribute, Bank, Case, Entity, Id, Label, Phrase, Rule, Standing, Statement, Value,
};
use crate::language::Language;

/// A claim that a question or an option makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The value holds for the entity's attribute.
    Value {
        /// The entity's id.
        entity: Id,
        /// The attribute's id.
        attribute: Id,
        /// The value in the bank's own language.
        value: String,
    },
    /// The statement carries the label.
    Label {
        /// The statement's id.
        statement: Id,
        /// The label's id.
        label: Id,
    },
    /// The case shows the statement.
    Case {
        /// The case's id.
        case: Id,
        /// The statement's id.
        statement: Id,
    },
}

/// What the bank knows about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is true, for this reason.
    True(Phrase),
    /// It is false, for this reason: what is true instead.
    False(Phrase),
    /// The bank proves neither, for this reason; it must not be printed as an option.
    Unknown(String),
}

impl Verdict {
    fn unknown(why: impl Into<String>) -> Verdict {
        Verdict::Unknown(why.into())
    }
}

/// Judges a claim by what the bank holds for good, and by nothing else.
pub fn judge(bank: &Bank, claim: &Claim) -> Verdict {
    judge_on(bank, claim, None)
}

/// Judges a claim that says of which day it speaks: values that are known to hold on that
/// very day count too.
pub fn judge_on(bank: &Bank, claim: &Claim, day: Option<&str>) -> Verdict {
    match claim {
        Claim::Value { entity, attribute, value } => {
            match Subject::new(bank, entity, attribute, day) {
                Ok(subject) => subject.judge(value),
                Err(missing) => Verdict::Unknown(missing),
            }
        }
        Claim::Label { statement, label } => match bank.statements.get(statement) {
            Some(found) => judge_label(bank, statement, found, label),
            None => Verdict::unknown(format!("there is no statement `{statement}`")),
        },
        Claim::Case { case, statement } => match bank.cases.get(case) {
            Some(found) => judge_case(bank, found, statement),
            None => Verdict::unknown(format!("there is no case `{case}`")),
        },
    }
}

/// What is found of a claim, before it is said in words.
enum Finding<T, F> {
    True(T),
    False(F),
    Unknown(&'static str),
}

impl<T, F> Finding<T, F> {
    fn truth(&self) -> Option<bool> {
        match self {
            Finding::True(_) => Some(true),
            Finding::False(_) => Some(false),
            Finding::Unknown(_) => None,
        }
    }
}

/// What an entity has for an attribute, looked up once for all values that may be claimed
/// of it.
pub struct Subject<'a> {
    bank: &'a Bank,
    entity: &'a Entity,
    attribute: Id,
    asked: &'a Attribute,
    /// The day that is spoken of: values that are known to hold on that very day count too.
    day: Option<&'a str>,
    /// All values that anybody has for the attribute.
    known: Option<&'a BTreeMap<String, Holding>>,
    own: Vec<Own<'a>>,
}

/// A value of the subject, with all that it may be taken for.
struct Own<'a> {
    value: &'a Value,
    /// Its canonical spellings, the usual one first, and those in other languages last.
    spellings: Vec<Cow<'a, str>>,
    /// How many of them are in the bank's own language.
    names: usize,
    clusters: Option<&'a Vec<Id>>,
}

impl Own<'_> {
    /// Whether it has this canonical spelling in the bank's own language.
    fn is_named(&self, canonical: &str) -> bool {
        self.spellings[..self.names].iter().any(|name| name == canonical)
    }
}

impl<'a> Subject<'a> {
    /// Looks up an entity and an attribute; fails with a message if one is missing.
    pub fn new(
        bank: &'a Bank,
        entity: &str,
        attribute: &str,
        day: Option<&'a str>,
    ) -> Result<Subject<'a>, String> {
        let missing = |what, id| format!("there is no {what} `{id}`");
        let subject =
            bank.entities.get(entity).ok_or_else(|| missing("entity", entity))?;
        let asked = bank.attributes.get(attribute);
        let asked = asked.ok_or_else(|| missing("attribute", attribute))?;
        let known = bank.index.holdings.get(attribute);
        let own = |value: &'a Value| {
            let mut spellings: Vec<_> = bank.names(value).collect();
            let names = spellings.len();
            spellings.extend(bank.translations(value));
            let held = known.and_then(|known| known.get(&*spellings[0]));
            let clusters = held.map(|held| &held.clusters);
            Own { value, spellings, names, clusters }
        };
        let values = subject.attributes.get(attribute).into_iter().flatten();
        let own = values.map(own).collect();
        let attribute = attribute.to_string();
        Ok(Subject { bank, entity: subject, attribute, asked, day, known, own })
    }

    /// Whether the subject has a value, given in its canonical spelling; `None` if that is
    /// unknown.
    pub fn has(&self, canonical: &str) -> Option<bool> {
        self.find(canonical).truth()
    }

    fn judge(&self, claimed: &str) -> Verdict {
        match self.find(&self.bank.canonical(claimed)) {
            Finding::True(held) => {
                // What belongs to a list is right because of the list.
                let listed = self.asked.rule == Rule::Listed && !held.standing.historical;
                let told = if listed { self.current().collect() } else { vec![held] };
                Verdict::True(self.because(&told))
            }
            Finding::False(()) => {
                // What tells the subject apart is enough; a list is told whole.
                let most = match self.asked.rule {
                    Rule::Distinctive => 1,
                    _ => usize::MAX,
                };
                let current: Vec<&Value> = self.current().take(most).collect();
                Verdict::False(self.because(&current))
            }
            Finding::Unknown(doubt) => Verdict::unknown(doubt),
        }
    }

    /// What the attribute says of the subject, or the one that gives its reasons.
    fn because(&self, values: &[&Value]) -> Phrase {
        let by = self.asked.reason_by.as_ref();
        let own = by.and_then(|by| self.entity.attributes.get(by));
        match by.and_then(|by| self.bank.attributes.get(by)).zip(own) {
            Some((by, own)) => said(by, self.entity, &own.iter().collect::<Vec<_>>()),
            None => said(self.asked, self.entity, values),
        }
    }

    fn current(&self) -> impl Iterator<Item = &'a Value> {
        let values = self.own.iter().map(|own| own.value);
        values.filter(|value| !value.standing.historical)
    }

    fn find(&self, canonical: &str) -> Finding<&'a Value, ()> {
        if !self.entity.standing.holds_on(self.day) {
            return Finding::Unknown(
                "what is said of the subject is disputed or may be out of date",
            );
        }
        if let Some(own) = self.own.iter().find(|own| own.is_named(canonical)) {
            return match own.value.standing.holds_on(self.day) {
                true => Finding::True(own.value),
                false => Finding::Unknown("the value is disputed or may be out of date"),
            };
        }
        let claimed = self.known.and_then(|known| known.get(canonical));
        if let Some(doubt) = self.close(canonical, claimed) {
            return Finding::Unknown(doubt);
        }
        if self.current().next().is_none() {
            return Finding::Unknown("the bank gives the subject no value");
        }
        if self.current().any(|value| !value.standing.holds_on(self.day)) {
            return Finding::Unknown(
                "the subject's own value is disputed or may be out of date",
            );
        }
        match self.asked.rule {
            Rule::One | Rule::Listed => Finding::False(()),
            Rule::Open => Finding::Unknown("more may be true than the bank lists"),
            Rule::Distinctive => match self.indistinct(canonical, claimed) {
                Some(doubt) => Finding::Unknown(doubt),
                None => Finding::False(()),
            },
        }
    }

    /// Why a value that is not the subject's own may yet be taken for it.
    fn close(&self, canonical: &str, claimed: Option<&Holding>) -> Option<&'static str> {
        for own in &self.own {
            let reads_alike = claimed.map_or_else(
                || own.spellings.iter().any(|one| one == canonical),
                |claimed| {
                    let known =
                        |one: &Cow<str>| claimed.spellings.iter().any(|s| s == one);
                    own.spellings.iter().any(known)
                },
            );
            if reads_alike {
                return Some("the value reads like the subject's own in some language");
            }
            let means_alike = claimed.zip(own.clusters);
            let shared = |(one, two): (&Holding, &Vec<Id>)| {
                one.clusters.iter().any(|cluster| two.contains(cluster))
            };
            if means_alike.is_some_and(shared) {
                return Some("the value means nearly the same as the subject's own");
            }
        }
        None
    }

    /// Why a value does not tell its holders from the subject.
    fn indistinct(
        &self,
        canonical: &str,
        claimed: Option<&Holding>,
    ) -> Option<&'static str> {
        let holders = claimed.into_iter().flat_map(|holding| &holding.holders);
        let mut certain = false;
        for holder in holders.filter_map(|id| self.bank.entities.get(id)) {
            if holder.cluster.is_some() && holder.cluster == self.entity.cluster {
                return Some("the value belongs to nearly the same thing as the subject");
            }
            let held = holder.attributes.get(&self.attribute).into_iter().flatten();
            let mut held = held.filter(|value| self.bank.is_named(value, canonical));
            certain |=
                settled(&holder.standing) && held.any(|value| settled(&value.standing));
        }
        (!certain).then_some("nobody is known for certain to have the value")
    }
}

/// Whether a statement carries a label; `None` if that is unknown.
pub fn carries(bank: &Bank, statement: &str, label: &str) -> Option<bool> {
    let found = bank.statements.get(statement)?;
    find_label(bank, statement, found, label).truth()
}

fn judge_label(bank: &Bank, id: &str, statement: &Statement, asked: &str) -> Verdict {
    match find_label(bank, id, statement, asked) {
        Finding::True(label) => Verdict::True(carried(label, statement)),
        Finding::False(contrary) => Verdict::False(carried(contrary, statement)),
        Finding::Unknown(doubt) => Verdict::unknown(doubt),
    }
}

/// The label that makes the claim true, or the one that makes it false.
fn find_label<'a>(
    bank: &'a Bank,
    id: &str,
    statement: &Statement,
    asked: &str,
) -> Finding<(&'a Id, &'a Label), (&'a Id, &'a Label)> {
    let Some(label) = bank.labels.get_key_value(asked) else {
        return Finding::Unknown("there is no such label");
    };
    if !settled(&statement.standing) {
        return Finding::Unknown("the statement is disputed or may be out of date");
    }
    if statement.labels.iter().any(|label| label == asked) {
        return Finding::True(label);
    }
    if statement.also.contains(asked) {
        return Finding::Unknown("some source gives the statement this label");
    }
    let in_cluster =
        statement.cluster.as_ref().and_then(|c| bank.index.cluster_labels.get(c));
    if in_cluster.is_some_and(|labels| labels.contains(asked)) {
        return Finding::Unknown(
            "a statement that means nearly the same carries this label",
        );
    }
    let namesake = |other: &Id| {
        let other = bank.statements.get(other);
        other.is_some_and(|s| {
            s.labels.iter().any(|label| label == asked) || s.also.contains(asked)
        })
    };
    if namesakes(bank, id).any(namesake) {
        return Finding::Unknown("a statement with the same wording carries this label");
    }
    let disjoint = bank.index.disjoint.get(asked);
    let contrary =
        |carried: &&Id| disjoint.is_some_and(|labels| labels.contains(*carried));
    let contrary = statement.labels.iter().find(contrary);
    match contrary.and_then(|id| bank.labels.get_key_value(id)) {
        Some(contrary) => Finding::False(contrary),
        None => Finding::Unknown("no label of the statement rules this one out"),
    }
}

fn judge_case(bank: &Bank, case: &Case, asked: &Id) -> Verdict {
    let (Some(shown), Some(statement)) =
        (bank.statements.get(&case.shows), bank.statements.get(asked))
    else {
        return Verdict::unknown(format!("there is no statement `{asked}`"));
    };
    if !settled(&statement.standing) {
        return Verdict::unknown("the statement is disputed or may be out of date");
    }
    if case.shows == *asked {
        let why = case.why.as_ref().map(|why| stated(why, shown));
        return Verdict::True(why.unwrap_or_else(|| wording(shown)));
    }
    let clustered = shown.cluster.is_some() && shown.cluster == statement.cluster;
    if clustered || namesakes(bank, asked).any(|other| *other == case.shows) {
        return Verdict::unknown(
            "the statement means nearly the same as the one that is shown",
        );
    }
    match case.refutes.get(asked) {
        Some(reason) => Verdict::False(stated(reason, statement)),
        None => Verdict::unknown("the case neither shows nor refutes the statement"),
    }
}

/// Whether a fact holds for good, beyond doubt.
fn settled(standing: &Standing) -> bool {
    standing.holds_on(None)
}

/// Other statements that read the same in some phrasing.
fn namesakes<'a>(bank: &'a Bank, id: &str) -> impl Iterator<Item = &'a Id> {
    bank.index.namesakes.get(id).into_iter().flatten()
}

/// What an attribute says of a subject that has these values.
fn said(attribute: &Attribute, subject: &Entity, values: &[&Value]) -> Phrase {
    let in_language = |language: Option<Language>| {
        let values: Vec<_> =
            values.iter().map(|value| text(&value.text, language)).collect();
        let commas = values.iter().any(|value| value.contains(','));
        let fillings = [
            ("{subject}", text(&subject.name, language)),
            ("{value}", &values.join(if commas { "; " } else { ", " })),
        ];
        fill(text(&attribute.reason, language), &fillings)
    };
    in_languages(&attribute.reason, in_language)
}

/// How the key says that a statement carries a label, and why it does.
fn carried((id, label): (&Id, &Label), statement: &Statement) -> Phrase {
    let reason = stated(&label.reason, statement);
    let Some(why) = statement.why.get(id) else { return reason };
    in_languages(&reason, |language| {
        format!("{} {}", text(&reason, language), text(why, language))
    })
}

/// A reason that speaks of a statement.
fn stated(reason: &Phrase, statement: &Statement) -> Phrase {
    let wording = wording(statement);
    in_languages(reason, |language| {
        fill(text(reason, language), &[("{statement}", text(&wording, language))])
    })
}

/// The statement in the phrasing that fits most sentences.
fn wording(statement: &Statement) -> Phrase {
    let preferred = ["noun", "verb", "clause"];
    let found = preferred.iter().find_map(|&phrasing| statement.phrasings.get(phrasing));
    found.or_else(|| statement.phrasings.values().next()).cloned().unwrap_or_default()
}

/// A phrase in the languages of its template; `None` stands for the bank's own.
fn in_languages(template: &Phrase, write: impl Fn(Option<Language>) -> String) -> Phrase {
    let translations =
        template.translations.keys().map(|&l| (l, write(Some(l)))).collect();
    Phrase { base: write(None), translations }
}

fn text(phrase: &Phrase, language: Option<Language>) -> &str {
    language.map_or(&phrase.base, |language| phrase.in_language(language))
}

/// Puts texts in the place of placeholders, without looking for any in what was put in.
fn fill(template: &str, fillings: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let filling =
            fillings.iter().find(|(placeholder, _)| rest.starts_with(placeholder));
        let (taken, text) = filling.map_or((1, "{"), |&(name, text)| (name.len(), text));
        filled.push_str(text);
        rest = &rest[taken..];
    }
    filled + rest
}

/// Whether two statements, or two entities, must not stand in one item: they mean nearly
/// the same, contain each other or mirror each other.
pub fn clash(bank: &Bank, a: &Id, b: &Id) -> bool {
    if a == b {
        return true;
    }
    if let Some(one) = bank.statements.get(a)
        && let Some(two) = bank.statements.get(b)
        && statements_clash(bank, (a, one), (b, two))
    {
        return true;
    }
    let entity = |id| bank.entities.get(id);
    entity(a).is_some_and(|one| {
        one.cluster.is_some() && entity(b).is_some_and(|two| one.cluster == two.cluster)
    })
}

/// Whether two statements must not stand in one item.
pub fn statements_clash(
    bank: &Bank,
    (a, one): (&Id, &Statement),
    (b, two): (&Id, &Statement),
) -> bool {
    let mirrors = |one: &Statement, id: &Id, two: &Statement| {
        let cluster = two.cluster.as_ref();
        one.mirrors.contains(id) || cluster.is_some_and(|c| one.mirrors.contains(c))
    };
    a == b
        || shared(&one.cluster, &two.cluster)
        || mirrors(one, b, two)
        || mirrors(two, a, one)
        || namesakes(bank, a).any(|other| other == b)
}

fn shared(one: &Option<Id>, two: &Option<Id>) -> bool {
    one.is_some() && one == two
}

/// All spellings of a value that count as right, the printed one first.
pub fn accepted(bank: &Bank, value: &Value) -> Vec<String> {
    let term = bank.index.terms.get(&normal(&value.text.base));
    let term = term.and_then(|key| bank.terms.get(key));
    let from_term = term.into_iter().flat_map(|term| {
        let texts = [&term.text.base].into_iter().chain(term.text.translations.values());
        texts.chain(&term.aliases)
    });
    let own = [&value.text.base].into_iter().chain(value.text.translations.values());
    let mut spellings: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for spelling in own.chain(&value.aliases).chain(from_term) {
        if seen.insert(normal(spelling)) {
            spellings.push(spelling.clone());
        }
    }
    spellings
}

/// The entities that have a value, in the order of their ids.
pub fn holders<'a>(bank: &'a Bank, attribute: &Id, value: &str) -> Vec<&'a Id> {
    let holding = bank.index.holdings.get(attribute);
    let holding = holding.and_then(|known| known.get(&*bank.canonical(value)));
    holding.map_or_else(Vec::new, |holding| holding.holders.iter().collect())
}

/// Whose value it is, for the rationale of a wrong option: what the attribute says of the
/// first who has it.
pub fn whose(bank: &Bank, attribute: &Id, value: &str) -> Option<Phrase> {
    let holder = bank.entities.get(*holders(bank, attribute, value).first()?)?;
    let canonical = bank.canonical(value);
    let mut held = holder.attributes.get(attribute)?.iter();
    let held = held.find(|held| bank.is_named(held, &canonical))?;
    Some(said(bank.attributes.get(attribute)?, holder, &[held]))
}

/// Whether two values are the same, in any spelling and any language.
pub fn same_value(bank: &Bank, a: &Value, b: &Value) -> bool {
    let spellings = |value| bank.names(value).chain(bank.translations(value));
    let known: Vec<_> = spellings(a).collect();
    spellings(b).any(|spelling| known.contains(&spelling))
}

#[cfg(test)]
mod tests;
