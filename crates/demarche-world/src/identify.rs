//! Who of the office holders bears a name on a day.

use demarche_record::{Code, Sector};
use jiff::civil::Date;

use crate::actor::Actor;
use crate::atoms::{Atom, each_atom, hash_of};
use crate::builder::Builder;
use crate::dates::Standing;
use crate::entries::{Held, Office, Person, PersonId, Referent, Role};
use crate::persons::NameSpan;
use crate::world::World;

/// Who bears a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identified<'a> {
    pub(crate) person: Person<'a>,
    pub(crate) held: Held<'a>,
    /// Whether it is this person; otherwise one of several who served one country alike.
    pub(crate) sure: bool,
}

/// The path of an office in which the source showed the person last, when it stopped.
pub(crate) const LAST_SEEN: &str = "office last seen";
/// How much of the confidence such an office leaves.
pub(crate) const SEEN: f32 = 0.7;

impl<'a> Builder<'a> {
    /// Who of the table bears the name, given what else the text says.
    pub(crate) fn identify(
        &self,
        at: usize,
        name: &NameSpan,
        atoms: &[Atom],
        code: Option<Code>,
        office: Option<&str>,
        known_as: Option<&str>,
    ) -> Option<Identified<'a>> {
        let mut candidates: Vec<PersonId> = Vec::new();
        let mut full = false;
        if let Some(found) = self.scans[at].match_at(name.head) {
            candidates.extend(self.scans[at].readings(found).iter().filter_map(|reading| match reading {
                Referent::Person(person) => Some(*person),
                _ => None,
            }));
            // A single word is no full name where other words stand beside it: "Sara Netanyahu", "Saddam Kamel".
            let (before, after) = (name.first < found.first, found.end < name.end);
            if found.end - found.first == 1 && (before || after) {
                let written = (atoms.first().map(|atom| atom.hash), atoms.last().map(|atom| atom.hash));
                candidates.retain(|&person| {
                    let person = self.world.person(person).name;
                    let own = ends_of(person);
                    known_as == Some(person) || (!before || own.0 == written.0) && (!after || own.1 == written.1)
                });
            }
            full = !candidates.is_empty();
        }
        if candidates.is_empty() {
            let hit = self.world.surnames().exact(atoms.get(atoms.len().checked_sub(1)?..)?, self.scans[at].shouted)?;
            candidates.extend(self.world.surnames().any_case(hit));
            // A first name that differs is another person: only the bare family name may stand for someone known.
            if atoms.len() > 1 && !(atoms.len() == 2 && atoms[0].hash == hash_of("al")) {
                candidates.retain(|&person| known_as == Some(self.world.person(person).name));
            }
        }
        let office = office.map(|office| self.world.office(office, code).map_or(office, |known| known.name));
        let high = |person: &&PersonId| self.world.person(**person).held.iter().any(|held| held.rank <= 1);
        let alone = candidates.iter().filter(high).count() == 1;
        let mut best: Option<(i32, PersonId, usize)> = None;
        let mut tied = false;
        // Whether all that came close served one country.
        let mut agree = true;
        for &person in &candidates {
            for (number, held) in self.world.person(person).held.iter().enumerate() {
                if code.is_some() && held.code != code {
                    continue;
                }
                // Without country or day, "Foreign Minister Smith" may be anyone's.
                if !full && code.is_none() && self.on.is_none() && held.rank > 0 {
                    continue;
                }
                let named_office = office.is_some_and(|office| self.world.same_office(&held, office));
                // A family name with a title is only someone who held that office.
                if !full && office.is_some() && !named_office {
                    continue;
                }
                let standing = self.world.standing(&held, self.on);
                let open = held.term.end.is_none();
                // A bare family name is a head of state's or government's of the day; in a text without day, of one who
                // shares it with nobody.
                let spoken_of = self.main_country.is_some()
                    && held.code.and_then(|code| self.world.country_id(code)) == self.main_country;
                let only = self.on.is_some() || office.is_some() || open || alone || spoken_of;
                let holds = matches!(standing, Standing::Within | Standing::Seen);
                if !full && !named_office && (held.rank > 0 || !holds || !only) {
                    continue;
                }
                let score = 8 * i32::from(named_office)
                    + match standing {
                        Standing::Within => 6,
                        Standing::Seen => 5,
                        Standing::After => 2,
                        Standing::Before => 0,
                    }
                    + 2 * i32::from(open)
                    + 3 * i32::from(held.sure)
                    // Of several countries' offices the one the document speaks of, else the first in the table.
                    + 2 * i32::from(held.code.and_then(|code| self.world.country_id(code)).is_some_and(|country| self.count_of(country) > 0))
                    + (5 - i32::from(held.rank))
                    + 4 * i32::from(known_as == Some(self.world.person(person).name));
                if let Some((top, other, at)) = best {
                    let rival = self.world.person(other).held.get(at);
                    let close = other != person && (score == top || !full && self.on.is_none());
                    if close {
                        agree &= rival.is_some_and(|rival| rival.code == held.code && rival.sectors == held.sectors);
                        tied |= score == top || agree;
                    }
                    if score <= top {
                        continue;
                    }
                    if !close || !agree {
                        tied = false;
                    }
                }
                best = Some((score, person, number));
            }
        }
        let (_, person, number) = best.filter(|_| !tied || agree)?;
        let person = self.world.person(person);
        person.held.get(number).map(|held| Identified { person, held, sure: !tied })
    }

    /// Names who held an office of a country on the document's day, where exactly one is known.
    pub(crate) fn name_holder(&self, actor: &mut Actor, role: Role<'_>) {
        let (Some(on), Some(code), Some(written)) = (self.on, actor.code, actor.office.as_deref()) else { return };
        if actor.id.is_some() || !actor.sectors.contains(&Sector::Gov) || role.same {
            return;
        }
        if let Some(holder) = self.world.holder(written, code, on) {
            actor.id = Some(holder.wikidata.to_owned()).filter(|id| !id.is_empty());
            actor.canonical = Some(holder.name.to_owned());
            actor.path.push("holder on date");
        }
    }
}

