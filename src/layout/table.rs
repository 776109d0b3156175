//! Tables: ruled cells or bare columns, with the head repeated on every page.

use std::ops::Range;
use std::sync::Arc;

use crate::layout::Role;
use crate::layout::columns::{Demand, divide, least};
use crate::layout::stack::{Compositor, Misfit, Setting, Strip, bold};
use crate::length::Length;
use crate::paper::Paper;
use crate::sheet::{Align, Column, Table};
use crate::text::Text;
use crate::theme::{Theme, TypeSize};

/// The smallest type that a table or a footer is set in to keep its words whole.
const SMALLEST: Length = Length::pt(7);

/// Where the columns of a table stand.
struct Grid<'a> {
    columns: &'a [Column],
    /// The left edges of the columns' words.
    lefts: Vec<Length>,
    /// The widths of the columns' words.
    widths: Vec<Length>,
    /// The widths of the widest cells of columns with numbers.
    widest: Vec<Length>,
    /// The left edges of the upright rules.
    rules: Vec<Length>,
    /// The thickness of the rules.
    rule: Length,
    size: TypeSize,
}

impl Grid<'_> {
    /// Draws a level rule through all columns, if the table is ruled.
    fn draw_level(&self, strip: &mut Strip, y: Length) {
        if let (Some(&left), Some(&right)) = (self.rules.first(), self.rules.last()) {
            strip.fill(left, y, right + self.rule - left, self.rule);
        }
    }

    /// Draws the upright rules from the top of a strip to its foot.
    fn draw_uprights(&self, strip: &mut Strip) {
        for &x in &self.rules {
            strip.fill(x, Length::ZERO, self.rule, strip.height);
        }
    }
}

/// How many ruled columns of small type, each of so many characters, stand beside a text that
/// takes two fifths of the width of a page; at least one.
pub fn columns_beside_text(theme: &Theme, paper: &Paper, characters: usize) -> usize {
    let Theme { margins, sizes, table, .. } = theme;
    let room = (paper.width - margins.left - margins.right) * 3 / 5;
    // Digits and most capitals are narrower than three quarters of the size.
    let word = sizes.small.size * 3 / 4 * characters as i32;
    let column = word + table.across * 2 + table.rule;
    (room.0 / column.0.max(1)).max(1) as usize
}

/// The lines of each cell of a row.
type Cells = Vec<Vec<Strip>>;

