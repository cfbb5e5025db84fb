//! End to end with the language model: text in, actors and places out.

use demarche_language::{Model, Segmenter};
use demarche_record::TextRange;
use demarche_world::{ActorKind, Cast, World};
use jiff::civil::date;

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
