//! One pass over a sentence: every proper name of the tables, longest first, with the readings its context allows.

use demarche_language::{EntityKind, Sentence, TokenId, Upos};
use jiff::civil::Date;

use crate::ambiguity::Meaning;
use crate::atoms::{Atom, Case, each_atom, hash_of};
use crate::entries::{CountryId, Form, NamedId, NamedKind, Referent, RoleKind};
use crate::world::World;

/// An atom of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    pub(crate) token: TokenId,
    pub(crate) atom: Atom,
}

/// What a hyphened neighbour makes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bond {
    /// Nothing; the name stands for itself.
    Free,
    /// "US-led": the named one leads.
    Leads,
    /// "pro-Russian", "US-backed": the named one is not the actor.
    Aside,
}

/// A name found in a sentence: tokens `first..end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    pub(crate) first: TokenId,
    pub(crate) end: TokenId,
    /// The token whose head lies outside.
    pub(crate) top: TokenId,
    pub(crate) bond: Bond,
    /// Its readings in `Scan::readings`.
    readings: (u32, u32),
}

/// All names of one sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    pub(crate) atoms: Vec<Placed>,
    /// For each token, its first atom; one more at the end.
    starts: Vec<u32>,
    plain: Vec<Atom>,
    pub(crate) matches: Vec<Match>,
    readings: Vec<Referent>,
    at: Vec<u32>,
    /// Bodies whose names are a country and a role noun ("Malian army"): tokens and the body. The country alone is a
    /// match, so that such a phrase is read alike whether or not the tables know the body.
    pub(crate) overlays: Vec<(TokenId, TokenId, NamedId)>,
    pub(crate) shouted: bool,
}

const NONE: u32 = u32::MAX;

impl Scan {
    pub(crate) fn new(world: &World, sentence: &Sentence, on: Option<Date>) -> Self {
        let mut scan = Self { at: vec![NONE; sentence.tokens.len()], ..Self::default() };
        for (token, word) in sentence.tokens.iter().enumerate() {
            scan.starts.push(scan.atoms.len() as u32);
            each_atom(&word.form, |atom| {
                scan.atoms.push(Placed { token, atom });
                scan.plain.push(atom);
            });
        }
        scan.starts.push(scan.atoms.len() as u32);
        scan.shouted = is_shouted(sentence.tokens.iter().map(|token| token.form.as_str()));
        let mut at = 0;
        while at < scan.atoms.len() {
            at += scan.find(world, sentence, on, at).unwrap_or(1);
        }
        scan
    }

    /// Looks for a name at an atom; the number of atoms it takes.
    fn find(&mut self, world: &World, sentence: &Sentence, on: Option<Date>, at: usize) -> Option<usize> {
        let opens = at == 0 || self.atoms[at - 1].token != self.atoms[at].token || self.plain[at].hyphen;
        if !opens {
            return None;
        }
        let mut limit = self.plain.len();
        while let Some(hit) = world.names().longest(&self.plain[at..limit], self.shouted) {
            let end = at + hit.len;
            let closes =
                self.atoms.get(end).is_none_or(|next| next.token != self.atoms[end - 1].token || next.atom.hyphen);
            let (first, last) = (self.atoms[at].token, self.atoms[end - 1].token);
            if closes {
                let from = self.readings.len();
                self.readings.extend(world.names().values(hit, &self.plain[at..end], self.shouted));
                self.keep_fitting(world, sentence, on, (at, end), from);
                if let Some(taken) = self.split_body(world, (at, end), from) {
                    self.readings.truncate(from);
                    limit = taken;
                    continue;
                }
                if self.readings.len() > from {
                    // An article within the name ("the US") is no part of the phrase.
                    let actor = matches!(self.readings[from], Referent::Country(..) | Referent::Named(_));
                    let article = actor && first < last && sentence.tokens[first].form.eq_ignore_ascii_case("the");
                    let first = if article { first + 1 } else { first };
                    let top = top_of(sentence, first, last + 1);
                    let bond = self.bond(at, end);
                    let readings = (from as u32, self.readings.len() as u32);
                    let number = self.matches.len() as u32;
                    self.at[first..=last].fill(number);
                    self.matches.push(Match { first, end: last + 1, top, bond, readings });
                    return Some(hit.len);
                }
            }
            if hit.len == 1 {
                break;
            }
            limit = end - 1;
        }
        None
    }

