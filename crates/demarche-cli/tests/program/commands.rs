//! Each command on small documents.

use std::fs;
use std::path::{Path, PathBuf};

use super::{DATA, fed, file, folder, names, records, run};

#[test]
fn code_prints_a_page_for_people() {
    let ran = run(&["code", "talks.txt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("── talks.txt ─"), "{}", ran.out);
    assert!(ran.out.contains("CONSULT"), "{}", ran.out);
    assert!(ran.out.contains("Chile and Norway *met* in Oslo"), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{}", ran.out);
    assert!(ran.err.starts_with("1 document; 7 sentences, "), "{}", ran.err);
    assert!(ran.err.contains(" words/s"), "{}", ran.err);
    assert_eq!(run(&["code", "-q", "talks.txt"]).err, "");
}

#[test]
fn code_writes_json_lines_that_the_schema_holds_for() {
    let examples: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../examples"].iter().collect();
    let examples = examples.display().to_string();
    let ran = run(&["code", "--to", "jsonl", "--all", "talks.txt", "page.html", "batch.jsonl", &examples]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let records = records(&ran.out);
    for record in &records {
        if let Err(error) = validator.validate(record) {
            panic!("{}: {error}", record["id"]);
        }
    }
    for kind in ["event", "statement", "initiative"] {
        assert!(records.iter().any(|record| record["record"] == kind), "no {kind}");
    }
    let broken = serde_json::json!({"record": "event", "id": "x"});
    assert!(validator.validate(&broken).is_err());
}

#[test]
fn evidence_leads_back_to_the_bytes() {
    for name in ["talks.txt", "page.html"] {
        let bytes = fs::read(Path::new(DATA).join(name)).unwrap();
        for record in records(&run(&["code", "--to", "jsonl", name]).out) {
            if record["record"] != "event" {
                continue;
            }
            for (entity, span) in
                record["actor"].as_array().unwrap().iter().zip(record["evidence"]["actor"].as_array().unwrap())
            {
                let [start, end] = [0, 1].map(|n| span[n].as_u64().unwrap() as usize);
                let there = String::from_utf8_lossy(&bytes[start..end]).into_owned();
                let there = there.replace("&rsquo;", "\u{2019}").replace("<b>", "").replace("</b>", "");
                let there = there.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(entity["entity_text"], there, "{name}");
            }
        }
    }
}

#[test]
fn the_shipped_schema_is_the_programs() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../docs/schema/record.schema.json"].iter().collect();
    let shipped = fs::read_to_string(path).unwrap();
    assert_eq!(run(&["schema"]).out, shipped, "run: cargo run --release -- schema > docs/schema/record.schema.json");
}

#[test]
fn tables_have_fixed_columns() {
    for kind in ["event", "statement", "initiative"] {
        let ran = run(&["code", "--to", "csv", "--kind", kind, "talks.txt", "batch.jsonl"]);
        let mut table = csv::Reader::from_reader(ran.out.as_bytes());
        let columns = table.headers().unwrap().clone();
        assert_eq!(&columns[0], "record");
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty(), "{kind}");
        assert!(rows.iter().all(|row| &row[0] == kind && row.len() == columns.len()));
        let nothing = fed(&["code", "--to", "csv", "--kind", kind, "-"], b"The sun shone on the harbour all day.");
        assert_eq!(nothing.out.trim_end().split(',').collect::<Vec<_>>(), columns.iter().collect::<Vec<_>>());
        let failed = run(&["code", "--to", "csv", "--kind", kind, "no-such-file.txt"]);
        assert_eq!((failed.code, failed.out.as_str()), (Some(1), ""), "no table where every input failed");
    }
}

#[test]
fn every_column_is_documented() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../docs/records.md"].iter().collect();
    let page = fs::read_to_string(path).unwrap();
    let parts = ["actor", "recipient", "attributed_to", "content_actor", "content_recipient", "speaker", "audience"];
    let parts = parts.iter().chain(&["toward", "party", "mediator", "host", "event_loc", "venue"]);
    for kind in ["event", "statement", "initiative"] {
        let ran = run(&["code", "--to", "csv", "--kind", kind, "talks.txt"]);
        for column in ran.out.lines().next().unwrap().split(',') {
            let group = parts.clone().find(|part| column.starts_with(&format!("{part}_")));
            let shown = group.map_or_else(|| format!("`{column}`"), |part| format!("`{part}_*`"));
            assert!(page.contains(&shown), "docs/records.md lacks {shown} ({kind})");
        }
    }
}

#[test]
fn read_tells_what_an_input_is() {
    let ran = run(&["read", "talks.txt", "page.html", "batch.jsonl"]);
    assert_eq!(ran.code, Some(0));
    let described = records(&ran.out);
    assert_eq!(described.len(), 6);
    assert_eq!(described[0]["date"], "2024-03-14");
    assert_eq!(described[0]["dateline"]["place"], "OSLO");
    assert_eq!(described[1]["title"], "Kenya hosts envoys");
    assert_eq!(described[4]["language"], "fr");
}

#[test]
fn parse_writes_conllu() {
    let ran = run(&["parse", "page.html"]);
    assert!(ran.out.starts_with("# newdoc id = page.html\n# global.Entity = eid-kind-head\n# sent_id = page.html-1\n# text = Kenya\u{2019}s president"));
    assert!(ran.out.contains("\n1-2\tKenya\u{2019}s\t_"));
    assert!(ran.out.contains("NER=B-LOC"));
    assert!(ran.out.ends_with("\n\n"));
    let page = fs::read(Path::new(DATA).join("page.html")).unwrap();
    let at = |key: &str| -> usize {
        let line = ran.out.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        line.parse().unwrap()
    };
    let sentence = String::from_utf8_lossy(&page[at("# start = ")..at("# end = ")]).into_owned();
    assert!(sentence.starts_with("Kenya&rsquo;s") && sentence.ends_with("Monday."), "{sentence}");
}

const TOLD: &str = "\u{201c}We met the envoys. They want talks,\u{201d} Kenya's president Ruto said on Monday. \
    He urged Mali to join.";

#[test]
fn parse_tells_who_says_what() {
    let ran = fed(&["parse", "-"], TOLD.as_bytes());
    let told: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("# attribution = ")).collect();
    assert_eq!(told.len(), 2, "{}", ran.out);
    assert!(told[0].starts_with("# attribution = direct | cue ") && told[0].contains(" said | speaker "), "{told:?}");
    let content = told[0].split(" content ").nth(1).unwrap();
    let (start, end) = content.split_once('-').unwrap();
    assert_eq!(&TOLD[start.parse().unwrap()..end.parse().unwrap()], "We met the envoys. They want talks");
    assert!(
        told[1].starts_with("# attribution = indirect | cue ") && told[1].contains(" speaker 81-83 He | "),
        "{told:?}"
    );
}

