//! Which documents an exam is printed as, and their settings.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use crate::diagnostic::Place;
use crate::exam::blueprint::answer_sheet::AnswerSheet;
use crate::exam::blueprint::practice::{
    ActivityPlan, BingoPlan, CrosswordPlan, ExitTicketPlan, FlashCardsPlan,
    WordSearchPlan,
};
use crate::exam::blueprint::read::Reader;
use crate::input;
use crate::role::FileRole;

/// The documents that an exam is printed as.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Documents {
    /// What is asked for, or not, where it is said.
    chosen: BTreeMap<FileRole, bool>,
    /// Where the documents are chosen, unless only the command line does.
    pub place: Option<Place>,
    /// Where each of them is chosen, and each of its settings is written.
    places: BTreeMap<Vec<String>, Place>,
    /// What keys hold besides answers.
    pub key: KeySettings,
    /// How the table of specification is set.
    pub blueprint_table: BlueprintTable,
    /// What the scoring guide says besides points.
    pub scoring: Scoring,
    /// How answer sheets are made, and the overlays that are laid on them.
    pub answer_sheet: AnswerSheet,
    /// How the activity sheet is made.
    pub activity: ActivityPlan,
    /// How the crossword is made.
    pub crossword: CrosswordPlan,
    /// How the word search is made.
    pub word_search: WordSearchPlan,
    /// How flash cards are made.
    pub flash_cards: FlashCardsPlan,
    /// How exit tickets are made.
    pub exit_ticket: ExitTicketPlan,
    /// How bingo is made.
    pub bingo: BingoPlan,
}

/// What keys hold besides answers and points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// Whether they give the reason for every option.
    pub reasons: bool,
    /// Whether they have the table from points to marks.
    pub marks: bool,
}

impl Default for KeySettings {
    fn default() -> KeySettings {
        KeySettings { reasons: true, marks: true }
    }
}

impl KeySettings {
    /// Whether keys hold everything.
    pub fn is_full(&self) -> bool {
        *self == KeySettings::default()
    }
}

/// How the table of specification is set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlueprintTable {
    /// The curriculum whose columns it has.
    pub curriculum: Curriculum,
}

/// A curriculum, by the columns of its tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Curriculum {
    /// Kurikulum 2013: kompetensi dasar and indikator pencapaian.
    K13,
    /// Kurikulum Merdeka: capaian and tujuan pembelajaran.
    #[default]
    Merdeka,
}

/// What the scoring guide says besides points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scoring {
    /// The least mark with which an exam is passed (KKM, KKTP), if it is to be said.
    pub passing: Option<u32>,
    /// Whether the usual intervals of achievement are printed.
    pub intervals: bool,
}

impl Documents {
    /// Whether a document is asked for.
    pub fn wants(&self, role: FileRole) -> bool {
        self.chosen.get(&role).copied().unwrap_or(role.is_usual())
    }

    /// Whether a document is asked for by name.
    pub fn names(&self, role: FileRole) -> bool {
        self.chosen.get(&role) == Some(&true)
    }

    /// Where it is written what a document is to be: where the keys below its own lead to,
    /// or as near to that as possible.
    pub fn place_of(&self, role: FileRole, way: &[&str]) -> Option<&Place> {
        let own = [role.name()].into_iter().chain(way.iter().copied());
        let own: Vec<String> = own.map(str::to_string).collect();
        let ways = (1..=own.len()).rev().map(|steps| &own[..steps]);
        ways.filter_map(|way| self.places.get(way)).next().or(self.place.as_ref())
    }

    /// Whether a document is asked for that is made of items.
    pub fn need_items(&self) -> bool {
        let of_items = |role: &FileRole| !role.is_of_class() && !role.is_practice();
        FileRole::DOCUMENTS.into_iter().filter(of_items).any(|role| self.wants(role))
    }

    /// The documents that are asked for; empty if they are the usual ones.
    pub fn listed(&self) -> Vec<FileRole> {
        let all = FileRole::DOCUMENTS.into_iter();
        match all.clone().all(|role| self.wants(role) == role.is_usual()) {
            true => Vec::new(),
            false => all.filter(|&role| self.wants(role)).collect(),
        }
    }

    /// Asks for a document, or not.
    pub fn choose(&mut self, role: FileRole, wanted: bool) {
        self.chosen.insert(role, wanted);
    }

    /// Asks for these documents and no others.
    pub fn choose_only(&mut self, roles: &[FileRole]) {
        for role in FileRole::DOCUMENTS {
            self.choose(role, roles.contains(&role));
        }
    }
}

