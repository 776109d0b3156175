//! The words that sheets print, kept in files that a teacher may change.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::Checked;
use crate::input::{self, Source};
use crate::item_type::ItemType;

/// The words that sheets print. `{name}` stands for what is filled in.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The decimal sign.
    pub decimal: String,
    /// The word before the last of several letters.
    pub or: String,
    /// The names of files, without their endings.
    pub files: Files,
    /// What stands at the foot of every page.
    pub footer: Footer,
    /// The identity block.
    pub identity: Identity,
    /// The paper.
    pub paper: Paper,
    /// The heading and note of sections, by type.
    pub sections: BTreeMap<ItemType, Section>,
    /// The key.
    pub key: Key,
    /// The key matrix.
    pub matrix: Matrix,
    /// The seating plan.
    pub seating: Seating,
    /// The attendance list.
    pub attendance: Attendance,
    /// The order in which papers are handed out.
    pub distribution: Distribution,
    /// The school and those who sign for it.
    pub school: School,
    /// The table of specification.
    pub blueprint_table: BlueprintTable,
    /// What items ask students to show.
    pub indicator: Indicator,
    /// The item cards.
    pub item_cards: ItemCards,
    /// The review forms.
    pub reviews: Reviews,
    /// The scoring guide.
    pub scoring_guide: ScoringGuide,
    /// Errata.
    pub errata: Errata,
    /// Answer sheets and key overlays.
    pub answer_sheet: AnswerSheet,
    /// The crossword.
    pub crossword: Crossword,
    /// The word search.
    pub word_search: WordSearch,
    /// Flash cards.
    pub flash_cards: FlashCards,
    /// Exit tickets.
    pub exit_ticket: ExitTicket,
    /// Bingo.
    pub bingo: Bingo,
    /// The activity sheet.
    pub activity: Activity,
}

/// The names of files, without their endings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// A variant's paper; `{variant}`.
    pub paper: String,
    /// The papers of all variants together.
    pub papers: String,
    /// A variant's key; `{variant}`.
    pub key: String,
    /// The keys of all variants together.
    pub keys: String,
    /// The key matrix.
    pub matrix: String,
    /// One of several files of the same name; `{name}` and `{number}`.
    pub numbered: String,
    /// A student's copy; `{student}`.
    pub copy: String,
    /// The seating plan.
    pub seating: String,
    /// The attendance list.
    pub attendance: String,
    /// The order in which papers are handed out.
    pub distribution: String,
    /// The table of specification.
    pub blueprint_table: String,
    /// The item cards.
    pub item_cards: String,
    /// The review forms.
    pub reviews: String,
    /// The scoring guide.
    pub scoring: String,
    /// The crossword.
    pub crossword: String,
    /// Its key.
    pub crossword_key: String,
    /// The word search.
    pub word_search: String,
    /// Its key.
    pub word_search_key: String,
    /// Flash cards.
    pub flash_cards: String,
    /// Exit tickets.
    pub exit_ticket: String,
    /// Their key.
    pub exit_ticket_key: String,
    /// Bingo cards.
    pub bingo: String,
    /// What the caller of bingo reads out.
    pub bingo_calls: String,
    /// The activity sheet.
    pub activity: String,
    /// Its key.
    pub activity_key: String,
    /// A key or key matrix with errata; `{name}` and `{number}`.
    pub amended: String,
    /// The slip of an erratum; `{number}`.
    pub erratum: String,
    /// A variant's answer sheet; `{variant}`.
    pub answer_sheet: String,
    /// The answer sheets of all students or variants together.
    pub answer_sheets: String,
    /// A variant's key overlay; `{variant}`.
    pub key_overlay: String,
    /// The key overlays of all variants together.
    pub key_overlays: String,
}

/// What stands at the foot of every page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footer {
    /// On papers; `{variant}`.
    pub variant: String,
    /// On keys; `{variant}`.
    pub key: String,
    /// The page number; `{page}` and `{pages}`.
    pub page: String,
}

