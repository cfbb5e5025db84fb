//! The table of words that tell of speech.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::ReportingTableError;

const TABLE: &str = include_str!("../../../../data/language/reporting.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rating {
    verbs: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    speech: HashSet<String>,
    verbs: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Adjectives {
    speech: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CarriedOut {
    words: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vehicles {
    words: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotSaid {
    words: HashSet<String>,
    modals: HashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    verbs: HashSet<String>,
    sources: HashSet<String>,
}

/// The table, as `data/language/reporting.toml` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lexicon {
    say: HashSet<String>,
    quoting: HashSet<String>,
    asking: HashSet<String>,
    naming: HashSet<String>,
    prepositions: HashMap<String, Vec<String>>,
    rating: Rating,
    nouns: Nouns,
    adjectives: Adjectives,
    signs: Signs,
    carried_out: CarriedOut,
    vehicles: Vehicles,
    not_said: NotSaid,
}

impl Lexicon {
    /// The table built into the program.
    pub fn builtin() -> Result<Self, ReportingTableError> {
        Ok(toml::from_str(TABLE)?)
    }

    /// Whether the table has the word at all.
    pub fn knows(&self, lemma: &str) -> bool {
        let lists = [&self.say, &self.quoting, &self.asking, &self.rating.verbs, &self.nouns.speech, &self.nouns.verbs];
        lists.iter().any(|list| list.contains(lemma))
    }

    /// A thing in which something is said ("in a statement").
    pub fn is_vehicle(&self, lemma: &str) -> bool {
        self.vehicles.words.contains(lemma)
    }

    /// Takes a clause that is said.
    pub fn says(&self, lemma: &str) -> bool {
        self.say.contains(lemma)
    }

    /// May introduce or follow words in quotation marks.
    pub fn quotes(&self, lemma: &str) -> bool {
        self.say.contains(lemma) || self.quoting.contains(lemma) || self.asking.contains(lemma)
    }

    /// Takes an infinitive that is asked or promised.
    pub fn asks(&self, lemma: &str) -> bool {
        self.asking.contains(lemma)
    }

    /// Takes a noun phrase that is said.
    pub fn names(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// Prepositions that introduce what is said.
    pub fn prepositions(&self, lemma: &str) -> &[String] {
        self.prepositions.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Calls something something, which counts where words are cited.
    pub fn rates(&self, lemma: &str) -> bool {
        self.rating.verbs.contains(lemma)
    }

    /// A noun that takes a that-clause which is said.
    pub fn speech_noun(&self, lemma: &str) -> bool {
        self.nouns.speech.contains(lemma)
    }

    /// A verb whose subject is the speaker of such a noun.
    pub fn voices(&self, lemma: &str) -> bool {
        self.nouns.verbs.contains(lemma)
    }

    /// An adjective that takes a that-clause which is said.
    pub fn speech_adjective(&self, lemma: &str) -> bool {
        self.adjectives.speech.contains(lemma)
    }

    /// Tells of a finding or sign as often as of speech.
    pub fn is_sign(&self, lemma: &str) -> bool {
        self.signs.verbs.contains(lemma)
    }

    /// A noun that speaks by such a verb.
    pub fn is_source(&self, lemma: &str) -> bool {
        self.signs.sources.contains(lemma)
    }

    /// The infinitive below was carried out.
    pub fn carried_out(&self, lemma: &str) -> bool {
        self.carried_out.words.contains(lemma)
    }

    /// The infinitive below was not.
    pub fn withheld(&self, lemma: &str) -> bool {
        self.not_said.words.contains(lemma)
    }

    /// A modal verb that leaves open whether anything was said.
    pub fn is_modal(&self, lemma: &str) -> bool {
        self.not_said.modals.contains(lemma)
    }
}
