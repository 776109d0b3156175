//! Checking a file against the bank that it is part of.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;

use crate::bank::load::BankText;
use crate::bank::load::raw::Name;
use crate::bank::{Bank, Id};
use crate::diagnostic::Diagnostic;
use crate::input::nearest;

/// The check of one file against the bank that it is part of.
pub struct Check<'a> {
    pub file: &'a BankText<'a>,
    pub bank: &'a Bank,
    /// Ids that were taken out with a broken entry, and so are not unknown.
    lost: &'a BTreeSet<String>,
    /// How many statements are in each cluster of statements.
    pub statement_clusters: BTreeMap<&'a str, usize>,
    /// How many entities are in each cluster of entities.
    pub entity_clusters: BTreeMap<&'a str, usize>,
    /// Whether the entry at hand lacks something that could not be read.
    pub damaged: bool,
    pub problems: Vec<Diagnostic>,
}

/// What has been declared, by id.
pub trait Declared {
    /// Whether it is among it.
    fn has(&self, id: &str) -> bool;

    /// All ids.
    fn ids(&self) -> impl Iterator<Item = &str>;
}

impl<T> Declared for BTreeMap<Id, T> {
    fn has(&self, id: &str) -> bool {
        self.contains_key(id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys().map(String::as_str)
    }
}

impl<T> Declared for IndexMap<Id, T> {
    fn has(&self, id: &str) -> bool {
        self.contains_key(id)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys().map(String::as_str)
    }
}

impl<'a> Check<'a> {
    pub fn new(
        file: &'a BankText,
        bank: &'a Bank,
        lost: &'a BTreeSet<String>,
    ) -> Check<'a> {
        let statements = bank.statements.values().map(|statement| &statement.cluster);
        let entities = bank.entities.values().map(|entity| &entity.cluster);
        let statement_clusters = count(statements);
        let entity_clusters = count(entities);
        let problems = Vec::new();
        Check {
            file,
            bank,
            lost,
            statement_clusters,
            entity_clusters,
            damaged: false,
            problems,
        }
    }

    /// Checks the entries of a kind. Of those that lack something that could not be read,
    /// only wrong names are reported: whatever else seems wrong may follow from that.
    pub fn each<T>(
        &mut self,
        entries: &'a [Spanned<T>],
        rule: fn(&mut Check<'a>, &'a T),
    ) {
        for entry in entries {
            self.damaged = self.file.damaged.contains(&entry.span().start);
            rule(self, entry.get_ref());
        }
        self.damaged = false;
    }

    /// Records a problem and its remedy.
    pub fn problem(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if !self.damaged {
            self.report(span, message, hint);
        }
    }

    fn report(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let problem = Diagnostic::error(message).at(self.file.places.at(span));
        self.problems.push(problem.hint(hint));
    }

    /// Records names of a kind that nothing declares.
    pub fn known<'n>(
        &mut self,
        what: &str,
        names: impl IntoIterator<Item = &'n Name>,
        declared: &impl Declared,
    ) {
        for name in names {
            if !declared.has(name.get_ref()) {
                self.unknown(what, name, declared.ids());
            }
        }
    }

    /// Records a name that is none of the known ones.
    pub fn unknown<'n>(
        &mut self,
        what: &str,
        name: &Name,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let id = name.get_ref();
        if self.lost.contains(id) {
            return;
        }
        let message = format!("unknown {what} `{id}`");
        let table = what.split(' ').next_back().unwrap_or(what);
        let hint = match nearest(id, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if table == "fact" => {
                "name a statement, a case, an entity or `entity.attribute`".to_string()
            }
            None => format!("declare it in a `[[{table}]]`, or correct the name"),
        };
        self.report(name.span(), message, hint);
    }

    /// Records a name that is none of a few fixed ones.
    pub fn one_of(&mut self, what: &str, name: &Name, allowed: &[&str]) {
        if !allowed.contains(&name.get_ref().as_str()) {
            let names: Vec<_> = allowed.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("unknown {what} `{}`", name.get_ref());
            self.report(
                name.span(),
                message,
                format!("it is one of {}", names.join(", ")),
            );
        }
    }
}

/// How often each cluster is named.
fn count<'a>(clusters: impl Iterator<Item = &'a Option<Id>>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for cluster in clusters.flatten() {
        *counts.entry(cluster.as_str()).or_default() += 1;
    }
    counts
}
