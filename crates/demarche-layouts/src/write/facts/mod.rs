//! What other data sets call the things that our records name: read once from the tables in `data/layouts`.

mod actors;
mod states;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use actors::{AcledKind, ActorNames};
pub(crate) use states::{State, States};
pub use table::TableFault;
pub(crate) use table::{Line, Table};

use super::acled::Rules;

/// All tables.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) states: States,
    pub(crate) actors: ActorNames,
    pub(crate) acled: Rules,
    /// What each CAMEO code stands for.
    cameo: HashMap<&'static str, &'static str>,
}

macro_rules! table {
    ($name:literal) => {
        Table { name: $name, text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/", $name)) }
    };
}

impl Facts {
    /// The tables that are compiled in.
    pub(crate) fn built_in() -> Result<&'static Self, TableFault> {
        static FACTS: LazyLock<Result<Facts, TableFault>> = LazyLock::new(Facts::read);
        FACTS.as_ref().map_err(Clone::clone)
    }

    fn read() -> Result<Self, TableFault> {
        let cameo = table!("layouts/cameo.tsv").lines(["code", "text"])?;
        Ok(Self {
            states: States::read(
                table!("places/countries.tsv"),
                table!("layouts/states.tsv"),
                table!("layouts/us_states.tsv"),
            )?,
            actors: ActorNames::read(table!("layouts/sectors.tsv"), table!("layouts/cameo_identities.tsv"))?,
            acled: Rules::read(table!("layouts/acled.tsv"))?,
            cameo: cameo.into_iter().map(|Line { cells: [code, text], .. }| (code, text)).collect(),
        })
    }

    /// What a CAMEO code stands for; of an unknown one what its root does.
    pub(crate) fn cameo(&self, code: &str) -> &'static str {
        (1..=code.len()).rev().find_map(|end| self.cameo.get(code.get(..end)?)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        let facts = Facts::built_in().unwrap();
        assert_eq!(facts.cameo("0231"), "Appeal for economic aid");
        assert_eq!(facts.cameo("1999"), "Fight");
        assert_eq!(facts.cameo(""), "");
    }
}
