//! Composing: a variant is made from what was decided of it, as often as it is asked for.

use std::collections::BTreeSet;
use std::iter;

use crate::bank::{Bank, Id};
use crate::exam::arrange::inside::{arrangement, counts, move_key};
use crate::exam::blueprint::Blueprint;
use crate::exam::code::Code;
use crate::exam::draw::Drawn;
use crate::exam::item::Item;
use crate::exam::letters;
use crate::exam::part::{Arrangement, Ready};
use crate::exam::seed::{Seed, Stream};
use crate::exam::{Answer, Head, Key, Numbering, Paper, Stimulus, Variant};

/// What is decided of a variant; all else follows from it.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its label.
    pub label: Box<str>,
    /// Of each item in printed order, its index in its section, and those of the premises and
    /// the options inside.
    ///
    /// Tens of thousands are held, so a number takes a byte, and a large one three.
    packed: Box<[u8]>,
}

/// The byte that a large number starts with.
const LARGE: u8 = u8::MAX;

impl Choice {
    /// What is decided of the variant of a label: the indices of the items of all sections in
    /// printed order, and what stands inside each.
    pub fn new(label: &str, items: impl Iterator<Item = (usize, Arrangement)>) -> Choice {
        let mut packed = Vec::new();
        for (item, Arrangement { premises, options }) in items {
            for number in iter::once(item).chain(premises).chain(options) {
                match u8::try_from(number) {
                    Ok(small) if small < LARGE => packed.push(small),
                    _ => {
                        packed.push(LARGE);
                        packed.extend((number as u16).to_le_bytes());
                    }
                }
            }
        }
        Choice { label: label.into(), packed: packed.into() }
    }

    /// The numbers that were packed.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        let mut rest = self.packed.iter().copied();
        iter::from_fn(move || match rest.next()? {
            LARGE => Some(u16::from_le_bytes([rest.next()?, rest.next()?]).into()),
            small => Some(usize::from(small)),
        })
    }
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
        let drawn = self.drawn(index);
        let (mut questions, mut answers) = (Vec::new(), Vec::new());
        let mut shown: Vec<(&Id, Stimulus)> = Vec::new();
        let mut numbers = choice.numbers();
        for items in drawn {
            let first = match self.numbering {
                Numbering::Continuous => questions.len() as u32 + 1,
                Numbering::Sections => 1,
            };
            for number in (first..).take(items.len()) {
                let item = &items[numbers.next().expect("every item was packed")];
                let (premises, options) = counts(&item.item);
                let arrangement = Arrangement {
                    premises: numbers.by_ref().take(premises).collect(),
                    options: numbers.by_ref().take(options).collect(),
                };
                let (mut question, answer) = item.arranged(number, &arrangement);
                question.stimulus = show(item, &mut shown);
                questions.push(question);
                answers.push(answer);
            }
        }
        let (label, code) = (choice.label.to_string(), "00000-00000".to_string());
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

    /// Decides what stands inside the items of a section of the variant at an index, which
    /// are given in printed order, with their keys at the letters that were dealt.
    pub fn inside(
        &self,
        index: usize,
        section: usize,
        label: &str,
        attempt: u32,
        order: &[usize],
        keys: &[usize],
    ) -> Vec<Arrangement> {
        let ready = &self.drawn(index)[section];
        let items: Vec<&Item> = order.iter().map(|&item| &ready[item].item).collect();
        let random = items.iter().map(|item| arrangement(item, self.seed, label));
        let mut inside: Vec<Arrangement> = random.collect();
        for ((item, arrangement), &letter) in items.iter().zip(&mut inside).zip(keys) {
            move_key(item, arrangement, letter);
        }
        let place = place(label, section, attempt);
        let mut stream: Stream = self.seed.stream("letters", &place);
        letters::spread(&items, &mut inside, &mut stream);
        inside
    }

    /// The items of the variant at an index.
    fn drawn(&self, index: usize) -> &[Vec<Ready>] {
        &self.items[index.min(self.items.len() - 1)]
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

    /// The answers of all items in their own order. An item may be among those of several
    /// variants.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        let items = self.composer.items.iter().take(self.len()).flatten().flatten();
        items.map(Ready::answer)
    }

    /// Makes one.
    pub fn variant(&self, index: usize) -> Variant {
        let mut variant = self.composer.variant(index, &self.choices[index]);
        variant.paper.code.clone_from(&self.codes[index]);
        variant.key.code.clone_from(&self.codes[index]);
        variant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_is_unpacked_as_it_was_packed() {
        let arrangement = |premises: &[usize], options: &[usize]| Arrangement {
            premises: premises.to_vec(),
            options: options.to_vec(),
        };
        let items = [
            (7, arrangement(&[], &[2, 0, 1])),
            (255, arrangement(&[], &[])),
            (65_535, arrangement(&[1, 0], &[300, 254])),
        ];
        let choice = Choice::new("A", items.into_iter());
        let numbers: Vec<usize> = choice.numbers().collect();
        assert_eq!(numbers, [7, 2, 0, 1, 255, 65_535, 1, 0, 300, 254]);
    }
}
