//! Parting: one drawn item becomes a question and, apart from it, its answer.
//!
//! The words of an item are held once, however many variants print it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::bank::{self, Bank, Id, Phrase};
use crate::exam::blueprint::Blueprint;
use crate::exam::item::{Choice, Item, Match, Scoring, Sorted, Step, Task};
use crate::exam::{
    About, Answer, Body, DataTable, Figure, Guide, Ordered, Pair, Placed, Question,
    Reasoned, Solution, Stimulus,
};
use crate::language::Language;
use crate::picture::FileName;
use crate::text::{Markup, capitalised, plain};

/// In which order a variant prints what stands inside an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arrangement {
    /// The premises of a matching item, or the rows of a categorize item.
    pub premises: Vec<usize>,
    /// The options, or the words of a cloze item.
    pub options: Vec<usize>,
}

/// The letter of an option: `A` for the first.
pub fn letter(index: usize) -> char {
    char::from(b'A' + (index % 26) as u8)
}

/// The points for a full answer.
pub fn points(item: &Item, points: u32) -> u32 {
    match &item.task {
        Task::Matching { pairs, .. } => points * pairs.len() as u32,
        Task::Categories { rows, .. } => points * rows.len() as u32,
        Task::Cloze { blanks, .. } => points * blanks.len() as u32,
        _ => points,
    }
}

/// An item, parted in its own order: neither bank nor blueprint is needed any more to print
/// it in another one.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The item.
    pub item: Item,
    /// The stimulus that it is about.
    pub stimulus: Option<Arc<Stimulus>>,
    /// What students see of it.
    question: Question,
    /// What teachers see of it.
    answer: Answer,
}

impl Ready {
    /// Parts an item of a section. The paper knows which of its stimuli the question is
    /// about, and in which place it stands.
    pub fn new(bank: &Bank, blueprint: &Blueprint, section: usize, item: &Item) -> Ready {
        let language = blueprint.head.language;
        let say = |phrase: &Phrase| Markup::from(phrase.in_language(language));
        let stimulus = item.stimulus.as_ref().and_then(|id| bank.stimuli.get(id));
        let picture = stimulus.and_then(|stimulus| stimulus.picture.as_ref());
        let points = points(item, blueprint.sections[section].points_in(item.row));
        let stem: Markup = capitalised(&say(&item.stem)).into();
        let (body, solution) = task(&item.task, &stem, points, &say);
        let question = Question {
            number: 0,
            section,
            points,
            stimulus: None,
            stem: stem.clone(),
            picture: item.picture.as_ref().map(|it| Arc::new(figure(it, language))),
            table: item.table.as_ref().map(|it| Arc::new(table(it, language))),
            body,
        };
        let about = About {
            item: item.id.clone(),
            item_type: item.item_type,
            negative: item.negative,
            topic: item.topic.clone(),
            level: item.level.clone(),
            difficulty: item.difficulty,
            row: item.row,
            facts: item.facts.clone(),
            stimulus: item.stimulus.clone(),
            picture: item.picture.as_ref().map(|picture| file(picture, language)),
            stimulus_picture: picture.map(|picture| file(picture, language)),
            points,
            stem,
            sources: item.sources.iter().map(|id| source(bank, id)).collect(),
        };
        let about = Arc::new(about);
        let answer = Answer { number: 0, section, about, solution, amended: None };
        let stimulus = stimulus.map(|stimulus| Arc::new(shown(stimulus, language)));
        Ready { item: item.clone(), stimulus, question, answer }
    }

