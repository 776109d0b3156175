//! SVG files become drawings. Whatever a drawing cannot show is refused by its name: a
//! picture that lacks something would mislead.
//!
//! Letters become outlines, of the embedded fonts only, so that a file looks the same on
//! every machine. Fractions end here: all that leaves is rounded to whole units.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::{Arc, Mutex, OnceLock};

use usvg::roxmltree::{Document, Node as XmlNode, ParsingOptions};
use usvg::tiny_skia_path::{Path as Line, PathSegment, Point as Place};
use usvg::{FontFamily, FontResolver, Node, Options, Paint, Transform, Tree, fontdb};

use super::{
    Clip, Content, Drawing, Fill, Group, Ink, Outline, Part, Picture, Segment, Stroke,
    broken,
};
use crate::diagnostic::Diagnostic;
use crate::fonts::{Face, Family, Fonts};
use crate::length::{Length, Point};

/// The longer side of a drawing.
const SIDE: Length = Length::pt(1000);

/// The elements that are drawn, or that say how others are.
const ELEMENTS: [&str; 30] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "filter",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tref",
    "tspan",
    "use",
];

/// Reads an SVG file; `name` is how messages call it.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Picture, Diagnostic> {
    let broken = |reason: &str| broken(name, "SVG", reason);
    let text = std::str::from_utf8(bytes).map_err(|_| broken("it is not UTF-8 text"))?;
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| broken(&error.to_string()))?;
    let refused = |what: String| {
        Diagnostic::error(format!("the SVG picture `{name}` has {what}"))
            .hint("take it out or turn it into paths, or save the picture as PNG")
    };
    if let Some(what) = foreign(&document) {
        return Err(refused(what));
    }
    let missing = Mutex::new(None);
    let tree = Tree::from_xmltree(&document, &options_with_fonts(&missing))
        .map_err(|error| broken(&error.to_string()))?;
    if let Some(letter) = missing.into_inner().unwrap_or_default() {
        return Err(refused(lacking(&letter)));
    }
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SIDE.0 as f32 / width.max(height);
    let mut parts = Vec::new();
    let turn = Transform::from_scale(scale, scale);
    group(tree.root(), turn, &mut parts).map_err(refused)?;
    if parts.is_empty() {
        return Err(broken("it draws nothing"));
    }
    let side = |length: f32| (length * scale).round().max(1.0) as u32;
    // A pixel is 1/96 inch, three quarters of a point.
    let natural_width = Length((width * 750.0).round() as i32);
    Ok(Picture {
        width: side(width),
        height: side(height),
        content: Content::Drawing(Drawing { natural_width, parts }),
    })
}

/// The first element that nothing would be drawn of, and the line that it stands in.
fn foreign(document: &Document) -> Option<String> {
    let elements = || document.descendants().filter(XmlNode::is_element);
    let svg = document.root_element().tag_name().namespace();
    let ids: BTreeSet<&str> =
        elements().filter_map(|node| node.attribute("id")).collect();
    let line = |node: &XmlNode| document.text_pos_at(node.range().start).row;
    elements().filter(|node| node.tag_name().namespace() == svg).find_map(|node| {
        let name = node.tag_name().name();
        // The parts of filters are refused with the filter, where one is used.
        if !ELEMENTS.contains(&name) && !name.starts_with("fe") {
            return Some(format!("a `<{name}>` in line {}", line(&node)));
        }
        let shown = ["use", "textPath"].contains(&name).then(|| {
            let xlink = ("http://www.w3.org/1999/xlink", "href");
            node.attribute("href").or_else(|| node.attribute(xlink))
        });
        let target = shown?.unwrap_or_default();
        let found = target.strip_prefix('#').is_some_and(|id| ids.contains(id));
        let missing = || {
            format!(
                "a `<{name}>` of `{target}` in line {}, which is missing",
                line(&node)
            )
        };
        (!found).then(missing)
    })
}

fn lacking(letter: &impl Display) -> String {
    format!("the character `{letter}`, which no font has")
}

