//! The files of genres.

use std::collections::HashMap;

use demarche_record::{Code, Sector, TextRange};
use serde::Deserialize;

use super::words::words;
use super::{Codes, Cue, Genre, Genres, Style, Where};

/// The genres that ship with the program; news first, the default.
const BUILTIN: &[(&str, &str)] = &[
    ("news.toml", include_str!("../../../../data/genres/news.toml")),
    ("statement.toml", include_str!("../../../../data/genres/statement.toml")),
    ("interview.toml", include_str!("../../../../data/genres/interview.toml")),
    ("opinion.toml", include_str!("../../../../data/genres/opinion.toml")),
    ("health.toml", include_str!("../../../../data/genres/health.toml")),
    ("disaster.toml", include_str!("../../../../data/genres/disaster.toml")),
    ("crime.toml", include_str!("../../../../data/genres/crime.toml")),
    ("markets.toml", include_str!("../../../../data/genres/markets.toml")),
    ("science.toml", include_str!("../../../../data/genres/science.toml")),
    ("culture.toml", include_str!("../../../../data/genres/culture.toml")),
    ("sport.toml", include_str!("../../../../data/genres/sport.toml")),
    ("obituary.toml", include_str!("../../../../data/genres/obituary.toml")),
    ("history.toml", include_str!("../../../../data/genres/history.toml")),
    ("lifestyle.toml", include_str!("../../../../data/genres/lifestyle.toml")),
    ("personal.toml", include_str!("../../../../data/genres/personal.toml")),
    ("fiction.toml", include_str!("../../../../data/genres/fiction.toml")),
];
const SCORING: (&str, &str) = ("scoring.toml", include_str!("../../../../data/genres/scoring.toml"));

/// What is wrong with a file of genres.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct GenreError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub problem: String,
}

/// The numbers of `scoring.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scoring {
    pub(super) shortest: f64,
    pub(super) head: usize,
    pub(super) floor: f64,
    pub(super) margin: f64,
    pub(super) lead: f64,
    pub(super) fewest: usize,
    pub(super) weight: Weights,
    pub(super) zone: Zones,
    pub(super) party: Party,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    sure: f64,
    likely: f64,
    pub(super) hint: f64,
    title: f64,
    opening: f64,
    pub(super) address: f64,
    pub(super) publisher: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Zones {
    pub(super) title: f64,
    pub(super) head: f64,
    pub(super) body: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Party {
    pub(super) sectors: Vec<Sector>,
    pub(super) codes: Vec<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    about: String,
    relevant: bool,
    codes: Codes,
    /// The only value is "historical".
    undated: Option<Undated>,
    cues: Cues,
    #[serde(default)]
    style: Vec<StyleFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Undated {
    Historical,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Cues {
    sure: Vec<String>,
    likely: Vec<String>,
    hint: Vec<String>,
    title: Vec<String>,
    opening: Vec<String>,
    address: Vec<String>,
    publisher: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StyleFile {
    name: String,
    words: Vec<String>,
    above: f64,
    most: f64,
    worth: f64,
}

impl Genres {
    /// The genres that ship with the program.
    ///
    /// # Errors
    /// [`GenreError`] for a file that is not well-formed; a test holds that none is.
    pub fn builtin() -> Result<Self, GenreError> {
        Self::read(BUILTIN, SCORING)
    }

    /// Genres from files: name and text of each, and of the one with the numbers. The first is what a document is by default.
    ///
    /// # Errors
    /// [`GenreError`] with file and line for one that does not parse, a genre given twice, a cue without a word.
    pub fn read(files: &[(&str, &str)], scoring: (&str, &str)) -> Result<Self, GenreError> {
        let scoring: Scoring = parse(scoring.0, scoring.1)?;
        let mut out = Self { list: Vec::new(), cues: HashMap::new(), scoring };
        for &(name, text) in files {
            let file: File = parse(name, text)?;
            let wrong =
                |of: &str, problem: String| GenreError { file: name.to_owned(), line: line_of(text, of), problem };
            if out.list.iter().any(|genre| genre.name == file.name) {
                return Err(wrong(&file.name, format!("the genre `{}` stands in another file too", file.name)));
            }
            let weight = &out.scoring.weight;
            let lists = [
                (&file.cues.sure, weight.sure, Where::Anywhere),
                (&file.cues.likely, weight.likely, Where::Anywhere),
                (&file.cues.hint, weight.hint, Where::Anywhere),
                (&file.cues.title, weight.title, Where::Title),
                (&file.cues.opening, weight.opening, Where::Opening),
            ];
            let genre = out.list.len();
            for (list, weight, place) in lists {
                for written in list {
                    let mut forms = words(written, TextRange::new(0, written.len())).into_iter().map(|word| word.form);
                    let Some(first) = forms.next() else {
                        return Err(wrong(written, format!("the cue `{written}` has no word")));
                    };
                    let (entry, rest, written) =
                        (out.cues.entry(first.clone()).or_default(), forms.collect(), written.clone());
                    entry.push(Cue { genre, first, rest, weight, place, written });
                }
            }
            let styles = file.style.into_iter().map(|style| Style {
                name: style.name,
                words: style.words,
                above: style.above,
                most: style.most,
                worth: style.worth,
            });
            out.list.push(Genre {
                name: file.name,
                about: file.about,
                relevant: file.relevant,
                codes: file.codes,
                told_of_the_past: file.undated.is_some(),
                addresses: file.cues.address,
                publishers: file.cues.publisher,
                styles: styles.collect(),
            });
        }
        if out.list.is_empty() {
            let problem = "no genre at all; the first file is that of the default".to_owned();
            return Err(GenreError { file: "genres".to_owned(), line: 1, problem });
        }
        // The longest cue of a genre first, so that "film festival" is not a film.
        out.cues.values_mut().for_each(|list| list.sort_by_key(|cue| std::cmp::Reverse(cue.rest.len())));
        Ok(out)
    }
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, GenreError> {
    toml::from_str(text).map_err(|e| {
        let before = text.bytes().take(e.span().map_or(0, |span| span.start));
        GenreError {
            file: file.to_owned(),
            line: 1 + before.filter(|&b| b == b'\n').count(),
            problem: e.message().replace('\n', " "),
        }
    })
}

fn line_of(text: &str, written: &str) -> usize {
    let at = text.find(&format!("\"{written}\"")).unwrap_or(0);
    1 + text.bytes().take(at).filter(|&b| b == b'\n').count()
}
