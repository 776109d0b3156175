//! How blocks stand in columns, how space grows, and what stands behind a page.

use super::*;
use crate::space::{Extent, Ruling, Space};

/// Lays blocks out in a number of columns, but the first and last one across the page.
fn in_columns(blocks: Vec<Block>, count: usize, width: i32, height: i32) -> Vec<Page> {
    let mut theme = theme();
    theme.columns.count = count;
    let columns = std::iter::once(1..blocks.len() - 1).collect();
    let sheet = Sheet { columns, ..sheet(blocks) };
    lay_out(&sheet, &theme, &paper(width, height), &mut typesetter()).unwrap().pages
}

fn tasks(count: usize, seed: usize) -> Vec<Block> {
    let task = |number: usize| {
        let stem = "Some words of a text. ".repeat((number * 7 + seed) % 11 + 1);
        hanging(&format!("{number}."), vec![paragraph(&stem), options(&["a", "b", "c"])])
    };
    let mut blocks = vec![heading("A heading")];
    blocks.extend((1..=count).map(task));
    blocks.push(paragraph("The end."));
    blocks
}

/// The left edges at which blocks of a page start, and the lowest words of each.
fn feet(page: &Page, blocks: std::ops::Range<u32>) -> Vec<(Length, Length)> {
    let mut feet: Vec<(Length, Length)> = Vec::new();
    for block in blocks {
        let mine = page.marks.iter().filter(|mark| mark.block == Some(block));
        let words = mine.filter_map(|mark| match &mark.shape {
            Shape::Glyphs { at, .. } => Some(*at),
            _ => None,
        });
        let words: Vec<Point> = words.collect();
        let Some(left) = words.iter().map(|at| at.x).min() else { continue };
        let foot = words.iter().map(|at| at.y).max().unwrap();
        match feet.iter_mut().find(|(x, _)| (*x - left).0.abs() < 20_000) {
            Some((_, lowest)) => *lowest = (*lowest).max(foot),
            None => feet.push((left, foot)),
        }
    }
    feet
}

#[test]
fn columns_end_at_about_the_same_height() {
    // No column is deeper than another one by more than the tallest block.
    for seed in 0..40 {
        let blocks = tasks(6 + seed % 9, seed);
        let last = blocks.len() as u32 - 1;
        let pages = in_columns(blocks, 2, 500, 2000);
        assert_eq!(pages.len(), 1);
        let feet = feet(&pages[0], 1..last);
        assert_eq!(feet.len(), 2, "seed {seed}");
        let tallest = Length::pt(150);
        assert!((feet[0].1 - feet[1].1).0.abs() <= tallest.0, "seed {seed}: {feet:?}");
        // What follows stands below both.
        let end = words(&pages[0]).last().unwrap().2;
        assert!(feet.iter().all(|(_, foot)| *foot < end.y), "seed {seed}");
    }
}

#[test]
fn columns_are_balanced_as_well_as_they_can_be() {
    let heights = [1usize, 4, 2, 6, 3, 3, 5, 2, 7, 1];
    let blocks = |lines: &[usize]| {
        let mut blocks = vec![paragraph("First.")];
        let text = |lines: &usize| vec!["0"; *lines].join("\n");
        blocks.extend(lines.iter().map(|l| hanging("", vec![paragraph(&text(l))])));
        blocks.push(paragraph("Last."));
        blocks
    };
    for count in 2..=heights.len() {
        let lines = &heights[..count];
        // The best of all ways to part them in two, by trying each.
        let gap = theme().gaps.hanging;
        let line = theme().sizes.body.leading;
        let height = |part: &[usize]| -> Length {
            let lines = line * part.iter().sum::<usize>() as i32;
            lines + gap * (part.len() as i32 - 1)
        };
        let ways = 1..count;
        let best = ways.map(|at| height(&lines[..at]).max(height(&lines[at..]))).min();
        let pages = in_columns(blocks(lines), 2, 500, 2000);
        let first = words(&pages[0]);
        let (top, last) = (first[0].2.y, first.last().unwrap().2.y);
        let between = last - top - line - theme().gaps.hanging - theme().gaps.paragraph;
        assert_eq!(Some(between), best, "{count}");
    }
}

#[test]
fn no_block_is_split_between_columns_or_pages() {
    for seed in 0..60 {
        let blocks = tasks(25, seed);
        let last = blocks.len() as u32 - 1;
        for count in [2, 3] {
            let pages = in_columns(blocks.clone(), count, 600, 380 + 9 * seed as i32);
            for block in 1..last {
                let on = pages_of(&pages, block);
                assert_eq!(on.len(), 1, "seed {seed}, block {block}");
                let feet = feet(&pages[on[0]], block..block + 1);
                assert_eq!(feet.len(), 1, "seed {seed}, block {block}: {feet:?}");
            }
            assert_eq!(pages_of(&pages, 0)[..1], pages_of(&pages, 1)[..1]);
            assert!(pages.iter().all(is_inside), "seed {seed}");
            // A page ends only where its next block would not have fitted anywhere.
            let texts: usize = pages.iter().map(|page| page.marks.len()).sum();
            assert!(texts > 25);
        }
    }
}

