//! Parting: one drawn item becomes a question and, apart from it, its answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::bank::{self, Bank, Id, Phrase};
use crate::exam::blueprint::Blueprint;
use crate::exam::item::{Choice, Item, Match, Scoring, Sorted, Step, Task};
use crate::exam::{
    Answer, Body, DataTable, Figure, Guide, Ordered, Pair, Placed, Question, Reasoned,
    Solution, Stimulus,
};
use crate::language::Language;
use crate::picture::FileName;
use crate::text::{capitalised, plain};

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

/// An item with all that is said of it elsewhere: neither bank nor blueprint is needed any
/// more to part it.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The item.
    pub item: Item,
    /// The stimulus that it is about.
    pub stimulus: Option<Arc<Stimulus>>,
    stimulus_picture: Option<FileName>,
    /// The points for a full answer.
    points: u32,
    /// Where its facts come from, in words.
    sources: Vec<String>,
    language: Language,
}

impl Ready {
    /// Makes an item of a section ready to be parted.
    pub fn new(bank: &Bank, blueprint: &Blueprint, section: usize, item: &Item) -> Ready {
        let language = blueprint.head.language;
        let stimulus = item.stimulus.as_ref().and_then(|id| bank.stimuli.get(id));
        let picture = stimulus.and_then(|stimulus| stimulus.picture.as_ref());
        Ready {
            item: item.clone(),
            stimulus: stimulus.map(|stimulus| Arc::new(shown(stimulus, language))),
            stimulus_picture: picture.map(|picture| file(picture, language)),
            points: points(item, blueprint.sections[section].points_in(item.row)),
            sources: item.sources.iter().map(|id| source(bank, id)).collect(),
            language,
        }
    }
}

fn file(picture: &bank::Figure, language: Language) -> FileName {
    picture.in_language(language).file.clone()
}

/// Parts an item into what the student sees and what the teacher sees. The paper knows
/// which of its stimuli the question is about.
///
/// Both are made from one item and one arrangement in one place, so that the key cannot
/// differ from the paper.
pub fn part(
    ready: &Ready,
    section: usize,
    number: u32,
    arrangement: &Arrangement,
) -> (Question, Answer) {
    let Ready { item, points, language, .. } = ready;
    let (points, language) = (*points, *language);
    let say = |phrase: &Phrase| phrase.in_language(language).to_string();
    let stem = capitalised(&say(&item.stem));
    let (body, solution) = task(&item.task, arrangement, &stem, points, &say);
    let question = Question {
        number,
        section,
        points,
        stimulus: None,
        stem: stem.clone(),
        picture: item.picture.as_ref().map(|picture| figure(picture, language)),
        table: item.table.as_ref().map(|table| self::table(table, language)),
        body,
    };
    let answer = Answer {
        number,
        section,
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
        stimulus_picture: ready.stimulus_picture.clone(),
        points,
        stem,
        solution,
        sources: ready.sources.clone(),
        amended: None,
    };
    (question, answer)
}

/// What is asked, and apart from it what is right.
fn task(
    task: &Task,
    arrangement: &Arrangement,
    stem: &str,
    points: u32,
    say: &impl Fn(&Phrase) -> String,
) -> (Body, Solution) {
    match task {
        Task::Choice { options, .. } => {
            let options = reasoned(options, arrangement, stem, say);
            let key = options.iter().position(|option| option.correct).unwrap_or(0);
            let body = Body::Options(options.iter().map(|o| o.text.clone()).collect());
            (body, Solution::Option { letter: letter(key), options })
        }
        Task::Several { options, .. } => {
            let options = reasoned(options, arrangement, stem, say);
            let right = options.iter().zip(0..).filter(|(option, _)| option.correct);
            let letters = right.map(|(_, index)| letter(index)).collect();
            let body = Body::Boxes(options.iter().map(|o| o.text.clone()).collect());
            (body, Solution::Options { letters, options })
        }
        Task::Judgement { truth, reason } => {
            let reason = reason.as_ref().map(say);
            (Body::Judgement, Solution::Judgement { truth: *truth, reason })
        }
        Task::Categories { rows, categories } => {
            placed(rows, categories, arrangement, say)
        }
        Task::Matching { pairs, extra } => matched(pairs, extra, arrangement, say),
        Task::Ordering { steps, reason } => ordered(steps, reason, arrangement, say),
        Task::Cloze { text, blanks, words, reason } => {
            let body = Body::Cloze {
                text: say(text),
                words: words_in(blanks, words, arrangement, say),
            };
            let blanks = blanks.iter().map(|blank| accepted_in(blank, say)).collect();
            (body, Solution::Cloze { blanks, reason: reason.as_ref().map(say) })
        }
        Task::Blank { accepted, reason } => {
            let accepted = accepted_in(accepted, say);
            (Body::Blank, Solution::Blank { accepted, reason: reason.as_ref().map(say) })
        }
        Task::Essay { scoring, space } => {
            (Body::Space(*space), Solution::Guide(guide(scoring, points, say)))
        }
    }
}

