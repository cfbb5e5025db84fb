//! What each part of a text is, on articles made up for the purpose.

mod shown;

use demarche_document::{FieldNames, Format, Options, from_bytes, from_text};
use shown::shown;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(&from_text("a", text)), expected, "\n{text}");
}

#[test]
fn an_agency_report_saved_from_a_page() {
    check(
        "Chile and Norway offer to host talks on seabed treaty\n\
         Envoys of Chile and Norway at a meeting in Oslo\n\
         Representative photo\n\
         By Ana Souza\n\
         \n\
         OSLO, March 12 (Agency) - The envoys of Chile and Norway met on Tuesday. They spoke about the treaty.\n\
         \n\
         A shared concern\n\
         \n\
         Both countries said the deep sea must not be mined.Norway's envoy urged restraint.\n\
         \n\
         Read more: Seabed mining, explained\n\
         \n\
         The next round is due in May.\n\
         \n\
         Share this:\n\
         Facebook\n\
         \n\
         Leave a Reply\n\
         Your email address will not be published. Required fields are marked *\n\
         I think that this is a very good treaty and that all should sign it.",
        &[
            "title: Chile and Norway offer to host talks on seabed treaty",
            "caption: Envoys of Chile and Norway at a meeting in Oslo",
            "caption: Representative photo",
            "credit: By Ana Souza",
            "dateline: OSLO, March 12 (Agency) -",
            "paragraph: The envoys of Chile and Norway met on Tuesday. They spoke about the treaty.",
            "heading: A shared concern",
            "paragraph: Both countries said the deep sea must not be mined.Norway's envoy urged restraint.",
            "furniture: Read more: Seabed mining, explained",
            "paragraph: The next round is due in May.",
            "furniture: Share this: … that all should sign it.",
        ],
    );
}

#[test]
fn one_paragraph_is_body() {
    check(
        "The envoys of Chile and Norway met on Tuesday.",
        &["paragraph: The envoys of Chile and Norway met on Tuesday."],
    );
    check("Envoys meet in Oslo", &["paragraph: Envoys meet in Oslo"]);
    check("Subscribe to our treaty", &["paragraph: Subscribe to our treaty"]);
    check("Leave a Reply", &["paragraph: Leave a Reply"]);
    check("PARIS — Envoys meet", &["dateline: PARIS —", "paragraph: Envoys meet"]);
}

#[test]
fn a_first_line_with_a_full_stop_is_body() {
    check(
        "Peru recalls its envoy.\n\nThe envoy left on Monday, the ministry said.",
        &["paragraph: Peru recalls its envoy.", "paragraph: The envoy left on Monday, the ministry said."],
    );
}

#[test]
fn a_wire_story_in_capitals_is_body() {
    check(
        "IRAQ AND TURKEY AGREED TO REOPEN A BORDER CROSSING.\n\nTHE ACCORD WAS SIGNED IN ANKARA ON MONDAY, OFFICIALS SAID.",
        &[
            "paragraph: IRAQ AND TURKEY AGREED TO REOPEN A BORDER CROSSING.",
            "paragraph: THE ACCORD WAS SIGNED IN ANKARA ON MONDAY, OFFICIALS SAID.",
        ],
    );
}

#[test]
fn lines_broken_at_a_width_make_paragraphs() {
    check(
        "Kenya and Uganda to reopen crossing\n\
         \n\
         NAIROBI (AP) — The presidents of Kenya and Uganda agreed on\r\n\
         Thursday to reopen the crossing at Busia, which both had closed in\r\n\
         April after a dispute over fish.\r\n\
         \r\n\
         Traders welcomed the accord. \"We have waited for months,\" said\r\n\
         Grace Achieng, who sells maize.\r\n",
        &[
            "title: Kenya and Uganda to reopen crossing",
            "dateline: NAIROBI (AP) —",
            "paragraph: The presidents of Kenya and Uganda agreed on Thursday to reopen the crossing at Busia, which both \
             had closed in April after a dispute over fish.",
            "paragraph: Traders welcomed the accord. \"We have waited for months,\" said Grace Achieng, who sells maize.",
        ],
    );
}

#[test]
fn a_statement_keeps_its_introductions_and_lists() {
    check(
        "The Foreign Minister of Samoa said:\n\n\"We welcome the accord.\"\n\nDuring the summit, ministers announced:\n\n\
         joint patrols in the strait\n\nnew funding for schools\n\nThey will meet again in Apia in June.",
        &[
            "paragraph: The Foreign Minister of Samoa said:",
            "paragraph: \"We welcome the accord.\"",
            "paragraph: During the summit, ministers announced:",
            "paragraph: joint patrols in the strait",
            "paragraph: new funding for schools",
            "paragraph: They will meet again in Apia in June.",
        ],
    );
}

#[test]
fn a_short_sentence_without_stop_is_no_subhead() {
    check(
        "The envoys of Chile and Norway met on Tuesday.\n\nThe ministry said it was ready\n\nThe next round is due in May.",
        &[
            "paragraph: The envoys of Chile and Norway met on Tuesday.",
            "paragraph: The ministry said it was ready",
            "paragraph: The next round is due in May.",
        ],
    );
}

