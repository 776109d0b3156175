//! Answer sheets and key overlays, read back from their PDFs: every bubble stands where the
//! record says, codes can be read, and overlays show what is right in the right places.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use hayro_interpret::kurbo::{BezPath, PathEl, Rect, Shape};
use lembar::Format;
use lembar::job::Overrides;
use lembar::record::{GeometryRecord, Place, Record, TargetRecord, VariantRecord};
use lembar::role::FileRole;
use lembar::verify::{Claim, Verifier};

use crate::made::{Made, built_in, job, make};
use crate::pdf::seen::{Page, pages_with_bubbles};

/// How many points a millimetre has.
const MM: f64 = 72.0 / 25.4;

/// A hundredth of a millimetre, in points.
const HUNDREDTH: f64 = MM / 100.0;

/// How answer sheets may be asked for: form, size, paper, questions and options.
const KINDS: [(&str, &str, &str, usize, usize); 6] = [
    ("bubble", "full", "a4", 100, 4),
    ("bubble", "full", "f4", 80, 5),
    ("bubble", "half", "a4", 30, 4),
    ("bubble", "half", "f4", 10, 5),
    ("crossing", "full", "a4", 50, 5),
    ("crossing", "half", "f4", 40, 4),
];

fn blueprint(form: &str, size: &str, more: &str, sections: &str) -> String {
    format!(
        "title = \"SUMATIF\"\nbanks = [\"kerja-sama-internasional\"]\nseed = 4711\n{more}\n\
         [documents]\npaper = false\nkey = false\nkey-matrix = false\nattendance = false\n\
         key-overlay = true\nanswer-sheet = {{ form = \"{form}\", size = \"{size}\" }}\n\
         {sections}"
    )
}

fn multiple_choice(count: usize, options: usize) -> String {
    let head = "[[section]]\ntype = \"multiple-choice\"\n";
    format!("{head}count = {count}\noptions = {options}\n")
}

fn made(blueprint: &str, overrides: &Overrides) -> Made {
    make(job(blueprint, overrides))
}

/// One exam of each kind, in two variants: what it is, its form, and what was made.
static MADE: LazyLock<Vec<(String, &str, Made)>> = LazyLock::new(|| {
    let made = |(form, size, paper, count, options)| {
        let more = format!("paper = \"{paper}\"\nvariants = 2");
        let text = blueprint(form, size, &more, &multiple_choice(count, options));
        let name = format!("{form}, {size} {paper}, {count} of {options}");
        (name, form, made(&text, &Overrides::default()))
    };
    KINDS.into_iter().map(made).collect()
});

/// A section of each type.
fn all_types() -> String {
    let types = [
        "multiple-choice",
        "multiple-answer",
        "true-false",
        "categorize",
        "matching",
        "ordering",
        "short-answer",
        "essay",
    ];
    types.map(|name| format!("[[section]]\ntype = \"{name}\"\ncount = 2\n")).concat()
}

/// A place in points.
fn at([x, y]: &Place) -> (f64, f64) {
    (x.value() * MM, y.value() * MM)
}

/// Whether something is filled around a place that is so many millimetres wide.
fn is_filled(page: &Page, place: &Place, diameter: f64) -> bool {
    let (x, y) = at(place);
    page.fills.iter().any(|area| {
        let middle = area.center();
        (middle.x - x).abs() < HUNDREDTH
            && (middle.y - y).abs() < HUNDREDTH
            && (area.width() - diameter * MM).abs() < HUNDREDTH
            && (area.height() - diameter * MM).abs() < HUNDREDTH
    })
}

/// The geometries of a file, each with each of its pages.
fn placed<'a>(
    geometry: &'a [GeometryRecord],
    pages: &'a [Page],
) -> impl Iterator<Item = (&'a GeometryRecord, &'a Page)> {
    let of = move |one: &'a GeometryRecord| {
        one.pages.iter().map(move |page| (one, &pages[page - 1]))
    };
    geometry.iter().flat_map(of)
}

