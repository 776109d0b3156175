//! Mistakes in vocabulary and facts.

use super::check;

#[test]
fn names() {
    check(&[
        (
            r#"[[topic]]
id = "lembaga"
name = "Lagi"
"#,
            &[
                r#"102:6+9 topic `lembaga` is declared twice | the first one is in uji.toml, line 8"#,
            ],
        ),
        (
            r#"[[statement]]
id = "x"
noun = "x"
labels = ["manfat"]
also = ["prinsip"]
sources = ["s9"]
mirrors = ["keuntungn", "m-devsa"]
"#,
            &[
                r#"104:11+8 unknown label `manfat` | did you mean `manfaat`?"#,
                r#"105:9+9 unknown label `prinsip` | declare it in a `[[label]]`, or correct the name"#,
                r#"106:12+4 unknown source `s9` | did you mean `s1`?"#,
                r#"107:12+11 unknown cluster or statement `keuntungn` | did you mean `keuntungan`?"#,
                r#"107:25+9 unknown cluster or statement `m-devsa` | did you mean `m-devisa`?"#,
            ],
        ),
        (
            r#"[[statement]]
id = "x"
labels = []
en = { verb = "x" }
"#,
            &[
                r#"102:6+3 statement `x` carries no label | name at least one in `labels`"#,
                r#"102:6+3 statement `x` has no text | add `noun`, `verb` or `clause`"#,
                r#"104:15+3 `verb` is translated but not given | add `verb`"#,
            ],
        ),
        (
            r#"[[entity]]
id = "g.20"
kind = "lembaga"
name = "G20"
"#,
            &[
                r#"102:6+6 the id of entity `g.20` has a `.` | the ids of facts and items are made of it; use letters, digits and `-`"#,
            ],
        ),
        (
            r#"[[statement]]
id = "x"
noun = "x"
labels = ["manfaat"]
why = { tujuan = "karena x" }
en = { why = { manfaat = "because x" } }
[[case]]
id = "y"
text = "y"
shows = "x"
en = { why = "because y" }
"#,
            &[
                r#"105:9+6 `why` is given for `tujuan`, which is not in `labels` | add the label, or drop the reason"#,
                r#"106:16+7 `why.manfaat` is translated but not given | add `why.manfaat`"#,
                r#"108:6+3 `why` is translated but not given | add `why`"#,
            ],
        ),
        (
            r#"[[statement]]
id = "x"
noun = "x"
labels = ["manfaat", "dampak-negatif"]
also = ["manfaat"]
cluster = "keuntungam"
"#,
            &[
                r#"104:22+16 labels `manfaat` and `dampak-negatif` exclude each other | drop one of them, or take it out of `disjoint`"#,
                r#"105:9+9 label `manfaat` is in `labels` and in `also` | keep it in `labels` if it is certain, in `also` if it can be argued"#,
                r#"106:11+12 unknown cluster `keuntungam` | did you mean `keuntungan`?"#,
            ],
        ),
    ]);
}

#[test]
fn vocabulary() {
    check(&[
        (
            r#"[[label]]
id = "x"
name = "x"
reason = "{statment} x"
disjoint = ["manfat"]
"#,
            &[
                r#"104:10+14 unknown placeholder `{statment}` | what is filled in here is `{statement}`"#,
                r#"105:13+8 unknown label `manfat` | did you mean `manfaat`?"#,
            ],
        ),
        (
            r#"[[attribute]]
id = "name"
name = "x"
rule = "on"
reason = "{subject} x {value}"
"#,
            &[r#"104:8+4 unknown value `on` for `rule` | did you mean `one`?"#],
        ),
        (
            r#"[[attribute]]
id = "name"
name = "x"
rule = "open"
reason = "{subject} x {nilai}"
"#,
            &[
                r#"102:6+6 no attribute can be called `name` | an entity's translations keep its name there; choose another id"#,
                r#"105:10+21 unknown placeholder `{nilai}` | what is filled in here is `{subject}`, `{value}`"#,
            ],
        ),
        (
            r#"[[term]]
text = "Wina"
aliases = ["kota  jenewa"]
"#,
            &[
                r#"103:12+14 `kota  jenewa` stands for `Jenewa` and for `Wina` | make them one term, or drop the alias"#,
            ],
        ),
    ]);
}

#[test]
fn entities_and_cases() {
    check(&[
        (
            r#"[[entity]]
id = "x"
kind = "lembag"
name = "X"
attributes = { pust = "a", pusat = ["a", "b", { value = "c", historical = true }] }
en = { nama = "x", pusat = "a" }
"#,
            &[
                r#"103:8+8 unknown kind `lembag` | did you mean `lembaga`?"#,
                r#"105:16+4 unknown attribute `pust` | did you mean `pusat`?"#,
                r#"105:42+3 entity `x` has 2 values for `pusat` | keep one, mark the others `historical`, or give `pusat` the rule `listed`"#,
                r#"106:8+4 unknown attribute `nama` | did you mean `name`?"#,
                r#"106:28+3 not every value of `pusat` has one translation | give 3, in the same order"#,
            ],
        ),
        (
            r#"[[case]]
id = "x"
text = "x"
shows = "m-devisa"
refutes = { m-devisa = "x", m-untug = "y" }
en = { refutes = { m-utung = "y" } }
"#,
            &[
                r#"105:13+8 the case both shows and refutes `m-devisa` | keep one of the two"#,
                r#"105:29+7 unknown statement `m-untug` | did you mean `m-untung`?"#,
                r#"106:20+7 unknown refuted statement `m-utung` | did you mean `m-untug`?"#,
            ],
        ),
    ]);
}

#[test]
fn shapes() {
    check(&[
        (
            r#"[[statement]]
id = "x"
noun = "x"
labels = ["manfaat"]
as_of = "kemarin"
[[entity]]
id = "y"
kind = "lembaga"
name = "Y"
attributes = { berdiri = 1995-01-01, pusat = { value = "a", alias = ["b"] } }
"#,
            &[
                r#"105:9+9 `as_of` must be a day such as `2026-11-21`, not the text `kemarin`"#,
                r#"110:26+10 `berdiri` must not be a date | put it between quotation marks"#,
                r#"110:61+5 unknown key `alias` | the keys here are `value`, `aliases`, `cluster`, `attribution`, `as_of`, `historical`, `disputed`, `en`, `indonesian`"#,
            ],
        ),
        (
            r#"[[kind]]
id = "x"
[[entity]]
id = "y"
kind = "x"
name = "Y"
status = 1
sources = ["s8"]
[[entity]]
id = "z"
kind = "lembag"
name = "Z"
"#,
            &[
                r#"101:1+8 missing key `name` in kind `x`"#,
                r#"107:1+6 unknown key `status` | the keys here are `id`, `kind`, `name`, `aliases`, `attributes`, `cluster`, `field`, `scope`, `sources`, `as_of`, `historical`, `disputed`, `en`, `indonesian`"#,
                r#"108:12+4 unknown source `s8` | did you mean `s1`?"#,
                r#"111:8+8 unknown kind `lembag` | did you mean `lembaga`?"#,
            ],
        ),
    ]);
}
