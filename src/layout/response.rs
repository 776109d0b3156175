//! Sheets that are marked: bubbles and letters at places that a machine or a mask knows.
//!
//! Everything stands at fixed distances from the four corner marks, in millimetres and
//! whatever the theme says; only the fonts are the theme's.

mod code;
mod frame;
mod grid;
mod identity;

use crate::diagnostic::{Checked, Diagnostic};
use crate::layout::stack::{Compositor, Setting, Strip, bold};
use crate::layout::typesetter::Typesetter;
use crate::layout::{Mark, Pages, Role, Shade, Shape};
use crate::length::{Length, Point, Rect};
use crate::paper::Paper;
use crate::sheet::{Align, Form, Part, ResponseKind, ResponseSheet, Target};
use crate::text::Text;
use crate::theme::{Theme, TypeSize};

/// From the edge of the paper to the centre of a corner mark.
const INSET: Length = Length::mm(18);

/// From the edge of the paper to what is marked: inside of the marks at its sides.
const MARGIN: Length = Length::mm(21);

/// From the foot of the paper to the lowest thing that is marked.
const FOOT: Length = Length::mm(26);

/// The least paper that has room for the ruler, and for anything above it.
const LEAST: (Length, Length) = (Length::mm(148), Length::mm(170));

/// The diameter of a bubble.
const BUBBLE: Length = Length::micrometres(4400);

/// The diameter of what a mask shows, which leaves the bubble below it free.
const RIGHT: Length = Length::micrometres(5600);

/// How dark bubbles are and what stands in them: enough to be seen, and far from pencil.
const LIGHT: Shade = Shade(45);

/// The thickness of rules.
const RULE: Length = Length(500);

/// How many rows a column has if there is room.
const ROWS: [usize; 3] = [10, 5, 1];

/// The sizes of words: headings, what is read, remarks, and letters to be crossed.
const HEADING: TypeSize = size(10_000, 12_000);
const BODY: TypeSize = size(9000, 11_500);
const SMALL: TypeSize = size(7500, 9000);
const CROSSED: TypeSize = size(10_000, 12_000);
const BUBBLED: TypeSize = size(6500, 7500);

const fn size(size: i32, leading: i32) -> TypeSize {
    TypeSize { size: Length(size), leading: Length(leading) }
}

/// Where everything stands on a page that is looked for on a marked sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    /// The index of the page.
    pub page: usize,
    /// The diameter of a bubble, or the height of a row of letters.
    pub diameter: Length,
    /// The centres of the corner marks: top left and right, bottom left and right.
    pub fiducials: [Point; 4],
    /// The centre of the square that says which corner is the top left one.
    pub orientation: Point,
    /// The centres of the marks at half the height of the left and the right side.
    pub edges: [Point; 2],
    /// The code, without the light margin around it.
    pub code: Option<Rect>,
    /// The centres of the discs of the calibration strip, and how dark they are.
    pub tones: Vec<(Point, Shade)>,
    /// The ends of the ruler.
    pub ruler: [Point; 2],
    /// The bubbles.
    pub bubbles: Vec<Bubbles>,
}

/// Bubbles of which one is marked, or several are.
#[derive(Debug, Clone, PartialEq)]
pub struct Bubbles {
    /// What they are for.
    pub target: Target,
    /// What stands in each, and its centre.
    pub choices: Vec<(String, Point)>,
}

impl Geometry {
    /// Moves everything to the right.
    pub(super) fn shift(&mut self, by: Length) {
        let bubbles = self.bubbles.iter_mut().flat_map(|bubbles| &mut bubbles.choices);
        let code = self.code.iter_mut().map(|area| &mut area.at);
        let points = (self.fiducials.iter_mut())
            .chain([&mut self.orientation])
            .chain(&mut self.edges)
            .chain(&mut self.ruler)
            .chain(self.tones.iter_mut().map(|(at, _)| at))
            .chain(bubbles.map(|(_, at)| at))
            .chain(code);
        points.for_each(|point| point.x += by);
    }
}

