//! Questions that offer options: multiple choice and matching.

use std::collections::BTreeSet;

use crate::checker::known::{Pattern, fold};
use crate::checker::truth::{Truth, held, meet, same};
use crate::checker::{Checker, Question, dated, filled};

impl Checker {
    /// A multiple-choice question that a pattern made.
    pub fn choice(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
    ) -> Vec<String> {
        let options = question.list("options");
        let mut found = equal(&options);
        let judged = match pattern.direction.as_str() {
            "value" => self.values(question, pattern, subject, &mut found),
            "subject" => self.subjects(question, pattern, subject, &mut found),
            _ => self.statements(question, pattern, subject, &mut found),
        };
        let Some(judged) = judged else {
            found.push("no stem of the pattern reads like this for the subject".into());
            return found;
        };
        let asked =
            |truth: &Truth| if pattern.negative { opposite(*truth) } else { *truth };
        let judged: Vec<Truth> = judged.iter().map(asked).collect();
        found.extend(one_right(question, &judged));
        found
    }

    /// Given an entity, its value.
    fn values(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
        found: &mut Vec<String>,
    ) -> Option<Vec<Truth>> {
        let (id, index) = self.value_of(subject)?;
        let entity = &self.known.entities[id];
        let name = entity.name.say(question.language);
        let day = self.day(id, &pattern.of, index);
        let stems = filled(pattern, question.language, &[("{subject}", name)]);
        let stems = dated(stems, question.language, day);
        let asked = held(entity, &pattern.of).get(index)?;
        let options = question.list("options");
        let key = question.list("key").first().and_then(|letter| question.place(letter));
        if key
            .is_some_and(|k| fold(options[k]) != fold(asked.text.say(question.language)))
        {
            found.push("the key is not the value that is asked".into());
        }
        let meanings: Vec<BTreeSet<String>> = options
            .iter()
            .map(|option| self.known.meaning(&pattern.of, option))
            .collect();
        for (place, one) in meanings.iter().enumerate() {
            if meanings[..place].iter().any(|other| meet(one, other)) {
                found.push(format!("`{}` is offered in two spellings", options[place]));
            }
        }
        stems.contains(&fold(question.text("stem"))).then(|| {
            let judge = |option: &&str| self.value_on(day, id, &pattern.of, option);
            options.iter().map(judge).collect()
        })
    }

    /// Given a value, the entity that has it.
    fn subjects(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
        found: &mut Vec<String>,
    ) -> Option<Vec<Truth>> {
        let (id, index) = self.value_of(subject)?;
        let value = held(&self.known.entities[id], &pattern.of).get(index)?;
        let printed = value.text.say(question.language);
        let day = self.day(id, &pattern.of, index);
        let stems = filled(pattern, question.language, &[("{value}", printed)]);
        let stems = dated(stems, question.language, day);
        let options = question.list("options");
        let named = |option: &&str| self.named(question.language, option);
        found.extend(self.alike(question.language, &options));
        let key = question.list("key").first().and_then(|letter| question.place(letter));
        // The exception may be anything that lacks the value.
        let asked = |key: usize| named(&options[key]).iter().any(|name| name == id);
        if !pattern.negative && key.is_some_and(|key| !asked(key)) {
            found.push("the key is not the entity that is asked".into());
        }
        stems.contains(&fold(question.text("stem"))).then(|| {
            let judge = |option: &&str| {
                self.holds_on(day, named(option), &pattern.of, &value.text.base)
            };
            options.iter().map(judge).collect()
        })
    }

    /// Entities that may not stand in one item.
    fn alike(&self, language: &str, names: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        for (place, one) in names.iter().enumerate() {
            for two in &names[..place] {
                if self
                    .entities_clash(self.named(language, one), self.named(language, two))
                {
                    found.push(format!("`{one}` and `{two}` are nearly the same"));
                }
            }
        }
        found
    }

    pub fn entities_clash(&self, one: &[String], two: &[String]) -> bool {
        let cluster = |id: &String| &self.known.entities[id].cluster;
        one.iter().any(|a| two.iter().any(|b| a == b || same(cluster(a), cluster(b))))
    }

    /// Whether any of the entities that go by a name has a value; false only if none can.
    pub fn holds(&self, entities: &[String], attribute: &str, value: &str) -> Truth {
        self.holds_on(None, entities, attribute, value)
    }

    fn holds_on(
        &self,
        day: Option<&str>,
        entities: &[String],
        attribute: &str,
        value: &str,
    ) -> Truth {
        any(entities.iter().map(|id| self.value_on(day, id, attribute, value)))
    }

