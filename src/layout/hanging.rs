//! Labels in the margin: labelled blocks and headings.

use crate::layout::Role;
use crate::layout::stack::{Compositor, Setting, Strip, bold};
use crate::length::Length;
use crate::sheet::{Align, Block, Hanging, Heading, ParagraphRank};
use crate::text::Text;
use crate::theme::TypeSize;

impl Compositor<'_> {
    /// Sets blocks with a label that ends flush before them, on their first baseline.
    pub fn hanging(&mut self, hanging: &Hanging, width: Length) -> Vec<Strip> {
        let size = self.size_of(&hanging.blocks);
        let label_width = self.widths(&hanging.label, size).natural;
        let column = self.theme.hanging.label.max(label_width);
        let indent = column + self.theme.hanging.gap;
        let mut strips = self.page_high(&hanging.blocks, width - indent);
        if strips.is_empty() {
            strips.push(self.blank_line(size));
        }
        for strip in &mut strips {
            strip.shift(indent, Length::ZERO);
        }
        self.label(&mut strips[0], &hanging.label, column - label_width, size);
        self.whole(strips)
    }

    /// The size of a label: that of the paragraph that it labels.
    fn size_of(&self, blocks: &[Block]) -> TypeSize {
        match blocks.first() {
            Some(Block::Paragraph(paragraph))
                if paragraph.rank == ParagraphRank::Small =>
            {
                self.theme.sizes.small
            }
            _ => self.theme.sizes.body,
        }
    }

    /// Sets a heading with its instruction; it keeps with what follows.
    pub fn heading(&mut self, heading: &Heading, width: Length) -> Vec<Strip> {
        let size = self.theme.sizes.heading;
        let label = heading.label.as_ref().map(bold);
        let indent = match &label {
            Some(label) => {
                let label = self.as_heading(|this| this.widths(label, size).natural);
                self.theme.heading.label.max(label + self.theme.heading.gap)
            }
            None => Length::ZERO,
        };
        let (width, align) = (width - indent, Align::Left);
        let setting = Setting { size, width, align, role: Role::Heading };
        let text = bold(&heading.text);
        let mut strips = self.as_heading(|this| this.text(&text, setting));
        if let Some(note) = &heading.note {
            let (size, role) = (self.theme.sizes.body, Role::Body);
            let mut lines = self.text(note, Setting { size, role, ..setting });
            lines[0].gap = self.theme.heading.note;
            strips.append(&mut lines);
        }
        for strip in &mut strips {
            strip.shift(indent, Length::ZERO);
            strip.keep = true;
        }
        if let Some(label) = label {
            self.as_heading(|this| {
                this.label(&mut strips[0], &label, Length::ZERO, size);
            });
        }
        self.whole(strips)
    }

    /// Puts a label before everything else on a strip, on the strip's first baseline.
    pub fn label(&mut self, strip: &mut Strip, label: &Text, x: Length, size: TypeSize) {
        let width = self.widths(label, size).natural;
        let setting = Setting { size, width, align: Align::Left, role: Role::Label };
        let mut label = Strip::join(self.text(label, setting));
        let rise = match (strip.baseline, label.baseline) {
            (Some(strip), Some(label)) => strip - label,
            _ => Length::ZERO,
        };
        if rise < Length::ZERO {
            strip.raise(-rise);
        }
        label.shift(x, rise.max(Length::ZERO));
        strip.height = strip.height.max(label.height + rise.max(Length::ZERO));
        strip.baseline = label.baseline;
        strip.marks.splice(0..0, label.marks);
    }

    /// A line without words.
    fn blank_line(&self, size: TypeSize) -> Strip {
        let baseline = Some(self.baseline(size));
        Strip { height: size.leading, baseline, ..Strip::default() }
    }
}
