//! Which sheets practice and play are printed on.

use crate::exam::Exam;
use crate::role::FileRole;
use crate::sheet::{self, Sheet};
use crate::wording::Wording;

/// The sheets of a document, with the names of their files and what they are: what students
/// get, and behind it what the teacher gets.
pub fn sheets<'a>(
    exam: &Exam,
    role: FileRole,
    words: &'a Wording,
) -> Vec<(Sheet, &'a String, FileRole)> {
    let (head, names, practice) = (&exam.head, &words.files, &exam.practice);
    let sheets = match role {
        FileRole::Activity => practice.activity.as_ref().map(|made| {
            let key = sheet::activity_key(exam, made, words);
            vec![
                (sheet::activity(head, &made.sheet, words), &names.activity, role),
                (key, &names.activity_key, FileRole::ActivityKey),
            ]
        }),
        FileRole::Crossword => practice.crossword.as_ref().map(|made| {
            let key = sheet::crossword_key(exam, &made.sheet, &made.key, words);
            vec![
                (sheet::crossword(head, &made.sheet, words), &names.crossword, role),
                (key, &names.crossword_key, FileRole::CrosswordKey),
            ]
        }),
        FileRole::WordSearch => practice.word_search.as_ref().map(|made| {
            let key = sheet::word_search_key(exam, &made.sheet, &made.key, words);
            vec![
                (sheet::word_search(head, &made.sheet, words), &names.word_search, role),
                (key, &names.word_search_key, FileRole::WordSearchKey),
            ]
        }),
        FileRole::FlashCards => practice.flash_cards.as_ref().map(|cards| {
            vec![(sheet::flash_cards(head, cards, words), &names.flash_cards, role)]
        }),
        FileRole::ExitTicket => practice.exit_ticket.as_ref().map(|made| {
            let key = sheet::exit_ticket_key(exam, &made.key, words);
            vec![
                (sheet::exit_ticket(head, &made.sheet, words), &names.exit_ticket, role),
                (key, &names.exit_ticket_key, FileRole::ExitTicketKey),
            ]
        }),
        FileRole::Bingo => practice.bingo.as_ref().map(|made| {
            let calls = sheet::bingo_calls(exam, made, words);
            vec![
                (sheet::bingo(head, made, words), &names.bingo, role),
                (calls, &names.bingo_calls, FileRole::BingoCalls),
            ]
        }),
        _ => None,
    };
    sheets.unwrap_or_default()
}
