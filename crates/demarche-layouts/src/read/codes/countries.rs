//! States and territories by name, code and number.

use std::collections::HashMap;

use demarche_record::Code;

use super::super::fault::ReadError;
use super::table;

const TABLE: &str = include_str!("../../../../../data/places/countries.tsv");
const FILE: &str = "data/places/countries.tsv";

/// A state or territory.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Country {
    pub(in super::super) code: Code,
    /// The state that acts for it: its own code, or that of the state which administers it.
    pub(in super::super) acts_as: Code,
    pub(in super::super) name: &'static str,
}

/// All of them.
pub(in super::super) struct Countries {
    all: Vec<Country>,
    codes: HashMap<Code, usize>,
    names: HashMap<String, usize>,
    fips: HashMap<&'static str, usize>,
    cow: HashMap<u16, usize>,
    gw: HashMap<u16, usize>,
}

/// Spellings of data sets that the table of countries does not have, or has of another country, with the name that it has.
const SPELLINGS: [(&str, &str); 13] = [
    ("congo", "republic of the congo"),
    ("russian federation", "russia"),
    ("occupied palestinian territory", "palestine"),
    ("palestinian territory, occupied", "palestine"),
    ("dr congo", "democratic republic of the congo"),
    ("congo, dem. rep.", "democratic republic of the congo"),
    ("macedonia, fyr", "north macedonia"),
    ("bosnia-herzegovina", "bosnia and herzegovina"),
    ("kingdom of eswatini", "eswatini"),
    ("lao people's democratic republic", "laos"),
    ("viet nam", "vietnam"),
    ("korea, north", "north korea"),
    ("korea, south", "south korea"),
];

impl Countries {
    pub(super) fn new() -> Result<Self, ReadError> {
        let fault = |line: usize, cause: String| ReadError::Table { table: FILE, line, cause };
        let mut rows = table(TABLE);
        let (at, header) = rows.next().ok_or_else(|| fault(1, "the table is empty".to_owned()))?;
        let column = |name: &str| {
            let found = header.iter().position(|column| *column == name);
            found.ok_or_else(|| fault(at, format!("no column `{name}`")))
        };
        let [iso3, name, aliases] = [column("iso3")?, column("name")?, column("aliases")?];
        let [owner, former, fips, cow, gw] =
            [column("administered_by")?, column("former")?, column("fips")?, column("cow")?, column("gw")?];
        let mut out = Self {
            all: Vec::new(),
            codes: HashMap::new(),
            names: HashMap::new(),
            fips: HashMap::new(),
            cow: HashMap::new(),
            gw: HashMap::new(),
        };
        let mut formers: Vec<(String, usize)> = Vec::new();
        for (line, cells) in rows {
            let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
            let parse = |written: &str| Code::parse(written).map_err(|unknown| fault(line, unknown.to_string()));
            let code = parse(cell(iso3))?;
            let acts_as = if cell(owner).is_empty() { code } else { parse(cell(owner))? };
            let index = out.all.len();
            out.all.push(Country { code, acts_as, name: cell(name) });
            out.codes.insert(code, index);
            for name in std::iter::once(cell(name)).chain(cell(aliases).split('|')).filter(|name| !name.is_empty()) {
                out.names.entry(plain(name)).or_insert(index);
            }
            let names = cell(former).split('|').filter_map(|former| former.split(':').next());
            formers.extend(names.filter(|name| !name.is_empty()).map(|name| (plain(name), index)));
            if !cell(fips).is_empty() {
                out.fips.entry(cell(fips)).or_insert(index);
            }
            if let Ok(number) = cell(cow).parse() {
                out.cow.entry(number).or_insert(index);
            }
            if let Ok(number) = cell(gw).parse() {
                out.gw.entry(number).or_insert(index);
            }
        }
        // A name of today goes before a former one.
        for (name, index) in formers {
            out.names.entry(name).or_insert(index);
        }
        for (spelling, name) in SPELLINGS {
            if let Some(&index) = out.names.get(name) {
                out.names.insert(spelling.to_owned(), index);
            }
        }
        Ok(out)
    }

    /// Each code with the one that its actors take.
    pub(super) fn acting(&self) -> impl Iterator<Item = (Code, Code)> + '_ {
        self.all.iter().map(|country| (country.code, country.acts_as))
    }

    fn at(&self, index: Option<&usize>) -> Option<Country> {
        index.and_then(|&index| self.all.get(index)).copied()
    }

    /// By ISO 3166-1 alpha-3 code.
    pub(in super::super) fn by_code(&self, written: &str) -> Option<Country> {
        self.at(self.codes.get(&Code::parse(written.trim()).ok()?))
    }

    /// By name; of "Russia (Soviet Union)" also by the part before the bracket, then by the one within.
    pub(in super::super) fn by_name(&self, written: &str) -> Option<Country> {
        let named = |name: &str| self.at(self.names.get(&plain(name)));
        named(written).or_else(|| {
            let (before, behind) = written.split_once('(')?;
            named(before).or_else(|| named(behind.trim_end_matches(')')))
        })
    }

    /// By FIPS 10-4 code.
    pub(in super::super) fn by_fips(&self, written: &str) -> Option<Country> {
        self.at(self.fips.get(written))
    }

    /// By number of the Correlates of War.
    pub(in super::super) fn by_cow(&self, written: &str) -> Option<Country> {
        self.at(self.cow.get(&whole(written)?))
    }

    /// By number of Gleditsch and Ward.
    pub(in super::super) fn by_gw(&self, written: &str) -> Option<Country> {
        self.at(self.gw.get(&whole(written)?))
    }
}

/// A number, also where a program made `365.0` of it.
fn whole(written: &str) -> Option<u16> {
    written.trim().trim_end_matches(".0").parse().ok()
}

fn plain(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_prefix("the ").map_or_else(|| name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_as_data_sets_write_them() {
        let countries = Countries::new().unwrap();
        let name = |written: &str| countries.by_name(written).map(|country| country.code.to_string());
        for (written, code) in [
            ("Russian Federation", "RUS"),
            ("Russia (Soviet Union)", "RUS"),
            ("DR Congo (Zaire)", "COD"),
            ("Myanmar (Burma)", "MMR"),
            ("Bosnia-Herzegovina", "BIH"),
            ("Occupied Palestinian Territory", "PSE"),
            ("Yemen (North Yemen)", "YEM"),
            ("Congo", "COG"),
            ("Ivory Coast", "CIV"),
        ] {
            assert_eq!(name(written).as_deref(), Some(code), "{written}");
        }
        assert_eq!(name("Zorgonia"), None);
        let of = |country: Option<Country>| country.map(|country| country.code.to_string());
        assert_eq!(of(countries.by_fips("RS")).as_deref(), Some("RUS"));
        assert_eq!(of(countries.by_cow("365")).as_deref(), Some("RUS"));
        assert_eq!(of(countries.by_gw("365.0")).as_deref(), Some("RUS"));
        assert_eq!(of(countries.by_code("XXQ")), None);
    }
}
