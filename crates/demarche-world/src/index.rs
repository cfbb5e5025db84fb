//! Longest-match index over names: sequences of atoms to what they name.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::atoms::{Atom, Case, chain, each_atom};

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct Ready(u64);

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

pub(crate) type HashKeyed<V> = HashMap<u64, V, BuildHasherDefault<Ready>>;

/// No further entry in a chain.
const END: u32 = u32::MAX;

/// One name.
#[derive(Clone, Copy, Debug)]
struct Entry<T> {
    value: T,
    next: u32,
    /// Atoms that must be capitalised, and those that must be capitals throughout; one bit each, the first atom lowest.
    capital: u16,
    upper: u16,
}

/// Names of one kind, each with a value. Several may share one writing.
#[derive(Clone, Debug)]
pub(crate) struct Index<T> {
    entries: Vec<Entry<T>>,
    first_of: HashKeyed<u32>,
    longest_from: HashKeyed<u8>,
    atoms: Vec<Atom>,
}

/// A name found in a sequence of atoms: atoms `first..first + len`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) len: usize,
    head: u32,
}

impl<T: Copy> Index<T> {
    pub(crate) fn with_capacity(names: usize) -> Self {
        Self {
            entries: Vec::with_capacity(names),
            first_of: HashKeyed::with_capacity_and_hasher(names, BuildHasherDefault::default()),
            longest_from: HashKeyed::with_capacity_and_hasher(names, BuildHasherDefault::default()),
            atoms: Vec::new(),
        }
    }

    /// Adds a name. Names without letters are passed over. Of names written alike, the first added is met first.
    pub(crate) fn add(&mut self, name: &str, value: T) {
        let mut atoms = std::mem::take(&mut self.atoms);
        atoms.clear();
        each_atom(name, |atom| atoms.push(atom));
        if let (Some(first), Ok(len)) = (atoms.first(), u8::try_from(atoms.len())) {
            let (mut capital, mut upper) = (0u16, 0u16);
            for (bit, atom) in atoms.iter().take(16).enumerate() {
                capital |= u16::from(atom.case != Case::Lower) << bit;
                upper |= u16::from(atom.case == Case::Upper) << bit;
            }
            let longest = self.longest_from.entry(first.hash).or_insert(0);
            *longest = (*longest).max(len);
            let key = atoms.iter().fold(0, |sequence, atom| chain(sequence, atom.hash));
            let new = self.entries.len() as u32;
            self.entries.push(Entry { value, next: END, capital, upper });
            match self.first_of.get(&key) {
                None => {
                    self.first_of.insert(key, new);
                }
                Some(&head) => {
                    let mut last = head as usize;
                    while self.entries[last].next != END {
                        last = self.entries[last].next as usize;
                    }
                    self.entries[last].next = new;
                }
            }
        }
        self.atoms = atoms;
    }

    /// The longest name that begins at the first of `atoms` and whose capitals fit. `shouted` text has no case to go by.
    pub(crate) fn longest(&self, atoms: &[Atom], shouted: bool) -> Option<Hit> {
        let most = usize::from(*self.longest_from.get(&atoms.first()?.hash)?).min(atoms.len());
        let mut sequence = 0;
        let mut best = None;
        for len in 1..=most {
            sequence = chain(sequence, atoms[len - 1].hash);
            if let Some(&head) = self.first_of.get(&sequence) {
                let hit = Hit { len, head };
                if self.values(hit, atoms, shouted).next().is_some() {
                    best = Some(hit);
                }
            }
        }
        best
    }

    /// What exactly these atoms name.
    pub(crate) fn exact(&self, atoms: &[Atom], shouted: bool) -> Option<Hit> {
        self.sequence(atoms.iter().map(|atom| atom.hash))
            .filter(|&hit| self.values(hit, atoms, shouted).next().is_some())
    }

    /// What a sequence of atom hashes names, whatever its case.
    pub(crate) fn sequence(&self, atoms: impl Iterator<Item = u64>) -> Option<Hit> {
        let mut len = 0;
        let key = atoms.inspect(|_| len += 1).fold(0, chain);
        self.first_of.get(&key).map(|&head| Hit { len, head })
    }

    /// The values of a hit whose capitals fit.
    pub(crate) fn values(&self, hit: Hit, atoms: &[Atom], shouted: bool) -> impl Iterator<Item = T> + use<'_, T> {
        let (mut capital, mut upper) = (0u16, 0u16);
        for (bit, atom) in atoms.iter().take(hit.len.min(16)).enumerate() {
            capital |= u16::from(atom.case != Case::Lower) << bit;
            upper |= u16::from(atom.case == Case::Upper) << bit;
        }
        self.all(hit)
            .filter(move |entry| shouted || (entry.capital & !capital == 0 && entry.upper & !upper == 0))
            .map(|entry| entry.value)
    }

    /// All values of a hit, whatever their case.
    pub(crate) fn any_case(&self, hit: Hit) -> impl Iterator<Item = T> + '_ {
        self.all(hit).map(|entry| entry.value)
    }

    fn all(&self, hit: Hit) -> impl Iterator<Item = &Entry<T>> + '_ {
        std::iter::successors(self.entries.get(hit.head as usize), |entry| self.entries.get(entry.next as usize))
    }
}
