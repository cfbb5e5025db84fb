//! Argument slots: where in the tree, seen from the trigger, an argument stands.

use serde::{Deserialize, Deserializer, de};

/// Where an argument stands. For verbs the logical relation counts, so that passives need no frame of their own; for
/// nouns `Subject` and `Object` mean their nominal counterparts ("Mali's rejection of the plan").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Logical subject.
    Subject,
    /// Logical object.
    Object,
    /// Indirect object.
    Indirect,
    /// Possessor of a noun.
    Possessor,
    /// Adjective or compound modifier of a noun ("the French raid").
    Modifier,
    /// A clause: infinitive, that-clause or gerund.
    Clause,
    /// A finite clause ("demanded that ...").
    That,
    /// What a preposition introduces.
    Preposition(String),
}

impl Slot {
    /// Slots with a name of their own.
    pub const KEYWORDS: &[&str] = &["subj", "obj", "iobj", "poss", "mod", "clause", "that"];

    /// The prepositions of English that introduce one phrase.
    #[rustfmt::skip]
    pub const PREPOSITIONS: &[&str] = &[
        "aboard", "about", "above", "across", "after", "against", "along", "alongside", "amid", "amidst", "among", "amongst",
        "around", "as", "at", "atop", "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "by",
        "concerning", "despite", "down", "during", "except", "for", "from", "in", "inside", "into", "like", "near", "of", "off",
        "on", "onto", "opposite", "out", "outside", "over", "past", "per", "regarding", "round", "since", "through", "throughout",
        "till", "to", "toward", "towards", "under", "underneath", "until", "unto", "up", "upon", "versus", "via", "with", "within",
        "without",
    ];

    /// Reads a slot: `subj`, `obj`, `iobj`, `poss`, `mod`, `clause`, `that`, or a preposition.
    pub fn parse(written: &str) -> Self {
        match written {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Indirect,
            "poss" => Self::Possessor,
            "mod" => Self::Modifier,
            "clause" => Self::Clause,
            "that" => Self::That,
            preposition => Self::Preposition(preposition.to_owned()),
        }
    }

    /// The slot as frames write it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Subject => "subj",
            Self::Object => "obj",
            Self::Indirect => "iobj",
            Self::Possessor => "poss",
            Self::Modifier => "mod",
            Self::Clause => "clause",
            Self::That => "that",
            Self::Preposition(preposition) => preposition,
        }
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::check(&written).map_err(de::Error::custom)?;
        Ok(Self::parse(&written))
    }
}
