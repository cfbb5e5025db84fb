//! Feasts: their names, and the arithmetic of the calendars they follow.

use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::TimeTableError;

const TABLE: &str = include_str!("../../../../data/language/feasts.toml");

/// First day of the Islamic calendar and the day before the first Hebrew year, in days from 1 January of the year 1 (day 1).
const ISLAMIC_EPOCH: i64 = 227_015;
const HEBREW_EPOCH: i64 = -1_373_427;
/// 1 January 1970 in such days.
const UNIX_EPOCH: i64 = 719_163;

/// A feast of `data/language/feasts.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Feast {
    names: Vec<String>,
    day: Option<(i8, i8)>,
    easter: Option<i64>,
    orthodox_easter: Option<i64>,
    islamic: Option<(i64, i64)>,
    hebrew: Option<i64>,
    kislev: Option<i64>,
    #[serde(default = "one")]
    days: i64,
    #[serde(default)]
    about: bool,
}

const fn one() -> i64 {
    1
}

#[derive(Deserialize)]
struct Table {
    feasts: Vec<Feast>,
}

/// Index of a feast in the table.
pub(super) type FeastId = usize;

/// A feast of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Held {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Both may be a day sooner or later.
    pub about: bool,
}

/// All feasts.
#[derive(Debug)]
pub(super) struct Feasts {
    feasts: Vec<Feast>,
    /// Name without spaces and marks, in lower case, with its feast; in order.
    names: Vec<(String, FeastId)>,
}

impl Feasts {
    /// The table built into the program.
    pub fn builtin() -> Result<Self, TimeTableError> {
        let Table { feasts } = toml::from_str(TABLE).map_err(TimeTableError::Feasts)?;
        let named =
            |(id, feast): (FeastId, &Feast)| feast.names.iter().map(|name| (plain(name), id)).collect::<Vec<_>>();
        let mut names: Vec<_> = feasts.iter().enumerate().flat_map(named).collect();
        names.sort();
        Ok(Self { feasts, names })
    }

    /// The longest name that some first of `words` make up, and how many.
    pub fn named<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<(FeastId, usize)> {
        let mut written = String::new();
        let mut best = None;
        for (at, word) in words.enumerate() {
            let letters = plain(word);
            if letters.is_empty() && !matches!(word, "-" | "‑" | "–" | "'" | "’") {
                break;
            }
            written.push_str(&letters);
            let from = self.names.partition_point(|(name, _)| *name < written);
            match self.names.get(from) {
                Some((name, id)) if *name == written && !letters.is_empty() => best = Some((*id, at + 1)),
                Some((name, _)) if name.starts_with(&written) => {}
                _ => break,
            }
        }
        best
    }

    /// Whether the feast has several days.
    pub fn lasts(&self, id: FeastId) -> bool {
        self.feasts.get(id).is_some_and(|feast| feast.days > 1)
    }

    /// When the feast is held in a civil year: once, never, or, in the short Islamic year, twice.
    pub fn held(&self, id: FeastId, year: i16) -> Vec<Held> {
        let Some(feast) = self.feasts.get(id) else { return Vec::new() };
        let days: Vec<Date> = if let Some((month, day)) = feast.day {
            Date::new(year, month, day).ok().into_iter().collect()
        } else if let Some(offset) = feast.easter {
            easter(year).and_then(|day| shifted(day, offset)).into_iter().collect()
        } else if let Some(offset) = feast.orthodox_easter {
            orthodox_easter(year).and_then(|day| shifted(day, offset)).into_iter().collect()
        } else if let Some((month, day)) = feast.islamic {
            let first = (i64::from(year) - 622) * 33 / 32;
            (first - 1..=first + 2)
                .filter_map(|of| date(islamic(of, month, day)))
                .filter(|day| day.year() == year)
                .collect()
        } else if let Some(offset) = feast.hebrew {
            date(tishri(i64::from(year) + 3761) + offset).into_iter().collect()
        } else if let Some(day) = feast.kislev {
            let of = i64::from(year) + 3761;
            // Heshvan has a thirtieth day in years of 355 and 385.
            let heshvan = if (tishri(of + 1) - tishri(of)) % 10 == 5 { 30 } else { 29 };
            date(tishri(of) + 30 + heshvan + day - 1).into_iter().collect()
        } else {
            Vec::new()
        };
        let about = feast.about || feast.islamic.is_some();
        days.into_iter()
            .filter_map(|first| Some(Held { first, last: shifted(first, feast.days - 1)?, about }))
            .collect()
    }
}

