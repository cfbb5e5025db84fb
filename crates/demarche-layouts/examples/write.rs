//! Writes records, one JSON object a line as `demarche code --to jsonl` gives them, in every layout:
//! `cargo run --release -p demarche-layouts --example write -- records.jsonl FOLDER [--expand-dyads]`.

use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

use demarche_layouts::{Kind, Layout, ParquetWriter, Source, Writer, expand};
use demarche_record::Record;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [records, folder, rest @ ..] = &arguments[..] else { return Err("give a file of records and a folder".into()) };
    let mut records: Vec<Record> =
        fs::read_to_string(records)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let source = Source::of(&records, None);
    if rest.iter().any(|flag| flag == "--expand-dyads") {
        records = records.into_iter().flat_map(expand).collect();
    }
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    for layout in Layout::ALL {
        let mut bytes = layout.header();
        bytes.extend(Writer::new(layout)?.rows(&records, &source).bytes);
        fs::write(folder.join(layout.name()), bytes)?;
    }
    for (name, kind) in [("event", Kind::Event), ("statement", Kind::Statement), ("initiative", Kind::Initiative)] {
        let mut writer = ParquetWriter::new(File::create(folder.join(format!("{name}.parquet")))?, kind)?;
        writer.write(&records)?;
        writer.finish()?;
    }
    Ok(())
}
