//! Wrong options: what could be offered, each proven wrong, and what is chosen.

use std::collections::BTreeSet;

use crate::bank::{
    Ask, Bank, Claim, Held, Id, Phrase, Rule, Subject, Verdict, carries, clash, judge,
    judge_on, statements_clash,
};
use crate::exam::build::{Asked, Builder, value_claim};
use crate::exam::candidates::{self, Target, carriers, is_current};
use crate::exam::seed::Stream;
use crate::text::plain;

/// How many options are weighed for one item where the bank has more. Among so many some
/// are near the key, and drawing from a large bank takes no longer than from a small one.
pub const MOST: usize = 48;

/// An option that could be offered, and why it is wrong.
pub struct Wrong<'a> {
    /// What it stands for: a statement, or the holder of a value.
    pub fact: &'a Id,
    /// The option.
    pub text: &'a Phrase,
    /// The claim whose verdict says why it is wrong.
    pub proof: Claim,
    /// What it nearly means, if it is a value: no two of one cluster are offered if there are
    /// others.
    pub cluster: Option<&'a Id>,
    /// How far it is from the key; the nearest are offered first.
    pub distance: usize,
}

impl Wrong<'_> {
    /// Whether the two nearly mean the same.
    fn is_like(&self, other: &Wrong) -> bool {
        self.cluster.is_some() && self.cluster == other.cluster
    }

    /// Why it is wrong on the day that is spoken of. Few of those that are weighed are
    /// printed, so it is said no earlier.
    pub fn reason(&self, bank: &Bank, day: Option<&str>) -> Option<Phrase> {
        match judge_on(bank, &self.proof, day) {
            Verdict::True(reason) | Verdict::False(reason) => Some(reason),
            Verdict::Unknown(_) => None,
        }
    }
}

/// The first so many of what is kept, in order; where there is more to look at than is
/// weighed, in random order.
pub fn weighed<T, K>(
    mut all: Vec<T>,
    stream: &mut Stream,
    mut keep: impl FnMut(T) -> Option<K>,
) -> Vec<K> {
    if all.len() <= MOST {
        return all.into_iter().filter_map(keep).collect();
    }
    let mut kept = Vec::new();
    while kept.len() < MOST && !all.is_empty() {
        kept.extend(keep(all.swap_remove(stream.below(all.len()))));
    }
    kept
}

