//! Which sheets practice and play are printed on: what students get, and behind it what the
//! teacher gets.

use crate::exam::Exam;
use crate::role::FileRole;
use crate::sheet;
use crate::wording::Wording;

use super::Shared;

/// The activity sheet and its key.
pub fn activity<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let made = exam.practice.activity.as_ref()?;
    let sheet = sheet::activity(&exam.head, &made.sheet, words);
    let key = sheet::activity_key(exam, made, words);
    Some(vec![
        (sheet, &words.files.activity, FileRole::Activity),
        (key, &words.files.activity_key, FileRole::ActivityKey),
    ])
}

/// The crossword and its key.
pub fn crossword<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let made = exam.practice.crossword.as_ref()?;
    let sheet = sheet::crossword(&exam.head, &made.sheet, words);
    let key = sheet::crossword_key(exam, &made.sheet, &made.key, words);
    Some(vec![
        (sheet, &words.files.crossword, FileRole::Crossword),
        (key, &words.files.crossword_key, FileRole::CrosswordKey),
    ])
}

/// The word search and its key.
pub fn word_search<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let made = exam.practice.word_search.as_ref()?;
    let sheet = sheet::word_search(&exam.head, &made.sheet, words);
    let key = sheet::word_search_key(exam, &made.sheet, &made.key, words);
    Some(vec![
        (sheet, &words.files.word_search, FileRole::WordSearch),
        (key, &words.files.word_search_key, FileRole::WordSearchKey),
    ])
}

/// The flash cards, which have their answers on their backs.
pub fn flash_cards<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let cards = exam.practice.flash_cards.as_ref()?;
    let sheet = sheet::flash_cards(&exam.head, cards, words);
    Some(vec![(sheet, &words.files.flash_cards, FileRole::FlashCards)])
}

/// The exit tickets and their key.
pub fn exit_ticket<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let made = exam.practice.exit_ticket.as_ref()?;
    let sheet = sheet::exit_ticket(&exam.head, &made.sheet, words);
    let key = sheet::exit_ticket_key(exam, &made.key, words);
    Some(vec![
        (sheet, &words.files.exit_ticket, FileRole::ExitTicket),
        (key, &words.files.exit_ticket_key, FileRole::ExitTicketKey),
    ])
}

/// The bingo cards, and what their caller reads out.
pub fn bingo<'a>(exam: &Exam, words: &'a Wording) -> Option<Vec<Shared<'a>>> {
    let made = exam.practice.bingo.as_ref()?;
    let sheet = sheet::bingo(&exam.head, made, words);
    let calls = sheet::bingo_calls(exam, made, words);
    Some(vec![
        (sheet, &words.files.bingo, FileRole::Bingo),
        (calls, &words.files.bingo_calls, FileRole::BingoCalls),
    ])
}
