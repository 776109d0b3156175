//! Strands: the key letters of all variants that have been dealt, and of those to come.

use crate::exam::arrange::inside::kept_letter;
use crate::exam::arrange::keys::{Letters, Strand};
use crate::exam::arrange::order::{FORBIDDEN, STALE, UNFIT};
use crate::exam::item::{Item, Task};
use crate::exam::seed::{Seed, Stream};
use crate::item_type::ItemType;

/// How often a place counts as held at most, so that coincidences always cost more.
const MOST_HELD: u16 = 500;

/// The key letters of an exam.
#[derive(Debug, Clone)]
pub struct Strands {
    /// Whether all variants have the same letter at each number.
    uniform: bool,
    strands: Vec<Dealing>,
    /// The letter that each item keeps, by section.
    kept: Vec<Vec<Option<usize>>>,
    /// The letter that each item has had last, by section.
    last: Vec<Vec<Option<usize>>>,
    /// How often each place has had an item that keeps its letter, by section.
    held: Vec<Vec<u16>>,
}

/// A strand, what is planned for it and what has been dealt.
#[derive(Debug, Clone)]
struct Dealing {
    strand: Strand,
    planned: Vec<Letters>,
    dealt: Vec<Letters>,
}

impl Strands {
    /// The strands of an exam: multiple-choice questions with so many options, and true-false
    /// questions if their letters are to be uniform too.
    pub fn new(drawn: &[Vec<Item>], uniform: bool) -> Strands {
        let mut kinds: Vec<(ItemType, usize)> = Vec::new();
        let mut strands: Vec<Dealing> = Vec::new();
        for (section, items) in drawn.iter().enumerate() {
            let Some(kind) =
                kind(items).filter(|kind| uniform || kind.0 == ItemType::MultipleChoice)
            else {
                continue;
            };
            let place = kinds.iter().position(|known| *known == kind);
            let place = place.unwrap_or_else(|| {
                kinds.push(kind);
                let strand =
                    Strand { letters: kind.1, sections: Vec::new(), fixed: Vec::new() };
                strands.push(Dealing { strand, planned: Vec::new(), dealt: Vec::new() });
                strands.len() - 1
            });
            let strand = &mut strands[place].strand;
            let first = strand.count();
            strand.sections.push((section, first..first + items.len()));
        }
        let mut strands = Strands {
            uniform,
            strands,
            kept: Vec::new(),
            last: drawn.iter().map(|items| vec![None; items.len()]).collect(),
            held: drawn.iter().map(|items| vec![0; items.len()]).collect(),
        };
        strands.turn_to(drawn);
        strands
    }

    /// Turns to the items of the next variant, which may keep other letters.
    pub fn turn_to(&mut self, drawn: &[Vec<Item>]) {
        let kept = |items: &Vec<Item>| items.iter().map(kept_letter).collect();
        self.kept = drawn.iter().map(kept).collect();
        for Dealing { strand, .. } in &mut self.strands {
            let fixed = strand.sections.iter().map(|(section, _)| {
                let mut fixed = vec![0; strand.letters];
                self.kept[*section].iter().flatten().for_each(|&l| fixed[l] += 1);
                fixed
            });
            strand.fixed = fixed.collect();
        }
    }

    /// Whether every item of a section may stand at every number.
    pub fn lets_stand_everywhere(&self, section: usize) -> bool {
        let bound = self.uniform && self.find(section).is_some();
        !bound || self.kept[section].iter().all(Option::is_none)
    }

    /// Plans the letters of the next variant, if they are not planned yet.
    pub fn plan(&mut self, seed: Seed) {
        for (index, dealing) in self.strands.iter_mut().enumerate() {
            let Dealing { strand, planned, dealt } = dealing;
            let next = dealt.len();
            let block = if self.uniform { 1 } else { strand.letters };
            match dealt.first() {
                Some(first) if self.uniform => *planned = vec![first.clone()],
                _ if next % block == 0 => {
                    let label = format!("{index}/{}", next / block);
                    let mut stream = seed.stream("plan", &label);
                    *planned = strand.plan(block, dealt.last(), &mut stream);
                }
                _ => {}
            }
        }
    }

