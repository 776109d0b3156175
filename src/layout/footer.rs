//! The foot of a page: words at the left, in the middle and at the right below a rule.

use crate::layout::stack::{Compositor, Setting, Strip};
use crate::layout::table::shrunk;
use crate::layout::{Mark, Role};
use crate::length::Length;
use crate::sheet::{Align, Footer};
use crate::text::Text;

impl Compositor<'_> {
    /// Sets the foot of a page; its marks are measured from the place below the blocks. What is
    /// too wide for one line is set in smaller type, the same on all pages.
    pub fn footer(
        &mut self,
        footer: &Footer,
        page: usize,
        pages: usize,
        width: Length,
    ) -> Vec<Mark> {
        let parts = [&footer.left, &footer.middle, &footer.right];
        if parts.iter().all(|part| part.is_empty()) {
            return Vec::new();
        }
        let (mut size, gap) = (self.theme.sizes.footer, self.theme.footer.column);
        let widest = parts.map(|part| numbered(part, pages, pages));
        let words = widest.iter().map(|part| self.widths(part, size).natural);
        let words: Length = words.sum();
        let gaps = if parts[1].is_empty() { gap } else { gap * 2 };
        if words + gaps > width {
            size = shrunk(size, words, width - gaps);
        }
        let [left, middle, right] = parts.map(|part| numbered(part, page, pages));
        let natural =
            [&left, &middle, &right].map(|part| self.widths(part, size).natural);
        let [start, centre, end] = match natural.into_iter().sum::<Length>() + gaps {
            words if words <= width => natural,
            _ => natural.map(|part| part.min(width / 2)),
        };
        let side = (width - centre) / 2 - gap;
        let (left_width, right_width) = if middle.is_empty() {
            (width - end - gap, end)
        } else if start.max(end) > side && start + centre + end + gaps <= width {
            // What is in the middle makes room.
            (start, end)
        } else {
            (side, side)
        };
        let middle_left = (left_width + width - right_width - centre) / 2;
        let (top, rule) = (self.theme.footer.gap, self.theme.footer.rule);
        let mut strip = Strip::default();
        strip.fill(Length::ZERO, top, width, rule);
        let words = top + rule + self.theme.footer.text;
        for (text, x, width, align) in [
            (left, Length::ZERO, left_width, Align::Left),
            (middle, middle_left, centre, Align::Centre),
            (right, width - right_width, right_width, Align::Right),
        ] {
            // What stands beside codes, which are not equally wide, is set but once.
            let own = match align {
                Align::Right => self.widths(&text, size).natural.min(width),
                _ => width,
            };
            let setting = Setting { size, width: own, align, role: Role::Artifact };
            let mut part = Strip::join(self.text(&text, setting));
            part.shift(x + width - own, words);
            strip.put_beside(part);
        }
        strip.marks
    }
}

/// A text with `{page}` and `{pages}` filled in.
pub(super) fn numbered(text: &Text, page: usize, pages: usize) -> Text {
    let mut numbered = text.clone();
    if !text.spans().iter().any(|span| span.text.contains('{')) {
        return numbered;
    }
    for span in numbered.spans_mut() {
        let filled = span.text.replace("{page}", &page.to_string());
        span.text = filled.replace("{pages}", &pages.to_string());
    }
    numbered
}
