//! Actor and agent dictionaries as a layer.

use std::collections::HashMap;

use demarche_dictionary::{ActorEntry, Actors, AgentEntry, Agents, Codebook, Inventory, Pattern, Period, Understood};
use demarche_index::Compiler;
use demarche_index::atoms::each_atom;
use demarche_index::dates::{PartialDate, Term};
use demarche_index::entries::{Form, Named, NamedKind, People, Role, RoleKind, Sectors};
use demarche_record::Sector;
use demarche_world::{ActorKind, World};
use jiff::ToSpan;

use super::agreement::{self, Meaning};

/// A name as sequences of atoms compare it.
pub(super) fn key(name: &str) -> Vec<u64> {
    let mut out = Vec::new();
    each_atom(name, |atom| out.push(atom.hash));
    out
}

/// For each name of a dictionary, the entry that gives it its meaning: the last that has it.
pub(super) fn deciding(actors: &Actors) -> HashMap<Vec<u64>, usize> {
    let mut out = HashMap::new();
    for (at, entry) in actors.entries.iter().enumerate() {
        for pattern in &entry.patterns {
            out.insert(key(&pattern.words), at);
        }
    }
    out
}

/// What an entry says of each time.
pub(super) fn meanings(book: &Codebook, entry: &ActorEntry, inventory: Inventory) -> Vec<(Period, Meaning)> {
    let meaning = |code: &Option<String>| match code {
        None => Meaning::Nobody,
        Some(code) if inventory == Inventory::Actors => Meaning::Actor(book.actor(code, inventory)),
        Some(code) => Meaning::People(book.actor(code, inventory)),
    };
    entry.in_time().into_iter().map(|(period, dated)| (period, meaning(&dated.code))).collect()
}

pub(super) fn actors(world: &World, book: &Codebook, actors: &Actors, layer: &mut Compiler<'_>) {
    let deciding = deciding(actors);
    for (at, entry) in actors.entries.iter().enumerate() {
        let meanings = meanings(book, entry, actors.inventory);
        let own: Vec<&Pattern> =
            entry.patterns.iter().filter(|pattern| deciding.get(&key(&pattern.words)) == Some(&at)).collect();
        let main = entry.patterns.first().map_or("", |first| first.words.as_str());
        for (period, meaning) in &meanings {
            // Where the layers below say the same, they know more: offices, ids, which title is meant.
            let new: Vec<&Pattern> = own
                .iter()
                .copied()
                .filter(|pattern| !agreement::says_already(world, &pattern.words, *period, meaning))
                .collect();
            if new.is_empty() {
                continue;
            }
            let (canonical, wikidata) = match meaning {
                Meaning::Actor(understood) => known_as(world, main, understood),
                Meaning::Nobody => (titled(main), String::new()),
                Meaning::People(understood) => {
                    people(world, &new, understood, layer);
                    continue;
                }
            };
            let understood = match meaning {
                Meaning::Actor(understood) => Some(understood),
                Meaning::Nobody | Meaning::People(_) => None,
            };
            let named = Named {
                kind: if understood.is_some() { NamedKind::Listed } else { NamedKind::Nobody },
                name: &canonical,
                code: understood.and_then(|understood| understood.code),
                sectors: understood.map_or(Sectors::NONE, |understood| sectors(&understood.sectors)),
                wikidata: &wikidata,
                term: term(*period),
                city: false,
            };
            let written: Vec<String> = new.iter().map(|pattern| as_name(&pattern.words)).collect();
            layer.add_listed(&named, written.iter().map(String::as_str));
        }
    }
}

/// Names of a people that no layer below knows as one, or as a country's.
fn people(world: &World, own: &[&Pattern], understood: &Understood, layer: &mut Compiler<'_>) {
    let Some(first) = own.first() else { return };
    let name = titled(&first.words);
    let ethnicity = if understood.religion.is_none() { name.as_str() } else { "" };
    let religion = understood.religion.as_deref().unwrap_or_default();
    let known = world.lookup(&first.words, None).into_iter().find(|found| found.kind == ActorKind::People);
    let people = People { name: &name, religion, ethnicity, country: known.and_then(|known| known.code) };
    let names: Vec<(String, Form)> = own
        .iter()
        .map(|pattern| {
            let plural = pattern.words.ends_with(['S', 's']);
            (as_name(&pattern.words), if plural { Form::Plural } else { Form::Adjective })
        })
        .collect();
    layer.add_people(&people, names.iter().map(|(name, form)| (name.as_str(), *form)));
}

