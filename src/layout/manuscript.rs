//! A text as the typesetter reads it: words and blanks, each in one style.

use std::ops::Range;

use crate::text::{Style, Text};

/// A text as the typesetter reads it: the characters, and the styles of stretches.
pub(super) struct Manuscript {
    /// The characters.
    pub plain: String,
    /// The ends of the stretches and their styles.
    styles: Vec<(usize, Style)>,
}

impl Manuscript {
    /// Reads a text.
    pub fn new(text: &Text) -> Manuscript {
        let mut manuscript = Manuscript { plain: String::new(), styles: Vec::new() };
        for span in &text.spans {
            manuscript.plain.push_str(&span.text);
            manuscript.styles.push((manuscript.plain.len(), span.style));
        }
        manuscript
    }

    /// The words and blanks of a range, each in one style. Every blank is a chunk of its
    /// own and reads as an ordinary space; ends of
    /// lines and invisible characters are left out.
    pub fn chunks(&self, range: Range<usize>) -> impl Iterator<Item = (&str, Style)> {
        let first = self.styles.partition_point(|&(end, _)| end <= range.start);
        let mut start = range.start;
        let stretches = self.styles[first..].iter().map_while(move |&(end, style)| {
            let stretch = start..end.min(range.end);
            start = stretch.end;
            (!stretch.is_empty()).then_some((stretch, style))
        });
        stretches.flat_map(|(stretch, style)| {
            let chunks = self.plain[stretch].split_inclusive(char::is_whitespace);
            let parted = chunks.flat_map(|chunk| {
                let word = chunk.trim_end_matches(char::is_whitespace);
                let newline = chunk.ends_with(['\n', '\r', '\u{2028}', '\u{2029}']);
                let blank = if word.len() < chunk.len() && !newline { " " } else { "" };
                word.split(is_invisible).chain([blank])
            });
            parted.filter(|chunk| !chunk.is_empty()).map(move |chunk| (chunk, style))
        })
    }
}

/// Whether a character only says where lines may break.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// What a text is looked up by.
pub(super) fn key(text: &Text) -> String {
    let mut key = String::new();
    for span in &text.spans {
        let Style { bold, italic, underline } = span.style;
        let style = u8::from(bold) + 2 * u8::from(italic) + 4 * u8::from(underline);
        key.push('\0');
        key.push(char::from(b'0' + style));
        key.push_str(&span.text);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(markup: &str) -> Vec<String> {
        let manuscript = Manuscript::new(&Text::parse(markup));
        let chunks = manuscript.chunks(0..manuscript.plain.len());
        chunks.map(|(chunk, _)| chunk.to_string()).collect()
    }

    #[test]
    fn words_and_blanks_are_parted() {
        assert_eq!(chunks("one  two\tthree"), ["one", " ", " ", "two", " ", "three"]);
        assert_eq!(chunks("one\u{a0}two"), ["one", " ", "two"]);
        assert_eq!(chunks("one\ntwo"), ["one", "two"]);
    }

    #[test]
    fn words_are_parted_where_their_style_changes() {
        assert_eq!(chunks("o*n*e **two**"), ["o", "n", "e", " ", "two"]);
    }

    #[test]
    fn different_texts_have_different_keys() {
        let keys =
            ["ab", "*ab*", "**ab**", "a*b*", "__ab__"].map(|text| key(&text.into()));
        for (index, one) in keys.iter().enumerate() {
            assert!(!keys[..index].contains(one));
        }
    }
}
