//! What is said about tables, feeds and archives that are not as they should be, and that what can be read is read.

mod made;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Cursor, Read};

use demarche_document::{Format, Options, read_from};
use made::{answer, archive, gzip, page, parquet, zstandard};

fn told(options: &Options, reader: impl Read + Send + 'static) -> Vec<String> {
    read_from("news", reader, options)
        .map(|item| item.map_or_else(|error| error.to_string(), |document| format!("+ {}", document.id)))
        .collect()
}

fn read(format: Format, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let options = Options { format: Some(format), max_bytes: 5000, ..Options::default() };
    told(&options, Cursor::new(bytes.as_ref().to_vec()))
}

#[test]
fn tables() {
    assert_eq!(
        read(Format::Csv, "id,headline,body\n1,a,b\n"),
        [
            "news: no column `text` among id, headline, body; if the text has another name, say so with --field text=NAME"
        ]
    );
    assert_eq!(
        read(Format::Csv, "id,text\n"),
        ["news: column names without a row below them; give a file with text in it"]
    );
    assert_eq!(read(Format::Tsv, ""), ["news: empty; give a file with text in it"]);
    assert_eq!(
        read(Format::Tsv, "id\ttext\n1\tThey met.\t\t\n2\tThey met.\tat noon\n3\t\"left open\n4\tThey met.\n"),
        [
            "+ 1",
            "news:3: 3 fields where the columns are 2; quote fields that hold the delimiter, and close every quote",
            "+ 3",
        ]
    );
    assert_eq!(
        read(Format::Csv, "id,text\n\"1,They met.\n2,They met.\n"),
        [
            "news:2: 1 field where the columns are 2 (the row is lines 2 to 3); quote fields that hold the delimiter, and \
          close every quote"
        ]
    );
    let long = format!("id,text\n1,{}\n2,They met.\n", "x".repeat(9000));
    assert_eq!(
        read(Format::Csv, long),
        ["news:2: over the limit of 5000 bytes a document; split it, or raise the limit with --max-bytes", "+ 2"]
    );
    assert!(read(Format::Csv, gzip(&parquet("none")))[0].starts_with("news: not text but a Parquet file; "));
}

#[test]
fn damaged_parquet() {
    let file = parquet("snappy");
    for cut in [&file[..file.len() - 5], &file[..file.len() / 2], &file[..6]] {
        let told = read(Format::Parquet, cut);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("news: the Parquet file is damaged or cut off ("), "{told:?}");
        assert!(!told[0].contains('\n'), "{told:?}");
    }
    let mut spoiled = file.clone();
    spoiled[4..60].fill(0xff);
    let told = read(Format::Parquet, spoiled);
    assert!(told.last().unwrap().contains("the Parquet file is damaged or cut off ("), "{told:?}");
}

#[test]
fn cut_compression_keeps_what_is_whole() {
    let line = |number| format!("{{\"id\":{number},\"text\":\"Talk number {number} was held.\"}}\n");
    let lines = (0..400).map(line).collect::<Vec<_>>().concat();
    for (bytes, kind) in [(gzip(lines.as_bytes()), "gzip"), (zstandard(lines.as_bytes()), "Zstandard")] {
        let told = read(Format::JsonLines, &bytes[..bytes.len() - 12]);
        let (last, before) = told.split_last().unwrap();
        assert!(before.iter().all(|line| line.starts_with("+ ")), "{told:?}");
        assert!(
            last.contains(&format!(": the {kind} data is damaged or cut off (it ends too early); get the file again")),
            "{last}"
        );
        let told = read(Format::JsonLines, &bytes[..8]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(&format!("news: the {kind} data is damaged")), "{told:?}");
    }
    // Of one member that is whole and one that is cut, all of the first is kept.
    let (first, second) = lines.split_at(lines.find("{\"id\":200,").unwrap());
    let second = gzip(second.as_bytes());
    let told = read(Format::JsonLines, [&gzip(first.as_bytes())[..], &second[..second.len() / 2]].concat());
    assert!(told.len() > 200 && told[..200].iter().all(|line| line.starts_with("+ ")));
}

#[test]
fn feeds() {
    let item = |number: u32| format!("<item><guid>urn:{number}</guid><description>They met.</description></item>");
    let whole = format!("<rss><channel><title>T</title>{}{}</channel></rss>", item(1), item(2));
    assert_eq!(read(Format::Feed, &whole), ["+ urn:1", "+ urn:2"]);
    let cut = &whole[..whole.find("met.</description></item></ch").unwrap()];
    assert_eq!(
        read(Format::Feed, cut),
        ["+ urn:1", "news, item 2: the feed is damaged or cut off (it ends within an element); get the file again"]
    );
    let crossed = whole.replacen("They met.</description></item></ch", "They <b>met.</description></item></ch", 1);
    let told = read(Format::Feed, crossed);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[1].starts_with(
            "news, item 2: the feed is damaged or cut off (expected `</b>`, but `</description>` was found at byte "
        ),
        "{told:?}"
    );
    let no_feed = "; give an RSS or Atom feed, or another format with --format";
    for (bytes, cause) in [
        ("<html><p>They met.", "its root is <html>, which is no feed"),
        ("They met.", "not XML"),
        ("<?xml version='1.0'?>", "no element in it"),
    ] {
        assert_eq!(read(Format::Feed, bytes), [format!("news: {cause}{no_feed}")]);
    }
    assert_eq!(
        read(Format::Feed, "<rss><channel/></rss>"),
        ["news: a feed without an item; give a file with text in it"]
    );
    let long =
        format!("<rss>{}<item><description>{}</description></item>{}</rss>", item(1), "<p>x</p>".repeat(900), item(2));
    assert_eq!(
        read(Format::Feed, long),
        [
            "+ urn:1",
            "news, item 2: over the limit of 5000 bytes a document; split it, or raise the limit with --max-bytes",
            "+ urn:2"
        ]
    );
    assert_eq!(
        read(Format::Feed, format!("<rss>{}", "<a>".repeat(1000))),
        ["news: the feed is damaged or cut off (elements nested deeper than 256); get the file again"]
    );
}

