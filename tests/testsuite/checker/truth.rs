//! What is true, false or neither, by the rules that the bank's documentation writes down.

use std::collections::BTreeSet;

use crate::checker::known::{Entity, Held, Known, fold};

/// What is known of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown,
}

impl Known {
    /// Whether an entity has a printed value: for good, or on the day that is spoken of.
    pub fn value(
        &self,
        entity: &str,
        attribute: &str,
        printed: &str,
        day: Option<&str>,
    ) -> Truth {
        let sure = |settled: bool, as_of: &Option<String>| {
            settled || as_of.is_some() && as_of.as_deref() == day
        };
        let Some(subject) = self.entities.get(entity) else { return Truth::Unknown };
        if !sure(subject.settled, &subject.as_of) {
            return Truth::Unknown;
        }
        let claimed = self.meaning(attribute, printed);
        let own = held(subject, attribute);
        if let Some(same) = own.iter().find(|held| meet(&held.spellings, &claimed)) {
            let sure = sure(same.settled, &same.as_of);
            return if sure { Truth::True } else { Truth::Unknown };
        }
        let clusters = self.clusters(attribute, &claimed);
        if own
            .iter()
            .any(|held| meet(&clusters, &self.clusters(attribute, &held.spellings)))
        {
            return Truth::Unknown;
        }
        let current: Vec<&Held> = own.iter().filter(|held| !held.historical).collect();
        if current.is_empty()
            || current.iter().any(|held| !sure(held.settled, &held.as_of))
        {
            return Truth::Unknown;
        }
        let provable = match self.rules[attribute].as_str() {
            "one" | "listed" => true,
            "distinctive" => self.tells_apart(subject, attribute, &claimed),
            _ => false,
        };
        if provable { Truth::False } else { Truth::Unknown }
    }

    /// Whether somebody surely has the value, and nobody who is nearly the subject.
    fn tells_apart(
        &self,
        subject: &Entity,
        attribute: &str,
        claimed: &BTreeSet<String>,
    ) -> bool {
        let mut surely = false;
        for holder in self.entities.values() {
            for value in held(holder, attribute) {
                if meet(&value.spellings, claimed) {
                    if same(&holder.cluster, &subject.cluster) {
                        return false;
                    }
                    surely |= holder.settled && value.settled;
                }
            }
        }
        surely
    }

    /// A printed value in all spellings of everything that is written so.
    pub fn meaning(&self, attribute: &str, printed: &str) -> BTreeSet<String> {
        let mut all = self.with_terms([fold(printed)].into());
        let own = all.clone();
        for entity in self.entities.values() {
            for value in held(entity, attribute) {
                if meet(&value.spellings, &own) {
                    all.extend(value.spellings.iter().cloned());
                }
            }
        }
        all
    }

    /// The clusters that anybody puts the value in.
    fn clusters(
        &self,
        attribute: &str,
        spellings: &BTreeSet<String>,
    ) -> BTreeSet<String> {
        let values = self.entities.values().flat_map(|entity| held(entity, attribute));
        let alike = values.filter(|value| meet(&value.spellings, spellings));
        alike.filter_map(|value| value.cluster.clone()).collect()
    }

    /// Whether a statement carries a label.
    pub fn label(&self, statement: &str, label: &str) -> Truth {
        let Some(found) = self.statements.get(statement).filter(|s| s.settled) else {
            return Truth::Unknown;
        };
        if found.labels.iter().any(|carried| carried == label) {
            return Truth::True;
        }
        let mentions = |id: &str| {
            let other = &self.statements[id];
            other.labels.iter().chain(&other.also).any(|carried| carried == label)
        };
        // Itself, what means nearly the same, and what reads the same.
        let near = self.statements.iter().filter(|(id, other)| {
            *id == statement
                || same(&other.cluster, &found.cluster)
                || self.reads_alike(statement, id)
        });
        if near.into_iter().any(|(id, _)| mentions(id)) {
            return Truth::Unknown;
        }
        let excludes =
            |one: &str, two: &str| self.labels[one].disjoint.iter().any(|id| id == two);
        let ruled_out =
            found.labels.iter().any(|own| excludes(own, label) || excludes(label, own));
        if ruled_out { Truth::False } else { Truth::Unknown }
    }

    /// Whether a case shows a statement.
    pub fn case(&self, case: &str, statement: &str) -> Truth {
        let case = &self.cases[case];
        if !self.statements[statement].settled {
            Truth::Unknown
        } else if case.shows == statement {
            Truth::True
        } else if self.near(&case.shows, statement) || !case.refutes.contains(statement) {
            Truth::Unknown
        } else {
            Truth::False
        }
    }

    /// Whether two statements mean nearly the same.
    fn near(&self, one: &str, two: &str) -> bool {
        same(&self.statements[one].cluster, &self.statements[two].cluster)
            || self.reads_alike(one, two)
    }

    /// Whether two statements may not stand in one item: they mean nearly the same, or one
    /// mirrors the other.
    pub fn clash(&self, one: &str, two: &str) -> bool {
        let mirrors = |one: &str, two: &str| {
            let cluster = &self.statements[two].cluster;
            self.statements[one]
                .mirrors
                .iter()
                .any(|m| m == two || Some(m) == cluster.as_ref())
        };
        self.near(one, two) || mirrors(one, two) || mirrors(two, one)
    }

    fn reads_alike(&self, one: &str, two: &str) -> bool {
        let wordings = |id: &str| -> BTreeSet<String> {
            let words = self.statements[id].wordings.values();
            words.flat_map(|words| [fold(&words.base), fold(&words.en)]).collect()
        };
        one != two && meet(&wordings(one), &wordings(two))
    }
}

/// The values of an entity.
pub fn held<'a>(entity: &'a Entity, attribute: &str) -> &'a [Held] {
    entity.values.get(attribute).map_or(&[], Vec::as_slice)
}

pub fn meet(one: &BTreeSet<String>, two: &BTreeSet<String>) -> bool {
    !one.is_disjoint(two)
}

/// Whether two names are given and equal.
pub fn same(one: &Option<String>, two: &Option<String>) -> bool {
    one.is_some() && one == two
}
