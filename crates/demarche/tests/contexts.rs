//! The contexts' own examples: sentences whose event has the context, and such whose words only look like it.

use demarche::Coder;

#[test]
fn every_context_is_told_by_its_own_examples() {
    let (ran, failures) = Coder::new().unwrap().check_contexts();
    assert!(ran > 0, "no context has an example");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} of {ran} examples failed:\n{}", lines.len(), lines.join("\n"));
}
