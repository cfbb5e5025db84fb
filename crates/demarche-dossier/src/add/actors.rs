//! Actors and places stand once each, under a key made of what is known about them.

use std::collections::HashMap;

use demarche_record::{Entity, Place, Sector};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest as _, Sha256};

use crate::error::DossierError;

/// Digest of the columns of an actor or place: the same in every dossier.
type Key = [u8; 16];

/// Entries after which a map is emptied: some 4 MiB.
const FULL: usize = 100_000;

/// Rows of the actors and places met last.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    actors: HashMap<Key, i64>,
    places: HashMap<Key, i64>,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        self.actors.clear();
        self.places.clear();
    }

    /// Row of an actor, made if need be.
    pub(crate) fn actor(&mut self, transaction: &Transaction<'_>, entity: &Entity) -> Result<i64, DossierError> {
        let key = actor_key(entity);
        row(&mut self.actors, key, transaction, "SELECT id FROM actors WHERE key = ?1", |transaction| {
            let sectors: Vec<&str> = entity.sector.iter().map(|sector| Sector::as_str(*sector)).collect();
            let mut statement = transaction.prepare_cached(
                "INSERT INTO actors (key, code, sectors, identifier_id, identifier_text, name, office, religion, ethnicity)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            statement.insert(params![
                key,
                entity.code.as_ref().map(demarche_record::Code::as_str),
                sectors.join(" "),
                entity.identifier_id,
                entity.identifier_text,
                entity.name,
                entity.office,
                entity.religion,
                entity.ethnicity,
            ])
        })
    }

    /// Row of a place, made if need be.
    pub(crate) fn place(&mut self, transaction: &Transaction<'_>, place: &Place) -> Result<i64, DossierError> {
        let key = place_key(place);
        row(&mut self.places, key, transaction, "SELECT id FROM places WHERE key = ?1", |transaction| {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO places (key, resolved_place, geonameid, lat, lon, city, district, province, country,
                                     country_code, feature_class, feature_code, resolution)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?;
            statement.insert(params![
                key,
                place.resolved_place,
                place.geonameid,
                place.lat,
                place.lon,
                place.city,
                place.district,
                place.province,
                place.country,
                place.country_code.as_ref().map(demarche_record::Code::as_str),
                place.feature_class,
                place.feature_code,
                place.resolution,
            ])
        })
    }
}

fn row(
    known: &mut HashMap<Key, i64>,
    key: Key,
    transaction: &Transaction<'_>,
    select: &str,
    insert: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<i64>,
) -> Result<i64, DossierError> {
    if let Some(&row) = known.get(&key) {
        return Ok(row);
    }
    let mut statement = transaction.prepare_cached(select)?;
    let row = match statement.query_row([key], |row| row.get(0)).optional()? {
        Some(row) => row,
        None => insert(transaction)?,
    };
    if known.len() >= FULL {
        known.clear();
    }
    known.insert(key, row);
    Ok(row)
}

/// Hashes fields so that no two lists of fields look alike.
struct Fields(Sha256);

impl Fields {
    fn new() -> Self {
        Self(Sha256::new())
    }

    fn text(&mut self, text: Option<&str>) {
        match text {
            None => self.0.update([0]),
            Some(text) => {
                self.0.update([1]);
                self.0.update((text.len() as u64).to_le_bytes());
                self.0.update(text);
            }
        }
    }

    fn bits(&mut self, bits: Option<u64>) {
        match bits {
            None => self.0.update([0]),
            Some(bits) => {
                self.0.update([1]);
                self.0.update(bits.to_le_bytes());
            }
        }
    }

    fn key(self) -> Key {
        let digest: [u8; 32] = self.0.finalize().into();
        let mut key = [0; 16];
        key.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
        key
    }
}

fn actor_key(entity: &Entity) -> Key {
    let mut fields = Fields::new();
    fields.text(entity.code.as_ref().map(demarche_record::Code::as_str));
    for sector in &entity.sector {
        fields.text(Some(sector.as_str()));
    }
    fields.text(None);
    for text in [
        &entity.identifier_id,
        &entity.identifier_text,
        &entity.name,
        &entity.office,
        &entity.religion,
        &entity.ethnicity,
    ] {
        fields.text(text.as_deref());
    }
    fields.key()
}

fn place_key(place: &Place) -> Key {
    let mut fields = Fields::new();
    fields.bits(place.geonameid.map(u64::from));
    fields.bits(place.lat.map(f64::to_bits));
    fields.bits(place.lon.map(f64::to_bits));
    fields.bits(place.resolution.map(u64::from));
    fields.text(place.country_code.as_ref().map(demarche_record::Code::as_str));
    for text in [
        &place.resolved_place,
        &place.city,
        &place.district,
        &place.province,
        &place.country,
        &place.feature_class,
        &place.feature_code,
    ] {
        fields.text(text.as_deref());
    }
    fields.key()
}
