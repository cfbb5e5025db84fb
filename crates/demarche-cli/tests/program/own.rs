//! A user's own frames, issues and ontology.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Ran, demarche, fed, folder, records, run};

fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../.."].iter().collect()
}

fn water() -> String {
    root().join("examples/water").display().to_string()
}

/// A folder of data with these files, each below it.
fn data(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn shown(folder: &tempfile::TempDir) -> String {
    folder.path().display().to_string()
}

/// Runs the check on files and hands back its lines about them, without the folder's name.
fn checked(files: &[(&str, &str)]) -> (Option<i32>, String) {
    let folder = data(files);
    let ran = run(&["frames", "check", "--own", &shown(&folder)]);
    assert_eq!(ran.err, "");
    (ran.code, ran.out.replace(&format!("{}/", shown(&folder)), ""))
}

const FRAME: &str = "[[frame]]\nid = \"zorg\"\nevent = \"AID\"\nverbs = [\"zorg\"]\nrecipient = [\"obj\"]\n\
    codes = [\"Chad zorged Mali. => AID | TCD | MLI\"]\nnot = [\"Chad sang to Mali.\"]\n";

#[test]
fn the_example_of_the_guide_is_sound() {
    let ran = run(&["frames", "check", &water()]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains("yours: 0 faults, "), "{}", ran.out);
    assert!(ran.out.contains("`cut off` is a trigger of "), "{}", ran.out);
    assert!(ran.out.lines().last().unwrap().starts_with("built-in: "), "{}", ran.out);
}

/// Where a guide shows what a command prints, it prints that. `[...]` stands for lines left out.
#[test]
fn the_guide_shows_what_the_program_prints() {
    let path = root().join("docs/guide/own-ontology.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut shown = 0;
    let mut renewed = page.clone();
    for block in page.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let (command, expected) = block.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.strip_prefix("$ demarche ").unwrap().split_whitespace().collect();
        let ran: Ran = demarche(&arguments).current_dir(root()).output().unwrap().into();
        let printed = format!("{}{}", ran.out, if ran.code == Some(0) { "" } else { &ran.err });
        shown += 1;
        // To renew the page after a change of the data: RENEW_GUIDE=1 cargo test -p demarche-cli guide
        if std::env::var_os("RENEW_GUIDE").is_some() && !expected.contains("[...]") {
            renewed = renewed.replace(block, &format!("{command}\n{printed}"));
            continue;
        }
        let mut rest = printed.as_str();
        for piece in expected.split("[...]\n") {
            let at = rest.find(piece);
            assert!(at.is_some(), "{command} does not print\n{piece}\nbut\n{printed}");
            rest = &rest[at.unwrap() + piece.len()..];
        }
        assert!(expected.ends_with("[...]\n") || rest.is_empty(), "{command} prints more:\n{rest}");
    }
    assert!(shown >= 2, "the guide shows the program at work");
    if renewed != page {
        fs::write(path, renewed).unwrap();
    }
}

/// What the guide shows of the files is what stands in them.
#[test]
fn the_guide_shows_the_files_of_the_example() {
    let page = fs::read_to_string(root().join("docs/guide/own-ontology.md")).unwrap();
    let mut files = String::new();
    for name in
        ["water.toml", "ontology/events.tsv", "ontology/composition.tsv", "ontology/mode_cues.toml", "issues/dams.toml"]
    {
        files.push_str(&fs::read_to_string(root().join("examples/water").join(name)).unwrap());
    }
    let mut compared = 0;
    for kind in ["```toml\n# examples/water\n", "```tsv\n"] {
        for block in page.split(kind).skip(1) {
            let block = block.split("```").next().unwrap();
            assert!(files.contains(block), "not in the files:\n{block}");
            compared += 1;
        }
    }
    assert!(compared >= 3, "the guide shows the files");
}

#[test]
fn an_event_of_ones_own_travels_through_every_output() {
    let text = root().join("examples/water/river.txt").display().to_string();
    let ran = run(&["code", "--to", "jsonl", "--frames", &water(), &text]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = records(&ran.out);
    let schema: serde_json::Value = serde_json::from_str(&run(&["schema"]).out).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for record in &records {
        assert!(validator.validate(record).is_ok(), "{record}");
    }
    let of = |name: &str| records.iter().find(|record| record["event"][0] == name).unwrap_or_else(|| panic!("{name}"));
    let held = of("WATER_HOLD");
    assert_eq!((held["quad_code"].as_u64(), held["event_scale"].as_f64()), (Some(4), Some(-7.5)));
    assert!(held["cameo"].is_null() && held["goldstein"].is_null(), "{held}");
    assert_eq!(held["why"]["frame"], "water/cut-off-water");
    assert!(held["context"].as_array().unwrap().iter().any(|context| context == "water"));
    let shared = of("WATER_SHARE");
    assert_eq!((shared["cameo"].as_str(), shared["goldstein"].as_f64()), (Some("070"), Some(7.0)));
    assert_eq!(of("WATER_DAMAGE")["actor"][0]["code"], "SOM");
    // Acts within acts, by the example's rows of composition.tsv.
    let threat = of("THREATEN");
    assert_eq!(
        (threat["mode"][0].as_str(), threat["content"]["event"][0].as_str()),
        (Some("restrict"), Some("WATER_HOLD"))
    );
    assert_eq!(of("REJECT")["content"]["event"][0], "WATER_SHARE");
    assert_eq!(of("AGREE")["cameo"], "033");
    assert!(
        records.iter().any(|r| r["issue"].as_array().is_some_and(|issues| issues.contains(&"dam_building".into())))
    );
    let csv = run(&["code", "--to", "csv", "--frames", &water(), &text]).out;
    assert!(csv.lines().any(|line| line.contains(",WATER_HOLD,cutoff,")), "{csv}");
    let page = run(&["code", "--frames", &water(), &text]).out;
    assert!(page.contains("WATER_DAMAGE destroy"), "{page}");
    let why = run(&["explain", "--frames", &water(), &text]).out;
    assert!(why.contains("frame water/divert") || why.contains("WATER_HOLD"), "{why}");
    let without = run(&["code", "--to", "jsonl", &text]).out;
    assert!(!without.contains("\"WATER_"), "built-in frames know no such event");
    let data = |jsonl: &str| self::records(jsonl)[0]["why"]["data"].clone();
    assert_ne!(data(&ran.out), data(&without), "the version tells the user's files");
}

/// The version is that of the files, wherever they lie.
#[test]
fn the_version_is_of_the_data() {
    let version = |files: &[(&str, &str)]| {
        let folder = data(files);
        let ran = fed(&["code", "--to", "jsonl", "--frames", &shown(&folder), "-"], b"Chad attacked Mali.");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        records(&ran.out)[0]["why"]["data"].to_string()
    };
    let one = version(&[("zorg.toml", FRAME)]);
    assert_eq!(one, version(&[("zorg.toml", FRAME)]));
    assert_ne!(one, version(&[("zorg.toml", &FRAME.replace("sang", "sings"))]));
    assert_ne!(one, version(&[("zorg.toml", FRAME), ("issues/mine.toml", ISSUE)]));
}

#[test]
fn every_fault_is_told_with_its_place_and_remedy() {
    for (name, text, told) in [
        ("bad.toml", "[[frame]\nid = \"a\"\n", "bad.toml:1:"),
        ("bad.toml", "[[frame]\nid = \"a\"\n", "not TOML: "),
        (
            "a.toml",
            &FRAME.replace("\"AID\"", "\"AYD\""),
            "a.toml:3:9: frame `zorg`: event `AYD` is not in the ontology (did you mean `AID`?)",
        ),
        (
            "a.toml",
            &FRAME.replace("verbs", "mode = [\"aerial\"]\nverbs"),
            "a.toml:4:9: frame `zorg`: AID has no mode `aerial`",
        ),
        (
            "a.toml",
            &FRAME.replace("verbs", "context = [\"watter\"]\nverbs"),
            "a.toml:4:12: frame `zorg`: context `watter` is not in the ontology",
        ),
        (
            "a.toml",
            "[[frame]]\nid = \"a\"\nevent = \"AID\"\nverbs = [\"zorg\"]\n",
            "a.toml:1:1: frame `a/a` has no example; write `codes = ",
        ),
        (
            "a.toml",
            &FRAME.replace("[\"zorg\"]", "[\"zorg, for\"]"),
            "a.toml:4:10: frame `zorg`: the trigger `zorg, for` holds `,`",
        ),
        ("a.toml", &FRAME.repeat(2), "a.toml:8:1: frame `a/zorg` is given twice, first at line 1; rename one"),
        (
            "a.toml",
            &FRAME.replace("recipient", "recipent"),
            "a.toml:5:1: unknown key `recipent` (did you mean `recipient`?)",
        ),
        (
            "issues/a.toml",
            &ISSUE.replace("hints", "hnts"),
            "issues/a.toml:5:1: unknown key `hnts` (did you mean `hints`?)",
        ),
        (
            "issues/a.toml",
            &ISSUE.replace("=> zorging", "=> zorgin"),
            "issues/a.toml:6:10: `the zorging of grain` has an unknown issue: zorgin (did you mean `zorging`?)",
        ),
        (
            "ontology/events.tsv",
            "event\tmode\tquad\n",
            "ontology/events.tsv:1:1: the first line must name the columns event, mode, quad, score,",
        ),
        (
            "ontology/events.tsv",
            &format!("{EVENTS}ZORG\t\t5\n"),
            "ontology/events.tsv:2:7: quad `5` is not 1 to 4; write 1 or 2",
        ),
        (
            "ontology/events.tsv",
            &format!("{EVENTS}ZORG\t\t1\t12\n"),
            "ontology/events.tsv:2:9: `12` is no number from -10 to 10",
        ),
        (
            "ontology/events.tsv",
            &format!("{EVENTS}ZORG\t\t1\t1\t999\n"),
            "ontology/events.tsv:2:11: CAMEO code `999` has no Goldstein value",
        ),
        (
            "ontology/events.tsv",
            &format!("{EVENTS}ZORG\tquick\t1\t1\t\n"),
            "ontology/events.tsv:2:1: mode `quick` of ZORG, which has no row of its own; add one",
        ),
        (
            "ontology/events.tsv",
            &format!("{EVENTS}zorg\t\t1\t1\t\n"),
            "ontology/events.tsv:2:1: `zorg` is no name of an event; write capitals",
        ),
        (
            "ontology/composition.tsv",
            &format!("{COMPOSITION}asks\tAID\t\tREQUEST\t\t\n"),
            "ontology/composition.tsv:2:1: `asks` is not a class that composes",
        ),
        (
            "ontology/composition.tsv",
            &format!("{COMPOSITION}request\tAYD\t\tREQUEST\t\t\n"),
            "ontology/composition.tsv:2:9: event `AYD` is not in the ontology",
        ),
        (
            "ontology/mode_cues.toml",
            "[[cue]]\nevent = \"AID\"\nmode = \"wet\"\nwords = [\"rain\"]\n",
            "ontology/mode_cues.toml:3:8: AID has no mode `wet`",
        ),
        (
            "ontology/ontology.toml",
            "replace = true\n",
            "ontology/ontology.toml:1:1: replaces the built-in ontology, but no events.tsv stands beside it",
        ),
    ] {
        let (code, out) = checked(&[(name, text)]);
        assert_eq!(code, Some(1), "{name}: {told}");
        assert!(out.lines().any(|line| line.contains(told)), "{told} is not in\n{out}");
        // The same fault ends a coding.
        let folder = data(&[(name, text)]);
        let ran = run(&["code", "--frames", &shown(&folder), "talks.txt"]);
        if told.contains("has no example") {
            assert_eq!(ran.code, Some(0), "{}", ran.err);
        } else {
            assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(2), "", 1), "{}", ran.err);
            assert!(ran.err.starts_with(&format!("demarche: {}/{name}:", shown(&folder))), "{}", ran.err);
        }
    }
    // One fault does not hide the next.
    let (_, out) =
        checked(&[("a.toml", &format!("{}{}", FRAME.replace("AID", "AYD"), FRAME.replace("verbs", "vrbs")))]);
    assert!(out.contains("a.toml:3:9: ") && out.contains("a.toml:11:1: unknown key `vrbs`"), "{out}");
    // The unknown event stands in an example too.
    assert!(out.contains("yours: 3 faults, "), "{out}");
}

