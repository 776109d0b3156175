//! Checking what a blueprint file says.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use toml::Spanned;

use crate::diagnostic::Diagnostic;
use crate::exam::blueprint::documents::{Documents, RawDocuments};
use crate::exam::blueprint::raw::{
    RawBlueprint, RawCopies, RawIdentity, RawLetterhead, RawMode, RawSection, RawSpace,
    Right, Variants,
};
use crate::exam::blueprint::{
    Asked, Blueprint, Copies, Lines, Mode, Named, SectionPlan, Usage, labels,
};
use crate::exam::{Head, Identity, Letterhead};
use crate::input::{self, Source};
use crate::item_type::ItemType;
use crate::language::Language;
use crate::picture::Picture;
use crate::roster::Room;
use crate::space::{Extent, Space};
use crate::theme::MOST_COLUMNS;

/// The most options that an item may have: one for each letter.
const MOST_OPTIONS: usize = 26;

/// The most statements that a categorize item may have, and steps of an ordering item.
const MOST_ROWS: usize = 12;

/// The most items that a section may have.
pub const MOST_ITEMS: usize = 500;

/// How many lines an answer may have.
const LINES: RangeInclusive<u32> = 0..=100;

/// How many rows a room may have, and seats a row.
const SEATS: RangeInclusive<usize> = 1..=100;

/// The most variants that one run makes.
const MOST_VARIANTS: usize = 10_000;

