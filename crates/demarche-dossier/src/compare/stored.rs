//! The counts of a source that a dossier holds.

use demarche_record::{EventType, QuadCode};
use rusqlite::params;

use super::cells::{Cells, Class, Of};
use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::load;
use crate::questions::{Panel, Unit};

/// Which of a dossier's documents are a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reported {
    /// All that were coded here: everything but what was imported.
    Coded,
    /// Those of one publisher, in any case; imported ones have the name of their data set.
    By(String),
}

impl Dossier {
    /// Counts the events of a source by unit, month and class. Reports of one happening count once in a cell.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn reported(&self, of: &Reported, by: Panel, class: Of) -> Result<Cells, DossierError> {
        let mut cells = Cells::new(by, class);
        let (condition, publisher) = match of {
            Reported::Coded => ("d.imported = 0 AND ?1 IS NULL", None),
            Reported::By(publisher) => ("d.publisher = ?1 COLLATE NOCASE", Some(publisher)),
        };
        let (units, target) = match by {
            Panel::DyadMonth => ("event_dyads", "u.target"),
            Panel::CountryMonth => (
                "(SELECT DISTINCT event, code AS source FROM event_actors JOIN actors ON actors.id = actor
                  WHERE role = 'actor' AND code IS NOT NULL)",
                "NULL",
            ),
        };
        let column = match class {
            Of::Quad => "r.quad_code",
            Of::Event => "r.event_type",
        };
        let exact = Unit::Month.exact_enough();
        let select = format!(
            "SELECT u.source, {target}, {}, CAST({column} AS TEXT),
                    count(DISTINCT COALESCE((SELECT incident FROM incidents WHERE event = r.id), r.id))
             FROM events AS r JOIN documents AS d ON d.id = r.document JOIN {units} AS u ON u.event = r.id
             WHERE {condition} AND ({exact}) AND {column} IS NOT NULL GROUP BY 1, 2, 3, 4",
            Unit::Month.first_day()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let mut rows = statement.query(params![publisher])?;
        while let Some(row) = rows.next()? {
            let target: Option<String> = row.get(1)?;
            let unit = (load::code_of(&row.get::<_, String>(0)?)?, target.as_deref().map(load::code_of).transpose()?);
            let Some(month) = load::day(row.get(2)?)? else { continue };
            let written: String = row.get(3)?;
            let class = match class {
                Of::Quad => Class::Quad(QuadCode(written.parse().unwrap_or_default())),
                Of::Event => Class::Event(EventType::new(&written)),
            };
            cells.add(unit, month.0, class, row.get(4)?);
        }
        let others = format!(
            "SELECT count(*) FROM events AS r JOIN documents AS d ON d.id = r.document
             WHERE {condition} AND (COALESCE(({exact}), 0) = 0 OR {column} IS NULL
                                    OR NOT EXISTS (SELECT 1 FROM {units} AS u WHERE u.event = r.id))"
        );
        cells.left_out = self.connection.query_row(&others, params![publisher], |row| row.get(0))?;
        Ok(cells)
    }
}
