//! The inputs of an earlier run: those that it has coded are passed over, once they are seen to be the same.

use std::fs::File;
use std::io::{BufReader, Take};

use demarche::Document;

use crate::batch::Trouble;
use crate::failure::Failure;
use crate::manifest::{Fate, InputLine, Line, Reader};

/// An input on its way.
pub(super) enum Step {
    /// It was coded by an earlier run.
    Past(Box<InputLine>),
    /// It is to be coded.
    Fresh(Box<Document>),
    /// It is not what was coded.
    Changed(Failure),
}

/// The inputs, with those that an earlier run has coded marked.
pub(super) struct Passing<S> {
    pub(super) source: S,
    /// The finished part of the manifest behind its first line; `None` once it has been gone through.
    pub(super) past: Option<Reader<BufReader<Take<File>>>>,
    /// The manifest's path.
    pub(super) path: String,
    /// Whether the earlier run came to its end.
    pub(super) ended: bool,
}

impl<S: Iterator<Item = Result<Document, Trouble>>> Passing<S> {
    /// The next input of the earlier run.
    fn known(&mut self) -> Result<Option<InputLine>, Failure> {
        while let Some(past) = &mut self.past {
            match past.next_line()? {
                Some(Line::Input(line)) => return Ok(Some(line)),
                Some(_) => {}
                None => self.past = None,
            }
        }
        Ok(None)
    }

    fn changed(&self, what: String) -> Step {
        Step::Changed(Failure::InputsChanged { path: self.path.clone(), what })
    }
}

impl<S: Iterator<Item = Result<Document, Trouble>>> Iterator for Passing<S> {
    type Item = Result<Step, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        let known = match self.known() {
            Ok(known) => known,
            Err(failure) => return Some(Ok(Step::Changed(failure))),
        };
        let item = self.source.next();
        let Some(known) = known else {
            return match item? {
                Ok(document) if self.ended => {
                    Some(Ok(self.changed(format!("all inputs were coded, and `{}` was not among them", document.id))))
                }
                item => Some(item.map(|document| Step::Fresh(Box::new(document)))),
            };
        };
        match (known.fate, item) {
            (Fate::Coded | Fate::NotRelevant, Some(Ok(document))) => {
                let now = InputLine::of(&document);
                if (&now.document, &now.hash) != (&known.document, &known.hash) {
                    let was = known.document.unwrap_or_default();
                    return Some(Ok(
                        self.changed(format!("where `{was}` was coded there is another `{}`", document.id))
                    ));
                }
                Some(Ok(Step::Past(Box::new(known))))
            }
            // Told again, and counted again.
            (Fate::Skipped, Some(Ok(document))) if known.document.as_ref() == Some(&document.id) => {
                Some(Ok(Step::Fresh(Box::new(document))))
            }
            (Fate::Failed, Some(item)) => Some(item.map(|document| Step::Fresh(Box::new(document)))),
            (_, Some(Ok(document))) => {
                Some(Ok(self.changed(format!("`{}` is not what was there before", document.id))))
            }
            (_, Some(Err(trouble))) => {
                Some(Ok(self.changed(format!("an input cannot be read any more: {}", trouble.message))))
            }
            (_, None) => Some(Ok(self.changed("inputs that were coded are not there any more".to_owned()))),
        }
    }
}
