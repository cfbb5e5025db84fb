//! Records by filter, in the order of their dates, and of their ids within a day: the same order in every dossier.

use std::ops::ControlFlow;

use demarche_record::{Day, Event, Initiative, Record, Statement};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::dossier::Dossier;
use crate::error::DossierError;
use crate::filter::{Clause, Filter, Kind};
use crate::load;

impl Dossier {
    /// Hands the events that meet the filter to `visit`, by date, until it breaks off.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of events.
    pub fn events(&self, filter: &Filter, visit: impl FnMut(Event) -> ControlFlow<()>) -> Result<(), DossierError> {
        each(&self.connection, Kind::Event, &filter.clause(Kind::Event)?, load::event, visit)
    }

    /// Hands the statements that meet the filter to `visit`, by date, until it breaks off.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of statements.
    pub fn statements(
        &self,
        filter: &Filter,
        visit: impl FnMut(Statement) -> ControlFlow<()>,
    ) -> Result<(), DossierError> {
        each(&self.connection, Kind::Statement, &filter.clause(Kind::Statement)?, load::statement, visit)
    }

    /// Hands the initiatives that meet the filter to `visit`, by the date of their first stage, until it breaks off.
    ///
    /// # Errors
    /// [`DossierError::Filter`] for a filter with conditions that are not of initiatives.
    pub fn initiatives(
        &self,
        filter: &Filter,
        visit: impl FnMut(Initiative) -> ControlFlow<()>,
    ) -> Result<(), DossierError> {
        each(&self.connection, Kind::Initiative, &filter.clause(Kind::Initiative)?, load::initiative, visit)
    }

    /// The days of an initiative's stages, in their order: of the record that shows a stage, else of the document.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn stage_days(&self, initiative: &str) -> Result<Vec<Option<Day>>, DossierError> {
        let (Kind::Initiative, row) = self.row(initiative)? else {
            return Err(DossierError::NoSuchId { id: initiative.to_owned() });
        };
        let select = "SELECT date FROM initiative_stages WHERE initiative = ?1 ORDER BY position";
        let mut statement = self.connection.prepare_cached(select)?;
        let days = statement.query_map([row], |row| row.get(0))?;
        days.map(|day| load::day(day?)).collect()
    }

    /// How many records of each kind meet the filter: events, statements, initiatives. A kind that the filter does not
    /// apply to counts none.
    ///
    /// # Errors
    /// [`DossierError`].
    pub fn counts(&self, filter: &Filter) -> Result<[u64; 3], DossierError> {
        let mut counts = [0; 3];
        for (count, kind) in counts.iter_mut().zip([Kind::Event, Kind::Statement, Kind::Initiative]) {
            let Ok(clause) = filter.clause(kind) else { continue };
            let select = format!("SELECT count(*) FROM {} AS r WHERE {}", kind.name(), clause.sql());
            *count = self.connection.query_row(&select, params_from_iter(&clause.values), |row| row.get(0))?;
        }
        Ok(counts)
    }

    /// The record of an id, `DOCUMENT#e3`.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn record(&self, id: &str) -> Result<Record, DossierError> {
        let (kind, row) = self.row(id)?;
        Ok(match kind {
            Kind::Event => Record::Event(Box::new(load::event(&self.connection, row)?)),
            Kind::Statement => Record::Statement(Box::new(load::statement(&self.connection, row)?)),
            Kind::Initiative => Record::Initiative(Box::new(load::initiative(&self.connection, row)?)),
        })
    }

    /// Row of an event's id.
    pub(crate) fn event_row(&self, id: &str) -> Result<i64, DossierError> {
        match self.row(id)? {
            (Kind::Event, row) => Ok(row),
            _ => Err(DossierError::NoSuchId { id: id.to_owned() }),
        }
    }

    /// Kind and row of a record's id.
    pub(crate) fn row(&self, id: &str) -> Result<(Kind, i64), DossierError> {
        let missing = || DossierError::NoSuchId { id: id.to_owned() };
        let (document, rest) = id.rsplit_once('#').ok_or_else(missing)?;
        let mut characters = rest.chars();
        let kind = match characters.next() {
            Some('e') => Kind::Event,
            Some('s') => Kind::Statement,
            Some('i') => Kind::Initiative,
            _ => return Err(missing()),
        };
        let number: i64 = characters.as_str().parse().map_err(|_| missing())?;
        let select = format!(
            "SELECT r.id FROM {} AS r JOIN documents ON documents.id = r.document WHERE name = ?1 AND number = ?2",
            kind.name()
        );
        let mut statement = self.connection.prepare_cached(&select)?;
        let row = statement.query_row((document, number), |row| row.get(0)).optional()?.ok_or_else(missing)?;
        Ok((kind, row))
    }

    /// Every record of a document, events first.
    ///
    /// # Errors
    /// [`DossierError::NoSuchId`].
    pub fn records_of(&self, document: &str) -> Result<Vec<Record>, DossierError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM documents WHERE name = ?1")?;
        let row: Option<i64> = statement.query_row([document], |row| row.get(0)).optional()?;
        let row = row.ok_or_else(|| DossierError::NoSuchId { id: document.to_owned() })?;
        let mut records = Vec::new();
        for kind in [Kind::Event, Kind::Statement, Kind::Initiative] {
            let select = format!("SELECT id FROM {} WHERE document = ?1 ORDER BY number", kind.name());
            let mut statement = self.connection.prepare_cached(&select)?;
            let rows = statement.query_map([row], |row| row.get(0))?;
            for row in rows {
                let row: i64 = row?;
                records.push(match kind {
                    Kind::Event => Record::Event(Box::new(load::event(&self.connection, row)?)),
                    Kind::Statement => Record::Statement(Box::new(load::statement(&self.connection, row)?)),
                    Kind::Initiative => Record::Initiative(Box::new(load::initiative(&self.connection, row)?)),
                });
            }
        }
        Ok(records)
    }
}

/// Loads one row after the other, so that memory does not grow with the number of records.
fn each<T>(
    connection: &Connection,
    kind: Kind,
    clause: &Clause,
    load: impl Fn(&Connection, i64) -> Result<T, DossierError>,
    mut visit: impl FnMut(T) -> ControlFlow<()>,
) -> Result<(), DossierError> {
    let date = match kind {
        Kind::Event | Kind::Statement => "r.date",
        Kind::Initiative => "(SELECT min(date) FROM initiative_stages WHERE initiative = r.id)",
    };
    let select = format!(
        "SELECT r.id FROM {} AS r JOIN documents ON documents.id = r.document
         WHERE {} ORDER BY {date}, documents.name, r.number",
        kind.name(),
        clause.sql()
    );
    let mut statement = connection.prepare_cached(&select)?;
    let mut rows = statement.query(params_from_iter(&clause.values))?;
    while let Some(row) = rows.next()? {
        if visit(load(connection, row.get(0)?)?).is_break() {
            break;
        }
    }
    Ok(())
}
