//! Our records as rows of others.