    /// What teachers see of it, in its own order.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// What the student sees and what the teacher sees in an arrangement, at a number.
    ///
    /// Both are made from one item and one arrangement in one place, so that the key cannot
    /// differ from the paper.
    pub fn arranged(&self, number: u32, arrangement: &Arrangement) -> (Question, Answer) {
        let Ready { question, answer, .. } = self;
        let (body, solution) = arranged(&question.body, &answer.solution, arrangement);
        let Question { section, points, .. } = *question;
        let question = Question {
            number,
            section,
            points,
            stimulus: None,
            stem: question.stem.clone(),
            picture: question.picture.clone(),
            table: question.table.clone(),
            body,
        };
        let about = Arc::clone(&answer.about);
        let answer = Answer { number, section, about, solution, amended: None };
        (question, answer)
    }
}

fn file(picture: &bank::Figure, language: Language) -> FileName {
    picture.in_language(language).file.clone()
}

/// What says a phrase in the language of the exam.
trait Say: Fn(&Phrase) -> Markup {}

impl<T: Fn(&Phrase) -> Markup> Say for T {}

/// What is asked, and apart from it what is right, in the item's own order.
fn task(task: &Task, stem: &str, points: u32, say: &impl Say) -> (Body, Solution) {
    let because = |reason: &Option<Phrase>| reason.as_ref().map(say);
    match task {
        Task::Choice { options, .. } => {
            let options = reasoned(options, stem, say);
            let body = Body::Options(texts(&options));
            (body, Solution::Option { letter: right(&options), options })
        }
        Task::Several { options, .. } => {
            let options = reasoned(options, stem, say);
            let body = Body::Boxes(texts(&options));
            (body, Solution::Options { letters: all_right(&options), options })
        }
        Task::Judgement { truth, reason } => {
            let (truth, reason) = (*truth, because(reason));
            (Body::Judgement, Solution::Judgement { truth, reason })
        }
        Task::Categories { rows, categories } => placed(rows, categories, say),
        Task::Matching { pairs, extra } => matched(pairs, extra, say),
        Task::Ordering { steps, reason } => {
            let text = |step: &Step| -> Markup { capitalised(&say(&step.text)).into() };
            let printed = steps.iter().map(text).collect();
            let solved = steps.iter().zip(0..).map(|(step, index)| Ordered {
                letter: letter(index),
                text: text(step),
                reason: because(&step.reason),
            });
            let (steps, reason) = (solved.collect(), because(reason));
            (Body::Steps(printed), Solution::Order { steps, reason })
        }
        Task::Cloze { text, blanks, words, reason } => {
            let answers = blanks.iter().filter_map(|blank| blank.first());
            let words = match words {
                Some(words) => answers.chain(words).map(say).collect(),
                None => Vec::new(),
            };
            let body = Body::Cloze { text: say(text), words };
            let blanks = blanks.iter().map(|blank| accepted_in(blank, say)).collect();
            (body, Solution::Cloze { blanks, reason: because(reason) })
        }
        Task::Blank { accepted, reason } => {
            let (accepted, reason) = (accepted_in(accepted, say), because(reason));
            (Body::Blank, Solution::Blank { accepted, reason })
        }
        Task::Essay { scoring, space } => {
            (Body::Space(*space), Solution::Guide(guide(scoring, points, say)))
        }
    }
}

