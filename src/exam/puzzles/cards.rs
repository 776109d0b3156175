//! Cards: flash cards, exit tickets and bingo.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::exam::puzzles::entries::Entry;
use crate::exam::seed::Stream;

/// How many characters an answer on a bingo card has at most.
const SHORT: usize = 18;

/// How many more answers are called than a card has, for each that it has, as a fraction.
const CALLS: (usize, usize) = (3, 2);

/// How often cards are dealt anew for a single first winner.
const DEALS: usize = 60;

/// Exit tickets and their key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExitTicket {
    /// What students get.
    pub sheet: TicketSheet,
    /// What is right, in the order of the questions.
    pub key: Vec<Entry>,
}

/// A ticket as students get it. There is no answer on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TicketSheet {
    /// The questions. Texts may carry markup.
    pub questions: Vec<String>,
    /// How many tickets stand on a page.
    pub per_page: usize,
}

/// Bingo: cards with answers, and what is called.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bingo {
    /// How many rows and columns a card has.
    pub side: usize,
    /// The answers on each card, row by row. Texts may carry markup.
    pub cards: Vec<Vec<String>>,
    /// What is called, in order.
    pub calls: Vec<Entry>,
    /// The number of the call with which each card first has a full row, column or
    /// diagonal.
    pub wins: Vec<usize>,
}

/// Entries, at most so many, that ask different facts and have different answers.
pub fn different(entries: Vec<Entry>, most: usize) -> Vec<Entry> {
    let (mut facts, mut answers) = (BTreeSet::new(), BTreeSet::new());
    let mut fresh = |entry: &Entry| {
        if !entry.facts.is_disjoint(&facts) || answers.contains(&entry.answer) {
            return false;
        }
        facts.extend(entry.facts.iter().cloned());
        answers.insert(entry.answer.clone())
    };
    entries.into_iter().filter(|entry| fresh(entry)).take(most).collect()
}

/// Makes exit tickets; fails with the number of questions that there are.
pub fn exit_ticket(
    entries: Vec<Entry>,
    count: usize,
    per_page: usize,
) -> Result<ExitTicket, usize> {
    let key = different(entries, count);
    if key.len() < count {
        return Err(key.len());
    }
    let questions = key.iter().map(|entry| entry.question.clone()).collect();
    Ok(ExitTicket { sheet: TicketSheet { questions, per_page }, key })
}

/// How many answers bingo calls on cards of a size.
pub fn called(side: usize) -> usize {
    side * side * CALLS.0 / CALLS.1
}

/// Makes so many cards for bingo, no two with the same answers, and what is called: if it
/// can be had, so that one card is the first to win. Fails with the number of short answers
/// that there are.
pub fn bingo(
    entries: Vec<Entry>,
    side: usize,
    count: usize,
    stream: &mut Stream,
) -> Result<Bingo, usize> {
    let short = entries.into_iter().filter(|e| e.answer.chars().count() <= SHORT);
    let mut calls = different(short.collect(), called(side));
    if calls.len() < called(side) {
        return Err(calls.len());
    }
    stream.shuffle(&mut calls);
    let mut best: Option<(usize, Vec<Vec<usize>>, Vec<usize>)> = None;
    for _ in 0..DEALS {
        let cards = deal(calls.len(), side, count, stream);
        let wins: Vec<usize> = cards.iter().map(|card| win(card, side)).collect();
        let first = wins.iter().min().copied().unwrap_or_default();
        let firsts = wins.iter().filter(|&&win| win == first).count();
        if best.as_ref().is_none_or(|(fewest, ..)| firsts < *fewest) {
            best = Some((firsts, cards, wins));
        }
        if firsts <= 1 {
            break;
        }
    }
    let (_, cards, wins) = best.unwrap_or_default();
    let name = |&call: &usize| calls[call].answer.clone();
    let cards = cards.iter().map(|card| card.iter().map(name).collect()).collect();
    Ok(Bingo { side, cards, calls, wins })
}

/// Deals the numbers of calls to cards, no two with the same ones.
fn deal(calls: usize, side: usize, count: usize, stream: &mut Stream) -> Vec<Vec<usize>> {
    let mut cards: Vec<Vec<usize>> = Vec::new();
    let mut known = BTreeSet::new();
    while cards.len() < count {
        let mut card = stream.order(calls);
        card.truncate(side * side);
        let set: BTreeSet<usize> = card.iter().copied().collect();
        if known.insert(set) {
            cards.push(card);
        }
    }
    cards
}

/// The number of the call with which a card first has a full line.
fn win(card: &[usize], side: usize) -> usize {
    let rows = (0..side).map(|row| (row * side, 1));
    let columns = (0..side).map(|column| (column, side));
    let lines = rows.chain(columns).chain([(0, side + 1), (side - 1, side - 1)]);
    let last = |(start, step): (usize, usize)| {
        (0..side).map(|index| card[start + step * index]).max().unwrap_or_default()
    };
    lines.map(last).min().unwrap_or_default() + 1
}
