//! The code on every page: which exam, which variant and which copy a sheet is of.
//!
//! A code is made from what students see of a paper and from nothing else. So it tells
//! nothing of the key or the seed that the paper itself does not tell.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::exam::{Body, Exam, Head, Paper};

/// The digits: those of Crockford's base 32, which has no I, L, O and U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many characters a code has.
const LENGTH: usize = 10;

/// How many of them are check characters.
const CHECKS: usize = 2;

/// A code of eight characters and two check characters.
///
/// It is a word of the Reed–Solomon code over the field of 32 elements with the zeros α and
/// α² (I. S. Reed and G. Solomon, "Polynomial Codes over Certain Finite Fields", 1960), whose
/// words differ in three characters at least. So the checks do not fit any code of which one
/// or two characters are wrong, and none of which two have changed their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code([u8; LENGTH]);

/// Why something is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// It has so many characters, and not ten.
    Length(usize),
    /// A character is no digit of codes.
    Character(char),
    /// The check characters do not fit.
    Checks,
}

impl Code {
    /// The code of a paper. Among the papers of an exam that happen to have the same one,
    /// each attempt gives another.
    pub fn of(head: &Head, paper: &Paper, attempt: u32) -> Code {
        let mut hash = Sha256::new();
        hash.update(b"lembar code 2\0");
        hash.update(seen(head, paper, attempt));
        Code::from_hash(&hash.finalize())
    }

    /// A code of the first characters of a hash.
    fn from_hash(hash: &[u8]) -> Code {
        let mut digits = [0; LENGTH];
        for (digit, byte) in digits.iter_mut().zip(hash).take(LENGTH - CHECKS) {
            *digit = byte % 32;
        }
        let checks = checks(&digits[..LENGTH - CHECKS]);
        digits[LENGTH - CHECKS..].copy_from_slice(&checks);
        Code(digits)
    }
}

/// A paper of which many copies have codes of their own, read once.
#[derive(Debug, Clone)]
pub struct Copied(Sha256);

impl Copied {
    /// What the codes of the copies of a paper have in common.
    pub fn of(head: &Head, paper: &Paper) -> Copied {
        let mut hash = Sha256::new();
        hash.update(b"lembar code 3\0");
        hash.update(seen(head, paper, 0));
        Copied(hash)
    }

    /// The code of the copy of this number. Among copies that happen to have the same one,
    /// each attempt gives another.
    pub fn code(&self, number: usize, attempt: u32) -> Code {
        let mut hash = self.0.clone();
        hash.update((number as u64).to_le_bytes());
        hash.update(attempt.to_le_bytes());
        Code::from_hash(&hash.finalize())
    }
}

/// What students see of a paper.
fn seen(head: &Head, paper: &Paper, attempt: u32) -> String {
    let Paper { label, stimuli, questions, .. } = paper;
    let asked = questions.iter().map(|question| {
        (question.number, &question.stem, Work::of(&question.body), json!(question.table))
    });
    let shown = stimuli.iter().map(|s| (&s.title, &s.paragraphs, json!(s.table)));
    let (asked, shown): (Vec<_>, Vec<_>) = (asked.collect(), shown.collect());
    let (title, identity) = (&head.title, json!(head.identity));
    let seen = (title, head.language, identity, label, shown, asked, attempt);
    // Texts and numbers can always be written.
    serde_json::to_string(&seen).unwrap_or_default()
}

/// What a student works on, as codes are made from it: with its keys in the order of the
/// alphabet, whatever the order in which types name their fields.
#[derive(Serialize)]
#[serde(untagged)]
enum Work<'a> {
    /// A list, which has no keys.
    List(&'a Body),
    /// Anything else.
    Sorted(Value),
}

impl Work<'_> {
    fn of(body: &Body) -> Work<'_> {
        match body {
            Body::Options(_) | Body::Boxes(_) | Body::Steps(_) => Work::List(body),
            body => Work::Sorted(json!(body)),
        }
    }
}

/// What stands for an exam in the codes of its answer sheets: eight digits that come from the
/// codes of its papers.
pub fn exam_id(exam: &Exam) -> String {
    let mut hash = Sha256::new();
    hash.update(b"lembar exam 1\0");
    exam.variants.codes().for_each(|code| hash.update(code));
    let digit = |byte: u8| char::from(DIGITS[usize::from(byte % 32)]);
    hash.finalize().into_iter().take(LENGTH - CHECKS).map(digit).collect()
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, &digit) in self.0.iter().enumerate() {
            let hyphen = if place == LENGTH / 2 { "-" } else { "" };
            write!(f, "{hyphen}{}", char::from(DIGITS[usize::from(digit)]))?;
        }
        Ok(())
    }
}

impl FromStr for Code {
    type Err = Misread;

    /// Reads a code as people write it: in small letters too, with O for 0, I or L for 1,
    /// and with hyphens and blanks anywhere or nowhere.
    fn from_str(text: &str) -> Result<Code, Misread> {
        let mut digits = Vec::new();
        for char in normal(text).chars() {
            let digit = DIGITS.iter().position(|&digit| char::from(digit) == char);
            digits.push(digit.ok_or(Misread::Character(char))? as u8);
        }
        let count = digits.len();
        let digits: [u8; LENGTH] =
            digits.try_into().map_err(|_| Misread::Length(count))?;
        match checks(&digits[..LENGTH - CHECKS])[..] == digits[LENGTH - CHECKS..] {
            true => Ok(Code(digits)),
            false => Err(Misread::Checks),
        }
    }
}

