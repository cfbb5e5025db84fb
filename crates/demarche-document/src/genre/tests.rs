//! Genres by their wording.

use super::{Codes, GenreError, Genres};
use crate::document::from_text;
use demarche_record::{Code, Sector};

fn genres() -> Genres {
    Genres::builtin().expect("shipped")
}

fn genre(text: &str) -> String {
    genres().of(&from_text("t", text)).genre.name.clone()
}

#[test]
fn violent_words_do_not_make_news() {
    assert_eq!(
        genre(
            "The hosts crushed their old enemies 4-1 in the semifinal on Saturday. The striker fired two shots past the \
             goalkeeper in the second half and the captain killed the match with a header. Fans invaded the pitch."
        ),
        "sport"
    );
    assert_eq!(
        genre(
            "Shares in the carmaker were hammered on Friday after a raid by a hedge fund. Investors fled the stock, which \
             plunged 12 percent in early trading, and the chief executive defended the takeover."
        ),
        "markets"
    );
}

#[test]
fn news_stays_news() {
    for text in [
        "The prime minister met the opposition leader on Monday.",
        "Rebels attacked a football stadium near the capital on Friday, killing nine soldiers, the defence ministry said.",
        "The president opened the national theatre and called for a ceasefire in the north.",
        "",
    ] {
        assert_eq!(genre(text), "news", "{text}");
    }
}

#[test]
fn cues_are_found_where_they_stand() {
    let genres = genres();
    let text = "He won two World Cups as captain of the national team, scored in a semifinal and is a football coach.";
    let document = from_text("t", text);
    let finding = genres.of(&document);
    assert_eq!(finding.genre.name, "sport");
    let found: Vec<&str> = finding.cues.iter().filter_map(|cue| Some(cue.first?.1.of(text))).collect();
    assert!(found.contains(&"World Cups") && found.contains(&"national team"), "{found:?}");
}

#[test]
fn parties_decide_what_a_genre_gives() {
    let genres = genres();
    let per = Code::parse("PER").ok();
    assert!(genres.is_political(Codes::States, per, &[]));
    assert!(!genres.is_political(Codes::Political, per, &[]));
    assert!(genres.is_political(Codes::Political, per, &[Sector::Gov]));
    assert!(!genres.is_political(Codes::Political, None, &[Sector::Gov]));
    assert!(genres.is_political(Codes::Political, Some(Code::IMG), &[Sector::Reb]));
    assert!(!genres.is_political(Codes::Nothing, per, &[Sector::Gov]));
}

#[test]
fn faults_name_file_and_line() {
    let scoring = ("scoring.toml", include_str!("../../../../data/genres/scoring.toml"));
    let bad = "name = \"a\"\nabout = \"b\"\nrelevant = true\ncodes = \"some\"\n[cues]\n";
    let error = Genres::read(&[("a.toml", bad)], scoring).expect_err("an unknown value");
    assert_eq!((error.file.as_str(), error.line), ("a.toml", 4));
    let empty = "name = \"a\"\nabout = \"b\"\nrelevant = true\ncodes = \"all\"\n[cues]\nsure = [\n\"--\"]\n";
    let error: GenreError = Genres::read(&[("a.toml", empty)], scoring).expect_err("a cue without a word");
    assert_eq!(error.to_string(), "a.toml:7: the cue `--` has no word");
}
