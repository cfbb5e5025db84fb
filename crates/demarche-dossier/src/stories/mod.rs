//! One story in forty papers is one story: documents that are near copies of each other.
//!
//! A document's *fingerprint* is a MinHash of its runs of words, and another of its names and numbers (Broder 1997).
//! Documents that agree in a band of the first are compared; they tell one story when enough of their words agree, and
//! enough of their names and numbers, so that two reports on one pattern ("X beat Y 3-2") stay two. A story is what is
//! connected so. Which documents are compared depends on these two and on the ids of those that share a band with them, of
//! which the first few stand for all ([`keys`]): so the order of adding does not show, and the time grows with the number of
//! documents and no faster.

mod fingerprint;
mod keys;
mod link;
mod minhash;
mod remove;

pub(crate) use fingerprint::Fingerprint;
pub(crate) use link::{arrive, link};
pub(crate) use minhash::word as word_hash;
pub(crate) use remove::forget;