#[test]
fn everything_stands_where_the_record_says() {
    for (name, form, made) in MADE.iter() {
        for document in made.of_role(FileRole::AnswerSheet) {
            let pages = pages_with_bubbles(&document.bytes);
            assert!(!document.geometry.is_empty(), "{name}");
            for (geometry, page) in placed(&document.geometry, &pages) {
                frame_stands(geometry, page);
                for field in &geometry.fields {
                    assert_eq!(field.choices.len(), field.centres.len());
                    for (choice, place) in field.choices.iter().zip(&field.centres) {
                        let found = match *form {
                            "bubble" => is_filled(page, place, 4.4),
                            _ => is_written(page, choice, place),
                        };
                        assert!(found, "{name}: {choice} of {:?}", field.target);
                    }
                }
            }
        }
    }
}

/// The corner marks, and what else says where the page is.
fn frame_stands(geometry: &GeometryRecord, page: &Page) {
    for place in &geometry.fiducials {
        assert!(is_filled(page, place, 8.0) && is_filled(page, place, 3.0));
        let (x, y) = at(place);
        for distance in [x, y, page.width - x, page.height - y] {
            assert!(distance > 18.0 * MM - HUNDREDTH);
        }
    }
    assert!(is_filled(page, &geometry.orientation, 5.0));
    assert!(geometry.edges.iter().all(|place| is_filled(page, place, 3.0)));
    assert!(geometry.tones.iter().all(|tone| is_filled(page, &tone.centre, 4.4)));
    let [start, end] = geometry.ruler;
    assert!((end[0].value() - start[0].value() - 100.0).abs() < 0.002);
    if let Some([top, bottom]) = geometry.code {
        let size = bottom[0].value() - top[0].value();
        assert!((22.0..=24.0).contains(&size));
        let ((left, top), (right, foot)) = (at(&top), at(&bottom));
        let near =
            |area: &&Rect| (area.x0 - left).abs() + (area.y0 - top).abs() < HUNDREDTH;
        let code = page.fills.iter().find(near).unwrap();
        assert!((code.x1 - right).abs() + (code.y1 - foot).abs() < HUNDREDTH);
    }
}

/// Whether a letter is written around a place.
fn is_written(page: &Page, letter: &str, place: &Place) -> bool {
    let (x, y) = at(place);
    page.pieces.iter().any(|piece| {
        piece.text == letter && (piece.centre() - x).abs() < HUNDREDTH && {
            (piece.y - y - 3.45).abs() < HUNDREDTH
        }
    })
}

#[test]
fn bubbles_have_room() {
    for (name, form, made) in MADE.iter().filter(|(_, form, _)| *form == "bubble") {
        let document = made.of_role(FileRole::AnswerSheet).next().unwrap();
        for geometry in &document.geometry {
            let places = geometry.fields.iter().flat_map(|field| &field.centres);
            let places: Vec<(f64, f64)> = places.map(at).collect();
            for (index, (x, y)) in places.iter().enumerate() {
                for (other_x, other_y) in &places[..index] {
                    let apart = (x - other_x).hypot(y - other_y);
                    assert!(apart > 7.0 * MM - HUNDREDTH, "{name}, {form}");
                }
            }
        }
    }
}

#[test]
fn every_question_has_its_letters() {
    for (name, _, made) in MADE.iter() {
        for variant in made.record.variants.held() {
            let document = of_variant(made, FileRole::AnswerSheet, &variant.label);
            for question in &variant.questions {
                let fields = document.geometry[..].iter().flat_map(|one| &one.fields);
                let own = fields.filter(|field| match field.target {
                    TargetRecord::Question { number, .. } => number == question.number,
                    _ => false,
                });
                let choices: Vec<&Vec<String>> =
                    own.map(|field| &field.choices).collect();
                // On half a page everything stands twice.
                let copies = if name.contains("half") { 2 } else { 1 };
                assert_eq!(choices.len(), copies, "{name}");
                assert_eq!(choices[0].len(), question.options.len(), "{name}");
            }
        }
    }
}

fn of_variant<'a>(made: &'a Made, role: FileRole, label: &str) -> &'a lembar::Document {
    let is_meant =
        |document: &&lembar::Document| document.variant.as_deref() == Some(label);
    made.of_role(role).find(is_meant).unwrap()
}

