//! Groups: whole, in one piece, and below the stimulus that the bank gives them.

use serde_json::Value as Json;

use crate::checker::known::fold;
use crate::checker::{Checker, Question};

impl Checker {
    /// What is wrong with the stimuli of a variant and the questions that are about them.
    pub fn groups(&self, variant: &Json, questions: &[Question]) -> Vec<String> {
        let mut found = Vec::new();
        let stimuli = variant["stimuli"].as_array().map_or(&[][..], Vec::as_slice);
        let mut last = 0;
        for question in questions {
            let number = question.record["stimulus"].as_u64().unwrap_or(0);
            let item = question.text("item");
            let shown = match number {
                0 => "",
                number => match stimuli.get(number as usize - 1) {
                    Some(stimulus) => stimulus["id"].as_str().unwrap(),
                    None => "a stimulus that is not printed",
                },
            };
            let written = self.known.items.get(item).map_or("", |w| w.stimulus.as_str());
            if shown != written {
                found.push(format!("`{item}` stands below `{shown}`, not `{written}`"));
            }
            // Stimuli are numbered as they are printed, so a group in two pieces would go
            // back to an earlier one.
            if number != 0 && number != last && number != last + 1 {
                found.push(format!("stimulus {number} follows {last} at `{item}`"));
            }
            last = last.max(number);
        }
        found.extend(in_pieces(questions));
        for (index, stimulus) in stimuli.iter().enumerate() {
            found.extend(self.printed(stimulus, questions, index as u64 + 1));
        }
        found
    }

    /// What is wrong with a stimulus: its words, or which items are about it.
    fn printed(
        &self,
        stimulus: &Json,
        questions: &[Question],
        number: u64,
    ) -> Vec<String> {
        let id = stimulus["id"].as_str().unwrap();
        let Some(written) = self.known.stimuli.get(id) else {
            return vec![format!("there is no stimulus `{id}`")];
        };
        let mut found = Vec::new();
        let of = |question: &&Question| question.record["stimulus"] == number;
        let asked: Vec<&Question> = questions.iter().filter(of).collect();
        let language = questions.first().map_or("id", |question| question.language);
        let mut texts = Vec::new();
        said(stimulus, &mut texts);
        let words: Vec<String> = written.iter().map(|w| fold(w.say(language))).collect();
        if fold(&texts.join(" ")) != words.join(" ") {
            found.push(format!("stimulus `{id}` does not say what was written"));
        }
        let Some(item_type) = asked.first().map(|question| question.text("type")) else {
            return vec![format!("no question is about `{id}`")];
        };
        for (item, of) in &self.known.items {
            let member = of.stimulus == id && of.item_type == item_type;
            if member && !asked.iter().any(|question| question.text("item") == item) {
                found.push(format!("`{item}` is missing from the group of `{id}`"));
            }
        }
        found
    }
}

/// Groups that other questions stand in.
fn in_pieces(questions: &[Question]) -> Vec<String> {
    let runs = questions.chunk_by(|a, b| a.record["stimulus"] == b.record["stimulus"]);
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for run in runs.filter(|run| !run[0].record["stimulus"].is_null()) {
        let number = &run[0].record["stimulus"];
        if seen.contains(&number) {
            found.push(format!("the group of stimulus {number} is in pieces"));
        }
        seen.push(number);
    }
    found
}

/// All texts of a stimulus as they are printed, from top to bottom.
fn said<'a>(stimulus: &'a Json, texts: &mut Vec<&'a str>) {
    for key in ["title", "paragraphs", "caption", "head", "rows"] {
        let mut open = vec![&stimulus[key]];
        while let Some(value) = open.pop() {
            texts.extend(value.as_str());
            open.extend(value.as_array().into_iter().flatten().rev());
        }
    }
}
