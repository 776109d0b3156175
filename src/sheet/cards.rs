//! Flash cards, exit tickets and bingo.

use crate::exam::puzzles::{Bingo, Entry, TicketSheet};
use crate::exam::{Exam, Head};
use crate::sheet::worksheet::{bare, explanation, heading, key_sheet, paragraph, table};
use crate::sheet::{
    Align, Block, Column, Field, Fields, Hanging, Paragraph, ParagraphRank, Row, Sheet,
    Slip, Slips, Table, Width,
};
use crate::space::Space;
use crate::text::Text;
use crate::wording::{Wording, fill};

/// How flash cards stand on a page.
const CARDS: (usize, usize) = (2, 5);

/// How bingo cards stand on a page.
const BINGO_CARDS: (usize, usize) = (1, 2);

/// What stands above and below an answer on a bingo card: an empty line.
const ABOVE: &str = "\u{a0}\n";
const BELOW: &str = "\n\u{a0}";

/// The four dots that stand for what is missing, as banks write them.
const BLANK: &str = "....";

/// The dots that a student writes on.
const BLANK_LINE: &str = "................................";

/// Composes flash cards: what is asked on the front, the answer and its reason on the back.
pub fn flash_cards(head: &Head, cards: &[Entry], wording: &Wording) -> Sheet {
    let centred = |text, rank| Block::Paragraph(Paragraph { text, rank });
    let slip = |(entry, number): (&Entry, usize)| {
        let number = |words: &str| {
            let text = fill(words, &[("number", &number.to_string())]);
            centred(Text::parse(&text), ParagraphRank::Centred)
        };
        let answer = Text::bold(Text::parse(&entry.answer).to_plain());
        let reason = centred(explanation(entry), ParagraphRank::Centred);
        let words = &wording.flash_cards;
        Slip {
            front: vec![
                number(&words.front),
                centred(Text::parse(&entry.clue), ParagraphRank::Centred),
            ],
            back: vec![
                number(&words.back),
                centred(answer, ParagraphRank::Centred),
                reason,
            ],
        }
    };
    let (across, down) = CARDS;
    let slips = cards.iter().zip(1..).map(slip).collect();
    let slips = Slips { across, down, centred: true, slips };
    bare(head, &wording.flash_cards.title, vec![Block::Slips(slips)], wording)
}

/// Composes a page of exit tickets, all the same.
pub fn exit_ticket(head: &Head, ticket: &TicketSheet, wording: &Wording) -> Sheet {
    let words = &wording.exit_ticket;
    let blank = |label: &str| Field { label: Text::parse(label), value: None };
    let identity = &wording.identity;
    let name = [&identity.name].map(|label| blank(label)).into();
    let class = [&identity.student_class].map(|label| blank(label)).into();
    let title = Text::bold(format!("{} – {}", words.title, head.title_line()));
    let mut front = vec![
        Block::Paragraph(Paragraph { text: title, rank: ParagraphRank::Centred }),
        Block::Fields(Fields { columns: vec![name, class] }),
    ];
    front.extend(ticket.questions.iter().zip(1..).map(|(question, number)| {
        let text = question.replacen(BLANK, BLANK_LINE, 1);
        let label = Text::plain(format!("{number}."));
        Block::Hanging(Hanging { label, blocks: vec![paragraph(&text)] })
    }));
    for prompt in &words.reflection {
        front.push(paragraph(prompt));
        front.push(Block::Space(Space::lines(1)));
    }
    let slip = Slip { front, back: Vec::new() };
    let slips = Slips {
        across: 1,
        down: ticket.per_page,
        centred: false,
        slips: vec![slip; ticket.per_page],
    };
    bare(head, &words.title, vec![Block::Slips(slips)], wording)
}

/// Composes the key of exit tickets.
pub fn exit_ticket_key(exam: &Exam, key: &[Entry], wording: &Wording) -> Sheet {
    let words = &wording.exit_ticket;
    let rows = key.iter().zip(1..).map(|(entry, number): (_, u32)| {
        vec![
            Text::plain(number.to_string()),
            Text::parse(&entry.answer),
            explanation(entry),
        ]
    });
    let blocks = vec![table(&words.heads, rows.collect()), paragraph(&words.key_note)];
    key_sheet(exam, &words.key, blocks, wording)
}

/// Composes bingo cards.
pub fn bingo(head: &Head, bingo: &Bingo, wording: &Wording) -> Sheet {
    let words = &wording.bingo;
    let slip = |(card, number): (&Vec<String>, usize)| {
        let name = fill(&words.card, &[("number", &number.to_string())]);
        let title = Text::bold(format!("{} – {name}", words.title));
        let rank = ParagraphRank::Centred;
        Slip {
            front: vec![
                Block::Paragraph(Paragraph { text: title, rank }),
                squares(card, bingo.side),
                paragraph(&words.note),
            ],
            back: Vec::new(),
        }
    };
    let (across, down) = BINGO_CARDS;
    let slips = bingo.cards.iter().zip(1..).map(slip).collect();
    let slips = Slips { across, down, centred: true, slips };
    bare(head, &words.title, vec![Block::Slips(slips)], wording)
}

/// The answers of a card in a square.
fn squares(card: &[String], side: usize) -> Block {
    let cell = |answer: &String| {
        Text::plain(ABOVE).then(Text::parse(answer)).then(Text::plain(BELOW))
    };
    let row = |row: &[String]| Row { cells: row.iter().map(cell).collect(), keep: false };
    Block::Table(Table {
        columns: vec![Column { width: Width::Share(1), align: Align::Centre }; side],
        rows: card.chunks(side.max(1)).map(row).collect(),
        ruled: true,
        ..Table::default()
    })
}

/// Composes what the caller of bingo reads out, and when each card wins.
pub fn bingo_calls(exam: &Exam, bingo: &Bingo, wording: &Wording) -> Sheet {
    let words = &wording.bingo;
    let calls = bingo.calls.iter().zip(1..).map(|(entry, number): (_, u32)| {
        vec![
            Text::plain(number.to_string()),
            Text::parse(&entry.answer),
            Text::parse(&entry.clue),
        ]
    });
    let mut order: Vec<(usize, usize)> = bingo.wins.iter().copied().zip(1..).collect();
    order.sort();
    let wins = order.chunk_by(|one, two| one.0 == two.0).map(|cards| {
        let call = cards[0].0;
        let names: Vec<String> = cards.iter().map(|(_, card)| card.to_string()).collect();
        vec![
            Text::plain(call.to_string()),
            Text::parse(&bingo.calls[call - 1].answer),
            Text::plain(names.join(", ")),
        ]
    });
    let blocks = vec![
        heading(&words.calls),
        paragraph(&words.calls_note),
        table(&words.heads, calls.collect()),
        heading(&words.wins),
        paragraph(&words.wins_note),
        table(&words.wins_heads, wins.collect()),
    ];
    key_sheet(exam, &words.key, blocks, wording)
}
