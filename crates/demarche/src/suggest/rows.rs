//! Suggestions as the lines of a user's tables: persons as office holders, all others as groups.

use std::fmt::Write;

use demarche_record::Sector;

use super::Suggestion;

impl Suggestion {
    /// Header of the table of persons.
    pub const PERSONS: &'static str = "person\taliases\tiso3\toffice\tsector\tstart\tend\twikidata\tgender\tcertainty";
    /// Header of the table of all others.
    pub const OTHERS: &'static str = "name\taliases\tcode\tsector\tkind\twikidata\tstart\tend\tcertainty\tnote";

    /// The row, with comments before it that say what it rests on. It says `suggested`, so that it is not loaded before
    /// someone has looked at it.
    pub fn row(&self) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = writeln!(out, "# {}; {}", counted(self.documents, "document"), counted(self.mentions, "mention"));
        for (&(code, ground), count) in &self.grounds {
            let _ = writeln!(out, "#   {code}: {} ({count})", ground.as_str());
        }
        for (sentence, document) in &self.examples {
            let _ = writeln!(out, "#   {}: {}", cell(document), shortened(&cell(sentence)));
        }
        let code = self.country.map(|code| code.to_string()).unwrap_or_default();
        let sectors: Vec<&str> = self.sectors.iter().map(|sector| Sector::as_str(*sector)).collect();
        let aliases: Vec<String> = self.aliases.iter().map(|alias| cell(alias).replace('|', " ")).collect();
        let (name, aliases, sectors) = (cell(&self.name), aliases.join("|"), sectors.join("|"));
        let role = cell(self.role.as_deref().unwrap_or_default());
        let _ = if self.person {
            writeln!(out, "{name}\t{aliases}\t{code}\t{role}\t{sectors}\t\t\t\t\tsuggested")
        } else {
            writeln!(out, "{name}\t{aliases}\t{code}\t{sectors}\t\t\t\t\tsuggested\t{role}")
        };
        out
    }
}

/// Longest example, in characters.
const LONGEST: usize = 240;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}\u{2026}", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// Text on one line of a table.
fn cell(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use demarche_dictionary::{RowEntry, read_tables};
    use demarche_record::Code;

    use super::*;

    #[test]
    fn rows_load_again() {
        let person = Suggestion {
            name: "Ana Zorgo".to_owned(),
            aliases: vec!["A. Zorgo".to_owned()],
            person: true,
            documents: 1,
            mentions: 2,
            country: Code::parse("MLI").ok(),
            role: Some("commander".to_owned()),
            sectors: vec![Sector::Mil],
            examples: vec![("Ana Zorgo\tspoke.\n# Then".to_owned(), "doc".to_owned())],
            ..Suggestion::default()
        };
        let group = Suggestion { name: "Zorgon | Front".to_owned(), ..Suggestion::default() };
        let text = [Suggestion::PERSONS, &person.row(), Suggestion::OTHERS, &group.row()].join("\n");
        let (tables, faults) = read_tables("f", text.as_bytes());
        assert_eq!(faults, []);
        assert!(tables.rows.iter().all(|row| row.suggested));
        let RowEntry::Holder(row) = &tables.rows[0].entry else { panic!("a person") };
        assert_eq!((row.person.as_str(), row.office.as_str(), row.aliases.len()), ("Ana Zorgo", "commander", 1));
        assert_eq!(row.sectors, [Sector::Mil]);
        assert!(matches!(&tables.rows[1].entry, RowEntry::Named(row) if row.name == "Zorgon | Front"));
    }
}
