//! Running text in a few styles, written in a small subset of Markdown.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use serde::{Serialize, Serializer};

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
    /// Raised, lowered or neither.
    pub script: Script,
}

/// Whether a piece of text is raised or lowered.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
pub enum Script {
    /// On the line.
    #[default]
    Line,
    /// Small and raised, like an exponent.
    Super,
    /// Small and lowered, like a number in a formula.
    Sub,
}

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Span {
    /// The characters, without any markup.
    pub text: String,
    /// The style that they share.
    pub style: Style,
}

impl Span {
    /// The characters as they read without their style: raised and lowered ones become
    /// those that are raised and lowered by themselves, if there are such.
    pub fn to_plain(&self) -> Cow<'_, str> {
        let (from, to) = match self.style.script {
            Script::Line => return Cow::Borrowed(&self.text),
            Script::Super => ("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
            Script::Sub => ("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
        };
        let shift =
            |char| from.chars().position(|c| c == char).map(|at| to.chars().nth(at));
        let shifted: Option<String> = self.text.chars().map(|c| shift(c)?).collect();
        shifted.map_or(Cow::Borrowed(&self.text), Cow::Owned)
    }
}

/// Running text: spans in reading order, no two neighbours in the same style.
///
/// Texts recur on sheets, so what they say is shared, and its hash is found but once.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Text(Arc<Spans>);

/// What a text says.
#[derive(Default, Serialize)]
struct Spans {
    spans: Vec<Span>,
    #[serde(skip)]
    hash: OnceLock<u64>,
}

impl Clone for Spans {
    fn clone(&self) -> Spans {
        self.spans.clone().into()
    }
}

impl From<Vec<Span>> for Spans {
    fn from(spans: Vec<Span>) -> Spans {
        Spans { spans, hash: OnceLock::new() }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.spans() == other.spans()
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let hash = || FixedState::default().hash_one(self.spans());
        state.write_u64(*self.0.hash.get_or_init(hash));
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text").field("spans", &self.spans()).finish()
    }
}

impl Text {
    /// Text that is taken as it stands, markup characters included.
    pub fn plain(text: impl Into<String>) -> Text {
        Text::styled(text, Style::default())
    }

    /// The pieces, in reading order.
    pub fn spans(&self) -> &[Span] {
        &self.0.spans
    }

    /// The pieces, to be changed.
    pub fn spans_mut(&mut self) -> &mut Vec<Span> {
        let shared = Arc::make_mut(&mut self.0);
        shared.hash = OnceLock::new();
        &mut shared.spans
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
        Text(Arc::new(spans.into()))
    }

    /// Reads `*italic*`, `**bold**`, `__underline__`, `^raised^` and `~lowered~`; `--` is
    /// an en dash and `---` an em dash. Straight quotation marks and apostrophes become
    /// typographic ones, and primes after digits (5′ 10″).
    ///
    /// A backslash takes the next character as it stands, and a mark without its partner
    /// is an ordinary character. What is raised or lowered has no blanks in it.
    pub fn parse(markup: &str) -> Text {
        let mut text = Text::default();
        let mut style = Style::default();
        let mut quotes = Quotes::default();
        let mut rest = markup;
        while let Some(char) = rest.chars().next() {
            if let Some(mark) = MARKS.into_iter().find(|&mark| rest.starts_with(mark)) {
                let after = &rest[mark.len()..];
                match toggle(style, mark, after) {
                    Some(toggled) => style = toggled,
                    None => text.push(mark, style),
                }
                rest = after;
            } else if char == '\\' && rest.len() > 1 {
                let next = rest[1..].chars().next().map_or(0, char::len_utf8);
                text.push(&rest[1..1 + next], style);
                rest = &rest[1 + next..];
            } else if char == '-' {
                let after = rest.trim_start_matches('-');
                let hyphens = &rest[..rest.len() - after.len()];
                text.push(dash(hyphens), style);
                rest = after;
            } else if matches!(char, '"' | '\'') {
                rest = &rest[char.len_utf8()..];
                text.push(quotes.printed(text.last(), char, rest), style);
            } else {
                let after = rest[char.len_utf8()..].trim_start_matches(is_ordinary);
                text.push(&rest[..rest.len() - after.len()], style);
                rest = after;
            }
        }
        text
    }

