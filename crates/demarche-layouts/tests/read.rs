//! Made-up files of each data set, in its own shape and with faults: what is read of them.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use demarche_layouts::{DataSet, Known, Names, Origin, ReadError, Reader, unpacked};
use demarche_record::{CiteInfo, Code, Entity, Event, Sector, Span};
use jiff::civil::Date;
use proptest::prelude::*;

/// Someone who knows one name.
struct One;

impl Names for One {
    fn look_up(&self, name: &str, _on: Date) -> Option<Known> {
        (name == "Northern Front").then(|| Known {
            code: Some(Code::parse("MLI").unwrap()),
            sectors: vec![Sector::Reb],
            id: None,
            name: Some("Northern Front of Mali".to_owned()),
        })
    }
}

fn origin() -> Origin {
    Origin {
        document: "set:file/1".to_owned(),
        model: "none".to_owned(),
        data: "tables".to_owned(),
        cite: CiteInfo {
            url: None,
            title: Some("file".to_owned()),
            language: None,
            publication: Some("SET".to_owned()),
            genre: None,
            coder: "demarche".to_owned(),
            version: "0".to_owned(),
        },
    }
}

fn entity(entity: &Entity, span: Span, bytes: &[u8]) -> String {
    let code = entity.code.map_or_else(|| "?".to_owned(), |code| code.to_string());
    let sectors: Vec<&str> = entity.sector.iter().map(|sector| sector.as_str()).collect();
    let office = entity.office.as_ref().map(|office| format!(", {office}")).unwrap_or_default();
    let name = entity.identifier_text.as_ref().map(|name| format!(" = {name}")).unwrap_or_default();
    format!("{code} {} `{}`{name}{office} <{}>", sectors.join("|"), entity.entity_text, at(bytes, span))
}

fn at(bytes: &[u8], span: Span) -> String {
    String::from_utf8_lossy(bytes.get(span.start..span.end).unwrap_or(b"OUTSIDE")).into_owned()
}

/// An event as a few lines, each field with the bytes it came from.
fn told(event: &Event, bytes: &[u8]) -> String {
    let mut out = String::new();
    let evidence = &event.evidence;
    let day = |day: &Option<demarche_record::Day>| day.map_or_else(|| "-".to_owned(), |day| day.0.to_string());
    let modes: Vec<&str> = event.mode.iter().map(|mode| mode.as_str()).collect();
    let contexts: Vec<&str> = event.context.iter().map(|context| context.as_str()).collect();
    writeln!(
        out,
        "{} {}..{} {} {}/{} [{}] quad {} scale {} cameo {} goldstein {} <{}> <{}>",
        event.id,
        day(&event.date),
        day(&event.enddate),
        event.date_precision.unwrap(),
        event.event[0],
        modes.join("+"),
        contexts.join(" "),
        event.quad_code.unwrap().0,
        event.event_scale.unwrap(),
        event.cameo.as_deref().unwrap_or("-"),
        event.goldstein.map_or_else(|| "-".to_owned(), |value| value.to_string()),
        at(bytes, evidence.trigger),
        at(bytes, evidence.date.unwrap()),
    )
    .unwrap();
    for (side, entities, spans) in
        [("from", &event.actor, &evidence.actor), ("to", &event.recipient, &evidence.recipient)]
    {
        for (one, span) in entities.iter().zip(spans) {
            writeln!(out, "  {side} {}", entity(one, *span, bytes)).unwrap();
        }
    }
    if let Some(place) = &event.event_loc {
        let text = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        writeln!(
            out,
            "  at {} | {} | {} | {} | {} {:?} {:?} {:?} <{}>",
            text(&place.resolved_place),
            text(&place.city),
            text(&place.province),
            text(&place.country),
            place.country_code.map_or_else(|| "-".to_owned(), |code| code.to_string()),
            place.lat.zip(place.lon),
            place.geonameid,
            place.resolution,
            at(bytes, evidence.place.unwrap())
        )
        .unwrap();
    }
    for (count, span) in event.counts.iter().zip(&evidence.counts) {
        writeln!(out, "  dead {:?}, {}..{:?} <{}>", event.dead, count.low, count.high, at(bytes, *span)).unwrap();
    }
    writeln!(out, "  {} | {}", event.why.path, event.why.resolved.join(" | ")).unwrap();
    out
}

