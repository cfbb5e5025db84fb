//! The genre of a document, by its wording: sport, fiction, opinion, news of politics. Violent words mean one thing in a report
//! of a war and another in one of a cup tie; what is to be made of that is the coding's to say, from the same files.
//!
//! Each genre is a file of `data/genres` with its cues; the numbers stand in `scoring.toml`. The document needs no language
//! analysis for it: words, places of words and lengths decide.

mod decide;
mod load;
mod words;

use std::collections::HashMap;

use demarche_record::{Code, Field, Sector, TextRange};

use load::Scoring;

pub use load::GenreError;

/// All genres in force.
#[derive(Clone, Debug)]
pub struct Genres {
    list: Vec<Genre>,
    /// Cues by their first word.
    cues: HashMap<String, Vec<Cue>>,
    scoring: Scoring,
}

/// One genre: a name and what it means for coding.
#[derive(Clone, Debug)]
pub struct Genre {
    /// As `cite_info.genre` holds it.
    pub name: String,
    /// What it comprises.
    pub about: String,
    /// Whether those who follow politics want such documents (`--relevant`).
    pub relevant: bool,
    /// Which events its documents give.
    pub codes: Codes,
    /// Whether what its documents tell without a date of its own is past history rather than the day's news.
    pub told_of_the_past: bool,
    /// Publishers and parts of addresses that tell it.
    addresses: Vec<String>,
    publishers: Vec<String>,
    styles: Vec<Style>,
}

/// Which events the documents of a genre give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Codes {
    /// All that are found.
    All,
    /// Those with a state, an armed group or someone political among the parties.
    States,
    /// Those with an armed group or someone political among the parties; the name of a country alone may be a team's.
    Political,
    /// None.
    Nothing,
}

/// Where a cue counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Anywhere,
    Title,
    Opening,
}

/// A word or phrase of a genre.
#[derive(Clone, Debug)]
struct Cue {
    genre: usize,
    /// Its first word.
    first: String,
    /// The words behind it.
    rest: Vec<String>,
    weight: f64,
    place: Where,
    /// As the file writes it.
    written: String,
}

/// Words whose rate tells a genre.
#[derive(Clone, Debug)]
struct Style {
    name: String,
    words: Vec<String>,
    above: f64,
    most: f64,
    worth: f64,
}

/// What a document was taken for, and why.
#[derive(Clone, Debug)]
pub struct GenreFinding<'a> {
    /// The genre.
    pub genre: &'a Genre,
    /// Its points; see `data/genres/scoring.toml`.
    pub points: f64,
    /// What gave it, the most telling first. Empty where the document is news because nothing else is.
    pub cues: Vec<GenreCue>,
}

/// A cue found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct GenreCue {
    /// As the file of the genre writes it.
    pub cue: String,
    /// How often it was found.
    pub times: usize,
    /// Where it stands first: in the title or the text as decoded. `None` for an address, a publisher, a style.
    pub first: Option<(Field, TextRange)>,
    /// Points before the length of the document is taken into account.
    pub points: f64,
}

impl Genres {
    /// All genres, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &Genre> {
        self.list.iter()
    }

    /// Whether a party of this code and these sectors makes an event political enough for a genre with such `codes`.
    pub fn is_political(&self, codes: Codes, code: Option<Code>, sectors: &[Sector]) -> bool {
        let party = &self.scoring.party;
        let Some(code) = code else { return codes == Codes::All };
        match codes {
            Codes::All => true,
            Codes::Nothing => false,
            Codes::States | Codes::Political => {
                party.codes.contains(&code)
                    || sectors.iter().any(|sector| party.sectors.contains(sector))
                    || codes == Codes::States && sectors.is_empty() && !code.is_international()
            }
        }
    }
}

impl GenreFinding<'_> {
    /// The most telling cues, as a reader is told them: `"season", "coach", "goal"`.
    pub fn told(&self, most: usize) -> String {
        let told: Vec<String> = self.cues.iter().take(most).map(|cue| format!("\u{201c}{}\u{201d}", cue.cue)).collect();
        told.join(", ")
    }
}

#[cfg(test)]
mod tests;
