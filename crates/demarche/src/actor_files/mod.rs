//! A user's files of actors put over the world's own tables: dictionaries of other coders, and tables with our columns.
//!
//! Each file becomes a layer of the world, in the order given: a name of a later file is met before the same name below.
//! What a dictionary says exactly as the layers below do is not added again, so that what they know besides (ids, offices,
//! which nouns are titles) stays.

mod agreement;
mod dictionary;
mod report;
mod tables;

use demarche_dictionary::{ActorFile, Codebook, Content, DiscardFinder, Fault, Problem};
use demarche_index::{Compiler, IndexError};
use demarche_world::{World, WorldError};

use crate::coder::{Coder, CoderError};
pub use report::{Difference, FileReport, Overlap, Repeated, reports};

/// Why a file cannot be put over the world.
#[derive(Debug, thiserror::Error)]
pub enum ActorFileError {
    /// The world, or a layer of it.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The file's entries do not fit an index.
    #[error("{file}: {cause}")]
    Index {
        /// The file.
        file: String,
        /// What does not fit.
        cause: IndexError,
    },
    /// A fault in a file, or in the table of other coders' codes.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The built-in world with files over it, the first at the bottom. Discard lists say nothing of actors.
///
/// # Errors
/// [`ActorFileError`] if a shipped table is damaged or a file is too large.
pub fn world(files: &[ActorFile]) -> Result<World, ActorFileError> {
    let world = World::builtin()?;
    let Some(book) = codebook(&world, files)? else { return Ok(world) };
    files.iter().try_fold(world, |world, file| with_file(world, file, &book))
}

/// The meaning of other coders' codes; only where a file needs it.
fn codebook(world: &World, files: &[ActorFile]) -> Result<Option<Codebook>, ActorFileError> {
    if files.is_empty() {
        return Ok(None);
    }
    Ok(Some(Codebook::new(world.countries().map(|country| (country.code, country.acts_as)))?))
}

fn with_file(world: World, file: &ActorFile, book: &Codebook) -> Result<World, ActorFileError> {
    let mut layer = Compiler::over(world.layers());
    match &file.content {
        Content::Actors(actors) => dictionary::actors(&world, book, actors, &mut layer),
        Content::Agents(agents) => dictionary::agents(&world, book, agents, &mut layer),
        Content::Tables(tables) => {
            if let Some(fault) = unknown_countries(&world, file).into_iter().next() {
                return Err(fault.into());
            }
            tables::add(&world, tables, &mut layer);
        }
        Content::Discards(_) => return Ok(world),
    }
    let bytes = layer.finish().map_err(|cause| ActorFileError::Index { file: file.name.clone(), cause })?;
    Ok(world.with_layer(bytes)?)
}

/// The codes of tables that are no country's.
fn unknown_countries(world: &World, file: &ActorFile) -> Vec<Fault> {
    let Content::Tables(tables) = &file.content else { return Vec::new() };
    let mut faults = Vec::new();
    for row in &tables.rows {
        let strange = |code: &demarche_record::Code| !code.is_international() && world.country(*code).is_none();
        for placed in row.codes.iter().filter(|placed| strange(&placed.code)) {
            let code = placed.code;
            let problem = format!("`{code}` is not a code of places/countries.tsv, nor IGO, NGO, MNC, IMG or ISM");
            let problem = Problem::Cell { name: placed.name.to_owned(), problem };
            faults.push(Fault { file: file.name.clone(), line: row.line, column: placed.column, problem });
        }
    }
    faults
}

impl Coder {
    /// Puts a user's files of actors over the built-in tables, and their discard lists in force.
    ///
    /// # Errors
    /// [`CoderError::ActorFiles`] if a shipped table is damaged or a file is too large.
    pub fn with_actors(self, files: &[ActorFile]) -> Result<Self, CoderError> {
        if files.is_empty() {
            return Ok(self);
        }
        let world = world(files)?;
        let mut discards = DiscardFinder::default();
        for file in files {
            if let Content::Discards(list) = &file.content {
                discards.add(&file.name, list);
            }
        }
        Ok(self.with_world(world, discards))
    }
}
