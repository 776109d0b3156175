//! What a file of a job is.

use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum FileRole {
    /// What students get.
    Paper,
    /// The key of a variant.
    Key,
    /// The keys of all variants.
    KeyMatrix,
    /// The list that students sign.
    Attendance,
    /// Who sits where.
    SeatingPlan,
    /// The order in which papers are handed out.
    Distribution,
    /// What is read out when keys were amended after printing.
    Erratum,
    /// The table of specification (kisi-kisi).
    BlueprintTable,
    /// A card for each item (kartu soal).
    ItemCards,
    /// The forms on which items are reviewed (kartu telaah).
    Reviews,
    /// How papers are scored (pedoman penskoran).
    Scoring,
    /// What students mark (lembar jawab, LJK).
    AnswerSheet,
    /// What is laid on answer sheets to see what is right.
    KeyOverlay,
    /// The activity sheet (LKPD).
    Activity,
    /// Its key.
    ActivityKey,
    /// The crossword.
    Crossword,
    /// Its key.
    CrosswordKey,
    /// The word search.
    WordSearch,
    /// Its key.
    WordSearchKey,
    /// Flash cards.
    FlashCards,
    /// Exit tickets.
    ExitTicket,
    /// Their key.
    ExitTicketKey,
    /// Bingo cards.
    Bingo,
    /// What the caller of bingo reads out.
    BingoCalls,
}

impl FileRole {
    /// What a blueprint may ask for, in the order in which it is made.
    pub const DOCUMENTS: [FileRole; 18] = [
        FileRole::Paper,
        FileRole::Key,
        FileRole::KeyMatrix,
        FileRole::Attendance,
        FileRole::SeatingPlan,
        FileRole::Distribution,
        FileRole::BlueprintTable,
        FileRole::ItemCards,
        FileRole::Reviews,
        FileRole::Scoring,
        FileRole::AnswerSheet,
        FileRole::KeyOverlay,
        FileRole::Activity,
        FileRole::Crossword,
        FileRole::WordSearch,
        FileRole::FlashCards,
        FileRole::ExitTicket,
        FileRole::Bingo,
    ];

    /// What goes with such a document: the keys of practice and play.
    pub const KEYS: [FileRole; 5] = [
        FileRole::ActivityKey,
        FileRole::CrosswordKey,
        FileRole::WordSearchKey,
        FileRole::ExitTicketKey,
        FileRole::BingoCalls,
    ];

    /// The name that blueprints, the command line and records use.
    pub fn name(self) -> &'static str {
        match self {
            FileRole::Paper => "paper",
            FileRole::Key => "key",
            FileRole::KeyMatrix => "key-matrix",
            FileRole::Attendance => "attendance",
            FileRole::SeatingPlan => "seating-plan",
            FileRole::Distribution => "distribution",
            FileRole::Erratum => "erratum",
            FileRole::BlueprintTable => "blueprint-table",
            FileRole::ItemCards => "item-cards",
            FileRole::Reviews => "reviews",
            FileRole::Scoring => "scoring",
            FileRole::AnswerSheet => "answer-sheet",
            FileRole::KeyOverlay => "key-overlay",
            FileRole::Activity => "activity",
            FileRole::ActivityKey => "activity-key",
            FileRole::Crossword => "crossword",
            FileRole::CrosswordKey => "crossword-key",
            FileRole::WordSearch => "word-search",
            FileRole::WordSearchKey => "word-search-key",
            FileRole::FlashCards => "flash-cards",
            FileRole::ExitTicket => "exit-ticket",
            FileRole::ExitTicketKey => "exit-ticket-key",
            FileRole::Bingo => "bingo",
            FileRole::BingoCalls => "bingo-calls",
        }
    }

    /// The document of a name.
    pub fn named(name: &str) -> Option<FileRole> {
        FileRole::DOCUMENTS.into_iter().find(|role| role.name() == name)
    }

    /// Whether every exam is printed as this, or at least every one that has a class list
    /// or a room for it.
    pub fn is_usual(self) -> bool {
        self.is_of_class()
            || matches!(self, FileRole::Paper | FileRole::Key | FileRole::KeyMatrix)
    }

    /// Whether it is practice or play, or what goes with that.
    pub fn is_practice(self) -> bool {
        FileRole::KEYS.contains(&self)
            || matches!(
                self,
                FileRole::Activity
                    | FileRole::Crossword
                    | FileRole::WordSearch
                    | FileRole::FlashCards
                    | FileRole::ExitTicket
                    | FileRole::Bingo
            )
    }

    /// Whether only an exam with a class list has it.
    pub fn is_of_class(self) -> bool {
        matches!(
            self,
            FileRole::Attendance | FileRole::SeatingPlan | FileRole::Distribution
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_use_the_names() {
        let others = FileRole::KEYS.into_iter().chain([FileRole::Erratum]);
        for role in FileRole::DOCUMENTS.into_iter().chain(others) {
            let written = serde_json::to_string(&role).unwrap();
            assert_eq!(written, format!("\"{}\"", role.name()));
        }
    }
}
