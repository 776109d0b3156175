//! What frames a sheet that is marked: corner marks, the code, a ruler, and a strip of tones.

use crate::layout::footer::numbered;
use crate::layout::stack::Strip;
use crate::layout::{Mark, Page, Role, Shade, Shape};
use crate::length::{Length, Point, Rect};
use crate::sheet::{Align, Form};
use crate::text::Text;

use super::code::{modules, payload};
use super::{BODY, BUBBLE, Geometry, HEADING, INSET, Leaf, Plate, RULE, SMALL};
use super::{bold, circle};

/// The three diameters of a corner mark: a ring, the paper in it, and a disc.
const BULLSEYE: [Length; 3] = [Length::mm(8), Length::mm(5), Length::mm(3)];

/// The side of the orientation square.
const SQUARE: Length = Length::mm(5);

/// From the left edge to the centre of the orientation square.
const SQUARE_AT: Length = Length::micrometres(26_500);

/// The side of the code.
const CODE: Length = Length::mm(23);

/// The light margin of the code: four modules of the largest.
const QUIET: Length = Length::micrometres(3500);

/// From the right edge to the code.
const BESIDE: Length = Length::micrometres(25_500);

/// From the top edge to what stands at the top.
const TOP: Length = Length::mm(14);

/// From the foot of the paper to the middle of the calibration strip and the words beside it.
const STRIP: Length = Length::mm(22);

/// The length of the ruler.
const RULER: Length = Length::mm(100);

/// How dark the discs of the calibration strip are; the last is a ring.
const TONES: [u8; 5] = [100, 70, 50, 30, 0];