impl<'a> Builder<'a> {
    /// What could be offered as a wrong option, with the proof.
    pub fn wrong(&self, stream: &mut Stream) -> Vec<Wrong<'a>> {
        match (&self.pattern.ask, &self.candidate.target) {
            (Ask::Value { attribute, kinds }, Target::Value(Held { entity, .. })) => {
                self.wrong_values(entity, attribute, kinds, stream)
            }
            (
                Ask::Subject { attribute, kinds },
                Target::Value(Held { entity, index, .. }),
            ) => self.wrong_subjects(entity, attribute, *index, kinds, stream),
            (Ask::Label { label, pool, phrasing, .. }, Target::Statement(id)) => {
                let proof = |other: &Id| {
                    let claim =
                        Claim::Label { statement: other.clone(), label: label.clone() };
                    (carries(self.bank, other, label) == Some(false)).then_some(claim)
                };
                self.wrong_statements(id, pool, phrasing, proof, stream)
            }
            (Ask::Case { label, phrasing }, Target::Case(id)) => {
                let Some(case) = self.bank.cases.get(*id) else { return Vec::new() };
                let proof = |other: &Id| {
                    let claim =
                        Claim::Case { case: id.to_string(), statement: other.clone() };
                    let verdict = judge(self.bank, &claim);
                    matches!(verdict, Verdict::False(_)).then_some(claim)
                };
                let pool = [label.clone()].into();
                self.wrong_statements(&case.shows, &pool, phrasing, proof, stream)
            }
            _ => Vec::new(),
        }
    }

    /// Values of other entities that are false of this one; the reason names their holder,
    /// or what this one has where others may have the same.
    pub fn wrong_values(
        &self,
        entity: &Id,
        attribute: &Id,
        kinds: &BTreeSet<Id>,
        stream: &mut Stream,
    ) -> Vec<Wrong<'a>> {
        let Ok(subject) = Subject::new(self.bank, entity, attribute, self.day) else {
            return Vec::new();
        };
        // That others have a value proves nothing where several may have it.
        let listed = self.bank.attributes.get(attribute).map(|asked| asked.rule)
            == Some(Rule::Listed);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let all = candidates::values(self.bank, attribute, kinds, self.day);
        weighed(all, stream, |held| {
            let canonical = held.canonical.as_str();
            if seen.contains(canonical) || subject.has(canonical) != Some(false) {
                return None;
            }
            seen.insert(canonical);
            let holder = self.bank.entities.get(&held.entity)?;
            let value = holder.attributes.get(attribute)?.get(held.index)?;
            let (text, cluster) = (&value.text, value.cluster.as_ref());
            let said_of = if listed { entity } else { &held.entity };
            let proof = value_claim(said_of, attribute, text);
            let distance = self.distance_of_entities(entity, &held.entity);
            Some(Wrong { fact: &held.entity, text, proof, cluster, distance })
        })
    }

    /// Other entities of which the value is false; the reason says what they have instead.
    pub fn wrong_subjects(
        &self,
        entity: &Id,
        attribute: &Id,
        index: usize,
        kinds: &BTreeSet<Id>,
        stream: &mut Stream,
    ) -> Vec<Wrong<'a>> {
        let Some(subject) = self.bank.entities.get(entity) else { return Vec::new() };
        let value = &subject.attributes[attribute][index].text;
        let all = self.bank.entities.iter();
        let all = all.filter(|(_, e)| kinds.contains(&e.kind) && is_current(&e.standing));
        weighed(all.collect(), stream, |(id, other)| {
            if !self.is_false(id, attribute, value) || clash(self.bank, entity, id) {
                return None;
            }
            let proof = value_claim(id, attribute, value);
            let distance = self.distance_of_entities(entity, id);
            Some(Wrong { fact: id, text: &other.name, proof, cluster: None, distance })
        })
    }

    /// Statements of the pool that are proven wrong.
    pub fn wrong_statements(
        &self,
        key: &Id,
        pool: &BTreeSet<Id>,
        phrasing: &Id,
        proof: impl Fn(&Id) -> Option<Claim>,
        stream: &mut Stream,
    ) -> Vec<Wrong<'a>> {
        let Some(own) = self.bank.statements.get(key) else { return Vec::new() };
        weighed(carriers(self.bank, pool, phrasing), stream, |id| {
            let statement = self.bank.statements.get(id)?;
            let text = statement.phrasings.get(phrasing)?;
            if statements_clash(self.bank, (key, own), (id, statement)) {
                return None;
            }
            let proof = proof(id)?;
            let near = |a: &Option<Id>, b: &Option<Id>| usize::from(a != b);
            let distance =
                near(&own.field, &statement.field) + near(&own.scope, &statement.scope);
            Some(Wrong { fact: id, text, proof, cluster: None, distance })
        })
    }

    pub fn distance_of_entities(&self, one: &Id, other: &Id) -> usize {
        let (Some(a), Some(b)) =
            (self.bank.entities.get(one), self.bank.entities.get(other))
        else {
            return 0;
        };
        usize::from(a.kind != b.kind) * 2
            + usize::from(a.field != b.field) * 2
            + usize::from(a.scope != b.scope)
    }

    /// How well the paper has made a fact known: an item that asks it may tell whether the
    /// option is right.
    fn staleness(&self, fact: &Id) -> usize {
        match (self.site.used.contains(fact), self.site.shown.contains(fact)) {
            (true, _) => 3,
            (false, true) => 1,
            (false, false) => 0,
        }
    }

    /// Draws wrong options: near the key in subject above all, in length and in first
    /// letter, new to the paper, no two that say the same or clash, and as many as are
    /// wanted; `None` if there are too few.
    pub fn choose_wrong(
        &self,
        asked: &Asked,
        mut pool: Vec<Wrong<'a>>,
        count: usize,
        stream: &mut Stream,
    ) -> Option<Vec<Wrong<'a>>> {
        stream.shuffle(&mut pool);
        let key = Looks::of(&asked.key);
        let far = |wrong: &Wrong| {
            let unlikeness = key.unlikeness(&Looks::of(wrong.text));
            wrong.distance * 3 + unlikeness + self.staleness(wrong.fact)
        };
        let mut pool: Vec<(usize, Wrong<'a>)> =
            pool.into_iter().map(|wrong| (far(&wrong), wrong)).collect();
        pool.sort_by_key(|(far, _)| *far);
        // Those as near as one more than are wanted, again in random order, so that one key
        // has many sets of options; but none from another subject unless there are too few.
        let limit = pool.get(count).map_or(usize::MAX, |(far, _)| *far);
        let subject = pool.iter().take(count).map(|(_, wrong)| wrong.distance).max();
        let is_near = |(far, wrong): &mut (usize, Wrong<'a>)| {
            *far <= limit && Some(wrong.distance) <= subject
        };
        let mut near: Vec<(usize, Wrong<'a>)> = pool.extract_if(.., is_near).collect();
        stream.shuffle(&mut near);
        let left = near.into_iter().chain(pool).map(|(_, wrong)| wrong);
        let mut left: Vec<Wrong<'a>> = left.collect();
        let mut chosen: Vec<Wrong<'a>> = Vec::new();
        // What the key and the chosen ones say, however they are spelt.
        let mut said = vec![self.bank.canonical(&asked.key.base)];
        for apart in [true, false] {
            let mut rest = Vec::new();
            for wrong in left {
                let clashes = |other: &Wrong| {
                    clash(self.bank, other.fact, wrong.fact)
                        || apart && other.is_like(&wrong)
                };
                let fits = chosen.len() < count && !chosen.iter().any(clashes);
                let says = fits.then(|| self.bank.canonical(&wrong.text.base));
                match says.filter(|says| !said.contains(says)) {
                    Some(says) => {
                        said.push(says);
                        chosen.push(wrong);
                    }
                    None => rest.push(wrong),
                }
            }
            left = rest;
        }
        (chosen.len() == count).then_some(chosen)
    }
}

/// What a reader sees of an option before reading it.
struct Looks {
    length: usize,
    first: Option<char>,
    /// The number, if it is nothing else.
    number: Option<u64>,
}

impl Looks {
    fn of(option: &Phrase) -> Looks {
        let text = plain(&option.base);
        let (length, first) = (text.chars().count(), text.chars().next());
        Looks { length, first, number: text.parse().ok() }
    }

    /// How unlike two options look: a reader picks the one that is much longer or shorter,
    /// or a year that stands apart by decades, and expects an acronym's first letter.
    fn unlikeness(&self, other: &Looks) -> usize {
        if let (Some(one), Some(other)) = (self.number, other.number) {
            return (one.abs_diff(other) / 10).min(9) as usize;
        }
        let (long, short) =
            (self.length.max(other.length), self.length.min(other.length));
        let length = match long * 10 {
            tenths if tenths <= short * 14 => 0,
            tenths if tenths <= short * 20 => 1,
            _ => 3,
        };
        length + usize::from(self.first != other.first)
    }
}
