//! Sectors as data sets name them.

use std::collections::HashMap;

use demarche_record::{Code, Sector};

use super::super::fault::ReadError;
use super::table;

const TABLE: &str = include_str!("../../../../../data/layouts/icews_sectors.tsv");
const FILE: &str = "data/layouts/icews_sectors.tsv";

/// What a sector's name says.
type Meaning = (Option<Code>, Option<Sector>);

/// The names of ICEWS's sectors.
pub(in super::super) struct Sectors {
    names: HashMap<String, Meaning>,
}

impl Sectors {
    pub(super) fn new() -> Result<Self, ReadError> {
        let mut names = HashMap::new();
        for (line, cells) in table(TABLE).skip(1) {
            let fault = |cause: String| ReadError::Table { table: FILE, line, cause };
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
            let code = match cell(1) {
                "" => None,
                written => Some(Code::parse(written).map_err(|unknown| fault(unknown.to_string()))?),
            };
            let sector = match cell(2) {
                "" => None,
                written => Some(written.parse::<Sector>().map_err(|unknown| fault(unknown.to_string()))?),
            };
            names.insert(cell(0).to_lowercase(), (code, sector));
        }
        Ok(Self { names })
    }

    /// The sectors that a cell names, in its order, and an international code if it names one.
    /// What is not known is passed over: countries, regions and creeds stand among them.
    pub(in super::super) fn named(&self, written: &str) -> (Option<Code>, Vec<Sector>) {
        let parts: Vec<String> = written.to_lowercase().split([',', ';']).map(|part| part.trim().to_owned()).collect();
        let (mut code, mut sectors) = (None, Vec::new());
        for part in &parts {
            let meaning = self.names.get(part).copied().or_else(|| coded(part)).unwrap_or_default();
            code = code.or(meaning.0);
            if let Some(sector) = meaning.1.filter(|sector| !sectors.contains(sector)) {
                sectors.push(sector);
            }
        }
        (code, sectors)
    }
}

/// PLOVER's own codes: `GOV`, `IGO`.
fn coded(part: &str) -> Option<Meaning> {
    let written = part.to_uppercase();
    let code = Code::parse(&written).ok().filter(|code| code.is_international());
    let sector = written.parse().ok();
    (code.is_some() || sector.is_some()).then_some((code, sector))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sectors_by_name_and_by_code() {
        let sectors = Sectors::new().unwrap();
        assert_eq!(sectors.named("Elite,Government,Executive"), (None, vec![Sector::Eli, Sector::Gov]));
        assert_eq!(sectors.named("International Government Organization"), (Some(Code::IGO), Vec::new()));
        assert_eq!(sectors.named("GOV; MIL"), (None, vec![Sector::Gov, Sector::Mil]));
        assert_eq!(sectors.named("Something Else"), (None, Vec::new()));
    }
}
