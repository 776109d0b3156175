//! Reading TOML files so that every problem has its place.

use std::ops::Range;

use crate::diagnostic::Place;

/// The text of an input file and the name that its reader knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The path as the user gave it, or `built-in …` for an embedded file.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// The place of a range of bytes: where it starts, and how wide it is on that line.
    pub fn place(&self, span: Range<usize>) -> Place {
        let start = span.start.min(self.text.len());
        let line_start = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end =
            self.text[start..].find('\n').map_or(self.text.len(), |n| start + n);
        let excerpt = self.text[line_start..line_end].trim_end().to_string();
        let end = span.end.clamp(start, line_end);
        Place {
            file: self.name.clone(),
            line: self.text[..start].matches('\n').count() + 1,
            column: self.text[line_start..start].chars().count() + 1,
            excerpt,
            width: self.text[start..end].chars().count().max(1),
        }
    }
}
