//! A bank that is made up, as large as one likes.

use std::fmt::Write;

use lembar::input::Source;

/// A bank with so many facts: half of them values of entities, half statements.
pub fn made_up(facts: usize) -> Source {
    let mut text = HEAD.to_string();
    for number in 0..facts / 8 {
        let (name, head) = (word(number * 7 + 1), word(number * 11 + 2));
        // Some cities are the seat of several.
        let (seat, year) = (word(number / 3 * 5 + 3), 1600 + number * 3 % 420);
        let _ = write!(
            text,
            "[[entity]]\nid = \"e{number}\"\nkind = \"lembaga\"\n\
             name = \"Lembaga {name}\"\nfield = \"f{}\"\n[entity.attributes]\n\
             kepala = \"Tuan {head}\"\npusat = \"Kota {seat}\"\ntahun = \"{year}\"\n\
             tugas = {{ value = \"mengurus {} dan {}\", cluster = \"t{}\" }}\n",
            number % 4,
            word(number * 13 + 4),
            word(number * 17 + 5),
            number / 2,
        );
    }
    for number in 0..facts / 2 {
        let label = match number % 9 {
            8 => "prinsip",
            label => ["untung", "rugi", "sebab", "hambat"][label % 4],
        };
        let _ = write!(
            text,
            "[[statement]]\nid = \"s{number}\"\nnoun = \"meningkatnya {} oleh {}\"\n\
             labels = [\"{label}\"]\ncluster = \"{label}-{}\"\nfield = \"f{}\"\n",
            word(number * 19 + 6),
            word(number * 23 + 7),
            number / 12,
            number % 5,
        );
    }
    for number in 0..20 {
        let _ = write!(
            text,
            "[[item]]\nid = \"esai-{number}\"\ntype = \"essay\"\ntopic = \"dampak\"\n\
             level = \"L3\"\ncognitive = \"C4\"\nstem = \"Jelaskan {}!\"\n\
             guide = [{{ text = \"karena {}\", points = 1 }}]\n",
            word(number * 29 + 8),
            word(number * 31 + 9),
        );
    }
    Source { name: "bank.toml".into(), text: (text + PATTERNS).into() }
}

/// A word that stands for a number and for no other one.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        let (consonant, vowel) = (number % 14, number / 14 % 5);
        word.push(b"bcdgjklmnprstw"[consonant].into());
        word.push(b"aiueo"[vowel].into());
        number /= 70;
        if number == 0 {
            return word;
        }
        number -= 1;
    }
}

const HEAD: &str = r#"
[bank]
id = "karangan"
title = "Karangan"
language = "id"
[[topic]]
id = "lembaga"
name = "Lembaga"
[[topic]]
id = "dampak"
name = "Dampak"
[[kind]]
id = "lembaga"
name = "lembaga"
[[attribute]]
id = "kepala"
name = "kepala"
rule = "one"
reason = "{subject} dikepalai {value}"
[[attribute]]
id = "pusat"
name = "pusat"
rule = "one"
reason = "{subject} berpusat di {value}"
[[attribute]]
id = "tahun"
name = "tahun berdiri"
rule = "one"
ordered = true
reason = "{subject} berdiri pada tahun {value}"
[[attribute]]
id = "tugas"
name = "tugas"
rule = "distinctive"
reason = "{subject} bertugas {value}"
[[label]]
id = "untung"
name = "keuntungan"
disjoint = ["rugi"]
reason = "termasuk keuntungan"
[[label]]
id = "rugi"
name = "kerugian"
reason = "termasuk kerugian"
[[label]]
id = "sebab"
name = "penyebab"
disjoint = ["hambat"]
reason = "termasuk penyebab"
[[label]]
id = "hambat"
name = "penghambat"
reason = "termasuk penghambat"
[[label]]
id = "prinsip"
name = "prinsip"
reason = "termasuk prinsip"
"#;

