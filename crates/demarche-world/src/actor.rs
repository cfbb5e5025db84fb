//! The answer to "who is this?".

use demarche_language::TokenId;
use demarche_record::{Code, Sector, TextRange};

/// Steps by which the document, not the phrase, gives an actor its country.
const BY_CONTEXT: &[&str] = &[
    "country of the document",
    "country of the scene",
    "country of the speaker",
    "country named nearest",
    "same role before",
    "publisher",
];

/// What sort of thing an actor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// A state or territory by its name or adjective ("France", "French").
    Country,
    /// A capital, palace or other seat that stands for a government ("Paris", "the Kremlin").
    Seat,
    /// A national body with a name of its own ("the Knesset").
    Body,
    /// An international body, non-governmental organisation, company or outlet.
    Organisation,
    /// An armed group or movement.
    Group,
    /// Someone with a name.
    Person,
    /// A common noun of role ("Turkish police", "a spokesman").
    Role,
    /// A people, ethnic or religious community, or the inhabitants of a country.
    People,
    /// A place that is no seat; it acts only where a report says so.
    Place,
    /// A name that nothing is known of.
    Unknown,
}

/// What a noun phrase stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Country or international code; `None` when unknown, never guessed.
    pub code: Option<Code>,
    /// PLOVER sectors; empty for a bare country.
    pub sectors: Vec<Sector>,
    /// The phrase in the decoded text, without article, relative clause or coordinated phrases.
    pub range: TextRange,
    /// The same phrase as tokens of its sentence, half open.
    pub tokens: (TokenId, TokenId),
    /// Of a pronoun or a later description, the phrase that it takes up.
    pub antecedent: Option<TextRange>,
    /// Wikidata item, where known.
    pub id: Option<String>,
    /// Canonical name; for pronouns and later mentions, who it is.
    pub canonical: Option<String>,
    /// A person's name.
    pub name: Option<String>,
    /// Office, as the text gives it, else as held on the day.
    pub office: Option<String>,
    /// Religion of a religious group.
    pub religion: Option<String>,
    /// Ethnicity of an ethnic group.
    pub ethnicity: Option<String>,
    /// What sort of thing it is.
    pub kind: ActorKind,
    /// How it was resolved, step by step ("office on date", "named before").
    pub path: Vec<&'static str>,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether it can act of itself; weapons, places and stray names cannot.
    pub can_act: bool,
}

impl Actor {
    /// An actor of a kind of which nothing more is known.
    pub(crate) fn new(kind: ActorKind, path: &'static str, confidence: f32) -> Self {
        Self {
            code: None,
            sectors: Vec::new(),
            range: TextRange::default(),
            tokens: (0, 0),
            antecedent: None,
            id: None,
            canonical: None,
            name: None,
            office: None,
            religion: None,
            ethnicity: None,
            kind,
            path: vec![path],
            confidence,
            can_act: true,
        }
    }

    /// Whether its country was taken from the document, not from the phrase.
    pub fn by_context(&self) -> bool {
        self.path.iter().any(|step| BY_CONTEXT.contains(step))
    }

    /// Whether the two are the same in the world, whatever their words.
    pub fn same_as(&self, other: &Self) -> bool {
        match (&self.id, &other.id) {
            (Some(a), Some(b)) if self.kind != ActorKind::Seat && other.kind != ActorKind::Seat => a == b,
            // The country taken from the document says nothing of which of its people or bodies it is, nor does a country
            // of two offices.
            _ if (self.by_context() || other.by_context())
                && (self.canonical.is_none() || self.canonical != other.canonical) =>
            {
                false
            }
            _ if self.office.is_some()
                && other.office.is_some()
                && self.office != other.office
                && self.name.is_none() =>
            {
                false
            }
            _ => {
                self.code == other.code
                    && self.sectors == other.sectors
                    && self.name == other.name
                    && (self.code.is_some() || self.name.is_some() || self.canonical.is_some())
                    && (self.name.is_some() || self.canonical == other.canonical)
            }
        }
    }
}
