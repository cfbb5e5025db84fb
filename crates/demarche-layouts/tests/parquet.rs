//! Parquet files read back.
#![allow(clippy::unwrap_used)] // a test that cannot read its records has failed

#[allow(dead_code)]
mod made;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use demarche_layouts::{Kind, ParquetWriter, WriteError, parquet_schema};
use demarche_record::Record;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

const KINDS: [Kind; 3] = [Kind::Event, Kind::Statement, Kind::Initiative];

fn written(records: &[Record], kind: Kind) -> Vec<u8> {
    let mut writer = ParquetWriter::new(Vec::new(), kind).unwrap();
    writer.write(records).unwrap();
    writer.finish().unwrap()
}

fn read(bytes: Vec<u8>) -> (usize, Vec<RecordBatch>) {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let groups = reader.metadata().num_row_groups();
    (groups, reader.build().unwrap().collect::<Result<_, _>>().unwrap())
}

#[test]
fn the_schema_is_the_documented_one() {
    for kind in KINDS {
        let lines: Vec<String> = parquet_schema(kind)
            .fields()
            .iter()
            .map(|field| format!("{}: {}", field.name(), field.data_type()))
            .collect();
        insta::assert_snapshot!(format!("{kind:?}").to_lowercase(), lines.join("\n"));
    }
}

#[test]
fn records_are_read_back() {
    let records = made::records();
    for kind in KINDS {
        let of_kind: Vec<&Record> = records.iter().filter(|record| kind.holds(record)).collect();
        let (_, batches) = read(written(&records, kind));
        assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), of_kind.len());
        let batch = &batches[0];
        assert_eq!(batch.schema().fields(), parquet_schema(kind).fields());
        let ids = batch["id"].as_string::<i32>();
        assert!(ids.iter().flatten().eq(of_kind.iter().map(|record| record.id())));
    }
    let (_, batches) = read(written(&records, Kind::Event));
    for (at, record) in records.iter().filter(|record| Kind::Event.holds(record)).enumerate() {
        let (batch, Record::Event(event)) = (&batches[0], record) else { unreachable!() };
        let actors = batch["actor"].as_list::<i32>().value(at);
        let texts = actors.as_struct().column_by_name("entity_text").unwrap().as_string::<i32>().clone();
        assert!(texts.iter().flatten().eq(event.actor.iter().map(|actor| actor.entity_text.as_str())), "{}", event.id);
        let date = batch["date"].as_primitive::<Date32Type>();
        let epoch = jiff::civil::date(1970, 1, 1);
        let wanted = event.date.map(|day| day.0.since(epoch).unwrap().get_days());
        assert_eq!(date.is_valid(at).then(|| date.value(at)), wanted, "{}", event.id);
        let trigger = batch["evidence_trigger"].as_struct();
        let start = trigger.column(0).as_primitive::<Int64Type>().value(at);
        assert_eq!(start as usize, event.evidence.trigger.start, "{}", event.id);
        assert_eq!(batch["event_loc"].is_valid(at), event.event_loc.is_some(), "{}", event.id);
        assert_eq!(batch["content_event"].is_valid(at), event.content.is_some(), "{}", event.id);
    }
}

#[test]
fn row_groups_are_bounded_and_bytes_depend_on_the_records_alone() {
    let events: Vec<Record> = made::records().into_iter().filter(|record| Kind::Event.holds(record)).collect();
    let many: Vec<Record> = events.iter().cycle().take(17_000).cloned().collect();
    let whole = written(&many, Kind::Event);
    let mut writer = ParquetWriter::new(Vec::new(), Kind::Event).unwrap();
    let mut parts = Vec::new();
    for part in many.chunks(777) {
        let lines: Vec<String> = part.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
        writer.write_json_lines(lines.concat().as_bytes()).unwrap();
        parts.extend(writer.take_bytes());
    }
    parts.extend(writer.finish().unwrap());
    assert!(parts == whole, "the same bytes in parts");
    let (groups, batches) = read(whole);
    assert_eq!(groups, 2);
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), many.len());
}

#[test]
fn no_records_make_a_file_with_columns() {
    let (_, batches) = read(written(&[], Kind::Statement));
    assert_eq!(batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 0);
}

#[test]
fn an_output_that_is_full_is_an_error_of_the_output() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let failed = ParquetWriter::new(Full, Kind::Event).and_then(ParquetWriter::finish);
    assert!(
        matches!(failed.map(drop), Err(WriteError::Output(cause)) if cause.kind() == std::io::ErrorKind::StorageFull)
    );
}
