//! Options: labelled texts in as many columns as their widths allow.

use crate::layout::Role;
use crate::layout::stack::{Compositor, Setting, Strip};
use crate::length::Length;
use crate::sheet::{Align, Labelled};

impl Compositor<'_> {
    /// Sets options row by row, with the labels of a column aligned.
    pub fn options(&mut self, options: &[Labelled], width: Length) -> Vec<Strip> {
        let size = self.theme.sizes.body;
        let (mut labels, mut texts) = (Length::ZERO, Length::ZERO);
        for option in options {
            labels = labels.max(self.widths(&option.label, size).natural);
            texts = texts.max(self.widths(&option.text, size).natural);
        }
        let indent = labels + self.theme.options.label;
        let (count, pitch) = self.grid(options.len(), indent + texts, width);
        let mut strips = Vec::new();
        for row in options.chunks(count) {
            let mut lines = self.option_row(row, indent, pitch, width);
            lines[0].gap = self.theme.options.row;
            strips.append(&mut lines);
        }
        strips
    }

    /// The most columns that hold the widest option, and the distance from the left of
    /// one to the left of the next.
    fn grid(&self, options: usize, widest: Length, width: Length) -> (usize, Length) {
        let gap = self.theme.options.column;
        let pitch = |&count: &usize| (count, (width + gap) / count as i32);
        let mut grids = candidates(options).iter().map(pitch);
        let fits = |&(_, pitch): &(usize, Length)| widest <= pitch - gap;
        grids.find(fits).unwrap_or((1, width + gap))
    }

    /// Sets options side by side, or the lines of a single one.
    fn option_row(
        &mut self,
        row: &[Labelled],
        indent: Length,
        pitch: Length,
        width: Length,
    ) -> Vec<Strip> {
        if let [option] = row {
            return self.option(option, indent, width);
        }
        let mut strip = Strip::default();
        for (index, option) in row.iter().enumerate() {
            let width = pitch - self.theme.options.column;
            let mut beside = Strip::join(self.option(option, indent, width));
            beside.shift(pitch * index as i32, Length::ZERO);
            strip.put_beside(beside);
        }
        vec![strip]
    }

    /// Sets an option, each line a strip, if the like was not set before.
    fn option(&mut self, option: &Labelled, indent: Length, width: Length) -> Vec<Strip> {
        let way = (self.surroundings(width), indent);
        self.once(
            |strips| &mut strips.options,
            option,
            way,
            |this| this.set_option(option, indent, width),
        )
    }

    /// Sets an option.
    fn set_option(
        &mut self,
        option: &Labelled,
        indent: Length,
        width: Length,
    ) -> Vec<Strip> {
        let size = self.theme.sizes.body;
        // What reads from right to left stays beside its label if it has but one line.
        let natural = self.widths(&option.text, size).natural;
        let (width, align) = ((width - indent).min(natural), Align::Left);
        let setting = Setting { size, width, align, role: Role::Body };
        let mut lines = self.text(&option.text, setting);
        let last = lines.len() - 1;
        for (number, line) in lines.iter_mut().enumerate() {
            line.shift(indent, Length::ZERO);
            line.keep = number < last;
        }
        self.label(&mut lines[0], &option.label, Length::ZERO, size);
        lines
    }
}

/// The numbers of columns to try, the most first.
fn candidates(options: usize) -> &'static [usize] {
    match options {
        0 | 1 => &[1],
        2 => &[2, 1],
        3 => &[3, 1],
        4 => &[4, 2, 1],
        5 => &[5, 2, 1],
        _ => &[3, 2, 1],
    }
}