/// The labels of the identity block.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Identity {
    pub subject: String,
    pub class: String,
    pub date: String,
    pub time: String,
    pub variant: String,
    pub name: String,
    pub student_class: String,
    pub number: String,
    pub student_id: String,
    pub mark: String,
}

/// The words of the paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The heading of the instructions.
    pub instructions_heading: String,
    /// The instructions; `{questions}`.
    pub instructions: Vec<String>,
    /// The instructions of a paper that bears the student's name; `{questions}`.
    pub instructions_copy: Vec<String>,
    /// The instructions of a paper that is answered on a sheet of its own; `{questions}`.
    pub instructions_answer_sheet: Vec<String>,
    /// The instructions of a paper that is answered on a sheet with bubbles; `{questions}`.
    pub instructions_bubble_sheet: Vec<String>,
    /// The line below the last question.
    pub closing: String,
    /// The points of an essay, after its stem; `{points}`.
    pub points: String,
    /// The head of the column of statements.
    pub statement: String,
    /// The head of the column of numbers.
    pub number: String,
    /// The head of the column for true, and its letter in keys.
    pub truth: [String; 2],
    /// The head of the column for false, and its letter in keys.
    pub falsehood: [String; 2],
    /// The heads of a matching item: premises, answer, options.
    pub matching: [String; 3],
    /// What is said above a stimulus.
    pub stimulus: Stimulus,
}

/// What is said above a stimulus that one question is about, and above one that several
/// are; `{numbers}`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stimulus {
    /// Above a text.
    pub text: [String; 2],
    /// Above a table.
    pub table: [String; 2],
    /// Above a text with a table.
    pub both: [String; 2],
    /// Above a picture.
    pub picture: [String; 2],
    /// Above a text with a picture.
    pub text_and_picture: [String; 2],
    /// Above a picture with a table.
    pub picture_and_table: [String; 2],
    /// Above a text with a picture and a table.
    pub all: [String; 2],
}

/// The heading and note of a section.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What students are to do; `{letters}`.
    pub note: String,
    /// What they are to do where they answer on a sheet of its own; `{letters}`. Where nothing
    /// is said, it is the same.
    #[serde(default)]
    pub sheet_note: String,
    /// What they are to do where they fill in bubbles on that sheet; `{letters}`. Where nothing
    /// is said, it is the same.
    #[serde(default)]
    pub bubble_note: String,
    /// How an answer earns its points, said in the key where it needs saying.
    #[serde(default)]
    pub scoring: String,
}

/// The words of the key.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The title.
    pub title: String,
    /// The label of the code in the identity block.
    pub code: String,
    /// The label of the seed in the identity block.
    pub seed: String,
    /// The heading of the compact answers.
    pub answers: String,
    /// The heading of the reasons.
    pub reasons: String,
    /// The heading of the scoring guide.
    pub scoring: String,
    /// The heading of the table of marks.
    pub marks: String,
    /// How the points are counted that the table of marks starts from.
    pub marks_note: String,
    /// The head of the row of keys.
    pub key: String,
    /// Said of a right option.
    pub right: String,
    /// Said of a wrong option.
    pub wrong: String,
    /// Said of the right option where the exception is asked.
    pub exception: String,
    /// Said of a wrong option where the exception is asked.
    pub no_exception: String,
    /// Joins what is said of an option to its reason; `{verdict}` and `{reason}`.
    pub because: String,
    /// Before the answers of one or several questions about a stimulus; `{numbers}` and
    /// `{stimulus}`.
    pub stimulus: [String; 2],
    /// Before other spellings that count; `{others}`.
    pub accepted: String,
    /// The heads of the scoring table: section, items, points for each, points in all.
    pub sections: [String; 4],
    /// The last row of tables of points.
    pub total: String,
    /// How marks are computed; `{total}`.
    pub formula: String,
    /// How marks are computed where sections are weighted; `{terms}`.
    pub weighted: String,
    /// What a weighted section adds to the mark; `{section}`, `{total}` and `{weight}`.
    pub weighted_term: String,
    /// The head of the column of weights.
    pub weight: String,
    /// How the tables of marks of weighted sections are used.
    pub weighted_note: String,
    /// The heads of a rubric: number, criterion, points.
    pub rubric: [String; 3],
    /// How an essay that asks for any of several answers is scored; `{scores}`, `{answers}`.
    pub any_of: String,
    /// One of the scores of [`Key::any_of`]; `{count}`, `{points}`.
    pub any_of_score: String,
    /// The head of the column of right answers, where every answer is worth one point.
    pub correct: String,
    /// The head of the column of points.
    pub score: String,
    /// The head of the column of marks.
    pub mark: String,
    /// The rules of item writing that the teacher set aside; `{rules}`.
    pub allowed: String,
    /// Said at the end; `{version}` and `{seed}`.
    pub colophon: String,
}

