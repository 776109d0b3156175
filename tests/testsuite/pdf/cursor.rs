//! Walks through the text of a document in the order in which it is written.

use super::seen::{Page, Piece};

/// A place in the text of a document.
pub struct Cursor {
    pieces: Vec<Piece>,
    at: usize,
    /// What was passed over and never asked for.
    pub passed: Vec<Piece>,
}

impl Cursor {
    /// The start of the text above the feet of pages, which begin so far from the bottom.
    pub fn new(pages: &[Page], foot: f64) -> Cursor {
        let text = pages.iter().flat_map(|page| {
            page.pieces.iter().filter(move |piece| piece.y < page.height - foot).cloned()
        });
        Cursor { pieces: text.collect(), at: 0, passed: Vec::new() }
    }

    /// The next piece, which is not passed over yet.
    pub fn next(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    /// Passes over pieces until one that has exactly this text.
    pub fn find(&mut self, text: &str) -> Piece {
        let rest = &self.pieces[self.at..];
        let Some(skipped) = rest.iter().position(|piece| piece.text == text) else {
            panic!("there is no “{text}” after “{}”", self.context());
        };
        self.passed.extend(rest[..skipped].iter().cloned());
        self.at += skipped + 1;
        self.pieces[self.at - 1].clone()
    }

    /// The lines of the text that stands here, word by word as it is given.
    pub fn text(&mut self, text: &str) -> Vec<Piece> {
        let mut lines = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let Some(piece) = self.pieces.get(self.at) else {
                panic!("the document ends before “{rest}”");
            };
            let Some(after) = rest.strip_prefix(piece.text.trim_end()) else {
                panic!(
                    "page {} says “{}” instead of “{rest}” after “{}”",
                    piece.page,
                    piece.text,
                    self.context()
                );
            };
            // A line ends where a word ends.
            let whole = after.is_empty() || after.starts_with(' ');
            assert!(whole || piece.text.ends_with(['-', '–', '/']), "{piece:?}");
            rest = after.trim_start();
            lines.push(piece.clone());
            self.at += 1;
        }
        lines
    }

    /// Everything up to a piece with this text, in one line.
    pub fn until(&mut self, text: &str) -> String {
        let start = self.at;
        self.find(text);
        let found = self.pieces[start..self.at].iter();
        found.map(|piece| piece.text.trim_end()).collect::<Vec<&str>>().join(" ")
    }

    /// Passes over the rest.
    pub fn finish(mut self) -> Vec<Piece> {
        self.passed.extend_from_slice(&self.pieces[self.at..]);
        self.passed
    }

    /// The last few pieces, for messages.
    fn context(&self) -> String {
        let last = &self.pieces[self.at.saturating_sub(4)..self.at];
        last.iter().map(|piece| piece.text.as_str()).collect::<Vec<&str>>().join(" | ")
    }
}
