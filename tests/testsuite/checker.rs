//! An independent checker: from the TOML files alone, which answers of an exam are right.
//!
//! It shares no code with the bank and the exam. Both were written from the same rules, so
//! a mistake has to be made twice, in two ways, to go unseen.

mod answers;
mod faults;
mod groups;
pub mod known;
mod options;
mod paper;
mod rows;
mod several;
mod truth;

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use self::known::{Known, Pattern, Written, fold};
use self::truth::Truth;

/// A bank just large enough to plant faults in.
pub const SMALL: &str = include_str!("checker/small.toml");

/// Checks records against what is known.
pub struct Checker {
    pub known: Known,
    /// Entities by every folded name, and statements by phrasing and wording, in each
    /// language.
    names: BTreeMap<(String, String), Vec<String>>,
    wordings: BTreeMap<(String, String, String), Vec<String>>,
    /// What has been found out, since exams ask the same again and again.
    found: RefCell<BTreeMap<[String; 4], Truth>>,
}

/// A question of a record.
pub struct Question<'a> {
    record: &'a Json,
    language: &'a str,
}

/// What an item was made from.
enum Origin<'a> {
    Written(&'a Written),
    /// A pattern, and what follows its id; empty if the item covers the whole pattern.
    Pattern(&'a Pattern, &'a str),
}

impl<'a> Question<'a> {
    fn text(&self, key: &str) -> &'a str {
        self.record[key].as_str().unwrap_or_default()
    }

    fn list(&self, key: &str) -> Vec<&'a str> {
        let list = self.record[key].as_array().into_iter().flatten();
        list.map(|text| text.as_str().unwrap()).collect()
    }

    fn points(&self) -> u64 {
        self.record["points"].as_u64().unwrap_or(0)
    }

    /// The criteria of an essay and their points.
    fn guide(&self) -> Vec<(&'a str, u64)> {
        let lines = self.record["guide"].as_array().into_iter().flatten();
        lines
            .map(|l| (l["text"].as_str().unwrap(), l["points"].as_u64().unwrap()))
            .collect()
    }

    /// The option that a letter stands for.
    fn place(&self, letter: &str) -> Option<usize> {
        let mut letters = letter.bytes();
        let (Some(letter @ b'A'..=b'Z'), None) = (letters.next(), letters.next()) else {
            return None;
        };
        let place = usize::from(letter - b'A');
        (place < self.list("options").len()).then_some(place)
    }
}

impl Checker {
    pub fn new(files: &[&str]) -> Checker {
        let known = Known::read(files);
        let mut names: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        let mut wordings: BTreeMap<(String, String, String), Vec<String>> =
            BTreeMap::new();
        for language in ["id", "en"] {
            let key = |text: &str| (language.to_string(), fold(text));
            for (id, entity) in &known.entities {
                let spellings = entity.aliases.iter().map(String::as_str);
                for name in spellings.chain([entity.name.say(language)]) {
                    let ids = names.entry(key(name)).or_default();
                    // An alias may be the name in another language.
                    if !ids.contains(id) {
                        ids.push(id.clone());
                    }
                }
            }
            for (id, statement) in &known.statements {
                for (phrasing, words) in &statement.wordings {
                    let (language, words) = key(words.say(language));
                    let key = (language, phrasing.clone(), words);
                    wordings.entry(key).or_default().push(id.clone());
                }
            }
        }
        Checker { known, names, wordings, found: RefCell::default() }
    }

    /// Everything that is wrong with a record.
    pub fn complaints(&self, record: &Json) -> Vec<String> {
        let language = record["language"].as_str().unwrap();
        let mut all = Vec::new();
        for variant in record["variants"].as_array().unwrap() {
            let label = variant["label"].as_str().unwrap();
            let questions: Vec<Question> =
                (variant["questions"].as_array().unwrap().iter())
                    .map(|record| Question { record, language })
                    .collect();
            for question in &questions {
                let (number, item) = (&question.record["number"], question.text("item"));
                let found = self.question(question);
                all.extend(
                    found.iter().map(|c| format!("{label} {number} ({item}): {c}")),
                );
            }
            let groups = self.groups(variant, &questions);
            all.extend(groups.iter().map(|c| format!("{label}: {c}")));
            all.extend(self.paper(&questions).iter().map(|c| format!("{label}: {c}")));
        }
        all
    }

