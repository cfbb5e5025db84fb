//! Work on many items at once, results in the order of the items, in bounded memory.
//!
//! ```text
//! source ── items ──> N workers ── results ──> put in order ──> take
//!    ^                                              │
//!    └──────────────── tickets ─────────────────────┘
//! ```
//! An item may enter only with a ticket, and its ticket comes back when its result is taken: one slow item cannot make
//! the results behind it pile up.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::bounded;

/// Items under way for each worker.
const AHEAD: usize = 4;

/// Runs `work` on every item with `threads` workers and hands the results to `take` in the order of the items.
///
/// The threads are left to themselves when `take` fails: one may be waiting for standard input.
pub(crate) fn in_order<I, O, E>(
    source: impl Iterator<Item = I> + Send + 'static,
    threads: NonZeroUsize,
    work: impl Fn(I) -> O + Send + Sync + 'static,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send + 'static,
    O: Send + 'static,
{
    let most = threads.get().saturating_mul(AHEAD);
    let (give_ticket, tickets) = bounded::<()>(most);
    let (give_item, items) = bounded::<(u64, I)>(most);
    let (give_result, results) = bounded::<(u64, O)>(most);
    for _ in 0..most {
        // There is room: the channel holds `most`.
        let _ = give_ticket.send(());
    }
    thread::spawn(move || {
        for item in (0..).zip(source) {
            if tickets.recv().is_err() || give_item.send(item).is_err() {
                return;
            }
        }
    });
    let work = Arc::new(work);
    for _ in 0..threads.get() {
        let (items, give_result, work) = (items.clone(), give_result.clone(), Arc::clone(&work));
        thread::spawn(move || {
            for (number, item) in items {
                if give_result.send((number, work(item))).is_err() {
                    return;
                }
            }
        });
    }
    drop((items, give_result));
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            next += 1;
            take(result)?;
            // The source has ended when nobody wants the ticket.
            let _ = give_ticket.send(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut got = Vec::new();
            let slow_first = |n: u64| {
                std::hint::black_box((0..(500 - n) * 20).fold(0, |sum, turn| sum ^ std::hint::black_box(turn)));
                n
            };
            let end: Result<(), ()> = in_order(0..500, NonZeroUsize::new(threads).unwrap(), slow_first, |n| {
                got.push(n);
                Ok(())
            });
            assert_eq!(end, Ok(()));
            assert_eq!(got, (0..500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_taker_that_fails_ends_an_endless_source() {
        let end = in_order(0.., NonZeroUsize::MIN, |n: u64| n, |n| if n < 20 { Ok(()) } else { Err(n) });
        assert_eq!(end, Err(20));
    }
}
