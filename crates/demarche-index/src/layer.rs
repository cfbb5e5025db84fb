//! One index, opened.

use std::borrow::Cow;

use crate::error::IndexError;
use crate::format::{FIXED, FORMAT, HEADER, MARK, Section, digest, u16_at, u32_at, u64_at};
use crate::names::NameTable;
use crate::records::{Fields, Record};

/// The bytes of an index and where its sections lie. Opening one reads its header alone.
#[derive(Clone)]
pub struct Layer {
    bytes: Cow<'static, [u8]>,
    sections: [(u32, u32); Section::COUNT],
}

impl std::fmt::Debug for Layer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layer")
            .field("bytes", &self.bytes.len())
            .field("digest", &format_args!("{:016x}", self.digest()))
            .finish_non_exhaustive()
    }
}

impl Layer {
    /// Opens an index. Everything that is read of it later is read within its bounds: bytes that were damaged after the
    /// header give wrong or missing entries, and [`Layer::verify`] tells.
    ///
    /// # Errors
    /// [`IndexError`] when the bytes are no index, one of another format, or their header is damaged.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, IndexError> {
        let bytes = bytes.into();
        if bytes.get(..MARK.len()) != Some(MARK.as_slice()) {
            return Err(IndexError::Foreign);
        }
        let found = u32_at(&bytes, 8);
        if found != FORMAT {
            return Err(IndexError::Version { found, known: FORMAT });
        }
        let header = bytes.get(..HEADER).ok_or(IndexError::Damaged("it ends within its header"))?;
        let (checked, sum) = header.split_at(HEADER - 8);
        if u64_at(sum, 0) != digest(0, checked) || u32_at(header, 12) as usize != Section::COUNT {
            return Err(IndexError::Damaged("its header does not fit its digest"));
        }
        let mut sections = [(0, 0); Section::COUNT];
        for ((at, slot), section) in sections.iter_mut().enumerate().zip(Section::ALL) {
            let (start, len) = (u32_at(header, FIXED + 8 * at), u32_at(header, FIXED + 8 * at + 4));
            let within = bytes.get(start as usize..).is_some_and(|rest| rest.len() >= len as usize);
            if !within || !(len as usize).is_multiple_of(section.width()) {
                return Err(IndexError::Damaged("a section lies beyond its end"));
            }
            *slot = (start, len);
        }
        Ok(Self { bytes, sections })
    }

    /// Whether the whole index is as it was written. Reads all of it.
    ///
    /// # Errors
    /// [`IndexError::Damaged`] when it is not.
    pub fn verify(&self) -> Result<(), IndexError> {
        let body = self.bytes.get(HEADER..).unwrap_or_default();
        if digest(0, body) == u64_at(&self.bytes, 40) {
            Ok(())
        } else {
            Err(IndexError::Damaged("its contents do not fit their digest"))
        }
    }

    /// Digest of what it was made from, the same on every machine.
    pub fn digest(&self) -> u64 {
        u64_at(&self.bytes, 16)
    }

    /// Date of the data, `YYYY-MM-DD`; empty where the tables have none.
    pub fn date(&self) -> &str {
        let field = self.bytes.get(24..40).unwrap_or_default();
        let len = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
        field.get(..len).and_then(|date| std::str::from_utf8(date).ok()).unwrap_or("")
    }

    /// Its parts by name and their size in bytes.
    pub fn sizes(&self) -> impl Iterator<Item = (String, usize)> + '_ {
        Section::ALL.iter().zip(&self.sections).map(|(section, &(_, len))| (format!("{section:?}"), len as usize))
    }

    pub(crate) fn parts(&self) -> Parts<'_> {
        Parts { bytes: &self.bytes, sections: &self.sections }
    }
}

/// Where the sections of an index lie.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'a> {
    bytes: &'a [u8],
    sections: &'a [(u32, u32); Section::COUNT],
}

impl<'a> Parts<'a> {
    /// An index of nothing.
    pub(crate) const EMPTY: Parts<'static> = Parts { bytes: &[], sections: &[(0, 0); Section::COUNT] };

    pub(crate) fn section(self, section: Section) -> &'a [u8] {
        let (start, len) = self.sections[section as usize];
        let (start, len) = (start as usize, len as usize);
        self.bytes.get(start..start + len).unwrap_or_default()
    }

    /// Number of records of a kind.
    pub(crate) fn count<T: Record<'a>>(self) -> u32 {
        (self.section(T::SECTION).len() / T::SECTION.width()) as u32
    }

    /// The record of a number; an empty one where there is none.
    pub(crate) fn entry<T: Record<'a>>(self, at: u32) -> T {
        let width = T::SECTION.width();
        let start = at as usize * width;
        let record = self.section(T::SECTION).get(start..start + width).unwrap_or_default();
        T::read(&mut Fields::new(record, self))
    }

    /// The country of a code.
    pub(crate) fn country_at(self, code: u16) -> Option<u32> {
        let order = self.section(Section::CountryOrder);
        let countries = self.section(Section::Countries);
        let number = |at: usize| usize::from(u16_at(order, 2 * at));
        let (mut low, mut high) = (0, order.len() / 2);
        while low < high {
            let middle = usize::midpoint(low, high);
            let found = u16_at(countries, number(middle) * Section::Countries.width());
            match found.cmp(&code) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(number(middle) as u32),
            }
        }
        None
    }

    /// Whether a sorted section of atoms holds this one.
    pub(crate) fn holds(self, section: Section, atom: u64) -> bool {
        let atoms = self.section(section);
        let (mut low, mut high) = (0, atoms.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            match u64_at(atoms, 8 * middle).cmp(&atom) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return true,
            }
        }
        false
    }

    pub(crate) fn table(self, section: Section) -> NameTable<'a> {
        NameTable::new(self.section(section))
    }
}
