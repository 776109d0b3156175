//! Checking how many items of what kind a section asks for.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use crate::bank::Id;
use crate::diagnostic::{Diagnostic, Place, counted};
use crate::difficulty::Difficulty;
use crate::exam::Row;
use crate::exam::blueprint::raw::{Mix, RawRow};
use crate::exam::blueprint::read::{MOST_ITEMS, Reader};
use crate::exam::blueprint::{Quota, RowPlan};

/// The levels, and the cognitive levels.
const LEVELS: [&[&str]; 2] = [&["L1", "L2", "L3"], &["C1", "C2", "C3", "C4", "C5", "C6"]];

/// The mix of difficulties that schools usually plan: easy, medium, hard.
const USUAL_MIX: [usize; 3] = [30, 50, 20];

impl Reader<'_> {
    /// How many items a section has: as many as it says, or as its rows have.
    pub fn count(
        &mut self,
        raw: Option<Spanned<usize>>,
        table: &[RowPlan],
        section: Range<usize>,
    ) -> usize {
        let of_rows: usize = table.iter().map(|plan| plan.row.count).sum();
        let Some(raw) = raw else {
            if table.is_empty() {
                let hint = "add `count = …`: how many items the section has";
                self.wrong(section.clone(), "missing key `count` in `section`", hint);
            }
            let of_rows = Spanned::new(section, of_rows.max(1));
            return self.number(Some(of_rows), "count", 1..=MOST_ITEMS, 1);
        };
        let span = raw.span();
        let count = self.number(Some(raw), "count", 1..=MOST_ITEMS, 1);
        if !table.is_empty() && of_rows != count {
            let items = counted(of_rows, "item");
            let message = format!("the rows ask for {items}, but `count` is {count}");
            let hint = format!("write `count = {of_rows}`, or change the rows");
            self.wrong(span, message, &hint);
        }
        count
    }

    /// How many items each topic has.
    pub fn topics(
        &mut self,
        raw: BTreeMap<Id, Spanned<usize>>,
        count: usize,
    ) -> BTreeMap<Id, Quota> {
        let quotas = raw.into_iter().map(|(topic, quota)| {
            let place = self.source.place(quota.span());
            (topic, Quota { count: quota.into_inner(), place })
        });
        let quotas = quotas.collect();
        self.sum("topics", &quotas, count, false);
        quotas
    }

    /// How many items each level has: all of them levels, or all of them cognitive levels.
    pub fn levels(
        &mut self,
        raw: BTreeMap<Spanned<String>, Spanned<usize>>,
        count: usize,
    ) -> BTreeMap<String, Quota> {
        let mut quotas = BTreeMap::new();
        let mut families = Vec::new();
        for (level, quota) in raw {
            families.extend(self.level(&level));
            let place = self.source.place(quota.span());
            let quota = Quota { count: quota.into_inner(), place };
            families.dedup();
            if families.len() == 2 {
                let hint = "count by L1 to L3, or by C1 to C6";
                let message = "levels and cognitive levels stand side by side";
                self.wrong(level.span(), message, hint);
                families.pop();
            }
            quotas.insert(level.into_inner(), quota);
        }
        let all = families.first().map_or(0, |&family| LEVELS[family].len());
        self.sum("levels", &quotas, count, quotas.len() == all);
        quotas
    }

    /// Whether it is a level (0) or a cognitive level (1), if it is any.
    fn level(&mut self, level: &Spanned<String>) -> Option<usize> {
        let family =
            LEVELS.iter().position(|all| all.contains(&level.get_ref().as_str()));
        if family.is_none() {
            let message = format!("unknown level `{}`", level.get_ref());
            self.wrong(level.span(), message, "levels are L1 to L3, or C1 to C6");
        }
        family
    }

    /// How many items are how difficult.
    pub fn mix(
        &mut self,
        raw: Option<Spanned<Mix>>,
        count: usize,
    ) -> BTreeMap<Difficulty, Quota> {
        let Some(raw) = raw else { return BTreeMap::new() };
        let span = raw.span();
        let counts = match raw.into_inner() {
            Mix::Counts(counts) => counts,
            Mix::Shares(shares) => {
                let counts = shares_of(&shares).map(|shares| apportion(shares, count));
                if counts.is_none() {
                    let message = format!("`{shares}` is no mix of difficulties");
                    let hint = "write shares of easy, medium and hard like `\"30:50:20\"`, \
                                which is also called `\"usual\"`";
                    self.wrong(span.clone(), message, hint);
                }
                Difficulty::ALL.into_iter().zip(counts.into_iter().flatten()).collect()
            }
        };
        let place: Place = self.source.place(span);
        let quota =
            |(difficulty, count)| (difficulty, Quota { count, place: place.clone() });
        let quotas = counts.into_iter().map(quota).collect();
        self.sum("difficulties", &quotas, count, quotas.len() == Difficulty::ALL.len());
        quotas
    }

    /// Checks what quotas add up to, which may be all that there are.
    fn sum<K>(
        &mut self,
        what: &str,
        quotas: &BTreeMap<K, Quota>,
        count: usize,
        all: bool,
    ) {
        let sum: usize = quotas.values().map(|quota| quota.count).sum();
        let Some(first) = quotas.values().next() else { return };
        let (message, hint) = if sum > count {
            (
                format!(
                    "the {what} ask for {}, but `count` is {count}",
                    counted(sum, "item")
                ),
                format!("write `count = {sum}`, or lower the {what}"),
            )
        } else if all && sum < count {
            (
                format!(
                    "the {what} ask for {sum} of {count} items, and none is left over"
                ),
                format!("write `count = {sum}`, or leave out one of the {what}"),
            )
        } else {
            return;
        };
        let finding = Diagnostic::error(message);
        self.findings.push(finding.at(first.place.clone()).hint(hint));
    }

    /// The rows of a section.
    pub fn table(&mut self, raw: Vec<Spanned<RawRow>>) -> Vec<RowPlan> {
        raw.into_iter().map(|row| self.row(row)).collect()
    }

    fn row(&mut self, raw: Spanned<RawRow>) -> RowPlan {
        let place = self.source.place(raw.span());
        let raw = raw.into_inner();
        if let Some(level) = &raw.level {
            self.level(level);
        }
        let points = raw.points.map(|p| self.number(Some(p), "points", 1..=1000, 1));
        let row = Row {
            outcome: raw.outcome,
            objective: raw.objective,
            material: raw.material,
            indicator: raw.indicator,
            topic: raw.topic.map(Spanned::into_inner),
            level: raw.level.map(Spanned::into_inner),
            difficulty: raw.difficulty,
            count: self.number(raw.count, "count", 1..=MOST_ITEMS, 1),
            points,
        };
        RowPlan { row, place }
    }
}

