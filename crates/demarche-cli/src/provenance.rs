//! What makes the records of a run: program, model, data, the user's own files, and what was asked.

use std::path::Path;

use demarche::dictionary::ActorFile;
use demarche::{Coder, Extension};
use demarche_dossier::{Dictionary, Digest, Run};

use crate::failure::{Failure, words};

/// The run of a coder. `actors` and `layers` are what it was made with, `command` is what was asked.
pub(crate) fn run(command: String, coder: &Coder, actors: &[ActorFile], layers: &[Extension]) -> Result<Run, Failure> {
    let names = actors.iter().map(|file| file.name.as_str());
    let names = names.chain(layers.iter().flat_map(Extension::files).map(|file| file.name.as_str()));
    let versions = coder.versions();
    Ok(Run {
        program: "demarche".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        model: versions.model.clone(),
        data: versions.data.clone(),
        dictionaries: names.map(dictionary).collect::<Result<_, _>>()?,
        command,
    })
}

/// A user's own file with its hash.
pub(crate) fn dictionary(name: &str) -> Result<Dictionary, Failure> {
    Ok(Dictionary { name: name.to_owned(), hash: hash(Path::new(name))?.0.to_string() })
}

/// The hash of a file and the number of its bytes.
pub(crate) fn hash(path: &Path) -> Result<(Digest, u64), Failure> {
    use sha2::Digest as _;

    let unreadable =
        |cause: std::io::Error| Failure::Unreadable { path: path.display().to_string(), cause: words(&cause) };
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut hasher = sha2::Sha256::new();
    let length = std::io::copy(&mut file, &mut hasher).map_err(unreadable)?;
    Ok((Digest(hasher.finalize().into()), length))
}
