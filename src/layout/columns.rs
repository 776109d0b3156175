//! The widths of a table's columns.

use crate::length::Length;
use crate::sheet::Width;

/// How wide a column would be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    /// With every break that its cells allow.
    pub least: Length,
    /// Without any break.
    pub natural: Length,
    /// How the width is found.
    pub width: Width,
}

/// Divides a width among columns. What fits takes its natural width and the others
/// share the rest; no column is narrower than its longest word while there is room. Where
/// there is none, the widest words are broken and not a column of numbers beside them.
pub(super) fn divide(demands: &[Demand], total: Length) -> Vec<Length> {
    let leasts: Vec<Length> = demands.iter().map(|demand| demand.least).collect();
    if least(demands) > total {
        return level(&leasts, total);
    }
    // Fitting columns first have their longest words, then what else they want.
    let wish = |demand: &Demand| match demand.width {
        Width::Fit => demand.natural - demand.least,
        Width::Share(_) => Length::ZERO,
    };
    let wishes: Vec<Length> = demands.iter().map(wish).collect();
    let granted = level(&wishes, total - least(demands));
    let mut widths: Vec<Length> =
        leasts.into_iter().zip(granted).map(|(least, more)| least + more).collect();
    share(demands, &mut widths, total);
    widths
}

/// How wide columns are together at least.
pub(super) fn least(demands: &[Demand]) -> Length {
    demands.iter().map(|demand| demand.least).sum()
}

/// Grants every wish, but the greatest ones are cut to what the others leave.
fn level(wishes: &[Length], total: Length) -> Vec<Length> {
    let mut granted = wishes.to_vec();
    let mut order: Vec<usize> = (0..granted.len()).collect();
    order.sort_by_key(|&index| granted[index]);
    let mut left = total;
    for (number, &index) in order.iter().enumerate() {
        let part = left / (order.len() - number) as i32;
        granted[index] = granted[index].min(part);
        left -= granted[index];
    }
    granted
}

/// Gives the sharing columns their parts of what the fitting ones leave. A column whose
/// part would be less than its least width keeps that and leaves the sharing.
fn share(demands: &[Demand], widths: &mut [Length], total: Length) {
    let part = |index: usize| match demands[index].width {
        Width::Share(part) => i64::from(part.max(1)),
        Width::Fit => 0,
    };
    let mut sharing: Vec<usize> =
        (0..demands.len()).filter(|&index| part(index) > 0).collect();
    loop {
        let parts: i64 = sharing.iter().map(|&index| part(index)).sum();
        let others = (0..widths.len()).filter(|index| !sharing.contains(index));
        let left = total - others.map(|index| widths[index]).sum();
        let before = sharing.len();
        sharing.retain(|&index| left.scale(part(index), parts) >= demands[index].least);
        if sharing.len() < before {
            continue;
        }
        // The last one takes the rest, so that roundings do not add up.
        let mut rest = left;
        for (number, &index) in sharing.iter().enumerate() {
            let last = number + 1 == sharing.len();
            widths[index] = if last { rest } else { left.scale(part(index), parts) };
            rest -= widths[index];
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(demands: &[(i32, i32, Width)], total: i32) -> Vec<i32> {
        let demand = |&(least, natural, width): &(i32, i32, Width)| Demand {
            least: Length(least),
            natural: Length(natural),
            width,
        };
        let demands: Vec<Demand> = demands.iter().map(demand).collect();
        divide(&demands, Length(total)).into_iter().map(|width| width.0).collect()
    }

    #[test]
    fn fitting_columns_come_first_and_the_others_share_the_rest() {
        let demands =
            [(10, 20, Width::Fit), (10, 90, Width::Share(1)), (10, 90, Width::Share(2))];
        assert_eq!(divided(&demands, 110), [20, 30, 60]);
    }

    #[test]
    fn a_table_without_shares_is_no_wider_than_its_words() {
        assert_eq!(divided(&[(5, 20, Width::Fit), (5, 30, Width::Fit)], 100), [20, 30]);
    }

    #[test]
    fn a_share_holds_its_longest_word() {
        let demands = [
            (60, 60, Width::Share(1)),
            (5, 90, Width::Share(1)),
            (5, 9, Width::Share(1)),
        ];
        assert_eq!(divided(&demands, 101), [60, 21, 20]);
    }

    #[test]
    fn fitting_columns_shrink_before_words_are_broken() {
        assert_eq!(
            divided(&[(20, 120, Width::Fit), (20, 70, Width::Fit)], 100),
            [50, 50]
        );
        // What wants little gets all of it.
        assert_eq!(
            divided(&[(20, 120, Width::Fit), (20, 30, Width::Fit)], 100),
            [70, 30]
        );
        let demands = [(20, 120, Width::Fit), (40, 50, Width::Share(1))];
        assert_eq!(divided(&demands, 100), [60, 40]);
    }

    #[test]
    fn the_widest_words_are_broken_when_nothing_else_helps() {
        assert_eq!(
            divided(&[(60, 90, Width::Fit), (30, 90, Width::Share(1))], 60),
            [30, 30]
        );
        let demands = [
            (15, 15, Width::Fit),
            (600, 900, Width::Share(1)),
            (40, 40, Width::Fit),
            (500, 500, Width::Share(1)),
        ];
        assert_eq!(divided(&demands, 400), [15, 173, 40, 172]);
    }
}
