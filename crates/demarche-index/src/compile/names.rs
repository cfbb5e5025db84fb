//! A table of names while it is filled.

use std::collections::{HashMap, HashSet};

use crate::atoms::{Atom, each_atom};
use crate::names::{Raw, bucket, capitals, key_of, slot};

/// Names with what they name, in the order in which they were added.
#[derive(Default)]
pub(crate) struct NameList {
    entries: Vec<(u64, Raw)>,
    keys: HashSet<u64>,
    longest_from: HashMap<u64, u8>,
    atoms: Vec<Atom>,
}

impl NameList {
    /// Adds a name. One without letters, or of more than 255 words, is passed over.
    pub(crate) fn add(&mut self, name: &str, what: u32) {
        self.add_with(name, |atoms| {
            let (a, b) = if what == Raw::HIDES { (0, 0) } else { capitals(atoms) };
            Raw { what, a, b }
        });
    }

    /// Adds a name whose capitals do not matter.
    pub(crate) fn add_raw(&mut self, name: &str, raw: Raw) {
        self.add_with(name, |_| raw);
    }

    fn add_with(&mut self, name: &str, raw: impl Fn(&[Atom]) -> Raw) {
        let mut atoms = std::mem::take(&mut self.atoms);
        atoms.clear();
        each_atom(name, |atom| atoms.push(atom));
        if let (Some(first), Ok(len)) = (atoms.first(), u8::try_from(atoms.len())) {
            let longest = self.longest_from.entry(first.hash).or_insert(0);
            *longest = (*longest).max(len);
            let key = key_of(atoms.iter().map(|atom| atom.hash));
            self.keys.insert(key);
            self.entries.push((key, raw(&atoms)));
        }
        self.atoms = atoms;
    }

    /// Adds a value by its key alone.
    pub(crate) fn add_key(&mut self, key: u64, what: u32) {
        self.keys.insert(key);
        self.entries.push((key, Raw { what, a: 0, b: 0 }));
    }

    pub(crate) fn contains(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }

    /// The table as bytes. One thing named twice by one writing is named once: by the writing that asks for fewer
    /// capitals.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        // Stable: names written alike stay in their order.
        self.entries.sort_by_key(|(key, _)| *key);
        let mut keys: Vec<u64> = Vec::new();
        let mut starts: Vec<u32> = Vec::new();
        let mut values: Vec<Raw> = Vec::new();
        for (key, raw) in self.entries {
            if keys.last() != Some(&key) {
                keys.push(key);
                starts.push(values.len() as u32);
            }
            let from = starts.last().map_or(0, |&from| from as usize);
            let known = values.iter_mut().skip(from).find(|known| {
                let nested = |a: u16, b: u16| a & b == a || a & b == b;
                known.what == raw.what && nested(known.a, raw.a) && nested(known.b, raw.b)
            });
            match known {
                Some(known) => (known.a, known.b) = (known.a & raw.a, known.b & raw.b),
                None => values.push(raw),
            }
        }
        starts.push(values.len() as u32);

        let bits = |entries: usize| entries.next_power_of_two().trailing_zeros().clamp(1, 30);
        // Eight slots for each first atom: seven of eight words that begin no name are told by one byte.
        let first_bits = bits(self.longest_from.len() * 4);
        let mut first = vec![0u8; 1 << first_bits];
        for (atom, len) in self.longest_from {
            if let Some(most) = first.get_mut(slot(atom, first_bits)) {
                *most = (*most).max(len);
            }
        }
        let bucket_bits = bits(keys.len() / 2);
        let mut buckets = Vec::with_capacity((1 << bucket_bits) + 1);
        for (at, &key) in keys.iter().enumerate() {
            while buckets.len() <= bucket(key, bucket_bits) {
                buckets.push(at as u32);
            }
        }
        buckets.resize((1 << bucket_bits) + 1, keys.len() as u32);

        let mut out = vec![first_bits as u8, bucket_bits as u8, 0, 0];
        out.extend_from_slice(&(keys.len() as u32).to_le_bytes());
        out.extend_from_slice(&(values.len() as u32).to_le_bytes());
        out.extend_from_slice(&first);
        out.extend(buckets.into_iter().flat_map(u32::to_le_bytes));
        out.extend(keys.into_iter().flat_map(u64::to_le_bytes));
        out.extend(starts.into_iter().flat_map(u32::to_le_bytes));
        for raw in values {
            out.extend_from_slice(&raw.what.to_le_bytes());
            out.extend_from_slice(&raw.a.to_le_bytes());
            out.extend_from_slice(&raw.b.to_le_bytes());
        }
        out
    }
}
