//! The checker finds faults that are planted, in papers and in banks.

use lembar::language::Language;
use serde_json::{Value as Json, json};

use crate::checker::{Checker, SMALL};
use crate::exams::{self, FILES};

/// A record without a fault.
fn sound() -> Json {
    let questions = json!([
        {
            "type": "multiple-choice", "item": "pusat-pg:opec", "points": 1,
            "stem": "OPEC berpusat di ....",
            "options": ["Jenewa", "Wina", "Bern", "London"], "key": ["B"]
        },
        {
            "type": "matching", "item": "pusat-jodoh", "points": 3, "stem": "Pasangkan!",
            "premises": ["WTO", "UPU", "IMO"],
            "options": ["Bern", "Jenewa", "London", "Wina"], "key": ["B", "A", "C"]
        },
        {
            "type": "multiple-choice", "item": "tugas-pg:wto", "points": 1,
            "stem": "Yang bertugas mengatur perdagangan adalah ....",
            "options": ["WHO", "UPU", "WTO"], "key": ["C"]
        },
        {
            "type": "multiple-choice", "item": "negatif-pg:utang", "points": 1,
            "stem": "Salah satu dampak negatif adalah ....",
            "options": ["bertambahnya utang", "meluasnya pasar", "masuknya modal"], "key": ["A"]
        },
        {
            "type": "true-false", "item": "positif-bs:pinjaman", "points": 1,
            "stem": "Menumpuknya pinjaman merupakan dampak positif.", "key": ["false"]
        },
        {
            "type": "short-answer", "item": "pusat-isian:who", "points": 1,
            "stem": "WHO berpusat di kota ....", "key": ["Jenewa"],
            "accepted": ["Jenewa", "Geneva"]
        },
        {
            "type": "essay", "item": "prinsip-uraian", "points": 3,
            "stem": "Sebutkan 2 prinsip!", "key": [],
            "guide": [{ "text": "keadilan", "points": 2 }, { "text": "kesetaraan", "points": 2 }]
        },
        {
            "type": "essay", "item": "uraian", "points": 6,
            "stem": "Jelaskan arti kerja sama!", "key": [],
            "guide": [{ "text": "bersama", "points": 4 }, { "text": "bekerja", "points": 2 }]
        }
    ]);
    json!({ "language": "id", "variants": [{ "label": "A", "questions": questions }] })
}

/// Changes a question of the sound record and says what the checker then complains about.
fn found(item: &str, change: impl Fn(&mut Json)) -> String {
    let mut record = sound();
    let questions = record["variants"][0]["questions"].as_array_mut().unwrap();
    change(questions.iter_mut().find(|question| question["item"] == item).unwrap());
    Checker::new(&[SMALL]).complaints(&record).join("\n")
}

/// Changes the bank and says what the checker then complains about.
fn found_in(bank: &str, old: &str, new: &str) -> String {
    assert!(bank.contains(old), "{old}");
    Checker::new(&[&bank.replace(old, new)]).complaints(&sound()).join("\n")
}

#[track_caller]
fn assert_says(found: &str, expected: &str) {
    assert!(found.contains(expected), "expected `{expected}` among:\n{found}");
}

#[test]
fn nothing_is_said_of_what_is_sound() {
    assert_eq!(Checker::new(&[SMALL]).complaints(&sound()), Vec::<String>::new());
}

#[test]
fn wrong_keys_are_found() {
    let off_by_one = found("pusat-pg:opec", |question| question["key"] = json!(["C"]));
    assert_says(&off_by_one, "the key `Bern` is False");
    assert_says(&off_by_one, "`Wina` is right too");
    let none = found("pusat-pg:opec", |question| question["key"] = json!(["E"]));
    assert_says(&none, "no option has the letter E");
    let two = found("pusat-pg:opec", |question| question["key"] = json!(["A", "B"]));
    assert_says(&two, "2 letters are the key");
    let truth =
        found("positif-bs:pinjaman", |question| question["key"] = json!(["true"]));
    assert_says(&truth, "the claim `positif` is False, not True");
}

