//! The answer of a server: its header, and its body with chunks joined and compression undone.

use std::borrow::Cow;
use std::io::{self, Read};

/// Lines of a header, at most.
const MOST_LINES: usize = 256;

/// The header of an answer.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    chunked: bool,
    /// In the order in which they were applied.
    encodings: Vec<String>,
    /// Where the body begins.
    pub(super) body: usize,
}

/// Reads the header; `None` where it is not HTTP.
pub(super) fn response(bytes: &[u8]) -> Option<Response> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_LINES];
    let mut parsed = httparse::Response::new(&mut headers);
    let mut lenient = httparse::ParserConfig::default();
    lenient
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    let httparse::Status::Complete(body) = lenient.parse_response(&mut parsed, bytes).ok()? else { return None };
    let mut response =
        Response { status: parsed.code?, content_type: None, chunked: false, encodings: Vec::new(), body };
    for header in parsed.headers.iter() {
        let value = String::from_utf8_lossy(header.value);
        let words = || value.split(',').map(|word| word.trim().to_ascii_lowercase()).filter(|word| !word.is_empty());
        match header.name.to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = Some(value.into_owned()),
            "transfer-encoding" => response.chunked |= words().any(|word| word == "chunked"),
            "content-encoding" => response.encodings.extend(words()),
            _ => {}
        }
    }
    Some(response)
}

impl Response {
    /// The body as the page was written, at most a byte more than `limit` of it.
    ///
    /// Many archives keep the header as the server sent it and the body as it was meant: where chunks or compression are
    /// announced and not there, the body is taken as it stands.
    pub(super) fn content<'a>(&self, received: &'a [u8], limit: u64) -> io::Result<Cow<'a, [u8]>> {
        let mut body = Cow::Borrowed(received);
        if self.chunked
            && let Some(joined) = joined(received)
        {
            body = Cow::Owned(joined);
        }
        for encoding in self.encodings.iter().rev() {
            let most = limit.saturating_add(1);
            let mut plain = Vec::new();
            let bytes = &body[..];
            match encoding.as_str() {
                "gzip" | "x-gzip" if bytes.starts_with(b"\x1f\x8b") => {
                    flate2::bufread::MultiGzDecoder::new(bytes).take(most).read_to_end(&mut plain)?;
                }
                "deflate" if is_zlib(bytes) => {
                    flate2::bufread::ZlibDecoder::new(bytes).take(most).read_to_end(&mut plain)?;
                }
                "deflate" if !bytes.trim_ascii_start().starts_with(b"<") => {
                    flate2::bufread::DeflateDecoder::new(bytes).take(most).read_to_end(&mut plain)?;
                }
                "zstd" if bytes.starts_with(b"\x28\xb5\x2f\xfd") => {
                    zstd::stream::read::Decoder::with_buffer(bytes)?.take(most).read_to_end(&mut plain)?;
                }
                "br" if !bytes.trim_ascii_start().starts_with(b"<") => {
                    brotli_decompressor::Decompressor::new(bytes, 4096).take(most).read_to_end(&mut plain)?;
                }
                _ => continue,
            }
            body = Cow::Owned(plain);
        }
        Ok(body)
    }
}

/// Whether data begin with a header of zlib; some servers send the bare stream as `deflate`.
fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..]
        if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// The chunks of a body joined; `None` where there are none. What is cut off is left out.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut first = true;
    loop {
        let size = chunk_size(&mut rest);
        match size {
            None if first => return None,
            None | Some(0) => return Some(joined),
            Some(size) => {
                let (chunk, after) = rest.split_at(size.min(rest.len()));
                joined.extend_from_slice(chunk);
                rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
            }
        }
        first = false;
    }
}

/// Reads the line with a chunk's size, in hexadecimal digits and perhaps with an extension after them.
fn chunk_size(rest: &mut &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'\n', &rest[..rest.len().min(1024)])?;
    let line = rest[..end].split(|&byte| byte == b';').next()?.trim_ascii();
    let size = usize::from_str_radix(std::str::from_utf8(line).ok()?, 16).ok()?;
    *rest = &rest[end + 1..];
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn content(head: &str, body: &[u8], limit: u64) -> String {
        let bytes = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), body].concat();
        let response = response(&bytes).unwrap();
        String::from_utf8(response.content(&bytes[response.body..], limit).unwrap().into_owned()).unwrap()
    }

    #[test]
    fn chunks_and_compression_are_undone_where_they_are_there() {
        let text = b"<p>The envoys met.";
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        let zipped = encoder.finish().unwrap();
        let chunked = [
            b"8;x=y\r\n".as_slice(),
            &zipped[..8],
            b"\r\n",
            format!("{:X}\r\n", zipped.len() - 8).as_bytes(),
            &zipped[8..],
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        let head = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip";
        let plain = "<p>The envoys met.";
        assert_eq!(content(head, &chunked, 1000), plain);
        assert_eq!(content(head, &zipped, 1000), plain);
        assert_eq!(content(head, text, 1000), plain);
        assert_eq!(content(head, &chunked, 4), "<p>Th");
        assert_eq!(content("Content-Encoding: br", text, 1000), plain);
        assert_eq!(content("Transfer-Encoding: chunked", b"5\r\n<p>Th\r\nff\r\ne en", 1000), "<p>The en");
    }

    #[test]
    fn what_is_no_answer_is_none() {
        assert!(response(b"<p>The envoys met.").is_none());
        assert!(response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n").is_none());
    }
}
