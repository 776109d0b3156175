//! Where a student sits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The most rows and columns that a room has.
const MOST: usize = 100;

/// A seat in a room, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seat {
    /// The row, from the front.
    pub row: usize,
    /// The column, from the left.
    pub column: usize,
}

/// The seats of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table like { rows = 6, columns = 6 }")]
pub struct Room {
    /// How many rows it has.
    pub rows: usize,
    /// How many seats a row has.
    pub columns: usize,
}

impl fmt::Display for Seat {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}", self.row, self.column)
    }
}

impl FromStr for Seat {
    type Err = ();

    /// Reads two numbers with anything but digits around them: `2-3`, `B2K3`.
    fn from_str(text: &str) -> Result<Seat, ()> {
        let numbers = text.split(|char: char| !char.is_ascii_digit());
        let numbers = numbers.filter(|number| !number.is_empty());
        let numbers: Vec<usize> = numbers.map_while(|n| n.parse().ok()).collect();
        match numbers[..] {
            [row @ 1..=MOST, column @ 1..=MOST] => Ok(Seat { row, column }),
            _ => Err(()),
        }
    }
}