#[test]
fn parse_writes_json_lines() {
    let ran = fed(&["parse", "--to", "jsonl", "-"], TOLD.as_bytes());
    let documents = records(&ran.out);
    assert_eq!(documents.len(), 1);
    let said = &documents[0]["attributions"];
    assert_eq!(said[0]["kind"], "direct");
    assert_eq!(said[0]["cue"]["text"], "said");
    assert_eq!(said[0]["who"][0]["code"], "KEN");
    assert_eq!(said[1]["content"][0]["text"], "to join");
    for stretch in documents[0]["sentences"].as_array().unwrap() {
        let place = |n: usize| usize::try_from(stretch["span"][n].as_u64().unwrap()).unwrap();
        assert_eq!(&TOLD[place(0)..place(1)], stretch["text"].as_str().unwrap());
    }
}

#[test]
fn parse_takes_words_as_given() {
    let ran = run(&["parse", "--pretokenized", "given.conllu"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let words: Vec<String> =
        ran.out.lines().map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        words,
        [
            "# sent_id = one",
            "# note = kept as it is",
            "1 Mali",
            "2-3 won't",
            "2 wo",
            "3 n't",
            "4 go",
            "5 .",
            "",
            "# sent_id = two",
            "1 Fiji",
            "2 agreed",
            ""
        ]
    );
    assert!(ran.out.lines().filter(|line| line.contains('\t')).all(|line| line.split('\t').count() == 10));
    assert!(ran.err.starts_with("2 sentences, 7 words"), "{}", ran.err);
    assert_eq!(run(&["parse", "--pretokenized", "--placeholders", "given.conllu"]).code, Some(0));
}

#[test]
fn parse_goes_on_after_a_bad_sentence() {
    let ran = fed(&["parse", "--pretokenized", "-"], b"1\tMali\n3\tgoes\n\n1\tFiji\n");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("failed: stdin:2: words must be numbered"), "{}", ran.err);
    assert!(ran.out.contains("1\tFiji\t"));
}

#[test]
fn explain_tells_why_and_why_not() {
    let ran = run(&["explain", "talks.txt"]);
    assert_eq!(ran.code, Some(0));
    for piece in ["sentence 1: The foreign", "  mention  ", "  record   talks.txt#e1: CONSULT", "  none     "] {
        assert!(ran.out.contains(piece), "{piece}");
    }
}

#[test]
fn frames_examples_run() {
    let ran = run(&["frames", "check"]);
    assert!(matches!(ran.code, Some(0 | 1)));
    assert!(ran.out.lines().last().unwrap().contains(" as they should be, "), "{}", ran.out);
}

