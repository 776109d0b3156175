//! Squares of puzzles: empty or with letters, numbered in a corner, words ringed.

use crate::layout::stack::{Compositor, Setting, Strip};
use crate::layout::{Mark, Role, Shape};
use crate::length::{Length, Point};
use crate::sheet::{Align, Ring, Square, Squares};
use crate::text::Text;
use crate::theme::TypeSize;

/// The side of a square to write in and that of one without rules, in lines of running
/// text, as fractions.
const RULED: (i64, i64) = (7, 4);
const BARE: (i64, i64) = (3, 2);

/// The smallest type of a number in a corner.
const SMALLEST: Length = Length::pt(5);

/// A sixteenth of a turn after the other from the right downwards, in thousandths of a
/// radius.
const COSINES: [i64; 16] =
    [1000, 924, 707, 383, 0, -383, -707, -924, -1000, -924, -707, -383, 0, 383, 707, 924];

impl Compositor<'_> {
    /// Sets squares in the middle of their column. They stand on one page, and are smaller
    /// where they would not fit otherwise.
    pub fn squares(&mut self, squares: &Squares, width: Length) -> Vec<Strip> {
        let rows = squares.rows.len();
        let columns = squares.rows.iter().map(Vec::len).max().unwrap_or_default();
        if rows == 0 || columns == 0 {
            return Vec::new();
        }
        let rule = self.theme.table.rule;
        let leading = self.theme.sizes.body.leading;
        let (numerator, denominator) = if squares.ruled { RULED } else { BARE };
        let side = leading
            .scale(numerator, denominator)
            .min((width - rule) / columns as i32)
            .min((self.page - self.kept - rule) / rows as i32);
        let left = (width - side * columns as i32 - rule) / 2;
        let mut strip = Strip { height: side * rows as i32 + rule, ..Strip::default() };
        for (index, row) in squares.rows.iter().enumerate() {
            for (column, square) in row.iter().enumerate() {
                let Some(square) = square else { continue };
                let at = Point { x: left + side * column as i32, y: side * index as i32 };
                self.square(&mut strip, square, at, side);
            }
        }
        if squares.ruled {
            rules(&mut strip, squares, left, side, rule);
            for (row, start, count) in enclosed(squares) {
                let (x, y) = (left + side * start as i32, side * row as i32);
                strip.fill(x, y, side * count as i32 + rule, side + rule);
            }
        }
        for ring in &squares.rings {
            strip.marks.push(outline(*ring, left, side, rule));
        }
        vec![strip]
    }

    /// Sets what stands in a square.
    fn square(&mut self, strip: &mut Strip, square: &Square, at: Point, side: Length) {
        let rule = self.theme.table.rule;
        if !square.number.is_empty() {
            let size = side.scale(3, 10).max(SMALLEST);
            let size = TypeSize { size, leading: size };
            let inset = rule * 2;
            let width = side - inset;
            let setting = Setting { size, width, align: Align::Left, role: Role::Label };
            self.write(strip, &square.number, setting, at.x + inset, at.y + inset / 2);
        }
        if !square.letter.is_empty() {
            let body = self.theme.sizes.body;
            let size = body.size.min(side.scale(3, 5));
            // Below its number, if it has one.
            let down = if square.number.is_empty() { 0 } else { 1 };
            let top = side.scale(down, 8);
            let setting = Setting {
                size: TypeSize { size, leading: side },
                width: side,
                align: Align::Centre,
                role: Role::Cell,
            };
            self.write(strip, &square.letter, setting, at.x, at.y + top);
        }
    }

    fn write(
        &mut self,
        strip: &mut Strip,
        text: &Text,
        setting: Setting,
        x: Length,
        y: Length,
    ) {
        for mut line in self.text(text, setting).into_iter().take(1) {
            line.shift(x, y);
            strip.marks.append(&mut line.marks);
        }
    }
}

