//! Item cards (kartu soal): for each item what it is for, how it reads, what is right, and
//! where it has been used.

use std::collections::BTreeSet;

use crate::bank::{Bank, Id};
use crate::exam::blueprint::documents::Curriculum;
use crate::exam::{Answer, Exam, Paper, Question, Solution, Variant};
use crate::item_type::ItemType;
use crate::sheet::heading::{letters, name};
use crate::sheet::indicator::{indicator, material};
use crate::sheet::key::short;
use crate::sheet::paper::question;
use crate::sheet::school::{Places, curriculum, field, school, teachers_sheet};
use crate::sheet::scoring::{numbered, rubric};
use crate::sheet::stimulus::lead;
use crate::sheet::{
    Align, Block, Column, Fields, Heading, Orientation, Paragraph, ParagraphRank, Row,
    Sheet, Table, Width,
};
use crate::text::{Text, plain};
use crate::wording::{Wording, fill};

/// How many lines of a card are left for later uses.
const LATER_USES: usize = 1;

/// An exam that has used an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Use {
    /// What the exam is called.
    pub title: String,
    /// Which class it was for.
    pub class: String,
    /// When it was.
    pub date: String,
}

/// Composes a card for each item, in the order of the first variant that asks it; `uses`
/// knows the exams that have asked an item before.
pub fn item_cards(
    exam: &Exam,
    bank: &Bank,
    curriculum: Curriculum,
    uses: &dyn Fn(&Id) -> Vec<Use>,
    wording: &Wording,
) -> Sheet {
    let words = &wording.item_cards;
    let card = Card { exam, bank, places: &Places::of(exam), curriculum, wording };
    let mut blocks = vec![about(exam, wording)];
    let mut seen = BTreeSet::new();
    for variant in &exam.variants {
        let asked = variant.paper.questions.iter().zip(&variant.key.answers);
        let mut fresh = |answer: &Answer| seen.insert(answer.about.item.clone());
        for (question, answer) in asked.filter(|(_, answer)| fresh(answer)) {
            let used = uses(&answer.about.item);
            blocks.push(card.blocks(&variant, question, answer, &used));
        }
    }
    teachers_sheet(exam, &words.title, Orientation::Portrait, blocks, wording)
}

/// For whom the items are.
fn about(exam: &Exam, wording: &Wording) -> Block {
    let (labels, own) = (&wording.identity, &exam.head.school);
    let identity = &exam.head.identity;
    Block::Fields(Fields {
        columns: vec![
            vec![
                field(&wording.school.name, school(exam)),
                field(&labels.subject, identity.subject.as_deref()),
                field(&labels.class, identity.class.as_deref()),
            ],
            vec![
                field(&wording.school.year, own.year.as_deref()),
                field(&wording.school.author, own.teacher.name.as_deref()),
            ],
        ],
    })
}

/// What cards are composed with.
struct Card<'a> {
    exam: &'a Exam,
    bank: &'a Bank,
    places: &'a Places,
    curriculum: Curriculum,
    wording: &'a Wording,
}

