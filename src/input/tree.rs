//! Finding and removing entries of a TOML tree.
//!
//! Indices shift when an entry of a list is removed. A key is therefore told from others
//! by where its table ends in the file; the root ends at 0 and every other table later.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

/// One step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into a table: the key, and where the table (or its header) ends.
    Key(String, usize),
    /// Into a list: the index.
    Index(usize),
}

/// The way from the root to an entry; empty for the root itself.
pub type Path = Vec<Step>;

type Node<'i> = Spanned<DeValue<'i>>;

/// The span of what the file leaves out.
const NOWHERE: Range<usize> = usize::MAX..usize::MAX;

/// The way to the entry whose key or value stands at a span, or to the smallest one
/// around it. A list of tables has the span of its first table: `outer` tells whether the
/// list is meant.
pub fn locate(root: &Node, span: Option<Range<usize>>, outer: bool) -> Path {
    let Some(span) = span else { return Path::new() };
    let mut search = Search { span, outer, width: usize::MAX, best: Path::new() };
    search.descend(root, &mut Path::new());
    search.best
}

/// A search for the narrowest span around a wanted one.
struct Search {
    span: Range<usize>,
    outer: bool,
    width: usize,
    best: Path,
}

impl Search {
    fn descend(&mut self, node: &Node, path: &mut Path) {
        match node.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in table {
                    path.push(Step::Key(key.get_ref().to_string(), node.span().end));
                    self.consider(key.span(), path);
                    self.consider(value.span(), path);
                    self.descend(value, path);
                    path.pop();
                }
            }
            DeValue::Array(array) => {
                for (index, value) in array.iter().enumerate() {
                    path.push(Step::Index(index));
                    self.consider(value.span(), path);
                    self.descend(value, path);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn consider(&mut self, found: Range<usize>, path: &Path) {
        let around = found.start <= self.span.start && self.span.end <= found.end;
        let narrower =
            found.len() < self.width || found.len() == self.width && !self.outer;
        if around && narrower {
            self.width = found.len();
            self.best.clone_from(path);
        }
    }
}

/// The value at the end of a path.
pub fn get<'a, 'i>(root: &'a Node<'i>, path: &[Step]) -> Option<&'a Node<'i>> {
    path.iter().try_fold(root, |node, step| match (node.get_ref(), step) {
        (DeValue::Table(table), Step::Key(key, _)) => table.get(key.as_str()),
        (DeValue::Array(array), Step::Index(index)) => array.get(*index),
        _ => None,
    })
}

/// Tells the keys that lead to each value below a node, and the span of the value; a text
/// in a list is its own key.
pub fn walk(
    node: &Node,
    way: &mut Vec<String>,
    tell: &mut dyn FnMut(&[String], Range<usize>),
) {
    let mut below = |key: &str, value: &Node| {
        way.push(key.to_string());
        tell(way, value.span());
        walk(value, way, tell);
        way.pop();
    };
    match node.get_ref() {
        DeValue::Table(table) => {
            table.iter().for_each(|(key, value)| below(key.get_ref(), value));
        }
        DeValue::Array(array) => {
            let texts =
                array.iter().filter_map(|value| Some((value.get_ref().as_str()?, value)));
            texts.for_each(|(text, value)| below(text, value));
        }
        _ => {}
    }
}

/// Adds what a table lacks of another one, and so in the tables below.
pub fn complete<'i>(node: &mut Node<'i>, usual: &DeTable<'i>) {
    let DeValue::Table(table) = node.get_mut() else { return };
    for (key, value) in usual {
        match (table.get_mut(&**key.get_ref()), value.get_ref()) {
            (Some(own), DeValue::Table(usual)) => complete(own, usual),
            (Some(_), _) => {}
            (None, _) => {
                let key = Spanned::new(NOWHERE, key.get_ref().clone());
                table.insert(key, unplaced(value));
            }
        }
    }
}

/// The same value without its place, which is one in another file.
fn unplaced<'i>(node: &Node<'i>) -> Node<'i> {
    let value = match node.get_ref() {
        DeValue::Table(table) => {
            let place = |(key, value): (&Spanned<DeString<'i>>, &Node<'i>)| {
                (Spanned::new(NOWHERE, key.get_ref().clone()), unplaced(value))
            };
            DeValue::Table(table.iter().map(place).collect())
        }
        DeValue::Array(array) => DeValue::Array(array.iter().map(unplaced).collect()),
        value => value.clone(),
    };
    Spanned::new(NOWHERE, value)
}

/// The same value, so many bytes further down.
pub fn moved<'i>(node: Node<'i>, by: usize) -> Node<'i> {
    let down = |span: Range<usize>| span.start + by..span.end + by;
    let span = down(node.span());
    let value = match node.into_inner() {
        DeValue::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| {
                (Spanned::new(down(key.span()), key.into_inner()), moved(value, by))
            });
            DeValue::Table(entries.collect())
        }
        DeValue::Array(array) => {
            DeValue::Array(array.into_iter().map(|value| moved(value, by)).collect())
        }
        value => value,
    };
    Spanned::new(span, value)
}

/// Takes the entry at the end of a path out of its table or list.
pub fn remove<'i>(root: &mut Node<'i>, path: &[Step]) -> Option<Node<'i>> {
    let (last, way) = path.split_last()?;
    let parent =
        way.iter().try_fold(root, |node, step| match (node.get_mut(), step) {
            (DeValue::Table(table), Step::Key(key, _)) => table.get_mut(key.as_str()),
            (DeValue::Array(array), Step::Index(index)) => array.get_mut(*index),
            _ => None,
        })?;
    match (parent.get_mut(), last) {
        (DeValue::Table(table), Step::Key(key, _)) => table.remove(key.as_str()),
        (DeValue::Array(array), Step::Index(removed)) => {
            let mut taken = None;
            let mut kept = DeArray::new();
            for (index, value) in
                std::mem::replace(array, DeArray::new()).into_iter().enumerate()
            {
                if index == *removed {
                    taken = Some(value);
                } else {
                    kept.push(value);
                }
            }
            *array = kept;
            taken
        }
        _ => None,
    }
}

/// Where the entry starts that a path leads into: the table of a list of tables
/// (`[[item]]`), or else the table (`[bank]`). Nothing if the path leads to it itself.
pub fn entry_start(root: &Node, path: &[Step]) -> Option<usize> {
    let depth = if matches!(path.get(1), Some(Step::Index(..))) { 2 } else { 1 };
    let start = get(root, path.get(..depth)?)?.span().start;
    (path.len() > depth).then_some(start)
}

/// Adds every `id` within a value.
pub fn collect_ids(node: &Node, ids: &mut BTreeSet<String>) {
    match node.get_ref() {
        DeValue::Table(table) => {
            ids.extend(
                table.get("id").and_then(|id| id.get_ref().as_str()).map(String::from),
            );
            table.values().for_each(|value| collect_ids(value, ids));
        }
        DeValue::Array(array) => array.iter().for_each(|value| collect_ids(value, ids)),
        _ => {}
    }
}
