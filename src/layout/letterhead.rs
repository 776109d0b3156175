//! The letterhead and the title: centred lines between logos, above two rules.

use crate::layout::Role;
use crate::layout::figure::fit;
use crate::layout::stack::{Compositor, Setting, Strip, bold};
use crate::length::{Length, Point, Rect};
use crate::picture::Picture;
use crate::sheet::{Align, Letterhead, LetterheadLine, LetterheadRank};
use crate::text::Text;

impl Compositor<'_> {
    /// Sets the letterhead, closed by a thick and a thin rule.
    pub fn letterhead(&mut self, letterhead: &Letterhead, width: Length) -> Vec<Strip> {
        let theme = &self.theme.letterhead;
        let logos = letterhead.left.is_some() || letterhead.right.is_some();
        let room = if logos { theme.logo + theme.logo_gap } else { Length::ZERO };
        let strips = self.letterhead_lines(&letterhead.lines, width - room * 2);
        let mut strips = self.whole(strips);
        if strips.is_empty() {
            let height = if logos { theme.logo } else { Length::ZERO };
            strips.push(Strip { height, ..Strip::default() });
        }
        for strip in &mut strips {
            strip.shift(room, Length::ZERO);
            strip.keep = true;
        }
        let first = &mut strips[0];
        if let Some(picture) = &letterhead.left {
            let area = logo(picture, Length::ZERO, theme.logo, first.height);
            first.marks.insert(0, self.image(picture, area));
        }
        if let Some(picture) = &letterhead.right {
            let area = logo(picture, width - theme.logo, theme.logo, first.height);
            first.marks.push(self.image(picture, area));
        }
        strips.push(self.closing_rules(width));
        self.whole(strips)
    }

    /// Sets the title; it keeps with what follows.
    pub fn title(&mut self, lines: &[Text], width: Length) -> Vec<Strip> {
        let size = self.theme.sizes.title;
        let setting = Setting { size, width, align: Align::Centre, role: Role::Title };
        let mut strips = Vec::new();
        for line in lines {
            strips.append(&mut self.text(&bold(line), setting));
        }
        strips.iter_mut().for_each(|strip| strip.keep = true);
        self.whole(strips)
    }

    fn letterhead_lines(
        &mut self,
        lines: &[LetterheadLine],
        width: Length,
    ) -> Vec<Strip> {
        let sizes = &self.theme.sizes;
        let mut strips = Vec::new();
        for line in lines {
            let (size, text) = match line.rank {
                LetterheadRank::Authority => (sizes.authority, line.text.clone()),
                LetterheadRank::School => (sizes.school, bold(&line.text)),
                LetterheadRank::Address => (sizes.address, line.text.clone()),
            };
            let setting =
                Setting { size, width, align: Align::Centre, role: Role::Title };
            strips.append(&mut self.text(&text, setting));
        }
        strips
    }

    fn closing_rules(&self, width: Length) -> Strip {
        let theme = &self.theme.letterhead;
        let thin = theme.thick + theme.between;
        let gap = theme.rule_gap;
        let mut rules = Strip { gap, height: thin + theme.thin, ..Strip::default() };
        rules.fill(Length::ZERO, Length::ZERO, width, theme.thick);
        rules.fill(Length::ZERO, thin, width, theme.thin);
        rules
    }
}

/// Where a picture stands in the middle of a square at `left`, no taller than the lines
/// beside it.
fn logo(picture: &Picture, left: Length, square: Length, lines: Length) -> Rect {
    let (width, height) = fit(picture, (square, square.min(lines)));
    let at = Point { x: left + (square - width) / 2, y: (lines - height) / 2 };
    Rect { at, width, height }
}
