//! Compressed streams, told by their first bytes: gzip (of any number of members) and Zstandard (of any number of frames).
//!
//! What comes out is read as a stream: what a reader keeps of it is bounded by the longest document, whatever the stream
//! unfolds to.

use std::fmt;
use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

/// Largest window of a Zstandard frame, as a power of two: 128 MiB, what `zstd` itself reads unasked.
const LARGEST_WINDOW: u32 = 27;

/// Compressed bytes that do not unfold.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) kind: &'static str,
    pub(crate) cause: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} is damaged or cut off ({})", self.kind, self.cause)
    }
}

impl std::error::Error for Damage {}

/// How a stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstandard,
}

impl Compression {
    /// Told by the first bytes of a stream.
    pub(crate) fn of_bytes(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if head.starts_with(b"\x28\xb5\x2f\xfd") {
            Some(Self::Zstandard)
        } else {
            None
        }
    }

    /// The stream unfolded.
    pub(crate) fn unfold<R: Read + Send + 'static>(self, stream: R) -> io::Result<Box<dyn Read + Send>> {
        let stream = BufReader::with_capacity(64 << 10, stream);
        Ok(match self {
            Self::Gzip => Box::new(Unfolded { inner: MultiGzDecoder::new(stream), kind: "gzip data" }),
            Self::Zstandard => {
                let mut inner = zstd::stream::read::Decoder::with_buffer(stream)?;
                inner.window_log_max(LARGEST_WINDOW)?;
                Box::new(Unfolded { inner, kind: "Zstandard data" })
            }
        })
    }
}

/// A decoder whose complaints are [`Damage`], so that they are told apart from those of the system.
#[derive(Debug)]
pub(crate) struct Unfolded<R> {
    pub(crate) inner: R,
    pub(crate) kind: &'static str,
}

impl<R: Read> Read for Unfolded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            // What the system says has its number.
            if error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let cause = match error.kind() {
                io::ErrorKind::UnexpectedEof => "it ends too early".to_owned(),
                _ => error.to_string().to_lowercase(),
            };
            io::Error::new(error.kind(), Damage { kind: self.kind, cause })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn several_members_and_frames_are_one_stream() {
        for (compression, bytes) in [
            (Compression::Gzip, [gzip(b"The envoys "), gzip(b"met.")].concat()),
            (
                Compression::Zstandard,
                [zstd::encode_all(&b"The envoys "[..], 3).unwrap(), zstd::encode_all(&b"met."[..], 3).unwrap()]
                    .concat(),
            ),
        ] {
            assert_eq!(Compression::of_bytes(&bytes), Some(compression));
            let mut text = String::new();
            compression.unfold(io::Cursor::new(bytes)).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "The envoys met.");
        }
    }

    #[test]
    fn a_cut_stream_gives_what_is_before_the_cut() {
        let text = (0..5000).map(|number| format!("Talk {number}. ")).collect::<Vec<_>>().concat();
        for (compression, bytes) in [
            (Compression::Gzip, gzip(text.as_bytes())),
            (Compression::Zstandard, zstd::encode_all(text.as_bytes(), 3).unwrap()),
        ] {
            let cut = bytes[..bytes.len() - 20].to_vec();
            let mut read = Vec::new();
            let error = compression.unfold(io::Cursor::new(cut)).unwrap().read_to_end(&mut read).unwrap_err();
            assert!(error.to_string().contains("damaged or cut off (it ends too early)"), "{error}");
            assert!(text.as_bytes().starts_with(&read));
        }
    }
}
