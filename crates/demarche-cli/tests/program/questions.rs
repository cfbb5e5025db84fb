//! What is asked of a dossier.

#[path = "../../../demarche-dossier/tests/made/mod.rs"]
mod made;

use std::fs;
use std::path::Path;

use demarche_dossier::{Dossier, Report, Sentence};
use demarche_record::{
    Count, CountKind, Event, EventType, Field, Issue, Mode, QuadCode, Quotation, Record, Sector, Span, SpeechAct,
    Stance, Statement, StatementEvidence, Status, TextInfo,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{Ran, demarche, file, folder, records, run};

/// An event told by a sentence: its type, score and quad class, the words of its act, and of those who take part.
struct Told {
    event: EventType,
    score: f64,
    quad: u8,
    text: &'static str,
    trigger: &'static str,
    actors: &'static [(&'static str, &'static [Sector], &'static str)],
    recipients: &'static [(&'static str, &'static [Sector], &'static str)],
}

const fn told(event: EventType, score: f64, quad: u8, text: &'static str, trigger: &'static str) -> Told {
    Told { event, score, quad, text, trigger, actors: &[], recipients: &[] }
}

/// Where words stand in the document, if its sentence begins at `start`.
fn span(text: &str, words: &str, start: usize) -> Span {
    let at = start + text.find(words).unwrap();
    Span::new(at, at + words.len())
}

fn report(id: &str, publisher: &str, date: &str, told: &Told) -> Report {
    let mut document = made::document(id, publisher, date, told.text);
    document.title = Some(format!("Report {id}"));
    document.genre = Some("news".to_owned());
    let mut event: Event = made::event(&document, 1, told.event, told.text);
    let start = event.evidence.sentence.start;
    event.evidence.trigger = span(told.text, told.trigger, start);
    event.actor = told.actors.iter().map(|(code, sectors, words)| made::entity(code, sectors, words)).collect();
    event.recipient = told.recipients.iter().map(|(code, sectors, words)| made::entity(code, sectors, words)).collect();
    event.evidence.actor = told.actors.iter().map(|(.., words)| span(told.text, words, start)).collect();
    event.evidence.recipient = told.recipients.iter().map(|(.., words)| span(told.text, words, start)).collect();
    event.event_scale = Some(told.score);
    event.quad_code = Some(QuadCode(told.quad));
    if told.text.contains("in Gao") {
        event.event_loc = Some(made::place("Gao", "MLI"));
        event.evidence.place = Some(span(told.text, "Gao", start));
        let (low, words) = if told.text.contains("nine") { (9, "at least nine") } else { (6, "six") };
        let high = (low == 6).then_some(6);
        event.counts = vec![Count { kind: CountKind::Dead, low, high, text: words.to_owned() }];
        event.evidence.counts = vec![span(told.text, words, start)];
        event.dead = Some(low);
    }
    if told.event == EventType::CONSULT {
        event.mode = vec![Mode::new("visit")];
    }
    Report { document, sentences: Vec::new(), records: vec![Record::Event(Box::new(event))] }
}

/// What France says of the truce.
fn statement(id: &str, date: &str, stance: Stance, text: &'static str, cue: &str, proposition: &str) -> Report {
    let document = made::document(id, "Example Wire", date, text);
    let why = made::event(&document, 1, EventType::REQUEST, text).why;
    let statement = Statement {
        id: format!("{id}#s1"),
        document: id.to_owned(),
        date: document.date,
        date_precision: Some(demarche_record::DatePrecision::Day),
        speaker: vec![made::entity("FRA", &[Sector::Gov], "Paris")],
        audience: Vec::new(),
        act: if stance == Stance::For { SpeechAct::CallFor } else { SpeechAct::Oppose },
        stance,
        issue: vec![Issue::new("ceasefire")],
        toward: Vec::new(),
        proposition: proposition.to_owned(),
        quotation: Quotation::Indirect,
        hedge: Vec::new(),
        status: Status::Happened,
        confidence: 0.75,
        text: text.to_owned(),
        text_info: TextInfo { sequence: 1, start: 0, end: text.chars().count() },
        evidence: StatementEvidence {
            field: Field::Text,
            sentence: Span::new(0, text.len()),
            cue: span(text, cue, 0),
            speaker: vec![span(text, "Paris", 0)],
            audience: Vec::new(),
            proposition: span(text, proposition, 0),
            toward: Vec::new(),
        },
        why,
        cite_info: made::cite(&document),
    };
    Report { document, sentences: Vec::new(), records: vec![Record::Statement(Box::new(statement))] }
}

