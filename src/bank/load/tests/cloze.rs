//! Mistakes in cloze items.

use super::check;

/// An item with these keys.
fn item(keys: &str) -> String {
    let start = "[[item]]\nid = \"x\"\ntype = \"cloze\"\ntopic = \"lembaga\"\n";
    let levels = "level = \"L1\"\ncognitive = \"C1\"\nstem = \"x\"\n";
    format!("{start}{levels}{keys}")
}

#[test]
fn blanks_and_words() {
    let bare = item("");
    let short = item("text = \"{1} dan {2}\"\nblanks = [[\"a\"]]\n");
    let turned = item("text = \"{2} dan {1}\"\nblanks = [[\"a\"], []]\n");
    let words =
        item("text = \"{1}\"\nblanks = [[\"a\", \"b\"]]\nwords = [\"c\", \"B\"]\n");
    let none = item("text = \"{1}\"\nblanks = [[\"a\"]]\nwords = []\n");
    let twice =
        item("text = \"{1} {2}\"\nblanks = [[\"a\"], [\"A\"]]\nwords = [\"c\"]\n");
    let foreign = item(
        "text = \"{1}\"\nblanks = [[\"a\"]]\nen = { text = \"x\", blanks = [[\"a\", \"b\"]] }\n",
    );
    let unanswered =
        "write `{1}`, `{2}` … in the text, and an answer for each in `blanks`";
    check(&[
        (&bare, &["102:6+3 cloze item `x` has no text | add `text = \"… {1} … {2} …\"`"]),
        (
            &short,
            &[&format!(
                "108:8+13 the text has 2 blanks, and 1 are answered | {unanswered}"
            )],
        ),
        (
            &turned,
            &[
                "108:8+13 the blanks are not numbered in order | write `{1}` for the first, `{2}` for the next",
                "109:18+2 a blank of item `x` has no answer | write what is right in it",
            ],
        ),
        (
            &words,
            &[
                "110:9+10 the word `B` stands twice, or is an answer | list only words that fit no blank",
            ],
        ),
        (
            &none,
            &[
                "110:9+2 the word list of item `x` is no longer than its blanks | add words that fit no blank, or drop `words` to print no list",
            ],
        ),
        (
            &twice,
            &[
                "109:18+5 two blanks of item `x` have the answer `A` | leave only one of them blank",
            ],
        ),
        (
            &foreign,
            &[
                &format!(
                    "110:15+3 the text has 0 blanks, and 1 are answered | {unanswered}"
                ),
                "110:29+12 not every answer of item `x` has one translation | give as many answers for each blank, in the same order",
            ],
        ),
    ]);
}