#[test]
fn a_hundred_questions_fit_on_a_page() {
    let (_, _, made) = &MADE[0];
    assert!(made.documents.iter().all(|document| document.pages == 1));
}

#[test]
fn overlays_lie_on_their_sheets_and_show_what_is_right() {
    let more = "paper = \"f4\"\nvariants = 2";
    for (form, size) in [("bubble", "full"), ("crossing", "full"), ("bubble", "half")] {
        let made =
            made(&blueprint(form, size, more, &all_types()), &Overrides::default());
        for variant in made.record.variants.held() {
            let sheet = of_variant(&made, FileRole::AnswerSheet, &variant.label);
            let overlay = of_variant(&made, FileRole::KeyOverlay, &variant.label);
            assert_eq!(sheet.geometry, overlay.geometry, "{form}, {size}");
            let pages = pages_with_bubbles(&overlay.bytes);
            let mut right = 0;
            for (geometry, page) in placed(&overlay.geometry, &pages) {
                for field in &geometry.fields {
                    let shown = field.choices.iter().zip(&field.centres);
                    let shown = shown.filter(|(_, place)| is_filled(page, place, 5.6));
                    let shown: Vec<&str> =
                        shown.map(|(choice, _)| choice.as_str()).collect();
                    right += shown.len();
                    if let Some(due) = due(variant, &field.target) {
                        let due: Vec<&str> = due.iter().map(|letter| &**letter).collect();
                        assert_eq!(shown, due, "{form}, {:?}", field.target);
                    }
                }
            }
            let rings = pages.iter().flat_map(|page| &page.fills);
            let rings = rings.filter(|area| (area.width() - 5.6 * MM).abs() < HUNDREDTH);
            assert_eq!(rings.count(), right, "there is no mark elsewhere");
        }
    }
}

/// What is right where the record says it in letters.
fn due(variant: &VariantRecord, target: &TargetRecord) -> Option<Vec<Arc<str>>> {
    let TargetRecord::Question { number, part, .. } = target else { return Some(vec![]) };
    let question = variant.questions.iter().find(|q| q.number == *number).unwrap();
    let key = match part {
        Some(part) => vec![question.key[part - 1].clone()],
        None => question.key.clone(),
    };
    match &key[0][..] {
        "true" => Some(vec!["B".into()]),
        "false" => Some(vec!["S".into()]),
        letters if letters.len() == 1 => Some(key),
        _ => None,
    }
}

/// The codes on a page, read from the page as it is printed.
fn codes(page: &Page) -> Vec<String> {
    const DOTS: f64 = 300.0 / 72.0;
    let (width, height) = ((page.width * DOTS) as usize, (page.height * DOTS) as usize);
    let mut dark = vec![false; width * height];
    for area in page.paths.iter().flat_map(rectangles) {
        let [left, top, right, foot] = [area.x0, area.y0, area.x1, area.y1]
            .map(|edge| (edge * DOTS).round() as usize);
        for y in top..foot.min(height) {
            dark[y * width + left..y * width + right.min(width)].fill(true);
        }
    }
    let grey = |x: usize, y: usize| if dark[y * width + x] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let grids = image.detect_grids();
    grids.iter().map(|grid| grid.decode().unwrap().1).collect()
}

/// The rectangles that a path is made of, if it is made of nothing else.
fn rectangles(path: &BezPath) -> Vec<Rect> {
    let curved = |part: &PathEl| matches!(part, PathEl::CurveTo(..) | PathEl::QuadTo(..));
    if path.elements().iter().any(curved) {
        return Vec::new();
    }
    let parts = path.elements().split_inclusive(|part| *part == PathEl::ClosePath);
    parts.map(|part| BezPath::from_vec(part.to_vec()).bounding_box()).collect()
}

