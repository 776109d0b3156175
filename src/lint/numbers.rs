//! Numbers and dates as options write them.

use crate::lint::words::Words;

/// How large each text is, if all are numbers or dates of one form and unit.
pub fn magnitudes<'t>(
    texts: impl Iterator<Item = &'t str>,
    known: &Words,
) -> Option<Vec<Vec<u64>>> {
    let all: Option<Vec<(Vec<u64>, String)>> =
        texts.map(|text| magnitude(text, known)).collect();
    let all = all?;
    let unit = &all.first()?.1;
    let alike =
        all.iter().all(|(value, rest)| rest == unit && value.len() == all[0].0.len());
    alike.then(|| all.into_iter().map(|(value, _)| value).collect())
}

/// A number in thousandths with its unit, or year, month and day.
fn magnitude(text: &str, known: &Words) -> Option<(Vec<u64>, String)> {
    let parts: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let month = |part: &String| known.months.iter().position(|month| month == part);
    let whole = |part: &String| part.parse::<u64>().ok();
    if let [.., second, year] = &parts[..]
        && let (Some(month), Some(year)) = (month(second), whole(year))
    {
        let day = match &parts[..] {
            [_, _] => 0,
            [day, _, _] => whole(day)?,
            _ => return None,
        };
        return Some((vec![year, month as u64, day], "date".to_string()));
    }
    let (first, rest) = parts.split_first()?;
    let first = first.strip_prefix("rp").unwrap_or(first);
    let (number, percent) = match first.strip_suffix('%') {
        Some(number) => (number, "%"),
        None => (first, ""),
    };
    let value = thousandths(number, known.decimal)?;
    Some((vec![value], format!("{percent}{}", rest.join(" "))))
}

/// A number like `1.250,5` in thousandths.
fn thousandths(text: &str, decimal: char) -> Option<u64> {
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    let digits: String = whole.chars().filter(|c| !".,".contains(*c)).collect();
    let digit = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if digits.is_empty() || digits.len() > 15 || !digit(&digits) || !digit(fraction) {
        return None;
    }
    let fraction = format!("{fraction:0<3}");
    digits
        .parse::<u64>()
        .ok()?
        .checked_mul(1000)?
        .checked_add(fraction[..3].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Source;

    #[test]
    fn numbers_and_dates_are_compared_alike() {
        let text = include_str!("../../templates/lint/id.toml");
        let known =
            Words::read(&Source { name: "id".into(), text: text.into() }).unwrap();
        let of = |texts: &[&str]| {
            let values = magnitudes(texts.iter().copied(), &known);
            values.map(|values| values.is_sorted())
        };
        assert_eq!(of(&["900", "1.000", "1.000,5"]), Some(true));
        assert_eq!(of(&["5 negara", "4 negara"]), Some(false));
        assert_eq!(of(&["8 Agustus 1967", "1 Januari 1995"]), Some(true));
        assert_eq!(of(&["5 negara", "4 benua"]), None);
        assert_eq!(of(&["1967", "ASEAN"]), None);
    }
}
