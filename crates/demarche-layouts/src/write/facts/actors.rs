//! Actors in CAMEO's alphabet, under ICEWS' sectors and as ACLED's kinds.

use std::collections::HashMap;

use demarche_record::{Code, Entity, Sector};

use super::{Table, TableFault};

/// ACLED's kinds of actor. A row of its data names them by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AcledKind {
    State = 1,
    Rebels = 2,
    PoliticalMilitia = 3,
    IdentityMilitia = 4,
    Rioters = 5,
    Protesters = 6,
    Civilians = 7,
    Others = 8,
}

impl AcledKind {
    fn parse(written: &str) -> Result<Self, String> {
        Ok(match written {
            "1" => Self::State,
            "2" => Self::Rebels,
            "3" => Self::PoliticalMilitia,
            "4" => Self::IdentityMilitia,
            "5" => Self::Rioters,
            "6" => Self::Protesters,
            "7" => Self::Civilians,
            "8" => Self::Others,
            _ => return Err(format!("`{written}` is no kind of ACLED's actors (1 to 8)")),
        })
    }
}

/// What others call a sector or an international code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Names {
    cameo: &'static str,
    icews: &'static str,
    acled: Option<AcledKind>,
}

/// An actor in CAMEO's alphabet: parts of three letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CameoActor {
    /// The state.
    pub(crate) country: String,
    /// An international kind instead of a state: `IGO`, `NGO`.
    pub(crate) international: &'static str,
    /// A known organisation or group.
    pub(crate) group: &'static str,
    pub(crate) ethnicity: &'static str,
    pub(crate) religion: &'static str,
    /// Roles, the first the main one; the international kind is not repeated.
    pub(crate) roles: Vec<&'static str>,
}

impl CameoActor {
    /// All parts in one word; empty for whoever is unknown.
    pub(crate) fn full(&self) -> String {
        let mut out = self.country.clone();
        out.push_str(self.international);
        out.extend(self.roles.iter().copied());
        out.extend([self.group, self.ethnicity, self.religion]);
        out
    }

    /// The international kind and the roles: CAMEO's types.
    pub(crate) fn types(&self) -> impl Iterator<Item = &'static str> {
        [self.international].into_iter().filter(|part| !part.is_empty()).chain(self.roles.iter().copied())
    }
}

/// The names of sectors, groups, religions and ethnicities.
#[derive(Debug, Default)]
pub(crate) struct ActorNames {
    sectors: HashMap<Sector, Names>,
    international: HashMap<Code, Names>,
    groups: HashMap<&'static str, &'static str>,
    religions: HashMap<&'static str, &'static str>,
    ethnicities: HashMap<&'static str, &'static str>,
}

impl ActorNames {
    pub(crate) fn read(sectors: Table<'static>, identities: Table<'static>) -> Result<Self, TableFault> {
        let mut names = Self::default();
        for line in sectors.lines(["ours", "cameo", "icews", "acled"])? {
            let [ours, cameo, icews, acled] = line.cells;
            let acled =
                if acled.is_empty() { None } else { Some(AcledKind::parse(acled).map_err(|cause| line.fault(cause))?) };
            let called = Names { cameo, icews, acled };
            if let Ok(sector) = ours.parse() {
                names.sectors.insert(sector, called);
                continue;
            }
            match Code::parse(ours) {
                Ok(code) if code.is_international() => names.international.insert(code, called),
                _ => return Err(line.fault(format!("`{ours}` is neither a sector nor an international code"))),
            };
        }
        if let Some(sector) = Sector::ALL.iter().find(|sector| !names.sectors.contains_key(sector)) {
            return Err(TableFault { table: sectors.name, line: 1, cause: format!("no line for the sector {sector}") });
        }
        for line in identities.lines(["kind", "name", "code"])? {
            let [kind, name, code] = line.cells;
            let table = match kind {
                "group" => &mut names.groups,
                "religion" => &mut names.religions,
                "ethnicity" => &mut names.ethnicities,
                _ => return Err(line.fault(format!("`{kind}` is none of group, religion, ethnicity"))),
            };
            table.insert(name, code);
        }
        Ok(names)
    }

    /// An actor in CAMEO's alphabet.
    pub(crate) fn cameo(&self, entity: &Entity) -> CameoActor {
        let international = entity.code.and_then(|code| self.international.get(&code)).map_or("", |names| names.cameo);
        let country = entity.code.filter(|code| !code.is_international()).map(cameo_state).unwrap_or_default();
        let mut roles = Vec::new();
        for names in entity.sector.iter().filter_map(|sector| self.sectors.get(sector)) {
            if !names.cameo.is_empty() && names.cameo != international && !roles.contains(&names.cameo) {
                roles.push(names.cameo);
            }
        }
        let of = |table: &HashMap<&'static str, &'static str>, name: &Option<String>| {
            name.as_deref().and_then(|name| table.get(name)).copied().unwrap_or_default()
        };
        CameoActor {
            country,
            international,
            group: of(&self.groups, &entity.identifier_text),
            ethnicity: of(&self.ethnicities, &entity.ethnicity),
            religion: of(&self.religions, &entity.religion),
            roles,
        }
    }

    /// An actor's sectors in ICEWS' words, joined as ICEWS does.
    pub(crate) fn icews(&self, entity: &Entity) -> String {
        let international = entity.code.and_then(|code| self.international.get(&code));
        let sectors = entity.sector.iter().filter_map(|sector| self.sectors.get(sector));
        let mut words: Vec<&str> = Vec::new();
        for word in international.into_iter().chain(sectors).flat_map(|names| names.icews.split(',')) {
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(",")
    }

    /// Which of ACLED's kinds an actor is: by the first of its sectors that tells, else by its international code, else, for a
    /// bare state, state forces. Religion or ethnicity make a militia one of identity.
    pub(crate) fn acled(&self, entity: &Entity) -> Option<AcledKind> {
        let by_sector = entity.sector.iter().find_map(|sector| self.sectors.get(sector)?.acled);
        let code = entity.code;
        let kind = by_sector.or_else(|| {
            let code = code?;
            if code.is_international() { self.international.get(&code)?.acled } else { Some(AcledKind::State) }
        })?;
        let of_identity = entity.religion.is_some() || entity.ethnicity.is_some();
        Some(if kind == AcledKind::PoliticalMilitia && of_identity { AcledKind::IdentityMilitia } else { kind })
    }
}

/// CAMEO has the codes of ISO 3166-1, and one of its own for Kosovo.
fn cameo_state(code: Code) -> String {
    match code.as_str() {
        "XKX" => "KSV".to_owned(),
        iso => iso.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_named() {
        let none = Table { name: "i", text: "kind\tname\tcode\n" };
        let read =
            |text| ActorNames::read(Table { name: "s", text }, none).map(drop).map_err(|fault| fault.to_string());
        let head = "ours\tcameo\ticews\tacled\n";
        let fault = |line: &str| read(Box::leak(format!("{head}{line}\n").into_boxed_str())).unwrap_err();
        assert!(fault("FRA\tX\tY\t1").contains("`FRA` is neither a sector"));
        assert!(fault("GOV\tGOV\tY\t9").contains("`9` is no kind"));
        assert!(fault("GOV\tGOV\tY\t1").contains("no line for the sector AGR"));
    }
}
