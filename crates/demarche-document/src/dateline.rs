//! The dateline: place, date and agency before a report's first sentence, as in "DOHA, Nov. 12 (Agency) -".
//!
//! A dateline is taken only where something besides position vouches for it: a place in capitals, a date, an agency, or a
//! single long dash before a whole sentence.
//! "Ruritania - the host of the talks - said" has none of them and stays a sentence.

use demarche_record::TextRange;

use crate::date::{self, WrittenDate};
use crate::furniture::Patterns;

/// Place, date and agency before the first sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// From its first character to the dash or colon that ends it.
    pub range: TextRange,
    /// Where the report was written, as written ("DOHA", "Kyiv, Ukraine").
    pub place: Option<DatelinePlace>,
    /// When, mostly without a year.
    pub date: Option<WrittenDate>,
    /// The agency, as written.
    pub agency: Option<String>,
}

/// The place of a dateline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatelinePlace {
    /// As written.
    pub text: String,
    /// Where in the decoded text.
    pub range: TextRange,
}

/// A dateline is found within so many bytes, or there is none.
const LONGEST: usize = 140;

/// Finds the dateline with which `range` begins. The sentence begins at the end of its range, after white space.
pub(crate) fn find(text: &str, range: TextRange) -> Option<Dateline> {
    let paragraph = range.of(text);
    let mut limit = paragraph.len().min(LONGEST);
    while !paragraph.is_char_boundary(limit) {
        limit -= 1;
    }
    // "Geneva, 3 March 2022" on a line of its own needs no dash, but then a date or an agency.
    let alone = (paragraph.len() <= LONGEST / 2).then_some(Separator { start: limit, end: limit, colon: false });
    let alone = alone.filter(|_| paragraph.contains(|part: char| part.is_ascii_digit() || part == '('));
    separators(&paragraph[..limit], paragraph.len()).chain(alone).find_map(|separator| {
        let mut dateline = parse(&paragraph[..separator.start], paragraph, &separator)?;
        dateline.range = TextRange::new(range.start, range.start + separator.end);
        if let Some(place) = &mut dateline.place {
            place.range = TextRange::new(place.range.start + range.start, place.range.end + range.start);
        }
        Some(dateline)
    })
}

/// Whether the paragraph begins with a word in capitals and a colon, as the speakers of a transcript do.
pub(crate) fn looks_spoken(paragraph: &str) -> bool {
    paragraph.split_once(':').is_some_and(|(head, _)| {
        head.len() <= 40
            && head.chars().any(char::is_alphabetic)
            && !head.chars().any(|character| character.is_lowercase() || character.is_ascii_digit())
    })
}

struct Separator {
    start: usize,
    end: usize,
    colon: bool,
}

/// Where a dateline might end: a dash between spaces or after a parenthesis, two hyphens, a colon, a bare agency.
fn separators(head: &str, whole: usize) -> impl Iterator<Item = Separator> {
    head.char_indices().filter_map(move |(at, character)| {
        let before = head[..at].chars().next_back()?;
        let rest = &head[at + character.len_utf8()..];
        let after = rest.chars().next();
        let spaced = after.is_none_or(char::is_whitespace);
        let found = |start: usize, end: usize, colon| Some(Separator { start, end, colon });
        match character {
            '–' | '—' | '―' => found(at, at + character.len_utf8(), false),
            '-' if after == Some('-') => {
                let dashes = head[at..].bytes().take_while(|byte| *byte == b'-').count();
                found(at, at + dashes, false)
            }
            '-' if before == '-' => None,
            '-' if before == ')' || (before.is_whitespace() || before == '.') && spaced => found(at, at + 1, false),
            ':' if spaced => found(at, at + 1, true),
            // "(CNN)The talks": the parenthesis itself ends it. It must have opened the paragraph.
            ')' if head.starts_with('(')
                && head[..at].matches(')').count() == 0
                && at + 1 < whole
                && rest.trim_start().starts_with(char::is_alphanumeric) =>
            {
                found(at + 1, at + 1, false)
            }
            _ => None,
        }
    })
}

