//! Country names that also name something else, with the words that tell.

use demarche_record::Code;

use crate::atoms::hash_of;
use crate::compile::{Compiler, hashes};
use crate::error::{Problem, TableError};
use crate::rules::CueOf;
use crate::tables::Table;

pub(super) fn rules(to: &mut Compiler<'_>, table: Table<'_>) -> Result<(), TableError> {
    table.each(["name", "reading", "evidence"], |row| {
        let name = hashes(row.needed(0)?);
        if !to.has_country_name(&name) {
            return Ok(());
        }
        let reading = row.needed(1)?;
        let country = match reading.split_once(':') {
            Some(("country" | "people" | "territory" | "state", code)) => Some(code),
            Some(_) => return Ok(()),
            None => reading.strip_prefix("part of "),
        };
        let country = match country {
            Some(code) => {
                let code = Code::parse(code).map_err(|unknown| row.fault(1, unknown))?;
                to.acts_as(code).ok_or_else(|| row.fault(1, Problem::UnknownCountry(code.to_string())))?;
                Some(code)
            }
            // A peninsula or continent is still no reason to doubt the state.
            None if matches!(reading, "peninsula" | "region" | "breakaway" | "island") => return Ok(()),
            None => None,
        };
        to.add_rule(&name, country, row.list(2).filter_map(cue).collect());
        Ok(())
    })
}

/// Reads one cue; `None` for notes on how the name is written, which the matcher knows by itself.
fn cue(written: &str) -> Option<CueOf> {
    const NOTES: &[&str] = &["lower case", "capitals", "sentence start", "headline in capitals"];
    match written {
        "default" => return Some(CueOf::Default),
        "before:given name" => return Some(CueOf::GivenNameBefore),
        "after:surname" => return Some(CueOf::SurnameAfter),
        _ if NOTES.contains(&written) || written.starts_with("capital ") || written.starts_with("always ") => {
            return None;
        }
        _ => {}
    }
    let (make, words): (fn(Vec<u64>) -> CueOf, &str) = match written.split_once(':') {
        Some(("before", words)) => (CueOf::Before, words),
        Some(("after", words)) => (CueOf::After, words),
        _ => (CueOf::Near, written),
    };
    let words = hashes(words);
    // Pronouns and "in" occur in every other sentence and decide nothing.
    let common = [hash_of("he"), hash_of("his"), hash_of("she"), hash_of("her"), hash_of("in")];
    let decides = match words.as_slice() {
        [] => false,
        [word] => !common.contains(word),
        _ => true,
    };
    decides.then(|| make(words))
}
