//! What is said about inputs that cannot be read, and that the others are read all the same.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use demarche_document::{DocumentError, Format, Input, Options, discover, read, read_from};

fn json_lines(bytes: impl AsRef<[u8]> + Send + 'static) -> Vec<Result<String, String>> {
    let options = Options { format: Some(Format::JsonLines), max_bytes: 1000, ..Options::default() };
    read_from("news.jsonl", io::Cursor::new(bytes), &options)
        .map(|item| {
            item.map(|document| format!("{}: {}", document.id, document.article())).map_err(|error| error.to_string())
        })
        .collect()
}

fn whole(bytes: &[u8]) -> String {
    let read: Vec<_> =
        read_from("a.txt", io::Cursor::new(bytes.to_vec()), &Options { max_bytes: 1000, ..Options::default() })
            .collect();
    assert_eq!(read.len(), 1);
    match &read[0] {
        Ok(document) => document.article(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_line_has_its_error_and_the_rest_goes_on() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(2000));
    let bytes = [
        "{\"id\":\"a\",\"text\":\"The envoys met.\"}\n",
        "{\"text\":\"The envoys me\n",
        "\n",
        "{\"id\":7,\"text\":\"The envoys met.\"}\r\n",
        "{\"body\":\"The envoys met.\"}\n",
        "{\"text\":[\"The envoys met.\"]}\n",
        "{\"text\":\"The envoys met.\",\"date\":\"soon\"}\n",
        "{\"text\":\"The envoys met.\",\"date\":true}\n",
        "{\"text\":\"The envoys met.\",\"title\":{}}\n",
        "{\"text\":\"  \"}\n",
        "[1]\n",
        &long,
        "{\"text\":\"The envoys met.\",\"date\":20231112,\"title\":null,\"other\":{\"deep\":[1,{}]}}",
    ]
    .concat();
    assert_eq!(
        json_lines(bytes.clone()),
        [
            Ok("a: The envoys met.".to_owned()),
            Err("news.jsonl:2: not a whole JSON object (EOF while parsing a string at column 22); JSON Lines has one object on each line".into()),
            Ok("7: The envoys met.".into()),
            Err("news.jsonl:5: no field `text`; if the text has another name, say so with --field text=NAME".into()),
            Err("news.jsonl:6: field `text` is a list, expected a string".into()),
            Err("news.jsonl:7: field `date` is no date: \"soon\"; write it as 2023-11-12".into()),
            Err("news.jsonl:8: field `date` is true or false, expected a string such as 2023-11-12".into()),
            Err("news.jsonl:9: field `title` is an object, expected a string".into()),
            Err("news.jsonl:10: empty; give a file with text in it".into()),
            Err("news.jsonl:11: not a whole JSON object (invalid type: sequence, expected an object); JSON Lines has one object on each line".into()),
            Err("news.jsonl:12: over the limit of 1000 bytes a document; split it, or raise the limit with --max-bytes".into()),
            Ok("news.jsonl:13: The envoys met.".into()),
        ]
    );
    // The same in UTF-16, as some programs save it.
    let utf_16: Vec<u8> = std::iter::once(0xFEFF).chain(bytes.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(json_lines(utf_16), json_lines(bytes));
}

#[test]
fn whole_files() {
    assert_eq!(whole(b""), "a.txt: empty; give a file with text in it");
    assert_eq!(whole(b" \r\n\t"), "a.txt: empty; give a file with text in it");
    assert_eq!(
        whole(b"abc\0\x01\x02def"),
        "a.txt: not text but binary data: it holds NUL bytes; give one of the formats that --help names"
    );
    assert_eq!(whole(b"%PDF-1.7\n..."), "a.txt: not text but a PDF file; give one of the formats that --help names");
    assert_eq!(
        whole(&[b'x'; 1001]),
        "a.txt: over the limit of 1000 bytes a document; split it, or raise the limit with --max-bytes"
    );
    assert_eq!(whole(&[b'x'; 1000]), "x".repeat(1000));
    assert_eq!(whole(b"The envoys met in Gen\xe8ve."), "The envoys met in Genève.");
    assert_eq!(whole(b"\xEF\xBB\xBFThe envoys met."), "The envoys met.");
    assert_eq!(json_lines(b""), [Err("news.jsonl: empty; give a file with text in it".to_owned())]);
    assert_eq!(
        json_lines(b"\x7fELF\0\0\0\n{}"),
        [Err("news.jsonl: not text but a program; give one of the formats that --help names".to_owned())]
    );
}

#[test]
fn files_and_folders() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("folders");
    let _ = fs::remove_dir_all(&folder);
    for name in ["empty", "full/b", "full/.hidden"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    for name in [
        "full/z.txt",
        "full/a.jsonl",
        "full/b/c.HTML",
        "full/b/README.md",
        "full/b/picture.png",
        "full/b/a.warc.gz",
        "full/b/notes.md.gz",
        "full/.hidden/x.txt",
        "full/.y.txt",
    ] {
        fs::write(folder.join(name), "x").unwrap();
    }
    let names = |paths: &[&str]| -> Vec<String> {
        let paths: Vec<PathBuf> =
            paths.iter().map(|path| if *path == "-" { "-".into() } else { folder.join(path) }).collect();
        let cut = format!("{}/", folder.display());
        discover(&paths)
            .inputs
            .into_iter()
            .map(|item| item.map_or_else(|error| error.to_string(), |input| input.name()).replace(&cut, ""))
            .collect()
    };
    assert_eq!(names(&["full", "-"]), ["full/a.jsonl", "full/b/a.warc.gz", "full/b/c.HTML", "full/z.txt", "stdin"]);
    assert_eq!(
        names(&["empty"]),
        ["empty: no file to read in this folder; it takes .txt, .text, .html, .htm, .xhtml, .jsonl, \
          .ndjson, .json, .csv, .parquet, .rss, .atom, .rdf, .xml, .warc, .wet, each also with .gz or .zst after it"]
    );
    assert_eq!(names(&["full/b/picture.png", "nowhere.txt"]), ["full/b/picture.png", "nowhere.txt"]);

    let left = discover(&[folder.join("full")]).left;
    assert_eq!(left, ["full/b/README.md", "full/b/notes.md.gz", "full/b/picture.png"].map(|name| folder.join(name)));

    let missing = read(&Input::File("no such\nfile.txt".into()), &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(missing, DocumentError::Unreadable { .. }));
    assert_eq!(
        missing.to_string(),
        "no such\\nfile.txt: cannot be read (no such file or directory); check the path and its permissions"
    );
}

/// Gives a line of 200 MB without ever holding it, between two sound lines.
struct LongLine {
    given: u64,
    head: io::Cursor<Vec<u8>>,
    tail: io::Cursor<Vec<u8>>,
}

impl Read for LongLine {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let head = self.head.read(buffer)?;
        if head > 0 {
            return Ok(head);
        }
        let left = 200_000_000 - self.given;
        if left == 0 {
            return self.tail.read(buffer);
        }
        let count = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        buffer[..count].fill(b'x');
        self.given += count as u64;
        Ok(count)
    }
}

#[test]
fn a_line_of_200_megabytes_is_refused_in_bounded_memory() {
    let sound = b"{\"text\":\"The envoys met.\"}\n".to_vec();
    let reader = LongLine {
        given: 0,
        head: io::Cursor::new([&sound[..], b"{\"text\":\""].concat()),
        tail: io::Cursor::new([b"\"}\n", &sound[..]].concat()),
    };
    let before = peak_memory();
    let read: Vec<_> = read_from("stdin", reader, &Options::default()).collect();
    assert_eq!(read.len(), 3);
    assert!(read[0].is_ok() && read[2].is_ok());
    let error = read[1].as_ref().unwrap_err();
    assert_eq!(
        error.to_string(),
        "stdin:2: over the limit of 16777216 bytes a document; split it, or raise the limit with --max-bytes"
    );
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        assert!(after - before < 64 << 10, "{} KiB more than before", after - before);
    }
}

/// Peak memory of this process in KiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
