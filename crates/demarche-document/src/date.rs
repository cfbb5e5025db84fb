//! Dates as documents write them: in a field, in HTML metadata, in a dateline. English month names.

use jiff::civil::{Date, DateTime};

/// A date in a dateline, of which the year is mostly left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDate {
    /// With its year.
    Full(Date),
    /// Month and day alone, as in "Nov. 12".
    MonthDay {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
}

impl WrittenDate {
    /// The whole date, a missing year being that which brings it nearest before `published` (or up to a week after).
    pub fn resolve(self, published: Option<Date>) -> Option<Date> {
        match self {
            Self::Full(date) => Some(date),
            Self::MonthDay { month, day } => {
                let published = published?;
                let latest = published.checked_add(jiff::Span::new().days(7)).ok()?;
                // Four years back is enough for a 29 February.
                (-4..=1)
                    .rev()
                    .filter_map(|years| Date::new(published.year() + years, month, day).ok())
                    .find(|date| *date <= latest)
            }
        }
    }
}

impl std::fmt::Display for WrittenDate {
    /// `2023-11-12`, or `--11-12` without a year (as XML Schema writes a month and day).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full(date) => write!(f, "{date}"),
            Self::MonthDay { month, day } => write!(f, "--{month:02}-{day:02}"),
        }
    }
}

/// Which number comes first in a date such as 03/04/2023.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 3 April 2023.
    DayFirst,
    /// March 4, 2023.
    MonthFirst,
}

/// Why a value is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// In no shape we know, or a day that no calendar has.
    Unreadable,
    /// 03/04/2023, without an order given.
    Ambiguous,
}

/// Reads the date of a field or of metadata: ISO 8601 with or without time, RFC 2822, `20231112`, in words, or in numbers
/// whose order is plain (`25/12/2023`, and with dots, where the day always stands first, `3.4.2023`).
///
/// A time of day is left out and so is its offset: the date is the one written.
pub fn parse(value: &str) -> Option<Date> {
    parse_ordered(value, None).ok()
}

/// Reads a date as [`parse`] does; `order` decides where the numbers do not.
pub(crate) fn parse_ordered(value: &str, order: Option<DateOrder>) -> Result<Date, NoDate> {
    if let Some(date) = in_order(value) {
        return Ok(date);
    }
    in_numbers(value.trim(), order).unwrap_or(Err(NoDate::Unreadable))
}

/// Two numbers and a year, parted by `/`, `.` or `-`, perhaps with a time after them; `None` for anything else.
fn in_numbers(value: &str, order: Option<DateOrder>) -> Option<Result<Date, NoDate>> {
    let (head, rest) = value.split_at(value.find([' ', ',', 'T']).unwrap_or(value.len()));
    if !rest.is_empty() && !rest.trim_start_matches([' ', ',', 'T']).starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let mark = ['/', '.', '-'].into_iter().find(|&mark| head.contains(mark))?;
    let parts: Vec<&str> = head.split(mark).collect();
    let [first, second, year] = parts[..] else { return None };
    let number = |part: &str, longest: usize| -> Option<i16> {
        let digits = part.len() <= longest && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    };
    let year = number(year, 4).filter(|_| year.len() == 4)?;
    let (first, second) = (number(first, 2)? as i8, number(second, 2)? as i8);
    let date = |day, month| Date::new(year, month, day).map_err(|_| NoDate::Unreadable);
    Some(match order {
        _ if mark == '.' || first > 12 || first == second => date(first, second),
        _ if second > 12 => date(second, first),
        Some(DateOrder::DayFirst) => date(first, second),
        Some(DateOrder::MonthFirst) => date(second, first),
        None if first == 0 || second == 0 => Err(NoDate::Unreadable),
        None => Err(NoDate::Ambiguous),
    })
}

/// A date whose shape says which number is which.
fn in_order(value: &str) -> Option<Date> {
    let value = value.trim();
    if let Ok(date) = value.parse::<Date>().or_else(|_| value.parse::<DateTime>().map(DateTime::date)) {
        return Some(date);
    }
    // A date with whatever time after it: "2023-11-12T08:30:00+0300", "2023/11/12 08:30".
    let head = value.get(..10).map(|head| head.replace('/', "-"));
    if let Some(date) = head.and_then(|head| head.parse::<Date>().ok())
        && value[10..].starts_with(|next: char| !next.is_ascii_digit())
    {
        return Some(date);
    }
    if value.len() == 10
        && let Ok(date) = value.replace('/', "-").parse::<Date>()
    {
        return Some(date);
    }
    match in_words(value) {
        Some(WrittenDate::Full(date)) => Some(date),
        Some(WrittenDate::MonthDay { .. }) => None,
        // Two-digit years and zones by name, as older feeds have them.
        None => jiff::fmt::rfc2822::parse(value).ok().map(|moment| moment.date()),
    }
}