const EVENTS: &str = "event\tmode\tquad\tscore\tcameo\tneeds_recipient\n";
const COMPOSITION: &str = "class\tcontent\tcontent_mode\tevent\tmode\tcameo\n";
const ISSUE: &str = "[[issue]]\nname = \"zorging\"\ndescription = \"Zorging.\"\nwords = [\"zorging\"]\nhints = [\"zorg\"]\n\
    codes = [\"the zorging of grain => zorging\"]\nnot_examples = [\"a harvest of grain\"]\n";

#[test]
fn a_folder_that_is_none_is_one_line() {
    let empty = folder();
    let strange = data(&[("ontology/event.tsv", "")]);
    let latin = folder();
    fs::write(latin.path().join("a.toml"), b"# fine\n# caf\xE9\n").unwrap();
    let file = data(&[("a.toml", FRAME)]);
    let file = file.path().join("a.toml").display().to_string();
    for (path, told) in [
        (
            shown(&empty),
            ": no data in this folder; it takes files of frames (*.toml), issues/*.toml, initiatives/*.toml and ontology/",
        ),
        ("no/such/folder".to_owned(), ": cannot be read (no such file or directory); check the path"),
        (file, ": a file, not a folder; give the folder that it lies in"),
        (shown(&strange), "event.tsv: an ontology has no such file; it takes ontology.toml, events.tsv,"),
        (shown(&latin), "a.toml:2:6: not UTF-8; save the file as UTF-8"),
    ] {
        for command in [&["frames", "check"][..], &["code", "talks.txt", "--frames"]] {
            let mut arguments = command.to_vec();
            arguments.push(&path);
            let ran = run(&arguments);
            assert_eq!((ran.code, ran.out.as_str(), ran.err.lines().count()), (Some(2), "", 1), "{path}: {}", ran.err);
            assert!(ran.err.starts_with(&format!("demarche: {path}")) && ran.err.contains(told), "{}", ran.err);
        }
    }
}

