//! Groups: items that share a stimulus, beside each other.

use crate::bank::{AuthoredItem, Bank, Id};
use crate::diagnostic::Diagnostic;
use crate::lint::subject;
use crate::lint::tokens::{Tokens, holds};
use crate::lint::words::Lexicon;

/// Checks the items of every group against each other.
pub fn groups(bank: &Bank, lexicon: &Lexicon, found: &mut Vec<Diagnostic>) {
    for one in bank.items.iter().filter(|(_, item)| item.stimulus.is_some()) {
        for other in bank.items.iter().filter(|(id, _)| *id != one.0) {
            if one.1.shares(other.1) {
                answered(one, other, bank, lexicon, found);
            }
        }
    }
}

/// ST02: the other's stem has the key, and none of the distractors.
fn answered(
    (id, item): (&Id, &AuthoredItem),
    (other, mate): (&Id, &AuthoredItem),
    bank: &Bank,
    lexicon: &Lexicon,
    found: &mut Vec<Diagnostic>,
) {
    for (language, subject) in subject::written(id, item, bank.language, lexicon) {
        let stem = Tokens::read(mate.stem.in_language(language), lexicon.of(language));
        let said = |text: &Tokens| holds(&stem.content, &text.content);
        let Some((key, wrong)) = subject.key() else { continue };
        if said(&key.text) && !wrong.iter().any(|option| said(&option.text)) {
            let key = &key.text.plain;
            let message = format!("`{other}` says in its stem: `{key}`");
            found.push(subject.finding("ST02", &message).about(key.as_str()));
        }
    }
}
