//! Blocks become stacks: strips of marks that a page takes whole.

use std::hash::Hash;
use std::sync::Arc;

use crate::language::Language;
use crate::layout::breaks::{Ends, Measure};
use crate::layout::memory::{Memory, Strips, Surroundings, is_remembered};
use crate::layout::space::Stretch;
use crate::layout::typesetter::{Line, TextStyle, Typesetter, Widths};
use crate::layout::{Mark, Role, Shape};
use crate::length::{Length, Point, Rect};
use crate::sheet::{Align, Block, Paragraph, ParagraphRank};
use crate::text::Text;
use crate::theme::{Theme, TypeSize};

/// How many strips of a block that leads others stay together if no page holds it: what is
/// said of it, its title, and two lines.
const FIRST_LINES: usize = 3;

/// A strip of a stack, as wide as its column, that no page break cuts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Strip {
    /// The space above; it is dropped at the top of a page.
    pub gap: Length,
    /// The height, without the space above.
    pub height: Length,
    /// How far the first baseline stands below the top, if there are words.
    pub baseline: Option<Length>,
    /// Whether the strip is not to be parted from the next one by a page break.
    pub keep: bool,
    /// The index of the sheet's block that the strip belongs to, once it is known.
    pub block: Option<u32>,
    /// What is repeated above the strip at the top of a page.
    pub head: Option<Arc<Strip>>,
    /// The marks in reading order, measured from the strip's top left corner.
    pub marks: Vec<Mark>,
    /// The spaces in the strip that grow with what the page leaves, from top to bottom.
    pub spaces: Vec<Stretch>,
}

impl Strip {
    /// Moves everything in the strip.
    pub fn shift(&mut self, dx: Length, dy: Length) {
        for mark in &mut self.marks {
            mark.shift(dx, dy);
        }
        for space in &mut self.spaces {
            space.area.at.x += dx;
            space.area.at.y += dy;
        }
        self.baseline = self.baseline.map(|baseline| baseline + dy);
        if let Some(head) = &mut self.head {
            Arc::make_mut(head).shift(dx, Length::ZERO);
        }
    }

    /// Makes the strip taller at its top.
    pub fn raise(&mut self, by: Length) {
        self.shift(Length::ZERO, by);
        self.height += by;
    }

    /// Draws a filled rectangle.
    pub fn fill(&mut self, x: Length, y: Length, width: Length, height: Length) {
        let (width, height) = (width.max(Length::ZERO), height.max(Length::ZERO));
        let shape = Shape::Fill(Rect { at: Point { x, y }, width, height });
        self.marks.push(Mark { block: None, role: Role::Artifact, shape });
    }

    /// Takes over the marks of a line whose baseline starts at a point.
    pub fn write(&mut self, line: &Line, x: Length, y: Length, role: Role) {
        for (dx, run) in &line.runs {
            let at = Point { x: x + *dx, y };
            let shape = Shape::Glyphs { at, run: Arc::clone(run) };
            self.marks.push(Mark { block: None, role, shape });
        }
        for rule in &line.underlines {
            self.fill(x + rule.at.x, y + rule.at.y, rule.width, rule.height);
        }
    }

    /// Puts another strip beside this one, with their first baselines on one level.
    pub fn put_beside(&mut self, mut other: Strip) {
        if let (Some(own), Some(others)) = (self.baseline, other.baseline) {
            self.raise((others - own).max(Length::ZERO));
            other.raise((own - others).max(Length::ZERO));
        }
        self.height = self.height.max(other.height);
        self.baseline = self.baseline.or(other.baseline);
        self.marks.append(&mut other.marks);
        self.spaces.append(&mut other.spaces);
    }

    /// The strip without its marks.
    fn bare(&self) -> Strip {
        let Strip { gap, height, baseline, keep, block, .. } = *self;
        let (head, spaces) = (self.head.clone(), self.spaces.clone());
        Strip { gap, height, baseline, keep, block, head, marks: Vec::new(), spaces }
    }

    /// Makes one strip of several, below each other.
    pub fn join(strips: Vec<Strip>) -> Strip {
        let mut joined = Strip::default();
        for (index, mut strip) in strips.into_iter().enumerate() {
            if index == 0 {
                joined = strip;
                continue;
            }
            let top = joined.height + strip.gap;
            strip.shift(Length::ZERO, top);
            joined.height = top + strip.height;
            joined.keep = strip.keep;
            joined.baseline = joined.baseline.or(strip.baseline);
            joined.marks.append(&mut strip.marks);
            joined.spaces.append(&mut strip.spaces);
        }
        joined
    }
}

