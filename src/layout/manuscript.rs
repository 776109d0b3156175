//! A text as the typesetter reads it: words and blanks, each in one style and direction.

use std::ops::Range;

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

use crate::text::{Style, Text};

/// A text as the typesetter reads it: the characters, and the styles of stretches.
pub(super) struct Manuscript {
    /// The characters.
    pub plain: String,
    /// The ends of the stretches and their styles.
    styles: Vec<(usize, Style)>,
    /// How deeply right-to-left and left-to-right text is nested, by bytes; empty if all
    /// of it reads from left to right.
    levels: Vec<Level>,
    /// The ends of the paragraphs that read from right to left, and of the others.
    paragraphs: Vec<(usize, bool)>,
}

/// A word or a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The characters.
    pub text: &'a str,
    /// The style.
    pub style: Style,
    /// How deeply it is nested; odd if it reads from right to left.
    pub level: Level,
}

impl Manuscript {
    /// Reads a text.
    pub fn new(text: &Text) -> Manuscript {
        let mut plain = String::new();
        let mut styles = Vec::new();
        for span in text.spans() {
            plain.push_str(&span.text);
            styles.push((plain.len(), span.style));
        }
        let (mut levels, mut paragraphs) = (Vec::new(), Vec::new());
        if plain.chars().any(reads_leftward) {
            for paragraph in plain.split_inclusive('\n') {
                let leftward = is_leftward(paragraph);
                let base = if leftward { Level::rtl() } else { Level::ltr() };
                levels.extend(ParagraphBidiInfo::new(paragraph, Some(base)).levels);
                paragraphs.push((levels.len(), leftward));
            }
        }
        Manuscript { plain, styles, levels, paragraphs }
    }

    /// Whether the paragraph around a byte reads from right to left.
    pub fn is_leftward(&self, at: usize) -> bool {
        let paragraph = self.paragraphs.partition_point(|&(end, _)| end <= at);
        self.paragraphs.get(paragraph).is_some_and(|&(_, leftward)| leftward)
    }

    /// The style of the character at a place.
    fn style(&self, at: usize) -> Style {
        let index = self.styles.partition_point(|&(end, _)| end <= at);
        self.styles.get(index).map_or(Style::default(), |&(_, style)| style)
    }

    /// A hyphen in the style and direction of the character at a place.
    pub fn hyphen(&self, at: usize) -> Chunk<'static> {
        let level = self.levels.get(at).copied().unwrap_or(Level::ltr());
        Chunk { text: "-", style: self.style(at), level }
    }

    /// The bytes before which a range may be parted: those of its only word, if that has
    /// nothing around it but punctuation and is no foreign word, which is set in italics.
    pub fn hyphens(
        &self,
        range: Range<usize>,
        points: impl Fn(&str) -> Vec<usize>,
    ) -> Vec<usize> {
        let plain = &self.plain;
        let apart = |char: Option<char>| char.is_none_or(char::is_whitespace);
        let alone = apart(plain[..range.start].chars().next_back())
            && apart(plain[range.end..].chars().next());
        let piece = &plain[range.clone()];
        let alone = alone && !piece.contains(char::is_whitespace);
        let word = piece.trim_matches(|char: char| !char.is_alphanumeric());
        let Some(offset) = piece.find(word).filter(|_| alone && !word.is_empty()) else {
            return Vec::new();
        };
        let start = range.start + offset;
        if self.style(start).italic {
            return Vec::new();
        }
        points(word).into_iter().map(|point| start + point).collect()
    }

    /// The words and blanks of a range in logical order, each in one style and direction.
    /// Every blank is a chunk of its own and reads as an ordinary space; ends of
    /// lines and invisible characters are left out.
    pub fn chunks(&self, range: Range<usize>) -> impl Iterator<Item = Chunk<'_>> {
        let first = self.styles.partition_point(|&(end, _)| end <= range.start);
        let mut start = range.start;
        let stretches = self.styles[first..].iter().map_while(move |&(end, style)| {
            let stretch = start..end.min(range.end);
            start = stretch.end;
            (!stretch.is_empty()).then_some((stretch, style))
        });
        let directed = stretches.flat_map(|(stretch, style)| {
            self.runs(stretch).map(move |(run, level)| (run, style, level))
        });
        directed.flat_map(|(run, style, level)| {
            let chunks = self.plain[run].split_inclusive(char::is_whitespace);
            let parted = chunks.flat_map(|chunk| {
                let word = chunk.trim_end_matches(char::is_whitespace);
                let newline = chunk.ends_with(['\n', '\r', '\u{2028}', '\u{2029}']);
                let blank = if word.len() < chunk.len() && !newline { " " } else { "" };
                word.split(is_invisible).chain([blank])
            });
            let chunk = move |text| Chunk { text, style, level };
            parted.filter(|text| !text.is_empty()).map(chunk)
        })
    }

    /// The stretches of a range that are nested equally deeply.
    fn runs(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Level)> {
        let mut start = range.start;
        std::iter::from_fn(move || {
            if start >= range.end {
                return None;
            }
            let Some(&level) = self.levels.get(start) else {
                return Some((
                    std::mem::replace(&mut start, range.end)..range.end,
                    Level::ltr(),
                ));
            };
            let rest = self.levels[start..range.end].iter();
            let run = start..start + rest.take_while(|&&other| other == level).count();
            start = run.end;
            Some((run, level))
        })
    }
}

