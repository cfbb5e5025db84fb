//! The frames' own examples: what must be coded, and what must not.

use demarche::Coder;

#[test]
fn every_frame_codes_its_own_examples() {
    let (ran, failures) = Coder::new().unwrap().check_frames();
    assert!(ran > 0, "no frame has an example");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} of {ran} examples failed:\n{}", lines.len(), lines.join("\n"));
}
