//! Building items: a candidate becomes a question with its answer, every wrong option
//! proven wrong by the oracle.

use std::collections::{BTreeMap, BTreeSet};

use crate::bank::{
    Ask, Bank, Claim, Id, Pattern, Phrase, Rule, Verdict, accepted, clash, holders, judge,
};
use crate::exam::blueprint::SectionPlan;
use crate::exam::candidates::{self, Candidate, Target};
use crate::exam::essay;
use crate::exam::item::{Choice, Item, Match, Task};
use crate::exam::seed::Stream;
use crate::item_type::ItemType;
use crate::language::Language;

/// Where an item is built: the bank, the section, and what the paper already asks.
pub struct Site<'a> {
    /// What is known.
    pub bank: &'a Bank,
    /// What the section wants.
    pub plan: &'a SectionPlan,
    /// The facts that the paper already asks.
    pub used: &'a BTreeSet<Id>,
    /// Whether a true-false statement is to be true.
    pub truth: bool,
}

/// An option that could be offered, and why it is wrong.
struct Wrong {
    /// What it stands for: a statement, or the holder of a value.
    fact: Id,
    text: Phrase,
    reason: Phrase,
    /// How far it is from the key; the nearest are offered first.
    distance: usize,
}

/// Builds an item from a candidate, or `None` if the bank proves too little for it.
pub fn build(site: &Site, candidate: &Candidate, stream: &mut Stream) -> Option<Item> {
    if candidate.target == Target::Authored {
        return essay::authored(site, candidate, stream);
    }
    let pattern = site.bank.patterns.get(&candidate.origin)?;
    let builder = Builder { site, candidate, pattern, bank: site.bank };
    match pattern.item_type {
        ItemType::MultipleChoice => builder.choice(stream),
        ItemType::TrueFalse => builder.judgement(stream),
        ItemType::Matching => builder.matching(stream),
        ItemType::ShortAnswer => builder.blank(stream),
        ItemType::Essay => essay::listing(&builder, stream),
    }
}

