//! Values that may be written in more than one form.

use std::fmt;
use std::ops::Range;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use toml::Spanned;

use crate::bank::load::raw::Name;

/// What an entity has for an attribute: a text, a table, or a list of both.
#[derive(Debug)]
pub enum Values {
    /// One value, not in a list.
    One(Box<Value>),
    /// A list of values.
    Many(Vec<Spanned<Value>>),
}

impl Values {
    /// The values, each with its span; `whole` is that of the value that is not in a list.
    pub fn iter(&self, whole: Range<usize>) -> Vec<(Range<usize>, &Value)> {
        match self {
            Values::One(value) => vec![(whole, value)],
            Values::Many(values) => {
                values.iter().map(|v| (v.span(), v.get_ref())).collect()
            }
        }
    }
}

/// A value with what is said about it.
#[derive(Debug)]
pub struct Value {
    pub text: String,
    pub aliases: Vec<String>,
    pub cluster: Option<Name>,
    pub attribution: Option<String>,
    pub as_of: Option<String>,
    pub historical: bool,
    pub disputed: bool,
    pub translation: Option<String>,
}

/// A value that is written as a table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    value: Scalar,
    #[serde(default)]
    aliases: Vec<String>,
    cluster: Option<Name>,
    attribution: Option<String>,
    as_of: Option<Day>,
    #[serde(default)]
    historical: bool,
    #[serde(default)]
    disputed: bool,
    #[serde(alias = "indonesian")]
    en: Option<String>,
}

impl From<Table> for Value {
    fn from(table: Table) -> Value {
        Value {
            text: table.value.0,
            aliases: table.aliases,
            cluster: table.cluster,
            attribution: table.attribution,
            as_of: table.as_of.map(|day| day.0),
            historical: table.historical,
            disputed: table.disputed,
            translation: table.en,
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value {
            text,
            aliases: Vec::new(),
            cluster: None,
            attribution: None,
            as_of: None,
            historical: false,
            disputed: false,
            translation: None,
        }
    }
}

/// A text, or a number that is taken as it is written in decimal.
struct Scalar(String);

/// One text or a list of texts.
#[derive(Debug)]
pub struct Texts(pub Vec<String>);

/// A day, as a TOML date or as text.
#[derive(Debug, Clone)]
pub struct Day(pub String);

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("text, a table with `value`, or a list of these")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Values, E> {
        ValueVisitor.visit_str(text).map(Box::new).map(Values::One)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Values, E> {
        ValueVisitor.visit_i64(number).map(Box::new).map(Values::One)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Values, A::Error> {
        ValueVisitor.visit_map(map).map(Box::new).map(Values::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Values, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Values::Many(values))
    }
}

impl<'de> Deserialize<'de> for Values {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Values, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("text or a table with `value`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.to_string().into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(number.to_string().into())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        Ok(Table::deserialize(MapAccessDeserializer::new(map))?.into())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ScalarVisitor;

impl Visitor<'_> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar(text.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
        Ok(Scalar(number.to_string()))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("text or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        Ok(Texts(vec![text.to_string()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(Texts(texts))
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Day;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a day such as `2026-11-21`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
        let day: Result<toml::value::Datetime, _> = text.parse();
        match day {
            Ok(day) if day.time.is_none() && day.date.is_some() => {
                Ok(Day(text.to_string()))
            }
            _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
        }
    }

    /// The TOML reader gives a date as a table with one entry, its text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Day, A::Error> {
        match map.next_entry::<String, String>() {
            Ok(Some((_, day))) => self.visit_str(&day),
            _ => Err(A::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        deserializer.deserialize_any(DayVisitor)
    }
}
