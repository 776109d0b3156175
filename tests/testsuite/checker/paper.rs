//! A whole paper: nothing is asked twice, and nothing gives an answer away.

use std::collections::BTreeSet;

use crate::checker::truth::Truth;
use crate::checker::{Checker, Origin, Question};

impl Checker {
    pub fn paper(&self, questions: &[Question]) -> Vec<String> {
        let mut found = Vec::new();
        let facts: Vec<BTreeSet<String>> =
            questions.iter().map(|q| self.facts(q)).collect();
        for (place, one) in facts.iter().enumerate() {
            for (other, two) in facts[..place].iter().enumerate() {
                if let Some(fact) =
                    one.iter().find(|one| two.iter().any(|two| overlap(one, two)))
                {
                    let (one, two) =
                        (questions[place].text("item"), questions[other].text("item"));
                    found.push(format!("`{one}` and `{two}` both ask `{fact}`"));
                }
            }
        }
        for essay in questions.iter().filter(|question| question.text("type") == "essay")
        {
            let Some(Origin::Pattern(pattern, _)) = self.origin(essay.text("item"))
            else {
                continue;
            };
            let others =
                questions.iter().filter(|other| other.text("item") != essay.text("item"));
            for other in others {
                let shown = self.shown(other);
                if shown.iter().any(|id| self.label(id, &pattern.of) == Truth::True) {
                    let (essay, other) = (essay.text("item"), other.text("item"));
                    found.push(format!("`{other}` gives an answer of `{essay}` away"));
                }
            }
        }
        found
    }

    /// The facts that a question asks: `entity.attribute`, a statement, a case, or an entity
    /// with all that is known of it.
    fn facts(&self, question: &Question) -> BTreeSet<String> {
        let item = question.text("item");
        match self.origin(item) {
            None => BTreeSet::new(),
            Some(Origin::Written(written)) => {
                written.facts.iter().cloned().chain([item.to_string()]).collect()
            }
            Some(Origin::Pattern(pattern, subject)) => match pattern.direction.as_str() {
                "value" | "subject" if pattern.item_type == "matching" => {
                    let premises = question.list("premises").into_iter();
                    let options = question.list("key").into_iter();
                    let options = options.filter_map(|letter| question.place(letter));
                    let all = question.list("options");
                    let names: Vec<&str> = match pattern.direction.as_str() {
                        "value" => premises.collect(),
                        _ => options.map(|place| all[place]).collect(),
                    };
                    let ids =
                        names.iter().flat_map(|name| self.named(question.language, name));
                    ids.map(|id| format!("{id}.{}", pattern.of)).collect()
                }
                "value" if pattern.item_type == "ordering" => {
                    let names = question.list("options").into_iter();
                    let ids = names.flat_map(|name| self.named(question.language, name));
                    ids.map(|id| format!("{id}.{}", pattern.of)).collect()
                }
                "subject" if pattern.negative => {
                    let names = question.list("options").into_iter();
                    let ids = names.flat_map(|name| self.named(question.language, name));
                    ids.map(|id| format!("{id}.{}", pattern.of)).collect()
                }
                "label" if pattern.negative => {
                    let worded =
                        |text| self.worded(question.language, &pattern.phrasing, text);
                    question
                        .list("options")
                        .into_iter()
                        .flat_map(worded)
                        .cloned()
                        .collect()
                }
                "subject" if pattern.item_type == "multiple-answer" => {
                    let keyed = self.keyed(question).into_iter();
                    let ids = keyed.flat_map(|name| self.named(question.language, name));
                    ids.map(|id| format!("{id}.{}", pattern.of)).collect()
                }
                "label" if pattern.item_type == "multiple-answer" => {
                    let worded =
                        |text| self.worded(question.language, &pattern.phrasing, text);
                    self.keyed(question).into_iter().flat_map(worded).cloned().collect()
                }
                "categories" => {
                    let worded =
                        |text| self.worded(question.language, &pattern.phrasing, text);
                    question.list("rows").into_iter().flat_map(worded).cloned().collect()
                }
                "value" | "subject" => {
                    let subject =
                        self.value_of(subject).map_or(subject, |(entity, _)| entity);
                    [format!("{subject}.{}", pattern.of)].into()
                }
                _ if subject.is_empty() => [format!("{item}…")].into(),
                _ => [subject.to_string()].into(),
            },
        }
    }

    /// The statements that a question shows, right or wrong, or rests on.
    fn shown(&self, question: &Question) -> Vec<String> {
        match self.origin(question.text("item")) {
            Some(Origin::Pattern(pattern, subject)) if !pattern.phrasing.is_empty() => {
                let options = question.list("options").into_iter();
                let options = options.chain(question.list("rows"));
                let worded =
                    |text| self.worded(question.language, &pattern.phrasing, text);
                let shown = options.flat_map(worded).cloned();
                let asked = [subject.to_string()].into_iter();
                shown
                    .chain(asked)
                    .filter(|id| self.known.statements.contains_key(id))
                    .collect()
            }
            Some(Origin::Written(written)) => {
                let facts = written.facts.iter();
                facts
                    .filter(|id| self.known.statements.contains_key(*id))
                    .cloned()
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whether two facts are one, or one is a part of the other.
fn overlap(one: &str, two: &str) -> bool {
    let part = |whole: &str, part: &str| {
        part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
    };
    one == two || part(one, two) || part(two, one)
}