/// A small dossier of eleven documents.
fn dossier(folder: &Path) -> String {
    const GOV: &[Sector] = &[Sector::Gov];
    let gao = |text, trigger| Told {
        actors: &[("MLI", &[Sector::Reb], "Rebels")],
        recipients: &[("MLI", &[Sector::Cvl], "villagers")],
        ..told(EventType::ASSAULT, -9.0, 4, text, trigger)
    };
    let meets = Told {
        actors: &[("CHN", GOV, "Beijing")],
        recipients: &[("RUS", GOV, "Moscow")],
        ..told(EventType::CONSULT, 2.0, 1, "An envoy of Beijing flew to Moscow for talks on the gas pipeline.", "flew")
    };
    let aids = Told {
        actors: &[("CHN", GOV, "Beijing")],
        recipients: &[("PSE", &[], "the Palestinians")],
        ..told(EventType::AID, 5.0, 2, "Beijing sent wheat and café tables to the Palestinians.", "sent")
    };
    let accuses = Told {
        actors: &[("RUS", GOV, "Moscow")],
        recipients: &[("CHN", GOV, "Beijing")],
        ..told(EventType::ACCUSE, -3.0, 3, "Moscow accused Beijing of fishing off Kamchatka.", "accused")
    };
    let undated = Told {
        actors: &[("USA", GOV, "Washington")],
        recipients: &[("RUS", &[], "Russia")],
        ..told(EventType::SANCTION, -7.0, 4, "Washington imposed sanctions on Russia.", "imposed")
    };
    let mut reports = vec![
        report("wire-1", "Example Wire", "2023-10-05", &meets),
        report("wire-2", "Example Wire", "2023-10-03", &aids),
        report("wire-3", "Example Wire", "2023-12-01", &accuses),
        report(
            "wire-4",
            "Example Wire",
            "2023-12-09",
            &gao("Rebels killed at least nine villagers near the ferry landing in Gao before dawn.", "killed"),
        ),
        report(
            "daily-1",
            "Daily Example",
            "2023-12-09",
            &gao("Rebels killed six villagers near the ferry landing in Gao before dawn, a nurse said.", "killed"),
        ),
        report("daily-2", "Daily Example", "", &undated),
        statement(
            "wire-5",
            "2023-10-20",
            Stance::Against,
            "Paris rejected a truce before the hostages were free.",
            "rejected",
            "a truce before the hostages were free",
        ),
        statement(
            "wire-6",
            "2023-11-11",
            Stance::For,
            "Paris called for a truce at once.",
            "called for",
            "a truce at once",
        ),
    ];
    let mut process: Option<Report> = None;
    for line in include_str!("../../../demarche-dossier/tests/data/examples.jsonl").lines() {
        let record: Record = serde_json::from_str(line).unwrap();
        let Record::Initiative(initiative) = &record else { continue };
        if initiative.document != "examples/ceasefire-talks.txt" {
            continue;
        }
        let document = made::document(&initiative.document, "The Sample", "2024-05-02", &initiative.document);
        let sentences = initiative.evidence.sentence.iter().zip(1..).map(|(&span, sequence)| Sentence {
            field: Field::Text,
            span,
            text_info: TextInfo { sequence, start: span.start, end: span.end },
            text: format!("Sentence {sequence} of the talks."),
        });
        process = Some(Report { document, sentences: sentences.collect(), records: vec![record] });
        break;
    }
    reports.extend(process);
    let path = folder.join("watch.db");
    let mut dossier = Dossier::open(&path).unwrap();
    dossier.add(&made::batch(reports)).unwrap();
    // An update of a report that has enough words to be known again.
    let words = "The harbour of Mgarr in Gozo was closed for a week while divers from Valletta looked for the cable that joins the island to Malta.";
    for (id, date, text) in
        [("copy-1", "2023-11-01", words.to_owned()), ("copy-2", "2023-11-02", format!("{words} It was found."))]
    {
        let document = made::document(id, "Example Wire", date, &text);
        let sentence = Sentence {
            field: Field::Text,
            span: Span::new(0, text.len()),
            text_info: TextInfo { sequence: 1, start: 0, end: text.len() },
            text,
        };
        dossier.add(&made::batch([Report { document, sentences: vec![sentence], records: Vec::new() }])).unwrap();
    }
    dossier.link().unwrap();
    path.display().to_string()
}