#[test]
fn options_that_are_right_or_alike_are_found() {
    let offer = |item: &str, place: usize, option: &str| {
        found(item, |question| question["options"][place] = json!(option))
    };
    assert_says(&offer("pusat-pg:opec", 0, "Bern"), "`Bern` is offered twice");
    assert_says(&offer("pusat-pg:opec", 0, " BERN "), "offered twice");
    assert_says(&offer("pusat-pg:opec", 2, "Geneva"), "offered in two spellings");
    assert_says(&offer("negatif-pg:utang", 1, "menumpuknya pinjaman"), "is right too");
    assert_says(
        &offer("negatif-pg:utang", 1, "keadilan"),
        "`keadilan` is not provably wrong",
    );
    assert_says(
        &offer("negatif-pg:utang", 1, "keadilan"),
        "`keadilan` is not from the pool",
    );
    // Protecting copyrights is nearly what the WTO does.
    assert_says(&offer("tugas-pg:wto", 0, "WIPO"), "`WIPO` is not provably wrong");
    assert_says(&offer("tugas-pg:wto", 0, "FAO"), "`FAO` is not provably wrong");
}

#[test]
fn an_alias_of_the_key_is_found() {
    let mut record = sound();
    record["variants"][0]["questions"] = json!([{
        "type": "multiple-choice", "item": "pusat-pg:wto", "points": 1,
        "stem": "WTO berpusat di ....",
        "options": ["Jenewa", "Wina", "Geneva"], "key": ["A"]
    }]);
    let found = Checker::new(&[SMALL]).complaints(&record).join("\n");
    assert_says(&found, "`Geneva` is right too");
}

#[test]
fn a_city_that_two_premises_share_is_found() {
    let shared = found("pusat-jodoh", |question| {
        question["premises"] = json!(["WTO", "WHO", "IMO"]);
        question["key"] = json!(["B", "B", "C"]);
    });
    assert_says(&shared, "an option belongs to two premises");
    let twice = found("pusat-jodoh", |question| {
        question["premises"] = json!(["WTO", "WHO", "IMO"]);
        question["options"] = json!(["Jenewa", "Geneva", "London", "Wina"]);
        question["key"] = json!(["A", "B", "C"]);
    });
    assert_says(&twice, "`WTO`: `Geneva` is right too");
    let swapped =
        found("pusat-jodoh", |question| question["key"] = json!(["A", "B", "C"]));
    assert_says(&swapped, "`WTO`: the key `Bern` is False");
    let short = found("pusat-jodoh", |question| question["key"] = json!(["B", "A"]));
    assert_says(&short, "2 keys for 3 premises");
}

/// The same paper, after the bank has learnt that two share a city.
#[test]
fn a_city_that_two_come_to_share_is_found() {
    let moved = found_in(SMALL, "pusat = \"Bern\"", "pusat = \"Jenewa\"");
    assert_says(&moved, "`UPU`: the key `Bern` is");
    assert_says(&moved, "`UPU`: `Jenewa` is right too");
    let both = found_in(SMALL, "pusat = \"Bern\"", "pusat = [\"Bern\", \"Jenewa\"]");
    assert_says(&both, "`UPU`: `Jenewa` is right too");
}

/// Another name of the key, which only its own entity, a term or the translation tells.
#[test]
fn an_alias_that_the_bank_learns_is_found() {
    let right = "`Bern` is right too";
    let own = found_in(
        SMALL,
        "pusat = \"Wina\"",
        "pusat = { value = \"Wina\", aliases = [\"Bern\"] }",
    );
    assert_says(&own, right);
    let term = "[[term]]\ntext = \"Jenewa\"";
    let other = format!("[[term]]\ntext = \"Wina\"\naliases = [\"Bern\"]\n\n{term}");
    assert_says(&found_in(SMALL, term, &other), right);
    let translated = format!("[[term]]\ntext = \"Wina\"\nen.text = \"Bern\"\n\n{term}");
    assert_says(&found_in(SMALL, term, &translated), right);
}