/// The words of the key matrix.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// The title.
    pub title: String,
    /// The heading of the keys by number.
    pub by_number: String,
    /// The heading of the places of items.
    pub by_item: String,
    /// What the places of items are for.
    pub by_item_note: String,
    /// The head of the column of items.
    pub item: String,
    /// The head of a variant's column; `{variant}`.
    pub variant: String,
}

/// The words of the seating plan.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seating {
    /// The title.
    pub title: String,
    /// What stands at the front of the room.
    pub front: String,
    /// How the plan is read.
    pub note: String,
    /// What stands on a seat that nobody has.
    pub empty: String,
    /// A seat and its variant; `{seat}` and `{variant}`.
    pub seat: String,
}

/// The words of the attendance list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The title.
    pub title: String,
    /// The head of the column that counts the students.
    pub number: String,
    /// The head of the column of seats.
    pub seat: String,
    /// The head of the column of codes.
    pub code: String,
    /// The heads of the columns for signatures: of odd numbers and of even ones.
    pub signature: [String; 2],
    /// The label of the number of students who are there.
    pub present: String,
    /// The label of the number of students who are not.
    pub absent: String,
    /// The label of the room.
    pub room: String,
    /// The label of the supervisor.
    pub supervisor: String,
}

/// The words of the order in which papers are handed out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// The title.
    pub title: String,
    /// The heading of the counts of papers.
    pub counts: String,
    /// The heads of the counts: variant, papers.
    pub heads: [String; 2],
    /// The last row of the counts.
    pub total: String,
    /// The heading of the order.
    pub order: String,
    /// How the order is used.
    pub note: String,
    /// The heads of the order: row, variants, papers.
    pub rows: [String; 3],
    /// What stands between variants.
    pub then: String,
}

/// The words of the school and of those who sign for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The label of the school.
    pub name: String,
    /// The label of the school year.
    pub year: String,
    /// The label of who wrote the exam.
    pub author: String,
    /// What stands above the headmaster's signature.
    pub approved: String,
    /// The title of the headmaster.
    pub headmaster: String,
    /// The title of the teacher.
    pub teacher: String,
    /// The number of who signs; `{number}`.
    pub number: String,
    /// Where and when it is signed; `{place}` and `{date}`.
    pub signed: String,
    /// What is left to be written in their stead.
    pub blank: String,
}

/// The words of the table of specification.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlueprintTable {
    /// The title.
    pub title: String,
    /// The label of the curriculum.
    pub curriculum: String,
    /// The label of the number of items.
    pub count: String,
    /// The label and the head of the column of types.
    pub types: String,
    /// The words of Kurikulum 2013.
    pub k13: Curriculum,
    /// The words of Kurikulum Merdeka.
    pub merdeka: Curriculum,
    /// The head of the column of subject matter.
    pub material: String,
    /// The head of the column of indicators.
    pub indicator: String,
    /// The head of the column of levels.
    pub level: String,
    /// The head of the column of numbers, where there is one variant.
    pub numbers: String,
    /// The head of the column of a variant's numbers; `{variant}`.
    pub numbers_of: String,
    /// What is said of how items are spread; `{levels}` and `{difficulty}`.
    pub spread: String,
    /// A level or difficulty and its items; `{name}`, `{count}` and `{percent}`.
    pub share: String,
    /// The names of difficulties: easy, medium, hard.
    pub difficulty: [String; 3],
}

