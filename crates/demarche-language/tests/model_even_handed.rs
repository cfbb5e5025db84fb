//! The tree of a sentence does not depend on which countries it names.

use std::sync::OnceLock;

use demarche_language::{Model, NameFinder, NameForm, NameMatch, Segmented, Sentence, Word};
use demarche_record::TextRange;
use proptest::prelude::*;

const NAMES: &[&str] = &[
    "Peru",
    "France",
    "Chad",
    "South Korea",
    "the Netherlands",
    "Saudi Arabia",
    "the United States",
    "Papua New Guinea",
    "US",
    "Bosnia and Herzegovina",
    "the Democratic Republic of the Congo",
    "Kyrgyzstan",
    "the U.A.E.",
    "Mongolia",
];
const ADJECTIVES: &[&str] =
    &["Peruvian", "French", "Iraqi", "South Korean", "Dutch", "American", "New Zealand", "Ukrainian", "Omani"];
const PLURALS: &[&str] = &["Peruvians", "Iraqis", "South Africans", "Americans", "Ethiopians"];

/// Sentences with places for names: 0 a name, 1 an adjective, 2 a plural.
const SENTENCES: &[&str] = &[
    "0 condemned 0 after 1 troops crossed the border .",
    "The president of 0 will meet a 1 delegation on Monday , officials in 0 said .",
    "Talks between 0 and 0 , hosted by 0 's foreign minister , collapsed .",
    "2 fled to 0 when the 1 army shelled two villages near 0 .",
    "The 0 embassy urged an 1 envoy to leave .",
    "THE 1 ARMY ATTACKED 0 , SAYS 0",
];

/// Knows the words of the lists above.
struct Listed;

impl NameFinder for Listed {
    fn find(&self, words: &[&str]) -> Vec<NameMatch> {
        let lists = [(NAMES, NameForm::Name), (ADJECTIVES, NameForm::Adjective), (PLURALS, NameForm::Plural)];
        let entries = || {
            lists.iter().flat_map(|(list, form)| list.iter().map(move |name| (name.trim_start_matches("the "), *form)))
        };
        let mut out = Vec::new();
        let mut first = 0;
        while first < words.len() {
            let fits = |name: &str| {
                let name: Vec<&str> = name.split(' ').collect();
                let here = words.get(first..first + name.len());
                here.is_some_and(|here| here.iter().zip(&name).all(|(a, b)| a.eq_ignore_ascii_case(b)))
                    .then_some(name.len())
            };
            let longest = entries()
                .filter_map(|(name, form)| fits(name).map(|length| (length, form)))
                .max_by_key(|(length, _)| *length);
            if let Some((length, form)) = longest {
                out.push(NameMatch { first, end: first + length, form });
            }
            first += longest.map_or(1, |(length, _)| length);
        }
        out
    }
}

/// The sentence with names put in, and for each word of the template its words in the sentence.
fn filled(template: &str, choices: &[usize]) -> (Segmented, Vec<(usize, usize)>) {
    let capitals = template.chars().all(|c| !c.is_lowercase());
    let (mut words, mut places) = (Vec::new(), Vec::new());
    let mut choices = choices.iter().cycle();
    for word in template.split(' ') {
        let list = match word {
            "0" => NAMES,
            "1" => ADJECTIVES,
            "2" => PLURALS,
            _ => &[][..],
        };
        let written =
            if list.is_empty() { word } else { list[choices.next().expect("four choices, repeated") % list.len()] };
        let first = words.len();
        let named = capitals && !list.is_empty();
        words.extend(written.split(' ').map(|w| if named { w.to_uppercase() } else { w.to_owned() }));
        places.push((first, words.len()));
    }
    let mut at = 0;
    let words = words.into_iter().map(|form| {
        let range = TextRange::new(at, at + form.len());
        at = range.end + 1;
        Word { range, form }
    });
    (Segmented { words: words.collect(), range: TextRange::new(0, 0) }, places)
}

/// The analysis by word of the template: tags and relation of the word that heads it, and the place of its head.
fn outline(sentence: &Sentence, places: &[(usize, usize)], template: &str) -> Vec<String> {
    let place_of = |token: usize| {
        places.iter().position(|&(first, end)| (first..end).contains(&token)).expect("every token has its place")
    };
    let line = |(&(first, end), word): (&(usize, usize), &str)| {
        let outside = |token: &usize| sentence.tokens[*token].head.is_none_or(|head| !(first..end).contains(&head));
        let named = "012".contains(word);
        // An article before a name may belong to a noun after it; the name's own head is the last such word.
        let top = (first..end).rfind(outside).expect("one word of a name leads outside it");
        let token = &sentence.tokens[top];
        let head = token.head.map(place_of);
        let entity = sentence.entity_at(top).map(|e| (e.kind, place_of(e.first), place_of(e.end - 1)));
        let lemma = if named { "-" } else { &token.lemma };
        format!(
            "{word} {lemma} {} {} {} {} {head:?} {entity:?}",
            token.upos, token.xpos, token.features, token.relation
        )
    };
    places.iter().zip(template.split(' ')).map(line).collect()
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::builtin().expect("the model in the program is whole"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn trees_do_not_depend_on_countries(
        sentence in 0..SENTENCES.len(),
        one in prop::collection::vec(0usize..100, 4),
        other in prop::collection::vec(0usize..100, 4),
    ) {
        let template = SENTENCES[sentence];
        let outlines: Vec<Vec<String>> = [one, other]
            .iter()
            .map(|choices| {
                let (segmented, places) = filled(template, choices);
                let parsed = model().parse(&[segmented], &Listed).remove(0);
                assert_eq!(parsed.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
                assert_eq!(parsed.subtree(parsed.root().unwrap()).len(), parsed.tokens.len());
                outline(&parsed, &places, template)
            })
            .collect();
        prop_assert_eq!(&outlines[0], &outlines[1]);
    }
}
