//! The issues' own examples: what words must be about, what they must not, and which way a stance points.

use demarche::record::{Issue, Stance};
use demarche::{Coder, Record, from_text};

#[test]
fn every_issue_is_told_by_its_own_examples() {
    let (ran, failures) = Coder::new().unwrap().check_issues();
    assert!(ran > 0, "no issue has an example");
    let lines: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} of {ran} examples failed:\n{}", lines.len(), lines.join("\n"));
}

/// The stance is toward the first issue, whatever words it is told in.
#[test]
fn a_stance_is_toward_the_issue() {
    let coder = Coder::new().unwrap();
    for (text, stance, issue) in [
        ("Norway called for an end to the blockade of Hodeidah.", Stance::Against, "blockade"),
        ("Mexico supports the fight against drug trafficking.", Stance::Against, "drugs"),
        ("Chile opposed the lifting of the arms embargo.", Stance::For, "arms_embargo"),
        ("Kenya condemned the violation of the ceasefire in Darfur.", Stance::For, "ceasefire"),
        ("Brazil urged Mali to end the war and negotiate with the rebels.", Stance::For, "peaceful_settlement"),
        ("Iran refused to abandon its nuclear program.", Stance::For, "nuclear_programme"),
        ("Sweden expressed concern about the crackdown on protesters.", Stance::For, "protests"),
        ("Ghana said it would not tolerate terrorism.", Stance::Against, "terrorism"),
        ("Russia said there was no military solution to the conflict.", Stance::For, "peaceful_settlement"),
        ("China said that sanctions are not a solution.", Stance::Neutral, "sanctions"),
    ] {
        let records = coder.code(&from_text("example", text)).records;
        let told = records.iter().any(|record| {
            matches!(record, Record::Statement(found)
                if found.stance == stance && found.issue.first() == Some(&Issue::new(issue)))
        });
        assert!(told, "{text}: {records:#?}");
    }
}
