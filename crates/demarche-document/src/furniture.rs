//! Page furniture by its wording: the patterns of `data/furniture.toml` and how a line is held against them.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The patterns, ready for use.
#[derive(Debug, Deserialize)]
pub(crate) struct Patterns {
    pub(crate) furniture: LinePatterns,
    pub(crate) related: LinePatterns,
    pub(crate) end: LinePatterns,
    pub(crate) credit: LinePatterns,
    pub(crate) caption: LinePatterns,
    pub(crate) byline: LinePatterns,
    pub(crate) words: Words,
    pub(crate) html: HtmlNames,
    agency: Agencies,
    dateline: DatelineWords,
}

/// Lines known by their wording.
#[derive(Debug, Deserialize)]
pub(crate) struct LinePatterns {
    max_words: usize,
    line: HashSet<String>,
    prefix: Vec<String>,
    suffix: Vec<String>,
}

/// Closed lists for telling lines from sentences.
#[derive(Debug, Deserialize)]
pub(crate) struct Words {
    pub(crate) dangling: HashSet<String>,
    pub(crate) finite: HashSet<String>,
    pub(crate) reporting: HashSet<String>,
    pub(crate) determiner: HashSet<String>,
}

/// Element names and words of class attributes.
#[derive(Debug, Deserialize)]
pub(crate) struct HtmlNames {
    pub(crate) unseen: HashSet<String>,
    pub(crate) furniture: HashSet<String>,
    pub(crate) furniture_class: HashSet<String>,
    pub(crate) caption_class: HashSet<String>,
    pub(crate) credit_class: HashSet<String>,
    pub(crate) article_class: HashSet<String>,
}

#[derive(Debug, Deserialize)]
struct Agencies {
    name: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct DatelineWords {
    not_place: HashSet<String>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    // Invariant: the file is part of the program, and a test reads it.
    #[expect(clippy::expect_used, reason = "embedded data, read by a test")]
    toml::from_str(include_str!("../../../data/furniture.toml")).expect("data/furniture.toml is well formed")
});

impl Patterns {
    /// The patterns built into the program.
    pub(crate) fn get() -> &'static Self {
        &PATTERNS
    }

    /// Whether `name` is an agency's, also in "Xinhua News Agency" or "Reuters/AFP".
    pub(crate) fn is_agency(&self, name: &str) -> bool {
        let known = |name: &str| self.agency.name.iter().any(|agency| agency.eq_ignore_ascii_case(name.trim()));
        known(name)
            || name.split_whitespace().last().is_some_and(|last| last.eq_ignore_ascii_case("agency"))
            || name.contains(['/', '-', '+']) && name.split(['/', '-', '+']).all(known)
    }

    /// Whether a part of a would-be dateline is a speaker or a label rather than a place.
    pub(crate) fn is_no_place(&self, part: &str) -> bool {
        let lower = part.to_lowercase();
        let first = lower.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
        self.dateline.not_place.contains(first) || self.dateline.not_place.contains(&lower)
    }
}

impl LinePatterns {
    /// Whether `line`, as [`normalised`] gives it, fits one of the patterns.
    pub(crate) fn fit(&self, line: &str) -> bool {
        if line.split(' ').count() > self.max_words {
            return false;
        }
        let begins = |prefix: &String| {
            line.strip_prefix(prefix.as_str()).is_some_and(|rest| {
                // Whole words: "share" must not fit "shareholders". A prefix that ends in a digit is a cut-off year.
                !rest.starts_with(char::is_alphanumeric) || prefix.ends_with(|last: char| !last.is_alphabetic())
            })
        };
        let ends = |suffix: &String| {
            line.strip_suffix(suffix.as_str()).is_some_and(|rest| {
                !rest.ends_with(char::is_alphanumeric) || suffix.starts_with(|first: char| !first.is_alphanumeric())
            })
        };
        self.line.contains(line.trim_matches(|end| edge(end) || end == ')' || end == ']'))
            || self.prefix.iter().any(begins)
            || self.suffix.iter().any(ends)
    }
}

/// A line made ready for comparison: lower case, straight quotes, single spaces, no punctuation at the ends.
pub(crate) fn normalised(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !clean.is_empty() {
            clean.push(' ');
        }
        for character in word.chars() {
            match character {
                '‘' | '’' | 'ʼ' => clean.push('\''),
                '“' | '”' => clean.push('"'),
                _ => clean.extend(character.to_lowercase()),
            }
        }
    }
    clean
        .trim_start_matches(|first| edge(first) || first == '(' || first == '[')
        .trim_end_matches(['.', ' ', '|', '»', '›', '…', '>', '→'])
        .to_owned()
}

fn edge(character: char) -> bool {
    matches!(
        character,
        ':' | '.' | '!' | ' ' | '|' | '»' | '›' | '«' | '…' | '>' | '<' | '→' | '•' | '·' | '*' | '#' | '↓'
    )
}