/// How files are read: with the embedded fonts, and without any other file. A letter that
/// none of them has becomes `missing`.
fn options_with_fonts(missing: &Mutex<Option<char>>) -> Options<'_> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let select = |font: &usvg::Font, fonts: &mut Arc<fontdb::Database>| {
        let named = font.families().iter().map(|family| match family {
            FontFamily::Named(name) if name.starts_with("Times") => fontdb::Family::Serif,
            FontFamily::Named(name) => fontdb::Family::Name(name),
            FontFamily::Serif => fontdb::Family::Serif,
            _ => fontdb::Family::SansSerif,
        });
        let families: Vec<_> = named.chain([fontdb::Family::SansSerif]).collect();
        fonts.query(&fontdb::Query {
            families: &families,
            weight: fontdb::Weight(font.weight()),
            stretch: font.stretch().into(),
            style: font.style().into(),
        })
    };
    let lend = FontResolver::default_fallback_selector();
    Options {
        font_resolver: FontResolver {
            select_font: Box::new(select),
            select_fallback: Box::new(move |letter, used, fonts| {
                let found = lend(letter, used, fonts);
                if let (None, Ok(mut missing)) = (found, missing.lock()) {
                    missing.get_or_insert(letter);
                }
                found
            }),
        },
        fontdb: Arc::clone(FONTS.get_or_init(|| Arc::new(fonts()))),
        ..Options::default()
    }
}

/// The embedded fonts, those that lend their glyphs last.
fn fonts() -> fontdb::Database {
    let mut database = fontdb::Database::new();
    let mut load = |bytes: std::borrow::Cow<'static, [u8]>| {
        database.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
    };
    for family in Family::names().filter_map(Family::embedded) {
        let Family { regular, bold, italic, bold_italic } = family;
        let faces = [Some(regular), bold, italic, bold_italic];
        faces.into_iter().flatten().for_each(|font| load(font.bytes));
    }
    if let Some(family) = Fonts::embedded("liberation-serif") {
        let lenders = family.lenders(Face::default()).filter_map(|id| family.get(id));
        lenders.for_each(|font| load(font.bytes.clone()));
    }
    database.set_serif_family("Liberation Serif");
    database.set_sans_serif_family("Source Sans 3");
    database
}

/// Draws a group, or says what it has that cannot be drawn.
fn group(
    group: &usvg::Group,
    turn: Transform,
    into: &mut Vec<Part>,
) -> Result<(), String> {
    let id = |what: &str, id: &str| match id {
        "" => what.to_string(),
        id => format!("{what} (`{id}`)"),
    };
    if let Some(mask) = group.mask() {
        return Err(id("a `<mask>`", mask.id()));
    }
    if let Some(filter) = group.filters().first() {
        return Err(id("a `<filter>`", filter.id()));
    }
    if group.blend_mode() != usvg::BlendMode::Normal {
        return Err(format!("a blend mode, `{}`", group.blend_mode()));
    }
    let turn = turn.pre_concat(group.transform());
    let mut clips = Vec::new();
    let mut clip = group.clip_path();
    while let Some(path) = clip {
        clips.push(self::clip(path, turn).ok_or_else(|| {
            id("a `<clipPath>` that is more than one shape", path.id())
        })?);
        clip = path.clip_path();
    }
    let mut parts = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(inner) => self::group(inner, turn, &mut parts)?,
            Node::Path(path) => self::path(path, turn, &mut parts)?,
            Node::Text(text) => self::text(text, turn, &mut parts)?,
            Node::Image(_) => return Err("an `<image>`".to_string()),
        }
    }
    let opacity = thousandths(group.opacity().get());
    match opacity == 1000 && clips.is_empty() {
        true => into.append(&mut parts),
        false if parts.is_empty() => {}
        false => into.push(Part::Group(Group { opacity, clips, parts })),
    }
    Ok(())
}

/// What a clip path leaves to be seen, if it is one shape.
fn clip(path: &usvg::ClipPath, turn: Transform) -> Option<Clip> {
    let mut turn = turn.pre_concat(path.transform());
    let mut inner = path.root();
    loop {
        turn = turn.pre_concat(inner.transform());
        match inner.children() {
            [Node::Group(group)] if group.clip_path().is_none() => inner = group,
            [Node::Path(path)] => {
                let rule = path.fill().map(usvg::Fill::rule).unwrap_or_default();
                let even_odd = rule == usvg::FillRule::EvenOdd;
                return Some(Clip { segments: segments(path.data(), turn), even_odd });
            }
            // All of it is hidden.
            [] => return Some(Clip { segments: Vec::new(), even_odd: false }),
            _ => return None,
        }
    }
}

