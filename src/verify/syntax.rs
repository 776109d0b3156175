//! What the bytes of a PDF say (ISO 32000-1, 7.2 and 7.3): numbers, names, strings, and
//! arrays and dictionaries of these.
//!
//! Nothing is copied. What stands between brackets is read when it is looked into.

use std::borrow::Cow;

/// A value, or a word that is none: an operator or a keyword.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A number.
    Number(f64),
    /// A name, without its slash. What is escaped in it stays so.
    Name(&'a [u8]),
    /// The digits of a string in hexadecimal ones.
    Hex(&'a [u8]),
    /// A string as it is written between parentheses.
    Literal(&'a [u8]),
    /// What stands in an array.
    Array(Values<'a>),
    /// A dictionary.
    Dict(Dict<'a>),
    /// The number of an object that is referred to.
    Reference(u32),
    /// Anything else.
    Word(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The number, if it is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number, if it is one that counts something.
    pub fn count(self) -> Option<usize> {
        let whole = |number: &f64| number.fract() == 0.0 && (0.0..1e15).contains(number);
        self.number().filter(whole).map(|number| number as usize)
    }

    /// The bytes of the string, if it is one.
    pub fn string(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Value::Hex(digits) => Some(Cow::Owned(from_hex(digits))),
            Value::Literal(text) if !text.iter().any(|b| matches!(b, b'\\' | b'\r')) => {
                Some(Cow::Borrowed(text))
            }
            Value::Literal(text) => Some(Cow::Owned(unescaped(text))),
            _ => None,
        }
    }
}

/// A dictionary, as it is written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Dict<'a>(Values<'a>);

impl<'a> Dict<'a> {
    /// The entries, in the order in which they are written. What is out of shape ends them.
    pub fn entries(self) -> Entries<'a> {
        Entries { values: self.0, broken: false }
    }

    /// The value of a key, if the dictionary has it; of several the last one.
    pub fn get(self, key: &str) -> Option<Value<'a>> {
        let [value] = self.get_all([key]);
        value
    }

    /// The values of some keys.
    pub fn get_all<const N: usize>(self, keys: [&str; N]) -> [Option<Value<'a>>; N] {
        let mut values = [None; N];
        for (name, value) in self.entries() {
            let meant = keys.iter().position(|key| name == key.as_bytes());
            if let Some(meant) = meant {
                values[meant] = Some(value);
            }
        }
        values
    }

    /// Whether the dictionary has a key.
    pub fn has(self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The name that is the value of a key.
    pub fn name(self, key: &str) -> Option<&'a [u8]> {
        match self.get(key)? {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// The entries of a dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Entries<'a> {
    values: Values<'a>,
    /// Whether something is out of shape.
    pub broken: bool,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a [u8], Value<'a>);

    fn next(&mut self) -> Option<(&'a [u8], Value<'a>)> {
        match (self.values.next()?, self.values.next()) {
            (Value::Name(key), Some(value)) => Some((key, value)),
            _ => {
                self.broken = true;
                None
            }
        }
    }
}

/// The values in some bytes, one after the other.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Values<'a> {
    /// What has not been read yet.
    rest: &'a [u8],
    /// Whether values may be references to objects.
    refers: bool,
}

impl<'a> Values<'a> {
    /// The values of a file from a place on.
    pub fn of_file(bytes: &'a [u8], at: usize) -> Values<'a> {
        Values { rest: bytes.get(at..).unwrap_or_default(), refers: true }
    }

    /// The operators and operands of a page, or the values of a map.
    pub fn of_content(bytes: &'a [u8]) -> Values<'a> {
        Values { rest: bytes, refers: false }
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Reads `1 0 0 1 right up cm`, which most of what a page shows begins with; `None` if
    /// something else is written here, or the same in other words.
    #[inline]
    pub fn shift(&mut self) -> Option<[f64; 2]> {
        let mut ahead = *self;
        ahead.skip_blanks();
        ahead.rest = ahead.rest.strip_prefix(b"1 0 0 1 ")?;
        let right = ahead.decimal()?.0;
        ahead.skip_blanks();
        let up = ahead.decimal()?.0;
        *self = ahead.behind(b"cm")?;
        Some([right, up])
    }

    /// Reads `/Name Do`, which it ends with, in the same way.
    #[inline]
    pub fn shown(&mut self) -> Option<&'a [u8]> {
        let mut ahead = *self;
        ahead.skip_blanks();
        ahead.rest = ahead.rest.strip_prefix(b"/")?;
        let name = ahead.regular();
        *self = ahead.behind(b"Do")?;
        Some(name)
    }

    /// What follows an operator, if it is the next one.
    #[inline]
    fn behind(mut self, operator: &[u8]) -> Option<Values<'a>> {
        self.skip_blanks();
        self.rest = self.rest.strip_prefix(operator)?;
        let goes_on = |byte: &u8| matches!(KINDS[usize::from(*byte)], Kind::Regular);
        (!self.rest.first().is_some_and(goes_on)).then_some(self)
    }

    /// Takes so many bytes.
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    #[inline]
    fn skip_blanks(&mut self) {
        while let [byte, rest @ ..] = self.rest {
            match KINDS[usize::from(*byte)] {
                Kind::Blank => self.rest = rest,
                _ if *byte == b'%' => {
                    self.take(comment(self.rest));
                }
                _ => break,
            }
        }
    }

    /// The characters up to the next blank or bracket.
    fn regular(&mut self) -> &'a [u8] {
        let is_other = |byte: &u8| !matches!(KINDS[usize::from(*byte)], Kind::Regular);
        let end = self.rest.iter().position(is_other);
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// A number, or a word that begins like one.
    fn number(&mut self) -> Value<'a> {
        let Some((number, is_bare)) = self.decimal() else {
            return Value::Word(self.regular());
        };
        if self.refers
            && is_bare
            && let Some(reference) = self.reference(number as u64)
        {
            return reference;
        }
        Value::Number(number)
    }

    /// Takes a number, if one is written here, and whether it has digits alone.
    fn decimal(&mut self) -> Option<(f64, bool)> {
        let bytes = self.rest;
        let sign = usize::from(matches!(bytes, [b'-' | b'+', ..]));
        let (point, mut mantissa) = digits(bytes, sign, 0);
        let (mut end, mut count, mut decimals) = (point, point - sign, 0);
        if bytes.get(point) == Some(&b'.') {
            (end, mantissa) = digits(bytes, point + 1, mantissa);
            decimals = end - point - 1;
            count += decimals;
        }
        let goes_on = |byte: &u8| matches!(KINDS[usize::from(*byte)], Kind::Regular);
        // More digits do not fit.
        if count == 0 || count >= POWERS.len() || bytes.get(end).is_some_and(goes_on) {
            return None;
        }
        self.rest = &bytes[end..];
        let number = match decimals {
            0 => mantissa as f64,
            _ => mantissa as f64 / POWERS[decimals],
        };
        let is_bare = sign == 0 && end == point;
        Some((if bytes[0] == b'-' { -number } else { number }, is_bare))
    }

    /// The reference to an object of a number, if one is written here.
    fn reference(&mut self, number: u64) -> Option<Value<'a>> {
        let mut ahead = *self;
        ahead.skip_blanks();
        let generation = ahead.regular();
        if generation.is_empty() || !generation.iter().all(u8::is_ascii_digit) {
            return None;
        }
        ahead.skip_blanks();
        if ahead.regular() != b"R" {
            return None;
        }
        *self = ahead;
        u32::try_from(number).ok().map(Value::Reference)
    }

    /// What stands between brackets, the first of which is here; brackets and what is
    /// between are so long.
    fn within(&mut self, bracket: usize) -> Option<&'a [u8]> {
        let length = match (self.rest, bracket) {
            ([b'(', ..], _) => literal(self.rest)?,
            ([b'<', ..], 1) => hex(self.rest)?,
            _ => nested(self.rest)?,
        };
        self.take(length).get(bracket..length - bracket)
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        self.skip_blanks();
        let (all, refers) = (self.rest, self.refers);
        let values = |rest| Values { rest, refers };
        let value = match all {
            [] => return None,
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => Some(self.number()),
            [b'<', b'<', ..] => {
                self.within(2).map(|rest| Value::Dict(Dict(values(rest))))
            }
            [b'<', ..] => self.within(1).map(Value::Hex),
            [b'[', ..] => self.within(1).map(|rest| Value::Array(values(rest))),
            [b'(', ..] => self.within(1).map(Value::Literal),
            [b'/', ..] => {
                self.take(1);
                Some(Value::Name(self.regular()))
            }
            [byte, ..] => match KINDS[usize::from(*byte)] {
                Kind::Regular => Some(Value::Word(self.regular())),
                _ => Some(Value::Word(self.take(1))),
            },
        };
        // What is nowhere closed is no value.
        Some(value.unwrap_or_else(|| Value::Word(self.take(all.len()))))
    }
}

/// The end of the digits from a place on, and the number that they make with those before.
#[inline]
fn digits(bytes: &[u8], mut at: usize, mut number: u64) -> (usize, u64) {
    for byte in &bytes[at..] {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    (at, number)
}

/// How long a comment is, up to the end of its line.
fn comment(bytes: &[u8]) -> usize {
    let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    end.unwrap_or(bytes.len())
}

/// How long a string is with its parentheses.
fn literal(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// How long a string of hexadecimal digits is with its brackets.
fn hex(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'>').map(|end| end + 1)
}

/// How long an array or a dictionary is with its brackets.
fn nested(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0);
    loop {
        let rest = bytes.get(at..)?;
        let here = rest
            .iter()
            .position(|&byte| matches!(KINDS[usize::from(byte)], Kind::Bracket))?;
        let rest = &rest[here..];
        let (width, deeper) = match rest {
            [b'<', b'<', ..] => (2, 1),
            [b'>', b'>', ..] => (2, -1),
            [b'[', ..] => (1, 1),
            [b']', ..] => (1, -1),
            [b'<', ..] => (hex(rest)?, 0),
            [b'(', ..] => (literal(rest)?, 0),
            [b'%', ..] => (comment(rest), 0),
            _ => (1, 0),
        };
        at += here + width;
        depth += deeper;
        if depth == 0 && deeper != 0 {
            return Some(at);
        }
    }
}

/// What a byte is to those around it.
#[derive(Clone, Copy)]
enum Kind {
    Regular,
    Blank,
    /// Brackets, and what begins names and comments.
    Bracket,
}

/// The kinds of all bytes.
static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Regular; 256];
    let (blanks, brackets) = (b" \n\r\t\x0c\0", b"()<>[]{}/%");
    let mut index = 0;
    while index < blanks.len() {
        kinds[blanks[index] as usize] = Kind::Blank;
        index += 1;
    }
    index = 0;
    while index < brackets.len() {
        kinds[brackets[index] as usize] = Kind::Bracket;
        index += 1;
    }
    kinds
};

