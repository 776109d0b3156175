//! Questions of which several options are right.

use crate::checker::known::{Pattern, Written, fold};
use crate::checker::options::{any, equal};
use crate::checker::truth::{Truth, held};
use crate::checker::{Checker, Question, filled};

impl Checker {
    /// A multiple-answer question that a pattern made.
    pub fn several(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<String> {
        let options = question.list("options");
        let mut found = equal(&options);
        let judged = match pattern.direction.as_str() {
            "label" => self.labelled(question, pattern, &mut found),
            "value" => self.held_by(question, pattern, subject),
            "subject" => self.sharing(question, pattern, subject, &mut found),
            _ => None,
        };
        match judged {
            Some(judged) => found.extend(all_right(question, &judged)),
            None => found.push("no stem of the pattern reads like this".into()),
        }
        found
    }

    /// Given a label, all statements that carry it.
    fn labelled(
        &self,
        question: &Question,
        pattern: &Pattern,
        found: &mut Vec<String>,
    ) -> Option<Vec<Truth>> {
        let language = question.language;
        let options = question.list("options");
        let worded = |option: &&str| self.worded(language, &pattern.phrasing, option);
        found.extend(self.apart(&options.iter().map(worded).collect::<Vec<_>>()));
        let name = self.known.labels[&pattern.of].name.say(language);
        let stems = filled(pattern, language, &[("{label}", name)]);
        stems.contains(&fold(question.text("stem"))).then(|| {
            let judge = |id: &String| self.label(id, &pattern.of);
            options.iter().map(|option| any(worded(option).iter().map(judge))).collect()
        })
    }

    /// Statements of which no two say nearly the same or mirror each other.
    pub fn apart(&self, statements: &[&[String]]) -> Vec<String> {
        let mut found = Vec::new();
        for (place, one) in statements.iter().enumerate() {
            for two in &statements[..place] {
                let clash = |a: &String| two.iter().find(|b| self.clash(a, b));
                if let Some((a, b)) = one.iter().find_map(|a| Some((a, clash(a)?))) {
                    found.push(format!("`{a}` and `{b}` must not meet"));
                }
            }
        }
        found
    }

    /// Given an entity, all values that it has.
    fn held_by(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Option<Vec<Truth>> {
        let (id, _) = self.value_of(subject)?;
        let name = self.known.entities[id].name.say(question.language);
        let stems = filled(pattern, question.language, &[("{subject}", name)]);
        let judge = |option: &&str| self.value(id, &pattern.of, option);
        let judged = question.list("options").iter().map(judge).collect();
        stems.contains(&fold(question.text("stem"))).then_some(judged)
    }

    /// Given a value, all entities that have it.
    fn sharing(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
        found: &mut Vec<String>,
    ) -> Option<Vec<Truth>> {
        let (id, index) = self.value_of(subject)?;
        let value = held(&self.known.entities[id], &pattern.of).get(index)?;
        let options = question.list("options");
        let named = |option: &str| self.named(question.language, option);
        for (place, one) in options.iter().enumerate() {
            let near = |two: &&&str| self.entities_clash(named(one), named(two));
            if let Some(two) = options[..place].iter().find(near) {
                found.push(format!("`{one}` and `{two}` are nearly the same"));
            }
        }
        let printed = value.text.say(question.language);
        let stems = filled(pattern, question.language, &[("{value}", printed)]);
        stems.contains(&fold(question.text("stem"))).then(|| {
            let judge =
                |option: &&str| self.holds(named(option), &pattern.of, &value.text.base);
            options.iter().map(judge).collect()
        })
    }

    /// The options that the key calls right.
    pub fn keyed<'a>(&self, question: &Question<'a>) -> Vec<&'a str> {
        let options = question.list("options");
        let places = question.list("key").into_iter();
        places.filter_map(|letter| Some(options[question.place(letter)?])).collect()
    }
}

/// A multiple-answer question that was written by hand.
pub fn written(question: &Question, written: &Written) -> Vec<String> {
    let judge = |option: &&str| {
        let mut all = written.options.iter();
        let reads = |words: &str| fold(words) == fold(option);
        match all.find(|(words, _)| reads(words.say(question.language))) {
            Some((_, true)) => Truth::True,
            Some((_, false)) => Truth::False,
            None => Truth::Unknown,
        }
    };
    let judged: Vec<Truth> = question.list("options").iter().map(judge).collect();
    all_right(question, &judged)
}

/// Complains unless exactly the options of the key are true, two or more but not all, and
/// all others false.
fn all_right(question: &Question, judged: &[Truth]) -> Vec<String> {
    let (keys, options) = (question.list("key"), question.list("options"));
    let places: Vec<Option<usize>> = keys.iter().map(|key| question.place(key)).collect();
    let mut found = Vec::new();
    if keys.len() < 2 || keys.len() >= options.len() {
        found.push(format!("{} of {} options are the key", keys.len(), options.len()));
    }
    if places.contains(&None) || !places.is_sorted_by(|a, b| a < b) {
        found.push(format!("{keys:?} are not letters of options in order"));
    }
    for (place, (option, truth)) in options.iter().zip(judged).enumerate() {
        let right = places.contains(&Some(place));
        let expected = if right { Truth::True } else { Truth::False };
        if *truth != expected {
            found.push(format!("`{option}` is {truth:?}, not {expected:?}"));
        }
    }
    found
}
