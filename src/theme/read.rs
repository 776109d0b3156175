//! Lengths and names in a theme's file.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::fonts::Family;
use crate::length::Length;

use super::{Typeface, TypefaceFiles};

/// The thinnest rule that survives a photocopier.
const THINNEST_RULE: Length = Length(500);

/// The longest length that a theme may name, somewhat more than A3 paper is tall.
const LONGEST: Length = Length::mm(500);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Length, D::Error> {
        deserializer.deserialize_str(LengthVisitor)
    }
}

struct LengthVisitor;

impl Visitor<'_> for LengthVisitor {
    type Value = Length;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a length with its unit")
    }

    fn visit_str<E: Error>(self, written: &str) -> Result<Length, E> {
        let length = parse(written)
            .ok_or_else(|| E::custom(format!("`{written}` is not a length")))?;
        if length > LONGEST {
            return Err(E::custom(format!("the length `{written}` is too long")));
        }
        Ok(length)
    }
}

/// Reads a decimal number of points or millimetres, with up to three decimals.
fn parse(written: &str) -> Option<Length> {
    let written = written.trim();
    let (number, millimetres) = match written.strip_suffix("mm") {
        Some(number) => (number, true),
        None => (written.strip_suffix("pt")?, false),
    };
    let (whole, decimals) = number.trim_end().split_once('.').unwrap_or((number, "0"));
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.trim_end()) || !digits(decimals) || decimals.len() > 3 {
        return None;
    }
    let whole: u32 = whole.trim_end().parse().ok().filter(|&whole| whole <= 9_999)?;
    let thousandths: u32 = format!("{decimals:0<3}").parse().ok()?;
    let thousandths = whole * 1000 + thousandths;
    Some(match millimetres {
        true => Length::micrometres(i64::from(thousandths)),
        false => Length(thousandths as i32),
    })
}

/// Reads a length that something is divided by.
pub(super) fn positive<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Length, D::Error> {
    let length = Length::deserialize(deserializer)?;
    if length == Length::ZERO {
        return Err(D::Error::custom("this length must be more than nothing"));
    }
    Ok(length)
}

/// Reads the thickness of a rule.
pub(super) fn rule<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Length, D::Error> {
    let length = Length::deserialize(deserializer)?;
    if length < THINNEST_RULE {
        let message = "a rule thinner than 0.5pt is lost when a paper is photocopied";
        return Err(D::Error::custom(message));
    }
    Ok(length)
}

/// Reads the thickness of a rule that may be missing.
pub(super) fn some_rule<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Length>, D::Error> {
    rule(deserializer).map(Some)
}

/// Reads a number of columns.
pub(super) fn columns<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<usize, D::Error> {
    let count = usize::deserialize(deserializer)?;
    if (1..=super::MOST_COLUMNS).contains(&count) {
        return Ok(count);
    }
    let most = super::MOST_COLUMNS;
    Err(D::Error::custom(format!("a page has 1 to {most} columns, not {count}")))
}

/// As many columns as a page may have.
pub(super) fn most_columns() -> usize {
    super::MOST_COLUMNS
}

/// What is so unless a theme says otherwise.
pub(super) fn yes() -> bool {
    true
}

impl<'de> Deserialize<'de> for Typeface {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Typeface, D::Error> {
        deserializer.deserialize_any(TypefaceVisitor)
    }
}

struct TypefaceVisitor;

impl<'de> Visitor<'de> for TypefaceVisitor {
    type Value = Typeface;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a family of fonts, by its name or by its files")
    }

    fn visit_str<E: Error>(self, family: &str) -> Result<Typeface, E> {
        if Family::names().all(|known| known != family) {
            let known: Vec<_> = Family::names().map(|name| format!("`{name}`")).collect();
            let known = known.join(", ");
            return Err(E::custom(format!(
                "unknown family of fonts `{family}`, expected one of {known}"
            )));
        }
        Ok(Typeface::Embedded(family.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Typeface, A::Error> {
        let files = TypefaceFiles::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Typeface::Files(files))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_points_or_millimetres() {
        assert_eq!(parse("11pt"), Some(Length(11_000)));
        assert_eq!(parse("13.25pt"), Some(Length(13_250)));
        assert_eq!(parse("1.2 mm"), Some(Length(3_402)));
        for wrong in ["11", "pt", "-1pt", "1,5pt", "1.2345pt", ".5pt", "1e3pt", "9 9pt"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
