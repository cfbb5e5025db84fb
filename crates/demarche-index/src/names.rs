//! Longest-match lookups of names: sequences of atoms to what they name.
//!
//! A table of names is one section:
//!
//! ```text
//! 0   bits of the first-atom table, of the buckets; two bytes unused
//! 4   number of keys K, number of values V; u32 each
//! 12  for each slot of the first-atom table, the most atoms of a name that begins there; u8
//! ..  for each bucket, its first key, and K; u32
//! ..  K keys, sorted; u64
//! ..  for each key, its first value, and V; u32
//! ..  V values: what is named, u32, and two u16 of the table's own meaning
//! ```
//!
//! A key is the hash of a whole sequence of atoms. Its top bits are its bucket, which holds about one key, so a lookup
//! reads three places. Most words begin no name, and the first-atom table, small enough to stay in the cache, says so.

use std::marker::PhantomData;

use demarche_record::Code;

use crate::atoms::{Atom, Case, chain};
use crate::entries::{
    CityId, CountryId, DistrictId, Form, NamedId, OfficeId, PeopleId, PersonId, ProvinceId, Referent, RegionId, RoleId,
};
use crate::format::{Section, u16_at, u32_at, u64_at};
use crate::layer::{Layer, Parts};
use crate::records::{pack, unpack};

/// Bytes before the first-atom table.
pub(crate) const PREFIX: usize = 12;
/// Bytes of a value.
pub(crate) const VALUE: usize = 8;

/// Spreads the hash of an atom over all bits, so that the top ones choose a slot.
pub(crate) const fn slot(atom: u64, bits: u32) -> usize {
    (atom.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
}

/// The bucket of a key.
pub(crate) const fn bucket(key: u64, bits: u32) -> usize {
    (key >> (64 - bits)) as usize
}

/// A table of names where it lies.
#[derive(Clone, Copy)]
pub(crate) struct NameTable<'a> {
    first_bits: u32,
    bucket_bits: u32,
    first: &'a [u8],
    buckets: &'a [u8],
    keys: &'a [u8],
    starts: &'a [u8],
    values: &'a [u8],
}

impl<'a> NameTable<'a> {
    /// A section whose parts do not fit it is a table without names.
    pub(crate) fn new(section: &'a [u8]) -> Self {
        Self::parts(section).unwrap_or(Self {
            first_bits: 1,
            bucket_bits: 1,
            first: &[],
            buckets: &[],
            keys: &[],
            starts: &[],
            values: &[],
        })
    }

    fn parts(section: &'a [u8]) -> Option<Self> {
        let (&first_bits, &bucket_bits) = (section.first()?, section.get(1)?);
        let (keys, values) = (u32_at(section, 4) as usize, u32_at(section, 8) as usize);
        if !(1..=30).contains(&first_bits) || !(1..=30).contains(&bucket_bits) {
            return None;
        }
        let rest = section.get(PREFIX..)?;
        let (first, rest) = rest.split_at_checked(1 << first_bits)?;
        let (buckets, rest) = rest.split_at_checked(4 * ((1 << bucket_bits) + 1))?;
        let (keys_part, rest) = rest.split_at_checked(keys.checked_mul(8)?)?;
        let (starts, rest) = rest.split_at_checked((keys + 1).checked_mul(4)?)?;
        let (values, _) = rest.split_at_checked(values.checked_mul(VALUE)?)?;
        Some(Self {
            first_bits: u32::from(first_bits),
            bucket_bits: u32::from(bucket_bits),
            first,
            buckets,
            keys: keys_part,
            starts,
            values,
        })
    }

    /// The most atoms of a name that begins with this one.
    fn most(self, atom: u64) -> usize {
        usize::from(self.first.get(slot(atom, self.first_bits)).copied().unwrap_or(0))
    }

    /// The numbers of the values of a key.
    fn find(self, key: u64) -> Option<(u32, u32)> {
        let bucket = bucket(key, self.bucket_bits);
        let mut low = u32_at(self.buckets, 4 * bucket) as usize;
        let mut high = (u32_at(self.buckets, 4 * bucket + 4) as usize).min(self.keys.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            match u64_at(self.keys, 8 * middle).cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let (from, to) = (u32_at(self.starts, 4 * middle), u32_at(self.starts, 4 * middle + 4));
                    return Some((from, to.min((self.values.len() / VALUE) as u32))).filter(|(from, to)| from < to);
                }
            }
        }
        None
    }

    fn value(self, at: u32) -> Raw {
        let at = at as usize * VALUE;
        Raw { what: u32_at(self.values, at), a: u16_at(self.values, at + 4), b: u16_at(self.values, at + 6) }
    }
}

