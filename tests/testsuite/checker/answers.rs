//! Questions without options, and items written by hand.

use std::collections::BTreeSet;

use crate::checker::known::{Held, Pattern, Written, fold};
use crate::checker::options::{equal, one_right};
use crate::checker::truth::{Truth, held, meet, same};
use crate::checker::{Checker, Question, dated, filled, hole, rows, several};

impl Checker {
    /// A true-false question: the sentence is read for what it claims.
    pub fn judgement(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<String> {
        let claims = match pattern.direction.as_str() {
            "label" => self.claimed_labels(question, pattern, subject),
            _ => self.claimed_values(question, pattern, subject),
        };
        let said = match question.list("key")[..] {
            ["true"] => Truth::True,
            ["false"] => Truth::False,
            _ => return vec!["the key is neither `true` nor `false`".into()],
        };
        if claims.is_empty() {
            return vec!["the sentence claims nothing that the pattern asks".into()];
        }
        let other = claims.into_iter().find(|(_, truth)| *truth != said);
        let complain =
            |(claim, truth)| format!("the claim `{claim}` is {truth:?}, not {said:?}");
        other.map(complain).into_iter().collect()
    }

    /// The values that the sentence may claim of the subject.
    fn claimed_values(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<(String, Truth)> {
        let Some((id, index)) = self.value_of(subject) else { return Vec::new() };
        let entity = &self.known.entities[id];
        let stem = fold(question.text("stem"));
        let fills = [("{subject}", entity.name.say(question.language))];
        let day = self.day(id, &pattern.of, index);
        let stems = filled(pattern, question.language, &fills);
        let stems = dated(stems, question.language, day);
        let offered = |claim: &str| {
            let mut entities =
                self.known.entities.values().filter(|e| pattern.kinds.contains(&e.kind));
            let reads = |held: &Held| fold(held.text.say(question.language)) == claim;
            entities.any(|entity| held(entity, &pattern.of).iter().any(reads))
        };
        let claims = stems.iter().filter_map(|template| hole(template, "{value}", &stem));
        let claims = claims.filter(|claim| offered(claim));
        claims
            .map(|claim| (claim.to_string(), self.value_on(day, id, &pattern.of, claim)))
            .collect()
    }

    /// The labels that the sentence may claim of the statement.
    fn claimed_labels(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<(String, Truth)> {
        let language = question.language;
        let statement = self.known.statements.get(subject);
        let Some(words) = statement.and_then(|s| s.wordings.get(&pattern.phrasing))
        else {
            return Vec::new();
        };
        let stem = fold(question.text("stem"));
        let stems = filled(pattern, language, &[("{statement}", words.say(language))]);
        let claims = stems.iter().filter_map(|template| hole(template, "{label}", &stem));
        // A statement of the pool is said to carry the label that is asked, and no other.
        let asked = fold(self.known.labels[&pattern.of].name.say(language));
        let labels = claims.filter(|claim| *claim == asked).map(|_| &pattern.of);
        labels.map(|label| (label.clone(), self.label(subject, label))).collect()
    }

    /// A blank: every accepted spelling is right, and nothing that is right is missing.
    pub fn blank(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<String> {
        let Some((id, index)) = self.value_of(subject) else {
            return vec!["there is no such subject".into()];
        };
        let language = question.language;
        let entity = &self.known.entities[id];
        let values = held(entity, &pattern.of);
        let Some(asked) = values.get(index) else {
            return vec!["there is no such value".into()];
        };
        let mut found = Vec::new();
        let forward = pattern.direction == "value";
        let (printed, given, place) = match forward {
            true => (&asked.text, entity.name.say(language), "{subject}"),
            false => (&entity.name, asked.text.say(language), "{value}"),
        };
        let day = self.day(id, &pattern.of, index);
        let stems = dated(filled(pattern, language, &[(place, given)]), language, day);
        if !stems.contains(&fold(question.text("stem"))) {
            found.push("no stem of the pattern reads like this for the subject".into());
        }
        let accepted = question.list("accepted");
        let right = |answer: &&&str| match forward {
            true => self.value_on(day, id, &pattern.of, answer) == Truth::True,
            false => {
                let names =
                    entity.aliases.iter().chain([&entity.name.base, &entity.name.en]);
                self.value_on(day, id, &pattern.of, &asked.text.base) == Truth::True
                    && names.into_iter().any(|name| fold(name) == fold(answer))
            }
        };
        let wrong = accepted.iter().filter(|answer| !right(answer));
        found.extend(
            wrong.map(|answer| format!("`{answer}` is accepted, and not provably right")),
        );
        let given = accepted
            .iter()
            .skip(1)
            .filter(|answer| !forward && asked.spellings.contains(&fold(answer)));
        found.extend(given.map(|answer| format!("the stem itself gives `{answer}`")));
        if accepted.first() != question.list("key").first() {
            found.push("the key is not the first accepted answer".into());
        }
        let takes = |text: &str| accepted.iter().any(|answer| fold(answer) == fold(text));
        for text in
            [&printed.base, printed.say(language)].into_iter().filter(|t| !takes(t))
        {
            found.push(format!("`{text}` is not accepted"));
        }
        found.extend(match forward {
            true => self.missing(&accepted, values),
            false => self.rivals(id, pattern, asked),
        });
        found
    }

    /// Other values of the subject that a student may give as well.
    fn missing(&self, accepted: &[&str], values: &[Held]) -> Vec<String> {
        let folded: BTreeSet<String> =
            accepted.iter().map(|answer| fold(answer)).collect();
        let missing = values
            .iter()
            .filter(|held| !held.historical && !meet(&held.spellings, &folded));
        missing.map(|held| format!("`{}` may be right too", held.text.base)).collect()
    }

    /// Others that have the value.
    fn rivals(&self, id: &str, pattern: &Pattern, asked: &Held) -> Vec<String> {
        let mut found = Vec::new();
        if self.known.rules[&pattern.of] != "distinctive" {
            found.push("others than the bank knows may have the value".into());
        }
        let others = self.known.entities.iter().filter(|(other, _)| *other != id);
        let cluster = &self.known.entities[id].cluster;
        for (other, entity) in others {
            let held = held(entity, &pattern.of);
            let near = |value: &Held| same(&value.cluster, &asked.cluster);
            if held.iter().any(near)
                || (!held.is_empty() && same(&entity.cluster, cluster))
            {
                found.push(format!("`{other}` may be right too"));
            }
            if held.iter().any(|value| meet(&value.spellings, &asked.spellings)) {
                found.push(format!("`{other}` has the value too"));
            }
        }
        found
    }

    /// An essay that asks for some of the statements with a label.
    pub fn listing(&self, question: &Question, pattern: &Pattern) -> Vec<String> {
        let language = question.language;
        let count = pattern.count.to_string();
        let name = self.known.labels[&pattern.of].name.say(language);
        let fills = [("{count}", count.as_str()), ("{label}", name)];
        let mut found = Vec::new();
        if !filled(pattern, language, &fills).contains(&fold(question.text("stem"))) {
            found.push("no stem of the pattern reads like this".into());
        }
        let guide = question.guide();
        let mut named: Vec<&String> = Vec::new();
        for (text, points) in &guide {
            // What nearly means the same stands in one line.
            let parts = text.split(" / ");
            let parts = parts.map(|part| self.worded(language, &pattern.phrasing, part));
            let parts: Vec<&[String]> = parts.collect();
            let right = |id: &String| self.label(id, &pattern.of) == Truth::True;
            if !parts.iter().all(|ids| ids.iter().any(right)) {
                found.push(format!("the answer `{text}` is not provably right"));
            }
            let cluster = |id: &String| self.known.statements[id].cluster.clone();
            let ids: Vec<&String> = parts.into_iter().flatten().collect();
            let near = |one: &String, other: &String| {
                cluster(one).is_some_and(|name| Some(name) == cluster(other))
            };
            if ids.iter().any(|one| named.iter().any(|other| near(one, other))) {
                found.push(format!("the answer `{text}` is given twice in other words"));
            }
            if text.contains(" / ") && !ids.iter().all(|id| near(ids[0], id)) {
                found.push(format!("the answer `{text}` is of several ideas"));
            }
            named.extend(ids);
            if *points != question.points().div_ceil(pattern.count) {
                found.push(format!(
                    "{count} answers at {points} are not {}",
                    question.points()
                ));
            }
        }
        if (guide.len() as u64) < pattern.count || question.points() < pattern.count {
            found.push("there are fewer answers or points than are asked for".into());
        }
        found
    }

    /// An item that was written by hand says what its author wrote.
    pub fn written(&self, question: &Question, written: &Written) -> Vec<String> {
        let language = question.language;
        let mut found = Vec::new();
        if fold(question.text("stem")) != fold(written.stem.say(language)) {
            found.push("the stem is not the one that was written".into());
        }
        let options = question.list("options");
        found.extend(equal(&options));
        if written.item_type == "multiple-choice" {
            let judge = |option: &&str| {
                let mut all = written.options.iter();
                match all.find(|(words, _)| fold(words.say(language)) == fold(option)) {
                    Some((_, true)) => Truth::True,
                    Some((_, false)) => Truth::False,
                    None => Truth::Unknown,
                }
            };
            found.extend(one_right(
                question,
                &options.iter().map(judge).collect::<Vec<_>>(),
            ));
        } else if written.item_type == "multiple-answer" {
            found.extend(several::written(question, written));
        } else if written.item_type == "categorize" {
            found.extend(rows::written_rows(question, written));
        } else if written.item_type == "ordering" {
            found.extend(rows::written_order(self, question, written));
        } else if written.item_type == "cloze" {
            found.extend(rows::written_cloze(question, written));
        } else if let Some(truth) = written.truth
            && question.list("key") != [truth.to_string()]
        {
            found.push(format!("it is {truth}"));
        }
        let accepted: BTreeSet<String> =
            question.list("accepted").into_iter().map(fold).collect();
        let printed =
            written.answers.iter().flat_map(|a| [fold(&a.base), fold(a.say(language))]);
        if accepted != printed.collect() {
            found.push("other answers are accepted than were written".into());
        }
        found.extend(written_guide(question, written));
        found
    }
}

fn written_guide(question: &Question, written: &Written) -> Vec<String> {
    let mut found = Vec::new();
    let guide = question.guide();
    let texts: Vec<String> = guide.iter().map(|(text, _)| fold(text)).collect();
    let lines = written.guide.iter().map(|words| fold(words.say(question.language)));
    if texts != lines.collect::<Vec<String>>() {
        found.push("the guide is not the one that was written".into());
    }
    let sum: u64 = guide.iter().map(|(_, points)| points).sum();
    if !guide.is_empty() && sum != question.points() {
        found.push(format!("the guide adds up to {sum} of {} points", question.points()));
    }
    if guide.iter().any(|(_, points)| *points == 0) {
        found.push("a line of the guide earns nothing".into());
    }
    found
}