/// Bytes that are given without ever being held.
struct Endless {
    head: Cursor<Vec<u8>>,
    piece: &'static [u8],
    left: u64,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = self.head.read(buffer)?;
        if head > 0 || self.left == 0 {
            return Ok(head);
        }
        let mut given = 0;
        for (byte, piece) in buffer.iter_mut().zip(self.piece.iter().cycle()) {
            *byte = *piece;
            given += 1;
        }
        self.left = self.left.saturating_sub(given as u64);
        Ok(given)
    }
}

#[test]
fn bombs_are_refused_in_bounded_memory() {
    let mut bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>".to_owned();
    for level in 1..40 {
        let (inner, outer) = (level - 1, level);
        let _ = write!(bomb, "<!ENTITY a{outer} '&a{inner};&a{inner};&a{inner};&a{inner};'>");
    }
    bomb.push_str("]><rss><channel><item><description>&a39;</description></item></channel></rss>");
    assert_eq!(
        read(Format::Feed, bomb),
        [
            "news: it declares entities of its own, which are never expanded; give an RSS or Atom feed, or another format with --format"
        ]
    );
    let before = peak_memory();
    let over = "over the limit of 1000000 bytes a document";
    let limited = |format| Options { format: Some(format), max_bytes: 1_000_000, ..Options::default() };
    let endless = |head: &str, piece| Endless { head: Cursor::new(head.as_bytes().to_vec()), piece, left: 100_000_000 };
    for (format, head, piece) in [
        (Format::Feed, "<rss><item><description>", &b"ha"[..]),
        (Format::Feed, "<rss><item><description>", b"<b>ha</b>"),
        (Format::Feed, "<rss a='", b"ha"),
        (Format::Csv, "text\n\"", b"ha,"),
        (Format::Csv, "text\n", b"ha,"),
        (Format::Warc, "WARC/1.0\r\nWARC-Type: ", b"ha"),
        (
            Format::Warc,
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 90000000\r\n\r\n",
            b"ha",
        ),
    ] {
        let told = told(&limited(format), endless(head, piece));
        assert!(told.iter().all(|line| !line.starts_with('+')), "{head}: {told:?}");
        assert!(told.len() <= 2, "{head}: {told:?}");
    }
    // A page of 100 MB in some 100 KB, and a line of JSON likewise.
    let zeros = io::repeat(b'x').take(100_000_000);
    let zipped = zstd::encode_all(zeros, 1).unwrap();
    assert!(zipped.len() < 1_000_000);
    assert!(told(&limited(Format::Text), Cursor::new(zipped.clone()))[0].contains(over));
    assert!(told(&limited(Format::JsonLines), Cursor::new(zipped))[0].contains(over));
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        assert!(after - before < 96 << 10, "{} KiB more than before", after - before);
    }
}

#[test]
fn archives() {
    let html = page("Envoys meet", "The envoys of Chile met.");
    let response = || ("response", "application/http", answer(&html, false));
    let file = archive(&[response(), response()]);
    let told = read(Format::Warc, &file[..file.len() - 40]);
    assert_eq!(
        told,
        [
            "+ urn:uuid:1",
            "news, record 2: the WARC file is damaged or cut off (36 bytes of the record are missing); get the file again"
        ]
    );
    // A length that is too small leaves the rest of the page where a record should begin.
    let short = String::from_utf8(file.clone()).unwrap().replacen("Content-Length: ", "Content-Length: 1\r\nX: ", 1);
    let told = read(Format::Warc, short);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with(
            "news, record 2: the WARC file is damaged or cut off (a record that does not begin with WARC/1.0"
        ),
        "{told:?}"
    );
    assert!(read(Format::Warc, "WARC/1.0\r\nWARC-Type: response\r\n\r\n")[0].contains("without a Content-Length"));
    assert_eq!(
        read(Format::Warc, archive(&[("warcinfo", "application/warc-fields", vec![])])),
        ["news: an archive without a page or text; give a file with text in it"]
    );
    // A page that is too long, or whose compression is damaged, does not keep back the next one.
    let mut spoiled = answer(&html, true);
    let at = spoiled.len() - 40;
    spoiled[at..].fill(b'0');
    let long = answer(&page("Long", &"They met. ".repeat(900)), true);
    let told = read(
        Format::Warc,
        archive(&[("response", "application/http", spoiled), ("response", "application/http", long), response()]),
    );
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("news, record 1: the page's compressed text is damaged"), "{told:?}");
    assert!(told[1].starts_with("news, record 2: over the limit of 5000 bytes"), "{told:?}");
    assert_eq!(told[2], "+ urn:uuid:3");
}

/// Peak memory of this process in KiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