const PATTERNS: &str = r#"
[[pattern]]
id = "kepala-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "kepala", kinds = ["lembaga"] }
stems = ["Kepala {subject} adalah ...."]
[[pattern]]
id = "kepala-bs"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "kepala", kinds = ["lembaga"] }
stems = ["Kepala {subject} adalah {value}."]
[[pattern]]
id = "kepala-isian"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "kepala", kinds = ["lembaga"] }
stems = ["Kepala {subject} adalah ...."]
[[pattern]]
id = "pusat-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Pusat {subject} adalah ...."]
[[pattern]]
id = "pusat-bs"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Pusat {subject} adalah {value}."]
[[pattern]]
id = "pusat-isian"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Pusat {subject} adalah ...."]
[[pattern]]
id = "tahun-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tahun", kinds = ["lembaga"] }
stems = ["Tahun berdiri {subject} adalah ...."]
[[pattern]]
id = "tahun-bs"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tahun", kinds = ["lembaga"] }
stems = ["Tahun berdiri {subject} adalah {value}."]
[[pattern]]
id = "tahun-isian"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tahun", kinds = ["lembaga"] }
stems = ["Tahun berdiri {subject} adalah ...."]
[[pattern]]
id = "tugas-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tugas", kinds = ["lembaga"] }
stems = ["Tugas {subject} adalah ...."]
[[pattern]]
id = "tugas-bs"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tugas", kinds = ["lembaga"] }
stems = ["Tugas {subject} adalah {value}."]
[[pattern]]
id = "tugas-isian"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tugas", kinds = ["lembaga"] }
stems = ["Tugas {subject} adalah ...."]
[[pattern]]
id = "pusat-lembaga-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { subject = "pusat", kinds = ["lembaga"] }
stems = ["Yang berpusat di {value} adalah ...."]
[[pattern]]
id = "tugas-lembaga-pg"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { subject = "tugas", kinds = ["lembaga"] }
stems = ["Yang bertugas {value} adalah ...."]
[[pattern]]
id = "pusat-lembaga-pgk"
type = "multiple-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { subject = "pusat", kinds = ["lembaga"] }
stems = ["Yang berpusat di {value} adalah ...."]
[[pattern]]
id = "kepala-jodoh"
type = "matching"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "kepala", kinds = ["lembaga"] }
stems = ["Pasangkan lembaga dengan kepalanya!"]
[[pattern]]
id = "pusat-jodoh"
type = "matching"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Pasangkan lembaga dengan pusatnya!"]
[[pattern]]
id = "tugas-jodoh"
type = "matching"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { subject = "tugas", kinds = ["lembaga"] }
stems = ["Pasangkan tugas dengan lembaganya!"]
[[pattern]]
id = "tahun-urut"
type = "ordering"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "tahun", kinds = ["lembaga"] }
stems = ["Urutkan menurut tahun berdirinya!"]
[[pattern]]
id = "untung-pg"
type = "multiple-choice"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "untung", pool = ["rugi"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "untung-pgk"
type = "multiple-answer"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "untung", pool = ["rugi"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "untung-bs"
type = "true-false"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "untung", pool = ["rugi"], phrasing = "noun" }
stems = ["{statement} merupakan {label}."]
[[pattern]]
id = "rugi-pg"
type = "multiple-choice"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "rugi", pool = ["untung"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "rugi-pgk"
type = "multiple-answer"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "rugi", pool = ["untung"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "rugi-bs"
type = "true-false"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "rugi", pool = ["untung"], phrasing = "noun" }
stems = ["{statement} merupakan {label}."]
[[pattern]]
id = "sebab-pg"
type = "multiple-choice"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "sebab", pool = ["hambat"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "sebab-pgk"
type = "multiple-answer"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "sebab", pool = ["hambat"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "sebab-bs"
type = "true-false"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "sebab", pool = ["hambat"], phrasing = "noun" }
stems = ["{statement} merupakan {label}."]
[[pattern]]
id = "hambat-pg"
type = "multiple-choice"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "hambat", pool = ["sebab"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "hambat-pgk"
type = "multiple-answer"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "hambat", pool = ["sebab"], phrasing = "noun" }
stems = ["Yang merupakan {label} adalah ...."]
[[pattern]]
id = "hambat-bs"
type = "true-false"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "hambat", pool = ["sebab"], phrasing = "noun" }
stems = ["{statement} merupakan {label}."]
[[pattern]]
id = "prinsip-uraian"
type = "essay"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { label = "prinsip", phrasing = "noun", count = 3 }
stems = ["Sebutkan tiga {label}!"]
[[pattern]]
id = "untung-rugi"
type = "categorize"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { categories = ["untung", "rugi"], phrasing = "noun" }
stems = ["Kelompokkan!"]
[[pattern]]
id = "sebab-hambat"
type = "categorize"
topic = "dampak"
level = "L1"
cognitive = "C1"
ask = { categories = ["sebab", "hambat"], phrasing = "noun" }
stems = ["Kelompokkan!"]
"#;
