//! What the checker knows: the TOML files, read as plainly as they are written.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value as Toml};

/// A text in the bank's own language and in English.
#[derive(Clone, Default)]
pub struct Words {
    pub base: String,
    pub en: String,
}

/// A value of an attribute.
pub struct Held {
    pub text: Words,
    /// Every way to write it in any language, those of its term included; folded.
    pub spellings: BTreeSet<String>,
    pub cluster: Option<String>,
    pub historical: bool,
    pub settled: bool,
    /// The day up to which it is known, if that is all that is said against it.
    pub as_of: Option<String>,
}

pub struct Entity {
    pub kind: String,
    pub name: Words,
    pub aliases: Vec<String>,
    pub cluster: Option<String>,
    pub settled: bool,
    pub as_of: Option<String>,
    pub values: BTreeMap<String, Vec<Held>>,
}

pub struct Statement {
    pub wordings: BTreeMap<String, Words>,
    pub labels: Vec<String>,
    pub also: Vec<String>,
    pub cluster: Option<String>,
    pub mirrors: Vec<String>,
    pub settled: bool,
}

pub struct Case {
    pub text: Words,
    pub shows: String,
    pub refutes: BTreeSet<String>,
}

pub struct Label {
    pub name: Words,
    pub disjoint: Vec<String>,
}

/// What a pattern asks: `value`, `subject`, `label`, `case` or `categories`, and of what.
pub struct Pattern {
    pub item_type: String,
    pub direction: String,
    pub of: String,
    pub kinds: Vec<String>,
    pub pool: Vec<String>,
    pub categories: Vec<String>,
    pub heads: Vec<Words>,
    pub phrasing: String,
    pub count: u64,
    pub stems: Vec<Words>,
    /// Whether the exception is the key.
    pub negative: bool,
}

/// An item written by hand.
pub struct Written {
    pub item_type: String,
    pub stem: Words,
    pub options: Vec<(Words, bool)>,
    pub categories: Vec<Words>,
    /// Each row with its category.
    pub rows: Vec<(Words, String)>,
    pub steps: Vec<Words>,
    pub text: Words,
    pub blanks: Vec<Vec<Words>>,
    pub words: Vec<Words>,
    pub truth: Option<bool>,
    pub answers: Vec<Words>,
    pub guide: Vec<Words>,
    pub facts: Vec<String>,
    /// The stimulus that it is about, or nothing.
    pub stimulus: String,
}

/// All that the files say.
#[derive(Default)]
pub struct Known {
    pub labels: BTreeMap<String, Label>,
    /// The rule of each attribute.
    pub rules: BTreeMap<String, String>,
    pub statements: BTreeMap<String, Statement>,
    pub entities: BTreeMap<String, Entity>,
    pub cases: BTreeMap<String, Case>,
    pub patterns: BTreeMap<String, Pattern>,
    pub items: BTreeMap<String, Written>,
    /// The texts of each stimulus, from top to bottom.
    pub stimuli: BTreeMap<String, Vec<Words>>,
    /// The folded spellings of each term, and its English text.
    terms: Vec<(BTreeSet<String>, String)>,
}

/// A text without markup, in lower case, with single spaces and straight quotation marks.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let space = if folded.is_empty() { "" } else { " " };
        folded.extend([space, word]);
    }
    let marked = folded.bytes().any(|byte| b"*_\\".contains(&byte));
    if marked {
        folded = folded.replace("__", "").replace(['*', '\\'], "");
    }
    if folded.contains(['‘', '’', '“', '”']) {
        folded = folded.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    }
    folded.to_lowercase()
}

impl Words {
    pub fn say(&self, language: &str) -> &str {
        if language == "en" { &self.en } else { &self.base }
    }

    /// The text, which stands in for a translation that is missing.
    fn new(base: &str, en: Option<&str>) -> Words {
        Words { base: base.to_string(), en: en.unwrap_or(base).to_string() }
    }

    /// An entry's text under a key, with that of its `en` table.
    fn of(entry: &Table, key: &str) -> Words {
        let en = entry.get("en").and_then(|en| en.get(key)).and_then(Toml::as_str);
        Words::new(entry[key].as_str().unwrap(), en)
    }
}