/// The table `[documents]` as it is written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct RawDocuments {
    paper: Option<bool>,
    key: Option<Choice<KeySettings>>,
    key_matrix: Option<bool>,
    attendance: Option<bool>,
    seating_plan: Option<bool>,
    distribution: Option<bool>,
    blueprint_table: Option<Choice<BlueprintTable>>,
    item_cards: Option<bool>,
    reviews: Option<bool>,
    scoring: Option<Choice<RawScoring>>,
    answer_sheet: Option<Choice<AnswerSheet>>,
    key_overlay: Option<bool>,
    activity: Option<Choice<ActivityPlan>>,
    crossword: Option<Choice<CrosswordPlan>>,
    word_search: Option<Choice<WordSearchPlan>>,
    flash_cards: Option<Choice<FlashCardsPlan>>,
    exit_ticket: Option<Choice<ExitTicketPlan>>,
    bingo: Option<Choice<BingoPlan>>,
}

impl RawDocuments {
    /// The documents that the table asks for.
    pub fn documents(self, place: Place, reader: &mut Reader) -> Documents {
        let places = input::places_below(reader.source, "documents");
        let mut documents =
            Documents { place: Some(place), places, ..Documents::default() };
        for (role, wanted) in [
            (FileRole::Paper, self.paper),
            (FileRole::Key, wanted(&self.key)),
            (FileRole::KeyMatrix, self.key_matrix),
            (FileRole::Attendance, self.attendance),
            (FileRole::SeatingPlan, self.seating_plan),
            (FileRole::Distribution, self.distribution),
            (FileRole::BlueprintTable, wanted(&self.blueprint_table)),
            (FileRole::ItemCards, self.item_cards),
            (FileRole::Reviews, self.reviews),
            (FileRole::Scoring, wanted(&self.scoring)),
            (FileRole::AnswerSheet, wanted(&self.answer_sheet)),
            (FileRole::KeyOverlay, self.key_overlay),
            (FileRole::Activity, wanted(&self.activity)),
            (FileRole::Crossword, wanted(&self.crossword)),
            (FileRole::WordSearch, wanted(&self.word_search)),
            (FileRole::FlashCards, wanted(&self.flash_cards)),
            (FileRole::ExitTicket, wanted(&self.exit_ticket)),
            (FileRole::Bingo, wanted(&self.bingo)),
        ] {
            if let Some(wanted) = wanted {
                documents.choose(role, wanted);
            }
        }
        documents.key = settings(self.key);
        documents.blueprint_table = settings(self.blueprint_table);
        let RawScoring { passing, intervals } = settings(self.scoring);
        let passing =
            passing.map(|mark| reader.number(Some(mark), "passing", 0..=100, 0));
        documents.scoring = Scoring { passing, intervals };
        documents.answer_sheet = settings(self.answer_sheet);
        documents.activity = settings(self.activity);
        documents.crossword = settings(self.crossword);
        documents.word_search = settings(self.word_search);
        documents.flash_cards = settings(self.flash_cards);
        documents.exit_ticket = settings(self.exit_ticket);
        documents.bingo = settings(self.bingo);
        documents
    }
}

/// The settings of the scoring guide as they are written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawScoring {
    passing: Option<Spanned<u32>>,
    intervals: bool,
}

/// Whether a document is asked for, if anything is said.
fn wanted<T>(choice: &Option<Choice<T>>) -> Option<bool> {
    choice.as_ref().map(|choice| !matches!(choice, Choice::Bare(false)))
}

/// The settings of a document, or the usual ones.
fn settings<T: Default>(choice: Option<Choice<T>>) -> T {
    match choice {
        Some(Choice::Set(settings)) => settings,
        _ => T::default(),
    }
}

/// Whether a document is printed, or how.
enum Choice<T> {
    /// It is printed as usual, or not at all.
    Bare(bool),
    /// It is printed with these settings.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Choice<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Choice<T>, D::Error> {
        deserializer.deserialize_any(ChoiceVisitor(PhantomData))
    }
}

/// Reads a choice; an untagged enum would not say which setting is wrong.
struct ChoiceVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ChoiceVisitor<T> {
    type Value = Choice<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`, `false` or a table of settings")
    }

    fn visit_bool<E: Error>(self, wanted: bool) -> Result<Choice<T>, E> {
        Ok(Choice::Bare(wanted))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Choice<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Choice::Set)
    }
}
