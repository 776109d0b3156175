//! How pages stand on the sheets that come out of the printer.

use super::*;
use crate::printing::{Imposition, Printing};

/// Pages of half a paper that say their numbers, put on sheets of that paper; what each
/// side says, and where its words start.
fn sides(count: usize, printing: Printing) -> Vec<Vec<(String, Length)>> {
    let paper = paper(400, 600);
    let page = printing.page(&paper);
    let mut pages = Pages {
        title: String::new(),
        language: crate::language::Language::Id,
        pages: Vec::new(),
        bookmarks: Vec::new(),
    };
    for number in 1..=count {
        let sheet = sheet(vec![paragraph(&number.to_string())]);
        let laid = lay_out(&sheet, &theme(), &page, &mut typesetter()).unwrap();
        pages.pages.extend(laid.pages);
    }
    let imposed = impose(pages, &printing, &paper);
    let said = |page: &Page| {
        match printing.imposition {
            Imposition::Single => {
                assert_eq!((page.width, page.height), (paper.width, paper.height))
            }
            _ => assert_eq!((page.width, page.height), (paper.height, paper.width)),
        }
        words(page).into_iter().map(|(_, text, at)| (text.to_string(), at.x)).collect()
    };
    imposed.pages.iter().map(said).collect()
}

fn numbers(count: usize, imposition: Imposition, duplex: bool) -> Vec<String> {
    let printing = Printing { imposition, duplex, ..Printing::default() };
    let numbers = |side: Vec<(String, Length)>| {
        let middle = Length::pt(300);
        let part = |right: bool| {
            let mine = side.iter().filter(|(_, x)| (*x > middle) == right);
            mine.map(|(number, _)| number.as_str()).collect::<Vec<_>>().concat()
        };
        format!("{}|{}", part(false), part(true))
    };
    sides(count, printing).into_iter().map(numbers).collect()
}

#[test]
fn two_pages_stand_on_each_side() {
    assert_eq!(numbers(3, Imposition::TwoUp, false), ["1|2", "3|"]);
    assert_eq!(numbers(5, Imposition::TwoUp, true), ["1|2", "3|4", "5|", "|"]);
}

#[test]
fn a_page_stands_twice_to_be_cut_apart() {
    assert_eq!(numbers(2, Imposition::Twice, false), ["1|1", "2|2"]);
    assert_eq!(numbers(1, Imposition::Twice, true), ["1|1", "|"]);
}

#[test]
fn a_booklet_can_be_folded() {
    assert_eq!(numbers(4, Imposition::Booklet, true), ["4|1", "2|3"]);
    assert_eq!(numbers(6, Imposition::Booklet, true), ["|1", "2|", "6|3", "4|5"]);
    assert_eq!(numbers(1, Imposition::Booklet, false), ["|1", "|"]);
    for count in 1..20 {
        // Folded, every leaf has a page in front and the next one behind it.
        let sides = numbers(count, Imposition::Booklet, true);
        assert_eq!(sides.len() % 2, 0);
        let leaf = |sheet: &[String], right: bool| {
            let (front, back) = (sheet[0].split_once('|'), sheet[1].split_once('|'));
            let (front, back) = (front.unwrap(), back.unwrap());
            let pair = if right { (front.1, back.0) } else { (back.1, front.0) };
            (pair.0.to_string(), pair.1.to_string())
        };
        let mut read: Vec<(String, String)> =
            sides.chunks(2).map(|sheet| leaf(sheet, true)).collect();
        read.extend(sides.chunks(2).rev().map(|sheet| leaf(sheet, false)));
        let read: String = read.into_iter().map(|(front, back)| front + &back).collect();
        assert_eq!(
            read,
            (1..=count).map(|number| number.to_string()).collect::<String>()
        );
    }
}

#[test]
fn a_paper_printed_on_both_sides_ends_with_its_sheet() {
    assert_eq!(sides(3, Printing { duplex: true, ..Printing::default() }).len(), 4);
    assert_eq!(sides(4, Printing { duplex: true, ..Printing::default() }).len(), 4);
    assert_eq!(sides(3, Printing::default()).len(), 3);
}

#[test]
fn the_gutter_is_where_sheets_are_bound() {
    let gutter = Length::mm(10);
    let starts = |duplex| -> Vec<Length> {
        let printing = Printing { duplex, gutter, ..Printing::default() };
        sides(4, printing).iter().map(|side| side[0].1).collect()
    };
    let left = theme().margins.left;
    assert_eq!(starts(false), [left; 4]);
    assert_eq!(starts(true), [left, left - gutter, left, left - gutter]);
}

#[test]
fn documents_in_one_file_have_bookmarks() {
    let document = |title: &str, count| {
        let blocks = vec![paragraph(&"words ".repeat(count))];
        let sheet = Sheet { title: title.to_string(), ..sheet(blocks) };
        lay_out(&sheet, &theme(), &paper(400, 400), &mut typesetter()).unwrap()
    };
    let mut all = Pages { pages: Vec::new(), ..document("All", 1) };
    let lengths: Vec<usize> = ["A", "B", "C"]
        .into_iter()
        .map(|title| {
            let document = document(title, 900);
            let length = document.pages.len();
            all.append(document);
            length
        })
        .collect();
    assert!(lengths[0] > 1);
    let starts = [0, lengths[0], lengths[0] + lengths[1]];
    let expected: Vec<(String, usize)> =
        ["A", "B", "C"].map(String::from).into_iter().zip(starts).collect();
    assert_eq!(all.bookmarks, expected);
}
