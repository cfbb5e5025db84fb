//! Codes as types: closed ones as enums, those that users extend as interned names.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A code that is not in the inventory it should come from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a known {inventory}")]
pub struct UnknownCode {
    /// What was written.
    pub written: String,
    /// The inventory it was looked up in.
    pub inventory: &'static str,
}

/// Declares a closed inventory of codes.
macro_rules! closed {
    ($(#[$doc:meta])* $name:ident, $inventory:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as written in records.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownCode;

            fn from_str(written: &str) -> Result<Self, UnknownCode> {
                match written {
                    $($code => Ok(Self::$variant),)*
                    _ => Err(UnknownCode { written: written.to_owned(), inventory: $inventory }),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed! {
    /// PLOVER's sector of an actor.
    Sector, "PLOVER sector" {
        /// Farmers.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Police.
        Cop = "COP",
        /// Criminals.
        Crm = "CRM",
        /// Civilians, protesters.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Former officials and families of officials.
        Eli = "ELI",
        /// Executive and its ministries.
        Gov = "GOV",
        /// Journalists and media.
        Jrn = "JRN",
        /// Courts.
        Jud = "JUD",
        /// Labour.
        Lab = "LAB",
        /// Legislature.
        Leg = "LEG",
        /// Health workers.
        Med = "MED",
        /// State military forces.
        Mil = "MIL",
        /// Opposition.
        Opp = "OPP",
        /// Partially recognised entity.
        Pre = "PRE",
        /// Paramilitaries on the government's side.
        Prm = "PRM",
        /// Political party.
        Pty = "PTY",
        /// Armed opposition.
        Reb = "REB",
        /// Refugees and displaced people.
        Ref = "REF",
        /// Religious bodies and clergy.
        Rel = "REL",
        /// Civil society not covered elsewhere.
        Soc = "SOC",
        /// Intelligence services.
        Spy = "SPY",
        /// Unidentified armed men.
        Uaf = "UAF",
        /// Unidentified.
        Unk = "UNK",
    }
}

closed! {
    /// How real the happening of a record is.
    Status, "status" {
        /// It took place.
        Happened = "happened",
        /// It is going on.
        Ongoing = "ongoing",
        /// It is scheduled.
        Planned = "planned",
        /// It depends on something.
        Conditional = "conditional",
        /// Background from an earlier time.
        Historical = "historical",
        /// It did not take place.
        Negated = "negated",
    }
}

closed! {
    /// Standing of the act that a speech act speaks of.
    ContentStatus, "content status" {
        /// Announced, promised or agreed.
        Planned = "planned",
        /// Asked for.
        Demanded = "demanded",
        /// Depending on something.
        Conditional = "conditional",
        /// Claimed to have happened.
        Alleged = "alleged",
        /// Denied.
        Denied = "denied",
        /// Refused or said not to be.
        Negated = "negated",
    }
}

closed! {
    /// How exact a date is.
    DatePrecision, "date precision" {
        /// To the day.
        Day = "day",
        /// To the week.
        Week = "week",
        /// To the month.
        Month = "month",
        /// To the year.
        Year = "year",
    }
}

closed! {
    /// What a speaker does in a statement.
    SpeechAct, "speech act" {
        /// States.
        Say = "say",
        /// Makes known.
        Announce = "announce",
        /// Calls for something.
        CallFor = "call_for",
        /// Urges someone.
        Urge = "urge",
        /// Supports.
        Support = "support",
        /// Welcomes.
        Welcome = "welcome",
        /// Opposes.
        Oppose = "oppose",
        /// Condemns.
        Condemn = "condemn",
        /// Voices concern.
        Concern = "concern",
        /// Lays blame.
        Blame = "blame",
        /// Denies.
        Deny = "deny",
        /// Offers.
        Offer = "offer",
        /// Promises.
        Promise = "promise",
        /// Warns.
        Warn = "warn",
        /// Regrets.
        Regret = "regret",
        /// Proposes.
        Propose = "propose",
    }
}

closed! {
    /// Position taken on the issue of a statement.
    Stance, "stance" {
        /// In favour.
        For = "for",
        /// Opposed.
        Against = "against",
        /// Neither.
        Neutral = "neutral",
    }
}

closed! {
    /// How a statement's words are reported.
    Quotation, "quotation kind" {
        /// In quote marks.
        Direct = "direct",
        /// "said that".
        Indirect = "indirect",
        /// Partly in quote marks.
        Mixed = "mixed",
        /// Told by the reporter ("voiced concern over").
        Narrated = "narrated",
    }
}

closed! {
    /// Kind of a diplomatic initiative.
    InitiativeKind, "initiative kind" {
        /// A third party brings the sides together.
        Mediation = "mediation",
        /// The sides talk.
        Negotiation = "negotiation",
        /// Fighting is to stop.
        Ceasefire = "ceasefire",
        /// A plan for peace.
        PeacePlan = "peace_plan",
        /// An inquiry.
        Investigation = "investigation",
        /// Anything else.
        Other = "other",
    }
}

closed! {
    /// How far an initiative has come.
    Stage, "initiative stage" {
        /// Someone proposes it.
        Proposed = "proposed",
        /// A mediator or party offers it.
        Offered = "offered",
        /// A party accepts it.
        Accepted = "accepted",
        /// It is going on.
        UnderWay = "under_way",
        /// The parties agreed.
        Agreed = "agreed",
        /// It holds.
        InForce = "in_force",
        /// It was prolonged.
        Extended = "extended",
        /// It was broken.
        Violated = "violated",
        /// It ended without result.
        Collapsed = "collapsed",
        /// A party rejected it.
        Rejected = "rejected",
    }
}

closed! {
    /// What a figure counts.
    CountKind, "count kind" {
        /// Deaths.
        Dead = "dead",
        /// Wounded.
        Injured = "injured",
        /// Detained.
        Arrested = "arrested",
        /// Driven from home.
        Displaced = "displaced",
        /// Size of a crowd or force.
        Size = "size",
    }
}

closed! {
    /// Where in the input a record's text stands.
    Field, "field" {
        /// The separate title.
        Title = "title",
        /// The text.
        Text = "text",
    }
}

closed! {
    /// What decided a code.
    DecidedBy, "decision" {
        /// A frame of the data files.
        Frame = "frame",
        /// The trained classifier.
        Classifier = "classifier",
        /// Both, in agreement.
        Both = "both",
    }
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

/// Keeps one copy of each distinct name for the life of the program. Names come from data files, never from texts,
/// so the pool is bounded by the size of those files.
fn intern(name: &str) -> &'static str {
    static POOL: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut guard = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let pool = guard.get_or_insert_default();
    if let Some(known) = pool.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    pool.insert(kept);
    kept
}

/// Declares a kind of interned name.
macro_rules! interned {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(&'static str);

        impl $name {
            /// The name written so, kept once. For names from data files; an ontology says which are known.
            pub fn new(name: &str) -> Self {
                Self(intern(name))
            }

            /// The name as written in records.
            pub const fn as_str(self) -> &'static str {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::new(&Cow::<str>::deserialize(deserializer)?))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string" })
            }
        }
    };
}

interned! {
    /// Event type: one of PLOVER's sixteen, or a user's own.
    EventType
}
interned! {
    /// Mode of an event.
    Mode
}
interned! {
    /// Context of an event.
    Context
}
interned! {
    /// Issue of a statement.
    Issue
}

macro_rules! builtin_events {
    ($($constant:ident),*) => {
        impl EventType {
            $(#[doc = concat!("PLOVER's ", stringify!($constant), ".")] pub const $constant: Self = Self(stringify!($constant));)*

            /// PLOVER's sixteen event types, in the manual's order.
            pub const PLOVER: [Self; 16] = [$(Self::$constant),*];
        }
    };
}

builtin_events!(
    AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION,
    MOBILIZE, COERCE, ASSAULT
);
