//! The file around the pages: fonts, what it says about itself, and what it must not hold.

use std::collections::{BTreeMap, BTreeSet};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, Stream,
};
use lembar::Document;
use lembar::record::{FileRole, Record};

use super::{SAMPLES, Sample};

/// Everything in a file that is not drawn, and everything that is, undone.
#[derive(Default)]
struct Contents {
    names: BTreeSet<String>,
    strings: Vec<Vec<u8>>,
    streams: Vec<Vec<u8>>,
}

impl Contents {
    fn of(pdf: &Pdf) -> Contents {
        let mut contents = Contents::default();
        pdf.objects().into_iter().for_each(|object| contents.object(&object));
        contents
    }

    fn object(&mut self, object: &Object<'_>) {
        match object {
            Object::String(string) => self.strings.push(string.as_bytes().to_vec()),
            Object::Name(name) => self.name(name),
            Object::Dict(dict) => self.dict(dict),
            Object::Array(array) => self.array(array),
            Object::Stream(stream) => {
                self.dict(stream.dict());
                self.streams.push(stream.decoded().unwrap().into_owned());
            }
            Object::Null(_) | Object::Boolean(_) | Object::Number(_) => {}
        }
    }

    fn name(&mut self, name: &Name<'_>) {
        self.names.insert(String::from_utf8_lossy(name).into_owned());
    }

    fn dict(&mut self, dict: &Dict<'_>) {
        for (key, value) in dict.entries() {
            self.name(&key);
            self.maybe(value);
        }
    }

    fn array(&mut self, array: &Array<'_>) {
        array.raw_iter().for_each(|value| self.maybe(value));
    }

    fn maybe(&mut self, value: MaybeRef<Object<'_>>) {
        // What is referred to is an object of its own.
        if let MaybeRef::NotRef(object) = value {
            self.object(&object);
        }
    }
}

/// Every document of the samples, opened.
fn all() -> impl Iterator<Item = (&'static Sample, &'static Document, Pdf)> {
    SAMPLES.iter().flat_map(|sample| {
        let open = move |document: &'static Document| {
            (sample, document, Pdf::new(document.bytes.clone()).unwrap())
        };
        sample.made.documents.iter().map(open)
    })
}

fn dictionaries(pdf: &Pdf) -> impl Iterator<Item = Dict<'_>> {
    pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        Object::Stream(stream) => Some(stream.dict().clone()),
        _ => None,
    })
}

fn typed<'a>(dict: &Dict<'a>, kind: &str) -> bool {
    dict.get::<Name<'a>>("Type").is_some_and(|found| found.as_str() == kind)
}

#[test]
fn fonts_are_embedded_as_subsets_that_can_be_read() {
    for (_, document, pdf) in all() {
        let fonts = dictionaries(&pdf).filter(|dict| typed(dict, "Font"));
        let fonts: Vec<Dict<'_>> =
            fonts.filter(|font| font.contains_key("DescendantFonts")).collect();
        assert!(
            (2..=6).contains(&fonts.len()),
            "{}: {} fonts",
            document.name,
            fonts.len()
        );
        for font in fonts {
            let name = font.get::<Name<'_>>("BaseFont").unwrap();
            let (tag, family) = name.as_str().split_once('+').unwrap();
            assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()));
            let families = ["SourceSerif4", "SourceSans3"];
            assert!(families.iter().any(|f| family.starts_with(f)), "{family}");
            let unicode = font.get::<Stream<'_>>("ToUnicode").unwrap().decoded().unwrap();
            let unicode = String::from_utf8_lossy(&unicode).into_owned();
            assert!(unicode.contains("beginbf"), "{unicode}");
            let parts = font.get::<Array<'_>>("DescendantFonts").unwrap();
            let part = parts.iter::<Dict<'_>>().next().unwrap();
            let descriptor = part.get::<Dict<'_>>("FontDescriptor").unwrap();
            assert_eq!(descriptor.get::<Name<'_>>("FontName").unwrap(), name);
            let program = descriptor.get::<Stream<'_>>("FontFile2").unwrap();
            let size = program.decoded().unwrap().len();
            // The whole fonts have 200 kB and more.
            assert!((2_000..60_000).contains(&size), "{family} has {size} bytes");
        }
    }
}

/// The entries of a dictionary that are strings.
fn strings(dict: &Dict<'_>) -> BTreeMap<String, String> {
    let text = |(key, value): (Name<'_>, MaybeRef<Object<'_>>)| match value {
        MaybeRef::NotRef(Object::String(string)) => {
            Some((key.as_str().to_string(), decoded(string.as_bytes())))
        }
        other => panic!("{key:?} is {other:?}"),
    };
    dict.entries().filter_map(text).collect()
}

