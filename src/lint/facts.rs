//! Items against the facts that they rest on.

use crate::bank::{Ask, AuthoredItem, Bank, Standing, Value, candidate_of};
use crate::diagnostic::Diagnostic;
use crate::item_type::ItemType;
use crate::lint::subject::{Stage, Subject};
use crate::lint::tokens::{Word, quote};
use crate::lint::words::Words;

/// PG25: what holds only for a time needs a date. Drawn facts that change are asked
/// only by stems that state the day, so only the words of people are checked.
pub fn nowadays(subject: &Subject, known: &Words, found: &mut Vec<Diagnostic>) {
    if subject.stage == Stage::Printed {
        return;
    }
    let words = &subject.stem.words;
    if let Some(now) = known.nowadays.first(words)
        && !words.iter().any(is_year)
    {
        let message = format!("`{}` holds only for a time", quote(now));
        let finding = subject.finding("PG25", &message).about(quote(now));
        found.push(finding.hint("say when, as in `pada tahun 2025`"));
    }
}

/// PG25 and PG26: an item written by hand that rests on a fact with a date, or on one that
/// is past.
pub fn standing(
    subject: &Subject,
    item: &AuthoredItem,
    bank: &Bank,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    let words = &subject.stem.words;
    if words.iter().any(is_year) {
        return;
    }
    for fact in &item.facts {
        let Some(standing) = standing_of(fact, item, bank) else { continue };
        if let Some(day) = &standing.as_of {
            let message =
                format!("`{fact}` is known as of {day}, and the stem has no year");
            found.push(subject.finding("PG25", &message).about(&subject.stem.markup));
        }
        if standing.historical && known.past.first(words).is_none() {
            let message = format!("`{fact}` is past, and the stem speaks of the present");
            let finding = subject.finding("PG26", &message).about(&subject.stem.markup);
            found.push(finding.hint("say when, or that it once was so"));
        }
    }
}

/// How far a fact can be relied upon. Attributes of an entity that the item names as a
/// whole are not looked at: nobody knows which of them it asks.
fn standing_of<'b>(
    fact: &str,
    item: &AuthoredItem,
    bank: &'b Bank,
) -> Option<&'b Standing> {
    if let Some((entity, attribute)) = fact.split_once('.') {
        if item.facts.contains(entity) {
            return None;
        }
        let values = bank.entities.get(entity)?.attributes.get(attribute)?;
        return values.first().map(|value| &value.standing);
    }
    let entity = bank.entities.get(fact).map(|entity| &entity.standing);
    entity.or(bank.statements.get(fact).map(|statement| &statement.standing))
}

/// PG27: somebody's definition that does not name its author.
pub fn attribution(
    subject: &Subject,
    item: &str,
    bank: &Bank,
    known: &Words,
    found: &mut Vec<Diagnostic>,
) {
    let Some(value) = asked(item, bank) else { return };
    if let Some(author) = &value.attribution
        && subject.item_type != ItemType::Matching
        && known.according.first(&subject.stem.words).is_none()
    {
        let message = format!("these are the words of {author}, who is not named");
        found.push(subject.finding("PG27", &message).hint("name the author in the stem"));
    }
}

/// The value that a drawn item asks or shows.
fn asked<'b>(item: &str, bank: &'b Bank) -> Option<&'b Value> {
    let (pattern, subject) = candidate_of(item).split_once(':')?;
    let (Ask::Value { attribute, .. } | Ask::Subject { attribute, .. }) =
        &bank.patterns.get(pattern)?.ask
    else {
        return None;
    };
    let (entity, index) = bank.value_named(subject)?;
    bank.entities.get(&entity)?.attributes.get(attribute)?.get(index)
}

fn is_year(word: &Word) -> bool {
    let digits = word.text.len() == 4 && word.text.chars().all(|c| c.is_ascii_digit());
    digits && ('1'..='2').contains(&word.text.chars().next().unwrap_or('0'))
}