/// The words of a curriculum.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curriculum {
    /// Its name.
    pub name: String,
    /// The head of the column of what the phase or year is to achieve.
    pub outcome: String,
    /// The head of the column of what is to be learnt.
    pub objective: String,
    /// The label of the least mark with which an exam is passed.
    pub passing: String,
}

/// The words from which indicators are made where nobody wrote one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What students are called.
    pub student: String,
    /// What they do, by cognitive level.
    pub verbs: BTreeMap<String, String>,
    /// Given an entity, its value; `{student}`, `{verb}`, `{kind}`, `{attribute}`.
    pub value: String,
    /// Given a value, its entity; `{student}`, `{verb}`, `{kind}`, `{attribute}`.
    pub subject: String,
    /// Given a statement, whether it is true; `{student}`, `{verb}`, `{matter}`.
    pub judgement: String,
    /// What a statement about an entity is about; `{kind}`, `{attribute}`.
    pub matter: String,
    /// Given entities and values, which belong together; `{student}`, `{kind}`,
    /// `{attribute}`.
    pub pairs: String,
    /// Given entities, their order; `{student}`, `{kind}`, `{attribute}`.
    pub order: String,
    /// Given statements, those with a label; `{student}`, `{verb}`, `{label}`.
    pub label: String,
    /// Given statements, the one without a label; `{student}`, `{verb}`, `{label}`.
    pub exception: String,
    /// Naming things with a label; `{student}`, `{verb}`, `{label}`.
    pub list: String,
    /// Given statements, their categories; `{student}`, `{categories}`.
    pub categories: String,
    /// Given a case, what it shows; `{student}`, `{verb}`, `{label}`.
    pub case: String,
    /// Given a stimulus, a matter; `{student}`, `{verb}`, `{material}`.
    pub stimulus: String,
    /// Whatever else asks a matter; `{student}`, `{verb}`, `{material}`.
    pub material: String,
    /// The word before the last of several labels.
    pub and: String,
}

/// The words of item cards.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemCards {
    /// The title.
    pub title: String,
    /// The heading of a card; `{number}` and `{type}`.
    pub card: String,
    /// The heading of a card where there are several variants; `{variant}` too.
    pub card_of: String,
    /// The head of the numbers.
    pub numbers: String,
    /// A number in a variant; `{variant}` and `{number}`.
    pub place: String,
    /// The head of level and difficulty.
    pub level: String,
    /// The head of the sources.
    pub source: String,
    /// The key of an essay.
    pub guide: String,
    /// What stands above the item.
    pub task: String,
    /// The heads of the uses: number, exam, date, students, difficulty, discrimination.
    pub uses: [String; 6],
    /// The head of the share of students who chose nothing.
    pub omitted: String,
    /// The head of the last column.
    pub remark: String,
}

/// The words of review forms.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    /// The title.
    pub title: String,
    /// How the forms are read.
    pub note: String,
    /// The head of the column of aspects.
    pub aspect: String,
    /// What is looked at, in parts.
    pub parts: Vec<ReviewPart>,
    /// Said of an aspect in which the rules found nothing.
    pub kept: String,
    /// Said of an aspect in which they found something.
    pub broken: String,
    /// Said of an aspect in which the teacher set a rule aside.
    pub allowed: String,
    /// The label of the reviewer's verdict.
    pub verdict: String,
    /// The heading of what the rules found.
    pub findings: String,
    /// The heads of the findings: number, rule, finding, what is done.
    pub heads: [String; 4],
    /// A finding; `{aspect}`.
    pub unmet: String,
    /// A finding of a rule that the teacher set aside; `{aspect}`.
    pub set_aside: String,
    /// Said where nothing was found.
    pub nothing: String,
    /// What stands above the reviewer's signature.
    pub reviewed: String,
    /// The title of the reviewer.
    pub reviewer: String,
}