/// The first and the last word of a name.
fn ends_of(name: &str) -> (Option<u64>, Option<u64>) {
    let (mut first, mut last) = (None, None);
    each_atom(name, |atom| {
        first = first.or(Some(atom.hash));
        last = Some(atom.hash);
    });
    (first, last)
}

impl World {
    /// Where a day lies to a term in office. Someone only last seen in an office holds it still for a while, unless another
    /// is known to have taken it since; several may be deputies, advisers or spokespersons at a time.
    pub(crate) fn standing(&self, held: &Held<'_>, on: Option<Date>) -> Standing {
        let standing = if held.seen { held.term.standing_as_seen(on) } else { held.term.standing(on) };
        let (Standing::Seen, Some(code)) = (standing, held.code) else { return standing };
        let office = self.office(held.office, held.code);
        if office.is_some_and(Office::has_several_holders) {
            return standing;
        }
        let name = office.map_or(held.office, |office| office.name);
        let taken = |other: &Held<'_>| {
            other.code == held.code
                && (other.term.holds(on)
                    || other.term.start > held.term.end && other.term.standing(on) == Standing::After)
                && self.same_office(other, name)
        };
        let mut others = self.holders(code).iter().flat_map(|&id| self.person(id).held.iter());
        if others.any(|other| taken(&other)) { Standing::After } else { standing }
    }

    /// Who held an office of a country on a day, where exactly one is known.
    pub(crate) fn holder(&self, office: &str, code: Code, on: Date) -> Option<Person<'_>> {
        let office = self.office(office, Some(code)).map_or(office, |known| known.name);
        let mut holders = self.holders(code).iter().map(|&id| self.person(id)).filter(|person| {
            person.held.iter().any(|held| {
                held.code == Some(code)
                    && held.term.start.is_some()
                    && held.term.holds(Some(on))
                    && self.same_office(&held, office)
            })
        });
        let holder = holders.next()?;
        holders.next().is_none().then_some(holder)
    }

    pub(crate) fn same_office(&self, held: &Held<'_>, office: &str) -> bool {
        held.office.eq_ignore_ascii_case(office)
            || self.office(held.office, held.code).is_some_and(|known| known.name.eq_ignore_ascii_case(office))
            || held.office == "head of state"
                && matches!(office, "president" | "leader" | "ruler" | "king" | "emir" | "sultan")
            || held.office == "head of government"
                && matches!(office, "prime minister" | "premier" | "chancellor" | "leader")
            || office == "leader" && held.rank == 0
    }
}
