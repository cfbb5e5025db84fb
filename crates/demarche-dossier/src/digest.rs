//! What a dossier says, as one hash: the same for the same documents, in whatever order and by however many runs they were
//! added, with their texts or without.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::batch::Digest;
use crate::dossier::Dossier;
use crate::error::DossierError;

impl Dossier {
    /// SHA-256 of all documents by id (id, hash, the first document of its story, its records as JSON Lines without their words)
    /// and of all events and initiatives (id, the first of its incident or process).
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn digest(&self) -> Result<Digest, DossierError> {
        let mut hasher = Sha256::new();
        let mut select = self.connection.prepare(
            "SELECT name, hash, (SELECT min(name) FROM documents AS other WHERE other.story = documents.story)
             FROM documents ORDER BY name",
        )?;
        let mut rows = select.query([])?;
        let mut line = String::new();
        while let Some(row) = rows.next()? {
            let (name, hash, story): (String, [u8; 32], Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            line.clear();
            let _ = writeln!(line, "{name}\t{}\t{}", Digest(hash), story.unwrap_or_default());
            hasher.update(&line);
            for record in self.records_of(&name)? {
                let (record, _) = record.without_words();
                hasher.update(crate::add::json(&record)?);
                hasher.update("\n");
            }
        }
        // Incidents and processes are named by rows, which the order of adding decides; their first records by id are not.
        for (letter, select) in [
            (
                'e',
                "SELECT name, number, first_value(name || '#e' || number) OVER (
                     PARTITION BY coalesce(incident, -events.id) ORDER BY name, number
                 )
                 FROM events JOIN documents ON documents.id = events.document
                 LEFT JOIN incidents ON incidents.event = events.id ORDER BY name, number",
            ),
            (
                'i',
                "SELECT name, number, first_value(name || '#i' || number) OVER (
                     PARTITION BY coalesce(process, -initiatives.id) ORDER BY name, number
                 )
                 FROM initiatives JOIN documents ON documents.id = initiatives.document
                 LEFT JOIN process_members ON process_members.initiative = initiatives.id ORDER BY name, number",
            ),
        ] {
            let mut select = self.connection.prepare(select)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let (name, number, first): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                line.clear();
                let _ = writeln!(line, "{name}#{letter}{number}\t{first}");
                hasher.update(&line);
            }
        }
        Ok(Digest(hasher.finalize().into()))
    }
}