/// The powers of ten that decimals are divided by.
static POWERS: [f64; 18] = [
    1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    1e16, 1e17,
];

/// The number that four hexadecimal digits are.
pub fn unit(digits: &[u8]) -> Option<u16> {
    let digits: &[u8; 4] = digits.try_into().ok()?;
    digits.iter().try_fold(0, |number, &digit| {
        let digit = char::from(digit).to_digit(16)?;
        Some(number << 4 | digit as u16)
    })
}

/// The bytes of hexadecimal digits; a last one that is missing is 0.
fn from_hex(digits: &[u8]) -> Vec<u8> {
    let digits = digits.iter().filter_map(|&digit| char::from(digit).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    let pairs = digits.chunks(2);
    pairs.map(|pair| (pair[0] * 16 + pair.get(1).unwrap_or(&0)) as u8).collect()
}

/// The bytes of a string with what is escaped in it (ISO 32000-1, 7.3.4.2).
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        match (*byte, after) {
            (b'\r', [b'\n', ..]) => {}
            (b'\r', _) => bytes.push(b'\n'),
            (b'\\', [escaped, after @ ..]) => {
                rest = after;
                match escaped {
                    b'n' => bytes.push(b'\n'),
                    b'r' => bytes.push(b'\r'),
                    b't' => bytes.push(b'\t'),
                    b'b' => bytes.push(0x08),
                    b'f' => bytes.push(0x0c),
                    b'\r' => rest = after.strip_prefix(b"\n").unwrap_or(after),
                    b'\n' => {}
                    b'0'..=b'7' => {
                        let octal = |byte: &&u8| matches!(byte, b'0'..=b'7');
                        let more = after.iter().take(2).take_while(octal).count();
                        let digits = [&[*escaped], &after[..more]].concat();
                        let value = digits.iter().fold(0u32, |value, digit| {
                            value * 8 + u32::from(digit - b'0')
                        });
                        bytes.push(value as u8);
                        rest = &after[more..];
                    }
                    other => bytes.push(*other),
                }
            }
            (byte, _) => bytes.push(byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Value<'_>> {
        Values::of_file(text.as_bytes(), 0).collect()
    }

    #[test]
    fn values_are_read() {
        let number = Value::Number;
        assert_eq!(all("1 -2.5 .5 +7. 0"), [1.0, -2.5, 0.5, 7.0, 0.0].map(number));
        assert_eq!(all("12 0 R 1 0"), [Value::Reference(12), number(1.0), number(0.0)]);
        assert_eq!(all("/A/B#20 % no\n/"), [b"A", &b"B#20"[..], b""].map(Value::Name));
        assert_eq!(all("BT T*\n'"), [b"BT", &b"T*"[..], b"'"].map(Value::Word));
        let text = "(a(b)\\)c) <41 4> (\\101\\n\\\\)";
        let strings = all(text).into_iter().map(|value| value.string().unwrap());
        let strings: Vec<Vec<u8>> = strings.map(Cow::into_owned).collect();
        assert_eq!(strings, [b"a(b))c".to_vec(), b"A@".to_vec(), b"A\n\\".to_vec()]);
    }

    #[test]
    fn shifts_are_read() {
        let mut values = Values::of_content(b"\n1 0 0 1 2.5 -3 cm/X1 Do");
        assert_eq!((values.shift(), values.rest()), (Some([2.5, -3.0]), &b"/X1 Do"[..]));
        for text in [
            "1 0 0 1 2 cm",
            "1 0 0 1 2 3 4 cm",
            "1 0 0 1 2 3 cmx",
            "1 0 0 1 2 /A cm",
            "2 0 0 1 2 3 cm",
        ] {
            let mut values = Values::of_content(text.as_bytes());
            assert_eq!(
                (values.shift(), values.rest()),
                (None, text.as_bytes()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_stands_in_brackets_is_read() {
        let text = "<</A[1 0 R<41>(])]/B<</C/D>>/A 2>>x";
        let [Value::Dict(dict), Value::Word(b"x")] = all(text)[..] else { panic!() };
        assert_eq!(dict.get("A"), Some(Value::Number(2.0)));
        let Some((b"A", Value::Array(values))) = dict.entries().next() else { panic!() };
        let expected = [Value::Reference(1), Value::Hex(b"41"), Value::Literal(b"]")];
        assert_eq!(values.collect::<Vec<_>>(), expected);
        let Some(Value::Dict(inner)) = dict.get("B") else { panic!() };
        assert_eq!((inner.name("C"), inner.has("D")), (Some(&b"D"[..]), false));
    }

    #[test]
    fn what_is_out_of_shape_is_no_value() {
        for text in ["[1", "<</A 1>", "(a", "<41", "1e5", "1-2", "--1", "-", ")", "]"] {
            assert_eq!(all(text), [Value::Word(text.as_bytes())], "{text}");
        }
    }
}
