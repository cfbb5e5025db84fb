//! Times of day: "9 a.m. local time", "0600 GMT", "21:30", "noon".

use super::super::lexicon::digits;
use super::super::meaning::Clock;
use super::{Found, Meaning, Words};

/// Half of the day that a time is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn half(word: &str) -> Option<Half> {
    match word {
        "a.m." | "a.m" | "am" => Some(Half::Morning),
        "p.m." | "p.m" | "pm" => Some(Half::Afternoon),
        _ => None,
    }
}

/// A time of day, with its zone.
pub(super) fn time_of_day(words: &Words<'_>, at: usize) -> Option<Found> {
    let introduced = words.is(at.wrapping_sub(1), &words.lexicon.clock_prepositions);
    let named = match words.at(at) {
        "noon" | "midday" => Some(12),
        "midnight" => Some(0),
        _ => None,
    };
    if let Some(hour) = named {
        let (zone, end) = zone(words, at + 1).unwrap_or((String::new(), at + 1));
        return introduced.then(|| Found::point(end, Meaning::Clock(Clock { hour, minute: 0, zone })));
    }
    let (written, mut end) = figures(words, at)?;
    let (figures, glued) = written.find(char::is_alphabetic).map_or((&*written, ""), |letter| written.split_at(letter));
    let mut part = if glued.is_empty() { None } else { Some(half(glued)?) };
    if part.is_none()
        && let Some(told) = half(words.at(end))
    {
        part = Some(told);
        end += 1;
    }
    let colon = figures.contains(':');
    let (hour, minute) = match figures.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (digits(hour, 2)?, digits(minute, 2)?),
        Some(_) => return None,
        None if figures.len() == 4 && part.is_none() => {
            let whole = digits(figures, 4)?;
            (whole / 100, whole % 100)
        }
        None => (digits(figures, 2)?, 0),
    };
    let hour = match part {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
        return None;
    }
    // "0600 hours".
    let hours = figures.len() == 4 && part.is_none() && matches!(words.at(end), "hours" | "hrs");
    end += usize::from(hours);
    let told = zone(words, end);
    let whole = colon || figures.contains('.') || figures.len() == 4;
    let certain = part.is_some() || hours || (whole && told.is_some()) || (colon && introduced);
    let (zone, end) = told.unwrap_or((String::new(), end));
    certain.then(|| Found::point(end, Meaning::Clock(Clock { hour, minute, zone })))
}

/// Figures that stand together, with what is glued to them: "10:30", "10.30am".
fn figures(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let mut written = words.at(at).to_owned();
    if written.len() > 8 || !written.starts_with(|c: char| c.is_ascii_digit()) || !written.is_ascii() {
        return None;
    }
    let mut end = at + 1;
    if matches!(words.at(end), ":" | ".") && words.touches(end) && words.touches(end + 1) {
        written.push_str(words.at(end));
        written.push_str(words.at(end + 1));
        end += 2;
    }
    Some((written, end))
}

/// "GMT", "local time", "Moscow time".
fn zone(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    if let Some(zone) = words.lexicon.zone(words.at(at)) {
        return Some((zone.to_owned(), at + 1));
    }
    let named = words.at(at) == "local" || words.capital(at);
    (named && words.at(at + 1) == "time").then(|| (String::new(), at + 2))
}
