//! No mark stands outside the margins, and none on another one.

use lembar::layout::{Mark, Page, Role, Shape};
use lembar::length::{Length, Point, Rect};

/// How much rounding may add up to, in thousandths of a point.
const ROUNDING: i32 = 20;

/// Where the marks of a page may stand.
pub struct Area {
    pub left: Length,
    pub right: Length,
    pub top: Length,
    pub bottom: Length,
}

impl Area {
    fn holds(&self, area: Rect) -> bool {
        let slack = Length(ROUNDING);
        area.at.x >= self.left - slack
            && area.at.x + area.width <= self.right + slack
            && area.at.y >= self.top - slack
            && area.at.y + area.height <= self.bottom + slack
    }
}

/// The marks of a page that are outside of their area; the footer stands below it.
pub fn outside(page: &Page, area: &Area) -> Vec<String> {
    let foot = Area { top: area.bottom, bottom: page.height, ..*area };
    let strays = page.marks.iter().filter(|mark| {
        let place = extent(mark);
        !place.is_none_or(|place| area.holds(place) || is_footer(mark, &foot, place))
    });
    strays.map(|mark| format!("outside the margins: {}", shown(mark))).collect()
}

fn is_footer(mark: &Mark, foot: &Area, place: Rect) -> bool {
    mark.block.is_none() && mark.role == Role::Artifact && foot.holds(place)
}

/// What of the page a mark covers: of letters, what an `É` and a `g` do. What stands behind
/// the others covers nothing.
pub fn extent(mark: &Mark) -> Option<Rect> {
    match &mark.shape {
        Shape::Glyphs { at, run } => {
            let (above, below) = (run.size * 8 / 10, run.size * 2 / 10);
            let top = Point { x: at.x, y: at.y - above };
            Some(Rect { at: top, width: run.width, height: above + below })
        }
        Shape::Shaded { at, run, .. } => {
            let (above, below) = (run.size * 8 / 10, run.size * 2 / 10);
            let top = Point { x: at.x, y: at.y - above };
            Some(Rect { at: top, width: run.width, height: above + below })
        }
        Shape::Circle { centre, radius, .. } => {
            let at = Point { x: centre.x - *radius, y: centre.y - *radius };
            Some(Rect { at, width: *radius * 2, height: *radius * 2 })
        }
        Shape::Fill(area) | Shape::Image { area, .. } | Shape::Modules { area, .. } => {
            Some(*area)
        }
        Shape::Dots { at, width, diameter, .. } => {
            let half = *diameter / 2;
            let top = Point { x: at.x - half, y: at.y - half };
            Some(Rect { at: top, width: *width + *diameter, height: *diameter })
        }
        // Rings go around letters and cross other rings.
        Shape::Watermark { .. } | Shape::Outline { .. } => None,
    }
}

/// The pairs of marks that stand on each other: letters or pictures, with anything.
pub fn overlaps(page: &Page) -> Vec<String> {
    let mut placed: Vec<(Rect, &Mark)> = page
        .marks
        .iter()
        .filter_map(|mark| Some((extent(mark)?, mark)))
        .filter(|(area, mark)| area.width > Length::ZERO && !is_blank(mark))
        .collect();
    placed.sort_by_key(|(area, _)| area.at.y);
    let mut found = Vec::new();
    for (index, (above, one)) in placed.iter().enumerate() {
        let foot = above.at.y + above.height;
        for (below, other) in &placed[index + 1..] {
            if below.at.y >= foot {
                break;
            }
            let rules = is_rule(one) && is_rule(other);
            if !rules && touch(above, below) && !underlines(one, other) {
                found.push(format!("{} stands on {}", shown(one), shown(other)));
            }
        }
    }
    found
}

fn is_blank(mark: &Mark) -> bool {
    matches!(&mark.shape, Shape::Glyphs { run, .. } if run.text.trim().is_empty())
}

fn is_rule(mark: &Mark) -> bool {
    matches!(mark.shape, Shape::Fill(_))
}

fn touch(one: &Rect, other: &Rect) -> bool {
    let slack = Length(ROUNDING);
    one.at.x + one.width > other.at.x + slack
        && other.at.x + other.width > one.at.x + slack
        && one.at.y + one.height > other.at.y + slack
        && other.at.y + other.height > one.at.y + slack
}

/// Whether one of two marks is the rule below the letters of the other.
fn underlines(one: &Mark, other: &Mark) -> bool {
    let below = |letters: &Mark, rule: &Mark| match (&letters.shape, &rule.shape) {
        (Shape::Glyphs { at, run }, Shape::Fill(rule)) => {
            rule.at.y > at.y
                && rule.height * 8 < run.size
                && rule.at.x + rule.width <= at.x + run.width + Length(ROUNDING)
                && rule.at.x + Length(ROUNDING) >= at.x
                && letters.block == other.block
        }
        _ => false,
    };
    below(one, other) || below(other, one)
}

fn shown(mark: &Mark) -> String {
    let what = match &mark.shape {
        Shape::Glyphs { run, .. } => format!("`{}`", run.text),
        Shape::Fill(_) => "a rule".to_string(),
        Shape::Dots { .. } => "dots".to_string(),
        _ => "a picture".to_string(),
    };
    let Some(Rect { at, width, height }) = extent(mark) else { return what };
    let points = |length: Length| f64::from(length.0) / 1000.0;
    let block = mark.block.map_or("-".to_string(), |block| block.to_string());
    format!(
        "{what} of block {block} at {:.1} {:.1} ({:.1} × {:.1})",
        points(at.x),
        points(at.y),
        points(width),
        points(height)
    )
}