/// Draws the outlines of letters.
fn text(text: &usvg::Text, turn: Transform, into: &mut Vec<Part>) -> Result<(), String> {
    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
    if let Some(glyph) = glyphs.clone().find(|glyph| glyph.id.0 == 0) {
        return Err(lacking(&glyph.text));
    }
    group(text.flattened(), turn, into)
}

/// Draws a path.
fn path(path: &usvg::Path, turn: Transform, into: &mut Vec<Part>) -> Result<(), String> {
    if !path.is_visible() {
        return Ok(());
    }
    let fill = match path.fill() {
        Some(fill) => {
            let ink = ink(fill.paint(), fill.opacity())?;
            Some(Fill { ink, even_odd: fill.rule() == usvg::FillRule::EvenOdd })
        }
        None => None,
    };
    let segments = segments(path.data(), turn);
    let filled = Outline { segments: segments.clone(), fill, stroke: None };
    let stroked = match path.stroke() {
        Some(stroke) => Some(self::stroked(path.data(), stroke, segments, turn)?),
        None => None,
    };
    let filled = filled.fill.is_some().then_some(filled);
    match (filled, stroked) {
        (Some(filled), Some(stroked)) if stroked.fill.is_none() && follows(path) => {
            into.push(Part::Outline(Outline { fill: filled.fill, ..stroked }));
        }
        (filled, stroked) => {
            let mut both = [filled, stroked];
            if !follows(path) {
                both.reverse();
            }
            into.extend(both.into_iter().flatten().map(Part::Outline));
        }
    }
    Ok(())
}

/// Whether the stroke lies above the fill.
fn follows(path: &usvg::Path) -> bool {
    path.paint_order() == usvg::PaintOrder::FillAndStroke
}

/// The stroke of a path. Where it is thicker in one direction than in another, as after a
/// slant, it becomes an outline that is filled.
fn stroked(
    line: &Line,
    stroke: &usvg::Stroke,
    segments: Vec<Segment>,
    turn: Transform,
) -> Result<Outline, String> {
    let ink = ink(stroke.paint(), stroke.opacity())?;
    let Some(scale) = even_scale(turn) else {
        let width = stroke.to_tiny_skia();
        let dashed = width.dash.as_ref().and_then(|dash| line.dash(dash, 1.0));
        let outline = dashed.as_ref().unwrap_or(line).stroke(&width, 1.0);
        let segments = outline.map(|outline| self::segments(&outline, turn));
        let fill = Some(Fill { ink, even_odd: false });
        return Ok(Outline {
            segments: segments.unwrap_or_default(),
            fill,
            stroke: None,
        });
    };
    let dashes = stroke.dasharray().unwrap_or_default();
    let stroke = Stroke {
        ink,
        width: unit(stroke.width().get() * scale),
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => 0,
            usvg::LineCap::Round => 1,
            usvg::LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => 0,
            usvg::LineJoin::Round => 1,
            usvg::LineJoin::Bevel => 2,
        },
        miter: (stroke.miterlimit().get() * 1000.0).round() as u32,
        dashes: dashes.iter().map(|dash| unit(dash * scale)).collect(),
        offset: unit(stroke.dashoffset() * scale),
    };
    Ok(Outline { segments, fill: None, stroke: Some(stroke) })
}

/// How much larger things become, if it is the same in all directions.
fn even_scale(turn: Transform) -> Option<f32> {
    let length = |x: f32, y: f32| (x * x + y * y).sqrt();
    let (across, down) = (length(turn.sx, turn.ky), length(turn.kx, turn.sy));
    let slant = turn.sx * turn.kx + turn.ky * turn.sy;
    let tolerated = across * down / 1000.0;
    let even = (across * across - down * down).abs() <= tolerated;
    (even && slant.abs() <= tolerated).then_some(across)
}

fn ink(paint: &Paint, opacity: usvg::Opacity) -> Result<Ink, String> {
    let (what, id) = match paint {
        Paint::Color(colour) => {
            let colour = [colour.red, colour.green, colour.blue];
            return Ok(Ink { colour, opacity: thousandths(opacity.get()) });
        }
        Paint::LinearGradient(gradient) => ("linearGradient", gradient.id()),
        Paint::RadialGradient(gradient) => ("radialGradient", gradient.id()),
        Paint::Pattern(pattern) => ("pattern", pattern.id()),
    };
    Err(format!("a `<{what}>` (`{id}`)"))
}

