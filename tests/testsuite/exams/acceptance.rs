//! What a strict subject teacher looks for first in papers on *kerja sama internasional*.

use std::collections::{BTreeMap, BTreeSet};

use lembar::exam::{self, Blueprint};
use lembar::input::Source;
use lembar::language::Language;
use serde_json::Value as Json;

use crate::checker::known::{Known, fold};
use crate::exams::{FILES, json, preset};

/// Draws papers of these sections and hands every question of them to `look`, with the
/// language that it is written in.
fn each_question(sections: &str, seeds: u64, mut look: impl FnMut(&str, &Json)) {
    let bank = preset(Language::Id).bank;
    for (seed, language) in (0..seeds).zip(["id", "en"].into_iter().cycle()) {
        let text = format!(
            "title = \"x\"\nbanks = [\"x\"]\nseed = {seed}\nlanguage = \"{language}\"\n\
             {sections}"
        );
        let source = Source { name: "x.toml".into(), text: text.into() };
        let plan = Blueprint::read(&source, &|_| unreachable!()).unwrap();
        let exam = exam::make(&bank, &plan).unwrap_or_else(|f| panic!("{seed}: {f:?}"));
        let record = json(&exam);
        for question in record["variants"][0]["questions"].as_array().unwrap() {
            look(language, question);
        }
    }
}

fn texts<'a>(question: &'a Json, key: &str) -> Vec<&'a str> {
    let list = question[key].as_array().into_iter().flatten();
    list.filter_map(Json::as_str).collect()
}

/// The pattern that a question was made from.
fn pattern_of<'a>(
    known: &'a Known,
    question: &Json,
) -> Option<&'a crate::checker::known::Pattern> {
    let item = question["item"].as_str().unwrap();
    known.patterns.get(item.split(':').next().unwrap())
}

/// Each of these can be argued to be a goal as well.
#[test]
fn questions_for_goals_never_offer_what_may_be_a_goal() {
    const ARGUABLE: [&str; 5] =
        ["manfaat", "dampak-positif", "faktor-pendorong", "faktor-penghambat", "prinsip"];
    let known = Known::read(&FILES);
    let mut worded: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for (id, statement) in &known.statements {
        for words in statement.wordings.values() {
            for language in ["id", "en"] {
                let key = (language, fold(words.say(language)));
                worded.entry(key).or_default().push(id);
            }
        }
    }
    let sections = "[[section]]\ntype = \"multiple-choice\"\ncount = 8\n\
         topics = { tujuan = 8 }\n[[section]]\ntype = \"multiple-answer\"\ncount = 1";
    let mut offered = BTreeSet::new();
    each_question(sections, 200, |language, question| {
        let goals = pattern_of(&known, question)
            .is_some_and(|p| p.direction == "label" && p.of == "tujuan");
        if !goals {
            return;
        }
        for option in texts(question, "options") {
            for &id in worded.get(&(language, fold(option))).into_iter().flatten() {
                let statement = &known.statements[id];
                if statement.labels.iter().any(|label| label == "tujuan") {
                    continue;
                }
                for label in statement.labels.iter().chain(&statement.also) {
                    assert!(!ARGUABLE.contains(&label.as_str()), "`{option}`: {label}");
                }
                offered.insert(id.to_string());
            }
        }
    });
    assert!(offered.len() > 10, "{offered:?}");
}

/// Geneva is the seat of many: none of two may stand in one item.
#[test]
fn matching_on_seats_never_holds_two_of_one_city() {
    let known = Known::read(&FILES);
    let seats = |language: &str, name: &str| -> BTreeSet<String> {
        let named = known.entities.values().filter(|entity| {
            let names = entity.aliases.iter().map(String::as_str);
            names.chain([entity.name.say(language)]).any(|n| fold(n) == fold(name))
        });
        let values = named.filter_map(|entity| entity.values.get("pusat")).flatten();
        values.flat_map(|held| held.spellings.iter().cloned()).collect()
    };
    let sections = "[[section]]\ntype = \"matching\"\ncount = 5\npairs = 6\nextra = 2";
    let mut seen = 0;
    each_question(sections, 300, |language, question| {
        let Some(pattern) = pattern_of(&known, question).filter(|p| p.of == "pusat")
        else {
            return;
        };
        seen += 1;
        let (premises, options) =
            (texts(question, "premises"), texts(question, "options"));
        let (bodies, cities) = match pattern.direction.as_str() {
            "value" => (premises, options),
            _ => (options, premises),
        };
        let mut taken = BTreeSet::new();
        for body in bodies {
            let seats = seats(language, body);
            assert!(!seats.is_empty(), "where is `{body}`?");
            assert!(seats.is_disjoint(&taken), "`{body}` shares a city: {taken:?}");
            let beside = cities.iter().filter(|city| seats.contains(&fold(city)));
            assert!(beside.count() <= 1, "`{body}` fits two of {cities:?}");
            taken.extend(seats);
        }
    });
    assert!(seen > 50, "{seen}");
}

/// What is over may be told as history, and is never said to be so today.
#[test]
fn what_is_over_never_stands_in_the_present_tense() {
    const OVER: [&str; 6] = [
        "MEE",
        "EEC",
        "Masyarakat Ekonomi Eropa",
        "European Economic Community",
        "NAFTA",
        "Kyoto",
    ];
    const PAST: [&str; 12] = [
        "dahulu",
        "pernah",
        "semula",
        "sebelum",
        "pendahulu",
        "cikal bakal",
        "digantikan",
        "menggantikan",
        "was ",
        "were ",
        "replaced",
        "former",
    ];
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).map(str::to_string).collect()
    };
    let names = |text: &str, name: &str| match name.contains(' ') {
        true => text.contains(name),
        false => words(text).contains(name),
    };
    let sections = "[[section]]\ntype = \"multiple-choice\"\ncount = 25\n\
         [[section]]\ntype = \"true-false\"\ncount = 10\n\
         [[section]]\ntype = \"matching\"\ncount = 4\n\
         [[section]]\ntype = \"short-answer\"\ncount = 10\n\
         [[section]]\ntype = \"essay\"\ncount = 3\npoints = 5";
    each_question(sections, 300, |_, question| {
        let stem = question["stem"].as_str().unwrap();
        let mut all = vec![stem];
        for list in ["options", "premises", "rows", "accepted", "words"] {
            all.extend(texts(question, list));
        }
        let over = all.iter().find(|text| OVER.iter().any(|name| names(text, name)));
        let told = PAST.iter().any(|word| stem.to_lowercase().contains(word));
        assert!(over.is_none() || told, "{stem}: {over:?}");
    });
    let known = Known::read(&FILES);
    for id in ["mee", "nafta", "protokol-kyoto"] {
        assert!(!known.entities[id].settled, "{id} is current");
    }
}

/// Four options up to kelas IX, five in kelas X to XII.
#[test]
fn the_number_of_options_follows_the_grade() {
    for grade in 4..=12 {
        for options in 3..=6 {
            let mut job = preset(Language::Id);
            job.blueprint.grade = Some(grade);
            job.blueprint.sections[0].options = options;
            let drawn = lembar::draw(&job);
            assert_eq!(
                drawn.is_ok(),
                options == if grade < 10 { 4 } else { 5 },
                "kelas {grade} with {options} options"
            );
            if let Ok((exam, _)) = drawn {
                let questions = exam.variants.held()[0].paper.questions.iter();
                for question in questions.filter(|question| question.section == 0) {
                    let lembar::exam::Body::Options(printed) = &question.body else {
                        panic!("{question:?}");
                    };
                    assert_eq!(printed.len(), options);
                }
            }
        }
    }
}
