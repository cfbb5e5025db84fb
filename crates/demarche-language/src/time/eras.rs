//! Eras: wars and periods that prose dates by ("during World War II", "when the Soviet Union collapsed").

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::{Precision, Resolved, TimeTableError};
use crate::sentence::{Sentence, TokenId};

const TABLE: &str = include_str!("../../../../data/language/eras.toml");

/// A name of an era in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EraMention {
    /// First token of the name.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// Its first and last year.
    pub years: Resolved,
    /// The name is a clause ("the Berlin Wall fell").
    pub clause: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Era {
    names: Vec<String>,
    #[serde(default)]
    happens: Vec<String>,
    years: (i16, i16),
}

#[derive(Deserialize)]
struct Table {
    eras: Vec<Era>,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
struct Named {
    years: Resolved,
    clause: bool,
}

/// All names of eras.
#[derive(Debug)]
pub(super) struct Eras {
    /// By the letters and digits of the name, a word's capital kept.
    names: HashMap<String, Named>,
    longest: usize,
}

impl Eras {
    /// The table built into the program.
    pub fn builtin() -> Result<Self, TimeTableError> {
        let Table { eras } = toml::from_str(TABLE).map_err(TimeTableError::Eras)?;
        let mut names = HashMap::new();
        for Era { names: own, happens, years: (first, last) } in eras {
            let days = Date::new(first, 1, 1).and_then(|start| Ok((start, Date::new(last, 12, 31)?)));
            let (start, end) = days.map_err(|error| TimeTableError::Years { first, last, error })?;
            let years = Resolved { start, end: Some(end), precision: Precision::Year };
            names.extend(own.iter().map(|name| (plain(name), Named { years, clause: false })));
            names.extend(happens.iter().map(|name| (plain(name), Named { years, clause: true })));
        }
        let longest = names.keys().map(String::len).max().unwrap_or_default();
        Ok(Self { names, longest })
    }

    /// Names of eras in text order; of two that begin at a word the longer.
    pub fn mentions(&self, sentence: &Sentence) -> Vec<EraMention> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < sentence.tokens.len() {
            let found = self.longest_from(sentence, at);
            at = found.map_or(at + 1, |era| era.end);
            out.extend(found);
        }
        out
    }

    fn longest_from(&self, sentence: &Sentence, first: TokenId) -> Option<EraMention> {
        let mut written = String::new();
        let mut best = None;
        for (at, token) in sentence.tokens.iter().enumerate().skip(first) {
            push_plain(&mut written, &token.form);
            if written.is_empty() || written.len() > self.longest {
                break;
            }
            if let Some(named) = self.names.get(&written) {
                best = Some(EraMention { first, end: at + 1, years: named.years, clause: named.clause });
            }
        }
        best
    }
}

/// The letters and digits of a name.
fn plain(name: &str) -> String {
    let mut out = String::new();
    push_plain(&mut out, name);
    out
}

fn push_plain(out: &mut String, word: &str) {
    out.extend(word.chars().filter(|c| c.is_alphanumeric()));
}
