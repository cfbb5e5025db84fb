//! What is compared: a dossier, a publisher in one, or a file of a data set.

use std::path::{Path, PathBuf};

use demarche::record::CiteInfo;
use demarche::world::World;
use demarche_dossier::{Cells, Dossier, DossierError, Of, Panel, Reported};
use demarche_layouts::{DataSet, FaultKind, Origin, Reader};

use super::CompareError;
use crate::commands::import::{Tables, open};
use crate::console::Console;
use crate::failure::{Failure, words};

/// The name of what was coded here, among a dossier's publishers.
const CODED: &str = "coded";

/// Publishers of a dossier that an error names.
const SHOWN: usize = 8;

/// Faulty rows of a file that are named one by one.
const NAMED: u64 = 5;

/// A source, as it is written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Stored { dossier: PathBuf, of: Reported },
    File { set: DataSet, path: PathBuf },
}

impl Source {
    /// Reads `watch.db`, `watch.db:PUBLISHER`, `DATASET:FILE`, or `PUBLISHER` of the dossier given or of the environment.
    pub(super) fn of(written: &str, from: Option<&Path>) -> Result<Self, Failure> {
        if let Some((name, file)) = written.split_once(':')
            && let Some(set) = DataSet::named(name)
            && Path::new(file).is_file()
        {
            return Ok(Self::File { set, path: PathBuf::from(file) });
        }
        if let Some(dossier) = from {
            return Ok(Self::Stored { dossier: dossier.to_owned(), of: reported(written) });
        }
        if Path::new(written).is_file() {
            return Ok(Self::Stored { dossier: PathBuf::from(written), of: Reported::Coded });
        }
        // A path may hold colons, and so may a publisher's name: the first that leaves a file before it.
        let stored = written
            .match_indices(':')
            .map(|(at, _)| (&written[..at], &written[at + 1..]))
            .find(|(path, _)| Path::new(path).is_file());
        if let Some((path, publisher)) = stored {
            return Ok(Self::Stored { dossier: PathBuf::from(path), of: reported(publisher) });
        }
        let dossier =
            crate::args::dossier(None, "--from").map_err(|_| CompareError::NoSource { written: written.to_owned() })?;
        Ok(Self::Stored { dossier, of: reported(written) })
    }

    /// Its counts, and how many rows of a file could not be read.
    pub(super) fn cells(&self, by: Panel, of: Of, console: &Console) -> Result<(Cells, u64), Failure> {
        match self {
            Self::Stored { dossier, of: which } => stored(dossier, which, by, of).map(|cells| (cells, 0)),
            Self::File { set, path } => of_file(*set, path, Cells::new(by, of), console),
        }
    }
}

fn reported(name: &str) -> Reported {
    if name.eq_ignore_ascii_case(CODED) {
        return Reported::Coded;
    }
    Reported::By(DataSet::named(name).map_or_else(|| name.to_owned(), |set| set.title().to_owned()))
}

fn stored(path: &Path, which: &Reported, by: Panel, of: Of) -> Result<Cells, Failure> {
    let place = path.display().to_string();
    let in_dossier = |cause: DossierError| Failure::Dossier { path: place.clone(), cause };
    let dossier = Dossier::open_read_only(path).map_err(in_dossier)?;
    let cells = dossier.reported(which, by, of).map_err(in_dossier)?;
    if let Reported::By(publisher) = which
        && cells.is_empty()
        && cells.left_out() == 0
    {
        let publishers = dossier.publishers().map_err(in_dossier)?;
        let mut known: Vec<String> = publishers.into_iter().collect();
        let more = if known.len() > SHOWN { ", ..." } else { "" };
        known.truncate(SHOWN);
        let known = if known.is_empty() { "no publishers".to_owned() } else { known.join(", ") + more };
        return Err(CompareError::NoPublisher { dossier: place, publisher: publisher.clone(), known }.into());
    }
    Ok(cells)
}

fn of_file(set: DataSet, path: &Path, mut cells: Cells, console: &Console) -> Result<(Cells, u64), Failure> {
    let place = path.display().to_string();
    let reader = open(path).map_err(|cause| Failure::Unreadable { path: place.clone(), cause: words(&cause) })?;
    let names = Tables(World::builtin().map_err(demarche::CoderError::from)?);
    let failed = |cause| CompareError::File { path: place.clone(), cause };
    let mut rows = Reader::new(set, reader, &names).map_err(failed)?;
    let origin = Origin {
        document: String::new(),
        model: String::new(),
        data: String::new(),
        cite: CiteInfo {
            url: None,
            title: None,
            language: None,
            publication: None,
            genre: None,
            coder: String::new(),
            version: String::new(),
        },
    };
    let mut told = 0;
    while let Some(row) = rows.next_row().map_err(failed)? {
        match row {
            Ok(row) => cells.add_event(&row.into_event(set, &origin)),
            Err(fault) if matches!(fault.kind, FaultKind::RepeatedHeader | FaultKind::Statement(_)) => {}
            Err(fault) => {
                told += 1;
                if told <= NAMED {
                    console.warned(format_args!("{place}, {fault}"));
                }
            }
        }
    }
    if told > NAMED {
        console.warned(format_args!("{place}: {} more like these", told - NAMED));
    }
    Ok((cells, told))
}