/// The checksum of codes, computed bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn codes_can_be_read() {
    let sections = multiple_choice(60, 4) + "[[section]]\ntype = \"essay\"\ncount = 4\n";
    for size in ["full", "half"] {
        let text = blueprint("bubble", size, "paper = \"a4\"\nvariants = 2", &sections);
        let made = made(&text, &Overrides::default());
        let mut ids = Vec::new();
        for variant in made.record.variants.held() {
            let document = of_variant(&made, FileRole::AnswerSheet, &variant.label);
            let pages = pages_with_bubbles(&document.bytes);
            assert!(pages.len() > 1);
            for (index, page) in pages.iter().enumerate() {
                let codes = codes(page);
                assert_eq!(codes.len(), if size == "half" { 2 } else { 1 });
                for code in codes {
                    let (said, sum) = code.rsplit_once('/').unwrap();
                    assert_eq!(sum, format!("{:08X}", crc32(said.as_bytes())));
                    let parts: Vec<&str> = said.split('/').collect();
                    let own = variant.code.replace('-', "");
                    let numbers = [index + 1, pages.len()].map(|n| n.to_string());
                    assert_eq!(parts[0], "LJ1");
                    assert_eq!(parts[2..], [&own, "0", &numbers[0], &numbers[1]]);
                    ids.push(parts[1].to_string());
                }
            }
        }
        ids.dedup();
        assert_eq!(ids, [lembar::exam::code::exam_id(&made.exam)]);
    }
}

const NAMES: [&str; 3] = ["Siti Aminah", "Budi Santoso", "Citra Dewi"];

/// An exam with a sheet for each student.
fn personal(size: &str) -> Made {
    let rows = NAMES.iter().enumerate();
    let rows =
        rows.map(|(index, name)| format!("{},00{index}7,{name},IX A\n", index + 1));
    let text = format!("No,NISN,Nama,Kelas\n{}", rows.collect::<String>());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sheets-{size}.csv"));
    fs::write(&path, text).unwrap();
    let overrides = Overrides { roster: Some(path), ..Overrides::default() };
    let text = blueprint("bubble", size, "paper = \"a4\"", &multiple_choice(12, 4));
    made(&text, &overrides)
}

#[test]
fn personal_sheets_say_whose_they_are() {
    for size in ["full", "half"] {
        let made = personal(size);
        let document = made.of_role(FileRole::AnswerSheet).next().unwrap();
        let pages = pages_with_bubbles(&document.bytes);
        assert_eq!(pages.len(), if size == "half" { 2 } else { 3 });
        let sheets = pages.iter().flat_map(|page| {
            let here =
                document.geometry.iter().filter(|g| g.pages.contains(&page.number));
            let mut here: Vec<&GeometryRecord> = here.collect();
            here.sort_by_key(|geometry| geometry.fiducials[0]);
            here.into_iter().map(move |geometry| (page, geometry))
        });
        let sheets: Vec<(&Page, &GeometryRecord)> = sheets.collect();
        assert_eq!(sheets.len(), NAMES.len());
        for (index, (page, geometry)) in sheets.iter().enumerate() {
            let copy = &made.exam.copies[index];
            let label = &made.exam.variants.held()[copy.variant].paper.label;
            let marked: String =
                geometry.fields.iter().map(|field| marks(page, field)).collect();
            assert_eq!(marked, format!("{}{label}", copy.student.id));
            let says = |text: &str| page.pieces.iter().any(|p| p.text.contains(text));
            let first = NAMES[index].split(' ').next().unwrap();
            assert!(says(first) && says(&copy.code));
        }
        let mut read: Vec<String> = pages.iter().flat_map(codes).collect();
        read.sort_by_key(|code| code.split('/').nth(3).unwrap().to_string());
        for (index, code) in read.iter().enumerate() {
            let copy = &made.exam.copies[index];
            let variant =
                made.exam.variants.held()[copy.variant].paper.code.replace('-', "");
            assert!(code.contains(&format!("/{variant}/{}/1/1/", index + 1)), "{code}");
        }
    }
}

/// The choices whose bubbles are filled: there is a disc, which has half as many curves as a
/// ring.
fn marks(page: &Page, field: &lembar::record::FieldRecord) -> String {
    let is_disc = |place: &Place| {
        let (x, y) = at(place);
        page.paths.iter().any(|path| {
            let middle = path.control_box().center();
            let curves =
                path.elements().iter().filter(|p| matches!(p, PathEl::CurveTo(..)));
            curves.count() == 4 && (middle.x - x).hypot(middle.y - y) < HUNDREDTH
        })
    };
    let choices = field.choices.iter().zip(&field.centres);
    choices
        .filter(|(_, place)| is_disc(place))
        .map(|(choice, _)| choice.as_str())
        .collect()
}

