//! Sections to one index.

use std::collections::HashMap;

use crate::error::IndexError;
use crate::format::{FORMAT, HEADER, MARK, Section, digest};

/// The index of sections by their number. Without a digest of its sources it has that of its contents.
pub(crate) fn assemble(
    sections: &HashMap<usize, Vec<u8>>,
    date: &str,
    sources: Option<u64>,
) -> Result<Vec<u8>, IndexError> {
    let mut body: Vec<u8> = Vec::new();
    let mut places = Vec::new();
    for &section in Section::ALL {
        let bytes = sections.get(&(section as usize)).map_or(&[] as &[u8], Vec::as_slice);
        debug_assert!(bytes.len().is_multiple_of(section.width()), "{section:?}");
        let start = u32::try_from(HEADER + body.len());
        let len = u32::try_from(bytes.len());
        let (Ok(start), Ok(len)) = (start, len) else {
            return Err(IndexError::TooLarge("more than 4 GiB of entries"));
        };
        places.push((start, len));
        body.extend_from_slice(bytes);
    }
    if u32::try_from(HEADER + body.len()).is_err() {
        return Err(IndexError::TooLarge("more than 4 GiB of entries"));
    }
    let contents = digest(0, &body);
    let mut out = Vec::with_capacity(HEADER + body.len());
    out.extend_from_slice(&MARK);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&(Section::COUNT as u32).to_le_bytes());
    out.extend_from_slice(&sources.unwrap_or(contents).to_le_bytes());
    let mut day = [0; 16];
    for (slot, byte) in day.iter_mut().zip(date.bytes()) {
        *slot = byte;
    }
    out.extend_from_slice(&day);
    out.extend_from_slice(&contents.to_le_bytes());
    for (start, len) in places {
        out.extend_from_slice(&start.to_le_bytes());
        out.extend_from_slice(&len.to_le_bytes());
    }
    let header = digest(0, &out);
    out.extend_from_slice(&header.to_le_bytes());
    out.extend_from_slice(&body);
    Ok(out)
}