    /// What it costs that an item stands at a place of its section.
    pub fn cost(&self, section: usize, item: usize, place: usize) -> i64 {
        let Some((dealing, first)) = self.find(section) else { return 0 };
        let letter = dealing.next()[first + place];
        match self.kept[section][item] {
            // Under a uniform key such items take turns at the places that they have.
            Some(kept) if kept == letter && self.uniform => {
                STALE * i64::from(self.held[section][place])
            }
            Some(kept) if kept == letter => 0,
            Some(_) if self.uniform && !dealing.dealt.is_empty() => FORBIDDEN,
            Some(_) => UNFIT,
            None if !self.uniform && self.last[section][item] == Some(letter) => STALE,
            None => 0,
        }
    }

    /// Whether an item may stand at a place of its section in another variant.
    pub fn lets(&self, section: usize, item: usize, place: usize) -> bool {
        self.cost(section, item, place) < FORBIDDEN
    }

    /// The letters of the next variant, by strand, if its items have these orders.
    pub fn settle(&self, orders: &[Vec<usize>], stream: &mut Stream) -> Vec<Letters> {
        let mut settled: Vec<Letters> = Vec::new();
        for dealing in &self.strands {
            let Dealing { strand, dealt, .. } = dealing;
            if self.uniform && !dealt.is_empty() {
                settled.push(dealing.next().clone());
                continue;
            }
            let sections = strand.sections.iter();
            let kept: Vec<Option<usize>> = sections
                .flat_map(|(section, _)| {
                    orders[*section].iter().map(|&item| self.kept[*section][item])
                })
                .collect();
            let before = self.before(strand, &settled);
            let earlier = dealing.earlier();
            let letters = strand.settle(dealing.next(), &kept, &earlier, before, stream);
            settled.push(letters);
        }
        settled
    }

    /// Remembers the orders and the letters of a variant.
    pub fn take(&mut self, orders: &[Vec<usize>], letters: Vec<Letters>) {
        for (section, order) in orders.iter().enumerate() {
            let keys = self.of_section(section, &letters).to_vec();
            for (place, (&item, letter)) in order.iter().zip(keys).enumerate() {
                self.last[section][item] = Some(letter);
                let holds = self.kept[section][item].is_some();
                let held = &mut self.held[section][place];
                *held = (*held + u16::from(holds)).min(MOST_HELD);
            }
        }
        for (dealing, letters) in self.strands.iter_mut().zip(letters) {
            dealing.dealt.push(letters);
        }
    }

    /// The letters of a section, among those of all strands.
    pub fn of_section<'a>(&self, section: usize, letters: &'a [Letters]) -> &'a [usize] {
        let strands = self.strands.iter().zip(letters);
        let found = strands.flat_map(|(dealing, letters)| {
            let mut sections = dealing.strand.sections.iter();
            let found = sections.find(|(other, _)| *other == section);
            found.map(|(_, numbers)| &letters[numbers.clone()])
        });
        found.take(1).next().unwrap_or(&[])
    }

    /// The letters directly before a strand, which are those of another one.
    fn before<'a>(&self, strand: &Strand, settled: &'a [Letters]) -> &'a [usize] {
        match strand.sections.first() {
            Some((section, _)) if *section > 0 => self.of_section(section - 1, settled),
            _ => &[],
        }
    }

    /// The strand of a section, and which of its numbers is the first.
    fn find(&self, section: usize) -> Option<(&Dealing, usize)> {
        self.strands.iter().find_map(|dealing| {
            let mut sections = dealing.strand.sections.iter();
            let found = sections.find(|(other, _)| *other == section);
            found.map(|(_, numbers)| (dealing, numbers.start))
        })
    }
}

impl Dealing {
    /// What is planned for the next variant.
    fn next(&self) -> &Letters {
        &self.planned[self.dealt.len() % self.planned.len()]
    }

    /// The letters of the variants from which the next one is to differ: those of its plan,
    /// and the last one.
    fn earlier(&self) -> Vec<&Letters> {
        let next = self.dealt.len();
        let first = next - next % self.planned.len();
        let last = usize::from(self.strand.letters > 2 && first == next);
        self.dealt[first - last.min(first)..].iter().collect()
    }
}

/// The kind of questions of a section whose keys are single letters, and how many letters
/// there are.
fn kind(items: &[Item]) -> Option<(ItemType, usize)> {
    match &items.first()?.task {
        Task::Choice { options, .. } => Some((ItemType::MultipleChoice, options.len())),
        Task::Judgement { .. } => Some((ItemType::TrueFalse, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
