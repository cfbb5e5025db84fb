//! The layouts: which columns each has, and what they say.

pub(super) mod gdelt;
pub(super) mod ged;
pub(super) mod icews;
pub(super) mod petrarch;
pub(super) mod polecat;