/// Reads what stands before the separator; all of it must be place, date or agency.
fn parse(head: &str, paragraph: &str, separator: &Separator) -> Option<Dateline> {
    let patterns = Patterns::get();
    let mut dateline = Dateline { range: TextRange::default(), place: None, date: None, agency: None };
    let mut rest = head;
    let mut parts: Vec<&str> = Vec::new();
    // "(Agency)" and "/Agency/" are taken out first; they may stand anywhere after the first part.
    let mut pieces: Vec<&str> = Vec::new();
    while let Some((before, agency, after)) = bracketed(rest) {
        if dateline.agency.is_some() || agency.split_whitespace().count() > 4 || agency.is_empty() {
            return None;
        }
        dateline.agency = Some(agency.to_owned());
        pieces.push(before);
        rest = after;
    }
    pieces.push(rest);
    for piece in pieces {
        parts.extend(piece.split(',').map(str::trim).filter(|part| !part.is_empty()));
    }
    let offset = |part: &str| part.as_ptr() as usize - head.as_ptr() as usize;
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        // "November 12, 2023" was cut at its comma, and so was "Sunday, Nov. 12".
        let dated = (1..=3).rev().find_map(|count| {
            let last = parts.get(index + count - 1)?;
            let (start, end) = (offset(part), offset(last) + last.len());
            Some((count, date::in_words(head.get(start..end)?)?))
        });
        if let Some((count, written)) = dated {
            if dateline.date.replace(written).is_some() {
                return None;
            }
            index += count;
            continue;
        }
        index += 1;
        if date::is_weekday(&part.trim_end_matches('.').to_lowercase()) {
            continue;
        }
        if dateline.agency.is_none() && patterns.is_agency(part) {
            dateline.agency = Some((*part).to_owned());
            continue;
        }
        if !is_place(part) || patterns.is_no_place(part) {
            return None;
        }
        let range = TextRange::new(offset(part), offset(part) + part.len());
        let place = match &dateline.place {
            None => range,
            Some(place) if dateline.date.is_none() && parts.len() <= 4 => place.range.cover(range),
            Some(_) => return None,
        };
        dateline.place = Some(DatelinePlace { text: place.of(head).to_owned(), range: place });
    }
    if let Some(place) = &mut dateline.place
        && let Some((first, _)) = place.text.clone().split_once('/')
    {
        // "JERUSALEM/GAZA": the first is where it was written.
        place.range.end = place.range.start + first.len();
        first.clone_into(&mut place.text);
    }
    vouched(&dateline, paragraph, separator).then_some(dateline)
}

/// Whether anything besides position says that this is a dateline.
fn vouched(dateline: &Dateline, paragraph: &str, separator: &Separator) -> bool {
    let capital = |text: &str| {
        text.chars().filter(|character| character.is_alphabetic()).count() >= 3 && !text.chars().any(char::is_lowercase)
    };
    let first = dateline.place.as_ref().map(|place| place.text.split(',').next().unwrap_or_default());
    if dateline.date.is_some() {
        return first.is_some() || dateline.agency.is_some();
    }
    if let Some(agency) = &dateline.agency {
        let known = Patterns::get().is_agency(agency);
        return first.map_or(known, |place| known || capital(place)) && (!separator.colon || known);
    }
    // In a story all in capitals, capitals vouch for nothing.
    if !paragraph.chars().any(char::is_lowercase) {
        return false;
    }
    first.is_some_and(capital) || first.is_some() && bare(paragraph, separator)
}

/// "Pretoria — Talks opened ...": a long dash, then a sentence without another one, which would close an insertion.
fn bare(paragraph: &str, separator: &Separator) -> bool {
    let (head, rest) = (&paragraph[..separator.start], paragraph[separator.end..].trim_start());
    let long = ["–", "—", "--"].contains(&&paragraph[separator.start..separator.end]);
    let near: String = rest.chars().take(200).collect();
    long && head.split_whitespace().count() <= 3
        && rest.starts_with(char::is_uppercase)
        && near.split_whitespace().count() >= 5
        && !near.contains(['–', '—'])
        && !near.contains("--")
        && !near.contains(" - ")
}

/// Splits at the first "(...)" or "/.../": what stands before, within, after.
fn bracketed(text: &str) -> Option<(&str, &str, &str)> {
    // The stroke of "JERUSALEM/AMMAN" opens nothing.
    let (open, bracket) = text
        .char_indices()
        .find(|&(at, character)| character == '(' || character == '/' && text[..at].ends_with(char::is_whitespace))?;
    let close = if bracket == '(' { ')' } else { '/' };
    let end = open + 1 + text[open + 1..].find(close)?;
    Some((&text[..open], text[open + 1..end].trim(), &text[end + 1..]))
}

