//! The frames' own examples: what must be coded, and what must not.

use demarche::Coder;

#[test]
fn every_frame_codes_its_own_examples() {
    let (ran, failures) = Coder::new().unwrap().check_frames();
    assert!(ran > 0, "no frame has an example");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} of {ran} examples failed:\n{}", lines.len(), lines.join("\n"));
}

/// Faults are kept in sight: an example listed as one that comes out belongs into its frame again.
#[test]
fn known_faults_are_still_faults() {
    let mut coder = Coder::new().unwrap();
    let mut set = coder.coding().frames.clone();
    let mut listed = 0;
    for frame in &mut set.frames {
        frame.codes.clear();
        frame.not.clear();
    }
    for line in include_str!("known_faults.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (id, example) = line.split_once('\t').expect("frame and example");
        let frame = set.frames.iter_mut().find(|frame| frame.id == id).expect(id);
        frame.codes.push(example.parse().expect(example));
        listed += 1;
    }
    coder = coder.with_frames(set);
    let (ran, failures) = coder.check_frames();
    assert_eq!(ran, listed);
    assert_eq!(failures.len(), listed, "an example of known_faults.tsv comes out now: move it back to its frame");
}
