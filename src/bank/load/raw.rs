//! The shapes of bank files, as they are written.
//!
//! Names that something is looked up by keep their span, so that a wrong one can be
//! pointed at. Texts are in the language of the file; `en` holds the same keys in the
//! other language (`indonesian` in a file whose own language is English, since `id` is
//! taken by the entry's id).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::bank::Rule;
use crate::bank::load::figures::{FigureWords, RawFigure};
use crate::bank::load::values::{Day, Texts, Values};
use crate::difficulty::Difficulty;
use crate::item_type::ItemType;
use crate::language::Language;

/// A name and where it is written.
pub type Name = Spanned<String>;

/// A bank file; every table may be absent.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub bank: Option<Head>,
    pub topic: Vec<Topic>,
    pub label: Vec<Label>,
    pub kind: Vec<Kind>,
    pub attribute: Vec<Attribute>,
    pub term: Vec<Term>,
    pub source: Vec<Source>,
    pub statement: Vec<Spanned<Statement>>,
    pub entity: Vec<Spanned<Entity>>,
    pub case: Vec<Spanned<Case>>,
    pub stimulus: Vec<Spanned<Stimulus>>,
    pub item: Vec<Spanned<Item>>,
    pub pattern: Vec<Spanned<Pattern>>,
}

impl File {
    /// Adds what stands further down in a file; nothing if both are its start.
    pub fn with(mut self, below: File) -> Option<File> {
        let File {
            bank,
            topic,
            label,
            kind,
            attribute,
            term,
            source,
            statement,
            entity,
            case,
            stimulus,
            item,
            pattern,
        } = below;
        if self.bank.is_some() && bank.is_some() {
            return None;
        }
        self.bank = self.bank.or(bank);
        self.topic.extend(topic);
        self.label.extend(label);
        self.kind.extend(kind);
        self.attribute.extend(attribute);
        self.term.extend(term);
        self.source.extend(source);
        self.statement.extend(statement);
        self.entity.extend(entity);
        self.case.extend(case);
        self.stimulus.extend(stimulus);
        self.item.extend(item);
        self.pattern.extend(pattern);
        Some(self)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub id: Name,
    #[serde(rename = "title")]
    pub _title: String,
    pub language: Language,
    #[serde(default)]
    pub languages: Vec<Language>,
    #[serde(rename = "en", alias = "indonesian")]
    pub _en: Option<Titled>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Titled {
    #[serde(rename = "title")]
    pub _title: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: Name,
    pub name: String,
    #[serde(alias = "indonesian")]
    pub en: Option<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub id: Name,
    pub name: String,
    #[serde(alias = "indonesian")]
    pub en: Option<Named>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    pub id: Name,
    pub name: String,
    #[serde(default)]
    pub disjoint: Vec<Name>,
    pub reason: Name,
    #[serde(alias = "indonesian")]
    pub en: Option<Reasoned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: Name,
    pub name: String,
    pub rule: Rule,
    #[serde(default)]
    pub ordered: bool,
    pub reason: Name,
    pub reason_by: Option<Name>,
    #[serde(alias = "indonesian")]
    pub en: Option<Reasoned>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    pub name: Option<String>,
    pub reason: Option<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub text: Name,
    #[serde(default)]
    pub aliases: Vec<Name>,
    #[serde(alias = "indonesian")]
    pub en: Option<Worded>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worded {
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: Name,
    pub title: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub id: Name,
    pub noun: Option<String>,
    pub verb: Option<String>,
    pub clause: Option<String>,
    pub labels: Vec<Name>,
    #[serde(default)]
    pub also: Vec<Name>,
    #[serde(default)]
    pub why: BTreeMap<Name, String>,
    pub cluster: Option<Name>,
    #[serde(default)]
    pub mirrors: Vec<Name>,
    pub field: Option<String>,
    pub scope: Option<String>,
    #[serde(default)]
    pub sources: Vec<Name>,
    pub as_of: Option<Day>,
    #[serde(default)]
    pub historical: bool,
    #[serde(default)]
    pub disputed: bool,
    #[serde(alias = "indonesian")]
    pub en: Option<Phrasings>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrasings {
    pub noun: Option<Name>,
    pub verb: Option<Name>,
    pub clause: Option<Name>,
    #[serde(default)]
    pub why: BTreeMap<Name, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    pub id: Name,
    pub kind: Name,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub attributes: BTreeMap<Name, Spanned<Values>>,
    pub cluster: Option<Name>,
    pub field: Option<String>,
    pub scope: Option<String>,
    #[serde(default)]
    pub sources: Vec<Name>,
    pub as_of: Option<Day>,
    #[serde(default)]
    pub historical: bool,
    #[serde(default)]
    pub disputed: bool,
    /// The name under `name`, and values by attribute.
    #[serde(default, alias = "indonesian")]
    pub en: BTreeMap<Name, Spanned<Texts>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: Name,
    pub text: String,
    pub shows: Name,
    pub why: Option<String>,
    #[serde(default)]
    pub refutes: BTreeMap<Name, String>,
    #[serde(default)]
    pub sources: Vec<Name>,
    #[serde(default, alias = "indonesian")]
    pub en: CaseWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseWords {
    pub text: Option<String>,
    pub why: Option<String>,
    pub refutes: BTreeMap<Name, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stimulus {
    pub id: Name,
    pub title: Option<String>,
    pub text: Option<String>,
    pub picture: Option<Spanned<RawFigure>>,
    pub table: Option<Spanned<Table>>,
    #[serde(default)]
    pub facts: Vec<Name>,
    #[serde(default)]
    pub sources: Vec<Name>,
    #[serde(default, alias = "indonesian")]
    pub en: StimulusWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StimulusWords {
    pub title: Option<String>,
    pub text: Option<String>,
    pub picture: FigureWords,
    pub table: Option<Spanned<Table>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub caption: Option<String>,
    pub head: Vec<String>,
    pub rows: Vec<Spanned<Vec<String>>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: Name,
    #[serde(rename = "type")]
    pub item_type: Spanned<ItemType>,
    pub topic: Name,
    pub level: Name,
    pub cognitive: Name,
    pub difficulty: Option<Difficulty>,
    pub stimulus: Option<Name>,
    pub stem: String,
    pub picture: Option<Spanned<RawFigure>>,
    pub table: Option<Spanned<Table>>,
    #[serde(default)]
    pub options: Vec<Spanned<Choice>>,
    #[serde(default)]
    pub ordered: bool,
    #[serde(default)]
    pub categories: Vec<Name>,
    #[serde(default)]
    pub rows: Vec<Spanned<ItemRow>>,
    #[serde(default)]
    pub steps: Vec<Name>,
    pub text: Option<Name>,
    #[serde(default)]
    pub blanks: Vec<Spanned<Vec<String>>>,
    pub words: Option<Spanned<Vec<String>>>,
    pub truth: Option<bool>,
    #[serde(default)]
    pub answers: Vec<String>,
    #[serde(default)]
    pub guide: Vec<Spanned<Criterion>>,
    pub lines: Option<u32>,
    pub rationale: Option<String>,
    #[serde(default)]
    pub facts: Vec<Name>,
    #[serde(default)]
    pub sources: Vec<Name>,
    #[serde(default, alias = "indonesian")]
    pub en: ItemWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ItemWords {
    pub stem: Option<String>,
    pub picture: FigureWords,
    pub table: Option<Spanned<Table>>,
    pub answers: Option<Spanned<Vec<String>>>,
    pub categories: Option<Spanned<Vec<String>>>,
    pub steps: Option<Spanned<Vec<String>>>,
    pub text: Option<Name>,
    pub blanks: Option<Spanned<Vec<Vec<String>>>>,
    pub words: Option<Spanned<Vec<String>>>,
    pub rationale: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a table like { text = \"…\" }, with `correct = true` where it is right"
)]
pub struct Choice {
    pub text: String,
    #[serde(default)]
    pub correct: bool,
    pub rationale: Option<String>,
    #[serde(default, alias = "indonesian")]
    pub en: ChoiceWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChoiceWords {
    pub text: Option<String>,
    pub rationale: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "a table like { text = \"…\", category = \"…\" }"
)]
pub struct ItemRow {
    pub text: String,
    pub category: Name,
    pub rationale: Option<String>,
    #[serde(default, alias = "indonesian")]
    pub en: ChoiceWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table like { text = \"…\", points = 2 }")]
pub struct Criterion {
    pub text: String,
    pub points: u32,
    #[serde(alias = "indonesian")]
    pub en: Option<Worded>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    pub id: Name,
    #[serde(rename = "type")]
    pub item_type: ItemType,
    pub topic: Name,
    pub level: Name,
    pub cognitive: Name,
    pub difficulty: Option<Difficulty>,
    pub ask: Spanned<Ask>,
    pub stems: Spanned<Vec<Name>>,
    pub clue: Option<Name>,
    pub negative: Option<Spanned<bool>>,
    pub lines: Option<u32>,
    #[serde(alias = "indonesian")]
    pub en: Option<StemWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StemWords {
    pub stems: Spanned<Vec<Name>>,
    pub clue: Option<Name>,
    #[serde(default)]
    pub heads: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    pub value: Option<Name>,
    pub subject: Option<Name>,
    pub label: Option<Name>,
    pub case: Option<Name>,
    pub categories: Option<Spanned<Vec<Name>>>,
    pub heads: Option<Spanned<Vec<String>>>,
    pub kinds: Option<Spanned<Vec<Name>>>,
    pub pool: Option<Spanned<Vec<Name>>>,
    pub phrasing: Option<Name>,
    pub count: Option<Spanned<usize>>,
}
