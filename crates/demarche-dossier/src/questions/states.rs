//! The numbers that other data sets give states.

use std::collections::BTreeMap;

use demarche_record::Code;

use crate::error::DossierError;

/// How states are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// ISO 3166-1 alpha-3.
    #[default]
    Iso,
    /// Number of the Correlates of War project.
    Cow,
    /// Number of Gleditsch and Ward's list.
    GleditschWard,
}

/// The numbers of states, as the table of countries (`data/places/countries.tsv`) has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct States {
    numbers: BTreeMap<Code, (Option<u16>, Option<u16>)>,
}

impl States {
    /// Reads a table of tab-separated columns, of which `iso3`, `cow` and `gw` are used. Lines with `#` are comments.
    ///
    /// # Errors
    /// [`DossierError::Countries`] with the line.
    pub fn read(table: &str) -> Result<Self, DossierError> {
        let fault = |line: usize, cause: String| DossierError::Countries { line: line + 1, cause };
        let mut lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let (at, header) = lines.next().ok_or_else(|| fault(0, "no header".to_owned()))?;
        let names: Vec<&str> = header.split('\t').collect();
        let column = |name: &str| {
            let found = names.iter().position(|&column| column == name);
            found.ok_or_else(|| fault(at, format!("no column `{name}`")))
        };
        let (iso3, cow, gw) = (column("iso3")?, column("cow")?, column("gw")?);
        let mut numbers = BTreeMap::new();
        for (at, line) in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default().trim();
            let number = |column: usize| match cell(column) {
                "" => Ok(None),
                written => written.parse().map(Some).map_err(|_| fault(at, format!("`{written}` is no number"))),
            };
            let code = Code::parse(cell(iso3)).map_err(|error| fault(at, error.to_string()))?;
            numbers.insert(code, (number(cow)?, number(gw)?));
        }
        Ok(Self { numbers })
    }

    /// How a state is written in a numbering; `None` where its list does not have it.
    pub fn written(&self, code: Code, numbering: Numbering) -> Option<String> {
        let (cow, gw) = self.numbers.get(&code).copied().unwrap_or_default();
        match numbering {
            Numbering::Iso => Some(code.to_string()),
            Numbering::Cow => cow.map(|number| number.to_string()),
            Numbering::GleditschWard => gw.map(|number| number.to_string()),
        }
    }

    /// The states of a numbering's list, by code.
    pub fn members(&self, numbering: Numbering) -> impl Iterator<Item = Code> + '_ {
        self.numbers.keys().copied().filter(move |code| self.written(*code, numbering).is_some())
    }
}
