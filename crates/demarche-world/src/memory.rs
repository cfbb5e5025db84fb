//! Names a document has introduced, so that "Bogdanov" and "the SOHR" are known later on.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::actor::Actor;
use crate::atoms::{Atom, chain};
use crate::entries::Gender;

/// For keys that are hashes already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only `u64` keys are used; anything else still hashes, only slower.
        for &byte in bytes {
            self.0 = chain(self.0, u64::from(byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type HashKeyed<V> = HashMap<u64, V, BuildHasherDefault<Ready>>;

/// Someone or something a document has named.
#[derive(Clone, Debug)]
pub(crate) struct Remembered {
    pub(crate) actor: Actor,
    pub(crate) gender: Gender,
}

/// The names of a document so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    known: Vec<Remembered>,
    full: HashKeyed<usize>,
    /// Family names and acronyms.
    short: HashKeyed<usize>,
    /// First words of personal names: family names where those stand first.
    first: HashKeyed<usize>,
}

fn key(atoms: &[Atom]) -> u64 {
    atoms.iter().fold(0, |sequence, atom| chain(sequence, atom.hash))
}

impl Memory {
    /// Keeps an actor under its full name and its short ones; a later bearer of a name takes it over.
    pub(crate) fn keep(&mut self, actor: &Actor, gender: Gender, full: &[Atom], short: &[&[Atom]]) {
        if full.is_empty() {
            return;
        }
        let number = self.known.len();
        self.known.push(Remembered { actor: actor.clone(), gender });
        self.full.insert(key(full), number);
        for atoms in short.iter().filter(|atoms| !atoms.is_empty()) {
            self.short.insert(key(atoms), number);
        }
    }

    /// Also keeps the last one under its first word, where no other name claims it.
    pub(crate) fn keep_first(&mut self, first: &[Atom]) {
        if let Some(last) = self.known.len().checked_sub(1).filter(|_| !first.is_empty()) {
            self.first.insert(key(first), last);
        }
    }

    /// Who bears the name: in full, else as a family name or acronym.
    pub(crate) fn get(&self, atoms: &[Atom]) -> Option<&Remembered> {
        if atoms.is_empty() {
            return None;
        }
        let key = key(atoms);
        self.full
            .get(&key)
            .or_else(|| self.short.get(&key))
            .or_else(|| self.first.get(&key))
            .and_then(|&number| self.known.get(number))
    }
}
