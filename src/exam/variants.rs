//! The variants of an exam: held, or made whenever they are asked for.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};

use crate::exam::arrange::Composed;
use crate::exam::{Answer, Variant};

/// How many variants are held. To make one takes longer than to look it up, but of ten
/// thousand only a few should be in memory at a time.
const HELD: usize = 64;

/// The variants of an exam, in the order of their labels.
#[derive(Clone)]
pub struct Variants {
    /// What makes them, unless they have been changed since.
    composed: Option<Arc<Composed>>,
    held: OnceLock<Vec<Variant>>,
}

impl Variants {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.composed {
            Some(composed) => composed.len(),
            None => self.held().len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The label of one.
    pub fn label(&self, index: usize) -> &str {
        match &self.composed {
            Some(composed) => composed.label(index),
            None => &self.held()[index].paper.label,
        }
    }

    /// The code of one.
    pub fn code(&self, index: usize) -> &str {
        match &self.composed {
            Some(composed) => composed.code(index),
            None => &self.held()[index].paper.code,
        }
    }

    /// The labels of all.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.label(index))
    }

    /// The codes of all.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.code(index))
    }

    /// One of them.
    pub fn get(&self, index: usize) -> Cow<'_, Variant> {
        match (self.held.get(), &self.composed) {
            (None, Some(composed)) => Cow::Owned(composed.variant(index)),
            _ => Cow::Borrowed(&self.held()[index]),
        }
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> Iter<'_> {
        self.range(0..self.len())
    }

    /// Some of them, one after the other.
    pub fn range(&self, range: Range<usize>) -> Iter<'_> {
        Iter { variants: self, range }
    }

    /// Of every item an answer at least; where nothing was changed, in its own order.
    pub fn answers(&self) -> Box<dyn Iterator<Item = &Answer> + '_> {
        match &self.composed {
            Some(composed) => Box::new(composed.answers()),
            None => Box::new(self.held().iter().flat_map(|one| &one.key.answers)),
        }
    }

    /// All of them at once, which takes memory.
    pub fn held(&self) -> &[Variant] {
        self.held.get_or_init(|| match &self.composed {
            Some(composed) => (0..composed.len()).map(|i| composed.variant(i)).collect(),
            None => Vec::new(),
        })
    }

    /// All of them at once, to change what they say.
    pub fn hold(&mut self) -> &mut [Variant] {
        self.held();
        self.composed = None;
        self.held.get_mut().map_or(&mut [], Vec::as_mut_slice)
    }
}

impl From<Vec<Variant>> for Variants {
    fn from(held: Vec<Variant>) -> Variants {
        Variants { composed: None, held: held.into() }
    }
}

impl From<Composed> for Variants {
    fn from(composed: Composed) -> Variants {
        let few = composed.len() <= HELD;
        let variants =
            Variants { composed: Some(Arc::new(composed)), held: OnceLock::new() };
        if few {
            variants.held();
        }
        variants
    }
}

impl fmt::Debug for Variants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl PartialEq for Variants {
    fn eq(&self, other: &Variants) -> bool {
        self.iter().eq(other)
    }
}

impl Serialize for Variants {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'a> IntoIterator for &'a Variants {
    type Item = Cow<'a, Variant>;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Variants, one after the other.
#[derive(Debug, Clone)]
pub struct Iter<'a> {
    variants: &'a Variants,
    range: Range<usize>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = Cow<'a, Variant>;

    fn next(&mut self) -> Option<Cow<'a, Variant>> {
        self.range.next().map(|index| self.variants.get(index))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.range.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}
