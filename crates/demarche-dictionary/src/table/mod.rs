//! A user's own tables: tab-separated, with the columns of the program's tables in `data/actors`.
//!
//! The header line tells which table it is; columns come in any order and may be left out unless needed. A later line
//! that is a header opens another table in the same file. Two columns are for users: `replace` (`yes`: the names of the
//! row hide what is said of them elsewhere) and `certainty` (`suggested` rows wait for a reader and are not loaded).

mod cells;
mod rows;

use demarche_record::Span;

use crate::fault::{Fault, Problem};
use cells::{Cells, Columns};
pub use rows::{HolderRow, NamedRow, PeopleRow, PlaceRow, PlacedCode, RoleRow, Row, RowEntry, TableKind};

/// A user's file of tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// Its rows in the order of the file.
    pub rows: Vec<Row>,
}

/// Words of roles' `kind`.
const ROLE_KINDS: &[&str] = &["office", "person", "group", "body", "instrument"];

/// Reads a user's tables. A row with a fault is named and passed over; the others are read.
pub fn read_tables(file: &str, bytes: &[u8]) -> (Tables, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut start = 0;
    for (index, raw) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let (line_start, number) = (start, index + 1);
        start += raw.len() + 1;
        let fault = |column, problem| Fault { file: file.to_owned(), line: number, column, problem };
        let Ok(text) = std::str::from_utf8(raw) else {
            let problem = "not UTF-8; save the file as UTF-8".to_owned();
            faults.push(fault(1, Problem::Cell { name: String::new(), problem }));
            continue;
        };
        let text = text.trim_start_matches('\u{feff}').trim_end_matches('\r');
        // A comment is `#` and a space: names such as `#MeToo` are none.
        if text.trim().is_empty() || text == "#" || text.starts_with("# ") {
            continue;
        }
        if columns.is_none() || Columns::is_header(text) {
            match Columns::read(text) {
                Ok(read) => columns = Some(read),
                Err((column, name, problem)) => {
                    faults.push(fault(column, Problem::Cell { name, problem }));
                    if columns.is_none() {
                        break;
                    }
                    // Rows of a table without a sound header would be read as another's.
                    columns = Some(Columns::broken());
                }
            }
            continue;
        }
        let Some(columns) = columns.as_ref().filter(|columns| !columns.is_broken()) else { continue };
        let mut cells = Cells::new(columns, text);
        let row = row(columns.kind, &mut cells, number, Span::new(line_start, line_start + raw.len()));
        if cells.faults.is_empty() {
            rows.extend(row);
        }
        cells.faults.sort_by_key(|fault| fault.0);
        faults.extend(
            cells.faults.into_iter().map(|(column, name, problem)| fault(column, Problem::Cell { name, problem })),
        );
    }
    (Tables { rows }, faults)
}

