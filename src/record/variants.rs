//! The variants of a record: read from its file, or made from those of an exam whenever they
//! are asked for.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::exam::Variants;

use super::items::items;
use super::{ItemRecords, VariantRecord, variant};

/// The variants of a record, in the order of their labels.
#[derive(Debug, Clone)]
pub struct VariantRecords {
    /// What they are made from, unless they were read.
    variants: Option<Variants>,
    /// The items of these.
    items: Arc<ItemRecords>,
    held: OnceLock<Vec<VariantRecord>>,
}

impl VariantRecords {
    /// How many there are.
    pub fn len(&self) -> usize {
        match &self.variants {
            Some(variants) => variants.len(),
            None => self.held().len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The label of one.
    pub fn label(&self, index: usize) -> &str {
        match &self.variants {
            Some(variants) => variants.label(index),
            None => &self.held()[index].label,
        }
    }

    /// The code of one.
    pub fn code(&self, index: usize) -> &str {
        match &self.variants {
            Some(variants) => variants.code(index),
            None => &self.held()[index].code,
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

    /// The items that they ask, if they are made from those of an exam.
    pub fn items(&self) -> &Arc<ItemRecords> {
        &self.items
    }

    /// One of them.
    pub fn get(&self, index: usize) -> Cow<'_, VariantRecord> {
        match (self.held.get(), &self.variants) {
            (None, Some(variants)) => {
                Cow::Owned(variant(&variants.get(index), &self.items))
            }
            _ => Cow::Borrowed(&self.held()[index]),
        }
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, VariantRecord>> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// All of them at once, which takes memory.
    pub fn held(&self) -> &[VariantRecord] {
        self.held.get_or_init(|| match &self.variants {
            Some(variants) => {
                variants.iter().map(|one| variant(&one, &self.items)).collect()
            }
            None => Vec::new(),
        })
    }

    /// All of them at once, to change what they say.
    pub fn hold(&mut self) -> &mut [VariantRecord] {
        self.held();
        self.variants = None;
        self.held.get_mut().map_or(&mut [], Vec::as_mut_slice)
    }
}

impl From<Variants> for VariantRecords {
    fn from(variants: Variants) -> VariantRecords {
        let items = Arc::new(items(variants.answers()));
        VariantRecords { variants: Some(variants), items, held: OnceLock::new() }
    }
}

impl PartialEq for VariantRecords {
    fn eq(&self, other: &VariantRecords) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Serialize for VariantRecords {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for VariantRecords {
    fn deserialize<D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<VariantRecords, D::Error> {
        let held = Vec::deserialize(deserializer)?;
        Ok(VariantRecords { variants: None, items: Arc::default(), held: held.into() })
    }
}
