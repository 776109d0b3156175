//! Pictures of questions, from the bank to the PDF.

use std::fs;
use std::path::{Path, PathBuf};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Name, Stream};
use lembar::job::{self, Job, Overrides};
use lembar::record::FileRole;
use lembar::sum::Sum;
use lembar::templates::{self, Templates};

use crate::made::make;

/// The case with pictures, which can be run by hand.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("suite").join("gambar")
}

fn job(overrides: &Overrides) -> Job {
    let source = templates::read(&folder().join("ulangan.toml")).unwrap();
    job::read(source, &folder(), &Templates::default(), overrides).unwrap()
}

#[test]
fn the_same_pictures_give_the_same_bytes() {
    let made = || make(job(&Overrides::default())).documents;
    assert!(made() == made());
}

#[test]
fn a_picture_is_embedded_once_whatever_its_file_is_called() {
    let made = make(job(&Overrides::default()));
    for paper in made.of_role(FileRole::Paper) {
        let pdf = Pdf::new(paper.bytes.clone()).unwrap();
        let of_kind = |kind: &[u8]| {
            let streams = pdf.objects().into_iter().filter_map(|o| o.into_stream());
            let subtype = |stream: &Stream| {
                let name = stream.dict().get::<Name>("Subtype");
                name.is_some_and(|name| &name[..] == kind)
            };
            streams.filter(subtype).count()
        };
        // A photograph, a pattern in two sizes; one map, with the form of its group.
        assert_eq!((of_kind(b"Image"), of_kind(b"Form")), (3, 2));
    }
}

#[test]
fn the_record_knows_the_files_and_the_paper_does_not() {
    let made = make(job(&Overrides::default()));
    let pictures = &made.record.banks[0].pictures;
    let names: Vec<&str> = pictures.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        names,
        ["kotak.png", "lereng.jpg", "map.svg", "peta-lagi.svg", "peta.svg"]
    );
    for file in pictures {
        assert_eq!(file.sha256, Sum::of(&fs::read(folder().join(&file.path)).unwrap()));
    }
    for (variant, record) in
        made.exam.variants.held().iter().zip(made.record.variants.held())
    {
        let paper = serde_json::to_string(&variant.paper).unwrap();
        for file in pictures {
            assert!(
                !paper.contains(&file.path) && !paper.contains(&file.sha256.to_string())
            );
        }
        let shown = |item: &str| {
            let question = record.questions.iter().find(|q| q.item == item).unwrap();
            question.picture.clone().unwrap()
        };
        assert_eq!(shown("arka").path, "peta.svg");
        assert_eq!(shown("arka").alt, "Sebuah garis melalui Arka");
        assert_eq!(shown("uraian").path, "peta-lagi.svg");
        let stimulus = record.stimuli[0].picture.as_ref().unwrap();
        assert_eq!(stimulus.caption, "Lereng gunung pada pagi hari");
    }
}