#[test]
fn later_folders_and_frames_of_the_same_id_go_first() {
    let coded = |folders: &[&tempfile::TempDir]| {
        let mut arguments = vec!["code".to_owned(), "--to".into(), "jsonl".into(), "-".into()];
        for folder in folders {
            arguments.extend(["--frames".to_owned(), shown(folder)]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = fed(&arguments, b"Chad zorged Mali.");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let records = records(&ran.out);
        records.iter().filter_map(|record| record["event"][0].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let one = data(&[("zorg.toml", FRAME)]);
    let two = data(&[("zorg.toml", &FRAME.replace("AID", "ASSAULT"))]);
    let other = data(&[("other.toml", &FRAME.replace("AID", "CONSULT"))]);
    assert_eq!(coded(&[]), [""; 0]);
    assert_eq!(coded(&[&one]), ["AID"]);
    assert_eq!(coded(&[&one, &two]), ["ASSAULT"]);
    assert_eq!(coded(&[&two, &one]), ["AID"]);
    assert_eq!(coded(&[&two, &other]), ["CONSULT"]);
    let ran = run(&["frames", "check", "--own", &shown(&one), &shown(&two)]);
    assert!(ran.out.contains("frame `zorg/zorg` takes the place of the one at "), "{}", ran.out);
    // A built-in frame is replaced by one of its id.
    let (_, out) = checked(&[("sanction.toml", &FRAME.replace("\"zorg\"\nevent", "\"walk-out\"\nevent"))]);
    assert!(
        out.contains(
            "sanction.toml:1:1: frame `sanction/walk-out` takes the place of the one at frames/sanction.toml:"
        ),
        "{out}"
    );
}

#[test]
fn an_example_that_does_not_come_out_is_told_with_its_line() {
    let (code, out) = checked(&[("a.toml", &FRAME.replace("| TCD | MLI", "| MLI | TCD"))]);
    assert_eq!(code, Some(1));
    assert!(
        out.contains("a.toml:6:10: a/zorg\n  \u{201c}Chad zorged Mali.\u{201d}\n  expected AID | MLI | TCD\n"),
        "{out}"
    );
    let (code, out) = checked(&[("a.toml", &FRAME.replace("Chad sang to Mali.", "Chad zorged Mali too."))]);
    assert_eq!(code, Some(1));
    assert!(out.contains("a.toml:7:8: a/zorg\n") && out.contains("expected not this frame"), "{out}");
}

#[test]
fn an_ontology_may_replace_the_built_in_one() {
    let events = format!("{EVENTS}ZORG\t\t2\t3\t\t\nZORG\tquick\t2\t4\t\t\n");
    let frame = FRAME.replace("AID", "ZORG").replace("verbs", "mode = [\"quick\"]\nverbs");
    let folder = data(&[
        ("zorg.toml", &frame),
        ("ontology/ontology.toml", "# The sixteen events of PLOVER do not count.\nreplace = true\n"),
        ("ontology/events.tsv", &events),
    ]);
    let ran = run(&["frames", "check", "--own", &shown(&folder)]);
    assert!(ran.out.contains("yours: 1 frame, 2 examples: 2 as they should be"), "{}", ran.out);
    let text = b"Chad zorged Mali. Peru attacked Chile. Norway urged Mali to zorg Niger. The soldiers, Oslo said, had attacked Lima.";
    let ran = fed(&["code", "--to", "jsonl", "--frames", &shown(&folder), "-"], text);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = records(&ran.out);
    let events: Vec<&str> = records.iter().filter_map(|record| record["event"][0].as_str()).collect();
    assert_eq!(events, ["ZORG"], "{}", ran.out);
    assert!(records.iter().any(|record| record["act"] == "urge"), "statements are told as ever: {}", ran.out);
}

#[test]
fn issues_of_ones_own_are_told() {
    let folder = data(&[("mine.toml", ISSUE)]);
    let path = folder.path().join("mine.toml").display().to_string();
    let ran = fed(&["code", "--to", "jsonl", "--issues", &path, "-"], b"Norway condemned the zorging of grain.");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("\"issue\":[\"zorging\""), "{}", ran.out);
    // A word of a built-in issue goes to the user's.
    let taken = ISSUE.replace("words = [\"zorging\"]", "words = [\"zorging\", \"food aid\"]");
    let (_, out) = checked(&[("issues/mine.toml", &taken)]);
    assert!(out.contains("`food aid` is a word of `humanitarian_aid` below; it counts for `zorging` alone"), "{out}");
    assert!(!Path::new(&water()).join("issues/none.toml").exists());
    let missing = run(&["code", "--issues", "none.toml", "talks.txt"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.starts_with("demarche: none.toml: cannot be read ("), "{}", missing.err);
}