/// A date makes what was proven unproven, of wrong options too.
#[test]
fn a_stale_date_of_a_wrong_option_is_found() {
    let stale = "id = \"who\"\nas_of = \"2020-01-01\"";
    let found = found_in(SMALL, "id = \"who\"", stale);
    assert_says(&found, "(tugas-pg:wto): `WHO` is not provably wrong");
    assert_says(
        &found,
        "(pusat-isian:who): no stem of the pattern reads like this for the subject",
    );
    let stale = "id = \"pinjaman\"\nas_of = \"2020-01-01\"";
    let found = found_in(SMALL, "id = \"pinjaman\"", stale);
    assert_says(&found, "the claim `positif` is Unknown, not False");
}

#[test]
fn statements_that_must_not_meet_are_found() {
    let pool = "id = \"pasar\"\nnoun = \"meluasnya pasar\"\nlabels = [\"positif\"]";
    let argued = format!("{pool}\nalso = [\"negatif\"]");
    assert_says(
        &found_in(SMALL, pool, &argued),
        "`meluasnya pasar` is not provably wrong",
    );
    let clustered = format!("{pool}\ncluster = \"ide-utang\"");
    let found = found_in(SMALL, pool, &clustered);
    assert_says(&found, "`meluasnya pasar` is not provably wrong");
    assert_says(&found, "say nearly the same or mirror each other");
    for mirror in ["utang", "ide-utang"] {
        let mirrored = format!("{pool}\nmirrors = [\"{mirror}\"]");
        assert_says(&found_in(SMALL, pool, &mirrored), "mirror each other");
    }
}

#[test]
fn entities_that_are_nearly_the_same_are_found() {
    let cluster = |text: String, id: &str| {
        let entity = format!("id = \"{id}\"");
        text.replace(&entity, &format!("{entity}\ncluster = \"dekat\""))
    };
    let clustered = ["wto", "upu"].into_iter().fold(SMALL.to_string(), cluster);
    let found = Checker::new(&[&clustered]).complaints(&sound()).join("\n");
    assert_says(&found, "(pusat-jodoh): `UPU` and `WTO` are nearly the same");
    assert_says(&found, "(tugas-pg:wto): `WTO` and `UPU` are nearly the same");
    assert_says(&found, "(tugas-pg:wto): `UPU` is not provably wrong");
}

#[test]
fn facts_that_are_not_settled_are_found() {
    for doubt in ["disputed = true", "historical = true", "as_of = \"2020-01-01\""] {
        let value = format!("pusat = {{ value = \"Wina\", {doubt} }}");
        // What is known up to a day may be asked, but not by a stem that states none.
        let complaint = match doubt.starts_with("as_of") {
            true => "no stem of the pattern reads like this for the subject",
            false => "the key `Wina` is Unknown",
        };
        let found = found_in(SMALL, "pusat = \"Wina\"", &value);
        assert_says(&found, complaint);
        let entity = format!("id = \"opec\"\n{doubt}");
        let found = found_in(SMALL, "id = \"opec\"", &entity);
        assert_says(&found, complaint);
        let statement = format!("id = \"utang\"\n{doubt}");
        let found = found_in(SMALL, "id = \"utang\"", &statement);
        assert_says(&found, "the key `bertambahnya utang` is Unknown");
    }
    assert_says(
        &found_in(SMALL, "rule = \"one\"", "rule = \"open\""),
        "not provably wrong",
    );
}

#[test]
fn accepted_answers_are_compared() {
    let wrong = found("pusat-isian:who", |question| {
        question["accepted"] = json!(["Jenewa", "Geneva", "Bern"]);
    });
    assert_says(&wrong, "`Bern` is accepted, and not provably right");
    let base = found("pusat-isian:who", |question| {
        question["key"] = json!(["Geneva"]);
        question["accepted"] = json!(["Geneva"]);
    });
    assert_says(&base, "`Jenewa` is not accepted");
    let first = found("pusat-isian:who", |question| question["key"] = json!(["Geneva"]));
    assert_says(&first, "the key is not the first accepted answer");
    let mut record = sound();
    record["variants"][0]["questions"] = json!([{
        "type": "short-answer", "item": "anggota-isian:benelux-2", "points": 1,
        "stem": "Salah satu anggota Benelux adalah ....", "key": ["Belgia"],
        "accepted": ["Belgia"]
    }]);
    let found = Checker::new(&[SMALL]).complaints(&record).join("\n");
    assert_says(&found, "`Belanda` may be right too");
    record["variants"][0]["questions"] = json!([{
        "type": "short-answer", "item": "tugas-isian:who", "points": 1,
        "stem": "Lembaga yang bertugas memberantas penyakit adalah ....", "key": ["WHO"],
        "accepted": ["WHO", "memberantas penyakit"]
    }]);
    let found = Checker::new(&[SMALL]).complaints(&record).join("\n");
    assert_says(&found, "the stem itself gives `memberantas penyakit`");
}