/// What is asked and what is right in another order.
fn arranged(
    body: &Body,
    solution: &Solution,
    arrangement: &Arrangement,
) -> (Body, Solution) {
    let Arrangement { premises: order, options: second } = arrangement;
    match (body, solution) {
        (Body::Options(_), Solution::Option { options, .. }) => {
            let options = in_order(options, second);
            let body = Body::Options(texts(&options));
            (body, Solution::Option { letter: right(&options), options })
        }
        (Body::Boxes(_), Solution::Options { options, .. }) => {
            let options = in_order(options, second);
            let body = Body::Boxes(texts(&options));
            (body, Solution::Options { letters: all_right(&options), options })
        }
        (Body::Categories { rows, categories }, Solution::Categories(solved)) => {
            let rows = in_order(rows, order);
            let body = Body::Categories { rows, categories: categories.clone() };
            (body, Solution::Categories(in_order(solved, order)))
        }
        (Body::Matching { premises, options }, Solution::Matching(solved)) => {
            let solved = order.iter().map(|&premise| {
                let letter = letter_of(premise, second);
                Pair { letter, ..solved[premise].clone() }
            });
            let solution = Solution::Matching(solved.collect());
            let (premises, options) =
                (in_order(premises, order), in_order(options, second));
            (Body::Matching { premises, options }, solution)
        }
        (Body::Steps(printed), Solution::Order { steps, reason }) => {
            let solved = steps.iter().enumerate().map(|(index, step)| {
                let letter = letter_of(index, second);
                Ordered { letter, ..step.clone() }
            });
            let (steps, reason) = (solved.collect(), reason.clone());
            let body = Body::Steps(in_order(printed, second));
            (body, Solution::Order { steps, reason })
        }
        (Body::Cloze { text, words }, solution) => {
            let (text, words) = (text.clone(), in_order(words, second));
            (Body::Cloze { text, words }, solution.clone())
        }
        (body, solution) => (body.clone(), solution.clone()),
    }
}

/// Things in the order of their indices.
fn in_order<T: Clone>(all: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|&index| all[index].clone()).collect()
}

/// The letter at which something is printed.
fn letter_of(index: usize, printed: &[usize]) -> char {
    letter(printed.iter().position(|&other| other == index).unwrap_or(0))
}

/// What students see of options.
fn texts(options: &[Reasoned]) -> Vec<Markup> {
    options.iter().map(|option| option.text.clone()).collect()
}

/// The letter of the right option.
fn right(options: &[Reasoned]) -> char {
    letter(options.iter().position(|option| option.correct).unwrap_or(0))
}

/// The letters of all right options.
fn all_right(options: &[Reasoned]) -> Vec<char> {
    let right = options.iter().zip(0..).filter(|(option, _)| option.correct);
    right.map(|(_, index)| letter(index)).collect()
}

/// Premises and options, and the letter of each premise.
fn matched(pairs: &[Match], extra: &[Phrase], say: &impl Say) -> (Body, Solution) {
    let solved = pairs.iter().zip(0..).map(|(pair, index)| Pair {
        premise: say(&pair.premise),
        letter: letter(index),
        option: say(&pair.option),
        reason: pair.reason.as_ref().map(say),
    });
    let solved: Vec<Pair> = solved.collect();
    let own = solved.iter().map(|pair| pair.option.clone());
    let body = Body::Matching {
        premises: solved.iter().map(|pair| pair.premise.clone()).collect(),
        options: own.chain(extra.iter().map(say)).collect(),
    };
    (body, Solution::Matching(solved))
}

/// The options with what is to be said of them.
fn reasoned(options: &[Choice], stem: &str, say: &impl Say) -> Vec<Reasoned> {
    // After a question mark an option stands by itself; after dots it goes on.
    let whole = stem.trim_end().ends_with('?');
    let text = |option: &Choice| match say(&option.text) {
        text if whole => capitalised(&text).into(),
        text => text,
    };
    let reasoned = options.iter().map(|option| Reasoned {
        text: text(option),
        correct: option.correct,
        reason: option.reason.as_ref().map(say),
    });
    reasoned.collect()
}

/// The rows, and the category of each.
fn placed(rows: &[Sorted], categories: &[Phrase], say: &impl Say) -> (Body, Solution) {
    let categories: Vec<Markup> =
        categories.iter().map(|category| capitalised(&say(category)).into()).collect();
    let placed = rows.iter().map(|row| Placed {
        text: capitalised(&say(&row.text)).into(),
        category: categories[row.category].clone(),
        reason: row.reason.as_ref().map(say),
    });
    let placed: Vec<Placed> = placed.collect();
    let rows = placed.iter().map(|row| row.text.clone()).collect();
    (Body::Categories { rows, categories }, Solution::Categories(placed))
}

