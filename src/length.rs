//! Lengths and places on paper, as integers in thousandths of a point.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use serde::Serialize;

/// A length in thousandths of a point (1 pt = 1/72 inch).
///
/// Integers keep layout exact and equal on every machine.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
pub struct Length(pub i32);

impl Length {
    /// The length zero.
    pub const ZERO: Length = Length(0);

    /// A length from whole points.
    pub const fn pt(points: i32) -> Length {
        Length(points * 1000)
    }

    /// A length from thousandths of a millimetre (1 mm = 72/25.4 pt), rounded to nearest.
    pub const fn micrometres(um: i64) -> Length {
        let scaled = um * 720_000;
        let half = if scaled < 0 { -127_000 } else { 127_000 };
        Length(((scaled + half) / 254_000) as i32)
    }

    /// A length from whole millimetres.
    pub const fn mm(mm: i64) -> Length {
        Length::micrometres(mm * 1000)
    }

    /// The length times `numerator / denominator`, rounded to nearest.
    pub const fn scale(self, numerator: i64, denominator: i64) -> Length {
        let product = self.0 as i64 * numerator;
        let half = if (product < 0) == (denominator < 0) {
            denominator / 2
        } else {
            -denominator / 2
        };
        Length(((product + half) / denominator) as i32)
    }

    /// The length in points, for back ends that demand floats.
    pub fn to_pt(self) -> f32 {
        self.0 as f32 / 1000.0
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i32> for Length {
    type Output = Length;
    fn mul(self, factor: i32) -> Length {
        Length(self.0 * factor)
    }
}

impl Div<i32> for Length {
    type Output = Length;
    fn div(self, divisor: i32) -> Length {
        Length(self.0 / divisor)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}

/// A place on a page, measured from its top left corner, y down.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
)]
pub struct Point {
    /// The distance from the left edge.
    pub x: Length,
    /// The distance from the top edge.
    pub y: Length,
}

/// An upright rectangle on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Rect {
    /// The top left corner.
    pub at: Point,
    /// The width, never negative.
    pub width: Length,
    /// The height, never negative.
    pub height: Length,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_round_to_nearest() {
        // 215 mm = 609.4488 pt; 330 mm = 935.4331 pt; A4 = 595.2756 × 841.8898 pt.
        assert_eq!(Length::mm(215), Length(609_449));
        assert_eq!(Length::mm(330), Length(935_433));
        assert_eq!(Length::mm(210), Length(595_276));
        assert_eq!(Length::mm(297), Length(841_890));
        assert_eq!(Length::micrometres(-25_400), Length(-72_000));
    }

    #[test]
    fn scaling_rounds_half_away_from_zero() {
        assert_eq!(Length(5).scale(1, 2), Length(3));
        assert_eq!(Length(-5).scale(1, 2), Length(-3));
        assert_eq!(Length(1000).scale(2, 3), Length(667));
    }
}