impl Mark {
    /// Moves the mark.
    pub(super) fn shift(&mut self, dx: Length, dy: Length) {
        self.shape.shift(dx, dy);
    }

    /// Where the mark starts, from above; glyphs and dots start at their baseline.
    pub(super) fn top(&self) -> Length {
        match &self.shape {
            Shape::Circle { centre, radius, .. } => centre.y - *radius,
            Shape::Outline { points, .. } => {
                points.iter().map(|point| point.y).min().unwrap_or_default()
            }
            shape => shape.at().y,
        }
    }
}

/// The height of strips on one page, without the space above the first.
pub(super) fn height(strips: &[Strip]) -> Length {
    let gap = strips.first().map_or(Length::ZERO, |strip| strip.gap);
    strips.iter().map(|strip| strip.gap + strip.height).sum::<Length>() - gap
}

/// How a text stands in its column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of type.
    pub size: TypeSize,
    /// The width of the column.
    pub width: Length,
    /// How lines are aligned.
    pub align: Align,
    /// What the text is to a reader.
    pub role: Role,
}

/// What does not fit the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// A table whose columns are too narrow for words.
    Table,
    /// A slip that is higher than a page.
    Slip,
}

/// What sets the blocks of one sheet.
pub(super) struct Compositor<'a> {
    /// All lengths.
    pub theme: &'a Theme,
    /// What sets the words.
    pub typesetter: &'a mut Typesetter,
    /// The height that a page has for blocks.
    pub page: Length,
    /// The height that a picture may have.
    pub tallest: Length,
    /// How much of it headings take that keep with the block that is being set.
    pub kept: Length,
    /// How many labelled or framed blocks hold the blocks that are being set.
    pub depth: u32,
    /// Whether what is being set is in the fonts of headings.
    pub in_heading: bool,
    /// The language of the words.
    pub language: Language,
    /// What does not fit the paper, if something does not.
    pub misfit: Option<Misfit>,
    /// Whether only heights are asked for, so that what was set before comes without marks.
    pub bare: bool,
}

