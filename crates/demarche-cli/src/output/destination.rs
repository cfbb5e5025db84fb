//! Where bytes go: standard output, or a file that appears only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use demarche_layouts::Kind;
use tempfile::NamedTempFile;

use super::parquet::Table;
use crate::failure::Failure;

const BUFFER: usize = 64 << 10;

/// Where bytes go.
pub(crate) struct Destination {
    /// What an error calls it.
    place: String,
    to: To,
    frame: Frame,
    /// What goes before the first part: written with it, or at the end of an output that is kept.
    head: Vec<u8>,
    /// Whether anything was written into the frame.
    any: bool,
    /// The Parquet file that the parts, lines of JSON, become.
    table: Option<Table>,
}

/// What stands around and between the parts of an output that is one object.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) start: &'static str,
    pub(crate) between: &'static str,
    pub(crate) end: &'static str,
}

enum To {
    Stdout {
        out: BufWriter<Stdout>,
        terminal: bool,
    },
    /// What cannot be replaced: a device, a pipe.
    Device(BufWriter<File>),
    /// A file beside the one that it will become.
    Beside {
        file: BufWriter<NamedTempFile>,
        becomes: PathBuf,
    },
}

impl Destination {
    /// The file of `--output`, else standard output. A file is made beside its place at once: what cannot be written is
    /// known before anything is read.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            let stdout = io::stdout();
            let terminal = stdout.is_terminal();
            let to = To::Stdout { out: BufWriter::with_capacity(BUFFER, stdout), terminal };
            return Ok(Self::to("standard output".to_owned(), to));
        };
        let place = path.display().to_string();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Err(Failure::NoFolder { folder: folder.display().to_string(), file });
        }
        let to = open(path).map_err(|cause| Failure::output(&place, &cause))?;
        Ok(Self::to(place, to))
    }

    fn to(place: String, to: To) -> Self {
        Self { place, to, frame: Frame::default(), head: Vec::new(), any: false, table: None }
    }

    /// Whether someone watches the output appear.
    pub(crate) const fn is_terminal(&self) -> bool {
        matches!(self.to, To::Stdout { terminal: true, .. })
    }

    /// Whether this is standard output.
    pub(crate) const fn is_stdout(&self) -> bool {
        matches!(self.to, To::Stdout { .. })
    }

    /// From here on the parts written stand in a frame.
    pub(crate) fn framed(mut self, frame: Frame) -> Self {
        self.head = frame.start.as_bytes().to_vec();
        self.frame = frame;
        self
    }

    /// The parts written stand below a line of column names.
    pub(crate) fn headed(mut self, head: Vec<u8>) -> Self {
        self.head = head;
        self
    }

    /// The parts written, lines of JSON, become a Parquet file of one kind of record.
    pub(crate) fn tabled(mut self, kind: Kind) -> Result<Self, Failure> {
        if self.is_terminal() {
            return Err(Failure::BinaryOnTerminal);
        }
        self.table = Some(Table::new(kind)?);
        Ok(self)
    }

    /// Writes a whole number of records.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        if bytes.is_empty() {
            return Ok(());
        }
        if std::mem::replace(&mut self.any, true) {
            self.put(self.frame.between.as_bytes())?;
        } else {
            let head = std::mem::take(&mut self.head);
            self.put(&head)?;
        }
        let Some(table) = &mut self.table else { return self.put(bytes) };
        let bytes = table.write(bytes)?;
        self.put(&bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = match &mut self.to {
            To::Stdout { out, terminal } => {
                out.write_all(bytes).and_then(|()| if *terminal { out.flush() } else { Ok(()) })
            }
            To::Device(out) => out.write_all(bytes),
            To::Beside { file, .. } => file.write_all(bytes),
        };
        written.map_err(|cause| Failure::output(&self.place, &cause))
    }

    /// Completes the output. A file that is not to be kept, or cannot be completed, leaves no trace; nor does the head of an
    /// output without parts that is not to be kept.
    pub(crate) fn finish(mut self, keep: bool) -> Result<(), Failure> {
        if keep || self.any {
            let head = std::mem::take(&mut self.head);
            self.put(&head)?;
            if let Some(table) = self.table.take() {
                self.put(&table.finish()?)?;
            }
            self.put(self.frame.end.as_bytes())?;
        }
        let finished = match self.to {
            To::Stdout { mut out, .. } => out.flush(),
            To::Device(mut out) => out.flush(),
            To::Beside { file, becomes } if keep => complete(file, &becomes),
            To::Beside { .. } => Ok(()),
        };
        finished.map_err(|cause| Failure::output(&self.place, &cause))
    }
}

fn open(path: &Path) -> io::Result<To> {
    let known = fs::metadata(path).ok();
    if known.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if known.as_ref().is_some_and(|known| !known.is_file()) {
        return Ok(To::Device(BufWriter::with_capacity(BUFFER, OpenOptions::new().write(true).open(path)?)));
    }
    // Through a link, the file that it leads to is replaced, not the link.
    let becomes = if known.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
    let folder = becomes.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".demarche-").suffix(".part");
    if let Some(known) = known {
        if known.permissions().readonly() {
            return Err(io::Error::from(io::ErrorKind::PermissionDenied));
        }
        builder.permissions(known.permissions());
    } else {
        as_open_as_others(&mut builder);
    }
    remove_when_interrupted();
    let mut unfinished = unfinished();
    // The path of the temporary file in the error would mean nothing to the user.
    let file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    unfinished.push(file.path().to_owned());
    Ok(To::Beside { file: BufWriter::with_capacity(BUFFER, file), becomes })
}

/// Temporary files are closed to others by default; an output is as open as the user's umask lets it be.
pub(super) fn as_open_as_others(builder: &mut tempfile::Builder<'_, '_>) {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

fn complete(file: BufWriter<NamedTempFile>, becomes: &Path) -> io::Result<()> {
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(becomes).map_err(|error| error.error)?;
    Ok(())
}

/// The files that a signal must not leave behind. Locked while one is made, so that none is missed.
fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As shells say it: 128 and the number of the signal.
pub(crate) const INTERRUPTED: i32 = 130;

/// A signal ends a program without cleaning up, so it is heard and the unfinished file removed.
fn remove_when_interrupted() {
    // Without a handler an interrupted run leaves its `.part` file: no reason not to run.
    let _ = ctrlc::set_handler(|| {
        for path in unfinished().drain(..) {
            let _ = fs::remove_file(path);
        }
        std::process::exit(INTERRUPTED);
    });
}
