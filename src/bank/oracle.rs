//! The oracle: whether a claim is true, false or unknown, and why.

use crate::bank::{Bank, Id, Phrase};

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

/// Judges a claim by what the bank holds, and by nothing else.
pub fn judge(_bank: &Bank, _claim: &Claim) -> Verdict {
    Verdict::Unknown("nothing is known yet".to_string())
}