/// Checks what the file says and collects what is wrong with it.
pub struct Reader<'a> {
    /// The file.
    pub source: &'a Source,
    /// What is wrong so far.
    pub findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Notes what is wrong at a place.
    pub fn wrong(&mut self, span: Range<usize>, message: impl Into<String>, hint: &str) {
        let place = self.source.place(span);
        self.findings.push(Diagnostic::error(message).at(place).hint(hint));
    }

    /// The blueprint, which is sound if there are no findings.
    pub fn blueprint(
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
        let uniform_key = self.uniform_key(raw.uniform_key, &raw.section);
        self.weights(&raw.section);
        let documents = self.documents(raw.documents);
        if raw.section.is_empty() && documents.need_items() {
            let hint = "add a `[[section]]` with a `type` and a `count`";
            self.wrong(0..0, "the blueprint has no sections", hint);
        }
        let mut identity = identity(raw.identity);
        identity.turn_to_sheets(&documents);
        Blueprint {
            head: Head {
                title,
                language: raw.language,
                letterhead,
                identity,
                school: raw.school,
                instructions: raw.instructions,
                closing: raw.closing,
                watermark: raw.watermark,
                numbering: raw.numbering,
            },
            banks,
            seed: raw.seed,
            variants: self.variants(raw.variants),
            mode: match raw.mode {
                RawMode::Parallel => Mode::Parallel,
                RawMode::Shuffled | RawMode::Makeup => Mode::Shuffled,
            },
            makeup: raw.mode == RawMode::Makeup,
            avoid: raw.avoid.into_iter().map(|path| self.named(Some(path), "")).collect(),
            avoided: Asked::default(),
            also_avoided: Asked::default(),
            ledger: raw.ledger.map(|path| self.named(Some(path), "")),
            usage: Usage::new(),
            main_usage: Usage::new(),
            uniform_key,
            class_size: self.number(raw.class_size, "class_size", 1..=100_000, 32),
            grade: raw.grade.map(|grade| self.number(Some(grade), "grade", 1..=12, 9)),
            dated: raw.dated,
            allow: raw.allow.into_iter().map(|code| self.named(Some(code), "")).collect(),
            paper: self.named(raw.paper, "f4"),
            theme: self.named(raw.theme, "modern"),
            editions: raw.editions.into_iter().map(|n| self.named(Some(n), "")).collect(),
            columns: (raw.columns)
                .map(|count| self.number(Some(count), "columns", 1..=MOST_COLUMNS, 1)),
            printing: raw.printing,
            copies: raw.copies.map(|raw| self.copies(raw)),
            documents,
            sections: raw.section.into_iter().map(|raw| self.section(raw)).collect(),
            translations: [(Language::Id, raw.id), (Language::En, raw.en)]
                .into_iter()
                .filter_map(|(language, translation)| Some((language, translation?)))
                .collect(),
            sha256: self.source.sum(),
        }
    }

    fn documents(&mut self, raw: Option<Spanned<RawDocuments>>) -> Documents {
        let Some(raw) = raw else { return Documents::default() };
        let place = self.source.place(raw.span());
        raw.into_inner().documents(place, self)
    }

    fn copies(&mut self, raw: Spanned<RawCopies>) -> Copies {
        let place = Some(self.source.place(raw.span()));
        let raw = raw.into_inner();
        let seats = raw.seats.map(|seats| {
            let Room { rows, columns } = *seats.get_ref();
            for (key, count) in [("rows", rows), ("columns", columns)] {
                let count = Spanned::new(seats.span(), count);
                self.number(Some(count), key, SEATS, 1);
            }
            seats.into_inner()
        });
        let roster = raw.roster.map(|name| self.named(Some(name), ""));
        Copies { roster, papers: raw.papers, seats, place }
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

    /// Whether keys are to be uniform, which they can be where a key is one letter.
    fn uniform_key(
        &mut self,
        raw: Option<Spanned<bool>>,
        sections: &[Spanned<RawSection>],
    ) -> bool {
        let Some(raw) = raw.filter(|raw| *raw.get_ref()) else { return false };
        let has_letter = |section: &Spanned<RawSection>| {
            let types = [ItemType::MultipleChoice, ItemType::TrueFalse];
            types.contains(&section.get_ref().item_type)
        };
        if !sections.iter().any(has_letter) {
            let message = "no section has a key that could be uniform";
            let hint = "leave out `uniform_key`: it is for multiple-choice and true-false \
                        sections, where a number has one letter";
            self.wrong(raw.span(), message, hint);
        }
        true
    }

    /// Checks that the weights of sections, if they have any, make up the whole.
    fn weights(&mut self, sections: &[Spanned<RawSection>]) {
        let weights = sections.iter().filter_map(|raw| raw.get_ref().weight.as_ref());
        let weights: Vec<&Spanned<u32>> = weights.collect();
        let Some(last) = weights.last() else { return };
        let sum: u64 = weights.iter().map(|weight| u64::from(*weight.get_ref())).sum();
        let hint = "write a `weight` in every section, so that they add up to 100";
        if weights.len() < sections.len() {
            self.wrong(last.span(), "some sections have no `weight`", hint);
        } else if sum != 100 {
            let message = format!("the weights of the sections add up to {sum}");
            self.wrong(last.span(), message, hint);
        }
    }

    fn section(&mut self, raw: Spanned<RawSection>) -> SectionPlan {
        let span = raw.span();
        let raw = raw.into_inner();
        let table = self.table(raw.row);
        let count = self.count(raw.count, &table, span.clone());
        let topics = self.topics(raw.topics, count);
        let levels = self.levels(raw.levels, count);
        let difficulty = self.mix(raw.difficulty, count);
        let usual = SectionPlan::usual(raw.item_type, self.source.place(span));
        let fewest = if raw.item_type == ItemType::MultipleAnswer { 3 } else { 2 };
        let options = fewest..=MOST_OPTIONS;
        let options = self.number(raw.options, "options", options, usual.options);
        let pairs = 2..=MOST_OPTIONS - 1;
        let extra = 1..=MOST_OPTIONS - 1;
        let (pairs, extra) = (
            self.number(raw.pairs, "pairs", pairs, usual.pairs),
            self.number(raw.extra, "extra", extra, usual.extra),
        );
        if pairs + extra > MOST_OPTIONS {
            let message =
                format!("{pairs} pairs and {extra} more options need too many letters");
            let hint = format!("`pairs` and `extra` together are at most {MOST_OPTIONS}");
            self.findings
                .push(Diagnostic::error(message).at(usual.place.clone()).hint(hint));
        }
        SectionPlan {
            heading: raw.heading,
            note: raw.note,
            count,
            weight: raw
                .weight
                .map(|weight| self.number(Some(weight), "weight", 1..=100, 1)),
            points: self.number(raw.points, "points", 1..=1000, usual.points),
            options,
            right: self.right(raw.right, options),
            pairs,
            extra,
            rows: self.number(raw.rows, "rows", 2..=MOST_ROWS, usual.rows),
            steps: self.number(raw.steps, "steps", 3..=MOST_ROWS, usual.steps),
            stimuli: self.number(raw.stimuli, "stimuli", 0..=count, usual.stimuli),
            space: self.space(raw.lines, raw.space),
            topics,
            levels,
            difficulty,
            table,
            ..usual
        }
    }

    /// Where an answer is written: so many lines, or what `space` says.
    fn space(
        &mut self,
        lines: Option<Spanned<u32>>,
        raw: Option<Spanned<RawSpace>>,
    ) -> Option<Space> {
        let Some(raw) = raw else {
            let lines = self.number(Some(lines?), "lines", LINES, 0);
            return Some(Space::lines(lines));
        };
        let span = raw.span();
        let raw = raw.into_inner();
        let mut extents = Vec::new();
        if let Some(lines) = raw.lines {
            extents.push(Extent::Lines(self.number(Some(lines), "lines", LINES, 0)));
        }
        extents.extend(raw.height.map(Extent::Height));
        extents.extend(raw.rest.then_some(Extent::Rest));
        let &[extent] = &extents[..] else {
            let hint = "write one of `lines = 8`, `height = \"60mm\"` and `rest = true`";
            self.wrong(span, "`space` has one height", hint);
            return None;
        };
        if lines.is_some() {
            let hint = "leave out `lines`, or write it into `space`";
            self.wrong(span, "a section has `lines` or `space`, not both", hint);
        }
        Some(Space { ruling: raw.ruling, extent })
    }

    /// How many options are right: two at least, and never all.
    fn right(
        &mut self,
        raw: Option<Spanned<Right>>,
        options: usize,
    ) -> RangeInclusive<usize> {
        let most = options.saturating_sub(1).max(2);
        let Some(raw) = raw else { return 2..=options.saturating_sub(2).max(2) };
        let span = raw.span();
        let (low, high) = match raw.into_inner() {
            Right::Always(count) => (count, count),
            Right::Between([low, high]) => (low, high),
        };
        if low < 2 || high > most || low > high {
            let message = match low == high {
                true => format!("`right` cannot be {low} of {options} options"),
                false => format!("`right` cannot go from {low} to {high}"),
            };
            let hint = format!("at least 2 options are right, and at most {most}");
            self.wrong(span, message, &hint);
        }
        low..=high
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

    /// A number within its range, or the usual one.
    pub fn number<N: Copy + PartialOrd + Display>(
        &mut self,
        raw: Option<Spanned<N>>,
        key: &str,
        range: RangeInclusive<N>,
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
        answer_sheet: raw.answer_sheet,
        bubbles: false,
        subject: raw.subject,
        class: raw.class,
        date: raw.date,
        time: raw.time,
        more: raw.more.into_iter().map(|field| (field.label, field.value)).collect(),
    }
}
