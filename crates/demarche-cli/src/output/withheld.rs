//! JSON Lines of records without the words of their texts, and the way back. `docs/replication.md` describes them.

use demarche::{Document, Record};
use demarche_dossier::Digest;
use serde::{Deserialize, Serialize};

use super::jsonl;

/// What a record without words has beside its fields.
#[derive(Debug, Serialize, Deserialize)]
struct Trace {
    /// SHA-256 of the document as received.
    document_hash: String,
    /// Where the hedges of a statement stand: bytes of its sentence as written.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    hedge_places: Vec<(usize, usize)>,
}

/// The records of a document, one line each, without words.
pub(crate) fn lines(records: Vec<Record>, document: &Document) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        let (record, hedge_places) = record.without_words();
        let trace = Trace { document_hash: Digest(document.received.hash).to_string(), hedge_places };
        let (record, trace) = (jsonl::lines(&[record]), jsonl::lines(&[trace]));
        // Two objects become one.
        if let (Some(record), Some(trace)) = (record.strip_suffix(b"}\n"), trace.strip_prefix(b"{")) {
            out.extend_from_slice(record);
            out.push(b',');
            out.extend_from_slice(trace);
        }
    }
    out
}

/// What must be known of a line to find its text.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    /// Id of the document.
    pub(crate) document: String,
    /// Its hash, where the record is without words.
    #[serde(default)]
    pub(crate) document_hash: Option<String>,
}

/// A line with its words again, taken from its document.
pub(crate) fn restored(line: &[u8], document: &Document) -> serde_json::Result<Vec<u8>> {
    let record: Record = serde_json::from_slice(line)?;
    let trace: Trace = serde_json::from_slice(line)?;
    Ok(jsonl::lines(&[record.with_words(&trace.hedge_places, |field, span| document.words(field, span))]))
}
