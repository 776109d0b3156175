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
    /// Straight quotation marks and apostrophes become typographic ones, and primes stay.
    pub fn parse(markup: &str) -> Text {
        let mut text = Text::default();
        let mut style = Style::default();
        let mut quotes = Quotes::default();
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
                quotes.before = mark.chars().last();
                rest = after;
            } else if char == '\\' && rest.len() > 1 {
                let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                text.push(&rest[1..1 + next], style);
                quotes.before = rest[1..].chars().next();
                rest = &rest[1 + next..];
            } else {
                rest = &rest[char.len_utf8()..];
                let char = quotes.printed(char, rest);
                text.push(char.encode_utf8(&mut [0; 4]), style);
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

/// What has been read so far, as far as it tells which way a quotation mark is turned.
#[derive(Default)]
struct Quotes {
    /// The character before.
    before: Option<char>,
    /// Whether a double quotation mark is open.
    double: bool,
    /// Whether a single one is.
    single: bool,
}

impl Quotes {
    /// The character that is printed for the next one; `after` is what follows it.
    fn printed(&mut self, char: char, after: &str) -> char {
        let next = after.chars().find(|char| !"*_".contains(*char));
        let printed = match char {
            '"' => self.double(next),
            '\'' => self.single(next, after),
            _ => char,
        };
        self.before = Some(printed);
        printed
    }

    /// Whether something may be quoted from here on.
    fn opens(&self, next: Option<char>) -> bool {
        let before = |char: char| char.is_whitespace() || "([{/–—“‘".contains(char);
        self.before.is_none_or(before) && next.is_some_and(|char| !char.is_whitespace())
    }

    fn follows_digit(&self) -> bool {
        self.before.is_some_and(|char| char.is_ascii_digit())
    }

    fn double(&mut self, next: Option<char>) -> char {
        if self.opens(next) {
            self.double = true;
            return '“';
        }
        // Inches and seconds of arc.
        if self.follows_digit() && !self.double {
            return '"';
        }
        self.double = false;
        '”'
    }

    fn single(&mut self, next: Option<char>, after: &str) -> char {
        // What is never closed stands for letters that are left out: '98.
        if self.opens(next) && closes_quotation(after) {
            self.single = true;
            return '‘';
        }
        let within = next.is_some_and(char::is_alphanumeric);
        // Feet and minutes of arc.
        if self.follows_digit() && !self.single && !next.is_some_and(char::is_alphabetic)
        {
            return '\'';
        }
        self.single &= within;
        '’'
    }
}

/// Whether an apostrophe stands at the end of a word.
fn closes_quotation(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().filter(|char| !"*_".contains(*char)).peekable();
    while let Some(char) = chars.next() {
        let ends = chars.peek().is_none_or(|next| !next.is_alphanumeric());
        if char == '\'' && !before.is_whitespace() && ends {
            return true;
        }
        before = char;
    }
    false
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
    match markup.bytes().any(|byte| b"*_\\'\"".contains(&byte)) {
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
    fn quotation_marks_are_typographic() {
        for (markup, printed) in [
            ("\"Jumat\" dan 'Sabtu'", "“Jumat” dan ‘Sabtu’"),
            ("(\"a 'b' c\")", "(“a ‘b’ c”)"),
            ("people's, countries' and Qur'an", "people’s, countries’ and Qur’an"),
            ("reformasi '98 dan 1990's", "reformasi ’98 dan 1990’s"),
            ("\"1945\" dan '17'", "“1945” dan ‘17’"),
            ("6°10' LS, 5'11\" dan 3.5\"", "6°10' LS, 5'11\" dan 3.5\""),
            ("**\"tebal\"** *'miring'*", "“tebal” ‘miring’"),
            (r#"print(\"x\") \'y\'"#, "print(\"x\") 'y'"),
            ("“sudah” ‘benar’", "“sudah” ‘benar’"),
        ] {
            assert_eq!(plain(markup), printed);
        }
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
