//! The built-in bank is embedded read and checked; `UPDATE=1 cargo test compiled` compiles
//! it again.

use std::num::NonZeroUsize;
use std::path::Path;
use std::{env, fs};

use lembar::bank::{self, Bank};
use lembar::input::Source;
use lembar::templates::{COMPILED, Kind, Templates, names};

/// The built-in banks, each with the patterns of the same name.
fn sources() -> Vec<Source> {
    let both = |name| {
        [Kind::Bank, Kind::Pattern]
            .map(|kind| Templates::default().find(kind, name).unwrap())
    };
    names(Kind::Bank).flat_map(both).collect()
}

fn restored(bytes: &[u8], sources: &[Source]) -> Option<Bank> {
    Bank::restored(bytes, sources, NonZeroUsize::MIN)
}

#[test]
fn the_built_in_bank_is_compiled_as_it_is_written() {
    let sources = sources();
    let bank = bank::load(&sources).unwrap();
    let compiled = bank.compiled(&sources).expect("no pictures");
    if env::var_os("UPDATE").is_some() {
        let file = "templates/banks/kerja-sama-internasional.postcard";
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), &compiled).unwrap();
        return;
    }
    assert!(COMPILED == compiled, "UPDATE=1 cargo test compiled compiles the bank again");
    assert!(restored(COMPILED, &sources) == Some(bank), "it is another bank");
}

#[test]
fn a_compiled_bank_stands_for_its_own_files_only() {
    let sources = sources();
    let compiled = bank::load(&sources).unwrap().compiled(&sources).expect("no pictures");
    assert!(restored(&compiled, &sources).is_some());
    let mut edited = sources.clone();
    edited[0].text.to_mut().push('\n');
    let mut moved = sources.clone();
    moved[1].name = "patterns.toml".to_string();
    for others in [&edited, &moved, &sources[..1].to_vec(), &Vec::new()] {
        assert_eq!(restored(&compiled, others), None);
    }
    for cut in [0, 1, 100, compiled.len() / 2, compiled.len() - 1] {
        assert_eq!(restored(&compiled[..cut], &sources), None, "{cut} bytes");
    }
}
