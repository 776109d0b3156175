//! Practice and play: puzzles and cards from the facts that have one short answer.

mod activity;
mod cards;
mod crossword;
mod entries;
mod word_search;

pub use self::activity::{Activity, ActivityKey, ActivitySheet, CaseTask};
pub use self::cards::{Bingo, ExitTicket, TicketSheet};
pub use self::crossword::{
    Clue, Crossword, CrosswordKey, CrosswordSheet, Numbered, Solved,
};
pub use self::entries::{Entry, Stock, Word};
pub use self::word_search::{
    Found, Sought, WAYS, WordSearch, WordSearchKey, WordSearchSheet,
};

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::bank::{Bank, Id};
use crate::diagnostic::{Checked, Diagnostic};
use crate::exam::Blueprint;
use crate::exam::blueprint::documents::Documents;
use crate::exam::blueprint::practice::{
    ActivityPlan, BingoPlan, CrosswordPlan, ExitTicketPlan, FlashCardsPlan,
    WordSearchPlan,
};
use crate::exam::seed::{Seed, Stream};
use crate::input;
use crate::language::Language;
use crate::role::FileRole;

use self::activity::Shortage;
use self::entries::{is_unique, word, words};

/// How many words a puzzle has to choose from, for each that it is to have.
const CHOICE: usize = 4;

/// How many words a puzzle has at most.
const MOST_WORDS: usize = 40;

/// How many flash cards there are at most.
const MOST_CARDS: usize = 200;

/// How many questions an exit ticket has at most, and how many tickets a page.
const MOST_QUESTIONS: usize = 10;
const MOST_TICKETS: usize = 6;

/// How many bingo cards there are at most, and how many rows they have.
const MOST_BINGO_CARDS: usize = 500;
const BINGO_SIDES: RangeInclusive<usize> = 3..=5;

/// How many rows and cases an activity sheet has at most.
const MOST_ROWS: usize = 20;
const MOST_CASES: usize = 10;

/// Practice and play that goes with an exam.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Practice {
    /// The crossword.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crossword: Option<Crossword>,
    /// The word search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word_search: Option<WordSearch>,
    /// The flash cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash_cards: Option<Vec<Entry>>,
    /// The exit tickets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit_ticket: Option<ExitTicket>,
    /// Bingo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bingo: Option<Bingo>,
    /// The activity sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<Activity>,
}

impl Practice {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Practice::default()
    }
}

/// Makes the puzzles and cards that a blueprint asks for. `unwanted` words, in capitals, are
/// in none of them by accident.
pub fn practice(
    bank: &Bank,
    blueprint: &Blueprint,
    unwanted: &BTreeSet<String>,
) -> Checked<Practice> {
    practice_from(&Stock::new(bank, blueprint.head.language), blueprint, unwanted)
}

/// Like [`practice`], from a stock that others can be made from too, in its language.
pub fn practice_from(
    stock: &Stock,
    blueprint: &Blueprint,
    unwanted: &BTreeSet<String>,
) -> Checked<Practice> {
    let documents = &blueprint.documents;
    let mut maker = Maker {
        stock,
        bank: stock.bank,
        language: stock.language,
        seed: Seed(blueprint.seed),
        documents,
        findings: Vec::new(),
    };
    let wants = |role| documents.wants(role);
    let practice = Practice {
        crossword: wants(FileRole::Crossword)
            .then(|| maker.crossword(&documents.crossword))
            .flatten(),
        word_search: wants(FileRole::WordSearch)
            .then(|| maker.word_search(&documents.word_search, unwanted))
            .flatten(),
        flash_cards: wants(FileRole::FlashCards)
            .then(|| maker.flash_cards(&documents.flash_cards))
            .flatten(),
        exit_ticket: wants(FileRole::ExitTicket)
            .then(|| maker.exit_ticket(&documents.exit_ticket))
            .flatten(),
        bingo: wants(FileRole::Bingo)
            .then(|| maker.bingo(&documents.bingo, blueprint.class_size as usize))
            .flatten(),
        activity: wants(FileRole::Activity)
            .then(|| maker.activity(&documents.activity, blueprint))
            .flatten(),
    };
    input::sort(&mut maker.findings);
    if maker.findings.is_empty() { Ok(practice) } else { Err(maker.findings) }
}

/// Makes puzzles and collects what is wrong with what is asked for.
struct Maker<'a> {
    stock: &'a Stock<'a>,
    bank: &'a Bank,
    language: Language,
    seed: Seed,
    documents: &'a Documents,
    findings: Vec<Diagnostic>,
}