fn row(kind: TableKind, cells: &mut Cells<'_>, line: usize, span: Span) -> Option<Row> {
    let replaces = cells.word("replace", &["", "yes", "no"]) == "yes";
    let certainty = cells.word("certainty", &["", "sure", "likely", "suggested"]);
    let entry = match kind {
        TableKind::Groups | TableKind::Organisations | TableKind::Bodies | TableKind::Seats => {
            let code = if kind == TableKind::Bodies || kind == TableKind::Seats { "iso3" } else { "code" };
            RowEntry::Named(NamedRow {
                table: kind,
                name: cells.needed("name"),
                aliases: cells.list("aliases"),
                code: cells.code(code),
                sectors: cells.sectors("sector"),
                kind: cells.text("kind"),
                wikidata: cells.wikidata("wikidata"),
                period: cells.period("start", "end"),
            })
        }
        TableKind::Holders => RowEntry::Holder(HolderRow {
            person: cells.needed("person"),
            aliases: cells.list("aliases"),
            code: cells.code("iso3"),
            office: cells.text("office"),
            sectors: cells.sectors("sector"),
            period: cells.period("start", "end"),
            wikidata: cells.wikidata("wikidata"),
            gender: cells.word("gender", &["", "female", "male"]),
            sure: certainty == "sure",
            seen: cells.word("open", &["", "seen"]) == "seen",
        }),
        TableKind::Roles => {
            let same = cells.text("sector") == "=";
            RowEntry::Role(RoleRow {
                lemma: cells.needed("lemma"),
                sectors: if same { Vec::new() } else { cells.sectors("sector") },
                same,
                kind: cells.word("kind", ROLE_KINDS),
                plural: matches!(cells.word("number", &["", "sing", "plur", "mass"]).as_str(), "plur" | "mass"),
                common: cells.text("note").contains("common word"),
            })
        }
        TableKind::Peoples => RowEntry::People(PeopleRow {
            name: cells.needed("name"),
            plurals: cells.list("plural"),
            adjectives: cells.list("adjectives"),
            religion: cells.text("religion"),
            ethnicity: cells.text("ethnicity"),
            countries: cells.codes("countries"),
        }),
        TableKind::Places => RowEntry::Place(PlaceRow {
            geonameid: cells.number("geonameid"),
            name: cells.needed("name"),
            aliases: cells.list("aliases"),
            lat: cells.degrees("lat", 90.0)?,
            lon: cells.degrees("lon", 180.0)?,
            iso2: cells.text("iso2"),
            admin1: cells.text("admin1"),
            population: cells.number("population").unwrap_or(0),
            feature_code: cells.text("feature_code"),
            feature_class: cells.text("feature_class"),
            resolution: cells.number("resolution"),
        }),
    };
    let codes = std::mem::take(&mut cells.codes);
    Some(Row { entry, replaces, suggested: certainty == "suggested", line, span, codes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Row>, Vec<String>) {
        let (tables, faults) = read_tables("f", text.as_bytes());
        (tables.rows, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_header_tells_the_table() {
        let kind = |header: &str| Columns::read(header).map(|columns| columns.kind).ok();
        for (header, expected) in [
            ("name\taliases\tcode\tsector\tkind\twikidata\tstart\tend\tnote", TableKind::Groups),
            ("name\taliases\tcode\tsector\tkind\twikidata\tseat\tmembers\tstart\tend", TableKind::Organisations),
            ("name\taliases\tiso3\tsector\tkind\twikidata\tstart\tend\tnote", TableKind::Bodies),
            ("name\tiso3\tsector\tkind\twikidata\tstart\tend\tnote", TableKind::Seats),
            ("person\tiso3\toffice\tsector\tstart\tend", TableKind::Holders),
            ("lemma\tsector\tkind\tnumber\tnote", TableKind::Roles),
            ("name\tplural\tadjectives\treligion\tethnicity\tcountries\tnote", TableKind::Peoples),
            ("geonameid\tname\taliases\tlat\tlon\tiso2", TableKind::Places),
        ] {
            assert_eq!(kind(header), Some(expected), "{header}");
        }
    }

    #[test]
    fn rows_are_read_and_a_file_may_hold_several_tables() {
        let text = "# mine\nname\taliases\tcode\tsector\tstart\tend\treplace\n\
                    Zorgon Front\tZF|Front\tMLI\tREB|PTY\t2012-03\t2014\tyes\n\n\
                    person\tiso3\toffice\tsector\tcertainty\nJane Doe\tFRA\tforeign minister\tGOV\tsuggested\n";
        let (rows, faults) = read(text);
        assert_eq!(faults, [""; 0]);
        let RowEntry::Named(group) = &rows[0].entry else { panic!("a group") };
        assert_eq!((group.name.as_str(), group.aliases.len(), group.sectors.len()), ("Zorgon Front", 2, 2));
        let day = |text: &str| text.parse().ok();
        assert_eq!(group.period, Period { from: day("2012-03-01"), until: day("2015-01-01") });
        assert!(rows[0].replaces && !rows[0].suggested);
        assert!(matches!(&rows[1].entry, RowEntry::Holder(holder) if holder.office == "foreign minister"));
        assert!(rows[1].suggested);
        assert_eq!(&text[rows[0].span.start..rows[0].span.end].split('\t').count(), &7);
    }

    #[test]
    fn an_office_may_be_last_seen() {
        let text = "person\tiso3\toffice\tsector\tend\topen\nJane Doe\tFRA\tforeign minister\tGOV\t2022\tseen\n\
                    Ann Doe\tFRA\tdefence minister\tGOV\t2022\t\nBo Doe\tFRA\tdefence minister\tGOV\t2022\tyes\n";
        let (rows, faults) = read(text);
        let seen = |row: &Row| matches!(&row.entry, RowEntry::Holder(holder) if holder.seen);
        assert_eq!(rows.iter().map(seen).collect::<Vec<_>>(), [true, false]);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("column `open`"), "{}", faults[0]);
    }

    use crate::period::Period;

    #[test]
    fn every_fault_is_named_with_its_cell() {
        let text = "name\tcode\tsector\tstart\tend\twikidata\nA\tMli\tREB\t\t\t\n\tMLI\tRAB\t20x\t2012-13\tq1\n\
                    B\tMLI\t\t2012\t2010\t\nC\tMLI\tREB\t\t\t\tx\nD\tMLI\tREB\t\t\t\n";
        let (rows, faults) = read(text);
        assert_eq!(rows.len(), 1);
        let places: Vec<String> =
            faults.iter().map(|fault| fault.splitn(4, ':').take(3).collect::<Vec<_>>().join(":")).collect();
        assert_eq!(places, ["f:2:3", "f:3:1", "f:3:6", "f:3:10", "f:3:14", "f:3:22", "f:4:13", "f:5:1"]);
        assert!(faults[0].contains("column `code`: `Mli` is not a known actor code"), "{}", faults[0]);
    }

    #[test]
    fn a_header_must_be_whole() {
        let (_, faults) = read("name\tcode\tsecter\nA\tMLI\tREB\n");
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("f:1:11: column `secter`: no such column in a table of groups"), "{}", faults[0]);
        let (_, faults) = read("person\toffice\nA\tMLI\n");
        assert!(faults[0].contains("`iso3`"), "{}", faults[0]);
    }
}