/// A part of a review form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPart {
    /// Its name.
    pub name: String,
    /// Its aspects.
    pub aspects: Vec<Aspect>,
}

/// What is looked at in an item.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aspect {
    /// What is demanded.
    pub text: String,
    /// The types of items that it is demanded of; empty for all.
    #[serde(default)]
    pub types: Vec<ItemType>,
    /// The rules of item writing that tell; empty where only a reviewer can.
    #[serde(default)]
    pub rules: Vec<String>,
}

impl Aspect {
    /// Whether it is demanded of items of a type.
    pub fn concerns(&self, item_type: ItemType) -> bool {
        self.types.is_empty() || self.types.contains(&item_type)
    }
}

/// The words of the scoring guide.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringGuide {
    /// The title.
    pub title: String,
    /// The heading of the points of sections.
    pub points: String,
    /// The heading of the rubrics.
    pub rubrics: String,
    /// The heading of what marks mean.
    pub achievement: String,
    /// The least mark with which an exam is passed; `{label}` and `{mark}`.
    pub passing: String,
    /// The heads of the intervals: share of the points, what follows.
    pub heads: [String; 2],
    /// The intervals of achievement.
    pub intervals: Vec<[String; 2]>,
}

/// The words of errata.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errata {
    /// The title of the slip; `{number}`.
    pub title: String,
    /// What the slip is for.
    pub intro: String,
    /// Where an amended item stands; `{places}`.
    pub summary: String,
    /// A place; `{variant}` and `{number}`.
    pub place: String,
    /// A place where numbers start again in every section; `{section}` too.
    pub place_in_section: String,
    /// The heads of the table: number, question, ruling.
    pub heads: [String; 3],
    /// Said of a void question that counts for everybody; `{points}`.
    pub full: String,
    /// Said of a void question that counts for nobody.
    pub dropped: String,
    /// Said of an amended key; `{key}` and `{before}`.
    pub changed: String,
    /// Said of an amended row, premise or blank; `{part}`, `{key}` and `{before}`.
    pub changed_part: String,
    /// The reason behind what is said; `{reason}`.
    pub reason: String,
    /// The name of a key with errata; `{name}` and `{number}`.
    pub amended: String,
    /// The heading of the amended answers in a key.
    pub heading: String,
    /// What stands among the reasons of an amended answer; `{ruling}`.
    pub remark: String,
    /// The key of a void question that counts for everybody, in short.
    pub full_short: String,
    /// The key of a void question that counts for nobody, in short.
    pub dropped_short: String,
    /// What the mark of amended answers means; `{mark}`.
    pub legend: String,
    /// How questions that count for everybody enter the table of marks; `{numbers}`.
    pub free: String,
}

/// The words of answer sheets and key overlays.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheet {
    /// The title.
    pub title: String,
    /// What stands at the foot; `{variant}`.
    pub foot: String,
    /// Above the digits of the student's number.
    pub digits: String,
    /// How letters are crossed.
    pub crossing_notes: Vec<String>,
    /// How bubbles are filled in.
    pub bubble_notes: Vec<String>,
    /// Before a bubble that is filled in well, and before some that are not.
    pub samples: [String; 2],
    /// What students sign, and the label of the line for it.
    pub pledge: [String; 2],
    /// How answers of a type are marked, where it needs saying.
    pub notes: BTreeMap<ItemType, String>,
    /// Below the ruler.
    pub ruler: String,
    /// The title of a key overlay; `{variant}`.
    pub overlay: String,
    /// How a key overlay is used.
    pub overlay_note: String,
}

/// The words of the crossword.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossword {
    /// The title.
    pub title: String,
    /// The title of its key.
    pub key: String,
    /// What students are to do.
    pub note: String,
    /// The heading of the clues across.
    pub across: String,
    /// The heading of the clues down.
    pub down: String,
    /// The heads of the key: number, answer, explanation.
    pub heads: [String; 3],
}

