//! One happening in ten reports is one incident with ten witnesses.
//!
//! Two events of different documents are the *same* when type, days, actors, recipients, mode and place are not at odds
//! *and* their sentences share words that are neither names of those actors nor common in any news ([`words`]): never
//! on type and country alone. Being the same does not carry over: a vague report ("shells hit a market") may be the same
//! as two that are at odds with each other (in two towns). So events are put together one by one into *incidents*, in
//! which no two are at odds ([`group`]). Coding errs now and then, and two happenings taken for one are worse than one
//! counted twice.
//!
//! Events are compared within a *unit*: those of one type that begin in one month. The incidents of a unit are a
//! function of its events alone, so the order of adding does not show; when an event comes or goes, its unit is *stale*
//! and is looked at again as a whole. How many others an event is compared with has a bound ([`candidates`]), so that the
//! time grows with the number of events and no faster, however many there are on one day.

mod candidates;
mod group;
mod link;
mod profile;
mod store;
pub(crate) mod words;

pub(crate) use link::link;
pub(crate) use store::{Units, forget};