/// Whether a line says who wrote the story: "By Ana Souza and John Smith", "BY ANA SOUZA, Lima".
pub(crate) fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some((first, names)) = words.split_first() else {
        return false;
    };
    if !first.eq_ignore_ascii_case("by") || names.is_empty() || names.len() > 12 {
        return false;
    }
    if line.ends_with(['.', '!', '?']) && names.len() > 4 {
        return false;
    }
    let mut capitals = 0;
    for (index, word) in names.iter().enumerate() {
        let lower = word.trim_matches(|end: char| ",|".contains(end)).to_lowercase();
        // After the names may come a place, an office, a date; none of them has a word in lower case but these.
        let link = matches!(
            lower.as_str(),
            "" | "and"
                | "&"
                | "in"
                | "of"
                | "the"
                | "at"
                | "for"
                | "de"
                | "da"
                | "van"
                | "von"
                | "bin"
                | "al"
                | "el"
                | "-"
                | "–"
                | "|"
                | "staff"
                | "correspondent"
                | "correspondents"
                | "writer"
                | "reporter"
                | "agencies"
                | "desk"
        );
        let capital = word.starts_with(char::is_uppercase);
        capitals += usize::from(capital);
        let number = index > 1 && word.starts_with(|first: char| first.is_ascii_digit());
        if !(link || capital || number) {
            return false;
        }
    }
    // "By Friday" opens a sentence rather than names an author.
    capitals > 0 && !crate::date::is_weekday(&names[0].trim_matches(',').to_lowercase())
}

/// Whether a line ends in the credit of a picture: "... (Reuters/Ana Souza)", "[Photo: AFP]".
pub(crate) fn ends_in_credit(line: &str) -> bool {
    // "The two ministers in Lima. Image credit: AFP": the last part is a credit.
    let last = line.rmatch_indices(['.', '|']).map(|(at, mark)| &line[at + mark.len()..]).find(|part| part.len() > 1);
    if last.is_some_and(|last| last.starts_with(' ') && Patterns::get().credit.fit(&normalised(last))) {
        return true;
    }
    let line = line.trim_end_matches('.');
    let open = if line.ends_with(')') {
        line.rfind('(')
    } else if line.ends_with(']') {
        line.rfind('[')
    } else {
        None
    };
    let Some(open) = open else {
        return false;
    };
    let within = &line[open + 1..line.len() - 1];
    let lower = within.to_lowercase();
    let says_picture = ["photo", "image", "picture", "getty", "handout"]
        .iter()
        .any(|word| lower.split(|letter: char| !letter.is_alphanumeric()).any(|other| other == *word));
    let agency = within.split(['/', ',']).next().unwrap_or_default();
    says_picture && within.split_whitespace().count() <= 6
        || within.contains('/') && Patterns::get().is_agency(agency) && within.split_whitespace().count() <= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_are_as_lines_are_compared() {
        let patterns = Patterns::get();
        let all = [&patterns.furniture, &patterns.end, &patterns.credit, &patterns.caption, &patterns.byline];
        for list in all {
            for prefix in list.prefix.iter().chain(&list.suffix) {
                assert_eq!(*prefix, prefix.to_lowercase(), "patterns are in lower case");
                assert_eq!(prefix.trim(), prefix);
            }
        }
    }

    #[test]
    fn lines_that_are_furniture() {
        let patterns = Patterns::get();
        for line in [
            "Share this:",
            "Read more: Envoys meet again",
            "ADVERTISEMENT",
            "Copyright © 2023 The Daily Example",
            "Also read | Envoys meet again",
            "© 2024 Example. All rights reserved.",
            "3 min read",
            "Tweet",
            "Subscribe to our newsletter",
        ] {
            assert!(patterns.furniture.fit(&normalised(line)), "{line}");
        }
        for line in [
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "Comments:",
            "Leave a Reply Cancel reply",
        ] {
            assert!(patterns.end.fit(&normalised(line)), "{line}");
        }
        for line in [
            "Shareholders rejected the plan.",
            "Comments by the minister angered Peru.",
            "Copyright talks resumed.",
            "Related talks were held in Lima.",
            "Topics of the talks were fish and gas.",
            "Read the treaty, the envoy urged.",
        ] {
            assert!(!patterns.furniture.fit(&normalised(line)) && !patterns.end.fit(&normalised(line)), "{line}");
        }
    }

    #[test]
    fn bylines() {
        for line in
            ["By Ana Souza", "BY ANA SOUZA", "By Ana Souza and John Smith, Lima", "By Ana de Souza | 12 November 2023"]
        {
            assert!(is_byline(line), "{line}");
        }
        for line in [
            "By Friday the troops had left.",
            "By agreeing to talks, Chad averted war.",
            "By",
            "Bye Ana",
            "By Friday, Troops",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }

    #[test]
    fn credits_in_parentheses() {
        assert!(ends_in_credit("Smoke over the port of Aden (Reuters/Ana Souza)"));
        assert!(ends_in_credit("The two ministers in Lima. [Photo: AFP]"));
        assert!(ends_in_credit("The two ministers in Lima. Image credit: Example Agency"));
        assert!(!ends_in_credit("The envoys met in Lima. Images of the talks were shown."));
        assert!(!ends_in_credit("The envoys met in Lima. (Reuters)"));
        assert!(!ends_in_credit("They signed the accord (and/or a protocol)."));
    }
}
