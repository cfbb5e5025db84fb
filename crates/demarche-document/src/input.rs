//! Inputs and the documents in them: files, folders, standard input.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::document::{Document, from_bytes};
use crate::error::{DocumentError, Place};
use crate::json;
use crate::lines::{self, Line};
use crate::options::{Format, Options};

/// How many first bytes tell the format.
const SNIFFED: u64 = 4096;

/// Something to read documents from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// The path as given, or `stdin`: what errors and ids say.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "stdin".to_owned(),
        }
    }
}

/// What paths lead to.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The inputs, in order.
    pub inputs: Vec<Result<Input, DocumentError>>,
    /// Files of other kinds that were left in folders.
    pub left: Vec<PathBuf>,
}

/// The inputs that `paths` name: files as they are, folders walked in the order of their names, `-` for standard input.
///
/// In a folder the files are taken whose ending is that of reports (see [`Format::of_report`]), others left and told, hidden ones
/// passed over; a folder without any is an error. A path that does not exist is an input all the same: reading it says so.
pub fn discover(paths: &[PathBuf]) -> Discovered {
    let mut found = Discovered::default();
    for path in paths {
        if path == Path::new("-") {
            found.inputs.push(Ok(Input::Stdin));
        } else if path.is_dir() {
            walk(path, &mut found);
        } else {
            found.inputs.push(Ok(Input::File(path.clone())));
        }
    }
    found
}

fn walk(folder: &Path, Discovered { inputs, left }: &mut Discovered) {
    let before = inputs.len();
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                if Format::of_report(entry.path()).is_some() {
                    inputs.push(Ok(Input::File(entry.into_path())));
                } else {
                    left.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => {
                let place = Place::file(error.path().unwrap_or(folder).display().to_string());
                let cause =
                    error.io_error().map_or_else(|| "a link leads back to a folder above it".to_owned(), io_cause);
                inputs.push(Err(DocumentError::Unreadable { place, cause }));
            }
        }
    }
    if inputs.len() == before {
        inputs.push(Err(DocumentError::NothingInFolder { path: folder.to_owned() }));
    }
}

/// The documents of an input, one after the other, in memory bounded by [`Options::max_bytes`].
///
/// An error in one document does not keep back the others.
pub fn read(input: &Input, options: &Options) -> Documents {
    match input {
        Input::Stdin => read_from(&input.name(), io::stdin(), options),
        Input::File(path) => {
            let mut options = options.clone();
            options.format = options.format.or_else(|| Format::of_path(path));
            match File::open(path) {
                Ok(file) => read_from(&input.name(), file, &options),
                Err(error) => Documents { name: input.name(), options, state: State::Failed(io_cause(&error)) },
            }
        }
    }
}

/// The documents of any stream of bytes; `name` is what errors and ids call it.
pub fn read_from(name: &str, reader: impl Read + Send + 'static, options: &Options) -> Documents {
    Documents { name: name.to_owned(), options: options.clone(), state: State::Unopened(Box::new(reader)) }
}

/// Iterator over the documents of one input.
pub struct Documents {
    name: String,
    options: Options,
    state: State,
}

type Stream = Box<dyn Read + Send>;
/// The bytes read to tell the format, then the rest.
type Sniffed = io::Chain<io::Cursor<Vec<u8>>, Stream>;

enum State {
    Unopened(Stream),
    Lines(Box<Lines>),
    Failed(String),
    Done,
}

/// Where the reading of JSON Lines has got to.
struct Lines {
    reader: BufReader<DecodeReaderBytes<Sniffed, Vec<u8>>>,
    /// Number of the line last read, from 1.
    number: u64,
    buffer: Vec<u8>,
    /// Whether any line held something.
    any: bool,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Document, DocumentError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return None,
                State::Failed(cause) => return Some(Err(DocumentError::Unreadable { place: self.place(), cause })),
                State::Unopened(stream) => {
                    if let Some(whole) = self.open(stream) {
                        return Some(whole);
                    }
                }
                State::Lines(lines) => {
                    if let Some(document) = self.next_line(lines) {
                        return Some(document);
                    }
                }
            }
        }
    }
}

impl Documents {
    fn place(&self) -> Place {
        Place::file(self.name.clone())
    }

    /// Looks at the first bytes. A document that is a whole file is read at once, lines are left to come.
    fn open(&mut self, mut stream: Stream) -> Option<Result<Document, DocumentError>> {
        let mut head = Vec::new();
        if let Err(error) = stream.by_ref().take(SNIFFED).read_to_end(&mut head) {
            return Some(Err(DocumentError::Unreadable { place: self.place(), cause: io_cause(&error) }));
        }
        if head.is_empty() {
            return Some(Err(DocumentError::Empty { place: self.place() }));
        }
        let format = self.options.format.unwrap_or_else(|| Format::of_bytes(&head));
        let marked_utf_16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
        if format == Format::JsonLines {
            if !marked_utf_16 && let Err(cause @ crate::decode::NotText::Binary(_)) = crate::decode::decode(&head, None)
            {
                return Some(Err(DocumentError::not_text(cause, self.place())));
            }
            let whole = io::Cursor::new(head).chain(stream);
            // Passes bytes through as they are, but takes off a byte order mark and turns UTF-16 into UTF-8.
            let reader = DecodeReaderBytesBuilder::new()
                .bom_override(true)
                .utf8_passthru(true)
                .strip_bom(true)
                .build_with_buffer(whole, vec![0; 64 << 10]);
            return match reader {
                Ok(reader) => {
                    let reader = BufReader::with_capacity(64 << 10, reader);
                    self.state = State::Lines(Box::new(Lines { reader, number: 0, buffer: Vec::new(), any: false }));
                    None
                }
                Err(error) => Some(Err(DocumentError::Unreadable { place: self.place(), cause: io_cause(&error) })),
            };
        }
        let limit = self.options.max_bytes;
        let rest = limit.saturating_add(1).saturating_sub(head.len() as u64);
        if let Err(error) = stream.take(rest).read_to_end(&mut head) {
            return Some(Err(DocumentError::Unreadable { place: self.place(), cause: io_cause(&error) }));
        }
        Some(from_bytes(&self.name, &head, format, &self.options))
    }

    /// The document of the next line that has one.
    fn next_line(&mut self, mut lines: Box<Lines>) -> Option<Result<Document, DocumentError>> {
        loop {
            lines.number += 1;
            let place = Place::line(self.name.clone(), lines.number);
            let item = match lines::next(&mut lines.reader, &mut lines.buffer, self.options.max_bytes) {
                Err(error) => {
                    return Some(Err(DocumentError::Unreadable { place, cause: io_cause(&error) }));
                }
                Ok(Line::End) if lines.any => return None,
                Ok(Line::End) => return Some(Err(DocumentError::Empty { place: self.place() })),
                Ok(Line::TooLong) => Err(DocumentError::TooLarge { place, limit: self.options.max_bytes }),
                Ok(Line::Read) if lines.buffer.trim_ascii().is_empty() => continue,
                Ok(Line::Read) => json::read(&lines.buffer, &place.to_string(), &place, &self.options.fields),
            };
            lines.any = true;
            self.state = State::Lines(lines);
            return Some(item);
        }
    }
}

/// The system's words on one line.
fn io_cause(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}
