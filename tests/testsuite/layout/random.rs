//! Random exams: blueprints over the built-in bank, and over banks that are made up.

use std::fmt::Write;
use std::ops::RangeInclusive;

use lembar::bank;
use lembar::input::Source;
use lembar::job::{Job, Overrides};
use lembar::length::Length;
use lembar::theme::Theme;

use crate::made;

/// The papers that exams are printed on; the last ones are a teacher's own.
const PAPERS: [&str; 9] =
    ["f4", "a4", "a5", "b5", "letter", "legal", "120x200mm", "200x200mm", "300x420mm"];

/// What the words of made-up texts are.
const WORDS: [&str; 24] = [
    "air",
    "batu",
    "di",
    "gunung",
    "hutan",
    "ikan",
    "jalan",
    "kemasyarakatan",
    "laut",
    "mempertanggungjawabkan",
    "negara",
    "obor",
    "*perdagangan*",
    "**raja**",
    "sungai",
    "tanah",
    "ubi",
    "warna",
    "x^2^",
    "yang",
    "zaman",
    "H~2~O",
    "ke-2,",
    "(pasar)",
];

/// Dice of their own, which no release of a library changes.
pub struct Dice(u64);

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn roll(&mut self, range: RangeInclusive<usize>) -> usize {
        let (low, high) = range.into_inner();
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.roll(1..=count) == 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(0..=from.len() - 1)]
    }

    /// A text of about so many characters; some have a word that no line holds.
    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        if self.one_in(40) {
            text.push_str(&"panjang".repeat(18)[..120]);
        }
        while text.is_empty() || text.len() < length {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.pick(&WORDS));
        }
        text
    }

    /// A stem: most are short, a few are very long.
    fn stem(&mut self) -> String {
        let length = match self.roll(1..=20) {
            1..=14 => self.roll(3..=160),
            15..=18 => self.roll(100..=500),
            _ => self.roll(500..=2000),
        };
        self.text(length)
    }

    /// An option: all of an item are about equally long.
    fn option(&mut self, length: usize) -> String {
        let most = length * 3 / 2 + 1;
        let length = self.roll(1..=most);
        self.text(length)
    }
}

/// The job of a seed: a third of them ask the built-in bank.
pub fn job(seed: u64) -> Job {
    let mut dice = Dice::new(seed);
    let (sections, made_up) = match dice.one_in(3) {
        true => (built_in(&mut dice), None),
        false => {
            let (sections, bank) = made_up(&mut dice);
            (sections, Some(bank))
        }
    };
    let themes: Vec<&str> = Theme::names().collect();
    let theme = dice.pick(&themes);
    let blueprint = format!("{}{sections}", head(&mut dice, seed));
    let job = |theme: &str| {
        let theme = Some(theme.to_string());
        let job = made::job(&blueprint, &Overrides { theme, ..Overrides::default() });
        match &made_up {
            Some(bank) => widened(in_bank(job, bank.clone())),
            None => widened(job),
        }
    };
    // Large print finds no room on half a sheet.
    let wide = |job: &Job| column(job) > job.theme.sizes.body.size * 22;
    let large = |job: &Job| job.theme.columns.most == 1;
    let job_of = job(theme).filter(|job| wide(job) || !large(job));
    job_of.or_else(|| job("klasik")).expect("small type finds room on any paper")
}

/// The job of an exam of so many questions.
pub fn long_job(count: usize) -> Job {
    let mut dice = Dice::new(count as u64);
    let (mut sections, mut bank) = (String::new(), String::from(BANK_HEAD));
    section(&mut sections, "multiple-choice", count);
    sections.push_str("options = 4\n");
    for number in 0..count {
        item(&mut dice, "multiple-choice", number, false, &mut bank);
        task(&mut dice, "multiple-choice", 4, number, &mut bank);
    }
    let blueprint = format!("{}{sections}", head(&mut dice, 0));
    let job = in_bank(made::job(&blueprint, &Overrides::default()), bank);
    widened(job).expect("small type finds room on any paper")
}

