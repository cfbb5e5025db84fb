//! The formats of inputs and how they are read, as the command line names them.

use clap::ValueEnum;
use demarche::document;

/// What the bytes of an input are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Plain text, one document a file.
    Text,
    /// A page, one document a file.
    Html,
    /// JSON Lines, one document a line.
    Jsonl,
    /// Comma-separated values (or semicolons, or tabs) below their names, one document a row.
    Csv,
    /// Tab-separated values below their names, one document a row.
    Tsv,
    /// Parquet, one document a row.
    Parquet,
    /// RSS or Atom, one document an item.
    Feed,
    /// A web archive, one document a page (WARC) or text (WET).
    Warc,
}

impl From<Format> for document::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Html => Self::Html,
            Format::Jsonl => Self::JsonLines,
            Format::Csv => Self::Csv,
            Format::Tsv => Self::Tsv,
            Format::Parquet => Self::Parquet,
            Format::Feed => Self::Feed,
            Format::Warc => Self::Warc,
        }
    }
}

/// Which number of 03/04/2023 is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl From<DateOrder> for document::DateOrder {
    fn from(order: DateOrder) -> Self {
        match order {
            DateOrder::Dmy => Self::DayFirst,
            DateOrder::Mdy => Self::MonthFirst,
        }
    }
}

/// A number of bytes: `500000`, `64K`, `16M`, `1G`.
pub(super) fn size(written: &str) -> Result<u64, String> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match written[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err("write a number of bytes, with K, M or G if you like, as in 16M".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "write a number of bytes, as in 16M".to_owned())?;
    number.checked_mul(1 << unit).filter(|&bytes| bytes > 0).ok_or_else(|| "no such size".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(size("500000"), Ok(500_000));
        assert_eq!(size("64K"), Ok(65536));
        assert_eq!(size("16MiB"), Ok(16 << 20));
        for bad in ["", "M", "1.5M", "16X", "-1", "0", "99999999999G"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
