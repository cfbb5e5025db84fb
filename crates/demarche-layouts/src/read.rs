//! Files of others, row by row.