/// Lays out a sheet that is marked, or its mask, and says where everything stands.
pub fn lay_out_response(
    sheet: &ResponseSheet,
    theme: &Theme,
    paper: &Paper,
    typesetter: &mut Typesetter,
) -> Checked<(Pages, Vec<Geometry>)> {
    if paper.width < LEAST.0 || paper.height < LEAST.1 {
        return Err(vec![too_small(paper)]);
    }
    let page = paper.height - FOOT - MARGIN;
    let compositor = Compositor::new(theme, typesetter, page, sheet.language);
    let mut plate = Plate {
        sheet,
        compositor,
        size: (paper.width, paper.height),
        rows: 0,
        y: Length::ZERO,
        leaves: Vec::new(),
        cramped: false,
    };
    // Where long columns need more pages, shorter ones may not.
    let mut fewest: Option<(usize, Vec<Leaf>)> = None;
    for rows in ROWS {
        (plate.rows, plate.leaves) = (rows, Vec::new());
        plate.set();
        let count = plate.leaves.len();
        if fewest.as_ref().is_none_or(|(least, _)| count < *least) {
            fewest = Some((count, std::mem::take(&mut plate.leaves)));
        }
        if count == 1 {
            break;
        }
    }
    if plate.cramped {
        return Err(vec![too_small(paper)]);
    }
    plate.leaves = fewest.map_or(Vec::new(), |(_, leaves)| leaves);
    let (pages, geometry) = plate.finish();
    let missing = typesetter.take_missing();
    if !missing.is_empty() {
        return Err(missing);
    }
    let (title, language) = (sheet.title.clone(), sheet.language);
    Ok((Pages { title, language, pages, bookmarks: Vec::new() }, geometry))
}

/// A page whose foot is not known yet.
#[derive(Default)]
struct Leaf {
    marks: Vec<Mark>,
    bubbles: Vec<Bubbles>,
}

/// What is being set.
struct Plate<'a> {
    sheet: &'a ResponseSheet,
    compositor: Compositor<'a>,
    /// The width and height of the paper.
    size: (Length, Length),
    /// How many rows a column has if there is room.
    rows: usize,
    /// How far down the last page is filled.
    y: Length,
    leaves: Vec<Leaf>,
    /// Whether something is wider than the paper.
    cramped: bool,
}

/// How a bubble is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// To be marked.
    Open,
    /// Marked already.
    Given,
    /// Right, which only a mask shows.
    Right,
}

