//! Any bytes as a file of another data set: rows and faults, never a panic. The first byte chooses the data set.

#![no_main]

use demarche_layouts::{DataSet, Reader};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, file)) = bytes.split_first() else { return };
    let set = DataSet::ALL[usize::from(*first) % DataSet::ALL.len()];
    let Ok(mut rows) = Reader::new(set, file, &()) else { return };
    let mut end = 0;
    while let Ok(Some(row)) = rows.next_row() {
        let Ok(row) = row else { continue };
        assert!(end <= row.span.start && row.span.end <= file.len());
        end = row.span.end;
        assert!(row.span.start <= row.code_span.start && row.code_span.end <= row.span.end);
    }
});