    /// Drops readings, from `from` on, that the words around rule out.
    fn keep_fitting(
        &mut self,
        world: &World,
        sentence: &Sentence,
        on: Option<Date>,
        span: (usize, usize),
        from: usize,
    ) {
        let (at, end) = span;
        let (first, last) = (self.atoms[at].token, self.atoms[end - 1].token);
        let proper = sentence.tokens[first..=last].iter().any(|token| token.upos == Upos::Propn);
        let pronoun = first == last && sentence.tokens[first].upos == Upos::Pron;
        let person = sentence.entity_at(first).filter(|entity| entity.kind == EntityKind::Person);
        // Part of a longer personal name: "Michael Jordan", "Paris Hilton".
        let inside_person = person.is_some_and(|entity| (entity.first, entity.end) != (first, last + 1));
        let longer = sentence
            .entity_at(first)
            .filter(|entity| entity.kind == EntityKind::Organisation && entity.end - entity.first > last + 1 - first);
        let inside_other = longer.is_some();
        // "Ohio State University": a public body is of the place it is named after.
        let public_body = longer.is_some_and(|entity| {
            let named_after = first == entity.first
                || sentence.tokens[first - 1].form.eq_ignore_ascii_case("of")
                || sentence.tokens[first - 1].form.eq_ignore_ascii_case("the");
            named_after && (entity.first..entity.end).any(|token| is_public_body(world, &sentence.tokens[token].form))
        });
        // "The National" in "The [National Salvation Committee]".
        let crosses = sentence.entity_at(last).is_some_and(|entity| entity.first > first && entity.end > last + 1);
        let in_force = self.readings[from..].iter().any(|reading| match reading {
            Referent::Named(named) => world.named(*named).term.holds(on),
            _ => false,
        });
        let meaning = world.ambiguity().decide(&self.plain, at, end);
        let meant = |country: CountryId| match meaning {
            Meaning::Open => true,
            Meaning::Country(code) => world.country_at(country).code == code,
            Meaning::Other => false,
        };
        let mut kept = from;
        for index in from..self.readings.len() {
            let reading = self.readings[index];
            let fits = match reading {
                Referent::Country(country, Form::Name | Form::FormerName) => {
                    meant(country) && !inside_person && !(self.shouted && pronoun)
                }
                Referent::Country(country, _) => {
                    meant(country) && !(inside_person && last + 1 == person.map_or(0, |entity| entity.end))
                }
                Referent::Named(named) => {
                    let known = world.named(named);
                    // A dictionary speaks of its own days alone, and of a phrase as a whole.
                    let listed = matches!(known.kind, NamedKind::Listed | NamedKind::Nobody);
                    let timely = known.term.holds(on) || !in_force && known.kind != NamedKind::Seat && !listed;
                    let composed = self.is_composed(world, sentence, (at, end));
                    // "San Jose Elementary School" is not the government in San José.
                    let in_name = inside_other && known.kind == NamedKind::Seat && known.city;
                    // "Peter Lichtenthal, MAC general manager": letters that the model takes for part of a person.
                    let letters = person.is_some() && self.plain[at..end].iter().all(|atom| atom.case == Case::Upper);
                    let proper = !self.shouted || proper;
                    let part = inside_person || letters && !self.shouted || in_name || crosses;
                    !part && !pronoun && proper && timely && (listed || !composed)
                }
                // "St. Francis Elementary School" is not the Pope.
                Referent::Person(_) => !pronoun && (!self.shouted || proper) && !inside_other,
                // "Sara Netanyahu" is nobody of the Sara.
                Referent::People(..) => !pronoun && if proper { !inside_person } else { !self.shouted },
                Referent::City(city) => {
                    let known = !inside_other || public_body && world.city(city).population >= LARGE;
                    proper && !inside_person && (known || end - at > 1)
                }
                Referent::Province(_) | Referent::District(_) | Referent::Region(_) => {
                    proper && !inside_person && (!inside_other || public_body || end - at > 1)
                }
            };
            if fits {
                self.readings[kept] = reading;
                kept += 1;
            }
        }
        self.readings.truncate(kept);
        // Without a day the latest standing of a group that changed its own: that of today before that of the 1990s.
        if on.is_none()
            && let Some(&Referent::Named(first)) = self.readings.get(from)
        {
            let first = world.named(first);
            let standing = |&at: &usize| match self.readings[at] {
                Referent::Named(other) => {
                    let other = world.named(other);
                    let same = other.name == first.name && other.kind == first.kind;
                    same.then(|| (other.term.end.is_none(), other.term.end, std::cmp::Reverse(at)))
                }
                _ => None,
            };
            if let Some(latest) = (from..kept).max_by_key(standing) {
                self.readings.swap(from, latest);
            }
        }
    }