/// Premises and options in printed order, and the letter of each premise.
fn matched(
    pairs: &[Match],
    extra: &[Phrase],
    arrangement: &Arrangement,
    say: &impl Fn(&Phrase) -> String,
) -> (Body, Solution) {
    let option = |index: usize| match pairs.get(index) {
        Some(pair) => say(&pair.option),
        None => say(&extra[index - pairs.len()]),
    };
    let solved = arrangement.premises.iter().map(|&premise| {
        let place = arrangement.options.iter().position(|&option| option == premise);
        Pair {
            premise: say(&pairs[premise].premise),
            letter: letter(place.unwrap_or(0)),
            option: option(premise),
            reason: pairs[premise].reason.as_ref().map(say),
        }
    });
    let solved: Vec<Pair> = solved.collect();
    let body = Body::Matching {
        premises: solved.iter().map(|pair| pair.premise.clone()).collect(),
        options: arrangement.options.iter().map(|&index| option(index)).collect(),
    };
    (body, Solution::Matching(solved))
}

/// The words of a list in printed order: the usual answer of each blank, and the others.
fn words_in(
    blanks: &[Vec<Phrase>],
    words: &Option<Vec<Phrase>>,
    arrangement: &Arrangement,
    say: &impl Fn(&Phrase) -> String,
) -> Vec<String> {
    let answers = blanks.iter().filter_map(|blank| blank.first());
    let all: Vec<&Phrase> = answers.chain(words.iter().flatten()).collect();
    arrangement.options.iter().map(|&index| say(all[index])).collect()
}

/// The options in printed order.
fn reasoned(
    options: &[Choice],
    arrangement: &Arrangement,
    stem: &str,
    say: &impl Fn(&Phrase) -> String,
) -> Vec<Reasoned> {
    // After a question mark an option stands by itself; after dots it goes on.
    let whole = stem.trim_end().ends_with('?');
    let text = |option: &Choice| match say(&option.text) {
        text if whole => capitalised(&text),
        text => text,
    };
    let printed = arrangement.options.iter().map(|&index| &options[index]);
    printed
        .map(|option| Reasoned {
            text: text(option),
            correct: option.correct,
            reason: option.reason.as_ref().map(say),
        })
        .collect()
}

/// The rows in printed order, and the category of each.
fn placed(
    rows: &[Sorted],
    categories: &[Phrase],
    arrangement: &Arrangement,
    say: &impl Fn(&Phrase) -> String,
) -> (Body, Solution) {
    let categories: Vec<String> =
        categories.iter().map(|category| capitalised(&say(category))).collect();
    let printed = arrangement.premises.iter().map(|&index| &rows[index]);
    let placed: Vec<Placed> = printed
        .map(|row| Placed {
            text: capitalised(&say(&row.text)),
            category: categories[row.category].clone(),
            reason: row.reason.as_ref().map(say),
        })
        .collect();
    let rows = placed.iter().map(|row| row.text.clone()).collect();
    (Body::Categories { rows, categories }, Solution::Categories(placed))
}

/// The steps in printed order, and their letters in the right one.
fn ordered(
    steps: &[Step],
    reason: &Option<Phrase>,
    arrangement: &Arrangement,
    say: &impl Fn(&Phrase) -> String,
) -> (Body, Solution) {
    let text = |step: &Step| capitalised(&say(&step.text));
    let printed = arrangement.options.iter().map(|&index| text(&steps[index])).collect();
    let solved = steps.iter().zip(0..).map(|(step, index)| {
        let place = arrangement.options.iter().position(|&option| option == index);
        Ordered {
            letter: letter(place.unwrap_or(0)),
            text: text(step),
            reason: step.reason.as_ref().map(say),
        }
    });
    let steps = solved.collect();
    (Body::Steps(printed), Solution::Order { steps, reason: reason.as_ref().map(say) })
}

/// The spellings that count, each once, the usual one of the language first.
fn accepted_in(accepted: &[Phrase], say: &impl Fn(&Phrase) -> String) -> Vec<String> {
    let own = accepted.iter().map(say);
    let base = accepted.iter().map(|phrase| phrase.base.clone());
    let mut known = BTreeSet::new();
    own.chain(base).filter(|spelling| known.insert(plain(spelling))).collect()
}

/// Deals the points of a question out to its criteria, in proportion to their weights.
fn guide(scoring: &Scoring, points: u32, say: &impl Fn(&Phrase) -> String) -> Guide {
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
fn shares(whole: u32, weights: &[u32]) -> Vec<u32> {
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
