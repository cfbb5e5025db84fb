//! The format of an index: a header that is checked when it is opened, then sections.
//!
//! ```text
//! 0   mark, 8 bytes            "demarche"
//! 8   format, u32
//! 12  number of sections, u32
//! 16  digest of what it was made from, u64
//! 24  date of the data, 16 bytes: YYYY-MM-DD and zeros
//! 40  digest of all bytes after the header, u64
//! 48  for each section: first byte and length, u32 each
//! ..  digest of the header so far, u64
//! ```
//!
//! All numbers are little-endian and stand at any address. A section is records of one width, or a table of names
//! ([`crate::names`]). Texts stand once each in the first section, a byte of length before them (255 and two bytes where
//! one is not enough), and records name them by their first byte; the first text is empty.

/// What an index begins with.
pub(crate) const MARK: [u8; 8] = *b"demarche";
/// Version of the format.
pub(crate) const FORMAT: u32 = 2;
/// Bytes before the table of sections.
pub(crate) const FIXED: usize = 48;
/// Bytes of the header.
pub(crate) const HEADER: usize = FIXED + 8 * Section::COUNT + 8;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $width:expr),* $(,)?) => {
        /// What an index consists of, in this order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Section { $($(#[$doc])* $name),* }

        impl Section {
            pub(crate) const ALL: &[Self] = &[$(Self::$name),*];
            pub(crate) const COUNT: usize = Self::ALL.len();

            /// Bytes of one record; 1 for sections that have none.
            pub(crate) const fn width(self) -> usize {
                match self { $(Self::$name => $width),* }
            }
        }
    };
}

sections! {
    /// All texts.
    Texts = 1,
    /// Countries in the order of the table.
    Countries = 44,
    /// Numbers of `Countries`, sorted by code.
    CountryOrder = 2,
    /// Seats, bodies, organisations, groups.
    Named = 23,
    /// Peoples.
    Peoples = 14,
    /// Persons.
    Persons = 15,
    /// Terms in offices, those of one person together.
    Held = 19,
    /// Nouns of role.
    Roles = 10,
    /// Offices.
    Offices = 8,
    /// First-level divisions.
    Provinces = 22,
    /// Second-level divisions.
    Districts = 30,
    /// Cities.
    Cities = 40,
    /// Other places.
    Regions = 40,
    /// Names that also name something else, sorted by key.
    RuleNames = 14,
    /// Their readings.
    Readings = 8,
    /// The cues of the readings.
    Cues = 7,
    /// The words of the cues, as atoms.
    CueWords = 8,
    /// First names of known persons, as atoms, sorted.
    GivenNames = 8,
    /// Last names of known persons, as atoms, sorted.
    FamilyNames = 8,
    /// Proper names of all kinds.
    Names = 1,
    /// Country names, adjectives and demonyms alone.
    CountryNames = 1,
    /// Last names of known persons, and first ones where the family name stands first.
    Surnames = 1,
    /// Role nouns.
    RoleNames = 1,
    /// Names of offices.
    OfficeNames = 1,
    /// Codes of divisions.
    Divisions = 1,
}

/// The two bytes at `at`; zero beyond the end.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

/// The four bytes at `at`; zero beyond the end.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// The eight bytes at `at`; zero beyond the end.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Digest of bytes, eight at a time, continuing from `start`. It tells versions and damage apart, not forgeries.
pub(crate) fn digest(start: u64, bytes: &[u8]) -> u64 {
    let mut hash = start ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        if let Some(head) = word.get_mut(..chunk.len()) {
            head.copy_from_slice(chunk);
        }
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    hash ^ (hash >> 29)
}

/// The text that begins at `at`; empty where there is none.
pub(crate) fn text_at(texts: &[u8], at: u32) -> &str {
    let at = at as usize;
    let (start, len) = match texts.get(at) {
        None | Some(0) => return "",
        Some(255) => (at + 3, usize::from(u16_at(texts, at + 1))),
        Some(&len) => (at + 1, usize::from(len)),
    };
    texts.get(start..start + len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
}
