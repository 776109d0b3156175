//! What tells whether two files are the same.

use std::array;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

/// The SHA-256 of bytes (FIPS 180-4); it is written in lower-case hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum([u8; 32]);

/// Why something is no sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSum;

impl Sum {
    /// The sum of bytes.
    pub fn of(bytes: &[u8]) -> Sum {
        Sum(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for NoSum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a SHA-256 has 64 hexadecimal digits")
    }
}

impl FromStr for Sum {
    type Err = NoSum;

    fn from_str(text: &str) -> Result<Sum, NoSum> {
        let digit = |char: char| char.to_digit(16).map(|digit| digit as u8);
        let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
        let digits: [u8; 64] = digits.ok_or(NoSum)?.try_into().map_err(|_| NoSum)?;
        Ok(Sum(array::from_fn(|at| 16 * digits[2 * at] + digits[2 * at + 1])))
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sum, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_they_are_written() {
        // The first example of FIPS 180-4's test vectors.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sum::of(b"abc").to_string(), abc);
        assert_eq!(abc.parse(), Ok(Sum::of(b"abc")));
        let odd = &abc[1..];
        for wrong in
            ["", "ba", odd, &format!("{odd}g"), &format!("{abc}00"), &format!("{odd}é")]
        {
            assert_eq!(wrong.parse::<Sum>(), Err(NoSum), "{wrong}");
        }
    }
}
