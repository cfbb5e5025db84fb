//! The writer of a run: reports are gathered and written a batch at a time, and what is gathered is written when a signal
//! comes, too.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use demarche_dossier::{Added, Batch, Dossier, DossierError, Extent, Report};

use crate::output::INTERRUPTED;

/// What comes in so long is written at once: a killed run loses no more than that.
const AT_ONCE: Duration = Duration::from_secs(1);

/// How long a signal waits for a transaction to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// A dossier that is being written, shared with what hears signals.
pub(super) struct Filing(Arc<Mutex<Desk>>);

struct Desk {
    /// `None` once it is closed.
    dossier: Option<Dossier>,
    batch: Batch,
    /// Documents written at once, where that is asked for.
    most: Option<NonZeroUsize>,
    added: Added,
    written: Instant,
}

impl Filing {
    pub(super) fn new(dossier: Dossier, batch: Batch, most: Option<NonZeroUsize>) -> Self {
        let (added, written) = (Added::default(), Instant::now());
        Self(Arc::new(Mutex::new(Desk { dossier: Some(dossier), batch, most, added, written })))
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a signal comes, writes what is gathered and ends the program. A transaction that is under way when it is cut off
    /// leaves no trace.
    pub(super) fn finish_when_interrupted(&self, quiet: bool) {
        let desk = Arc::clone(&self.0);
        // Without a handler an interrupted run loses what was gathered in the last second: no reason not to run.
        let _ = ctrlc::set_handler(move || {
            let heard = Instant::now();
            while heard.elapsed() < PATIENCE {
                match desk.try_lock() {
                    Ok(mut desk) => {
                        if let Some(dossier) = &desk.dossier {
                            let _ = dossier.be_patient(PATIENCE);
                        }
                        let _ = desk.flush();
                        let _ = desk.close();
                        break;
                    }
                    Err(TryLockError::Poisoned(_)) => break,
                    Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(10)),
                }
            }
            if !quiet {
                use std::io::Write;
                let _ =
                    writeln!(anstream::stderr(), "interrupted; what was finished is kept, the same command goes on");
            }
            std::process::exit(INTERRUPTED);
        });
    }

    /// Takes a report; writes when there are enough.
    pub(super) fn take(&self, report: Report) -> Result<(), DossierError> {
        let mut desk = self.desk();
        desk.batch.push(report);
        let full = match desk.most {
            Some(most) => desk.batch.reports().len() >= most.get(),
            None => desk.batch.is_full() || desk.written.elapsed() >= AT_ONCE,
        };
        if full {
            desk.flush()?;
        }
        Ok(())
    }

    /// Writes the rest, and tells what was written in all.
    pub(super) fn finish(&self) -> Result<Added, DossierError> {
        let mut desk = self.desk();
        desk.flush()?;
        Ok(desk.added)
    }

    /// Joins what was added, by this run and by those before it that were stopped.
    pub(super) fn link(&self) -> Result<(), DossierError> {
        self.desk().dossier.as_mut().map_or(Ok(()), |dossier| dossier.link().map(|_| ()))
    }

    pub(super) fn extent(&self) -> Result<Extent, DossierError> {
        self.desk().dossier.as_ref().map_or_else(|| Ok(Extent::default()), Dossier::extent)
    }

    /// Closes the dossier: what hears signals would hold it open to the end.
    pub(super) fn close(&self) -> Result<(), DossierError> {
        self.desk().close()
    }
}

impl Desk {
    fn flush(&mut self) -> Result<(), DossierError> {
        let Self { dossier, batch, added, .. } = self;
        if let Some(dossier) = dossier {
            *added += dossier.add(batch)?;
        }
        batch.clear();
        self.written = Instant::now();
        Ok(())
    }

    fn close(&mut self) -> Result<(), DossierError> {
        self.dossier.take().map_or(Ok(()), Dossier::close)
    }
}
