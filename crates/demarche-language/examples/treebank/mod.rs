//! Reads CoNLL-U files as raw paragraphs with their right segmentation, for the examples that train and score.

use std::fmt::Write as _;

use demarche_language::{Segmented, Word};
use demarche_record::TextRange;

/// A document of a treebank.
#[derive(Debug, Default)]
pub struct Document {
    /// GUM's genre (the second part of `# newdoc id`); of other treebanks the first part.
    pub genre: String,
    /// Paragraphs of sentences.
    pub paragraphs: Vec<Vec<Sentence>>,
}

/// Words with whether white space follows.
pub type Sentence = Vec<(String, bool)>;

/// All documents of a CoNLL-U file's text.
pub fn read(text: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut sentence = Sentence::new();
    let mut paragraph = true;
    let mut contraction: Option<(usize, bool)> = None;
    for line in text.lines().chain([""]) {
        if let Some(id) = line.strip_prefix("# newdoc id = ") {
            let genre = id.strip_prefix("GUM_").unwrap_or(id).split(['_', '-']).next().unwrap_or_default();
            documents.push(Document { genre: genre.to_owned(), paragraphs: Vec::new() });
            paragraph = true;
        } else if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
            paragraph = true;
        } else if line.is_empty() && !sentence.is_empty() {
            if documents.is_empty() {
                documents.push(Document::default());
            }
            let Some(document) = documents.last_mut() else { continue };
            if paragraph || document.paragraphs.is_empty() {
                document.paragraphs.push(Vec::new());
            }
            paragraph = false;
            document.paragraphs.last_mut().into_iter().for_each(|last| last.push(std::mem::take(&mut sentence)));
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, .., misc] = columns[..] else { continue };
            let space = !misc.split('|').any(|feature| feature == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                contraction = last.parse().ok().map(|last| (last, space));
            } else if let Ok(number) = id.parse::<usize>() {
                let space = match contraction {
                    Some((last, _)) if number < last => false,
                    Some((last, after)) if number == last => after,
                    _ => space,
                };
                sentence.push((form.to_owned(), space));
                if contraction.is_some_and(|(last, _)| number >= last) {
                    contraction = None;
                }
            }
        }
    }
    documents
}

/// Text of a paragraph and its segmentation. `glued(n)` drops the space after the nth sentence; `capitals` writes all so.
pub fn paragraph(sentences: &[Sentence], glued: impl Fn(usize) -> bool, capitals: bool) -> (String, Vec<Segmented>) {
    let mut text = String::new();
    let mut gold = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let mut words = Vec::new();
        for (form, space) in sentence {
            let start = text.len();
            let form = if capitals { form.to_uppercase() } else { form.clone() };
            let _ = write!(text, "{form}");
            words.push(Word { range: TextRange::new(start, text.len()), form });
            if *space {
                text.push(' ');
            }
        }
        if glued(number) {
            text.truncate(text.trim_end().len());
        }
        let range = words.iter().map(|word| word.range).reduce(TextRange::cover).unwrap_or_default();
        gold.push(Segmented { range, words });
    }
    (text, gold)
}
