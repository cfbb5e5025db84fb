//! Sentences of a table as the segmenter and the model read them.

use demarche_language::{Model, NoNames, Segmenter, Sentence};
use demarche_record::TextRange;

/// Each text as the one sentence it is.
pub fn parsed(texts: &[&str]) -> Vec<Sentence> {
    let (segmenter, model) = (Segmenter::builtin().expect("sound"), Model::builtin().expect("sound"));
    let segmented: Vec<_> = texts
        .iter()
        .map(|text| {
            let mut sentences = segmenter.segment(text, TextRange::new(0, text.len()));
            assert_eq!(sentences.len(), 1, "one sentence wanted: {text}");
            sentences.remove(0)
        })
        .collect();
    model.parse(&segmented, &NoNames)
}
