//! Whichever countries a sentence is about, its records are the same but for the countries. All pairs: `cargo run -p xtask -- swap`.

#[allow(dead_code)] // some of it is of use to all pairs only
mod swap;

use demarche::Coder;

/// Pairs tried for each template.
const PAIRS: usize = 40;
/// Steps through the pairs in an order that soon has every country on both sides; has no divisor in common with their number.
const STRIDE: usize = 13;

#[test]
fn countries_may_be_swapped() {
    let coder = Coder::new().unwrap();
    let pairs = swap::pairs();
    let mut faults = Vec::new();
    for (number, template) in swap::templates().iter().enumerate() {
        let reference = template.reference(&coder);
        if !template.holds(&reference) {
            faults.push(format!("{template}\n  gives {}", reference.join("\n        ")));
        }
        let tried = (0..PAIRS).map(|step| pairs[(number * 7 + step * STRIDE) % pairs.len()]);
        let found: Vec<String> =
            tried.filter_map(|pair| template.difference(&coder, pair, &reference)).map(|d| d.to_string()).collect();
        if !found.is_empty() {
            faults.push(format!("{template}\n{}", found.join("\n")));
        }
    }
    assert!(faults.is_empty(), "{} templates differ:\n{}", faults.len(), faults.join("\n"));
}
