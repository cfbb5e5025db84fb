//! Standard error: one line a failure, progress on a terminal.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::summary::{Tally, left};

/// Where everything that is not a record goes.
pub(crate) struct Console {
    bar: ProgressBar,
    quiet: bool,
    /// What is told last: files that were left in folders.
    left: Option<String>,
}

impl Console {
    /// Progress is drawn on a terminal only, and not where records themselves appear on it.
    pub(crate) fn new(quiet: bool, records_on_terminal: bool) -> Self {
        let shown = !quiet && !records_on_terminal && std::io::stderr().is_terminal();
        let bar = if shown {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self { bar, quiet, left: None }
    }

    /// Tells at the end of files that were left in folders.
    pub(crate) fn leaving(mut self, files: &[PathBuf]) -> Self {
        self.left = left(files);
        self
    }

    /// Shows how far a batch has come.
    pub(crate) fn progress(&self, tally: &Tally) {
        if !self.bar.is_hidden() {
            self.bar.set_message(tally.brief());
        }
    }

    /// Shows what is being done or how far it has come, where it is not documents that are read.
    pub(crate) fn working(&self, how_far: impl Display) {
        if !self.bar.is_hidden() {
            self.bar.set_message(how_far.to_string());
        }
    }

    /// Says that an input failed.
    pub(crate) fn failed(&self, what: impl Display) {
        self.line(AnsiColor::Red.on_default(), "failed", what);
    }

    /// Says that an input was passed over.
    pub(crate) fn skipped(&self, what: impl Display) {
        self.line(AnsiColor::Yellow.on_default(), "skipped", what);
    }

    /// Says something that may make the output another than was meant, even where quiet is asked for.
    pub(crate) fn warned(&self, what: impl Display) {
        self.line(AnsiColor::Yellow.on_default(), "warning", what);
    }

    /// Says something worth knowing that is no failure.
    pub(crate) fn noted(&self, what: impl Display) {
        if !self.quiet {
            self.line(AnsiColor::Yellow.on_default(), "note", what);
        }
    }

    fn line(&self, style: Style, word: &str, what: impl Display) {
        self.bar.suspend(|| {
            // Without standard error there is nobody to tell; the exit code still says it.
            let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}: {what}");
        });
    }

    /// Ends the progress without a summary.
    pub(crate) fn close(self) {
        self.bar.finish_and_clear();
    }

    /// Ends the progress and prints the summary.
    pub(crate) fn finish(self, summary: impl Display) {
        self.bar.finish_and_clear();
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{summary}");
            if let Some(left) = self.left {
                let _ = writeln!(anstream::stderr(), "{left}");
            }
        }
    }
}
