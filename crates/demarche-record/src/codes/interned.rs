//! Names that users extend: event types, modes, contexts, issues. One copy of each is kept for the life of the program.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
    ($(#[$doc:meta])* $name:ident, $inventory:literal) => {
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
                json_schema!({ "type": "string", "description": $inventory })
            }
        }
    };
}

interned! {
    /// Event type: one of PLOVER's sixteen, or a user's own.
    EventType, "One of PLOVER's sixteen events, or one of a user's own ontology: capitals, digits and `_`."
}
interned! {
    /// Mode of an event.
    Mode, "A mode of the event in the ontology in force."
}
interned! {
    /// Context of an event.
    Context, "A context of the ontology in force."
}
interned! {
    /// Issue of a statement.
    Issue, "An issue of data/issues, or of a user's own files."
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
