//! Inputs and the documents in them: files, folders, standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::compression::Compression;
use crate::document::Document;
use crate::error::{DocumentError, Place, system_words};
use crate::oddities::Oddities;
use crate::options::{Format, Options};
use crate::readers::{self, Opening, Reader, Stream};

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
                    error.io_error().map_or_else(|| "a link leads back to a folder above it".to_owned(), system_words);
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
            let state = match File::open(path) {
                Ok(file) => State::Unopened(Origin::File(file)),
                Err(error) => State::Failed(error),
            };
            Documents { name: input.name(), options, state, oddities: Oddities::default() }
        }
    }
}

/// The documents of any stream of bytes; `name` is what errors and ids call it.
pub fn read_from(name: &str, reader: impl Read + Send + 'static, options: &Options) -> Documents {
    Documents {
        name: name.to_owned(),
        options: options.clone(),
        state: State::Unopened(Origin::Stream(Box::new(reader))),
        oddities: Oddities::default(),
    }
}

/// Iterator over the documents of one input.
pub struct Documents {
    name: String,
    options: Options,
    state: State,
    oddities: Oddities,
}

enum Origin {
    File(File),
    Stream(Stream),
}

enum State {
    Unopened(Origin),
    Open(Box<dyn Reader>),
    Failed(io::Error),
    Done,
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
                State::Failed(error) => return Some(Err(DocumentError::reading(&error, self.place()))),
                State::Unopened(origin) => {
                    if let Some(error) = self.open(origin) {
                        return Some(Err(error));
                    }
                }
                State::Open(mut reader) => {
                    let item = reader.next();
                    self.oddities = reader.oddities();
                    if item.is_some() {
                        self.state = State::Open(reader);
                    }
                    return item;
                }
            }
        }
    }
}

impl Documents {
    /// The input as errors call it.
    pub fn place(&self) -> Place {
        Place::file(self.name.clone())
    }

    /// What was passed over so far without being a failure.
    pub fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// The same, to be told once.
    pub fn take_oddities(&mut self) -> Oddities {
        std::mem::take(&mut self.oddities)
    }

    /// Looks at the first bytes and opens the reader that they, or the name, ask for.
    fn open(&mut self, origin: Origin) -> Option<DocumentError> {
        let (stream, mut file): (Stream, _) = match origin {
            // A second hold on the file, for a format that is not read from front to back.
            Origin::File(file) => match file.try_clone() {
                Ok(again) => (Box::new(file), Some(again)),
                Err(_) => (Box::new(file), None),
            },
            Origin::Stream(stream) => (stream, None),
        };
        let (mut head, mut stream) = sniffed(stream);
        if let Some(compression) = Compression::of_bytes(&head) {
            file = None;
            let unfolded = match compression.unfold(io::Cursor::new(head).chain(stream)) {
                Ok(unfolded) => unfolded,
                Err(error) => return Some(DocumentError::reading(&error, self.place())),
            };
            (head, stream) = sniffed(unfolded);
        }
        if head.is_empty() {
            let mut none = [0];
            return Some(match stream.read(&mut none) {
                Err(error) => DocumentError::reading(&error, self.place()),
                Ok(_) => DocumentError::Empty { place: self.place() },
            });
        }
        let format = self.options.format.unwrap_or_else(|| Format::of_bytes(&head));
        let whole = Box::new(io::Cursor::new(head.clone()).chain(stream));
        let opening = Opening { name: &self.name, head: &head, stream: whole, file };
        match readers::open(format, opening, &self.options) {
            Ok(reader) => {
                self.state = State::Open(reader);
                None
            }
            Err(error) => Some(error),
        }
    }
}

/// The first bytes of a stream, and the rest. A fault comes after what could be read before it.
fn sniffed(mut stream: Stream) -> (Vec<u8>, Stream) {
    let mut head = Vec::new();
    match stream.by_ref().take(SNIFFED).read_to_end(&mut head) {
        Ok(_) => (head, stream),
        Err(error) => (head, Box::new(Broken(Some(error)))),
    }
}

/// A stream that has met a fault.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
