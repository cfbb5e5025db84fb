//! Documents taken over from other data sets.

use rusqlite::{Transaction, params};

use crate::dossier::Dossier;
use crate::error::DossierError;

/// Makes the document a story of its own. None of its events has a profile, so that none is ever compared with others: what
/// another data set counts is no second report of a happening.
pub(super) fn set_apart(transaction: &Transaction<'_>, document: i64) -> Result<(), DossierError> {
    let story = transaction.prepare_cached("INSERT INTO stories DEFAULT VALUES")?.insert([])?;
    transaction.prepare_cached("UPDATE documents SET story = ?2 WHERE id = ?1")?.execute([document, story])?;
    Ok(())
}

impl Dossier {
    /// Ids of the documents that are parts of a file: `FILE/1`, `FILE/2`, ..., by number.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn parts_of(&self, file: &str) -> Result<Vec<String>, DossierError> {
        let mut statement =
            self.connection.prepare_cached("SELECT name FROM documents WHERE name > ?1 AND name < ?2")?;
        // '0' is the character behind '/'.
        let mut rows = statement.query(params![format!("{file}/"), format!("{file}0")])?;
        let mut parts = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if let Some(number) = name.get(file.len() + 1..).and_then(|number| number.parse::<u64>().ok()) {
                parts.push((number, name));
            }
        }
        parts.sort_unstable();
        Ok(parts.into_iter().map(|(_, name)| name).collect())
    }
}
