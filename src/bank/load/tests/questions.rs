//! Mistakes in authored items and patterns.

use super::check;

#[test]
fn items() {
    check(&[
        (
            r#"[[item]]
id = "x"
type = "essay"
topic = "lembga"
level = "L4"
cognitive = "C0"
stem = "x"
guide = [{ text = "x", points = 1 }]
sources = ["s2"]
facts = ["wto.pust", "who.pusat", "m-devsa", "kasus", "wto.pusat", "xyz"]
"#,
            &[
                r#"104:9+8 unknown topic `lembga` | did you mean `lembaga`?"#,
                r#"105:9+4 unknown level `L4` | it is one of `L1`, `L2`, `L3`"#,
                r#"106:13+4 unknown cognitive level `C0` | it is one of `C1`, `C2`, `C3`, `C4`, `C5`, `C6`"#,
                r#"109:12+4 unknown source `s2` | did you mean `s1`?"#,
                r#"110:15+4 unknown attribute `pust` | did you mean `pusat`?"#,
                r#"110:23+3 unknown entity `who` | did you mean `wto`?"#,
                r#"110:35+9 unknown fact `m-devsa` | did you mean `m-devisa`?"#,
                r#"110:68+5 unknown fact `xyz` | name a statement, a case, an entity or `entity.attribute`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "essay"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
"#,
            &[
                r#"102:6+3 essay `x` has no scoring guide | add `guide = [{ text = "…", points = 1 }]`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
options = ["a"]
"#,
            &[
                r#"108:12+3 each entry of `options` must be a table like { text = "…" }, with `correct = true` where it is right, not the text `a`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
"#,
            &[
                r#"102:6+3 short-answer item `x` has no answer | add `answers = ["…"]`, the printed one first"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = " "
options = [{ text = "a", correct = true }, { text = "b" }, { text = "" }]
"#,
            &[
                r#"102:6+3 item `x` has a stem without words | write what it says, or leave it out"#,
                r#"108:60+13 item `x` has an option without words | write what it says, or leave it out"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
"#,
            &[
                r#"102:6+3 true-false item `x` does not say which it is | add `truth = true` or `truth = false`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "matching"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
"#,
            &[
                r#"103:8+10 a matching item cannot be written by hand | matching items are made by a `[[pattern]]`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "esay"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
"#,
            &[r#"103:8+6 unknown value `esay` for `type` | did you mean `essay`?"#],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
options = [{ text = "a" }, { text = "b" }]
"#,
            &[
                r#"102:6+3 item `x` has fewer than 3 options | add `{ text = "…" }` to `options`"#,
                r#"102:6+3 no option of item `x` is correct | mark one with `correct = true`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
options = [{ text = "a", correct = true }, { text = "b", correct = true }, { text = "*A*" }]
"#,
            &[
                r#"108:44+30 2 options of item `x` are correct | mark only one with `correct = true`"#,
                r#"108:76+16 two options of item `x` read `*A*` | change one of them"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
options = [{ text = "a", correct = true }, { text = "b" }, { text = "c" }]
"#,
            &[
                r#"102:6+3 fewer than 2 options of item `x` are correct | mark more with `correct = true`, or make it `multiple-choice`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "multiple-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
options = [{ text = "a", correct = true }, { text = "b", correct = true }, { text = "c", correct = true }]
"#,
            &[r#"102:6+3 all options of item `x` are correct | add one that is wrong"#],
        ),
        (
            r#"[[item]]
id = "x"
type = "categorize"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
categories = ["Benar", "Salah"]
rows = [{ text = "a", category = "Benar" }, { text = "A", category = "Betul" }]
"#,
            &[
                r#"102:6+3 no row of item `x` has the category `Salah` | add `{ text = "…", category = "Salah" }` to `rows`"#,
                r#"109:45+34 two rows of item `x` read `A` | change one of them"#,
                r#"109:70+7 unknown category `Betul` | it is one of `Benar`, `Salah`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "categorize"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
categories = ["Benar", "Benar"]
"#,
            &[
                r#"102:6+3 item `x` does not have 2 or 3 different categories | add `categories = ["Benar", "Salah"]`"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "ordering"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
steps = ["a", "*A*"]
en = { steps = ["a"] }
"#,
            &[
                r#"102:6+3 item `x` has 2 steps | give 3 to 26 in `steps`, in the right order"#,
                r#"108:15+5 two steps of item `x` read `*A*` | change one of them"#,
                r#"109:16+5 not every step of item `x` has one translation | give 2, in the same order"#,
            ],
        ),
        (
            r#"[[item]]
id = "x"
type = "short-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
stem = "x"
answers = ["a", "b"]
en = { answers = ["a"] }
"#,
            &[
                r#"109:18+5 not every answer of item `x` has one translation | give 2, in the same order"#,
            ],
        ),
    ]);
}

#[test]
fn patterns() {
    check(&[
        (
            r#"[[pattern]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = []
"#,
            &[r#"108:9+2 pattern `x` has no stems | write at least one question"#],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Kota {subyek}?"]
en = { stems = ["City of {subject}?", "x"] }
"#,
            &[
                r#"108:10+16 unknown placeholder `{subyek}` | what is filled in here is `{subject}`, `{as_of}`"#,
                r#"109:16+27 not every stem of pattern `x` has one translation | give 1, in the same order"#,
                r#"109:39+3 the placeholder `{subject}` is missing | write `{subject}` where it is to be filled in"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "true-false"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { label = "manfaat", pool = ["tujan"], phrasing = "nomina" }
stems = ["Ini {label}."]
"#,
            &[
                r#"107:36+7 unknown label `tujan` | did you mean `tujuan`?"#,
                r#"107:57+8 unknown phrasing `nomina` | it is one of `noun`, `verb`, `clause`"#,
                r#"108:10+14 the placeholder `{statement}` is missing | write `{statement}` where it is to be filled in"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "multiple-answer"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { case = "manfaat", phrasing = "noun" }
stems = ["{case}"]
"#,
            &[
                r#"107:7+39 multiple-answer items cannot be made from this | ask for a `label`, for the `subject`s that share a value, or for a `value`"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "multiple-choice"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["{subject} berpusat di ...."]
negative = true
"#,
            &[
                r#"109:12+4 this pattern cannot ask for an exception | `negative` goes with `multiple-choice` items of a `label` or `subject`"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "categorize"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { categories = ["manfaat", "tujuan", "untung"], heads = ["a"] }
stems = ["Golongkan!"]
"#,
            &[
                r#"107:34+8 the categories `manfaat` and `tujuan` overlap | add `disjoint = ["tujuan"]` to `manfaat` if none is both"#,
                r#"107:44+8 unknown label `untung` | declare it in a `[[label]]`, or correct the name"#,
                r#"107:63+5 not every category has one head | give 3, in the same order"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "categorize"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { label = "manfaat" }
stems = ["Golongkan!"]
"#,
            &[
                r#"107:7+21 categorize items cannot be made from this | ask for `categories`: labels that rule each other out"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "ordering"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { value = "pusat", kinds = ["lembaga"] }
stems = ["Urutkan!"]
"#,
            &[
                r#"107:17+7 the values of `pusat` have no order | ask for an attribute with `ordered = true`"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "cloze"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { label = "manfaat" }
stems = ["Lengkapilah!"]
"#,
            &[
                r#"107:7+21 cloze items cannot be made from this | write them by hand, as an `[[item]]`"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "essay"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { case = "manfaat", count = 0, kinds = [] }
stems = ["{case}"]
"#,
            &[
                r#"107:35+1 `count` means nothing for what this pattern asks | drop it"#,
                r#"107:46+2 `kinds` means nothing for what this pattern asks | drop it"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "matching"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { subject = "psat" }
stems = ["Pasangkan {value}!"]
"#,
            &[
                r#"107:7+20 `ask` names no kind of entity | add `kinds = ["…"]`: what is asked about, and what is offered"#,
                r#"107:19+6 unknown attribute `psat` | did you mean `pusat`?"#,
                r#"108:10+20 unknown placeholder `{value}` | nothing is filled in here"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "essay"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { label = "manfaat", value = "pusat" }
stems = ["x"]
"#,
            &[
                r#"107:7+38 a pattern asks exactly one thing | `ask` has either `value`, `subject`, `label`, `case` or `categories`"#,
            ],
        ),
        (
            r#"[[pattern]]
id = "x"
type = "essay"
topic = "lembaga"
level = "L1"
cognitive = "C1"
ask = { label = "manfaat", count = 0 }
stems = ["x"]
"#,
            &[r#"107:36+1 nothing is asked for | give a `count` of 1 or more"#],
        ),
    ]);
}