    /// The characters without their styles.
    pub fn to_plain(&self) -> String {
        self.spans().iter().map(Span::to_plain).collect()
    }

    fn last(&self) -> Option<char> {
        self.spans().last().and_then(|span| span.text.chars().next_back())
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.spans().is_empty()
    }

    /// Appends characters in a style.
    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let spans = self.spans_mut();
        match spans.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => spans.push(Span { text: text.to_string(), style }),
        }
    }

    /// This text followed by another.
    pub fn then(mut self, other: Text) -> Text {
        for span in other.spans() {
            self.push(&span.text, span.style);
        }
        self
    }
}

/// The quotation marks that are open, which tells what the next one is.
#[derive(Default)]
struct Quotes {
    double: bool,
    single: bool,
}

impl Quotes {
    /// What is printed for a straight quotation mark between two characters.
    fn printed(&mut self, before: Option<char>, mark: char, after: &str) -> &'static str {
        let next = after.chars().find(|&char| !is_mark(char));
        let starts = |char: char| char.is_whitespace() || "([{/–—“‘".contains(char);
        let opens =
            before.is_none_or(starts) && next.is_some_and(|char| !char.is_whitespace());
        let counts = before.is_some_and(|char| char.is_ascii_digit());
        match mark {
            '"' => self.double(opens, counts),
            _ => self.single(opens, counts, next, after),
        }
    }

    fn double(&mut self, opens: bool, counts: bool) -> &'static str {
        if opens {
            self.double = true;
            return "“";
        }
        // Inches and seconds of arc.
        if counts && !self.double {
            return "″";
        }
        self.double = false;
        "”"
    }

    fn single(
        &mut self,
        opens: bool,
        counts: bool,
        next: Option<char>,
        after: &str,
    ) -> &'static str {
        // What is never closed stands for letters that are left out: '98.
        if opens && closes_quotation(after) {
            self.single = true;
            return "‘";
        }
        // Feet and minutes of arc.
        if counts && !self.single && !next.is_some_and(char::is_alphabetic) {
            return "′";
        }
        self.single &= next.is_some_and(char::is_alphanumeric);
        "’"
    }
}

/// Whether an apostrophe stands at the end of a word.
fn closes_quotation(text: &str) -> bool {
    let mut before = ' ';
    let mut chars = text.chars().filter(|&char| !is_mark(char)).peekable();
    while let Some(char) = chars.next() {
        let ends = chars.peek().is_none_or(|next| !next.is_alphanumeric());
        if char == '\'' && !before.is_whitespace() && ends {
            return true;
        }
        before = char;
    }
    false
}

/// Whether a character may change the style and not be printed.
fn is_mark(char: char) -> bool {
    "*_^~".contains(char)
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
    match has_markup(markup) {
        true => Text::parse(markup).to_plain(),
        false => markup.to_string(),
    }
}

/// Marked-up text that is held once, and read once however often it is printed.
#[derive(Clone)]
pub struct Markup(Arc<Read>);

/// Marked-up text, and what it reads as once that was asked for.
struct Read {
    markup: Box<str>,
    text: OnceLock<Text>,
    plain: OnceLock<Arc<str>>,
}

impl Markup {
    /// What it reads as, as [`Text::parse`] says.
    pub fn text(&self) -> Text {
        self.0.text.get_or_init(|| Text::parse(self)).clone()
    }

    /// Its characters, as [`plain`] says.
    pub fn plain(&self) -> Arc<str> {
        self.0.plain.get_or_init(|| plain(self).into()).clone()
    }
}

impl From<String> for Markup {
    fn from(markup: String) -> Markup {
        let (text, plain) = (OnceLock::new(), OnceLock::new());
        Markup(Arc::new(Read { markup: markup.into(), text, plain }))
    }
}

impl From<&str> for Markup {
    fn from(markup: &str) -> Markup {
        markup.to_string().into()
    }
}

