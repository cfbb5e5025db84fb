//! Files packed with gzip or Zstandard, told by their first bytes.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes at a time.
const BUFFER: usize = 256 << 10;

/// The bytes of a file as they were before it was packed, if it is: bytes of rows are counted in these.
///
/// # Errors
/// What the reader reports on its first bytes.
pub fn unpacked<'a>(reader: impl Read + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut reader = BufReader::with_capacity(BUFFER, reader);
    let first = reader.fill_buf()?;
    if first.starts_with(&[0x1f, 0x8b]) {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(reader))));
    }
    if first.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        return Ok(Box::new(BufReader::with_capacity(BUFFER, zstd::stream::Decoder::with_buffer(reader)?)));
    }
    Ok(Box::new(reader))
}
