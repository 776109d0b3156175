//! The tests that see the program from outside: one binary, a module for each concern.

mod answer_sheets;
mod architecture;
mod bundle;
mod checker;
mod compiled;
mod copies;
mod determinism;
mod errata;
mod exams;
mod hyphenation;
mod layout;
mod lengths;
mod lint;
mod made;
mod pdf;
mod pictures;
mod puzzles;
mod shards;
mod size;
mod suite;
mod themes;
mod verify;