/// The job with a made-up bank in its own language.
fn in_bank(mut job: Job, text: String) -> Job {
    let text = text.replace("LANGUAGE", job.blueprint.head.language.code());
    let bank = bank::load(&[Source { name: "bank.toml".into(), text: text.into() }]);
    job.bank = bank.unwrap_or_else(|found| panic!("{found:?}"));
    job
}

/// The job with fewer columns if they are so narrow that they are refused, or `None` if even
/// one is.
fn widened(mut job: Job) -> Option<Job> {
    while column(&job) < job.theme.sizes.body.size * 10 {
        job.theme.columns.count -= 1;
        if job.theme.columns.count == 0 {
            return None;
        }
    }
    Some(job)
}

/// How wide a column is; one of fewer than ten ems is refused.
fn column(job: &Job) -> Length {
    let (margins, columns) = (&job.theme.margins, &job.theme.columns);
    let printing = &job.blueprint.printing;
    let paper = printing.page(&job.paper);
    let width = paper.width - margins.left - printing.gutter - margins.right;
    (width - columns.gap * (columns.count as i32 - 1)) / columns.count as i32
}

/// What stands above the sections of a blueprint.
fn head(dice: &mut Dice, seed: u64) -> String {
    let mut head = String::from("banks = [\"kerja-sama-internasional\"]\n");
    let mut line = |line: String| writeln!(head, "{line}").unwrap();
    line(format!("seed = {seed}"));
    line(format!("title = [\"UJIAN\", \"{}\"]", dice.option(40)));
    line(format!("language = \"{}\"", dice.pick(&["id", "en"])));
    line(format!("variants = {}", dice.roll(1..=4)));
    line(format!("paper = \"{}\"", dice.pick(&PAPERS)));
    line(format!("columns = {}", dice.roll(1..=3)));
    line(format!("numbering = \"{}\"", dice.pick(&["continuous", "sections"])));
    if dice.one_in(4) {
        line("watermark = \"RAHASIA\"".into());
    }
    if dice.one_in(3) {
        line(format!("instructions = [\"{}\"]", dice.option(80)));
    }
    line("[printing]".into());
    let impositions = ["single", "single", "single", "two-up", "twice", "booklet"];
    line(format!("imposition = \"{}\"", dice.pick(&impositions)));
    line(format!("duplex = {}", dice.one_in(2)));
    line(format!("gutter = \"{}mm\"", dice.pick(&[0, 0, 8])));
    if dice.one_in(2) {
        line("[letterhead]".into());
        line(format!("authority = [\"{}\"]", dice.option(50)));
        line(format!("school = \"{}\"", dice.option(40)));
        line(format!("address = [\"{}\"]", dice.option(90)));
    }
    line("[identity]".into());
    line(format!("subject = \"{}\"", dice.option(30)));
    line("date = \"\"".into());
    head
}

/// Sections that the built-in bank can fill.
fn built_in(dice: &mut Dice) -> String {
    let most = [
        ("multiple-choice", 14),
        ("multiple-answer", 3),
        ("true-false", 6),
        ("categorize", 1),
        ("matching", 1),
        ("ordering", 1),
        ("short-answer", 5),
        ("cloze", 1),
        ("essay", 3),
    ];
    let mut sections = String::new();
    for (item_type, most) in most {
        if sections.is_empty() || dice.one_in(2) {
            let count = dice.roll(1..=most);
            section(&mut sections, item_type, count);
            space(dice, item_type, &mut sections);
        }
    }
    sections
}

fn section(sections: &mut String, item_type: &str, count: usize) {
    write!(sections, "\n[[section]]\ntype = \"{item_type}\"\ncount = {count}\n").unwrap();
    if item_type == "essay" {
        sections.push_str("points = 5\n");
    }
}

