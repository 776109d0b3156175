//! Running text in a few styles, written in a small subset of Markdown.

use serde::Serialize;

/// How a piece of text is set apart from the text around it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
pub struct Style {
    /// Set in the bold face.
    pub bold: bool,
    /// Set in the italic face.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Span {
    /// The characters, without any markup.
    pub text: String,
    /// The style that they share.
    pub style: Style,
}

/// Running text: spans in reading order, no two neighbours in the same style.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Text {
    /// The pieces, in reading order.
    pub spans: Vec<Span>,
}

impl Text {
    /// Text that is taken as it stands, markup characters included.
    pub fn plain(text: impl Into<String>) -> Text {
        Text::styled(text, Style::default())
    }

    /// Text that is bold throughout and otherwise taken as it stands.
    pub fn bold(text: impl Into<String>) -> Text {
        Text::styled(text, Style { bold: true, ..Style::default() })
    }

    /// Text that is italic throughout and otherwise taken as it stands.
    pub fn italic(text: impl Into<String>) -> Text {
        Text::styled(text, Style { italic: true, ..Style::default() })
    }

    fn styled(text: impl Into<String>, style: Style) -> Text {
        let text = text.into();
        let spans = if text.is_empty() { Vec::new() } else { vec![Span { text, style }] };
        Text { spans }
    }

    /// Reads `*italic*`, `**bold**` and `__underline__`; a backslash takes the next
    /// character as it stands, and a mark without its partner is an ordinary character.
    pub fn parse(markup: &str) -> Text {
        let mut text = Text::default();
        let mut style = Style::default();
        let mut rest = markup;
        while let Some(char) = rest.chars().next() {
            if let Some(mark) =
                ["**", "__", "*"].into_iter().find(|&m| rest.starts_with(m))
            {
                let after = &rest[mark.len()..];
                let open = match mark {
                    "**" => &mut style.bold,
                    "__" => &mut style.underline,
                    _ => &mut style.italic,
                };
                let starts =
                    !after.starts_with(char::is_whitespace) && closes(after, mark);
                if *open || starts {
                    *open = !*open;
                    rest = after;
                    continue;
                }
                text.push(mark, style);
                rest = after;
            } else if char == '\\' && rest.len() > 1 {
                let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                text.push(&rest[1..1 + next], style);
                rest = &rest[1 + next..];
            } else {
                text.push(&rest[..char.len_utf8()], style);
                rest = &rest[char.len_utf8()..];
            }
        }
        text
    }

    /// The characters without their styles.
    pub fn to_plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Appends characters in a style.
    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.spans.push(Span { text: text.to_string(), style }),
        }
    }

    /// This text followed by another.
    pub fn then(mut self, other: Text) -> Text {
        for span in other.spans {
            self.push(&span.text, span.style);
        }
        self
    }
}

impl From<&str> for Text {
    /// Reads markup, as [`Text::parse`] does.
    fn from(markup: &str) -> Text {
        Text::parse(markup)
    }
}

impl From<&String> for Text {
    fn from(markup: &String) -> Text {
        Text::parse(markup)
    }
}

/// The characters of marked-up text without their styles.
pub fn plain(markup: &str) -> String {
    // Most texts have no markup, and drawing asks for all of them again and again.
    match markup.bytes().any(|byte| b"*_\\".contains(&byte)) {
        true => Text::parse(markup).to_plain(),
        false => markup.to_string(),
    }
}

/// Marked-up text with its first letter as a capital; text that opens with a digit or a
/// sign of its own stays as it is.
pub fn capitalised(markup: &str) -> String {
    let opening = |char: char| "*_\"'“‘(".contains(char);
    let Some((at, first)) = markup.char_indices().find(|&(_, char)| !opening(char))
    else {
        return markup.to_string();
    };
    let rest = &markup[at + first.len_utf8()..];
    format!("{}{}{rest}", &markup[..at], first.to_uppercase())
}

/// Whether `mark` stands again in `after`, so that an opening mark has its partner.
fn closes(after: &str, mark: &str) -> bool {
    let mut rest = after;
    while let Some(found) = rest.find(mark) {
        let doubled = mark == "*" && rest[found + 1..].starts_with('*');
        let escaped = rest[..found].ends_with('\\');
        if found > 0 && !doubled && !escaped {
            return true;
        }
        rest = &rest[found + if doubled { 2 } else { mark.len() }..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markup: &str) -> String {
        let styled = |span: &Span| {
            let mut marks = String::new();
            marks.push_str(if span.style.bold { "b" } else { "" });
            marks.push_str(if span.style.italic { "i" } else { "" });
            marks.push_str(if span.style.underline { "u" } else { "" });
            format!("{marks}[{}]", span.text)
        };
        Text::parse(markup).spans.iter().map(styled).collect()
    }

    #[test]
    fn marks_nest() {
        assert_eq!(shown("a *b* **c** __d__"), "[a ]i[b][ ]b[c][ ]u[d]");
        assert_eq!(shown("**bold *both* bold**"), "b[bold ]bi[both]b[ bold]");
    }

    #[test]
    fn capitals_pass_over_marks() {
        assert_eq!(capitalised("*free trade* itu"), "*Free trade* itu");
        assert_eq!(capitalised("“élan” itu"), "“Élan” itu");
        assert_eq!(capitalised("24 negara"), "24 negara");
        assert_eq!(capitalised("**"), "**");
    }

    #[test]
    fn lone_marks_are_ordinary_characters() {
        assert_eq!(shown("2 * 3"), "[2 * 3]");
        assert_eq!(shown(r"\*as it stands\*"), "[*as it stands*]");
        assert_eq!(shown("snake__case"), "[snake__case]");
        assert_eq!(shown("****"), "[****]");
        assert_eq!(shown("back\\"), "[back\\]");
    }
}
