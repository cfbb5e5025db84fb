//! Who of the office holders bears a name on a day.

use demarche_record::Code;

use crate::atoms::{Atom, hash_of};
use crate::builder::Builder;
use crate::dates::Standing;
use crate::entries::{Held, Person, PersonId, Referent};
use crate::persons::NameSpan;

impl Builder<'_> {
    /// Who of the table bears the name, given what else the text says.
    pub(crate) fn identify(
        &self,
        at: usize,
        name: &NameSpan,
        atoms: &[Atom],
        code: Option<Code>,
        office: Option<&str>,
        known_as: Option<&str>,
    ) -> Option<(&Person, &Held)> {
        let mut candidates: Vec<PersonId> = Vec::new();
        let mut full = false;
        if let Some(found) = self.scans[at].match_at(name.head) {
            candidates.extend(self.scans[at].readings(found).iter().filter_map(|reading| match reading {
                Referent::Person(person) => Some(*person),
                _ => None,
            }));
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
        for &person in &candidates {
            for (number, held) in self.world.person(person).held.iter().enumerate() {
                if code.is_some() && held.code != code {
                    continue;
                }
                // Without country or day, "Foreign Minister Smith" may be anyone's.
                if !full && code.is_none() && self.on.is_none() && held.rank > 0 {
                    continue;
                }
                let named_office = office.is_some_and(|office| self.same_office(held, office));
                // A family name with a title is only someone who held that office.
                if !full && office.is_some() && !named_office {
                    continue;
                }
                let standing = held.term.standing(self.on);
                let open = held.term.end.is_none();
                // A bare family name is a head of state's or government's of the day; in a text without day, of one who
                // shares it with nobody.
                let only = self.on.is_some() || office.is_some() || open || alone;
                if !full && !named_office && (held.rank > 0 || standing != Standing::Within || !only) {
                    continue;
                }
                let score = 8 * i32::from(named_office)
                    + match standing {
                        Standing::Within => 6,
                        Standing::After => 2,
                        Standing::Before => 0,
                    }
                    + 2 * i32::from(open)
                    + 3 * i32::from(held.sure)
                    // Of several countries' offices the one the document speaks of, else the first in the table.
                    + 2 * i32::from(held.code.and_then(|code| self.world.country_id(code)).is_some_and(|country| self.count_of(country) > 0))
                    + (5 - i32::from(held.rank))
                    + 4 * i32::from(known_as == Some(self.world.person(person).name));
                match best {
                    Some((top, other, _)) if score == top && other != person => tied = true,
                    Some((top, ..)) if score <= top => {}
                    _ => {
                        best = Some((score, person, number));
                        tied = false;
                    }
                }
            }
        }
        let (_, person, number) = best.filter(|_| !tied)?;
        let person = self.world.person(person);
        person.held.get(number).map(|held| (person, held))
    }

    pub(crate) fn same_office(&self, held: &Held, office: &str) -> bool {
        held.office.eq_ignore_ascii_case(office)
            || self.world.office(held.office, held.code).is_some_and(|known| known.name.eq_ignore_ascii_case(office))
            || held.office == "head of state"
                && matches!(office, "president" | "leader" | "ruler" | "king" | "emir" | "sultan")
            || held.office == "head of government"
                && matches!(office, "prime minister" | "premier" | "chancellor" | "leader")
            || office == "leader" && held.rank == 0
    }
}