impl Plate<'_> {
    /// Sets the lines at the top of a page, and says where they end.
    pub(super) fn head(&mut self) -> Length {
        let left = SQUARE_AT + SQUARE / 2 + Length::mm(2);
        let right = match self.sheet.tag {
            Some(_) => BESIDE + CODE + QUIET,
            None => left,
        };
        let width = self.size.0 - left - right;
        let lines = |plate: &mut Self, lines: &[Text]| {
            let mut y = TOP;
            let mut set = Vec::new();
            for line in lines {
                let strip = plate.text(&bold(line), width, HEADING, Align::Centre);
                set.push((strip.marks, Point { x: left, y }));
                y += strip.height;
            }
            (set, y)
        };
        let sheet = self.sheet;
        let (head, bottom) = lines(self, &sheet.head);
        match &sheet.mask {
            None => head.into_iter().for_each(|(marks, at)| self.put(marks, at)),
            Some(label) => {
                let (label, _) = lines(self, label);
                label.into_iter().for_each(|(marks, at)| self.put(marks, at));
            }
        }
        let below = match self.sheet.tag {
            Some(_) => TOP + CODE,
            None => INSET + BULLSEYE[0] / 2,
        };
        below.max(bottom) + Length::mm(2)
    }

    /// Frames all pages, whose number is known now.
    pub(super) fn finish(mut self) -> (Vec<Page>, Vec<Geometry>) {
        let leaves = std::mem::take(&mut self.leaves);
        let count = leaves.len();
        let (mut pages, mut geometry) = (Vec::new(), Vec::new());
        for (index, leaf) in leaves.into_iter().enumerate() {
            self.leaves.push(Leaf::default());
            let mut framed = self.frame(index, count);
            framed.bubbles = leaf.bubbles;
            let mut marks = leaf.marks;
            marks.extend(self.leaves.pop().unwrap_or_default().marks);
            let (width, height) = self.size;
            pages.push(Page { width, height, marks });
            geometry.push(framed);
        }
        (pages, geometry)
    }

    /// Draws the frame of a page.
    fn frame(&mut self, index: usize, count: usize) -> Geometry {
        let (width, height) = self.size;
        let (right, bottom) = (width - INSET, height - INSET);
        let point = |x, y| Point { x, y };
        let fiducials =
            [(INSET, INSET), (right, INSET), (INSET, bottom), (right, bottom)]
                .map(|(x, y)| point(x, y));
        let edges = [INSET, right].map(|x| point(x, height / 2));
        let orientation = point(SQUARE_AT, INSET);
        let mut marks: Vec<Mark> = fiducials.into_iter().flat_map(bullseye).collect();
        let radius = BULLSEYE[2] / 2;
        marks.extend(edges.map(|at| circle(at, radius, None, Shade::BLACK)));
        marks.push(square(orientation));
        self.put(marks, Point::default());
        let code = self.code(index + 1, count);
        let tones = self.tones();
        let ruler = self.ruler(index + 1, count);
        self.foot();
        let diameter = match self.sheet.form {
            Form::Bubble => BUBBLE,
            Form::Crossing => self.pitch().1,
        };
        let bubbles = Vec::new();
        Geometry {
            page: index,
            diameter,
            fiducials,
            orientation,
            edges,
            code,
            tones,
            ruler,
            bubbles,
        }
    }

    /// Draws the code, if there is one. A mask leaves its place free.
    fn code(&mut self, page: usize, pages: usize) -> Option<Rect> {
        let modules = modules(&payload(self.sheet.tag.as_ref()?, page, pages))?;
        let at = Point { x: self.size.0 - BESIDE - CODE, y: TOP };
        let area = Rect { at, width: CODE, height: CODE };
        let shape = Shape::Modules { area, modules };
        let mark = Mark { block: None, role: Role::Figure, shape };
        self.print(vec![mark], Point::default());
        Some(area)
    }

    /// Draws bubbles of known darkness at the foot of what is read by machine.
    fn tones(&mut self) -> Vec<(Point, Shade)> {
        if self.sheet.form == Form::Crossing {
            return Vec::new();
        }
        let (pitch, y) = (Length::mm(6), self.size.1 - STRIP);
        let first =
            self.size.0 - STRIP - Length::mm(5) - pitch * (TONES.len() - 1) as i32;
        let tone = |(index, tone): (usize, u8)| {
            (Point { x: first + pitch * index as i32, y }, Shade(tone))
        };
        let tones: Vec<_> = TONES.into_iter().enumerate().map(tone).collect();
        let disc = |&(at, shade): &(Point, Shade)| match shade {
            Shade(0) => circle(at, BUBBLE / 2, Some(RULE), Shade::BLACK),
            shade => circle(at, BUBBLE / 2, None, shade),
        };
        self.print(tones.iter().map(disc).collect(), Point::default());
        tones
    }

    /// Draws the ruler, with a tick at every centimetre.
    fn ruler(&mut self, page: usize, pages: usize) -> [Point; 2] {
        let y = self.size.1 - Length::micrometres(16_500);
        let x = (self.size.0 - RULER) / 2;
        let mut strip = Strip::default();
        strip.fill(x, y - RULE / 2, RULER, RULE);
        for tick in 0..=10 {
            let long = if tick % 5 == 0 { Length::mm(2) } else { Length::mm(1) };
            let at = x + Length::mm(10 * tick) - RULE / 2;
            strip.fill(at, y - long, RULE, long);
        }
        self.put(strip.marks, Point::default());
        let below = y + Length::micrometres(500);
        let [left, right] =
            self.sheet.ruler.each_ref().map(|text| numbered(text, page, pages));
        for (text, align) in [(left, Align::Left), (right, Align::Right)] {
            let strip = self.text(&text, RULER, SMALL, align);
            self.put(strip.marks, Point { x, y: below });
        }
        [Point { x, y }, Point { x: x + RULER, y }]
    }

    /// Sets the foot: what the sheet is at the left, and its code in the middle.
    fn foot(&mut self) {
        let y = self.size.1 - STRIP - BODY.leading / 2;
        let [left, middle] = self.sheet.foot.clone();
        let x = STRIP + Length::mm(3);
        let strip = self.text(&bold(&left), self.size.0, SMALL, Align::Left);
        self.put(strip.marks, Point { x, y });
        let strip = self.text(&middle, self.size.0, SMALL, Align::Centre);
        self.put(strip.marks, Point { x: Length::ZERO, y });
    }
}

/// A corner mark.
fn bullseye(centre: Point) -> [Mark; 2] {
    let [outer, inner, disc] = BULLSEYE;
    let rule = Some((outer - inner) / 2);
    let black = Shade::BLACK;
    [circle(centre, outer / 2, rule, black), circle(centre, disc / 2, None, black)]
}

fn square(centre: Point) -> Mark {
    let at = Point { x: centre.x - SQUARE / 2, y: centre.y - SQUARE / 2 };
    let shape = Shape::Fill(Rect { at, width: SQUARE, height: SQUARE });
    Mark { block: None, role: Role::Artifact, shape }
}