    /// Given a label or a case, a statement.
    fn statements(
        &self,
        question: &Question,
        pattern: &Pattern,
        subject: &str,
        found: &mut Vec<String>,
    ) -> Option<Vec<Truth>> {
        let language = question.language;
        let cases = pattern.direction == "case";
        let (stems, asked) = if cases {
            let case = self.known.cases.get(subject)?;
            let fills = [("{case}", case.text.say(language))];
            (filled(pattern, language, &fills), case.shows.as_str())
        } else {
            let name = self.known.labels[&pattern.of].name.say(language);
            (filled(pattern, language, &[("{label}", name)]), subject)
        };
        let options = question.list("options");
        let worded = |option: &&str| self.worded(language, &pattern.phrasing, option);
        let key = question.list("key").first().and_then(|letter| question.place(letter));
        if key.is_some_and(|key| !worded(&options[key]).iter().any(|id| id == asked)) {
            found.push("the key is not the statement that is asked".into());
        }
        found.extend(self.clashing(question, pattern));
        if !cases {
            found.extend(self.strangers(question, pattern, key));
        }
        let judge = |id: &String| match cases {
            true => self.case(subject, id),
            false => self.label(id, &pattern.of),
        };
        stems.contains(&fold(question.text("stem"))).then(|| {
            options.iter().map(|option| any(worded(option).iter().map(judge))).collect()
        })
    }

    /// Statements that may not stand in one item.
    fn clashing(&self, question: &Question, pattern: &Pattern) -> Vec<String> {
        let options = question.list("options");
        let worded =
            |option: &&str| self.worded(question.language, &pattern.phrasing, option);
        let mut found = Vec::new();
        for (place, one) in options.iter().enumerate() {
            let clash = |two: &&&str| {
                let pairs = worded(one)
                    .iter()
                    .flat_map(|a| worded(two).iter().map(move |b| (a, b)));
                pairs.into_iter().any(|(a, b)| self.clash(a, b))
            };
            if let Some(two) = options[..place].iter().find(clash) {
                found.push(format!(
                    "`{one}` and `{two}` say nearly the same or mirror each other"
                ));
            }
        }
        found
    }

    /// Wrong options, or an exception, that the pattern does not take from its pool.
    fn strangers(
        &self,
        question: &Question,
        pattern: &Pattern,
        key: Option<usize>,
    ) -> Vec<String> {
        let options = question.list("options");
        let worded =
            |option: &&str| self.worded(question.language, &pattern.phrasing, option);
        let mut found = Vec::new();
        let pooled = |id: &String| {
            self.known.statements[id]
                .labels
                .iter()
                .any(|label| pattern.pool.contains(label))
        };
        for (place, option) in options.iter().enumerate() {
            let wrong = Some(place) != key;
            if wrong != pattern.negative && !worded(option).iter().any(pooled) {
                found.push(format!("`{option}` is not from the pool"));
            }
        }
        found
    }

    /// A matching question: every premise has exactly one true option among all.
    pub fn matching(&self, question: &Question, pattern: &Pattern) -> Vec<String> {
        let (premises, options) = (question.list("premises"), question.list("options"));
        let keys = question.list("key");
        let mut found = equal(&options);
        found.extend(equal(&premises));
        if keys.len() != premises.len() {
            found.push(format!("{} keys for {} premises", keys.len(), premises.len()));
        }
        if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
            found.push("an option belongs to two premises".into());
        }
        if !filled(pattern, question.language, &[]).contains(&fold(question.text("stem")))
        {
            found.push("no stem of the pattern reads like this".into());
        }
        let subjects = if pattern.direction == "value" { &premises } else { &options };
        found.extend(self.alike(question.language, subjects));
        for (premise, letter) in premises.iter().zip(&keys) {
            let judge = |option: &&str| {
                let (name, value) = match pattern.direction.as_str() {
                    "value" => (*premise, *option),
                    _ => (*option, *premise),
                };
                self.holds(self.named(question.language, name), &pattern.of, value)
            };
            let judged: Vec<Truth> = options.iter().map(judge).collect();
            let wrong = right_at(question, letter, &judged);
            found.extend(
                wrong.iter().map(|complaint| format!("`{premise}`: {complaint}")),
            );
        }
        found
    }
}

/// Options that read the same.
pub fn equal(options: &[&str]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let twice = options.iter().filter(|option| !seen.insert(fold(option)));
    twice.map(|option| format!("`{option}` is offered twice")).collect()
}

/// What is wrong with a key of one letter.
pub fn one_right(question: &Question, judged: &[Truth]) -> Vec<String> {
    match &question.list("key")[..] {
        [letter] => right_at(question, letter, judged),
        letters => vec![format!("{} letters are the key", letters.len())],
    }
}

/// Complains unless exactly the option at the letter is true and all others are false.
fn right_at(question: &Question, letter: &str, judged: &[Truth]) -> Vec<String> {
    let options = question.list("options");
    let Some(key) = question.place(letter) else {
        return vec![format!("no option has the letter {letter}")];
    };
    let mut found = Vec::new();
    for (place, (option, truth)) in options.iter().zip(judged).enumerate() {
        match truth {
            Truth::True if place != key => found.push(format!("`{option}` is right too")),
            Truth::Unknown if place != key => {
                found.push(format!("`{option}` is not provably wrong"));
            }
            Truth::False | Truth::Unknown if place == key => {
                found.push(format!("the key `{option}` is {truth:?}"));
            }
            _ => {}
        }
    }
    found
}

/// What is to be thought of an option where the exception is asked.
fn opposite(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}

/// What holds of at least one; false only if it is false of each, and there is any.
pub fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    let truths: Vec<Truth> = truths.collect();
    if truths.contains(&Truth::True) {
        Truth::True
    } else if truths.is_empty() || truths.contains(&Truth::Unknown) {
        Truth::Unknown
    } else {
        Truth::False
    }
}
