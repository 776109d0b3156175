//! Whole papers: the built-in exam with one thing spoilt.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lembar::exam::{Body, Exam, Guide, Solution};
use lembar::item_type::ItemType;
use lembar::job::Job;
use lembar::language::Language;
use lembar::progress::Progress;
use lembar::{Document, Hands, lint};

use crate::exams::{make, preset};
use crate::lint::{codes, lexicon};

/// The built-in exam, with two variants.
fn exam() -> (Job, Exam) {
    let mut job = preset(Language::Id);
    job.blueprint.variants.truncate(2);
    let exam = make(&job);
    (job, exam)
}

fn found(job: &Job, exam: &Exam) -> Vec<String> {
    let found = lint::exam(exam, &job.blueprint, &job.bank, &lexicon());
    codes(&found).into_iter().map(str::to_string).collect()
}

/// Spoils an exam and asserts that a rule finds that, and found nothing before.
fn finds(code: &str, spoil: impl Fn(&mut Exam)) {
    let (job, mut exam) = exam();
    assert!(!found(&job, &exam).contains(&code.to_string()), "{code} before");
    spoil(&mut exam);
    assert!(found(&job, &exam).contains(&code.to_string()), "{code}");
}

/// The places of the questions of a type.
fn of_type(exam: &Exam, item_type: ItemType) -> Vec<usize> {
    let answers = exam.variants.held()[0].key.answers.iter().enumerate();
    answers.filter(|(_, a)| a.about.item_type == item_type).map(|(at, _)| at).collect()
}

/// Changes the solutions of multiple-choice items of the first variant.
fn choices(exam: &mut Exam, change: impl Fn(usize, &mut Solution)) {
    for (number, at) in of_type(exam, ItemType::MultipleChoice).into_iter().enumerate() {
        change(number, &mut exam.variants.hold()[0].key.answers[at].solution);
    }
}

#[test]
fn keys_are_looked_at() {
    finds("PG01", |exam| {
        choices(exam, |_, solution| {
            let Solution::Option { options, .. } = solution else { return };
            options.iter_mut().for_each(|option| option.correct = true);
        });
    });
    finds("PG08", |exam| {
        choices(exam, |_, solution| {
            let Solution::Option { options, .. } = solution else { return };
            let key = options.iter_mut().find(|option| option.correct).unwrap();
            key.text = "panjang ".repeat(20).into();
        });
    });
    finds("V01", |exam| {
        choices(exam, |number, solution| {
            let Solution::Option { letter, .. } = solution else { return };
            *letter = if number % 2 == 0 { 'A' } else { 'B' };
        });
    });
    finds("V02", |exam| {
        choices(exam, |number, solution| {
            let Solution::Option { letter, .. } = solution else { return };
            *letter = char::from(b'A' + (number % 4) as u8);
        });
    });
    finds("BS01", |exam| {
        for at in of_type(exam, ItemType::TrueFalse) {
            let solution = &mut exam.variants.hold()[0].key.answers[at].solution;
            *solution = Solution::Judgement { truth: true, reason: None };
        }
    });
}

#[test]
fn items_are_looked_at_beside_each_other() {
    finds("PG02", |exam| {
        let solution = &mut exam.variants.hold()[0].key.answers[0].solution;
        let Solution::Option { options, .. } = solution else { panic!() };
        options.retain(|option| option.correct);
    });
    finds("PG12", |exam| {
        for answer in &mut exam.variants.hold()[0].key.answers[..4] {
            Arc::make_mut(&mut answer.about).stem =
                "Berikut ini contohnya, **kecuali** ....".into();
        }
    });
    finds("PG23", |exam| {
        // A short stem has too few words to be recognised in another, so all are told.
        let blanks = of_type(exam, ItemType::ShortAnswer);
        let variant = &mut exam.variants.hold()[0];
        for (place, blank) in blanks.into_iter().enumerate() {
            let solution = &variant.key.answers[blank].solution;
            let Solution::Blank { accepted, .. } = solution else { panic!() };
            let stem = &variant.paper.questions[blank].stem;
            let telling = format!("{} {}", stem.replace("....", ""), accepted[0]);
            variant.paper.questions[place].stem = telling.into();
        }
    });
    finds("V07", |exam| {
        let answers = &mut exam.variants.hold()[0].key.answers;
        let item = answers[0].about.item.clone();
        Arc::make_mut(&mut answers[1].about).item = item;
    });
    finds("V05", |exam| {
        let first = exam.variants.held()[0].clone();
        exam.variants.hold()[1].key.answers = first.key.answers;
    });
}

#[test]
fn matching_and_essays_are_looked_at() {
    let matching = |exam: &Exam| of_type(exam, ItemType::Matching)[0];
    let shorten = |exam: &mut Exam, count: usize| {
        let at = matching(exam);
        let Body::Matching { options, .. } =
            &mut exam.variants.hold()[0].paper.questions[at].body
        else {
            panic!()
        };
        options.truncate(count);
    };
    finds("MJ01", |exam| shorten(exam, 5));
    finds("MJ02", |exam| {
        let at = matching(exam);
        let Solution::Matching(pairs) =
            &mut exam.variants.hold()[0].key.answers[at].solution
        else {
            panic!()
        };
        pairs[0].letter = pairs[1].letter;
    });
    finds("MJ03", |exam| {
        let at = matching(exam);
        let Solution::Matching(pairs) =
            &mut exam.variants.hold()[0].key.answers[at].solution
        else {
            panic!()
        };
        pairs.extend(vec![pairs[0].clone(); 6]);
    });
    finds("UR03", |exam| {
        let at = of_type(exam, ItemType::Essay)[0];
        let guide = Guide::Criteria(vec![("semua".into(), 1)]);
        exam.variants.hold()[0].key.answers[at].solution = Solution::Guide(guide);
    });
}

