//! JSON for files that people look into: a line for each value, and whatever lies deeper on
//! the line of what holds it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// An object in so many others stands on one line with all that it holds: in a record, each
/// item and each question does.
const LINE: usize = 2;

/// Writes a value, and ends its last line.
pub fn write(mut out: impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Lines::default()))?;
    out.write_all(b"\n")
}

/// A value as [`write()`] writes it.
pub fn text(value: &impl Serialize) -> io::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes, value)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// Breaks lines.
#[derive(Default)]
struct Lines {
    outer: PrettyFormatter<'static>,
    /// How many objects are open.
    objects: usize,
}

impl Lines {
    /// Whether all stands on one line here.
    fn is_line(&self) -> bool {
        self.objects > LINE
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        match self.is_line() {
            true => out.write_all(b"["),
            false => self.outer.begin_array(out),
        }
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        match self.is_line() {
            true => out.write_all(b"]"),
            false => self.outer.end_array(out),
        }
    }

    fn begin_array_value<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        match self.is_line() {
            true if first => Ok(()),
            true => out.write_all(b", "),
            false => self.outer.begin_array_value(out, first),
        }
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        match self.is_line() {
            true => Ok(()),
            false => self.outer.end_array_value(out),
        }
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.objects += 1;
        match self.is_line() {
            true => out.write_all(b"{"),
            false => self.outer.begin_object(out),
        }
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        let line = self.is_line();
        self.objects -= 1;
        match line {
            true => out.write_all(b"}"),
            false => self.outer.end_object(out),
        }
    }

    fn begin_object_key<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        first: bool,
    ) -> io::Result<()> {
        // An entry of an object begins and ends as a value of an array does.
        self.begin_array_value(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.end_array_value(out)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_lies_deep_stands_on_one_line() {
        let value = json!({
            "empty": [], "none": {}, "spread": { "letters": [{ "A": 5 }] },
            "items": { "a": { "facts": ["b", "c"], "rationales": { "d": "e" } } },
            "variants": [
                { "label": "A", "questions": [{ "number": 1, "options": ["a", "b"] }] },
                { "label": "B", "questions": [{ "number": 1, "options": [] }, { "key": {} }] },
            ],
        });
        let text = text(&value).unwrap();
        let expected = r#"{
  "empty": [],
  "items": {
    "a": {"facts": ["b", "c"], "rationales": {"d": "e"}}
  },
  "none": {},
  "spread": {
    "letters": [
      {"A": 5}
    ]
  },
  "variants": [
    {
      "label": "A",
      "questions": [
        {"number": 1, "options": ["a", "b"]}
      ]
    },
    {
      "label": "B",
      "questions": [
        {"number": 1, "options": []},
        {"key": {}}
      ]
    }
  ]
}
"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
