//! What the record says of items, which are many questions in many variants.

use lembar::exam::blueprint::Mode;
use lembar::exam::{Answer, Solution};
use lembar::language::Language;
use lembar::record::{Record, record};
use lembar::templates::{Kind, names};
use lembar::text::Markup;

use crate::exams::{make, preset_named};

/// The texts that have a reason, with it.
fn reasons(answer: &Answer) -> Vec<(String, String)> {
    let part = |text: &Markup, reason: &Option<Markup>| {
        let reason = reason.as_ref()?.plain();
        Some((text.plain().to_string(), reason.to_string()))
    };
    let whole = |reason: &Option<Markup>| part(&Markup::from(""), reason);
    match &answer.solution {
        Solution::Option { options, .. } | Solution::Options { options, .. } => {
            options.iter().filter_map(|it| part(&it.text, &it.reason)).collect()
        }
        Solution::Categories(rows) => {
            rows.iter().filter_map(|it| part(&it.text, &it.reason)).collect()
        }
        Solution::Matching(pairs) => {
            pairs.iter().filter_map(|it| part(&it.premise, &it.reason)).collect()
        }
        Solution::Order { steps, reason } => {
            let steps = steps.iter().filter_map(|it| part(&it.text, &it.reason));
            steps.chain(whole(reason)).collect()
        }
        Solution::Judgement { reason, .. }
        | Solution::Blank { reason, .. }
        | Solution::Cloze { reason, .. } => whole(reason).into_iter().collect(),
        Solution::Guide(_) => Vec::new(),
    }
}

/// Items are told once in the file, so that must be true of every variant that asks them, and
/// whoever reads the file must have it again.
#[test]
fn what_the_record_says_of_an_item_is_true_of_all_its_questions() {
    let mut reasoned = 0;
    for name in names(Kind::Preset) {
        for (mode, seed) in
            [(Mode::Shuffled, 1), (Mode::Parallel, 2), (Mode::Parallel, 3)]
        {
            let mut job = preset_named(name, Language::Id);
            job.blueprint.mode = mode;
            job.blueprint.seed = seed;
            job.blueprint.variants = ["A", "B", "C"].map(String::from).to_vec();
            let exam = make(&job);
            let record = record(&exam, Vec::new());
            for (variant, said) in exam.variants.iter().zip(record.variants.iter()) {
                for (answer, question) in variant.key.answers.iter().zip(&said.questions)
                {
                    let (about, item) = (&answer.about, &question.about);
                    let at = format!("{name} {mode:?} {seed}: {}", question.item);
                    assert_eq!(about.topic, item.topic, "{at}");
                    assert_eq!(about.level.0, item.level, "{at}");
                    assert_eq!(about.level.1, item.cognitive, "{at}");
                    assert_eq!(Some(about.difficulty), item.difficulty, "{at}");
                    assert_eq!(about.facts, item.facts, "{at}");
                    let reasons = reasons(answer);
                    for (text, reason) in reasons {
                        let known = match text.is_empty() {
                            true => &item.rationale,
                            false => &item.rationales[&*text],
                        };
                        assert_eq!(**known, *reason, "{at}: {text}");
                        reasoned += 1;
                    }
                }
            }
            let written = serde_json::to_string(&record).unwrap();
            assert_eq!(serde_json::from_str::<Record>(&written).unwrap(), record);
        }
    }
    assert!(reasoned > 1000, "{reasoned}");
}

#[test]
fn a_record_that_lacks_an_item_is_refused() {
    let exam = make(&preset_named("ulangan-harian", Language::Id));
    let mut record = serde_json::to_value(record(&exam, Vec::new())).unwrap();
    let items = record["items"].as_object_mut().unwrap();
    let item = items.keys().next().unwrap().clone();
    items.remove(&item);
    let read = serde_json::from_value::<Record>(record);
    assert_eq!(read.unwrap_err().to_string(), format!("no item `{item}`"));
}
