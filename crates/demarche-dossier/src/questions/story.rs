//! The documents that tell one story.

use demarche_record::Day;
use rusqlite::OptionalExtension;

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::load;

/// Near copies of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its documents, the first published first. Its id is the first one's.
    pub documents: Vec<Telling>,
}

/// A document that tells a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Its id.
    pub document: String,
    /// Day of publication.
    pub date: Option<Day>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
}

impl Dossier {
    /// The day on which a document was published, by its id.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn published(&self, document: &str) -> Result<Option<Day>, DossierError> {
        let mut statement = self.connection.prepare_cached("SELECT date FROM documents WHERE name = ?1")?;
        let date: Option<Option<String>> = statement.query_row([document], |row| row.get(0)).optional()?;
        load::day(date.ok_or_else(|| DossierError::NoSuchId { id: document.to_owned() })?)
    }

    /// The story that a document tells, by the document's id; by itself where it has not been compared yet.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn story(&self, document: &str) -> Result<Story, DossierError> {
        let mut statement = self.connection.prepare_cached("SELECT id, story FROM documents WHERE name = ?1")?;
        let found: Option<(i64, Option<i64>)> =
            statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (row, story) = found.ok_or_else(|| DossierError::NoSuchId { id: document.to_owned() })?;
        let mut statement = self.connection.prepare_cached(
            "SELECT name, date, publisher, title, url FROM documents WHERE id = ?1 OR story = ?2
             ORDER BY date IS NULL, date, name",
        )?;
        let mut rows = statement.query((row, story))?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            documents.push(Telling {
                document: row.get("name")?,
                date: load::day(row.get("date")?)?,
                publisher: row.get("publisher")?,
                title: row.get("title")?,
                url: row.get("url")?,
            });
        }
        Ok(Story { documents })
    }
}