#[test]
fn the_blueprint_is_kept() {
    finds("V08", |exam| {
        exam.variants.hold()[0].paper.questions.pop();
    });
    finds("V08", |exam| {
        for answer in &mut exam.variants.hold()[0].key.answers {
            Arc::make_mut(&mut answer.about).topic = "lain".into();
        }
    });
    finds("V12", |exam| exam.variants.hold()[0].paper.questions[0].points = 9);
}

#[test]
fn somebody_s_words_name_him() {
    let (mut job, exam) = exam();
    for entity in job.bank.entities.values_mut() {
        for value in entity.attributes.iter_mut().flat_map(|(_, values)| values) {
            value.attribution = Some("Hatta".into());
        }
    }
    assert!(found(&job, &exam).contains(&"PG27".to_string()));
}

#[test]
fn a_grade_asks_for_its_number_of_options() {
    let (mut job, _) = exam();
    for (grade, fine) in [(None, true), (Some(9), true), (Some(10), false)] {
        job.blueprint.grade = grade;
        let found = lint::blueprint(&job.blueprint);
        assert_eq!(codes(&found).is_empty(), fine, "{grade:?}");
    }
}

#[test]
fn nothing_is_handed_on_of_an_exam_with_errors() {
    let (mut job, mut exam) = exam();
    choices(&mut exam, |_, solution| {
        let Solution::Option { options, .. } = solution else { return };
        options.iter_mut().for_each(|option| option.correct = true);
    });
    let known = lembar::check(&job, &exam).unwrap_err();
    for threads in [1, 2] {
        job.threads = NonZeroUsize::new(threads).unwrap();
        job.progress = Progress::default();
        let mut hands = Hands::new(&job);
        let mut take = |document: Document| panic!("{} is handed on", document.name);
        let printed = lembar::check_and_print(&mut hands, &exam, &mut take);
        assert_eq!(printed, Err(known.clone()), "{threads} threads");
        assert!(job.progress.is_stopped(), "what is being printed is given up");
    }
}

#[test]
fn rules_can_be_set_aside() {
    let (mut job, mut exam) = exam();
    exam.variants.hold()[0].paper.questions[0].points = 9;
    assert!(found(&job, &exam).contains(&"V12".to_string()));
    let name = "V12".to_string();
    job.blueprint.allow = vec![lembar::exam::blueprint::Named { name, place: None }];
    assert!(!found(&job, &exam).contains(&"V12".to_string()));
}

#[test]
fn several_right_options_are_looked_at() {
    let (job, mut exam) = exam();
    let at = of_type(&exam, ItemType::MultipleChoice)[0];
    let answer = &mut exam.variants.hold()[0].key.answers[at];
    let Solution::Option { options, .. } = answer.solution.clone() else { panic!() };
    Arc::make_mut(&mut answer.about).item_type = ItemType::MultipleAnswer;
    answer.solution = Solution::Options { letters: vec!['A'], options };
    assert!(found(&job, &exam).contains(&"PK01".to_string()));
}

#[test]
fn lengths_of_statements_are_looked_at() {
    finds("BS05", |exam| {
        let statements = of_type(exam, ItemType::TrueFalse);
        let variant = &mut exam.variants.hold()[0];
        for number in 0..8 {
            let at = statements[number % statements.len()];
            let question = variant.paper.questions[at].clone();
            let mut answer = variant.key.answers[at].clone();
            let truth = number < 4;
            let stem = "panjang ".repeat(if truth { 30 } else { 1 });
            Arc::make_mut(&mut answer.about).stem = stem.into();
            answer.solution = Solution::Judgement { truth, reason: None };
            variant.paper.questions.push(question);
            variant.key.answers.push(answer);
        }
    });
}

/// Variants of the same items are looked at again only where their order can matter.
#[test]
fn orders_of_options_are_looked_at() {
    orders("PG13", ["10", "20", "30", "40", "50"]);
    // The one that repeats a word has all words of the other, which has one more.
    orders("PG05", ["roti susu teh kopi gula", "roti roti susu teh kopi", "a", "b", "c"]);
}

/// Gives an item these options in one variant and the same in reverse in the next one, and
/// asserts that a rule finds something only there.
fn orders(code: &str, texts: [&str; 5]) {
    let (job, mut exam) = exam();
    let at = of_type(&exam, ItemType::MultipleChoice)[0];
    let Solution::Option { options, .. } =
        &mut exam.variants.hold()[0].key.answers[at].solution
    else {
        panic!("an item with options")
    };
    for (option, text) in options.iter_mut().zip(texts) {
        option.text = text.into();
    }
    options.truncate(texts.len());
    exam.variants.hold()[1].paper.questions[at] =
        exam.variants.hold()[0].paper.questions[at].clone();
    exam.variants.hold()[1].key.answers[at] =
        exam.variants.hold()[0].key.answers[at].clone();
    assert!(!found(&job, &exam).contains(&code.to_string()), "{code} in order");
    let Solution::Option { options, .. } =
        &mut exam.variants.hold()[1].key.answers[at].solution
    else {
        unreachable!("the same solution")
    };
    options.reverse();
    let all = lint::exam(&exam, &job.blueprint, &job.bank, &lexicon());
    let mut said = all.iter().filter(|one| one.code.as_deref() == Some(code));
    let named = format!("variant {}, ", exam.variants.hold()[1].paper.label);
    assert!(said.next().is_some_and(|one| one.message.starts_with(&named)), "{code}");
    assert!(said.next().is_none(), "{code} once");
}
