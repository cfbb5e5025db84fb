//! Small files of each format, made for the tests.
#![allow(clippy::unwrap_used)] // what the test itself makes is sound
#![allow(dead_code, reason = "not every test needs all of them")]

use std::io::Write;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// A saved page of 12 November 2023.
pub fn page(title: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title><meta property=\"article:published_time\" \
         content=\"2023-11-12T08:00:00Z\"></head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>\
         <p>{text}</p></article></body></html>"
    )
}

/// What a server answered with a page, with chunks and compression or without.
pub fn answer(html: &str, packed: bool) -> Vec<u8> {
    let mut head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n".to_vec();
    if !packed {
        head.extend(b"\r\n");
        head.extend(html.as_bytes());
        return head;
    }
    head.extend(b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n");
    for chunk in gzip(html.as_bytes()).chunks(100) {
        head.extend(format!("{:x}\r\n", chunk.len()).bytes());
        head.extend(chunk);
        head.extend(b"\r\n");
    }
    head.extend(b"0\r\n\r\n");
    head
}

/// An archive of records of a kind, a type of content, and a body.
pub fn archive(records: &[(&str, &str, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    for (number, (kind, content, body)) in records.iter().enumerate() {
        let number = number + 1;
        let head = format!(
            "WARC/1.{}\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2023-11-20T10:00:00Z\r\n\
             WARC-Target-URI: https://herald.example/{number}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            number % 2,
            body.len()
        );
        file.extend(head.as_bytes());
        file.extend(body);
        file.extend(b"\r\n\r\n");
    }
    file
}

/// An archive cut into its records.
pub fn records(file: &[u8]) -> Vec<Vec<u8>> {
    let mut starts: Vec<usize> =
        file.windows(7).enumerate().filter(|(_, at)| *at == b"WARC/1.").map(|(at, _)| at).collect();
    starts.push(file.len());
    starts.windows(2).map(|ends| file[ends[0]..ends[1]].to_vec()).collect()
}

/// Four rows with columns of several types.
pub fn parquet(compression: &str) -> Vec<u8> {
    let columns: [(&str, ArrayRef); 7] = [
        ("other", Arc::new(Int64Array::from(vec![7, 7, 7, 7]))),
        ("ID", Arc::new(Int64Array::from(vec![1, 2, 3, 4]))),
        ("title", Arc::new(StringArray::from(vec![Some("Envoys meet"), None, Some(""), None]))),
        (
            "text",
            Arc::new(LargeStringArray::from(vec![
                Some("The envoys of Chile met."),
                Some("They met again."),
                None,
                Some("They parted."),
            ])),
        ),
        ("url", Arc::new(BinaryArray::from(vec![None, Some(&b"https://herald.example/2"[..]), None, None]))),
        (
            "publisher",
            Arc::new(
                [Some("Daily Herald"), None, None, Some("Daily Herald")]
                    .into_iter()
                    .collect::<DictionaryArray<Int32Type>>(),
            ),
        ),
        (
            "date",
            Arc::new(TimestampMillisecondArray::from(vec![
                Some(1_699_776_000_000),
                Some(1_699_919_999_999),
                None,
                None,
            ])),
        ),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true))).unwrap();
    let compression = match compression {
        "snappy" => Compression::SNAPPY,
        "zstd" => Compression::ZSTD(ZstdLevel::default()),
        "gzip" => Compression::GZIP(GzipLevel::default()),
        "lz4" => Compression::LZ4_RAW,
        "brotli" => Compression::BROTLI(BrotliLevel::default()),
        _ => Compression::UNCOMPRESSED,
    };
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    file
}
