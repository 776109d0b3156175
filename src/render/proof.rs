//! Pages as plain text, one mark a line: for golden tests, and for people who review them.

use std::fmt::{self, Write};

use crate::layout::{Mark, Page, Pages, Role, Shape};
use crate::length::{Length, Rect};
use crate::picture::{Content, Picture};

/// Writes pages as plain text, one mark a line.
///
/// Lengths are in points with three decimals, y counts down from the top of the page, and
/// what changes most often stands last, so that the difference of two proofs shows what
/// changed on the paper and nothing else.
pub fn proof(pages: &Pages) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_pages(&mut out, pages);
    out
}

fn write_pages(out: &mut String, pages: &Pages) -> fmt::Result {
    writeln!(out, "{:?} in {}", pages.title, pages.language.code())?;
    for (index, page) in pages.pages.iter().enumerate() {
        write_page(out, page, index + 1, pages.pages.len())?;
    }
    Ok(())
}

fn write_page(out: &mut String, page: &Page, number: usize, of: usize) -> fmt::Result {
    let (width, height) = (points(page.width), points(page.height));
    writeln!(out, "\npage {number} of {of}, {width} x {height}")?;
    page.marks.iter().try_for_each(|mark| write_mark(out, mark))
}

fn write_mark(out: &mut String, mark: &Mark) -> fmt::Result {
    let at = mark.shape.at();
    let block = mark.block.map_or("-".to_string(), |block| block.to_string());
    let (x, y, role) = (points(at.x), points(at.y), role(mark.role));
    write!(out, "{x:>9} {y:>9}  {role:<8} {block:>4}  ")?;
    match &mark.shape {
        Shape::Glyphs { run, .. } => {
            let (width, font, size) = (points(run.width), run.font.0, points(run.size));
            let text = quoted(&run.text);
            writeln!(out, "text  {width:>9}  font {font} at {size:>6}  {text}")
        }
        Shape::Shaded { run, shade, .. } => {
            let (width, font, size) = (points(run.width), run.font.0, points(run.size));
            let (text, shade) = (quoted(&run.text), shade.0);
            writeln!(
                out,
                "text  {width:>9}  font {font} at {size:>6}  {text}, {shade}% black"
            )
        }
        Shape::Circle { radius, rule, shade, .. } => {
            let kind = match rule {
                Some(rule) => format!("ring of {}", points(*rule)),
                None => "disc".to_string(),
            };
            let (radius, shade) = (points(*radius), shade.0);
            writeln!(out, "round {radius:>9}  {kind}, {shade}% black")
        }
        Shape::Modules { area, modules } => {
            let (side, dark) = (modules.side, modules.stretches());
            let dark: usize = dark.iter().map(|(_, _, count)| count).sum();
            writeln!(out, "code  {}  {side} x {side} modules, {dark} dark", size(area))
        }
        Shape::Watermark { towards, rule, run, .. } => {
            let (size, rule, text) = (points(run.size), points(*rule), &run.text);
            let (x, y) = (points(towards.x), points(towards.y));
            let font = run.font.0;
            writeln!(out, "watermark {text:?} font {font} at {size}, by {x} {y}, {rule}")
        }
        Shape::Fill(area) => writeln!(out, "fill  {}", size(area)),
        Shape::Dots { width, pitch, diameter, .. } => {
            let (width, pitch) = (points(*width), points(*pitch));
            let diameter = points(*diameter);
            writeln!(out, "dots  {width:>9}  every {pitch}, {diameter} wide")
        }
        Shape::Outline { points: corners, rule } => {
            let count = corners.len();
            let middle = corners.get(count / 2).copied().unwrap_or_default();
            let (x, y, rule) = (points(middle.x), points(middle.y), points(*rule));
            writeln!(out, "outline of {count} corners to {x} {y}, {rule}")
        }
        Shape::Image { area, picture } => {
            writeln!(out, "image {}  {}", size(area), describe(picture))
        }
    }
}

/// A text between quotation marks. Vowel signs of Arabic stay what they are, and what
/// nobody would see is escaped.
fn quoted(text: &str) -> String {
    let escaped = |char: char| match char {
        '"' | '\\' => format!("\\{char}"),
        char if char.is_control() || char == '\u{ad}' => {
            char.escape_default().to_string()
        }
        char => char.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

fn points(length: Length) -> String {
    let sign = if length.0 < 0 { "-" } else { "" };
    let size = length.0.unsigned_abs();
    format!("{sign}{}.{:03}", size / 1000, size % 1000)
}

fn size(area: &Rect) -> String {
    format!("{:>9} x {}", points(area.width), points(area.height))
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Artifact => "artifact",
        Role::Title => "title",
        Role::Heading => "heading",
        Role::Label => "label",
        Role::Body => "body",
        Role::Cell => "cell",
        Role::Figure => "figure",
    }
}

fn describe(picture: &Picture) -> String {
    let kind = match &picture.content {
        Content::Grey { alpha: None, .. } => "grey",
        Content::Grey { alpha: Some(_), .. } => "grey with alpha",
        Content::Rgb { alpha: None, .. } => "rgb",
        Content::Rgb { alpha: Some(_), .. } => "rgb with alpha",
        Content::Jpeg { orientation: 1, .. } => "jpeg",
        Content::Jpeg { .. } => "turned jpeg",
        Content::Drawing(drawing) => {
            return format!("drawing of {} outlines", drawing.outlines());
        }
    };
    format!("{} x {} pixels, {kind}", picture.width, picture.height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_shows_every_mark() {
        let proof = proof(&crate::render::tests::sample());
        let expected = r#""Ulangan “Kerja Sama”" in id

page 1 of 2, 595.276 x 841.890
  180.000    80.000  title       0  text    224.032  font 1 at 14.000  "PENILAIAN AKHIR \"SEMESTER\""
   70.866    60.000  figure      1  image    40.000 x 40.000  2 x 2 pixels, rgb with alpha
   70.866   105.000  artifact    -  fill    453.543 x 0.500
   70.866   140.000  label       2  text      8.250  font 1 at 11.000  "1."
   90.000   140.000  body        2  text     38.494  font 0 at 11.000  "Efisiensi"
  120.000   160.000  body        3  dots     30.000  every 3.000, 0.800 wide
   70.866   800.000  artifact    -  text      4.500  font 0 at  9.000  "1"

page 2 of 2, 595.276 x 841.890
   70.866    60.000  figure      1  image    40.000 x 40.000  2 x 2 pixels, rgb with alpha
   70.866    60.000  figure      1  image    40.000 x 40.000  2 x 2 pixels, rgb with alpha
"#;
        assert_eq!(proof, expected);
    }

    #[test]
    fn lengths_have_three_decimals() {
        assert_eq!(points(Length(-5)), "-0.005");
        assert_eq!(points(Length(0)), "0.000");
        assert_eq!(points(Length(12_340)), "12.340");
    }
}