/// Letters and digits of a name in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shifted(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn date(day: i64) -> Option<Date> {
    shifted(jiff::civil::date(1970, 1, 1), day - UNIX_EPOCH)
}

/// Easter Sunday of the western churches.
fn easter(year: i16) -> Option<Date> {
    let year = i64::from(year);
    let golden = year % 19;
    let century = year / 100;
    let leap_corrected = century - century / 4;
    let moon_corrected = (8 * century + 13) / 25;
    // Days from 21 March to the full moon; two late ones are moved up.
    let moon = (19 * golden + leap_corrected - moon_corrected + 15) % 30;
    let moon = moon - (moon / 28) * (1 - (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - leap_corrected) % 7;
    shifted(Date::new(year as i16, 3, 28).ok()?, moon - weekday)
}

/// Easter Sunday of the eastern churches, by the Julian calendar.
fn orthodox_easter(year: i16) -> Option<Date> {
    let year = i64::from(year);
    let moon = (19 * (year % 19) + 15) % 30;
    let weekday = (year + year / 4 + moon) % 7;
    let difference = year / 100 - year / 400 - 2;
    shifted(Date::new(year as i16, 3, 28).ok()?, moon - weekday + difference)
}

/// A day of the arithmetical Islamic calendar, with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty.
const fn islamic(year: i64, month: i64, day: i64) -> i64 {
    ISLAMIC_EPOCH - 1 + (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day
}

/// 1 Tishri of a Hebrew year.
const fn tishri(year: i64) -> i64 {
    let (before, this, after) = (new_moon(year - 1), new_moon(year), new_moon(year + 1));
    // No year may have 356 or 382 days.
    let correction = if after - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    HEBREW_EPOCH + this + correction
}

/// Days to the new moon of Tishri, put off where it falls on a Sunday, Wednesday or Friday.
const fn new_moon(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        let feasts = Feasts::builtin().expect("the built-in table is sound");
        for (name, year, days) in [
            ("Easter", 2000, "2000-04-23"),
            ("Easter", 2016, "2016-03-27"),
            ("Easter", 2019, "2019-04-21"),
            ("Easter", 1954, "1954-04-18"),
            ("Easter", 1981, "1981-04-19"),
            ("Orthodox Easter", 2019, "2019-04-28"),
            ("Orthodox Easter", 2024, "2024-05-05"),
            ("Yom Kippur", 1973, "1973-10-06"),
            ("Rosh Hashanah", 2023, "2023-09-16"),
            ("Passover", 2023, "2023-04-06"),
            ("Hanukkah", 2023, "2023-12-08"),
            ("Hanukkah", 2024, "2024-12-26"),
            ("Eid al-Adha", 2021, "2021-07-20"),
            ("Eid al-Fitr", 2000, "2000-01-08 2000-12-28"),
            ("Diwali", 2023, ""),
        ] {
            let (id, words) = feasts.named(name.split(' ')).expect("a name of the table");
            assert_eq!(words, name.split(' ').count());
            let held: Vec<String> = feasts.held(id, year).iter().map(|held| held.first.to_string()).collect();
            assert_eq!(held.join(" "), days, "{name} {year}");
        }
        for year in [i16::MIN, -1, 0, 1, 9999, i16::MAX] {
            for id in 0..feasts.feasts.len() {
                feasts.held(id, year);
            }
        }
    }
}
