//! PG28: a stem that narrows the subject, and facts that go beyond what remains.
//!
//! A goal of cooperation in general can be argued to be none of economic cooperation.

use crate::bank::{Ask, AuthoredItem, Bank, Id, Pattern};
use crate::diagnostic::Diagnostic;
use crate::lint::subject::Subject;
use crate::lint::tokens::quote;
use crate::lint::words::Words;

/// Checks the statements that a pattern asks.
pub fn asked(
    subject: &Subject,
    pattern: &Pattern,
    bank: &Bank,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    let (labels, phrasing) = match &pattern.ask {
        Ask::Label { label, phrasing, .. } | Ask::Case { label, phrasing } => {
            (vec![label], phrasing)
        }
        Ask::Categories { categories, phrasing, .. } => {
            (categories.iter().collect(), phrasing)
        }
        Ask::Value { .. } | Ask::Subject { .. } => return,
    };
    let asked = bank.statements.iter().filter(|(_, statement)| {
        statement.phrasings.contains_key(phrasing)
            && statement.labels.iter().any(|label| labels.contains(&label))
    });
    check(subject, asked.map(|(id, statement)| (id, &statement.scope)), known, found);
}

/// Checks the statements and entities that an item written by hand rests on.
pub fn rested_on(
    subject: &Subject,
    item: &AuthoredItem,
    bank: &Bank,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    let scope = |id| {
        let statement = bank.statements.get(id).map(|statement| &statement.scope);
        statement.or(bank.entities.get(id).map(|entity| &entity.scope))
    };
    let facts = item.facts.iter().filter_map(|id| Some((id, scope(id)?)));
    check(subject, facts, known, found);
}

fn check<'b>(
    subject: &Subject,
    facts: impl Iterator<Item = (&'b Id, &'b Option<Id>)>,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    let words = &subject.stem.words;
    let mut narrowed = known.scopes.iter();
    let narrowed = narrowed.find_map(|(scope, said)| Some((scope, said.first(words)?)));
    let Some((narrow, said)) = narrowed else { return };
    let mut beyond = facts.filter_map(|(id, scope)| Some((id, scope.as_ref()?)));
    if let Some((id, scope)) = beyond.find(|(_, scope)| *scope != narrow) {
        let said = quote(said);
        let message =
            format!("the stem says `{said}`, and `{id}` is of the scope `{scope}`");
        let finding = subject.finding("PG28", &message).about(said);
        found.push(finding.hint("ask more generally, or correct the `scope`"));
    }
}
