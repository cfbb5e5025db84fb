//! Snapshots of whole reports. After a change that is meant: `INSTA_UPDATE=always cargo test -p demarche --test reports`, and read
//! the difference.

mod shown;
#[allow(dead_code)] // of the texts only the examples, and of those only their documents, are of use here
mod texts;

use std::fmt::Write as _;

use demarche::{Coder, Record};
use shown::Shown;
use texts::Received;

/// The records below the sentences they were made from; initiatives come last.
fn report(coder: &Coder, received: &Received) -> String {
    let document = &received.document;
    let date = document.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let mut out = format!("# {}\n{} ({date})\n", document.id, document.title().unwrap_or("untitled"));
    let shown = Shown::new(document);
    let mut last = String::new();
    for record in &coder.code(document).records {
        let sentence = match record {
            Record::Event(event) => Some((event.text_info.sequence, &event.text)),
            Record::Statement(statement) => Some((statement.text_info.sequence, &statement.text)),
            Record::Initiative(_) => None,
        };
        let heading = sentence.map_or_else(String::new, |(number, text)| format!("{number}. {text}"));
        if heading != last {
            let _ = write!(out, "\n{heading}\n");
            last = heading;
        }
        let _ = writeln!(out, "  {}", shown.record(record));
    }
    out
}

#[test]
fn reports_of_the_examples() {
    let coder = Coder::new().unwrap();
    let (mut lines, mut files) = (Vec::new(), Vec::new());
    for received in texts::examples() {
        let name = received.document.id.clone();
        let text = report(&coder, &received);
        if name.starts_with("wire") { lines.push(text) } else { files.push((name, text)) }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, text) in files {
            insta::assert_snapshot!(name, text);
        }
        insta::assert_snapshot!("wire.jsonl", lines.join("\n"));
    });
}
