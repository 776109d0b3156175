//! Scaling down: a printer cannot show more pixels than it has dots.

use super::{Content, Picture};

impl Picture {
    /// The picture with at most so many pixels across and down, or `None` if it has no more.
    ///
    /// Each pixel becomes the mean of those that it covers, reckoned in whole numbers. JPEG
    /// files stay as they are: packed anew they would mostly be larger.
    pub fn scaled_down(&self, width: u32, height: u32) -> Option<Picture> {
        let (width, height) = (width.clamp(1, self.width), height.clamp(1, self.height));
        if (width, height) == (self.width, self.height) {
            return None;
        }
        let size = [(self.width, width), (self.height, height)];
        let content = match &self.content {
            Content::Grey { bytes, alpha } => {
                let (bytes, alpha) = shrink(bytes, alpha.as_deref(), 1, size);
                Content::Grey { bytes, alpha }
            }
            Content::Rgb { bytes, alpha } => {
                let (bytes, alpha) = shrink(bytes, alpha.as_deref(), 3, size);
                Content::Rgb { bytes, alpha }
            }
            Content::Jpeg { .. } | Content::Drawing(_) => return None,
        };
        Some(Picture { width, height, content })
    }
}

/// Scales colours and opacity. Sizes are from and to: across, then down.
fn shrink(
    bytes: &[u8],
    alpha: Option<&[u8]>,
    channels: usize,
    [(from_width, to_width), (from_height, to_height)]: [(u32, u32); 2],
) -> (Vec<u8>, Option<Vec<u8>>) {
    let across: Vec<Vec<(usize, u64)>> =
        (0..to_width).map(|x| covered(x, from_width, to_width)).collect();
    let stride = from_width as usize;
    let (mut colours, mut opacities) = (Vec::new(), Vec::new());
    for y in 0..to_height {
        let down = covered(y, from_height, to_height);
        for columns in &across {
            let (mut sums, mut opacity, mut area) = ([0u64; 3], 0, 0);
            for (row, tall) in &down {
                for (column, wide) in columns {
                    let (at, share) = (row * stride + column, tall * wide);
                    // What cannot be seen lends no colour.
                    let seen = share * alpha.map_or(255, |alpha| u64::from(alpha[at]));
                    let pixel = &bytes[at * channels..(at + 1) * channels];
                    for (sum, &byte) in sums.iter_mut().zip(pixel) {
                        *sum += seen * u64::from(byte);
                    }
                    opacity += seen;
                    area += share;
                }
            }
            let mean = |sum: u64, of: u64| ((sum + of / 2) / of.max(1)) as u8;
            colours.extend(sums[..channels].iter().map(|&sum| mean(sum, opacity)));
            opacities.push(mean(opacity, area));
        }
    }
    (colours, alpha.map(|_| opacities))
}

/// The pixels that a larger one covers, each with how much of it, in shares of `to`.
fn covered(index: u32, from: u32, to: u32) -> Vec<(usize, u64)> {
    let (from, to) = (u64::from(from), u64::from(to));
    let (start, end) = (u64::from(index) * from, (u64::from(index) + 1) * from);
    let part = |pixel: u64| {
        let share = end.min((pixel + 1) * to) - start.max(pixel * to);
        (pixel as usize, share)
    };
    (start / to..end.div_ceil(to)).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, bytes: &[u8]) -> Picture {
        let height = bytes.len() as u32 / width;
        let content = Content::Grey { bytes: bytes.to_vec(), alpha: None };
        Picture { width, height, content }
    }

    #[test]
    fn pixels_are_the_means_of_what_they_cover() {
        let four = grey(4, &[0, 100, 200, 40, 100, 200, 20, 60]);
        assert_eq!(four.scaled_down(2, 1), Some(grey(2, &[100, 80])));
        // Two thirds of one and a third of the other.
        let three = grey(3, &[0, 90, 240]);
        assert_eq!(three.scaled_down(2, 9), Some(grey(2, &[30, 190])));
        assert_eq!(grey(3, &[7; 9]).scaled_down(2, 2), Some(grey(2, &[7; 4])));
    }

    #[test]
    fn pictures_never_grow() {
        assert_eq!(grey(2, &[1, 2]).scaled_down(2, 1), None);
        assert_eq!(grey(2, &[1, 2]).scaled_down(900, 900), None);
        assert_eq!(grey(2, &[1, 4]).scaled_down(0, 0), Some(grey(1, &[3])));
    }

    #[test]
    fn what_cannot_be_seen_lends_no_colour() {
        let bytes = vec![200, 100, 0, 1, 2, 3];
        let content = Content::Rgb { bytes, alpha: Some(vec![255, 0]) };
        let scaled = Picture { width: 2, height: 1, content }.scaled_down(1, 1);
        let expected = Content::Rgb { bytes: vec![200, 100, 0], alpha: Some(vec![128]) };
        assert_eq!(scaled.unwrap().content, expected);
    }
}
