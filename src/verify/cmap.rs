//! What the codes of a font stand for, as its ToUnicode map says (ISO 32000-1, 9.10.3).

use std::collections::BTreeMap;

/// The texts of codes.
pub type Texts = BTreeMap<u16, String>;

/// Reads a map; entries that are out of shape are left out, so that their glyphs stand for
/// nothing.
pub fn texts(map: &[u8]) -> Texts {
    let mut texts = Texts::new();
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut rest = map;
    while let Some((token, after)) = token(rest) {
        rest = after;
        match token {
            Token::String(string) => strings.push(string),
            Token::Word(b"endbfchar") => {
                for pair in strings.chunks_exact(2) {
                    insert(&mut texts, &pair[0], &pair[1], 0);
                }
                strings.clear();
            }
            Token::Word(b"endbfrange") => {
                for range in strings.chunks_exact(3) {
                    insert_range(&mut texts, range);
                }
                strings.clear();
            }
            // Counts stand before what is counted.
            Token::Word(b"beginbfchar" | b"beginbfrange") => strings.clear(),
            Token::Word(_) => {}
        }
    }
    texts
}

fn insert(texts: &mut Texts, code: &[u8], text: &[u8], more: u16) {
    let &[high, low] = code else { return };
    let code = u16::from_be_bytes([high, low]).saturating_add(more);
    let units = text.chunks_exact(2).map(|unit| u16::from_be_bytes([unit[0], unit[1]]));
    let mut units: Vec<u16> = units.collect();
    if let Some(last) = units.last_mut() {
        *last = last.saturating_add(more);
    }
    if let Ok(text) = String::from_utf16(&units) {
        texts.insert(code, text);
    }
}

/// Codes that follow each other, whose texts do so too.
fn insert_range(texts: &mut Texts, range: &[Vec<u8>]) {
    let [first, last, text] = range else { return };
    let (Ok(low), Ok(high)) =
        (<[u8; 2]>::try_from(&first[..]), <[u8; 2]>::try_from(&last[..]))
    else {
        return;
    };
    let count = u16::from_be_bytes(high).saturating_sub(u16::from_be_bytes(low));
    for more in 0..=count {
        insert(texts, first, text, more);
    }
}

enum Token<'a> {
    /// A string in hexadecimal digits.
    String(Vec<u8>),
    /// Anything else.
    Word(&'a [u8]),
}

/// The next token and what follows it.
fn token(text: &[u8]) -> Option<(Token<'_>, &[u8])> {
    let start = text.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let text = &text[start..];
    if text[0] == b'<' && text.get(1) != Some(&b'<') {
        let end = text.iter().position(|&byte| byte == b'>').unwrap_or(text.len());
        let after = text.get(end + 1..).unwrap_or_default();
        return Some((Token::String(bytes(&text[1..end])), after));
    }
    let inside = |&byte: &u8| !byte.is_ascii_whitespace() && byte != b'<';
    let length = text[1..].iter().take_while(|byte| inside(byte)).count() + 1;
    Some((Token::Word(&text[..length]), &text[length..]))
}

/// The bytes of hexadecimal digits.
fn bytes(digits: &[u8]) -> Vec<u8> {
    let digits = digits.iter().filter_map(|&digit| char::from(digit).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    digits.chunks_exact(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
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