/// Space of any kind for the answers of essays.
fn space(dice: &mut Dice, item_type: &str, sections: &mut String) {
    if item_type != "essay" {
        return;
    }
    let ruling = dice.pick(&["lines", "box", "squares", "blank"]);
    let extent = match dice.roll(0..=5) {
        0..=2 => format!("lines = {}", dice.roll(0..=12)),
        3 | 4 => format!("height = \"{}mm\"", dice.roll(5..=90)),
        _ => "rest = true".to_string(),
    };
    writeln!(sections, "space = {{ ruling = \"{ruling}\", {extent} }}").unwrap();
}

/// Sections, and a bank that has just what they ask for.
fn made_up(dice: &mut Dice) -> (String, String) {
    let mut sections = String::new();
    let mut bank = String::from(BANK_HEAD);
    let types = [
        "multiple-choice",
        "multiple-answer",
        "true-false",
        "categorize",
        "matching",
        "ordering",
        "short-answer",
        "cloze",
        "essay",
    ];
    let first = dice.roll(0..=types.len() - 1);
    for (index, item_type) in types.into_iter().enumerate() {
        if index == first || dice.one_in(4) {
            made_up_section(dice, item_type, &mut sections, &mut bank);
        }
    }
    (sections, bank)
}

const BANK_HEAD: &str = r#"
[bank]
id = "acak"
title = "Bank acak"
language = "LANGUAGE"

[[topic]]
id = "umum"
name = "Umum"

[[kind]]
id = "benda"
name = "benda"

[[attribute]]
id = "warna"
name = "warna"
rule = "one"
reason = "warna {subject} adalah {value}"
"#;

fn made_up_section(
    dice: &mut Dice,
    item_type: &str,
    sections: &mut String,
    bank: &mut String,
) {
    let most = match item_type {
        "multiple-choice" => 24,
        "matching" => 1,
        "essay" | "categorize" | "ordering" | "cloze" => 3,
        _ => 10,
    };
    let count = dice.roll(1..=most);
    // Some of the items are about a text or a table that they share.
    let grouped = if dice.one_in(2) { dice.roll(0..=count.min(4)) } else { 0 };
    let grouped = if item_type == "matching" { 0 } else { grouped };
    section(sections, item_type, count);
    space(dice, item_type, sections);
    if grouped > 0 {
        sections.push_str("stimuli = 1\n");
        stimulus(dice, item_type, bank);
    }
    if item_type == "matching" {
        return matching(dice, sections, bank);
    }
    let most = if dice.one_in(4) { 12 } else { 5 };
    let options = dice.roll(2..=most);
    let options = if item_type == "multiple-answer" { options.max(4) } else { options };
    if item_type.starts_with("multiple") {
        writeln!(sections, "options = {options}").unwrap();
    }
    for number in 0..count {
        item(dice, item_type, number, number < grouped, bank);
        task(dice, item_type, options, number, bank);
    }
}

/// What all items have.
fn item(
    dice: &mut Dice,
    item_type: &str,
    number: usize,
    grouped: bool,
    bank: &mut String,
) {
    let stem = dice.stem();
    writeln!(bank, "\n[[item]]\nid = \"{item_type}-{number}\"").unwrap();
    writeln!(bank, "type = \"{item_type}\"\ntopic = \"umum\"").unwrap();
    writeln!(bank, "level = \"L1\"\ncognitive = \"C1\"").unwrap();
    writeln!(bank, "stem = \"{stem} n{number}\"").unwrap();
    if grouped {
        writeln!(bank, "stimulus = \"{item_type}\"").unwrap();
    }
}

