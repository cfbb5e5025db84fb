//! Sentences by their words.

use std::ops::ControlFlow;

use demarche_record::{Day, Field, Span};

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::load;

/// A sentence that holds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Id of its document.
    pub document: String,
    /// Day of the document.
    pub date: Option<Day>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Number of the sentence.
    pub sequence: usize,
    /// Title or text.
    pub field: Field,
    /// Its bytes.
    pub span: Span,
    /// Its words; `None` where they are not kept.
    pub text: Option<String>,
}

impl Dossier {
    /// Hands the sentences that hold all of the words to `visit`, the most telling first. Words in quotation marks stand
    /// next to each other; a word with `*` at its end is the beginning of one. Case and accents do not matter.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn search(&self, words: &str, mut visit: impl FnMut(Hit) -> ControlFlow<()>) -> Result<(), DossierError> {
        let pattern = pattern(words);
        if pattern.is_empty() {
            return Ok(());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT documents.name AS document, date, publisher, sequence, field, start, end, sentences.text AS text
             FROM words JOIN sentences ON sentences.id = words.rowid
             JOIN documents ON documents.id = sentences.document
             WHERE words MATCH ?1 ORDER BY rank, documents.name, sequence",
        )?;
        let mut rows = statement.query([pattern])?;
        while let Some(row) = rows.next()? {
            let hit = Hit {
                document: row.get("document")?,
                date: load::day(row.get("date")?)?,
                publisher: row.get("publisher")?,
                sequence: row.get("sequence")?,
                field: load::code(&row.get::<_, String>("field")?)?,
                span: load::span(row, "start", "end")?,
                text: row.get("text")?,
            };
            if visit(hit).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Every word and quoted phrase as a string of the index's own language, so that none of its operators is met by chance.
fn pattern(words: &str) -> String {
    let mut terms = Vec::new();
    for (number, part) in words.split('"').enumerate() {
        if number % 2 == 1 {
            terms.push(format!("\"{part}\""));
            continue;
        }
        for word in part.split_whitespace() {
            let (word, star) = word.strip_suffix('*').map_or((word, ""), |word| (word, " *"));
            terms.push(format!("\"{word}\"{star}"));
        }
    }
    terms.retain(|term| term.chars().any(char::is_alphanumeric));
    terms.join(" AND ")
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn no_operator_is_met_by_chance() {
        assert_eq!(pattern("peace talks"), "\"peace\" AND \"talks\"");
        assert_eq!(pattern("\"peace talks\" NOT gen*"), "\"peace talks\" AND \"NOT\" AND \"gen\" *");
        assert_eq!(pattern("\"open - ( \""), "\"open - ( \"");
        assert_eq!(pattern("- \" * "), "");
    }
}