/// Draws the rules around all squares, each stretch of them once.
fn rules(strip: &mut Strip, squares: &Squares, left: Length, side: Length, rule: Length) {
    let rows = squares.rows.len();
    let columns = squares.rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_square = |row: Option<usize>, column: Option<usize>| {
        let square = row.zip(column);
        square.is_some_and(|(row, column)| {
            let row = squares.rows.get(row);
            row.and_then(|row| row.get(column)).is_some_and(Option::is_some)
        })
    };
    for row in 0..=rows {
        let beside = |column| {
            is_square(row.checked_sub(1), Some(column))
                || is_square(Some(row), Some(column))
        };
        for (start, count) in stretches(columns, beside) {
            let x = left + side * start as i32;
            strip.fill(x, side * row as i32, side * count as i32 + rule, rule);
        }
    }
    for column in 0..=columns {
        let beside = |row| {
            is_square(Some(row), column.checked_sub(1))
                || is_square(Some(row), Some(column))
        };
        for (start, count) in stretches(rows, beside) {
            let x = left + side * column as i32;
            strip.fill(x, side * start as i32, rule, side * count as i32 + rule);
        }
    }
}

/// The gaps that squares enclose on all sides: row, first column, and how many. Left white
/// between the rules of those, they would pass for squares to write in.
fn enclosed(squares: &Squares) -> Vec<(usize, usize, usize)> {
    let rows = squares.rows.len();
    let columns = squares.rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_gap = |row: usize, column: usize| {
        squares.rows[row].get(column).is_none_or(Option::is_none)
    };
    let mut open = vec![vec![false; columns]; rows];
    let border = |row: usize, column: usize| {
        row == 0 || column == 0 || row + 1 == rows || column + 1 == columns
    };
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let mut reached: Vec<(usize, usize)> =
        all.filter(|&(row, column)| border(row, column)).collect();
    while let Some((row, column)) = reached.pop() {
        if row >= rows || column >= columns || open[row][column] || !is_gap(row, column) {
            continue;
        }
        open[row][column] = true;
        // Where there is none before the first, there is none at that number either.
        let before = [(row.wrapping_sub(1), column), (row, column.wrapping_sub(1))];
        reached.extend(before.into_iter().chain([(row + 1, column), (row, column + 1)]));
    }
    let in_row = |row: usize| {
        let is_in = |column| is_gap(row, column) && !open[row][column];
        let found = stretches(columns, is_in).into_iter();
        found.map(|(start, count)| (row, start, count)).collect::<Vec<_>>()
    };
    (0..rows).flat_map(in_row).collect()
}

/// The stretches of numbers below a bound that fulfil something: first, and how many.
fn stretches(bound: usize, is_in: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for number in (0..bound).filter(|&number| is_in(number)) {
        match stretches.last_mut() {
            Some((start, count)) if *start + *count == number => *count += 1,
            _ => stretches.push((number, 1)),
        }
    }
    stretches
}

/// A ring around squares in a row: two half circles and what joins them.
fn outline(ring: Ring, left: Length, side: Length, rule: Length) -> Mark {
    let centre = |(row, column): (usize, usize)| Point {
        x: left + side * column as i32 + side / 2,
        y: side * row as i32 + side / 2,
    };
    let (first, last) = (centre(ring.first), centre(ring.last));
    let heading = match ((last.x - first.x).0.signum(), (last.y - first.y).0.signum()) {
        (1, 1) => 2,
        (0, 1) => 4,
        (-1, 1) => 6,
        (-1, 0) => 8,
        (-1, -1) => 10,
        (0, -1) => 12,
        (1, -1) => 14,
        _ => 0,
    };
    let radius = side.scale(2, 5);
    let half = |centre: Point, from: usize| {
        (from..=from + 8).map(move |step| Point {
            x: centre.x + radius.scale(COSINES[step % 16], 1000),
            y: centre.y + radius.scale(COSINES[(step + 12) % 16], 1000),
        })
    };
    let points = half(last, heading + 12).chain(half(first, heading + 4)).collect();
    let shape = Shape::Outline { points, rule };
    Mark { block: None, role: Role::Artifact, shape }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_enclosed_that_nothing_leads_out_of() {
        let rows = ["#####", "#..#.", "#.###", "###.."];
        let square = |char| (char == '#').then(Square::default);
        let rows = rows.iter().map(|row| row.chars().map(square).collect()).collect();
        let squares = Squares { rows, ruled: true, rings: Vec::new() };
        assert_eq!(enclosed(&squares), [(1, 1, 2), (2, 1, 1)]);
    }
}
