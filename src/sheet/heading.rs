//! Titles and section headings, which papers and keys share.

use crate::exam::{Identity, Section};
use crate::sheet::{Block, Heading};
use crate::text::Text;
use crate::wording::{Wording, fill};

/// The lines of the title.
pub fn title(lines: &[String]) -> Block {
    Block::Title(lines.iter().map(|line| Text::parse(line)).collect())
}

/// The heading of a section with its Roman number and note, which says where students answer.
pub fn heading(
    index: usize,
    section: &Section,
    identity: &Identity,
    wording: &Wording,
) -> Block {
    let words = wording.section(section.item_type);
    let letters: Vec<String> =
        letters().take(section.options).map(String::from).collect();
    let letters = either(&letters, &wording.or);
    let own = section.note.as_ref();
    let bubbles = identity.bubbles.then_some(&words.bubble_note);
    let sheet = identity.answer_sheet.then_some(&words.sheet_note);
    let usual = bubbles.into_iter().chain(sheet).find(|note| !note.is_empty());
    let note = own.or(usual).unwrap_or(&words.note);
    let note = fill(note, &[("letters", &letters)]);
    Block::Heading(Heading {
        label: Some(Text::plain(format!("{}.", roman(index + 1)))),
        text: Text::parse(name(section, wording).as_str()),
        note: (!note.is_empty()).then(|| Text::parse(&note)),
    })
}

/// Things of which any counts: `A`, `A or B`, `A, B, or C`.
pub fn either(things: &[String], or: &str) -> String {
    match things {
        [first, last] => format!("{first} {or} {last}"),
        [others @ .., last] if !others.is_empty() => {
            format!("{}, {or} {last}", others.join(", "))
        }
        _ => things.concat(),
    }
}

/// What a section is called.
pub fn name(section: &Section, wording: &Wording) -> String {
    let own = || wording.section(section.item_type).heading;
    section.heading.clone().unwrap_or_else(own)
}

/// The wording for one number or for several, and the first and the last of them.
pub fn range(
    words: &[String; 2],
    numbers: impl Iterator<Item = u32>,
) -> (&String, String) {
    let numbers: Vec<u32> = numbers.collect();
    match numbers[..] {
        [first, .., last] => (&words[1], format!("{first}–{last}")),
        [only] => (&words[0], only.to_string()),
        [] => (&words[0], String::new()),
    }
}

/// The letters of options, in order.
pub fn letters() -> impl Iterator<Item = char> {
    'A'..='Z'
}

/// A number in capital Roman numerals.
pub fn roman(mut number: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            roman.push_str(numeral);
            number -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals() {
        let shown: Vec<String> = [1, 4, 9, 14, 40, 90, 1949].map(roman).into();
        assert_eq!(shown, ["I", "IV", "IX", "XIV", "XL", "XC", "MCMXLIX"]);
    }
}
