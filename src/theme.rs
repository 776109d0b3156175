//! Themes: every length and size of type that a layout uses, read from TOML.

mod read;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Checked, Diagnostic};
use crate::input::Source;
use crate::length::Length;

/// The embedded themes: the name and the file.
pub const EMBEDDED: [(&str, &str); 5] = [
    ("klasik", include_str!("../templates/themes/klasik.toml")),
    ("modern", include_str!("../templates/themes/modern.toml")),
    ("ringkas", include_str!("../templates/themes/ringkas.toml")),
    ("cetak-besar", include_str!("../templates/themes/cetak-besar.toml")),
    ("disleksia", include_str!("../templates/themes/disleksia.toml")),
];

/// The most columns that a page may have.
pub const MOST_COLUMNS: usize = 4;

/// How a document looks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The family of fonts.
    pub family: Typeface,
    /// The family of the letterhead, title and headings, if it is another one.
    #[serde(default)]
    pub headings: Option<Typeface>,
    /// The margins of a page.
    pub margins: Margins,
    /// The sizes of type.
    #[serde(rename = "type")]
    pub sizes: Sizes,
    /// The space above each kind of block.
    pub gaps: Gaps,
    /// How labels hang beside what they number.
    pub hanging: HangingTheme,
    /// How headings are set.
    pub heading: HeadingTheme,
    /// How options are set.
    pub options: OptionsTheme,
    /// How the letterhead is set.
    pub letterhead: LetterheadTheme,
    /// How labelled values are set.
    pub fields: FieldsTheme,
    /// How pictures are set.
    pub picture: PictureTheme,
    /// How tables are set.
    pub table: TableTheme,
    /// How frames are drawn.
    pub frame: FrameTheme,
    /// In how many columns questions stand.
    pub columns: ColumnsTheme,
    /// How space to write in is ruled.
    pub space: SpaceTheme,
    /// How rows of dots to write on are drawn.
    pub dots: DotsTheme,
    /// How words across a page are drawn.
    pub watermark: WatermarkTheme,
    /// How the foot of a page is set.
    pub footer: FooterTheme,
}

/// A family of fonts that a theme names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typeface {
    /// An embedded one, of [`crate::fonts::Family::names`].
    Embedded(String),
    /// One of the user's own.
    Files(TypefaceFiles),
}

/// The files of a family of fonts, as paths from the theme's own folder. Where one is
/// missing, the upright face stands in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TypefaceFiles {
    /// The upright face.
    pub regular: Spanned<String>,
    /// The bold face.
    pub bold: Option<Spanned<String>>,
    /// The italic face.
    pub italic: Option<Spanned<String>>,
    /// The face that is bold and italic.
    pub bold_italic: Option<Spanned<String>>,
}

/// The margins of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// From the top edge to the highest words.
    pub top: Length,
    /// From the right edge to the words.
    pub right: Length,
    /// From the bottom edge to the lowest words above the footer.
    pub bottom: Length,
    /// From the left edge to the words.
    pub left: Length,
}

/// The sizes of type, and what holds for type of all sizes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Running text.
    pub body: TypeSize,
    /// Small tables and small paragraphs, which only teachers get.
    pub small: TypeSize,
    /// The foot of a page.
    pub footer: TypeSize,
    /// The lines that name the document.
    pub title: TypeSize,
    /// Headings.
    pub heading: TypeSize,
    /// The letterhead's authority above the school.
    pub authority: TypeSize,
    /// The school's name in the letterhead.
    pub school: TypeSize,
    /// Address and numbers in the letterhead.
    pub address: TypeSize,
    /// A paragraph's last line that is shorter than this is avoided.
    pub short_line: Length,
    /// Whether the lines of paragraphs are spread to the width of their column.
    #[serde(default)]
    pub justify: bool,
    /// Whether words are hyphenated that are not too wide for a line.
    #[serde(default = "read::yes")]
    pub hyphens: bool,
    /// Whether words in italics are set in them; if not, they are set in bold.
    #[serde(default = "read::yes")]
    pub italics: bool,
    /// The least thickness of an underline.
    #[serde(deserialize_with = "read::rule")]
    pub underline: Length,
}

/// A size of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSize {
    /// The size of the em.
    #[serde(deserialize_with = "read::positive")]
    pub size: Length,
    /// The distance from one baseline to the next.
    #[serde(deserialize_with = "read::positive")]
    pub leading: Length,
}

/// The space above each kind of block; it is dropped at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gaps {
    /// Above the letterhead.
    pub letterhead: Length,
    /// Above the title.
    pub title: Length,
    /// Above labelled values.
    pub fields: Length,
    /// Above a heading, and above what leads a group.
    pub heading: Length,
    /// Above a paragraph.
    pub paragraph: Length,
    /// Above a labelled block.
    pub hanging: Length,
    /// Above options.
    pub options: Length,
    /// Above a table.
    pub table: Length,
    /// Above space to write in.
    pub space: Length,
    /// Above a frame.
    pub frame: Length,
    /// Above every block inside a labelled or framed one.
    pub inner: Length,
}

