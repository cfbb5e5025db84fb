//! Documents out of each format: what they hold, what they are called, and that their bytes are those of the value.

mod made;

use std::io::Cursor;

use demarche_document::{DateOrder, Document, Format, Options, read_from};
use made::{archive, gzip, page, parquet, zstandard};

fn read(format: Format, bytes: impl AsRef<[u8]>) -> Vec<Result<Document, String>> {
    read_with(&Options { format: Some(format), ..Options::default() }, bytes)
}

fn read_with(options: &Options, bytes: impl AsRef<[u8]>) -> Vec<Result<Document, String>> {
    read_from("news", Cursor::new(bytes.as_ref().to_vec()), options)
        .map(|item| item.map_err(|error| error.to_string()))
        .collect()
}

/// A document on one line: id, date, publisher, address, title, text.
fn line(item: &Result<Document, String>) -> String {
    match item {
        Err(error) => format!("! {error}"),
        Ok(document) => {
            let some = |value: Option<&str>| value.unwrap_or("-").to_owned();
            let date = document.date.map(|date| date.to_string());
            [
                document.id.clone(),
                some(date.as_deref()),
                some(document.publisher.as_deref()),
                some(document.url.as_deref()),
                some(document.title()),
                document.article().replace('\n', "\\n"),
            ]
            .join(" | ")
        }
    }
}

fn lines(items: &[Result<Document, String>]) -> Vec<String> {
    items.iter().map(line).collect()
}

#[test]
fn csv() {
    let table = "\u{feff}ID,Title,date,text,publisher,more\r\n\
        a1,Envoys meet,2023-11-12,\"The envoys of Chile met, at last.\n\nThey said \"\"no\"\".\",Daily Herald,x\r\n\
        ,,25/12/2023,They met again.,,\r\n\
        \r\n\
        ID,Title,date,text,publisher,more\r\n\
        a2,,03/04/2023,They parted.,,\r\n\
        a3,,,Only five fields.,\r\n\
        ,,,,,\r\n\
        a4,,,They wrote.,,,,\r\n\
        a5,,,,Daily Herald,\r\n";
    let expected = [
        "a1 | 2023-11-12 | Daily Herald | - | Envoys meet | The envoys of Chile met, at last.\\n\\nThey said \"no\".",
        "news:5 | 2023-12-25 | - | - | - | They met again.",
        "! news:8: field `date` may be two dates: \"03/04/2023\"; say which with --date-order dmy or mdy",
        "! news:9: 5 fields where the columns are 6; quote fields that hold the delimiter, and close every quote",
        "a4 | - | - | - | - | They wrote.",
        "! news:12: empty; give a file with text in it",
    ];
    assert_eq!(lines(&read(Format::Csv, table)), expected);
    // Semicolons and tabs are told from the first line, and UTF-16 by its mark.
    let other = table.replace("The envoys of Chile met, at", "The envoys of Chile met; at").replace(',', "\t");
    assert_eq!(lines(&read(Format::Csv, &other))[1], expected[1]);
    assert_eq!(lines(&read(Format::Tsv, &other))[1], expected[1]);
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&read(Format::Csv, wide)), expected);

    let ordered = Options { format: Some(Format::Csv), date_order: Some(DateOrder::MonthFirst), ..Options::default() };
    assert_eq!(line(&read_with(&ordered, table)[2]), "a2 | 2023-03-04 | - | - | - | They parted.");

    let options = Options { format: Some(Format::Csv), ..Options::default() };
    let mut documents = read_from("news", Cursor::new(table), &options);
    assert_eq!(documents.by_ref().count(), expected.len());
    assert_eq!(
        documents.oddities().to_string(),
        "1 row with the column names once more, passed over; 1 row with surplus empty fields, read without them; 1 row \
         without a value, passed over"
    );
}

#[test]
fn a_value_has_its_own_bytes() {
    let table = "text\n\"Müller and Kone met in Lomé.\n\"\"It is done\"\", Kone said.\"\n";
    let read = read(Format::Csv, table);
    let document = read[0].as_ref().unwrap();
    let value = "Müller and Kone met in Lomé.\n\"It is done\", Kone said.";
    assert_eq!(document.body.as_str(), value);
    let start = value.find("Kone said").unwrap();
    let span = document.body.received(demarche_record::TextRange::new(start, start + 4));
    assert_eq!(&value.as_bytes()[span.start..span.end], b"Kone");
}