#[test]
fn guides_are_added_up() {
    let sum = found("uraian", |question| question["guide"][0]["points"] = json!(3));
    assert_says(&sum, "the guide adds up to 5 of 6 points");
    let text = found("prinsip-uraian", |question| {
        question["guide"][0]["text"] = json!("meluasnya pasar");
    });
    assert_says(&text, "`meluasnya pasar` is not provably right");
    let ideas = found("prinsip-uraian", |question| {
        question["guide"][0]["text"] = json!("keadilan / kesetaraan");
    });
    assert_says(&ideas, "`keadilan / kesetaraan` is of several ideas");
    let few = found("prinsip-uraian", |question| {
        question["guide"] = json!([{ "text": "keadilan", "points": 2 }]);
    });
    assert_says(&few, "fewer answers or points");
}

#[test]
fn stems_are_read() {
    let other = found("pusat-pg:opec", |question| {
        question["stem"] = json!("WTO berpusat di ....");
    });
    assert_says(&other, "no stem of the pattern reads like this");
    for label in ["prinsip", "dampak negatif"] {
        let claim = found("positif-bs:pinjaman", |question| {
            question["stem"] = json!(format!("Menumpuknya pinjaman merupakan {label}."));
        });
        assert_says(&claim, "claims nothing that the pattern asks");
    }
    let small = found("uraian", |question| {
        question["stem"] = json!("jelaskan arti kerja sama!");
    });
    assert_says(&small, "does not begin with a capital");
}

#[test]
fn papers_that_answer_themselves_are_found() {
    let twice = found("pusat-isian:who", |question| {
        question["item"] = json!("pusat-isian:opec");
        question["stem"] = json!("OPEC berpusat di kota ....");
        question["key"] = json!(["Wina"]);
        question["accepted"] = json!(["Wina"]);
    });
    assert_says(&twice, "both ask `opec.pusat`");
    let labels = "labels = [\"positif\"]";
    let given = found_in(SMALL, labels, "labels = [\"positif\", \"prinsip\"]");
    assert_says(&given, "gives an answer of `prinsip-uraian` away");
}

/// Exams of the built-in bank, checked against a bank whose effects are swapped.
#[test]
fn swapped_labels_are_found() {
    let swap = |line: &str| match line.starts_with("labels = ") {
        true => line
            .replace("dampak-positif", "DAMPAK")
            .replace("dampak-negatif", "dampak-positif")
            .replace("DAMPAK", "dampak-negatif"),
        false => line.to_string(),
    };
    let swapped: Vec<String> = FILES[0].lines().map(swap).collect();
    let (right, wrong) =
        (Checker::new(&FILES), Checker::new(&[&swapped.join("\n"), FILES[1]]));
    for language in Language::ALL {
        let record = exams::json(&exams::make(&exams::preset(language)));
        assert_eq!(right.complaints(&record), Vec::<String>::new());
        let found = wrong.complaints(&record);
        assert!(
            found.iter().any(|complaint| complaint.contains("(dampak-")),
            "{found:?}"
        );
    }
}

/// Every single key of an exam, moved by one.
#[test]
fn every_key_that_is_off_by_one_is_found() {
    let checker = Checker::new(&FILES);
    let record = exams::json(&exams::make(&exams::preset(Language::Id)));
    for index in 0..record["variants"][0]["questions"].as_array().unwrap().len() {
        let mut record = record.clone();
        record["variants"].as_array_mut().unwrap().truncate(1);
        let question = &mut record["variants"][0]["questions"][index];
        let Some(key) = question["key"].as_array_mut().and_then(|keys| keys.first_mut())
        else {
            continue;
        };
        *key = match key.as_str().unwrap() {
            "true" => "false".into(),
            "false" => "true".into(),
            "A" => "B".into(),
            "B" | "C" | "D" | "E" | "F" | "G" => "A".into(),
            _ => continue,
        };
        let number = question["number"].clone();
        let found = checker.complaints(&record);
        let said = found.iter().any(|c| c.starts_with(&format!("A {number} ")));
        assert!(said, "question {number} went unseen: {found:?}");
    }
}