impl Compositor<'_> {
    /// Sets a table.
    pub fn table(&mut self, table: &Table, width: Length) -> Vec<Strip> {
        let grid = self.grid_of(table, width);
        let top = self.head(table, &grid);
        // A head that would fill most of a page is not repeated.
        let head = (!top.is_empty()).then(|| Strip::join(top.clone()));
        let head = head.filter(|head| head.height * 2 <= self.page);
        let room = self.page - head.as_ref().map_or(Length::ZERO, |head| head.height);
        let mut strips = head.clone().map_or(top, |head| vec![head]);
        let head = head.map(as_artifact).map(Arc::new);
        for (index, row) in table.rows.iter().enumerate() {
            let cells = self.cells(&grid, &row.cells, false);
            let kept = if index == 0 { self.kept } else { Length::ZERO };
            let mut row_strips = self.row(&grid, &cells, room - kept);
            for strip in &mut row_strips {
                strip.head.clone_from(&head);
            }
            if let Some(last) = row_strips.last_mut() {
                last.keep = row.keep && index + 1 < table.rows.len();
            }
            strips.append(&mut row_strips);
        }
        if head.is_some() && strips.len() > 1 {
            let first = Strip::join(strips.drain(..2).collect());
            strips.insert(0, first);
        }
        if table.together { self.whole(strips) } else { strips }
    }

    /// Finds the widths of the columns. Where the longest words do not fit side by side,
    /// the table is set in smaller type.
    fn grid_of<'t>(&mut self, table: &'t Table, width: Length) -> Grid<'t> {
        let (sizes, theme) = (&self.theme.sizes, &self.theme.table);
        let mut size = if table.small { sizes.small } else { sizes.body };
        // A column's share of the width holds its words, what stands left of them, and
        // what stands right of them up to the next column.
        let (before, around, total) = match table.ruled {
            true => {
                let before = theme.rule + theme.across;
                (before, before + theme.across, width - theme.rule)
            }
            false => (Length::ZERO, theme.column, width + theme.column),
        };
        let mut demands = self.demands(table, size, around);
        if least(&demands) > total {
            let around_all = around * table.columns.len() as i32;
            let words = least(&demands) - around_all;
            size = shrunk(size, words, total - around_all);
            demands = self.demands(table, size, around);
        }
        let columns = divide(&demands, total);
        let widest = (0..table.columns.len()).map(|index| {
            let units = table.columns[index].align == Align::Units;
            let cells = table.rows.iter().filter(|_| units);
            let cells = cells.filter_map(|row| row.cells.get(index));
            cells.map(|text| self.widths(text, size).natural).max().unwrap_or_default()
        });
        let widest = widest.collect();
        // A column holds at least a letter.
        let cut = |(demand, &column): (&Demand, &Length)| {
            column < demand.least && column - around < size.size
        };
        if demands.iter().zip(&columns).any(cut) {
            self.misfit = Some(Misfit::Table);
        }
        let mut grid = Grid {
            columns: &table.columns,
            lefts: Vec::new(),
            widths: columns.iter().map(|&column| column - around).collect(),
            widest,
            rules: Vec::new(),
            rule: theme.rule,
            size,
        };
        let mut x = Length::ZERO;
        for column in columns {
            grid.lefts.push(x + before);
            grid.rules.push(x);
            x += column;
        }
        grid.rules.push(x);
        if !table.ruled {
            grid.rules.clear();
        }
        grid
    }

    /// How wide the columns would be.
    fn demands(&mut self, table: &Table, size: TypeSize, around: Length) -> Vec<Demand> {
        let columns = 0..table.columns.len();
        columns.map(|index| self.demand(table, index, size, around)).collect()
    }

    /// How wide a column would be, with what stands around its words.
    fn demand(
        &mut self,
        table: &Table,
        index: usize,
        size: TypeSize,
        around: Length,
    ) -> Demand {
        let width = table.columns[index].width;
        let mut demand = Demand { least: Length::ZERO, natural: Length::ZERO, width };
        let head = table.head.get(index).map(bold);
        let cells = table.rows.iter().filter_map(|row| row.cells.get(index));
        for text in head.iter().chain(cells) {
            let widths = self.widths(text, size);
            demand.least = demand.least.max(widths.narrowest);
            demand.natural = demand.natural.max(widths.natural);
        }
        demand.least += around;
        demand.natural += around;
        demand
    }

    /// Sets what stands above the first row; it keeps with that.
    fn head(&mut self, table: &Table, grid: &Grid) -> Vec<Strip> {
        let mut strips = Vec::new();
        if table.ruled {
            let mut top = Strip { height: grid.rule, ..Strip::default() };
            grid.draw_level(&mut top, Length::ZERO);
            strips.push(top);
        }
        if !table.head.is_empty() {
            let cells = self.cells(grid, &table.head, true);
            strips.append(&mut self.row(grid, &cells, self.page));
        }
        strips.iter_mut().for_each(|strip| strip.keep = true);
        strips
    }

    /// Sets the words of a row's cells.
    fn cells(&mut self, grid: &Grid, cells: &[Text], head: bool) -> Cells {
        let set = |(index, text): (usize, &Text)| {
            let (left, mut width) = (grid.lefts[index], grid.widths[index]);
            let centred = head && !grid.rules.is_empty();
            let align = if centred { Align::Centre } else { grid.columns[index].align };
            if align == Align::Units {
                width -= (width - grid.widest[index]).max(Length::ZERO) / 2;
            }
            let setting = Setting { size: grid.size, width, align, role: Role::Cell };
            let mut lines = match head {
                true => self.text(&bold(text), setting),
                false => self.text(text, setting),
            };
            lines.iter_mut().for_each(|line| line.shift(left, Length::ZERO));
            lines
        };
        cells.iter().enumerate().map(set).collect()
    }

    /// Makes one strip of a row, or a strip of each line if the row is taller than the
    /// room that it may have.
    fn row(&self, grid: &Grid, cells: &Cells, room: Length) -> Vec<Strip> {
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
        let row = self.part_of_row(grid, cells, 0..lines, lines);
        if row.height <= room {
            return vec![row];
        }
        let part = |line| self.part_of_row(grid, cells, line..line + 1, lines);
        (0..lines).map(part).collect()
    }

    /// Makes a strip of some lines of a row, cell by cell.
    fn part_of_row(
        &self,
        grid: &Grid,
        cells: &Cells,
        part: Range<usize>,
        lines: usize,
    ) -> Strip {
        let theme = &self.theme.table;
        let (above, below) = match grid.rules.is_empty() {
            true => (Length::ZERO, theme.row),
            false => (theme.down, theme.down + grid.rule),
        };
        let top = if part.start == 0 { above } else { Length::ZERO };
        // Lines of cells side by side stand on one baseline.
        let mut height = top;
        let mut baselines = Vec::new();
        for number in part.clone() {
            let lines = cells.iter().filter_map(|cell| cell.get(number));
            let reach = |line: &Strip| line.baseline.map(|at| (at, line.height - at));
            let (above, below) = lines.filter_map(reach).fold(
                (self.baseline(grid.size), grid.size.leading - self.baseline(grid.size)),
                |most, line| (most.0.max(line.0), most.1.max(line.1)),
            );
            baselines.push(height + above);
            height += above + below;
        }
        let baseline = baselines.first().copied();
        let mut strip = Strip { baseline, height, ..Strip::default() };
        for cell in cells {
            let shown = cell.iter().skip(part.start).take(part.len());
            for (line, baseline) in shown.zip(&baselines) {
                let mut line = line.clone();
                let rise = *baseline - line.baseline.unwrap_or_default();
                line.shift(Length::ZERO, rise);
                strip.marks.append(&mut line.marks);
            }
        }
        if part.end == lines {
            strip.height += below;
        }
        grid.draw_uprights(&mut strip);
        if part.end == lines {
            let foot = strip.height - grid.rule;
            grid.draw_level(&mut strip, foot);
        }
        strip
    }
}

/// The type in which words of a width take at most another, or the smallest that there is.
pub(super) fn shrunk(size: TypeSize, words: Length, room: Length) -> TypeSize {
    // Every glyph's width is rounded.
    let fitting = size.size.scale(room.0.into(), words.0.max(1).into()) - Length(100);
    let smaller = fitting.max(SMALLEST).min(size.size);
    let leading = size.leading.scale(smaller.0.into(), size.size.0.into());
    TypeSize { size: smaller, leading }
}

/// What is repeated on a page is not read again.
fn as_artifact(mut strip: Strip) -> Strip {
    for mark in &mut strip.marks {
        mark.role = Role::Artifact;
    }
    strip
}
