//! Names that a collection uses and no table holds, as rows to be reviewed and loaded.

mod rows;
mod sighting;

use std::collections::{BTreeMap, BTreeSet};

use demarche_record::{Code, Sector};

pub use sighting::{Ground, Sighting};

/// Example sentences kept for a name.
const EXAMPLES: usize = 3;

/// Weight of the grounds below which a country is not suggested.
const LEAST_WEIGHT: u64 = 2;

/// A name that no table holds, over a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestion {
    /// The way of writing met most often, the first of several.
    pub name: String,
    /// The others, in alphabetical order.
    pub aliases: Vec<String>,
    /// Whether most mentions take it for a person's.
    pub person: bool,
    /// Documents that name it.
    pub documents: u64,
    /// Mentions.
    pub mentions: u64,
    /// Its likely country, where the grounds do not contradict each other.
    pub country: Option<Code>,
    /// How each country is supported: mentions by ground.
    pub grounds: BTreeMap<(Code, Ground), u64>,
    /// What texts most often say it does.
    pub role: Option<String>,
    /// The sectors met most often.
    pub sectors: Vec<Sector>,
    /// Sentences, each with its document.
    pub examples: Vec<(String, String)>,
}

/// What is known of a name while documents are added.
#[derive(Clone, Debug, Default)]
struct Gathered {
    writings: BTreeMap<String, u64>,
    persons: u64,
    documents: u64,
    mentions: u64,
    grounds: BTreeMap<(Code, Ground), u64>,
    roles: BTreeMap<String, u64>,
    sectors: BTreeMap<Vec<Sector>, u64>,
    examples: Vec<Sample>,
}

/// A sentence kept for a name.
#[derive(Clone, Debug)]
struct Sample {
    /// Number of its document and of its sighting there: the order of the texts.
    place: (u64, usize),
    sentence: String,
    document: String,
}

impl Gathered {
    fn absorb(&mut self, other: Self) {
        other.writings.into_iter().for_each(|(writing, n)| *self.writings.entry(writing).or_default() += n);
        self.persons += other.persons;
        self.documents += other.documents;
        self.mentions += other.mentions;
        other.grounds.into_iter().for_each(|(ground, n)| *self.grounds.entry(ground).or_default() += n);
        other.roles.into_iter().for_each(|(role, n)| *self.roles.entry(role).or_default() += n);
        other.sectors.into_iter().for_each(|(sectors, n)| *self.sectors.entry(sectors).or_default() += n);
        self.examples.extend(other.examples);
        self.examples.sort_by_key(|sample| sample.place);
        let mut told: BTreeSet<String> = BTreeSet::new();
        self.examples.retain(|sample| told.insert(sample.sentence.clone()));
        self.examples.truncate(EXAMPLES);
    }
}

/// Gathers the unknown names of a collection, document by document. The result depends on the documents and their order
/// alone.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    names: BTreeMap<String, Gathered>,
    documents: u64,
}

impl Suggestions {
    /// Adds the names of a document.
    pub fn add(&mut self, document: &str, sightings: Vec<Sighting>) {
        let mut met: BTreeSet<String> = BTreeSet::new();
        self.documents += 1;
        for (n, sighting) in sightings.into_iter().enumerate() {
            let key = key(&sighting.name);
            if key.is_empty() {
                continue;
            }
            let known = self.names.entry(key.clone()).or_default();
            known.documents += u64::from(met.insert(key));
            known.mentions += 1;
            known.persons += u64::from(sighting.person);
            *known.writings.entry(sighting.name).or_default() += 1;
            if let Some(country) = sighting.country {
                *known.grounds.entry(country).or_default() += 1;
            }
            if let Some(role) = sighting.role {
                *known.roles.entry(role).or_default() += 1;
            }
            if !sighting.sectors.is_empty() {
                *known.sectors.entry(sighting.sectors).or_default() += 1;
            }
            let told = known.examples.iter().any(|sample| sample.sentence == sighting.sentence);
            if known.examples.len() < EXAMPLES && !told {
                let (place, document) = ((self.documents, n), document.to_owned());
                known.examples.push(Sample { place, sentence: sighting.sentence, document });
            }
        }
    }

    /// The names in at least `least` documents, those of most documents first, then those of most mentions, then by name.
    pub fn finish(mut self, least: u64) -> Vec<Suggestion> {
        self.join_family_names();
        let mut out: Vec<Suggestion> =
            self.names.into_values().filter(|gathered| gathered.documents >= least.max(1)).map(suggestion).collect();
        out.sort_by(|a, b| {
            b.documents.cmp(&a.documents).then(b.mentions.cmp(&a.mentions)).then_with(|| a.name.cmp(&b.name))
        });
        out
    }

