//! The texts of an index, each kept once.

use std::collections::HashMap;

use crate::error::IndexError;

/// Texts by where they begin.
pub(crate) struct Texts {
    bytes: Vec<u8>,
    known: HashMap<String, u32>,
    too_long: bool,
}

impl Default for Texts {
    fn default() -> Self {
        // The empty text comes first, so that zero is a text.
        Self { bytes: vec![0], known: HashMap::new(), too_long: false }
    }
}

impl Texts {
    /// Where the text begins.
    pub(crate) fn keep(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(&at) = self.known.get(text) {
            return at;
        }
        let Ok(len) = u16::try_from(text.len()) else {
            self.too_long = true;
            return 0;
        };
        let at = self.bytes.len() as u32;
        match u8::try_from(len) {
            Ok(short) if short < 255 => self.bytes.push(short),
            _ => {
                self.bytes.push(255);
                self.bytes.extend_from_slice(&len.to_le_bytes());
            }
        }
        self.bytes.extend_from_slice(text.as_bytes());
        self.known.insert(text.to_owned(), at);
        at
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, IndexError> {
        if self.too_long {
            return Err(IndexError::TooLarge("a text is longer than 65,535 bytes"));
        }
        if u32::try_from(self.bytes.len()).is_err() {
            return Err(IndexError::TooLarge("more than 4 GiB of texts"));
        }
        Ok(self.bytes)
    }
}