/// Asks the small dossier.
fn asked(arguments: &[&str]) -> Ran {
    let folder = folder();
    let path = dossier(folder.path());
    let mut all = arguments.to_vec();
    all.extend(["--from", &path]);
    let ran = run(&all);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    // CSV is what a panel is in a pipe.
    if arguments[0] != "panel" && !arguments.iter().any(|argument| ["--to", "--color"].contains(argument)) {
        assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{}", ran.out);
    }
    ran
}

#[test]
fn every_question_has_a_page_for_people() {
    for (name, arguments) in [
        ("events", &["events"][..]),
        ("statements", &["statements", "--issue", "ceasefire"]),
        ("initiatives", &["initiatives"]),
        ("positions", &["positions", "--issue", "ceasefire"]),
        ("timeline", &["timeline", "--pair", "CHN", "RUS", "--by", "month"]),
        ("panel", &["panel", "--by", "dyad-month", "--codes", "cow", "--since", "2023-12", "--to", "text"]),
        ("dyads", &["dyads"]),
        ("story", &["story", "copy-2"]),
        ("incident", &["incident", "daily-1#e1"]),
        ("process", &["process", "examples/ceasefire-talks.txt#i1"]),
        ("show_event", &["show", "wire-4#e1"]),
        ("show_statement", &["show", "wire-6#s1"]),
        ("search", &["search", "cafe", "wheat"]),
        ("sql", &["sql", "SELECT event_type, count(*) AS events, avg(event_scale) AS score FROM events GROUP BY 1"]),
    ] {
        insta::assert_snapshot!(name, asked(arguments).out, &arguments.join(" "));
    }
}

#[test]
fn an_initiative_is_shown_with_its_sentences() {
    let ran = asked(&["initiatives", "--to", "jsonl"]);
    let id = records(&ran.out)[0]["id"].as_str().unwrap().to_owned();
    insta::assert_snapshot!("show_initiative", asked(&["show", &id]).out);
}

#[test]
fn tables_are_written_in_every_form() {
    insta::assert_snapshot!(
        "timeline_csv",
        asked(&["timeline", "--by", "week", "--to", "csv", "--until", "2023-10"]).out
    );
    let panel = ["panel", "--by", "country-month", "--units", "CHN,PER", "--since", "2023-11", "--until", "2023-12"];
    let ran = asked(&panel);
    insta::assert_snapshot!("panel_csv", ran.out);
    // What has no date is in no days that are asked for.
    assert_eq!(ran.err, "");
    let told = "note: 1 event in no row: the date is unknown, or not exact to the month\n";
    assert_eq!(asked(&["panel", "--by", "country-month"]).err, told);
    insta::assert_snapshot!("positions_jsonl", asked(&["positions", "--moves", "--to", "jsonl"]).out);
    let all = asked(&["panel", "--by", "dyad-month", "--units", "all", "--codes", "gw", "--since", "2023-12"]).out;
    assert_eq!(all.lines().count(), 1 + 195 * 194);
    assert!(all.contains("\n365,710,2023-12,1,1,0,0,1,0,-3\n"), "a row of zeros and numbers");
    assert!(all.contains("\n2,20,2023-12,0,0,0,0,0,0,\n"));
}