    /// A family name alone joins the one full name that ends in it; where several do, it stays by itself.
    fn join_family_names(&mut self) {
        let mut full: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, gathered) in &self.names {
            if let Some((_, last)) = key.rsplit_once(' ').filter(|_| gathered.is_person()) {
                full.entry(last.to_owned()).or_default().push(key.clone());
            }
        }
        for (family, bearers) in full {
            let [bearer] = bearers.as_slice() else { continue };
            if !self.names.get(&family).is_some_and(Gathered::is_person) {
                continue;
            }
            if let Some(mut alone) = self.names.remove(&family)
                && let Some(gathered) = self.names.get_mut(bearer)
            {
                // The loader forms family names itself: no alias is needed.
                alone.writings.clear();
                gathered.absorb(alone);
            }
        }
    }
}

impl Gathered {
    const fn is_person(&self) -> bool {
        self.persons * 2 > self.mentions
    }
}

/// Ways of writing that differ in case, hyphens, full stops or an article are one name.
fn key(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .map(|word| word.replace('.', "").to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    words.join(" ")
}

/// The key of the highest count, the first of several.
fn commonest<K: Ord + Clone>(counts: &BTreeMap<K, u64>) -> Option<K> {
    let most = counts.values().copied().max()?;
    counts.iter().find(|(_, count)| **count == most).map(|(key, _)| key.clone())
}

fn suggestion(gathered: Gathered) -> Suggestion {
    let person = gathered.is_person();
    let name = commonest(&gathered.writings).unwrap_or_default();
    let aliases = gathered.writings.into_keys().filter(|writing| *writing != name).collect();
    let mut weights: BTreeMap<Code, u64> = BTreeMap::new();
    for (&(code, ground), count) in &gathered.grounds {
        *weights.entry(code).or_default() += ground.weight() * count;
    }
    let most = weights.values().copied().max().unwrap_or(0);
    let mut leading = weights.iter().filter(|(_, weight)| **weight == most).map(|(code, _)| *code);
    // Two countries with equal grounds, or one document's setting: the reader decides.
    let country = leading.next().filter(|_| leading.next().is_none() && most >= LEAST_WEIGHT);
    Suggestion {
        name,
        aliases,
        person,
        documents: gathered.documents,
        mentions: gathered.mentions,
        country,
        role: commonest(&gathered.roles),
        sectors: commonest(&gathered.sectors).unwrap_or_default(),
        grounds: gathered.grounds,
        examples: gathered.examples.into_iter().map(|sample| (sample.sentence, sample.document)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sighting(name: &str, person: bool, country: Option<(&str, Ground)>) -> Sighting {
        Sighting {
            name: name.to_owned(),
            person,
            sentence: format!("{name} spoke."),
            country: country.map(|(code, ground)| (Code::parse(code).expect("a code"), ground)),
            role: person.then(|| "commander".to_owned()),
            sectors: if person { vec![Sector::Mil] } else { Vec::new() },
        }
    }

    #[test]
    fn writings_and_family_names_are_one() {
        let mut all = Suggestions::default();
        all.add(
            "a",
            vec![sighting("Ana Zorgo", true, Some(("MLI", Ground::Document))), sighting("ANA ZORGO", true, None)],
        );
        all.add("b", vec![sighting("Zorgo", true, Some(("NER", Ground::Modifier)))]);
        all.add("c", vec![sighting("Ana Zorgo", true, None), sighting("The Front", false, None)]);
        let found = all.finish(1);
        assert_eq!(found.len(), 2);
        let first = &found[0];
        assert_eq!((first.name.as_str(), first.documents, first.mentions), ("Ana Zorgo", 3, 4));
        assert_eq!(first.aliases, ["ANA ZORGO"]);
        assert_eq!(first.country.map(|code| code.to_string()).as_deref(), Some("NER"));
        assert!(first.person);
        let documents: Vec<&str> = first.examples.iter().map(|(_, document)| document.as_str()).collect();
        assert_eq!(documents, ["a", "a", "b"], "in the order of the texts");
        assert_eq!(found[1].name, "The Front");
    }

    #[test]
    fn contradicting_grounds_leave_the_country_open() {
        let mut all = Suggestions::default();
        let add = |all: &mut Suggestions, document: &str, code| {
            all.add(document, vec![sighting("Ana Zorgo", true, Some((code, Ground::Document)))]);
        };
        add(&mut all, "a", "MLI");
        assert_eq!(all.clone().finish(1)[0].country, None, "one document's setting is no ground");
        add(&mut all, "b", "MLI");
        assert!(all.clone().finish(1)[0].country.is_some());
        add(&mut all, "c", "NER");
        add(&mut all, "d", "NER");
        assert_eq!(all.finish(1)[0].country, None);
    }

    #[test]
    fn two_bearers_keep_the_family_name_apart() {
        let mut all = Suggestions::default();
        let names = ["Ana Zorgo", "Ben Zorgo", "Zorgo"];
        all.add("a", names.iter().map(|name| sighting(name, true, None)).collect());
        assert_eq!(all.finish(1).len(), 3);
    }
}