fn space(ruling: Ruling, extent: Extent) -> Block {
    Block::Space(Space { ruling, extent })
}

fn fills(page: &Page) -> Vec<crate::length::Rect> {
    let fill = |mark: &Mark| match mark.shape {
        Shape::Fill(area) => Some(area),
        _ => None,
    };
    page.marks.iter().filter_map(fill).collect()
}

#[test]
fn a_space_is_as_tall_as_it_says() {
    let theme = theme();
    let lines =
        |extent| fills(&laid(vec![space(Ruling::Lines, extent)], 400, 800)[0]).len();
    assert_eq!(lines(Extent::Lines(7)), 7);
    let height = theme.space.pitch * 5 + theme.space.pitch / 2;
    assert_eq!(lines(Extent::Height(height)), 5, "whole lines only");
    let boxed = laid(vec![space(Ruling::Box, Extent::Height(Length::pt(100)))], 400, 800);
    let sides = fills(&boxed[0]);
    assert_eq!(sides.len(), 4);
    assert_eq!(sides[2].height, Length::pt(100));
    let squares =
        laid(vec![space(Ruling::Squares, Extent::Height(Length::pt(100)))], 400, 800);
    let upright = fills(&squares[0]).iter().filter(|a| a.height > a.width).count();
    let level = fills(&squares[0]).len() - upright;
    // 297.4 pt and 99.5 pt hold 20 and 7 squares of 5 mm, which is 14.173 pt.
    assert_eq!((upright, level), (21, 8));
    let blank =
        laid(vec![space(Ruling::Blank, Extent::Lines(3)), paragraph("x")], 400, 800);
    let below = words(&blank[0])[0].2.y;
    assert!(below > theme.margins.top + theme.space.pitch * 3);
}

#[test]
fn spaces_share_what_a_page_leaves() {
    let essay = |number: &str| {
        let rest = space(Ruling::Box, Extent::Rest);
        hanging(number, vec![paragraph("Explain."), rest])
    };
    let blocks = vec![essay("1."), essay("2."), paragraph("The end.")];
    let pages = laid(blocks, 400, 800);
    assert_eq!(pages.len(), 1);
    let heights: Vec<Length> = fills(&pages[0])
        .iter()
        .filter(|area| area.height > area.width)
        .map(|area| area.height)
        .collect();
    assert_eq!(heights.len(), 4);
    assert!(heights.iter().all(|height| *height == heights[0]), "{heights:?}");
    let end = words(&pages[0]).last().unwrap().2.y;
    let bottom = pages[0].height - theme().margins.bottom;
    assert!(bottom - end < theme().sizes.body.leading, "the page is full");
    assert!(is_inside(&pages[0]));
}

#[test]
fn a_watermark_stands_across_every_page_behind_everything_else() {
    let blocks = vec![paragraph(&"words ".repeat(400)); 3];
    let marked = Sheet { watermark: Some("RAHASIA".into()), ..sheet(blocks) };
    let pages = lay_out(&marked, &theme(), &paper(400, 500), &mut typesetter()).unwrap();
    assert!(pages.pages.len() > 1);
    for page in &pages.pages {
        let Shape::Watermark { at, towards, run, .. } = &page.marks[0].shape else {
            panic!("{:?}", page.marks[0])
        };
        assert_eq!(run.text, "RAHASIA");
        // It starts at the lower left, leads to the upper right, and ends on the page.
        assert!(at.x < page.width / 2 && at.y > page.height / 2);
        let way = f64::from(towards.x.0).hypot(f64::from(towards.y.0));
        let end =
            f64::from(at.x.0) + f64::from(run.width.0) * f64::from(towards.x.0) / way;
        let (middle, half) =
            ((f64::from(at.x.0) + end) / 2.0, f64::from(page.width.0) / 2.0);
        assert!(towards.y < Length::ZERO && end < f64::from(page.width.0));
        assert!((middle - half).abs() < 40_000.0, "{middle} {half}");
    }
}

#[test]
fn a_sheet_measures_as_many_pages_as_it_gets() {
    for seed in 0..30 {
        let sheet = sheet(tasks(30, seed));
        let (theme, paper) = (theme(), paper(400, 400 + 11 * seed as i32));
        let mut typesetter = typesetter();
        let (pages, least) = measure(&sheet, &theme, &paper, &mut typesetter).unwrap();
        let laid = lay_out(&sheet, &theme, &paper, &mut typesetter).unwrap();
        assert_eq!(pages, laid.pages.len());
        assert!(least <= pages && pages <= least + 2, "{least} {pages}");
    }
}