    /// Whether a name is a phrase of a country and a common noun ("pro-Russian separatists in Ukraine"): such phrases are
    /// composed, so that all countries are treated alike.
    fn is_composed(&self, world: &World, sentence: &Sentence, span: (usize, usize)) -> bool {
        let (at, end) = span;
        let noun = |atom: &Placed| {
            let lemma = &sentence.tokens[atom.token].lemma;
            let mut own = atom.atom.hash;
            each_atom(lemma, |part| own = part.hash);
            atom.atom.case == Case::Lower && world.role_names().sequence([own].into_iter()).is_some()
        };
        end - at > 1
            && self.atoms[at..end].iter().any(noun)
            && (at..end).any(|start| world.country_names().longest(&self.plain[start..end], self.shouted).is_some())
    }

    /// Whether the name is a national body's that begins with the country and ends in a role noun; then the end of the
    /// country's part, and the body is noted.
    fn split_body(&mut self, world: &World, span: (usize, usize), from: usize) -> Option<usize> {
        const POSSESSIVE: u64 = hash_of("s");
        let Some(&Referent::Named(named)) = self.readings.get(from) else { return None };
        let (at, end) = span;
        if world.named(named).kind != NamedKind::Body || end - at < 2 {
            return None;
        }
        let country = world.country_names().longest(&self.plain[at..end - 1], self.shouted)?;
        let mut rest = at + country.len;
        if self.plain[rest].hash == POSSESSIVE {
            rest += 1;
        }
        let role = world.role_names().sequence(self.plain.get(rest..end)?.iter().map(|atom| atom.hash));
        (rest < end).then_some(role).flatten()?;
        self.overlays.push((self.atoms[at].token, self.atoms[end - 1].token + 1, named));
        Some(at + country.len)
    }

    /// The body whose name covers exactly the tokens from `first` to `end`, which may hold more words before it.
    pub(crate) fn overlay(&self, first: TokenId, end: TokenId) -> Option<NamedId> {
        self.overlays.iter().find(|overlay| overlay.0 >= first && overlay.1 == end).map(|overlay| overlay.2)
    }

