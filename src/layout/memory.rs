//! What was set before: variants share their words, so each is set once and then placed.

use std::hash::Hash;

use foldhash::fast::FixedState;
use indexmap::{Equivalent, IndexMap};

use crate::language::Language;
use crate::layout::stack::Strip;
use crate::length::Length;
use crate::sheet::{Block, Labelled};
use crate::theme::Theme;

/// How many marks of strips are remembered at most, which take some megabytes.
const MOST_MARKS: usize = 1 << 13;

/// A thing takes the room of many if it takes more than this part of all.
const MANY: usize = 32;

/// Remembers what was made of things, and in which way.
pub(super) struct Memory<T, W, V> {
    known: IndexMap<Known<T, W>, V, FixedState>,
    /// The sum of the sizes of what it holds, at most.
    room: usize,
    held: usize,
}

/// A thing that something was made of.
#[derive(PartialEq, Eq, Hash)]
struct Known<T, W> {
    thing: T,
    way: W,
}

/// A thing that is looked up; its hash is that of a known one.
#[derive(Hash)]
struct Asked<'a, T, W> {
    thing: &'a T,
    way: W,
}

impl<T: Eq, W: Eq> Equivalent<Known<T, W>> for Asked<'_, T, W> {
    fn equivalent(&self, known: &Known<T, W>) -> bool {
        *self.thing == known.thing && self.way == known.way
    }
}

impl<T: Clone + Eq + Hash, W: Eq + Hash, V> Memory<T, W, V> {
    /// An empty one, for so much.
    pub fn new(room: usize) -> Memory<T, W, V> {
        Memory { known: IndexMap::default(), room, held: 0 }
    }

    /// What was made of a thing.
    pub fn get(&self, thing: &T, way: W) -> Option<&V> {
        self.known.get(&Asked { thing, way })
    }

    /// Remembers what was made of a thing, unless that takes the room of many. Where there is
    /// no room left, all else is forgotten.
    pub fn keep(&mut self, thing: &T, way: W, made: impl FnOnce() -> V, size: usize) {
        if size > self.room / MANY {
            return;
        }
        if self.held + size > self.room {
            self.clear();
        }
        self.held += size;
        self.known.insert(Known { thing: thing.clone(), way }, made());
    }

    /// Takes over what another one remembers, if there is room for all of it.
    pub fn take_over(&mut self, other: &mut Memory<T, W, V>) {
        if self.held + other.held <= self.room {
            self.held += other.held;
            self.known.extend(other.known.drain(..));
        }
        other.clear();
    }

    fn clear(&mut self) {
        self.known.clear();
        self.held = 0;
    }
}

/// The strips that were set in a theme.
pub(super) struct Strips {
    theme: Option<Theme>,
    /// Those of blocks.
    pub blocks: Memory<Block, Surroundings, Vec<Strip>>,
    /// Those of options, with their labels in columns of a width.
    pub options: Memory<Labelled, (Surroundings, Length), Vec<Strip>>,
}

/// All that strips depend on besides what they show and the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Surroundings {
    /// The width of the column.
    pub width: Length,
    /// The height that a page has for blocks.
    pub page: Length,
    /// The height that a picture may have.
    pub tallest: Length,
    /// How much of a page headings take that keep with it.
    pub kept: Length,
    /// Whether another block holds it.
    pub is_inner: bool,
    /// Whether it is in the fonts of headings.
    pub in_heading: bool,
    /// The language of its words.
    pub language: Language,
}

impl Default for Strips {
    fn default() -> Strips {
        let (blocks, options) = (Memory::new(MOST_MARKS), Memory::new(MOST_MARKS));
        Strips { theme: None, blocks, options }
    }
}

impl Strips {
    /// Forgets what was set in another theme.
    pub fn turn_to(&mut self, theme: &Theme) {
        if self.theme.as_ref() != Some(theme) {
            self.theme = Some(theme.clone());
            self.blocks.clear();
            self.options.clear();
        }
    }

    /// Takes over what was set elsewhere, and its theme.
    pub fn take_over(&mut self, other: &mut Strips) {
        if let Some(theme) = &other.theme {
            self.turn_to(theme);
            self.blocks.take_over(&mut other.blocks);
            self.options.take_over(&mut other.options);
        }
    }
}

/// Whether the strips of a block are remembered: those that hold other blocks are set from
/// these, options are remembered one by one, and what is left differs from copy to copy.
pub(super) fn is_remembered(block: &Block) -> bool {
    match block {
        Block::Letterhead(_)
        | Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Table(_)
        | Block::Space(_) => true,
        Block::Title(_)
        | Block::Fields(_)
        | Block::Hanging(_)
        | Block::Options(_)
        | Block::Figure(_)
        | Block::Squares(_)
        | Block::Slips(_)
        | Block::Beside(_)
        | Block::Together(_)
        | Block::Lead(_)
        | Block::Frame(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_in_another_way_is_not_found() {
        let mut memory = Memory::new(100);
        memory.keep(&"a", 1, || "one", 1);
        memory.keep(&"a", 2, || "two", 1);
        let found = [1, 2, 3].map(|way| memory.get(&"a", way).copied());
        assert_eq!(found, [Some("one"), Some("two"), None]);
        assert_eq!(memory.get(&"b", 1), None);
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = Memory::new(4 * MANY);
        for thing in 0..10_000 {
            memory.keep(&thing, (), || thing, 2);
            assert!(memory.known.len() <= 2 * MANY);
            assert_eq!(memory.get(&thing, ()), Some(&thing));
        }
        memory.keep(&10_000, (), || unreachable!("it takes the room of many"), 5);
    }

    #[test]
    fn who_has_set_nothing_takes_over_strips_all_the_same() {
        let theme = |name| Theme::read(&Theme::embedded(name).unwrap()).unwrap();
        let surroundings = Surroundings {
            width: Length(1000),
            page: Length(1000),
            tallest: Length(500),
            kept: Length::ZERO,
            is_inner: false,
            in_heading: false,
            language: Language::default(),
        };
        let (mut own, mut other) = (Strips::default(), Strips::default());
        other.turn_to(&theme("klasik"));
        let block = Block::Title(Vec::new());
        other.blocks.keep(&block, surroundings, Vec::new, 1);
        own.take_over(&mut other);
        assert!(own.blocks.get(&block, surroundings).is_some());
        assert!(other.blocks.get(&block, surroundings).is_none());
        own.turn_to(&theme("klasik"));
        assert!(own.blocks.get(&block, surroundings).is_some());
        own.turn_to(&theme("modern"));
        assert!(own.blocks.get(&block, surroundings).is_none());
    }

    #[test]
    fn what_another_one_remembers_is_taken_over_where_there_is_room() {
        let filled = |things: [u32; 3]| {
            let mut memory = Memory::new(2 * MANY);
            things.iter().for_each(|thing| memory.keep(thing, (), || *thing, 2));
            memory
        };
        let (mut memory, mut other) = (filled([1, 2, 3]), filled([3, 4, 5]));
        memory.take_over(&mut other);
        assert!((1..=5).all(|thing| memory.get(&thing, ()) == Some(&thing)));
        assert_eq!((memory.held, other.held, other.known.len()), (12, 0, 0));
        (6..=30).for_each(|thing| memory.keep(&thing, (), || thing, 2));
        other.keep(&31, (), || 31, 2);
        other.keep(&32, (), || 32, 2);
        memory.take_over(&mut other);
        assert_eq!((memory.get(&30, ()), memory.get(&31, ())), (Some(&30), None));
    }
}
