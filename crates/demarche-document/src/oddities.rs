//! What an input has that it should not have and that costs nothing: told, and no failure.

use std::fmt;

/// What was passed over in an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Rows of a table that repeat its line of column names, as where files were put together.
    pub repeated_headers: u64,
    /// Rows of a table with more fields than columns, the surplus ones empty.
    pub surplus_fields: u64,
    /// Rows of a table in which all fields are empty.
    pub empty_rows: u64,
}

impl Oddities {
    /// Whether there is nothing to tell.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for Oddities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = [
            (self.repeated_headers, "with the column names once more, passed over"),
            (self.surplus_fields, "with surplus empty fields, read without them"),
            (self.empty_rows, "without a value, passed over"),
        ];
        for (index, (count, what)) in told.into_iter().filter(|(count, _)| *count > 0).enumerate() {
            let (before, rows) = (if index == 0 { "" } else { "; " }, if count == 1 { "row" } else { "rows" });
            write!(f, "{before}{count} {rows} {what}")?;
        }
        Ok(())
    }
}