/// A value as it lies in a table of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    pub(crate) what: u32,
    /// Of names: atoms that must be capitalised, one bit each, the first atom lowest. Of names of offices: the one country.
    pub(crate) a: u16,
    /// Of names: atoms that must be capitals throughout.
    pub(crate) b: u16,
}

impl Raw {
    /// Not a name but a mark that the layers below have none of this writing.
    pub(crate) const HIDES: u32 = 15 << 28;

    fn hides(self) -> bool {
        self.what == Self::HIDES
    }

    /// What is named: a kind, a form and a number.
    pub(crate) fn of(kind: u32, form: Option<Form>, at: u32) -> u32 {
        kind << 28 | form.map_or(0, |form| form as u32) << 26 | at
    }
}

/// Numbers of the kinds of value.
pub(crate) mod kind {
    pub(crate) const COUNTRY: u32 = 0;
    pub(crate) const NAMED: u32 = 1;
    pub(crate) const PEOPLE: u32 = 2;
    pub(crate) const PERSON: u32 = 3;
    pub(crate) const PROVINCE: u32 = 4;
    pub(crate) const DISTRICT: u32 = 5;
    pub(crate) const CITY: u32 = 6;
    pub(crate) const REGION: u32 = 7;
    pub(crate) const ROLE: u32 = 8;
    pub(crate) const OFFICE: u32 = 9;
}

/// What a table of names may name.
pub(crate) trait Value: Copy {
    /// The value; none where the table is damaged.
    fn read(layer: usize, raw: Raw) -> Option<Self>;
}

impl Value for Referent {
    fn read(layer: usize, raw: Raw) -> Option<Self> {
        let at = raw.what & ((1 << 26) - 1);
        let form = match raw.what >> 26 & 3 {
            0 => Form::Name,
            1 => Form::Adjective,
            2 => Form::Plural,
            _ => Form::FormerName,
        };
        Some(match raw.what >> 28 {
            kind::COUNTRY => Self::Country(CountryId::new(unpack(u16::try_from(at).ok()?)?), form),
            kind::NAMED => Self::Named(NamedId::new(layer, at)),
            kind::PEOPLE => Self::People(PeopleId::new(layer, at), form),
            kind::PERSON => Self::Person(PersonId::new(layer, at)),
            kind::PROVINCE => Self::Province(ProvinceId::new(layer, at)),
            kind::DISTRICT => Self::District(DistrictId::new(layer, at)),
            kind::CITY => Self::City(CityId::new(layer, at)),
            kind::REGION => Self::Region(RegionId::new(layer, at)),
            _ => return None,
        })
    }
}

impl Value for PersonId {
    fn read(layer: usize, raw: Raw) -> Option<Self> {
        (raw.what >> 28 == kind::PERSON).then(|| Self::new(layer, raw.what))
    }
}

impl Value for RoleId {
    fn read(layer: usize, raw: Raw) -> Option<Self> {
        (raw.what >> 28 == kind::ROLE).then(|| Self::new(layer, raw.what))
    }
}

/// An office, and the one country in which it has this name, if it has it in one only.
impl Value for (OfficeId, Option<Code>) {
    fn read(layer: usize, raw: Raw) -> Option<Self> {
        (raw.what >> 28 == kind::OFFICE).then(|| (OfficeId::new(layer, raw.what), unpack(raw.a)))
    }
}

/// A name found in a sequence of atoms: its first `len` ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of atoms.
    pub len: usize,
    key: u64,
}

/// Atoms that are capitalised, and those in capitals throughout: one bit each, the first atom lowest.
pub(crate) fn capitals(atoms: &[Atom]) -> (u16, u16) {
    let (mut capital, mut upper) = (0u16, 0u16);
    for (bit, atom) in atoms.iter().take(16).enumerate() {
        capital |= u16::from(atom.case != Case::Lower) << bit;
        upper |= u16::from(atom.case == Case::Upper) << bit;
    }
    (capital, upper)
}

/// The key of a sequence of atoms.
pub(crate) fn key_of(atoms: impl Iterator<Item = u64>) -> u64 {
    atoms.fold(0, chain)
}

