//! What others' codes are in ours: events, countries, sectors. Read once from the tables in `data/`.

mod countries;
mod events;
mod sectors;

use demarche_dictionary::{Codebook, Inventory};
use demarche_record::{Code, Entity, Sector};
use jiff::civil::Date;

pub(super) use countries::Countries;
pub(super) use events::{Act, Events};
pub(super) use sectors::Sectors;

use super::fault::ReadError;

/// Who knows names that a data set gives no code for: the built-in tables of actors, say.
pub trait Names {
    /// Who bears a name on a day.
    fn look_up(&self, name: &str, on: Date) -> Option<Known>;
}

/// Nobody's name is known.
impl Names for () {
    fn look_up(&self, _name: &str, _on: Date) -> Option<Known> {
        None
    }
}

/// Whom a name stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Country or international code.
    pub code: Option<Code>,
    /// Sectors on the day.
    pub sectors: Vec<Sector>,
    /// Stable id.
    pub id: Option<String>,
    /// Canonical name.
    pub name: Option<String>,
}

/// Every table that a reader needs.
pub(super) struct Codes {
    pub(super) events: Events,
    pub(super) countries: Countries,
    pub(super) sectors: Sectors,
    actors: Codebook,
}

impl Codes {
    /// Reads the tables.
    pub(super) fn new() -> Result<Self, ReadError> {
        let countries = Countries::new()?;
        let actors = Codebook::new(countries.acting()).map_err(|fault| ReadError::Table {
            table: "data/dictionaries/cameo_codes.tsv",
            line: fault.line,
            cause: fault.to_string(),
        })?;
        Ok(Self { events: Events::new()?, sectors: Sectors::new()?, countries, actors })
    }

    /// Who a CAMEO actor code stands for; parts that are unknown are told to `notes`.
    pub(super) fn actor(&self, written: &str, text: &str, notes: &mut Vec<String>) -> Entity {
        // An unknown country before sectors: `---MIL`.
        let code = written.trim_start_matches('-');
        let understood = self.actors.actor(code, Inventory::Actors);
        if !understood.is_whole() {
            notes.push(format!("{written}: `{}` not known", understood.unknown.join(" ")));
        }
        Entity {
            code: understood.code,
            sector: understood.sectors,
            entity_text: if text.is_empty() { written } else { text }.to_owned(),
            religion: understood.religion,
            ethnicity: understood.ethnicity,
            ..nobody()
        }
    }
}

/// An entity of which nothing is known.
pub(super) fn nobody() -> Entity {
    Entity {
        code: None,
        sector: Vec::new(),
        entity_text: String::new(),
        identifier_id: None,
        identifier_text: None,
        name: None,
        office: None,
        religion: None,
        ethnicity: None,
        span: None,
    }
}

/// The lines of a table of tab-separated columns with their numbers: those that are neither comments nor empty, the names
/// of the columns among them.
fn table(text: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        .map(|(index, line)| (index + 1, line.split('\t').map(str::trim).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_actors() {
        let codes = Codes::new().unwrap();
        let mut notes = Vec::new();
        let mut told = |written: &str| {
            let entity = codes.actor(written, "", &mut notes);
            let sectors: Vec<&str> = entity.sector.iter().map(|sector| sector.as_str()).collect();
            format!("{} {}", entity.code.map_or_else(|| "-".to_owned(), |code| code.to_string()), sectors.join("|"))
        };
        assert_eq!(told("USAGOV"), "USA GOV");
        assert_eq!(told("---MIL"), "- MIL");
        assert_eq!(told("IGOUNO"), "IGO ");
        assert_eq!(told("QQQGOV"), "- GOV");
        assert_eq!(notes, ["QQQGOV: `QQQ` not known"]);
    }
}
