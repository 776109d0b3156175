//! The table of rules.

use crate::diagnostic::Severity::{Error, Info, Warning};
use crate::diagnostic::{Diagnostic, Severity};

/// A rule of item writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, by which a blueprint may set it aside.
    pub code: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What it demands, in one sentence.
    pub description: &'static str,
    /// Where it is kept, if not by a check: the place that cannot break it.
    pub kept_by: Option<&'static str>,
}

const fn rule(code: &'static str, severity: Severity, description: &'static str) -> Rule {
    Rule { code, severity, description, kept_by: None }
}

const fn kept(
    code: &'static str,
    severity: Severity,
    description: &'static str,
    by: &'static str,
) -> Rule {
    Rule { code, severity, description, kept_by: Some(by) }
}

/// All rules, in the order in which they are listed. `PG` is for multiple choice (pilihan
/// ganda), `PK` for multiple answers (pilihan ganda kompleks), `BS` for true-false
/// (benar–salah), `MJ` for matching (menjodohkan), `IS` for short answers (isian), `UR` for
/// essays (uraian), `V` for whole papers and their variants, `ST` for stimuli, and `EYD`
/// for spelling.
///
/// Some of what experts look for is not among them, because no program can decide it from a
/// bank and a blueprint:
///
/// - whether a topic is worth asking, fits the curriculum and the class, and is new to it;
/// - whether a distractor attracts anybody, and an item is as hard as its level says: that
///   takes the answers of a class;
/// - whether a text is lifted from a book, and whether a picture or table can be read;
/// - how old a date may be: there is no clock, so that an exam is printed the same next year
///   (`PG25` only demands that the question states the date);
/// - whether a foreign word is set in italics, and a decimal point is one: that takes a
///   dictionary, and `08.00` is a time;
/// - whether two sentences contradict each other outside of what the bank's clusters and
///   mirrors say.
#[rustfmt::skip]
pub const RULES: &[Rule] = &[
    rule("PG01", Error, "exactly one option is the key"),
    rule("PG02", Error, "the number of options fits the grade and is the same in a section"),
    kept("PG03", Error, "no two options mean nearly the same", "exam/build.rs, by clusters"),
    kept("PG04", Error, "no distractor is right in any source", "bank/oracle.rs"),
    rule("PG05", Error, "options differ; nearly the same ones are a warning"),
    rule("PG06", Warning, "options are of one kind"),
    rule("PG07", Warning, "options are about equally long"),
    rule("PG08", Warning, "the key is not the longest option throughout a paper"),
    rule("PG09", Error, "no option speaks of the other options"),
    rule("PG10", Warning, "a negative word in a stem is set apart"),
    rule("PG11", Error, "no negative is doubled"),
    rule("PG12", Info, "at most a tenth of the items are negative"),
    rule("PG13", Error, "numbers and dates ascend"),
    rule("PG14", Warning, "no word of the stem stands in the key alone"),
    rule("PG15", Warning, "no abbreviation gives the key away"),
    rule("PG16", Warning, "words that open all options belong into the stem"),
    rule("PG17", Warning, "absolute words do not mark the distractors"),
    rule("PG18", Warning, "quantities are clear"),
    rule("PG19", Warning, "a stem has at least five words and ends with `....` or `?`"),
    rule("PG20", Warning, "the blank closes the stem"),
    rule("PG21", Info, "stems have at most 60 words, options 20"),
    rule("PG22", Warning, "options go on where the stem stops: small letters, no full stop"),
    rule("PG23", Error, "items do not depend on others; answers in other stems are a warning"),
    rule("PG24", Warning, "multiple choice does not ask for opinions"),
    rule("PG25", Error, "what changes is asked with a date"),
    rule("PG26", Error, "what is past is asked in the past"),
    rule("PG27", Warning, "somebody's definition names its author"),
    rule("PG28", Warning, "a stem that narrows the subject asks no facts beyond it"),
    kept("PG29", Info, "there are enough plausible distractors", "exam/draw.rs"),
    rule("PG30", Error, "no demeaning words, brands or parties"),
    rule("PG31", Info, "the key has no opposite among the options"),
    rule("PG32", Warning, "questions end with one question mark"),
    rule("PK01", Error, "at least two options are right and one is wrong"),
    rule("PK02", Warning, "an option says one thing"),
    kept("PK03", Warning, "students are told that several are right", "templates/wording"),
    kept("PK04", Error, "no right option means nearly the same as a wrong one", "exam/build/several.rs"),
    kept("PK05", Warning, "letters are right about equally often", "exam/letters.rs"),
    rule("BS01", Warning, "40 to 60 per cent of the statements are true"),
    rule("BS02", Warning, "statements have no absolute words"),
    rule("BS03", Warning, "statements are not negative"),
    kept("BS04", Error, "a statement is surely true or surely false", "bank/oracle.rs"),
    rule("BS05", Info, "true statements are about as long as false ones"),
    rule("MJ01", Error, "the right column is longer than the left"),
    rule("MJ02", Error, "each premise has its own option"),
    rule("MJ03", Warning, "there are at most ten premises"),
    kept("MJ04", Warning, "the right column stands in no telling order", "exam/arrange.rs"),
    kept("MJ05", Warning, "each column holds things of one kind", "exam/build/matching.rs"),
    rule("IS01", Warning, "the blank stands near the end"),
    rule("IS02", Warning, "the answer is short"),
    kept("IS03", Error, "all spellings of the answer count", "bank/oracle.rs"),
    rule("UR01", Warning, "an essay says what is to be done"),
    rule("UR02", Warning, "an essay says how many answers it asks for"),
    rule("UR03", Error, "the scoring guide adds up to the points"),
    rule("UR04", Warning, "an essay cannot be answered with yes or no"),
    kept("UR05", Error, "no more answers are asked for than there are", "exam/build/listing.rs"),
    rule("ST01", Warning, "an item that speaks of a text, picture or table shows it"),
    rule("ST02", Warning, "no item of a group answers another"),
    rule("V01", Warning, "key letters are used about equally often"),
    rule("V02", Warning, "key letters show no pattern"),
    kept("V03", Error, "every variant keeps all rules", "lint/mod.rs: each is checked as printed"),
    kept("V04", Error, "keys come from the printed paper", "exam/part.rs, tests/testsuite/pdf"),
    rule("V05", Info, "variants put items at other numbers"),
    kept("V06", Error, "parallel variants ask the same cells", "exam/draw.rs"),
    rule("V07", Warning, "no item stands twice on a paper"),
    rule("V08", Error, "the paper has what the blueprint asks for"),
    kept("V09", Error, "a bank that is too small is reported", "exam/draw.rs"),
    kept("V10", Error, "a question is not split, nor parted from its stimulus", "layout/stack.rs"),
    kept("V11", Error, "uniform keys are uniform", "exam/arrange/strands.rs"),
    rule("V12", Error, "points add up"),
    kept("V13", Error, "the same job gives the same bytes", "tests/testsuite/determinism.rs"),
    rule("EYD01", Warning, "words are spelt as the dictionary has them"),
    rule("EYD02", Warning, "an ellipsis follows a space: three dots, four at a sentence's end"),
    rule("EYD03", Warning, "no spaces are doubled"),
    rule("EYD04", Warning, "no space stands before a punctuation mark"),
    rule("EYD05", Warning, "a dash joins the years of a span"),
];

/// The rule of a code.
pub fn named(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// A finding of a rule.
pub fn finding(code: &str, message: impl Into<String>) -> Diagnostic {
    let severity = named(code).map_or(Warning, |rule| rule.severity);
    Diagnostic { severity, ..Diagnostic::error(message).code(code) }
}