/// The words of the word search.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordSearch {
    /// The title.
    pub title: String,
    /// The title of its key.
    pub key: String,
    /// What students are to do who get the words; `{count}` and `{ways}`.
    pub note: String,
    /// What students are to do who get clues; `{count}` and `{ways}`.
    pub note_clues: String,
    /// How words run, in two, four and eight directions.
    pub ways: [String; 3],
    /// The heading of what is sought.
    pub sought: String,
    /// The heads of the key: number, word, row, column, direction, explanation.
    pub heads: [String; 6],
    /// The directions: right, down, down right, up right, left, up, up left, down left.
    pub directions: [String; 8],
}

/// The words of flash cards.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlashCards {
    /// The title.
    pub title: String,
    /// What stands above a question; `{number}`.
    pub front: String,
    /// What stands above an answer; `{number}`.
    pub back: String,
}

/// The words of exit tickets.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExitTicket {
    /// The title.
    pub title: String,
    /// The title of their key.
    pub key: String,
    /// What students say of the lesson, each before a line to write on.
    pub reflection: Vec<String>,
    /// The heads of the key: number, answer, explanation.
    pub heads: [String; 3],
    /// What the teacher is to do with the tickets.
    pub key_note: String,
}

/// The words of bingo.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bingo {
    /// The title.
    pub title: String,
    /// The name of a card; `{number}`.
    pub card: String,
    /// What students are to do.
    pub note: String,
    /// The title of the caller's list.
    pub key: String,
    /// The heading of the clues.
    pub calls: String,
    /// What the caller is to do.
    pub calls_note: String,
    /// The heads of the clues: number, answer, clue.
    pub heads: [String; 3],
    /// The heading of the winning cards.
    pub wins: String,
    /// How winners are checked.
    pub wins_note: String,
    /// The heads of the winning cards: call, answer, cards.
    pub wins_heads: [String; 3],
}

/// The words of the activity sheet.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// The title.
    pub title: String,
    /// The title of its key.
    pub key: String,
    /// The label of the group.
    pub group: String,
    /// The labels of its members.
    pub members: Vec<String>,
    /// The heading of the objectives.
    pub objectives: String,
    /// The objective of a topic; `{topic}`.
    pub objective: String,
    /// The objectives of the table and of the cases, where neither they nor topics are said.
    pub usual_objectives: [String; 2],
    /// The heading of the instructions.
    pub instructions: String,
    /// The instructions.
    pub steps: Vec<String>,
    /// The heading of the table; `{number}`.
    pub table: String,
    /// What is to be done with it.
    pub table_note: String,
    /// The heading of the cases; `{number}`.
    pub cases: String,
    /// What is to be done with them.
    pub cases_note: String,
    /// What is asked of a case; `{label}`.
    pub case: String,
    /// The heading of the conclusion.
    pub conclusion: String,
    /// What is to be concluded.
    pub conclusion_note: String,
    /// The heading of the reflection.
    pub reflection: String,
    /// The heads of the reflection: statement, and what may be ticked.
    pub reflection_heads: [String; 4],
    /// The statements of the reflection.
    pub statements: Vec<String>,
    /// What the teacher fills in.
    pub signatures: Vec<String>,
    /// What a case shows; `{shown}`.
    pub shown: String,
    /// What a case shows, and why; `{shown}` and `{why}`.
    pub shown_why: String,
    /// Which columns have other right answers too; `{columns}`.
    pub open: String,
    /// How open answers are judged.
    pub key_note: String,
}

impl Wording {
    /// Reads a wording file; what it leaves out is said as in the usual one.
    pub fn read(source: &Source, usual: &Source) -> Checked<Wording> {
        input::read_over(source, usual)
    }

    /// The words for a type of section.
    pub fn section(&self, item_type: ItemType) -> Section {
        self.sections.get(&item_type).cloned().unwrap_or_default()
    }
}

/// Fills in the places of a template: `{name}` becomes the value of that name.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(template.to_string(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}
