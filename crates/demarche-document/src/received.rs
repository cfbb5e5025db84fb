//! What a document was made of, as a hash: by it a document is known again, wherever its bytes lie.

use sha2::{Digest, Sha256};

/// What a document was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Received {
    /// SHA-256 of the bytes of a text or HTML file. Of a document whose text is a value among others (JSON Lines), that of the
    /// text's UTF-8, and where title, date, address, publisher or language were given, that of the text's hash and of these: a
    /// corrected date is another version.
    pub hash: [u8; 32],
    /// Number of bytes: those that spans are of.
    pub length: u64,
}

impl Received {
    /// Of bytes that are a whole document.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self { hash: Sha256::digest(bytes).into(), length: bytes.len() as u64 }
    }

    /// Of a text and what was given with it: name and value.
    pub(crate) fn of_values<'a>(text: &str, given: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> Self {
        let mut received = Self::of_bytes(text.as_bytes());
        let mut hasher = Sha256::new();
        hasher.update(received.hash);
        let mut any = false;
        for (name, value) in given {
            if let Some(value) = value {
                any = true;
                hasher.update(name);
                hasher.update((value.len() as u64).to_le_bytes());
                hasher.update(value);
            }
        }
        if any {
            received.hash = hasher.finalize().into();
        }
        received
    }
}

#[cfg(test)]
mod tests {
    use crate::{Format, Options, from_bytes, from_text};

    #[test]
    fn a_document_is_known_by_its_bytes_and_by_what_was_given_with_them() {
        let options = Options::default();
        let text = "Chad urged Mali to withdraw its troops.";
        let line = |line: &str| from_bytes("a", line.as_bytes(), Format::JsonLines, &options).unwrap().received;
        let file = from_bytes("f", text.as_bytes(), Format::Text, &options).unwrap().received;
        assert_eq!(file, from_text("t", text).received);
        assert_eq!(file.length, text.len() as u64);
        // Where it lies and what it is called does not matter.
        assert_eq!(file, line(&format!(r#"{{"id": 7, "text": "{text}", "seen": "2024-05-01"}}"#)));
        let dated = line(&format!(r#"{{"text": "{text}", "date": "2024-05-01"}}"#));
        assert_ne!(file.hash, dated.hash);
        assert_ne!(dated, line(&format!(r#"{{"text": "{text}", "date": "2024-05-02"}}"#)));
        assert_ne!(dated, line(&format!(r#"{{"text": "{text}", "title": "2024-05-01"}}"#)));
        let page = format!("<html><body><p>{text}</p></body></html>");
        let other = page.replace("<p>", "<p class=\"a\">");
        let page = from_bytes("p", page.as_bytes(), Format::Html, &options).unwrap().received;
        assert_ne!(page, from_bytes("p", other.as_bytes(), Format::Html, &options).unwrap().received);
    }
}