impl Card<'_> {
    /// The card of an item as a variant asks it.
    fn blocks(
        &self,
        variant: &Variant,
        question: &Question,
        answer: &Answer,
        used: &[Use],
    ) -> Block {
        let mut blocks = vec![
            self.heading(variant, answer),
            self.facts(answer),
            self.purpose(answer),
            self.task(&variant.paper, question),
        ];
        if matches!(answer.solution, Solution::Guide(_)) {
            blocks.push(rubric([numbered(answer)].into_iter(), self.wording));
        }
        blocks.push(self.uses(question, answer, used));
        Block::Together(blocks)
    }

    fn heading(&self, variant: &Variant, answer: &Answer) -> Block {
        let section = &self.exam.sections[answer.section];
        let label = &variant.paper.label;
        let values = [
            ("number", answer.number.to_string()),
            ("variant", label.clone()),
            ("type", plain(&name(section, self.wording))),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let words = &self.wording.item_cards;
        let card = match self.exam.variants.len() {
            1 => &words.card,
            _ => &words.card_of,
        };
        let text = Text::parse(&fill(card, &values));
        Block::Heading(Heading { label: None, text, note: None })
    }

    /// Where the item stands, what is right, how hard it is and where it comes from.
    fn facts(&self, answer: &Answer) -> Block {
        let (words, wording) = (&self.wording.item_cards, self.wording);
        let places = self.places.said(self.exam, answer, wording).join(", ");
        let key = match &answer.solution {
            Solution::Guide(_) => Text::parse(&words.guide),
            _ => short(answer, wording),
        };
        let difficulty = wording.blueprint_table.difficulty.iter();
        let difficulty = difficulty.zip(crate::difficulty::Difficulty::ALL);
        let difficulty = difficulty
            .filter(|(_, one)| *one == answer.about.difficulty)
            .map(|(name, _)| name);
        let level = format!("{}/{}", answer.about.level.0, answer.about.level.1);
        let level = difficulty.fold(level, |level, name| format!("{level}, {name}"));
        let share = |share| Column { width: Width::Share(share), align: Align::Left };
        Block::Table(Table {
            columns: vec![share(3), share(2), share(2), share(4)],
            head: [&words.numbers, &wording.key.key, &words.level, &words.source]
                .map(|head| Text::parse(head))
                .into(),
            rows: vec![Row {
                cells: vec![
                    Text::plain(places),
                    key,
                    Text::plain(level),
                    Text::parse(&answer.about.sources.join("; ")),
                ],
                keep: false,
            }],
            ruled: true,
            small: true,
            together: true,
        })
    }

    /// What the item is for.
    fn purpose(&self, answer: &Answer) -> Block {
        let (wording, language) = (self.wording, self.exam.head.language);
        let table = &wording.blueprint_table;
        let words = curriculum(self.curriculum, wording);
        let rows = &self.exam.sections[answer.section].rows;
        let row =
            answer.about.row.and_then(|row| rows.get(row)).cloned().unwrap_or_default();
        let matter = material(answer, self.bank, language);
        let shows = indicator(answer, self.bank, language, wording);
        let said = [
            (&words.outcome, row.outcome),
            (&words.objective, row.objective),
            (&table.material, Some(row.material.unwrap_or(matter))),
            (&table.indicator, Some(row.indicator.unwrap_or(shows))),
        ];
        let rows = said.into_iter().map(|(label, text)| Row {
            cells: vec![Text::bold(plain(label)), Text::parse(&text.unwrap_or_default())],
            keep: true,
        });
        Block::Table(Table {
            columns: vec![
                Column { width: Width::Fit, align: Align::Left },
                Column { width: Width::Share(1), align: Align::Left },
            ],
            rows: rows.collect(),
            ruled: true,
            small: true,
            together: true,
            ..Table::default()
        })
    }

    /// The item as it is printed, without space to write in.
    fn task(&self, paper: &Paper, asked: &Question) -> Block {
        let text = Text::bold(plain(&self.wording.item_cards.task));
        let heading = Paragraph { text, rank: ParagraphRank::Centred };
        let stimulus = asked.stimulus.and_then(|index| paper.stimuli.get(index));
        let stimulus = stimulus.map(|stimulus| lead(stimulus, &[asked], self.wording));
        let blocks = [Block::Paragraph(heading)].into_iter().chain(stimulus);
        Block::Frame(blocks.chain([question(asked, false, self.wording)]).collect())
    }

    /// Which exams used the item, and room for what their analysis says.
    fn uses(&self, question: &Question, answer: &Answer, used: &[Use]) -> Block {
        let words = &self.wording.item_cards;
        let options = self.options(question, answer);
        let mut head: Vec<String> = words.uses.to_vec();
        head.extend(options.iter().cloned());
        head.extend((!options.is_empty()).then(|| words.omitted.clone()));
        head.push(words.remark.clone());
        let identity = &self.exam.head.identity;
        let this = Use {
            title: self.exam.head.title_line(),
            class: identity.class.clone().unwrap_or_default(),
            date: identity.date.clone().unwrap_or_default(),
        };
        let students = match self.exam.copies.len() {
            0 => String::new(),
            students => students.to_string(),
        };
        let row = |(one, students): (&Use, &str), number: usize| {
            let what = [&one.title, &one.class].map(|text| plain(text));
            let what = what.into_iter().filter(|text| !text.is_empty());
            let what = what.collect::<Vec<String>>().join(", ");
            let cells =
                [number.to_string(), what, plain(&one.date), students.to_string()];
            cells.map(Text::plain).to_vec()
        };
        let known = used.iter().map(|one| (one, "")).chain([(&this, students.as_str())]);
        let rows = known.zip(1..).map(|(one, number)| row(one, number));
        let later = std::iter::repeat_n(Vec::new(), LATER_USES);
        let rows = rows.chain(later).map(|mut cells| {
            cells.resize(head.len(), Text::default());
            Row { cells, keep: false }
        });
        let fit = Column { width: Width::Fit, align: Align::Centre };
        let share = |share| Column { width: Width::Share(share), align: Align::Left };
        let mut columns = vec![fit, share(6), share(3), fit, fit, fit];
        columns.resize(head.len() - 1, Column { width: Width::Share(1), ..fit });
        columns.push(share(2));
        let rows = rows.collect();
        let head = head.iter().map(|head| Text::parse(head)).collect();
        Block::Table(Table {
            columns,
            head,
            rows,
            ruled: true,
            small: true,
            together: true,
        })
    }

    /// What students may choose, of which the analysis counts how many did.
    fn options(&self, question: &Question, answer: &Answer) -> Vec<String> {
        use crate::exam::Body::{Boxes, Options};
        match (&question.body, answer.about.item_type) {
            (Options(options) | Boxes(options), _) => {
                letters().take(options.len()).map(String::from).collect()
            }
            (_, ItemType::TrueFalse) => {
                let words = &self.wording.paper;
                [&words.truth[1], &words.falsehood[1]].map(String::clone).into()
            }
            _ => Vec::new(),
        }
    }
}