fn read(set: DataSet, file: &str) -> String {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(file)).unwrap();
    let mut rows = Reader::new(set, bytes.as_slice(), &One).unwrap();
    let mut out = String::new();
    while let Some(row) = rows.next_row().unwrap() {
        match row {
            Ok(row) => {
                let mended = if row.repaired { "mended: " } else { "" };
                write!(out, "{mended}{}", told(&row.into_event(set, &origin()), &bytes)).unwrap();
            }
            Err(fault) => writeln!(out, "{fault}").unwrap(),
        }
    }
    writeln!(out, "{:?}", rows.counted()).unwrap();
    out
}

#[test]
fn polecat() {
    insta::assert_snapshot!(read(DataSet::Polecat, "polecat.tsv"));
}

#[test]
fn icews() {
    insta::assert_snapshot!(read(DataSet::Icews, "icews.tsv"));
}

#[test]
fn gdelt() {
    insta::assert_snapshot!(read(DataSet::Gdelt, "gdelt.tsv"));
}

#[test]
fn gdelt_1() {
    insta::assert_snapshot!(read(DataSet::Gdelt, "gdelt_1.tsv"));
}

#[test]
fn petrarch() {
    insta::assert_snapshot!(read(DataSet::Petrarch, "petrarch.tsv"));
}

#[test]
fn ged() {
    insta::assert_snapshot!(read(DataSet::Ged, "ged.csv"));
}

#[test]
fn a_file_of_another_layout_is_refused_by_the_column_it_lacks() {
    let mut rows = Reader::new(DataSet::Icews, &b"a\tb\n1\t2\n"[..], &()).unwrap();
    let error = rows.next_row().unwrap_err();
    assert!(matches!(error, ReadError::Column { column: "Event Date", line: 1, .. }), "{error}");
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    let text = b"20150401\tUSAGOV\tIRNGOV\t042\t\ts\tw\n".repeat(1000);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gzip, &text).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstandard = zstd::encode_all(text.as_slice(), 1).unwrap();
    for bytes in [&text[..], &gzip, &zstandard] {
        let mut rows = Reader::new(DataSet::Petrarch, unpacked(bytes).unwrap(), &()).unwrap();
        while let Some(row) = rows.next_row().unwrap() {
            row.unwrap();
        }
        assert_eq!(rows.counted().read, 1000);
    }
    let mut cut = Reader::new(DataSet::Petrarch, unpacked(&gzip[..gzip.len() / 2]).unwrap(), &()).unwrap();
    let error = loop {
        match cut.next_row() {
            Ok(Some(_)) => {}
            Ok(None) => panic!("a packed file that is cut off has no end"),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, ReadError::Io { .. }), "{error}");
}

/// Reads anything to its end: whatever comes out stands within the bytes.
fn holds(set: DataSet, bytes: &[u8]) {
    let mut rows = Reader::new(set, bytes, &One).unwrap();
    let mut end = 0;
    while let Ok(Some(row)) = rows.next_row() {
        let Ok(row) = row else { continue };
        assert!(end <= row.span.start && row.span.start <= row.span.end && row.span.end <= bytes.len());
        end = row.span.end;
        let event = row.into_event(set, &origin());
        let evidence = &event.evidence;
        for span in evidence.actor.iter().chain(&evidence.recipient).chain([&evidence.trigger]) {
            assert!(evidence.sentence.start <= span.start && span.end <= evidence.sentence.end);
        }
        assert_eq!(event.actor.len(), evidence.actor.len());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for set in DataSet::ALL {
            holds(set, &bytes);
        }
    }

    /// Files of the layouts with bytes put in, taken out and changed.
    #[test]
    fn damaged_files_are_read_to_their_end(
        which in 0..6_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..20),
    ) {
        let (set, file) = [
            (DataSet::Polecat, "polecat.tsv"),
            (DataSet::Icews, "icews.tsv"),
            (DataSet::Gdelt, "gdelt.tsv"),
            (DataSet::Gdelt, "gdelt_1.tsv"),
            (DataSet::Petrarch, "petrarch.tsv"),
            (DataSet::Ged, "ged.csv"),
        ][which];
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read").join(file);
        let mut bytes = fs::read(path).unwrap();
        for (at, byte, what) in damage {
            let at = at.index(bytes.len());
            match what {
                0 => bytes.insert(at, if byte % 2 == 0 { b'\t' } else { byte }),
                1 if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => bytes[at] = byte,
            }
        }
        holds(set, &bytes);
    }
}