#[test]
fn parquet_with_its_types() {
    let expected = [
        "1 | 2023-11-12 | Daily Herald | - | Envoys meet | The envoys of Chile met.",
        "2 | 2023-11-13 | - | https://herald.example/2 | - | They met again.",
        "! news, row 3: empty; give a file with text in it",
        "4 | - | Daily Herald | - | - | They parted.",
    ];
    for compression in ["none", "snappy", "zstd", "gzip", "lz4", "brotli"] {
        let file = parquet(compression);
        assert_eq!(lines(&read(Format::Parquet, &file)), expected, "{compression}");
        // Told by its first bytes, compressed once more too.
        assert_eq!(lines(&read_with(&Options::default(), gzip(&file))), expected, "{compression}");
    }
}

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>Daily Herald</title><link>https://herald.example/</link><language>en-gb</language>
<atom:link rel="self" href="https://herald.example/feed"/>
<image><title>Logo</title></image>
<item>
  <title>Envoys of Chile &amp; Peru meet</title>
  <link>https://herald.example/1</link>
  <guid isPermaLink="false">https://herald.example/?p=1</guid>
  <pubDate>Sun, 12 Nov 2023 23:30:00 -0800</pubDate>
  <media:title>Not this</media:title>
  <description>A summary.</description>
  <content:encoded><![CDATA[<p>The envoys of Chile met in Lom&eacute;.</p><p>They will meet again in May.</p>]]></content:encoded>
</item>
<item>
  <title>Talks end</title>
  <link>https://herald.example/1</link>
  <guid>17</guid>
  <dc:date>2023-11-13T08:00:00Z</dc:date>
  <source url="https://other.example/feed">Other Post</source>
  <description>&lt;p&gt;The talks ended.&lt;/p&gt;&#10;AT&amp;amp;T &amp; others left.</description>
</item>
<item><guid>17</guid><description>Plain words here.

And a second paragraph.</description></item>
<item><title>No text</title></item>
<item><link>https://herald.example/1</link><description>The same link again.</description></item>
</channel></rss>
"#;

#[test]
fn rss() {
    let read = read_with(&Options::default(), RSS);
    assert_eq!(
        lines(&read),
        [
            "https://herald.example/?p=1 | 2023-11-12 | Daily Herald | https://herald.example/1 | Envoys of Chile & Peru \
             meet | The envoys of Chile met in Lomé.\\n\\nThey will meet again in May.",
            "https://herald.example/1 | 2023-11-13 | Other Post | https://herald.example/1 | Talks end | The talks \
             ended.\\n\\nAT&T & others left.",
            "news:3 | - | Daily Herald | - | - | Plain words here.\\n\\nAnd a second paragraph.",
            "! news, item 4: empty; give a file with text in it",
            "news:5 | - | Daily Herald | https://herald.example/1 | - | The same link again.",
        ]
    );
    // Spans are of the item's HTML.
    let document = read[0].as_ref().unwrap();
    let html = "<p>The envoys of Chile met in Lom&eacute;.</p>";
    let start = document.body.as_str().find("Lomé").unwrap();
    let span = document.body.received(demarche_record::TextRange::new(start, start + "Lomé".len()));
    assert_eq!(&html[span.start..span.end], "Lom&eacute;");
}

#[test]
fn atom_and_rss_1() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Daily &lt;b&gt;Herald&lt;/b&gt;</title>
        <entry><id>tag:herald.example,2023:1</id><title>Envoys meet</title><link rel="edit" href="https://herald.example/edit"/>
        <link href="https://herald.example/1?a=1&amp;b=2"/><updated>2023-11-14T00:00:00Z</updated><published>2023-11-12T00:00:00Z</published>
        <summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The envoys met.<br/>They talked &amp; left.</p></div></content></entry>
        <entry><id>tag:herald.example,2023:2</id><source><id>x</id><title>Other Post</title></source>
        <content type="text">A plain &lt;text&gt; it is.</content></entry></feed>"#;
    assert_eq!(
        lines(&read_with(&Options::default(), atom)),
        [
            "tag:herald.example,2023:1 | 2023-11-12 | Daily Herald | https://herald.example/1?a=1&b=2 | Envoys meet | The \
             envoys met.\\n\\nThey talked & left.",
            "tag:herald.example,2023:2 | - | Other Post | - | - | A plain <text> it is.",
        ]
    );
    let latin = "<?xml version='1.0' encoding='iso-8859-1'?><rdf:RDF xmlns='http://purl.org/rss/1.0/' \
        xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>\
        <channel><title>Le Journal</title></channel><item><title>R\u{e9}sum\u{e9}</title><dc:date>2023-11-12</dc:date>\
        <description>The envoys met in Lom\u{e9}.</description></item></rdf:RDF>";
    let bytes: Vec<u8> = latin.chars().map(|character| character as u8).collect();
    assert_eq!(
        lines(&read_with(&Options::default(), bytes)),
        ["news:1 | 2023-11-12 | Le Journal | - | Résumé | The envoys met in Lomé."]
    );
}

