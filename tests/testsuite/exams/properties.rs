//! What is to hold of an exam, beyond that its answers are right.

use std::collections::BTreeMap;

use lembar::exam::blueprint::SectionPlan;
use lembar::exam::{
    Answer, Blueprint, Body, Exam, Numbering, Question, Solution, Variant,
};
use lembar::text::Markup;

/// Everything that does not hold.
pub fn complaints(exam: &Exam, blueprint: &Blueprint) -> Vec<String> {
    let mut found = Vec::new();
    for variant in exam.variants.held() {
        let mut of_variant = pairs(variant);
        of_variant.extend(numbers(variant, blueprint));
        of_variant.extend(once(variant));
        for (section, plan) in blueprint.sections.iter().enumerate() {
            let asked = asked(variant, section);
            of_variant.extend(as_planned(&asked, plan));
            of_variant.extend(letters(&asked));
            of_variant.extend(truths(&asked));
        }
        let label = &variant.paper.label;
        found.extend(of_variant.iter().map(|complaint| format!("{label} {complaint}")));
    }
    found.extend(same_in_all(exam));
    for section in 0..blueprint.sections.len() {
        found.extend(places(exam, section));
    }
    found
}

/// The questions and answers of a section.
fn asked(variant: &Variant, section: usize) -> Vec<(&Question, &Answer)> {
    let all = variant.paper.questions.iter().zip(&variant.key.answers);
    all.filter(|(question, _)| question.section == section).collect()
}

/// Paper and key speak of the same questions, and letters stand beside the right texts.
fn pairs(variant: &Variant) -> Vec<String> {
    let mut found = Vec::new();
    let (paper, key) = (&variant.paper, &variant.key);
    if (&paper.label, &paper.code) != (&key.label, &key.code) {
        found.push("the key is of another paper".to_string());
    }
    if paper.questions.len() != key.answers.len() {
        found.push("the key has more or fewer answers than the paper".to_string());
    }
    for (question, answer) in paper.questions.iter().zip(&key.answers) {
        let of_question = (question.number, question.section, question.points);
        let of_answer = (answer.number, answer.section, answer.about.points);
        let beside = of_question == of_answer && question.stem == answer.about.stem;
        if !beside || !solves(&question.body, &answer.solution) {
            found.push(format!(
                "{}: the key is not that of {}",
                question.number, answer.about.item
            ));
        }
    }
    found
}

/// Whether a solution speaks of what is printed.
fn solves(body: &Body, solution: &Solution) -> bool {
    let place = |letter: char| (letter as usize).wrapping_sub('A' as usize);
    match (body, solution) {
        (Body::Options(printed), Solution::Option { letter, options }) => {
            let texts = options.iter().map(|option| &option.text);
            let right = options.iter().enumerate().filter(|(_, option)| option.correct);
            let right: Vec<usize> = right.map(|(index, _)| index).collect();
            texts.eq(printed) && right == [place(*letter)]
        }
        (Body::Boxes(printed), Solution::Options { letters, options }) => {
            let texts = options.iter().map(|option| &option.text);
            let right = options.iter().enumerate().filter(|(_, option)| option.correct);
            let places = letters.iter().map(|letter| place(*letter));
            texts.eq(printed) && right.map(|(index, _)| index).eq(places)
        }
        (Body::Matching { premises, options }, Solution::Matching(pairs)) => {
            let beside = |pair: &lembar::exam::Pair| {
                options.get(place(pair.letter)) == Some(&pair.option)
            };
            pairs.iter().map(|pair| &pair.premise).eq(premises)
                && pairs.iter().all(beside)
        }
        (Body::Categories { rows, categories }, Solution::Categories(placed)) => {
            let known = |row: &lembar::exam::Placed| categories.contains(&row.category);
            placed.iter().map(|row| &row.text).eq(rows) && placed.iter().all(known)
        }
        (Body::Steps(printed), Solution::Order { steps, .. }) => {
            let beside = |step: &lembar::exam::Ordered| {
                printed.get(place(step.letter)) == Some(&step.text)
            };
            steps.len() == printed.len() && steps.iter().all(beside)
        }
        (Body::Cloze { text, words }, Solution::Cloze { blanks, .. }) => {
            let listed = |blank: &Vec<Markup>| words.contains(&blank[0]);
            text.matches('{').count() == blanks.len()
                && (words.is_empty() || blanks.iter().all(listed))
        }
        (Body::Judgement, Solution::Judgement { .. })
        | (Body::Blank, Solution::Blank { .. })
        | (Body::Space(_), Solution::Guide(_)) => true,
        _ => false,
    }
}