impl Deref for Markup {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.markup
    }
}

impl Borrow<str> for Markup {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Markup {
    fn eq(&self, other: &Markup) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || **self == **other
    }
}

impl Eq for Markup {}

impl PartialOrd for Markup {
    fn partial_cmp(&self, other: &Markup) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Markup {
    fn cmp(&self, other: &Markup) -> Ordering {
        (**self).cmp(other)
    }
}

impl fmt::Debug for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

/// Whether there may be more to a text than its characters.
fn has_markup(text: &str) -> bool {
    // To look at all bytes takes less than to stop at the first: several are done at once.
    text.bytes().fold(false, |any, byte| any | is_mark_byte(byte))
}

/// Whether a byte starts a mark, a dash or a quotation mark, or escapes something.
fn is_mark_byte(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'^' | b'~' | b'\\' | b'-' | b'"' | b'\'')
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

/// What changes the style.
const MARKS: [&str; 5] = ["**", "__", "*", "^", "~"];

/// Whether a character starts no mark, dash or quotation mark, and escapes nothing.
fn is_ordinary(char: char) -> bool {
    !u8::try_from(char).is_ok_and(is_mark_byte)
}

/// The style after a mark; `None` if the mark is an ordinary character.
fn toggle(mut style: Style, mark: &str, after: &str) -> Option<Style> {
    let opens = || !after.starts_with(char::is_whitespace) && closes(after, mark);
    match mark {
        "^" | "~" => {
            let script = if mark == "^" { Script::Super } else { Script::Sub };
            style.script = match style.script {
                Script::Line if closes_script(after, mark) => script,
                open if open == script => Script::Line,
                _ => return None,
            };
        }
        _ => {
            let open = match mark {
                "**" => &mut style.bold,
                "__" => &mut style.underline,
                _ => &mut style.italic,
            };
            if !(*open || opens()) {
                return None;
            }
            *open = !*open;
        }
    }
    Some(style)
}

/// Whether `mark` stands again in `after` before any blank.
fn closes_script(after: &str, mark: &str) -> bool {
    after.split_once(mark).is_some_and(|(inside, _)| {
        let blank = inside.contains(char::is_whitespace);
        !inside.is_empty() && !blank && !inside.ends_with('\\')
    })
}

/// What hyphens stand for.
fn dash(hyphens: &str) -> &str {
    match hyphens {
        "--" => "–",
        "---" => "—",
        _ => hyphens,
    }
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
            marks.push_str(match span.style.script {
                Script::Line => "",
                Script::Super => "^",
                Script::Sub => "~",
            });
            format!("{marks}[{}]", span.text)
        };
        Text::parse(markup).spans().iter().map(styled).collect()
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
            ("\"tahun 1945\" itu, 'lebih dari 5'", "“tahun 1945” itu, ‘lebih dari 5’"),
            ("1945--\"kini\", H~2~O's", "1945–“kini”, H₂O’s"),
            ("6°10' LS, 5'11\" dan 3.5\"", "6°10′ LS, 5′11″ dan 3.5″"),
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

    #[test]
    fn exponents_are_raised_and_numbers_in_formulas_lowered() {
        assert_eq!(shown("m^2^ CO~2~"), "[m]^[2][ CO]~[2]");
        assert_eq!(shown("**x^n^**"), "b[x]b^[n]");
        assert_eq!(shown("2^3 + 4^5, ~5, a ^ b ^"), "[2^3 + 4^5, ~5, a ^ b ^]");
        assert_eq!(shown(r"a\^2^ ^^ ~~"), "[a^2^ ^^ ~~]");
        assert_eq!(plain("10^-6^ m^2^, H~2~O, 1^st^"), "10⁻⁶ m², H₂O, 1st");
    }

    #[test]
    fn hyphens_become_dashes() {
        assert_eq!(plain("1945--1949"), "1945–1949");
        assert_eq!(plain("itu --- kata orang"), "itu — kata orang");
        assert_eq!(plain("a-b ---- -"), "a-b ---- -");
        assert_eq!(plain(r"a\--b"), "a--b");
    }
}
