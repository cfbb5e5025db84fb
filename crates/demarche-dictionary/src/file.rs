//! A file of a user's own that says who is who, of whichever sort.

use crate::actors::{Actors, read_actors};
use crate::agents::{Agents, read_agents};
use crate::discards::{Discards, read_discards};
use crate::fault::{DictionaryError, Fault};
use crate::kind::{FileKind, recognise};
use crate::table::{Tables, read_tables};

/// A dictionary or a file of tables, with all that is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorFile {
    /// As it was named.
    pub name: String,
    /// What it holds.
    pub content: Content,
    /// What is not as it should be, in the order of the file.
    pub faults: Vec<Fault>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An actor dictionary.
    Actors(Actors),
    /// An agent dictionary.
    Agents(Agents),
    /// A discard list.
    Discards(Discards),
    /// Tables of ours.
    Tables(Tables),
}

impl ActorFile {
    /// Reads a file of any sort.
    ///
    /// # Errors
    /// [`DictionaryError`] where the file is of no sort that tells of actors, or nothing in it could be read.
    ///
    /// ```
    /// use demarche_dictionary::{ActorFile, Content};
    ///
    /// let file = ActorFile::read("mine.txt", b"ZORGON_FRONT_ [MLIREB >20120301]\n")?;
    /// let Content::Actors(actors) = &file.content else { panic!("an actor dictionary") };
    /// assert_eq!(actors.entries[0].patterns[0].words, "ZORGON FRONT");
    /// # Ok::<(), demarche_dictionary::DictionaryError>(())
    /// ```
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, DictionaryError> {
        let (content, faults) = match recognise(name, bytes)? {
            FileKind::Actors => wrapped(read_actors(name, bytes), Content::Actors),
            FileKind::Agents => wrapped(read_agents(name, bytes), Content::Agents),
            FileKind::Discards => wrapped(read_discards(name, bytes), Content::Discards),
            FileKind::Table => wrapped(read_tables(name, bytes), Content::Tables),
        };
        let file = Self { name: name.to_owned(), content, faults };
        if file.entries() == 0 && file.faults.is_empty() {
            return Err(DictionaryError::Empty(name.to_owned()));
        }
        Ok(file)
    }

    /// How many rows wait for a reader and are not loaded.
    pub fn waiting(&self) -> usize {
        match &self.content {
            Content::Tables(tables) => tables.rows.iter().filter(|row| row.suggested).count(),
            _ => 0,
        }
    }

    /// How many entries or rows it has.
    pub fn entries(&self) -> usize {
        match &self.content {
            Content::Actors(actors) => actors.entries.len(),
            Content::Agents(agents) => agents.entries.len(),
            Content::Discards(discards) => discards.entries.len(),
            Content::Tables(tables) => tables.rows.len(),
        }
    }
}

fn wrapped<T>((content, faults): (T, Vec<Fault>), wrap: impl Fn(T) -> Content) -> (Content, Vec<Fault>) {
    (wrap(content), faults)
}
