//! Questions in SQL, by those who know the tables: one SELECT, which can neither write nor reach another file.

use std::ops::ControlFlow;

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;

use crate::dossier::Dossier;
use crate::error::DossierError;

/// A value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Dossier {
    /// Asks `query` and hands column names and a row's cells to `visit`, one row after the other. Gives the names, which
    /// an answer without rows has too.
    ///
    /// # Errors
    /// [`DossierError::Writes`] for anything but a SELECT; [`DossierError::BadSql`] for one that SQLite refuses.
    pub fn sql(
        &mut self,
        query: &str,
        visit: impl FnMut(&[String], Vec<Cell>) -> ControlFlow<()>,
    ) -> Result<Vec<String>, DossierError> {
        self.connection.authorizer(Some(|context: AuthContext<'_>| allowed(&context)))?;
        let asked = ask(&self.connection, query, visit);
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>)?;
        asked
    }
}

/// Reading alone. The index of words asks for the version of the data by a pragma.
fn allowed(context: &AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Recursive
        | AuthAction::Pragma { pragma_name: "data_version", pragma_value: None } => Authorization::Allow,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            Authorization::Allow
        }
        _ => Authorization::Deny,
    }
}

fn ask(
    connection: &Connection,
    query: &str,
    mut visit: impl FnMut(&[String], Vec<Cell>) -> ControlFlow<()>,
) -> Result<Vec<String>, DossierError> {
    let mut statement = connection.prepare(query).map_err(refused)?;
    if !statement.readonly() {
        return Err(DossierError::Writes);
    }
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query([]).map_err(refused)?;
    while let Some(row) = rows.next().map_err(refused)? {
        let mut cells = Vec::with_capacity(names.len());
        for column in 0..names.len() {
            cells.push(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Integer(number),
                ValueRef::Real(number) => Cell::Real(number),
                ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Cell::Blob(bytes.to_owned()),
            });
        }
        if visit(&names, cells).is_break() {
            break;
        }
    }
    drop(rows);
    Ok(names)
}

/// What the one who asked did wrong, or what befell the database.
fn refused(error: rusqlite::Error) -> DossierError {
    match error {
        rusqlite::Error::MultipleStatement => DossierError::Writes,
        // A function that is denied is reported as a fault of the statement.
        rusqlite::Error::SqlInputError { msg, .. } if msg.starts_with("not authorized") => DossierError::Writes,
        rusqlite::Error::SqlInputError { msg, .. } => DossierError::BadSql { cause: msg },
        error => match DossierError::from(error) {
            DossierError::Database(error) => DossierError::BadSql { cause: error.to_string() },
            other => other,
        },
    }
}
