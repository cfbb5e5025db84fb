//! Bad and unusual inputs, and wrong usage.

use std::fs;

use super::{fed, file, folder, records, run};

#[test]
fn usage_errors() {
    for arguments in [
        &["code", "--to", "xml", "talks.txt"][..],
        &["code", "--threads", "0", "talks.txt"],
        &["code", "--max-bytes", "many", "talks.txt"],
        &["code", "--field", "body=text", "talks.txt"],
        &["nonsense"],
        &[],
    ] {
        let ran = run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert_eq!(ran.out, "");
    }
    let threads = run(&["code", "--threads", "0", "talks.txt"]).err;
    assert!(threads.contains("write a whole number from 1, as in --threads 4"), "{threads}");
    let on = run(&["actors", "lookup", "--on", "june", "Mali"]).err;
    assert!(on.contains("write a day as year, month and day, as in 2003-06-01"), "{on}");
}

#[test]
fn files_of_a_folder_that_are_no_reports_are_left_and_told() {
    let folder = folder();
    file(&folder, "a.txt", b"Chad urged Mali to withdraw its troops.");
    let notes = file(&folder, "README.md", b"Chad attacked Mali.");
    file(&folder, "chart.png", b"\x89PNG");
    let ran = run(&["code", "--to", "jsonl", &folder.path().display().to_string()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!ran.out.contains("attacked"), "{}", ran.out);
    let told = "2 files of other kinds left in folders (.md 1, .png 1); name a file to read it";
    assert!(ran.err.lines().any(|line| line == told), "{}", ran.err);
    assert!(run(&["code", "--to", "jsonl", &notes]).out.contains("attacked"), "a file that is named is read");
}

#[test]
fn bad_inputs_are_one_line_each_and_the_rest_goes_on() {
    let folder = folder();
    let bytes: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty.txt", vec![], "empty"),
        ("blank.txt", b" \n \n".to_vec(), "empty"),
        ("image.txt", [&b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR"[..], &[0, 255, 3, 7, 0, 0, 1, 2]].concat(), "not text but"),
        (
            "lines.jsonl",
            b"{\"id\":1,\"text\":\"Chad urged Mali to withdraw.\"}\n{\"id\":2,\"te\n".to_vec(),
            "jsonl:2: not a whole JSON",
        ),
        ("field.jsonl", b"{\"id\":1}\n".to_vec(), "field.jsonl:1: no field `text`"),
        ("type.jsonl", b"{\"text\":[1]}\n".to_vec(), "type.jsonl:1: field `text` is "),
        (
            "date.jsonl",
            b"{\"text\":\"Chad met Mali.\",\"date\":\"soon\"}\n".to_vec(),
            "date.jsonl:1: field `date` is no date",
        ),
        ("table.csv", b"id,words\n1,Chad met Mali.\n".to_vec(), "table.csv: no column `text` among id, words; "),
        (
            "row.tsv",
            b"id\ttext\n1\tChad met Mali.\n2\ta\tb\n".to_vec(),
            "row.tsv:3: 3 fields where the columns are 2; ",
        ),
        (
            "cut.rss",
            b"<rss><item><description>Chad met Mali.</description></item><item><desc".to_vec(),
            "cut.rss, item 2: the feed is damaged or cut off (",
        ),
        (
            "page.xml",
            b"<page><p>Chad met Mali.</p></page>".to_vec(),
            "page.xml: its root is <page>, which is no feed; ",
        ),
        ("cut.parquet", b"PAR1\x15\x04".to_vec(), "cut.parquet: the Parquet file is damaged or cut off ("),
        ("cut.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), "cut.txt.gz: the gzip data is damaged or cut off ("),
    ];
    for (name, bytes, expected) in &bytes {
        let path = file(&folder, name, bytes);
        let ran = run(&["code", "--to", "jsonl", &path, "talks.txt"]);
        assert_eq!(ran.code, Some(1), "{name}");
        let failed: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("failed: ")).collect();
        assert_eq!(failed.len(), 1, "{}", ran.err);
        assert!(failed[0].contains(name) && failed[0].contains(expected), "{}", ran.err);
        assert!(ran.out.contains("talks.txt#e1"), "{name}");
        assert!(ran.err.contains("1 failed ("), "{}", ran.err);
        assert_eq!(run(&["code", &path]).code, Some(1), "{name} alone");
    }
    let missing = run(&["code", "no/such.txt"]);
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.starts_with("failed: no/such.txt: cannot be read ("), "{}", missing.err);
    fs::create_dir(folder.path().join("hollow")).unwrap();
    let hollow = run(&["code", &folder.path().join("hollow").display().to_string()]);
    assert_eq!(hollow.code, Some(1));
    assert!(hollow.err.contains("no file to read in this folder"), "{}", hollow.err);
}

#[test]
fn other_encodings_and_renamed_fields_are_read() {
    let folder = folder();
    let latin = file(
        &folder,
        "latin.txt",
        b"Per\xFA accused Bolivia of closing the border. The caf\xE9 in Bogot\xE1 was quiet.",
    );
    let ran = run(&["code", "--to", "jsonl", &latin]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("\"entity_text\":\"Per\u{FA}\""), "{}", ran.out);
    let renamed = fed(
        &["code", "--to", "jsonl", "--field", "text=body", "--field", "id=uri", "--format", "jsonl"],
        b"{\"uri\":\"u1\",\"body\":\"Chad urged Mali to withdraw its troops.\"}\n",
    );
    assert_eq!(renamed.code, Some(0), "{}", renamed.err);
    assert_eq!(records(&renamed.out)[0]["document"], "u1");
}

#[test]
fn tables_and_feeds_are_read_and_their_oddities_told() {
    let table = "id\tbody\tdate\na\tChad urged Mali to withdraw its troops.\t03/04/2023\t\t\nid\tbody\tdate\n";
    let arguments = ["code", "--to", "jsonl", "--field", "text=body", "--format", "tsv", "--date-order", "dmy", "-"];
    let ran = fed(&arguments, table.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!((&records(&ran.out)[0]["document"], &records(&ran.out)[0]["date"]), (&"a".into(), &"2023-04-03".into()));
    let note = "note: stdin: 1 row with the column names once more, passed over; 1 row with surplus empty fields, read without \
                them";
    assert!(ran.err.lines().any(|line| line == note), "{}", ran.err);
    assert!(!ran.err.contains("failed"), "{}", ran.err);

    let feed = "<rss><channel><title>Herald</title><item><guid>urn:1</guid><pubDate>Sun, 12 Nov 2023 08:30:00 GMT</pubDate>\
                <description>&lt;p&gt;Chad urged Mali to withdraw its troops.&lt;/p&gt;</description></item></channel></rss>";
    let ran = fed(&["code", "--to", "jsonl", "-"], feed.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let event = &records(&ran.out)[0];
    assert_eq!((&event["document"], &event["date"]), (&"urn:1".into(), &"2023-11-12".into()));
    assert_eq!(event["cite_info"]["publication"], "Herald");
    let (start, end) =
        (event["evidence"]["trigger"][0].as_u64().unwrap(), event["evidence"]["trigger"][1].as_u64().unwrap());
    assert_eq!(&"<p>Chad urged Mali to withdraw its troops.</p>"[start as usize..end as usize], "urged");
}

#[test]
fn a_document_over_the_limit_is_refused() {
    let long = format!(
        "{{\"id\":\"x\",\"text\":\"{}\"}}\n{{\"id\":\"y\",\"text\":\"Chad urged Mali to leave.\"}}\n",
        "word ".repeat(4000)
    );
    let ran = fed(&["code", "--to", "jsonl", "--max-bytes", "10K", "-"], long.as_bytes());
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("failed: stdin:1: over the limit of 10240 bytes"), "{}", ran.err);
    assert!(ran.out.contains("\"y#"), "{}", ran.out);
}

/// A paragraph in another language is passed over, counted by its language, and no failure.
#[test]
fn a_paragraph_in_another_language_is_skipped() {
    let text = "Norway expelled two Chadian diplomats on Monday, the foreign ministry in Oslo said in a statement.";
    let other = "La Norvège a expulsé lundi deux diplomates tchadiens, a déclaré le ministère des affaires étrangères à Oslo, sans en dire les raisons.";
    let ran = fed(&["code", "--to", "jsonl", "-"], format!("{text}\n\n{other}\n\n{text}\n").as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("1 paragraph of English documents, 1 skipped (fr 1)"), "{}", ran.err);
    assert!(ran.out.contains("expelled") && !ran.out.contains("expuls"), "{}", ran.out);
}

#[test]
fn a_document_in_another_language_is_skipped() {
    let ran = run(&["code", "--to", "jsonl", "batch.jsonl"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.starts_with("skipped: c: in the language `fr`"), "{}", ran.err);
    assert!(ran.err.contains("3 documents, 1 skipped (fr 1)"), "{}", ran.err);
    assert!(!ran.out.contains("\"c#"));
}