    fn question(&self, question: &Question) -> Vec<String> {
        let (stem, item) = (question.text("stem"), question.text("item"));
        let Some(origin) = self.origin(item) else {
            return vec!["there is nothing that the item could be made from".into()];
        };
        let mut found = match origin {
            Origin::Written(written) => self.written(question, written),
            Origin::Pattern(pattern, subject) => {
                self.generated(question, pattern, subject)
            }
        };
        let item_type = match origin {
            Origin::Written(written) => &written.item_type,
            Origin::Pattern(pattern, _) => &pattern.item_type,
        };
        if question.text("type") != item_type {
            found.push(format!(
                "it is of the type {}, not {item_type}",
                question.text("type")
            ));
        }
        if stem.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase) {
            found.push("the stem does not begin with a capital".into());
        }
        found
    }

    fn generated(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<String> {
        match pattern.item_type.as_str() {
            "multiple-choice" => self.choice(question, pattern, subject),
            "multiple-answer" => self.several(question, pattern, subject),
            "true-false" => self.judgement(question, pattern, subject),
            "categorize" => self.categories(question, pattern),
            "ordering" => self.ordering(question, pattern),
            "matching" => self.matching(question, pattern),
            "short-answer" => self.blank(question, pattern, subject),
            "essay" => self.listing(question, pattern),
            other => vec![format!("there is no type {other}")],
        }
    }

    fn origin<'a>(&'a self, item: &'a str) -> Option<Origin<'a>> {
        if let Some(written) = self.known.items.get(item) {
            return Some(Origin::Written(written));
        }
        // `id/2` is what else an exam asks from one origin.
        let first = item.trim_end_matches(|c: char| c.is_ascii_digit());
        let item = first.strip_suffix('/').unwrap_or(item);
        let (pattern, subject) = item.split_once(':').unwrap_or((item, ""));
        Some(Origin::Pattern(self.known.patterns.get(pattern)?, subject))
    }

    /// The entity and the index of its value that `entity`, `entity-2` or, where that is an
    /// entity too, `entity#2` stands for.
    fn value_of<'a>(&self, subject: &'a str) -> Option<(&'a str, usize)> {
        if self.known.entities.contains_key(subject) {
            return Some((subject, 0));
        }
        let (entity, number) = subject.rsplit_once(['-', '#'])?;
        let number: usize = number.parse().ok().filter(|&number| number > 1)?;
        self.known.entities.contains_key(entity).then_some((entity, number - 1))
    }

    /// The entities that a printed name may stand for.
    fn named(&self, language: &str, name: &str) -> &[String] {
        let found = self.names.get(&(language.to_string(), fold(name)));
        found.map_or(&[], Vec::as_slice)
    }

    /// The statements that read so.
    fn worded(&self, language: &str, phrasing: &str, text: &str) -> &[String] {
        let key = (language.to_string(), phrasing.to_string(), fold(text));
        self.wordings.get(&key).map_or(&[], Vec::as_slice)
    }

    fn value(&self, entity: &str, attribute: &str, printed: &str) -> Truth {
        let claim = ["value", entity, attribute, printed];
        self.once(claim, || self.known.value(entity, attribute, printed, None))
    }

    /// Whether an entity has a value on the day that a question speaks of, if it does.
    fn value_on(
        &self,
        day: Option<&str>,
        entity: &str,
        attribute: &str,
        printed: &str,
    ) -> Truth {
        match day {
            None => self.value(entity, attribute, printed),
            Some(_) => self.known.value(entity, attribute, printed, day),
        }
    }

    /// The day that a question about a value must state.
    fn day(&self, entity: &str, attribute: &str, index: usize) -> Option<&str> {
        let entity = &self.known.entities[entity];
        let value = truth::held(entity, attribute).get(index)?;
        value.as_of.as_deref().or(entity.as_of.as_deref())
    }

    fn label(&self, statement: &str, label: &str) -> Truth {
        self.once(["label", statement, label, ""], || self.known.label(statement, label))
    }

    fn case(&self, case: &str, statement: &str) -> Truth {
        self.once(["case", case, statement, ""], || self.known.case(case, statement))
    }

    /// Whether two statements may not stand in one item.
    fn clash(&self, one: &str, two: &str) -> bool {
        let clash =
            || if self.known.clash(one, two) { Truth::True } else { Truth::False };
        self.once(["clash", one, two, ""], clash) == Truth::True
    }

    fn once(&self, claim: [&str; 4], find: impl Fn() -> Truth) -> Truth {
        let claim = claim.map(str::to_string);
        if let Some(&truth) = self.found.borrow().get(&claim) {
            return truth;
        }
        let truth = find();
        self.found.borrow_mut().insert(claim, truth);
        truth
    }
}

/// The stems of a pattern with its placeholders filled, folded.
fn filled(pattern: &Pattern, language: &str, fills: &[(&str, &str)]) -> Vec<String> {
    let fill = |stem: &str| {
        let fill = |stem: String, (name, text): &(&str, &str)| stem.replace(name, text);
        fold(&fills.iter().fold(stem.to_string(), fill))
    };
    pattern.stems.iter().map(|stem| fill(stem.say(language))).collect()
}

/// The stems that state the day, if there is one, and otherwise those that state none.
fn dated(stems: Vec<String>, language: &str, day: Option<&str>) -> Vec<String> {
    const MONTHS: [&str; 24] = [
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let said = day.map(|day| {
        let number = |part: std::ops::Range<usize>| day[part].parse::<usize>().unwrap();
        let month = number(5..7) - 1 + if language == "en" { 12 } else { 0 };
        format!("{} {} {}", number(8..10), MONTHS[month], number(0..4))
    });
    let fits = stems.into_iter().filter(|stem| stem.contains("{as_of}") == day.is_some());
    fits.map(|stem| stem.replace("{as_of}", said.as_deref().unwrap_or_default()))
        .collect()
}

/// What stands in the place of the only placeholder that is left in a folded template.
fn hole<'a>(template: &str, name: &str, text: &'a str) -> Option<&'a str> {
    let (before, after) = template.split_once(name)?;
    text.strip_prefix(before)?.strip_suffix(after)
}