#[test]
fn warc() {
    let html = page("Envoys meet", "The envoys of Chile met in Lom\u{e9}.");
    let plain = "The talks ended on Monday, the ministry said.";
    let file = archive(&[
        ("warcinfo", "application/warc-fields", b"software: test\r\n".to_vec()),
        ("response", "application/http; msgtype=response", made::answer(&html, false)),
        ("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n".to_vec()),
        ("response", "application/http;msgtype=response", made::answer(&html, true)),
        ("response", "application/http", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.".to_vec()),
        ("response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG".to_vec()),
        ("response", "text/dns", b"20231112 herald.example".to_vec()),
        ("conversion", "text/plain", plain.as_bytes().to_vec()),
        ("resource", "text/html; charset=iso-8859-1", b"<p>They met in Lom\xe9.".to_vec()),
    ]);
    let expected = [
        "urn:uuid:2 | 2023-11-12 | - | https://herald.example/2 | Envoys meet | The envoys of Chile met in Lomé.",
        "urn:uuid:4 | 2023-11-12 | - | https://herald.example/4 | Envoys meet | The envoys of Chile met in Lomé.",
        "urn:uuid:8 | - | - | https://herald.example/8 | - | The talks ended on Monday, the ministry said.",
        "urn:uuid:9 | - | - | https://herald.example/9 | - | They met in Lomé.",
    ];
    assert_eq!(lines(&read_with(&Options::default(), &file)), expected);
    // Each record compressed by itself, as crawlers keep them.
    let zipped: Vec<u8> = made::records(&file).iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(lines(&read_with(&Options::default(), zipped)), expected);
    // The day of the capture only where it is asked for, and only where the page has none.
    let mut options = Options::default();
    options.fields.rename("date=WARC-Date").unwrap();
    let dated = read_with(&options, &file);
    assert_eq!(line(&dated[0]), expected[0]);
    assert_eq!(line(&dated[2]), expected[2].replace(" | - | - | https", " | 2023-11-20 | - | https"));
    // Spans are of the page.
    let read = read_with(&Options::default(), &file);
    let document = read[1].as_ref().unwrap();
    let start = document.body.as_str().find("Chile").unwrap();
    let span = document.body.received(demarche_record::TextRange::new(start, start + 5));
    assert_eq!(&html[span.start..span.end], "Chile");
}

#[test]
fn each_format_compressed() {
    let json = "{\"id\":\"a\",\"text\":\"The envoys met.\"}\n{\"id\":\"b\",\"text\":\"They parted.\"}\n";
    let expected = ["a | - | - | - | - | The envoys met.", "b | - | - | - | - | They parted."];
    let (first, second) = json.split_at(json.find('\n').unwrap() + 1);
    for bytes in [
        gzip(json.as_bytes()),
        zstandard(json.as_bytes()),
        [gzip(first.as_bytes()), gzip(second.as_bytes())].concat(),
        [zstandard(first.as_bytes()), zstandard(second.as_bytes())].concat(),
    ] {
        assert_eq!(lines(&read_with(&Options::default(), bytes)), expected);
    }
    assert_eq!(lines(&read_with(&Options::default(), gzip(RSS.as_bytes()))).len(), 5);
    assert_eq!(
        lines(&read_with(&Options::default(), zstandard(page("Envoys meet", "The envoys met.").as_bytes()))),
        ["news | 2023-11-12 | - | - | Envoys meet | The envoys met."]
    );
}
