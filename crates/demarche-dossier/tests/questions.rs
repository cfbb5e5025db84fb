//! What a dossier answers.

#![allow(clippy::unwrap_used)]

mod made;

use std::ops::ControlFlow::{Break, Continue};

use demarche_dossier::{
    Cell, Dossier, DossierError, Filter, FilterError, Numbering, Panel, Report, States, Unit, Universe, Vocabulary,
};
use demarche_record::{
    Code, DatePrecision, DecidedBy, Event, EventType, Field, Issue, Quotation, Record, Sector, Span, SpeechAct, Stance,
    Statement, StatementEvidence, Status, TextInfo, Why,
};

fn code(written: &str) -> Code {
    Code::parse(written).unwrap()
}

fn filter(pairs: &[(&str, &str)]) -> Filter {
    Filter::parse(pairs.iter().copied(), &Vocabulary::default()).unwrap()
}

/// Document, who, to whom, what, when, score.
type Row = (&'static str, &'static [&'static str], &'static [&'static str], EventType, &'static str, f64);

/// A small record of three months.
fn small() -> Dossier {
    let rows: [Row; 7] = [
        ("a", &["CHN"], &["PSE"], EventType::SUPPORT, "2023-10-03", 4.0),
        ("b", &["CHN"], &["RUS"], EventType::CONSULT, "2023-10-05", 2.0),
        ("c", &["RUS", "CHN"], &[], EventType::CONSULT, "2023-12-31", 3.0),
        ("d", &["RUS"], &["CHN", "IND"], EventType::ACCUSE, "2023-12-01", -3.0),
        ("e", &["IND"], &["IND"], EventType::PROTEST, "2023-12-01", -6.0),
        ("f", &["CHN"], &["PSE"], EventType::AID, "2023-11-01", 5.0),
        ("g", &["USA"], &["RUS"], EventType::SANCTION, "", -7.0),
    ];
    let reports = rows.map(|(id, actors, recipients, event_type, date, score)| {
        let publisher = if id < "d" { "Example Wire" } else { "Daily Example" };
        let document = made::document(id, publisher, date, id);
        let mut event: Event =
            made::event(&document, 1, event_type, &format!("Sentence {id} on the 50% grain_deal, café."));
        event.actor = actors.iter().map(|actor| made::entity(actor, &[Sector::Gov], actor)).collect();
        event.recipient = recipients.iter().map(|actor| made::entity(actor, &[], actor)).collect();
        event.event_scale = Some(score);
        event.quad_code = Some(demarche_record::QuadCode(if score < 0.0 { 3 } else { 1 }));
        if id == "f" {
            event.date_precision = Some(DatePrecision::Month);
            event.enddate = made::document("x", "", "2023-11-30", "").date;
            event.event_loc = Some(made::place("Gaza City", "PSE"));
        }
        Report { document, sentences: Vec::new(), records: vec![Record::Event(Box::new(event))] }
    });
    let mut dossier = Dossier::in_memory().unwrap();
    dossier.add(&made::batch(reports)).unwrap();
    dossier
}

fn ids(dossier: &Dossier, pairs: &[(&str, &str)]) -> String {
    let mut ids = Vec::new();
    dossier
        .events(&filter(pairs), |event| {
            ids.push(event.document);
            Continue(())
        })
        .unwrap();
    ids.join(" ")
}

#[test]
fn events_by_filter_and_date() {
    let dossier = small();
    for (pairs, expected) in [
        (&[][..], "g a b f d e c"),
        (&[("actor", "CHN")], "a b f c"),
        (&[("actor", "CHN"), ("recipient", "PSE")], "a f"),
        (&[("actor", "CHN GOV"), ("recipient", "PSE GOV")], ""),
        (&[("actor", "IND,USA")], "g e"),
        (&[("actor", "IND"), ("actor", "USA")], "g e"),
        (&[("actor", "country chn")], "a b f c"),
        (&[("actor", "c_untry")], ""),
        (&[("type", "support,aid")], "a f"),
        (&[("since", "2023-11-15"), ("until", "2023-11-20")], "f"),
        (&[("since", "2023-12-01")], "d e c"),
        (&[("until", "2023-10")], "a b"),
        (&[("place", "gaza city")], "f"),
        (&[("place", "PSE")], "f"),
        (&[("place", "1009")], "f"),
        (&[("publisher", "Example Wire"), ("status", "happened")], "a b c"),
        (&[("document", "a"), ("min-confidence", "0.5")], "a"),
        (&[("min-confidence", "0.51")], ""),
        (&[("genre", "news")], ""),
        (&[("actor", "'; DROP TABLE events; --")], ""),
    ] {
        assert_eq!(ids(&dossier, pairs), expected, "{pairs:?}");
    }
    let mut first = String::new();
    dossier
        .events(&Filter::default(), |event| {
            first = event.id;
            Break(())
        })
        .unwrap();
    assert_eq!(first, "g#e1");
    let error = dossier.events(&filter(&[("stance", "for")]), |_| Continue(())).unwrap_err();
    let DossierError::Filter(FilterError::NotApplicable { key: "stance", records: "events", .. }) = error else {
        panic!("{error}")
    };
}

#[test]
fn a_timeline_has_no_gaps_and_counts_both_ways() {
    let dossier = small();
    let pair = Some((code("CHN"), code("RUS")));
    let timeline = dossier.timeline(&Filter::default(), pair, Unit::Month).unwrap();
    let counted: Vec<String> = timeline
        .buckets
        .iter()
        .map(|bucket| format!("{} {} {:?}", bucket.period, bucket.counts.events, bucket.counts.mean_score))
        .collect();
    assert_eq!(counted, ["2023-10 1 Some(2.0)", "2023-11 0 None", "2023-12 2 Some(0.0)"]);
    assert_eq!(timeline.undated, 0);
    assert_eq!(timeline.buckets[2].counts.quads, [1, 0, 1, 0]);
    let other_way = Some((code("RUS"), code("CHN")));
    assert_eq!(dossier.timeline(&Filter::default(), other_way, Unit::Month).unwrap(), timeline);

    let weeks = dossier.timeline(&Filter::default(), pair, Unit::Week).unwrap();
    let counted: Vec<String> = weeks
        .buckets
        .iter()
        .filter(|bucket| bucket.counts.events > 0)
        .map(|bucket| format!("{} {}", bucket.period, bucket.counts.events))
        .collect();
    assert_eq!((counted.join(", ").as_str(), weeks.buckets.len()), ("2023-W40 1, 2023-W48 1, 2023-W52 1", 13));

    // A month is not exact enough for days.
    let days = dossier.timeline(&Filter::default(), None, Unit::Day).unwrap();
    assert_eq!((days.buckets.len(), days.undated), (90, 2));
    let years = dossier.timeline(&filter(&[("since", "2022"), ("until", "2024")]), None, Unit::Year).unwrap();
    let counted: Vec<u64> = years.buckets.iter().map(|bucket| bucket.counts.events).collect();
    assert_eq!((counted, years.undated), (vec![0, 6, 0], 0));
    assert!(dossier.timeline(&filter(&[("actor", "PER")]), None, Unit::Day).unwrap().buckets.is_empty());
}

#[test]
fn a_panel_has_its_zeros() {
    let dossier = small();
    let mut rows = Vec::new();
    let undated = dossier
        .panel(&Filter::default(), Panel::DyadMonth, &Universe::Found, |row| {
            rows.push(format!("{} {} {} {}", row.source, row.target.unwrap(), row.month, row.counts.events));
            Continue(())
        })
        .unwrap();
    assert_eq!(undated, 1);
    // The sanctions without a date are in no month, so their pair has no rows.
    assert_eq!(rows.len(), 5 * 3);
    assert_eq!(
        rows[..6].join(", "),
        "CHN PSE 2023-10 1, CHN PSE 2023-11 1, CHN PSE 2023-12 0, \
                                      CHN RUS 2023-10 1, CHN RUS 2023-11 0, CHN RUS 2023-12 1"
    );
    let mut rows = Vec::new();
    let countries = Universe::Countries(vec![code("RUS"), code("PER"), code("CHN"), code("RUS")]);
    for panel in [Panel::DyadMonth, Panel::CountryMonth] {
        dossier
            .panel(&filter(&[("since", "2023-12"), ("until", "2023-12")]), panel, &countries, |row| {
                let target = row.target.map_or_else(String::new, |code| code.to_string());
                rows.push(format!("{}{target}{}", row.source, row.counts.events));
                Continue(())
            })
            .unwrap();
    }
    assert_eq!(rows.join(" "), "CHNPER0 CHNRUS1 PERCHN0 PERRUS0 RUSCHN2 RUSPER0 CHN1 PER0 RUS2");
}

#[test]
fn dyads_the_busiest_first() {
    let dyads: Vec<String> = small()
        .dyads(&Filter::default())
        .unwrap()
        .iter()
        .map(|dyad| format!("{}-{} {}", dyad.source, dyad.target, dyad.counts.events))
        .collect();
    assert_eq!(dyads.join(", "), "CHN-PSE 2, CHN-RUS 2, RUS-CHN 2, IND-IND 1, RUS-IND 1, USA-RUS 1");
}

#[test]
fn pairs_are_those_of_the_view() {
    let mut dossier = small();
    // Two reports of each happening, and some with nobody, or with nobody's country.
    dossier.add(&made::batch((0..80).map(|seed| made::report(seed, 4)))).unwrap();
    let again = (0..40).map(|seed| {
        let mut report = made::report(seed, 4);
        let id = format!("again-{seed}");
        report.document.id.clone_from(&id);
        report.document.publisher = Some("Another".to_owned());
        for (number, record) in (1..).zip(&mut report.records) {
            let Record::Event(event) = record else { continue };
            event.id = format!("{id}#e{number}");
            event.document.clone_from(&id);
            if number == 3 {
                event.recipient.iter_mut().for_each(|entity| entity.code = None);
            }
            if number == 4 {
                event.actor.clear();
            }
        }
        report
    });
    dossier.add(&made::batch(again)).unwrap();
    dossier.link().unwrap();
    let dyads: Vec<Vec<String>> = dossier
        .dyads(&Filter::default())
        .unwrap()
        .iter()
        .map(|dyad| {
            let day = |day: Option<demarche_record::Day>| day.map_or_else(String::new, |day| day.0.to_string());
            let counts = &dyad.counts;
            let numbers = [counts.events, counts.incidents].into_iter().chain(counts.quads).map(|n| n.to_string());
            [dyad.source.to_string(), dyad.target.to_string()]
                .into_iter()
                .chain(numbers)
                .chain([counts.mean_score.map_or_else(String::new, |mean| format!("{mean:.4}"))])
                .chain([day(dyad.first), day(dyad.last)])
                .collect()
        })
        .collect();
    let mut expected = Vec::new();
    let query = "SELECT source, target, count(*), count(DISTINCT COALESCE((SELECT incident FROM incidents AS i WHERE i.event = events.id), -id)), sum(quad_code = 1), sum(quad_code = 2),
                        sum(quad_code = 3), sum(quad_code = 4), printf('%.4f', avg(event_scale)), COALESCE(min(date), ''),
                        COALESCE(max(date), '')
                 FROM event_dyads AS pair JOIN events ON id = pair.event GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2";
    dossier
        .sql(query, |_, cells| {
            let written = |cell: &Cell| match cell {
                Cell::Integer(number) => number.to_string(),
                Cell::Text(text) => text.replace("-0.0000", "0.0000"),
                cell => panic!("{cell:?}"),
            };
            expected.push(cells.iter().map(written).collect::<Vec<_>>());
            Continue(())
        })
        .unwrap();
    assert!(expected.iter().any(|row| row[2] != row[3]), "some happening has two reports");
    assert_eq!(dyads, expected);
}

#[test]
fn states_are_numbered_as_the_table_of_countries_says() {
    let states = States::read(include_str!("../../../data/places/countries.tsv")).unwrap();
    for (written, cow, gw) in [("USA", Some("2"), Some("2")), ("CHN", Some("710"), Some("710")), ("ABW", None, None)] {
        assert_eq!(states.written(code(written), Numbering::Cow).as_deref(), cow);
        assert_eq!(states.written(code(written), Numbering::GleditschWard).as_deref(), gw);
        assert_eq!(states.written(code(written), Numbering::Iso).as_deref(), Some(written));
    }
    assert!(states.members(Numbering::Cow).count() > 180);
    let error = States::read("iso3\tcow\tgw\nUSA\ttwo\t2\n").unwrap_err();
    assert_eq!(error.to_string(), "the table of countries, line 2: `two` is no number");
    assert!(States::read("iso3\tgw\n").is_err());
}

/// `speaker` says something on the ceasefire.
fn statement(id: &str, date: &str, speaker: &str, stance: Stance) -> Report {
    let document = made::document(id, "Example Wire", date, id);
    let statement = Statement {
        id: format!("{id}#s1"),
        document: id.to_owned(),
        date: document.date,
        date_precision: Some(DatePrecision::Day),
        speaker: vec![made::entity(speaker, &[Sector::Gov], "the envoy"), made::entity("IGO", &[], "the agency")],
        audience: vec![made::entity("EGY", &[], "Cairo")],
        act: SpeechAct::Support,
        stance,
        issue: vec![Issue::new("ceasefire"), Issue::new("aid")],
        toward: Vec::new(),
        proposition: format!("words of {id}"),
        quotation: Quotation::Indirect,
        hedge: vec!["in principle".to_owned()],
        status: Status::Happened,
        confidence: 0.5,
        text: "The envoy backed a truce.".to_owned(),
        text_info: TextInfo { sequence: 1, start: 0, end: 25 },
        evidence: StatementEvidence {
            field: Field::Text,
            sentence: Span::new(100, 125),
            cue: Span::new(110, 116),
            speaker: vec![Span::new(100, 109)],
            audience: Vec::new(),
            proposition: Span::new(117, 124),
            toward: Vec::new(),
        },
        why: Why {
            antecedents: Vec::new(),
            frame: None,
            path: String::new(),
            by: DecidedBy::Both,
            resolved: Vec::new(),
            same_as: None,
            vote: Vec::new(),
            model: "m1".to_owned(),
            data: "d1".to_owned(),
        },
        cite_info: made::cite(&document),
    };
    Report { document, sentences: Vec::new(), records: vec![Record::Statement(Box::new(statement))] }
}

#[test]
fn who_moved_and_when() {
    let mut dossier = Dossier::in_memory().unwrap();
    dossier
        .add(&made::batch([
            statement("d", "2023-11-04", "FRA", Stance::For),
            statement("a", "2023-11-01", "FRA", Stance::Against),
            statement("b", "2023-11-02", "FRA", Stance::Neutral),
            statement("c", "2023-11-03", "USA", Stance::For),
        ]))
        .unwrap();
    let asked = filter(&[("issue", "ceasefire"), ("actor", "FRA,USA")]);
    let mut positions = Vec::new();
    dossier
        .positions(&asked, |position| {
            let moved = position.moved_from.map_or("", |_| " moved");
            let party = position.party.code.unwrap();
            positions
                .push(format!("{party} {} {}{moved} “{}”", position.stance, position.statement, position.proposition));
            Continue(())
        })
        .unwrap();
    assert_eq!(
        positions,
        [
            "FRA against a#s1 “words of a”",
            "FRA neutral b#s1 “words of b”",
            "FRA for d#s1 moved “words of d”",
            "USA for c#s1 “words of c”",
        ]
    );
    assert_eq!(dossier.counts(&filter(&[("recipient", "EGY"), ("stance", "for")])).unwrap(), [0, 2, 0]);
    let names = dossier.vocabulary().unwrap();
    assert_eq!(names.issues.into_iter().collect::<Vec<_>>(), ["aid", "ceasefire"]);
    assert_eq!(dossier.publishers().unwrap().len(), 1);
    let shown = dossier.show("a#s1").unwrap();
    let marks: Vec<(&str, &str)> =
        shown.marks.iter().map(|mark| (mark.field, &shown.text[mark.range.clone()])).collect();
    assert_eq!(marks, [("speaker", "The envoy"), ("cue", "backed"), ("proposition", "a truce")]);
}

#[test]
fn sentences_by_their_words() {
    let dossier = small();
    let found = |words: &str| {
        let mut found = Vec::new();
        dossier
            .search(words, |hit| {
                found.push(hit.document);
                Continue(())
            })
            .unwrap();
        found.join("")
    };
    assert_eq!(found("sentence CAFE"), "abcdefg");
    assert_eq!(found("\"sentence d\""), "d");
    assert_eq!(found("grain* d"), "d");
    assert_eq!(found("\"d sentence\""), "");
    assert_eq!(found(" \" ) OR * "), "");
    assert_eq!(found("NEAR(a b)"), "");
}

#[test]
fn sql_reads_and_never_writes() {
    let mut dossier = small();
    let mut rows = Vec::new();
    dossier
        .sql("SELECT event_type, count(*) AS n FROM events GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1", |names, cells| {
            rows.push((names.to_vec(), cells));
            Continue(())
        })
        .unwrap();
    let expected =
        (vec!["event_type".to_owned(), "n".to_owned()], vec![Cell::Text("CONSULT".to_owned()), Cell::Integer(2)]);
    assert_eq!(rows, [expected]);
    let mut found = 0;
    let words = "SELECT rowid FROM words WHERE words MATCH 'grain_deal'";
    dossier
        .sql(words, |_, _| {
            found += 1;
            Continue(())
        })
        .unwrap();
    assert_eq!(found, 7);
    for query in [
        "DELETE FROM events",
        "DROP TABLE events",
        "UPDATE events SET status = 'x' RETURNING id",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = 1",
        "INSERT INTO words (words) VALUES ('delete-all')",
        "SELECT 1; DELETE FROM events",
        "WITH x AS (SELECT 1) DELETE FROM events",
        "CREATE TEMP TABLE t (a)",
        "VACUUM INTO 'copy.db'",
        "BEGIN",
        "SELECT load_extension('x')",
    ] {
        let error = dossier.sql(query, |_, _| Continue(())).unwrap_err();
        assert!(matches!(error, DossierError::Writes), "{query}: {error}");
    }
    for query in ["SELECT", "SELECT nothing FROM events", "SELECT * FROM nowhere", ""] {
        let error = dossier.sql(query, |_, _| Continue(())).unwrap_err();
        assert!(matches!(error, DossierError::BadSql { .. }), "{query}: {error:?}");
    }
    // One may write again afterwards.
    dossier.add(&made::batch([made::report(1, 1)])).unwrap();
    assert_eq!(dossier.counts(&Filter::default()).unwrap(), [8, 0, 0]);
}

#[test]
fn every_key_and_value_makes_a_question_or_a_clear_error() {
    let mut dossier = small();
    dossier.add(&made::batch([statement("s", "2023-11-04", "FRA", Stance::For)])).unwrap();
    let values = [
        "CHN",
        "Q1",
        "a'b",
        "100%",
        "\\",
        "2023",
        "2023-02-29",
        "for",
        "say",
        "happened",
        "talks",
        "0.5",
        "7",
        ",",
        "é\0",
    ];
    let (mut asked, mut refused) = (0, 0);
    for key in Filter::KEYS {
        for value in values {
            let Ok(filter) = Filter::parse([(*key, value)], &Vocabulary::default()) else {
                refused += 1;
                continue;
            };
            let outcomes = [
                dossier.events(&filter, |_| Continue(())),
                dossier.statements(&filter, |_| Continue(())),
                dossier.initiatives(&filter, |_| Continue(())),
                dossier.positions(&filter, |_| Continue(())),
                dossier.dyads(&filter).map(drop),
                dossier.timeline(&filter, None, Unit::Month).map(drop),
            ];
            for outcome in outcomes {
                asked += 1;
                assert!(matches!(outcome, Ok(()) | Err(DossierError::Filter(FilterError::NotApplicable { .. }))));
            }
            dossier.counts(&filter).unwrap();
        }
    }
    assert!(asked > 600 && refused > 60, "{asked} {refused}");
}

#[test]
fn initiatives_by_kind_stage_and_day() {
    let mut reports: Vec<Report> = Vec::new();
    for line in include_str!("data/examples.jsonl").lines() {
        let record: Record = serde_json::from_str(line).unwrap();
        let id = record.id().rsplit_once('#').unwrap().0.to_owned();
        if reports.last().is_none_or(|report| report.document.id != id) {
            let document = made::document(&id, "Example Wire", "2024-05-02", &id);
            reports.push(Report { document, sentences: Vec::new(), records: Vec::new() });
        }
        reports.last_mut().unwrap().records.push(record);
    }
    let initiatives: Vec<Record> = reports
        .iter()
        .flat_map(|report| report.records.clone())
        .filter(|record| matches!(record, Record::Initiative(_)))
        .collect();
    let mut dossier = Dossier::in_memory().unwrap();
    dossier.add(&made::batch(reports)).unwrap();
    let found = |pairs: &[(&str, &str)]| {
        let mut found = Vec::new();
        dossier
            .initiatives(&filter(pairs), |initiative| {
                found.push(initiative);
                Continue(())
            })
            .unwrap();
        found
    };
    assert_eq!(found(&[]).len(), initiatives.len());
    assert!(found(&[("since", "2031")]).is_empty());
    assert!(found(&[("min-confidence", "1")]).is_empty());
    for record in initiatives {
        let Record::Initiative(initiative) = record else { continue };
        let (kind, stage) = (initiative.kind.to_string(), initiative.stage.to_string());
        let pairs = [("kind", kind.as_str()), ("stage", &stage), ("document", &initiative.document)];
        assert!(found(&pairs).contains(&initiative), "{pairs:?}");
    }
}
