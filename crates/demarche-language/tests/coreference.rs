//! Chains over whole texts: small documents of our own, and what holds for any text.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use demarche_language::{
    Chains, Coreference, EntityKind, Model, NameFinder, NameForm, NameMatch, NamedEntity, NoNames, Relation, Segmented,
    Segmenter, Sentence, States, Token, Upos, Word, Xpos,
};
use demarche_record::TextRange;
use proptest::prelude::*;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::builtin().expect("the model loads"))
}

fn coreference() -> &'static Coreference {
    static COREFERENCE: OnceLock<Coreference> = OnceLock::new();
    COREFERENCE.get_or_init(|| Coreference::builtin().expect("the weights load"))
}

/// Words of each mention of each chain.
fn chains(text: &str) -> Vec<Vec<String>> {
    let segmenter = Segmenter::builtin().expect("the segmenter loads");
    let segmented = segmenter.segment(text, TextRange::new(0, text.len()));
    let (sentences, states) = model().parse_with_states(&segmented, &NoNames);
    let found = coreference().chains(&sentences, &states, &NoNames);
    let words = |&id: &usize| {
        let mention = &found.mentions()[id];
        let tokens = &sentences[mention.sentence].tokens[mention.first..mention.end];
        TextRange::new(tokens[0].range.start, tokens[tokens.len() - 1].range.end).of(text).to_owned()
    };
    found.chains().iter().map(|chain| chain.iter().map(words).collect()).collect()
}

/// Whether some chain holds all these mentions, by their last words.
#[track_caller]
fn together(text: &str, mentions: &[&str]) {
    let found = chains(text);
    let holds =
        |chain: &Vec<String>| mentions.iter().all(|wanted| chain.iter().any(|mention| mention.ends_with(wanted)));
    assert!(found.iter().any(holds), "no chain holds {mentions:?}: {found:#?}");
}

#[test]
fn names_of_one_thing_are_joined() {
    together(
        "Wang Yi arrived in the capital on Monday. Two aides came with him. Wang left again on Tuesday.",
        &["Wang Yi", "Wang"],
    );
    together(
        "The Organization of American States (OAS) sent observers. The OAS will report in June.",
        &["The Organization of American States", "The OAS"],
    );
}

#[test]
fn pronouns_find_their_minister() {
    together(
        "Foreign Minister Maria Lopez met reporters on Friday. She urged both armies to withdraw.",
        &["Maria Lopez", "She"],
    );
    together(
        "The rebels seized the town at dawn. They withdrew from it after they had freed the prisoners.",
        &["The rebels", "They", "they"],
    );
}

#[test]
fn a_definite_description_goes_back_to_its_first_mention() {
    together(
        "A committee of five judges heard the case. The committee will publish its decision on Thursday.",
        &["A committee of five judges", "The committee", "its"],
    );
}

#[test]
fn groups_keep_their_members() {
    let text = "Anna Berg and Carlos Ruiz signed the treaty. They shook hands.";
    let segmented = Segmenter::builtin().expect("the segmenter loads").segment(text, TextRange::new(0, text.len()));
    let (sentences, states) = model().parse_with_states(&segmented, &NoNames);
    let found = coreference().chains(&sentences, &states, &NoNames);
    let group = found.mentions().iter().find(|mention| !mention.members.is_empty()).expect("a group");
    let heads: Vec<&str> =
        group.members.iter().map(|&member| sentences[0].tokens[found.mentions()[member].head].form.as_str()).collect();
    assert_eq!(heads, ["Anna", "Carlos"]);
    assert_eq!((group.first, group.end), (0, 5));
}

/// Names of countries, several names of one country with its number.
const COUNTRIES: &[(&[&str], u64)] = &[
    (&["Peru"], 1),
    (&["Chad"], 2),
    (&["South", "Korea"], 3),
    (&["the", "Netherlands"], 4),
    (&["Bosnia", "and", "Herzegovina"], 5),
    (&["the", "People", "'s", "Republic", "of", "China"], 6),
];

struct Listed;

impl NameFinder for Listed {
    fn find(&self, words: &[&str]) -> Vec<NameMatch> {
        let mut out: Vec<NameMatch> = Vec::new();
        for first in 0..words.len() {
            for (name, _) in COUNTRIES {
                let name = name.strip_prefix(&["the"]).unwrap_or(name);
                if words[first..].starts_with(name) {
                    out.push(NameMatch { first, end: first + name.len(), form: NameForm::Name });
                }
            }
        }
        out
    }

    fn identity(&self, name: &[&str]) -> Option<u64> {
        COUNTRIES.iter().find(|(known, _)| known.strip_prefix(&["the"]).unwrap_or(known) == name).map(|(_, id)| *id)
    }
}

/// A document in which 0 and 1 stand for two countries.
const TEMPLATE: &[&str] = &[
    "0 condemned 1 on Monday after its troops crossed the border .",
    "The foreign minister of 0 , Omar Haddad , said he would meet the president of 1 .",
    "Haddad told reporters that both countries wanted peace .",
    "They will send their envoys to 1 , the minister added .",
    "0 and 1 signed a truce in March , but it did not hold .",
];