/// How labels hang beside what they number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HangingTheme {
    /// From the left to the end of the label.
    pub label: Length,
    /// From the end of the label to what it numbers.
    pub gap: Length,
}

/// How headings are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingTheme {
    /// From the left to the heading, with a label before it.
    pub label: Length,
    /// The least space between label and heading.
    pub gap: Length,
    /// From the heading to the instruction below it.
    pub note: Length,
}

/// How options are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionsTheme {
    /// From the widest label to the texts.
    pub label: Length,
    /// The least space between options side by side.
    pub column: Length,
    /// Between rows of options.
    pub row: Length,
}

/// How the letterhead is set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterheadTheme {
    /// The greatest width and height of a logo.
    pub logo: Length,
    /// Between a logo and the lines.
    pub logo_gap: Length,
    /// Between the lines and the thick rule.
    pub rule_gap: Length,
    /// The thickness of the thick rule.
    #[serde(deserialize_with = "read::rule")]
    pub thick: Length,
    /// Between the thick and the thin rule.
    pub between: Length,
    /// The thickness of the thin rule.
    #[serde(deserialize_with = "read::rule")]
    pub thin: Length,
}

/// How labelled values are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldsTheme {
    /// Between columns.
    pub column: Length,
    /// Before and after a colon.
    pub colon: Length,
    /// The least width of a value: where longer labels leave less, columns stand below each
    /// other.
    pub value: Length,
    /// Between rows.
    pub row: Length,
}

/// How pictures of questions are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureTheme {
    /// The greatest height of a picture whose width nobody gives.
    #[serde(deserialize_with = "read::positive")]
    pub height: Length,
    /// Above and below pictures and tables within a question.
    pub gap: Length,
    /// Between a picture and its caption.
    pub caption: Length,
    /// Whether it stands in the middle of its column, and not at the left.
    #[serde(default)]
    pub centred: bool,
}

/// How tables are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableTheme {
    /// Between an upright rule and the words beside it.
    pub across: Length,
    /// Between a level rule and the words above and below it.
    pub down: Length,
    /// Between columns without rules.
    pub column: Length,
    /// Below a row without rules.
    pub row: Length,
    /// The thickness of the rules.
    #[serde(deserialize_with = "read::rule")]
    pub rule: Length,
}

/// How frames are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameTheme {
    /// Between the frame and what it holds.
    pub padding: Length,
    /// The thickness of the frame.
    #[serde(deserialize_with = "read::rule")]
    pub rule: Length,
}

/// In how many columns questions stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnsTheme {
    /// How many, unless the blueprint says.
    #[serde(deserialize_with = "read::columns")]
    pub count: usize,
    /// How many there are at most, whatever the blueprint says.
    #[serde(default = "read::most_columns", deserialize_with = "read::columns")]
    pub most: usize,
    /// Between columns.
    pub gap: Length,
    /// The thickness of the rule between columns, or `None` for no rule.
    #[serde(default, deserialize_with = "read::some_rule")]
    pub rule: Option<Length>,
}

/// How space to write in is ruled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpaceTheme {
    /// From one line to the next.
    #[serde(deserialize_with = "read::positive")]
    pub pitch: Length,
    /// The side of a square.
    #[serde(deserialize_with = "read::positive")]
    pub square: Length,
    /// The thickness of lines, boxes and squares.
    #[serde(deserialize_with = "read::rule")]
    pub rule: Length,
    /// From the foot of the space to what follows.
    pub below: Length,
}

/// How rows of dots to write on are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DotsTheme {
    /// From the centre of one dot to the next.
    #[serde(deserialize_with = "read::positive")]
    pub pitch: Length,
    /// The diameter of a dot.
    #[serde(deserialize_with = "read::rule")]
    pub diameter: Length,
}

/// How words across a page are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatermarkTheme {
    /// The greatest size of the em.
    #[serde(deserialize_with = "read::positive")]
    pub size: Length,
    /// The thickness of the outlines.
    #[serde(deserialize_with = "read::rule")]
    pub rule: Length,
}

/// How the foot of a page is set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FooterTheme {
    /// From the lowest words of a full page to the rule.
    pub gap: Length,
    /// The thickness of the rule.
    #[serde(deserialize_with = "read::rule")]
    pub rule: Length,
    /// From the rule to the words.
    pub text: Length,
    /// The least space between the words at the left, in the middle and at the right.
    pub column: Length,
}

impl Theme {
    /// Reads a theme from its file.
    pub fn read(source: &Source) -> Checked<Theme> {
        toml::from_str(&source.text).map_err(|error| {
            let place = source.place(error.span().unwrap_or(0..0));
            let mut finding = Diagnostic::error(error.message()).at(place);
            if error.message().contains("length") {
                finding = finding.hint("write a length like `\"11pt\"` or `\"1.2mm\"`");
            } else if error.message().starts_with("missing field") {
                finding = finding.hint("copy what is missing from the theme `klasik`");
            }
            vec![finding]
        })
    }

