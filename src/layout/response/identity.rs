//! Who marks a sheet, with what number, and how: the upper part of its first page.

use crate::layout::Shade;
use crate::length::{Length, Point};
use crate::sheet::{Align, Choice, Digits, Field, Form, Target};
use crate::text::Text;

use super::{BODY, BUBBLE, HEADING, MARGIN, Plate, RULE, SMALL, State, bold, circle};

/// The height of a line of labels and values.
pub const LINE: Length = Length::micrometres(7500);

/// The width and height of a box for a letter.
const LETTER: (Length, Length) = (Length::mm(6), Length::micrometres(6500));

/// From one bubble to the next.
const PITCH: Length = Length::mm(7);

/// The height of a caption above bubbles.
const CAPTION: Length = Length::mm(4);

/// How many values a digit has.
const VALUES: usize = 10;

/// The least width of what has digits in columns, and of the words at their left.
const WIDE: Length = Length::mm(150);
const LEAST_WORDS: Length = Length::mm(64);

/// Between words and bubbles.
const GAP: Length = Length::mm(5);

impl Plate<'_> {
    /// Sets the upper part of the first page.
    pub(super) fn identity(&mut self) {
        let sheet = self.sheet;
        let width = self.width();
        self.name(width);
        let digits = sheet.digits.as_ref().map_or(0, |digits| digits.count);
        let options = sheet.choice.as_ref().map_or(0, |choice| choice.options.len());
        let gap = if digits > 0 && options > 0 { GAP } else { Length::ZERO };
        let choice = PITCH * options.div_ceil(VALUES) as i32;
        let bubbles = PITCH * digits as i32 + gap + choice;
        let words = width - bubbles - GAP;
        if digits > 0 && width >= WIDE && words >= LEAST_WORDS {
            self.beside_columns(bubbles, choice, words);
        } else {
            self.above_rows(digits, options);
        }
    }

    /// Sets columns of digits and the choice at the right, and words at their left.
    fn beside_columns(&mut self, bubbles: Length, choice: Length, words: Length) {
        let (sheet, top) = (self.sheet, self.y);
        let right = MARGIN + self.width();
        let at = Point { x: right - bubbles, y: top };
        let below_digits = self.digits(sheet.digits.as_ref(), at, false);
        let at = Point { x: right - choice, y: top + PITCH };
        let below_choice = self.choice(sheet.choice.as_ref(), at, VALUES);
        let fields: Vec<&Field> = sheet.fields.iter().collect();
        self.fields(&fields, Point { x: MARGIN, y: top }, words);
        self.y += LINE * fields.len() as i32 + Length::mm(2);
        self.how(words);
        self.y = self.y.max(below_digits).max(below_choice) + Length::mm(1);
    }

    /// Sets words above rows of digits, and the choice at their right.
    fn above_rows(&mut self, digits: usize, options: usize) {
        let (sheet, top, width) = (self.sheet, self.y, self.width());
        let half = (width - GAP) / 2;
        let (left, right) = sheet.fields.split_at(sheet.fields.len().div_ceil(2));
        for (fields, x) in [(left, MARGIN), (right, MARGIN + half + GAP)] {
            let fields: Vec<&Field> = fields.iter().collect();
            self.fields(&fields, Point { x, y: top }, half);
        }
        self.y = top + LINE * left.len() as i32 + Length::mm(1);
        let at = Point { x: MARGIN, y: self.y };
        let below_digits = self.digits(sheet.digits.as_ref(), at, true);
        let beside = match digits {
            0 => Length::ZERO,
            _ => PITCH * (VALUES as i32 + 1) + GAP,
        };
        // Without digits, all options stand in one row.
        let rows = digits.max(1);
        let columns = options.div_ceil(rows) as i32;
        self.cramped |= beside + PITCH * columns > width;
        let at = Point { x: MARGIN + beside, y: self.y };
        self.y = below_digits.max(self.choice(sheet.choice.as_ref(), at, rows));
        self.how(width);
        self.y += Length::mm(1);
    }

    /// Sets the name: boxes for its letters, a line, or what it is.
    fn name(&mut self, width: Length) {
        let name = &self.sheet.name;
        let at = Point { x: MARGIN, y: self.y };
        if name.value.is_some() || self.sheet.form == Form::Crossing {
            self.field(name, at, width);
            self.y += LINE + Length::mm(1);
            return;
        }
        let (across, down) = LETTER;
        let label = self.compositor.widths(&name.label, BODY).natural + Length::mm(3);
        self.beside(&name.label, at, BODY, down);
        let count = (width - label).0 / across.0;
        let left = MARGIN + width - across * count;
        self.frame_box(Point { x: left, y: at.y }, across * count + RULE, down);
        for index in 1..count {
            self.rule(left + across * index, at.y, RULE, down);
        }
        self.y += LINE + Length::mm(1);
    }

    /// Sets labelled values below each other, with their colons aligned.
    fn fields(&mut self, fields: &[&Field], at: Point, width: Length) {
        let labels =
            fields.iter().map(|field| self.compositor.widths(&field.label, BODY).natural);
        let label = labels.max().unwrap_or_default();
        for (index, field) in fields.iter().enumerate() {
            let at = Point { x: at.x, y: at.y + LINE * index as i32 };
            self.labelled(field, at, label, width);
        }
    }

    /// Sets a labelled value.
    pub(super) fn field(&mut self, field: &Field, at: Point, width: Length) {
        self.fields(&[field], at, width);
    }

    fn labelled(&mut self, field: &Field, at: Point, label: Length, width: Length) {
        let foot = LINE - Length::micrometres(1500);
        let (colon, gap) = (Text::plain(":"), Length::mm(1));
        let left = label + gap * 3;
        let value = field.value.clone().unwrap_or_default();
        for (text, x, room) in [
            (&field.label, Length::ZERO, label + gap),
            (&colon, label + gap, gap * 2),
            (&value, left, width - left),
        ] {
            let strip = self.text(text, room, BODY, Align::Left);
            let baseline = strip.baseline.unwrap_or_default();
            // Long values grow upwards.
            let more = (strip.height - BODY.leading).max(Length::ZERO);
            let y = at.y + foot - baseline - more;
            self.print(strip.marks, Point { x: at.x + x, y });
        }
        if field.value.is_none() {
            let dots = self.compositor.dots(left, width, foot);
            self.print(dots.into_iter().collect(), at);
        }
    }

    /// Sets the digits of a number: columns below boxes to write them in, or rows behind
    /// them. Says where they end.
    fn digits(&mut self, digits: Option<&Digits>, at: Point, rows: bool) -> Length {
        let Some(digits) = digits.filter(|digits| digits.count > 0) else { return at.y };
        let caption = self.text(&bold(&digits.label), self.size.0, SMALL, Align::Left);
        self.print(caption.marks, at);
        let top = at.y + CAPTION;
        for place in 0..digits.count {
            let along = PITCH * place as i32;
            let at = match rows {
                true => Point { x: at.x, y: top + along },
                false => Point { x: at.x + along, y: top },
            };
            self.frame_box(at, PITCH, PITCH);
            let given = digits.given.get(place).map(|&digit| usize::from(digit));
            let middle = Point { x: at.x + PITCH / 2, y: at.y + PITCH / 2 };
            if let Some(digit) = given
                && self.sheet.mask.is_none()
            {
                self.letter(&digit.to_string(), middle, HEADING, Shade::BLACK);
            }
            let bubble = |value: usize| {
                let along = PITCH * (value as i32 + 1);
                let centre = match rows {
                    true => Point { x: middle.x + along, ..middle },
                    false => Point { y: middle.y + along, ..middle },
                };
                let state = if given == Some(value) { State::Given } else { State::Open };
                (value.to_string(), centre, state)
            };
            self.bubbles(Target::Digit(place + 1), (0..VALUES).map(bubble).collect());
        }
        let count = if rows { digits.count } else { VALUES + 1 };
        top + PITCH * count as i32 + Length::mm(1)
    }

    /// Sets the choice that is marked once, in columns of so many rows. Says where it ends.
    fn choice(&mut self, choice: Option<&Choice>, at: Point, rows: usize) -> Length {
        let Some(choice) = choice else { return at.y };
        let caption = self.text(&bold(&choice.label), self.size.0, SMALL, Align::Left);
        self.print(caption.marks, at);
        let top = at.y + CAPTION;
        let bubble = |(index, option): (usize, &String)| {
            let (column, row) = ((index / rows) as i32, (index % rows) as i32);
            let x = at.x + PITCH * column + PITCH / 2;
            let y = top + PITCH * row + PITCH / 2;
            let given = choice.given == Some(index);
            let state = if given { State::Given } else { State::Open };
            (option.clone(), Point { x, y }, state)
        };
        let drawn = choice.options.iter().enumerate().map(bubble).collect();
        self.bubbles(choice.target, drawn);
        top + PITCH * rows.min(choice.options.len()) as i32 + Length::mm(1)
    }

    /// Sets how the sheet is marked, and what is signed.
    fn how(&mut self, width: Length) {
        let sheet = self.sheet;
        for note in &sheet.notes {
            let strip = self.text(note, width, SMALL, Align::Left);
            self.print(strip.marks, Point { x: MARGIN, y: self.y });
            self.y += strip.height;
        }
        if let Some(samples) = &sheet.samples {
            self.samples(samples);
        }
        if let Some([pledge, signature]) = &sheet.pledge {
            let strip = self.text(pledge, width, SMALL, Align::Left);
            self.y += Length::mm(1);
            self.print(strip.marks, Point { x: MARGIN, y: self.y });
            self.y += strip.height + Length::mm(4);
            let field = Field { label: signature.clone(), value: None };
            self.field(&field, Point { x: MARGIN, y: self.y }, width);
            self.y += LINE;
        }
    }

    /// Shows a bubble that is marked well, and two that are not.
    fn samples(&mut self, [well, badly]: &[Text; 2]) {
        let x = self.sample(well, MARGIN, &[BUBBLE]);
        self.sample(badly, x + Length::mm(3), &[BUBBLE / 4, BUBBLE / 2]);
        self.y += PITCH;
    }

    /// Shows bubbles behind a text, filled with discs of these diameters. Says where they end.
    fn sample(&mut self, text: &Text, x: Length, discs: &[Length]) -> Length {
        self.beside(text, Point { x, y: self.y }, SMALL, PITCH);
        let left = x + self.compositor.widths(text, SMALL).natural + Length::mm(1);
        for (index, &disc) in discs.iter().enumerate() {
            let x = left + PITCH * index as i32 + PITCH / 2;
            let centre = Point { x, y: self.y + PITCH / 2 };
            let ring = circle(centre, BUBBLE / 2, Some(RULE), Shade::BLACK);
            let disc = circle(centre, disc / 2, None, Shade::BLACK);
            self.print(vec![ring, disc], Point::default());
        }
        left + PITCH * discs.len() as i32
    }
}
