//! The Parquet library panics on some damaged files. Here a panic of its becomes an error, and nothing is printed of it.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is within the library.
    static WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives, or `None` where it panicked. What it was working on must not be used again then.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static ONCE: Once = Once::new();
    // All panics but those caught here are told as before.
    ONCE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !WITHIN.get() {
                told(panic);
            }
        }));
    });
    let before = WITHIN.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    WITHIN.set(before);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_none() {
        assert_eq!(guarded(|| 1), Some(1));
        assert_eq!(guarded(|| Vec::<u8>::new()[usize::MAX]), None);
        assert!(!WITHIN.get());
    }
}