pub(super) fn agents(world: &World, book: &Codebook, agents: &Agents, layer: &mut Compiler<'_>) {
    let mut deciding: HashMap<Vec<u64>, usize> = HashMap::new();
    for (at, entry) in agents.entries.iter().enumerate() {
        for form in &entry.forms {
            deciding.insert(key(&form.words), at);
        }
    }
    for (at, entry) in agents.entries.iter().enumerate() {
        let understood = book.agent(&entry.code, entry.leads);
        for form in &entry.forms {
            if deciding.get(&key(&form.words)) != Some(&at) {
                continue;
            }
            let lemma = form.words.to_lowercase();
            let known = role(world, &lemma);
            if understood.sectors.is_empty() {
                // The code tells a faith or people, or only where the body works: no sector, so no role.
                if let Some(religion) = understood.religion.as_deref().filter(|_| known.is_none()) {
                    let name = titled(&form.words);
                    let people = People { name: &name, religion, ethnicity: "", country: None };
                    let number = if form.plural { Form::Plural } else { Form::Adjective };
                    layer.add_people(&people, [(name.as_str(), number)]);
                }
                continue;
            }
            if known.is_some_and(|known| !known.same && *known.sectors == *understood.sectors) {
                continue;
            }
            layer.add_role(&Role {
                lemma: &lemma,
                sectors: sectors(&understood.sectors),
                same: false,
                kind: known.map_or_else(|| kind(entry), |known| known.kind),
                plural: form.plural || known.is_some_and(|known| known.plural),
                common: known.is_some_and(|known| known.common),
            });
        }
    }
}

/// The noun of role written so in the layers below.
pub(super) fn role<'w>(world: &'w World, lemma: &str) -> Option<Role<'w>> {
    let names = world.layers().role_names();
    let hit = names.sequence(key(lemma).into_iter())?;
    names.any_case(hit).next().map(|id| world.layers().role(id))
}

/// A noun with a plural is someone; one without is a body of people ("police", "air force").
fn kind(entry: &AgentEntry) -> RoleKind {
    if entry.forms.iter().any(|form| form.plural) { RoleKind::Person } else { RoleKind::Group }
}

/// The canonical name and id of what an entry stands for, by its first name: those of a country where it is one, those of
/// what the layers below know by that name where it has the same code, else the name itself.
fn known_as(world: &World, words: &str, understood: &Understood) -> (String, String) {
    let country = understood.code.and_then(|code| world.country(code));
    if let Some(country) = country.filter(|_| understood.sectors.is_empty()) {
        return (country.name.to_owned(), country.wikidata.to_owned());
    }
    let known = world
        .lookup(words, None)
        .into_iter()
        .find(|found| found.code == understood.code && !matches!(found.kind, ActorKind::Place | ActorKind::Role));
    let known = known.and_then(|known| Some((known.canonical?, known.id.unwrap_or_default())));
    known.unwrap_or_else(|| (titled(words), String::new()))
}

pub(super) fn sectors(sectors: &[Sector]) -> Sectors {
    Sectors::new(&sectors[..sectors.len().min(Sectors::MOST)]).unwrap_or(Sectors::NONE)
}

pub(super) fn term(period: Period) -> Term {
    let last = period.until.and_then(|until| until.checked_sub(1.day()).ok());
    Term { start: period.from.map(PartialDate::of), end: last.map(PartialDate::of) }
}

/// A name in capitals as the names of the index want it: a name is met if its first word has a capital, whatever the
/// others have.
fn as_name(words: &str) -> String {
    let lower = words.to_lowercase();
    let mut out = String::with_capacity(lower.len());
    let mut first = true;
    for c in lower.chars() {
        if first && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            first = false;
        } else {
            // "1920 revolution brigades" has no first letter to go by.
            first &= !c.is_alphanumeric();
            out.push(c);
        }
    }
    out
}

/// Words that stay small within a name.
const SMALL: &[&str] =
    &["and", "of", "the", "for", "in", "on", "de", "del", "la", "al", "el", "du", "des", "von", "van"];

/// A name in capitals as people write it. Acronyms cannot be told from words, but short names alone and words with full
/// stops keep their capitals.
fn titled(words: &str) -> String {
    if words.contains(char::is_lowercase) || !words.contains(' ') && words.chars().count() <= 5 {
        return words.to_owned();
    }
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if word.contains('.') || at > 0 && SMALL.contains(&lower.as_str()) {
            return if word.contains('.') { word.to_owned() } else { lower };
        }
        let mut out = String::with_capacity(lower.len());
        let mut opens = true;
        for c in lower.chars() {
            if opens {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            opens = !c.is_alphanumeric() && c != '\'' && c != '\u{2019}';
        }
        out
    };
    words.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_written_as_people_write_them() {
        assert_eq!(titled("ISLAMIC REPUBLIC OF AL-FOO"), "Islamic Republic of Al-Foo");
        assert_eq!(titled("UNSG"), "UNSG");
        assert_eq!(titled("U.S. ARMY"), "U.S. Army");
        assert_eq!(titled("People's Front"), "People's Front");
        assert_eq!(as_name("AFGHAN NATIONAL ARMY"), "Afghan national army");
        assert_eq!(as_name("1920 BRIGADES"), "1920 brigades");
    }
}
