//! Seating: neighbours get different variants.

use std::collections::BTreeMap;

use crate::roster::Seat;

/// With so many variants, those who sit across a corner are neighbours too.
const DIAGONAL: usize = 4;

/// The variant for each seat. Nobody has the variant of a neighbour at the left, at the
/// right, in front or behind, nor, with four variants or more, of one across a corner. Each
/// variant is given as often as any other, as far as the room lets them.
pub fn apart(seats: &[Seat], variants: usize) -> Vec<usize> {
    let neighbours = neighbours(seats, variants >= DIAGONAL);
    let columns = seats.iter().map(|seat| seat.column).max().unwrap_or(1);
    // Slanted stripes, of which some keep neighbours apart in every room.
    let stripes = [(1, 1), (1, 2), (2, 1), (1, columns)].map(|(across, down)| {
        let variant =
            |seat: &Seat| ((seat.column - 1) * across + (seat.row - 1) * down) % variants;
        seats.iter().map(variant).collect::<Vec<usize>>()
    });
    let sound = stripes.into_iter().filter(|dealt| are_apart(dealt, &neighbours));
    let evened = sound.map(|dealt| even_out(dealt, &neighbours, variants));
    evened.min_by_key(|dealt| unevenness(&counts(dealt, variants))).unwrap_or_default()
}

/// The indices of the neighbours of each seat.
fn neighbours(seats: &[Seat], diagonal: bool) -> Vec<Vec<usize>> {
    let indices: BTreeMap<Seat, usize> =
        seats.iter().enumerate().map(|(index, seat)| (*seat, index)).collect();
    let around = |seat: &Seat| {
        let steps = (0..3).flat_map(|down| (0..3).map(move |across| (down, across)));
        let steps = steps.filter(|&(down, across)| {
            let straight = (down == 1) != (across == 1);
            straight || (diagonal && down != 1 && across != 1)
        });
        let seats = steps.map(|(down, across)| Seat {
            row: seat.row + down - 1,
            column: seat.column + across - 1,
        });
        seats.filter_map(|seat| indices.get(&seat).copied()).collect()
    };
    seats.iter().map(around).collect()
}

fn are_apart(dealt: &[usize], neighbours: &[Vec<usize>]) -> bool {
    let differs = |seat: usize| neighbours[seat].iter().all(|&n| dealt[n] != dealt[seat]);
    (0..dealt.len()).all(differs)
}

fn counts(dealt: &[usize], variants: usize) -> Vec<usize> {
    let mut counts = vec![0; variants];
    dealt.iter().for_each(|&variant| counts[variant] += 1);
    counts
}

/// How far the commonest variant is from the rarest, and how far all are from each other.
fn unevenness(counts: &[usize]) -> (usize, usize) {
    let (most, fewest) = (counts.iter().max(), counts.iter().min());
    let spread = most.zip(fewest).map_or(0, |(most, fewest)| most - fewest);
    (spread, counts.iter().map(|count| count * count).sum())
}

/// Swaps two variants in connected parts of the room, where nobody else has either as a
/// neighbour, until that makes the counts no more even.
fn even_out(
    mut dealt: Vec<usize>,
    neighbours: &[Vec<usize>],
    variants: usize,
) -> Vec<usize> {
    while let Some((part, [common, rare])) = swap(&dealt, neighbours, variants) {
        for seat in part {
            dealt[seat] = if dealt[seat] == common { rare } else { common };
        }
    }
    dealt
}

/// A part of the room in which a common variant and a rare one change places.
fn swap(
    dealt: &[usize],
    neighbours: &[Vec<usize>],
    variants: usize,
) -> Option<(Vec<usize>, [usize; 2])> {
    let counts = counts(dealt, variants);
    let mut order: Vec<usize> = (0..variants).collect();
    order.sort_by_key(|&variant| counts[variant]);
    for &common in order.iter().rev() {
        for &rare in order.iter().take_while(|&&rare| counts[rare] + 1 < counts[common]) {
            let more = counts[common] - counts[rare];
            let parts = parts(dealt, neighbours, [common, rare]);
            let found = parts.into_iter().find(|part| {
                let commons = part.iter().filter(|&&seat| dealt[seat] == common).count();
                let rares = part.len() - commons;
                (rares + 1..rares + more).contains(&commons)
            });
            if let Some(part) = found {
                return Some((part, [common, rare]));
            }
        }
    }
    None
}