#[test]
fn records_are_those_that_code_writes() {
    let lines = asked(&["events", "--actor", "CHN", "--to", "jsonl"]);
    let found = records(&lines.out);
    assert_eq!(found.len(), 2);
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(found.iter().all(|record| validator.is_valid(record)));
    let table = asked(&["events", "--actor", "CHN", "--to", "csv"]).out;
    let coded = run(&["code", "--to", "csv", "talks.txt"]).out;
    assert_eq!(table.lines().next(), coded.lines().next(), "the same columns");
    assert_eq!(table.lines().count(), 3);
    assert_eq!(asked(&["events", "--actor", "CHN", "--count"]).out, "2\n");
    let polecat = asked(&["events", "--actor", "CHN", "--to", "polecat"]).out;
    assert_eq!(polecat.lines().count(), 3, "{polecat}");
    assert!(polecat.lines().all(|line| line.split('\t').count() == 40), "{polecat}");
    let acled = asked(&["events", "--to", "acled"]);
    assert_eq!(acled.out.lines().count(), 3, "{}", acled.out);
    assert!(acled.err.contains("without a row: of no kind that the layout has"), "{}", acled.err);
    assert_eq!(asked(&["statements", "--stance", "for,neutral", "--count"]).out, "1\n");
    assert_eq!(records(&asked(&["events", "--limit", "3", "--to", "jsonl"]).out).len(), 3);
}

#[test]
fn parquet_is_read_back_with_its_types() {
    let folder = folder();
    let path = dossier(folder.path());
    let out = folder.path().join("out.parquet");
    let read = |arguments: &[&str]| {
        let mut all = arguments.to_vec();
        let shown = out.display().to_string();
        all.extend(["--from", &path, "--to", "parquet", "-o", &shown]);
        let ran = run(&all);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let bytes = fs::read(&out).unwrap();
        let builder = ParquetRecordBatchReaderBuilder::try_new(fs::File::open(&out).unwrap()).unwrap();
        let types: Vec<String> =
            builder.schema().fields().iter().map(|field| format!("{} {}", field.name(), field.data_type())).collect();
        let rows: usize = builder.build().unwrap().map(|batch| batch.unwrap().num_rows()).sum();
        (types, rows, bytes)
    };
    let (types, rows, bytes) = read(&["events"]);
    assert_eq!(rows, 6);
    for column in ["date Date32", "quad_code Int64", "event_scale Float64", "mode List(Utf8)"] {
        assert!(types.iter().any(|known| known == column), "{column} in {types:?}");
    }
    assert_eq!(bytes, read(&["events"]).2, "the same bytes again");
    let (types, rows, _) = read(&["sql", "SELECT event_type, event_scale, dead, NULL AS unknown FROM events"]);
    assert_eq!(
        (types.join(", ").as_str(), rows),
        ("event_type Utf8, event_scale Float64, dead Int64, unknown Utf8", 6)
    );
    assert_eq!(read(&["dyads", "--type", "AGREE"]).1, 0);
}

#[test]
fn a_picture_of_a_timeline() {
    let folder = folder();
    let svg = folder.path().join("timeline.svg");
    asked(&["timeline", "--by", "month", "--svg", &svg.display().to_string()]);
    let picture = fs::read_to_string(&svg).unwrap();
    assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"), "{picture}");
    assert!(picture.contains("events by month") && picture.contains("prefers-color-scheme"), "{picture}");
    let empty = asked(&["timeline", "--type", "AGREE", "--svg", &svg.display().to_string()]);
    assert_eq!(empty.err, "note: nothing matches\n");
    assert!(fs::read_to_string(&svg).unwrap().contains("events by month"));
}

#[test]
fn nothing_found_is_no_failure() {
    let ran = asked(&["events", "--actor", "PER", "--to", "csv"]);
    assert_eq!((ran.out.lines().count(), ran.err.as_str()), (1, "note: nothing matches\n"));
    assert_eq!(asked(&["events", "--actor", "PER"]).out, "");
    let ran = asked(&["sql", "SELECT id, frame FROM events WHERE id < 0", "--to", "csv"]);
    assert_eq!(ran.out, "id,frame\n");
    assert_eq!(asked(&["search", "zeppelin", "-q"]).err, "");
    // A mode of the ontology that no event has, unlike a word that is no mode.
    assert_eq!(asked(&["events", "--mode", "expel"]).out, "");
}