impl Known {
    /// Reads files of banks and patterns; panics where they are not as they should be.
    pub fn read(files: &[&str]) -> Known {
        let tables: Vec<Table> = files.iter().map(|file| file.parse().unwrap()).collect();
        let all = |key: &str| -> Vec<Table> {
            let entries = tables.iter().filter_map(|table| table.get(key)?.as_array());
            entries.flatten().map(|entry| entry.as_table().unwrap().clone()).collect()
        };
        let id = |entry: &Table| text(entry, "id").unwrap();
        let mut known =
            Known { terms: all("term").iter().map(term).collect(), ..Known::default() };
        for entry in all("label") {
            let label = Label {
                name: Words::of(&entry, "name"),
                disjoint: texts(&entry, "disjoint"),
            };
            known.labels.insert(id(&entry), label);
        }
        for entry in all("attribute") {
            known.rules.insert(id(&entry), text(&entry, "rule").unwrap());
        }
        for entry in all("statement") {
            known.statements.insert(id(&entry), statement(&entry));
        }
        for entry in all("entity") {
            let entity = known.entity(&entry);
            known.entities.insert(id(&entry), entity);
        }
        for entry in all("case") {
            let refutes = entry.get("refutes").and_then(Toml::as_table);
            let refutes = refutes.into_iter().flat_map(Table::keys).cloned().collect();
            let shows = text(&entry, "shows").unwrap();
            let case = Case { text: Words::of(&entry, "text"), shows, refutes };
            known.cases.insert(id(&entry), case);
        }
        known.patterns = all("pattern").iter().map(|e| (id(e), pattern(e))).collect();
        known.items = all("item").iter().map(|e| (id(e), written(e))).collect();
        known.stimuli = all("stimulus").iter().map(|e| (id(e), stimulus(e))).collect();
        known
    }

    /// All spellings of the terms that any of these spellings belongs to, and these.
    pub fn with_terms(&self, mut spellings: BTreeSet<String>) -> BTreeSet<String> {
        let own = spellings.clone();
        for (term, _) in self.terms.iter().filter(|(term, _)| !term.is_disjoint(&own)) {
            spellings.extend(term.iter().cloned());
        }
        spellings
    }

    fn entity(&self, entry: &Table) -> Entity {
        let mut values = BTreeMap::new();
        let english = entry.get("en").and_then(Toml::as_table);
        for (attribute, given) in
            entry.get("attributes").and_then(Toml::as_table).into_iter().flatten()
        {
            let english = english.and_then(|en| en.get(attribute)).map_or(&[][..], list);
            let held = list(given).iter().enumerate().map(|(index, value)| {
                self.held(value, english.get(index).and_then(Toml::as_str))
            });
            values.insert(attribute.clone(), held.collect());
        }
        Entity {
            kind: text(entry, "kind").unwrap(),
            name: Words::of(entry, "name"),
            aliases: texts(entry, "aliases"),
            cluster: text(entry, "cluster"),
            settled: settled(entry),
            as_of: as_of(entry),
            values,
        }
    }

    /// A value: text, a number, or a table of its own.
    fn held(&self, value: &Toml, english: Option<&str>) -> Held {
        let none = Table::new();
        let table = value.as_table().unwrap_or(&none);
        let base = match table.get("value").unwrap_or(value) {
            Toml::String(text) => text.clone(),
            number => number.to_string(),
        };
        let own = text(table, "en").or(english.map(str::to_string));
        let of_term = || {
            let term = self.terms.iter().find(|(term, _)| term.contains(&fold(&base)));
            term.map(|(_, english)| english.clone())
        };
        let en = own.or_else(of_term).unwrap_or_else(|| base.clone());
        let spellings =
            texts(table, "aliases").iter().chain([&base, &en]).map(|t| fold(t)).collect();
        Held {
            spellings: self.with_terms(spellings),
            cluster: text(table, "cluster"),
            historical: flag(table, "historical"),
            settled: settled(table),
            as_of: as_of(table),
            text: Words { base, en },
        }
    }
}

fn term(entry: &Table) -> (BTreeSet<String>, String) {
    let Words { base, en } = Words::of(entry, "text");
    let spellings =
        texts(entry, "aliases").iter().chain([&base, &en]).map(|t| fold(t)).collect();
    (spellings, en)
}

fn statement(entry: &Table) -> Statement {
    let phrasings =
        ["noun", "verb", "clause"].into_iter().filter(|p| entry.contains_key(*p));
    Statement {
        wordings: phrasings.map(|p| (p.to_string(), Words::of(entry, p))).collect(),
        labels: texts(entry, "labels"),
        also: texts(entry, "also"),
        cluster: text(entry, "cluster"),
        mirrors: texts(entry, "mirrors"),
        settled: settled(entry),
    }
}

fn pattern(entry: &Table) -> Pattern {
    let ask = entry["ask"].as_table().unwrap();
    let direction = ["value", "subject", "label", "case", "categories"]
        .into_iter()
        .find(|d| ask.contains_key(*d))
        .unwrap();
    Pattern {
        item_type: text(entry, "type").unwrap(),
        direction: direction.to_string(),
        of: text(ask, direction).unwrap_or_default(),
        categories: texts(ask, "categories"),
        heads: beside(ask, entry.get("en"), "heads"),
        kinds: texts(ask, "kinds"),
        pool: texts(ask, "pool"),
        phrasing: text(ask, "phrasing").unwrap_or_default(),
        count: ask
            .get("count")
            .and_then(Toml::as_integer)
            .map_or(0, |count| count as u64),
        stems: parallel(entry, "stems"),
        negative: flag(entry, "negative"),
    }
}

