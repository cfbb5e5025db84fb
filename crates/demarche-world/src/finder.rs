//! Country names among plain words, for the language model to hide before it reads a sentence.

use demarche_language::{NameFinder, NameForm, NameMatch};

use crate::atoms::{Atom, each_atom};
use crate::entries::{Form, Referent};
use crate::scan::is_shouted;
use crate::world::World;

impl NameFinder for World {
    /// The longest country names, adjectives and demonyms; ambiguous ones are decided from the words beside them.
    fn find(&self, words: &[&str]) -> Vec<NameMatch> {
        let mut atoms: Vec<Atom> = Vec::new();
        let mut owner: Vec<usize> = Vec::new();
        for (word, text) in words.iter().enumerate() {
            each_atom(text, |atom| {
                atoms.push(atom);
                owner.push(word);
            });
        }
        let shouted = is_shouted(words.iter().copied());
        let mut out = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            let opens = at == 0 || owner[at - 1] != owner[at];
            let hit = if opens { self.country_names().longest(&atoms[at..], shouted) } else { None };
            let Some(hit) = hit else {
                at += 1;
                continue;
            };
            let end = at + hit.len;
            let closes = owner.get(end).is_none_or(|&next| next != owner[end - 1]);
            let form = self.country_names().values(hit, &atoms[at..end], shouted).next();
            if closes
                && let Some(Referent::Country(_, form)) = form
                && self.ambiguity().allows(&atoms, at, end)
            {
                let form = match form {
                    Form::Name | Form::FormerName => NameForm::Name,
                    Form::Adjective => NameForm::Adjective,
                    Form::Plural => NameForm::Plural,
                };
                out.push(NameMatch { first: owner[at], end: owner[end - 1] + 1, form });
            }
            at = end;
        }
        out
    }

    fn identity(&self, name: &[&str]) -> Option<u64> {
        let mut atoms: Vec<Atom> = Vec::new();
        for word in name {
            each_atom(word, |atom| atoms.push(atom));
        }
        let shouted = is_shouted(name.iter().copied());
        let hit = self.country_names().longest(&atoms, shouted).filter(|hit| hit.len == atoms.len())?;
        match self.country_names().values(hit, &atoms, shouted).next()? {
            Referent::Country(country, _) => Some(country.number()),
            _ => None,
        }
    }
}
