//! Pages as they stand on the sheets that come out of the printer.

use crate::layout::{Geometry, Page, Pages};
use crate::length::Length;
use crate::paper::Paper;
use crate::printing::{Imposition, Printing};

/// Puts pages on the sides of sheets of paper, which are pages again.
///
/// A booklet is filled up with empty pages to whole sheets, and so is what is printed on
/// both sides.
pub fn impose(pages: Pages, printing: &Printing, paper: &Paper) -> Pages {
    let Some(first) = pages.pages.first() else { return pages };
    let (width, height) = (first.width, first.height);
    let empty = Page { width, height, marks: Vec::new() };
    let mut single = pages.pages;
    if printing.duplex {
        // The inner margin of a left page is at its right.
        for page in single.iter_mut().skip(1).step_by(2) {
            page.shift(-printing.gutter);
        }
    }
    let whole = match printing.imposition {
        Imposition::Booklet => 4,
        _ => 1,
    };
    single.resize(single.len().next_multiple_of(whole), empty.clone());
    let mut sides = match printing.imposition {
        Imposition::Single => single,
        Imposition::TwoUp => {
            let pairs = single.chunks(2);
            pairs.map(|pair| side(&pair[0], pair.get(1), paper)).collect()
        }
        Imposition::Twice => {
            single.iter().map(|page| side(page, Some(page), paper)).collect()
        }
        Imposition::Booklet => {
            let last = single.len() - 1;
            let pair = |index: usize| match index % 2 {
                0 => side(&single[last - index], Some(&single[index]), paper),
                _ => side(&single[index], Some(&single[last - index]), paper),
            };
            (0..single.len() / 2).map(pair).collect()
        }
    };
    if printing.duplex
        && sides.len() % 2 == 1
        && let Some(last) = sides.last()
    {
        let (width, height) = (last.width, last.height);
        sides.push(Page { width, height, marks: Vec::new() });
    }
    Pages { pages: sides, ..pages }
}

/// Where everything stands once pages are put on sheets, two on each: in the order of pages
/// or each twice.
pub fn impose_geometry(
    geometry: Vec<Geometry>,
    imposition: Imposition,
    paper: &Paper,
) -> Vec<Geometry> {
    let at_right = |mut one: Geometry| {
        one.shift(paper.height / 2);
        one
    };
    match imposition {
        Imposition::Twice => {
            let both = |one: Geometry| [one.clone(), at_right(one)];
            geometry.into_iter().flat_map(both).collect()
        }
        Imposition::TwoUp => {
            let placed = |one: Geometry| {
                let (page, right) = (one.page / 2, one.page % 2 == 1);
                let one = Geometry { page, ..one };
                if right { at_right(one) } else { one }
            };
            geometry.into_iter().map(placed).collect()
        }
        Imposition::Single | Imposition::Booklet => geometry,
    }
}

/// Two pages side by side on paper that is held wide.
fn side(left: &Page, right: Option<&Page>, paper: &Paper) -> Page {
    let mut side =
        Page { width: paper.height, height: paper.width, marks: left.marks.clone() };
    if let Some(right) = right {
        let mut right = right.clone();
        right.shift(paper.height / 2);
        side.marks.append(&mut right.marks);
    }
    side
}

impl Page {
    fn shift(&mut self, by: Length) {
        for mark in &mut self.marks {
            mark.shift(by, Length::ZERO);
        }
    }
}