/// A text string of a PDF.
fn decoded(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(units) => {
            let units = units.chunks_exact(2).map(|u| u16::from_be_bytes([u[0], u[1]]));
            String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
        }
        None => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

#[test]
fn documents_say_what_they_are_and_when_they_were_made_never() {
    for (sample, document, pdf) in all() {
        let record = &sample.made.record;
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap();
        let language = catalog.get::<Object<'_>>("Lang").unwrap().into_string().unwrap();
        assert_eq!(decoded(language.as_bytes()), record.language.code());

        let told = dictionaries(&pdf).filter(|dict| dict.contains_key("Producer"));
        let told: Vec<BTreeMap<String, String>> =
            told.map(|dict| strings(&dict)).collect();
        let title = title(sample, document);
        let producer = concat!("lembar ", env!("CARGO_PKG_VERSION")).to_string();
        let expected = [("Producer", producer), ("Title", title)];
        let expected = BTreeMap::from(expected.map(|(k, v)| (k.to_string(), v)));
        assert_eq!(told, [expected], "{}", document.name);

        let metadata = pdf.metadata();
        assert_eq!(metadata.creation_date, None);
        assert_eq!(metadata.modification_date, None);
        let contents = Contents::of(&pdf);
        let dated = |string: &Vec<u8>| string.starts_with(b"D:");
        assert!(!contents.strings.iter().any(dated), "{}", document.name);
    }
}

/// What a document is called.
fn title(sample: &Sample, document: &Document) -> String {
    let (words, title) = (&sample.made.job.wording, &sample.made.record.title);
    let label = document.variant.as_deref().unwrap_or_default();
    match document.role {
        FileRole::Paper => {
            format!("{title} {}", words.footer.variant.replace("{variant}", label))
        }
        FileRole::Key => {
            format!("{title} {}", words.footer.key.replace("{variant}", label))
        }
        FileRole::KeyMatrix => format!("{} {title}", words.matrix.title),
        FileRole::Attendance => format!("{} {title}", words.attendance.title),
        FileRole::SeatingPlan => format!("{} {title}", words.seating.title),
        FileRole::Distribution => format!("{} {title}", words.distribution.title),
        FileRole::BlueprintTable => format!("{} {title}", words.blueprint_table.title),
        FileRole::ItemCards => format!("{} {title}", words.item_cards.title),
        FileRole::Reviews => format!("{} {title}", words.reviews.title),
        FileRole::Scoring => format!("{} {title}", words.scoring_guide.title),
        FileRole::AnswerSheet => {
            format!("{title} {}", words.answer_sheet.foot.replace("{variant}", label))
        }
        FileRole::KeyOverlay => {
            format!("{title} {}", words.answer_sheet.overlay.replace("{variant}", label))
        }
        FileRole::Activity => format!("{} {title}", words.activity.title),
        FileRole::ActivityKey => format!("{} {title}", words.activity.key),
        FileRole::Crossword => format!("{} {title}", words.crossword.title),
        FileRole::CrosswordKey => format!("{} {title}", words.crossword.key),
        FileRole::WordSearch => format!("{} {title}", words.word_search.title),
        FileRole::WordSearchKey => format!("{} {title}", words.word_search.key),
        FileRole::FlashCards => format!("{} {title}", words.flash_cards.title),
        FileRole::ExitTicket => format!("{} {title}", words.exit_ticket.title),
        FileRole::ExitTicketKey => format!("{} {title}", words.exit_ticket.key),
        FileRole::Bingo => format!("{} {title}", words.bingo.title),
        FileRole::BingoCalls => format!("{} {title}", words.bingo.key),
        FileRole::Erratum => unreachable!("`make` prints no errata"),
    }
}

/// Names of things that can carry words that are not seen on the page.
const CARRIERS: [&str; 12] = [
    "AF",
    "AcroForm",
    "Annots",
    "Collection",
    "EmbeddedFile",
    "EmbeddedFiles",
    "JavaScript",
    "OCProperties",
    "OpenAction",
    "Outlines",
    "PieceInfo",
    "XFA",
];

#[test]
fn papers_have_no_place_for_unseen_words() {
    for (_, document, pdf) in all() {
        if document.role != FileRole::Paper {
            continue;
        }
        let contents = Contents::of(&pdf);
        for name in &contents.names {
            assert!(!CARRIERS.contains(&name.as_str()), "{} has {name}", document.name);
            let lower = name.to_lowercase();
            for word in ["key", "answer", "kunci", "jawab", "correct", "solution"] {
                assert!(!lower.contains(word), "{} has {name}", document.name);
            }
        }
    }
}

/// What no paper may hold in any form: reasons, guides, words of the key, and the ids of
/// items, which name the right answer.
fn secrets(sample: &Sample, record: &Record) -> BTreeSet<String> {
    let words = &sample.made.job.wording.key;
    let mut secrets = BTreeSet::new();
    for question in record.variants.held().iter().flat_map(|variant| &variant.questions) {
        secrets.extend(question.rationales().into_iter().map(String::from));
        secrets.extend(question.guide.iter().map(|criterion| criterion.text.to_string()));
        secrets.insert(question.item.clone());
    }
    let phrases = [&words.title, &words.answers, &words.reasons, &words.scoring];
    secrets.extend(phrases.into_iter().cloned());
    secrets.retain(|secret| secret.len() > 6);
    secrets
}

/// A text as a file may hold it: plainly, in two bytes a character, or in hexadecimal.
fn forms(text: &str) -> [String; 4] {
    let plain = text.as_bytes().to_vec();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex =
        |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    [hex(&plain), hex(&wide), one_by_one(&plain), one_by_one(&wide)]
}

#[test]
fn papers_hold_no_secrets() {
    for sample in &*SAMPLES {
        let secrets = secrets(sample, &sample.made.record);
        assert!(secrets.len() > 10, "{secrets:?}");
        let papers = sample.made.of_role(FileRole::Paper);
        for document in papers {
            let pdf = Pdf::new(document.bytes.clone()).unwrap();
            let Contents { names, strings, mut streams } = Contents::of(&pdf);
            streams.push(document.bytes.clone());
            streams.push(strings.join(&b'\n'));
            streams.push(names.into_iter().collect::<Vec<_>>().join("\n").into_bytes());
            let hay = one_by_one(&streams.join(&b'\n'));
            for secret in &secrets {
                let found = forms(secret).iter().any(|form| hay.contains(form));
                assert!(!found, "{} {}: {secret}", sample.name, document.name);
            }
        }
    }
}

/// A character for every byte, because texts are searched far faster than bytes.
fn one_by_one(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