/// Whether a character makes the text around it read from right to left.
fn reads_leftward(char: char) -> bool {
    // Most texts have nothing beyond Latin, and nobody need look them up.
    char >= '\u{590}' && matches!(bidi_class(char), BidiClass::R | BidiClass::AL)
}

/// Whether a paragraph as a whole reads from right to left: it starts and ends so, and so
/// do most of its letters; or nearly all of them if points or the like stand at its end. An
/// Arabic word that opens an Indonesian sentence turns nothing around, nor does a name in
/// Latin letters within an Arabic one.
fn is_leftward(paragraph: &str) -> bool {
    let strong = |char: char| match bidi_class(char) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        _ => None,
    };
    let letters: Vec<bool> = paragraph.chars().filter_map(strong).collect();
    let leftward = letters.iter().filter(|&&leftward| leftward).count();
    let others = letters.len() - leftward;
    let most = if letters.last() == Some(&true) { 1 } else { 4 };
    letters.first() == Some(&true) && leftward > most * others
}

/// Whether a character only says where lines may break or which way words read.
fn is_invisible(char: char) -> bool {
    matches!(
        char,
        '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(markup: &str) -> Vec<String> {
        let manuscript = Manuscript::new(&Text::parse(markup));
        let chunks = manuscript.chunks(0..manuscript.plain.len());
        chunks.map(|chunk| chunk.text.to_string()).collect()
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
    fn words_are_parted_where_their_direction_changes() {
        let parted = ["ayat", " ", "(", "الله", ")", " ", "itu"];
        assert_eq!(chunks("ayat (الله) itu"), parted);
        let manuscript = Manuscript::new(&Text::plain("surah الإخلاص ayat 1"));
        let odd = |chunk: &Chunk| chunk.level.is_rtl();
        let chunks = manuscript.chunks(0..manuscript.plain.len()).filter(odd);
        assert_eq!(chunks.map(|chunk| chunk.text).collect::<Vec<_>>(), ["الإخلاص"]);
    }

    #[test]
    fn paragraphs_turn_around_only_as_a_whole() {
        let leftward = |text: &str| Manuscript::new(&Text::plain(text)).is_leftward(0);
        assert!(leftward("بسم الله الرحمن الرحيم"));
        assert!(leftward("ما معنى ASEAN؟"));
        assert!(leftward("(١) كتاب."));
        assert!(leftward("اكتب اسم عاصمة إندونيسيا. (skor 5)"));
        assert!(!leftward("بسم الله الرحمن الرحيم disebut ...."));
        assert!(!leftward("الله adalah nama Tuhan"));
        assert!(!leftward("الله adalah Tuhan semesta alam, الله"));
        assert!(!leftward("Arti الحمد لله"));
        assert!(!leftward("12 + 3"));
        let lines = Manuscript::new(&Text::plain("Bacalah!\nبسم الله\nApa artinya?"));
        let at = |text: &str| lines.is_leftward(lines.plain.find(text).unwrap());
        assert!(!at("Bacalah") && at("الله") && !at("artinya"));
    }
}
