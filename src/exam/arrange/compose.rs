//! Composing: a variant is made from what was decided of it, as often as it is asked for.

use std::collections::BTreeSet;

use crate::bank::{Bank, Id};
use crate::exam::arrange::inside::{arrangement, move_key};
use crate::exam::blueprint::Blueprint;
use crate::exam::code::Code;
use crate::exam::draw::Drawn;
use crate::exam::item::Item;
use crate::exam::letters;
use crate::exam::part::{Arrangement, Ready, part};
use crate::exam::seed::{Seed, Stream};
use crate::exam::{Head, Key, Numbering, Paper, Stimulus, Variant};

/// What is decided of a variant; all else follows from it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its label.
    pub label: String,
    /// Which order was taken, among those that were tried.
    pub attempt: u32,
    /// What is decided of each section.
    pub sections: Vec<Dealing>,
}

/// What is decided of a section.
#[derive(Debug, Clone)]
pub struct Dealing {
    /// The indices of its items, in printed order.
    pub order: Box<[u16]>,
    /// The letters of its keys, by number; none if its keys are no letters.
    pub keys: Box<[u8]>,
}

/// Makes variants from what was decided of them.
#[derive(Debug, Clone)]
pub struct Composer {
    /// What chance within items comes from.
    pub seed: Seed,
    numbering: Numbering,
    /// The items of each variant by section; the last ones are those of all others as well.
    items: Vec<Vec<Vec<Ready>>>,
}

impl Composer {
    /// Starts with the items of all variants.
    pub fn new(
        bank: &Bank,
        blueprint: &Blueprint,
        seed: Seed,
        drawn: &[Drawn],
    ) -> Composer {
        let ready = |section: usize, items: &[Item]| -> Vec<Ready> {
            items.iter().map(|item| Ready::new(bank, blueprint, section, item)).collect()
        };
        let of_variant = |drawn: &Drawn| -> Vec<Vec<Ready>> {
            let sections = drawn.iter().enumerate();
            sections.map(|(section, items)| ready(section, items)).collect()
        };
        let items = drawn.iter().map(of_variant).collect();
        Composer { seed, numbering: blueprint.head.numbering, items }
    }

    /// The variant at an index, with a code of no meaning, which takes as much room as any
    /// other.
    pub fn variant(&self, index: usize, choice: &Choice) -> Variant {
        let drawn = &self.items[index.min(self.items.len() - 1)];
        let (mut questions, mut answers) = (Vec::new(), Vec::new());
        let mut shown: Vec<(&Id, Stimulus)> = Vec::new();
        for (section, dealing) in choice.sections.iter().enumerate() {
            let first = match self.numbering {
                Numbering::Continuous => questions.len() as u32 + 1,
                Numbering::Sections => 1,
            };
            let order = dealing.order.iter();
            let items: Vec<&Ready> =
                order.map(|&item| &drawn[section][usize::from(item)]).collect();
            let inside = self.inside(&items, section, dealing, choice);
            for ((number, item), arrangement) in (first..).zip(items).zip(inside) {
                let (mut question, answer) = part(item, section, number, &arrangement);
                question.stimulus = show(item, &mut shown);
                questions.push(question);
                answers.push(answer);
            }
        }
        let (label, code) = (choice.label.clone(), "00000-00000".to_string());
        Variant {
            paper: Paper {
                label: label.clone(),
                code: code.clone(),
                stimuli: shown.into_iter().map(|(_, stimulus)| stimulus).collect(),
                questions,
            },
            key: Key { label, code, answers },
        }
    }

    /// The arrangements of what stands inside the items of a section, in printed order, with
    /// their keys at the letters that were dealt.
    fn inside(
        &self,
        items: &[&Ready],
        section: usize,
        dealing: &Dealing,
        choice: &Choice,
    ) -> Vec<Arrangement> {
        let items: Vec<&Item> = items.iter().map(|ready| &ready.item).collect();
        let random = items.iter().map(|item| arrangement(item, self.seed, &choice.label));
        let mut inside: Vec<Arrangement> = random.collect();
        for ((item, arrangement), &letter) in
            items.iter().zip(&mut inside).zip(&dealing.keys)
        {
            move_key(item, arrangement, usize::from(letter));
        }
        let place = place(&choice.label, section, choice.attempt);
        let mut stream: Stream = self.seed.stream("letters", &place);
        letters::spread(&items, &mut inside, &mut stream);
        inside
    }
}

/// What a stream of chance for a section of a variant is called.
pub fn place(label: &str, section: usize, attempt: u32) -> String {
    match attempt {
        0 => format!("{label}/{section}"),
        _ => format!("{label}/{section}/{attempt}"),
    }
}

/// The index of an item's stimulus among those that a paper shows, once it does.
fn show<'a>(item: &'a Ready, shown: &mut Vec<(&'a Id, Stimulus)>) -> Option<usize> {
    let (id, stimulus) = (item.item.stimulus.as_ref()?, item.stimulus.as_ref()?);
    if shown.last().is_none_or(|(last, _)| *last != id) {
        shown.push((id, Stimulus::clone(stimulus)));
    }
    Some(shown.len() - 1)
}

/// Variants that are made whenever they are asked for.
#[derive(Debug, Clone)]
pub struct Composed {
    composer: Composer,
    choices: Vec<Choice>,
    codes: Vec<String>,
}

impl Composed {
    /// Gives each paper its code. Those that happen to be the same are told apart, the later
    /// ones by another attempt, so that those before stay as they are.
    pub fn new(composer: Composer, choices: Vec<Choice>, head: &Head) -> Composed {
        let mut given = BTreeSet::new();
        let codes = choices.iter().enumerate().map(|(index, choice)| {
            let paper = composer.variant(index, choice).paper;
            let mut codes = (0..).map(|attempt| Code::of(head, &paper, attempt));
            let fresh = codes.find(|code| given.insert(*code));
            fresh.map_or(String::new(), |code| code.to_string())
        });
        let codes = codes.collect();
        Composed { composer, choices, codes }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.choices.len()
    }

    /// The label of one.
    pub fn label(&self, index: usize) -> &str {
        &self.choices[index].label
    }

    /// The code of one.
    pub fn code(&self, index: usize) -> &str {
        &self.codes[index]
    }

    /// Makes one.
    pub fn variant(&self, index: usize) -> Variant {
        let mut variant = self.composer.variant(index, &self.choices[index]);
        variant.paper.code.clone_from(&self.codes[index]);
        variant.key.code.clone_from(&self.codes[index]);
        variant
    }
}
