//! What the codes of a font stand for, as its ToUnicode map says (ISO 32000-1, 9.10.3).

use std::collections::BTreeMap;

use super::syntax::{Value, Values, unit};

/// The texts of codes.
pub type Texts = BTreeMap<u16, String>;

/// Reads a map; entries that are out of shape are left out, so that their glyphs stand for
/// nothing.
pub fn texts(map: &[u8]) -> Texts {
    let mut texts = Texts::new();
    let mut strings: Vec<&[u8]> = Vec::new();
    for value in Values::of_content(map) {
        match value {
            Value::Hex(digits) => strings.push(digits),
            Value::Word(b"endbfchar") => {
                for pair in strings.chunks_exact(2) {
                    let code = unit(pair[0]);
                    texts.extend(code.and_then(|code| Some((code, text(pair[1], 0)?))));
                }
                strings.clear();
            }
            Value::Word(b"endbfrange") => {
                for range in strings.chunks_exact(3) {
                    let (Some(low), Some(high)) = (unit(range[0]), unit(range[1])) else {
                        continue;
                    };
                    // Codes that follow each other, whose texts do so too.
                    let codes = (low..=high).zip(0..);
                    texts.extend(
                        codes.filter_map(|(code, more)| {
                            Some((code, text(range[2], more)?))
                        }),
                    );
                }
                strings.clear();
            }
            // Counts stand before what is counted.
            Value::Word(b"beginbfchar" | b"beginbfrange") => strings.clear(),
            _ => {}
        }
    }
    texts
}

/// The text that is so many behind the one that digits are.
fn text(digits: &[u8], more: u16) -> Option<String> {
    let units = digits.chunks_exact(4).map(unit);
    let mut units: Vec<u16> = units.collect::<Option<_>>()?;
    if let Some(last) = units.last_mut() {
        *last = last.saturating_add(more);
    }
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_ranges_are_read() {
        let map = b"/CIDInit /ProcSet findresource begin 1 begincodespacerange\n\
            <0000> <FFFF>\nendcodespacerange\n2 beginbfchar\n<0001> <0041>\n\
            <0002> <00660069>\nendbfchar 1 beginbfrange\n<0005><0007><0061>\nendbfrange";
        let found = texts(map);
        let expected = [(1, "A"), (2, "fi"), (5, "a"), (6, "b"), (7, "c")];
        assert_eq!(found, expected.map(|(code, text)| (code, text.to_string())).into());
    }

    #[test]
    fn broken_maps_stand_for_nothing() {
        for map in ["", "<00", "beginbfchar <0001> endbfchar", "beginbfchar <01> <0041>"]
        {
            assert_eq!(texts(map.as_bytes()), Texts::new(), "{map}");
        }
    }
}
