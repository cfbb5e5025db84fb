//! Files of coding data: their text, where things stand in it, and what is wrong with it.
//!
//! The text comes from elsewhere: this crate opens no file.

mod extension;
mod source;
mod toml_file;

pub use extension::{DataFile, Extension, OntologyFiles};
pub use source::{FrameError, Position};
pub(crate) use source::{Source, nearest};
pub(crate) use toml_file::TomlFile;
