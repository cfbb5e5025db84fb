//! Codes as types: closed ones as enums, those that users extend as interned names.

mod closed;
mod interned;

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use closed::{
    ContentStatus, CountKind, DatePrecision, DecidedBy, Field, InitiativeKind, Quotation, Sector, SpeechAct, Stage,
    Stance, Status,
};
pub use interned::{Context, EventType, Issue, Mode};

/// A code that is not in the inventory it should come from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a known {inventory}")]
pub struct UnknownCode {
    /// What was written.
    pub written: String,
    /// The inventory it was looked up in.
    pub inventory: &'static str,
}

/// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct QuadCode(pub u8);

/// ISO 3166-1 alpha-3 code of a state or territory, or one of PLOVER's international codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code([u8; 3]);

impl Code {
    /// Intergovernmental organisation.
    pub const IGO: Self = Self(*b"IGO");
    /// Non-governmental organisation.
    pub const NGO: Self = Self(*b"NGO");
    /// Multinational company.
    pub const MNC: Self = Self(*b"MNC");
    /// International militant group.
    pub const IMG: Self = Self(*b"IMG");
    /// International social movement.
    pub const ISM: Self = Self(*b"ISM");

    /// Reads a code: three capital letters. Whether a country of that code exists is the country table's to say.
    ///
    /// # Errors
    /// [`UnknownCode`] for anything but three ASCII capitals.
    pub fn parse(written: &str) -> Result<Self, UnknownCode> {
        match written.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(UnknownCode { written: written.to_owned(), inventory: "actor code (three capital letters)" }),
        }
    }

    /// The code as written in records.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether this is one of the international codes rather than a country's.
    pub fn is_international(self) -> bool {
        [Self::IGO, Self::NGO, Self::MNC, Self::IMG, Self::ISM].contains(&self)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&Cow::<str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "pattern": "^[A-Z]{3}$",
            "description": "ISO 3166-1 alpha-3, XKX, or IGO, NGO, MNC, IMG, ISM"
        })
    }
}
