//! Mistakes in stimuli and in the groups of items that share them.

use super::check;

#[test]
fn stimuli() {
    check(&[
        (
            r#"[[stimulus]]
id = "teks"
text = " "
facts = ["wto.pust"]
sources = ["s2"]
"#,
            &[
                r#"102:6+6 stimulus `teks` has no text, picture or table | add `text`, `picture` or `table`"#,
                r#"102:6+6 no item has the stimulus `teks` | write `stimulus = "teks"` into its items, or drop it"#,
                r#"104:15+4 unknown attribute `pust` | did you mean `pusat`?"#,
                r#"105:12+4 unknown source `s2` | did you mean `s1`?"#,
            ],
        ),
        (
            r#"[[stimulus]]
id = "tabel"
table = { head = ["Negara", "Ekspor"], rows = [["P", "80"], ["Q"]] }
en = { table = { head = ["Country", "Exports"], rows = [["P", "80"]] } }

[[item]]
id = "a"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stimulus = "tabl"
stem = "x"
answers = ["P"]

[[item]]
id = "b"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stimulus = "tabel"
stem = "x"
answers = ["P"]
"#,
            &[
                r#"103:61+5 a row of stimulus `tabel` has 1 cell, not 2 | give every row a cell for each `head`"#,
                r#"104:16+55 not every cell of stimulus `tabel` has one translation | give as many heads, rows and cells, in the same order"#,
                r#"112:12+6 unknown stimulus `tabl` | did you mean `tabel`?"#,
            ],
        ),
        (
            r#"[[topic]]
id = "bentuk"
name = "Bentuk"

[[stimulus]]
id = "tabel"
table = { head = [], rows = [] }

[[item]]
id = "a"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stimulus = "tabel"
stem = "x"
truth = true
facts = ["m-devisa"]

[[item]]
id = "b"
type = "true-false"
topic = "bentuk"
level = "L1"
cognitive = "C1"
stimulus = "tabel"
stem = "x"
truth = true
facts = ["wto", "m-devisa"]
"#,
            &[
                r#"107:9+24 the table of stimulus `tabel` is empty | give `head = ["…"]` and `rows = [["…"]]`"#,
                r#"123:9+8 items `a` and `b` are of one group, but not of one topic | a group is drawn as a whole; write `lembaga`"#,
                r#"129:17+10 items `a` and `b` both rest on `m-devisa` | name what the stimulus shows in its own `facts`"#,
            ],
        ),
    ]);
}

/// A bank that promises two languages has its stimuli in both.
#[test]
fn translations() {
    let bank = r#"[bank]
id = "b"
title = "B"
language = "id"
languages = ["id", "en"]
en.title = "B"

[[topic]]
id = "t"
name = "T"
en.name = "T"

[[stimulus]]
id = "teks"
title = "Judul"
text = "Sebuah teks."
table = { caption = "Tabel", head = ["Negara"], rows = [["P"]] }

[[stimulus]]
id = "tabel"
table = { caption = "Tabel", head = ["Negara"], rows = [["P"]] }
en = { table = { head = ["Country"], rows = [["P"]] } }

[[item]]
id = "a"
type = "short-answer"
topic = "t"
level = "L1"
cognitive = "C1"
stimulus = "teks"
stem = "Sebut ...."
answers = ["P"]
en.stem = "Name ...."

[[item]]
id = "b"
type = "short-answer"
topic = "t"
level = "L1"
cognitive = "C1"
stimulus = "tabel"
stem = "Sebut ...."
answers = ["P"]
en.stem = "Name ...."
"#;
    let found = super::load(&[super::source("b.toml", bank)]).unwrap_err();
    let found: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        found,
        [
            "`title` of `teks` is not translated into English",
            "`text` of `teks` is not translated into English",
            "`table` of `teks` is not translated into English",
            "`caption` of `tabel` is not translated into English",
        ]
    );
}