/// What an item has besides its stem.
fn task(
    dice: &mut Dice,
    item_type: &str,
    options: usize,
    number: usize,
    bank: &mut String,
) {
    let length = dice.pick(&[1, 3, 12, 40, 150]);
    let list =
        |dice: &mut Dice, count: usize, entry: &dyn Fn(String, usize) -> String| {
            let entries = (0..count).map(|index| {
                let text = dice.option(length);
                // What differs in nothing but its words could be the same by chance.
                entry(format!("{text} o{}", char::from(b'a' + index as u8)), index)
            });
            entries.collect::<Vec<String>>().join(", ")
        };
    let line = match item_type {
        "multiple-choice" | "multiple-answer" => {
            let right = if item_type == "multiple-choice" { 1 } else { 2 };
            let option = |text: String, index: usize| match index < right {
                true => format!("{{ text = \"{text}\", correct = true }}"),
                false => format!("{{ text = \"{text}\" }}"),
            };
            format!("options = [{}]", list(dice, options.max(3), &option))
        }
        "true-false" => format!("truth = {}", number.is_multiple_of(2)),
        "categorize" => {
            let category = |index: usize| if index < 2 { "Benar" } else { "Salah" };
            let row = |text: String, index: usize| {
                format!("{{ text = \"{text}\", category = \"{}\" }}", category(index))
            };
            let rows = list(dice, 4, &row);
            format!("categories = [\"Benar\", \"Salah\"]\nrows = [{rows}]")
        }
        "ordering" => {
            let count = dice.roll(3..=7);
            format!("steps = [{}]", list(dice, count, &|text, _| format!("\"{text}\"")))
        }
        "cloze" => {
            let texts = [dice.text(length * 3), dice.text(length), dice.text(length)];
            let [one, two, three] = texts;
            let text = format!("text = \"{one} {{1}} {two} {{2}} {three}.\"");
            let words = if dice.one_in(2) { "words = [\"garam\"]" } else { "" };
            format!("{text}\nblanks = [[\"gula\"], [\"kopi\"]]\n{words}")
        }
        "short-answer" => "answers = [\"gula\"]".to_string(),
        _ => "guide = [{ text = \"Ada.\", points = 5 }]".to_string(),
    };
    writeln!(bank, "{line}").unwrap();
}

fn stimulus(dice: &mut Dice, item_type: &str, bank: &mut String) {
    writeln!(bank, "\n[[stimulus]]\nid = \"{item_type}\"").unwrap();
    let kinds = dice.roll(1..=3);
    if kinds != 1 {
        let text = [dice.stem(), dice.stem()].join("\n\n");
        writeln!(bank, "title = \"Teks\"\ntext = \"\"\"\n{text}\n\"\"\"").unwrap();
    }
    if kinds != 2 {
        let rows: Vec<String> = (0..dice.roll(1..=8))
            .map(|_| format!("[\"{}\", \"{}\"]", dice.option(20), dice.roll(1..=99)))
            .collect();
        let rows = rows.join(", ");
        writeln!(
            bank,
            "table = {{ caption = \"Tabel\", head = [\"A\", \"B\"], rows = [{rows}] }}"
        )
        .unwrap();
    }
}

/// A matching item, which only a pattern makes.
fn matching(dice: &mut Dice, sections: &mut String, bank: &mut String) {
    let pairs = dice.roll(3..=10);
    writeln!(sections, "pairs = {pairs}\nextra = 2").unwrap();
    let length = dice.pick(&[3, 12, 40]);
    for index in 0..pairs + 2 {
        let letter = char::from(b'a' + index as u8);
        let (name, value) = (dice.option(length), dice.option(length));
        writeln!(bank, "\n[[entity]]\nid = \"benda-{letter}\"\nkind = \"benda\"")
            .unwrap();
        writeln!(bank, "name = \"{name} {letter}n\"").unwrap();
        writeln!(bank, "[entity.attributes]\nwarna = \"{value} {letter}w\"").unwrap();
    }
    bank.push_str(
        "\n[[pattern]]\nid = \"warna\"\ntype = \"matching\"\ntopic = \"umum\"\n\
         level = \"L1\"\ncognitive = \"C1\"\n\
         ask = { value = \"warna\", kinds = [\"benda\"] }\n\
         stems = [\"Pasangkan!\"]\n",
    );
}
