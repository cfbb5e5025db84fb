//! The genres of documents that a reader has labelled: `tests/gold/genres.jsonl`, those of its texts that are open.

use demarche_document::{Document, Format, Genres, Options, from_bytes};
use serde_json::Value;

const GOLD: &str = include_str!("../../../tests/gold/genres.jsonl");

/// Documents whose text is in the file, with the genres that are right for them.
fn labelled() -> Vec<(Document, Vec<String>)> {
    let lines = GOLD.lines().map(|line| serde_json::from_str(line).expect("an object a line"));
    let entry = |line: Value| {
        let text = line.get("text")?;
        let mut input = serde_json::json!({ "id": line["document"], "text": text });
        if let Some(title) = line.get("title") {
            input["title"] = title.clone();
        }
        let right = line["or"].as_array().into_iter().flatten().chain(std::iter::once(&line["genre"]));
        let right = right.filter_map(Value::as_str).map(str::to_owned).collect();
        let document = from_bytes("gold", input.to_string().as_bytes(), Format::JsonLines, &Options::default());
        Some((document.expect("a document"), right))
    };
    lines.filter_map(entry).collect()
}

#[test]
fn most_documents_have_the_genre_that_a_reader_gives_them() {
    let genres = Genres::builtin().expect("shipped");
    let documents = labelled();
    assert!(documents.len() > 120, "{} texts", documents.len());
    let wrong: Vec<String> = documents
        .iter()
        .filter_map(|(document, right)| {
            let finding = genres.of(document);
            let said = || format!("{}: {} by {}, not {right:?}", document.id, finding.genre.name, finding.told(4));
            (!right.contains(&finding.genre.name)).then(said)
        })
        .collect();
    let share = wrong.len() as f64 / documents.len() as f64;
    assert!(share <= 0.14, "{share:.3} wrong:\n{}", wrong.join("\n"));
}

#[test]
fn news_is_rarely_taken_for_what_is_not_coded() {
    let genres = Genres::builtin().expect("shipped");
    let news: Vec<_> = labelled().into_iter().filter(|(_, right)| right.iter().any(|genre| genre == "news")).collect();
    // Short stories with a second genre beside news among them; a figure to better.
    let lost = news.iter().filter(|(document, _)| !genres.of(document).genre.relevant).count();
    assert!(lost * 10 <= news.len(), "{lost} of {} reports of politics are left out", news.len());
}
