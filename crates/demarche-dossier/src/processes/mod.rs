//! One mediation in ten reports is one process with a stage history.
//!
//! Initiatives are of one *process* when they are of one family of kinds, between the same sides, with no gap of more
//! than two months, and, where someone mediates or wrote the plan, by the same mediators ([`divide`]). An initiative of
//! which a report tells fewer than two sides joins the one process that it fits, if there is just one ([`attach`]).
//!
//! The processes of a family and its sides are a function of their initiatives alone, so the order of adding does not
//! show; when an initiative comes or goes, they are put together anew.

mod attach;
mod divide;
mod key;
mod link;
mod remove;

pub(crate) use link::{arrive, link};
pub(crate) use remove::forget;