    /// What stands hyphened to the atoms `at..end`.
    fn bond(&self, at: usize, end: usize) -> Bond {
        const ASIDE_BEFORE: &[u64] = &[hash_of("pro"), hash_of("anti"), hash_of("non"), hash_of("ex")];
        const LED: &[u64] = &[hash_of("led"), hash_of("run"), hash_of("based"), hash_of("born"), hash_of("controlled")];
        const ASIDE_AFTER: &[u64] = &[
            hash_of("backed"),
            hash_of("supported"),
            hash_of("allied"),
            hash_of("aligned"),
            hash_of("funded"),
            hash_of("trained"),
            hash_of("armed"),
            hash_of("sponsored"),
            hash_of("brokered"),
            hash_of("mediated"),
            hash_of("linked"),
            hash_of("made"),
            hash_of("supplied"),
            hash_of("occupied"),
            hash_of("friendly"),
            hash_of("speaking"),
            hash_of("installed"),
            hash_of("designated"),
            hash_of("sanctioned"),
            hash_of("financed"),
            hash_of("inspired"),
            hash_of("affiliated"),
            hash_of("equipped"),
            hash_of("educated"),
            hash_of("organised"),
            hash_of("organized"),
            hash_of("facilitated"),
            hash_of("proposed"),
            hash_of("drafted"),
            hash_of("style"),
        ];
        if at > 0 && ASIDE_BEFORE.contains(&self.plain[at - 1].hash) {
            return Bond::Aside;
        }
        match self.plain.get(end).map(|atom| atom.hash) {
            Some(next) if LED.contains(&next) => Bond::Leads,
            Some(next) if ASIDE_AFTER.contains(&next) => Bond::Aside,
            _ => Bond::Free,
        }
    }

    /// The name that covers a token.
    pub(crate) fn match_at(&self, token: TokenId) -> Option<&Match> {
        self.at.get(token).and_then(|&at| self.matches.get(at as usize))
    }

    /// The readings of a name, the likelier kinds first.
    pub(crate) fn readings(&self, found: &Match) -> &[Referent] {
        &self.readings[found.readings.0 as usize..found.readings.1 as usize]
    }

    /// Atoms of the tokens `first..end`.
    pub(crate) fn atoms_of(&self, first: TokenId, end: TokenId) -> &[Atom] {
        let at = |token: TokenId| self.starts.get(token).map_or(self.plain.len(), |&at| at as usize);
        self.plain.get(at(first)..at(end)).unwrap_or_default()
    }

    /// Whether the token is written with a capital (in text that has lower case at all).
    pub(crate) fn capitalised(&self, token: TokenId) -> bool {
        self.atoms_of(token, token + 1).first().is_some_and(|atom| atom.case != Case::Lower)
    }
}

/// People of a city after which bodies are named so often that its name within theirs is no chance.
const LARGE: u32 = 300_000;

/// Whether a word heads the names of public bodies: "university", "police", "council".
fn is_public_body(world: &World, word: &str) -> bool {
    let mut atoms = Vec::new();
    each_atom(word, |atom| atoms.push(atom.hash));
    world.role_names().sequence(atoms.into_iter()).is_some_and(|hit| {
        world.role_names().any_case(hit).any(|role| {
            let role = world.role(role);
            matches!(role.kind, RoleKind::Body | RoleKind::Group)
                && role.sectors.first().is_some_and(|sector| {
                    use demarche_record::Sector::{Cop, Edu, Gov, Jud, Leg, Med};
                    matches!(sector, Cop | Edu | Gov | Jud | Leg | Med)
                })
        })
    })
}

/// Whether a text has letters but no lower-case ones, as headlines of old wires do.
pub(crate) fn is_shouted<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut long = 0;
    for word in words {
        if word.chars().any(char::is_lowercase) {
            return false;
        }
        long += usize::from(word.chars().filter(|char| char.is_alphabetic()).count() > 3);
    }
    long > 1
}

/// The token of a span whose head lies outside; the last one where the tree is odd.
pub(crate) fn top_of(sentence: &Sentence, first: TokenId, end: TokenId) -> TokenId {
    (first..end)
        .rev()
        .filter(|&token| sentence.tokens[token].upos != Upos::Punct)
        .find(|&token| sentence.tokens[token].head.is_none_or(|head| !(first..end).contains(&head)))
        .unwrap_or(end - 1)
}