/// The names of one kind in all layers.
pub struct Names<'a, T> {
    layers: &'a [Layer],
    section: Section,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Names<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Names<'_, T> {}

#[expect(private_bounds, reason = "only this crate's entries have names in an index")]
impl<'a, T: Value> Names<'a, T> {
    pub(crate) fn new(layers: &'a [Layer], section: Section) -> Self {
        Self { layers, section, of: PhantomData }
    }

    /// The longest name that begins at the first of `atoms` and whose capitals fit. `shouted` text has no case to go by.
    pub fn longest(self, atoms: &[Atom], shouted: bool) -> Option<Hit> {
        let first = atoms.first()?.hash;
        let most = self.layers.iter().map(|layer| layer.parts().table(self.section).most(first)).max()?;
        let mut key = 0;
        let mut best = None;
        for (at, atom) in atoms.iter().take(most).enumerate() {
            key = chain(key, atom.hash);
            let hit = Hit { len: at + 1, key };
            if self.values(hit, atoms, shouted).next().is_some() {
                best = Some(hit);
            }
        }
        best
    }

    /// What exactly these atoms name.
    pub fn exact(self, atoms: &[Atom], shouted: bool) -> Option<Hit> {
        let hit = Hit { len: atoms.len(), key: key_of(atoms.iter().map(|atom| atom.hash)) };
        self.values(hit, atoms, shouted).next().map(|_| hit)
    }

    /// What a sequence of atom hashes names, whatever its case.
    pub fn sequence(self, atoms: impl Iterator<Item = u64>) -> Option<Hit> {
        let mut len = 0;
        let key = key_of(atoms.inspect(|_| len += 1));
        let hit = Hit { len, key };
        self.any_case(hit).next().map(|_| hit)
    }

    /// The values of a hit whose capitals fit; those of later layers first, of one layer in the order of its tables.
    pub fn values(self, hit: Hit, atoms: &[Atom], shouted: bool) -> impl Iterator<Item = T> + use<'a, T> {
        let atoms = atoms.get(..hit.len).unwrap_or(atoms);
        let (mut capital, upper) = capitals(atoms);
        // "Lee Jae-myung" is written "Lee Jae Myung" too: what a hyphen joins to a name shares its capital.
        for (bit, atom) in atoms.iter().take(16).enumerate().skip(1) {
            capital |= u16::from(atom.hyphen) << bit;
        }
        self.all(hit)
            .filter(move |(_, raw)| shouted || (raw.a & !capital == 0 && raw.b & !upper == 0))
            .filter_map(|(layer, raw)| T::read(layer, raw))
    }

    /// All values of a hit, whatever their case.
    pub fn any_case(self, hit: Hit) -> impl Iterator<Item = T> + use<'a, T> {
        self.all(hit).filter_map(|(layer, raw)| T::read(layer, raw))
    }

    /// The first value of a key.
    pub(crate) fn of_key(self, key: u64) -> Option<T> {
        self.any_case(Hit { len: 0, key }).next()
    }

    fn all(self, hit: Hit) -> Readings<'a> {
        Readings { layers: self.layers, section: self.section, key: hit.key, table: None }
    }
}

/// The values of one writing, layer by layer from the last.
struct Readings<'a> {
    /// The layers still to be read, besides the one being read.
    layers: &'a [Layer],
    section: Section,
    key: u64,
    /// The layer being read, its table, its values still to come.
    table: Option<(usize, NameTable<'a>, u32, u32)>,
}

impl Iterator for Readings<'_> {
    type Item = (usize, Raw);

    fn next(&mut self) -> Option<(usize, Raw)> {
        loop {
            if let Some((layer, table, at, end)) = &mut self.table
                && at < end
            {
                let raw = table.value(*at);
                *at += 1;
                if raw.hides() {
                    self.layers = &[];
                    continue;
                }
                return Some((*layer, raw));
            }
            let (top, below) = self.layers.split_last()?;
            self.layers = below;
            let table = Parts::table(top.parts(), self.section);
            self.table = table.find(self.key).map(|(from, to)| (below.len(), table, from, to));
        }
    }
}

/// The value of an office's name: the country in which alone it holds, as the first short number.
pub(crate) fn only(code: Option<Code>) -> u16 {
    code.map_or(0, pack)
}
