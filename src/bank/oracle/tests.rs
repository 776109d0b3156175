//! What the oracle says of a small bank.

use super::*;
use crate::bank::load;
use crate::input::Source;

const BANK: &str = include_str!("tests.toml");

fn bank() -> Bank {
    let source = Source { name: "tests.toml".to_string(), text: BANK.into() };
    load(&[source]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The verdict as `T`, `F` or `?` with its reason in Indonesian.
fn shown(verdict: Verdict) -> String {
    match verdict {
        Verdict::True(reason) => format!("T {}", reason.base),
        Verdict::False(reason) => format!("F {}", reason.base),
        Verdict::Unknown(_) => "?".to_string(),
    }
}

fn value(entity: &str, attribute: &str, value: &str) -> Claim {
    let (entity, attribute) = (entity.to_string(), attribute.to_string());
    Claim::Value { entity, attribute, value: value.to_string() }
}

#[test]
fn values_are_judged() {
    let bank = bank();
    for (entity, attribute, claimed, expected) in [
        // A city that several institutions share is true of each of them.
        ("wto", "pusat", "Jenewa", "T WTO berpusat di Jenewa"),
        ("who", "pusat", "Jenewa", "T WHO berpusat di Jenewa"),
        ("opec", "pusat", "Jenewa", "F OPEC berpusat di Wina"),
        // Spellings, markup, case and space do not make another value.
        ("wto", "pusat", "Geneva", "T WTO berpusat di Jenewa"),
        ("wto", "pusat", " *JENEWA* ", "T WTO berpusat di Jenewa"),
        ("who", "pusat", "Genève", "T WHO berpusat di Jenewa"),
        ("opec", "pusat", "Vienna", "T OPEC berpusat di Wina"),
        ("wto", "pusat", "Vienna", "F WTO berpusat di Jenewa"),
        // What was true once is not false, and not true.
        ("opec", "pusat", "Bagdad", "?"),
        ("mee", "pusat", "Brussel", "?"),
        ("mee", "pusat", "Jenewa", "?"),
        // What changes or is disputed is never said.
        ("opec", "anggota", "11", "?"),
        ("opec", "anggota", "12", "?"),
        ("asean", "anggota", "11", "T ASEAN beranggotakan 11 negara"),
        ("asean", "anggota", "12", "F ASEAN beranggotakan 11 negara"),
        ("apec", "cakupan", "regional", "?"),
        ("apec", "cakupan", "multilateral", "?"),
        ("asean", "cakupan", "multilateral", "F ASEAN bersifat regional"),
        // Nothing recorded, nothing known.
        ("asean", "pusat", "Jakarta", "?"),
        ("asean", "pusat", "Wina", "?"),
        // All values of a listed attribute are true, all others false.
        ("asean", "pilar", "ekonomi", "T Pilar ASEAN: politik-keamanan, ekonomi"),
        ("asean", "pilar", "militer", "F Pilar ASEAN: politik-keamanan, ekonomi"),
        (
            "asean",
            "pilar",
            "keamanan politik",
            "T Pilar ASEAN: politik-keamanan, ekonomi",
        ),
        // A value of the same cluster can be argued.
        ("asean", "pilar", "perekonomian", "?"),
        // Values that read alike in the other language cannot both be options.
        ("wto", "cara", "perundingan", "T WTO bekerja melalui perundingan"),
        ("wto", "cara", "negosiasi", "?"),
        ("wto", "cara", "gugatan", "F WTO bekerja melalui perundingan"),
        ("who", "cara", "negotiation", "?"),
        // An example says nothing by itself; what it is an example of does.
        ("asean", "contoh", "bebas visa", "T ASEAN bersifat regional"),
        // Of an open attribute nothing is false.
        ("wto", "sebutan", "pengatur dagang", "T WTO disebut pengatur dagang"),
        ("wto", "sebutan", "kartel minyak", "?"),
        // Unknown names are unknown, not a panic.
        ("nato", "pusat", "Brussel", "?"),
        ("wto", "warna", "biru", "?"),
    ] {
        let verdict = shown(judge(&bank, &value(entity, attribute, claimed)));
        assert_eq!(verdict, expected, "{entity}.{attribute} = {claimed}");
    }
}

#[test]
fn functions_tell_apart_only_what_they_can() {
    let bank = bank();
    let opec = "F OPEC menyelaraskan kebijakan minyak";
    for (entity, claimed, expected) in [
        (
            "opec",
            "menyelaraskan kebijakan minyak",
            "T OPEC menyelaraskan kebijakan minyak",
        ),
        ("opec", "memajukan kesehatan", opec),
        ("opec", "menghapus hambatan dagang", opec),
        // Freer trade is the business of the WTO, AFTA and APEC alike (cluster 12).
        ("wto", "memudahkan perdagangan dan investasi", "?"),
        ("afta", "menghapus hambatan dagang", "?"),
        // The World Bank and the IBRD contain each other.
        ("ibrd", "mengurangi kemiskinan", "?"),
        ("ibrd", "memajukan kesehatan", "F IBRD memberi pinjaman pembangunan"),
        // Nobody has it, or nobody for certain, or the subject has none of its own.
        ("opec", "membangun rel", "?"),
        ("opec", "menyatukan pasar enam negara", "?"),
        ("asean", "memajukan kesehatan", "?"),
    ] {
        let verdict = shown(judge(&bank, &value(entity, "fungsi", claimed)));
        assert_eq!(verdict, expected, "{entity}.fungsi = {claimed}");
    }
}

#[test]
fn values_with_a_date_hold_on_that_day() {
    let bank = bank();
    let opec = |claimed| value("opec", "anggota", claimed);
    let verdict = |claimed, day| shown(judge_on(&bank, &opec(claimed), day));
    assert_eq!(verdict("11", Some("2026-05-01")), "T OPEC beranggotakan 11 negara");
    assert_eq!(verdict("12", Some("2026-05-01")), "F OPEC beranggotakan 11 negara");
    assert_eq!(verdict("11", Some("2026-05-02")), "?");
    assert_eq!(verdict("11", None), "?");
    // What is past or disputed does not hold on any day.
    let claim = value("apec", "cakupan", "regional");
    assert_eq!(shown(judge_on(&bank, &claim, Some("2026-05-01"))), "?");
}

#[test]
fn labels_are_judged() {
    let bank = bank();
    let dependence = "ketergantungan pada produk asing termasuk dampak negatif karena \
                      pemasok dapat berhenti";
    for (statement, label, expected) in [
        ("dn-ketergantungan", "dampak-negatif", format!("T {dependence}")),
        ("dn-ketergantungan", "manfaat", format!("F {dependence}")),
        // The relation holds both ways, though only one side declares it.
        (
            "m-devisa",
            "dampak-negatif",
            "F penambahan devisa termasuk manfaat".to_string(),
        ),
        // Labels that do not exclude each other.
        ("m-devisa", "faktor", "?".to_string()),
        // Another source gives it the label.
        ("m-devisa", "tujuan", "?".to_string()),
        ("dn-budaya", "manfaat", "?".to_string()),
        // A statement of the same cluster carries it, or can be said to.
        ("m-kerja", "tujuan", "?".to_string()),
        ("dn-kerja", "manfaat", "?".to_string()),
        ("dn-kerja", "tujuan", "?".to_string()),
        // A statement with the same wording carries it.
        ("dn-kembar", "manfaat", "?".to_string()),
        // Disputed, dated, historical.
        ("dn-disputed", "dampak-negatif", "?".to_string()),
        ("dn-dated", "dampak-negatif", "?".to_string()),
        ("dn-old", "manfaat", "?".to_string()),
        ("dn-ketergantungan", "warna", "?".to_string()),
        ("tiada", "manfaat", "?".to_string()),
    ] {
        let claim =
            Claim::Label { statement: statement.to_string(), label: label.to_string() };
        assert_eq!(shown(judge(&bank, &claim)), expected, "{statement}: {label}");
    }
}

#[test]
fn cases_are_judged() {
    let bank = bank();
    for (case, statement, expected) in [
        ("kopi", "m-devisa", "T penambahan devisa"),
        ("kopi", "dn-budaya", "F contoh itu tidak menyangkut masuknya budaya asing"),
        ("kopi", "dn-ketergantungan", "?"),
        ("pabrik", "m-kerja", "T pabrik memerlukan pekerja"),
        // Refuted, but of the cluster of what is shown.
        ("pabrik", "dn-kerja", "?"),
        // Refuted, but disputed.
        ("pabrik", "dn-disputed", "?"),
        ("kopi", "tiada", "?"),
        ("tiada", "m-devisa", "?"),
    ] {
        let claim =
            Claim::Case { case: case.to_string(), statement: statement.to_string() };
        assert_eq!(shown(judge(&bank, &claim)), expected, "{case}: {statement}");
    }
}

#[test]
fn reasons_speak_all_languages() {
    let bank = bank();
    let Verdict::False(reason) = judge(&bank, &value("opec", "pusat", "Jenewa")) else {
        panic!("not false");
    };
    assert_eq!(reason.in_language(Language::En), "OPEC has its headquarters in Vienna");
    assert_eq!(
        whose(&bank, &"pusat".to_string(), "geneva").map(|reason| reason.base),
        Some("WHO berpusat di Jenewa".to_string())
    );
    assert_eq!(whose(&bank, &"pusat".to_string(), "Oslo"), None);
}

#[test]
fn near_and_contrary_facts_clash() {
    let bank = bank();
    for (a, b, expected) in [
        ("m-kerja", "dn-kerja", true),
        ("m-budaya", "dn-budaya", true),
        ("m-devisa", "dn-ketergantungan", true),
        ("m-devisa", "dn-budaya", false),
        ("m-kembar", "dn-kembar", true),
        ("ibrd", "bank-dunia", true),
        ("wto", "who", false),
        ("wto", "wto", true),
        ("wto", "tiada", false),
    ] {
        let (a, b) = (a.to_string(), b.to_string());
        assert_eq!(clash(&bank, &a, &b), expected, "{a} and {b}");
        assert_eq!(clash(&bank, &b, &a), expected, "{b} and {a}");
    }
}

#[test]
fn spellings_and_holders_are_found() {
    let bank = bank();
    let first = |entity: &str, attribute: &str| {
        &bank.entities[entity].attributes.get(attribute).unwrap()[0]
    };
    let seat = first("wto", "pusat");
    assert_eq!(accepted(&bank, seat), ["Jenewa", "Geneva", "Genève"]);
    let pillar = first("asean", "pilar");
    assert_eq!(accepted(&bank, pillar), ["politik-keamanan", "keamanan politik"]);
    assert_eq!(holders(&bank, &"pusat".to_string(), "Genève"), ["who", "wto"]);
    assert_eq!(holders(&bank, &"pusat".to_string(), "Oslo"), Vec::<&Id>::new());
    assert!(same_value(&bank, seat, first("who", "pusat")));
    assert!(!same_value(&bank, seat, first("opec", "pusat")));
}

#[test]
fn fillings_are_not_filled_again() {
    assert_eq!(fill("{a} {b} {c", &[("{a}", "{b}"), ("{b}", "x")]), "{b} x {c");
}
