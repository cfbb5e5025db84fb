//! What holds for every stream of a format with many documents: no panic, each error on one line, no two documents of one
//! id, spans within the value that they are of.

mod made;

use std::collections::HashSet;
use std::io::Cursor;
use std::sync::LazyLock;

use demarche_document::{Format, Options, read_from};
use demarche_record::TextRange;
use made::{answer, archive, gzip, page, parquet, zstandard};
use proptest::prelude::*;

fn check(format: Option<Format>, bytes: Vec<u8>) {
    let options = Options { format, max_bytes: 2000, ..Options::default() };
    let mut ids = HashSet::new();
    for item in read_from("a", Cursor::new(bytes), &options) {
        match item {
            Err(error) => assert!(!error.to_string().chars().any(char::is_control), "{error}"),
            Ok(document) => {
                let body = &document.body;
                let mut last = 0;
                for block in &document.blocks {
                    let span = body.received(block.range);
                    assert!(last <= span.start && span.start <= span.end, "{span:?} after {last}");
                    last = span.start;
                }
                let all = body.received(TextRange::new(0, body.as_str().len()));
                assert!(all.end <= 2000, "{all:?}");
                assert!(ids.insert(document.id.clone()), "{} twice", document.id);
            }
        }
    }
}

fn pieces(pieces: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat().into_bytes())
}

const TABLE: &[&str] = &[
    "title,text\n",
    "text\tdate\n",
    "\"",
    ",",
    ";",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "They met.",
    "é",
    "\u{feff}",
    "\0",
    "2023-11-12",
    "03/04/2023",
    "text",
];

const FEED: &[&str] = &[
    "<rss>",
    "</rss>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<description>",
    "</description>",
    "<link/>",
    "<link href='x'/>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "</entry>",
    "<content type='xhtml'>",
    "<content type='html'>",
    "</content>",
    "<a:content>",
    "<source>",
    "</source>",
    "&amp;",
    "&nbsp;",
    "&#x41;",
    "&#xD800;",
    "& ",
    "<![CDATA[<p>They met.</p>]]>",
    "They met.",
    "<p>",
    "</p>",
    "<br/>",
    "<!-- x -->",
    "<!DOCTYPE rss>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "é",
    "<",
    ">",
    "<pubDate>12 Nov 2023</pubDate>",
    "<dc:date>soon</dc:date>",
];

const ARCHIVE: &[&str] = &[
    "WARC/1.0\r\n",
    "WARC/1.1\n",
    "WARC-Type: response\r\n",
    "WARC-Type: resource\r\n",
    "Content-Type: text/html\r\n",
    "Content-Type: application/http\r\n",
    "Content-Length: 0\r\n",
    "Content-Length: 30\r\n",
    "Content-Length: 18446744073709551615\r\n",
    "\r\n",
    "\n",
    "HTTP/1.1 200 OK\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip, br\r\n",
    "ffffffffffffffff\r\n",
    "a\r\n",
    "<p>They met in Lome.</p>",
    "WARC-Record-ID: <>\r\n",
    " folded\r\n",
    "WARC-Segment-Number: 2\r\n",
    ":",
    "é",
];

static PARQUET: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| ["none", "snappy", "zstd"].map(parquet).to_vec());

static ARCHIVES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let html = page("Envoys meet", "The envoys of Chile met.");
    archive(&[
        ("response", "application/http", answer(&html, true)),
        ("conversion", "text/plain", b"The talks ended.".to_vec()),
        ("response", "application/http", answer(&html, false)),
    ])
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for format in [Format::Csv, Format::Tsv, Format::Parquet, Format::Feed, Format::Warc] {
            check(Some(format), bytes.clone());
        }
        check(None, [b"\x1f\x8b\x08\0".as_slice(), &bytes].concat());
        check(None, [b"\x28\xb5\x2f\xfd".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_table(bytes in pieces(TABLE)) {
        check(Some(Format::Csv), bytes.clone());
        check(Some(Format::Tsv), bytes);
    }

    #[test]
    fn any_feed(bytes in pieces(FEED)) {
        check(Some(Format::Feed), [b"<rss><item>".as_slice(), &bytes].concat());
        check(Some(Format::Feed), bytes);
    }

    #[test]
    fn any_archive(bytes in pieces(ARCHIVE)) {
        check(Some(Format::Warc), bytes);
    }

    /// Bytes changed in files that were sound.
    #[test]
    fn damaged_files(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        which in 0_usize..3,
    ) {
        let packed = [gzip(&ARCHIVES), zstandard(&ARCHIVES)];
        for (format, sound) in [
            (Some(Format::Parquet), &PARQUET[which]),
            (Some(Format::Warc), &*ARCHIVES),
            (None, &packed[0]),
            (None, &packed[1]),
        ] {
            let mut bytes = sound.clone();
            for (index, byte) in &at {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            if let Some(cut) = &cut {
                bytes.truncate(cut.index(sound.len()));
            }
            check(format, bytes);
        }
    }
}
