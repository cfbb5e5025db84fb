//! The command as a manifest and a dossier write it: what was asked, in a fixed order, without the inputs and without what
//! changes no record (threads, colours, where the output goes).

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use super::{Add, Cli, Code, Command, Deciding, Kind, Reading, To};
use crate::failure::Failure;

/// Longest document where nothing else is asked for.
const MAX_BYTES: u64 = 16 << 20;

impl Code {
    /// As it is written down.
    pub(crate) fn command_line(&self) -> String {
        let mut words = Words::of("code");
        words.value("--to", value(&self.to));
        if self.kind != Kind::Event {
            words.value("--kind", value(&self.kind));
        }
        words.flag("--expand-dyads", self.pairs.expand_dyads);
        words.flag("--no-text", self.batches.no_text);
        words.flag("--all", self.all);
        words.flag("--relevant", self.relevant);
        words.deciding(self.deciding);
        words.reading(&self.reading);
        words.files("--actors", self.actors.named());
        words.files("--frames", self.coding.folders());
        words.files("--issues", self.coding.issue_files());
        words.line()
    }
}

impl Add {
    /// As it is written down.
    pub(crate) fn command_line(&self) -> String {
        let mut words = Words::of("add");
        words.value("--keep", self.keep().as_str().to_owned());
        words.flag("--all", self.all);
        words.flag("--relevant", self.relevant);
        words.deciding(self.deciding);
        words.reading(&self.reading);
        words.files("--actors", self.actors.named());
        words.files("--frames", self.coding.folders());
        words.files("--issues", self.coding.issue_files());
        words.line()
    }
}

/// Reads a command that was written down; `None` where it is not one that makes records.
pub(crate) fn read_back(line: &str) -> Option<Command> {
    let command = Cli::try_parse_from(shlex::split(line)?).ok()?.command;
    matches!(command, Command::Code(_) | Command::Add(_)).then_some(command)
}

/// The words of a command line.
struct Words(Vec<String>);

impl Words {
    fn of(command: &str) -> Self {
        Self(vec!["demarche".to_owned(), command.to_owned()])
    }

    fn flag(&mut self, flag: &str, given: bool) {
        self.0.extend(given.then(|| flag.to_owned()));
    }

    fn value(&mut self, flag: &str, value: String) {
        self.0.extend([flag.to_owned(), value]);
    }

    fn files(&mut self, flag: &str, files: &[PathBuf]) {
        for file in files {
            self.value(flag, file.display().to_string());
        }
    }

    fn deciding(&mut self, deciding: Deciding) {
        self.flag("--frames-only", deciding.frames_only);
    }

    fn reading(&mut self, reading: &Reading) {
        if let Some(format) = reading.format {
            self.value("--format", value(&format));
        }
        if let Some(order) = reading.date_order {
            self.value("--date-order", value(&order));
        }
        for renaming in &reading.field {
            self.value("--field", renaming.clone());
        }
        if reading.max_bytes != MAX_BYTES {
            self.value("--max-bytes", reading.max_bytes.to_string());
        }
    }

    fn line(self) -> String {
        let words = self.0.iter().map(String::as_str);
        // Only a NUL byte cannot be quoted, and no argument holds one.
        shlex::try_join(words).unwrap_or_else(|_| self.0.join(" "))
    }
}

fn value(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

impl Code {
    /// Whether the choices go together.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.batches.no_text && self.to != To::Jsonl {
            return Err(Failure::NoTextFormat);
        }
        self.check_layout()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_back_as_it_was_written_down() {
        let given = [
            "demarche",
            "code",
            "--to",
            "csv",
            "--kind",
            "statement",
            "--all",
            "--field",
            "text=my body",
            "--max-bytes",
            "1M",
            "--threads",
            "3",
            "--actors",
            "my list.tsv",
            "news/",
        ];
        let Command::Code(code) = Cli::try_parse_from(given).unwrap().command else { panic!("code") };
        let line = code.command_line();
        assert_eq!(
            line,
            "demarche code --to csv --kind statement --all --field 'text=my body' --max-bytes 1048576 --actors 'my list.tsv'"
        );
        let Some(Command::Code(code)) = read_back(&line) else { panic!("code") };
        assert_eq!(code.command_line(), line);
        let add = Cli::try_parse_from(["demarche", "add", "--no-text", "--to", "w.db", "a"]).unwrap().command;
        let Command::Add(add) = add else { panic!("add") };
        assert_eq!(add.command_line(), "demarche add --keep spans");
        assert!(read_back("demarche add --keep spans").is_some());
        assert!(read_back("demarche read a").is_none() && read_back("'").is_none());
    }
}
