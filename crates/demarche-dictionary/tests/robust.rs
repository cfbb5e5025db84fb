//! Any bytes are read without a panic, and spans and lines stay within them.

use demarche_dictionary::{
    Codebook, Fault, Inventory, read_actors, read_agents, read_discards, read_tables, recognise,
};
use demarche_record::Span;
use proptest::prelude::*;

/// Lines of what dictionaries are made of, whole and broken.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[A-Z_+!{}\\[\\]~;#<> -]{0,12}",
        Just("[USAGOV 850101-860101]".to_owned()),
        Just("[AFG >011222]".to_owned()),
        Just("!A! = B, C".to_owned()),
        Just("X!A! {} [~GOV]".to_owned()),
        Just("<!-- x".to_owned()),
        Just("-->".to_owned()),
        Just("\n".to_owned()),
        Just("\u{c9}_\t".to_owned()),
        Just("\nname\tcode\tsector\tstart\tend\n".to_owned()),
        Just("A\tMLI\tREB\t2012-02\t\n".to_owned()),
        Just("\nperson\tiso3\tsector\n".to_owned()),
        Just("9999\t9999-12-31".to_owned()),
    ];
    let bytes = prop::collection::vec(any::<u8>(), 0..80);
    prop_oneof![prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes()), bytes]
}

fn check(bytes: &[u8], places: impl Iterator<Item = (usize, Span)>, faults: &[Fault]) {
    let lines = bytes.split(|&byte| byte == b'\n').count();
    for (line, span) in places {
        assert!((1..=lines).contains(&line));
        assert!(span.start <= span.end && span.end <= bytes.len());
        assert_eq!(bytes[..span.start].split(|&byte| byte == b'\n').count(), line);
    }
    assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line) && fault.column > 0));
    assert!(faults.is_sorted_by_key(|fault| (fault.line, fault.column)));
}

proptest! {
    #[test]
    fn any_bytes(bytes in text()) {
        let _ = recognise("f", &bytes);
        let (actors, faults) = read_actors("f", &bytes);
        let names = actors.entries.iter().flat_map(|entry| &entry.patterns).map(|name| (name.line, name.span));
        let codes = actors.entries.iter().flat_map(|entry| &entry.codes).map(|code| (code.line, code.span));
        check(&bytes, names.chain(codes), &faults);
        for entry in &actors.entries {
            let parts = entry.in_time();
            for (at, (one, _)) in parts.iter().enumerate() {
                prop_assert!(!one.is_empty());
                for (other, _) in &parts[at + 1..] {
                    prop_assert!(one.without(*other).eq([*one]), "{one:?} overlaps {other:?}");
                }
            }
        }
        let (agents, faults) = read_agents("f", &bytes);
        check(&bytes, agents.entries.iter().map(|entry| (entry.line, entry.span)), &faults);
        let (discards, faults) = read_discards("f", &bytes);
        check(&bytes, discards.entries.iter().map(|entry| (entry.line, entry.span)), &faults);
        let (tables, faults) = read_tables("f", &bytes);
        check(&bytes, tables.rows.iter().map(|row| (row.line, row.span)), &faults);
    }

    #[test]
    fn any_code(code in "[A-Z0-9]{0,12}|\\PC{0,9}") {
        let book = Codebook::new([]).expect("the table is sound");
        for inventory in [Inventory::Actors, Inventory::Ethnic, Inventory::Religious] {
            let _ = book.actor(&code, inventory);
        }
        let _ = (book.agent(&code, false), book.agent(&code, true));
    }
}
