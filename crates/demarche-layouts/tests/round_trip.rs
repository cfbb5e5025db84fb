//! What is written in a data set's layout is read from it again.
#![allow(clippy::unwrap_used)]

mod made;

use demarche_layouts::{DataSet, Layout, Reader, Row, Writer};
use demarche_record::{Entity, Event, EventType, Record};

/// Each written event with the row that is read of it.
fn pairs(layout: Layout, set: DataSet) -> Vec<(Event, Row)> {
    let writer = Writer::new(layout).unwrap();
    let mut bytes = layout.header();
    let mut events = Vec::new();
    for record in made::dyads() {
        let rows = writer.rows([&record], &made::source());
        let Record::Event(event) = record else { continue };
        // Without a date a row says nothing to anyone who counts; a user's own events are in nobody else's codebook.
        let known = event.date.is_some() && EventType::PLOVER.contains(&event.event[0]);
        if rows.lines == 1 && known {
            bytes.extend(rows.bytes);
            events.push(*event);
        }
    }
    let mut reader = Reader::new(set, bytes.as_slice(), &()).unwrap();
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        rows.push(row.unwrap_or_else(|fault| panic!("{layout}: {fault}")));
    }
    assert_eq!(rows.len(), events.len(), "{layout}");
    assert_eq!(reader.counted().repaired, 0, "{layout}");
    events.into_iter().zip(rows).collect()
}

#[test]
fn our_rows_are_read_as_what_they_were() {
    let mut differences = Vec::new();
    for (layout, set) in [
        (Layout::Polecat, DataSet::Polecat),
        (Layout::Icews, DataSet::Icews),
        (Layout::Gdelt, DataSet::Gdelt),
        (Layout::Petrarch, DataSet::Petrarch),
    ] {
        let pairs = pairs(layout, set);
        assert!(pairs.len() > 10, "{layout}");
        for (event, row) in pairs {
            let mut differ = |what: &str, written: String, read: String| {
                if written != read {
                    differences.push(format!("{layout} {} {what}: {written} was read as {read}", event.id));
                }
            };
            differ("date", format!("{:?}", event.date.map(|day| day.0)), format!("{:?}", Some(row.date)));
            if layout == Layout::Polecat {
                let written = (event.event[0], event.mode.clone(), event.event_scale);
                differ("event", format!("{written:?}"), format!("{:?}", (row.event, row.mode, row.scale)));
            } else {
                let written = (event.cameo.clone(), event.goldstein);
                differ("code", format!("{written:?}"), format!("{:?}", (row.cameo, row.goldstein)));
            }
            for (side, entities, parties) in
                [("source", &event.actor, &row.source), ("target", &event.recipient, &row.target)]
            {
                let code = |entity: Option<&Entity>| entity.and_then(|entity| entity.code);
                if let Some(code) = code(entities.first()) {
                    let read = parties.first().map(|party| &party.entity).and_then(|entity| entity.code);
                    differ(side, format!("{:?}", Some(code)), format!("{read:?}"));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
