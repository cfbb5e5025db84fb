//! The word lists of `data/language/coreference.toml`.

use std::collections::HashMap;

use serde::Deserialize;

use super::CoreferenceError;

const TABLE: &str = include_str!("../../../../data/language/coreference.toml");

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pronoun {
    First = 1,
    FirstPlural,
    Second,
    He,
    She,
    It,
    They,
    This,
    These,
    Quantity,
    Someone,
}

/// Kinds of determiner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Determiner {
    None,
    Definite,
    Indefinite,
    Demonstrative,
    Quantity,
    Possessive,
    Number,
}

/// What a word tells of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Unknown,
    He,
    She,
    /// A person, man or woman.
    Person,
    Thing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    pronouns: Pronouns,
    reflexive: Forms,
    gender: Genders,
    person: Nouns,
    determiners: Determiners,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pronouns {
    first: Vec<String>,
    first_plural: Vec<String>,
    second: Vec<String>,
    he: Vec<String>,
    she: Vec<String>,
    it: Vec<String>,
    they: Vec<String>,
    this: Vec<String>,
    these: Vec<String>,
    quantity: Vec<String>,
    someone: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Genders {
    he: Vec<String>,
    she: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Determiners {
    definite: Vec<String>,
    indefinite: Vec<String>,
    demonstrative: Vec<String>,
    quantity: Vec<String>,
}

/// The lists, by word.
#[derive(Debug)]
pub(super) struct Lexicon {
    pronouns: HashMap<String, Pronoun>,
    reflexive: Vec<String>,
    genders: HashMap<String, Gender>,
    determiners: HashMap<String, Determiner>,
}

impl Lexicon {
    /// The lists built into the program.
    pub fn builtin() -> Result<Self, CoreferenceError> {
        let table: Table = toml::from_str(TABLE)?;
        let given = table.pronouns;
        let mut pronouns = HashMap::new();
        for (class, forms) in [
            (Pronoun::First, given.first),
            (Pronoun::FirstPlural, given.first_plural),
            (Pronoun::Second, given.second),
            (Pronoun::He, given.he),
            (Pronoun::She, given.she),
            (Pronoun::It, given.it),
            (Pronoun::They, given.they),
            (Pronoun::This, given.this),
            (Pronoun::These, given.these),
            (Pronoun::Quantity, given.quantity),
            (Pronoun::Someone, given.someone),
        ] {
            pronouns.extend(forms.into_iter().map(|form| (form, class)));
        }
        let mut genders = HashMap::new();
        for (gender, nouns) in
            [(Gender::Person, table.person.nouns), (Gender::He, table.gender.he), (Gender::She, table.gender.she)]
        {
            genders.extend(nouns.into_iter().map(|noun| (noun, gender)));
        }
        let mut determiners = HashMap::new();
        for (kind, words) in [
            (Determiner::Definite, table.determiners.definite),
            (Determiner::Indefinite, table.determiners.indefinite),
            (Determiner::Demonstrative, table.determiners.demonstrative),
            (Determiner::Quantity, table.determiners.quantity),
        ] {
            determiners.extend(words.into_iter().map(|word| (word, kind)));
        }
        Ok(Self { pronouns, reflexive: table.reflexive.forms, genders, determiners })
    }

    /// What the pronoun, in lower case, may stand for.
    pub fn pronoun(&self, form: &str) -> Option<Pronoun> {
        self.pronouns.get(form).copied()
    }

    /// Whether the form, in lower case, refers back within its clause.
    pub fn is_reflexive(&self, form: &str) -> bool {
        self.reflexive.iter().any(|known| known == form)
    }

    /// What the word, in lower case, tells of a person; a full stop after a title does not count.
    pub fn gender(&self, word: &str) -> Gender {
        self.genders.get(word.trim_end_matches('.')).copied().unwrap_or(Gender::Unknown)
    }

    /// Which kind of determiner the word, in lower case, is.
    pub fn determiner(&self, word: &str) -> Option<Determiner> {
        self.determiners.get(word).copied()
    }
}