#[test]
fn a_dossier_is_named_by_flag_or_environment() {
    let folder = folder();
    let path = dossier(folder.path());
    let ran: Ran = demarche(&["events", "--count"]).env("DEMARCHE_DOSSIER", &path).output().unwrap().into();
    assert_eq!(ran.out, "6\n");
    for environment in [None, Some("")] {
        let mut command = demarche(&["events"]);
        command.envs(environment.map(|value| ("DEMARCHE_DOSSIER", value)));
        let ran: Ran = command.output().unwrap().into();
        let told =
            "demarche: no dossier: name one with --from FILE, or set the environment variable DEMARCHE_DOSSIER\n";
        assert_eq!((ran.code, ran.err.as_str()), (Some(2), told));
    }
}

#[test]
fn what_cannot_be_asked_is_one_line() {
    let folder = folder();
    let path = dossier(folder.path());
    let missing = folder.path().join("none.db").display().to_string();
    let text = file(&folder, "notes.txt", "Minutes of a meeting. ".repeat(100).as_bytes());
    let newer = folder.path().join("newer.db").display().to_string();
    let mut bytes = fs::read(&path).unwrap();
    // `user_version` is the big-endian number at byte 60 of a database.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&newer, bytes).unwrap();
    for (arguments, told) in [
        (
            &["events", "--from", &missing][..],
            format!("{missing}: there is no dossier there; `demarche add` makes one"),
        ),
        (&["dyads", "--from", &text], format!("{text}: not a dossier: the file is no SQLite database")),
        (
            &["events", "--from", &newer],
            format!("{newer}: the dossier is of version 99, this program knows versions up to"),
        ),
        (&["events", "--from", &path, "--type", "SUPORT"], "`SUPORT` is no type; did you mean SUPPORT?".to_owned()),
        (&["events", "--from", &path, "--mode", "vissit"], "`vissit` is no mode; did you mean visit".to_owned()),
        (&["statements", "--from", &path, "--issue", "cease_fire"], "did you mean ceasefire".to_owned()),
        (
            &["positions", "--from", &path, "--since", "2023-13"],
            "`2023-13` is no date for `since`; write 2023".to_owned(),
        ),
        (&["events", "--from", &path, "--since", "2024", "--until", "2023"], "is after until".to_owned()),
        (
            &["sql", "--from", &path, "DELETE FROM events"],
            "only one SELECT can be asked; this statement writes".to_owned(),
        ),
        (&["sql", "--from", &path, "SELECT nowhere FROM events"], "no such column: nowhere".to_owned()),
        (&["show", "--from", &path, "wire-9#e1"], "nothing in the dossier has the id `wire-9#e1`".to_owned()),
        (&["story", "--from", &path, "wire-9"], "nothing in the dossier has the id `wire-9`".to_owned()),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with("demarche: ") && ran.err.contains(&told), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    let ran =
        run(&["sql", "--from", &path, "--to", "parquet", "-o", "/dev/null", "SELECT 1 AS x UNION ALL SELECT 'a'"]);
    assert_eq!(ran.code, Some(0), "text holds both: {}", ran.err);
    // A filter that says nothing about the records is no flag of the command.
    let ran = run(&["statements", "--from", &path, "--type", "SUPPORT"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("unexpected argument '--type'"), "{}", ran.err);
}

#[test]
fn colours_and_underlines_take_turns() {
    let shown = asked(&["show", "wire-1#e1"]).out;
    assert!(shown.contains("Beijing flew to Moscow") && shown.contains("======= ^^^^    ------"), "{shown}");
    let coloured = asked(&["show", "wire-1#e1", "--color", "always"]).out;
    assert!(coloured.contains('\u{1B}') && !coloured.contains("^^^^"), "{coloured}");
}

#[test]
fn completions_offer_the_codes() {
    let script = run(&["completions", "bash"]).out;
    for code in ["SUPPORT", "ceasefire", "military", "in_force", "CHN"] {
        assert!(script.contains(code), "{code}");
    }
}