impl Maker<'_> {
    fn crossword(&mut self, plan: &CrosswordPlan) -> Option<Crossword> {
        let role = FileRole::Crossword;
        self.check(role, plan.count, 2..=MOST_WORDS, &plan.topics)?;
        let mut stream = self.stream(role);
        let mut entries = self.stock.entries(&plan.topics, &mut stream);
        entries.retain(|entry| is_unique(entry, self.language));
        let words = words(entries, self.language).take(plan.count * CHOICE);
        let words: Vec<(Entry, Word)> = words.collect();
        let made = crossword::crossword(&words, plan.count, &mut stream);
        self.enough(role, "count", plan.count, made)
    }

    fn word_search(
        &mut self,
        plan: &WordSearchPlan,
        unwanted: &BTreeSet<String>,
    ) -> Option<WordSearch> {
        let role = FileRole::WordSearch;
        self.check(role, plan.count, 1..=MOST_WORDS, &plan.topics)?;
        let mut stream = self.stream(role);
        let entries = self.stock.entries(&plan.topics, &mut stream);
        let others = entries.iter().filter_map(|e| word(&e.answer, self.language));
        let mut unwanted: BTreeSet<String> =
            others.map(|word| word.letters).chain(unwanted.iter().cloned()).collect();
        let words = apart(words(entries, self.language), plan.count);
        words.iter().for_each(|(_, word)| {
            unwanted.remove(&word.letters);
        });
        let ways = plan.directions.count();
        let made = match words.len() < plan.count {
            true => Err(words.len()),
            false => {
                word_search::word_search(&words, ways, plan.clues, &unwanted, &mut stream)
            }
        };
        self.enough(role, "count", plan.count, made)
    }

    fn flash_cards(&mut self, plan: &FlashCardsPlan) -> Option<Vec<Entry>> {
        let role = FileRole::FlashCards;
        self.check(role, plan.count, 1..=MOST_CARDS, &plan.topics)?;
        let cards = cards::different(self.entries(role, &plan.topics), plan.count);
        let made = if cards.len() < plan.count { Err(cards.len()) } else { Ok(cards) };
        self.enough(role, "count", plan.count, made)
    }

    fn exit_ticket(&mut self, plan: &ExitTicketPlan) -> Option<ExitTicket> {
        let role = FileRole::ExitTicket;
        self.check(role, plan.count, 1..=MOST_QUESTIONS, &plan.topics)?;
        self.within(role, "per_page", plan.per_page, 1..=MOST_TICKETS)?;
        let entries = self.entries(role, &plan.topics);
        let made = cards::exit_ticket(entries, plan.count, plan.per_page);
        self.enough(role, "count", plan.count, made)
    }

    fn bingo(&mut self, plan: &BingoPlan, students: usize) -> Option<Bingo> {
        let role = FileRole::Bingo;
        let count = plan.count.unwrap_or(students);
        self.check(role, count, 1..=MOST_BINGO_CARDS, &plan.topics)?;
        self.within(role, "side", plan.side, BINGO_SIDES)?;
        let entries = self.entries(role, &plan.topics);
        let mut stream = self.seed.stream("practice/cards", role.name());
        let made = cards::bingo(entries, plan.side, count, &mut stream);
        self.enough(role, "side", cards::called(plan.side), made)
    }

    fn activity(
        &mut self,
        plan: &ActivityPlan,
        blueprint: &Blueprint,
    ) -> Option<Activity> {
        let role = FileRole::Activity;
        self.check(role, plan.count, 0..=MOST_ROWS, &plan.topics)?;
        self.within(role, "cases", plan.cases, 0..=MOST_CASES)?;
        if plan.count + plan.cases == 0 {
            let message = format!("`{}` has neither rows nor cases", role.name());
            let hint = "leave out `count` or `cases`, or ask for one of them";
            self.wrong(role, &["count"], message, hint.to_string());
            return None;
        }
        let (kinds, attributes) = (self.bank.kinds.keys(), self.bank.attributes.keys());
        let kind = self.known(role, "kind", plan.kind.iter(), kinds);
        self.known(role, "columns", plan.columns.iter(), attributes).and(kind)?;
        let mut objectives = plan.objectives.clone();
        if objectives.is_empty() {
            let rows = blueprint.sections.iter().flat_map(|section| &section.table);
            objectives.extend(rows.filter_map(|plan| plan.row.objective.clone()));
            let mut seen = BTreeSet::new();
            objectives.retain(|objective| seen.insert(objective.clone()));
        }
        let mut stream = self.stream(role);
        let made =
            activity::activity(self.bank, self.language, plan, objectives, &mut stream);
        made.map_err(|shortage| {
            let (key, what, asked, found) = match shortage {
                Shortage::Rows(found) => ("count", "rows", plan.count, found),
                Shortage::Cases(found) => ("cases", "cases", plan.cases, found),
            };
            let message = format!(
                "`{}` asks for {asked} {what}, and the bank yields only {found}",
                role.name()
            );
            let hint = "ask for fewer, or for other `columns`";
            self.wrong(role, &[key], message, hint.to_string());
        })
        .ok()
    }

    /// What can be asked with one short answer.
    fn entries(&self, role: FileRole, topics: &BTreeSet<Id>) -> Vec<Entry> {
        self.stock.entries(topics, &mut self.stream(role))
    }

    fn stream(&self, role: FileRole) -> Stream {
        self.seed.stream("practice", role.name())
    }

    /// Checks how many there are to be of something, and of which topics.
    fn check(
        &mut self,
        role: FileRole,
        count: usize,
        range: RangeInclusive<usize>,
        topics: &BTreeSet<Id>,
    ) -> Option<()> {
        let count = self.within(role, "count", count, range);
        self.known(role, "topics", topics.iter(), self.bank.topics.keys()).and(count)
    }

    /// Checks a number of a document's settings.
    fn within(
        &mut self,
        role: FileRole,
        key: &str,
        number: usize,
        range: RangeInclusive<usize>,
    ) -> Option<()> {
        if range.contains(&number) {
            return Some(());
        }
        let message = format!("the `{key}` of `{}` cannot be {number}", role.name());
        let hint = format!("it goes from {} to {}", range.start(), range.end());
        self.wrong(role, &[key], message, hint);
        None
    }

    /// Checks that the bank has what a setting names.
    fn known<'b>(
        &mut self,
        role: FileRole,
        key: &str,
        names: impl Iterator<Item = &'b Id>,
        known: impl Iterator<Item = &'b Id>,
    ) -> Option<()> {
        let known: Vec<&str> = known.map(Id::as_str).collect();
        let unknown: Vec<&Id> =
            names.filter(|name| !known.contains(&name.as_str())).collect();
        let what = match key {
            "columns" => "attribute",
            key => key.trim_end_matches('s'),
        };
        for name in &unknown {
            let message = format!("the bank has no {what} `{name}`");
            self.wrong(
                role,
                &[key, name],
                message,
                format!("it has {}", known.join(", ")),
            );
        }
        unknown.is_empty().then_some(())
    }

    /// What was made, or what is to be said if there was too little for it.
    fn enough<T>(
        &mut self,
        role: FileRole,
        key: &str,
        count: usize,
        made: Result<T, usize>,
    ) -> Option<T> {
        made.map_err(|found| {
            let name = role.name();
            let message =
                format!("`{name}` asks for {count}, and the bank yields only {found}");
            let hint = "lower its `count`, name more `topics`, or add facts to the bank";
            self.wrong(role, &[key], message, hint.to_string());
        })
        .ok()
    }

    /// Notes what is wrong with what is written for a document: with a setting, or with one
    /// of the names in it.
    fn wrong(&mut self, role: FileRole, way: &[&str], message: String, hint: String) {
        let finding = Diagnostic::error(message).hint(hint);
        let place = self.documents.place_of(role, way);
        self.findings.push(place.into_iter().cloned().fold(finding, Diagnostic::at));
    }
}

/// The first words, at most so many, of which none is in another or reads the same
/// backwards.
fn apart(words: impl Iterator<Item = (Entry, Word)>, count: usize) -> Vec<(Entry, Word)> {
    let mut taken: Vec<String> = Vec::new();
    let fits = |(_, word): &(Entry, Word)| {
        let back: String = word.letters.chars().rev().collect();
        let holds = |one: &str, two: &str| one.contains(two) || two.contains(one);
        let clashes = |other: &String| holds(other, &word.letters) || holds(other, &back);
        let fits = back != word.letters && !taken.iter().any(clashes);
        taken.extend(fits.then(|| word.letters.clone()));
        fits
    };
    words.filter(fits).take(count).collect()
}
