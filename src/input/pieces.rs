//! Reading a long file in pieces, so that several hands can read it.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::ValueDeserializer;

use crate::input::parse;
use crate::input::tree::moved;

/// How many bytes a piece has at least. What it takes to read one fits into the caches.
const SIZE: usize = 32 << 10;

/// The pieces of a file, which read one by one are the file, as long as each of them is
/// sound: every one but the first starts with an entry of a list (`[[item]]`).
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    cut(text, SIZE)
}

/// Cuts a file into pieces that are no shorter than `size`, but for the last one.
fn cut(text: &str, size: usize) -> Vec<Range<usize>> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    while has_only_tables(text) {
        let from = text.floor_char_boundary(start + size);
        let Some(at) = entry(&text[from..]) else { break };
        pieces.push(start..from + at);
        start = from + at;
    }
    pieces.push(start..text.len());
    pieces
}

/// Whether nothing stands before the first table.
fn has_only_tables(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.starts_with('['))
}

/// Where the first entry of a list starts that does not belong to another entry.
fn entry(text: &str) -> Option<usize> {
    let starts = text.match_indices("\n[[").map(|(newline, _)| newline + 1);
    let is_entry = |start: &usize| {
        text[*start..].lines().next().is_some_and(|line| !line.contains('.'))
    };
    starts.into_iter().find(is_entry)
}

/// Reads a piece of a file; nothing if anything is wrong with it.
pub fn read_piece<T: DeserializeOwned>(text: &str, piece: Range<usize>) -> Option<T> {
    let (root, errors) = parse(&text[piece.clone()], None);
    if !errors.is_empty() {
        return None;
    }
    T::deserialize(ValueDeserializer::from(moved(root, piece.start))).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use toml::Spanned;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct File {
        #[serde(default, rename = "term")]
        _term: Vec<Spanned<BTreeMap<Spanned<String>, Spanned<toml::Value>>>>,
        #[serde(default, rename = "item")]
        _item: Vec<Spanned<BTreeMap<Spanned<String>, Spanned<toml::Value>>>>,
    }

    /// What a file is cut into, if pieces need only a few bytes.
    fn cut_text(text: &str) -> Vec<&str> {
        cut(text, 4).into_iter().map(|piece| &text[piece]).collect()
    }

    #[test]
    fn pieces_start_with_entries() {
        let text = "# A bank.\n\n[bank]\nid = 1\n[[term]]\ntext = 'über'\n\
                    [[item]]\nid = 2\n[[item.options]]\ntext = 'no'\n[item.en]\n\
                    [[item]]\nid = 3\n";
        let pieces = cut_text(text);
        assert_eq!(pieces.concat(), text);
        let starts = pieces.iter().map(|piece| piece.lines().next().unwrap_or_default());
        let starts: Vec<&str> = starts.collect();
        assert_eq!(starts, ["# A bank.", "[[term]]", "[[item]]", "[[item]]"]);
        assert_eq!(cut_text("id = 1\n[[term]]\n[[term]]\n").len(), 1);
        assert_eq!(cut_text(""), [""]);
    }

    #[test]
    fn everything_keeps_its_place() {
        let first = "[[term]]\ntext = 'one'\n";
        let second = "[[item]]\nid = [1, { a = 2 }]\nen.name = 'two'\n";
        let text = [first, second].concat();
        let read = |piece| format!("{:?}", read_piece::<File>(&text, piece).unwrap());
        let (whole, below) = (read(0..text.len()), read(first.len()..text.len()));
        let items = |read: &str| read[read.find("_item").unwrap()..].to_string();
        assert_eq!(items(&below), items(&whole));
        assert!(read_piece::<File>(&text, 0..first.len() - 2).is_none());
    }
}
