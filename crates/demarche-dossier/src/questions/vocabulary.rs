//! The open names that a dossier holds.

use std::collections::BTreeSet;

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::Vocabulary;

impl Dossier {
    /// Event types, modes, contexts and issues of the records that are there.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn vocabulary(&self) -> Result<Vocabulary, DossierError> {
        Ok(Vocabulary {
            event_types: self.event_types()?,
            modes: self.names("event_modes", "mode")?,
            contexts: self.names("event_contexts", "context")?,
            issues: self.names("statement_issues", "issue")?,
        })
    }

    /// From the index of dates: the types have none of their own.
    fn event_types(&self) -> Result<BTreeSet<String>, DossierError> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT event_type FROM events")?;
        let types = statement.query_map([], |row| row.get(0))?;
        Ok(types.collect::<Result<_, _>>()?)
    }

    /// The publishers that are there.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn publishers(&self) -> Result<BTreeSet<String>, DossierError> {
        self.names("documents", "publisher")
    }

    /// The distinct values of an indexed column, from one to the next: their number counts, not that of the rows.
    fn names(&self, table: &str, column: &str) -> Result<BTreeSet<String>, DossierError> {
        let select = format!("SELECT min({column}) FROM {table} WHERE {column} > ?1");
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut names = BTreeSet::new();
        let mut last = String::new();
        while let Some(next) = statement.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
            last.clone_from(&next);
            names.insert(next);
        }
        Ok(names)
    }
}
