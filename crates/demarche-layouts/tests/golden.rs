//! Every layout against files that were looked through by hand. `DEMARCHE_GOLDEN=write cargo test -p demarche-layouts` writes them
//! anew.
#![allow(clippy::unwrap_used)] // a test that cannot read its records has failed

mod made;

use std::fs;
use std::path::Path;

use demarche_layouts::{Layout, LeftOut, Source, Writer};
use demarche_record::Record;
use proptest::prelude::*;

fn written(layout: Layout, records: &[Record]) -> Vec<u8> {
    let mut bytes = layout.header();
    bytes.extend(Writer::new(layout).unwrap().rows(records, &made::source()).bytes);
    bytes
}

fn compare(name: &str, bytes: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("DEMARCHE_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(&path, bytes).unwrap();
    }
    let wanted = fs::read(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let [got, wanted] = [bytes, &wanted].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    for (number, (got, wanted)) in (1..).zip(got.lines().zip(wanted.lines())) {
        assert_eq!(got, wanted, "{name}, line {number}");
    }
    assert_eq!(got, wanted, "{name}: as many lines");
}

#[test]
fn rows_are_those_of_the_files() {
    for layout in Layout::ALL {
        let ending = if layout == Layout::Acled { "csv" } else { "tsv" };
        compare(&format!("{layout}.{ending}"), &written(layout, &made::records()));
        compare(&format!("{layout}-dyads.{ending}"), &written(layout, &made::dyads()));
    }
}

#[test]
fn expanded_records_are_those_of_the_file() {
    let lines: Vec<String> = made::dyads()
        .iter()
        .filter(|record| matches!(record, Record::Event(_)))
        .map(|record| {
            let Record::Event(event) = record else { unreachable!() };
            let texts = |entities: &[demarche_record::Entity]| {
                entities.iter().map(|entity| format!("{:?}", entity.entity_text)).collect::<Vec<_>>().join(", ")
            };
            format!("{} [{}] -> [{}]", event.id, texts(&event.actor), texts(&event.recipient))
        })
        .collect();
    compare("dyads.txt", (lines.join("\n") + "\n").as_bytes());
}

#[test]
fn every_line_has_the_layouts_cells() {
    for layout in Layout::ALL {
        let bytes = written(layout, &made::dyads());
        let delimiter = if layout == Layout::Acled { b',' } else { b'\t' };
        for quoting in [false, true] {
            if layout == Layout::Acled && !quoting {
                continue;
            }
            // A reader that heeds quotes and one that does not see the same cells.
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .delimiter(delimiter)
                .quoting(quoting)
                .from_reader(&bytes[..]);
            let lines: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
            assert!(lines.iter().all(|line| line.len() == layout.columns().len()), "{layout}");
            let header = usize::from(!layout.header().is_empty());
            let rows = Writer::new(layout).unwrap().rows(&made::dyads(), &Source::default());
            assert_eq!(lines.len(), rows.lines + header, "{layout}");
            assert!(header == 0 || lines[0].iter().eq(layout.columns().iter().copied()), "{layout}");
        }
    }
}

#[test]
fn what_has_no_row_is_counted() {
    let left = |layout: Layout| Writer::new(layout).unwrap().rows(&made::records(), &made::source()).left_out;
    assert_eq!(left(Layout::Polecat).into_iter().collect::<Vec<_>>(), [(LeftOut::NotHappened, 1)]);
    let gdelt = left(Layout::Gdelt);
    assert_eq!(gdelt[&LeftOut::NoCameo], 1);
    let acled = left(Layout::Acled);
    assert_eq!(acled[&LeftOut::TooVague], 1);
    assert!(acled[&LeftOut::NotCovered] > 2);
}

#[test]
fn nothing_gives_a_header_or_nothing() {
    for layout in Layout::ALL {
        assert_eq!(written(layout, &[]), layout.header());
        assert_eq!(layout.name().parse(), Ok(layout));
    }
    assert!(Layout::Gdelt.header().is_empty());
    assert!("dyad".parse::<Layout>().unwrap_err().contains("write one of polecat, icews"));
}

proptest! {
    /// Whatever stands in names and texts, a row is one line with the layout's cells, and a quoted one has them as they were.
    #[test]
    fn any_text_keeps_the_cells(text in any::<String>(), number in 0..made::records().len()) {
        let mut record = made::records().swap_remove(number);
        if let Record::Event(event) = &mut record {
            event.document.clone_from(&text);
            event.text.clone_from(&text);
            event.cite_info.publication = Some(text.clone());
            event.event_loc.iter_mut().for_each(|place| place.extracted_place.clone_from(&text));
            for entity in event.actor.iter_mut().chain(&mut event.recipient) {
                entity.entity_text.clone_from(&text);
                entity.name = Some(text.clone());
            }
        }
        for layout in Layout::ALL {
            let rows = Writer::new(layout).unwrap().rows([&record], &Source::default());
            if layout == Layout::Acled {
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&rows.bytes[..]);
                let lines: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
                prop_assert_eq!(lines.len(), rows.lines);
                for line in lines {
                    prop_assert_eq!(line.len(), layout.columns().len());
                    prop_assert_eq!(&line[27], text.as_str());
                }
                continue;
            }
            let written = String::from_utf8(rows.bytes).unwrap();
            prop_assert_eq!(written.matches('\n').count(), rows.lines);
            for line in written.lines() {
                prop_assert_eq!(line.split('\t').count(), layout.columns().len(), "{}", layout);
                prop_assert!(!line.contains(['\r', '"', '\u{85}', '\u{2028}']), "{}", layout);
            }
        }
    }
}