/// A pattern at work on a candidate.
pub(super) struct Builder<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) candidate: &'a Candidate,
    pub(super) pattern: &'a Pattern,
    pub(super) bank: &'a Bank,
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
        let wrong =
            self.choose_wrong(&asked, self.wrong(), self.site.plan.options - 1, stream)?;
        let shown = wrong.iter().map(|wrong| wrong.fact.clone()).collect();
        let mut options = vec![Choice {
            text: asked.key.clone(),
            correct: true,
            reason: asked.reason.clone(),
        }];
        options.extend(wrong.into_iter().map(|wrong| Choice {
            text: wrong.text,
            correct: false,
            reason: Some(wrong.reason),
        }));
        let ordered = match &self.pattern.ask {
            Ask::Value { attribute, .. } => self.bank.attributes.get(attribute)?.ordered,
            _ => false,
        };
        if ordered {
            options.sort_by_key(|option| number(&option.text));
        }
        let task = Task::Choice { options, ordered };
        let facts = [asked.fact].into();
        Some(self.item(asked.fills, task, facts, shown, asked.sources, stream))
    }

    fn judgement(&self, stream: &mut Stream) -> Option<Item> {
        let (fills, fact, sources, verdict) = match &self.candidate.target {
            Target::Statement(id) => self.label_claim(id, stream)?,
            _ => self.value_claim(stream)?,
        };
        let (truth, reason) = match verdict {
            Verdict::True(reason) => (true, reason),
            Verdict::False(reason) => (false, reason),
            Verdict::Unknown(_) => return None,
        };
        if truth != self.site.truth {
            return None;
        }
        let task = Task::Judgement { truth, reason: Some(reason) };
        Some(self.item(fills, task, [fact].into(), BTreeSet::new(), sources, stream))
    }

    /// A claim that a statement carries a label: its own, or one that it provably lacks.
    #[allow(clippy::type_complexity)]
    fn label_claim(
        &self,
        id: &Id,
        stream: &mut Stream,
    ) -> Option<(Vec<(&'static str, Phrase)>, Id, Vec<Id>, Verdict)> {
        let Ask::Label { label, pool, phrasing, .. } = &self.pattern.ask else {
            return None;
        };
        let statement = self.bank.statements.get(id)?;
        let mut labels: Vec<&Id> = [label].into_iter().chain(pool).collect();
        stream.shuffle(&mut labels);
        let claimed = labels.into_iter().find_map(|label| {
            let verdict = self.judge_label(id, label);
            let fits = match verdict {
                Verdict::True(_) => self.site.truth,
                Verdict::False(_) => !self.site.truth,
                Verdict::Unknown(_) => false,
            };
            fits.then_some((label, verdict))
        });
        let (label, verdict) = claimed?;
        let fills = vec![
            ("statement", statement.phrasings.get(phrasing)?.clone()),
            ("label", self.bank.labels.get(label)?.name.clone()),
        ];
        Some((fills, id.clone(), statement.sources.clone(), verdict))
    }

    /// A claim that an entity has a value: its own, or one that it provably lacks.
    #[allow(clippy::type_complexity)]
    fn value_claim(
        &self,
        stream: &mut Stream,
    ) -> Option<(Vec<(&'static str, Phrase)>, Id, Vec<Id>, Verdict)> {
        let (Ask::Value { attribute, kinds } | Ask::Subject { attribute, kinds }) =
            &self.pattern.ask
        else {
            return None;
        };
        let Target::Value { entity, index } = &self.candidate.target else { return None };
        let subject = self.bank.entities.get(entity)?;
        let own = &subject.attributes.get(attribute)?.get(*index)?.text;
        let claimed = match self.site.truth {
            true => own.clone(),
            false => {
                let key = Asked {
                    fills: Vec::new(),
                    key: own.clone(),
                    reason: None,
                    fact: entity.clone(),
                    sources: Vec::new(),
                };
                let wrong = self.wrong_values(entity, attribute, kinds);
                self.choose_wrong(&key, wrong, 1, stream)?.pop()?.text
            }
        };
        let verdict = self.judge_value(entity, attribute, &claimed);
        let fills = vec![("subject", subject.name.clone()), ("value", claimed)];
        Some((fills, value_fact(entity, attribute), subject.sources.clone(), verdict))
    }

    fn matching(&self, stream: &mut Stream) -> Option<Item> {
        let Ask::Value { attribute, kinds } = &self.pattern.ask else { return None };
        let mut all = candidates::values(self.bank, attribute, kinds);
        all.retain(|(entity, _)| {
            !self.site.used.contains(&value_fact(entity, attribute))
        });
        stream.shuffle(&mut all);
        let mut pairs: Vec<(Id, Match)> = Vec::new();
        let mut extra: Vec<Phrase> = Vec::new();
        let mut sources = BTreeSet::new();
        for (entity, index) in all {
            let subject = self.bank.entities.get(&entity)?;
            let value = &subject.attributes.get(attribute)?.get(index)?.text;
            let parted = |other: &Id, option: &Phrase| {
                self.is_false(other, attribute, value)
                    && self.is_false(&entity, attribute, option)
            };
            let apart = pairs.iter().all(|(other, pair)| parted(other, &pair.option));
            let lonely = extra.iter().all(|option| {
                !self.same(option, value) && self.is_false(&entity, attribute, option)
            });
            if !apart || !lonely {
                continue;
            }
            if pairs.len() < self.site.plan.pairs {
                let Verdict::True(reason) = self.judge_value(&entity, attribute, value)
                else {
                    continue;
                };
                sources.extend(subject.sources.iter().cloned());
                let premise = subject.name.clone();
                let option = value.clone();
                pairs.push((entity, Match { premise, option, reason: Some(reason) }));
            } else {
                extra.push(value.clone());
                if extra.len() == self.site.plan.extra {
                    break;
                }
            }
        }
        if pairs.len() < self.site.plan.pairs || extra.len() < self.site.plan.extra {
            return None;
        }
        let facts =
            pairs.iter().map(|(entity, _)| value_fact(entity, attribute)).collect();
        let pairs = pairs.into_iter().map(|(_, pair)| pair).collect();
        let task = Task::Matching { pairs, extra };
        let sources = sources.into_iter().collect();
        Some(self.item(Vec::new(), task, facts, BTreeSet::new(), sources, stream))
    }

    fn blank(&self, stream: &mut Stream) -> Option<Item> {
        let asked = self.asked()?;
        let Target::Value { entity, index } = &self.candidate.target else { return None };
        let subject = self.bank.entities.get(entity)?;
        let accepted = match &self.pattern.ask {
            Ask::Value { attribute, .. } => {
                let value = subject.attributes.get(attribute)?.get(*index)?;
                alternatives(&asked.key, accepted(self.bank, value))
            }
            Ask::Subject { attribute, .. } => {
                // A value that others may share has more answers than the bank knows.
                let rule = self.bank.attributes.get(attribute)?.rule;
                if rule != Rule::Distinctive
                    || holders(self.bank, attribute, &asked.fills[0].1.base).len() > 1
                {
                    return None;
                }
                alternatives(&asked.key, subject.aliases.iter().cloned().collect())
            }
            _ => return None,
        };
        let task = Task::Blank { accepted, reason: asked.reason };
        let facts = [asked.fact].into();
        Some(self.item(asked.fills, task, facts, BTreeSet::new(), asked.sources, stream))
    }

    /// What the pattern asks of its target.
    fn asked(&self) -> Option<Asked> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Value { attribute, .. }, Target::Value { entity, index }) => {
                self.asked_value(entity, attribute, *index, true)
            }
            (Ask::Subject { attribute, .. }, Target::Value { entity, index }) => {
                self.asked_value(entity, attribute, *index, false)
            }
            (Ask::Label { label, phrasing, .. }, Target::Statement(id)) => {
                let statement = self.bank.statements.get(id)?;
                let Verdict::True(reason) = self.judge_label(id, label) else {
                    return None;
                };
                Some(Asked {
                    fills: vec![("label", self.bank.labels.get(label)?.name.clone())],
                    key: statement.phrasings.get(phrasing)?.clone(),
                    reason: Some(reason),
                    fact: id.clone(),
                    sources: statement.sources.clone(),
                })
            }
            (Ask::Case { phrasing, .. }, Target::Case(id)) => {
                let case = self.bank.cases.get(id)?;
                let claim =
                    Claim::Case { case: id.clone(), statement: case.shows.clone() };
                let Verdict::True(_) = judge(self.bank, &claim) else { return None };
                let shown = self.bank.statements.get(&case.shows)?;
                Some(Asked {
                    fills: vec![("case", case.text.clone())],
                    key: shown.phrasings.get(phrasing)?.clone(),
                    // The oracle could only repeat the statement.
                    reason: None,
                    fact: id.clone(),
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

    /// Everything that could be offered as a wrong option, with the proof.
    fn wrong(&self) -> Vec<Wrong> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Value { attribute, kinds }, Target::Value { entity, .. }) => {
                self.wrong_values(entity, attribute, kinds)
            }
            (Ask::Subject { attribute, kinds }, Target::Value { entity, index }) => {
                self.wrong_subjects(entity, attribute, *index, kinds)
            }
            (Ask::Label { label, pool, phrasing, .. }, Target::Statement(id)) => self
                .wrong_statements(id, pool, phrasing, |other| {
                    self.judge_label(other, label)
                }),
            (Ask::Case { label, phrasing }, Target::Case(id)) => {
                let Some(case) = self.bank.cases.get(id) else { return Vec::new() };
                let pool = [label.clone()].into();
                self.wrong_statements(&case.shows, &pool, phrasing, |other| {
                    let claim =
                        Claim::Case { case: id.clone(), statement: other.clone() };
                    judge(self.bank, &claim)
                })
            }
            _ => Vec::new(),
        }
    }

    /// Values of other entities that are false of this one; the reason names their holder.
    fn wrong_values(
        &self,
        entity: &Id,
        attribute: &Id,
        kinds: &BTreeSet<Id>,
    ) -> Vec<Wrong> {
        let mut found: Vec<Wrong> = Vec::new();
        for (other, index) in candidates::values(self.bank, attribute, kinds) {
            let Some(holder) = self.bank.entities.get(&other) else { continue };
            let value = &holder.attributes[attribute][index].text;
            if found.iter().any(|wrong| self.same(&wrong.text, value))
                || !self.is_false(entity, attribute, value)
            {
                continue;
            }
            let Verdict::True(reason) = self.judge_value(&other, attribute, value) else {
                continue;
            };
            let distance = self.distance_of_entities(entity, &other);
            found.push(Wrong { fact: other, text: value.clone(), reason, distance });
        }
        found
    }

    /// Other entities of which the value is false; the reason says what they have instead.
    fn wrong_subjects(
        &self,
        entity: &Id,
        attribute: &Id,
        index: usize,
        kinds: &BTreeSet<Id>,
    ) -> Vec<Wrong> {
        let Some(subject) = self.bank.entities.get(entity) else { return Vec::new() };
        let value = &subject.attributes[attribute][index].text;
        let others = self.bank.entities.iter().filter(|(_, e)| kinds.contains(&e.kind));
        others
            .filter(|(_, other)| candidates::is_current(&other.standing))
            .filter_map(|(id, other)| match self.judge_value(id, attribute, value) {
                Verdict::False(reason) => Some(Wrong {
                    fact: id.clone(),
                    text: other.name.clone(),
                    reason,
                    distance: self.distance_of_entities(entity, id),
                }),
                _ => None,
            })
            .collect()
    }

    /// Statements of the pool that the oracle calls false.
    fn wrong_statements(
        &self,
        key: &Id,
        pool: &BTreeSet<Id>,
        phrasing: &Id,
        verdict: impl Fn(&Id) -> Verdict,
    ) -> Vec<Wrong> {
        let in_pool = |labels: &[Id]| labels.iter().any(|label| pool.contains(label));
        (self.bank.statements.iter())
            .filter(|(id, statement)| {
                in_pool(&statement.labels)
                    && candidates::is_current(&statement.standing)
                    && !clash(self.bank, key, id)
            })
            .filter_map(|(id, statement)| {
                let text = statement.phrasings.get(phrasing)?.clone();
                let Verdict::False(reason) = verdict(id) else { return None };
                let near = |a: &Option<Id>, b: &Option<Id>| usize::from(a != b);
                let own = self.bank.statements.get(key)?;
                let distance = near(&own.field, &statement.field)
                    + near(&own.scope, &statement.scope);
                Some(Wrong { fact: id.clone(), text, reason, distance })
            })
            .collect()
    }

    fn distance_of_entities(&self, one: &Id, other: &Id) -> usize {
        let (Some(a), Some(b)) =
            (self.bank.entities.get(one), self.bank.entities.get(other))
        else {
            return 0;
        };
        usize::from(a.kind != b.kind) * 2
            + usize::from(a.field != b.field)
            + usize::from(a.scope != b.scope)
    }

    /// Draws wrong options: near the key in subject, length and first letter, no two that
    /// say the same or clash, and as many as are wanted; `None` if there are too few.
    fn choose_wrong(
        &self,
        asked: &Asked,
        mut pool: Vec<Wrong>,
        count: usize,
        stream: &mut Stream,
    ) -> Option<Vec<Wrong>> {
        stream.shuffle(&mut pool);
        pool.sort_by_key(|wrong| wrong.distance + unlikeness(&asked.key, &wrong.text));
        // The nearest few again in random order, so that one key has many sets of options.
        let near = pool.len().min(count + 3);
        let order = stream.order(near);
        let mut nearest: BTreeMap<usize, Wrong> =
            order.into_iter().zip(pool.drain(..near)).collect();
        let mut chosen: Vec<Wrong> = Vec::new();
        let candidates =
            std::iter::from_fn(|| nearest.pop_first().map(|(_, wrong)| wrong));
        for wrong in candidates.chain(pool) {
            let fits = !self.same(&asked.key, &wrong.text)
                && (chosen.iter()).all(|other| {
                    !clash(self.bank, &other.fact, &wrong.fact)
                        && !self.same(&other.text, &wrong.text)
                });
            if fits && chosen.len() < count {
                chosen.push(wrong);
            }
        }
        (chosen.len() == count).then_some(chosen)
    }

    /// Whether two values are the same, however they are spelt.
    fn same(&self, a: &Phrase, b: &Phrase) -> bool {
        self.bank.canonical(&a.base) == self.bank.canonical(&b.base)
    }

    fn is_false(&self, entity: &Id, attribute: &Id, value: &Phrase) -> bool {
        matches!(self.judge_value(entity, attribute, value), Verdict::False(_))
    }

    fn judge_value(&self, entity: &Id, attribute: &Id, value: &Phrase) -> Verdict {
        let claim = Claim::Value {
            entity: entity.clone(),
            attribute: attribute.clone(),
            value: value.base.clone(),
        };
        judge(self.bank, &claim)
    }

    fn judge_label(&self, statement: &Id, label: &Id) -> Verdict {
        let claim = Claim::Label { statement: statement.clone(), label: label.clone() };
        judge(self.bank, &claim)
    }

    /// The finished item, with one of the pattern's stems.
    pub(super) fn item(
        &self,
        fills: Vec<(&'static str, Phrase)>,
        task: Task,
        facts: BTreeSet<Id>,
        shown: BTreeSet<Id>,
        sources: Vec<Id>,
        stream: &mut Stream,
    ) -> Item {
        let stems = &self.pattern.stems;
        let stem = stems.get(stream.below(stems.len())).cloned().unwrap_or_default();
        Item {
            id: self.candidate.id.clone(),
            item_type: self.pattern.item_type,
            topic: self.pattern.topic.clone(),
            level: (self.pattern.level.clone(), self.pattern.cognitive.clone()),
            stem: fill(&stem, &fills),
            task,
            sources,
            facts,
            shown,
            enemies: BTreeSet::new(),
        }
    }
}

/// The first number in a value, to put options in ascending order.
fn number(value: &Phrase) -> u64 {
    let digits = value.base.chars().skip_while(|char| !char.is_ascii_digit());
    let digits: String = digits.take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

/// The fact that an entity has a value for an attribute.
fn value_fact(entity: &Id, attribute: &Id) -> Id {
    format!("{entity}.{attribute}")
}

/// The key first, then every other spelling once.
fn alternatives(key: &Phrase, spellings: Vec<String>) -> Vec<Phrase> {
    let mut all = vec![key.clone()];
    let known: BTreeSet<&String> = key.translations.values().chain([&key.base]).collect();
    let others = spellings.into_iter().filter(|spelling| !known.contains(spelling));
    all.extend(others.map(|base| Phrase { base, ..Phrase::default() }));
    all
}

/// Puts phrases in the places of `{name}`, in every language that the template has.
pub(super) fn fill(template: &Phrase, fills: &[(&'static str, Phrase)]) -> Phrase {
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

/// How unlike two options look: a reader picks the one that is much longer or shorter,
/// and expects an acronym's first letter.
fn unlikeness(key: &Phrase, other: &Phrase) -> usize {
    let (a, b) = (crate::text::plain(&key.base), crate::text::plain(&other.base));
    let (long, short) = (
        a.chars().count().max(b.chars().count()),
        a.chars().count().min(b.chars().count()),
    );
    let length = match long * 10 {
        tenths if tenths <= short * 14 => 0,
        tenths if tenths <= short * 20 => 1,
        _ => 3,
    };
    length + usize::from(a.chars().next() != b.chars().next())
}
