//! Colouring: lines between two sides such that the lines at a point have different
//! colours.
//!
//! Two tasks of arranging are of this kind. Lines from variants to places, coloured by the
//! items of a group: no variant has an item twice, and no place. Lines from variants to
//! letters, coloured by numbers: no two variants have the same letter at a number.

use crate::exam::seed::Stream;

/// A colour for each line, such that no two lines at a point have the same.
///
/// There are as many colours as lines at the fullest point, or more; that always suffices
/// (König). Each line takes a colour that is free at both its ends. Where there is none, the
/// chain of lines that alternates between a colour free at one end and one free at the other
/// is recoloured; it cannot come back to where it started, because the sides alternate too.
pub fn colour(
    lines: &[(usize, usize)],
    colours: usize,
    stream: &mut Stream,
) -> Vec<usize> {
    let points = |side: fn(&(usize, usize)) -> usize| {
        lines.iter().map(side).max().map_or(0, |most| most + 1)
    };
    let (left, right) = (points(|line| line.0), points(|line| line.1));
    // The line of each colour at each point, those of the right side after the left one.
    let mut at: Vec<Vec<Option<usize>>> = vec![vec![None; colours]; left + right];
    let mut coloured = vec![0; lines.len()];
    let ends = |line: usize| [lines[line].0, left + lines[line].1];
    for line in stream.order(lines.len()) {
        let [one, other] = ends(line);
        let first = stream.below(colours);
        let turn = || (0..colours).map(|colour| (first + colour) % colours);
        let free = |point: usize| turn().find(|&colour| at[point][colour].is_none());
        let both = turn().find(|&c| at[one][c].is_none() && at[other][c].is_none());
        let colour = match (both, free(one), free(other)) {
            (Some(colour), ..) => colour,
            (None, Some(here), Some(there)) => {
                recolour(&mut at, &mut coloured, other, [here, there], ends);
                here
            }
            _ => unreachable!("a point has more lines than there are colours"),
        };
        coloured[line] = colour;
        (at[one][colour], at[other][colour]) = (Some(line), Some(line));
    }
    coloured
}

/// Swaps two colours along the chain of lines that starts at a point with the first one.
fn recolour(
    at: &mut [Vec<Option<usize>>],
    coloured: &mut [usize],
    mut point: usize,
    colours: [usize; 2],
    ends: impl Fn(usize) -> [usize; 2],
) {
    let mut chain = Vec::new();
    while let Some(line) = at[point][colours[chain.len() % 2]] {
        chain.push(line);
        let [one, other] = ends(line);
        point = if one == point { other } else { one };
    }
    for &line in &chain {
        ends(line).into_iter().for_each(|end| at[end][coloured[line]] = None);
    }
    for (index, &line) in chain.iter().enumerate() {
        coloured[line] = colours[(index + 1) % 2];
        ends(line).into_iter().for_each(|end| at[end][coloured[line]] = Some(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::seed::Seed;

    #[test]
    fn lines_at_a_point_have_different_colours() {
        for seed in 0..1000 {
            let mut stream = Seed(seed).stream("lines", "");
            let (left, right) = (1 + stream.below(9), 1 + stream.below(9));
            let lines: Vec<(usize, usize)> = (0..stream.below(60))
                .map(|_| (stream.below(left), stream.below(right)))
                .collect();
            let at = |point: usize, side: usize| {
                let here = lines.iter().enumerate();
                here.filter(move |(_, line)| [line.0, line.1][side] == point)
            };
            let most = |side, points| (0..points).map(move |p| (p, side));
            let points = || most(0, left).chain(most(1, right));
            let colours = points().map(|(p, side)| at(p, side).count()).max().unwrap();
            let coloured = colour(&lines, colours, &mut stream);
            for (point, side) in points() {
                let mut here: Vec<usize> =
                    at(point, side).map(|(line, _)| coloured[line]).collect();
                here.sort();
                assert!(here.is_sorted_by(|a, b| a < b), "{lines:?}");
                assert!(here.iter().all(|&colour| colour < colours));
            }
        }
    }
}
