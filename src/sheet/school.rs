//! What teachers' documents say of the school: who is meant, and who signs.

use std::collections::BTreeMap;

use crate::bank::Id;
use crate::exam::blueprint::documents::Curriculum;
use crate::exam::{Answer, Exam, Person};
use crate::sheet::heading::title;
use crate::sheet::{
    Align, Block, Column, Field, Footer, Orientation, Row, Sheet, Table, Width,
};
use crate::text::{Text, plain};
use crate::wording::{self, Wording, fill};

/// The lines that a signature takes.
const SIGNATURE: &str = "\n\n\n";

/// A labelled value, or a line to write on if it is not known.
pub fn field(label: &str, value: Option<&str>) -> Field {
    let value = value.filter(|value| !value.trim().is_empty());
    Field { label: Text::parse(label), value: value.map(Text::parse) }
}

/// The school, as its letterhead says.
pub fn school(exam: &Exam) -> Option<&str> {
    exam.head.letterhead.as_ref()?.school.as_deref()
}

/// The words of a curriculum.
pub fn curriculum(curriculum: Curriculum, wording: &Wording) -> &wording::Curriculum {
    match curriculum {
        Curriculum::K13 => &wording.blueprint_table.k13,
        Curriculum::Merdeka => &wording.blueprint_table.merdeka,
    }
}

/// Where items stand: the indices of the variants that ask them, and their numbers there.
pub struct Places(BTreeMap<Id, Vec<(usize, u32)>>);

impl Places {
    /// Finds the places of all items.
    pub fn of(exam: &Exam) -> Places {
        let mut places: BTreeMap<Id, Vec<(usize, u32)>> = BTreeMap::new();
        for (index, variant) in exam.variants.iter().enumerate() {
            for answer in &variant.key.answers {
                let own = places.entry(answer.about.item.clone()).or_default();
                own.push((index, answer.number));
            }
        }
        Places(places)
    }

    /// The numbers of an item in all variants that ask it.
    pub fn said(&self, exam: &Exam, answer: &Answer, wording: &Wording) -> Vec<String> {
        let said = |(variant, number): &(usize, u32)| {
            let number = number.to_string();
            let values =
                [("variant", exam.variants.label(*variant)), ("number", &number)];
            match exam.variants.len() {
                1 => number,
                _ => fill(&wording.item_cards.place, &values),
            }
        };
        self.0.get(&answer.about.item).into_iter().flatten().map(said).collect()
    }
}

/// Where the headmaster and the teacher sign, on one page.
pub fn signatures(exam: &Exam, wording: &Wording) -> Block {
    let (words, school) = (&wording.school, &exam.head.school);
    let headmaster = (words.headmaster.as_str(), Some(&school.headmaster));
    let teacher = (words.teacher.as_str(), Some(&school.teacher));
    signed(exam, &words.approved, [headmaster, teacher], wording)
}

/// Where two people sign, the left one below a line, the right one below place and date.
/// What is not known of them is left to be written.
pub fn signed(
    exam: &Exam,
    line: &str,
    people: [(&str, Option<&Person>); 2],
    wording: &Wording,
) -> Block {
    let (words, school) = (&wording.school, &exam.head.school);
    let known = |text: Option<&String>| {
        let said = text.filter(|text| !text.trim().is_empty());
        said.unwrap_or(&words.blank).clone()
    };
    let (place, date) = (known(school.place.as_ref()), known(school.date.as_ref()));
    let signed = fill(&words.signed, &[("place", &place), ("date", &date)]);
    let name = |person: Option<&Person>| {
        Text::bold(plain(&known(person.and_then(|person| person.name.as_ref()))))
    };
    let number = |person: Option<&Person>| {
        let number = known(person.and_then(|person| person.number.as_ref()));
        Text::parse(&fill(&words.number, &[("number", &number)]))
    };
    let rows = [
        [Text::parse(line), Text::parse(&signed)],
        people.map(|(title, _)| Text::parse(title)),
        [Text::plain(SIGNATURE), Text::plain(SIGNATURE)],
        people.map(|(_, person)| name(person)),
        people.map(|(_, person)| number(person)),
    ];
    Block::Table(Table {
        columns: vec![Column { width: Width::Share(1), align: Align::Left }; 2],
        rows: rows.map(|cells| Row { cells: cells.into(), keep: true }).into(),
        together: true,
        ..Table::default()
    })
}

/// Blocks with signatures below them, which never stand alone on a page.
pub fn closed(mut blocks: Vec<Block>, signatures: Block) -> Vec<Block> {
    let last = blocks.pop().into_iter().collect();
    blocks.extend([Block::Lead(last), signatures]);
    blocks
}

/// A sheet for teachers, with its name at the foot of every page.
pub fn teachers_sheet(
    exam: &Exam,
    name: &str,
    orientation: Orientation,
    blocks: Vec<Block>,
    wording: &Wording,
) -> Sheet {
    let mut lines = vec![name.to_string()];
    lines.extend(exam.head.title.iter().cloned());
    Sheet {
        title: format!("{name} {}", exam.head.title_line()),
        language: exam.head.language,
        orientation,
        footer: Footer {
            left: Text::bold(name),
            middle: Text::default(),
            right: Text::parse(&wording.footer.page),
        },
        watermark: exam.head.watermark.as_deref().map(Text::parse),
        blocks: [title(&lines)].into_iter().chain(blocks).collect(),
        columns: Vec::new(),
    }
}
