//! What can go wrong with a dossier. The path is not named here: whoever opened the file knows it.

use rusqlite::ErrorCode;

use crate::filter::FilterError;

/// A dossier could not be opened, written or asked.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// The file is no SQLite database.
    #[error("not a dossier: the file is no SQLite database; give another path")]
    NotADatabase,
    /// The file is a database of something else.
    #[error("not a dossier: the database was made by another program; give another path")]
    NotADossier,
    /// The file does not exist, and nothing was to be made.
    #[error("there is no dossier there; `demarche add` makes one")]
    Missing,
    /// A later version of the program wrote it.
    #[error("the dossier is of version {found}, this program knows versions up to {known}; use a newer program")]
    Newer {
        /// Version of the file.
        found: i32,
        /// The latest version known.
        known: i32,
    },
    /// It is of an earlier version and was opened for reading only.
    #[error(
        "the dossier is of version {found}, this program reads version {known}; open it once for writing to bring it up to date"
    )]
    Older {
        /// Version of the file.
        found: i32,
        /// The version wanted.
        known: i32,
    },
    /// Another process kept it locked longer than one waits.
    #[error("another process is writing to the dossier; try again when it has finished")]
    Locked,
    /// No room for what was to be written; what was there before is whole.
    #[error("the disk is full; make room and run the same command again: nothing finished is lost")]
    Full,
    /// The file may not be written.
    #[error("the dossier may not be written; check the permissions of the file and its folder")]
    NotWritable,
    /// The file cannot be opened or made.
    #[error("the file cannot be opened or made; check that its folder is there and may be written")]
    CannotOpen,
    /// The system refused to read or write.
    #[error(
        "the system cannot read or write the dossier ({what}); see whether the disk is full or failing: nothing finished is lost"
    )]
    Io {
        /// What it reports.
        what: String,
    },
    /// The bytes of the database are not what they should be.
    #[error("the dossier is damaged ({what}); restore it from a copy")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// A record does not belong to the document it came with.
    #[error(
        "record `{record}` does not belong to document `{document}`: ids are DOCUMENT#LETTER-NUMBER and no id comes twice"
    )]
    StrayRecord {
        /// The record's id.
        record: String,
        /// The document's id.
        document: String,
    },
    /// An event without a type, or with several.
    #[error("record `{record}` has {types} event types; an event has exactly one")]
    EventTypes {
        /// The record's id.
        record: String,
        /// How many it has.
        types: usize,
    },
    /// A question's filter makes no sense.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// No record, document or story has this id.
    #[error("nothing in the dossier has the id `{id}`")]
    NoSuchId {
        /// What was asked for.
        id: String,
    },
    /// A statement that would change the dossier, or reach another file.
    #[error("only one SELECT can be asked; this statement writes, or reaches outside the dossier")]
    Writes,
    /// A statement that SQLite refuses.
    #[error("{cause}; the tables are described in docs/dossier.md")]
    BadSql {
        /// SQLite's words.
        cause: String,
    },
    /// A table of countries is not as it should be.
    #[error("the table of countries, line {line}: {cause}")]
    Countries {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        cause: String,
    },
    /// Anything else that SQLite reports.
    #[error("the database reports: {0}")]
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for DossierError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase) => Self::NotADatabase,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { what: error.to_string() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::NotWritable,
            Some(ErrorCode::CannotOpen) => Self::CannotOpen,
            Some(ErrorCode::SystemIoFailure) => Self::Io { what: error.to_string() },
            Some(ErrorCode::AuthorizationForStatementDenied) => Self::Writes,
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::InvalidColumnType(..) => Self::Damaged { what: error.to_string() },
                other => Self::Database(other),
            },
        }
    }
}

impl From<rusqlite::types::FromSqlError> for DossierError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Damaged { what: error.to_string() }
    }
}