/// The spellings that count, each once, the usual one of the language first.
fn accepted_in(accepted: &[Phrase], say: &impl Say) -> Vec<Markup> {
    let own = accepted.iter().map(say);
    let base = accepted.iter().map(|phrase| Markup::from(phrase.base.as_str()));
    let mut known = BTreeSet::new();
    own.chain(base).filter(|spelling| known.insert(plain(spelling))).collect()
}

/// Deals the points of a question out to its criteria, in proportion to their weights.
fn guide(scoring: &Scoring, points: u32, say: &impl Say) -> Guide {
    match scoring {
        Scoring::Criteria(criteria) => {
            let weights: Vec<u32> = criteria.iter().map(|(_, weight)| *weight).collect();
            let shares = shares(points, &weights);
            let texts = criteria.iter().map(|(text, _)| say(text));
            Guide::Criteria(texts.zip(shares).collect())
        }
        Scoring::AnyOf { count, answers } => Guide::AnyOf {
            shares: shares(points, &vec![1; *count as usize]),
            answers: answers.iter().map(say).collect(),
        },
    }
}

/// Parts of a whole in proportion to weights, by the largest remainders.
pub fn shares(whole: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|&weight| u64::from(weight)).sum::<u64>().max(1);
    let exact = |weight: u32| u64::from(whole) * u64::from(weight);
    let mut shares: Vec<u32> =
        weights.iter().map(|&weight| (exact(weight) / sum) as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(exact(weights[index]) % sum));
    let left = whole.saturating_sub(shares.iter().sum());
    order.into_iter().take(left as usize).for_each(|index| shares[index] += 1);
    shares
}

/// A stimulus as a paper prints it.
fn shown(stimulus: &bank::Stimulus, language: Language) -> Stimulus {
    let say = |phrase: &Phrase| phrase.in_language(language).to_string();
    let text = stimulus.text.as_ref().map(say).unwrap_or_default();
    let title = stimulus.title.as_ref().map(say);
    let picture = stimulus.picture.as_ref().map(|picture| figure(picture, language));
    let table = stimulus.table.as_ref().map(|table| self::table(table, language));
    Stimulus { title, paragraphs: paragraphs(&text), picture, table }
}

/// A picture as a paper prints it.
fn figure(figure: &bank::Figure, language: Language) -> Figure {
    let say = |phrase: &Phrase| phrase.in_language(language).to_string();
    Figure {
        picture: Arc::clone(&figure.in_language(language).picture),
        width: figure.width,
        caption: figure.caption.as_ref().map(say),
        alt: figure.alt.as_ref().map(say),
    }
}

/// A table as a paper prints it.
fn table(table: &bank::DataTable, language: Language) -> DataTable {
    let say = |phrase: &Phrase| phrase.in_language(language).to_string();
    let all = |phrases: &Vec<Phrase>| phrases.iter().map(say).collect();
    DataTable {
        caption: table.caption.as_ref().map(say),
        head: all(&table.head),
        rows: table.rows.iter().map(all).collect(),
    }
}

/// The paragraphs of a text, which empty lines part. Other ends of lines are spaces.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty());
    paragraphs.filter(|lines| !lines.is_empty()).map(|lines| lines.join(" ")).collect()
}

fn source(bank: &Bank, id: &Id) -> String {
    bank.sources.get(id).map_or_else(|| id.clone(), |source| source.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs() {
        let text = "\nSatu\n  dua.\n\n \nTiga.\n";
        assert_eq!(paragraphs(text), ["Satu dua.", "Tiga."]);
        assert!(paragraphs("").is_empty());
    }

    #[test]
    fn shares_add_up() {
        assert_eq!(shares(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(shares(5, &[2, 2, 1]), [2, 2, 1]);
        assert_eq!(shares(3, &[1, 1, 1, 1]), [1, 1, 1, 0]);
        assert_eq!(shares(7, &[0, 3]), [0, 7]);
    }
}
