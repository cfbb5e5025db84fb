//! One happening in ten reports is one incident with ten witnesses.
//!
//! Two events of different documents are the *same* when type, days, actors, recipients, mode and place are not at odds
//! *and* their sentences share words that are neither names of those actors nor common in any news ([`words`]): never
//! on type and country alone. Events that are connected by this are a *cluster*. In it, a vague report ("shells hit a
//! market") may be the same as two that are at odds with each other (in two towns); so a cluster is split into
//! *incidents*, in which no two are at odds ([`split`]). Coding errs now and then, and two happenings taken for one are
//! worse than one counted twice.
//!
//! Whether two events are the same depends on these two alone, and how a cluster is split on its events and their ids,
//! so the order of adding does not show.

mod link;
mod profile;
mod remove;
mod split;
pub(crate) mod words;

pub(crate) use link::link;
pub(crate) use remove::forget;
