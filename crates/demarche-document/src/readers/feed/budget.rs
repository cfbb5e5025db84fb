//! Bounds what a parser may take in at once.

use std::fmt;
use std::io::{self, Read};

/// Bytes that a buffer may have taken in advance.
const AHEAD: u64 = 64 << 10;

/// A reader that gives no more than it was last allowed to.
#[derive(Debug)]
pub(super) struct Budget<R> {
    inner: R,
    left: u64,
}

/// What a reader says that has given all it may.
#[derive(Debug)]
pub(super) struct OverBudget;

impl fmt::Display for OverBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("over the limit")
    }
}

impl std::error::Error for OverBudget {}

impl<R> Budget<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, left: 0 }
    }

    /// From here on so many bytes may be read.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.left = bytes.saturating_add(AHEAD);
    }
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other(OverBudget));
        }
        let most = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.inner.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}