fn written(entry: &Table) -> Written {
    let tables = |key: &str| {
        entry.get(key).map_or(&[][..], list).iter().map(|t| t.as_table().unwrap())
    };
    Written {
        item_type: text(entry, "type").unwrap(),
        stem: Words::of(entry, "stem"),
        options: tables("options")
            .map(|o| (Words::of(o, "text"), flag(o, "correct")))
            .collect(),
        categories: parallel(entry, "categories"),
        rows: tables("rows")
            .map(|row| (Words::of(row, "text"), text(row, "category").unwrap()))
            .collect(),
        steps: parallel(entry, "steps"),
        text: if entry.contains_key("text") {
            Words::of(entry, "text")
        } else {
            Words::default()
        },
        blanks: blanks(entry),
        words: parallel(entry, "words"),
        truth: entry.get("truth").and_then(Toml::as_bool),
        answers: parallel(entry, "answers"),
        guide: tables("guide").map(|line| Words::of(line, "text")).collect(),
        facts: texts(entry, "facts"),
        stimulus: text(entry, "stimulus").unwrap_or_default(),
    }
}

/// The title, the text, and the caption, heads and cells of the table.
fn stimulus(entry: &Table) -> Vec<Words> {
    let none = Table::new();
    let table = |entry: &Table| {
        entry.get("table").and_then(Toml::as_table).unwrap_or(&none).clone()
    };
    let cells = |table: &Table| {
        let rows = table.get("rows").map_or(&[][..], list).iter().flat_map(list);
        let rows = rows.map(|cell| cell.as_str().unwrap().to_string());
        let caption = text(table, "caption").into_iter();
        caption.chain(texts(table, "head")).chain(rows).collect::<Vec<String>>()
    };
    let named = ["title", "text"].into_iter().filter(|key| entry.contains_key(*key));
    let mut words: Vec<Words> = named.map(|key| Words::of(entry, key)).collect();
    let en = entry
        .get("en")
        .and_then(Toml::as_table)
        .map_or(Vec::new(), |en| cells(&table(en)));
    let own = cells(&table(entry)).into_iter().enumerate();
    words.extend(own.map(|(i, base)| Words::new(&base, en.get(i).map(String::as_str))));
    words
}

/// A list of texts with the list of translations beside it.
fn parallel(entry: &Table, key: &str) -> Vec<Words> {
    beside(entry, entry.get("en"), key)
}

fn beside(entry: &Table, en: Option<&Toml>, key: &str) -> Vec<Words> {
    let en = en.and_then(Toml::as_table).map_or(Vec::new(), |en| texts(en, key));
    let pairs = texts(entry, key).into_iter().enumerate();
    pairs.map(|(i, base)| Words::new(&base, en.get(i).map(String::as_str))).collect()
}

/// The answers of each blank, with their translations.
fn blanks(entry: &Table) -> Vec<Vec<Words>> {
    let of = |table: &Table| {
        let blanks = table.get("blanks").map_or(&[][..], list).iter();
        let texts = |blank: &Toml| -> Vec<String> {
            list(blank).iter().map(|text| text.as_str().unwrap().to_string()).collect()
        };
        blanks.map(texts).collect::<Vec<_>>()
    };
    let english = entry.get("en").and_then(Toml::as_table).map_or(Vec::new(), of);
    let words = |(place, blank): (usize, Vec<String>)| {
        let english = |index| english.get(place).and_then(|all| all.get(index));
        let words = |(index, base): (usize, &String)| {
            Words::new(base, english(index).map(String::as_str))
        };
        blank.iter().enumerate().map(words).collect()
    };
    of(entry).into_iter().enumerate().map(words).collect()
}

/// Only what is neither dated nor historical nor disputed can be relied upon.
fn settled(entry: &Table) -> bool {
    !entry.contains_key("as_of") && !flag(entry, "historical") && !flag(entry, "disputed")
}

fn as_of(entry: &Table) -> Option<String> {
    let only = !flag(entry, "historical") && !flag(entry, "disputed");
    let day = entry.get("as_of").filter(|_| only)?;
    Some(day.as_str().map_or_else(|| day.to_string(), str::to_string))
}

fn flag(entry: &Table, key: &str) -> bool {
    entry.get(key).and_then(Toml::as_bool).unwrap_or(false)
}

fn text(entry: &Table, key: &str) -> Option<String> {
    entry.get(key).and_then(Toml::as_str).map(str::to_string)
}

fn texts(entry: &Table, key: &str) -> Vec<String> {
    let list = entry.get(key).map_or(&[][..], list);
    list.iter().map(|text| text.as_str().unwrap().to_string()).collect()
}

/// A list as it is, and anything else as a list of one.
fn list(value: &Toml) -> &[Toml] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}
