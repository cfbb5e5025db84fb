//! The layouts of the field's data sets: our records written in them, and their files read.

mod read;
mod write;