/// A code as it is compared, whether its checks fit or not: in capitals, without hyphens and
/// blanks, with digits in the place of letters that look like them.
pub fn normal(text: &str) -> String {
    let seen =
        text.chars().filter(|char| !char.is_whitespace() && !"-–_".contains(*char));
    let digit = |char: char| match char.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        char => char,
    };
    seen.map(digit).collect()
}

/// Whether one slip leads from one code to another: a character that is wrong, missing or
/// too many, or two neighbours that changed their places. Both are [`normal`].
pub fn is_a_slip(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let (short, long): (Vec<char>, Vec<char>) =
        (short.chars().collect(), long.chars().collect());
    let alike = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[alike..], &long[alike..]);
    match (short, long) {
        ([], [_]) => true,
        ([a, b, rest @ ..], [c, d, others @ ..])
            if (a, b) == (d, c) && rest == others =>
        {
            true
        }
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        (short, [_, others @ ..]) => short == others,
        _ => false,
    }
}

/// The check characters of digits: what is left of them, as a polynomial, after division by
/// (x − α)(x − α²) = x² + (α + α²)x + α³.
fn checks(digits: &[u8]) -> [u8; CHECKS] {
    const ALPHA: u8 = 2;
    let square = times(ALPHA, ALPHA);
    let (middle, last) = (ALPHA ^ square, times(ALPHA, square));
    digits.iter().fold([0, 0], |[high, low], digit| {
        let over = digit ^ high;
        [low ^ times(over, middle), times(over, last)]
    })
}

/// The product in the field of 32 elements, where α⁵ = α² + 1.
fn times(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        one = if one & 16 == 16 { one << 1 ^ 0b10_0101 } else { one << 1 };
        other >>= 1;
    }
    product
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Whether the checks of a word fit.
    fn fits(word: &[u8; LENGTH]) -> bool {
        checks(&word[..LENGTH - CHECKS]) == word[LENGTH - CHECKS..]
    }

    fn code(label: &str) -> Code {
        let paper = Paper {
            label: label.to_string(),
            code: String::new(),
            stimuli: Vec::new(),
            questions: Vec::new(),
        };
        Code::of(&Head::default(), &paper, 0)
    }

    #[test]
    fn no_two_wrong_characters_fit() {
        // The checks are linear: what goes unseen is itself a word that fits.
        for first in 0..LENGTH {
            for second in 0..first {
                for (one, other) in (0..32).flat_map(|a| (0..32).map(move |b| (a, b))) {
                    let mut slip = [0; LENGTH];
                    (slip[first], slip[second]) = (one, other);
                    assert_eq!(fits(&slip), (one, other) == (0, 0), "{slip:?}");
                }
            }
        }
    }

    #[test]
    fn every_slip_in_a_code_is_noticed() {
        for label in ["A", "B", "C", "Pagi"] {
            let good = code(label).to_string().replace('-', "");
            assert_eq!(good.parse(), Ok(code(label)));
            for place in 0..LENGTH {
                for &digit in DIGITS {
                    let mut wrong = good.clone().into_bytes();
                    wrong[place] = digit;
                    let wrong = String::from_utf8(wrong).unwrap();
                    assert_eq!(wrong.parse::<Code>().is_ok(), wrong == good, "{wrong}");
                    assert!(wrong == good || is_a_slip(&wrong, &good));
                }
                let mut swapped = good.clone().into_bytes();
                swapped.swap(place, (place + 1) % LENGTH);
                let swapped = String::from_utf8(swapped).unwrap();
                assert_eq!(swapped.parse::<Code>().is_ok(), swapped == good, "{swapped}");
            }
        }
    }

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code = "1V0QC-K7M2P".replace(['P', '2'], "0");
        let digits = normal(&code);
        let word: Vec<u8> = digits
            .bytes()
            .map(|byte| DIGITS.iter().position(|&digit| digit == byte).unwrap() as u8)
            .collect();
        let [high, low] =
            checks(&word[..8]).map(|digit| char::from(DIGITS[usize::from(digit)]));
        let good = format!("1V0QC-K7M{high}{low}");
        let read: Code = good.parse().unwrap();
        assert_eq!(read.to_string(), good);
        for written in [
            good.to_lowercase(),
            good.replace('-', ""),
            good.replace('-', " "),
            good.replacen('1', "l", 1).replacen('0', "o", 1),
            good.replacen('1', "I", 1).replacen('0', "O", 1),
            format!(" {good}\n"),
        ] {
            assert_eq!(written.parse(), Ok(read), "{written}");
        }
        assert_eq!("1V0QC".parse::<Code>(), Err(Misread::Length(5)));
        assert_eq!("1V0QC-K7M!!".parse::<Code>(), Err(Misread::Character('!')));
    }

    #[test]
    fn slips_are_told_from_other_codes() {
        for slip in ["ABCDE", "ABDC", "ABXD", "ACD", "BACD", "XABCD", "BCD", "ABC"] {
            assert!(is_a_slip("ABCD", slip) && is_a_slip(slip, "ABCD"), "{slip}");
        }
        for other in ["ABCD", "ABCDEF", "BADC", "AXXD", "CBAD", "AB", ""] {
            assert!(!is_a_slip("ABCD", other) && !is_a_slip(other, "ABCD"), "{other}");
        }
    }

    #[test]
    fn ten_thousand_copies_have_codes_of_their_own() {
        let codes: BTreeSet<Code> =
            (1..=10_000).map(|copy| code(&copy.to_string())).collect();
        assert_eq!(codes.len(), 10_000);
    }

    /// Codes stand on paper in teachers' cupboards: they may never change.
    #[test]
    fn the_first_code_is_golden() {
        assert_eq!(code("A").to_string(), GOLDEN);
    }

    const GOLDEN: &str = "08PT4-S4504";
}