/// Questions are numbered without gaps, and sections stand in order.
fn numbers(variant: &Variant, blueprint: &Blueprint) -> Vec<String> {
    let mut expected = Vec::new();
    for (section, plan) in blueprint.sections.iter().enumerate() {
        for index in 0..plan.count {
            let number = match blueprint.head.numbering {
                Numbering::Continuous => expected.len() + 1,
                Numbering::Sections => index + 1,
            };
            expected.push((number as u32, section));
        }
    }
    let printed = variant.paper.questions.iter().map(|q| (q.number, q.section));
    if printed.eq(expected) { Vec::new() } else { vec!["is numbered wrongly".into()] }
}

/// A section has what the blueprint asks for.
fn as_planned(asked: &[(&Question, &Answer)], plan: &SectionPlan) -> Vec<String> {
    let mut found = Vec::new();
    let mut topics: BTreeMap<&String, usize> = BTreeMap::new();
    for (question, answer) in asked {
        *topics.entry(&answer.about.topic).or_default() += 1;
        let points = plan.points_in(answer.about.row);
        let (sizes, points) = match &question.body {
            Body::Options(options) => (options.len() == plan.options, points),
            Body::Boxes(options) => {
                let Solution::Options { letters, .. } = &answer.solution else {
                    return vec!["boxes without letters".to_string()];
                };
                let right = plan.right.contains(&letters.len());
                (options.len() == plan.options && right, points)
            }
            Body::Categories { rows, .. } => {
                (rows.len() == plan.rows, points * plan.rows as u32)
            }
            // Those that are written by hand have as many as their author wrote.
            Body::Steps(steps) => (steps.len() >= 3, points),
            Body::Cloze { text, words } => {
                let blanks = text.matches('{').count();
                let longer = words.is_empty() || words.len() > blanks;
                (longer, points * blanks as u32)
            }
            Body::Matching { premises, options } => {
                let sizes = (premises.len(), options.len() - premises.len());
                (sizes == (plan.pairs, plan.extra), points * plan.pairs as u32)
            }
            Body::Space(space) => {
                (plan.space.is_none_or(|wanted| wanted == *space), points)
            }
            Body::Judgement | Body::Blank => (true, points),
        };
        if !sizes || question.points != points || answer.about.item_type != plan.item_type
        {
            found.push(format!("{}: is not what was asked for", question.number));
        }
    }
    for (topic, quota) in &plan.topics {
        if topics.get(topic).copied().unwrap_or(0) != quota.count {
            found.push(format!("has not as many questions of the topic {topic}"));
        }
    }
    found.extend(as_counted(asked, plan));
    found
}

/// Levels, difficulties and rows have exactly as many items as they are to have.
fn as_counted(asked: &[(&Question, &Answer)], plan: &SectionPlan) -> Vec<String> {
    let mut found = Vec::new();
    let is_level = |answer: &Answer, level: &String| {
        [&answer.about.level.0, &answer.about.level.1].contains(&level)
    };
    for (level, quota) in &plan.levels {
        let count = asked.iter().filter(|(_, answer)| is_level(answer, level)).count();
        if count != quota.count {
            found.push(format!("has {count} questions of level {level}"));
        }
    }
    for (difficulty, quota) in &plan.difficulty {
        let alike =
            asked.iter().filter(|(_, answer)| answer.about.difficulty == *difficulty);
        if alike.count() != quota.count {
            found.push(format!("has not as many questions that are {difficulty}"));
        }
    }
    for (index, row) in plan.table.iter().enumerate() {
        let row = &row.row;
        let of_row = asked.iter().filter(|(_, answer)| answer.about.row == Some(index));
        let fits = |answer: &Answer| {
            row.topic.as_ref().is_none_or(|topic| *topic == answer.about.topic)
                && row.level.as_ref().is_none_or(|level| is_level(answer, level))
                && row.difficulty.is_none_or(|d| d == answer.about.difficulty)
        };
        if of_row.clone().count() != row.count || !of_row.clone().all(|(_, a)| fits(a)) {
            found.push(format!("does not have what row {} asks for", index + 1));
        }
    }
    if plan.table.is_empty() && asked.iter().any(|(_, answer)| answer.about.row.is_some())
    {
        found.push("has rows that nobody asked for".to_string());
    }
    found
}

/// No item and no fact stands twice in a paper; items of one group may share theirs.
pub fn once(variant: &Variant) -> Vec<String> {
    let answers = &variant.key.answers;
    let mut found = Vec::new();
    for (index, one) in answers.iter().enumerate() {
        for other in &answers[..index] {
            let grouped = one.about.stimulus.is_some()
                && one.about.stimulus == other.about.stimulus;
            if one.about.item == other.about.item
                || !grouped && !one.about.facts.is_disjoint(&other.about.facts)
            {
                found
                    .push(format!("asks {} beside {}", one.about.item, other.about.item));
            }
        }
    }
    found
}