#[test]
fn eval_plv_prints_scores() {
    let folder = folder();
    let table = "sentence\tmarked_sentence\tsource\ttarget\tgold_root\n\
        Chad urged Mali to withdraw.\t<s>Chad</s> urged <t>Mali</t> to withdraw.\tChad\tMali\tREQUEST\n\
        The sun shone.\tThe sun shone.\t\t\tAGREE\n";
    let path = file(&folder, "plv.tsv", table.as_bytes());
    let ran = run(&["eval", "plv", &path, "--errors", "1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("2 sentences\n"), "{}", ran.out);
    assert!(ran.out.contains("root, strict"));
    assert!(ran.out.contains("line 3: AGREE taken for nothing by no frame"), "{}", ran.out);
    let bad = file(&folder, "bad.tsv", b"a\tb\n");
    let ran = run(&["eval", "plv", &bad]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("has no column"), "{}", ran.err);
}

#[test]
fn eval_gold_compares_with_a_reader() {
    let folder = folder();
    let gold = r#"{"id":"g1","document":"a","start":0,"end":43,"records":[{"kind":"event","event":"ACCUSE","actor":[{"code":"PER","span":[0,4]}],"recipient":[{"code":"BOL","span":[13,20]}]}]}
{"id":"g2","document":"zz","start":0,"end":9,"records":[]}
"#;
    let path = file(&folder, "gold.jsonl", gold.as_bytes());
    let ran = run(&["eval", "gold", &path, "--texts", "batch.jsonl"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("g2: no document `zz`"), "{}", ran.err);
    assert!(ran.out.starts_with("1 sentence\n"), "{}", ran.out);
    assert!(ran.out.contains("event ACCUSE"), "{}", ran.out);
}

#[test]
fn eval_attributions_compares_with_a_reader() {
    let folder = folder();
    let gold = r#"{"id":"a","part":"dev","text":"Chad said that it was ready.","attributions":[{"kind":"indirect","optional":false,"cue":[5,9],"content":[[15,27]],"speaker":[0,4],"who":[[0,4]]}]}
{"id":"b","part":"test","text":"The sun shone, Mali said.","attributions":[]}
"#;
    let path = file(&folder, "attributions.jsonl", gold.as_bytes());
    let ran = run(&["eval", "attributions", &path, "--part", "dev"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("1 passage\n"), "{}", ran.out);
    for row in ["cue", "content, exact", "speaker", "speaker resolved"] {
        let line = ran.out.lines().find(|line| line.trim_end().starts_with(row)).unwrap();
        assert!(line.ends_with("100.0   100.0  100.0"), "{line}");
    }
    let ran = run(&["eval", "attributions", &path, "--errors", "9"]);
    assert!(ran.out.contains("b extra   [said] Mali: The sun shone"), "{}", ran.out);
    let bad = file(&folder, "bad.jsonl", b"{\"id\":1}\n");
    let ran = run(&["eval", "attributions", &bad]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("line 1: "), "{}", ran.err);
}

#[test]
fn help_manual_and_completions() {
    let commands = [
        "code",
        "add",
        "rehydrate",
        "manifest",
        "manifest check",
        "read",
        "parse",
        "explain",
        "eval plv",
        "eval gold",
        "eval attributions",
        "frames check",
        "schema",
        "man",
    ];
    for command in commands {
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push("--help");
        let ran = run(&arguments);
        assert_eq!(ran.code, Some(0));
        assert!(ran.out.contains("Example"), "{command}: {}", ran.out);
    }
    assert!(run(&["man"]).out.contains(".TH demarche"));
    assert!(run(&["completions", "bash"]).out.contains("_demarche"));
    let folder = folder();
    assert_eq!(run(&["man", "--dir", &folder.path().display().to_string()]).code, Some(0));
    assert!(names(folder.path()).contains(&"demarche-code.1".to_owned()));
}

#[test]
fn the_version_names_data_model_and_the_source_of_places() {
    let ran = run(&["--version"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    let [program, data, model, places] = lines[..] else { panic!("{}", ran.out) };
    assert_eq!(program, concat!("demarche ", env!("CARGO_PKG_VERSION")));
    let (version, date) = data.strip_prefix("data ").and_then(|rest| rest.split_once(", of ")).unwrap();
    assert!(version.starts_with(&format!("{date}+")) && date.len() == 10, "{data}");
    assert!(model.starts_with("model english-"), "{model}");
    assert_eq!(places, "Places: GeoNames (geonames.org), CC BY 4.0");
    // Records name the same data.
    let coded = fed(&["code", "-q", "--to", "jsonl", "-"], b"Norway urged Mali to withdraw its troops.");
    assert!(coded.out.contains(&format!(r#""data":"{version}""#)), "{}", coded.out);
}

const PLACED: &str = "Rebels shelled a market in Tripoli, Lebanon. Officials in Fairfield, Texas, and Springfield, Mo., \
    said that West Nile virus had spread to Xyzzyville.";

#[test]
fn geoparse_places_names() {
    let ran = fed(&["geoparse", "-"], PLACED.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let found = records(&ran.out);
    let told: Vec<(&str, Option<&str>, Option<&str>)> = found
        .iter()
        .map(|place| (place["text"].as_str().unwrap(), place["country"].as_str(), place["province"].as_str()))
        .collect();
    let states = Some("United States");
    for expected in [
        ("Tripoli", Some("Lebanon"), Some("North Governorate")),
        ("Fairfield", states, Some("Texas")),
        ("Springfield", states, Some("Missouri")),
        ("Mo.", states, Some("Missouri")),
    ] {
        assert!(told.iter().any(|place| place.0 == expected.0 && place.1 == expected.1), "{expected:?} in {told:?}");
    }
    assert!(!told.iter().any(|place| place.0.contains("Nile")), "{told:?}");
    for place in &found {
        let (start, end) = (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
        assert_eq!(&PLACED[start..end], place["text"].as_str().unwrap());
    }
    assert!(ran.err.contains("place names, "), "{}", ran.err);
}

#[test]
fn geoparse_resolves_given_mentions() {
    let folder = folder();
    let documents =
        "{\"id\":\"a\",\"text\":\"Snow fell in Łódź, Poland.\"}\n{\"id\":\"b\",\"text\":\"Paris is far.\"}\n";
    let documents = file(&folder, "documents.jsonl", documents.as_bytes());
    let mentions = "{\"document\":\"a\",\"start\":13,\"end\":20}\n\n{\"document\":\"a\",\"start\":900,\"end\":905}\n";
    let given = file(&folder, "mentions.jsonl", mentions.as_bytes());
    let ran = run(&["geoparse", "--mentions", &given, &documents]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("a: the mention 900-905 is no stretch"), "{}", ran.err);
    let found = records(&ran.out);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["text"], &found[0]["country"]), (&"Łódź".into(), &"Poland".into()));
    let other = file(&folder, "other.jsonl", b"{\"document\":\"c\",\"start\":0,\"end\":5}\n");
    let ran = run(&["geoparse", "--mentions", &other, &documents]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("c: mentions are given"), "{}", ran.err);
    let bad = file(&folder, "bad.jsonl", b"{\"document\":\"a\",\"start\":5,\"end\":5}\n");
    let ran = run(&["geoparse", "--mentions", &bad, &documents]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("bad.jsonl, line 1: "), "{}", ran.err);
}

#[test]
fn geoparse_writes_tables_and_maps() {
    let ran = fed(&["geoparse", "--to", "csv", "-"], PLACED.as_bytes());
    let mut table = csv::Reader::from_reader(ran.out.as_bytes());
    assert_eq!(&table.headers().unwrap()[0], "document");
    assert!(table.records().all(|row| row.unwrap().len() == 17));
    let folder = folder();
    let more = file(
        &folder,
        "more.jsonl",
        b"{\"text\":\"Snow fell.\"}\n{\"text\":\"Snow fell in Oslo.\"}\n{\"text\":\"Rain in Bonn.\"}\n",
    );
    for threads in ["1", "3"] {
        let ran = run(&["geoparse", "--to", "geojson", "--threads", threads, &more]);
        let map: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(map["type"], "FeatureCollection");
        let features = map["features"].as_array().unwrap();
        assert_eq!(features.len(), 2, "{}", ran.out);
        assert_eq!(features[0]["properties"]["name"], "Oslo");
        let longitude = features[0]["geometry"]["coordinates"][0].as_f64().unwrap();
        assert!((10.0..11.5).contains(&longitude));
    }
    let ran = fed(&["geoparse", "--to", "geojson", "-"], b"Snow fell.");
    let map: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), 0);
}

#[test]
fn eval_places_compares_points() {
    let folder = folder();
    let line = r#"{"id":"a","text":"Snow fell in Oslo.","locations":[{"name":"Oslo","start":13,"end":17,"lat":59.9,"lon":10.7}]}"#;
    let ran = run(&["eval", "places", &file(&folder, "a.jsonl", line.as_bytes())]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("given names: 100.0 % within 161 km"), "{}", ran.out);
    let ran = run(&["eval", "places", &file(&folder, "b.jsonl", line.replace("13", "12").as_bytes())]);
    assert_eq!(ran.code, Some(2));
}