/// Heads of the mentions of each chain, as words of the template.
fn heads(first: usize, second: usize) -> BTreeSet<BTreeSet<(usize, usize)>> {
    let mut slots: Vec<Vec<usize>> = Vec::new();
    let mut segmented = Vec::new();
    for line in TEMPLATE {
        let (mut words, mut slot) = (Vec::new(), Vec::new());
        for (at, word) in line.split(' ').enumerate() {
            let put: &[&str] = match word {
                "0" => COUNTRIES[first].0,
                "1" => COUNTRIES[second].0,
                _ => &[word],
            };
            words.extend(put.iter().map(|word| Word { range: TextRange::new(0, 0), form: (*word).to_owned() }));
            slot.resize(words.len(), at);
        }
        segmented.push(Segmented { range: TextRange::new(0, 0), words });
        slots.push(slot);
    }
    let (sentences, states) = model().parse_with_states(&segmented, &Listed);
    let found = coreference().chains(&sentences, &states, &Listed);
    let head = |&id: &usize| {
        let mention = &found.mentions()[id];
        (mention.sentence, slots[mention.sentence][mention.head])
    };
    found.chains().iter().map(|chain| chain.iter().map(head).collect()).collect()
}

#[test]
fn chains_do_not_depend_on_which_countries_are_named() {
    let expected = heads(0, 1);
    // The names of one country are one thing.
    let country = |word| expected.iter().any(|chain| chain.contains(&(0, word)) && chain.contains(&(4, word)));
    assert!(country(0), "{expected:?}");
    for (first, one) in COUNTRIES.iter().enumerate() {
        for (second, other) in COUNTRIES.iter().enumerate().filter(|&(second, _)| second != first) {
            assert_eq!(heads(first, second), expected, "{:?}, {:?}", one.0, other.0);
        }
    }
}

#[track_caller]
fn check(sentences: &[Sentence], found: &Chains) {
    for mention in found.mentions() {
        let words = sentences[mention.sentence].tokens.len();
        assert!(mention.first <= mention.head && mention.head < mention.end && mention.end <= words, "{mention:?}");
        assert!(mention.members.iter().all(|&member| member < found.mentions().len()));
    }
    let mut seen = BTreeSet::new();
    for (at, chain) in found.chains().iter().enumerate() {
        assert!(chain.len() > 1 && chain.is_sorted());
        for &mention in chain {
            assert!(seen.insert(mention), "a mention in two chains");
            assert_eq!(found.chain_of(mention), Some(at));
        }
    }
}

const FORMS: &[&str] = &[
    "", "he", "She", "they", "It", "Peru", "NATO", "the", "minister", "'s", "\u{201c}", "\u{201d}", "(", ",",
    "\u{130}", "both", "and", "I",
];

/// Any sentence, a tree or not.
fn sentence() -> impl Strategy<Value = Sentence> {
    let token =
        (0..FORMS.len(), 0..Upos::ALL.len(), 0..Relation::ALL.len(), prop::option::of(0usize..12), any::<bool>());
    let tokens = prop::collection::vec(token, 0..10);
    (tokens, prop::collection::vec((0usize..11, 0usize..14), 0..3)).prop_map(|(tokens, entities)| {
        let tokens = tokens.into_iter().enumerate().map(|(at, (form, upos, relation, head, plural))| Token {
            range: TextRange::new(at, at + 1),
            form: FORMS[form].to_owned(),
            lemma: FORMS[form].to_lowercase(),
            upos: Upos::ALL[upos],
            xpos: Xpos::Nn,
            features: if plural { "Number=Plur|PronType=Dem".into() } else { "_".into() },
            head,
            relation: Relation::ALL[relation],
        });
        let entities =
            entities.into_iter().map(|(first, end)| NamedEntity { first, end, kind: EntityKind::Organisation });
        Sentence::new(TextRange::new(0, 10), tokens.collect(), entities.collect())
    })
}

proptest! {
    #[test]
    fn any_sentences_have_chains(sentences in prop::collection::vec(sentence(), 0..6)) {
        // States of other sentences, or of none, do no harm.
        let found = coreference().chains(&sentences, &States::new(16), &Listed);
        check(&sentences, &found);
        let (_, states) = model().parse_with_states(&[], &NoNames);
        prop_assert_eq!(&coreference().chains(&sentences, &states, &Listed), &found);
    }
}

#[test]
fn a_long_text_has_chains_too() {
    let line = "The minister told Anna Berg that she and her party could keep their seats . ";
    let text = line.repeat(400);
    let segmented = Segmenter::builtin().expect("the segmenter loads").segment(&text, TextRange::new(0, text.len()));
    let (sentences, states) = model().parse_with_states(&segmented, &NoNames);
    check(&sentences, &coreference().chains(&sentences, &states, &NoNames));
}