/// The shares of easy, medium and hard items, as a mix says them.
fn shares_of(text: &str) -> Option<[usize; 3]> {
    if text == "usual" {
        return Some(USUAL_MIX);
    }
    let shares: Option<Vec<usize>> =
        text.split(':').map(|share| share.trim().parse().ok()).collect();
    let shares: [usize; 3] = shares?.try_into().ok()?;
    shares.iter().all(|&share| share <= 1000).then_some(())?;
    (shares.iter().sum::<usize>() > 0).then_some(shares)
}

/// Parts a number by shares; those that lose most by rounding down get one more.
fn apportion(shares: [usize; 3], count: usize) -> [usize; 3] {
    let sum: usize = shares.iter().sum();
    let mut parts = shares.map(|share| share * count / sum);
    let mut order = [0, 1, 2];
    order.sort_by_key(|&index| std::cmp::Reverse(shares[index] * count % sum));
    let missing = count - parts.iter().sum::<usize>();
    order[..missing].iter().for_each(|&index| parts[index] += 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        for count in 1..=60 {
            let parts = apportion(USUAL_MIX, count);
            assert_eq!(parts.iter().sum::<usize>(), count);
            for (part, share) in parts.iter().zip(USUAL_MIX) {
                assert!((part * 100).abs_diff(share * count) < 100, "{count}: {parts:?}");
            }
        }
        assert_eq!(apportion([30, 50, 20], 20), [6, 10, 4]);
        assert_eq!(shares_of("30 : 40:30"), Some([30, 40, 30]));
        assert_eq!(shares_of("0:0:0"), None);
        assert_eq!(shares_of("half"), None);
    }
}
