//! Shards: the parts in which a job is printed that is too large for one machine.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// One of the equal parts of a job. What a document says does not depend on how many parts
/// there are, only where it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Its number, from 1.
    index: usize,
    /// How many there are.
    count: usize,
}

impl Shard {
    /// How many parts a job has at most.
    pub const MOST: usize = 100_000;

    /// A part by its number, if there is such a part.
    pub fn new(index: usize, count: usize) -> Option<Shard> {
        let fits = (1..=count).contains(&index) && count <= Shard::MOST;
        fits.then_some(Shard { index, count })
    }

    /// All parts of a job.
    pub fn all(count: usize) -> impl Iterator<Item = Shard> {
        (1..=count).map(move |index| Shard { index, count })
    }

    /// How many parts the job has.
    pub fn count(self) -> usize {
        self.count
    }

    /// Which of so many things it makes: as many as the other parts, or one more or less.
    pub fn range(self, things: usize) -> Range<usize> {
        let before = |parts: usize| parts * things / self.count;
        before(self.index - 1)..before(self.index)
    }

    /// Whether it makes what there is only one of.
    pub fn is_first(self) -> bool {
        self.index == 1
    }

    /// The name of the folder that it is printed to.
    pub fn folder(self) -> String {
        format!("shard-{}-of-{}", self.index, self.count)
    }

    /// The part that is printed to a folder of this name.
    pub fn of_folder(name: &str) -> Option<Shard> {
        let (index, count) = name.strip_prefix("shard-")?.split_once("-of-")?;
        let shard = Shard::new(index.parse().ok()?, count.parse().ok()?)?;
        (shard.folder() == name).then_some(shard)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let parts = text.split_once('/');
        let parts =
            parts.and_then(|(index, count)| index.parse().ok().zip(count.parse().ok()));
        parts.and_then(|(index, count)| Shard::new(index, count)).ok_or_else(|| {
            let most = Shard::MOST;
            format!("write the part and how many there are, as in `3/12`; at most {most}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cover_everything_once_and_evenly() {
        for count in [1, 2, 3, 7, 40] {
            for things in [0, 1, 6, 7, 100, 1001] {
                let ranges: Vec<_> =
                    Shard::all(count).map(|shard| shard.range(things)).collect();
                let covered: Vec<usize> = ranges.iter().cloned().flatten().collect();
                assert_eq!(covered, (0..things).collect::<Vec<_>>());
                let sizes = || ranges.iter().map(Range::len);
                assert!(sizes().max().unwrap() - sizes().min().unwrap() <= 1);
            }
        }
    }

    #[test]
    fn parts_are_read_as_they_are_written() {
        for shard in [Shard::new(1, 1).unwrap(), Shard::new(3, 12).unwrap()] {
            assert_eq!(shard.to_string().parse(), Ok(shard));
            assert_eq!(Shard::of_folder(&shard.folder()), Some(shard));
        }
        for wrong in ["", "3", "0/3", "4/3", "a/3", "1/0", "1/-3", "1/200000"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
        for wrong in ["shard-1", "shard-01-of-3", "shard-4-of-3", "1-of-3"] {
            assert_eq!(Shard::of_folder(wrong), None, "{wrong}");
        }
    }
}