/// A record of one question, and what the checker says of it.
fn alone(question: Json) -> String {
    let record = json!({
        "language": "id", "variants": [{ "label": "A", "questions": [question] }]
    });
    Checker::new(&[SMALL]).complaints(&record).join("\n")
}

#[test]
fn exceptions_are_checked() {
    let asked = |options: Json, key: &str| {
        alone(json!({
            "type": "multiple-choice", "item": "positif-kecuali:utang", "points": 1,
            "stem": "Berikut ini dampak positif, kecuali ....",
            "options": options, "key": [key]
        }))
    };
    let sound = json!(["bertambahnya utang", "meluasnya pasar", "masuknya modal"]);
    assert_eq!(asked(sound.clone(), "A"), "");
    let swapped = asked(sound, "B");
    assert_says(&swapped, "the key `meluasnya pasar` is False");
    assert_says(&swapped, "`bertambahnya utang` is right too");
    let two = json!(["bertambahnya utang", "menumpuknya pinjaman", "masuknya modal"]);
    assert_says(&asked(two, "A"), "`menumpuknya pinjaman` is right too");
    let argued = json!(["bertambahnya utang", "keadilan", "masuknya modal"]);
    assert_says(&asked(argued, "A"), "`keadilan` is not provably wrong");
    let other = json!(["keadilan", "meluasnya pasar", "masuknya modal"]);
    let other = asked(other, "A");
    assert_says(&other, "the key `keadilan` is Unknown");
    assert_says(&other, "`keadilan` is not from the pool");
}

#[test]
fn outsiders_are_checked() {
    let asked = |options: Json, key: &str| {
        alone(json!({
            "type": "multiple-choice", "item": "pusat-kecuali:who", "points": 1,
            "stem": "Berikut ini berpusat di Jenewa, kecuali ....",
            "options": options, "key": [key]
        }))
    };
    assert_eq!(asked(json!(["WTO", "OPEC", "WHO"]), "B"), "");
    assert_says(&asked(json!(["WTO", "OPEC", "WHO"]), "A"), "the key `WTO` is False");
    assert_says(&asked(json!(["WTO", "OPEC", "UPU"]), "B"), "`UPU` is right too");
    assert_says(&asked(json!(["WTO", "OPEC", "WIPO"]), "B"), "not provably wrong");
    assert_says(&asked(json!(["WTO", "WIPO", "WHO"]), "B"), "the key `WIPO` is Unknown");
}

#[test]
fn values_of_one_entity_are_checked() {
    let asked = |options: Json, keys: Json| {
        alone(json!({
            "type": "multiple-answer", "item": "anggota-pgk:benelux", "points": 1,
            "stem": "Anggota Benelux adalah ....", "options": options, "key": keys
        }))
    };
    let options = json!(["Belanda", "Italia", "Luksemburg", "Spanyol"]);
    assert_eq!(asked(options.clone(), json!(["A", "C"])), "");
    let short = asked(options, json!(["A", "D"]));
    assert_says(&short, "`Luksemburg` is True, not False");
    assert_says(&short, "`Spanyol` is False, not True");
}

#[test]
fn rivals_for_a_blank_are_found() {
    let asked = |id: &str, name: &str, task: &str| {
        alone(json!({
            "type": "short-answer", "item": format!("tugas-isian:{id}"), "points": 1,
            "stem": format!("Lembaga yang bertugas {task} adalah ...."),
            "key": [name], "accepted": [name]
        }))
    };
    assert_eq!(asked("upu", "UPU", "mengatur layanan pos"), "");
    assert_says(&asked("wto", "WTO", "mengatur perdagangan"), "`wipo` may be right too");
}