/// A line where it stands in the drawing.
fn segments(line: &Line, turn: Transform) -> Vec<Segment> {
    let point = |mut place: Place| {
        turn.map_point(&mut place);
        Point { x: unit(place.x), y: unit(place.y) }
    };
    let mut last = Place::zero();
    let segment = |segment: PathSegment| match segment {
        PathSegment::MoveTo(to) => {
            last = to;
            Segment::Move(point(to))
        }
        PathSegment::LineTo(to) => {
            last = to;
            Segment::Line(point(to))
        }
        PathSegment::QuadTo(by, to) => {
            // The same curve with two points that it bends towards.
            let from = std::mem::replace(&mut last, to);
            let third = |end: Place| {
                Place::from_xy((end.x + 2.0 * by.x) / 3.0, (end.y + 2.0 * by.y) / 3.0)
            };
            Segment::Curve(point(third(from)), point(third(to)), point(to))
        }
        PathSegment::CubicTo(first, second, to) => {
            last = to;
            Segment::Curve(point(first), point(second), point(to))
        }
        PathSegment::Close => Segment::Close,
    };
    line.segments().map(segment).collect()
}

/// The nearest whole unit.
fn unit(length: f32) -> Length {
    Length(length.round() as i32)
}

fn thousandths(share: f32) -> u16 {
    (share * 1000.0).round() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 100 × 50 pixels, so that a pixel is 10 points.
    fn svg(inner: &str) -> Result<Picture, Diagnostic> {
        let start = r#"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">"#;
        read("x.svg", format!("{start}{inner}</svg>").as_bytes())
    }

    fn parts(inner: &str) -> Vec<Part> {
        let Content::Drawing(drawing) = svg(inner).unwrap().content else { panic!() };
        drawing.parts
    }

    fn outlines(inner: &str) -> Vec<Outline> {
        let outline = |part| match part {
            Part::Outline(outline) => outline,
            Part::Group(_) => panic!("a group"),
        };
        parts(inner).into_iter().map(outline).collect()
    }

    fn at(x: i32, y: i32) -> Point {
        Point { x: Length::pt(x), y: Length::pt(y) }
    }

    const RED: Ink = Ink { colour: [255, 0, 0], opacity: 1000 };

    #[test]
    fn a_drawing_is_a_thousand_points_wide() {
        let picture = svg(r#"<path d="M0 0H1"  stroke="red"/>"#).unwrap();
        assert_eq!((picture.width, picture.height), (1_000_000, 500_000));
        assert_eq!(picture.natural_width(), Length::pt(75));
    }

    #[test]
    fn outlines_stand_where_transforms_put_them() {
        let path = r#"<path d="M1 2 L3 4 Q6 4 9 10 C1 1 2 2 3 3 Z" fill="red"/>"#;
        let moved = format!(r#"<g transform="translate(10 0) scale(2)">{path}</g>"#);
        let expected = [
            Segment::Move(at(120, 40)),
            Segment::Line(at(160, 80)),
            Segment::Curve(at(200, 80), at(240, 120), at(280, 200)),
            Segment::Curve(at(120, 20), at(140, 40), at(160, 60)),
            Segment::Close,
        ];
        let outline = &outlines(&moved)[0];
        assert_eq!(outline.segments, expected);
        assert_eq!(outline.fill, Some(Fill { ink: RED, even_odd: false }));
        assert_eq!(outline.stroke, None);
    }

    #[test]
    fn strokes_are_scaled_with_their_lines() {
        let line = r#"<path d="M0 0H9" stroke="red" stroke-opacity=".5" stroke-width="2"
            stroke-dasharray="3 1" stroke-dashoffset="1" stroke-linecap="round"
            stroke-linejoin="bevel"/>"#;
        let stroke = outlines(line)[0].stroke.clone().unwrap();
        let expected = Stroke {
            ink: Ink { opacity: 500, ..RED },
            width: Length::pt(20),
            cap: 1,
            join: 2,
            miter: 4000,
            dashes: vec![Length::pt(30), Length::pt(10)],
            offset: Length::pt(10),
        };
        assert_eq!(stroke, expected);
        // A slanted pen has two widths: its line becomes an outline.
        let slanted =
            r#"<path transform="skewX(40)" d="M9 9H20" stroke="red" fill="none"/>"#;
        let outline = &outlines(slanted)[0];
        assert_eq!(
            (outline.fill, &outline.stroke),
            (Some(Fill { ink: RED, even_odd: false }), &None)
        );
        assert!(outline.segments.len() >= 4, "{outline:?}");
    }

    #[test]
    fn the_stroke_may_lie_below_the_fill() {
        let both = r#"<path d="M0 0H9V9z" fill="red" stroke="blue""#;
        assert_eq!(outlines(&format!("{both}/>")).len(), 1);
        let below = outlines(&format!(r#"{both} paint-order="stroke"/>"#));
        assert!(below[0].fill.is_none() && below[1].stroke.is_none(), "{below:?}");
    }

    #[test]
    fn groups_keep_their_opacity_and_what_they_lie_within() {
        let group = r##"<clipPath id="c"><path d="M0 0H5V5z" clip-rule="evenodd"/></clipPath>
            <g opacity=".25" clip-path="url(#c)"><rect width="9" height="9"/></g>"##;
        let parts = parts(group);
        let [Part::Group(group)] = &parts[..] else { panic!("{parts:?}") };
        assert_eq!((group.opacity, group.parts.len()), (250, 1));
        assert!(group.clips[0].even_odd);
        assert_eq!(group.clips[0].segments[1], Segment::Line(at(50, 0)));
    }

    #[test]
    fn letters_become_outlines_of_the_embedded_fonts() {
        let text = |family: &str, letters: &str| {
            outlines(&format!(
                r#"<text x="1" y="20" font-family="{family}">{letters}</text>"#
            ))
        };
        let sans = text("sans-serif", "Peta");
        assert!(!sans.is_empty());
        // A font that nobody has is as good as none; letters that a font lacks are lent.
        assert_eq!(text("Nobody Has This", "Peta"), sans);
        assert_ne!(text("Times New Roman", "Peta"), sans);
        assert!(!text("sans-serif", "الله").is_empty());
        let missing = svg(r#"<text y="20">漢</text>"#).unwrap_err();
        assert_eq!(
            missing.message,
            "the SVG picture `x.svg` has the character `漢`, which no font has"
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_refused_by_its_name() {
        let refused = |inner: &str| svg(inner).unwrap_err().message;
        let shape =
            |attributes: &str| format!(r#"<rect width="9" height="9" {attributes}/>"#);
        let used = |definition: &str, attributes: &str| {
            refused(&format!("<defs>{definition}</defs>{}", shape(attributes)))
        };
        let stops = r#"<stop stop-color="red"/><stop offset="1" stop-color="blue"/>"#;
        let has = |what: &str| format!("the SVG picture `x.svg` has {what}");
        assert_eq!(
            used(
                &format!(r#"<linearGradient id="g">{stops}</linearGradient>"#),
                r##"fill="url(#g)""##
            ),
            has("a `<linearGradient>` (`g`)")
        );
        assert_eq!(
            used(
                r#"<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>"#,
                r##"filter="url(#f)""##
            ),
            has("a `<filter>` (`f`)")
        );
        assert_eq!(
            used(
                r#"<mask id="m"><rect width="5" height="9" fill="white"/></mask>"#,
                r##"mask="url(#m)""##
            ),
            has("a `<mask>` (`m`)")
        );
        let two =
            r#"<clipPath id="c"><rect width="3" height="3"/><circle r="4"/></clipPath>"#;
        assert_eq!(
            used(two, r##"clip-path="url(#c)""##),
            has("a `<clipPath>` that is more than one shape (`c`)")
        );
        assert_eq!(
            refused(&shape(r#"style="mix-blend-mode:multiply""#)),
            has("a blend mode, `multiply`")
        );
        assert_eq!(refused("\n<image href='a.png'/>"), has("a `<image>` in line 2"));
        assert_eq!(
            refused("<use href='#gone'/>"),
            has("a `<use>` of `#gone` in line 1, which is missing")
        );
        assert_eq!(
            refused("<foreignObject><p/></foreignObject>"),
            has("a `<foreignObject>` in line 1")
        );
    }

    #[test]
    fn broken_files_are_refused() {
        let refused = |file: &str| read("x.svg", file.as_bytes()).unwrap_err().message;
        let start = "the SVG picture `x.svg` cannot be read: ";
        for broken in ["<svg", "<svg><g></svg>", "<svg width='0' height='4'/>"] {
            assert!(refused(broken).starts_with(start), "{}", refused(broken));
        }
        let empty = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
        assert_eq!(refused(empty), format!("{start}it draws nothing"));
    }
}
