//! The documents of files and folders, whole in memory.

use std::path::PathBuf;

use demarche::Document;
use demarche::document::{DocumentError, Options, discover, read};

/// The one language that is coded.
const ENGLISH: &str = "en";

/// All English documents in input order; what cannot be read, or is in another language, is named and passed over.
///
/// # Errors
/// The first error, if no document could be read.
pub(crate) fn all(files: &[PathBuf]) -> Result<Vec<Document>, DocumentError> {
    let options = Options::default();
    let mut out = Vec::new();
    let mut errors = Vec::new();
    for input in discover(files).inputs {
        let found: Vec<_> = match input {
            Ok(input) => read(&input, &options).collect(),
            Err(error) => vec![Err(error)],
        };
        for document in found {
            match document {
                Ok(document) if document.language == ENGLISH => out.push(document),
                Ok(document) => eprintln!("{}: in the language `{}`; passed over", document.id, document.language),
                Err(error) => errors.push(error),
            }
        }
    }
    if out.is_empty() && !errors.is_empty() {
        return Err(errors.swap_remove(0));
    }
    for error in errors {
        eprintln!("{error}");
    }
    Ok(out)
}
