//! What is wrong with an input, where, and what to do about it.

use std::fmt::Display;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Worth a look; the job goes on.
    Warning,
    /// The job stops before anything is written.
    Error,
}

/// A place in an input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file as the user named it.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// The text of that line, without its end.
    pub excerpt: String,
    /// How many characters of the line are meant, at least 1.
    pub width: usize,
}

/// A finding about an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The rule that it breaks ("PG07"), if it breaks a named one.
    pub code: Option<String>,
    /// What is wrong: lower case, no full stop, backticks around names.
    pub message: String,
    /// Where it is wrong, when that can be said.
    pub place: Option<Place>,
    /// The characters of the input that it is about, when only those are known: whoever
    /// has the files finds the place.
    pub quote: Option<String>,
    /// What to do about it, when there is an obvious remedy.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place or hint.
    pub fn error(message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: None,
            message: message.into(),
            place: None,
            quote: None,
            hint: None,
        }
    }

    /// A warning without a place or hint.
    pub fn warning(message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) }
    }

    /// The same finding with the rule that it breaks.
    pub fn code(mut self, code: impl Into<String>) -> Diagnostic {
        self.code = Some(code.into());
        self
    }

    /// The same finding with a place.
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    /// The same finding with the characters that it is about.
    pub fn about(mut self, quote: impl Into<String>) -> Diagnostic {
        self.quote = Some(quote.into());
        self
    }

    /// The same finding with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

/// A result that may report several problems at once.
pub type Checked<T> = Result<T, Vec<Diagnostic>>;

/// The findings as people read them: the message, the line with a caret under what is
/// meant, and the hint; an empty line between two findings.
pub fn render(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut rendered = String::new();
    for diagnostic in diagnostics {
        if !rendered.is_empty() {
            rendered.push('\n');
        }
        rendered.push_str(&renderer.render(&[report(diagnostic)]));
        rendered.push('\n');
    }
    rendered
}

fn report(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let mut title = level.clone().primary_title(diagnostic.message.as_str());
    if let Some(code) = &diagnostic.code {
        title = title.id(code.as_str());
    }
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        group = group.element(snippet(place));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    group
}

/// So many of something, whose plural ends in *s*.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let s = if count == 1.into() { "" } else { "s" };
    format!("{count} {noun}{s}")
}

fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let byte = |column: usize| {
        let rest = place.excerpt.char_indices().nth(column);
        rest.map_or(place.excerpt.len(), |(byte, _)| byte)
    };
    let start = byte(place.column - 1);
    let end = byte(place.column - 1 + place.width);
    Snippet::source(place.excerpt.as_str())
        .path(place.file.as_str())
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: usize, column: usize, excerpt: &str, width: usize) -> Place {
        Place { file: "bank.toml".into(), line, column, excerpt: excerpt.into(), width }
    }

    #[test]
    fn findings_are_rendered_as_rustc_does() {
        let unknown = Diagnostic::error("unknown key `optoins`")
            .at(place(104, 1, "optoins = [\"é\"]", 7))
            .hint("did you mean `options`?");
        let wide = Diagnostic::warning("unknown label `manfat`").at(place(
            7,
            14,
            "é = \"–\"; b = \"manfat\"",
            8,
        ));
        let open =
            Diagnostic::error("the text is not closed").at(place(1, 7, "a = \"x", 1));
        let bare = Diagnostic::error("the bank is empty").hint("add a `[[statement]]`");
        let expected = "\
error: unknown key `optoins`
   --> bank.toml:104:1
    |
104 | optoins = [\"é\"]
    | ^^^^^^^
    |
    = help: did you mean `options`?

warning: unknown label `manfat`
 --> bank.toml:7:14
  |
7 | é = \"–\"; b = \"manfat\"
  |              ^^^^^^^^

error: the text is not closed
 --> bank.toml:1:7
  |
1 | a = \"x
  |       ^

error: the bank is empty
 |
 = help: add a `[[statement]]`
";
        assert_eq!(render(&[unknown, wide, open, bare], false), expected);
    }

    #[test]
    fn rules_are_named_by_their_codes() {
        let mut broken = Diagnostic::warning("the options are uneven").code("PG07");
        assert_eq!(
            render(&[broken.clone()], false),
            "warning[PG07]: the options are uneven\n"
        );
        broken.severity = Severity::Info;
        assert_eq!(render(&[broken], false), "info[PG07]: the options are uneven\n");
    }

    #[test]
    fn one_is_not_many() {
        let sheets = [0_usize, 1, 2].map(|count| counted(count, "sheet"));
        assert_eq!(sheets, ["0 sheets", "1 sheet", "2 sheets"]);
    }

    #[test]
    fn colour_is_a_choice() {
        let problem = [Diagnostic::error("the bank is empty")];
        assert!(render(&problem, true).contains('\u{1b}'));
        assert!(!render(&problem, false).contains('\u{1b}'));
        assert_eq!(render(&[], true), "");
    }
}
