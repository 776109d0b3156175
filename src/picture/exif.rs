//! Which way up a JPEG file was taken.

/// The tag of the orientation among those of an Exif segment.
const ORIENTATION: u16 = 0x0112;

/// The orientation of a JPEG file, as Exif numbers it: 1 upright, 3 upside down, 6 and 8
/// lying on a side, the others mirrored. A file that says nothing is upright.
pub(super) fn orientation(file: &[u8]) -> u8 {
    let found = segment(file).and_then(tagged);
    found.filter(|orientation| (1..=8).contains(orientation)).unwrap_or(1)
}

/// What an Exif segment before the scan holds.
fn segment(file: &[u8]) -> Option<&[u8]> {
    let mut rest = file.get(2..)?;
    // Segments follow one another, each with a marker and its length.
    while let [0xff, marker, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        match (marker, after.strip_prefix(b"Exif\0\0")) {
            (0xe1, Some(tags)) => return Some(tags),
            (0xda, _) => return None,
            _ => rest = rest.get(2 + length..)?,
        }
    }
    None
}

/// The orientation in a table of tags, which is laid out like a TIFF file.
fn tagged(tiff: &[u8]) -> Option<u8> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        let value = if little { second << 16 | first } else { first << 16 | second };
        usize::try_from(value).ok().filter(|&offset| offset < tiff.len())
    };
    let table = long(4)?;
    let entries = (0..usize::from(short(table)?)).map(|entry| table + 2 + 12 * entry);
    let entry = entries.into_iter().find(|&at| short(at) == Some(ORIENTATION))?;
    u8::try_from(short(entry + 8)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of a JPEG file that says how it was taken.
    pub(in crate::picture) fn head(orientation: u8, little: bool) -> Vec<u8> {
        let short = |value: u16| match little {
            true => value.to_le_bytes(),
            false => value.to_be_bytes(),
        };
        let long = |value: u32| match little {
            true => value.to_le_bytes(),
            false => value.to_be_bytes(),
        };
        let mut tiff = if little { b"II".to_vec() } else { b"MM".to_vec() };
        tiff.extend(short(42));
        tiff.extend(long(8));
        tiff.extend(short(1));
        tiff.extend([short(ORIENTATION), short(3)].concat());
        tiff.extend(long(1));
        tiff.extend([short(orientation.into()), short(0)].concat());
        let length = (2 + 6 + tiff.len()) as u16;
        let segment = [b"\xff\xe1", &length.to_be_bytes()[..], b"Exif\0\0", &tiff];
        [b"\xff\xd8".as_slice(), &segment.concat()].concat()
    }

    #[test]
    fn both_orders_of_bytes_are_read() {
        for expected in 1..=8 {
            assert_eq!(orientation(&head(expected, true)), expected);
            assert_eq!(orientation(&head(expected, false)), expected);
        }
        assert_eq!(orientation(&head(9, true)), 1);
    }

    #[test]
    fn what_is_cut_off_is_upright() {
        let head = head(6, false);
        for length in 0..head.len() - 2 {
            assert_eq!(orientation(&head[..length]), 1);
        }
        assert_eq!(orientation(include_bytes!("../render/tests/stripes.jpg")), 1);
    }
}