/// What verification says of answer sheets and overlays.
fn complaints(made: &Made, record: &Record) -> Vec<String> {
    let mut verifier = Verifier::new(record, NonZeroUsize::MIN);
    for document in &made.documents {
        verifier.document(Claim::from(document), &document.bytes);
    }
    let findings = verifier.finish().findings.into_iter();
    let findings = findings.filter(|finding| finding.file != "exam.json");
    findings.map(|finding| finding.to_string()).collect()
}

#[test]
fn verification_reads_sheets_and_overlays() {
    let more = "paper = \"f4\"\nvariants = 2";
    for form in ["bubble", "crossing"] {
        let text = blueprint(form, "full", more, &all_types());
        let mut made = made(&text, &Overrides::default());
        assert_eq!(complaints(&made, &made.record), Vec::<String>::new());

        // Another key than the one that the overlay shows.
        let mut record = made.record.clone();
        let question = &mut record.variants.hold()[0].questions[0];
        let other = ["A", "B"].into_iter().find(|letter| *question.key[0] != **letter);
        question.key = vec![other.unwrap().into()];
        let found = complaints(&made, &record);
        assert!(found.iter().any(|f| f.contains("number 1: it shows")), "{found:?}");

        // A sheet on which the key is marked, and one of another variant.
        let place = |made: &Made, role, index: usize| {
            let mut documents = made.documents.iter().enumerate();
            let mut of_role = documents.by_ref().filter(|(_, d)| d.role == role);
            of_role.nth(index).unwrap().0
        };
        let (sheet, overlay) = (
            place(&made, FileRole::AnswerSheet, 0),
            place(&made, FileRole::KeyOverlay, 0),
        );
        let own = made.documents[sheet].bytes.clone();
        made.documents[sheet].bytes = made.documents[overlay].bytes.clone();
        let found = complaints(&made, &made.record);
        assert!(found.iter().any(|f| f.contains("is marked already")), "{found:?}");
        let other = place(&made, FileRole::AnswerSheet, 1);
        made.documents[sheet].bytes = made.documents[other].bytes.clone();
        let found = complaints(&made, &made.record);
        assert!(found.iter().any(|f| f.contains("the code of its variant")), "{found:?}");
        made.documents[sheet].bytes = own;
    }
}

#[test]
fn papers_speak_of_sheets_that_are_asked_for_on_the_command_line() {
    let given = |with: &[FileRole]| {
        let with = with.to_vec();
        let overrides = Overrides { variants: Some(1), with, ..Overrides::default() };
        let blueprint = built_in(&overrides).blueprint;
        (blueprint.head.identity.answer_sheet, blueprint.head.identity.bubbles)
    };
    assert_eq!(given(&[]), (false, false));
    assert_eq!(given(&[FileRole::AnswerSheet]), (true, false));
}

/// Where answers go on a sheet, the paper has nothing to tick and no room to write, and says in
/// no section that it had.
#[test]
fn papers_that_go_with_sheets_leave_no_room_for_answers() {
    for form in ["crossing", "bubble"] {
        let text = format!(
            "title = \"UJI\"\nbanks = [\"kerja-sama-internasional\"]\nseed = 4\n\
             variants = 2\n[documents]\nanswer-sheet = {{ form = \"{form}\" }}\n{}",
            all_types()
        );
        let mut made = made(&text, &Overrides::default());
        made.record.ask_for(&made.job.blueprint.documents);
        let mut verifier = Verifier::new(&made.record, NonZeroUsize::MIN);
        for document in &made.documents {
            verifier.document(Claim::from(document), &document.bytes);
        }
        assert_eq!(verifier.finish().findings, [], "{form}");
        made.job.format = Format::Proof;
        let paper = make(made.job).documents.swap_remove(0);
        let proof = String::from_utf8(paper.bytes).unwrap();
        assert!(proof.contains("lembar jawab"), "{form}");
        for place in ["□", ".........", "centang", "titik-titik", "tempat yang tersedia"]
        {
            assert!(!proof.contains(place), "{form}: {place}");
        }
    }
}
