//! What is read from class lists, and what is wrong with them.

use crate::diagnostic::{Checked, Diagnostic};
use crate::input::Source;
use crate::roster::{Roster, Seat, Student};

fn read(bytes: &[u8]) -> Checked<Roster> {
    let source = Roster::decode("kelas.csv", bytes).map_err(|finding| vec![finding])?;
    Roster::read(&source)
}

fn students(text: &str) -> Vec<Student> {
    read(text.as_bytes()).unwrap_or_else(|found| panic!("{found:?}")).students
}

/// What is wrong with a file: line, column and message.
fn wrong(text: &str) -> Vec<(usize, usize, String)> {
    let place = |finding: Diagnostic| {
        let (line, column) = finding.place.map_or((0, 0), |p| (p.line, p.column));
        (line, column, finding.message)
    };
    read(text.as_bytes()).unwrap_err().into_iter().map(place).collect()
}

fn names(text: &str) -> Vec<String> {
    students(text).into_iter().map(|student| student.name).collect()
}

#[test]
fn separators_are_found() {
    for separator in [",", ";", "\t"] {
        let text = "No,Nama,Kelas\n07,Ani,IX A\n".replace(',', separator);
        let expected = Student {
            number: "07".into(),
            name: "Ani".into(),
            class: "IX A".into(),
            ..Student::default()
        };
        assert_eq!(students(&text), [expected], "{separator:?}");
    }
    assert_eq!(names("Nama\nAni\nBudi"), ["Ani", "Budi"]);
    assert_eq!(names("sep=;\nNama;Kelas\nAni, S.;9\n"), ["Ani, S."]);
    assert_eq!(names("Nama, lengkap;No\nAni, S.;1\n"), ["Ani, S."]);
}

#[test]
fn encodings_are_found() {
    let text = "Nama;NIS\r\nZoë Müller;001\r\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = text.chars().map(|char| char as u32 as u8).collect();
    let files = [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [b"\xff\xfe", &utf16[..]].concat(),
        windows,
    ];
    for bytes in files {
        let student = &read(&bytes).unwrap().students[0];
        assert_eq!((student.name.as_str(), student.id.as_str()), ("Zoë Müller", "001"));
    }
    assert!(read(b"PK\x03\x04rest").unwrap_err()[0].message.contains("not a CSV file"));
}

#[test]
fn headers_are_found_in_any_case_and_language() {
    for (header, pick) in
        [("NO. ABSEN;nama siswa", "07"), ("Number;Full Name", "07"), ("no;Nama", "07")]
    {
        let student = &students(&format!("{header}\n07;Ani\n"))[0];
        assert_eq!((student.number.as_str(), student.name.as_str()), (pick, "Ani"));
    }
    let text = "NISN;No;NIS;Nama;Rombel;Tempat Duduk\n9;1;07;Ani;9A;B2K3\n";
    let expected = Student {
        number: "1".into(),
        id: "07".into(),
        name: "Ani".into(),
        class: "9A".into(),
        seat: Some(Seat { row: 2, column: 3 }),
    };
    assert_eq!(students(text), [expected]);
    // Titles stand above the headers.
    assert_eq!(names("DAFTAR KELAS 9A;\nSMP 1;\nNo;Nama\n1;Ani\n"), ["Ani"]);
}

#[test]
fn awkward_names_stay_as_they_are() {
    let long = "Raden Mas ".repeat(20) + "Suryo";
    let text = format!(
        "No,Nama\n1,\"Putri, Ayu\"\n2,Nur'aini\n3,\"Al \"\"Ko\"\" Fikri\"\n4,M. Rizki/Riski\n\
         5,محمد علي\n6,Siti\n7,\"Maria\nGoreti\"\n8,  {long} \n9,王小明\n10,*Bintang* __A__\n"
    );
    let expected = [
        "Putri, Ayu",
        "Nur'aini",
        "Al \"Ko\" Fikri",
        "M. Rizki/Riski",
        "محمد علي",
        "Siti",
        "Maria Goreti",
        &long,
        "王小明",
        "*Bintang* __A__",
    ];
    assert_eq!(names(&text), expected);
}

#[test]
fn students_stand_once() {
    let text = "NIS;Nama;Kelas\n01;Ani;A\n02;Budi;A\n01;Citra;A\n";
    assert_eq!(wrong(text), [(4, 1, "the number `01` stands twice".to_string())]);
    let text = "Nama;Kelas\nAni;A\nAni;B\n\"ani\";a\n";
    assert_eq!(wrong(text), [(4, 1, "the student `ani` stands twice".to_string())]);
    let text = "No;Nama;Kelas\n1;Ani;A\n1;Budi;B\n2;Ani;A\n";
    assert_eq!(students(text).len(), 3);
}

#[test]
fn everything_wrong_is_reported_at_once() {
    let text = "No,Nama,Duduk\n1,Ani,1-1\n2,,1-2\n3,Putri, Ayu,1-3\n4,Budi,02-Mar\n5,Citra,\n6,Dewi,1-1\n";
    let found = wrong(text);
    let places: Vec<(usize, usize)> = found.iter().map(|(l, c, _)| (*l, *c)).collect();
    assert_eq!(places, [(3, 3), (4, 14), (5, 8), (6, 9), (7, 8)], "{found:?}");
}

#[test]
fn lines_are_counted_through_quoted_breaks() {
    let text = "Nama;No\r\n\"Ani\r\nSri\";1\r\n\r\n;;\r\nBudi;2\r\nCitra;2\r\n";
    assert_eq!(wrong(text), [(7, 7, "the number `2` stands twice".to_string())]);
    let warnings = read(text.replace("Citra;2", "Citra;3").as_bytes()).unwrap().warnings;
    let message: Vec<&str> = warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(message, ["lines 4 to 5 of the roster are empty"]);
}

#[test]
fn empty_lines_at_the_end_are_nothing() {
    assert!(read(b"No;Nama\n1;Ani\n\n;;\n;;\n").unwrap().warnings.is_empty());
    let found = wrong("No;Nama\n;\n");
    assert_eq!(found, [(0, 0, "`kelas.csv` has no students".to_string())]);
    assert_eq!(wrong("")[0].2, "`kelas.csv` is empty");
}

#[test]
fn headers_that_are_missing_are_named() {
    let source = Source { name: "kelas.csv".into(), text: "Siswa;Umur\nAni;14\n".into() };
    let found = Roster::read(&source).unwrap_err();
    assert_eq!(found[0].message, "the roster has no column of names");
    assert!(found[0].hint.as_ref().unwrap().contains("found: `Siswa`, `Umur`"));
    assert_eq!(
        wrong("Nama;Nama\nA;B\n"),
        [(1, 6, "the header `Nama` stands twice".into())]
    );
}

#[test]
fn a_quotation_mark_is_closed() {
    let text = "No;Nama\n1;\"Ani\n2;Budi\n";
    assert_eq!(wrong(text), [(2, 3, "the quotation mark is not closed".to_string())]);
}
