//! Which sector a composed phrase has: the role noun's, unless it speaks for whom it belongs to.

use demarche_record::Sector;

use crate::actor::{Actor, ActorKind};
use crate::entries::{Role, RoleKind};

/// Sectors of a role noun with its modifiers ("rebel spokesman", "police officials") and its owner, if any.
pub(crate) fn compose(role: Role<'_>, modifiers: &[Role<'_>], owner: Option<&Actor>, former: bool) -> Vec<Sector> {
    let mut sectors = of_role(role, modifiers);
    if former && (role.kind == RoleKind::Office || sectors.first() == Some(&Sector::Gov)) {
        return vec![Sector::Eli];
    }
    let Some(owner) = owner else { return sectors };
    match owner.kind {
        // Fighters, leaders and spokesmen of a group have its sectors; its doctors and journalists their own.
        ActorKind::Group => {
            // "Taliban rebels" are rebels, whoever governs on the day.
            let rebels = matches!(sectors.first(), Some(Sector::Reb | Sector::Uaf))
                && owner.sectors.first() == Some(&Sector::Gov);
            if rebels {
                return vec![Sector::Reb];
            }
            if role.same || sectors.is_empty() || sectors.first().is_some_and(|&sector| yields_to_group(sector)) {
                sectors.clone_from(&owner.sectors);
            }
        }
        // A body between states has no government; its soldiers, judges and police keep their sector.
        ActorKind::Organisation => {
            let own = sectors.first().is_some_and(|&sector| !matches!(sector, Sector::Gov | Sector::Unk | Sector::Pty));
            // An officer of a body between states is no police officer.
            let officer =
                sectors.first() == Some(&Sector::Cop) && matches!(role.kind, RoleKind::Person | RoleKind::Office);
            if !own || officer || role.same {
                sectors.clone_from(&owner.sectors);
            }
        }
        ActorKind::Body => {
            if role.same || matches!(sectors.first(), None | Some(Sector::Gov | Sector::Unk)) {
                sectors.clone_from(&owner.sectors);
            }
        }
        ActorKind::Person => {
            if role.same || sectors.first() == Some(&Sector::Unk) {
                sectors.clone_from(&owner.sectors);
            }
        }
        ActorKind::Role => {
            // "Officials of a leading party", "the spokesman of a rebel group" are the party's and the group's.
            let official = role.kind == RoleKind::Person
                && sectors.first() == Some(&Sector::Gov)
                && owner.sectors.first().is_some_and(|&sector| has_officials(sector));
            if role.same || sectors.is_empty() || official {
                sectors.clone_from(&owner.sectors);
            }
        }
        ActorKind::Country | ActorKind::Seat | ActorKind::Place | ActorKind::People | ActorKind::Unknown => {
            if role.same && modifiers.is_empty() && matches!(owner.kind, ActorKind::Country | ActorKind::Seat) {
                sectors = vec![Sector::Gov];
            }
        }
    }
    sectors
}

/// Sectors of the noun with its modifying role nouns, without an owner.
fn of_role(role: Role<'_>, modifiers: &[Role<'_>]) -> Vec<Sector> {
    // The nearest modifier that says something: "Syrian government army spokesman" is the army's.
    let modifier = modifiers.iter().rev().find(|modifier| !modifier.sectors.is_empty());
    match modifier {
        Some(modifier) if gives_way(role, *modifier) => modifier.sectors.to_vec(),
        _ => role.sectors.to_vec(),
    }
}

/// Whether a modifying role noun decides over the head: "police spokesman" is police, "government forces" are forces.
fn gives_way(role: Role<'_>, modifier: Role<'_>) -> bool {
    let says = |sectors: &[Sector], sector| sectors.first() == Some(&sector);
    if role.same || role.sectors.is_empty() || says(&role.sectors, Sector::Unk) {
        return true;
    }
    let armed = [Sector::Reb, Sector::Prm, Sector::Cop, Sector::Uaf, Sector::Crm, Sector::Spy];
    match role.sectors.first() {
        // "rebel forces", "police commander", "opposition fighters"
        Some(Sector::Mil) => armed.iter().chain(&[Sector::Opp]).any(|&sector| says(&modifier.sectors, sector)),
        Some(Sector::Uaf) => !says(&modifier.sectors, Sector::Cvl),
        // "army official", "union leader", "hospital director"; but "public officials" are no public.
        Some(Sector::Gov) => !says(&modifier.sectors, Sector::Gov) && !says(&modifier.sectors, Sector::Cvl),
        // "government troops" are handled above; "student protesters" stay students first.
        Some(Sector::Cvl) => matches!(
            modifier.sectors.first(),
            Some(Sector::Ref | Sector::Opp | Sector::Edu | Sector::Lab | Sector::Agr | Sector::Med)
        ),
        _ => false,
    }
}

/// Whether bodies of a sector have officials that serve no government.
fn has_officials(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Pty
            | Sector::Opp
            | Sector::Reb
            | Sector::Uaf
            | Sector::Prm
            | Sector::Soc
            | Sector::Bus
            | Sector::Lab
            | Sector::Rel
            | Sector::Jrn
    )
}

fn yields_to_group(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Gov
            | Sector::Mil
            | Sector::Reb
            | Sector::Uaf
            | Sector::Prm
            | Sector::Pty
            | Sector::Unk
            | Sector::Leg
            | Sector::Crm
    )
}
