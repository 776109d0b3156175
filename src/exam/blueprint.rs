//! The blueprint (kisi-kisi): the teacher's file that says what an exam is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::bank::Id;
use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::exam::{Head, Identity, Letterhead, Numbering};
use crate::input::{self, Source};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::picture::Picture;

/// What an exam is made of. Read with [`Blueprint::read`].
#[derive(Debug, Clone, PartialEq)]
pub struct Blueprint {
    /// What stands on every document.
    pub head: Head,
    /// The banks that items are drawn from, by name or path.
    pub banks: Vec<Named>,
    /// The seed that all chance comes from.
    pub seed: u64,
    /// The labels of the variants.
    pub variants: Vec<String>,
    /// How many students are to get a paper.
    pub class_size: u32,
    /// The paper that sheets are printed on.
    pub paper: Named,
    /// The theme that sheets are set in.
    pub theme: Named,
    /// What each section is made of, in printed order.
    pub sections: Vec<SectionPlan>,
    /// What documents say instead in other languages.
    pub editions: BTreeMap<Language, Edition>,
    /// The SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
}

/// What documents say instead in another language; `None` leaves what they say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edition {
    /// The lines of the title.
    pub title: Option<Lines>,
    /// The school subject.
    pub subject: Option<String>,
    /// The class and semester.
    pub class: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// The time allowed.
    pub time: Option<String>,
    /// The general instructions.
    pub instructions: Option<Vec<String>>,
    /// The line below the last question.
    pub closing: Option<String>,
}

/// A name in a blueprint, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it stands; `None` if it is a default or comes from the command line.
    pub place: Option<Place>,
}

/// What a section is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionPlan {
    /// The kind of task.
    pub item_type: ItemType,
    /// The heading, or `None` for the wording's own.
    pub heading: Option<String>,
    /// What students are to do, or `None` for the wording's own.
    pub note: Option<String>,
    /// How many items it has.
    pub count: usize,
    /// The points for one answer.
    pub points: u32,
    /// How many options a multiple-choice item offers.
    pub options: usize,
    /// How many premises a matching item has.
    pub pairs: usize,
    /// How many options of a matching item belong to no premise.
    pub extra: usize,
    /// How many lines an essay's answer is given, or `None` for the bank's own number.
    pub lines: Option<u32>,
    /// How many items each topic has; what is left over comes from any topic.
    pub topics: BTreeMap<Id, Quota>,
    /// Where the section stands.
    pub place: Place,
}

/// How many items a topic has, and where that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// How many.
    pub count: usize,
    /// Where it is said.
    pub place: Place,
}

/// The most options that an item may have: one for each letter.
const MOST_OPTIONS: usize = 26;

/// The most items that a section may have.
const MOST_ITEMS: usize = 500;

/// The most variants that one run makes.
const MOST_VARIANTS: usize = 10_000;

impl Blueprint {
    /// Reads a blueprint; `picture` opens the logos that it names.
    pub fn read(
        source: &Source,
        picture: &dyn Fn(&str) -> Result<Picture, Diagnostic>,
    ) -> Checked<Blueprint> {
        let raw: RawBlueprint = input::read(source)?;
        let mut reader = Reader { source, findings: Vec::new() };
        let blueprint = reader.blueprint(raw, picture);
        if reader.findings.is_empty() { Ok(blueprint) } else { Err(reader.findings) }
    }

    /// Turns to another language, with what the blueprint says in it.
    pub fn turn_to(&mut self, language: Language) {
        let head = &mut self.head;
        head.language = language;
        let Some(edition) = self.editions.get(&language) else { return };
        let identity = &mut head.identity;
        for (own, other) in [
            (&mut identity.subject, &edition.subject),
            (&mut identity.class, &edition.class),
            (&mut identity.date, &edition.date),
            (&mut identity.time, &edition.time),
            (&mut head.closing, &edition.closing),
        ] {
            if other.is_some() {
                own.clone_from(other);
            }
        }
        if let Some(title) = &edition.title {
            head.title = title.clone().into_vec();
        }
        if edition.instructions.is_some() {
            head.instructions.clone_from(&edition.instructions);
        }
    }
}

