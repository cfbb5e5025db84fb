//! Persons and the offices they hold.

use demarche_record::Code;

use super::Sectors;
use crate::dates::Term;
use crate::list::List;

/// An office and its rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// How high it stands: `head of state`, `minister` and so on.
    pub level: &'a str,
}

impl Office<'_> {
    /// How far from the top: 0 for heads of state and government.
    pub fn rank(self) -> u8 {
        match self.level {
            "head of state" | "head of government" | "royal" => 0,
            "minister" | "igo" => 1,
            _ => 3,
        }
    }

    /// Whether several may hold it at a time.
    pub fn has_several_holders(self) -> bool {
        matches!(self.level, "deputy head of government" | "deputy minister" | "adviser" | "spokesperson")
    }
}

/// Grammatical gender of a person, where known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// She.
    Female,
    /// He.
    Male,
}

/// A person known by name.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Canonical name.
    pub name: &'a str,
    /// Wikidata item, empty where unknown.
    pub wikidata: &'a str,
    /// Gender.
    pub gender: Gender,
    /// Terms in offices, in the order of the table.
    pub held: List<'a, Held<'a>>,
}

/// One term of a person in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held<'a> {
    /// The office, as the table writes it.
    pub office: &'a str,
    /// Whose office.
    pub code: Option<Code>,
    /// PLOVER sectors.
    pub sectors: Sectors,
    /// Known well, or from two sources.
    pub sure: bool,
    /// The source stopped while the person was in office: the term's end is only the last day seen.
    pub seen: bool,
    /// From when to when.
    pub term: Term,
    /// How far from the top: 0 for heads of state and government.
    pub rank: u8,
}