/// The connected parts of the seats that have one of two variants.
fn parts(dealt: &[usize], neighbours: &[Vec<usize>], two: [usize; 2]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; dealt.len()];
    let mut parts = Vec::new();
    for start in 0..dealt.len() {
        let (mut part, mut waiting) = (Vec::new(), vec![start]);
        while let Some(seat) = waiting.pop() {
            if seen[seat] || !two.contains(&dealt[seat]) {
                continue;
            }
            seen[seat] = true;
            part.push(seat);
            waiting.extend(&neighbours[seat]);
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first so many seats of a room, row by row.
    fn room(columns: usize, count: usize) -> Vec<Seat> {
        let seat = |index| Seat { row: index / columns + 1, column: index % columns + 1 };
        (0..count).map(seat).collect()
    }

    /// Whether two seats are next to each other, worked out from their distance.
    fn touch(one: Seat, other: Seat, diagonal: bool) -> bool {
        let (down, across) =
            (one.row.abs_diff(other.row), one.column.abs_diff(other.column));
        match diagonal {
            true => down.max(across) == 1,
            false => down + across == 1,
        }
    }

    #[test]
    fn neighbours_differ_in_every_room() {
        for variants in 2..=6 {
            for columns in 1..=10 {
                for count in 1..=columns * 10 {
                    let seats = room(columns, count);
                    let dealt = apart(&seats, variants);
                    assert_eq!(dealt.len(), count);
                    for (one, first) in seats.iter().zip(&dealt) {
                        for (other, second) in seats.iter().zip(&dealt) {
                            let near = touch(*one, *other, variants >= 4);
                            assert!(!near || first != second, "{variants} {seats:?}");
                        }
                    }
                    // Where corners count, four variants leave little freedom.
                    let counts = counts(&dealt, variants);
                    let (most, fewest) = (counts.iter().max(), counts.iter().min());
                    let spread = most.unwrap() - fewest.unwrap();
                    let free = variants != 4 || columns % 2 == 0;
                    assert!(
                        !free || spread <= 1,
                        "{variants} {columns} {count}: {counts:?}"
                    );
                }
            }
        }
    }

    /// The least spread of all ways to keep neighbours apart, by trying all.
    fn least(seats: &[Seat], variants: usize) -> usize {
        fn go(seats: &[Seat], variants: usize, dealt: &mut Vec<usize>, best: &mut usize) {
            if dealt.len() == seats.len() {
                let counts = counts(dealt, variants);
                let spread = counts.iter().max().unwrap() - counts.iter().min().unwrap();
                *best = spread.min(*best);
                return;
            }
            let next = seats[dealt.len()];
            for variant in 0..variants {
                let clash = |(seat, other): (&Seat, &usize)| {
                    *other == variant && touch(*seat, next, variants >= 4)
                };
                if !seats.iter().zip(dealt.iter()).any(clash) {
                    dealt.push(variant);
                    go(seats, variants, dealt, best);
                    dealt.pop();
                }
            }
        }
        let mut best = usize::MAX;
        go(seats, variants, &mut Vec::new(), &mut best);
        best
    }

    #[test]
    fn no_way_to_deal_is_more_even() {
        for variants in 2..=4 {
            for columns in 1..=4 {
                for count in 1..=(columns * 4).min(11) {
                    let seats = room(columns, count);
                    let found = unevenness(&counts(&apart(&seats, variants), variants)).0;
                    let least = least(&seats, variants);
                    assert_eq!(found, least, "{variants} variants, {columns} x {count}");
                }
            }
        }
    }

    #[test]
    fn empty_seats_part_neighbours() {
        let seats: Vec<Seat> =
            room(5, 25).into_iter().filter(|seat| seat.row != 3).collect();
        for variants in 2..=5 {
            let dealt = apart(&seats, variants);
            assert!(are_apart(&dealt, &neighbours(&seats, variants >= 4)));
        }
    }
}
