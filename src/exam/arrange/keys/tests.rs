//! How evenly key letters are dealt, and that they show no pattern.

use super::*;
use crate::exam::seed::Seed;

/// A strand with sections of these sizes in which no item keeps its letter.
fn strand(letters: usize, sizes: &[usize]) -> Strand {
    let mut first = 0;
    let sections = sizes.iter().enumerate().map(|(section, size)| {
        first += size;
        (section, first - size..first)
    });
    let sections: Vec<(usize, Range<usize>)> = sections.collect();
    Strand { letters, fixed: vec![vec![0; letters]; sections.len()], sections }
}

/// The letters of so many variants, as they are dealt.
fn dealt(strand: &Strand, variants: usize, seed: u64) -> Vec<Letters> {
    let mut dealt: Vec<Letters> = Vec::new();
    while dealt.len() < variants {
        let mut stream = Seed(seed).stream("plan", &dealt.len().to_string());
        dealt.extend(strand.plan(strand.letters, dealt.last(), &mut stream));
    }
    dealt.truncate(variants);
    dealt
}

fn is_even(letters: &[usize], all: usize) -> bool {
    let count = |letter| letters.iter().filter(|&&other| other == letter).count();
    let counts: Vec<usize> = (0..all).map(count).collect();
    counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1
}

/// Pairs of variants that have the same letter, over all numbers.
fn shared(variants: &[Letters]) -> usize {
    let all = variants.iter().enumerate();
    all.flat_map(|(index, one)| variants[..index].iter().map(|other| equal(one, other)))
        .sum()
}

/// Pairs inside the parts, if things are divided as evenly as can be.
fn pairs(things: usize, parts: usize) -> usize {
    let inside = |size: usize| size * size.saturating_sub(1) / 2;
    (0..parts).map(|part| inside((things + part) / parts)).sum()
}

#[test]
fn letters_are_even_and_show_no_pattern() {
    for seed in 0..3000 {
        let mut stream = Seed(seed).stream("shape", "");
        let letters = 2 + stream.below(4);
        let sizes: Vec<usize> =
            (0..1 + stream.below(3)).map(|_| 1 + stream.below(40)).collect();
        let strand = strand(letters, &sizes);
        let variants = 1 + stream.below(letters * 3);
        let dealt = dealt(&strand, variants, seed);
        let what = format!("seed {seed}: {letters} letters, {sizes:?}");
        for row in &dealt {
            assert!(is_even(row, letters), "{what}: {row:?}");
            for (_, numbers) in &strand.sections {
                assert!(is_even(&row[numbers.clone()], letters), "{what}: {row:?}");
            }
            let run = row.chunk_by(|a, b| a == b).map(<[_]>::len).max();
            assert!(run <= Some(3), "{what}: {row:?}");
            assert!(!is_cyclic(row, letters), "{what}: {row:?}");
        }
        let count: usize = sizes.iter().sum();
        assert_eq!(shared(&dealt), count * pairs(variants, letters), "{what}");
        for two in dealt.windows(2).filter(|_| letters > 2) {
            // Where there are next to no numbers to swap, the last letters may come again.
            let few: usize = sizes.iter().filter(|size| **size < 6).sum();
            assert!(equal(&two[0], &two[1]) <= few, "{what}: {two:?}");
        }
    }
}

/// The fewest pairs that so many variants share, among these.
fn fewest(all: &[Letters], chosen: &mut Vec<Letters>, variants: usize, best: &mut usize) {
    let now = shared(chosen);
    if now >= *best {
        return;
    }
    if chosen.len() == variants {
        *best = now;
        return;
    }
    for row in all {
        chosen.push(row.clone());
        fewest(all, chosen, variants, best);
        chosen.pop();
    }
}

#[test]
fn few_letters_reach_the_optimum() {
    for (letters, count, variants) in
        [(2, 4, 2), (2, 4, 3), (2, 5, 3), (3, 3, 3), (3, 4, 3), (3, 4, 4), (3, 5, 3)]
    {
        let mut all = vec![Letters::new()];
        for _ in 0..count {
            let longer = all.iter().flat_map(|row| {
                (0..letters).map(|letter| [row.as_slice(), &[letter]].concat())
            });
            all = longer.collect();
        }
        all.retain(|row| is_even(row, letters) && faults(&[], row, letters) == 0);
        let mut best = usize::MAX;
        fewest(&all, &mut Vec::new(), variants, &mut best);
        for seed in 0..50 {
            let dealt = dealt(&strand(letters, &[count]), variants, seed);
            assert!(dealt.iter().all(|row| all.contains(row)));
            assert_eq!(shared(&dealt), best, "{letters} letters, {count} numbers");
        }
    }
}

#[test]
fn items_that_keep_their_letters_are_settled_around() {
    for seed in 0..2000 {
        let mut stream = Seed(seed).stream("shape", "");
        let (letters, count) = (2 + stream.below(4), 8 + stream.below(30));
        let mut strand = strand(letters, &[count]);
        // Fewer than the even share of each letter, and never four in a row.
        let mut kept = vec![None; count];
        for letter in (0..letters).filter(|_| count / letters > 1) {
            let number = stream.below(count);
            if kept[number].replace(letter).is_none() {
                strand.fixed[0][letter] += 1;
            } else {
                kept[number] = None;
                let fixed = kept.iter().flatten();
                strand.fixed[0] = vec![0; letters];
                fixed.for_each(|&letter: &usize| strand.fixed[0][letter] += 1);
            }
        }
        let planned = strand.plan(1, None, &mut stream).remove(0);
        let settled = strand.settle(&planned, &kept, &[], &[0, 0, 0], &mut stream);
        let matches = kept.iter().zip(&settled);
        assert!(
            matches.into_iter().all(|(kept, letter)| kept.is_none_or(|k| k == *letter))
        );
        assert!(is_even(&settled, letters), "seed {seed}: {settled:?}");
        let faults =
            faults(if kept[0].is_some() { &[] } else { &[0, 0, 0] }, &settled, letters);
        assert_eq!(faults, 0, "seed {seed}: {settled:?}");
    }
}

#[test]
fn runs_and_patterns_are_found() {
    let found = |before: &[usize], letters: &[usize]| -> Vec<usize> {
        running(before, letters).collect()
    };
    assert!(found(&[], &[1, 1, 1, 2, 2, 2]).is_empty());
    assert_eq!(found(&[], &[0, 1, 1, 1, 1, 1]), [4, 5]);
    assert_eq!(found(&[2, 1, 1], &[1, 1, 0, 1]), [1]);
    assert_eq!(found(&[1, 1, 1, 1], &[1, 0]), [0]);
    assert_eq!(found(&[1, 0], &[0, 0, 0]), [2]);
    assert!(is_cyclic(&[0, 1, 2, 3, 0, 1, 2, 3], 4));
    assert!(is_cyclic(&[0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 0], 3));
    assert!(!is_cyclic(&[0, 1, 2, 3, 0, 1, 2, 0], 4));
    assert!(!is_cyclic(&[0, 1, 0, 1], 2));
}