#[test]
fn a_transcript_has_no_dateline() {
    check(
        "QUESTION: Did the ministers discuss the ceasefire?\n\nMR OLSEN: They did. Next question.",
        &[
            "paragraph: QUESTION: Did the ministers discuss the ceasefire?",
            "paragraph: MR OLSEN: They did. Next question.",
        ],
    );
}

#[test]
fn captions_and_credits_within_the_text() {
    check(
        "The envoys of Chile and Norway met on Tuesday.\n\nSmoke over the port of Aden on Monday. (Reuters/Omar Saleh)\n\n\
         Photo: AFP\n\nThe next round is due in May. (Reuters)\n\nReporting by Ana Souza; Editing by John Smith",
        &[
            "paragraph: The envoys of Chile and Norway met on Tuesday.",
            "caption: Smoke over the port of Aden on Monday. (Reuters/Omar Saleh)",
            "credit: Photo: AFP",
            "paragraph: The next round is due in May. (Reuters)",
            "credit: Reporting by Ana Souza; Editing by John Smith",
        ],
    );
}

#[test]
fn an_early_prompt_does_not_take_the_body_away() {
    check(
        "Peru recalls envoy\n\nComments\n\nThe envoy left on Monday, the ministry said. Peru gave no reason for it.",
        &[
            "title: Peru recalls envoy",
            "furniture: Comments",
            "paragraph: The envoy left on Monday, the ministry said. Peru gave no reason for it.",
        ],
    );
}

#[test]
fn a_date_on_its_own_line() {
    check(
        "Geneva, 3 March 2022\n\nThe envoys of Chile and Norway met on Tuesday.",
        &["dateline: Geneva, 3 March 2022", "paragraph: The envoys of Chile and Norway met on Tuesday."],
    );
    let document = from_text("a", "Geneva, 3 March 2022 – The envoys met.");
    assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2022-03-03"));
}

#[track_caller]
fn check_json(line: &str, expected: &[&str]) {
    let options = Options { fields: FieldNames::default(), ..Options::default() };
    let document = from_bytes("a", line.as_bytes(), Format::JsonLines, &options).expect("a sound line");
    assert_eq!(shown(&document), expected, "\n{line}");
}

#[test]
fn values_of_json_lines() {
    // With a title of its own a text has no title line, unless it repeats the title.
    check_json(
        r#"{"title":"Peru recalls envoy","text":"Lima calls the step overdue\n\nThe envoy left on Monday, it said."}"#,
        &[
            "separate: Peru recalls envoy",
            "paragraph: Lima calls the step overdue",
            "paragraph: The envoy left on Monday, it said.",
        ],
    );
    check_json(
        r#"{"title":"Peru recalls envoy","text":"PERU RECALLS ENVOY\n\nThe envoy left on Monday, it said."}"#,
        &["separate: Peru recalls envoy", "title: PERU RECALLS ENVOY", "paragraph: The envoy left on Monday, it said."],
    );
    check_json(
        r#"{"text":"Peru recalls envoy\n\nThe envoy left on Monday, it said."}"#,
        &["title: Peru recalls envoy", "paragraph: The envoy left on Monday, it said."],
    );
    check_json(
        r#"{"text":"Will Peru recall its envoy?\n\nThe envoy left on Monday, it said."}"#,
        &["paragraph: Will Peru recall its envoy?", "paragraph: The envoy left on Monday, it said."],
    );
    check_json(r#"{"text":"Peru recalls envoy"}"#, &["paragraph: Peru recalls envoy"]);
}

#[test]
fn what_stands_around_a_saved_page() {
    check(
        "Chile and Norway Agree on Seabed\nNovember 12, 2023\nBy Staff Reporter\n\n\
         The two ministers in Oslo. Image credit: Example Agency\n\n\
         Chile and Norway agreed on Sunday to protect the deep sea.\n\n\
         Related Articles\nSeabed talks to resume next month\nPeru joins the accord\n\nComments\nName *",
        &[
            "title: Chile and Norway Agree on Seabed",
            "furniture: November 12, 2023",
            "credit: By Staff Reporter",
            "caption: The two ministers in Oslo. Image credit: Example Agency",
            "paragraph: Chile and Norway agreed on Sunday to protect the deep sea.",
            "furniture: Related Articles … the accord Comments Name *",
        ],
    );
    let document = from_text("a", "Seabed accord signed\n12 November 2023\n\nChile and Norway agreed on it on Sunday.");
    assert_eq!(document.date.map(|date| date.to_string()).as_deref(), Some("2023-11-12"));
}

#[test]
fn lines_of_dashes_part_paragraphs() {
    check(
        "The envoys of Chile and Norway met on Tuesday.\n---\n(Reporting by Ana Souza; Editing by John Smith)",
        &[
            "paragraph: The envoys of Chile and Norway met on Tuesday.",
            "credit: (Reporting by Ana Souza; Editing by John Smith)",
        ],
    );
}
