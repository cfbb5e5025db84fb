//! End to end with the language model: text in, actors and places out.

use demarche_language::{Chains, Model, Segmenter};
use demarche_record::TextRange;
use demarche_world::{ActorKind, Background, Cast, World};
use jiff::civil::date;

/// Codes of phrases of a text, `-` for none; the phrase's last occurrence counts.
fn codes(text: &str, on: Option<jiff::civil::Date>, publisher: Option<&str>, phrases: &[&str]) -> Vec<String> {
    let world = World::builtin().expect("the tables load");
    let (model, segmenter) =
        (Model::builtin().expect("the model loads"), Segmenter::builtin().expect("the tables load"));
    let sentences = model.parse(&segmenter.segment(text, TextRange::new(0, text.len())), &world);
    let background = Background { on, publisher, ..Background::default() };
    let cast = Cast::of(&world, text, &sentences, Some(&Chains::default()), &background, None);
    let of = |phrase: &&str| {
        (0..sentences.len())
            .flat_map(|at| (0..sentences[at].tokens.len()).flat_map(|token| cast.actors(at, token)).collect::<Vec<_>>())
            .rfind(|actor| actor.range.of(text) == *phrase)
            .and_then(|actor| actor.code)
            .map_or_else(|| "-".to_owned(), |code| code.to_string())
    };
    phrases.iter().map(of).collect()
}

#[test]
fn phrases_without_owner_are_the_documents_where_one_country_stands_out() {
    let kenya = "Kenya held talks on Monday. Kenya's president spoke in Nairobi. Police detained two men, and residents \
                 of the capital protested. Lawmakers called on the government to resign.";
    assert_eq!(codes(kenya, None, None, &["Police", "Lawmakers", "government"]), ["KEN", "KEN", "KEN"]);
    let two = "Kenya and Norway held talks on Monday. The government protested, and police detained two men.";
    assert_eq!(codes(two, None, None, &["government", "police"]), ["-", "-"]);
    let foreign = "Kenya held talks on Monday. Kenya's president spoke in Nairobi. Foreign diplomats left, and aid workers \
                   stayed.";
    assert_eq!(codes(foreign, None, None, &["Foreign diplomats", "aid workers"]), ["-", "-"]);
}

#[test]
fn a_government_speaks_of_itself() {
    let text = "We condemn the attack in Iraq. The Foreign Secretary will visit Baghdad.";
    assert_eq!(codes(text, None, Some("UK Government"), &["We", "Foreign Secretary"]), ["GBR", "GBR"]);
    assert_eq!(codes(text, None, Some("The Kenya Times"), &["We", "Foreign Secretary"]), ["-", "-"]);
}

#[test]
fn a_report_is_cast() {
    let world = World::builtin().expect("the tables load");
    let (model, segmenter) =
        (Model::builtin().expect("the model loads"), Segmenter::builtin().expect("the tables load"));
    let text = "Norwegian Foreign Minister Ine Eriksen Søreide met officials from Mali in Bamako on Tuesday. \
                Rebels in northern Mali had attacked Malian troops near Gao. The minister urged both sides to talk.";
    let sentences = model.parse(&segmenter.segment(text, TextRange::new(0, text.len())), &world);
    let cast = Cast::new(&world, text, &sentences, Some(date(2019, 6, 1)));
    let all: Vec<_> = (0..sentences.len())
        .flat_map(|at| (0..sentences[at].tokens.len()).flat_map(|token| cast.actors(at, token)).collect::<Vec<_>>())
        .collect();
    let coded = |phrase: &str| {
        all.iter()
            .find(|actor| actor.range.of(text) == phrase)
            .and_then(|actor| actor.code)
            .map(|code| code.to_string())
    };
    assert_eq!(coded("Norwegian Foreign Minister Ine Eriksen Søreide").as_deref(), Some("NOR"));
    assert_eq!(coded("officials from Mali").as_deref(), Some("MLI"));
    assert_eq!(coded("Malian troops").as_deref(), Some("MLI"));
    assert!(all.iter().any(|actor| actor.kind == ActorKind::Person && actor.range.of(text) == "minister"));
    let places: Vec<String> = (0..sentences.len())
        .flat_map(|at| cast.places(at).filter_map(|(_, place)| place.name.clone()).collect::<Vec<_>>())
        .collect();
    for place in ["Bamako", "Gao"] {
        assert!(places.iter().any(|found| found == place), "{place} in {places:?}");
    }
}
