//! Forms: operators that a document holds once and its pages show wherever they recur.

use crate::length::Length;

use super::content::Pen;
use super::fonts::Face;
use super::pictures::Pictures;
use super::pieces::{Group, Pieces, Places};

/// How many bytes of operators take as much room in a file, once they are packed, as all
/// that is said of a form besides its own.
const COST: usize = 300;

/// How many bytes of operators show a form.
const CALL: usize = 40;

/// The forms of a document.
pub(super) struct Forms<'a> {
    pieces: &'a Pieces,
    faces: &'a [Face<'a>],
    pictures: &'a Pictures<'a>,
    /// The forms, each at the index of the piece that it starts with.
    forms: Vec<Option<Form>>,
}

/// A form.
pub(super) struct Form {
    /// Its name in operators.
    pub name: String,
    /// What it draws, measured from the place of its first piece.
    pub operators: Vec<u8>,
    /// How many pieces it stands for.
    count: usize,
}

impl<'a> Forms<'a> {
    /// Makes forms of what recurs and is long enough.
    pub fn collect(
        pieces: &'a Pieces,
        faces: &'a [Face<'a>],
        pictures: &'a Pictures<'a>,
    ) -> Forms<'a> {
        let mut all = Forms { pieces, faces, pictures, forms: Vec::new() };
        for (index, group) in pieces.groups().into_iter().enumerate() {
            let recurs = group.filter(|group| group.count > 1);
            let form = recurs.and_then(|group| all.form(index, &group));
            all.forms.push(form);
        }
        all
    }

    /// The form of a group, if it saves more than it costs.
    fn form(&self, index: usize, group: &Group) -> Option<Form> {
        let mut pen = self.pen(Length::ZERO);
        let shapes = group.places.iter().filter_map(|&place| self.pieces.shape(place));
        shapes.for_each(|shape| pen.shape(&shape));
        let operators = pen.finish();
        let saved = operators.len().saturating_sub(CALL) * (group.count as usize - 1);
        let form = || Form { name: name(index), operators, count: group.places.len() };
        (saved > COST).then(form)
    }

    /// The forms, in the order of their first use.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.forms.iter().flatten()
    }

    /// The operators that draw a page.
    pub fn page(&self, page: &Places) -> Vec<u8> {
        let mut pen = self.pen(page.height);
        let mut rest = &page.places[..];
        while let Some(&(piece, at)) = rest.first() {
            let count = match &self.forms[piece as usize] {
                Some(form) => {
                    pen.form(at, &form.name);
                    form.count
                }
                None => {
                    let shape = self.pieces.shape((piece, at));
                    shape.iter().for_each(|shape| pen.shape(shape));
                    1
                }
            };
            rest = &rest[count..];
        }
        pen.finish()
    }

    fn pen(&self, height: Length) -> Pen<'a> {
        Pen::new(height, self.faces, self.pictures)
    }
}

fn name(index: usize) -> String {
    format!("X{index}")
}