impl Plate<'_> {
    /// Sets all pages but their frames.
    fn set(&mut self) {
        self.turn();
        self.identity();
        let sheet = self.sheet;
        for part in &sheet.parts {
            self.part(part);
        }
    }

    /// Starts a page. On every page but the first, the name is written once more.
    fn turn(&mut self) {
        self.leaves.push(Leaf::default());
        self.y = self.head();
        if self.leaves.len() > 1 {
            let (left, width) = (MARGIN, self.width());
            self.field(&self.sheet.name, Point { x: left, y: self.y }, width);
            self.y += identity::LINE + Length::mm(2);
        }
    }

    /// Sets what stands together: a heading, then grids, lines and spaces.
    fn part(&mut self, part: &Part) {
        let Some(first) = part.responses.first() else { return };
        let width = self.width();
        // What is the only part needs no heading.
        let mut heading = match self.sheet.parts.len() {
            1 => Text::default(),
            _ => bold(&part.heading).then(Text::plain("  ")),
        };
        heading = heading.then(part.note.clone());
        let gap = if heading.is_empty() { Length::ZERO } else { Length::mm(1) };
        let heading = match heading.is_empty() {
            true => Strip::default(),
            false => self.text(&heading, width, BODY, Align::Left),
        };
        let least = match first.kind {
            ResponseKind::Choices { .. } => self.pitch().1,
            ResponseKind::Line | ResponseKind::Space(_) => grid::LINE,
        };
        self.need(heading.height + gap + least);
        let at = Point { x: MARGIN, y: self.y };
        self.print(heading.marks, at);
        self.y += heading.height + gap;
        let same = |kind: &ResponseKind| std::mem::discriminant(kind);
        for alike in part.responses.chunk_by(|a, b| same(&a.kind) == same(&b.kind)) {
            match alike[0].kind {
                ResponseKind::Choices { .. } => self.grid(alike),
                ResponseKind::Line => self.lines(alike),
                ResponseKind::Space(_) => self.spaces(alike),
            }
        }
        self.y += Length::mm(3);
    }

    /// Starts a page unless there is room for something on this one.
    fn need(&mut self, height: Length) {
        if self.y + height > self.size.1 - FOOT {
            self.turn();
        }
    }

    /// What is left of the page.
    fn room(&self) -> Length {
        self.size.1 - FOOT - self.y
    }

    /// The width of what is marked.
    fn width(&self) -> Length {
        self.size.0 - MARGIN * 2
    }

    /// From one choice to the next, and from one row to the next.
    fn pitch(&self) -> (Length, Length) {
        match self.sheet.form {
            Form::Bubble => (Length::mm(7), Length::mm(7)),
            Form::Crossing => (Length::micrometres(6500), Length::mm(6)),
        }
    }

    /// Sets words as one strip.
    fn text(
        &mut self,
        text: &Text,
        width: Length,
        size: TypeSize,
        align: Align,
    ) -> Strip {
        let setting = Setting { size, width, align, role: Role::Body };
        Strip::join(self.compositor.text(text, setting))
    }

    /// Sets words in the middle of a height.
    fn beside(&mut self, text: &Text, at: Point, size: TypeSize, height: Length) {
        let strip = self.text(text, self.size.0, size, Align::Left);
        let y = at.y + (height - strip.height) / 2;
        self.print(strip.marks, Point { x: at.x, y });
    }

    /// Puts marks on the page, from a point; a mask has none of them.
    fn print(&mut self, marks: Vec<Mark>, at: Point) {
        if self.sheet.mask.is_none() {
            self.put(marks, at);
        }
    }

    /// Puts marks on the page, from a point.
    fn put(&mut self, marks: Vec<Mark>, at: Point) {
        let Some(leaf) = self.leaves.last_mut() else { return };
        leaf.marks.extend(marks.into_iter().map(|mut mark| {
            mark.shift(at.x, at.y);
            mark
        }));
    }

    /// Draws a rule.
    fn rule(&mut self, x: Length, y: Length, width: Length, height: Length) {
        let mut strip = Strip::default();
        strip.fill(x, y, width, height);
        self.print(strip.marks, Point::default());
    }

    /// Draws the four sides of a box.
    fn frame_box(&mut self, at: Point, width: Length, height: Length) {
        self.rule(at.x, at.y, width, RULE);
        self.rule(at.x, at.y + height - RULE, width, RULE);
        self.rule(at.x, at.y, RULE, height);
        self.rule(at.x + width - RULE, at.y, RULE, height);
    }

    /// Draws bubbles for one target and remembers where they are.
    fn bubbles(&mut self, target: Target, drawn: Vec<(String, Point, State)>) {
        for (letter, centre, state) in &drawn {
            self.bubble(letter, *centre, *state);
        }
        let choices = drawn.into_iter().map(|(letter, centre, _)| (letter, centre));
        let bubbles = Bubbles { target, choices: choices.collect() };
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.bubbles.push(bubbles);
        }
    }

    /// Draws a bubble with its letter, or a letter to be crossed.
    fn bubble(&mut self, letter: &str, centre: Point, state: State) {
        let mask = self.sheet.mask.is_some();
        let crossing = self.sheet.form == Form::Crossing;
        let (size, shade) = match (mask, crossing) {
            (true, _) => (CROSSED, Shade::BLACK),
            (false, true) => (CROSSED, Shade::BLACK),
            (false, false) => (BUBBLED, LIGHT),
        };
        let ring = |radius, rule, shade| circle(centre, radius, rule, shade);
        match (mask, state) {
            (true, State::Right) => {
                let rule = Some(Length::micrometres(600));
                self.put(vec![ring(RIGHT / 2, rule, shade)], Point::default());
                self.letter(letter, centre, size, shade);
            }
            (true, _) => {}
            (false, State::Given) => {
                let disc = ring(BUBBLE / 2, None, Shade::BLACK);
                self.put(vec![disc], Point::default());
            }
            (false, _) => {
                if !crossing {
                    let light = ring(BUBBLE / 2, Some(RULE), shade);
                    self.put(vec![light], Point::default());
                }
                self.letter(letter, centre, size, shade);
            }
        }
    }

    /// Sets a letter around a point.
    fn letter(&mut self, letter: &str, centre: Point, size: TypeSize, shade: Shade) {
        let strip = self.text(&Text::plain(letter), Length::ZERO, size, Align::Centre);
        let baseline = strip.baseline.unwrap_or_default();
        // Capitals and digits are about 0.69 em tall.
        let y = centre.y - baseline + size.size.scale(345, 1000);
        let marks = strip.marks.into_iter().map(|mark| shaded(mark, shade)).collect();
        self.put(marks, Point { x: centre.x, y });
    }
}

/// The same words in another shade.
fn shaded(mark: Mark, shade: Shade) -> Mark {
    match mark.shape {
        Shape::Glyphs { at, run } if shade != Shade::BLACK => {
            Mark { shape: Shape::Shaded { at, run, shade }, ..mark }
        }
        _ => mark,
    }
}

fn circle(centre: Point, radius: Length, rule: Option<Length>, shade: Shade) -> Mark {
    let shape = Shape::Circle { centre, radius, rule, shade };
    Mark { block: None, role: Role::Artifact, shape }
}

fn too_small(paper: &Paper) -> Diagnostic {
    let name = &paper.name;
    Diagnostic::error(format!("a sheet to be marked has no room on paper `{name}`"))
        .hint("choose larger paper, a whole page, or fewer digits")
}