/// The labels `A` to `Z`, then `AA`, `AB` and so on.
pub fn labels(count: usize) -> Vec<String> {
    let label = |index: usize| {
        let letter = |index: usize| char::from(b'A' + (index % 26) as u8);
        let mut letters = vec![letter(index)];
        let mut rest = index / 26;
        while rest > 0 {
            letters.push(letter(rest - 1));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    };
    (0..count).map(label).collect()
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBlueprint {
    title: Spanned<Lines>,
    #[serde(default)]
    language: Language,
    banks: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    seed: u64,
    variants: Option<Spanned<Variants>>,
    class_size: Option<Spanned<u32>>,
    paper: Option<Spanned<String>>,
    theme: Option<Spanned<String>>,
    #[serde(default)]
    numbering: Numbering,
    letterhead: Option<RawLetterhead>,
    #[serde(default)]
    identity: RawIdentity,
    instructions: Option<Vec<String>>,
    closing: Option<String>,
    #[serde(default)]
    section: Vec<Spanned<RawSection>>,
    id: Option<Edition>,
    en: Option<Edition>,
}

/// One line or several.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
pub enum Lines {
    /// One line.
    One(String),
    /// Several lines.
    Several(Vec<String>),
}

impl Lines {
    fn into_vec(self) -> Vec<String> {
        match self {
            Lines::One(line) => vec![line],
            Lines::Several(lines) => lines,
        }
    }
}

/// How many variants there are, or their labels.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number of variants or a list of their labels")]
enum Variants {
    Count(usize),
    Labels(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLetterhead {
    authority: Option<Lines>,
    school: Option<String>,
    address: Option<Lines>,
    left: Option<Spanned<String>>,
    right: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawIdentity {
    subject: Option<String>,
    class: Option<String>,
    date: Option<String>,
    time: Option<String>,
    more: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    label: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    #[serde(rename = "type")]
    item_type: ItemType,
    heading: Option<String>,
    note: Option<String>,
    count: Spanned<usize>,
    points: Option<Spanned<u32>>,
    options: Option<Spanned<usize>>,
    pairs: Option<Spanned<usize>>,
    extra: Option<Spanned<usize>>,
    lines: Option<Spanned<u32>>,
    #[serde(default)]
    topics: BTreeMap<Id, Spanned<usize>>,
}

/// Checks what the file says and collects what is wrong with it.
struct Reader<'a> {
    source: &'a Source,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Range<usize>, message: impl Into<String>, hint: &str) {
        let place = self.source.place(span);
        self.findings.push(Diagnostic::error(message).at(place).hint(hint));
    }

    fn blueprint(
        &mut self,
        raw: RawBlueprint,
        picture: &dyn Fn(&str) -> Result<Picture, Diagnostic>,
    ) -> Blueprint {
        let title_span = raw.title.span();
        let title: Vec<String> = raw.title.into_inner().into_vec();
        if title.iter().all(|line| line.trim().is_empty()) {
            let hint =
                "write what the exam is called, as in `title = \"Ulangan Harian\"`";
            self.wrong(title_span, "the title is empty", hint);
        }
        let banks = self.banks(raw.banks);
        let letterhead = raw.letterhead.map(|raw| self.letterhead(raw, picture));
        if raw.section.is_empty() {
            let hint = "add a `[[section]]` with a `type` and a `count`";
            self.wrong(0..0, "the blueprint has no sections", hint);
        }
        Blueprint {
            head: Head {
                title,
                language: raw.language,
                letterhead,
                identity: identity(raw.identity),
                instructions: raw.instructions,
                closing: raw.closing,
                numbering: raw.numbering,
            },
            banks,
            seed: raw.seed,
            variants: self.variants(raw.variants),
            class_size: self.number(raw.class_size, "class_size", 1..=100_000, 32),
            paper: self.named(raw.paper, "f4"),
            theme: self.named(raw.theme, "klasik"),
            sections: raw.section.into_iter().map(|raw| self.section(raw)).collect(),
            editions: [(Language::Id, raw.id), (Language::En, raw.en)]
                .into_iter()
                .filter_map(|(language, edition)| Some((language, edition?)))
                .collect(),
            sha256: self.source.sha256(),
        }
    }

    fn banks(&mut self, raw: Spanned<Vec<Spanned<String>>>) -> Vec<Named> {
        if raw.get_ref().is_empty() {
            let hint =
                "name a built-in bank or a file, as in `banks = [\"bank-saya.toml\"]`";
            self.wrong(raw.span(), "the blueprint names no bank", hint);
        }
        raw.into_inner().into_iter().map(|name| self.named(Some(name), "")).collect()
    }

    fn letterhead(
        &mut self,
        raw: RawLetterhead,
        picture: &dyn Fn(&str) -> Result<Picture, Diagnostic>,
    ) -> Letterhead {
        let mut open = |path: Option<Spanned<String>>| {
            let path = path?;
            match picture(path.get_ref()) {
                Ok(picture) => Some(Arc::new(picture)),
                Err(finding) => {
                    self.findings.push(finding.at(self.source.place(path.span())));
                    None
                }
            }
        };
        Letterhead {
            left: open(raw.left),
            right: open(raw.right),
            authority: raw.authority.map_or(Vec::new(), Lines::into_vec),
            school: raw.school,
            address: raw.address.map_or(Vec::new(), Lines::into_vec),
        }
    }

    fn variants(&mut self, raw: Option<Spanned<Variants>>) -> Vec<String> {
        let Some(raw) = raw else { return labels(4) };
        let span = raw.span();
        let labels = match raw.into_inner() {
            Variants::Count(count) if count <= MOST_VARIANTS => labels(count),
            Variants::Count(_) => {
                let message = format!("more than {MOST_VARIANTS} variants");
                self.wrong(span, message, "make them in several runs");
                return Vec::new();
            }
            Variants::Labels(labels) => labels,
        };
        if labels.is_empty() {
            self.wrong(
                span.clone(),
                "an exam has at least one variant",
                "write `variants = 1`",
            );
        }
        let mut seen = BTreeSet::new();
        for label in &labels {
            if input::file_stem(label).is_empty() || label.chars().count() > 12 {
                let message = format!("`{label}` cannot label a variant");
                let hint =
                    "a label has 1 to 12 characters, with a letter or digit among them";
                self.wrong(span.clone(), message, hint);
            }
            if !seen.insert(input::file_stem(label).to_lowercase()) {
                let message = format!("the label `{label}` stands twice");
                let hint =
                    "labels differ in more than case and punctuation: they name files";
                self.wrong(span.clone(), message, hint);
            }
        }
        labels
    }

    fn section(&mut self, raw: Spanned<RawSection>) -> SectionPlan {
        let span = raw.span();
        let raw = raw.into_inner();
        let count_span = raw.count.span();
        let count = self.number(Some(raw.count), "count", 1..=MOST_ITEMS, 1);
        let topics: BTreeMap<Id, Quota> = (raw.topics.into_iter())
            .map(|(topic, quota)| {
                let place = self.source.place(quota.span());
                (topic, Quota { count: quota.into_inner(), place })
            })
            .collect();
        let asked: usize = topics.values().map(|quota| quota.count).sum();
        if asked > count {
            let message =
                format!("the topics ask for {asked} items, but `count` is {count}");
            let hint = format!("write `count = {asked}`, or lower the topics");
            self.wrong(count_span, message, &hint);
        }
        let essay = raw.item_type == ItemType::Essay;
        SectionPlan {
            item_type: raw.item_type,
            heading: raw.heading,
            note: raw.note,
            count,
            points: self.number(
                raw.points,
                "points",
                1..=1000,
                if essay { 5 } else { 1 },
            ),
            options: self.number(raw.options, "options", 2..=MOST_OPTIONS, 4),
            pairs: self.number(raw.pairs, "pairs", 2..=MOST_OPTIONS - 1, 5),
            extra: self.number(raw.extra, "extra", 1..=MOST_OPTIONS - 1, 2),
            lines: raw.lines.map(|lines| self.number(Some(lines), "lines", 0..=100, 0)),
            topics,
            place: self.source.place(span),
        }
    }

    fn named(&mut self, raw: Option<Spanned<String>>, default: &str) -> Named {
        match raw {
            Some(raw) => Named {
                place: Some(self.source.place(raw.span())),
                name: raw.into_inner(),
            },
            None => Named { name: default.to_string(), place: None },
        }
    }

    fn number<N: Copy + PartialOrd + std::fmt::Display>(
        &mut self,
        raw: Option<Spanned<N>>,
        key: &str,
        range: std::ops::RangeInclusive<N>,
        default: N,
    ) -> N {
        let Some(raw) = raw else { return default };
        if !range.contains(raw.get_ref()) {
            let message = format!("`{key}` cannot be {}", raw.get_ref());
            let hint = format!("it goes from {} to {}", range.start(), range.end());
            self.wrong(raw.span(), message, &hint);
        }
        raw.into_inner()
    }
}

fn identity(raw: RawIdentity) -> Identity {
    Identity {
        subject: raw.subject,
        class: raw.class,
        date: raw.date,
        time: raw.time,
        more: raw.more.into_iter().map(|field| (field.label, field.value)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_count_like_spreadsheet_columns() {
        let all = labels(26 + 26 * 26 + 1);
        assert_eq!(all[0], "A");
        assert_eq!(all[25], "Z");
        assert_eq!(all[26], "AA");
        assert_eq!(all[27], "AB");
        assert_eq!(all[52], "BA");
        assert_eq!(all[26 + 26 * 26], "AAA");
    }
}
