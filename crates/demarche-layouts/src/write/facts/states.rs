//! States in the numberings and under the names of other data sets.

use std::collections::HashMap;

use demarche_record::Code;

use super::{Table, TableFault};

/// A state or territory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) name: &'static str,
    /// FIPS 10-4.
    pub(crate) fips: &'static str,
    /// Number of the Correlates of War project.
    pub(crate) cow: &'static str,
    /// ISO 3166-1 numeric, without leading zeros.
    pub(crate) numeric: &'static str,
    /// ACLED's region.
    pub(crate) region: &'static str,
    /// ICEWS' name.
    pub(crate) icews: &'static str,
}

/// All states, and the postal codes of those of the USA.
#[derive(Debug, Default)]
pub(crate) struct States {
    by_code: HashMap<Code, State>,
    usa: HashMap<&'static str, &'static str>,
}

impl States {
    pub(crate) fn read(
        countries: Table<'static>,
        more: Table<'static>,
        usa: Table<'static>,
    ) -> Result<Self, TableFault> {
        let mut by_code = HashMap::new();
        for line in countries.lines(["iso3", "name", "fips", "cow"])? {
            let [iso3, name, fips, cow] = line.cells;
            let code = Code::parse(iso3).map_err(|error| line.fault(error.to_string()))?;
            by_code.insert(code, State { name, fips, cow, icews: name, ..State::default() });
        }
        for line in more.lines(["iso3", "numeric", "region", "icews"])? {
            let [iso3, numeric, region, icews] = line.cells;
            let code = Code::parse(iso3).map_err(|error| line.fault(error.to_string()))?;
            let state = by_code
                .get_mut(&code)
                .ok_or_else(|| line.fault(format!("no state `{iso3}` in places/countries.tsv")))?;
            if !numeric.bytes().all(|digit| digit.is_ascii_digit()) {
                return Err(line.fault(format!("`{numeric}` is no number")));
            }
            state.numeric = numeric.trim_start_matches('0');
            state.region = region;
            if !icews.is_empty() {
                state.icews = icews;
            }
        }
        let usa = usa.lines(["name", "code"])?.into_iter().map(|line| (line.cells[0], line.cells[1])).collect();
        Ok(Self { by_code, usa })
    }

    /// The state of a code; nothing for international actors.
    pub(crate) fn get(&self, code: Option<Code>) -> Option<&State> {
        self.by_code.get(&code?)
    }

    /// Postal code of a state of the USA.
    pub(crate) fn postal(&self, state: &str) -> Option<&'static str> {
        self.usa.get(state).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_that_is_not_in_the_list_is_a_fault() {
        let countries = Table { name: "c", text: "iso3\tname\tfips\tcow\nFRA\tFrance\tFR\t220\n" };
        let usa = Table { name: "u", text: "name\tcode\n" };
        let read = |text| States::read(countries, Table { name: "m", text }, usa).map_err(|fault| fault.to_string());
        let known = read("iso3\tnumeric\tregion\ticews\nFRA\t250\tEurope\t\n").unwrap();
        assert_eq!(
            known.get(Code::parse("FRA").ok()).map(|state| (state.numeric, state.icews)),
            Some(("250", "France"))
        );
        assert!(read("iso3\tnumeric\tregion\ticews\nFRX\t1\t\t\n").unwrap_err().contains("line 2: no state `FRX`"));
        assert!(read("iso3\tnumeric\tregion\ticews\nFRA\tx\t\t\n").unwrap_err().contains("`x` is no number"));
    }
}