    /// The file of the embedded theme of that name.
    pub fn embedded(name: &str) -> Option<Source> {
        let (name, text) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
        Some(Source { name: format!("built-in theme {name}"), text: (*text).into() })
    }

    /// The names of the embedded themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        EMBEDDED.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Family;

    /// The finding for the embedded theme with one text replaced by another.
    fn finding(from: &str, to: &str) -> Diagnostic {
        let mut source = Theme::embedded("klasik").unwrap();
        assert!(source.text.contains(from));
        source.text = source.text.replacen(from, to, 1).into();
        Theme::read(&source).unwrap_err().remove(0)
    }

    fn embedded(name: &str) -> Theme {
        Theme::read(&Theme::embedded(name).unwrap()).unwrap()
    }

    #[test]
    fn every_embedded_theme_is_sound() {
        for name in Theme::names() {
            let theme = embedded(name);
            for typeface in [Some(theme.family), theme.headings].into_iter().flatten() {
                let Typeface::Embedded(family) = typeface else { panic!("{name}") };
                assert!(Family::embedded(&family).is_some(), "{name}");
            }
        }
    }

    // That rules are thick enough is checked wherever a theme is read.
    #[test]
    fn every_embedded_theme_survives_a_photocopier() {
        for name in Theme::names() {
            let Sizes { body, small, footer, address, .. } = embedded(name).sizes;
            assert!(body.leading >= body.size.scale(115, 100), "{name}");
            for size in [body, small, footer, address] {
                assert!(size.size >= Length(8_500), "{name}");
                assert!(size.leading >= size.size.scale(110, 100), "{name}");
            }
        }
    }

    #[test]
    fn large_print_is_large_throughout() {
        let theme = embedded("cetak-besar");
        let sizes = &theme.sizes;
        assert_eq!(sizes.body.size, Length::pt(18));
        assert_eq!(sizes.body.leading, sizes.body.size.scale(3, 2));
        let others = [sizes.heading, sizes.title, sizes.authority, sizes.school];
        for size in
            [others, [sizes.address, sizes.footer, sizes.body, sizes.body]].concat()
        {
            assert!(size.size >= Length::pt(18));
        }
        assert_eq!((theme.columns.count, theme.columns.most), (1, 1));
    }

    #[test]
    fn readers_with_dyslexia_get_even_lines_without_slanted_or_parted_words() {
        let theme = embedded("disleksia");
        let Sizes { body, justify, hyphens, italics, .. } = theme.sizes;
        assert!((Length::pt(12)..=Length::pt(14)).contains(&body.size));
        assert_eq!(body.leading, body.size.scale(3, 2));
        assert_eq!((justify, hyphens, italics), (false, false, false));
        assert_eq!((theme.columns.count, theme.columns.most), (1, 1));
    }

    #[test]
    fn a_wrong_length_is_reported_at_its_place() {
        let finding = finding("size = \"11pt\"", "size = \"11 points\"");
        assert_eq!(finding.message, "`11 points` is not a length");
        let place = finding.place.unwrap();
        assert!(place.excerpt.starts_with("body ="), "{}", place.excerpt);
        assert_eq!((place.column, place.width), (17, 11));
        assert!(finding.hint.unwrap().contains("\"11pt\""));
    }

    #[test]
    fn fonts_may_be_files() {
        let mut source = Theme::embedded("klasik").unwrap();
        let files = "{ regular = \"a.ttf\", bold-italic = \"fonts/b.otf\" }\nheadings = \"lexend\"";
        source.text = source.text.replacen("\"liberation-serif\"", files, 1).into();
        let theme = Theme::read(&source).unwrap();
        let Typeface::Files(files) = theme.family else { panic!() };
        assert_eq!(&source.text[files.regular.span()], "\"a.ttf\"");
        assert_eq!(files.bold, None);
        assert_eq!(files.bold_italic.unwrap().get_ref(), "fonts/b.otf");
        assert_eq!(theme.headings, Some(Typeface::Embedded("lexend".to_string())));
        let family = "\"liberation-serif\"";
        let unknown = finding(family, "{ regular = \"a.ttf\", heavy = \"b.ttf\" }");
        assert!(unknown.message.contains("unknown field `heavy`"), "{unknown:?}");
        assert!(finding(family, "{ bold = \"a.ttf\" }").message.contains("`regular`"));
        assert!(finding(family, "7").message.contains("a family of fonts"));
    }

    #[test]
    fn what_would_not_print_is_refused() {
        assert!(
            finding("rule = \"0.5pt\"", "rule = \"0.2pt\"").message.contains("0.5pt")
        );
        assert!(
            finding("pitch = \"8mm\"", "pitch = \"0mm\"").message.contains("nothing")
        );
        assert!(finding("liberation-serif", "arial").message.contains("`arial`"));
        let unknown = finding("liberation-serif", "arial");
        assert_eq!(unknown.place.unwrap().column, 10);
        assert!(finding("top =", "tip =").message.contains("unknown field `tip`"));
        assert!(finding("top = \"15mm\"", "").hint.unwrap().contains("klasik"));
    }
}