/// Reads "12 November 2023", "Sunday, Nov. 12", "November 12th, 2023", "Sun, 12 Nov 2023 08:30:00 +0300".
///
/// Nothing but a date may stand there, a time of day at the end excepted.
pub(crate) fn in_words(value: &str) -> Option<WrittenDate> {
    let (mut month, mut day, mut year) = (None, None, None);
    let words = value.split(|character: char| character.is_whitespace() || character == ',');
    for word in words.filter(|word| !word.is_empty()) {
        let word = word.trim_end_matches('.').to_lowercase();
        let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
        let ordinal = matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th");
        let number = digits.parse::<i16>().ok().filter(|_| ordinal && digits.bytes().all(|byte| byte.is_ascii_digit()));
        match number {
            Some(number @ 1000..=2999) if year.is_none() && digits.len() == 4 => year = Some(number),
            Some(number @ 1..=31) if day.is_none() && digits.len() <= 2 => day = Some(number as i8),
            None if month.is_none() && month_named(&word).is_some() => month = month_named(&word),
            None if is_weekday(&word) => {}
            None if year.is_some() && day.is_some() && is_time(&word) => {}
            _ => return None,
        }
    }
    let (month, day) = (month?, day?);
    match year {
        Some(year) => Date::new(year, month, day).ok().map(WrittenDate::Full),
        // A leap year, so that 29 February is a day.
        None => Date::new(2000, month, day).ok().map(|_| WrittenDate::MonthDay { month, day }),
    }
}

fn is_time(word: &str) -> bool {
    let clock =
        word.contains(':') && word.chars().all(|character| character.is_ascii_digit() || ":.z".contains(character));
    let offset = word.starts_with(['+', '-'])
        && word[1..].chars().all(|character| character.is_ascii_digit() || character == ':');
    clock || offset || matches!(word, "gmt" | "utc" | "est" | "edt" | "at" | "am" | "pm" | "a.m" | "p.m")
}

fn month_named(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = word.len() == 3 || word == "sept";
    let month = MONTHS.iter().position(|month| *month == word || short && month.starts_with(word))?;
    i8::try_from(month + 1).ok()
}

pub(crate) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    DAYS.iter().any(|day| *day == word || word.len() >= 3 && word.len() <= 5 && day.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_of_fields() {
        let expected = Some(date(2023, 11, 12));
        for written in [
            "2023-11-12",
            " 2023-11-12T08:30:00Z ",
            "2023-11-12T08:30:00+0300",
            "2023-11-12 08:30",
            "2023/11/12",
            "20231112",
            "12 November 2023",
            "November 12, 2023",
            "Nov. 12th, 2023",
            "Sun, 12 Nov 2023 08:30:00 +0300",
            "Sun, 12 Nov 23 23:30:00 PST",
            "2023-11-12T23:30:00.123456-08:00",
            "12.11.2023",
        ] {
            assert_eq!(parse(written), expected, "{written}");
        }
        for wrong in [
            "",
            "soon",
            "2023-13-40",
            "Nov. 12",
            "12/11/2023",
            "1699776000",
            "2023-11-123",
            "30 February 2023",
            "Ünsinn äöü ß",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_in_numbers() {
        let christmas = Ok(date(2023, 12, 25));
        for written in ["25/12/2023", "12/25/2023", "25-12-2023", "25/12/2023 08:30", "12/25/2023, 8:30 PM"] {
            assert_eq!(parse_ordered(written, None), christmas, "{written}");
        }
        assert_eq!(parse_ordered("4/4/2023", None), Ok(date(2023, 4, 4)));
        for written in ["3/4/2023", "03-04-2023 10:00"] {
            assert_eq!(parse_ordered(written, None), Err(NoDate::Ambiguous));
            assert_eq!(parse_ordered(written, Some(DateOrder::DayFirst)), Ok(date(2023, 4, 3)));
            assert_eq!(parse_ordered(written, Some(DateOrder::MonthFirst)), Ok(date(2023, 3, 4)));
        }
        for wrong in ["31/02/2023", "13/13/2023", "1/2/23", "1/2/3/2023", "+1/2/2023", "0/2/2023", "3/4/2023x", "//"] {
            assert_eq!(parse_ordered(wrong, None), Err(NoDate::Unreadable), "{wrong}");
        }
    }

    #[test]
    fn a_missing_year_is_the_nearest_before() {
        let written = |month, day| WrittenDate::MonthDay { month, day };
        assert_eq!(written(12, 31).resolve(Some(date(2024, 1, 2))), Some(date(2023, 12, 31)));
        assert_eq!(written(1, 2).resolve(Some(date(2023, 12, 31))), Some(date(2024, 1, 2)));
        assert_eq!(written(2, 29).resolve(Some(date(2026, 5, 1))), Some(date(2024, 2, 29)));
        assert_eq!(written(5, 1).resolve(None), None);
    }
}