impl<'a> Compositor<'a> {
    /// Starts with the blocks that stand on pages themselves, whose height is given.
    pub fn new(
        theme: &'a Theme,
        typesetter: &'a mut Typesetter,
        page: Length,
        language: Language,
    ) -> Compositor<'a> {
        typesetter.strips.turn_to(theme);
        Compositor {
            theme,
            typesetter,
            page,
            tallest: page / 2,
            kept: Length::ZERO,
            depth: 0,
            in_heading: false,
            language,
            misfit: None,
            bare: false,
        }
    }

    /// Sets blocks below each other.
    pub fn blocks(&mut self, blocks: &[Block], width: Length) -> Vec<Strip> {
        let mut strips = Vec::new();
        for block in blocks {
            let mut below = self.block_below(&strips, block, width);
            strips.append(&mut below);
        }
        strips
    }

    /// Sets a block below others. If a heading keeps with it, it has what that leaves of a
    /// page, or the heading would stand alone; unless that is but little.
    pub fn block_below(
        &mut self,
        above: &[Strip],
        block: &Block,
        width: Length,
    ) -> Vec<Strip> {
        let before = self.kept;
        let keeping = above.iter().rev().take_while(|strip| strip.keep).count();
        if keeping > 0 {
            let kept = height(&above[above.len() - keeping..]) + self.gap(block);
            self.kept += if kept * 2 <= self.page { kept } else { Length::ZERO };
        }
        let strips = self.block(block, width);
        self.kept = before;
        strips
    }

    /// Sets blocks that another block holds; the space above the first is dropped.
    pub fn inner_blocks(&mut self, blocks: &[Block], width: Length) -> Vec<Strip> {
        self.depth += 1;
        let mut strips = Vec::new();
        let before = [None].into_iter().chain(blocks.iter().map(Some));
        for (block, before) in blocks.iter().zip(before) {
            let mut set = self.block(block, width);
            if let Some(Block::Figure(_) | Block::Table(_)) = before
                && let Some(first) = set.first_mut()
            {
                first.gap = first.gap.max(self.theme.picture.gap);
            }
            strips.append(&mut set);
        }
        self.depth -= 1;
        if let Some(first) = strips.first_mut() {
            first.gap = Length::ZERO;
        }
        strips
    }

    /// Sets what is in the fonts of headings.
    pub fn as_heading<T>(&mut self, set: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.in_heading, true);
        let set = set(self);
        self.in_heading = before;
        set
    }

    /// Sets a block, if the like was not set before.
    pub fn block(&mut self, block: &Block, width: Length) -> Vec<Strip> {
        if !is_remembered(block) {
            return self.set(block, width);
        }
        let way = self.surroundings(width);
        self.once(|strips| &mut strips.blocks, block, way, |this| this.set(block, width))
    }

    /// Sets what was not set before, and remembers it.
    pub fn once<T: Clone + Eq + Hash, W: Copy + Eq + Hash>(
        &mut self,
        known: impl Fn(&mut Strips) -> &mut Memory<T, W, Vec<Strip>>,
        thing: &T,
        way: W,
        set: impl FnOnce(&mut Self) -> Vec<Strip>,
    ) -> Vec<Strip> {
        if let Some(strips) = known(&mut self.typesetter.strips).get(thing, way) {
            return match self.bare {
                true => strips.iter().map(Strip::bare).collect(),
                false => strips.clone(),
            };
        }
        let before = self.misfit.take();
        let strips = set(self);
        // What cannot be printed is found again wherever it stands.
        if self.misfit.is_none() && self.typesetter.is_complete() {
            let marks = strips.iter().map(|strip| strip.marks.len().max(1)).sum();
            let known = known(&mut self.typesetter.strips);
            known.keep(thing, way, || strips.clone(), marks);
        }
        self.misfit = self.misfit.or(before);
        strips
    }

    /// What surrounds something in a column of a width.
    pub fn surroundings(&self, width: Length) -> Surroundings {
        let Compositor { page, tallest, kept, in_heading, language, .. } = *self;
        let is_inner = self.depth > 0;
        Surroundings { width, page, tallest, kept, is_inner, in_heading, language }
    }

    /// Sets a block.
    fn set(&mut self, block: &Block, width: Length) -> Vec<Strip> {
        let mut strips = match block {
            Block::Letterhead(letterhead) => {
                self.as_heading(|this| this.letterhead(letterhead, width))
            }
            Block::Title(lines) => self.as_heading(|this| this.title(lines, width)),
            Block::Fields(fields) => self.fields(fields, width),
            Block::Heading(heading) => self.heading(heading, width),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, width),
            Block::Hanging(hanging) => self.hanging(hanging, width),
            Block::Options(options) => self.options(options, width),
            Block::Figure(figure) => self.figure(figure, width),
            Block::Table(table) => self.table(table, width),
            Block::Space(space) => self.space(*space, width),
            Block::Squares(squares) => self.squares(squares, width),
            Block::Slips(slips) => self.slips(slips, width),
            Block::Beside(columns) => self.beside(columns, width),
            Block::Together(blocks) => {
                let strips = self.blocks(blocks, width);
                return self.whole(strips);
            }
            Block::Lead(blocks) => {
                let strips = self.blocks(blocks, width);
                let mut strips = self.whole(strips);
                // What no page holds starts where there is room for its first lines.
                for strip in strips.iter_mut().take(FIRST_LINES) {
                    strip.keep = true;
                }
                strips.iter_mut().rev().take(1).for_each(|strip| strip.keep = true);
                strips
            }
            Block::Frame(blocks) => self.frame(blocks, width),
        };
        if let Some(first) = strips.first_mut() {
            first.gap = self.gap(block);
        }
        strips
    }

    /// The space above a block.
    fn gap(&self, block: &Block) -> Length {
        let gaps = &self.theme.gaps;
        if self.depth > 0 && !matches!(block, Block::Figure(_)) {
            return gaps.inner;
        }
        match block {
            Block::Letterhead(_) => gaps.letterhead,
            Block::Title(_) => gaps.title,
            Block::Fields(_) => gaps.fields,
            Block::Heading(_) => gaps.heading,
            Block::Paragraph(_) => gaps.paragraph,
            Block::Hanging(_) => gaps.hanging,
            Block::Options(_) => gaps.options,
            Block::Figure(_) => self.theme.picture.gap,
            Block::Table(_) | Block::Squares(_) => gaps.table,
            Block::Space(_) => gaps.space,
            Block::Lead(_) => gaps.heading,
            Block::Together(_) | Block::Slips(_) => Length::ZERO,
            Block::Beside(_) => gaps.table,
            Block::Frame(_) => gaps.frame,
        }
    }

    /// Makes one strip of several if it fits on a page.
    pub fn whole(&self, strips: Vec<Strip>) -> Vec<Strip> {
        if strips.len() > 1 && height(&strips) <= self.page - self.kept {
            vec![Strip::join(strips)]
        } else {
            strips
        }
    }

    /// Sets a paragraph. It has no single line at the top or foot of a page.
    fn paragraph(&mut self, paragraph: &Paragraph, width: Length) -> Vec<Strip> {
        let sizes = &self.theme.sizes;
        let (size, align) = match paragraph.rank {
            ParagraphRank::Body => (sizes.body, Align::Left),
            ParagraphRank::Small => (sizes.small, Align::Left),
            ParagraphRank::Centred => (sizes.body, Align::Centre),
        };
        let setting = Setting { size, width, align, role: Role::Body };
        let flush = self.theme.sizes.justify && align == Align::Left;
        let ends = if flush { Ends::Flush } else { ends(align) };
        let hyphens = self.theme.sizes.hyphens;
        let mut strips = self.lines_of(&paragraph.text, setting, ends, hyphens);
        keep_ends(&mut strips);
        strips
    }

    /// Sets a text, each line a strip.
    pub fn text(&mut self, text: &Text, setting: Setting) -> Vec<Strip> {
        self.lines_of(text, setting, ends(setting.align), false)
    }

    /// Sets a text whose lines end in a certain way, with hyphens or without.
    fn lines_of(
        &mut self,
        text: &Text,
        setting: Setting,
        ends: Ends,
        hyphens: bool,
    ) -> Vec<Strip> {
        let Setting { size, width, align, role } = setting;
        let short = self.theme.sizes.short_line;
        let measure = Measure { width, short, ends, hyphens };
        let style = self.style(size);
        let lines = self.typesetter.set(text, style, measure);
        let baseline = self.baseline(size);
        let strip = |line: &Line| {
            let left = match align {
                Align::Left if line.leftward => width - line.width,
                Align::Left => Length::ZERO,
                Align::Centre => (width - line.width) / 2,
                Align::Right | Align::Units => width - line.width,
            };
            let height = size.leading;
            let mut strip =
                Strip { height, baseline: Some(baseline), ..Strip::default() };
            strip.write(line, left, baseline, role);
            // Vowel signs are not to touch the lines above and below.
            let (above, below) = line.reach;
            strip.height += (below - (size.leading - baseline)).max(Length::ZERO);
            strip.raise((above - baseline).max(Length::ZERO));
            strip
        };
        lines.iter().map(strip).collect()
    }

    /// How wide a text is.
    pub fn widths(&mut self, text: &Text, size: TypeSize) -> Widths {
        let style = self.style(size);
        self.typesetter.widths(text, style)
    }

    /// How far the baseline of a line stands below its top.
    pub fn baseline(&self, size: TypeSize) -> Length {
        self.typesetter.baseline(size.size, size.leading)
    }

    fn style(&self, size: TypeSize) -> TextStyle {
        TextStyle {
            heading: self.in_heading,
            size: size.size,
            underline: self.theme.sizes.underline,
            italics: self.theme.sizes.italics,
            language: self.language,
        }
    }
}

/// How lines end that are aligned and not spread.
fn ends(align: Align) -> Ends {
    if align == Align::Centre { Ends::Balanced } else { Ends::Ragged }
}

/// Keeps the first two and the last two of a paragraph's lines together.
fn keep_ends(strips: &mut [Strip]) {
    let count = strips.len();
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.keep = index + 1 < count && (index == 0 || index + 2 == count);
    }
}

/// A text in bold throughout.
pub(super) fn bold(text: &Text) -> Text {
    let mut bold = Text::default();
    for span in text.spans() {
        let mut style = span.style;
        style.bold = true;
        bold.push(&span.text, style);
    }
    bold
}