/// Key letters are used equally often and do not run on; ordered options keep theirs.
fn letters(asked: &[(&Question, &Answer)]) -> Vec<String> {
    let mut keys = Vec::new();
    let mut found = Vec::new();
    for (question, answer) in asked {
        if let (Body::Options(options), Solution::Option { letter, .. }) =
            (&question.body, &answer.solution)
        {
            let numbers: Option<Vec<u64>> =
                options.iter().map(|o| o.parse().ok()).collect();
            keys.push((
                *letter as usize - 'A' as usize,
                numbers.is_some(),
                options.len(),
            ));
            if numbers.is_some_and(|numbers| !numbers.is_sorted()) {
                found.push(format!("{}: the numbers do not ascend", question.number));
            }
        }
    }
    let letters = keys.first().map_or(0, |(.., letters)| *letters);
    let count = |letter: usize| keys.iter().filter(|key| key.0 == letter).count();
    let ordered =
        |letter: usize| keys.iter().filter(|key| key.0 == letter && key.1).count();
    let rarest = (0..letters).map(count).min().unwrap_or(0);
    for letter in 0..letters {
        if count(letter) > ordered(letter).max(rarest + 1) {
            let counts: Vec<usize> = (0..letters).map(count).collect();
            found.push(format!("the key letters are not balanced: {counts:?}"));
            break;
        }
    }
    let run = keys.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).max().unwrap_or(0);
    // Where options are ordered, longer runs may be the only way.
    if run > 3 && keys.iter().all(|key| !key.1) {
        found.push(format!("a key letter stands {run} times in a row"));
    }
    found
}

/// About half of the statements are true.
fn truths(asked: &[(&Question, &Answer)]) -> Vec<String> {
    let truths: Vec<bool> = (asked.iter())
        .filter_map(|(_, answer)| match answer.solution {
            Solution::Judgement { truth, .. } => Some(truth),
            _ => None,
        })
        .collect();
    let (right, all) = (truths.iter().filter(|truth| **truth).count(), truths.len());
    let even = right * 10 >= all * 4 && right * 10 <= all * 6;
    let complaint = format!("{right} of {all} statements are true");
    if all < 5 || even { Vec::new() } else { vec![complaint] }
}

/// All variants ask the same items for the same points, with the same answers.
fn same_in_all(exam: &Exam) -> Vec<String> {
    let content = |variant: &Variant| {
        let all = variant.paper.questions.iter().zip(&variant.key.answers);
        let mut content: Vec<String> = all.map(|(q, a)| unordered(q, a)).collect();
        content.sort();
        content
    };
    let first = content(&exam.variants.held()[0]);
    let others = exam.variants.held().iter().filter(|variant| content(variant) != first);
    others.map(|variant| format!("{} asks something else", variant.paper.label)).collect()
}

/// A question and its answer without the order of what stands in it.
fn unordered(question: &Question, answer: &Answer) -> String {
    let (mut shown, solution) = match (&question.body, &answer.solution) {
        (Body::Options(options), Solution::Option { options: reasoned, .. })
        | (Body::Boxes(options), Solution::Options { options: reasoned, .. }) => {
            let mut reasoned: Vec<String> =
                reasoned.iter().map(|o| format!("{o:?}")).collect();
            reasoned.sort();
            (options.clone(), format!("{reasoned:?}"))
        }
        (Body::Matching { premises, options }, Solution::Matching(pairs)) => {
            let pair =
                |pair: &lembar::exam::Pair| format!("{}→{}", pair.premise, pair.option);
            let mut pairs: Vec<String> = pairs.iter().map(pair).collect();
            pairs.sort();
            ([premises.as_slice(), options].concat(), format!("{pairs:?}"))
        }
        (Body::Categories { rows, .. }, Solution::Categories(placed)) => {
            let mut placed: Vec<String> =
                placed.iter().map(|row| format!("{row:?}")).collect();
            placed.sort();
            (rows.clone(), format!("{placed:?}"))
        }
        (Body::Steps(printed), Solution::Order { steps, .. }) => {
            let order: Vec<&Markup> = steps.iter().map(|step| &step.text).collect();
            (printed.clone(), format!("{order:?}"))
        }
        (Body::Cloze { text, words }, solution) => {
            (words.clone(), format!("{text} {solution:?}"))
        }
        (body, solution) => (vec![format!("{body:?}").into()], format!("{solution:?}")),
    };
    shown.sort();
    let (item, stem, points) = (&answer.about.item, &question.stem, question.points);
    format!("{item} {stem} {points} {shown:?} {solution}")
}

/// No item has the same place in two variants, where there are items enough.
fn places(exam: &Exam, section: usize) -> Vec<String> {
    let order = |variant: &Variant| -> Vec<String> {
        asked(variant, section)
            .iter()
            .map(|(_, answer)| answer.about.item.clone())
            .collect()
    };
    let orders: Vec<Vec<String>> = exam.variants.held().iter().map(order).collect();
    if orders[0].len() < orders.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, one) in orders.iter().enumerate() {
        for other in &orders[..index] {
            for item in
                one.iter().zip(other).filter(|(a, b)| a == b).map(|(item, _)| item)
            {
                found.push(format!("{item} has the same place in two variants"));
            }
        }
    }
    found
}
