//! By what initiatives are compared.

use std::collections::BTreeSet;

use demarche_record::{Entity, Initiative, InitiativeKind};

/// What initiatives of one process have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Kinds that may be one: talks are a mediation in the report that names who mediates.
    pub(super) family: &'static str,
    /// Sides, as [`token`]s.
    pub(super) sides: BTreeSet<String>,
    /// Who mediates.
    pub(super) mediators: BTreeSet<String>,
    /// Whether two sides are told: two codes, or two parties of one country.
    pub(super) is_whole: bool,
    /// Of an arrangement, what it is: a prisoner exchange is no hot line. Empty for others.
    pub(super) arrangement: String,
}

impl Key {
    pub(super) fn of(initiative: &Initiative) -> Self {
        let family = match initiative.kind {
            InitiativeKind::Mediation | InitiativeKind::Negotiation => "talks",
            kind => kind.as_str(),
        };
        let mut sides: BTreeSet<String> = initiative.party.iter().filter_map(token).collect();
        sides.extend(
            initiative.conflict.iter().flat_map(|conflict| &conflict.code).map(|code| code.as_str().to_owned()),
        );
        let parties: BTreeSet<(Option<&str>, Option<&str>, &[demarche_record::Sector])> = initiative
            .party
            .iter()
            .filter(|party| token(party).is_some())
            .map(|party| {
                (party.code.as_ref().map(demarche_record::Code::as_str), party.identifier_id.as_deref(), &*party.sector)
            })
            .collect();
        let arrangement = match initiative.kind {
            InitiativeKind::Other => initiative.why.frame.clone().unwrap_or_default(),
            _ => String::new(),
        };
        Self {
            family,
            is_whole: sides.len() > 1 || !sides.is_empty() && parties.len() > 1,
            sides,
            mediators: initiative.mediator.iter().filter_map(token).collect(),
            arrangement,
        }
    }

    /// As the column `process_sides.sides` has them.
    pub(super) fn written(&self) -> Option<String> {
        let sides =
            self.sides.iter().map(String::as_str).chain(Some(&*self.arrangement).filter(|name| !name.is_empty()));
        self.is_whole.then(|| sides.collect::<Vec<_>>().join(" "))
    }
}

/// A state by its code, whoever else by an identifier; `None` for those whom only the words of one report name.
fn token(entity: &Entity) -> Option<String> {
    match entity.code {
        Some(code) if !code.is_international() => Some(code.as_str().to_owned()),
        _ => entity.identifier_id.clone(),
    }
}
