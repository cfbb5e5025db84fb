//! Records that lie one after another and belong to one entry.

use std::marker::PhantomData;

use crate::layer::Parts;
use crate::records::Record;

/// A run of records of one section, decoded one by one as it is read.
pub struct List<'a, T> {
    parts: Parts<'a>,
    first: u32,
    len: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

#[expect(private_bounds, reason = "only this crate's entries lie in an index")]
impl<'a, T: Record<'a>> List<'a, T> {
    pub(crate) fn new(parts: Parts<'a>, first: u32, len: u32) -> Self {
        // A damaged length is cut to what there is.
        let len = len.min(parts.count::<T>().saturating_sub(first));
        Self { parts, first, len, of: PhantomData }
    }

    /// Number of records.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The record of a number, from 0.
    pub fn get(self, number: usize) -> Option<T> {
        (number < self.len()).then(|| self.parts.entry(self.first + number as u32))
    }

    /// All records.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = T> + ExactSizeIterator + use<'a, T> {
        (0..self.len as usize).map(move |number| self.parts.entry(self.first + number as u32))
    }
}

impl<'a, T: Record<'a> + std::fmt::Debug> std::fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
