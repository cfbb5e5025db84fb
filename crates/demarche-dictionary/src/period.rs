//! When a code holds: the date restrictions of actor dictionaries.
//!
//! `<850101` before that day; `>850101` from that day on, likewise a day alone; `850101-860101` from the first day up to
//! and without the second. Years of two digits up to 30 are 20YY, later ones 19YY. So TABARI's successors read them.

use jiff::civil::Date;

use crate::fault::Problem;

/// A span of days, half open; open where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// First day after the end.
    pub until: Option<Date>,
}

impl Period {
    /// All days.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// Whether a day lies within.
    pub fn holds(self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on < until)
    }

    /// Whether some day lies within both.
    pub fn overlaps(self, other: Self) -> bool {
        let before =
            |until: Option<Date>, from: Option<Date>| until.zip(from).is_some_and(|(until, from)| until <= from);
        !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// Whether no day lies within.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }

    /// The parts of this span that lie outside `other`, earlier first.
    pub fn without(self, other: Self) -> impl Iterator<Item = Self> {
        let earliest = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let before = other.from.map(|from| Self { from: self.from, until: earliest(self.until, Some(from)) });
        let after = other
            .until
            .map(|until| Self { from: Some(self.from.map_or(until, |from| from.max(until))), until: self.until });
        [before, after].into_iter().flatten().filter(|part| !part.is_empty())
    }

    /// Reads a restriction as written after a code. A second value names what was mended.
    pub(crate) fn parse(written: &str) -> Result<(Self, Option<Problem>), Problem> {
        let compact: String = written.split_whitespace().collect();
        let (period, mended) = if let Some(day) = compact.strip_prefix('<') {
            let (day, mended) = date(day)?;
            (Self { from: None, until: Some(day) }, mended)
        } else if let Some(day) = compact.strip_prefix('>') {
            let (day, mended) = date(day)?;
            (Self { from: Some(day), until: None }, mended)
        } else if let Some((from, until)) = compact.split_once('-') {
            let ((from, one), (until, two)) = (date(from)?, date(until)?);
            (Self { from: Some(from), until: Some(until) }, one.or(two))
        } else if compact.starts_with(|c: char| c.is_ascii_digit()) {
            let (day, mended) = date(&compact)?;
            (Self { from: Some(day), until: None }, mended)
        } else {
            return Err(Problem::Restriction(written.to_owned()));
        };
        // A range of one day, as in 480704-480704, holds no day either; it is a way of writing that names nothing.
        if period.is_empty() {
            return Err(Problem::Backwards(written.to_owned()));
        }
        Ok((period, mended))
    }
}

/// The last year that two digits stand for in this century.
const TURN: i16 = 30;

fn date(written: &str) -> Result<(Date, Option<Problem>), Problem> {
    let wrong = || Problem::Date(written.to_owned());
    if !written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let number = |from: usize, to: usize| written.get(from..to).and_then(|digits| digits.parse::<i16>().ok());
    let (year, rest) = match written.len() {
        6 => (number(0, 2).map(|year| if year <= TURN { 2000 + year } else { 1900 + year }), 2),
        8.. => (number(0, 4), 4),
        _ => return Err(wrong()),
    };
    let part = |at: usize| number(at, at + 2).and_then(|part| i8::try_from(part).ok());
    let parts = year.zip(part(rest)).zip(part(rest + 2));
    let ((year, month), day) = parts.ok_or_else(wrong)?;
    let date = Date::new(year, month, day).map_err(|_| wrong())?;
    let mended = (written.len() > 8).then(|| Problem::LongDate { written: written.to_owned(), read: date.to_string() });
    Ok((date, mended))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> Period {
        Period::parse(written).expect(written).0
    }

    fn day(written: &str) -> Date {
        written.parse().expect("a date")
    }

    #[test]
    fn restrictions_are_half_open() {
        let term = read("320101-331108");
        assert_eq!((term.from, term.until), (Some(day("1932-01-01")), Some(day("1933-11-08"))));
        assert!(term.holds(day("1933-11-07")) && !term.holds(day("1933-11-08")));
        assert_eq!(read("> 140608").from, Some(day("2014-06-08")));
        assert_eq!(read("<900823").until, Some(day("1990-08-23")));
        assert_eq!(read("20121204").from, Some(day("2012-12-04")));
    }

    #[test]
    fn what_is_no_restriction_is_named() {
        assert_eq!(Period::parse("<17041975"), Err(Problem::Date("17041975".to_owned())));
        assert_eq!(Period::parse("2004017-20061201"), Err(Problem::Date("2004017".to_owned())));
        assert_eq!(Period::parse("GOV"), Err(Problem::Restriction("GOV".to_owned())));
        assert_eq!(Period::parse("050101-040101"), Err(Problem::Backwards("050101-040101".to_owned())));
        let (read, mended) = Period::parse(">201005011").expect("a date");
        assert_eq!(read.from, Some(day("2010-05-01")));
        assert!(mended.is_some());
    }

    #[test]
    fn what_lies_outside() {
        let parts = |a: Period, b: Period| a.without(b).collect::<Vec<_>>();
        let (a, b) = (read("500101-600101"), read("550101-560101"));
        assert_eq!(parts(a, b), [read("500101-550101"), read("560101-600101")]);
        assert_eq!(parts(Period::ALWAYS, b), [read("<550101"), read(">560101")]);
        assert_eq!(parts(b, a), []);
        assert_eq!(parts(a, Period::ALWAYS), []);
        assert_eq!(parts(b, read("700101-710101")), [b]);
    }
}