/// Up to four words, each with a capital, particles excepted.
fn is_place(part: &str) -> bool {
    const PARTICLES: [&str; 14] =
        ["de", "del", "la", "le", "el", "al", "of", "the", "on", "upon", "and", "da", "do", "sur"];
    let mut words = 0;
    for word in part.split_whitespace() {
        words += 1;
        let lower = PARTICLES.contains(&word) && words > 1;
        let sound = word.chars().all(|character| character.is_alphabetic() || ".'’-/".contains(character));
        if !sound
            || !(lower || word.starts_with(char::is_uppercase) || word.starts_with("al-") || word.starts_with("el-"))
        {
            return false;
        }
    }
    (1..=4).contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paragraph: &str) -> Option<(String, String, String, String)> {
        let dateline = find(paragraph, TextRange::new(0, paragraph.len()))?;
        Some((
            dateline.place.map(|place| place.text).unwrap_or_default(),
            dateline.date.map(|date| date.to_string()).unwrap_or_default(),
            dateline.agency.unwrap_or_default(),
            paragraph[dateline.range.end..].trim_start().chars().take(9).collect(),
        ))
    }

    #[test]
    fn datelines() {
        // paragraph, place, date, agency
        let cases = [
            ("DOHA, Nov. 12 (Agency) - The envoys met.", "DOHA", "--11-12", "Agency"),
            ("BEIJING (AP) — The envoys met.", "BEIJING", "", "AP"),
            ("Geneva, 3 March 2022 – The envoys met.", "Geneva", "2022-03-03", ""),
            ("SAN FRANCISCO - The envoys met.", "SAN FRANCISCO", "", ""),
            ("NAIROBI, Kenya (AP) — The envoys met.", "NAIROBI, Kenya", "", "AP"),
            ("Kyiv, Ukraine (Reuters) - The envoys met.", "Kyiv, Ukraine", "", "Reuters"),
            ("NEW DELHI, 12 Nov (PTI): The envoys met.", "NEW DELHI", "--11-12", "PTI"),
            ("ISLAMABAD: The envoys met.", "ISLAMABAD", "", ""),
            ("WASHINGTON, D.C., November 12, 2023 -- The envoys met.", "WASHINGTON, D.C.", "2023-11-12", ""),
            ("RAMALLAH, Sunday, November 12, 2023 (WAFA) - The envoys met.", "RAMALLAH", "2023-11-12", "WAFA"),
            ("JERUSALEM/AMMAN, Nov 12 (Reuters) - The envoys met.", "JERUSALEM", "--11-12", "Reuters"),
            ("(CNN)The envoys met.", "", "", "CNN"),
            ("(CNN) — The envoys met.", "", "", "CNN"),
            ("Nov 12 (Reuters) - The envoys met.", "", "--11-12", "Reuters"),
            ("Brasília, Reuters – The envoys met.", "Brasília", "", "Reuters"),
            ("LIMA, PERU—The envoys met.", "LIMA, PERU", "", ""),
            ("OTTAWA, July 3, 2020 /PRNewswire/ -- The envoys met.", "OTTAWA", "2020-07-03", "PRNewswire"),
            ("PORT-AU-PRINCE, Haiti -\nThe envoys met.", "PORT-AU-PRINCE, Haiti", "", ""),
            ("Port Moresby — The envoys met in Lima.", "Port Moresby", "", ""),
            ("LIMA, NOV. 12 (REUTERS) - THE ENVOYS MET.", "LIMA", "--11-12", "REUTERS"),
        ];
        for (paragraph, place, date, agency) in cases {
            let expected = (place.to_owned(), date.to_owned(), agency.to_owned(), String::from("The envoy"));
            let got = found(paragraph).map(|(p, d, a, rest)| (p, d, a, rest.replace("THE ENVOY", "The envoy")));
            assert_eq!(got, Some(expected), "{paragraph}");
        }
    }

    #[test]
    fn a_dateline_may_have_its_own_line() {
        let alone = found("Geneva, 3 March 2022");
        assert_eq!(alone, Some(("Geneva".into(), "2022-03-03".into(), String::new(), String::new())));
        assert_eq!(found("Geneva"), None);
    }

    #[test]
    fn sentences_are_no_datelines() {
        for paragraph in [
            "Ruritania - the host of the talks - said it was ready.",
            "QUESTION: Did you discuss the ceasefire?",
            "MR SMITH: Thank you all.",
            "Angela Merkel – Germany's chancellor – spoke.",
            "BREAKING: The envoys met.",
            "The U.S.-backed force advanced - slowly.",
            "CHINA - RUSSIA TALKS RESUMED TODAY.",
            "The minister (who resigned) - a rebel - left.",
            "On Nov. 12 - a Sunday - the talks began.",
            "UN chief: The war must stop.",
            "The European Union (EU) - a bloc of states - agreed.",
            "-",
            ":",
            "",
            "(",
        ] {
            assert_eq!(found(paragraph), None, "{paragraph}");
        }
    }
}
