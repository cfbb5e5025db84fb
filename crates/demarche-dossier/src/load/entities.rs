//! Entities and places of a record.

use demarche_record::{Entity, Place, Sector, Span};
use rusqlite::{Connection, params};

use crate::error::DossierError;

/// Entities in one role and their spans. `select` takes record and role, and gives the columns of [`COLUMNS`].
pub(crate) fn entities(
    connection: &Connection,
    select: &str,
    record: i64,
    role: &str,
) -> Result<(Vec<Entity>, Vec<Span>), DossierError> {
    let mut statement = connection.prepare_cached(select)?;
    let mut rows = statement.query(params![record, role])?;
    let (mut entities, mut spans) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        let sectors: String = row.get("sectors")?;
        entities.push(Entity {
            code: super::country(row.get::<_, Option<String>>("code")?.as_deref())?,
            sector: sectors.split_whitespace().map(super::code).collect::<Result<Vec<Sector>, _>>()?,
            entity_text: row.get("text")?,
            identifier_id: row.get("identifier_id")?,
            identifier_text: row.get("identifier_text")?,
            name: row.get("name")?,
            office: row.get("office")?,
            religion: row.get("religion")?,
            ethnicity: row.get("ethnicity")?,
            span: None,
        });
        let (start, end): (Option<usize>, Option<usize>) = (row.get("start")?, row.get("end")?);
        spans.extend(start.zip(end).map(Span::from));
    }
    Ok((entities, spans))
}

/// Declares the query that [`entities`] runs for one kind of record.
macro_rules! select_entities {
    ($table:literal, $record:literal) => {
        concat!(
            "SELECT code, sectors, text, identifier_id, identifier_text, name, office, religion, ethnicity, start, end
             FROM ",
            $table,
            " JOIN actors ON actors.id = actor WHERE ",
            $record,
            " = ?1 AND role = ?2 ORDER BY position"
        )
    };
}
pub(crate) use select_entities;

/// The place of row `place`, written `extracted`.
pub(crate) fn place(
    connection: &Connection,
    place: Option<i64>,
    extracted: Option<String>,
) -> Result<Option<Place>, DossierError> {
    let Some(place) = place else { return Ok(None) };
    let mut statement = connection.prepare_cached(
        "SELECT resolved_place, geonameid, lat, lon, city, district, province, country, feature_class, feature_code,
                resolution, country_code
         FROM places WHERE id = ?1",
    )?;
    let (place, country_code): (_, Option<String>) = statement.query_row([place], |row| {
        let place = Place {
            extracted_place: extracted.unwrap_or_default(),
            resolved_place: row.get(0)?,
            geonameid: row.get(1)?,
            lat: row.get(2)?,
            lon: row.get(3)?,
            city: row.get(4)?,
            district: row.get(5)?,
            province: row.get(6)?,
            country: row.get(7)?,
            country_code: None,
            feature_class: row.get(8)?,
            feature_code: row.get(9)?,
            resolution: row.get(10)?,
        };
        Ok((place, row.get(11)?))
    })?;
    Ok(Some(Place { country_code: super::country(country_code.as_deref())?, ..place }))
}
